"""Who came to what: sign-in lists with times, minutes or marks, and grids of people × events."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pandas as pd

from sna.errors import hint
from sna.study import Attendance, Study
from sna.tables.cells import minutes_cell, time_cell
from sna.tables.events import Event, read_events
from sna.tables.files import Grid, Row, read_grid
from sna.tables.finder import Place, find_person
from sna.tables.problems import Problems
from sna.tables.roster import Roster
from sna.tables.values import number_of

MARKS = {
    "present": ("p", "present", "x", "yes", "y", "1", "✓", "✔", "l", "late", "attended"),
    "absent": ("a", "absent", "no", "n", "0", "-", "unexcused"),
    "excused": ("e", "ex", "excused", "leave"),
}
USUAL = {mark: status for status, marks in MARKS.items() for mark in marks}
EVENT_COLUMNS = ["event_id", "date", "start", "minutes", "kind", "group", "facilitator", "recorded"]
COLUMNS = ["event_id", "actor_id", "eligible", "status", "arrived", "left", "minutes", "share", "late", "left_early"]


@dataclass(frozen=True)
class Mark:
    """What a file says of one person at one event."""

    status: str
    arrived: dt.time | None = None
    left: dt.time | None = None
    minutes: float | None = None


def read_attendance(study: Study, roster: Roster, problems: Problems) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The tables `events` and `attendance` of docs/data-model.md, empty without any attendance."""
    events: dict[str, Event] = {}
    recorded: set[str] = set()
    rows: list[dict[str, object]] = []
    for source in study.attendance:
        mine = read_events(study, source, problems)
        for event_id in mine.keys() & events.keys():
            problems.add(
                "stops",
                source.events,
                "Another list has this event too.",
                "Use different ids.",
                None,
                "event_id",
                event_id,
            )
        events.update(mine)
        grid = read_grid(study.folder, source.file, problems)
        if grid is None or not mine:
            continue
        marks = _Sheet(study, source, roster, problems, grid, mine).marks()
        held = {event_id for _, event_id in marks}
        recorded |= held
        for event_id in mine.keys() - held:
            problems.add(
                "note",
                source.events,
                "Nobody's attendance was recorded at an event.",
                "It counts for nobody; who came is unknown.",
                value=event_id,
            )
        rows += _table_rows(study, source, roster, mine, marks, held, problems)
    by_date = sorted(events.values(), key=lambda e: (e.date, e.start or dt.time(), e.id))
    place = {event.id: at for at, event in enumerate(by_date)}
    order = {actor_id: at for at, actor_id in enumerate(roster.people.names)}
    rows.sort(key=lambda r: (place[str(r["event_id"])], order[str(r["actor_id"])]))
    listed = [
        [e.id, e.date, e.start, e.minutes, e.kind, ";".join(e.groups) or None, e.facilitator, e.id in recorded]
        for e in by_date
    ]
    return pd.DataFrame(listed, columns=EVENT_COLUMNS), pd.DataFrame(rows, columns=COLUMNS)


class _Sheet:
    """Reads one attendance file into marks."""

    def __init__(
        self, study: Study, source: Attendance, roster: Roster, problems: Problems, grid: Grid, events: dict[str, Event]
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
            place = Place(self.problems, self.grid.file, row.number, self.source.actor, self.roster.strict)
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
            return status
        if minutes is None and status is not None:
            minutes = status.minutes
        if minutes is None and arrived and left:
            minutes = _present_minutes(event, arrived, left)
        if minutes is None and status is None and not arrived and not left:
            return Mark("present")
        return Mark("absent" if minutes == 0 and not arrived else "present", arrived, left, minutes)

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


def _clock(time: dt.time) -> float:
    return time.hour * 60 + time.minute + time.second / 60


def _present_minutes(event: Event, arrived: dt.time, left: dt.time) -> float:
    """Minutes between arriving and leaving, within the event's own hours when they are known."""
    begin, end = _clock(arrived), _clock(left)
    if event.start is not None:
        begin = max(begin, _clock(event.start))
        if event.minutes is not None:
            end = min(end, _clock(event.start) + event.minutes)
    return max(0.0, end - begin)


def _eligible(study: Study, source: Attendance, roster: Roster, events: dict[str, Event]) -> dict[str, set[str]]:
    """event id → actor ids who could have come."""
    table = roster.actors
    if source.wave:
        table = table[table["wave"] == source.wave]
    could: dict[str, set[str]] = {event_id: set() for event_id in events}
    for record in table.to_dict("records"):
        for event in events.values():
            if source.group and event.groups and record.get(source.group) not in event.groups:
                continue
            joined, left = record["joined"], record["left"]
            if (pd.isna(joined) or joined <= event.date) and (pd.isna(left) or event.date <= left):
                could[event.id].add(str(record["actor_id"]))
    return could


def _table_rows(
    study: Study,
    source: Attendance,
    roster: Roster,
    events: dict[str, Event],
    marks: dict[tuple[str, str], Mark],
    held: set[str],
    problems: Problems,
) -> list[dict[str, object]]:
    """One row per person and event where the person could have come, or came."""
    if source.group and source.group not in roster.actors.columns:
        problems.add(
            "stops",
            study.roster,
            "There is no such column; attendance in study.toml refers to it.",
            f"Mend `group` under [[attendance]].{hint(source.group, roster.actors.columns)}",
            1,
            source.group,
        )
    could = _eligible(study, source, roster, events)
    rows: list[dict[str, object]] = []
    for event in events.values():
        came = {actor_id for actor_id, event_id in marks if event_id == event.id}
        guests = {a for a in came - could[event.id] if marks[(a, event.id)].status == "present"}
        if guests:
            problems.add(
                "used",
                source.file,
                f"People who came to the event {event.id} without being among those it was for: {len(guests)}.",
                "They are counted as guests: present, not part of anybody's share.",
                value=event.id,
            )
        for actor_id in could[event.id] | guests:
            mark = marks.get((actor_id, event.id), Mark("absent" if event.id in held else "unknown"))
            rows.append(_row(event, actor_id, actor_id in could[event.id], mark, source.late_after))
    return rows


def _row(event: Event, actor_id: str, eligible: bool, mark: Mark, late_after: float) -> dict[str, object]:
    """A row of the attendance table: a mark without minutes stands for the whole event."""
    if mark.status == "present":
        timed = mark.arrived is not None or mark.left is not None
        minutes = mark.minutes if mark.minutes is not None or timed else event.minutes
        if minutes is not None and event.minutes is not None:
            minutes = min(minutes, event.minutes)
        mark = replace(mark, minutes=minutes)
    elif mark.status in ("absent", "excused"):
        mark = replace(mark, minutes=0.0)
    share = None if mark.minutes is None or event.minutes is None else mark.minutes / event.minutes
    late = early = None
    if event.start is not None and mark.status == "present":
        if mark.arrived is not None:
            late = _clock(mark.arrived) > _clock(event.start) + late_after
        if mark.left is not None and event.minutes is not None:
            early = _clock(mark.left) < _clock(event.start) + event.minutes - late_after
    return {
        "event_id": event.id,
        "actor_id": actor_id,
        "eligible": eligible,
        "status": mark.status,
        "arrived": mark.arrived,
        "left": mark.left,
        "minutes": mark.minutes,
        "share": share,
        "late": late,
        "left_early": early,
    }
