"""What an attendance file says of each person at each event: sign-in lists with times, minutes or marks, and grids."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from sna.errors import hint
from sna.study import Attendance
from sna.tables.cells import minutes_cell, time_cell
from sna.tables.events import Event
from sna.tables.finder import Place, find_person
from sna.tables.grid import Grid, Row
from sna.tables.problems import Problems
from sna.tables.roster import Roster
from sna.tables.values import number_of

MARKS = {
    "present": ("p", "present", "x", "yes", "y", "1", "✓", "✔", "l", "late", "attended"),
    "absent": ("a", "absent", "no", "n", "0", "-", "unexcused"),
    "excused": ("e", "ex", "excused", "leave"),
}
USUAL = {mark: status for status, marks in MARKS.items() for mark in marks}


@dataclass(frozen=True)
class Mark:
    """What a file says of one person at one event."""

    status: str
    arrived: dt.time | None = None
    left: dt.time | None = None
    minutes: float | None = None


class Sheet:
    """Reads one attendance file into marks."""

    def __init__(
        self, source: Attendance, roster: Roster, problems: Problems, grid: Grid, events: dict[str, Event]
    ) -> None:
        self.source, self.roster, self.problems, self.grid, self.events = source, roster, problems, grid, events
        self.meanings = {**USUAL, **{mark.casefold(): meaning for mark, meaning in source.status.items()}}
        everybody = set(roster.actors["actor_id"])
        self.refusers = frozenset().union(*roster.refused.values()) - everybody
        if source.wave:
            self.refusers = roster.refused[source.wave]

    def marks(self) -> dict[tuple[str, str], Mark]:
        """(actor id, event id) → mark."""
        found: dict[tuple[str, str], Mark] = {}
        dropped = 0
        for row, typed, event_id, mark in self._long() if self.source.form == "long" else self._grid():
            place = Place(self.problems, self.grid.file, row.number, self.source.actor, self.roster.unresolved)
            actor_id = find_person(self.roster.people, typed, place, self.refusers).actor_id
            if actor_id is None or mark is None:
                continue
            if actor_id in self.refusers:
                dropped += 1
                continue
            key = (actor_id, event_id)
            if key in found:
                place.note("used", f"Entered twice for the event {event_id}.", "The stays were added up.", typed)
            found[key] = _joined(found[key], mark) if key in found else mark
        if dropped:
            self.problems.add(
                "left out",
                self.grid.file,
                f"Entries of people who refused consent: {dropped}.",
                "They were removed.",
            )
        return found

    def _fault(self, row: Row, column: str, value: str, problem: str, remedy: str) -> None:
        self.problems.add("stops", self.grid.file, problem, remedy, row.number, column, value)

    def _long(self) -> Iterator[tuple[Row, str, str, Mark | None]]:
        source, grid = self.source, self.grid
        if not grid.has((source.actor, source.event), self.problems, "attendance"):
            return
        if not {"arrived", "left", "minutes", "status"} & set(grid.header):
            grid.has(("status",), self.problems, "attendance (or `arrived` and `left`, or `minutes`)")
            return
        for row in grid.rows:
            event_id = grid.cell(row, source.event)
            if event_id not in self.events:
                self._fault(
                    row,
                    source.event,
                    event_id,
                    "No such event is declared.",
                    f"Add it to {source.events}.{hint(event_id, self.events)}",
                )
                continue
            yield row, grid.cell(row, source.actor), event_id, self._mark(row, self.events[event_id])

    def _grid(self) -> Iterator[tuple[Row, str, str, Mark | None]]:
        grid = self.grid
        if not grid.has((self.source.actor,), self.problems, "attendance"):
            return
        columns = [name for name in grid.header if name in self.events]
        grid.asked_for.update([*columns, "name"])
        for name in grid.header:
            if name and name != self.source.actor and name not in self.events and name not in ("name", "actor_id"):
                self.problems.add(
                    "stops",
                    grid.file,
                    "No such event is declared.",
                    f"Add it to {self.source.events}, or take the column out.{hint(name, self.events)}",
                    1,
                    name,
                )
        for row in grid.rows:
            typed = grid.cell(row, self.source.actor)
            for event_id in columns:
                text = grid.cell(row, event_id)
                yield row, typed, event_id, self._status(row, event_id, text) if text else None

    def _mark(self, row: Row, event: Event) -> Mark | None:
        """The mark of a row of a sign-in list."""
        grid = self.grid
        status = self._status(row, "status", grid.cell(row, "status")) if grid.cell(row, "status") else None
        arrived, left = (time_cell(grid, row, name, self.problems) for name in ("arrived", "left"))
        if arrived and left and left < arrived:
            self._fault(
                row,
                "left",
                f"{left:%H:%M}",
                f"The person left before they arrived ({arrived:%H:%M}).",
                "Mend the times.",
            )
            return None
        minutes = minutes_cell(grid, row, "minutes", self.problems)
        if status is not None and status.status != "present":
            if minutes:
                self._remark(
                    row,
                    "minutes",
                    f"{minutes:g}",
                    f"Minutes are given, and the mark says {status.status}.",
                    "The mark was used.",
                )
            return status
        if minutes is None and status is not None:
            minutes = status.minutes
        if minutes is not None and event.minutes is not None and minutes > event.minutes:
            self._remark(
                row, "minutes", f"{minutes:g}", "The stay is longer than the event.", "The event's length was used."
            )
        if minutes is None and arrived and left:
            minutes = _present_minutes(event, arrived, left)
            if minutes == 0:
                self._remark(
                    row,
                    "arrived",
                    f"{arrived:%H:%M}",
                    "The stay lies outside the hours of the event.",
                    "Counted as present for 0 minutes.",
                )
        if minutes is None and status is None and not arrived and not left:
            self._remark(row, "status", None, "Nothing is entered for this person.", "Whether they came is unknown.")
            return Mark("unknown")
        if minutes == 0 and status is not None:
            self._remark(row, "minutes", "0", "The mark says present, with 0 minutes.", "Counted as absent.")
        return Mark("absent" if minutes == 0 and not arrived else "present", arrived, left, minutes)

    def _remark(self, row: Row, column: str, value: str | None, problem: str, remedy: str) -> None:
        self.problems.add("used", self.grid.file, problem, remedy, row.number, column, value)

    def _status(self, row: Row, column: str, text: str) -> Mark | None:
        """A mark such as P, A or E, or minutes as a number above 1."""
        meaning = self.meanings.get(text.casefold())
        if meaning in MARKS:
            return Mark(str(meaning))
        minutes = number_of(text)
        if meaning is None and minutes is not None and minutes > 1:
            return Mark("present", minutes=minutes)
        self._fault(
            row,
            column,
            text,
            "This mark is not known.",
            'Use P, A, E or a number of minutes, or explain it: status = { Z = "excused" } under [[attendance]].',
        )
        return None


def _joined(first: Mark, second: Mark) -> Mark:
    """Two entries of one person for one event, as one."""
    if "present" not in (first.status, second.status):
        return first
    known = [m for m in (first, second) if m.status == "present"]
    minutes = None if any(m.minutes is None for m in known) else sum(m.minutes or 0.0 for m in known)
    arrivals = [m.arrived for m in known if m.arrived]
    departures = [m.left for m in known if m.left]
    return Mark("present", min(arrivals, default=None), max(departures, default=None), minutes)


def clock(time: dt.time) -> float:
    return time.hour * 60 + time.minute + time.second / 60


def _present_minutes(event: Event, arrived: dt.time, left: dt.time) -> float:
    """Minutes between arriving and leaving, within the event's own hours when they are known."""
    begin, end = clock(arrived), clock(left)
    if event.start is not None:
        begin = max(begin, clock(event.start))
        if event.minutes is not None:
            end = min(end, clock(event.start) + event.minutes)
    return max(0.0, end - begin)
