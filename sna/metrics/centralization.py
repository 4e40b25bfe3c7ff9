"""How far a network gathers round one person (Freeman centralization)."""

from __future__ import annotations

import pandas as pd

from sna.metrics.centrality import betweenness_normalised, harmonic_in
from sna.metrics.concentration import gathered
from sna.metrics.degree import indegree_share, outdegree_share
from sna.networks.network import Network


def _centralization(shares: pd.Series[float]) -> float:
    """Σ (max − x) / (people with a value − 1), for a measure whose extreme is one person at 1 and the others at 0."""
    known = shares.dropna().to_numpy()
    if len(known) < 2:
        return float("nan")
    return float(gathered(known))


def indegree_centralization(network: Network) -> float:
    """How far nominations gather on one person: 0 all are named alike, 1 everybody names the same person only.

    Formula:
        Σ_j (max_k k_in(k)/r_k − k_in(j)/r_j) / (N − 1), r_j observed cells of column j, N people with r_j > 0.
        With full response Σ (max − k_in) / (n − 1)².
    Direction and strength:
        Incoming nominations; strength not used.

    Args:
        network: one relation in one wave, n people.

    Returns:
        0–1.

    Undefined when:
        fewer than two people could be named by somebody who answered.
    Small n:
        about .2–.3 arises by chance with 9–18 people naming three each: compare with chance.
    Reference:
        Freeman (1979), Social Networks 1:215–239, doi:10.1016/0378-8733(78)90021-7. The denominator r_j is this
        project's, checked by simulation only.

    >>> indegree_centralization(Network.from_ties(["a", "b", "c"], [("a", "c"), ("b", "c")], answered=["a", "b"]))
    1.0
    """
    return _centralization(indegree_share(network))


def outdegree_centralization(network: Network) -> float:
    """How far naming is left to one person: 0 all name equally many, 1 one names everybody and nobody else anyone.

    Formula:
        Σ_i (max_k x_k − x_i) / (r − 1) over the r people who answered, x share of observed cells they name.
        With full response Σ (max − k_out) / (n − 1)².
    Direction and strength:
        Outgoing nominations; strength not used.

    Args:
        network: one relation in one wave, n people.

    Returns:
        0–1.

    Undefined when:
        fewer than two people answered.
    Small n:
        says as much about how people fill in questionnaires as about ties.
    Reference:
        Freeman (1979), Social Networks 1:215–239, doi:10.1016/0378-8733(78)90021-7.

    >>> outdegree_centralization(Network.from_ties(["a", "b", "c"], [("c", "a"), ("c", "b")]))
    1.0
    """
    return _centralization(outdegree_share(network))


def betweenness_centralization(network: Network) -> float:
    """How far the ways between people run through one person only.

    Formula:
        Σ_i (max_k b_k − b_i) / (r − 1) over the r people who answered, b betweenness / ((n − 1)(n − 2)).
        With full response Freeman's Σ (max − b) / ((n − 1)²(n − 2)) on raw values.
    Direction and strength:
        Follows nominations; the same on the turned network. Strength not used.

    Args:
        network: one relation in one wave, n people.

    Returns:
        0–1.

    Undefined when:
        fewer than two people answered, or n < 3.
    Small n:
        rests on the least certain actor measure there is; see `betweenness`.
    Reference:
        Freeman (1979), Social Networks 1:215–239, doi:10.1016/0378-8733(78)90021-7.

    >>> star = [("a", "b"), ("b", "a"), ("a", "c"), ("c", "a"), ("a", "d"), ("d", "a")]
    >>> betweenness_centralization(Network.from_ties(["a", "b", "c", "d"], star))
    1.0
    """
    return _centralization(betweenness_normalised(network))


def harmonic_centralization(network: Network) -> float:
    """How far one person only is easily reached, while the others can hardly be reached at all.

    Formula:
        Σ_j (max_k h_k − h_j) / (N − 1) over the N people about whom somebody answered, h `harmonic_in`.
        The denominator is the largest possible sum: nobody is above 1 or below 0, and with everybody naming one
        person and nobody else it is reached. (For mutual ties only it would be (n − 2)/2.)
    Direction and strength:
        Being reached along nominations. Steps; strength not used.

    Args:
        network: one relation in one wave, n people.

    Returns:
        0–1; mutual ties alone cannot bring it above (n − 2) / (2(n − 1)).

    Undefined when:
        fewer than two people could be named by somebody who answered.
    Small n:
        paths through people who did not answer are missing; compare with chance.
    Reference:
        Freeman (1979), Social Networks 1:215–239, doi:10.1016/0378-8733(78)90021-7, for centralization; Boldi & Vigna
        (2014), Internet Mathematics 10:222–262, doi:10.1080/15427951.2013.865686, for the measure it is taken of.

    >>> harmonic_centralization(Network.from_ties(["a", "b", "c", "d"], [("a", "d"), ("b", "d"), ("c", "d")]))
    1.0
    """
    return _centralization(harmonic_in(network))
