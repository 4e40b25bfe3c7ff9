"""Ties and observed cells of a network, tie by tie and pair by pair: nothing here holds an n × n array."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from sna.networks.network import Bools, Floats, Network

Positions = npt.NDArray[np.int64]
_STEPS_AT_A_TIME = 5_000_000


def present(network: Network) -> tuple[Positions, Positions]:
    """Positions of ego and of alter of every present tie, in roster order.

    >>> ego, alter = present(Network.from_ties(["a", "b", "c"], [("c", "a"), ("a", "c"), ("a", "b")]))
    >>> ego.tolist(), alter.tolist()
    ([0, 0, 2], [1, 2, 0])
    """
    return _sorted_cells(network.matrix)


def _sorted_cells(matrix: sparse.csr_array) -> tuple[Positions, Positions]:
    rows, columns = (np.asarray(place, dtype=np.int64) for place in matrix.nonzero())
    order = np.lexsort((columns, rows))
    return rows[order], columns[order]


def silent_cells(network: Network) -> tuple[Positions, Positions]:
    """Positions of the unknown cells of people who did answer, in roster order."""
    return _sorted_cells(network.holes)


def observed_at(network: Network, ego: Positions, alter: Positions) -> Bools:
    """For each of these cells, whether it is known to be present or absent.

    >>> network = Network.from_ties(["a", "b", "c"], [], answered=["a"], unknown=[("a", "c")])
    >>> observed_at(network, np.array([0, 0, 1]), np.array([1, 2, 0])).tolist()
    [True, False, False]
    """
    untold_ego, untold_alter = silent_cells(network)
    untold = np.isin(ego * network.n + alter, untold_ego * network.n + untold_alter)
    return np.asarray(network.answered[ego] & (ego != alter) & ~untold, dtype=bool)


def ones(n: int, rows: Positions, columns: Positions) -> sparse.csr_array:
    """n × n sparse 0/1 with a 1 in these cells, each given once."""
    return sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=(n, n))


@dataclass(frozen=True)
class Dyads:
    """The pairs of people of which both cells are observed.

    Attributes:
        mutual: n × n sparse 0/1, symmetric; both name each other.
        asymmetric: n × n sparse 0/1; the row names the column and is not named back.
        unknown: n × n sparse 0/1, symmetric; both answered, but a cell between them is unknown.
        pairs: number of pairs of which both cells are observed.
    """

    mutual: sparse.csr_array
    asymmetric: sparse.csr_array
    unknown: sparse.csr_array
    pairs: int

    @property
    def mutual_count(self) -> int:
        """Pairs in which both name each other."""
        return int(self.mutual.nnz) // 2

    @property
    def asymmetric_count(self) -> int:
        """Pairs in which one names the other and is not named back."""
        return int(self.asymmetric.nnz)


def dyads(network: Network) -> Dyads:
    """Sort the pairs of which both cells are observed into mutual, asymmetric and null.

    >>> found = dyads(Network.from_ties(["a", "b", "c"], [("a", "b"), ("b", "a"), ("a", "c")]))
    >>> found.mutual_count, found.asymmetric_count, found.pairs
    (1, 1, 3)
    """
    n, answered = network.n, network.answered
    if answered.all() and not network.holes.nnz:
        mutual = network.matrix.multiply(network.matrix.T).tocsr()
        return Dyads(mutual, (network.matrix - mutual).tocsr(), network.holes, n * (n - 1) // 2)
    ego, alter = silent_cells(network)
    between = answered[alter]
    holes = ones(n, ego[between], alter[between])
    holes = holes.maximum(holes.T).tocsr()
    i, j = present(network)
    known = answered[j] & observed_at(network, j, i)
    told = ones(n, i[known], j[known])
    mutual = told.multiply(told.T).tocsr()
    r = network.respondents
    return Dyads(mutual, (told - mutual).tocsr(), holes, r * (r - 1) // 2 - int(holes.nnz) // 2)


def two_steps(first: sparse.csr_array, second: sparse.csr_array, where: sparse.csr_array) -> sparse.csr_array:
    """How many ways lead from row to column by a step of `first` and one of `second`, in the cells of `where` only.

    The whole product can be far larger than the networks themselves, so it is made a few rows at a time.

    Args:
        first: n × n sparse.
        second: n × n sparse.
        where: n × n sparse; the product is multiplied by it, cell by cell.

    Returns:
        n × n sparse, with no more cells than `where`.

    >>> ring = sparse.csr_array([[0.0, 1, 0], [0, 0, 1], [1, 0, 0]])
    >>> two_steps(ring, ring, ring.T.tocsr()).toarray().tolist()
    [[0.0, 0.0, 1.0], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]
    """
    if not where.nnz:
        return sparse.csr_array(where.shape, dtype=float)
    blocks = [(first[a:b] @ second).multiply(where[a:b]).tocsr() for a, b in _row_blocks(first, second)]
    return sparse.csr_array(sparse.vstack(blocks, format="csr"))


def _row_blocks(first: sparse.csr_array, second: sparse.csr_array) -> Iterator[tuple[int, int]]:
    """Ranges of rows whose product takes a bounded number of steps (or is a single row)."""
    work = np.asarray(first.astype(bool).astype(float) @ np.diff(second.indptr).astype(float))
    start, rows = 0, len(work)
    done = np.cumsum(work)
    while start < rows:
        before = done[start - 1] if start else 0.0
        stop = max(start + 1, int(np.searchsorted(done, before + _STEPS_AT_A_TIME, side="right")))
        yield start, stop
        start = stop


def row_sums(matrix: sparse.csr_array) -> Floats:
    """Sum of each row."""
    return np.asarray(matrix.sum(axis=1), dtype=float).ravel()
