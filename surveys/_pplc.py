"""Six principal professional learning communities of one district: one survey, one year of meetings."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import _pplc_sessions
from _common import Cell, Dice, Table, csv_bytes
from _names import PPLC, PPLC_SCHOOLS, names

SEED = 2013
TOPICS = ("feedback", "data", "pd", "curriculum", "operations")
SIZES = {"PPLC E1": 15, "PPLC E2": 18, "PPLC M1": 10, "PPLC M2": 9, "PPLC H1": 11, "PPLC H2": 13}
LEVELS = {"E": "elementary", "M": "middle", "H": "high"}
SPREAD, MIXED, FIXED = ("PPLC E1", "PPLC M1"), ("PPLC H1", "PPLC M2"), ("PPLC E2", "PPLC H2")
FEW = {"PPLC E2": 3, "PPLC H2": 2, "PPLC H1": 2, "PPLC M2": 2}  # how many are named whatever the topic
SILENT = {"PPLC E1": 1, "PPLC E2": 2, "PPLC M1": 1, "PPLC M2": 1, "PPLC H1": 1, "PPLC H2": 2}
MOST_EXPERTS = 3
MEETINGS, JOINT = 20, (5, 10, 15)  # per community; the numbers of those held together with the other of its level
NOT_RECORDED = "H1-13"
HOUR_EARLY = "E2-17"  # more than a quarter left a full hour early
TICKS_ONLY = "PPLC M2"  # its facilitator ticks X and leaves the others empty


@dataclass(frozen=True)
class Person:
    """A principal or a facilitator."""

    actor_id: str
    name: str
    role: str
    school: str
    community: str

    @property
    def level(self) -> str:
        """Elementary, middle or high."""
        return LEVELS[self.community[5]]


def _people() -> list[Person]:
    """The principals of each community, then its facilitator."""
    unused, schools, found = names(PPLC), names(PPLC_SCHOOLS), []
    for community, size in SIZES.items():
        for n in range(1, size + 2):
            role = "principal" if n <= size else "facilitator"
            school = f"{schools.pop(0)} School" if role == "principal" else "Central Office"
            tag = f"{community[5:]}-{n:02d}" if role == "principal" else f"{community[5:]}-F"
            found.append(Person(tag, unused.pop(0), role, school, community))
    return found


class District:
    """The people, who answers, and how close each feels to each."""

    def __init__(self, seed: int = SEED) -> None:
        self.dice = Dice(seed)
        self.people = _people()
        self.mates = {c: [p for p in self.people if p.community == c and p.role == "principal"] for c in SIZES}
        silent: list[Person] = []
        for community, count in SILENT.items():
            silent += self.dice.shuffled(self.mates[community][3:])[:count]
        self.answering = self.dice.shuffled(p for p in self.people if p not in silent)
        plain = [p for p in self.answering if p.role == "principal"]
        self.asks_nobody, self.skips_trust = plain[0], plain[1]
        standing = {p: self.dice.bell() for p in self.people}
        dyads: dict[frozenset[str], float] = {}
        self.close: dict[tuple[Person, Person], float] = {}
        for i in self.people:
            for j in self.people:
                if i is j:
                    continue
                dyad = dyads.setdefault(frozenset((i.actor_id, j.actor_id)), self.dice.bell())
                close = -3.1 + 2.1 * (i.community == j.community) + 0.7 * (i.level == j.level)
                close -= 0.05 * (i.community == j.community) * (len(self.mates[i.community]) - 9)
                close += 0.4 * standing[j] + 0.9 * dyad + 0.4 * self.dice.bell()
                close += 0.9 * (i.community == j.community and "facilitator" in {i.role, j.role})
                few = self.mates[j.community][: FEW.get(j.community, 0)]
                close += 1.2 * (i.community == j.community and j.community in FIXED and j in few)
                self.close[i, j] = close

    def advice(self, i: Person, j: Person) -> int:
        """0–4 on the frequency scale."""
        return 0 if i is self.asks_nobody else sum(self.close[i, j] >= step for step in (-0.5, 0.0, 0.7, 1.4))

    def trust(self, i: Person, j: Person) -> int:
        """1–5, or 0: does not know the person well enough to say."""
        if self.close[i, j] < -1.6:
            return 0
        return max(1, min(5, int(3.5 + 0.8 * self.close[i, j] + 0.7 * self.dice.bell())))

    def expert_weight(self, i: Person, j: Person, topic: int) -> float:
        """How likely i is to name j on a topic, in the manner of their community."""
        mates = self.mates[i.community]
        place, few = mates.index(j), FEW.get(i.community, 0)
        by_task = 10.0 * (place % len(TOPICS) == topic)
        if i.community in SPREAD:
            return 0.15 + by_task
        if i.community in FIXED:
            return 0.12 + 20.0 * (place < few)
        return 0.3 + 0.6 * by_task + 12.0 * (place < few)

    def named_experts(self, i: Person, topic: int) -> list[str]:
        """Names chosen by i on a topic, from the principals of their own community."""
        if self.dice.chance(0.03):
            return ["nobody"]
        weights = {j: self.expert_weight(i, j, topic) for j in self.mates[i.community] if j is not i}
        return [j.name for j in self.dice.draw(weights, self.dice.pick([2, 2, 3]))]


def _roster(district: District) -> Table:
    consent = {"E1-04": "no_named_display", "E2-09": "no_named_display", "M2-05": "no_named_display"}
    consent |= {"H2-08": "research_only", "H1-06": ""}
    head: list[Cell] = ["actor_id", "name", "role", "school", "community", "level", "consent"]
    return [
        head,
        *(
            [p.actor_id, p.name, p.role, p.school, p.community, p.level, consent.get(p.actor_id, "full")]
            for p in district.people
        ),
    ]


def _responses(district: District) -> Table:
    head: list[Cell] = ["actor_id"]
    head += [f"expert_{topic}_name{n}" for topic in TOPICS for n in range(1, MOST_EXPERTS + 1)]
    rows = [head]
    for person in district.answering:
        row: list[Cell] = [person.actor_id]
        for topic in range(len(TOPICS)):
            row += [*district.named_experts(person, topic), "", ""][:MOST_EXPERTS]
        rows.append(row)
    return rows


def _ties(district: District) -> Table:
    rows: list[list[Cell]] = [["ego_id", "alter_id", "frequency"]]
    for ego in district.answering:
        for alter in district.people:
            if alter is not ego and (value := district.advice(ego, alter)) > 0:
                rows.append([ego.actor_id, alter.actor_id, value])
    return rows


def _matrix(district: District) -> Table:
    """Square; the row is who answered. Empty: the diagonal, people who did not answer, and a few single cells."""
    rows: list[list[Cell]] = [["actor_id", *(p.actor_id for p in district.people)]]
    for i in district.people:
        answered = i in district.answering and i is not district.skips_trust
        row: list[Cell] = [i.actor_id]
        for j in district.people:
            gap = not answered or i is j or district.dice.chance(0.002)
            row.append("" if gap else district.trust(i, j))
        rows.append(row)
    return rows


@dataclass(frozen=True)
class Meeting:
    """One meeting of one community, or of the two of a level together."""

    event_id: str
    date: dt.date
    number: int
    minutes: int
    communities: tuple[str, ...]


def _meetings(dice: Dice) -> list[Meeting]:
    """Twenty meetings a community, a fortnight apart, three of them joint."""
    found = []
    pairs = [tuple(c for c in SIZES if c[5] == letter) for letter in LEVELS]
    for offset, pair in enumerate(pairs):
        for number in range(1, MEETINGS + 1):
            date = dt.date(2012, 9, 4) + dt.timedelta(days=14 * (number - 1) + 2 * offset)
            minutes = dice.pick([240, 240, 270, 300])
            if number in JOINT:
                found.append(Meeting(f"{pair[0][5]}-joint-{number:02d}", date, number, minutes, pair))
                continue
            for day, community in enumerate(pair):
                tag = f"{community[5:]}-{number:02d}"
                found.append(Meeting(tag, date + dt.timedelta(days=day), number, minutes, (community,)))
    return sorted(found, key=lambda meeting: (meeting.date, meeting.event_id))


def _mark(dice: Dice, person: Person, meeting: Meeting) -> Cell:
    """P, A, E, or the minutes of somebody who came late or left early; X or nothing where only ticks are kept."""
    if person.community not in meeting.communities or meeting.event_id == NOT_RECORDED:
        return ""
    falls = person.community in FIXED and person.role == "principal"
    comes = 0.97 - 0.02 * (meeting.number - 1) if falls else 0.95
    part = 0.02 + 0.022 * (meeting.number - 1) if falls else 0.04
    if meeting.event_id == HOUR_EARLY:
        comes, part = 0.8, 0.6
    present = person.role == "facilitator" or dice.chance(comes)
    cut = dice.chance(part) and person.role == "principal"
    excused = dice.chance(0.3)
    missed = dice.pick([60, 75, 90] if meeting.event_id == HOUR_EARLY else [20, 30, 45, 60])
    if len(meeting.communities) == 1 and person.community == TICKS_ONLY:
        return "X" if present else ""
    if not present:
        return "E" if excused else "A"
    return meeting.minutes - missed if cut else "P"


def _events(meetings: list[Meeting], people: list[Person]) -> Table:
    leads = {p.community: p.name for p in people if p.role == "facilitator"}
    rows: list[list[Cell]] = [["event_id", "date", "start", "minutes", "kind", "group", "facilitator"]]
    for m in meetings:
        who = "; ".join(leads[c] for c in m.communities)
        rows.append(
            [m.event_id, m.date.isoformat(), "08:30", m.minutes, "plenary required", ";".join(m.communities), who]
        )
    return rows


def _sessions(district: District, meetings: list[Meeting], grid: list[list[Cell]]) -> dict[str, Table]:
    """What was done at meetings, homework, and groups; of dice of their own, so that nothing above depends on them."""
    members = {c[5:]: [p.actor_id for p in district.mates[c]] for c in SIZES}
    principals = {who for ids in members.values() for who in ids}
    came: dict[str, list[str]] = {m.event_id: [] for m in meetings}
    for who, *marks in grid[1:]:
        for event, mark in zip(came, marks, strict=True):
            if who in principals and mark not in ("", "A", "E"):
                came[event].append(str(who))
    return {
        "activities.csv": _pplc_sessions.activities(
            {m.event_id: m.minutes for m in meetings},
            {m.event_id: [c[5:] for c in m.communities] for m in meetings},
            members,
        ),
        "homework.csv": _pplc_sessions.homework(came),
        "past_groups.csv": _pplc_sessions.past_groups({m.event_id: m.date.isoformat() for m in meetings}, members),
        "apart.csv": _pplc_sessions.apart(),
    }


def build(seed: int = SEED) -> dict[str, bytes]:
    """File name → content; another seed gives another year of the same communities."""
    district = District(seed)
    made = {
        "roster.csv": _roster(district),
        "responses_spring.csv": _responses(district),
        "ties_advice.csv": _ties(district),
        "matrix_trust.csv": _matrix(district),
    }
    meetings = _meetings(district.dice)
    made["events.csv"] = _events(meetings, district.people)
    grid: list[list[Cell]] = [["actor_id", *(m.event_id for m in meetings)]]
    grid += [[p.actor_id, *(_mark(district.dice, p, m) for m in meetings)] for p in district.people]
    made["attendance_grid.csv"] = grid
    made |= _sessions(district, meetings, grid)
    return {name: csv_bytes(table) for name, table in made.items()}
