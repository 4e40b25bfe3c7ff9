"""Sign-in lists: one row per person and event, with times, minutes or marks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from sna.errors import Severity, hint
from sna.study import Attendance
from sna.tables.cells import TimeColumn, minutes_cell
from sna.tables.grid import Grid, Row
from sna.tables.marks import ABSENT, BEGIN, END, LENGTH, PRESENT, UNKNOWN, Entry, Meanings, moment, odd_parts
from sna.tables.problems import Problems
from sna.tables.stays import Event, Mark, Stay

STATUS = "status"


class SignInList:
    """Reads one list.

    Args of the constructor:
        grid: the file.
        source: its declaration.
        events: every event of its list of events.
        only: the event it is about, where there is one file per event.
        problems: where faults are noted.
    """

    def __init__(
        self, grid: Grid, source: Attendance, events: Mapping[str, Event], only: Event | None, problems: Problems
    ) -> None:
        self.grid, self.source, self.events, self.only, self.problems = grid, source, events, only, problems
        self.meanings = Meanings(source, grid, problems)
        self.times = {name: TimeColumn(grid, name, problems) for name in (source.arrived, source.left)}

    def readable(self) -> bool:
        """Whether the columns are there without which a list says nothing; what is missing is noted."""
        source, grid = self.source, self.grid
        needed = (source.actor,) if self.only else (source.actor, source.event)
        if not grid.has(needed, self.problems, "attendance"):
            return False
        said = {source.arrived, source.left, source.minutes, STATUS}
        # A list of those who came needs to say nothing else of them.
        if not said & set(grid.header) and "" not in self.meanings.words:
            grid.has((STATUS,), self.problems, "attendance (or `arrived` and `left`, or `minutes`)")
            return False
        return True

    def entries(self, rows: Iterable[Row]) -> Iterator[Entry]:
        """One entry per row."""
        for row in rows:
            event = self.only or self._event(row)
            if event is not None:
                yield Entry(row, None, self.grid.cell(row, self.source.actor), event, self._mark(row, event))

    def _event(self, row: Row) -> Event | None:
        event_id = self.grid.cell(row, self.source.event)
        if event_id not in self.events:
            remedy = f"Add it to {self.source.events}.{hint(event_id, self.events)}"
            self._add("stops", row, self.source.event, event_id, "No such event is declared.", remedy)
            return None
        return self.events[event_id]

    def _mark(self, row: Row, event: Event) -> Mark | None:
        """The mark of a row; None when a fault was noted."""
        source, grid = self.source, self.grid
        text = grid.cell(row, STATUS)
        status = self.meanings.read(row, STATUS, text, event) if text else None
        if text and status is None:
            return None
        times: list[float | None] = []
        for name in (source.arrived, source.left):
            stamp, written = self.times[name].at(row), grid.cell(row, name)
            if stamp is None and written:
                return None
            leaving = name == source.left
            when, fault = moment(stamp, written, event, leaving=leaving) if stamp is not None else (None, None)
            if fault:
                self._add("stops", row, name, written, *fault)
                return None
            times.append(when)
        begin, end = times
        if begin is not None and end is not None and end < begin:
            said = f"The person left before they arrived ({grid.cell(row, source.arrived)})."
            self._add("stops", row, source.left, grid.cell(row, source.left), said, "Mend the times.")
            return None
        minutes = minutes_cell(grid, row, source.minutes, self.problems)
        if minutes is None and grid.cell(row, source.minutes):
            return None
        return self._together(row, event, status, Stay(begin, end, minutes))

    def _together(self, row: Row, event: Event, status: Mark | None, stay: Stay) -> Mark:
        """A mark and the times or minutes beside it, as one; contradictions are noted."""
        minutes, timed = stay.minutes, stay.begin is not None or stay.end is not None
        column = self.source.minutes
        if status is not None and status.status != PRESENT:
            if minutes or timed:
                what = f"{'Minutes' if minutes else 'Times'} are given, and the mark says {status.status}."
                place = column if minutes else self.source.arrived
                self._add("used", row, place, self.grid.cell(row, place) or None, what, "The mark was used.")
            return status
        if minutes is None and not timed:
            if status is None and "" not in self.meanings.words:
                remedy = "Whether they came is unknown."
                self._add("used", row, STATUS, None, "Nothing is entered for this person.", remedy)
            mark = status or Mark(self.meanings.words.get("", UNKNOWN))
            self._remark(row, event, mark.stays, dict.fromkeys((BEGIN, END, LENGTH), STATUS))
            return mark
        if minutes == 0:
            if status is not None or timed:
                what = "The mark says present, with 0 minutes." if status else "Times are given, with 0 minutes."
                remedy = "Counted as absent." if stay.begin is None else "Counted as present for 0 minutes."
                self._add("used", row, column, "0", what, remedy)
            return Mark(ABSENT) if stay.begin is None else Mark(PRESENT, (stay,))
        columns = {BEGIN: self.source.arrived, END: self.source.left, LENGTH: column}
        if minutes is None and status is not None and status.stays:
            columns[LENGTH] = STATUS
            stay = replace(stay, minutes=status.stays[0].minutes)
        self._remark(row, event, (stay,), columns)
        return Mark(PRESENT, (stay,))

    def _remark(self, row: Row, event: Event, stays: Iterable[Stay], columns: Mapping[str, str]) -> None:
        """Note what of some stays does not count as stated, each in the column where it stands."""
        for stay in stays:
            for part, *words in odd_parts(stay, event):
                self._add("used", row, columns[part], self.grid.cell(row, columns[part]), *words)

    def _add(self, severity: Severity, row: Row, column: str, value: str | None, problem: str, remedy: str) -> None:
        self.problems.add(severity, self.grid.file, problem, remedy, row.number, column, value)
