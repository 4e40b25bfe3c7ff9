"""The instructional-leadership community of practice: four yearly surveys of a growing membership."""

from __future__ import annotations

import _il_cop_events
from _common import Cell, Dice, Table, csv_bytes, xlsx_bytes
from _il_cop_people import BRIDGED, CUT_OFF, WAVES, Member, at, members
from _il_cop_typing import OUTSIDE, typed

SEED = 2018
TOPICS = ("feedback", "data", "pd", "curriculum", "operations", "families")
FREQUENCY = ("never", "a few times a year", "monthly", "every two weeks", "weekly")
AGREEMENT = ("", "strongly disagree", "disagree", "neither", "agree", "strongly agree")
THINGS = ("protocol", "professional-development module", "lesson plan", "data tool", "contact", "meeting agenda")
CROSS_SCHOOL = {"2019": -0.85, "2020": -0.55, "2021": -0.2, "2022": 0.15}
SILENT = {"2019": 1, "2020": 3, "2021": 11, "2022": 8}
RESOURCES_FROM = "2020"
MOST_RESOURCES, MOST_EXPERTS = 5, 3
Pair = tuple[str, str]


class Persistent(dict[Pair | str, float]):
    """A bell-shaped number for each person or pair, drawn once and the same in every wave."""

    def __init__(self, dice: Dice) -> None:
        super().__init__()
        self._dice = dice

    def __missing__(self, key: Pair | str) -> float:
        self[key] = self._dice.bell()
        return self[key]


class Community:
    """The people, what they would answer, and who answers."""

    def __init__(self) -> None:
        self.dice = Dice(SEED)
        self.members = members(self.dice)
        last = self.members["2022"]
        self.stars = [at(last, school) for school in ("Lincoln School", "Riverside School", "Northgate School")]
        self.known_for_all = self.stars[:2]
        self.bridge = at(last, BRIDGED[0], "vice principal")
        self.isolates = {at(last, s, "teacher leader", 2) for s in ("Harbor School", "Maple School")}
        self.unnamed = at(last, "Cedar School", "teacher leader")
        self.refuser = at(last, "Willow School", "teacher leader")
        self.skipper = at(last, "Hillcrest School", "teacher leader")
        self.discreet = at(last, "Prairie School", "teacher leader")
        self.experts = {
            "feedback": {at(last, "Hillcrest School"), at(last, "District", "coach", 1)},
            "data": {at(last, "Summit School"), at(last, "Northgate School", "vice principal")},
            "pd": {at(last, "District", "coach", 2), at(last, "Willow School", "vice principal")},
            "curriculum": {at(last, "Willow School"), at(last, "Riverside School", "vice principal")},
            "operations": {at(last, "Northgate School"), at(last, "Central Office", "partner", 3)},
            "families": {at(last, "Harbor School", "vice principal"), at(last, "Community Foundation", "partner", 1)},
        }
        self.standing, self.arc, self.dyad = (Persistent(self.dice) for _ in range(3))
        self.answering = {wave: self._answering(wave) for wave in WAVES}

    def _answering(self, wave: str) -> list[str]:
        """Who answers, in the order in which the answers come in."""
        sure = {*self.stars, *self.isolates, self.bridge, self.unnamed, self.refuser, self.skipper, self.discreet}
        sure |= {m.actor_id for m in self.members["2022"] if m.school == CUT_OFF or m.role == "coach"}
        if wave in ("2019", "2022"):
            stayed = {m.actor_id for m in self.members["2019"]} & {m.actor_id for m in self.members["2022"]}
            sure |= stayed
        asked = [m.actor_id for m in self.members[wave] if m.asked]
        silent = self.dice.shuffled(who for who in asked if who not in sure)[: SILENT[wave]]
        return self.dice.shuffled(who for who in asked if who not in silent)

    def apart(self, ego: Member, alter: Member) -> bool:
        """No tie of any kind is planted between these two."""
        if ego.wave == "2022":
            pair = {ego.actor_id, alter.actor_id}
            if pair & self.isolates or (ego.school == CUT_OFF) != (alter.school == CUT_OFF):
                return True
        return {ego.school, alter.school} == set(BRIDGED) and self.bridge not in {ego.actor_id, alter.actor_id}

    def closeness(self, ego: Member, alter: Member) -> float:
        """How close ego feels to alter: school, level, role, alter's standing, their own history, the year."""
        i, j = ego.actor_id, alter.actor_id
        standing = 1.75 if j in self.stars else 0.35 * self.standing[j]
        close = -1.35 + standing + 0.35 * self.arc[i, j] + 0.95 * self.dyad[min(i, j), max(i, j)]
        close += 0.35 * self.dice.bell() - 0.6 * (alter.role == "partner")
        if ego.school == alter.school:
            return close + 1.9
        close += CROSS_SCHOOL[ego.wave] + 0.55 * (ego.level == alter.level)
        close += 0.75 * (ego.role == alter.role == "principal") + 0.45 * ("coach" in {ego.role, alter.role})
        if self.bridge in {i, j} and {ego.school, alter.school} == set(BRIDGED):
            close += 3.6
        return close - 0.7 * ("teacher leader" in {ego.role, alter.role})

    def advice(self, ego: Member, alter: Member, close: float) -> int:
        """0–4; below 2, where a tie counts, for a pair that is to have none."""
        value = sum(close >= step for step in (-0.35, 0.1, 0.7, 1.3))
        seldom = self.apart(ego, alter) or (alter.actor_id == self.unnamed and ego.wave == "2022")
        return min(value, 1) if seldom else value

    def trust(self, ego: Member, alter: Member, close: float) -> int:
        """1–5, or 0: does not know the person well enough to say."""
        if close < -0.9 and ego.school != alter.school:
            return 0
        value = max(1, min(5, int(3.45 + 0.85 * close + 0.75 * self.dice.bell())))
        return min(value, 2) if self.apart(ego, alter) else value

    def resources(self, ego: Member, advice: dict[Member, int]) -> list[Member]:
        """Whom ego had something from: mostly people asked for advice."""
        weights = {j: 0.15 + 1.0 * v * v for j, v in advice.items() if not self.apart(ego, j)}
        return self.dice.draw(weights, self.dice.whole(0, MOST_RESOURCES))

    def named_experts(self, ego: Member, others: list[Member], topic: str) -> list[Member]:
        """Whom ego would go to first on a topic."""
        weights = {}
        for j in others:
            if self.apart(ego, j):
                continue
            weight = 0.25 + 1.2 * (j.school == ego.school) + 0.5 * (j.level == ego.level)
            weight += 16.0 * (j.actor_id in self.known_for_all) + 11.0 * (j.actor_id in self.experts[topic])
            weights[j] = weight
        return self.dice.draw(weights, self.dice.pick([1, 2, 2, 3, 3, 3, 3]))


def _roster(community: Community) -> Table:
    """One row per person and wave. Partners were never asked, so nothing is known of their consent."""
    last = community.members["2022"]
    unseen = {at(last, "Summit School"), at(last, "Harbor School", "vice principal")}
    unseen |= {at(last, "Riverside School", "teacher leader", 3), at(last, "Cedar School", "vice principal")}
    research = {at(last, "Maple School"), at(last, "Northgate School", "teacher leader", 2)}
    rows: list[list[Cell]] = [
        ["actor_id", "name", "wave", "role", "school", "level", "years_in_role", "asked", "consent"]
    ]
    for member in (m for wave in WAVES for m in community.members[wave]):
        who, consent = member.actor_id, "full"
        if not member.asked:
            consent = ""
        elif who in unseen:
            consent = "no_named_display"
        elif who in research:
            consent = "research_only"
        elif who == community.refuser:
            consent = "refused"
        asked = "yes" if member.asked else "no"
        rows.append(
            [who, member.name, member.wave, member.role, member.school, member.level, member.years, asked, consent]
        )
    return rows


class Typist:
    """Types names, and keeps the list of those that names.csv must explain."""

    def __init__(self, dice: Dice) -> None:
        self.dice = dice
        self.explained: dict[str, tuple[str, str]] = {}

    def type(self, member: Member) -> str:
        """A member's name as typed."""
        text, slip = typed(self.dice, member.name, member.role)
        if slip and slip not in {"case", "spaces", "accents", "apostrophe"}:
            self.explained[text] = (member.actor_id, slip)
        return text

    def outsider(self) -> str:
        """Somebody who is not on the roster."""
        text = self.dice.pick(OUTSIDE)
        self.explained[text] = ("outside", "not on the roster")
        return text

    def table(self) -> Table:
        """names.csv."""
        rows = [[text, who, note] for text, (who, note) in sorted(self.explained.items())]
        return [["typed", "actor_id", "note"], *rows]


def _responses(community: Community, wave: str, typist: Typist) -> Table:
    """One row per respondent, one column per person and question, as a survey tool exports it."""
    dice, on_roster = community.dice, community.members[wave]
    ids = [member.actor_id for member in on_roster]
    by_id = dict(zip(ids, on_roster, strict=True))
    head: list[Cell] = ["actor_id", *(f"advice_{who}" for who in ids)]
    head += ["answered_trust", *(f"trust_{who}" for who in ids)]
    if wave >= RESOURCES_FROM:
        head += [f"resources_{part}{n}" for n in range(1, MOST_RESOURCES + 1) for part in ("name", "about")]
    head += [f"expert_{topic}_name{n}" for topic in TOPICS for n in range(1, MOST_EXPERTS + 1)]
    rows: list[list[Cell]] = [head]
    for who in community.answering[wave]:
        ego = by_id[who]
        skips = who == community.skipper and wave == "2022"
        discreet = who == community.discreet and wave == "2022"
        others = [member for member in on_roster if member is not ego]
        close = {j: community.closeness(ego, j) for j in others}
        advice = {j: community.advice(ego, j, close[j]) for j in others}
        trust = {j: community.trust(ego, j, close[j]) for j in others}
        if who in community.isolates and wave == "2022":
            advice, trust = dict.fromkeys(others, 0), {j: 3 * (j.school == ego.school) for j in others}
        in_words = wave == "2020" and dice.chance(0.3)  # typed in from paper forms
        row: list[Cell] = [who]
        for j in on_roster:
            lost = j is ego or dice.chance(0.005)
            row.append("" if lost else FREQUENCY[advice[j]] if in_words else advice[j])
        row.append("no" if skips else "refused" if discreet else "yes")
        for j in on_roster:
            silent = j is ego or skips or discreet or trust[j] == 0
            row.append("" if silent else AGREEMENT[trust[j]] if in_words else trust[j])
        if wave >= RESOURCES_FROM:
            row += [""] * 10 if skips else _resource_cells(community, ego, advice, typist, discreet)
        for topic in TOPICS:
            named = [j.name for j in community.named_experts(ego, others, topic)]
            if who in community.isolates or dice.chance(0.03):
                named = ["nobody"]
            row += [""] * MOST_EXPERTS if skips else (named + [""] * MOST_EXPERTS)[:MOST_EXPERTS]
        rows.append(row)
    return rows


def _resource_cells(
    community: Community, ego: Member, advice: dict[Member, int], typist: Typist, discreet: bool
) -> list[Cell]:
    """Typed names and what was received, name by name; `nobody` where there is none."""
    dice = community.dice
    alone = ego.actor_id in community.isolates and ego.wave == "2022"
    texts = [] if alone else [typist.type(j) for j in community.resources(ego, advice)]
    if ego.school != CUT_OFF and not alone and len(texts) < MOST_RESOURCES and dice.chance(0.07):
        texts.append(typist.outsider())
    cells: list[Cell] = []
    for text in texts:
        cells += [text, "" if dice.chance(0.1) else dice.pick(THINGS)]
    if not cells:
        cells = [dice.pick(["nobody", "nobody", "Nobody", "no one", "none"]), ""]
    if discreet:
        cells = ["prefer not to say", ""]
    return cells + [""] * (2 * MOST_RESOURCES - len(cells))


def build() -> dict[str, bytes]:
    """File name → content."""
    community = Community()
    typist = Typist(community.dice)
    made = {"roster.csv": csv_bytes(_roster(community))}
    for wave in WAVES:
        table = _responses(community, wave, typist)
        if wave == "2021":
            made[f"responses_{wave}.xlsx"] = xlsx_bytes(table, "Responses")
        else:
            made[f"responses_{wave}.csv"] = csv_bytes(table, bom=wave == "2020")
    made["names.csv"] = csv_bytes(typist.table())
    return made | _il_cop_events.build(community.dice, community.members["2022"])
