"""How many shortest ways run along a tie, and through a person when ties are of different length."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
import rustworkx
from scipy import sparse
from scipy.sparse import csgraph

from sna.metrics.centrality import REPEATABLE
from sna.metrics.distance import as_graph, strength_to_distance
from sna.metrics.frames import actor_series, answerers
from sna.networks.network import Floats, Network

Places = npt.NDArray[np.integer]
# Ways whose lengths differ by less than this share are equally long: 1/3 + 1/3 + 1/3 is 1.
_TOLERANCE = 1e-9
# People from whom ways are followed at once, times ties: bounds the memory.
_CELLS = 2_000_000


def _added(step: sparse.csr_array, start: Floats) -> Floats:
    """start + step start + step² start + …, which ends because no way comes back to where it was."""
    total, term = start.copy(), start
    while term.any():
        term = np.asarray(step @ term, dtype=float)
        total += term
    return total


def _passed_from(far: Floats, sources: Places, ego: Places, alter: Places, length: Floats) -> Floats:
    """What passes through each person on the shortest ways that start at `sources`.

    `far` holds one row per source: the distance to everybody. A place is a pair of source and person; the ties that
    lie on shortest ways lead from place to place, always farther from the source.
    """
    row, tie = np.nonzero(np.isfinite(far)[:, ego])
    start, end = far[row, ego[tie]], far[row, alter[tie]]
    shortest = (start < end) & (start + length[tie] <= end * (1 + _TOLERANCE))
    row, tie = row[shortest], tie[shortest]
    here, there = row * far.shape[1] + ego[tie], row * far.shape[1] + alter[tie]
    places = (far.size, far.size)

    at_source = np.zeros(far.size)
    at_source[np.arange(len(sources)) * far.shape[1] + sources] = 1.0
    ways = _added(sparse.csr_array((np.ones(len(here)), (there, here)), shape=places), at_source)
    # A tie too short to move anybody on, in floating point, has no way to its end.
    known = ways[here] > 0
    here, there = here[known], there[known]
    share = ways[here] / ways[there]
    # 1 for the person arrived at, and what passes through them on the way to others.
    arriving = _added(sparse.csr_array((share, (here, there)), shape=places), np.ones(far.size))
    through = arriving.reshape(far.shape) - 1.0
    through[np.arange(len(sources)), sources] = 0.0
    return np.asarray(through.sum(axis=0), dtype=float)


def _passed(n: int, ego: Places, alter: Places, length: Floats) -> Floats:
    """What passes through each of n people on all shortest ways."""
    through = np.zeros(n)
    if not len(ego):
        return through
    matrix = sparse.csr_array((length, (ego, alter)), shape=(n, n))
    at_once = max(1, _CELLS // max(n, len(ego)))
    for first in range(0, n, at_once):
        sources = np.arange(first, min(first + at_once, n), dtype=np.int64)
        far = np.asarray(csgraph.dijkstra(matrix, indices=sources), dtype=float)
        through += _passed_from(far, sources, ego, alter, length)
    return through


def _strengths(network: Network, ego: Places, alter: Places) -> Floats:
    if not len(ego):
        return np.zeros(0)
    return np.asarray(network.strengths[ego, alter], dtype=float).ravel()


def betweenness_strength(network: Network) -> pd.Series[float]:
    """How many of the shortest ways run through this person, when strong ties are short ways and weak ties long ones.

    Formula:
        b(v) = Σ_{s≠v≠t} σ_st(v) / σ_st over ordered pairs; the length of a way is the sum of 1 / strength of its
        ties. Lengths that differ by less than 1e−9 of themselves are equal.
    Direction and strength:
        Follows nominations; the same on the turned network. Strength turned into distance by `strength_to_distance`;
        reports below the study's threshold are no ties. Without a scale it equals `betweenness`.

    Args:
        network: one relation in one wave, n people.

    Returns:
        Series on actor_id; ordered pairs, 0 … (n − 1)(n − 2); raw. The same when all strengths are multiplied.

    Undefined when:
        the person did not answer (no way through them can be known), or n < 3.
    Small n:
        as for `betweenness`; besides, people use scales differently, and 1 / strength takes an ordinal scale for a
        measured one.
    Reference:
        Newman (2001), Physical Review E 64:016132, doi:10.1103/PhysRevE.64.016132; Brandes (2001), Journal of
        Mathematical Sociology 25:163–177, doi:10.1080/0022250X.2001.9990249.

    >>> ties = [("a", "c", 1), ("a", "b", 4), ("b", "c", 4)]
    >>> betweenness_strength(Network.from_ties(["a", "b", "c"], ties)).tolist()
    [0.0, 1.0, 0.0]
    """
    n = network.n
    if n < 3:
        return actor_series(network, np.full(n, np.nan), "betweenness_strength")
    ego, alter = network.matrix.nonzero()
    through = _passed(n, ego, alter, strength_to_distance(_strengths(network, ego, alter)))
    return actor_series(network, through, "betweenness_strength", answerers(network))


def tie_betweenness(network: Network) -> pd.Series[float]:
    """How many of the shortest ways from one person to another run along this tie.

    Formula:
        b(e) = Σ_{s≠t} σ_st(e) / σ_st over ordered pairs; σ_st shortest paths from s to t, σ_st(e) those along e.
    Direction and strength:
        Follows nominations; the same on the turned network, for the turned tie. Every present tie is one step;
        strength not used.

    Args:
        network: one relation in one wave, n people.

    Returns:
        Series on (ego_id, alter_id) of present ties; ordered pairs, 1 … n² − 3n + 3; raw. On mutual ties the
        undirected value falls on each of the two directions.

    Undefined when:
        never, for a present tie.
    Small n:
        paths through people who did not answer are missing, which makes other ties look more needed or less. Above
        1,000 people all cores add up, and the last of 16 digits may differ between runs.
    Reference:
        Girvan & Newman (2002), PNAS 99:7821–7826, doi:10.1073/pnas.122653799.

    >>> tie_betweenness(Network.from_ties(["a", "b", "c"], [("a", "b"), ("b", "c")])).tolist()
    [2.0, 2.0]
    """
    n = network.n
    found = rustworkx.digraph_edge_betweenness_centrality(
        as_graph(network.matrix), normalized=False, parallel_threshold=0 if n > REPEATABLE else n + 1
    )
    ego, alter = network.matrix.nonzero()
    order = np.lexsort((alter, ego))
    ego, alter, along = ego[order], alter[order], np.fromiter(found.values(), dtype=float, count=len(order))[order]
    actors = np.array(network.actors, dtype=object)
    index = pd.MultiIndex.from_arrays([actors[ego].tolist(), actors[alter].tolist()], names=["ego_id", "alter_id"])
    return pd.Series(along, index=index, name="tie_betweenness", dtype=float)
