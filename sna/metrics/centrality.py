"""Where a person stands on the paths and in the circles of a network."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.sparse import csgraph

from sna.metrics.distance import geodesics
from sna.metrics.frames import Direction, actor_series, answerers, directed, namable, ratio, turned
from sna.networks.network import Floats, Network


def betweenness(network: Network) -> pd.Series[float]:
    """How many of the shortest ways from one person to another run through this person.

    Formula:
        b(v) = Σ_{s≠v≠t} σ_st(v) / σ_st over ordered pairs; σ_st shortest paths from s to t, σ_st(v) those through v.
    Direction and strength:
        Follows nominations; the same on the turned network. Every present tie is one step; strength not used.

    Args:
        network: one relation in one wave, n people.

    Returns:
        Series on actor_id; ordered pairs, 0 … (n − 1)(n − 2); raw. Twice the undirected value on mutual ties. An
        isolate who answered has 0.

    Undefined when:
        the person did not answer (no way through them can be known), or n < 3.
    Small n:
        very sensitive to who did not answer (rank correlation .5–.7 at 30% silent); one tie more or less can
        reorder everybody.
    Reference:
        Freeman (1977), Sociometry 40:35–41, doi:10.2307/3033543; Brandes (2001), Journal of Mathematical Sociology
        25:163–177, doi:10.1080/0022250X.2001.9990249.

    >>> betweenness(Network.from_ties(["a", "b", "c"], [("a", "b"), ("b", "c")])).tolist()
    [0.0, 1.0, 0.0]
    """
    n = network.n
    if n < 3:
        return actor_series(network, np.full(n, np.nan), "betweenness")
    steps, paths = geodesics(network.matrix)
    reachable = np.isfinite(steps)
    back = network.matrix.T.tocsr()
    dependency = np.zeros((n, n))
    for length in range(int(steps[reachable].max()), 1, -1):
        arriving = ratio(np.where(steps == length, 1.0 + dependency, 0.0), paths)
        arriving[~reachable] = 0.0
        passed = np.asarray(arriving @ back, dtype=float)
        dependency += np.where(steps == length - 1, paths * passed, 0.0)
    return actor_series(network, dependency.sum(axis=0), "betweenness", answerers(network))


def betweenness_normalised(network: Network) -> pd.Series[float]:
    """The share of all ordered pairs of other people whose shortest ways run through this person.

    Formula:
        b(v) / ((n − 1)(n − 2)), with b from `betweenness`.
    Direction and strength:
        As `betweenness`.

    Args:
        network: one relation in one wave, n people.

    Returns:
        Series on actor_id; share, 0–1; pairs without any path count in the denominator.

    Undefined when:
        as for `betweenness`.
    Small n:
        as for `betweenness`.
    Reference:
        Freeman (1979), Social Networks 1:215–239, doi:10.1016/0378-8733(78)90021-7.

    >>> betweenness_normalised(Network.from_ties(["a", "b", "c"], [("a", "b"), ("b", "c")])).tolist()
    [0.0, 0.5, 0.0]
    """
    pairs = (network.n - 1) * (network.n - 2)
    return actor_series(network, ratio(betweenness(network).to_numpy(), pairs), "betweenness_normalised")


def _harmonic(network: Network, axis: int) -> Floats:
    steps, _ = geodesics(network.matrix)
    np.fill_diagonal(steps, np.inf)
    return ratio((1.0 / steps).sum(axis=axis), network.n - 1)


def harmonic_in(network: Network) -> pd.Series[float]:
    """How few steps along nominations others need to reach this person.

    Formula:
        h_in(v) = (1 / (n − 1)) Σ_{u≠v} 1 / d(u, v), where 1/∞ = 0.
    Direction and strength:
        Being reached along nominations (`harmonic_out` of the turned network). Steps; strength not used.

    Args:
        network: one relation in one wave, n people.

    Returns:
        Series on actor_id; 0–1; 1 when everybody names the person, 0 when nobody does.

    Undefined when:
        nobody else answered about this person, or n < 2.
    Small n:
        paths through people who did not answer are missing: values can only be too low.
    Reference:
        Marchiori & Latora (2000), Physica A 285:539–546, doi:10.1016/S0378-4371(00)00311-3; Boldi & Vigna (2014),
        Internet Mathematics 10:222–262, doi:10.1080/15427951.2013.865686.

    >>> harmonic_in(Network.from_ties(["a", "b", "c"], [("a", "b"), ("b", "c")])).tolist()
    [0.0, 0.5, 0.75]
    """
    return actor_series(network, _harmonic(network, 0), "harmonic_in", namable(network))


def harmonic_out(network: Network) -> pd.Series[float]:
    """How few steps along nominations this person needs to reach others.

    Formula:
        h_out(v) = (1 / (n − 1)) Σ_{u≠v} 1 / d(v, u), where 1/∞ = 0.
    Direction and strength:
        Reaching along nominations (`harmonic_in` of the turned network). Steps; strength not used.

    Args:
        network: one relation in one wave, n people.

    Returns:
        Series on actor_id; 0–1; 1 when the person names everybody, 0 when nobody.

    Undefined when:
        the person did not answer, or n < 2.
    Small n:
        as for `harmonic_in`.
    Reference:
        As for `harmonic_in`.

    >>> harmonic_out(Network.from_ties(["a", "b", "c"], [("a", "b"), ("b", "c")], answered=["a", "b"])).tolist()
    [0.75, 0.5, nan]
    """
    return actor_series(network, _harmonic(network, 1), "harmonic_out", answerers(network))


def eigenvector(network: Network, direction: Direction = "citation") -> pd.Series[float]:
    """How much a person is named by people who are themselves much named.

    Formula:
        λ x_j = Σ_i A_ij x_i with the largest λ, Σ x² = 1, on the largest set of people who all reach one another in
        both directions.
    Direction and strength:
        Incoming ties (as networkx and igraph; R sna::evcent follows outgoing ones). `direction="flow"` reads the
        network as things pass. Strength not used.

    Args:
        network: one relation in one wave, n people.
        direction: `citation` (as nominated) or `flow`.

    Returns:
        Series on actor_id; 0–1, unit length.

    Undefined when:
        the person stands outside that set, nobody reaches anybody in both directions, or two such sets are equally
        large (then for everybody).
    Small n:
        one tie can decide who belongs to the set.
    Reference:
        Bonacich (1972), Journal of Mathematical Sociology 2:113–120, doi:10.1080/0022250X.1972.9989806.

    >>> network = Network.from_ties(["a", "b", "c", "d"], [("a", "b"), ("b", "a"), ("b", "c"), ("c", "b"), ("a", "d")])
    >>> eigenvector(network).round(4).tolist()
    [0.5, 0.7071, 0.5, nan]
    """
    values = np.full(network.n, np.nan)
    matrix = directed(network, direction)
    if network.n >= 2:
        _, label = csgraph.connected_components(matrix, directed=True, connection="strong")
        sizes = np.bincount(label)
        largest = int(sizes.max())
        if largest >= 2 and (sizes == largest).sum() == 1:
            inside = np.flatnonzero(label == sizes.argmax())
            roots, vectors = np.linalg.eig(matrix.toarray()[np.ix_(inside, inside)].T)
            # On such a set the largest root is real and single, and its vector has one sign (Perron, Frobenius).
            vector = np.abs(vectors[:, roots.real.argmax()].real)
            values[inside] = vector / np.linalg.norm(vector)
    return actor_series(network, values, "eigenvector")


def pagerank(network: Network, direction: Direction = "citation") -> pd.Series[float]:
    """How often somebody would arrive at this person by following nominations, now and then starting afresh.

    Formula:
        p_j = (1 − d)/n + d Σ_i p_i (A_ij / k_out(i)), d = .85; whoever names nobody passes on evenly to everybody.
        Solved exactly, not by iteration.
    Direction and strength:
        Incoming ties. `direction="flow"` reads the network as things pass. Strength not used.

    Args:
        network: one relation in one wave, n people.
        direction: `citation` (as nominated) or `flow`.

    Returns:
        Series on actor_id; share, sums to 1 over everybody on the roster; 1/n without ties.

    Undefined when:
        nobody else answered about this person (read as flow against nominations: the person did not answer), or
        n < 2.
    Small n:
        people who did not answer count as naming nobody, which spreads their share evenly.
    Reference:
        Brin & Page (1998), Computer Networks 30:107–117, doi:10.1016/S0169-7552(98)00110-X.

    >>> pagerank(Network.from_ties(["a", "b", "c"], [("a", "c"), ("b", "c")])).round(4).tolist()
    [0.2128, 0.2128, 0.5745]
    """
    n, damping = network.n, 0.85
    if n < 2:
        return actor_series(network, np.full(n, np.nan), "pagerank")
    ties = directed(network, direction).toarray()
    passing = ties.sum(axis=1, keepdims=True)
    steps = np.where(passing > 0, ties / np.where(passing > 0, passing, 1.0), 1.0 / n)
    values = np.linalg.solve(np.eye(n) - damping * steps.T, np.full(n, (1.0 - damping) / n))
    known = answerers(network) if turned(network, direction) else namable(network)
    return actor_series(network, values, "pagerank", known)


def core(network: Network) -> pd.Series[float]:
    """The densest circle a person belongs to: everybody in it has at least this many ties inside it.

    Formula:
        the largest k such that the person is in a set whose members all have ≥ k ties within the set.
    Direction and strength:
        None: a tie counts when either person reports it (union). Strength not used.

    Args:
        network: one relation in one wave, n people.

    Returns:
        Series on actor_id; whole number, 0 … n − 1; not normalised.

    Undefined when:
        nobody answered, or n < 2. Available ties are used for people who did not answer.
    Small n:
        takes few different values; a label of a circle, not a rank order.
    Reference:
        Seidman (1983), Social Networks 5:269–287, doi:10.1016/0378-8733(83)90028-X.

    >>> core(Network.from_ties(["a", "b", "c", "d"], [("a", "b"), ("b", "c"), ("c", "a"), ("c", "d")])).tolist()
    [2.0, 2.0, 2.0, 1.0]
    """
    n = network.n
    if n < 2 or not network.respondents:
        return actor_series(network, np.full(n, np.nan), "core")
    degrees = np.asarray(network.union.sum(axis=1), dtype=float).ravel()
    remaining = np.ones(n, dtype=bool)
    values = np.zeros(n)
    level = 0
    while remaining.any():
        leaving = remaining & (degrees <= level)
        if not leaving.any():
            level += 1
            continue
        values[leaving] = level
        remaining &= ~leaving
        degrees = degrees - np.asarray(network.union @ leaving.astype(float), dtype=float)
    return actor_series(network, values, "core")
