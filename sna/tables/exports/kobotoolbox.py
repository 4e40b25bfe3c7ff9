"""KoboToolbox: the CSV or XLSX of a form, with names or labels, groups in the headings or not, and repeat groups.

Layouts and where they are documented: tests/corpus/kobotoolbox/SOURCES.md.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sna.tables.exports.layout import Dropped, Format, Layout, LayoutError
from sna.tables.exports.texts import padded, plain_text
from sna.tables.files import Record

NAME = "kobotoolbox"
TAIL = frozenset({"_id", "_uuid", "_submission_time"})
REPEAT = frozenset({"_parent_table_name", "_parent_index", "_submission__id"})
# Ona, which comes from the same roots, writes this too.
OTHERS = frozenset({"_xform_id_string"})
STATUS = ("_validation_status", "_submission__validation_status")
# The label, and the name that stands for it where names are exported.
NOT_APPROVED = frozenset({"not approved", "validation_status_not_approved"})
TICKED, UNTICKED = frozenset({"1", "true", "yes"}), frozenset({"0", "false", "no"})
HXL = re.compile(r"#[A-Za-z]\S*")


def fits(records: Sequence[Record]) -> bool:
    """Whether the headings hold what every export holds of a submission, or of the submission a repeat belongs to."""
    headings = set(records[0][1])
    return (headings >= TAIL or headings >= REPEAT) and not headings & OTHERS


def unpack(records: Sequence[Record]) -> Layout:
    """Headings and rows. Submissions that were not approved are no answers; a question without a tick is empty.

    Raises:
        LayoutError: nothing says which submission a row is.
    """
    number, first = records[0]
    header = tuple(" ".join(heading.split()) for heading in first)
    if not set(header) & {"_id", "_uuid", "_index"}:
        raise LayoutError("there is none of the columns _id, _uuid and _index.", number)
    rows: list[Record] = []
    dropped: list[Dropped] = []
    states = [header.index(name) for name in STATUS if name in header]
    for at, cells in records[1:]:
        row = padded(cells, len(header))
        status = next((row[place] for place in states if row[place].casefold() in NOT_APPROVED), "")
        if not rows and not dropped and all(HXL.fullmatch(cell) for cell in row if cell):
            dropped.append(Dropped(at, "This row holds HXL tags.", next(filter(None, row)), len(header)))
        elif status:
            dropped.append(Dropped(at, "This submission was not approved.", status, len(header), row))
        else:
            rows.append((at, row))
    questions = list(_questions(header, [row for _, row in rows]))
    return Layout(
        header,
        [(at, _without_empty_boxes(row, questions)) for at, row in rows],
        number,
        tuple("" if (label := _label(heading)) == heading else label for heading in header),
        _about(header, questions),
        tuple(dropped),
        NAME,
    )


def _label(heading: str) -> str:
    """A heading without its groups and without the HTML that the rows of a matrix have."""
    return plain_text(heading).rsplit("/", 1)[-1].strip()


@dataclass(frozen=True)
class _Boxes:
    """A question with a column for each choice: the places of these, and how much of a heading is the question."""

    places: range
    size: int


def _questions(header: Sequence[str], rows: Sequence[tuple[str, ...]]) -> Iterator[_Boxes]:
    """The questions that have a column for each choice.

    Where the chosen ones stand in a column of the question as well, the columns behind it that begin with its heading
    are the choices. Else several columns of one path are, if each row ticks or leaves every one of them.
    """
    at = 0
    while at < len(header):
        found = _behind_summary(header, rows, at) or _alone(header, rows, at)
        if found:
            yield found
        at = found.places.stop if found else at + 1


def _behind_summary(header: Sequence[str], rows: Sequence[tuple[str, ...]], at: int) -> _Boxes | None:
    """The choices of the question in this column, when they stand behind it."""
    question, end = header[at], at + 1
    while question and end < len(header) and _is_choice_of(question, header[end]):
        end += 1
    places = range(at + 1, end)
    if not places or not all(_is_boxes(row, places) and (bool(row[at]) or not _ticks(row, places)) for row in rows):
        return None
    # Any text may be chosen to stand between question and choice.
    between = re.match(r"/|\W+", min((header[place][len(question) :] for place in places), key=len))
    return _Boxes(places, len(question) + (between.end() if between else 0))


def _is_choice_of(question: str, heading: str) -> bool:
    """Whether a heading is the question's, a sign that is no letter, and more."""
    return heading.startswith(question) and bool(re.match(r"\s*[^\w\s].", heading[len(question) :]))


def _alone(header: Sequence[str], rows: Sequence[tuple[str, ...]], at: int) -> _Boxes | None:
    """The choices of a question from this column on, when nothing but choices was exported."""
    path = header[at].rpartition("/")[0]
    end = at
    while path and end < len(header) and header[end].rpartition("/")[0] == path:
        end += 1
    places = range(at, end)
    told = len(places) > 1 and any(row[at] for row in rows)
    return _Boxes(places, len(path) + 1) if told and all(_is_boxes(row, places) for row in rows) else None


def _is_boxes(row: tuple[str, ...], places: range) -> bool:
    """Whether a row ticks or leaves every one of the choices, or was not asked."""
    cells = [row[place].casefold() for place in places]
    return not any(cells) or all(cell in TICKED or cell in UNTICKED for cell in cells)


def _ticks(row: tuple[str, ...], places: range) -> bool:
    return any(row[place].casefold() in TICKED for place in places)


def _without_empty_boxes(row: tuple[str, ...], questions: Sequence[_Boxes]) -> tuple[str, ...]:
    """A row in which a question without any tick is empty: it was left out, and nothing was said about anybody."""
    cells = list(row)
    for question in questions:
        if not _ticks(row, question.places):
            cells[question.places.start : question.places.stop] = [""] * len(question.places)
    return tuple(cells)


def _about(header: Sequence[str], questions: Sequence[_Boxes]) -> tuple[str, ...]:
    """Which choice or row each column is about: a choice, or the last part of a path that several columns share."""
    paths = [heading.rpartition("/")[0] for heading in header]
    shared = Counter(paths)
    about = [_label(heading) if path and shared[path] > 1 else "" for heading, path in zip(header, paths, strict=True)]
    for question in questions:
        for place in question.places:
            about[place] = plain_text(header[place][question.size :])
    return tuple(about)


FORMAT = Format(NAME, "KoboToolbox", "survey", fits, unpack)
