"""One district's web of support: two networks of principals, the central office, and what came of a departure.

What is planted, each recovered from the files by tests/surveys/:

- `C01`, deputy superintendent, is the only sponsor of the seven people of `DEPEND` in the autumn, and leaves. In the
  spring three have found somebody else (`FOUND`), three have nobody, and `P21` is silent. Everybody else who answers
  and has a sponsor has at least two.
- `LACKING`: who receives which kind from nobody, in both waves; `P11` has no sponsor in the autumn only; teacher
  leaders receive no material support. Every other respondent receives every kind from somebody.
- A tie carries several kinds far more often than five independent layers would give: what `web` makes close is close in
  every kind.
- Peers are of one's own level; operational help comes from other levels, more than chance would have it.
- North: `F01` and `F02` see everybody all year, most where the need is greatest, and pass on what comes from the
  central office and partners; `F01` keeps demands away. South: `F03` favours `FAVOURITES`, whose need is small, sees
  the others once after November and `LOST` never again, passes on little, and hands demands on. `T06`, who came in
  January, has seen no facilitator.
"""

from __future__ import annotations

from _common import Cell, Dice, Table, csv_bytes
from _support_web_contacts import contacts
from _support_web_people import (
    ASSISTANT,
    CENTRAL,
    FACILITATOR,
    FAVOURITES,
    KEY,
    PARTNER,
    PRINCIPAL,
    REFUSER,
    SOUTH,
    TEACHER,
    WAVES,
    Person,
    everybody,
    roster,
)

SEED, CONTACT_SEED = 2023, 2024
KINDS = ("material", "learning", "peers", "operations", "sponsorship")
SILENT = {"autumn": ("A06", "P13"), "spring": ("A06", "P21", "P25")}
SKIPS_SUPPORT, DISCREET = "P10", "T05"  # spring: stopped before the page on support; would not say about demands
DEPEND = ("P03", "P07", "P12", "P16", "P21", "A02", "F02")
ALSO = ("P01", "P06", "P18", "A04")  # sponsored by C01 among others
FOUND = ("P03", "P12", "F02")
LACKING: dict[str, tuple[str, ...]] = {
    "P17": ("learning", "peers"),
    "P20": ("material", "learning", "peers", "sponsorship"),
    "P24": ("peers",),
}
VETERANS = ("P01", "P14")
LEARNING_UNITS, HELP_UNITS = ("C02", "C03", "C04", "C08"), ("C05", "C06", "C07")
THINGS = ("protocol", "contact", "budget line", "data tool", "lesson materials", "staffing advice")
MOST_RESOURCES = MOST_DEMANDS = 10
REACHING = {
    "F01": ("C02", "C03", "C04", "C05", "C06", "C08", "X01", "X02"),
    "F02": ("C02", "C05", "C06", "C07", "X03"),
    "F03": ("C02", "C08", "X01"),
}
DEMANDING = {
    "F01": ("C02", "C03", "C04", "C05", "C06", "C07", "X01"),
    "F02": ("C04", "C05", "C06", "C07"),
    "F03": ("C02", "C03", "C04", "C05", "C06", "C07", "C08", "X02"),
}
PASSES_RESOURCES = {"F01": 0.9, "F02": 0.45}  # to members of the network; F03 to its favourites
PASSES_DEMANDS = {"F01": 0.03, "F02": 0.3}  # F03: to everybody but its favourites
Pair = tuple[str, str]


class Web:
    """The people, who feels close to whom, and who gets what from whom in each wave."""

    def __init__(self) -> None:
        self.dice = Dice(SEED)
        self.people = everybody()
        self.by_id = {p.actor_id: p for p in self.people}
        ids = [(i.actor_id, j.actor_id) for i in self.people for j in self.people if i is not j]
        self.web = {pair: self.dice.bell() for pair in ids}
        self.taste = {(*pair, kind): self.dice.bell() for pair in ids for kind in KINDS}

    def members(self, wave: str) -> list[Person]:
        """Everybody on the roster of a wave."""
        return [p for p in self.people if p.there(wave)]

    def answering(self, wave: str) -> list[Person]:
        """Who answers, in the order in which the answers come in."""
        return self.dice.shuffled(p for p in self.members(wave) if p.asked and p.actor_id not in SILENT[wave])

    def base(self, kind: str, i: Person, j: Person) -> float:
        """How likely i is to get a kind of support from j, by what both do and where."""
        network, school = i.network == j.network != "", i.school == j.school and i.leads_school
        alike = i.level == j.level
        if j.level == FACILITATOR and i.leads_school:
            if not network:
                return -9.0
            if i.network == SOUTH:
                return 1.1 if i.actor_id in FAVOURITES else -2.6
            return {"material": -1.2, "learning": 0.3, "peers": -1.6, "operations": -0.5}[kind]
        if kind == "peers" and j.actor_id == "P21":
            return -3.1
        if kind == "peers":
            return -1.2 if alike and network else -1.6 if alike else -0.7 if school else -3.1
        if kind == "learning":
            near = -0.6 if school else -1.6 if network and j.level == PRINCIPAL else -3.2
            return -1.6 if j.actor_id in LEARNING_UNITS else -2.7 if j.level == PARTNER else near
        if kind == "material":
            near = 0.2 if school and j.level == PRINCIPAL else -3.2
            return -1.1 if j.actor_id in HELP_UNITS else -2.4 if j.level in (CENTRAL, PARTNER) else near
        near = 0.2 if school else -2.8 if network and j.level == PRINCIPAL else -3.2
        return -1.0 if j.actor_id in HELP_UNITS else -2.6 if j.level == CENTRAL else near

    def lacks(self, who: Person, kind: str, wave: str) -> bool:
        """Receives this kind from nobody."""
        if kind == "sponsorship" and wave == "spring" and who.actor_id in DEPEND:
            return who.actor_id not in FOUND
        if kind == "sponsorship" and wave == "autumn" and who.actor_id == "P11":
            return True
        return kind in LACKING.get(who.actor_id, ()) or (kind == "material" and who.level == TEACHER)

    def support(self, wave: str, ego: Person) -> dict[str, set[str]]:
        """Kind → the ids of those from whom ego receives it."""
        others = [p for p in self.members(wave) if p is not ego]
        found: dict[str, set[str]] = {}
        for kind in KINDS[:4]:
            scores = {}
            for j in others:
                pair = (ego.actor_id, j.actor_id)
                score = 0.5 + self.base(kind, ego, j) + 0.8 * self.web[pair] + 0.4 * self.taste[*pair, kind]
                scores[j.actor_id] = score + 0.3 * self.dice.bell()
            best = max(scores, key=lambda who: scores[who] - 9.0 * (who == REFUSER))
            chosen = {who for who, score in scores.items() if score > 0}
            if chosen <= {REFUSER}:
                chosen.add(best)
            found[kind] = set() if self.lacks(ego, kind, wave) else chosen
        found["sponsorship"] = self._sponsors(wave, ego, others, found)
        return found

    def _sponsors(self, wave: str, ego: Person, others: list[Person], found: dict[str, set[str]]) -> set[str]:
        """Two or three people, most likely those who help in other ways; for some only C01, or nobody."""
        who = ego.actor_id
        weights = {}
        for j in others:
            network, school = ego.network == j.network != "", ego.school == j.school
            weight = 3.0 * (school and j.level in (PRINCIPAL, ASSISTANT)) + 0.8 * (j.level == CENTRAL)
            if j.level == FACILITATOR and network:
                weight += 0.15 if ego.network == SOUTH and who not in FAVOURITES else 1.5
            weight += 0.8 * (j.actor_id in VETERANS) + 0.5 * (j.level == PARTNER) + 0.3 * (network and j.leads_school)
            kinds = sum(j.actor_id in given for given in found.values())
            weights[j.actor_id] = (0.0 if j.actor_id in (KEY, REFUSER) else weight) * (1.0 + 2.0 * kinds)
        drawn = set(self.dice.draw(weights, self.dice.pick([2, 2, 3])))
        if self.lacks(ego, "sponsorship", wave):
            return set()
        if wave == "autumn" and who in DEPEND:
            return {KEY}
        return drawn | ({KEY} if wave == "autumn" and who in ALSO else set())

    def advice(self, ego: Person, alter: Person) -> int:
        """0–4 on the frequency scale."""
        network, school = ego.network == alter.network != "", ego.school == alter.school
        close = -2.3 + 1.1 * network + 1.5 * school + 0.5 * (ego.level == alter.level)
        close += 0.7 * (alter.actor_id in VETERANS) + 0.6 * (alter.level == FACILITATOR and network)
        close += 0.8 * self.web[ego.actor_id, alter.actor_id] + 0.5 * self.dice.bell()
        return sum(close >= step for step in (-0.6, -0.1, 0.6, 1.2))

    def resources(self, wave: str, ego: Person) -> list[str]:
        """From whom ego received something they then used."""
        who, found = ego.actor_id, []
        for j in (p for p in self.members(wave) if p is not ego):
            odds = 0.07 * (ego.network == j.network != "" and j.leads_school)
            if who in REACHING:
                odds = float(j.actor_id in REACHING[who])
            elif ego.leads_school and j.level == FACILITATOR:
                odds = PASSES_RESOURCES.get(j.actor_id, 0.95 if who in FAVOURITES else 0.04)
                odds *= ego.network == j.network
            elif j.level in (CENTRAL, PARTNER):
                odds = (0.05 if ego.leads_school else 0.25) * (0.2 if j.level == PARTNER else 1.0)
                odds *= 2.5 if j.actor_id == "C08" else 1.0
            if self.dice.chance(odds):
                found.append(j.actor_id)
        return found

    def demands(self, wave: str, ego: Person) -> list[str]:
        """Who sent, or passed on, requests that took time away from leading instruction."""
        who, found = ego.actor_id, []
        scale = {PRINCIPAL: 1.0, ASSISTANT: 0.5, TEACHER: 0.25}.get(ego.level, 0.3)
        for j in (p for p in self.members(wave) if p is not ego):
            odds = 0.0
            if who in DEMANDING:
                odds = float(j.actor_id in DEMANDING[who])
            elif ego.leads_school and j.level == FACILITATOR and ego.network == j.network:
                odds = PASSES_DEMANDS.get(j.actor_id, 0.15 if who in FAVOURITES else 0.75) * scale
            elif j.level in (CENTRAL, PARTNER) and j.actor_id != KEY:
                direct = (0.75 if who not in FAVOURITES else 0.2) if ego.network == SOUTH else 0.06
                odds = (direct if ego.leads_school else 0.2) * scale * (0.25 if j.level == PARTNER else 1.0)
            if self.dice.chance(odds):
                found.append(j.actor_id)
        return found


def _planted(who: Person) -> bool:
    """Whether it is planted what somebody lacks: they leave no cell open."""
    return who.actor_id in (*DEPEND, *LACKING, "P11") or who.level == TEACHER


def _support_cells(web: Web, wave: str, ego: Person, columns: list[Person]) -> list[Cell]:
    """Whether the page was answered, then for each person the kinds ticked."""
    given = web.support(wave, ego)
    if wave == "spring" and ego.actor_id == SKIPS_SUPPORT:
        return ["no", *([""] * len(columns))]
    cells: list[Cell] = ["yes"]
    for j in columns:
        text = "; ".join(kind for kind in KINDS if j.actor_id in given[kind])
        unsaid = web.dice.chance(0.006) and j is not ego and not _planted(ego)
        cells.append(text or "prefer not to say" * unsaid)
    return cells


def _responses(web: Web, wave: str) -> Table:
    """One row per respondent. A person's cell about support holds every kind ticked for them."""
    columns = web.members(wave)
    head: list[Cell] = ["actor_id", "answered_support", *(f"support_{p.actor_id}" for p in columns)]
    head += [f"advice_{p.actor_id}" for p in columns]
    head += [f"resources_{part}{n}" for n in range(1, MOST_RESOURCES + 1) for part in ("name", "about")]
    head += [f"demands_name{n}" for n in range(1, MOST_DEMANDS + 1)]
    rows: list[list[Cell]] = [head]
    for ego in web.answering(wave):
        row: list[Cell] = [ego.actor_id, *_support_cells(web, wave, ego, columns)]
        for j in columns:
            lost = j is ego or web.dice.chance(0.005)
            row.append("" if lost else web.advice(ego, j))
        received: list[Cell] = []
        for who in web.resources(wave, ego)[:MOST_RESOURCES]:
            received += [web.by_id[who].name, "" if web.dice.chance(0.2) else web.dice.pick(THINGS)]
        received = received or ["nobody", ""]
        asking: list[Cell] = [web.by_id[who].name for who in web.demands(wave, ego)[:MOST_DEMANDS]] or ["nobody"]
        if wave == "spring" and ego.actor_id == DISCREET:
            asking = ["prefer not to say"]
        row += received + [""] * (2 * MOST_RESOURCES - len(received)) + asking
        rows.append(row + [""] * (MOST_DEMANDS - len(asking)))
    return rows


def build() -> dict[str, bytes]:
    """File name → content."""
    web = Web()
    made: dict[str, Table] = {"roster.csv": roster(web.people)}
    for wave in WAVES:
        made[f"responses_{wave}.csv"] = _responses(web, wave)
    made["contacts.csv"] = contacts(Dice(CONTACT_SEED), web.people)
    return {name: csv_bytes(table) for name, table in made.items()}
