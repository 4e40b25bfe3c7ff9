"""Would as many ties, placed anywhere, give as much? Conditional uniform graph tests of one network, and of two."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from math import comb, isnan

import numpy as np
import numpy.typing as npt

from sna.inference.chance import DRAWS, MOST_LISTED, Chance
from sna.metrics.concentration import gathered, gini
from sna.metrics.frames import ratio
from sna.networks.network import Bools, Floats, Network

# Cells held at once while networks are drawn.
CELLS = 4_000_000
Places = npt.NDArray[np.int64]
# Many networks (draws, n, n) on the same known cells (n, n) → one number each.
Stacked = Callable[[Floats, Bools], Floats]


def _reciprocity_adjusted(ties: Floats, known: Bools) -> Floats:
    """As `metrics.closure.reciprocity_adjusted`."""
    both = known & known.T
    there = ties * both
    count, cells = there.sum(axis=(1, 2)), float(both.sum())
    returned = (there * there.transpose(0, 2, 1)).sum(axis=(1, 2))
    d = ratio(count, cells)
    return ratio(ratio(returned, count) - d, 1 - d)


def _transitivity(ties: Floats, known: Bools) -> Floats:
    """As `metrics.closure.transitivity`."""
    steps = ties @ ties
    return ratio((steps * ties).sum(axis=(1, 2)), (steps * known).sum(axis=(1, 2)))


def _indegree_centralization(ties: Floats, known: Bools) -> Floats:
    """As `metrics.centralization.indegree_centralization`."""
    could = known.sum(axis=0)
    asked = could > 0
    if asked.sum() < 2:
        return np.full(len(ties), np.nan)
    return gathered(ties.sum(axis=1)[:, asked] / could[asked])


def _gini_indegree(ties: Floats, known: Bools) -> Floats:
    """As `metrics.expertise.gini_indegree`."""
    asked = known.any(axis=0)
    if asked.sum() < 2:
        return np.full(len(ties), np.nan)
    return gini(ties.sum(axis=1)[:, asked])


MEASURES: Mapping[str, Stacked] = {
    "reciprocity_adjusted": _reciprocity_adjusted,
    "transitivity": _transitivity,
    "indegree_centralization": _indegree_centralization,
    "gini_indegree": _gini_indegree,
}


def values_of(network: Network) -> dict[str, float]:
    """Each of `MEASURES` of one network; the same numbers as in the catalogue of measures.

    >>> ring = Network.from_ties(["a", "b", "c"], [("a", "b"), ("b", "c"), ("c", "a")])
    >>> values_of(ring)["indegree_centralization"], values_of(ring)["reciprocity_adjusted"]
    (0.0, -1.0)
    """
    ties = network.dense[None].astype(float)
    return {name: float(measure(ties, network.observed)[0]) for name, measure in MEASURES.items()}


def same_ties(network: Network, rng: np.random.Generator, draws: int = DRAWS) -> dict[str, Chance]:
    """What each of `MEASURES` is when as many ties as there are stand anywhere among the cells that are known.

    Formula:
        U | m: every set of m of the known cells is as likely as any other; m the ties of the network. Cells of people
        who did not answer, and single unknown cells, stay unknown in every draw.

    Args:
        network: one relation in one wave, n people.
        rng: places the ties.
        draws: how many times, unless there are no more than 20,000 ways, which are then all gone through.

    Returns:
        Measure → Chance; draws in which a measure is undefined are left out, so that there may be none.
    Small n:
        with few cells there are few ways; `Chance.smallest_p` says how small p can get.
    Reference:
        Anderson, Butts & Carley (1999), Social Networks 21:239–267, doi:10.1016/S0378-8733(99)00011-8.

    >>> pair = Network.from_ties(["a", "b", "c"], [("a", "b"), ("b", "a")])
    >>> chance = same_ties(pair, np.random.default_rng(1))["reciprocity_adjusted"]
    >>> chance.exact, len(chance.values), round(chance.p_at_least(1.0), 4)
    (True, 15, 0.2)
    """
    if draws < 1:
        raise ValueError(f"there must be one draw at least, not {draws}")
    known, m = network.observed, int(network.matrix.nnz)
    cells = np.flatnonzero(known.ravel())
    exact = comb(len(cells), m) <= MOST_LISTED
    found: dict[str, list[Floats]] = {name: [] for name in MEASURES}
    most = max(1, CELLS // max(network.n**2, 1))
    for chosen in _listed(len(cells), m, most) if exact else _drawn(len(cells), m, rng, draws, most):
        ties = np.zeros((len(chosen), network.n * network.n))
        if m:
            np.put_along_axis(ties, cells[chosen], 1.0, axis=1)
        stack = ties.reshape(-1, network.n, network.n)
        for name, measure in MEASURES.items():
            found[name].append(measure(stack, known))
    return {name: _chance(np.concatenate(parts), exact) for name, parts in found.items()}


def _chance(values: Floats, exact: bool) -> Chance:
    defined = values[~np.isnan(values)]
    return Chance(defined, np.full(len(defined), 1 / max(len(defined), 1)), exact)


def _listed(cells: int, m: int, most: int) -> Iterator[Places]:
    """Every set of m cells, `most` at a time."""
    sets = np.array(list(combinations(range(cells), m)), dtype=np.int64).reshape(comb(cells, m), m)
    for start in range(0, len(sets), most):
        yield sets[start : start + most]


def _drawn(cells: int, m: int, rng: np.random.Generator, draws: int, most: int) -> Iterator[Places]:
    """Sets of m cells drawn at random, `most` at a time."""
    for start in range(0, draws, most):
        order = rng.random((min(most, draws - start), cells))
        yield np.argpartition(order, m - 1, axis=1)[:, :m] if 0 < m < cells else np.argsort(order, axis=1)[:, :m]


@dataclass(frozen=True, eq=False)
class Difference:
    """One measure in two networks of different size and density.

    Attributes:
        observed: first − second; NaN with a `reason`.
        chance: the difference when the ties of each stand anywhere; None with a `reason`.
        null: the null hypothesis in words.
        reason: why there is no test; None when there is one.
    """

    observed: float
    chance: Chance | None
    null: str = "as many ties in each network, placed anywhere"
    reason: str | None = None

    @property
    def expected(self) -> float:
        """What the difference is on average by chance: sizes and numbers of ties alone."""
        return float("nan") if self.chance is None else self.chance.mean

    @property
    def p(self) -> float:
        """How likely a difference as far from this is, either way: twice the smaller tail, 1 at most."""
        if self.chance is None:
            return float("nan")
        return min(1.0, 2 * min(self.chance.p_at_least(self.observed), self.chance.p_at_most(self.observed)))


def difference(
    first: float, second: float, by_chance: tuple[Chance, Chance], rng: np.random.Generator, draws: int = DRAWS
) -> Difference:
    """Whether two networks differ in a measure by more than their sizes and numbers of ties alone would give.

    Formula:
        z₁ − z₂ beside z₁* − z₂*, g₁* ~ U | m₁ and g₂* ~ U | m₂ drawn independently.

    Args:
        first, second: the measure in each.
        by_chance: what it is by chance in each, from `same_ties` (or any other null of each).
        rng: brings values of the two together.
        draws: how many pairs are drawn, unless both are listed and have no more than 20,000 pairs.

    Undefined when:
        the measure is undefined in either (no_variation), or always so by chance (degenerate_null).
    Reference:
        Anderson, Butts & Carley (1999), Social Networks 21:239–267, doi:10.1016/S0378-8733(99)00011-8.

    >>> rng = np.random.default_rng(1)
    >>> same = Chance(np.array([0.0, 1.0]), np.array([0.5, 0.5]), True)
    >>> test = difference(1.0, 0.0, (same, same), rng)
    >>> test.observed, test.expected, test.p
    (1.0, 0.0, 0.5)
    """
    observed = first - second
    one, other = by_chance
    if isnan(observed):
        return Difference(observed, None, reason="no_variation")
    if not len(one.values) or not len(other.values):
        return Difference(observed, None, reason="degenerate_null")
    if one.exact and other.exact and len(one.values) * len(other.values) <= MOST_LISTED:
        values = (one.values[:, None] - other.values[None, :]).ravel()
        return Difference(observed, Chance(values, np.outer(one.weights, other.weights).ravel(), True))
    drawn = [rng.choice(chance.values, size=draws, p=chance.weights) for chance in by_chance]
    return Difference(observed, Chance.drawn(drawn[0] - drawn[1]))


__all__ = ["MEASURES", "Difference", "difference", "same_ties", "values_of"]
