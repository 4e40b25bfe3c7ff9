"""A year of meetings and of one-to-one contacts in the instructional-leadership community of practice."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from _common import Cell, Dice, Table, csv_bytes
from _il_cop_people import CUT_OFF, Member

MONTHS = tuple((2021, m) for m in (9, 10, 11, 12)) + tuple((2022, m) for m in (1, 2, 3, 4, 5, 6))
CORE = "principal;coach"
TEAMS = "vice principal;teacher leader;coach"
NOT_RECORDED = "small-4"  # nobody kept the sign-in sheet
COMES = {"principal": 0.93, "vice principal": 0.88, "teacher leader": 0.8, "coach": 0.97, "partner": 0.35}
TALKS = ("walkthrough and feedback", "data meeting", "planning professional learning", "staffing", "a difficult talk")
LOST_AFTER_AUTUMN = ("Cedar School", "Lakeview School", "Prairie School", "Harbor School")
ONE_LATE_VISIT = "Harbor School"


@dataclass(frozen=True)
class Event:
    """One meeting."""

    event_id: str
    date: dt.date
    start: int
    minutes: int
    kind: str
    group: str
    facilitator: str


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _events(coaches: list[Member]) -> list[Event]:
    """Ten monthly plenaries, six small groups, four online sessions, in order of date."""
    names = [coach.name for coach in coaches]
    found = [
        Event(f"plenary-{n}", dt.date(y, m, 14), 15 * 60, 150, "plenary required", "", names[n % len(names)])
        for n, (y, m) in enumerate(MONTHS, 1)
    ]
    for n, month in enumerate((1, 2, 4, 5, 6, 8), 1):
        group = CORE if n % 2 else TEAMS
        date = dt.date(*MONTHS[month], 23)
        found.append(Event(f"small-{n}", date, 9 * 60, 90, "small group", group, names[n % len(names)]))
    for n, month in enumerate((2, 4, 6, 8), 1):
        found.append(Event(f"online-{n}", dt.date(*MONTHS[month], 5), 16 * 60 + 30, 60, "online", "", names[n % 2]))
    return sorted(found, key=lambda event: (event.date, event.event_id))


def _times(dice: Dice, event: Event) -> tuple[int, int]:
    """Arrival and departure; some come late, some leave early."""
    arrived = event.start + (dice.whole(12, 40) if dice.chance(0.12) else dice.whole(-10, 4))
    end = event.start + event.minutes
    left = end - dice.whole(20, 45) if dice.chance(0.1) else end + dice.whole(0, 5)
    return arrived, left


def _attendance(dice: Dice, events: list[Event], people: list[Member]) -> Table:
    rows: list[list[Cell]] = [["actor_id", "event_id", "arrived", "left"]]
    guest = next(m.actor_id for m in people if m.role == "vice principal")
    for order, event in enumerate(events):
        if event.event_id == NOT_RECORDED:
            continue
        for member in people:
            invited = not event.group or member.role in event.group.split(";")
            odds = COMES[member.role] * (1.0 if event.kind == "plenary required" else 0.8)
            if member.school == CUT_OFF:
                odds *= 1.0 - 0.04 * order
            comes = dice.chance(odds)
            if event.event_id == "small-1" and member.actor_id == guest:
                comes = invited = True  # a guest: not of a group the event is for
            if invited and (comes or member.name == event.facilitator):
                arrived, left = _times(dice, event)
                rows.append([member.actor_id, event.event_id, _clock(arrived), _clock(left)])
                if dice.chance(0.012):
                    rows[-1][3] = ""  # forgot to sign out
    return rows


def _contacts(dice: Dice, people: list[Member]) -> Table:
    """The coaches' log: once or twice a month per principal, and for a few nothing after the autumn."""
    coaches = [m.actor_id for m in people if m.role == "coach"]
    principals = [m for m in people if m.role == "principal"]
    log: list[tuple[dt.date, list[Cell]]] = []
    for number, principal in enumerate(principals):
        for order, (year, month) in enumerate(MONTHS):
            visits = 1 + dice.chance(0.4)
            if principal.school in LOST_AFTER_AUTUMN and order > 2:
                visits = int(principal.school == ONE_LATE_VISIT and (year, month) == (2022, 3))
            for _ in range(visits):
                date = dt.date(year, month, dice.whole(1, 28))
                minutes: Cell = "" if dice.chance(0.03) else dice.pick([30, 45, 45, 60, 60, 90])
                row: list[Cell] = [date.isoformat(), coaches[number % len(coaches)], principal.actor_id]
                log.append((date, [*row, minutes, dice.pick(TALKS)]))
    log.sort(key=lambda entry: entry[0])
    return [["date", "who", "whom", "minutes", "about"], *(row for _, row in log)]


def build(dice: Dice, people: list[Member]) -> dict[str, bytes]:
    """File name → content."""
    events = _events([member for member in people if member.role == "coach"])
    rows = [
        [e.event_id, e.date.isoformat(), _clock(e.start), e.minutes, e.kind, e.group, e.facilitator] for e in events
    ]
    head = ["event_id", "date", "start", "minutes", "kind", "group", "facilitator"]
    return {
        "events.csv": csv_bytes([head, *rows]),
        "attendance.csv": csv_bytes(_attendance(dice, events, people)),
        "contacts.csv": csv_bytes(_contacts(dice, people)),
    }
