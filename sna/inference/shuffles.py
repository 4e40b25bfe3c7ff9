"""Who could be in which group: every way in which groups of these sizes could hold these people, or draws from them."""

from __future__ import annotations

from itertools import combinations
from math import factorial, prod

import numpy as np
import numpy.typing as npt

from sna.inference.chance import DRAWS, MOST_LISTED
from sna.metrics.frames import Codes


def shuffled(
    codes: Codes, rng: np.random.Generator, draws: int = DRAWS, strata: npt.NDArray[np.generic] | None = None
) -> tuple[Codes, bool]:
    """The groups of n people after shuffling them among the groups.

    With ties that people reported, `strata` is who answered. Else a group that was not asked (partners, say) would seem
    to keep to itself or not, because nobody can say whom its people name: with one silent group of six among 24 people,
    a test of the E-I index at .05 then rejects more than half of the time.

    Args:
        codes: each person's group as a number from 0; everybody has one.
        rng: shuffles.
        draws: how many times, unless there are no more than 20,000 different ways, which are then all listed.
        strata: people change places with those only who have the same value here; None: with everybody.

    Returns:
        (ways, n): the group of each person in each way; and whether these are all ways there are.

    >>> ways, exact = shuffled(np.array([0, 0, 1]), np.random.default_rng(1))
    >>> ways.tolist(), exact
    ([[0, 0, 1], [0, 1, 0], [1, 0, 0]], True)
    >>> shuffled(np.array([0, 0, 1]), np.random.default_rng(1), strata=np.array([True, False, True]))[0].tolist()
    [[0, 0, 1], [1, 0, 0]]
    """
    if draws < 1:
        raise ValueError(f"there must be one draw at least, not {draws}")
    alike = [np.arange(len(codes))] if strata is None else [np.flatnonzero(strata == one) for one in np.unique(strata)]
    sizes = [np.bincount(codes[who]).tolist() for who in alike]
    ways = [factorial(sum(counts)) // prod(map(factorial, counts)) for counts in sizes]
    exact = prod(ways) <= MOST_LISTED
    many = prod(ways) if exact else draws
    found = np.empty((many, len(codes)), dtype=np.int64)
    if exact:
        places = np.unravel_index(np.arange(many), ways) if ways else []
        for who, counts, place in zip(alike, sizes, places, strict=True):
            found[:, who] = _listed(counts)[place]
    else:
        for who in alike:
            found[:, who] = rng.permuted(np.tile(codes[who], (many, 1)), axis=1)
    return found, exact


def _listed(sizes: list[int]) -> Codes:
    """Group after group chooses its people from those who are left."""
    n = sum(sizes)
    found = np.full((1, n), -1, dtype=np.int64)
    for group, size in enumerate(sizes):
        left = np.nonzero(found < 0)[1].reshape(len(found), -1)
        every = list(combinations(range(left.shape[1]), size))
        ways, chosen = len(every), np.array(every, dtype=np.int64).reshape(len(every), size)
        places = left[:, chosen].reshape(len(found) * ways, size)
        found = np.repeat(found, ways, axis=0)
        np.put_along_axis(found, places, group, axis=1)
    return found


__all__ = ["shuffled"]
