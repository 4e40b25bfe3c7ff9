"""Measures of ways in very large networks, estimated from the ways that begin or end at people drawn at random."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.sparse import csgraph

from sna.metrics.distance import Counts
from sna.metrics.drawn import Drawn, Sampled
from sna.metrics.frames import actor_series, answerers, namable, ratio
from sna.metrics.path_lengths import NEAR, Way, farthest_possible, people_near, possible_pairs, reachable_pairs
from sna.networks.network import Floats, Network

# How many people a run draws: for what passes through people, and for steps between them.
DRAWN_FOR_PASSING = 200
DRAWN_FOR_STEPS = 1_000


def betweenness_sampled(drawn: Drawn) -> Sampled[pd.Series[float]]:
    """How many of the shortest ways run through each person, from the ways that begin at some people.

    Formula:
        b(v) ≈ (n / k) Σ_{s drawn} δ_s(v), δ_s(v) = Σ_t σ_st(v) / σ_st, over k people drawn without replacement.
    Direction and strength:
        As `betweenness`, raw: ordered pairs.

    Args:
        drawn: k of the n people of a network.

    Returns:
        Sampled; `error` is n (n − 2) times the largest of `Drawn.margins` of the means of δ_s(v) / (n − 2). It is wide:
        no bound can rule out that all ways of ln(20) / k of the people run through somebody and none of these people
        was drawn. The order of the highest few is far more certain than it says.

    Undefined when:
        as for `betweenness`.
    Small n:
        not for small networks: the exact measure takes less than a second up to some thousand people.
    Reference:
        Brandes & Pich (2007), International Journal of Bifurcation and Chaos 17:2303–2318,
        doi:10.1142/S0218127407018403; Hoeffding (1963), Journal of the American Statistical Association 58:13–30,
        doi:10.1080/01621459.1963.10500830.

    >>> network = Network.from_ties(["a", "b", "c"], [("a", "b"), ("b", "c")])
    >>> found = betweenness_sampled(Drawn.of(network, np.random.default_rng(1), 3))
    >>> found.values.tolist(), found.error
    ([0.0, 1.0, 0.0], 0.0)
    """
    network, n = drawn.network, drawn.network.n
    if n < 3:
        return Sampled(actor_series(network, np.full(n, np.nan), "betweenness"), drawn.draws, 0.0)
    error = n * (n - 2) * drawn.margin(drawn.passing / (drawn.draws * (n - 2)))
    values = actor_series(network, drawn.passing * drawn.scale, "betweenness", answerers(network))
    return Sampled(values, drawn.draws, error)


def betweenness_normalised_sampled(drawn: Drawn) -> Sampled[pd.Series[float]]:
    """`betweenness_sampled` as a share of all ordered pairs of other people, (n − 1)(n − 2).

    >>> network = Network.from_ties(["a", "b", "c"], [("a", "b"), ("b", "c")])
    >>> betweenness_normalised_sampled(Drawn.of(network, np.random.default_rng(1), 3)).values.tolist()
    [0.0, 0.5, 0.0]
    """
    found, pairs = betweenness_sampled(drawn), (drawn.network.n - 1) * (drawn.network.n - 2)
    values = actor_series(drawn.network, ratio(found.values.to_numpy(), pairs), "betweenness_normalised")
    return Sampled(values, found.draws, found.error / max(pairs, 1))


def _steps_beyond(counts: Counts) -> Floats:
    """The numbers of steps of the rows of `Drawn.beyond`, as a column."""
    return np.arange(NEAR + 1, NEAR + 1 + len(counts), dtype=float)[:, None]


def _nearness(drawn: Drawn, way: Way) -> tuple[Floats, Floats]:
    """Σ 1 / steps over those within `NEAR` steps of each person, and over those of the people drawn who are beyond."""
    near, beyond = people_near(drawn.network, way)[1:], drawn.beyond(way)
    within = (near / np.arange(1, NEAR + 1)[:, None]).sum(axis=0)
    return within, (beyond / _steps_beyond(beyond)).sum(axis=0)


def _harmonic(drawn: Drawn, way: Way) -> tuple[Floats, float]:
    n = drawn.network.n
    within, beyond = _nearness(drawn, way)
    # 1 / steps is at most 1 / (NEAR + 1) for those beyond.
    error = drawn.margin(beyond * (NEAR + 1) / max(drawn.draws, 1)) * n / ((NEAR + 1) * max(n - 1, 1))
    return ratio(within + beyond * drawn.scale, n - 1), error


def harmonic_in_sampled(drawn: Drawn) -> Sampled[pd.Series[float]]:
    """How few steps along nominations others need to reach each person, from the ways that begin at some people.

    Formula:
        h_in(v) ≈ (Σ_{u: d ≤ 3} 1 / d(u, v) + (n / k) Σ_{u drawn, d > 3} 1 / d(u, v)) / (n − 1): those within three
        steps are all counted, the others by k people drawn without replacement.
    Direction and strength:
        As `harmonic_in`.

    Args:
        drawn: k of the n people of a network.

    Returns:
        Sampled; `error` is n / (4 (n − 1)) times the largest of `Drawn.margins` of the means of 4 / d over those beyond
        three steps.

    Undefined when:
        as for `harmonic_in`.
    Small n:
        not for small networks: the exact measure takes less than a second up to some thousand people.
    Reference:
        Eppstein & Wang (2004), Journal of Graph Algorithms and Applications 8:39–45; Hoeffding (1963), as
        `betweenness_sampled`.

    >>> network = Network.from_ties(["a", "b", "c"], [("a", "b"), ("b", "c")])
    >>> harmonic_in_sampled(Drawn.of(network, np.random.default_rng(1), 3)).values.tolist()
    [0.0, 0.5, 0.75]
    """
    values, error = _harmonic(drawn, "in")
    return Sampled(actor_series(drawn.network, values, "harmonic_in", namable(drawn.network)), drawn.draws, error)


def harmonic_out_sampled(drawn: Drawn) -> Sampled[pd.Series[float]]:
    """How few steps along nominations each person needs to reach others, from the ways that end at some people.

    Formula, direction, undefined, small n, reference:
        See `harmonic_in_sampled`, on the turned network.

    >>> network = Network.from_ties(["a", "b", "c"], [("a", "b"), ("b", "c")])
    >>> harmonic_out_sampled(Drawn.of(network, np.random.default_rng(1), 3)).values.tolist()
    [0.75, 0.5, 0.0]
    """
    values, error = _harmonic(drawn, "out")
    return Sampled(actor_series(drawn.network, values, "harmonic_out", answerers(drawn.network)), drawn.draws, error)


def _farness(drawn: Drawn, way: Way) -> tuple[Floats, Floats, int]:
    """Steps beyond the first `NEAR` + 1, as far as they are known and as they are estimated.

    Returns:
        For each person: Σ min(steps, `NEAR` + 1) over those within `NEAR` steps less `NEAR` + 1 for each of them; Σ
        (steps − `NEAR` − 1) over those of the people drawn who are farther; and the most that one of these can be.
    """
    near, beyond = people_near(drawn.network, way)[1:], drawn.beyond(way)
    within = ((np.arange(1, NEAR + 1) - (NEAR + 1))[:, None] * near).sum(axis=0).astype(float)
    farther = ((_steps_beyond(beyond) - (NEAR + 1)) * beyond).sum(axis=0)
    return within, farther, max(farthest_possible(drawn.network) - (NEAR + 1), 1)


def _all_reach_all(network: Network) -> bool:
    return bool(csgraph.connected_components(network.matrix, connection="strong")[0] == 1)


def _closeness(drawn: Drawn, way: Way) -> Sampled[pd.Series[float]]:
    network, n, name = drawn.network, drawn.network.n, f"closeness_{way}"
    if n < 2 or not _all_reach_all(network):
        return Sampled(actor_series(network, np.full(n, np.nan), name), drawn.draws, 0.0)
    within, farther, most = _farness(drawn, way)
    least = (NEAR + 1) * (n - 1) + within
    total = least + farther * drawn.scale
    below, above = drawn.margins(farther / (drawn.draws * most))
    values = (n - 1) / total
    high, low = (n - 1) / np.maximum(total - n * most * below, least), (n - 1) / (total + n * most * above)
    error = float(np.maximum(high - values, values - low).max())
    return Sampled(actor_series(network, values, name), drawn.draws, error)


def closeness_in_sampled(drawn: Drawn) -> Sampled[pd.Series[float]]:
    """How few steps along nominations the others need to reach each person, from the ways that begin at some people.

    Formula:
        C_in(v) ≈ (n − 1) / (Σ_{u≠v} min(d(u, v), 4) + (n / k) Σ_{u drawn, d > 4} (d(u, v) − 4)): those within three
        steps are all counted, the others by k people drawn without replacement.
    Direction and strength:
        As `closeness_in`.

    Args:
        drawn: k of the n people of a network.

    Returns:
        Sampled; `error` follows from `Drawn.margins` of the means of (d − 4) / (D − 4), D as `farthest_possible`.

    Undefined when:
        as for `closeness_in`; whether somebody does not reach somebody else is not estimated.
    Small n:
        not for small networks.
    Reference:
        As `harmonic_in_sampled`.

    >>> network = Network.from_ties(["a", "b", "c"], [("a", "b"), ("b", "c"), ("c", "a"), ("a", "c")])
    >>> closeness_in_sampled(Drawn.of(network, np.random.default_rng(1), 3)).values.round(4).tolist()
    [0.6667, 0.6667, 1.0]
    """
    return _closeness(drawn, "in")


def closeness_out_sampled(drawn: Drawn) -> Sampled[pd.Series[float]]:
    """How few steps along nominations each person needs to reach the others, from the ways that end at some people.

    Formula, direction, undefined, small n, reference:
        See `closeness_in_sampled`, on the turned network.

    >>> network = Network.from_ties(["a", "b", "c"], [("a", "b"), ("b", "c"), ("c", "a"), ("a", "c")])
    >>> closeness_out_sampled(Drawn.of(network, np.random.default_rng(1), 3)).values.round(4).tolist()
    [1.0, 0.6667, 0.6667]
    """
    return _closeness(drawn, "out")


def global_efficiency_sampled(drawn: Drawn) -> Sampled[float]:
    """How near people are to one another on the whole, from the ways that begin at some people.

    Formula:
        the sum of `harmonic_in_sampled` over all people, divided by r, the people who answered.
    Direction and strength:
        As `global_efficiency`.

    Args:
        drawn: k of the n people of a network.

    Returns:
        Sampled; `error` is n / (4 r) times the largest of `Drawn.margins` of the mean, over those drawn, of the mean of
        4 / d over those beyond three steps of them.

    Undefined when:
        as for `global_efficiency`.
    Small n:
        not for small networks.
    Reference:
        As `harmonic_in_sampled`.

    >>> network = Network.from_ties(["a", "b", "c"], [("a", "b"), ("b", "c")])
    >>> round(global_efficiency_sampled(Drawn.of(network, np.random.default_rng(1), 3)).values, 4)
    0.4167
    """
    network, n = drawn.network, drawn.network.n
    within, beyond = (part.sum() for part in _nearness(drawn, "in"))
    pairs = possible_pairs(network)
    margin = drawn.margin(np.array([beyond * (NEAR + 1) / max(drawn.draws * (n - 1), 1)]))
    error = margin * n * (n - 1) / ((NEAR + 1) * max(pairs, 1))
    return Sampled(float(ratio(within + beyond * drawn.scale, pairs)), drawn.draws, error)


def average_path_sampled(drawn: Drawn) -> Sampled[float]:
    """How many steps one person is from another, on average, from the ways that begin at some people.

    Formula:
        (Σ min(d, 4) + (n / k) Σ_{u drawn, d(u, v) > 4} (d(u, v) − 4)) / P, over the P ordered pairs with a path: which
        these are, and who is within three steps, is not estimated; k people drawn without replacement.
    Direction and strength:
        As `average_path`.

    Args:
        drawn: k of the n people of a network.

    Returns:
        Sampled; `error` is n (n − 1)(D − 4) / P times the largest of `Drawn.margins` of the mean, over those drawn, of
        the mean of (d − 4) / (D − 4), D as `farthest_possible`.

    Undefined when:
        as for `average_path`.
    Small n:
        not for small networks.
    Reference:
        As `harmonic_in_sampled`.

    >>> network = Network.from_ties(["a", "b", "c"], [("a", "b"), ("b", "c")])
    >>> round(average_path_sampled(Drawn.of(network, np.random.default_rng(1), 3)).values, 4)
    1.3333
    """
    network, n = drawn.network, drawn.network.n
    pairs = reachable_pairs(network)
    within, farther, most = _farness(drawn, "in")
    margin = drawn.margin(np.array([farther.sum() / max(drawn.draws * (n - 1) * most, 1)]))
    total = (NEAR + 1) * pairs + within.sum() + farther.sum() * drawn.scale
    return Sampled(float(ratio(total, pairs)), drawn.draws, margin * n * (n - 1) * most / max(pairs, 1))
