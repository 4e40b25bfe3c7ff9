"""Are people who are rated more expert also named more? Kendall's τ, and what shuffled ratings give."""

from __future__ import annotations

from itertools import combinations
from math import factorial, isnan, prod

import numpy as np
import numpy.typing as npt

from sna.inference.chance import DRAWS, MOST_LISTED, Chance
from sna.inference.permutation import PermutationTest
from sna.metrics.agreement import kendall_tau
from sna.networks.network import Floats

FEWEST = 3


def rating_agreement(
    ratings: npt.ArrayLike, named: npt.ArrayLike, rng: np.random.Generator, draws: int = DRAWS
) -> PermutationTest:
    """Whether ratings and names go together more, or less, than if the same ratings were dealt to the people at random.

    Formula:
        τ_b of `metrics.agreement.kendall_tau`.

    Args:
        ratings: (N), how expert each of N people is.
        named: (N), how often each was named, as a share of those who could have.
        rng: deals the ratings.
        draws: how many times, unless there are no more than 20,000 different ways, which are then all gone through.

    Returns:
        PermutationTest; its `p` is of both tails.

    Undefined when:
        fewer than three people are rated (too_few_nodes); all are rated alike or named alike (no_variation).
    Small n:
        with four people no p below 1/12.
    Reference:
        Kendall (1945), Biometrika 33:239–251, doi:10.1093/biomet/33.3.239.

    >>> test = rating_agreement([1, 2, 3, 4], [0.1, 0.2, 0.5, 0.9], np.random.default_rng(1))
    >>> test.observed, round(test.p, 4)
    (1.0, 0.0833)
    """
    if draws < 1:
        raise ValueError(f"there must be one draw at least, not {draws}")
    null = "the same ratings, dealt to the people at random"
    rated, shares = np.asarray(ratings, dtype=float), np.asarray(named, dtype=float)
    if len(rated) < FEWEST:
        return PermutationTest(float("nan"), None, null, "too_few_nodes")
    observed = float(kendall_tau(shares, rated))
    if isnan(observed):
        return PermutationTest(observed, None, null, "no_variation")
    alike = np.unique(rated, return_counts=True)[1].tolist()
    exact = factorial(len(rated)) // prod(map(factorial, alike)) <= MOST_LISTED
    dealt = every_order(rated) if exact else _dealt(rated, rng, draws)
    values = kendall_tau(shares, dealt)
    chance = Chance(values, np.full(len(values), 1 / len(values)), True) if exact else Chance.drawn(values)
    return PermutationTest(observed, chance, null)


def every_order(values: Floats) -> Floats:
    """Every different order of these numbers, once: for each number in turn, all choices of the places still free.

    >>> every_order(np.array([1.0, 2.0, 1.0])).tolist()
    [[1.0, 1.0, 2.0], [1.0, 2.0, 1.0], [2.0, 1.0, 1.0]]
    """
    made, free = np.zeros((1, len(values))), np.arange(len(values))[None]
    for value, times in zip(*np.unique(values, return_counts=True), strict=True):
        places = np.array(list(combinations(range(free.shape[1]), int(times))))
        taken = np.zeros((len(places), free.shape[1]), dtype=bool)
        taken[np.arange(len(places))[:, None], places] = True
        ways = len(made)
        made, free, taken = (
            np.repeat(made, len(places), axis=0),
            np.repeat(free, len(places), axis=0),
            np.tile(taken, (ways, 1)),
        )
        rows = np.arange(len(made))[:, None]
        made[rows, free[taken].reshape(len(made), -1)] = value
        free = free[~taken].reshape(len(made), -1)
    return made


def _dealt(rated: Floats, rng: np.random.Generator, draws: int) -> Floats:
    """(draws, N): the ratings in another order each time."""
    return np.asarray(rng.permuted(np.tile(rated, (draws, 1)), axis=1), dtype=float)
