"""What of the web of support one audience may look at: everything else is taken out before anything is counted.

Nothing that stands in a view depends on people who may not be seen, on what they said or on who named them.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from sna.metrics.support import receipt
from sna.networks import Network
from sna.results import Results
from sna.support import kinds_asked, left_behind, stated

# Headings above squares have room for so many letters.
LONG = 20


@dataclass(frozen=True, eq=False)
class View:
    """The kinds of support of one wave, among the people whom the audience may see.

    Attributes:
        results: everything computed; for words about kinds and waves, and for tests of whole networks.
        numbers: names and numbers may be told (researchers).
        wave: its id.
        kinds: a network for each kind.
        hidden: how many people were taken out.
    """

    results: Results
    numbers: bool
    wave: str
    kinds: tuple[Network, ...]
    hidden: int

    @property
    def least(self) -> int:
        """No figure is told about fewer people."""
        return 1 if self.numbers else self.results.study.suppress_below

    @property
    def wave_label(self) -> str:
        """The wave in words."""
        return self.results.study.wave(self.wave).label

    @property
    def labels(self) -> tuple[str, ...]:
        """The kinds in words: what the relation is about (`topic`), or else what it is called."""
        asked = [self.results.study.relation(kind.relation) for kind in self.kinds]
        return tuple(relation.topic or relation.label for relation in asked)

    @property
    def short(self) -> tuple[str, ...]:
        """The kinds in a word or two each: their labels, or where these are long the relations' ids.

        A first word that all have, such as `support_`, is left out.
        """
        if all(len(label) <= LONG for label in self.labels):
            return self.labels
        first, rest = zip(*(kind.relation.partition("_")[::2] for kind in self.kinds), strict=True)
        alike = len(set(first)) == 1 and all(rest)
        names = rest if alike else tuple(kind.relation for kind in self.kinds)
        return tuple(name.replace("_", " ") for name in names)

    @property
    def key(self) -> str:
        """What the short names mean, as a sentence; empty where they are the labels."""
        if self.short == self.labels:
            return ""
        return "; ".join(f"{short}: “{label}”" for short, label in zip(self.short, self.labels, strict=True)) + "."

    @cached_property
    def receipts(self) -> tuple[pd.DataFrame, ...]:
        """Of each kind, what each person receives."""
        return tuple(receipt(kind) for kind in self.kinds)

    @cached_property
    def status(self) -> pd.DataFrame:
        """`has`, `lacks` or `unknown` of each person who was asked or answered (rows), by kind (columns from 0)."""
        asked = np.any([kind.asked | kind.answered for kind in self.kinds], axis=0)
        return pd.DataFrame({at: found["status"] for at, found in enumerate(self.receipts)})[asked]

    @property
    def respondents(self) -> int:
        """People who answered about any kind."""
        return int(np.any([kind.answered for kind in self.kinds], axis=0).sum())

    @property
    def small(self) -> bool:
        """Too few people answered for anything to be told."""
        return self.respondents < self.least

    @cached_property
    def level(self) -> pd.Series[str] | None:
        """The level of each person; for managers null where few people have it. None where there are no levels."""
        declared = self.results.study.support
        found = stated(self.kinds[0], declared.level) if declared is not None else None
        if found is None or self.numbers:
            return found
        sizes = found[self.status.index].value_counts()
        return found.where(found.map(sizes).fillna(0) >= self.least)

    def counted(self, kind: int) -> tuple[int, int, int]:
        """How many have one kind, lack it, and of how many it is not known."""
        found = self.status[kind].value_counts()
        return int(found.get("has", 0)), int(found.get("lacks", 0)), int(found.get("unknown", 0))

    @cached_property
    def names(self) -> dict[str, str]:
        """The names that may be told: for managers, of people who agreed to that in every wave they are in."""
        actors = self.results.tables.actors
        latest = dict(zip(actors["actor_id"], actors["name"], strict=True))
        if self.numbers:
            return latest
        states = actors.groupby("actor_id")["consent"].agg(set)
        return {actor: name for actor, name in latest.items() if states[actor] == {"full"}}


def views(results: Results, audience: str, hidden: Collection[tuple[str, str]]) -> tuple[View, ...]:
    """Every wave in which kinds of support were asked about, the latest first."""
    found = []
    for wave in reversed(results.study.waves):
        kinds = kinds_asked(results.study, results.networks, wave.id)
        if not kinds:
            continue
        shown = {actor for actor in kinds[0].actors if (wave.id, actor) not in hidden}
        gone = kinds[0].n - len(shown)
        kept = tuple(kind.among(shown) for kind in kinds) if gone else kinds
        found.append(View(results, audience == "researcher", wave.id, kept, gone))
    return tuple(found)


@dataclass(frozen=True)
class Gone:
    """What became of those whose only source is not in the next survey: people, and cases (a person and a kind)."""

    gone: int
    people: int
    cases: int
    people_again: int
    again: int
    found: int


def gone_between(before: View, after: View) -> Gone:
    """The same, of the kinds asked about in both."""
    later = {kind.relation: kind for kind in after.kinds}
    pairs = [(kind, later[kind.relation]) for kind in before.kinds if kind.relation in later]
    tables = [left_behind(*pair) for pair in pairs]
    table = pd.concat(tables) if tables else pd.DataFrame({"gone": [], "now": []})
    again = table[table["now"].isin(["has", "lacks"])]
    return Gone(
        gone=int(table["gone"].nunique()),
        people=int(table.index.nunique()),
        cases=len(table),
        people_again=int(again.index.nunique()),
        again=len(again),
        found=int((again["now"] == "has").sum()),
    )
