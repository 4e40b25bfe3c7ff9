"""A file as a grid of text: headings, what was asked under each, and rows with the numbers a spreadsheet shows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import overload

import numpy as np
import numpy.typing as npt

from sna.errors import hint
from sna.study_paths import files_named
from sna.tables.columns import Column, ColumnRecords, Ints
from sna.tables.exports import PLAIN, Dropped, Kind, Layout, Stands, layout_of
from sna.tables.files import Record, read_records
from sna.tables.problems import Problems
from sna.tables.several import together
from sna.tables.values import even

# What became of a cell; the higher counts. 0: nobody looked at it.
TOUCHED, UNKNOWN, USED, REJECTED, STRUCK = 1, 2, 3, 4, 5


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file: its number as a spreadsheet shows it (the header is row 1), its cells, and its place."""

    number: int
    cells: tuple[str, ...]
    at: int


class Rows(Sequence[Row]):
    """The rows of a large file that is held as columns: each is made when it is asked for."""

    def __init__(self, records: ColumnRecords) -> None:
        self._records = records

    @property
    def numbers(self) -> Ints:
        """The number of each row."""
        return self._records.numbers

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns, one per heading."""
        return self._records.columns

    def __len__(self) -> int:
        return len(self._records)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Row, ...]: ...
    def __getitem__(self, at: int | slice) -> Row | tuple[Row, ...]:
        if isinstance(at, slice):
            return tuple(self[place] for place in range(*at.indices(len(self))))
        return Row(*self._records[at], at % len(self))

    def __iter__(self) -> Iterator[Row]:
        return (Row(number, cells, at) for at, (number, cells) in enumerate(self._records))


@dataclass(frozen=True, eq=False)
class Grid:
    """A file as text.

    Attributes:
        file: path inside the study folder as study.toml has it, and the sheet where it names one.
        format: the product whose layout the file has (`plain`: headings and rows).
        header: headings, one per column; empty where a column has none.
        labels: what was asked in each column, where the file says so beside its headings; else empty.
        about: whom or which choice a column is about, as its label says; else empty.
        rows: each as long as the headings.
        dropped: rows that hold no answer, such as test answers and totals, with the reason.
        asked_for: the columns that a reader has looked for, there or not, so that what nobody reads can be noted.
        doubled: headings that several columns have.
        marks: column → what became of each of its cells: `TOUCHED` (looked at), `UNKNOWN` (says nothing), `USED` (an
            empty cell that means no, too), `REJECTED` (a row of the problems says why), `STRUCK` (of somebody who
            refused consent).
        facts: what stands above the headings, such as the start of the meeting that a report is about.
        stands: the cells that stand in another row or column of the file, such as the repeats of a record.
    """

    file: str
    header: tuple[str, ...]
    rows: Sequence[Row]
    asked_for: set[str]
    format: str = PLAIN
    labels: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    doubled: frozenset[str] = frozenset()
    marks: dict[int, bytearray] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)
    stands: Stands = field(default_factory=dict)

    @cached_property
    def _column(self) -> dict[str, int]:
        """Column by heading, or by what was asked where only one column was asked that."""
        found: dict[str, int] = {}
        asked = Counter(self.labels)
        for at, label in enumerate(self.labels):
            if label and asked[label] == 1:
                found[label] = at
        for at in reversed(range(len(self.header))):
            found[self.header[at]] = at
        return {**{even(name): at for name, at in reversed(found.items())}, **found}

    @cached_property
    def _asked(self) -> dict[str, int | None]:
        """The places of the columns that were looked for."""
        return {}

    def at(self, name: str) -> int | None:
        """The place of a column, by its heading or by what was asked in it; None when there is no such column."""
        if name in self._asked:
            return self._asked[name]
        self.asked_for.add(name)
        place = self._asked[name] = self.place(name)
        if place is not None:
            self.asked_for.add(self.header[place])
        return place

    def place(self, name: str) -> int | None:
        """As `at`, without entering that a reader looked for the column."""
        return self._column.get(name, self._column.get(even(name)))

    def cell(self, row: Row, name: str) -> str:
        """A cell by its column's name; empty when there is no such column."""
        place = self.at(name)
        return "" if place is None else self.cell_at(row, place)

    def cell_at(self, row: Row, place: int) -> str:
        """A cell by the place of its column."""
        marks = self._marks(place)
        if not marks[row.at]:
            marks[row.at] = TOUCHED
        return row.cells[place]

    def numbers(self) -> list[int]:
        """The number of each row."""
        return self.rows.numbers.tolist() if isinstance(self.rows, Rows) else [row.number for row in self.rows]

    def column(self, name: str) -> list[str]:
        """Every cell of a column, row by row; empty ones when there is no such column."""
        place = self.at(name)
        if place is None:
            return [""] * len(self.rows)
        self.marks[place] = self._marks(place).replace(b"\0", bytes([TOUCHED]))
        if isinstance(self.rows, Rows):
            return self.rows.columns[place].cells()
        return [row.cells[place] for row in self.rows]

    def _marks(self, place: int) -> bytearray:
        marks = self.marks.get(place)
        if marks is None:
            marks = self.marks[place] = bytearray(len(self.rows))
        return marks

    def look(self, name: str, rows: npt.NDArray[np.bool_]) -> None:
        """Mark the cells of a column in some rows as looked at."""
        place = self.at(name)
        if place is not None:
            marks = np.frombuffer(self._marks(place), dtype=np.uint8)
            marks[rows & (marks == 0)] = TOUCHED

    def touch(self) -> None:
        """Mark every cell as looked at."""
        self.asked_for.update(self.header)
        for place in range(len(self.header)):
            self.marks[place] = self._marks(place).replace(b"\0", bytes([TOUCHED]))

    def strike(self, row: Row, state: int) -> None:
        """Say of every cell of a row what became of it."""
        for place in range(len(self.header)):
            marks = self._marks(place)
            marks[row.at] = max(marks[row.at], state)

    def mark(self, row: Row, name: str, state: int) -> None:
        """Say what became of a cell; the highest state counts."""
        place = self.at(name)
        if place is not None:
            marks = self._marks(place)
            marks[row.at] = max(marks[row.at], state)

    def matching(
        self, pattern: re.Pattern[str], meant: Callable[[re.Match[str]], bool] = lambda _: True
    ) -> dict[str, re.Match[str]]:
        """heading → match, of the columns whose heading fits; where none does, whose label (what was asked) fits.

        Args:
            pattern: what fits, once quotation marks and spaces are evened out.
            meant: whether what fits is meant, too.
        """
        for names in (self.header, self.labels):
            found = {
                heading: match
                for heading, name in zip(self.header, names, strict=False)
                if heading and (match := pattern.fullmatch(even(name))) and meant(match)
            }
            if found:
                self.asked_for.update(found)
                return found
        return {}

    def whom(self, heading: str) -> str:
        """Whom a column is about, as its label says; empty where no label says so."""
        place = self.at(heading)
        return self.about[place] if place is not None and place < len(self.about) else ""

    def has(self, names: Iterable[str], problems: Problems, why: str) -> bool:
        """Whether all these columns are there; each that is not is a problem that stops."""
        complete = True
        for name in names:
            if self.at(name) is None:
                complete = False
                shown = ", ".join(f'"{h}"' for h in self.header[:12]) + (", …" if len(self.header) > 12 else "")
                problems.add(
                    "stops",
                    self.file,
                    f"There is no such column; it is needed for {why}. The file has {shown}.",
                    f"Add the column, or name yours in study.toml.{hint(name, (*self.header, *self.labels))}",
                    row=1,
                    column=name,
                )
        return complete


def read_grid(
    folder: Path,
    file: str,
    problems: Problems,
    *,
    may_be_empty: bool = False,
    kind: Kind | None = None,
    format: str = "",
    sheet: str = "",
) -> Grid | None:
    """Read a CSV or XLSX file; None when it cannot be used, with the reason among the problems.

    Args:
        folder: the study folder.
        file: path inside it; with `*` in it, every file that fits, as one table.
        problems: where faults are noted. A file is read once: later calls get the same grid.
        may_be_empty: headings alone will do.
        kind: of which kind the products are whose layouts may be met; None: headings and rows only.
        format: the product; recognised by its headings if empty.
        sheet: the sheet of a workbook; the first visible one if empty.
    """
    key = (file, kind or "", format, sheet)
    if key not in problems.grids:
        problems.grids[key] = _read(folder, file, problems, may_be_empty, kind, format, sheet)
    found = problems.grids[key]
    assert found is None or isinstance(found, Grid)
    return found


def _read(
    folder: Path, file: str, problems: Problems, may_be_empty: bool, kind: Kind | None, format: str, sheet: str
) -> Grid | None:
    """As `read_grid`, for a file that has not been read yet."""
    named = called(file, sheet)
    parts: list[tuple[str, Layout]] = []
    whole = True
    for name in files_named(folder, file):
        own = called(name, sheet)
        records = read_records(folder, name, problems, sheet=sheet)
        layout = None if records is None else layout_of(records, own, problems, kind, format, named)
        shaped = None if layout is None else _shaped(layout, own, problems)
        whole = whole and shaped is not None
        parts += [(own, shaped)] if shaped is not None else []
    if not whole or not parts:
        return None
    layout = parts[0][1] if parts[0][0] == named else together(named, parts, problems)
    if layout is None:
        return None
    problems.rows_read[file] = problems.rows_read.get(file, 0) + len(layout.rows)
    return _grid(layout, named, problems, may_be_empty)


def called(file: str, sheet: str) -> str:
    """A file, and the sheet of it, as people are told."""
    return f'{file}, sheet "{sheet}"' if sheet else file


def _shaped(layout: Layout, file: str, problems: Problems) -> Layout | None:
    """A layout with as many cells in each row as there are headings; None when cells lack a heading (noted)."""
    header = layout.header
    while header and not header[-1]:
        header = header[:-1]
    width = len(header)
    if isinstance(layout.rows, ColumnRecords) and all(header[1:]) and (whole := layout.rows.of_width(width)):
        return replace(layout, header=header, rows=whole, labels=layout.labels[:width], about=layout.about[:width])
    fine = _no_longer(layout.rows, width, layout.header_row, file, problems)
    rows = [
        (at, cells if len(cells) == width else cells[:width] + ("",) * (width - len(cells)))
        for at, cells in layout.rows
    ]
    for at, name in enumerate(header):
        value = None if name or not at else next((cells[at] for _, cells in rows if cells[at]), None)
        if value is not None:
            fine = False
            problems.add(
                "stops", file, "A column holds data and has no heading.", "Name it.", layout.header_row, value=value
            )
    return (
        replace(layout, header=header, rows=rows, labels=layout.labels[:width], about=layout.about[:width])
        if fine
        else None
    )


def _grid(layout: Layout, file: str, problems: Problems, may_be_empty: bool) -> Grid | None:
    """The grid of a layout in shape; None when it holds no answer, which is noted."""
    for dropped in layout.dropped:
        problems.add("left out", file, dropped.why, "It was left out.", dropped.number, value=dropped.value or None)
    if not layout.rows and not may_be_empty:
        problems.add(
            "stops", file, "The file has headings and no rows.", "Export it again, or take it out of study.toml."
        )
        return None
    header = layout.header
    rows: Sequence[Row] = (
        Rows(layout.rows)
        if isinstance(layout.rows, ColumnRecords)
        else tuple(Row(number, cells, at) for at, (number, cells) in enumerate(layout.rows))
    )
    first = next((row.cells[0] for row in rows if row.cells[0]), None) if header and not header[0] else None
    if first is not None:
        problems.unnamed_first[file] = first
    doubled = frozenset(name for name, times in Counter(filter(None, header)).items() if times > 1)
    asked_for = problems.asked_for(file, header, doubled, layout.header_row)
    return Grid(
        file,
        header,
        rows,
        asked_for,
        layout.format,
        layout.labels,
        layout.about,
        layout.dropped,
        doubled,
        facts=layout.facts,
        stands=layout.stands,
    )


def _no_longer(rows: Iterable[Record], width: int, header_row: int, file: str, problems: Problems) -> bool:
    """Whether no row holds more cells than there are headings."""
    longer = [
        (at, next(filter(None, cells[width:]))) for at, cells in rows if len(cells) > width and any(cells[width:])
    ]
    if longer:
        problems.add(
            "stops",
            file,
            f"{len(longer)} rows have more cells than the {width} headings in row {header_row}; this is the first.",
            "If a title stands above the headings, delete it. Else add the missing heading, or put quotation marks "
            "round text that holds the separator.",
            longer[0][0],
            value=longer[0][1],
        )
    return not longer
