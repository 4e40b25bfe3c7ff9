"""Whether numbers rise or fall in the order of events: slopes and rank agreement with that order. Kernels on arrays.

Each takes `values` of shape (n, m): for each of n people a number at each of m events in order of time, NaN where it is
not known or the event was not for them.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from sna.metrics.frames import ratio
from sna.networks.network import Bools, Floats

SAME = 1e-12
# Pairs of events of so many people are held at once.
AT_ONCE = 4_000_000


def places_among(eligible: Bools) -> Floats:
    """Each person's own numbering of the events they could come to: 1, 2, …; NaN at the others.

    >>> places_among(np.array([[True, False, True]])).tolist()
    [[1.0, nan, 2.0]]
    """
    return np.where(eligible, np.cumsum(eligible, axis=1), np.nan)


def theil_sen(values: npt.ArrayLike, places: npt.ArrayLike) -> Floats:
    """How much a number typically changes from one event to the next: the median slope over all pairs of events.

    Formula:
        median over k < l of (v_l − v_k) / (place_l − place_k).

    Args:
        values: (n, m).
        places: (n, m), rising along each row: at which place each event stands for the person.

    Returns:
        n numbers, in units of `values` per place.

    Undefined when:
        fewer than two values are known.
    Small n:
        a few events make any slope; read it beside the p of `inference.trend.mann_kendall`.
    Reference:
        Theil (1950), Proc. Kon. Ned. Akad. v. Wetensch. A 53:386–392; Sen (1968), Journal of the American Statistical
        Association 63:1379–1389, doi:10.1080/01621459.1968.10480934.

    >>> shares = [[1, 1, .9, .95, .8, .85, .6, .7]]
    >>> theil_sen(shares, [range(8)]).round(6).tolist()
    [-0.05]
    """
    v, at = np.asarray(values, dtype=float), np.asarray(places, dtype=float)
    slopes = np.full(len(v), np.nan)
    early, late = _pairs(v.shape[1])
    for part in _parts(len(v), len(early)):
        each = ratio(v[part][:, late] - v[part][:, early], at[part][:, late] - at[part][:, early])
        told = ~np.isnan(each).all(axis=1)
        slopes[part][told] = np.nanmedian(each[told], axis=1)
    return slopes


def concordance(values: npt.ArrayLike) -> Floats:
    """Kendall's S: pairs of events of which the later has the higher number, less those where it has the lower.

    >>> concordance([[1, 1, .9, .95, .8, .85, .6, .7]]).tolist()
    [-21.0]
    """
    v = np.asarray(values, dtype=float)
    found = np.zeros(len(v))
    early, late = _pairs(v.shape[1])
    for part in _parts(len(v), len(early)):
        difference = np.nan_to_num(v[part][:, late] - v[part][:, early])
        found[part] = (difference > SAME).sum(axis=1) - (difference < -SAME).sum(axis=1)
    return found


def ties_of(values: npt.ArrayLike) -> tuple[Floats, Floats]:
    """(pairs of equal values, Σ t(t − 1)(2t + 5)) of each row, t how many values are the same.

    >>> [part.tolist() for part in ties_of([[1, 1, 1, 0, float("nan")]])]
    [[3.0], [66.0]]
    """
    v = np.asarray(values, dtype=float)
    pairs, cubes = np.zeros(len(v)), np.zeros(len(v))
    for part in _parts(len(v), v.shape[1] ** 2):
        with np.errstate(invalid="ignore"):
            alike = (np.abs(v[part][:, :, None] - v[part][:, None, :]) <= SAME).sum(axis=2)
        # Each of t equal values stands for itself: what belongs to all of them is divided among them.
        pairs[part] = np.maximum(alike - 1, 0).sum(axis=1) / 2
        cubes[part] = np.where(alike > 0, (alike - 1) * (2 * alike + 5), 0).sum(axis=1)
    return pairs, cubes


def tau(values: npt.ArrayLike) -> Floats:
    """How far a number agrees with the order of events: 1 it always rises, −1 it always falls (Kendall's τ_b).

    Formula:
        S / √(P (P − T)), P pairs of known values, T those with equal values.

    Undefined when:
        fewer than two values are known, or all are the same.
    Reference:
        Kendall (1945), Biometrika 33:239–251, doi:10.1093/biomet/33.3.239.

    >>> tau([[1, 1, .9, .95, .8, .85, .6, .7]]).round(3).tolist()
    [-0.764]
    """
    v = np.asarray(values, dtype=float)
    known = (~np.isnan(v)).sum(axis=1)
    pairs = known * (known - 1) / 2
    return ratio(concordance(v), np.sqrt(pairs * (pairs - ties_of(v)[0])))


def _pairs(m: int) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    return np.triu_indices(m, 1)


def _parts(n: int, each: int) -> Iterator[slice]:
    """Rows a few at a time, so that what is held for each does not fill the memory."""
    step = max(1, AT_ONCE // max(each, 1))
    return (slice(start, start + step) for start in range(0, n, step))


__all__ = ["concordance", "places_among", "tau", "theil_sen", "ties_of"]
