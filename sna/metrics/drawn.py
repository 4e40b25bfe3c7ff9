"""People drawn at random from a very large network, the ways from them, and how far off what they show may be."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import log
from typing import Generic, TypeVar

import numpy as np
from scipy import sparse

from sna.metrics.distance import Counts, reached_by_step
from sna.metrics.path_lengths import NEAR, Way
from sna.networks.network import Floats, Network

# A step is taken person by person while fewer than one in so many take it.
FEW = 10
DOUBT = 0.05

Found = TypeVar("Found")


@dataclass(frozen=True)
class Sampled(Generic[Found]):
    """An estimate of a measure.

    Attributes:
        values: what the exact measure returns: a Series on actor_id, or a number.
        draws: from how many people ways were searched.
        error: with probability .95 no value, of all people at once, lies farther than this from the exact one; 0 when
            everybody was drawn.
    """

    values: Found
    draws: int
    error: float


@dataclass(frozen=True, eq=False)
class Drawn:
    """Some people of a network, and their ways, which are searched once for every measure that rests on them.

    Attributes:
        network: one relation in one wave, n people.
        sources: places of k of them, drawn without replacement.
    """

    network: Network
    sources: Counts

    @classmethod
    def of(cls, network: Network, rng: np.random.Generator, draws: int) -> Drawn:
        """Draw so many people; everybody when there are fewer.

        >>> Drawn.of(Network.from_ties(["a", "b"], []), np.random.default_rng(1), 200).draws
        2
        """
        return cls(network, np.sort(rng.choice(network.n, size=min(draws, network.n), replace=False)))

    @property
    def draws(self) -> int:
        """How many people were drawn, k."""
        return len(self.sources)

    @property
    def scale(self) -> float:
        """What a sum over the people drawn is multiplied by to stand for everybody, n / k."""
        return self.network.n / self.draws if self.draws else float("nan")

    @cached_property
    def passing(self) -> Floats:
        """What passes through each person on shortest ways from the people drawn."""
        return dependencies(self.network.matrix, self.sources)

    def beyond(self, way: Way) -> Counts:
        """From (`in`) or to (`out`) how many of the people drawn each person has `NEAR` + 1, `NEAR` + 2, … steps."""
        return self._in if way == "in" else self._out

    @cached_property
    def _in(self) -> Counts:
        return reached_by_step(self.network.matrix, self.sources)[NEAR + 1 :]

    @cached_property
    def _out(self) -> Counts:
        return reached_by_step(self.network.matrix.T.tocsr(), self.sources)[NEAR + 1 :]

    def margins(self, means: Floats) -> tuple[Floats, Floats]:
        """How far below and how far above some means over the people drawn the means over everybody may lie.

        With probability .95 none of them lies farther. The numbers that are averaged lie between 0 and 1. Such a mean
        m of k independent draws with expectation p satisfies P(m ≤ p and D(m, p) ≥ x) ≤ exp(−k x), and the same above,
        D(m, p) = m ln(m/p) + (1 − m) ln((1 − m)/(1 − p)) (Hoeffding 1963, theorem 1); drawing without replacement
        only makes it smaller, because the mean of every convex function of the sum does (his theorem 4). Means near 0
        and 1 are far surer by this than by his theorem 2 (√(x/2)). The doubt is shared by both sides of all means.

        >>> Drawn.of(Network.from_ties(list("abcd"), []), np.random.default_rng(1), 2).margins(np.array([0.0]))
        (array([0.]), array([0.84188612]))
        """
        if self.draws >= self.network.n:
            return np.zeros(len(means)), np.zeros(len(means))
        level = log(2 * len(means) / DOUBT) / self.draws
        shares = np.clip(means, 0.0, 1.0)
        return _above(1.0 - shares, level), _above(shares, level)

    def margin(self, means: Floats) -> float:
        """The largest of all `margins`."""
        return max(float(side.max(initial=0.0)) for side in self.margins(means))


def _above(means: Floats, level: float) -> Floats:
    """How far above each mean the largest p lies for which D(mean, p) is no more than `level`, found by halving."""
    low, high = means.copy(), np.ones(len(means))
    rest = 1.0 - means
    with np.errstate(divide="ignore", invalid="ignore"):
        own = np.where(means > 0, means * np.log(means), 0.0) + np.where(rest > 0, rest * np.log(rest), 0.0)
        for _ in range(40):
            p = (low + high) / 2
            near = own - means * np.log(p) - np.where(rest > 0, rest * np.log1p(-p), 0.0) <= level
            low, high = np.where(near, p, low), np.where(near, high, p)
    return high - means


def dependencies(matrix: sparse.csr_array, sources: Counts) -> Floats:
    """Σ over the sources of the share of shortest ways to everybody else that run through each person (Brandes 2001).

    Args:
        matrix: n × n sparse of 0/1.
        sources: places of the people where ways begin.

    Returns:
        n numbers.

    >>> dependencies(sparse.csr_array([[0, 1, 0], [0, 0, 1], [0, 0, 0]]), np.array([0, 1])).tolist()
    [0.0, 1.0, 0.0]
    """
    n = matrix.shape[0]
    onward, back = matrix.tocsr(), matrix.T.tocsr()
    total = np.zeros(n)
    for begin in sources.tolist():
        steps = np.full(n, -1, dtype=np.int64)
        paths, passed = np.zeros(n), np.zeros(n)
        steps[begin], paths[begin] = 0, 1.0
        reached = [np.array([begin])]
        while len(reached[-1]):
            at, number = _one_step(reached[-1], paths[reached[-1]], onward, back, steps, -1)
            steps[at], paths[at] = len(reached), number
            reached.append(at)
        for step in range(len(reached) - 1, 1, -1):
            ahead = reached[step]
            at, share = _one_step(ahead, (1.0 + passed[ahead]) / paths[ahead], back, onward, steps, step - 1)
            passed[at] = paths[at] * share
        total += passed
    return total


def _one_step(
    at: Counts, values: Floats, along: sparse.csr_array, onto: sparse.csr_array, steps: Counts, wanted: int
) -> tuple[Counts, Floats]:
    """Places one step on, each once, and the sums of the values that arrive there.

    Args:
        at: places from which a step is taken.
        values: what each of them passes on, above 0.
        along: n × n sparse of 0/1, where steps lead.
        onto: its transpose, for when so many take a step that looking at every row is quicker than at theirs.
        steps: how many steps everybody is away.
        wanted: of the places, those that are so many steps away.
    """
    n = along.shape[0]
    if len(at) * FEW < n:
        row = sparse.csr_array((values, at, [0, len(at)]), shape=(1, n)) @ along
        kept = steps[row.indices] == wanted
        return row.indices[kept].astype(np.int64), row.data[kept]
    passing = np.zeros(n)
    passing[at] = values
    arriving = onto @ passing
    there = np.flatnonzero((steps == wanted) & (arriving > 0))
    return there, arriving[there]
