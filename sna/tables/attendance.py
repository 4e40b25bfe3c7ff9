"""Who came to what: the tables of events and of attendance."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from sna.errors import hint
from sna.study import Attendance, Study
from sna.tables.events import read_events
from sna.tables.marks import ABSENT, EXCUSED, PRESENT, UNKNOWN
from sna.tables.problems import Problems
from sna.tables.register import Held, Register
from sna.tables.roster import Roster
from sna.tables.stays import Event, Mark, first_and_last, minutes_there, time_of_day

EVENT_COLUMNS = ["event_id", "date", "start", "minutes", "kind", "group", "facilitator", "recorded"]
COLUMNS = ["event_id", "actor_id", "eligible", "status", "arrived", "left", "minutes", "share", "late", "left_early"]


def read_attendance(study: Study, roster: Roster, problems: Problems) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The tables `events` and `attendance` of docs/data-model.md, empty without any attendance."""
    events: dict[str, Event] = {}
    recorded: set[str] = set()
    rows: list[dict[str, object]] = []
    for source in study.attendance:
        mine = read_events(study, source, problems)
        for event_id in mine.keys() & events.keys():
            remedy = "Use different ids, or put the sheets of one list of events into one file."
            problems.add(
                "stops", source.events, "Another [[attendance]] has this event too.", remedy, None, "event_id", event_id
            )
        events.update(mine)
        register = Register(study, source, roster, mine, problems)
        register.read()
        if not mine:
            continue
        recorded |= register.recorded
        for event_id in mine.keys() - register.recorded:
            problems.add(
                "note",
                source.events,
                "Nobody's attendance was recorded at an event.",
                "It counts for nobody; who came is unknown.",
                value=event_id,
            )
        rows += _table_rows(study, source, roster, mine, register, problems)
    by_date = sorted(events.values(), key=lambda e: (e.date, e.start or dt.time(), e.id))
    place = {event.id: at for at, event in enumerate(by_date)}
    order = {actor_id: at for at, actor_id in enumerate(roster.people.names)}
    rows.sort(key=lambda r: (place[str(r["event_id"])], order[str(r["actor_id"])]))
    listed = [
        [
            e.id,
            e.date,
            e.start,
            e.minutes,
            e.kind,
            ";".join(e.groups) or None,
            _shown(e.facilitator, roster),
            e.id in recorded,
        ]
        for e in by_date
    ]
    return pd.DataFrame(listed, columns=EVENT_COLUMNS), pd.DataFrame(rows, columns=COLUMNS)


def _shown(facilitator: str | None, roster: Roster) -> str | None:
    """A facilitator as typed, unless it is somebody who refused consent."""
    people = roster.people
    return None if facilitator and people.find(facilitator).actor_id in people.hidden else facilitator


def _eligible(source: Attendance, roster: Roster, events: dict[str, Event]) -> dict[str, set[str]]:
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
    register: Register,
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
    if source.group is None and any(event.groups for event in events.values()):
        remedy = 'To use it, name the roster column it refers to: group = "…" under [[attendance]].'
        problems.add("note", source.events, "The group of the events is not used: everybody could come.", remedy)
    could = _eligible(source, roster, events)
    at_event: dict[str, dict[str, Held]] = {event_id: {} for event_id in events}
    for (actor_id, event_id), held in register.held.items():
        at_event[event_id][actor_id] = held
    rows: list[dict[str, object]] = []
    for event in events.values():
        came = at_event[event.id]
        guests = {actor_id for actor_id in came.keys() - could[event.id] if came[actor_id].mark.status == PRESENT}
        if guests:
            problems.add(
                "used",
                source.file,
                f"People who came to the event {event.id} without being among those it was for: {len(guests)}.",
                "They are counted as guests: present, not part of anybody's share.",
                value=event.id,
            )
        for actor_id in came.keys() - could[event.id] - guests:
            what = f"The event {event.id} was not for this person, who did not come either."
            for file, row, column in came[actor_id].places:
                problems.add("left out", file, what, "The mark was left out.", row, column)
        if not could[event.id]:
            problems.add(
                "used",
                source.events,
                "Nobody on the roster could come to an event.",
                "Look at its date and group, and at who was a member then.",
                value=event.id,
            )
        silent = Mark(ABSENT if event.id in register.recorded else UNKNOWN)
        for actor_id in could[event.id] | guests:
            mark = came[actor_id].mark if actor_id in came else silent
            rows.append(_row(event, actor_id, actor_id in could[event.id], mark, source.late_after))
    return rows


def _row(event: Event, actor_id: str, eligible: bool, mark: Mark, late_after: float) -> dict[str, object]:
    """A row of the attendance table: a mark without times or minutes stands for the whole event."""
    arrived = left = minutes = late = early = None
    if mark.status == PRESENT:
        minutes = minutes_there(mark.stays, event) if mark.stays else event.minutes
        arrived, left = first_and_last(mark.stays)
        if arrived is not None and event.begin is not None:
            late = arrived > event.begin + late_after
        if left is not None and event.end is not None:
            early = left < event.end - late_after
    elif mark.status in (ABSENT, EXCUSED):
        minutes = 0.0
    return {
        "event_id": event.id,
        "actor_id": actor_id,
        "eligible": eligible,
        "status": mark.status,
        "arrived": None if arrived is None else time_of_day(arrived),
        "left": None if left is None else time_of_day(left),
        "minutes": minutes,
        "share": None if minutes is None or event.minutes is None else minutes / event.minutes,
        "late": late,
        "left_early": early,
    }
