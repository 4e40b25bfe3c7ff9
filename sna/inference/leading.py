"""Who leads: the same few, or in turn? Beside what chance gives when any of those present could have led."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb, prod

import numpy as np
import numpy.typing as npt

from sna.inference.chance import DRAWS, MOST_LISTED, Chance
from sna.inference.permutation import PermutationTest
from sna.metrics.concentration import effective_number, gini, hhi, theil
from sna.networks.network import Floats

# Who was at a session, and how many of them led.
Session = tuple[npt.NDArray[np.intp], int]
MEASURES: Mapping[str, Callable[[npt.ArrayLike], Floats]] = {
    "gini": gini,
    "hhi": hhi,
    "effective_number": effective_number,
    "theil": theil,
}
# Falls where concentration rises.
FALLING = frozenset({"effective_number"})
LEVEL = 0.05
# Draws × people that are held at once.
AT_ONCE = 4_000_000


@dataclass(frozen=True, eq=False)
class Leading:
    """How far leading gathers on few people.

    Attributes:
        counts: of each of N people, at how many sessions they led something.
        tests: name of a measure → its value beside chance.
        reason: why nothing can be said; None when something can.
    """

    counts: Floats
    tests: Mapping[str, PermutationTest]
    reason: str | None

    def p(self, measure: str, *, even: bool = False) -> float:
        """How likely leading so concentrated (or, if `even`, so evenly spread) is by chance."""
        test = self.tests[measure]
        return test.p_low if (measure in FALLING) is not even else test.p_high

    def label(self, p: float | None = None, p_even: float | None = None) -> str | None:
        """`the same few`, `in turn`, `as by chance`, or `undetermined` where chance can give anything; by the Gini.

        Args:
            p, p_even: in place of the p of the Gini, corrected for how many communities are looked at.
        """
        chance = self.tests["gini"].chance
        if self.reason is not None or chance is None:
            return None
        if (self.p("gini") if p is None else p) <= LEVEL:
            return "the same few"
        if (self.p("gini", even=True) if p_even is None else p_even) <= LEVEL:
            return "in turn"
        ends = chance.p_at_least(float(chance.values.max())), chance.p_at_most(float(chance.values.min()))
        return "undetermined" if min(ends) > LEVEL else "as by chance"


def leading(led: npt.ArrayLike, could: npt.ArrayLike, rng: np.random.Generator, draws: int = DRAWS) -> Leading:
    """Whether the same few lead, or members in turn, beside chance.

    Formula:
        counts of sessions led by each person; Gini, Herfindahl, effective number and Theil of them. Chance: at each
        session as many different people as led are drawn from those who were there. The unit is a person at a session:
        several stretches led by one person at one session are one turn, because they do not fall independently.

    Args:
        led: (m, N): whether each of N people led something at each of m sessions.
        could: (m, N): whether they were there; whoever led was.
        rng: draws.
        draws: how many times, unless there are no more than 20,000 ways, which are then all gone through.

    Returns:
        Leading.

    Undefined when:
        nobody is noted as having led (none_led), or fewer than two people were there (too_few_nodes).
    Small n:
        at few sessions a different leader each time is what chance gives, too: `undetermined`.

    >>> found = leading(np.eye(2)[[0] * 8], np.ones((8, 2)), np.random.default_rng(1))
    >>> found.label(), found.tests["gini"].observed, found.p("gini")
    ('the same few', 1.0, 0.0078125)
    """
    by, there = np.asarray(led, dtype=bool), np.asarray(could, dtype=bool)
    # Where nobody is noted as having led, nobody was drawn either.
    there = (there | by) & by.any(axis=1, keepdims=True)
    counts = by.sum(axis=0).astype(float)
    null = "any of those who were there might have led"
    if not by.any():
        return untold(counts, "none_led")
    if there.any(axis=0).sum() < 2:
        return untold(counts, "too_few_nodes")
    members = there.any(axis=0)
    values: dict[str, list[Floats]] = {name: [] for name in MEASURES}
    sizes = by.sum(axis=1).tolist()
    sessions = [(np.flatnonzero(row), size) for row, size in zip(there[:, members], sizes, strict=True) if size]
    exact = prod(comb(len(people), size) for people, size in sessions) <= MOST_LISTED
    n = int(members.sum())
    for drawn in [_listed(sessions, n)] if exact else _drawn(sessions, n, rng, draws):
        for name, kernel in MEASURES.items():
            values[name].append(kernel(drawn))
    tests = {}
    for name, kernel in MEASURES.items():
        found = np.concatenate(values[name])
        chance = Chance(found, np.full(len(found), 1 / len(found)), True) if exact else Chance.drawn(found)
        tests[name] = PermutationTest(float(kernel(counts[members])), chance, null)
    return Leading(counts, tests, None)


def untold(counts: Floats, reason: str) -> Leading:
    """Counts beside which no chance is drawn, and why."""
    return Leading(counts, dict.fromkeys(MEASURES, PermutationTest(float("nan"), None, "", reason)), reason)


def _listed(sessions: Sequence[Session], n: int) -> Floats:
    """Counts (ways, n) of sessions led, in every way in which those who were there might have led."""
    counts = np.zeros((1, n))
    for people, size in sessions:
        ways = np.zeros((comb(len(people), size), n))
        for row, chosen in enumerate(combinations(people.tolist(), size)):
            ways[row, list(chosen)] = 1
        counts = (counts[:, None, :] + ways[None, :, :]).reshape(-1, n)
    return counts


def _drawn(sessions: Sequence[Session], n: int, rng: np.random.Generator, draws: int) -> Iterator[Floats]:
    """As `_listed`, of draws, some at a time."""
    step = max(1, AT_ONCE // n)
    for start in range(0, draws, step):
        many = min(step, draws - start)
        counts, at = np.zeros((many, n)), np.arange(many)[:, None]
        for people, size in sessions:
            order = np.argpartition(rng.random((many, len(people))), size - 1, axis=1)[:, :size]
            counts[at, people[order]] += 1
        yield counts


__all__ = ["MEASURES", "Leading", "leading", "untold"]
