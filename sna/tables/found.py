"""Who was found in which cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from sna.tables.columns import Ints
from sna.tables.people import Found

Cell = tuple[str, int | None, str]


class FoundCells:
    """Cell (file, row, column) → the person in it, as found; a whole column of a large file is held as one."""

    def __init__(self) -> None:
        self._cells: dict[Cell, Found] = {}
        self._together: dict[Cell, Sequence[Found]] = {}
        self._columns: dict[tuple[str, str], tuple[Ints, Ints, Sequence[Found]]] = {}
        self._begun: set[tuple[str, str]] = set()

    def __setitem__(self, cell: Cell, found: Found) -> None:
        file, row, column = cell
        self._begun.add((file, column))
        whole = self._columns.get((file, column))
        # Another reader may look at the same cells, and the later finding counts, cell by cell.
        if whole is not None and row is not None and row in whole[0]:
            del self._columns[(file, column)]
            self._cells.update(_each(file, column, *whole))
        self._cells[cell] = found

    def together(self, cell: Cell, found: Sequence[Found]) -> None:
        """Enter everybody named in a cell that names several people; the last of them is entered already."""
        self._together[cell] = found[:-1]

    def has(self, file: str, column: str) -> bool:
        """Whether anybody was looked for in a column."""
        return (file, column) in self._begun

    def add_column(self, file: str, column: str, rows: Ints, codes: Ints, found: Sequence[Found]) -> None:
        """Enter cells of a column in which none of them was entered before.

        Args:
            file: the file.
            column: the heading.
            rows: the numbers of the rows.
            codes: for each row the place of the finding in `found`.
            found: each different finding.
        """
        self._begun.add((file, column))
        self._columns[(file, column)] = (rows, codes, found)

    def counts(self) -> dict[str, int]:
        """How people were found → in how many cells."""
        counts = Counter(found.how for found in self._cells.values())
        counts.update(one.how for found in self._together.values() for one in found)
        for _, codes, found in self._columns.values():
            for one, times in zip(found, np.bincount(codes, minlength=len(found)).tolist(), strict=True):
                if times:
                    counts[one.how] += times
        return dict(counts)

    def cells_of(self, actor_id: str) -> set[Cell]:
        """The cells in which a person was found."""
        cells = {cell for cell, found in self._cells.items() if found.actor_id == actor_id}
        cells |= {cell for cell, found in self._together.items() if any(one.actor_id == actor_id for one in found)}
        for (file, column), (rows, codes, found) in self._columns.items():
            mine = np.array([one.actor_id == actor_id for one in found], dtype=bool)[codes]
            cells.update((file, row, column) for row in rows[mine].tolist())
        return cells


def _each(file: str, column: str, rows: Ints, codes: Ints, found: Sequence[Found]) -> Mapping[Cell, Found]:
    """The cells of a column one by one."""
    return {(file, row, column): found[code] for row, code in zip(rows.tolist(), codes.tolist(), strict=True)}
