"""Cells of a file that must hold a date, a time or a number; one that does not is a problem that stops."""

from __future__ import annotations

import datetime as dt

from sna.tables.grid import Grid, Row
from sna.tables.problems import Problems
from sna.tables.values import date_of, number_of, time_of


def date_cell(grid: Grid, row: Row, column: str, problems: Problems) -> dt.date | None:
    """The date in a cell; None, with the problem noted, when it holds none."""
    text = grid.cell(row, column)
    date = date_of(text)
    if date is None:
        remedy = "Write it as 2019-05-20 (year, month, day)."
        problems.add("stops", grid.file, "This is not a date.", remedy, row.number, column, text)
    return date


def time_cell(grid: Grid, row: Row, column: str, problems: Problems) -> dt.time | None:
    """The time of day in a cell; None when it is empty or, with the problem noted, holds something else."""
    text = grid.cell(row, column)
    time = time_of(text) if text else None
    if text and time is None:
        problems.add("stops", grid.file, "This is not a time.", "Write it as 16:05.", row.number, column, text)
    return time


def minutes_cell(grid: Grid, row: Row, column: str, problems: Problems, *, above_zero: bool = False) -> float | None:
    """The minutes in a cell; None when it is empty or, with the problem noted, holds no such number."""
    text = grid.cell(row, column)
    minutes = number_of(text) if text else None
    if text and (minutes is None or (above_zero and minutes == 0)):
        remedy = f"Write a number {'above 0' if above_zero else 'of 0 or more'}."
        problems.add("stops", grid.file, "This is not a number of minutes.", remedy, row.number, column, text)
        return None
    return minutes
