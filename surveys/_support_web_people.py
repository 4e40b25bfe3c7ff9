"""Who is in the web of support: two networks of schools, their facilitators, the central office, and partners."""

from __future__ import annotations

from dataclasses import dataclass

from _common import Cell, Table
from _names import SUPPORT_WEB, SUPPORT_WEB_SCHOOLS, names

WAVES = ("autumn", "spring")
NORTH, SOUTH = "North network", "South network"
TEACHER, ASSISTANT, PRINCIPAL = "teacher leader", "assistant principal", "principal"
FACILITATOR, CENTRAL, PARTNER = "network facilitator", "central office", "outside partner"
SCHOOL_LEVELS = (PRINCIPAL, ASSISTANT, TEACHER)
PRINCIPALS = {NORTH: 13, SOUTH: 12}
# Whose school the assistant principals and teacher leaders belong to, by the principal's number.
ASSISTANTS_AT = (2, 5, 9, 15, 18, 22)
TEACHERS_AT = (2, 6, 11, 15, 19)
FACILITATORS = ((NORTH, "literacy"), (NORTH, "school management"), (SOUTH, "literacy"))
CENTRAL_OFFICE = (
    ("deputy superintendent", "Superintendent's Office"),
    ("director", "Curriculum and Instruction"),
    ("specialist", "Curriculum and Instruction"),
    ("director", "Assessment"),
    ("director", "Human Resources"),
    ("director", "Facilities"),
    ("director", "Finance"),
    ("director", "Professional Learning"),
)
PARTNERS = ("Harbour University", "Reading Foundation", "Principals' Association")
LEAVES = {"P09": "2023-12-21", "C01": "2024-01-31"}  # gone in the spring
KEY = "C01"
SUCCESSOR, NEW_TEACHER, JOINED = "P26", "T06", "2024-01-08"
NEW_TEACHER_AT = "P22"
FAVOURITES = ("P14", "P15", "P18", "P19")  # whom the facilitator of the South network favours
LOST = ("P17", "P20", "P22", "P24")  # whom that facilitator has not seen since November
NEED = {"P14": 1, "P15": 2, "P18": 1, "P19": 2, "P17": 5, "P20": 4, "P22": 5, "P24": 4, SUCCESSOR: 5, NEW_TEACHER: 3}
CONSENT = {
    "P04": "no_named_display",
    "C05": "no_named_display",
    "A05": "no_named_display",
    "P23": "research_only",
    "T02": "",
}
REFUSER = "T03"  # of the spring survey; took part in the autumn


@dataclass(frozen=True)
class Person:
    """One person, in whichever waves they are on the roster."""

    actor_id: str
    name: str
    role: str
    level: str
    school: str
    network: str
    unit: str
    need: int | None

    @property
    def asked(self) -> bool:
        """Partners could be named but were not sent the survey."""
        return self.level != PARTNER

    @property
    def leads_school(self) -> bool:
        """Works in a school: principal, assistant principal or teacher leader."""
        return self.level in SCHOOL_LEVELS

    def there(self, wave: str) -> bool:
        """On the roster of a wave."""
        if wave == "autumn":
            return self.actor_id not in (SUCCESSOR, NEW_TEACHER)
        return self.actor_id not in LEAVES


def _need(who: str, number: int) -> int:
    return NEED.get(who, 1 + (number * 7 + 3) % 5)


def everybody() -> list[Person]:
    """Principals, assistant principals, teacher leaders, facilitators, central office, partners."""
    unused, schools = names(SUPPORT_WEB), [f"{name} School" for name in names(SUPPORT_WEB_SCHOOLS)]
    network = [NORTH] * PRINCIPALS[NORTH] + [SOUTH] * PRINCIPALS[SOUTH]
    places = [(f"P{n:02d}", PRINCIPAL, n) for n in range(1, len(schools) + 1)]
    places += [(f"A{n:02d}", ASSISTANT, at) for n, at in enumerate(ASSISTANTS_AT, 1)]
    places += [(f"T{n:02d}", TEACHER, at) for n, at in enumerate(TEACHERS_AT, 1)]
    found = [
        Person(who, unused.pop(0), level, level, schools[at - 1], network[at - 1], "", _need(who, n))
        for n, (who, level, at) in enumerate(places)
    ]
    for n, (served, field) in enumerate(FACILITATORS, 1):
        role = f"facilitator for {field}"
        found.append(Person(f"F{n:02d}", unused.pop(0), role, FACILITATOR, "Central Office", served, "", None))
    for n, (role, unit) in enumerate(CENTRAL_OFFICE, 1):
        found.append(Person(f"C{n:02d}", unused.pop(0), role, CENTRAL, "Central Office", "", unit, None))
    for n, organisation in enumerate(PARTNERS, 1):
        found.append(Person(f"X{n:02d}", unused.pop(0), "partner", PARTNER, organisation, "", organisation, None))
    left = next(p for p in found if p.actor_id == "P09")
    host = next(p for p in found if p.actor_id == NEW_TEACHER_AT)
    for who, level, place in ((SUCCESSOR, PRINCIPAL, left), (NEW_TEACHER, TEACHER, host)):
        found.append(Person(who, unused.pop(0), level, level, place.school, place.network, "", NEED[who]))
    return found


def roster(people: list[Person]) -> Table:
    """One row per person and wave. Partners were never asked, so nothing is known of their consent."""
    head = ["actor_id", "name", "wave", "role", "level", "school", "network", "unit", "need"]
    rows: list[list[Cell]] = [[*head, "asked", "consent", "joined", "left"]]
    for wave in WAVES:
        for p in people:
            if not p.there(wave):
                continue
            consent = CONSENT.get(p.actor_id, "full") if p.asked else ""
            if wave == "spring" and p.actor_id == REFUSER:
                consent = "refused"
            joined = JOINED if p.actor_id in (SUCCESSOR, NEW_TEACHER) else ""
            need = "" if p.need is None else p.need
            known: list[Cell] = [p.actor_id, p.name, wave, p.role, p.level, p.school, p.network, p.unit, need]
            rows.append([*known, "yes" if p.asked else "no", consent, joined, LEAVES.get(p.actor_id, "")])
    return rows
