"""Microsoft Forms: the workbook of answers, downloaded or kept in step with the form, or saved as CSV from there.

Layouts and where they are documented: tests/corpus/microsoft-forms/SOURCES.md.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sna.tables.exports.layout import Format, Layout
from sna.tables.files import Record

NAME = "microsoft-forms"
FIRST = ("id", "start time", "completion time", "email", "name")


def fits(records: Sequence[Record]) -> bool:
    """Whether the file begins with the five columns that every form has."""
    return tuple(heading.casefold() for heading in records[0][1][: len(FIRST)]) == FIRST


def unpack(records: Sequence[Record]) -> Layout:
    """Headings and rows; a statement of a Likert question is what its column is about."""
    number, first = records[0]
    header = tuple(" ".join(heading.split()) for heading in first)
    return Layout(header, records[1:], number, about=about_statements(header), format=NAME)


def about_statements(header: Sequence[str]) -> tuple[str, ...]:
    """The statement that each column is about.

    It stands behind the question and a dot; or alone, and then a number follows where it stood in an earlier question
    too, by which alone it is known to be one.

    >>> about_statements([*FIRST, "How often?.Ana", "How often?.Ben"])[5:]
    ('Ana', 'Ben')
    >>> about_statements([*FIRST, "Ana", "Ben", "Ana2", "Ben2", "Name2"])[5:]
    ('Ana', 'Ben', 'Ana', 'Ben', '')
    """
    about = [""] * len(header)
    at = len(FIRST)
    while at < len(header):
        prefix, length = _shared_question(header, at)
        for place in range(at, at + length):
            about[place] = header[place][len(prefix) :].strip()
        at += max(length, 1)
    for place in range(len(FIRST), len(header)):
        numbered = re.fullmatch(r"(.*\D)\d+", header[place])
        if numbered and numbered[1] in header[len(FIRST) : place]:
            earlier = header.index(numbered[1], len(FIRST))
            about[earlier] = about[place] = about[earlier] or numbered[1]
    return tuple(about)


def _shared_question(header: Sequence[str], at: int) -> tuple[str, int]:
    """(question with its dot, columns from this one on that begin with it); ("", 0) where no neighbour shares one.

    Questions may hold dots, and so may statements. The one between the two does not stand behind a single letter, as
    in "e.g." or "J.Smith", and those inside a text are mostly followed by a space: the last one without a space is
    taken, or else the last.
    """
    found: list[tuple[bool, int, int]] = []
    for dot in re.finditer(r"(?<!\b[^\W\d_])\.", header[at]):
        prefix = header[at][: dot.end()]
        length = 0
        for heading in header[at:]:
            if not heading.startswith(prefix) or not heading[len(prefix) :].strip():
                break
            length += 1
        if length > 1:
            spaced = any(heading[len(prefix)] == " " for heading in header[at : at + length])
            found.append((not spaced, len(prefix), length))
    if not found:
        return "", 0
    _, size, length = max(found)
    return header[at][:size], length


FORMAT = Format(NAME, "Microsoft Forms", "survey", fits, unpack)
