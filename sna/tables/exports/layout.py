"""What the readers of exports have in common: the layout of a file, whatever product wrote it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from sna.tables.files import Record

Kind = Literal["survey", "attendance"]
PLAIN = "plain"
# (number of a row, place of a column) → (number of the row, heading) at which the cell stands in the file.
Stands = Mapping[tuple[int, int], tuple[int, str]]


@dataclass(frozen=True)
class Dropped:
    """A row that holds no answer, such as a test answer.

    Attributes:
        number: its number in the file.
        why: why it does not count, as a sentence.
        value: a cell to know it by.
        cells: how many cells it has.
        record: its cells, where other files may refer to the answer it would be.
    """

    number: int
    why: str
    value: str = ""
    cells: int = 0
    record: tuple[str, ...] = ()


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
        facts: what stands above the headings, such as the start of the meeting that a report is about.
        stands: the cells that stand in another row or column of the file, such as the repeats of a record.
    """

    header: tuple[str, ...]
    rows: Sequence[Record]
    header_row: int = 1
    labels: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    format: str = PLAIN
    facts: Mapping[str, str] = field(default_factory=dict)
    stands: Stands = field(default_factory=dict)


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
    """A file is not laid out as its format says: what is missing, and the row where it was looked for.

    With a `remedy` the file is laid out as it should be and holds something that cannot be used; both are said as they
    stand.
    """

    def __init__(self, problem: str, row: int | None = None, remedy: str = "") -> None:
        super().__init__(problem)
        self.problem, self.row, self.remedy = problem, row, remedy
