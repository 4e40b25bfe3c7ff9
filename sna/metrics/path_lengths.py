"""How long the ways between people are, over the whole network."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from sna.metrics.distance import Counts, near_by_step, reached_by_step
from sna.metrics.frames import answerers, ratio
from sna.metrics.pieces import ladder_of
from sna.networks.network import Bools, Network

Way = Literal["in", "out"]
# Everybody's ways are followed so many steps in networks of any size.
NEAR = 3


# One network is measured at a time, and about ten measures ask for the same steps.
@lru_cache(maxsize=2)
def people_by_step(network: Network, way: Way) -> Counts:
    """How many people reach each person (`in`), or are reached by them (`out`), along nominations in so many steps.

    Returns:
        steps × n array, read-only; row k counts the people whose shortest way takes exactly k steps. Row 0 is 0.

    >>> people_by_step(Network.from_ties(["a", "b", "c"], [("a", "b"), ("b", "c")]), "out").tolist()
    [[0, 0, 0], [1, 1, 0], [1, 0, 0]]
    """
    counts = reached_by_step(network.matrix if way == "in" else network.matrix.T.tocsr())
    counts.setflags(write=False)
    return counts


@lru_cache(maxsize=2)
def people_near(network: Network, way: Way) -> Counts:
    """The first rows of `people_by_step`, up to `NEAR` steps, for networks in which all steps are too many.

    >>> people_near(Network.from_ties(["a", "b", "c"], [("a", "b"), ("b", "c")]), "out").tolist()
    [[0, 0, 0], [1, 1, 0], [1, 0, 0], [0, 0, 0]]
    """
    counts = near_by_step(network.matrix.T.tocsr() if way == "in" else network.matrix, NEAR)
    counts.setflags(write=False)
    return counts


@lru_cache(maxsize=2)
def reachable_pairs(network: Network) -> int:
    """Ordered pairs of people of whom the first reaches the second along nominations, in any number of steps.

    >>> reachable_pairs(Network.from_ties(["a", "b", "c"], [("a", "b"), ("b", "c")]))
    3
    """
    ladder = ladder_of(network, network.matrix)
    sizes = [own.bit_count() for own in ladder.own]
    return sum(size * (above.bit_count() + size - 1) for size, above in zip(sizes, ladder.above, strict=True))


def farthest_possible(network: Network) -> int:
    """Steps that no shortest way exceeds, without a search from everybody; often more than `diameter`.

    From somebody who reaches one much connected person to somebody whom that person reaches, the way over that person
    is the longest there can be. All other ways stay among the people whom that person does not reach, or among those
    who do not reach that person, and within one piece of these.

    >>> farthest_possible(Network.from_ties(["a", "b", "c"], [("a", "b"), ("b", "c")]))
    2
    """
    matrix = network.matrix
    if not matrix.nnz:
        return 0
    named, names = (np.asarray(matrix.sum(axis=axis)).ravel() for axis in (0, 1))
    hub = int((named * names + (named + names) / network.n**2).argmax())
    longest = 0.0
    pieces = [0]
    for ties in (matrix, matrix.T.tocsr()):
        far = np.asarray(csgraph.dijkstra(ties, unweighted=True, indices=[hub]), dtype=float)[0]
        longest += far[np.isfinite(far)].max()
        pieces.append(_largest_piece(matrix, ~np.isfinite(far)) - 1)
    return max(int(longest), *pieces)


def _largest_piece(matrix: sparse.csr_array, members: Bools) -> int:
    """People in the largest piece of those who are left when all but the members are taken out."""
    left = matrix[members][:, members]
    if not left.shape[0]:
        return 0
    return int(np.bincount(csgraph.connected_components(left, directed=False)[1]).max())


def _pairs(network: Network) -> tuple[Counts, Counts]:
    """1, 2, … steps, and how many ordered pairs are so many steps apart."""
    pairs = people_by_step(network, "in")[1:].sum(axis=1)
    return np.arange(1, len(pairs) + 1, dtype=np.int64), pairs


def possible_pairs(network: Network) -> int:
    """Ordered pairs that start at somebody who answered: of the others nothing is known."""
    return int(answerers(network).sum()) * (network.n - 1)


def average_path(network: Network) -> float:
    """How many steps one person is from another, on average, where there is a way at all.

    Formula:
        mean of d(u, v) over the ordered pairs u ≠ v with a path; d steps along nominations.
    Direction and strength:
        Follows nominations; the same on the turned network. Steps; strength not used.

    Args:
        network: one relation in one wave, n people.

    Returns:
        steps, 1 … n − 1. Read `reachable_share` and `global_efficiency` beside it: in a network that falls apart it
        is short because the long ways are missing.

    Undefined when:
        nobody names anybody, nobody answered, or n < 2.
    Small n:
        paths through people who did not answer are missing or go a longer way round: never compare it between waves
        with different response.
    Reference:
        Watts & Strogatz (1998), Nature 393:440–442, doi:10.1038/30918.

    >>> round(average_path(Network.from_ties(["a", "b", "c"], [("a", "b"), ("b", "c")])), 4)
    1.3333
    """
    steps, pairs = _pairs(network)
    return float(ratio((steps * pairs).sum(), pairs.sum()))


def reachable_share(network: Network) -> float:
    """Of all pairs of people, the share in which the one reaches the other, directly or through others.

    Formula:
        #{(u, v): u ≠ v, d(u, v) < ∞} / (r (n − 1)), r the people who answered; n(n − 1) with full response.
    Direction and strength:
        Follows nominations; with full response the same on the turned network. Strength not used.

    Args:
        network: one relation in one wave, n people.

    Returns:
        share, 0–1. Pairs that start at somebody who did not answer are left out, not counted as no way.

    Undefined when:
        nobody answered, or n < 2.
    Small n:
        one tie can join two pieces; paths through people who did not answer are missing: it can only be too low.
    Reference:
        Wasserman & Faust (1994), Social Network Analysis, ch. 4, doi:10.1017/CBO9780511815478.

    >>> reachable_share(Network.from_ties(["a", "b", "c"], [("a", "b"), ("b", "c")]))
    0.5
    """
    return float(ratio(reachable_pairs(network), possible_pairs(network)))


def global_efficiency(network: Network) -> float:
    """How near people are to one another on the whole: 1 everybody names everybody, 0 nobody names anybody.

    Formula:
        Σ_{u≠v} 1 / d(u, v) / (r (n − 1)), 1/∞ = 0, over the r people u who answered; n(n − 1) with full response.
    Direction and strength:
        Follows nominations; with full response the same on the turned network. Steps; strength not used.

    Args:
        network: one relation in one wave, n people.

    Returns:
        0–1: the mean of `harmonic_out`. Pairs that start at somebody who did not answer are left out.

    Undefined when:
        nobody answered, or n < 2.
    Small n:
        never below density, and follows it closely: compare with the same number of ties placed at random.
    Reference:
        Latora & Marchiori (2001), Physical Review Letters 87:198701, doi:10.1103/PhysRevLett.87.198701.

    >>> round(global_efficiency(Network.from_ties(["a", "b", "c"], [("a", "b"), ("b", "c")])), 4)
    0.4167
    """
    steps, pairs = _pairs(network)
    return float(ratio((pairs / steps).sum(), possible_pairs(network)))


def diameter(network: Network) -> float:
    """How many steps the two people farthest apart are from one another, among those with a way at all.

    Formula:
        max of d(u, v) over the ordered pairs u ≠ v with a path; d steps along nominations.
    Direction and strength:
        Follows nominations; the same on the turned network. Steps; strength not used.

    Args:
        network: one relation in one wave, n people.

    Returns:
        steps, 1 … n − 1; pairs without a path are left out.

    Undefined when:
        nobody names anybody, nobody answered, or n < 2.
    Small n:
        one pair of people decides it; one tie more or less can change it by much.
    Reference:
        Wasserman & Faust (1994), Social Network Analysis, ch. 4, doi:10.1017/CBO9780511815478.

    >>> diameter(Network.from_ties(["a", "b", "c", "d"], [("a", "b"), ("b", "c")]))
    2.0
    """
    steps, _ = _pairs(network)
    return float(steps[-1]) if len(steps) else float("nan")
