"""LimeSurvey: one row of headings, which are codes, texts (whole or cut short), or both.

Layouts and where they are documented: tests/corpus/limesurvey/SOURCES.md.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from sna.tables.exports.layout import Format, Layout, LayoutError
from sna.tables.exports.texts import padded, plain_text
from sna.tables.files import Record

NAME = "limesurvey"
CODES = frozenset(
    {"id", "submitdate", "lastpage", "startlanguage", "seed", "token", "startdate", "datestamp", "ipaddr", "refurl"}
)
SURE_CODES = frozenset({"submitdate", "lastpage", "startlanguage"})
SURE_TEXTS = frozenset({"date submitted", "last page", "start language"})
# A code, the separator that was typed in the export form, a text: "ADVICE[SQ001]. How often … [Ana Lopez]".
CODE = r"[A-Za-z]\w*(?:\[[^\[\]]*\]){0,2}"
FIRST_OF_BOTH = re.compile(rf"(?:{'|'.join(sorted(CODES))})(?P<separator>[^\w\[]+)\w.*")
# Row and column of an array, or a row and one of its two scales, stand in brackets at the end.
BRACKETS = re.compile(r"(?P<question>.*?)\s*\[(?P<row>[^\[\]]*)\](?:\[[^\[\]]*\]|\s\[Scale \d\])?")
# The code of a row without brackets, as expressions in LimeSurvey write it: ADVICE_SQ001.
PLAIN_CODE = re.compile(r"(?P<question>[A-Za-z][A-Za-z0-9]*)_\w+")
# Headings of the other export, which is made to be imported again: survey, group and question number.
FOR_IMPORT = re.compile(r"\d{4,}X\d+X\d+\S*")
TICKED, UNTICKED, NOT_SHOWN = "yes", "no", "n/a"


def fits(records: Sequence[Record]) -> bool:
    """Whether the columns that LimeSurvey puts first are there, as codes, as English texts or as both."""
    header = _header(records)
    if _for_import(records):
        return True
    separator = _separator(header)
    codes = {name.split(separator, 1)[0] for name in header} if separator else set(header)
    # "convert spaces to underscores" makes Response_ID of it.
    texts = {name.casefold().replace("_", " ") for name in header}
    return ("id" in codes and len(codes & SURE_CODES) >= 2) or (
        "response id" in texts and len(texts & SURE_TEXTS) >= 2 and len(records[0][1]) > 3
    )


def unpack(records: Sequence[Record]) -> Layout:
    """Codes as headings where there are any; a "No" of a multiple choice question is no tick."""
    number = records[0][0]
    if _for_import(records):
        problem = "This is LimeSurvey's export for importing answers again (VV), which does not say what was asked."
        raise LayoutError(problem, number, "Export the responses as CSV or Excel instead.")
    header, labels, about = _header(records), [], []
    separator = _separator(header)
    for at, name in enumerate(header):
        both = re.fullmatch(rf"({CODE}){re.escape(separator)}(.*)", name) if separator else None
        if both:
            header[at] = both[1]
        labels.append(both[2] if both else "")
        # A code without brackets has no rows; what stands in brackets belongs to the question itself.
        has_rows = "[" in both[1] or "_" in both[1] if both else not re.fullmatch(CODE, name)
        brackets = BRACKETS.fullmatch(labels[-1] or name) if has_rows else None
        about.append(brackets["row"] if brackets else "")
    rows = [(at, padded(cells, len(header))) for at, cells in records[1:]]
    ticks = _ticks(header, rows)
    if ticks:
        rows = [(at, tuple(_tick(c) if k in ticks else c for k, c in enumerate(cells))) for at, cells in rows]
    return Layout(tuple(header), rows, number, tuple(labels), tuple(about), format=NAME)


def _header(records: Sequence[Record]) -> list[str]:
    """The headings; HTML is gone already, doubled spaces (behind texts that were cut short) go here."""
    return [plain_text(name) for name in records[0][1]]


def _separator(header: Sequence[str]) -> str:
    """What stands between code and text where headings have both; else empty."""
    found = Counter(match["separator"] for name in header if (match := FIRST_OF_BOTH.fullmatch(name)))
    (separator, times), *_ = found.most_common(1) or [("", 0)]
    return separator if times > 1 else ""


def _for_import(records: Sequence[Record]) -> bool:
    """Whether the file is the export that is made to be imported again: its codes stand in the first or second row."""
    return any(sum(FOR_IMPORT.fullmatch(cell) is not None for cell in cells) > 1 for _, cells in records[:2])


def _ticks(header: Sequence[str], rows: Sequence[Record]) -> set[int]:
    """The columns of multiple choice questions in an export of full answers.

    There every choice says Yes or No, and all of them N/A where the question was not reached. In an array of
    yes/no questions single cells can be empty, or hold another answer.
    """
    groups: dict[str, list[int]] = {}
    for at, name in enumerate(header):
        found = BRACKETS.fullmatch(name) or (PLAIN_CODE.fullmatch(name) if "id" in header else None)
        if found:
            groups.setdefault(found["question"], []).append(at)
    ticks: set[int] = set()
    for places in groups.values():
        # "Other" and comments hold text.
        mine = [at for at in places if any(_word(cells[at]) for _, cells in rows)]
        said = [[_word(cells[at]) for at in mine] for _, cells in rows if any(cells[at] for at in mine)]
        if len(mine) > 1 and said and all(all(words) for words in said):
            ticks.update(mine)
    return ticks


def _word(cell: str) -> str:
    """Yes, No or N/A in small letters; empty for anything else."""
    word = cell.casefold()
    return word if word in (TICKED, UNTICKED, NOT_SHOWN) else ""


def _tick(cell: str) -> str:
    return cell if _word(cell) == TICKED else ""


FORMAT = Format(NAME, "LimeSurvey", "survey", fits, unpack)
