"""Core and periphery: a circle of people tied to one another, around them people who are not."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from sna.metrics.frames import actor_series, ratio
from sna.metrics.pieces import heard_of
from sna.networks.network import Floats, Network

Between = Literal["missing", "tied", "apart"]
Ints = npt.NDArray[np.int64]
_Found = tuple[float, set[tuple[int, ...]]]
_Pattern = tuple[Floats, Floats, Floats]
EXHAUSTIVE = 18
RESTARTS = 100
SAME = 1e-9
SWEEPS = 5_000
STILL = 1e-10


@dataclass(frozen=True)
class CorePeriphery:
    """The best division into core and periphery.

    Attributes:
        cores: the people of the core, in roster order; every division that fits equally well; none when there is a
            `reason`. More than one: the data do not say who is in the core.
        correlation: fit of the best division, −1 … 1; NaN when undefined.
        between: how ties between core and periphery were treated.
        people: those who answered or were named, and were divided.
        exhaustive: every division was looked at; else the best of many starts, which may miss a better one.
        reason: why there is no division; None when there is one.
    """

    cores: tuple[tuple[str, ...], ...]
    correlation: float
    between: Between
    people: int
    exhaustive: bool
    reason: str | None


@dataclass(frozen=True)
class Coreness:
    """How near each person is to the core.

    Attributes:
        values: Series on actor_id; NaN for people who neither answered nor were named.
        sse: what the values leave unexplained: the sum of squares over ordered pairs; NaN when undefined.
        reason: why there are no values; None when there are.
    """

    values: pd.Series[float]
    sse: float
    reason: str | None


def _in_order_of_name(network: Network) -> Ints:
    """Places of the people who answered or were named, by actor id, so that roster order decides nothing."""
    places = np.flatnonzero(heard_of(network))
    return np.array(sorted(places.tolist(), key=lambda i: network.actors[i]), dtype=np.int64)


def _too_little(network: Network, people: int, least: int) -> str | None:
    """Why there is nothing to divide; None when there is."""
    if network.n < least:
        return "too_few_nodes"
    if people < least:
        return "nonresponse"
    return None if network.matrix.nnz else "no_ties"


def _pattern(size: Floats, people: int, between: Between) -> _Pattern:
    """What the pattern says of divisions with a core of this size.

    Returns:
        The pairs that are compared; how many of them it ties; and how many it ties times how many it does not: 0 where
        core or periphery are too small for the division to be chosen.
    """
    core, periphery = size * (size - 1) / 2, (people - size) * (people - size - 1) / 2
    pairs = core + periphery if between == "missing" else np.full(size.shape, people * (people - 1) / 2)
    ones = pairs - periphery if between == "tied" else core
    return pairs, ones, np.where((size < 2) | (size > people - 2), 0.0, ones * (pairs - ones))


def _fit(inside: Floats, outside: Floats, pattern: _Pattern, ties: float, between: Between) -> Floats:
    """Correlation of ties with the pattern, for many divisions at once; −∞ where one of the two does not vary.

    Args:
        inside: ties within the core.
        outside: ties within the periphery.
        pattern: see `_pattern`.
        ties: pairs that are tied.
        between: see `core_periphery`.
    """
    pairs, ones, spread = pattern
    tied = inside + outside if between == "missing" else np.full(inside.shape, ties)
    hits = tied - outside if between == "tied" else inside
    fit = ratio(pairs * hits - ones * tied, np.sqrt(spread * tied * (pairs - tied)))
    return np.where(np.isnan(fit), -np.inf, fit)


def _every_division(union: Floats, between: Between) -> _Found:
    """The best of all divisions: subset k holds person i when bit i of k is set."""
    n = len(union)
    contacts = [sum(1 << j for j in np.flatnonzero(row).tolist()) for row in union]
    subsets = np.arange(2**n, dtype=np.int64)
    inside = np.zeros(2**n, dtype=np.int64)
    for i in range(n):
        # Subsets whose last person is i: the ties of the subset without i, and those of i with it.
        inside[2**i : 2 ** (i + 1)] = inside[: 2**i] + np.bitwise_count(subsets[: 2**i] & contacts[i])
    pattern = _pattern(np.bitwise_count(subsets).astype(float), n, between)
    fit = _fit(inside.astype(float), inside[::-1].astype(float), pattern, float(inside[-1]), between)
    best = float(fit.max())
    if not np.isfinite(best):
        return float("nan"), set()
    found = np.flatnonzero(fit >= best - SAME).tolist()
    return best, {tuple(i for i in range(n) if k >> i & 1) for k in found}


def _switched(union: sparse.csr_array, between: Between, rng: np.random.Generator) -> _Found:
    """The best that single-person switches reach from random starts; all starts go on side by side."""
    n = union.shape[0]
    degree = np.asarray(union.sum(axis=1), dtype=float)
    ties = degree.sum() / 2
    start = rng.integers(2, n - 1, size=RESTARTS)
    core = rng.permuted(np.tile(np.arange(n), (RESTARTS, 1)), axis=1) < start[:, None]
    near = np.asarray((union @ core.T.astype(float)).T, dtype=float)  # each person's ties to the core
    inside, size, touching = (core * near).sum(axis=1) / 2, core.sum(axis=1).astype(float), core @ degree
    fit = _fit(inside, ties - touching + inside, _pattern(size, n, between), ties, between)
    sign = 1.0 - 2.0 * core  # what a person's move adds to the size: −1 for those in the core
    ended: list[tuple[float, tuple[int, ...]]] = []
    while len(sign):
        # Only two sizes are one move away. Halves of whole numbers add up without rounding, and sooner than np.where.
        sizes = zip(_pattern(size - 1, n, between), _pattern(size + 1, n, between), strict=True)
        pairs, ones, spread = (((a + b) / 2)[:, None] + sign * ((b - a) / 2)[:, None] for a, b in sizes)
        then = inside[:, None] + sign * near
        left = ties - touching[:, None] - sign * degree + then
        after = _fit(then, left, (pairs, ones, spread), ties, between)
        person = after.argmax(axis=1)
        reached = after[np.arange(len(sign)), person]
        better = reached > fit + 1e-12
        if not better.all():
            stopped = zip(fit[~better].tolist(), sign[~better] < 0, strict=True)
            ended += [(value, tuple(np.flatnonzero(row).tolist())) for value, row in stopped]
            sign, near, person, reached = sign[better], near[better], person[better], reached[better]
            inside, size, touching = inside[better], size[better], touching[better]
        start = np.arange(len(sign))
        moved = sign[start, person]
        inside += moved * near[start, person]
        size += moved
        touching += moved * degree[person]
        near += moved[:, None] * union[person].toarray()
        sign[start, person] = -moved
        fit = reached
    best = max(value for value, _ in ended)
    if not np.isfinite(best):
        return float("nan"), set()
    return best, {people for value, people in ended if value >= best - SAME}


def core_periphery(network: Network, rng: np.random.Generator, between: Between = "missing") -> CorePeriphery:
    """Divide people into a core, tied to one another, and a periphery, not tied to one another, as well as it goes.

    Formula:
        the division with the largest Pearson correlation, over unordered pairs, of ties with the pattern: 1 within the
        core, 0 within the periphery; 2 ≤ core ≤ n − 2. Up to 18 people every division is looked at; beyond that, the
        best of 100 random starts, each improved by moving one person at a time until no move helps.
    Direction and strength:
        None: a tie counts when either person reports it (union). Strength not used.

    Args:
        network: one relation in one wave, n people.
        rng: where random starts come from; not touched up to 18 people.
        between: ties between core and periphery: "missing" (they count neither way), "tied" (the pattern expects
            them), "apart" (the pattern expects none). The answer depends on it.

    Returns:
        CorePeriphery: all divisions within 1e-9 of the best correlation, over the people who answered or were named.

    Undefined when:
        fewer than 4 people answered or were named (too_few_nodes, or nonresponse when the roster is longer), there is
        no tie (no_ties), or no division leaves ties that vary, as when all are tied to all (no_variation).
    Small n:
        there is always a best division, and unequal numbers of ties alone make one: it is no finding until it fits
        better than networks with the same numbers of ties. Two silent people have no tie: they look peripheral.
        Large n: the time grows with the square of the people, some seconds at 2,000.
    Reference:
        Borgatti & Everett (2000), Social Networks 21:375–395, doi:10.1016/S0378-8733(99)00019-2.

    >>> ties = [("a", "b"), ("b", "c"), ("c", "a"), ("a", "d"), ("b", "e")]
    >>> found = core_periphery(Network.from_ties(["a", "b", "c", "d", "e"], ties), np.random.default_rng(1))
    >>> found.cores, found.correlation
    ((('a', 'b'), ('a', 'b', 'c')), 1.0)
    """
    places = _in_order_of_name(network)
    n = len(places)
    reason = _too_little(network, n, 4)
    best, found = float("nan"), set[tuple[int, ...]]()
    if reason is None:
        union = network.union[places][:, places]
        if n <= EXHAUSTIVE:
            best, found = _every_division(union.toarray(), between)
        else:
            best, found = _switched(union, between, rng)
        reason = None if found else "no_variation"
    cores = sorted(sorted(places[list(core)].tolist()) for core in found)
    named = tuple(tuple(network.actors[i] for i in core) for core in cores)
    return CorePeriphery(named, best, between, n, n <= EXHAUSTIVE, reason)


def _unexplained(union: sparse.csr_array, values: Floats) -> float:
    squares = values**2
    fitted = values @ (union @ values)
    return float(union.nnz - 2 * fitted + squares.sum() ** 2 - (squares**2).sum())


def coreness(network: Network) -> Coreness:
    """How near each person is to the core, as a number: two people are the likelier tied the larger both numbers are.

    Formula:
        c ≥ 0 with least Σ_{i≠j} (U_ij − c_i c_j)² (MINRES), by taking each person in turn, in order of id,
        c_i = Σ_j U_ij c_j / Σ_{j≠i} c_j², until nothing changes by 1e-10; start: contacts / √(Σ contacts).
    Direction and strength:
        None: a tie counts when either person reports it (union). Strength not used.

    Args:
        network: one relation in one wave, n people.

    Returns:
        Coreness: Series on actor_id, 0 or more, 0 for people without ties; and the sum of squares left unexplained.

    Undefined when:
        fewer than 3 people answered or were named (too_few_nodes, or nonresponse when the roster is longer), there is
        no tie (no_ties), or nothing is least: around one person whose contacts are not tied to one another their
        number grows without end while all others fall to 0 (no_optimum; 5,000 rounds). For a person: they
        neither answered nor were named.
    Small n:
        it always finds a core. With several equally close circles it settles on one of them, and people of the others
        come out near 0: look at the pieces and communities first. Two silent people have no tie.
    Reference:
        Boyd, Fitzgerald, Mahutga & Smith (2010), Social Networks 32:125–137.

    >>> ties = [("a", "b"), ("b", "c"), ("c", "a"), ("a", "d")]
    >>> coreness(Network.from_ties(["a", "b", "c", "d"], ties)).values.round(3).tolist()
    [1.409, 0.785, 0.785, 0.438]
    """
    places = _in_order_of_name(network)
    reason = _too_little(network, len(places), 3)
    everybody = np.full(network.n, np.nan)
    if reason is not None:
        return Coreness(actor_series(network, everybody, "coreness"), float("nan"), reason)
    union = network.union[places][:, places].tocsr()
    union.sort_indices()
    contacts = [union.indices[start:end] for start, end in pairwise(union.indptr.tolist())]
    degree = np.diff(union.indptr)
    values = degree / np.sqrt(degree.sum())
    tied = np.flatnonzero(degree).tolist()
    for _ in range(SWEEPS):
        before, total = values.copy(), float(values @ values)
        for i in tied:
            others = total - values[i] ** 2
            values[i] = values[contacts[i]].sum() / others if others > 0 else 0.0
            total = others + values[i] ** 2
        if np.abs(values - before).max() < STILL:
            everybody[places] = values
            return Coreness(actor_series(network, everybody, "coreness"), _unexplained(union, values), None)
    return Coreness(actor_series(network, everybody, "coreness"), float("nan"), "no_optimum")
