"""Many tests at once: some are below .05 by chance alone."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sna.networks.network import Floats


def benjamini_hochberg(p: npt.ArrayLike) -> Floats:
    """p corrected for how many tests there are, so that of those below q at most the share q is by chance.

    Formula:
        q_(i) = min over j ≥ i of p_(j) · tests / j, at most 1; NaN stays NaN and is no test.
    Reference:
        Benjamini & Hochberg (1995), Journal of the Royal Statistical Society B 57:289–300,
        doi:10.1111/j.2517-6161.1995.tb02031.x.

    >>> benjamini_hochberg([0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205]).round(4).tolist()
    [0.008, 0.032, 0.0672, 0.0672, 0.0672, 0.08, 0.0846, 0.205]
    """
    found = np.asarray(p, dtype=float)
    tests = np.flatnonzero(~np.isnan(found))
    order = tests[np.argsort(found[tests], kind="stable")]
    scaled = found[order] * len(order) / np.arange(1, len(order) + 1)
    result = np.full(found.shape, np.nan)
    result[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return result
