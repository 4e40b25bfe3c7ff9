"""What chance alone gives: the values of a statistic under a null, all of them or draws from them."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np

from sna.networks.network import Bools, Floats

# Values that differ by rounding only are the same value (docs/methods.md).
SAME = 1e-12
# Up to so many members a reference set is listed in full instead of drawn from.
MOST_LISTED = 20_000
DRAWS = 4_999


@dataclass(frozen=True, eq=False)
class Chance:
    """The distribution of one statistic under one null.

    Attributes:
        values: the values, of draws or of all members of the reference set.
        weights: how likely each value is, adding up to 1.
        exact: all members are there; else the values are draws and an observed value counts as one more.
    """

    values: Floats
    weights: Floats
    exact: bool

    @classmethod
    def drawn(cls, values: Floats) -> Chance:
        """Draws, all alike likely."""
        return cls(values, np.full(len(values), 1 / max(len(values), 1)), False)

    @property
    def mean(self) -> float:
        """The expected value."""
        return float(self.values @ self.weights)

    @property
    def sd(self) -> float:
        """The standard deviation."""
        return sqrt(float((self.values - self.mean) ** 2 @ self.weights))

    def quantile(self, share: float) -> float:
        """The smallest value at or below which lies at least this share."""
        order = np.argsort(self.values, kind="stable")
        risen = np.cumsum(self.weights[order])
        return float(self.values[order][min(int(np.searchsorted(risen, share - SAME)), len(order) - 1)])

    def p_at_least(self, observed: float) -> float:
        """How likely a value as high as the observed one is; (b + 1) / (draws + 1) of draws, never 0."""
        return self._p(self.values >= observed - SAME)

    def p_at_most(self, observed: float) -> float:
        """How likely a value as low as the observed one is; (b + 1) / (draws + 1) of draws, never 0."""
        return self._p(self.values <= observed + SAME)

    def _p(self, extreme: Bools) -> float:
        if self.exact:
            return float(self.weights[extreme].sum())
        return float((np.count_nonzero(extreme) + 1) / (len(self.values) + 1))

    @property
    def smallest_p(self) -> float:
        """The smallest p that this reference set can give."""
        return float(self.weights.min()) if self.exact else 1 / (len(self.values) + 1)
