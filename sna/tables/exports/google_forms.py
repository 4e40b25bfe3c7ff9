"""Google Forms: the CSV of the form itself, and the linked Google Sheet as CSV or XLSX.

Layouts and where they are documented: tests/corpus/google-forms/SOURCES.md.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from sna.tables.exports.layout import Format, Layout
from sna.tables.exports.texts import plain_text
from sna.tables.files import Record

NAME = "google-forms"
# The first heading, in the language of whoever made the form.
FIRST = frozenset({"timestamp", "zeitstempel", "horodateur", "marca temporal", "carimbo de data/hora"})
DAY = r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}"
MOMENT = re.compile(rf"{DAY},?[ T]\d{{1,2}}:\d{{2}}(:\d{{2}}(\.\d+)?)?( [AP]M)?( [A-Z]{{2,5}}([+-]\d+(:\d+)?)?)?")
# What stands in brackets behind a question of a quiz.
MARKED = frozenset({"Score", "Feedback"})


def fits(records: Sequence[Record]) -> bool:
    """Whether the first column is the moment of answering, under its own name and in every row."""
    moments = [cells[0] for _, cells in records[1:] if cells[0]]
    named = records[0][1][0].casefold() in FIRST
    return named and bool(moments) and all(MOMENT.fullmatch(moment) for moment in moments)


def unpack(records: Sequence[Record]) -> Layout:
    """Headings and rows; in `Question [row]` the row is what a column is about, where several share the question."""
    number, first = records[0]
    header = tuple(" ".join(heading.split()) for heading in first)
    return Layout(header, records[1:], number, about=about_rows(header), format=NAME)


def about_rows(header: Sequence[str]) -> tuple[str, ...]:
    """The row of the grid that each column is about.

    >>> about_rows(["Timestamp", "How often? [Ana]", "How often? [Ben]", "Why? [200 words]"])
    ('', 'Ana', 'Ben', '')
    """
    parts = [_grid_row(heading) for heading in header]
    rows: dict[str, set[str]] = {}
    for question, row in parts:
        rows.setdefault(question, set()).add(row)
    shared = Counter(question for question, _ in parts)
    return tuple(row if shared[question] > 1 and not rows[question] <= MARKED else "" for question, row in parts)


def _grid_row(heading: str) -> tuple[str, str]:
    """(question, row) of the heading of a grid; ("", "") of any other."""
    at = heading.rfind("[")
    while heading.endswith("]") and at > 0:
        question, row = heading[:at].rstrip(), heading[at + 1 : -1]
        # A row may hold brackets of its own.
        if row.count("[") == row.count("]"):
            return (question, plain_text(row)) if row and question else ("", "")
        at = heading.rfind("[", 0, at)
    return "", ""


FORMAT = Format(NAME, "Google Forms", "survey", fits, unpack)
