"""Whether the same people are named on different topics: agreement of rankings. Descriptions, none of them a test."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import numpy.typing as npt
import pandas as pd

from sna.metrics.frames import ratio
from sna.networks.network import Floats


def kendall_w(counts: npt.ArrayLike) -> float:
    """How far topics put people in the same order: 1 in all the same, about 1/T by chance.

    Formula:
        W = 12 S / (T² (N³ − N) − T Σ (c³ − c)), S = Σ_j (R_j − T (N + 1) / 2)², R_j the sum of person j's ranks, c the
        sizes of groups of people with equal counts in a topic.

    Args:
        counts: (T, N), nominations of N people on T topics.

    Returns:
        0–1; NaN when in every topic all people have the same count.

    Reference:
        Kendall & Babington Smith (1939), Annals of Mathematical Statistics 10:275–287, doi:10.1214/aoms/1177732186.

    >>> round(kendall_w([[4, 2, 0, 0, 1], [3, 3, 1, 0, 0], [5, 1, 1, 0, 0]]), 6)
    0.842424
    """
    rows = np.asarray(counts, dtype=float)
    topics, n = rows.shape
    if topics < 2 or n < 2:
        return float("nan")
    ranks = pd.DataFrame(rows).rank(axis=1).to_numpy()
    spread = ((ranks.sum(axis=0) - topics * (n + 1) / 2) ** 2).sum()
    tied = sum(int((size**3 - size).sum()) for size in (np.unique(row, return_counts=True)[1] for row in rows))
    return float(ratio(12 * spread, topics**2 * (n**3 - n) - topics * tied))


def top_overlap(counts: npt.ArrayLike, k: int = 3) -> float:
    """How many of the k people named most are the same in two topics, on average over pairs of topics, as a share.

    When people tie for the last places, each of them is in with the chance that drawing among them gives.

    Formula:
        mean over pairs of topics of Σ_j a_j b_j / k, a_j the chance that person j is among the first k of a topic.

    Args:
        counts: (T, N).
        k: how many of each topic; fewer than N.

    Returns:
        0–1; k/N for topics that have nothing to do with each other. NaN with fewer than two topics, or k ≥ N.

    >>> top_overlap([[5, 4, 3, 0, 0], [5, 0, 3, 4, 0]])
    0.6666666666666666
    """
    rows = np.asarray(counts, dtype=float)
    if len(rows) < 2 or k >= rows.shape[1]:
        return float("nan")
    first = np.array([_among_first(row, k) for row in rows])
    return float(np.mean([(a * b).sum() / k for a, b in combinations(first, 2)]))


def _among_first(row: Floats, k: int) -> Floats:
    """The chance of each person to be among the first k when ties are broken by lot."""
    last = np.sort(row)[-k]
    above, level = row > last, row == last
    return np.where(above, 1.0, np.where(level, (k - above.sum()) / level.sum(), 0.0))


def rank_biased_overlap(first: npt.ArrayLike, second: npt.ArrayLike, p: float = 0.9) -> float:
    """How far two full rankings agree, the front counting most: 1 the same, 0 nothing in common.

    Formula:
        RBO_ext = (1 − p) Σ_{d=1..D} p^{d−1} A_d + p^D A_D, A_d the share in common among the first d.

    Args:
        first: people in order, no ties.
        second: people in order, as many.
        p: how much the front counts, between 0 and 1: at .9 the first ten hold about 86 % of the weight.

    Returns:
        0–1; NaN for empty rankings.

    Reference:
        Webber, Moffat & Zobel (2010), ACM Transactions on Information Systems 28:20, doi:10.1145/1852102.1852106.

    >>> round(rank_biased_overlap([1, 2, 3, 4, 5], [5, 4, 3, 2, 1]), 6)
    0.737775
    """
    one, other = np.asarray(first).tolist(), np.asarray(second).tolist()
    if not one or len(one) != len(other):
        return float("nan")
    shared = [len(set(one[:d]) & set(other[:d])) / d for d in range(1, len(one) + 1)]
    weights = (1 - p) * p ** np.arange(len(one))
    return float(weights @ shared + p ** len(one) * shared[-1])
