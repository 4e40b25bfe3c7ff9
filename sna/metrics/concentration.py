"""How unequally counts are spread over people: of nominations, minutes, sessions led. Kernels on arrays.

Each takes counts of shape (..., N), one number for each of N people along the last axis, and returns shape (...). It is
NaN where nothing was counted, and where a single person was counted about. Ties among people change nothing.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sna.metrics.frames import ratio
from sna.networks.network import Floats


def gini(counts: npt.ArrayLike) -> Floats:
    """How unequally counts are spread: 0 all alike, 1 all with one person.

    Formula:
        Σ (2i − N − 1) x_(i) / (N Σ x) · N / (N − 1), x in rising order.
    Reference:
        Deltas (2003), Review of Economics and Statistics 85:226–234, doi:10.1162/rest.2003.85.1.226.

    >>> gini([3, 1, 1, 4, 1, 1, 2, 0]).round(6).tolist()
    0.450549
    """
    x = np.sort(np.asarray(counts, dtype=float), axis=-1)
    n = x.shape[-1]
    ranks = 2.0 * np.arange(1, n + 1) - n - 1
    return ratio((x * ranks).sum(axis=-1), (n - 1) * x.sum(axis=-1))


def shares(counts: npt.ArrayLike) -> Floats:
    """Each person's part of all that was counted; NaN for everybody where nothing was.

    >>> shares([3, 1]).tolist()
    [0.75, 0.25]
    """
    x = np.asarray(counts, dtype=float)
    return ratio(x, x.sum(axis=-1, keepdims=True))


def hhi(counts: npt.ArrayLike) -> Floats:
    """The chance that two countings drawn at random, with replacement, fall on the same person.

    Formula:
        Σ p², p shares (Herfindahl, Hirschman). From 1/N, all alike, to 1.

    >>> hhi([3, 1, 1, 4, 1, 1, 2, 0]).round(6).tolist()
    0.195266
    """
    return np.asarray((shares(counts) ** 2).sum(axis=-1), dtype=float)


def effective_number(counts: npt.ArrayLike) -> Floats:
    """How many people, named equally often, would give the same concentration.

    Formula:
        1 / Σ p². From 1 to N.
    Reference:
        Laakso & Taagepera (1979), Comparative Political Studies 12:3–27, doi:10.1177/001041407901200101.

    >>> effective_number([3, 1, 1, 4, 1, 1, 2, 0]).round(2).tolist()
    5.12
    """
    return ratio(1.0, hhi(counts))


def theil(counts: npt.ArrayLike) -> Floats:
    """How far counts are from being spread evenly, on a scale that splits into parts between and within groups.

    Formula:
        ln N + Σ p ln p. From 0, all alike, to ln N.
    Reference:
        Theil (1967), Economics and Information Theory, North-Holland.

    >>> theil([3, 1, 1, 4, 1, 1, 2, 0]).round(6).tolist()
    0.301208
    """
    p = shares(counts)
    return np.asarray(np.log(p.shape[-1]) + (p * np.log(np.where(p > 0, p, 1.0))).sum(axis=-1), dtype=float)


def theil_between(counts: npt.ArrayLike, groups: npt.ArrayLike) -> Floats:
    """The part of Theil's measure that lies between groups; the rest lies within them.

    Formula:
        Σ_g s_g ln(s_g / (n_g / N)), s_g the group's share, n_g its people.

    Args:
        counts: (..., N).
        groups: N numbers from 0, the group of each person.

    >>> theil_between([3, 1, 1, 4, 1, 1, 2, 0], [0, 0, 0, 1, 1, 1, 2, 2]).round(6).tolist()
    0.030878
    """
    codes = np.asarray(groups, dtype=np.int64)
    belongs = codes[:, None] == np.unique(codes)[None, :]
    held = shares(counts) @ belongs
    return np.asarray((held * np.log(np.where(held > 0, held, 1.0) / belongs.mean(axis=0))).sum(axis=-1), dtype=float)


def top_share(counts: npt.ArrayLike, k: int) -> Floats:
    """The part of all that was counted which falls on the k people with most.

    When people tie for the last place it is split among them, which leaves the sum what it is.

    >>> top_share([3, 1, 1, 4, 1, 1, 2, 0], 3).round(6).tolist()
    0.692308
    """
    x = np.sort(np.asarray(counts, dtype=float), axis=-1)
    return ratio(x[..., -k:].sum(axis=-1), x.sum(axis=-1))


def gathered(values: npt.ArrayLike) -> Floats:
    """How far values gather on one person, when its extreme is one person at 1 and all others at 0 (Freeman).

    Formula:
        Σ (max − x) / (N − 1).

    >>> gathered([1.0, 0.0, 0.0]).tolist(), gathered([0.5, 0.5]).tolist()
    (1.0, 0.0)
    """
    x = np.asarray(values, dtype=float)
    if not x.shape[-1]:
        return np.full(x.shape[:-1], np.nan)
    return ratio((x.max(axis=-1, keepdims=True) - x).sum(axis=-1), x.shape[-1] - 1)


def lorenz(counts: npt.ArrayLike) -> Floats:
    """The share of all that was counted which falls on the 0, 1, … N people with least: the Lorenz curve.

    Returns:
        (..., N + 1), rising from 0 to 1.

    >>> lorenz([3, 1]).tolist()
    [0.0, 0.25, 1.0]
    """
    x = np.sort(np.asarray(counts, dtype=float), axis=-1)
    risen = np.concatenate([np.zeros((*x.shape[:-1], 1)), np.cumsum(x, axis=-1)], axis=-1)
    return ratio(risen, x.sum(axis=-1, keepdims=True))
