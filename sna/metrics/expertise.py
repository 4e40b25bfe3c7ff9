"""Whether nominations rest on the same few people."""

from __future__ import annotations

import numpy as np

from sna.metrics.concentration import effective_number, gini, top_share
from sna.metrics.degree import indegree
from sna.networks.network import Floats, Network


def _received(network: Network) -> Floats:
    """In-degrees of the people about whom somebody answered."""
    return np.asarray(indegree(network).dropna().to_numpy(), dtype=float)


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
    return float(gini(_received(network)))


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
    if network.n < 4:
        return float("nan")
    return float(top_share(_received(network), 3))


def effective_nominees(network: Network) -> float:
    """How many people, named equally often, would give the same concentration: few when a few receive nearly all.

    Formula:
        1 / Σ p², p = x / Σ x the shares of nominations, x in-degree.
    Direction and strength:
        Incoming nominations; strength not used.

    Args:
        network: one relation in one wave, n people.

    Returns:
        people, from 1 to the number who could be named.

    Undefined when:
        there are no ties, or fewer than two people could be named by somebody who answered.
    Small n:
        with 12 people naming three each, about 10 by chance alone; compare with chance.
    Reference:
        Laakso & Taagepera (1979), Comparative Political Studies 12:3–27, doi:10.1177/001041407901200101; the inverse of
        the Herfindahl–Hirschman index.

    >>> effective_nominees(Network.from_ties(["a", "b", "c"], [("a", "c"), ("b", "c"), ("c", "a"), ("b", "a")]))
    2.0
    """
    received = _received(network)
    return float(effective_number(received)) if len(received) > 1 else float("nan")
