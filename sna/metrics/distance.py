"""How far people are from one another: the one conversion of strength to distance, and shortest paths in steps."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import rustworkx
from scipy import sparse

from sna.networks.network import Floats

Counts = npt.NDArray[np.int64]
WORD = 64
# Bytes that one step of a search may take.
MOST_AT_ONCE = 64_000_000


def strength_to_distance(strength: npt.ArrayLike) -> Floats:
    """Turn strength (more is closer) into distance (more is farther): distance = 1 / strength.

    The only place where this is done; of the catalogue only `betweenness_strength` uses it, the others count steps.

    Args:
        strength: any shape, ≥ 0.

    Returns:
        The same shape; infinite where strength is 0.

    Reference:
        Newman (2001), Physical Review E 64:016132, doi:10.1103/PhysRevE.64.016132.

    >>> strength_to_distance([4, 0.5, 0]).tolist()
    [0.25, 2.0, inf]
    """
    values = np.asarray(strength, dtype=float)
    if (values < 0).any():
        raise ValueError("strength cannot be negative")
    distance = np.full(values.shape, np.inf)
    np.divide(1.0, values, out=distance, where=values > 0)
    return distance


def geodesics(matrix: sparse.csr_array) -> tuple[Floats, Floats]:
    """Steps between all ordered pairs, and how many shortest paths there are.

    Breadth-first from everybody at once: one sparse product a step.

    Args:
        matrix: n × n sparse 0/1.

    Returns:
        Two n × n arrays: steps (0 on the diagonal, infinite where there is no path) and numbers of shortest paths
        (1 on the diagonal, 0 where there is none).

    >>> steps, paths = geodesics(sparse.csr_array([[0, 1, 1, 0], [0, 0, 0, 1], [0, 0, 0, 1], [0, 0, 0, 0]]))
    >>> steps[0].tolist(), paths[0].tolist()
    ([0.0, 1.0, 1.0, 2.0], [1.0, 1.0, 1.0, 2.0])
    """
    n = matrix.shape[0]
    front = np.eye(n)
    paths = np.eye(n)
    steps = np.where(np.eye(n, dtype=bool), 0.0, np.inf)
    length = 0
    while front.any():
        length += 1
        front = np.asarray(front @ matrix, dtype=float)
        front[np.isfinite(steps)] = 0.0
        reached = front > 0
        steps[reached] = length
        paths[reached] = front[reached]
    return steps, paths


def as_graph(matrix: sparse.csr_array) -> rustworkx.PyDiGraph[None, None]:
    """The entries of a matrix as ties for rustworkx; people are numbered as in the matrix."""
    graph: rustworkx.PyDiGraph[None, None] = rustworkx.PyDiGraph(multigraph=False)
    graph.add_nodes_from([None] * matrix.shape[0])
    ego, alter = matrix.nonzero()
    graph.add_edges_from_no_data(list(zip(ego.tolist(), alter.tolist(), strict=True)))
    return graph


def reached_by_step(matrix: sparse.csr_array, sources: Counts | None = None) -> Counts:
    """From how many people each person is reached in exactly so many steps.

    Breadth-first from 64 people at once in the bits of a number, so that it takes no n × n array.

    Args:
        matrix: n × n sparse; a way leads along every entry.
        sources: places of the people from whom ways are searched; None: everybody.

    Returns:
        steps × n array; row k counts, for each person, the sources from whom the shortest way takes k steps. Row 0 is 0
        throughout: nobody reaches themselves.

    >>> reached_by_step(sparse.csr_array([[0, 1, 1, 0], [0, 0, 0, 1], [0, 0, 0, 1], [0, 0, 0, 0]])).tolist()
    [[0, 0, 0, 0], [0, 1, 1, 2], [0, 0, 0, 1]]
    """
    n = matrix.shape[0]
    begin = np.arange(n) if sources is None else sources
    into = matrix.T.tocsr()
    named = np.flatnonzero(np.diff(into.indptr))
    together = WORD * max(1, MOST_AT_ONCE // (8 * max(n, into.nnz, 1)))
    found = [np.zeros(n, dtype=np.int64)]
    for first in range(0, len(begin), together):
        for step, reached in enumerate(_search(into, named, begin[first : first + together]), 1):
            if step == len(found):
                found.append(np.zeros(n, dtype=np.int64))
            found[step] += reached
    return np.array(found)


def _search(into: sparse.csr_array, named: Counts, begin: Counts) -> Iterator[Counts]:
    """Step by step, from how many of those who begin each person is reached for the first time.

    Args:
        into: row j holds the people from whom a step leads to j.
        named: the rows that are not empty.
        begin: places of those who begin.
    """
    place = np.arange(len(begin))
    front = np.zeros((into.shape[0], -(-len(begin) // WORD)), dtype=np.uint64)
    np.bitwise_or.at(front, (begin, place // WORD), np.uint64(1) << (place % WORD).astype(np.uint64))
    seen = front.copy()
    while len(named):
        ahead = np.zeros_like(front)
        ahead[named] = np.bitwise_or.reduceat(front[into.indices], into.indptr[named], axis=0)
        front = ahead & ~seen
        reached = np.bitwise_count(front).sum(axis=1, dtype=np.int64)
        if not reached.any():
            return
        seen |= front
        yield reached
