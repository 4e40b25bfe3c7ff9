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
# Bytes that a search may take, and those looked at together, which should stay in the fast memory.
MOST_AT_ONCE, AT_ONCE = 64_000_000, 1_000_000
# Pairs of people that may be held at once where everybody's ways are followed a few steps.
MOST_PAIRS = 100_000_000


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
    together = WORD * max(1, MOST_AT_ONCE // (8 * 4 * max(n, 1)))
    found = [np.zeros(n, dtype=np.int64)]
    for first in range(0, len(begin), together):
        for step, reached in enumerate(_search(into, begin[first : first + together]), 1):
            if step == len(found):
                found.append(np.zeros(n, dtype=np.int64))
            found[step] += reached
    return np.array(found)


def near_by_step(matrix: sparse.csr_array, steps: int) -> Counts:
    """How many others each person reaches in exactly 0, 1, … so many steps.

    Sparse products, some people at a time: for a few steps far quicker than a search from everybody, because few are
    reached.

    Args:
        matrix: n × n sparse; a way leads along every entry.
        steps: 1 or more.

    Returns:
        (steps + 1) × n array. Row 0 is 0 throughout: nobody reaches themselves.

    >>> near_by_step(sparse.csr_array([[0, 1, 1, 0], [0, 0, 0, 1], [0, 0, 0, 1], [0, 0, 0, 0]]), 2).tolist()
    [[0, 0, 0, 0], [2, 1, 1, 0], [1, 0, 0, 0]]
    """
    n = matrix.shape[0]
    stay = sparse.csr_array(sparse.eye_array(n, dtype=bool, format="csr"))
    # Everybody stays where they are or takes a step: after k of them they are within k steps.
    step = sparse.csr_array(matrix.astype(bool) + stay)
    within = np.ones((steps + 1, n), dtype=np.int64)
    rows = max(1, MOST_PAIRS // max(n, 1))
    for first in range(0, n, rows):
        reached = stay[first : first + rows]
        for number in range(1, steps + 1):
            reached = reached @ step
            within[number, first : first + rows] = np.diff(reached.indptr)
    return np.diff(within, axis=0, prepend=1)


def _search(into: sparse.csr_array, begin: Counts) -> Iterator[Counts]:
    """Step by step, from how many of those who begin each person is reached for the first time.

    Args:
        into: row j holds the people from whom a step leads to j.
        begin: places of those who begin.
    """
    place = np.arange(len(begin))
    front = np.zeros((into.shape[0], -(-len(begin) // WORD)), dtype=np.uint64)
    np.bitwise_or.at(front, (begin, place // WORD), np.uint64(1) << (place % WORD).astype(np.uint64))
    seen = front.copy()
    rows = np.flatnonzero(np.diff(into.indptr))
    blocks = _blocks(into, rows, AT_ONCE // (8 * max(front.shape[1], 1)))
    while blocks:
        fresh = np.empty((len(rows), front.shape[1]), dtype=np.uint64)
        for part, from_whom, starts in blocks:
            np.bitwise_or.reduceat(front.take(from_whom, axis=0), starts, axis=0, out=fresh[part])
        fresh &= ~seen[rows]
        counts = np.bitwise_count(fresh).sum(axis=1, dtype=np.int64)
        if not counts.any():
            return
        seen[rows] |= fresh
        front[:] = 0
        front[rows] = fresh
        reached = np.zeros(len(front), dtype=np.int64)
        reached[rows] = counts
        yield reached
        # People whom everybody still on the way has reached are looked at no more, once they are the most.
        wanted = (np.bitwise_or.reduce(fresh, axis=0) & ~seen[rows]).any(axis=1)
        if 2 * np.count_nonzero(wanted) <= len(rows):
            rows = rows[wanted]
            blocks = _blocks(into, rows, AT_ONCE // (8 * front.shape[1]))


def _blocks(matrix: sparse.csr_array, rows: Counts, most: int) -> list[tuple[slice, Counts, Counts]]:
    """Some rows, none of them empty, in blocks of so many entries or a single row.

    Returns:
        For each block which of the rows are in it, the columns of their entries, and where each row's begin.
    """
    lengths = np.diff(matrix.indptr)[rows]
    ends = np.cumsum(lengths, dtype=np.int64)
    starts = ends - lengths
    places = np.arange(int(lengths.sum())) + np.repeat(matrix.indptr[rows] - starts, lengths)
    entries = np.asarray(matrix.indices[places], dtype=np.int64)
    blocks: list[tuple[slice, Counts, Counts]] = []
    first = 0
    while first < len(rows):
        last = max(int(np.searchsorted(ends, starts[first] + most, side="right")), first + 1)
        blocks.append((slice(first, last), entries[starts[first] : ends[last - 1]], starts[first:last] - starts[first]))
        first = last
    return blocks
