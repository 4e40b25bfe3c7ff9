"""Nominations as chance would have them, given who answered and how many names each gave: nulls A and C.

Null B has a module of its own. Counts are held as (draws, T, N): in each draw how often each of N nominees is named on
each of T topics.
"""

from __future__ import annotations

from itertools import combinations, permutations, product
from math import comb, factorial, prod

import numpy as np
import numpy.typing as npt

from sna.inference.chance import MOST_LISTED
from sna.metrics.fixity import Counts, Nominations

Places = npt.NDArray[np.int64]


def draw_no_experts(found: Nominations, rng: np.random.Generator, draws: int) -> Counts:
    """Null A: on each topic everybody draws as many names as they gave, from all whom they could have named.

    Args:
        found: who named whom.
        rng: draws the names.
        draws: how many times.

    Returns:
        (draws, T, N).
    """
    topics, people, n = found.named.shape
    counts = np.zeros((draws, topics, n), dtype=np.int64)
    for topic in range(topics):
        for person in range(people):
            names, could = int(found.named[topic, person].sum()), np.flatnonzero(found.open[topic, person])
            if names:
                chosen = could[_some_of(len(could), names, rng, draws)]
                counts[np.arange(draws)[:, None], topic, chosen] += 1
    return counts


def _some_of(n: int, k: int, rng: np.random.Generator, draws: int) -> Places:
    """(draws, k) different numbers below n, every set as likely as any other."""
    if k * k > n:
        return np.argpartition(rng.random((draws, n)), k - 1, axis=1)[:, :k]
    found = rng.integers(n, size=(draws, k))
    again = np.arange(draws)
    while len(again):
        ordered = np.sort(found[again], axis=1)
        again = again[(ordered[:, 1:] == ordered[:, :-1]).any(axis=1)]
        found[again] = rng.integers(n, size=(len(again), k))
    return found


def draw_unrelated(strata: Places, topics: int, rng: np.random.Generator, draws: int) -> Places:
    """Null C: within each topic nominees change places with others of their stratum, independently of other topics.

    Args:
        strata: N numbers; people change places with those of the same number only.
        topics: T.
        rng: deals the places.
        draws: how many times.

    Returns:
        (draws, T, N): the nominee whose nominations each person gets.
    """
    home = np.argsort(strata, kind="stable")
    keys = strata[None, None, :] + rng.random((draws, topics, len(strata)))
    given = np.empty(keys.shape, dtype=np.int64)
    given[:, :, home] = np.argsort(keys, axis=2)
    return given


def listed_no_experts(found: Nominations) -> list[dict[tuple[int, ...], int]] | None:
    """All members of null A, for each topic: counts of the nominees → in how many members they occur.

    None when a topic has more than `MOST_LISTED` members.
    """
    each = []
    for given, could in zip(found.named, found.open, strict=True):
        names, places = given.sum(axis=1).tolist(), [np.flatnonzero(row).tolist() for row in could]
        if prod(comb(len(may), k) for may, k in zip(places, names, strict=True)) > MOST_LISTED:
            return None
        each.append(_sums([list(combinations(may, k)) for may, k in zip(places, names, strict=True)], given.shape[1]))
    return each


def _sums(choices: list[list[tuple[int, ...]]], n: int) -> dict[tuple[int, ...], int]:
    """The counts of n places when everybody takes one of their choices → in how many ways they come about."""
    ways = {(0,) * n: 1}
    for options in choices:
        more: dict[tuple[int, ...], int] = {}
        for counts, times in ways.items():
            for taken in options:
                raised = list(counts)
                for place in taken:
                    raised[place] += 1
                more[tuple(raised)] = more.get(tuple(raised), 0) + times
        ways = more
    return ways


def listed_unrelated(counts: Counts, strata: Places) -> list[Counts] | None:
    """The pooled counts (N) of all members of null C; None when there are more than `MOST_LISTED`.

    Only how topics stand to one another matters: the first stays as it is.
    """
    sizes = np.unique(strata, return_counts=True)[1].tolist()
    orders = prod(factorial(size) for size in sizes)
    if orders ** (len(counts) - 1) > MOST_LISTED:
        return None
    inside = [np.flatnonzero(strata == one) for one in np.unique(strata)]
    moves = []
    for those in product(*(permutations(places.tolist()) for places in inside)):
        move = np.arange(counts.shape[1])
        for places, order in zip(inside, those, strict=True):
            move[places] = order
        moves.append(move)
    others = product(moves, repeat=len(counts) - 1)
    return [counts[0] + sum(row[move] for row, move in zip(counts[1:], chosen, strict=True)) for chosen in others]
