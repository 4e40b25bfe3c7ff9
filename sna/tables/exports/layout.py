"""What the readers of exports have in common: the layout of a file, whatever product wrote it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from sna.tables.files import Record

Kind = Literal["survey", "attendance"]
PLAIN = "plain"


@dataclass(frozen=True)
class Dropped:
    """A row that holds no answer, such as a test answer: its number, why it does not count, a cell to know it by."""

    number: int
    why: str
    value: str = ""
    cells: int = 0


@dataclass(frozen=True)
class Layout:
    """A file taken apart.

    Attributes:
        header: one heading per column.
        rows: the rows that hold answers, with their numbers in the file.
        header_row: the row in which the headings stand.
        labels: what was asked in each column; empty where the file does not say.
        about: whom or which choice each column is about, as its label says; empty where no label says so.
        dropped: rows that hold no answer.
        format: the product.
    """

    header: tuple[str, ...]
    rows: Sequence[Record]
    header_row: int = 1
    labels: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    format: str = PLAIN


@dataclass(frozen=True)
class Format:
    """A product whose exports can be read.

    Attributes:
        name: as it is written in study.toml.
        label: as it is called.
        kind: what it exports.
        fits: whether the filled rows of a file look like its export; must not be true of anything else.
        unpack: takes the rows apart. Raises `LayoutError` when they are not laid out as this product does it.
    """

    name: str
    label: str
    kind: Kind
    fits: Callable[[Sequence[Record]], bool]
    unpack: Callable[[Sequence[Record]], Layout]


class LayoutError(Exception):
    """A file is not laid out as its format says: what is missing, and the row where it was looked for."""

    def __init__(self, problem: str, row: int | None = None) -> None:
        super().__init__(problem)
        self.problem, self.row = problem, row
