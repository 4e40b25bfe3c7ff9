"""What one question of one wave yields: who answered, and what they said; shared by the four forms of answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from math import isnan

from sna.study import Relation
from sna.tables.finder import Finder
from sna.tables.people import IGNORED, OUTSIDE, Found, People, name_key
from sna.tables.values import Scale, yes_no

UNKNOWN = float("nan")
CONTRADICTED = {
    "refused": "did not want to answer this question",
    "no": "is said not to have answered this question",
    "nobody": "said that they name nobody",
}


@dataclass
class Answers(Finder):
    """The answers to one relation in one wave, filled by a reader.

    Attributes:
        status: actor id → status of docs/data-model.md.
        reports: (ego, alter) → strength; NaN for a single unknown cell, 0 for a plain no.
        details: (ego, alter) → follow-up name → text.
        beyond: (ego, `outside` or `unresolved`) → how many people they named who are not in the network.
        given: ego → how many people they named, whoever they are but themselves.
        outsiders: (ego, what texts that mean the same share) → the person outside the roster, as typed.
        refused_nominations: ties reported to people who refused consent, counted and not kept.
    """

    relation: Relation
    status: dict[str, str] = field(default_factory=dict)
    reports: dict[tuple[str, str], float] = field(default_factory=dict)
    details: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    refused_nominations: int = 0
    beyond: Counter[tuple[str, str]] = field(default_factory=Counter)
    given: dict[str, int] = field(default_factory=dict)
    outsiders: dict[tuple[str, str], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__post_init__()
        self.scale = Scale(self.relation)
        codes = self.roster.codes.get((self.relation.codes, self.wave.id), {})
        people = self.roster.in_wave[self.wave.id]
        self._people = replace(people, by_code=codes) if codes else people

    @property
    def people(self) -> People:
        """The roster's people, found by the codes of this file too."""
        return self._people

    def alter(self, ego: str | None, typed: str, row: int, column: str) -> Found:
        """The person named by ego; counted when they are not on the roster or cannot be matched."""
        found = self.person(typed, row, column, by=ego)
        if ego is not None and found.actor_id is None and found.how != IGNORED:
            self.beyond[(ego, OUTSIDE if found.how == OUTSIDE else "unresolved")] += 1
            if found.how == OUTSIDE:
                self.outsiders.setdefault((ego, name_key(typed)), typed)
        return found

    def value(self, text: str, row: int, column: str) -> float | None:
        """An answer's value: NaN when refused, None when it is not on the scale (noted)."""
        if self.scale.is_refused(text):
            return UNKNOWN
        strength = self.scale.strength(text)
        if strength is not None and self.scale.means_refused(strength):
            return UNKNOWN
        if strength is None:
            self.problems.add(
                "stops",
                self.file,
                "This value is outside the scale of the question.",
                f"Expected {self.scale.expected}.",
                row,
                column,
                text,
            )
        return strength

    def report(
        self, ego: str, alter: str, strength: float, row: int, column: str, details: dict[str, str] | None = None
    ) -> None:
        """Record one cell that was answered; nobody names themselves, a non-member or a person who refused."""
        if isnan(strength):
            return
        if alter in self.refusers:
            self.refused_nominations += strength > 0
            return
        if alter == ego:
            if strength > 0:
                self.problems.add(
                    "left out", self.file, "A person named themselves.", "Such a tie cannot exist.", row, column, ego
                )
            return
        if alter not in self.members:
            return
        earlier = self.reports.get((ego, alter))
        if earlier is not None:
            name = self.people.names[alter]
            self.problems.add(
                "used",
                self.file,
                "The same person is reported twice in one answer.",
                f"The higher value ({max(earlier, strength):g}) was used.",
                row,
                column,
                name,
            )
        if earlier is not None and earlier >= strength:
            return
        self.reports[(ego, alter)] = strength
        if details:
            self.details[(ego, alter)] = details

    def settle(
        self,
        ego: str,
        cells: dict[str, float | None],
        row: int | None,
        *,
        said: str | None = None,
        beyond: int = 0,
        valueless: Collection[str] = (),
        unlisted: Collection[str] = (),
    ) -> None:
        """Decide what an answer's empty cells mean and who counts as having answered.

        Args:
            ego: the respondent.
            cells: alter → value; NaN refused, None empty.
            row: where the answer stands, for remarks about it.
            said: what the `answered` column says (`yes`, `no`, `nobody`, `refused`) or None.
            beyond: how many more people they named who are not among the cells, such as people outside the roster.
            valueless: people they named without the value that was asked for.
            unlisted: people whom nobody could report, because the file has no column for them.
        """
        # Nobody names themselves: such a name is neither given nor unknown.
        cells = {alter: value for alter, value in cells.items() if alter != ego}
        refused = [a for a, v in cells.items() if v is not None and isnan(v)]
        given = [a for a, v in cells.items() if v is not None and not isnan(v)]
        open_ties = [a for a in valueless if a != ego and cells.get(a) is None]
        beyond += len(open_ties)
        named = sum((cells[a] or 0.0) > 0 for a in given) + beyond
        self.given[ego] = named
        if said in CONTRADICTED and named:
            self._remark(row, f"The person {CONTRADICTED[said]} and named somebody.", "What they named was used.")
            said = "yes"
        if self.relation.cap is not None and named > self.relation.cap:
            what = f'More people are named in "{self.relation.id}" than the cap of {self.relation.cap}.'
            self._remark(row, what, "All were used.", str(named))
        if said == "refused" or (refused and not given and not beyond):
            self.status[ego] = "refused"
            return
        anything = bool(given) or beyond > 0 or said in ("yes", "nobody")
        if said == "no" and given:
            self._remark(row, "The question is said not to be answered, and holds zeros.", "It counts as skipped.")
        if said == "no" or (not anything and self.relation.blank != "absent"):
            self.status[ego] = "skipped"
            return
        self.status[ego] = "answered"
        unknown = [*refused, *open_ties, *unlisted]
        if self.relation.blank == "unknown" and said != "nobody":
            unknown += [a for a, v in cells.items() if v is None]
        for alter in unknown:
            if alter != ego and alter in self.members:
                self.reports[(ego, alter)] = UNKNOWN

    def silence_is_no(self, ego: str) -> bool:
        """Whether the empty cells of somebody's answer say no, once it is settled."""
        return self.status.get(ego) == "answered" and self.relation.blank != "unknown"

    def _remark(self, row: int | None, problem: str, remedy: str, value: str | None = None) -> None:
        self.problems.add("used", self.file, problem, remedy, row, value=value)

    def said(self, text: str, row: int, column: str) -> str | None:
        """The `answered` column's word: yes, no, nobody, refused, or None when empty."""
        folded = text.casefold()
        if not folded:
            return None
        if self.scale.is_refused(text):
            return "refused"
        if self.scale.is_nobody(text):
            return "nobody"
        answer = True if folded == "answered" else False if folded == "skipped" else yes_no(text)
        if answer is not None:
            return "yes" if answer else "no"
        self.problems.add(
            "stops",
            self.file,
            "This does not say whether the question was answered.",
            "Write yes, no, nobody or refused.",
            row,
            column,
            text,
        )
        return None
