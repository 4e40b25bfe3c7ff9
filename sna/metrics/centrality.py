"""Where a person stands on the paths and in the circles of a network."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pandas as pd
import rustworkx
from scipy import sparse
from scipy.sparse import csgraph, linalg

from sna.metrics.distance import as_graph, reached_by_step
from sna.metrics.frames import Direction, actor_series, answerers, directed, namable, ratio, turned
from sna.networks.network import Floats, Network

# Up to so many people one core adds the paths up, always in the same order, so that every run gives the same digits.
REPEATABLE = 1_000
# Up to so many people equations are solved directly, and a matrix is squared for its largest root, which then takes
# least time; above, by iteration to all digits.
SMALL, SMALL_ROOTS, EXACT = 200, 100, 1e-15
# .85 to this power is far below the last digit.
_ROUNDS = 1_000


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
        reorder everybody. Above 1,000 people all cores add up, and the last of 16 digits may differ between runs.
    Reference:
        Freeman (1977), Sociometry 40:35–41, doi:10.2307/3033543; Brandes (2001), Journal of Mathematical Sociology
        25:163–177, doi:10.1080/0022250X.2001.9990249.

    >>> betweenness(Network.from_ties(["a", "b", "c"], [("a", "b"), ("b", "c")])).tolist()
    [0.0, 1.0, 0.0]
    """
    n = network.n
    if n < 3:
        return actor_series(network, np.full(n, np.nan), "betweenness")
    return actor_series(network, _passing(network), "betweenness", answerers(network))


@lru_cache(maxsize=4)
def _passing(network: Network) -> Floats:
    """Raw betweenness, worked out once for the measures that rest on it; read-only."""
    n = network.n
    threshold = 0 if n > REPEATABLE else n + 1
    graph = as_graph(network.matrix)
    found = rustworkx.digraph_betweenness_centrality(graph, normalized=False, parallel_threshold=threshold)
    values = np.fromiter(found.values(), dtype=float, count=n)
    values.setflags(write=False)
    return values


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


def _harmonic(network: Network, matrix: sparse.csr_array) -> Floats:
    """Σ 1 / steps from everybody else, divided by their number, along `matrix`."""
    reached = reached_by_step(matrix)[1:]
    return ratio((reached / np.arange(1, len(reached) + 1)[:, None]).sum(axis=0), network.n - 1)


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
    return actor_series(network, _harmonic(network, network.matrix), "harmonic_in", namable(network))


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
    return actor_series(network, _harmonic(network, network.matrix.T.tocsr()), "harmonic_out", answerers(network))


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
            among = matrix if largest == network.n else matrix[inside][:, inside]
            vector = np.abs(_leading(among.T.tocsr()))
            values[inside] = vector / np.linalg.norm(vector)
    return actor_series(network, values, "eigenvector")


def _leading(matrix: sparse.csr_array) -> Floats:
    """The vector of the largest root: real, single and of one sign where all reach all (Perron, Frobenius)."""
    n = matrix.shape[0]
    if n > min(SMALL, SMALL_ROOTS):
        _, vectors = linalg.eigs(matrix, k=1, which="LR", v0=np.ones(n), tol=1e-13)
        return np.asarray(vectors[:, 0].real, dtype=float)
    # Adding everybody to themselves adds 1 to every root and keeps rings from going round without end. The smallest and
    # the largest growth enclose the root (Collatz, Wielandt), and squaring doubles the digits.
    once = np.eye(n) + matrix.toarray()
    powers = once
    for _ in range(64):
        powers = powers @ powers
        powers /= powers.max()
        vector = powers.sum(axis=1)
        growth = once @ vector / vector
        if growth.max() - growth.min() <= 1e-14 * growth.max():
            break
    return np.asarray(vector, dtype=float)


def pagerank(network: Network, direction: Direction = "citation") -> pd.Series[float]:
    """How often somebody would arrive at this person by following nominations, now and then starting afresh.

    Formula:
        p_j = (1 − d)/n + d Σ_i p_i (A_ij / k_out(i)), d = .85; whoever names nobody passes on evenly to everybody.
        Solved to all digits.
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
    values = _arriving(directed(network, direction), damping)
    values = values / values.sum()
    known = answerers(network) if turned(network, direction) else namable(network)
    return actor_series(network, values, "pagerank", known)


def _arriving(ties: sparse.csr_array, damping: float) -> Floats:
    """Each person's share of what starts everywhere alike and is passed on along ties, up to a common factor.

    Starting afresh and passing on evenly both reach everybody alike, so they only scale what comes along ties.
    """
    n = ties.shape[0]
    along, passing = ties.T, np.asarray(ties @ np.ones(n), dtype=float)
    shares = np.divide(damping, passing, out=np.zeros(n), where=passing > 0)
    if n <= SMALL:
        return np.asarray(np.linalg.solve(np.eye(n) - along.toarray() * shares, np.ones(n)), dtype=float)
    # Only a start, which saves most of the rounds that follow; these end wherever they start from.
    equations = linalg.LinearOperator((n, n), dtype=float, matvec=lambda values: values - along @ (shares * values))
    start, _ = linalg.bicgstab(equations, np.ones(n), x0=np.ones(n), rtol=1e-13, maxiter=100)
    values = start if np.isfinite(start).all() else np.ones(n)
    for _ in range(_ROUNDS):
        before, values = values, 1.0 + along @ (shares * values)
        if np.abs(values - before).max() <= EXACT * values.max():
            break
    return values


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
        the person neither answered nor was named, nobody answered, or n < 2. Available ties are used for others who
        did not answer.
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
    return actor_series(network, _cores(network.union), "core", network.answered | (np.diff(network.union.indptr) > 0))


def _cores(union: sparse.csr_array) -> Floats:
    """Each person's largest k, from an n × n sparse symmetric matrix without stored zeros."""
    n, starts, contacts = union.shape[0], union.indptr[:-1].astype(np.int64), union.indices
    sizes = np.diff(union.indptr).astype(np.int64)
    # Whoever has left has more contacts than anybody can lose.
    degrees, values, gone = sizes.copy(), np.zeros(n), n * n + n
    left = np.arange(n)
    while len(left):
        now = degrees.take(left)
        level = now.min()
        leaving = left.compress(now == level)
        # Whoever leaves takes a tie from each contact, who may have to leave the same circle.
        while len(leaving):
            values[leaving], degrees[leaving] = level, gone
            size = sizes.take(leaving)
            end = size.cumsum()
            near = contacts.take(np.arange(end[-1]) + (starts.take(leaving) - end + size).repeat(size))
            if 8 * len(near) > n:
                degrees -= np.bincount(near, minlength=n)
                leaving = np.flatnonzero(degrees <= level)
            else:
                np.subtract.at(degrees, near, 1)
                leaving = np.unique(near.compress(degrees.take(near) <= level))
        left = left.compress(degrees.take(left) < n)
    return values
