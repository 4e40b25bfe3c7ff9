"""Whether nominations rest on the same few people."""

from __future__ import annotations

import numpy as np

from sna.metrics.degree import indegree
from sna.metrics.frames import ratio
from sna.networks.network import Floats, Network


def _received(network: Network) -> Floats:
    """In-degrees in rising order, of the people about whom somebody answered."""
    received: Floats = np.sort(indegree(network).to_numpy())
    return received[~np.isnan(received)]


def gini_indegree(network: Network) -> float:
    """How unequally nominations are spread: 0 all are named alike, 1 one person receives all.

    Formula:
        G = Σ (2i − N − 1) x_(i) / (N Σ x), times N / (N − 1); x in-degree in rising order, N people who could be named.
    Direction and strength:
        Incoming nominations; strength not used.

    Args:
        network: one relation in one wave, n people.

    Returns:
        0–1; corrected for small N.

    Undefined when:
        there are no ties, or N < 2.
    Small n:
        mostly chance at these sizes: with 12 people naming three each, .28 on average and up to .39 by chance alone.
    Reference:
        Deltas (2003), Review of Economics and Statistics 85:226–234, doi:10.1162/rest.2003.85.1.226.

    >>> gini_indegree(Network.from_ties(["a", "b", "c"], [("a", "c"), ("b", "c")]))
    1.0
    """
    received = _received(network)
    n = len(received)
    ranks = 2 * np.arange(1, n + 1) - n - 1
    return float(ratio((ranks * received).sum(), (n - 1) * received.sum()))


def top3_share(network: Network) -> float:
    """The share of all nominations that goes to the three people named most.

    Formula:
        (x_(1) + x_(2) + x_(3)) / Σ x, x in-degree. When people tie for third place their shares are split pro rata,
        which leaves the sum what it is.
    Direction and strength:
        Incoming nominations; strength not used.

    Args:
        network: one relation in one wave, n people.

    Returns:
        share, 0–1.

    Undefined when:
        there are no ties, or n < 4 (three people would be everybody).
    Small n:
        3 of 12 people hold about .40 by chance when each names three; compare with chance.
    Reference:
        This project's convention (docs/methods.md).

    >>> ties = [("a", "b"), ("b", "a"), ("c", "a"), ("d", "a"), ("a", "c"), ("a", "d")]
    >>> round(top3_share(Network.from_ties(["a", "b", "c", "d"], ties)), 4)
    0.8333
    """
    received = _received(network)
    if network.n < 4:
        return float("nan")
    return float(ratio(received[-3:].sum(), received.sum()))
