"""Several files of one kind, such as one per respondent, as one table whose rows know their file and row number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from sna.tables.exports import Dropped, Layout
from sna.tables.problems import Problems

Part = tuple[str, Layout]
Column = tuple[str, int]


def together(named: str, parts: Sequence[Part], problems: Problems) -> Layout | None:
    """The files that a name with `*` stands for as one table; None, with the reason noted, when they are not alike.

    A column is known by its heading; what a file has no column for is empty in its rows. Rows are numbered through, and
    `problems` learns which file and row each number means.

    Args:
        named: what study.toml calls them.
        parts: each file's own name and layout, rows no longer than the headings.
        problems: where faults are noted.
    """
    first_name, first = parts[0]
    for name, layout in parts[1:]:
        if (layout.format, layout.header[:1]) != (first.format, first.header[:1]):
            what = f'This file is not of one kind with "{first_name}": it begins with another column.'
            remedy = "Let the name in study.toml fit files of one kind only, or export them all in the same way."
            problems.add("stops", name, what, remedy, layout.header_row, value=next(iter(layout.header), ""))
            return None
    labels: dict[Column, str] = {}
    about: dict[Column, str] = {}
    held: Counter[Column] = Counter()
    for _, layout in parts:
        columns = _columns(layout)
        held.update(columns)
        for known, texts in ((labels, layout.labels), (about, layout.about)):
            for column, text in zip(columns, texts or [""] * len(columns), strict=False):
                known[column] = known.get(column) or text
    # Told of once it is known whose names must not be.
    problems.partial[named] = [
        (heading, f"in {times} of {len(parts)} files") for (heading, _), times in held.items() if times < len(parts)
    ]
    header = tuple(held)
    place = {column: at for at, column in enumerate(header)}
    rows: list[tuple[int, tuple[str, ...]]] = []
    dropped: list[Dropped] = []
    numbers: dict[tuple[str, int], int] = {}
    stands: dict[tuple[int, int], tuple[int, str]] = {}
    where = problems.parts[named] = {}
    for name, layout in parts:
        places = [place[column] for column in _columns(layout)]
        for number, cells in layout.rows:
            where[len(where) + 2] = (name, number)
            rows.append((len(where) + 1, _spread(cells, places, len(header))))
            numbers[(name, number)] = len(where) + 1
        for (number, at), (own, heading) in layout.stands.items():
            if (name, own) not in numbers:
                where[len(where) + 2] = (name, own)
                numbers[(name, own)] = len(where) + 1
            # A row that holds no answer has no number here.
            if (name, number) in numbers:
                stands[(numbers[(name, number)], places[at])] = (numbers[(name, own)], heading)
        for row in layout.dropped:
            where[len(where) + 2] = (name, row.number)
            dropped.append(replace(row, number=len(where) + 1, record=_spread(row.record, places, len(header))))
    return Layout(
        tuple(heading for heading, _ in header),
        rows,
        labels=tuple(labels[column] for column in header) if any(labels.values()) else (),
        about=tuple(about[column] for column in header) if any(about.values()) else (),
        dropped=tuple(dropped),
        format=first.format,
        stands=stands,
    )


def _columns(layout: Layout) -> list[Column]:
    """Each heading with how often it stood to the left already, so that equal headings stay apart."""
    seen: Counter[str] = Counter()
    columns = []
    for heading in layout.header:
        columns.append((heading, seen[heading]))
        seen[heading] += 1
    return columns


def _spread(cells: tuple[str, ...], places: Sequence[int], width: int) -> tuple[str, ...]:
    """A row of one file as a row of the whole table."""
    spread = [""] * width
    for at, cell in zip(places, cells, strict=False):
        spread[at] = cell
    return tuple(spread)
