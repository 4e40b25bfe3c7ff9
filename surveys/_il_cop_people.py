"""Who is in the instructional-leadership community of practice, year by year."""

from __future__ import annotations

from dataclasses import dataclass

from _common import Dice
from _names import IL_COP, names

WAVES = ("2019", "2020", "2021", "2022")
LEVELS = {
    "Lincoln School": "elementary",
    "Cedar School": "elementary",
    "Maple School": "elementary",
    "Orchard School": "elementary",
    "Willow School": "elementary",
    "Prairie School": "elementary",
    "Riverside School": "middle",
    "Hillcrest School": "middle",
    "Lakeview School": "middle",
    "Northgate School": "high",
    "Harbor School": "high",
    "Summit School": "high",
    "District": "district",
    "Community Foundation": "partner",
    "Teaching Institute": "partner",
    "Central Office": "partner",
}
SCHOOLS = tuple(LEVELS)[:12]
BRIDGED = ("Orchard School", "Summit School")
CUT_OFF = "Lakeview School"
TWO_VICE_PRINCIPALS = ("Northgate School", "Harbor School")
THREE_TEACHERS = (
    "Lincoln School",
    "Orchard School",
    "Riverside School",
    "Lakeview School",
    "Northgate School",
    "Summit School",
)
TEACHERS_FROM_2021 = (*THREE_TEACHERS, "Cedar School")
PARTNERS = (
    ("Community Foundation", "2019"),
    ("Teaching Institute", "2019"),
    ("Central Office", "2020"),
    ("Teaching Institute", "2021"),
)
# Positions whose holder left before the wave: 7 of 36 principal-years (19 %), and a few others.
LEFT_BEFORE: dict[str, tuple[tuple[str, str, int], ...]] = {
    "2020": (("Cedar School", "principal", 1), ("Harbor School", "principal", 1)),
    "2021": (
        ("Maple School", "principal", 1),
        ("Orchard School", "principal", 1),
        ("Cedar School", "principal", 1),
        ("Hillcrest School", "vice principal", 1),
    ),
    "2022": (
        (CUT_OFF, "principal", 1),
        ("Prairie School", "principal", 1),
        ("Prairie School", "vice principal", 1),
        ("Cedar School", "vice principal", 1),
        ("Summit School", "vice principal", 1),
        ("Riverside School", "teacher leader", 1),
    ),
}
PROMOTED = "Prairie School"  # in 2022 its vice principal becomes its principal
YEARS = {"Lincoln School": 14, "Riverside School": 17, "Northgate School": 12}  # of the three central principals, 2019


@dataclass(frozen=True)
class Member:
    """One person in one wave."""

    wave: str
    actor_id: str
    name: str
    role: str
    school: str
    years: int
    slot: int

    @property
    def level(self) -> str:
        """The school's level; `district` for coaches, `partner` for partners."""
        return LEVELS[self.school]

    @property
    def asked(self) -> bool:
        """Partners could be named but were not sent the survey."""
        return self.role != "partner"

    @property
    def place(self) -> tuple[str, str, int]:
        """The position held: school, role and which of several."""
        return self.school, self.role, self.slot


def positions(wave: str) -> list[tuple[str, str, int]]:
    """Every position of a wave: school, role, and which of several."""
    rows = [(school, "principal", 1) for school in SCHOOLS]
    rows += [("District", "coach", n) for n in (1, 2, 3) if n < 3 or wave >= "2021"]
    rows += [(school, "partner", n) for n, (school, since) in enumerate(PARTNERS, 1) if wave >= since]
    if wave >= "2020":
        rows += [(s, "vice principal", n) for s in SCHOOLS for n in (1, 2) if n == 1 or s in TWO_VICE_PRINCIPALS]
    if wave >= "2021":
        rows += [(school, "teacher leader", n) for school in TEACHERS_FROM_2021 for n in (1, 2)]
    if wave >= "2022":
        rows += [(s, "teacher leader", n) for s in SCHOOLS for n in (1, 2) if s not in TEACHERS_FROM_2021]
        rows += [(school, "teacher leader", 3) for school in THREE_TEACHERS]
    return rows


def members(dice: Dice) -> dict[str, list[Member]]:
    """Wave → its members in order of id; a person keeps one id for all years."""
    unused = names(IL_COP)
    known: dict[str, str] = {}
    holders: dict[tuple[str, str, int], tuple[str, int]] = {}
    by_wave: dict[str, list[Member]] = {}
    for wave in WAVES:
        holders = {place: (who, years + 1) for place, (who, years) in holders.items()}
        for place in LEFT_BEFORE.get(wave, ()):
            leaver, _ = holders.pop(place)
            if wave == "2022" and place == (PROMOTED, "vice principal", 1):
                holders[(PROMOTED, "principal", 1)] = (leaver, 1)
        for place in positions(wave):
            if place in holders:
                continue
            actor_id = f"P{len(known) + 1:02d}"
            known[actor_id] = unused.pop(0)
            start = 1 if place[1] == "principal" and wave > "2019" else dice.whole(1, 8)
            holders[place] = (actor_id, YEARS.get(place[0], start) if wave == "2019" else start)
        by_wave[wave] = sorted(
            (Member(wave, who, known[who], p[1], p[0], years, p[2]) for p, (who, years) in holders.items()),
            key=lambda member: member.actor_id,
        )
    return by_wave


def at(rows: list[Member], school: str, role: str = "principal", slot: int = 1) -> str:
    """The id of the person who holds a position."""
    return next(member.actor_id for member in rows if member.place == (school, role, slot))
