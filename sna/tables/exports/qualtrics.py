"""Qualtrics: names of columns, what was asked, and import ids stand above the answers; old files lack the last.

Layouts and where they are documented: tests/corpus/qualtrics/SOURCES.md.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sna.tables.exports.layout import Dropped, Format, Layout, LayoutError
from sna.tables.exports.texts import padded, plain_text
from sna.tables.files import Record

NAME = "qualtrics"
SURE = ("ResponseId", "RecordedDate", "DistributionChannel", "UserLanguage", "Duration (in seconds)")
DATED = ("StartDate", "EndDate", "RecordedDate", "Progress", "Duration (in seconds)")
METADATA = frozenset(
    {*SURE, *DATED, "Status", "IPAddress", "Finished", "RecipientLastName", "RecipientFirstName", "RecipientEmail"}
    | {"ExternalReference", "LocationLatitude", "LocationLongitude", "LocationAccuracy"}
)
IMPORT_ID = re.compile(r"""ImportId["']\s*:\s*["']([^"']+)""")
CHOICE_ID = re.compile(r"""choiceId["']\s*:\s*["']""")
# QID5, QID5_2, QID5_2_1, QID6-3, 1_QID5_2 (a loop), QID5#1_2 (side by side), QID6_5_TEXT (the box beside a choice).
QUESTION = re.compile(
    r"(?P<question>(?:\w+_)?QID\d+(?:#\d+)?)(?:[_-](?P<row>x?\d+))?(?:[_-](?P<col>x?\d+))?(?P<rest>.*)"
)
HEADING = re.compile(r"(?P<question>.+?)(?:_(?P<row>x?\d+))(?:_(?P<col>x?\d+))?(?P<rest>)")
UNANSWERED = "-99"
# What the Status column says of answers that are none: in words, or as a number in a numeric export.
TESTS, SPAM = ("preview", "test"), "spam"
STATUS_CODES = {
    "1": "Survey Preview",
    "2": "Survey Test",
    "8": "Spam",
    "9": "Spam, Survey Preview",
    "12": "Imported Spam",
    "17": "Preview",
    "40": "EX Spam",
}


def fits(records: Sequence[Record]) -> bool:
    """Whether import ids stand below the names, or the names of columns can only be those of Qualtrics."""
    if _import_row(records) is not None or _is_legacy(records):
        return True
    names = set(records[0][1])
    return len(names & METADATA) >= 4 and len(names.intersection(SURE)) >= 2


def unpack(records: Sequence[Record]) -> Layout:
    """Names as headings, the questions as labels; test answers and spam are left out, "-99" (unanswered) is empty."""
    number, header = records[0]
    width = len(header)
    ids_at, labels_at = _import_row(records), _label_row(records)
    if ids_at is None and labels_at is None and not METADATA & set(header):
        raise LayoutError("the first row does not name columns as Qualtrics does (StartDate, ResponseId, Q1).", number)
    labels = padded(() if labels_at is None else tuple(map(plain_text, records[labels_at][1])), width)[:width]
    ids = padded(() if ids_at is None else records[ids_at][1], width)[:width]
    columns = [_column(name, id, ids_at is not None) for name, id in zip(header, ids, strict=True)]
    known = METADATA | {"ResponseID", "ResponseSet", "Name", "ExternalDataReference", "EmailAddress"}
    if _is_legacy(records):
        columns = [_Column() if label in known else c for label, c in zip(labels, columns, strict=True)]
    status = next((at for at in range(width) if "Status" in (header[at], labels[at])), None)
    channel = header.index("DistributionChannel") if "DistributionChannel" in header else None
    rows: list[Record] = []
    dropped: list[Dropped] = []
    for at, cells in records[max(ids_at or 0, labels_at or 0) + 1 :]:
        row = padded(cells, width)
        why = _no_answer("" if status is None else row[status], "" if channel is None else row[channel])
        if why:
            dropped.append(Dropped(at, why, _known_by(header, row), width, row))
        else:
            rows.append((at, tuple(_answer(row[k], columns[k]) for k in range(width)) + row[width:]))
    return Layout(header, rows, number, labels, _about(labels, columns), tuple(dropped), NAME)


@dataclass(frozen=True)
class _Column:
    """What a column holds: the question it belongs to (empty: none), the row and column of a matrix, a choice."""

    question: str = ""
    row: str = ""
    col: str = ""
    choice: bool = False


def _column(name: str, import_id: str, has_ids: bool) -> _Column:
    """A column by its import id, or by its name in a file without import ids."""
    if has_ids:
        id = IMPORT_ID.search(import_id)
        found = QUESTION.fullmatch(id[1]) if id else None
        choice = CHOICE_ID.search(import_id) is not None
    else:
        found, choice = HEADING.fullmatch(name), False
        if found is None and name not in METADATA:
            return _Column(name)
    if found is None or name in METADATA:
        return _Column()
    # The text box beside a choice, the order in which choices were shown: about nobody.
    row = "" if found["rest"] else found["row"] or ("choice" if choice else "")
    return _Column(found["question"], row, found["col"] or "", choice)


def _import_row(records: Sequence[Record]) -> int | None:
    """The row of import ids, wherever it stands below the names."""
    found = (at for at, (_, cells) in enumerate(records[:3]) if any(IMPORT_ID.search(cell) for cell in cells))
    return next((at for at in found if at > 0), None)


def _is_legacy(records: Sequence[Record]) -> bool:
    """Whether the file is of the kind made until about 2018: V1 … V10, and their names in the second row."""
    first = records[0][1][0]
    return first == "V1" and len(records) > 1 and {"ResponseID", "ResponseSet"} <= set(records[1][1])


def _label_row(records: Sequence[Record]) -> int | None:
    """The row that says what was asked; None where somebody deleted it."""
    ids_at = _import_row(records)
    if ids_at is not None:
        return 1 if ids_at == 2 else None
    if len(records) < 2:
        return None
    pairs = list(zip(records[0][1], records[1][1], strict=False))
    dated = [cell for name, cell in pairs if name in DATED]
    answer = any(c.isdigit() for cell in dated for c in cell)
    answer = answer or any(name == "ResponseId" and re.fullmatch(r"R_\w{8,}", cell) for name, cell in pairs)
    return None if answer or not any(cell for name, cell in pairs if name in METADATA | {"V1"}) else 1


def _no_answer(status: str, channel: str) -> str:
    """Why a row is no answer; empty for an answer."""
    said = STATUS_CODES.get(status, status)
    if SPAM in said.casefold():
        return f"Qualtrics takes this answer for spam ({said})."
    if channel.casefold() in TESTS and not any(word in said.casefold() for word in TESTS):
        said = channel
    return f"This is a test answer ({said})." if any(word in said.casefold() for word in TESTS) else ""


def _known_by(header: tuple[str, ...], row: tuple[str, ...]) -> str:
    """A cell by which a person knows the row."""
    return row[header.index("ResponseId")] if "ResponseId" in header else next(filter(None, row))


def _answer(cell: str, column: _Column) -> str:
    """A cell without the code for "seen and not answered"; a ticked choice may hold its number instead of 1."""
    if not column.question or not cell:
        return cell
    if cell == UNANSWERED or (column.choice and cell == "0"):
        return ""
    return "1" if column.choice and cell.isdigit() else cell


def _about(labels: tuple[str, ...], columns: Sequence[_Column]) -> tuple[str, ...]:
    """The row or choice each column is about: what its label says beyond what the question's columns all say."""
    groups: dict[tuple[str, str], list[int]] = {}
    for at, column in enumerate(columns):
        if column.row:
            groups.setdefault((column.question, column.col), []).append(at)
    about = [""] * len(columns)
    for (_, col), places in groups.items():
        mine = [labels[at] for at in places]
        stem, tail = _stem(mine), _tail(mine) if col else 0
        for at, label in zip(places, mine, strict=True):
            text = label[stem : len(label) - tail].removeprefix("Selected Choice - ") if stem else ""
            about[at] = "" if text == "Selected Choice" else text
    return tuple(about)


def _stem(labels: Sequence[str]) -> int:
    """How many characters of the labels are the question; 0 where they cannot be told from the rows or choices.

    >>> _stem(["Who - if anybody - helped? - Ana", "Who - if anybody - helped? - Ben"])
    29
    >>> _stem(["Whom do you ask?-Ana", "Whom do you ask?-Ben"])
    17
    """
    shared = _beginning(labels)
    spaced = shared.rfind(" - ") + 3 if " - " in shared else 0
    # Files of 2016 and before have a bare hyphen behind the question.
    bare = re.search(r".*[^\w\s]-(?=\S|$)", shared[spaced:])
    if bare:
        return spaced + bare.end()
    return spaced or shared.rfind("-") + 1


def _tail(labels: Sequence[str]) -> int:
    """How many characters at the end of the labels are the column of the matrix, which they share."""
    shared = _beginning([label[::-1] for label in labels])[::-1]
    at = shared.rfind(" - ") if len(labels) == 1 else shared.find(" - ")
    return len(shared) - at if at >= 0 else 0


def _beginning(texts: Sequence[str]) -> str:
    """What all texts begin with."""
    first, last = min(texts), max(texts)
    return first[: next((k for k, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))]


FORMAT = Format(NAME, "Qualtrics", "survey", fits, unpack)
