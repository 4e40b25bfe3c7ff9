"""Large plain CSV files column by column: each different text is held once, and rows are made when they are asked for.

The csv module's rows are the definition. What is read here is text in which no quotation mark stands and every line has
the same number of cells, where splitting lines at the separator is all there is to CSV; any other file is read by rows.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any, overload

import numpy as np
import numpy.typing as npt
import pandas as pd

Record = tuple[int, tuple[str, ...]]
Ints = npt.NDArray[np.integer[Any]]
# Files of fewer lines are read by rows, which takes no time worth saving.
LARGE = 1_000
LONGEST_CELL = csv.field_size_limit()
AT_ONCE = 2_000
# Bytes that are compared at once, the bytes of a cell that are compared so, and what leaves only the first bytes of a
# word (its lowest ones).
WORD, SHORT = 8, 32
NEWLINE, RETURN = ord("\n"), ord("\r")
FIRST_BYTES = np.array([(1 << 8 * count) - 1 for count in range(WORD + 1)], dtype=np.uint64)


def trim(cell: str) -> str:
    """A cell without blanks around it.

    >>> trim(" Ana\u00a0Lopez ")
    'Ana Lopez'
    """
    return cell.replace("\u00a0", " ").strip() if "\u00a0" in cell else cell.strip()


@dataclass(frozen=True, eq=False)
class Column:
    """A column: each different text once, and for each row the place of its text among them."""

    codes: Ints
    texts: Sequence[str]

    def cells(self) -> list[str]:
        """The text of each cell."""
        return [self.texts[code] for code in self.codes.tolist()]

    def filled(self) -> npt.NDArray[np.bool_]:
        """Which cells hold anything."""
        # Each text is there once, the empty one, too.
        if "" not in self.texts:
            return np.broadcast_to(np.True_, len(self.codes))
        return np.not_equal(self.codes, self.texts.index(""))


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
            cells = [Column(c.codes[part], c.texts).cells() for c in self.columns]
            yield from zip(self.numbers[part].tolist(), zip(*cells, strict=True), strict=True)

    def of_width(self, width: int) -> ColumnRecords | None:
        """The first columns alone; None when another one holds anything."""
        if any(bool(column.filled().any()) for column in self.columns[width:]):
            return None
        return ColumnRecords(self.numbers, self.columns[:width])


def column_records(text: str, separator: str) -> ColumnRecords | None:
    """The filled rows of a large plain CSV text; None when it has to be read by rows."""
    if len(text) < LARGE or '"' in text or "\0" in text or text.startswith("\ufeff"):
        return None
    # What stands behind the last line is there to be compared with it, and equals nothing.
    content = text.rstrip("\r\n").encode() + b"\n" + bytes(WORD)
    data = np.frombuffer(content, dtype=np.uint8)[:-WORD]
    lines = int(np.count_nonzero(data == NEWLINE))
    found = np.flatnonzero((data == NEWLINE) | (data == ord(separator))) if lines >= LARGE else np.arange(0)
    width, left = divmod(len(found), lines)
    if left or not width:
        return None
    # By column and then by line, so that a column's places stand side by side.
    kind = np.int32 if len(data) < np.iinfo(np.int32).max else np.int64
    ends: Any = np.ascontiguousarray(found.astype(kind).reshape(-1, width).T)
    del found
    # As many cells in each line: every line ends behind its last cell and nowhere else.
    if bool((data[ends[-1]] != NEWLINE).any()):
        return None
    starts = np.empty_like(ends)
    starts[1:] = ends[:-1] + 1
    starts[0, 0], starts[0, 1:] = 0, ends[-1, :-1] + 1
    if b"\r" in content:
        returns = data[ends[-1] - 1] == RETURN
        if int(returns.sum()) != content.count(b"\r"):
            return None
        ends[-1] -= returns
    if int((ends - starts).max()) > LONGEST_CELL:
        return None
    columns = [_column(content, starts[at], ends[at]) for at in range(width)]
    filled = reduce(np.logical_or, (column.filled() for column in columns))
    numbers = np.arange(1, lines + 1, dtype=np.int32)
    if not filled.all():
        numbers, columns = numbers[filled], [Column(c.codes[filled], c.texts) for c in columns]
    return ColumnRecords(numbers, columns)


def _column(content: bytes, starts: Ints, ends: Ints) -> Column:
    """The column whose cells stand between these places, its texts trimmed, which can make texts the same."""
    lengths = ends - starts
    longest = int(lengths.max())
    codes: Ints
    if longest <= WORD:
        codes, words = _compared(content, starts, lengths)
        different = words.astype("<u8").view("S8").tolist()
    elif longest <= SHORT:
        codes = _codes(content, starts, lengths)
        # The place at which each text stands first.
        first = np.empty(int(codes.max()) + 1, dtype=np.intp)
        first[codes[::-1]] = np.arange(len(codes) - 1, -1, -1)
        different = [content[a:b] for a, b in zip(starts[first].tolist(), ends[first].tolist(), strict=True)]
    else:
        cells = np.array([content[a:b] for a, b in zip(starts.tolist(), ends.tolist(), strict=True)], dtype=object)
        found, texts_found = pd.factorize(cells)
        codes, different = np.asarray(found), texts_found.tolist()
    # Decoded together, which takes less time: no cell holds the end of a line.
    texts = list(map(str.strip, b"\n".join(different).decode().replace("\u00a0", " ").split("\n")))
    kind = np.min_scalar_type(len(texts))
    if len(set(texts)) == len(texts):
        return Column(codes.astype(kind), tuple(texts))
    places = {text: at for at, text in enumerate(dict.fromkeys(texts))}
    return Column(np.array([places[text] for text in texts], dtype=kind)[codes], tuple(places))


def _compared(content: bytes, starts: Ints, lengths: Ints) -> tuple[Ints, npt.NDArray[np.uint64]]:
    """The same number for cells that begin with the same bytes at `starts`, and these bytes for each number.

    Bytes are compared as one number; none is zero, which stands behind the end of a cell.
    """
    words: npt.NDArray[np.uint64] = np.ndarray(len(content) - WORD, "<u8", content, 0, (1,))
    word = words[starts]
    least, most = int(lengths.min()), int(lengths.max())
    if least < WORD:
        word &= FIRST_BYTES[max(least, 0)] if least == most else FIRST_BYTES.take(lengths, mode="clip")
    codes, different = pd.factorize(word)
    return np.asarray(codes), np.asarray(different)


def _codes(content: bytes, starts: Ints, lengths: Ints) -> Ints:
    """The same number for the same text, of cells longer than a word."""
    codes, _ = _compared(content, starts, lengths)
    for at in range(WORD, int(lengths.max()), WORD):
        # Where a cell has ended already, no byte is compared, so that it does not matter which word it would be.
        more, different = _compared(content, np.minimum(starts + at, len(content) - WORD - 1), lengths - at)
        codes = np.asarray(pd.factorize(codes * len(different) + more)[0])
    return codes
