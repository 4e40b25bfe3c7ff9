"""Grids of people and events: which column is of which event, and what each cell says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sna.errors import Severity, hint
from sna.study import Attendance
from sna.tables.cells import ASK, TimeColumn, settled_order
from sna.tables.dates import Written, possible_orders, read_date, read_stamp, without_year
from sna.tables.exports.meeting import folded
from sna.tables.exports.sign_in_grid import ARRIVED, LEFT, MARK, TOTAL
from sna.tables.grid import USED, Grid, Row
from sna.tables.marks import BEGIN, END, LENGTH, PRESENT, Entry, Meanings, moment, odd_parts
from sna.tables.meetings import order_by_events
from sna.tables.problems import Problems
from sna.tables.stays import Event, Mark, Stay, clock, time_of_day

# Columns that say who somebody is, beside the one that study.toml names.
BESIDE = frozenset({"name", "actor_id"})
NUMBERED = frozenset(
    {"no", "no.", "nr", "nr.", "#", "number", "s.no", "s.no.", "sr.", "roll number", "roll no", "roll no."}
)


@dataclass
class Columns:
    """The columns of one event: its mark, and times of arrival and leaving where they have columns of their own."""

    event: Event
    places: dict[str, str] = field(default_factory=dict)


class SignInGrid:
    """Reads one grid.

    Args of the constructor:
        grid: the file.
        source: its declaration.
        events: every event of its list of events.
        dates: the order of day and month that study.toml gives, or an empty text.
        problems: where faults are noted.
    """

    def __init__(
        self, grid: Grid, source: Attendance, events: Mapping[str, Event], dates: str, problems: Problems
    ) -> None:
        self.grid, self.source, self.events, self.dates, self.problems = grid, source, events, dates, problems
        self.meanings = Meanings(source, grid, problems)
        self.order: str | None = None
        self._told: set[str] = set()

    def entries(self) -> Iterator[Entry]:
        """One entry per filled cell of an event."""
        grid, source = self.grid, self.source
        if not grid.has((source.actor,), self.problems, "attendance"):
            return
        grid.asked_for.add("name")
        columns = self._columns()
        times = {
            heading: TimeColumn(grid, heading, self.problems)
            for found in columns
            for part, heading in found.places.items()
            if part != MARK
        }
        held = [found for found in columns if any(grid.cell(r, h) for r in grid.rows for h in found.places.values())]
        for row in grid.rows:
            typed = grid.cell(row, source.actor)
            for found in columns:
                heading = next(iter(found.places.values()))
                if any(grid.cell(row, name) for name in found.places.values()):
                    yield Entry(row, heading, typed, found.event, self._mark(row, found, times))
                elif found in held and typed and "" in self.meanings.words:
                    yield Entry(row, heading, typed, found.event, Mark(self.meanings.words[""]))
                elif found in held and typed:
                    # Where others have a mark, an empty cell means: did not come.
                    for name in found.places.values():
                        grid.mark(row, name, USED)

    def _mark(self, row: Row, found: Columns, times: Mapping[str, TimeColumn]) -> Mark | None:
        """What the cells of one event say; None when a fault was noted."""
        heading = found.places.get(MARK, "")
        text = self.grid.cell(row, heading) if heading else ""
        mark = self.meanings.read(row, heading, text, found.event) if text else None
        if text and (mark is None or mark.status != PRESENT):
            return mark
        when = self._when(row, found, times)
        if when is None:
            return None
        columns = {BEGIN: heading, END: heading, LENGTH: heading}
        if when:
            mark = Mark(PRESENT, (Stay(when.get(ARRIVED), when.get(LEFT)),))
            columns |= {BEGIN: found.places.get(ARRIVED, ""), END: found.places.get(LEFT, "")}
        for stay in mark.stays if mark is not None else ():
            for part, *words in odd_parts(stay, found.event):
                self._add("used", row, columns[part], *words)
        return mark

    def _when(self, row: Row, found: Columns, times: Mapping[str, TimeColumn]) -> dict[str, float] | None:
        """The times in columns of their own; None when a fault was noted."""
        when: dict[str, float] = {}
        for part in (ARRIVED, LEFT):
            name = found.places.get(part, "")
            written = self.grid.cell(row, name) if name else ""
            if not written:
                continue
            stamp = times[name].at(row)
            if stamp is None:
                return None
            minutes, fault = moment(stamp, written, found.event, leaving=part == LEFT)
            if fault:
                self._add("stops", row, name, *fault)
                return None
            if minutes is not None:
                when[part] = minutes
        if len(when) == 2 and when[LEFT] < when[ARRIVED]:
            self._add("stops", row, found.places[LEFT], "The person left before they arrived.", "Mend the times.")
            return None
        return when

    def _add(self, severity: Severity, row: Row, name: str, problem: str, remedy: str) -> None:
        self.problems.add(severity, self.grid.file, problem, remedy, row.number, name, self.grid.cell(row, name))

    def _columns(self) -> list[Columns]:
        """The events that have columns; a column of an event that is not declared is a fault."""
        grid = self.grid
        self.order = self._order()
        found: dict[str, Columns] = {}
        for place, heading in enumerate(grid.header):
            label = grid.labels[place] if place < len(grid.labels) else ""
            part = grid.about[place] if place < len(grid.about) else ""
            if part == TOTAL:
                grid.asked_for.add(heading)
                what = "This column holds totals."
                self.problems.add("left out", grid.file, what, "It was left out.", column=heading)
            elif heading in self.events:
                found.setdefault(heading, Columns(self.events[heading])).places[MARK] = heading
            elif label:
                event = self._of_date(label, heading)
                if event is None:
                    continue
                columns = found.setdefault(event.id, Columns(event))
                if part in columns.places:
                    what, remedy = f"Another column is of the event {event.id} too.", "Put the marks into one column."
                    self.problems.add("stops", grid.file, what, remedy, column=heading)
                columns.places[part] = heading
            elif heading and heading != self.source.actor and not self._beside(heading):
                remedy = f"Add it to {self.source.events}, or take the column out.{hint(heading, self.events)}"
                self.problems.add("stops", grid.file, "No such event is declared.", remedy, 1, heading)
        for columns in found.values():
            grid.asked_for.update(columns.places.values())
        return list(found.values())

    def _beside(self, heading: str) -> bool:
        """Whether a column only says more of the people: their numbers, or what stands left of the dates."""
        grid = self.grid
        before = any(grid.labels) and grid.header.index(heading) < next(at for at, la in enumerate(grid.labels) if la)
        if heading not in BESIDE and (before or folded([heading])[0] in NUMBERED):
            return True
        return heading in BESIDE

    def _order(self) -> str | None:
        """The order of day and month in the headings; None when it has to be asked for."""
        readings = [reading for label in self.grid.labels if (reading := _reading(label)) is not None]
        return settled_order(readings, self.dates) or order_by_events(
            possible_orders(readings),
            lambda order: all(self._on(reading.under(order), reading) for reading in readings),
        )

    def _on(self, date: dt.date | None, reading: Written) -> list[Event]:
        """The events of a date, of any year where the heading has none."""
        if date is None:
            return []
        return [
            event
            for event in self.events.values()
            if (event.date.replace(year=2000) if reading.no_year else event.date) == date
        ]

    def _of_date(self, label: str, heading: str) -> Event | None:
        """The one event of the date in a heading; None, with the fault noted, when there is not exactly one."""
        reading = _reading(label)
        if reading is None:
            self._fault(heading, "This is not a date.", "Write the day of the event, or its id.")
            return None
        if self.order is None and reading.open:
            self._fault(heading, "Day and month of this date, and of other headings, could each be the other.", ASK)
            return None
        date = reading.under(self.order) if self.order else next(iter(reading.readings))
        if date is None:
            self._fault(heading, "This is not a date in the order that study.toml gives.", "Mend it, or `dates`.")
            return None
        events = self._on(date, reading)
        start = _start(label)
        then = [event for event in events if start is not None and event.begin == start]
        if len(then) == 1:
            return then[0]
        if len(events) == 1:
            self._check_start(events[0], start, label, heading)
            return events[0]
        if events:
            what = f"Several events are of this date: {', '.join(event.id for event in then or events)}."
            if start and not then:
                what += f" None of them begins at {time_of_day(start):%H:%M}."
            self._fault(heading, what, "Head the columns with the ids of the events instead.")
        else:
            remedy = f"Add it to {self.source.events}, or take the column out."
            self._fault(heading, "No event is of this date.", remedy)
        return None

    def _check_start(self, event: Event, start: float | None, label: str, heading: str) -> None:
        """Note, once for all columns of a date, that its time is not the start of the day's only event."""
        # A date alone is midnight where a program has written it.
        if start and event.begin is not None and label not in self._told:
            self._told.add(label)
            what = (
                f"The event {event.id} of this date begins at {event.start:%H:%M}, not at {time_of_day(start):%H:%M}."
            )
            remedy = "The date was used; mend the heading, or the list of events."
            self.problems.add("used", self.grid.file, what, remedy, column=heading)

    def _fault(self, heading: str, problem: str, remedy: str) -> None:
        self.problems.add("stops", self.grid.file, problem, remedy, column=heading)


def _start(label: str) -> float | None:
    """The time in a heading, in minutes since midnight; None when there is none."""
    stamp = read_stamp(label)
    return None if stamp is None or stamp.date is None or stamp.time is None else clock(stamp.time)


def _reading(label: str) -> Written | None:
    """What a heading can mean as a date, with its year or without."""
    return (read_date(label) or without_year(label)) if label else None
