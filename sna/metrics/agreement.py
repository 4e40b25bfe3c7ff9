"""How far rankings agree: of people from topic to topic, of ratings with names. Descriptions, none of them a test."""

from __future__ import annotations

from itertools import combinations
from math import prod

import numpy as np
import numpy.typing as npt
import pandas as pd

from sna.metrics.frames import ratio
from sna.networks.network import Floats

# Cells of tables counted at one time.
AT_ONCE = 2_000_000


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
    first = np.array([_among_first(row, np.array([k]))[0] for row in rows])
    return float(np.mean([(a * b).sum() / k for a, b in combinations(first, 2)]))


def _among_first(row: Floats, depths: Floats) -> Floats:
    """(depths, N): the chance of each person to be among the first so many when ties are broken by lot."""
    ahead = (row[None, :] > row[:, None]).sum(axis=1)
    level = (row[None, :] == row[:, None]).sum(axis=1)
    return np.asarray(np.clip((depths[:, None] - ahead) / level, 0.0, 1.0), dtype=float)


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
    return _extrapolated(np.array([len(set(one[:d]) & set(other[:d])) / d for d in range(1, len(one) + 1)]), p)


def ranking_overlap(counts: npt.ArrayLike, p: float = 0.9) -> float:
    """How far topics put people in the same order, the front counting most, on average over pairs of topics.

    Formula:
        mean over pairs of topics of `rank_biased_overlap`, itself the mean over all ways of breaking ties by lot: it is
        linear in A_d, and the expected A_d is Σ_j a_j(d) b_j(d) / d, a_j(d) the chance that person j is among the first
        d of a topic. No lots are drawn; the mean of 200 lots comes near it.

    Args:
        counts: (T, N), nominations of N people on T topics.
        p: how much the front counts, between 0 and 1.

    Returns:
        0–1; `ranking_overlap_by_chance` for topics that have nothing to do with each other. NaN with fewer than two
        topics or two people.

    Small n:
        of few people most are among the first of any topic: compare with chance, never with other communities.
    Reference:
        Webber, Moffat & Zobel (2010), ACM Transactions on Information Systems 28:20, doi:10.1145/1852102.1852106.

    >>> ranking_overlap([[5, 4, 3, 2, 1], [4, 5, 3, 2, 1]]), round(ranking_overlap([[1, 1], [1, 1]]), 6)
    (0.9, 0.95)
    """
    rows = np.asarray(counts, dtype=float)
    if len(rows) < 2 or rows.shape[1] < 2:
        return float("nan")
    depths = np.arange(1.0, rows.shape[1] + 1)
    first = [_among_first(row, depths) for row in rows]
    shared = np.mean([(a * b).sum(axis=1) / depths for a, b in combinations(first, 2)], axis=0)
    return _extrapolated(shared, p)


def ranking_overlap_by_chance(n: int, p: float = 0.9) -> float:
    """`ranking_overlap` of topics that have nothing to do with each other, on average: A_d = d / n.

    >>> round(ranking_overlap_by_chance(12), 4)
    0.598
    """
    return _extrapolated(np.arange(1.0, n + 1) / n, p) if n > 1 else float("nan")


def _extrapolated(shared: Floats, p: float) -> float:
    """RBO of rankings that share so much among the first 1, 2, … people."""
    weights = (1 - p) * p ** np.arange(len(shared))
    return float(weights @ shared + p ** len(shared) * shared[-1])


def kendall_tau(one: npt.ArrayLike, other: npt.ArrayLike) -> Floats:
    """How far two orders of the same people agree: of two people, is the one who is ahead in one ahead in the other?

    Formula:
        τ_b = (pairs in the same order − pairs in opposite order) / √(pairs apart in one · pairs apart in the other).

    Args:
        one: (N), a number for each person.
        other: (..., N), one or many orders to compare with.

    Returns:
        (...), from −1 to 1; NaN where all people are alike in one of the two.

    Small n:
        with five people τ = .6 comes about in one of nine shuffles: read it with its p.
    Reference:
        Kendall (1945), Biometrika 33:239–251, doi:10.1093/biomet/33.3.239.

    >>> kendall_tau([1, 2, 3, 4], [[1, 2, 3, 4], [4, 3, 2, 1], [1, 1, 2, 2]]).round(6).tolist()
    [1.0, -1.0, 0.816497]
    """
    x = np.unique(np.asarray(one, dtype=float), return_inverse=True)[1]
    y = np.asarray(other, dtype=float)
    levels, ranks = np.unique(y, return_inverse=True)
    rows = ranks.reshape(prod(y.shape[:-1]), y.shape[-1])
    wide, deep = int(x.max(initial=-1)) + 1, len(levels)
    found = np.full(len(rows), np.nan)
    most = max(1, AT_ONCE // max(wide * deep, 1))
    for start in range(0, len(rows) if wide * deep else 0, most):
        part = rows[start : start + most]
        places = (np.arange(len(part))[:, None] * wide + x) * deep + part
        table = np.bincount(places.ravel(), minlength=len(part) * wide * deep).reshape(len(part), wide, deep)
        # Of each cell, the people who are behind in both orders, and those behind in one and ahead in the other.
        before = table.cumsum(axis=1) - table
        behind = before.cumsum(axis=2) - before
        ahead = before.sum(axis=2, keepdims=True) - before.cumsum(axis=2)
        agree = (table * (behind - ahead)).sum(axis=(1, 2))
        apart = [_apart(table.sum(axis=axis)) for axis in (2, 1)]
        found[start : start + most] = ratio(agree, np.sqrt(apart[0] * apart[1]))
    return found.reshape(y.shape[:-1])


def _apart(sizes: npt.NDArray[np.int64]) -> Floats:
    """Pairs of people who are not alike, from how many people there are of each kind (..., kinds)."""
    total = sizes.sum(axis=-1)
    return np.asarray((total * (total - 1) - (sizes * (sizes - 1)).sum(axis=-1)) / 2, dtype=float)
