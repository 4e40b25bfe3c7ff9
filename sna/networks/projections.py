"""What shared attendance makes of pairs of people, one formula each: n × n tables beside those that `TwoMode` has.

All look at events for which both people were eligible. In the formulas a is the number of those at which both were, b
and c how many only one or the other came to, d how many neither came to. The diagonal is 0.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sna.networks.network import Floats
from sna.networks.two_mode import TwoMode


def inverse_size(two_mode: TwoMode) -> pd.DataFrame:
    """Each shared event counts 1 / people there: the fuller it was, the less it says of any two.

    Some call it hyperbolic; others call `TwoMode.newman` so.
    """
    size = two_mode.both_eligible.sum(axis=0)
    return _weighted(two_mode, np.divide(1.0, size, out=np.zeros_like(size), where=size > 0))


def pair_normalised(two_mode: TwoMode) -> pd.DataFrame:
    """Each event spreads 1 over all pairs of people there: 1 / (size · (size − 1) / 2)."""
    size = two_mode.both_eligible.sum(axis=0)
    return _weighted(two_mode, np.divide(2.0, size * (size - 1), out=np.zeros_like(size), where=size > 1))


def cosine(two_mode: TwoMode) -> pd.DataFrame:
    """Shared events / geometric mean of the events each came to (Ochiai): a / √((a + b)(a + c)), 0–1.

    NaN where one of them came to none for which both were eligible.
    """
    a, b, c, _ = _cells(two_mode)
    return _square(two_mode, _ratio(a, np.sqrt((a + b) * (a + c))))


def overlap(two_mode: TwoMode) -> pd.DataFrame:
    """Shared events / events of the one who came to fewer (Simpson): a / min(a + b, a + c), 0–1; NaN as `cosine`."""
    a, b, c, _ = _cells(two_mode)
    return _square(two_mode, _ratio(a, np.minimum(a + b, a + c)))


def phi(two_mode: TwoMode) -> pd.DataFrame:
    """The correlation of two people's attendance: (ad − bc) / √((a + b)(c + d)(a + c)(b + d)), −1 to 1.

    NaN where one of them came to all or none of the events for which both were eligible.
    """
    a, b, c, d = _cells(two_mode)
    return _square(two_mode, _ratio(a * d - b * c, np.sqrt((a + b) * (c + d) * (a + c) * (b + d))))


def bonacich(two_mode: TwoMode) -> pd.DataFrame:
    """Shared attendance freed of how often each came: (ad − √(ad·bc)) / (ad − bc), 0–1; 0.5 where ad = bc.

    NaN where there is no event for which both were eligible. Bonacich (1972), Sociological Methodology 4:176–185,
    doi:10.2307/270732.
    """
    a, b, c, d = _cells(two_mode)
    same, apart = a * d, b * c
    values = np.where(same == apart, 0.5, _ratio(same - np.sqrt(same * apart), same - apart))
    values[a + b + c + d == 0] = np.nan
    return _square(two_mode, values)


def _cells(two_mode: TwoMode) -> tuple[Floats, Floats, Floats, Floats]:
    """a, b, c, d of each pair."""
    came, could = two_mode.both_eligible, two_mode.eligible.astype(float)
    a, own = came @ came.T, came @ could.T
    return a, own - a, own.T - a, could @ could.T - own - own.T + a


def _weighted(two_mode: TwoMode, weight: Floats) -> pd.DataFrame:
    came = two_mode.both_eligible
    return _square(two_mode, (came * weight) @ came.T)


def _ratio(above: Floats, below: Floats) -> Floats:
    return np.divide(above, below, out=np.full_like(below, np.nan), where=below != 0)


def _square(two_mode: TwoMode, values: Floats) -> pd.DataFrame:
    np.fill_diagonal(values, 0.0)
    index = pd.Index(list(two_mode.actors), name="actor_id")
    return pd.DataFrame(values, index=index, columns=list(two_mode.actors))


__all__ = ["bonacich", "cosine", "inverse_size", "overlap", "pair_normalised", "phi"]
