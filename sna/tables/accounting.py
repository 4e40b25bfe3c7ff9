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
        Rows that hold no answer (totals, test answers) count among `cells` and as `rejected`, and not among `rows`.
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
    states = np.zeros((width, rows), dtype=np.uint8)
    for place, marks in grid.marks.items():
        states[place] = np.frombuffer(marks, dtype=np.uint8)
    at = {problems.place(grid.file, number): at for at, number in enumerate(_numbers(grid))} if left_out else {}
    for problem in left_out:
        row = at.get((problem.file, problem.row))
        if row is not None:
            column = grid.at(problem.column) if problem.column else None
            mine = states[:, row] if column is None else states[column : column + 1, row]
            mine[(mine > 0) & (mine < REJECTED)] = REJECTED
    empty = _empty(grid)
    touched = states == TOUCHED
    counts = {
        "used": (states == USED) | (touched & ~empty),
        "unknown": (states == UNKNOWN) | (touched & empty),
        "out_of_scope": (states == 0) | (states == STRUCK),
        "rejected": states == REJECTED,
    }
    dropped = sum(row.cells for row in grid.dropped)
    totals = [int(counts[name].sum()) for name in COLUMNS[4:]]
    totals[-1] += dropped
    return [grid.file, rows, width, rows * width + dropped, *totals]


def _numbers(grid: Grid) -> list[int]:
    """The number of each row."""
    return grid.rows.numbers.tolist() if isinstance(grid.rows, Rows) else [row.number for row in grid.rows]


def _empty(grid: Grid) -> npt.NDArray[np.bool_]:
    """Column by row, whether the cell is empty."""
    if isinstance(grid.rows, Rows):
        return np.array([~column.filled() for column in grid.rows.columns])
    found = np.array([[not cell for cell in row.cells] for row in grid.rows], dtype=bool)
    return found.reshape(len(grid.rows), len(grid.header)).T
