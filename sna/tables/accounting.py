"""What became of every cell that was read: used, unknown, out of scope or rejected; the four add up."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from sna.errors import Problem
from sna.tables.grid import REJECTED, STRUCK, TOUCHED, UNKNOWN, USED, Grid, Rows
from sna.tables.problems import Problems

COLUMNS = ["file", "rows", "columns", "cells", "used", "unknown", "out_of_scope", "rejected"]


def accounting(problems: Problems) -> pd.DataFrame:
    """One row per file that was read, in the order of reading; files named together with `*` have one row.

    Returns:
        `rows` of answers and `columns`; `cells` = `used` + `unknown` + `out_of_scope` + `rejected`, which
        docs/data-model.md explains.
        Rows that hold no answer (totals, test answers) count among `cells` and as `rejected`, those of people who
        refused consent as `out_of_scope`; they do not count among `rows`.
    """
    left_out: dict[str, list[Problem]] = {}
    for problem in problems.found:
        if problem.severity == "left out":
            left_out.setdefault(problem.named or problem.file, []).append(problem)
    grids = [grid for grid in problems.grids.values() if isinstance(grid, Grid)]
    accounts = [_account(grid, left_out.get(grid.file, ()), problems) for grid in grids]
    return pd.DataFrame(accounts, columns=COLUMNS)


def _account(grid: Grid, left_out: Sequence[Problem], problems: Problems) -> list[object]:
    rows, width = len(grid.rows), len(grid.header)
    rejected = _rejected(grid, left_out, problems)
    counts = dict.fromkeys(COLUMNS[4:], 0)
    for place in range(width):
        states = np.frombuffer(grid.marks.get(place) or bytes(rows), dtype=np.uint8).copy()
        mine = np.array([row for row, column in rejected if column in (None, place)], dtype=np.intp)
        mine = mine[(states[mine] > 0) & (states[mine] < REJECTED)]
        states[mine] = REJECTED
        empty = int(np.count_nonzero(_empty(grid, place) & (states == TOUCHED)))
        each = [int(np.count_nonzero(states == state)) for state in range(STRUCK + 1)]
        counts["used"] += each[USED] + each[TOUCHED] - empty
        counts["unknown"] += each[UNKNOWN] + empty
        counts["out_of_scope"] += each[0] + each[STRUCK]
        counts["rejected"] += each[REJECTED]
    told = {(problem.file, problem.row) for problem in left_out}
    for row in grid.dropped:
        # Of people who refused consent no row is told: theirs are nobody's business.
        fate = "rejected" if problems.place(grid.file, row.number) in told else "out_of_scope"
        counts[fate] += row.cells
    dropped = sum(row.cells for row in grid.dropped)
    return [grid.file, rows, width, rows * width + dropped, *counts.values()]


def _rejected(grid: Grid, left_out: Sequence[Problem], problems: Problems) -> list[tuple[int, int | None]]:
    """Places (row, column; None: the whole row) that a row of the problems left out."""
    at = {problems.place(grid.file, number): at for at, number in enumerate(grid.numbers())} if left_out else {}
    found = ((at.get((problem.file, problem.row)), problem.column) for problem in left_out)
    return [(row, grid.at(column) if column else None) for row, column in found if row is not None]


def _empty(grid: Grid, place: int) -> npt.NDArray[np.bool_]:
    """Which cells of a column are empty."""
    if isinstance(grid.rows, Rows):
        return ~grid.rows.columns[place].filled()
    return np.array([not row.cells[place] for row in grid.rows], dtype=bool)
