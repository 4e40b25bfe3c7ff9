"""Who came to what: the tables of events and of attendance."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial

import numpy as np
import pandas as pd

from sna.errors import hint
from sna.study import Attendance, Study
from sna.tables.attendance_rows import Rows, rows_of, table_of
from sna.tables.events import read_events
from sna.tables.marks import PRESENT
from sna.tables.people import fold_name
from sna.tables.plain_rows import STATUSES, Bools
from sna.tables.problems import Problems
from sna.tables.register import Register
from sna.tables.roster import Roster
from sna.tables.stays import Event

EVENT_COLUMNS = ["event_id", "date", "start", "minutes", "kind", "group", "facilitator", "recorded"]


def read_attendance(
    study: Study, roster: Roster, problems: Problems
) -> tuple[pd.DataFrame, Callable[[], pd.DataFrame]]:
    """The tables `events` and `attendance` of docs/data-model.md, empty without any attendance.

    Whoever only looks for problems does not need the second one, which has a row for everybody at every event: it is
    made when it is called for, once.
    """
    events: dict[str, Event] = {}
    recorded: set[str] = set()
    parts: list[Callable[[], Rows]] = []
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
        parts.append(_table_rows(study, source, roster, mine, register, problems))
        # What was read need not be held while the table is made.
        del register
    by_date = sorted(events.values(), key=lambda e: (e.date, e.start or dt.time(), e.id))
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
    people = list(roster.people.names)
    return pd.DataFrame(listed, columns=EVENT_COLUMNS), lambda: table_of([rows() for rows in parts], by_date, people)


def _shown(facilitator: str | None, roster: Roster) -> str | None:
    """A facilitator as typed, unless it is somebody who refused consent."""
    people = roster.people
    if facilitator is None or people.find(facilitator).actor_id in people.hidden:
        return None
    said = f" {fold_name(facilitator)} "
    return None if any(f" {name} " in said for name in people.hidden_names) else facilitator


def _eligible(source: Attendance, roster: Roster, events: list[Event]) -> Bools:
    """By event and person (in the order of the roster), who could have come."""
    table = roster.actors
    if source.wave:
        table = table[table["wave"] == source.wave]
    order = roster.people.order
    people = np.fromiter(map(order.__getitem__, table["actor_id"].tolist()), dtype=np.int32, count=len(table))
    joined, left = (
        np.array([day.toordinal() if day else unknown for day in table[name].tolist()], dtype=np.int32)
        for name, unknown in (("joined", 0), ("left", dt.date.max.toordinal()))
    )
    groups = table[source.group].tolist() if source.group in table.columns else [None] * len(table)
    could = np.zeros((len(events), len(order)), dtype=bool)
    for at, event in enumerate(events):
        day = event.date.toordinal()
        mine = (joined <= day) & (day <= left)
        if source.group and event.groups:
            mine &= np.array([group in event.groups for group in groups], dtype=bool)
        could[at, people[mine]] = True
    return could


def _table_rows(
    study: Study,
    source: Attendance,
    roster: Roster,
    events: dict[str, Event],
    register: Register,
    problems: Problems,
) -> Callable[[], Rows]:
    """What makes one row per person and event where the person could have come, or came."""
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
    listed = list(events.values())
    could = _eligible(source, roster, listed)
    there = could.copy()
    place = {event.id: at for at, event in enumerate(listed)}
    order = roster.people.order
    not_for_them: dict[str, list[tuple[str, int, str | None]]] = {}
    for (actor_id, event_id), held in register.held.items():
        at = place[event_id], order[actor_id]
        if held.mark.status == PRESENT:
            there[at] = True
        elif not could[at]:
            not_for_them.setdefault(event_id, []).extend(held.places)
    plain = register.plain
    if plain is not None:
        came = plain.statuses == STATUSES.index(PRESENT)
        there[plain.events[came], plain.actors[came]] = True
        apart = ~came & ~could[plain.events, plain.actors]
        for number, at_event in zip(plain.numbers[apart].tolist(), plain.events[apart].tolist(), strict=True):
            not_for_them.setdefault(listed[at_event].id, []).append((plain.file, number, None))
    guests = (there & ~could).sum(axis=1).tolist()
    for at_event, event in enumerate(listed):
        if guests[at_event]:
            problems.add(
                "used",
                source.file,
                f"People who came to the event {event.id} without being among those it was for: {guests[at_event]}.",
                "They are counted as guests: present, not part of anybody's share.",
                value=event.id,
            )
        what = f"The event {event.id} was not for this person, who did not come either."
        for file, row, column in not_for_them.get(event.id, ()):
            problems.add("left out", file, what, "The mark was left out.", row, column)
        if not could[at_event].any():
            problems.add(
                "used",
                source.events,
                "Nobody on the roster could come to an event.",
                "Look at its date and group, and at who was a member then.",
                value=event.id,
            )
    marks = [(place[event_id], order[actor_id], held.mark) for (actor_id, event_id), held in register.held.items()]
    return partial(rows_of, listed, could, there, register.recorded, marks, plain, source.late_after)
