"""Whether attendance that rises or falls does so more than chance would: of one person, and of a community."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr

from sna.inference.chance import DRAWS, MOST_LISTED, Chance
from sna.inference.permutation import PermutationTest
from sna.metrics.frames import ratio
from sna.metrics.trend import concordance, ties_of
from sna.networks.network import Floats

# With more events than this the normal curve is used even without equal values.
MOST_EXACT = 33
MOST_SIGNS = 1_000


def mann_kendall(values: npt.ArrayLike) -> Floats:
    """How likely so steady a rise or fall is if the events had come in any order.

    Formula:
        two-sided p of Kendall's S: exact where no two values are equal and 33 at most are known; else by the normal
        curve with variance (k(k − 1)(2k + 5) − Σ t(t − 1)(2t + 5)) / 18, k known values, t of them the same.

    Args:
        values: (n, m): for each of n people a number at each of m events in order of time; NaN where not known.

    Returns:
        n numbers, 0–1.

    Undefined when:
        fewer than two values are known, or all are the same.
    Small n:
        with four events no p below .08; fewer than 8 are too few to speak of a trend. Where nearly all values are
        equal, the normal curve is rough: two absences, the last two of eight meetings, give .046 where .07 is right.
    Reference:
        Mann (1945), Econometrica 13:245–259, doi:10.2307/1907187; Kendall (1975), Rank Correlation Methods.

    >>> mann_kendall([[1, 1, .9, .95, .8, .85, .6, .7]]).round(3).tolist()
    [0.009]
    """
    v = np.asarray(values, dtype=float)
    known = (~np.isnan(v)).sum(axis=1)
    s = concordance(v)
    equal, cubes = ties_of(v)
    variance = (known * (known - 1) * (2 * known + 5) - cubes) / 18
    p = np.minimum(1.0, 2 * ndtr(-np.abs(ratio(s, np.sqrt(variance)))))
    for i in np.flatnonzero((equal == 0) & (known >= 2) & (known <= MOST_EXACT)).tolist():
        p[i] = exact_p(int(known[i]), int(abs(s[i])))
    return np.asarray(p, dtype=float)


def exact_p(n: int, s: int) -> float:
    """How likely |S| is at least `s` for n different values in random order.

    >>> round(exact_p(4, 6), 6), exact_p(4, 0)
    (0.083333, 1.0)
    """
    swaps = (n * (n - 1) // 2 - abs(s)) // 2
    return min(1.0, 2 * float(inversions(n)[: swaps + 1].sum()))


@lru_cache(maxsize=MOST_EXACT)
def inversions(n: int) -> Floats:
    """How likely 0, 1, 2, … pairs stand in the wrong order when n different values are in random order.

    >>> (inversions(3) * 6).round().tolist()
    [1.0, 2.0, 2.0, 1.0]
    """
    chances = np.ones(1)
    for k in range(2, n + 1):
        chances = np.convolve(chances, np.full(k, 1 / k))
    return chances


def steadily(
    present: npt.ArrayLike, places: npt.ArrayLike, rng: np.random.Generator, draws: int = DRAWS
) -> PermutationTest:
    """Whether the people of a community together come more, or less, as time goes on. The units are people.

    Formula:
        Σ_i U_i, U_i = Σ_k (place_ik − mean place of i) y_ik, y_ik = 1 present, 0 not. If nobody's attendance depends
        on time, U_i is as likely as −U_i: the null keeps each |U_i| and draws its sign.

    Args:
        present: (n, m): 1 present, 0 not; NaN where the event was not for the person or nobody can say.
        places: (n, m): each person's own numbering of these events, without gaps.
        rng: draws signs.
        draws: how many times, unless all signs are gone through (up to 14 people who sometimes came).

    Returns:
        PermutationTest; its chance is of the n' people with U_i ≠ 0.

    Undefined when:
        everybody came to all of their events, or to none (no_variation).
    Small n:
        with n' people no p below 2 / 2^n': five cannot reach .05. A robust (sandwich) error, even corrected for few
        people, finds a trend where there is none in up to 25 of 100 communities that hardly ever miss a meeting, which
        is why it is not used.
    Reference:
        Lehmann & Romano (2005), Testing Statistical Hypotheses, section 15.2 (randomization tests),
        doi:10.1007/0-387-27605-X.

    >>> falls = [[1, 1, 1, 0, 0]] * 6
    >>> test = steadily(falls, [range(5)] * 6, np.random.default_rng(1))
    >>> test.observed, test.p
    (-18.0, 0.03125)
    """
    null = "people whose attendance has nothing to do with time"
    y, at = np.asarray(present, dtype=float), np.asarray(places, dtype=float)
    known = ~np.isnan(y)
    middle = ratio(np.where(known, at, 0.0).sum(axis=1), known.sum(axis=1))
    own = np.where(known, (at - np.nan_to_num(middle)[:, None]) * np.nan_to_num(y), 0.0).sum(axis=1)
    own = own[np.abs(own) > 1e-9]
    if not len(own):
        return PermutationTest(float("nan"), None, null, "no_variation")
    if len(own) > MOST_SIGNS:
        # A sum of so many signs follows the normal curve, and drawing each takes minutes.
        values = rng.standard_normal(draws) * np.sqrt((own**2).sum())
        return PermutationTest(float(own.sum()), Chance.drawn(values), null)
    exact = 2 ** len(own) <= MOST_LISTED
    if exact:
        bits = (np.arange(2 ** len(own))[:, None] >> np.arange(len(own))) & 1
    else:
        bits = rng.integers(0, 2, size=(draws, len(own)))
    values = (2 * bits - 1) @ own
    chance = Chance(values, np.full(len(values), 1 / len(values)), True) if exact else Chance.drawn(values)
    return PermutationTest(float(own.sum()), chance, null)


__all__ = ["exact_p", "inversions", "mann_kendall", "steadily"]
