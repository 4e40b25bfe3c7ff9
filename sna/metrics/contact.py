"""One-to-one contact: how long somebody went without, how steady it was, how it changed. Kernels on arrays."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from sna.metrics.frames import ratio
from sna.networks.network import Floats


def longest_gap(days: Sequence[int], first: int, last: int) -> int:
    """The most days in a row without contact, from the first day to the last that is looked at.

    Formula:
        the largest number of days between one contact and the next, from the first day to the first contact, and from
        the last contact to the last day.

    Args:
        days: the days of contact as numbers, in any order, none before the first or after the last day.
        first: the first day that is looked at.
        last: the last day.

    Returns:
        days, 0 or more.

    >>> longest_gap([10, 3], first=1, last=12), longest_gap([], first=1, last=12)
    (7, 11)
    """
    marks = np.array([first, *sorted(days), last])
    return int(np.diff(marks).max())


def variation(counts: npt.ArrayLike, exposure: npt.ArrayLike) -> Floats:
    """How much contact varies from month to month: 0 the same rate in every month.

    Formula:
        coefficient of variation of the rates r_t = n_t / E_t: their standard deviation (over T months, not T − 1) /
        their mean. Months with E_t = 0 are left out.

    Args:
        counts: (..., T) contacts in each month.
        exposure: T numbers, such as the days on which people could have been seen, added up over people.

    Returns:
        (...), 0 or more; NaN without contact, or with fewer than two months.

    >>> variation([2, 2, 2], [30, 30, 30]).tolist(), variation([4, 0], [30, 30]).tolist()
    (0.0, 1.0)
    """
    there = np.asarray(exposure, dtype=float) > 0
    rates = np.asarray(counts, dtype=float)[..., there] / np.asarray(exposure, dtype=float)[there]
    if rates.shape[-1] < 2:
        return np.full(rates.shape[:-1], np.nan)
    return ratio(rates.std(axis=-1), rates.mean(axis=-1))


def reached(counts: npt.ArrayLike, days: npt.ArrayLike) -> Floats:
    """The share of months, of all people's, in which there was contact.

    Formula:
        #{(i, t): n_it > 0} / #{(i, t): E_it > 0}.

    Args:
        counts: (..., N, T) contacts of each person in each month.
        days: (N, T) on how many days each could have been seen.

    >>> reached([[2, 0], [1, 1]], [[30, 30], [0, 30]]).round(6).tolist()
    0.666667
    """
    could = np.asarray(days) > 0
    seen = (np.asarray(counts) > 0) & could
    return ratio(seen.sum(axis=(-2, -1)), could.sum())


def change_parts(first: npt.ArrayLike, second: npt.ArrayLike, before: npt.ArrayLike, after: npt.ArrayLike) -> Floats:
    """What each person adds to the numerator and the denominator of `change`: (2, N).

    >>> change_parts([4, 2], [1, 1], [10, 10], [10, 10]).tolist()
    [[0.5, 0.5], [2.0, 1.0]]
    """
    n1, n2, w1, w2 = (np.asarray(values, dtype=float) for values in (first, second, before, after))
    both = np.where((w1 > 0) & (w2 > 0), w1 + w2, np.inf)
    return np.array([n2 * w1 / both, n1 * w2 / both])


def change(first: npt.ArrayLike, second: npt.ArrayLike, before: npt.ArrayLike, after: npt.ArrayLike) -> float:
    """How much contact there was in the second term for each contact in the first, in as many weeks.

    Formula:
        Σ_i n_i2 W_i1 / (W_i1 + W_i2) over Σ_i n_i1 W_i2 / (W_i1 + W_i2): the rate ratio of Mantel and Haenszel, each
        person compared with themselves. The ratio of the two rates where all were there for as long.

    Args:
        first: N counts (or minutes) in the first term.
        second: N in the second.
        before: N weeks that each person was there in the first term.
        after: N weeks in the second.

    Returns:
        0 or more; 1 no change, .5 half as much. NaN without contact in the first term among people who were there in
        both; the others say nothing about change and do not count.

    Reference:
        Greenland & Robins (1985), Biometrics 41:55–68, doi:10.2307/2530643.

    >>> change([4, 2], [1, 2], [10, 10], [20, 20])
    0.25
    """
    later, earlier = change_parts(first, second, before, after).sum(axis=1)
    return float(ratio(later, earlier))


def rank_correlation(first: npt.ArrayLike, second: npt.ArrayLike) -> Floats:
    """Whether people who come first in one thing come first in the other: −1 in reverse, 0 no relation, 1 the same.

    Formula:
        Spearman's rank correlation: Pearson's correlation of the ranks, people who tie sharing the mean of theirs.

    Args:
        first: N numbers.
        second: (..., N) numbers.

    Returns:
        (...), −1 … 1; NaN when either is the same for everybody.

    Reference:
        Spearman (1904), American Journal of Psychology 15:72–101, doi:10.2307/1412159.

    >>> rank_correlation([1, 2, 3, 4], [[10, 20, 20, 40], [4, 3, 2, 1]]).round(6).tolist()
    [0.948683, -1.0]
    """
    x, y = (centred_ranks(values) for values in (first, second))
    return ratio(y @ x, np.sqrt((x**2).sum() * (y**2).sum(axis=-1)))


def centred_ranks(values: npt.ArrayLike) -> Floats:
    """The ranks of (..., N) numbers along the last axis, less their mean; those who tie share the mean of theirs.

    >>> centred_ranks([10, 20, 20, 40]).tolist()
    [-1.5, 0.0, 0.0, 1.5]
    """
    rows = np.asarray(values, dtype=float)
    ranks = pd.DataFrame(np.atleast_2d(rows)).rank(axis=1).to_numpy()
    return np.asarray((ranks - (rows.shape[-1] + 1) / 2).reshape(rows.shape), dtype=float)
