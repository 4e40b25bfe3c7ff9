"""Large plain CSV files column by column: each different text is held once, and rows are made when they are asked for.

The csv module's rows are the definition. What is read here is text in which no quotation mark stands and every line has
the same number of cells, where splitting lines at the separator is all there is to CSV; any other file is read by rows.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, overload

import numpy as np
import numpy.typing as npt
import pandas as pd

Record = tuple[int, tuple[str, ...]]
Ints = npt.NDArray[np.integer[Any]]
# Files of fewer lines are read by rows, which takes no time worth saving.
LARGE = 10_000
LONGEST_CELL = csv.field_size_limit()
AT_ONCE = 2_000


def trim(cell: str) -> str:
    """A cell without blanks around it.

    >>> trim(" Ana\u00a0Lopez ")
    'Ana Lopez'
    """
    return cell.replace("\u00a0", " ").strip()


@dataclass(frozen=True, eq=False)
class Column:
    """A column: each different text once, and for each row the place of its text among them."""

    codes: Ints
    texts: Sequence[str]

    def filled(self) -> npt.NDArray[np.bool_]:
        """Which cells hold anything."""
        return np.array([bool(text) for text in self.texts], dtype=bool)[self.codes]


class ColumnRecords(Sequence[Record]):
    """Filled rows of a file with their numbers, held as columns.

    Attributes:
        numbers: the number of each row, as a spreadsheet shows it.
        columns: as many as each row has cells.
    """

    def __init__(self, numbers: Ints, columns: Sequence[Column]) -> None:
        self.numbers, self.columns = numbers, tuple(columns)

    def __len__(self) -> int:
        return len(self.numbers)

    @overload
    def __getitem__(self, at: int) -> Record: ...
    @overload
    def __getitem__(self, at: slice) -> ColumnRecords: ...
    def __getitem__(self, at: int | slice) -> Record | ColumnRecords:
        if isinstance(at, slice):
            return ColumnRecords(self.numbers[at], [Column(c.codes[at], c.texts) for c in self.columns])
        return int(self.numbers[at]), tuple(c.texts[c.codes[at]] for c in self.columns)

    def __iter__(self) -> Iterator[Record]:
        for start in range(0, len(self), AT_ONCE):
            part = slice(start, start + AT_ONCE)
            cells = [[c.texts[code] for code in c.codes[part].tolist()] for c in self.columns]
            yield from zip(self.numbers[part].tolist(), zip(*cells, strict=True), strict=True)

    def of_width(self, width: int) -> ColumnRecords | None:
        """The first columns alone; None when another one holds anything."""
        if any(bool(column.filled().any()) for column in self.columns[width:]):
            return None
        return ColumnRecords(self.numbers, self.columns[:width])


def column_records(text: str, separator: str) -> ColumnRecords | None:
    """The filled rows of a large plain CSV text; None when it has to be read by rows."""
    lines = text.count("\n")
    if lines < LARGE or '"' in text or text.startswith("\ufeff"):
        return None
    returns = text.count("\r")
    if returns and returns != text.count("\r\n"):
        return None
    text = text.rstrip("\r\n")
    if text.startswith(("\n", "\r")) or "\n\n" in text or "\n\r" in text:
        return None
    lines = text.count("\n") + 1
    width, left = divmod(text.count(separator), lines)
    if left:
        return None
    # The parser refuses lines longer than the first: with so many cells, none is shorter either. And columns of nothing
    # but numbers would become numbers, which no column is that begins with a word.
    first = separator.join(["x"] * (width + 1)) + "\n"
    try:
        table = pd.read_csv(
            io.BytesIO((first + text).encode()),
            sep=separator,
            header=None,
            dtype="category",
            na_filter=False,
            skip_blank_lines=False,
            quoting=csv.QUOTE_NONE,
            engine="c",
            low_memory=False,
        )
    except (pd.errors.ParserError, ValueError):
        return None
    if table.shape != (lines + 1, width + 1):
        return None
    if any(len(cell) > LONGEST_CELL for name in table for cell in table[name].cat.categories):
        return None
    columns = [_column(table.pop(name)) for name in list(table.columns)]
    filled = np.zeros(lines, dtype=bool)
    for column in columns:
        filled |= column.filled()
    numbers = np.arange(1, lines + 1, dtype=np.int32)
    if not filled.all():
        numbers, columns = numbers[filled], [Column(c.codes[filled], c.texts) for c in columns]
    return ColumnRecords(numbers, columns)


def _column(parsed: pd.Series) -> Column:
    """A parsed column without its first line, its texts trimmed, which can make texts the same."""
    places: dict[str, int] = {}
    new = [places.setdefault(trim(text), len(places)) for text in parsed.cat.categories.tolist()]
    codes = parsed.cat.codes.to_numpy()[1:]
    return Column(np.array(new, dtype=np.min_scalar_type(len(places)))[codes], tuple(places))
