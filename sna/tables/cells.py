"""Columns of a file that must hold dates, times or minutes; what is none, or could be two, is a problem that stops."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from sna.errors import Severity
from sna.tables.dates import ORDERS, Stamp, Written, possible_orders, read_date, read_length, read_stamp
from sna.tables.grid import Grid, Row
from sna.tables.problems import Problems
from sna.tables.values import number_of, two_numbers

NUMBERS = ("Dates stand as numbers, as Excel counts days", "They were read as dates; check one.")
SHORT_YEARS = (
    "Years have two digits",
    "00 to 29 were read as 2000 to 2029, 30 to 99 as 1930 to 1999, as Excel does.",
)
LETTERS = {"d": "day", "m": "month", "y": "year"}
ASK = 'Write dates = "d/m/y" or dates = "m/d/y" under [study] in study.toml, or write the dates year first: 2019-05-20.'


class DateColumns:
    """Columns of dates of one file, each read in one order of day and month.

    The order is what study.toml says (`dates`), or else the only one in which every date of the column exists. Where
    both do and mean different days, the study stops: it is never guessed.
    """

    def __init__(self, grid: Grid, names: Iterable[str], said: str, problems: Problems, *, together: bool = False):
        """Look through the columns.

        Args:
            grid: the file.
            names: the columns; those that are not there hold no dates.
            said: the order that study.toml gives, or an empty text.
            problems: where faults are noted.
            together: one program wrote all of them, in one order.
        """
        self.grid, self.said, self.problems = grid, said, problems
        self.order: dict[str, str | None] = {}
        there = [name for name in names if grid.at(name) is not None]
        for group in [there] if together else [[name] for name in there]:
            self._settle(group)

    def _settle(self, names: Sequence[str]) -> None:
        """Find the order of columns that have the same, and note once what is questionable."""
        cells = [(row, name, self.grid.cell(row, name)) for name in names for row in self.grid.rows]
        dates = [(row, name, text, date) for row, name, text in cells if text and (date := read_date(text)) is not None]
        order = settled_order((date for *_, date in dates), self.said)
        self.order.update(dict.fromkeys(names, order))
        if order is None:
            row, name, text, _ = next(
                found for found in dates if found[3].open or possible_orders([found[3]]) != ORDERS
            )
            self.problems.add("stops", self.grid.file, *why_open([date for *_, date in dates]), row.number, name, text)
        for name in names:
            mine = [found for found in dates if found[1] == name]
            self._remark("used", NUMBERS, [found for found in mine if found[3].excel], order)
            self._remark("note", SHORT_YEARS, [found for found in mine if found[3].short_year], order)

    def _remark(
        self,
        severity: Severity,
        words: tuple[str, str],
        found: Sequence[tuple[Row, str, str, Written]],
        order: str | None,
    ) -> None:
        """Say once of a column how its dates were read, with the first of them."""
        for row, name, text, date in found[:1]:
            read = date.under(order or ORDERS[0])
            self.problems.add(
                severity, self.grid.file, f"{words[0]}: {text} is {read}.", words[1], row.number, name, text
            )

    def at(self, row: Row, name: str) -> dt.date | None:
        """The date in a cell; None when it holds none, with the problem noted."""
        text = self.grid.cell(row, name)
        date = read_date(text)
        order = self.order.get(name)
        if date is None:
            remedy = "Write it as 2019-05-20 (year, month, day)."
            self.problems.add("stops", self.grid.file, "This is not a date.", remedy, row.number, name, text)
            return None
        if order is None:
            return None
        found = date.under(order)
        if found is None:
            words = "/".join(LETTERS[letter] for letter in order.split("/"))
            what = f"This is not a date in the order {words}."
            remedy = "Mend it, or `dates` in study.toml." if self.said else "Write it as 2019-05-20 (year, month, day)."
            self.problems.add("stops", self.grid.file, what, remedy, row.number, name, text)
        return found


def settled_order(dates: Iterable[Written], said: str) -> str | None:
    """The order of day and month of dates that have the same; None when it has to be asked for."""
    listed = list(dates)
    possible = possible_orders(listed)
    if said:
        return said
    if len(possible) == 1 or (possible and not any(date.open for date in listed)):
        return possible[0]
    return None


def why_open(dates: Sequence[Written]) -> tuple[str, str]:
    """(problem, remedy) of dates whose order has to be asked for."""
    if possible_orders(dates):
        return "Day and month of this date, and of others in the column, could each be the other.", ASK
    return "Some dates of this column have the day first, others the month.", ASK


class TimeColumn:
    """A column of times of day, with or without a date before them."""

    def __init__(self, grid: Grid, name: str, problems: Problems) -> None:
        self.grid, self.name, self.problems = grid, name, problems
        self._told = False

    def at(self, row: Row) -> Stamp | None:
        """The time in a cell; None when it is empty or, with the problem noted, holds something else."""
        text = self.grid.cell(row, self.name)
        stamp = read_stamp(text) if text else None
        if text and (stamp is None or stamp.time is None):
            remedy = "Write it as 16:05."
            self.problems.add("stops", self.grid.file, "This is not a time.", remedy, row.number, self.name, text)
            return None
        if stamp is not None and stamp.excel and not self._told:
            self._told = True
            what = f"Times stand as numbers, as Excel holds them: {text} is {stamp.time:%H:%M}."
            remedy = "They were read as times; check one."
            self.problems.add("used", self.grid.file, what, remedy, row.number, self.name, text)
        return stamp


def minutes_cell(grid: Grid, row: Row, column: str, problems: Problems, *, above_zero: bool = False) -> float | None:
    """The minutes in a cell; None when it is empty or, with the problem noted, holds no such number."""
    text = grid.cell(row, column)
    if not text:
        return None
    minutes = number_of(text)
    if minutes is None:
        minutes = read_length(text)
    if minutes is None or (above_zero and minutes == 0):
        what, remedy = (
            "This is not a number of minutes.",
            f"Write a number {'above 0' if above_zero else 'of 0 or more'}.",
        )
        if two := two_numbers(text):
            what, remedy = f"This can be {two[0]} or {two[1]}.", "Write one of them, without a comma."
        problems.add("stops", grid.file, what, remedy, row.number, column, text)
        return None
    return minutes
