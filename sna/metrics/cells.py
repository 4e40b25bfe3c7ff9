"""Ties, observed cells, pairs and triangles of a network, one by one: nothing here holds an n × n array."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np
import numpy.typing as npt
from scipy import sparse

from sna.networks.network import Bools, Floats, Network
from sna.networks.pairs import AWAY, BACK, MUTUAL, Pairs, tidy

Positions = npt.NDArray[np.int64]
# So few that what is worked on stays in the processor's cache.
_STEPS_AT_A_TIME = 16_000
# 2⁶⁴ / golden ratio, odd: multiples of it fall evenly into any number of places.
_SPREAD = np.uint64(0x9E3779B97F4A7C15)


def present(network: Network) -> tuple[Positions, Positions]:
    """Positions of ego and of alter of every present tie, in roster order.

    >>> ego, alter = present(Network.from_ties(["a", "b", "c"], [("c", "a"), ("a", "c"), ("a", "b")]))
    >>> ego.tolist(), alter.tolist()
    ([0, 0, 2], [1, 2, 0])
    """
    return _sorted_cells(network.matrix)


def _sorted_cells(matrix: sparse.csr_array) -> tuple[Positions, Positions]:
    matrix = tidy(matrix)
    rows = np.repeat(np.arange(matrix.shape[0], dtype=np.int64), np.diff(matrix.indptr))
    return rows, np.asarray(matrix.indices, dtype=np.int64)


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
        tied: those in which at least one names the other.
        unknown: the pairs in which both answered, but a cell between them is unknown; its kind says which one.
        pairs: number of pairs of which both cells are observed.
    """

    tied: Pairs
    unknown: Pairs
    pairs: int

    @property
    def mutual_count(self) -> int:
        """Pairs in which both name each other."""
        return int(np.count_nonzero(self.tied.kind == MUTUAL))

    @property
    def asymmetric_count(self) -> int:
        """Pairs in which one names the other and is not named back."""
        return len(self.tied.kind) - self.mutual_count


def dyads(network: Network) -> Dyads:
    """Sort the pairs of which both cells are observed into mutual, asymmetric and null.

    >>> found = dyads(Network.from_ties(["a", "b", "c"], [("a", "b"), ("b", "a"), ("a", "c")]))
    >>> found.mutual_count, found.asymmetric_count, found.pairs
    (1, 1, 3)
    """
    tied, answered, r = network.pairs, network.answered, network.respondents
    if r == network.n and not network.unknown_cells.nnz:
        return Dyads(tied, tied.take(np.zeros(len(tied.keys), dtype=bool)), r * (r - 1) // 2)
    ego, alter = silent_cells(network)
    between = answered[alter]
    # Ranked by how many unknown pairs people are in: they may be others than those with many ties.
    unknown = Pairs.of(ones(network.n, ego[between], alter[between]))
    known = answered[tied.lower] & answered[tied.higher]
    known &= ~np.isin(tied.keys, tied.key(unknown.lower, unknown.higher))
    return Dyads(tied.take(known), unknown, r * (r - 1) // 2 - len(unknown.keys))


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
    if not (where.nnz and first.nnz and second.nnz):
        return sparse.csr_array(where.shape, dtype=float)
    blocks = [(first[a:b] @ second).multiply(where[a:b]).tocsr() for a, b in _row_blocks(first, second)]
    return sparse.csr_array(sparse.vstack(blocks, format="csr"))


def _row_blocks(first: sparse.csr_array, second: sparse.csr_array) -> Iterator[tuple[int, int]]:
    """Ranges of rows whose product takes a bounded number of steps (or is a single row)."""
    work = np.asarray(first.astype(bool).astype(float) @ np.diff(second.indptr).astype(float))
    # A step of a product takes a small part of the room and time of one of `triangles`.
    return _blocks(work.cumsum() / 100)


def _blocks(done: npt.NDArray[np.number]) -> Iterator[tuple[int, int]]:
    """Ranges of things that take a bounded number of steps together (or of one), given how many all up to each take."""
    start = 0
    while start < len(done):
        before = done[start - 1] if start else 0
        stop = max(start + 1, int(done.searchsorted(before + _STEPS_AT_A_TIME, side="right")))
        yield start, stop
        start = stop


def row_sums(matrix: sparse.csr_array) -> Floats:
    """Sum of each row."""
    return np.asarray(matrix.sum(axis=1), dtype=float).ravel()


class Lookup:
    """Finds numbers among many in two or three reads each, where a binary search would take twenty.

    >>> which, where = Lookup(np.array([3, 5, 8])).find(np.array([8, 4, 3, 3]))
    >>> which.tolist(), where.tolist()
    ([0, 2, 3], [2, 0, 0])
    """

    def __init__(self, keys: Positions) -> None:
        """Make the tables; `keys` are ascending, each there once."""
        # Eight to sixteen places for each key, to see at once that a number is not there, and half as many to say
        # where it is; a key is lost to another that falls into the same of these.
        size = max((8 * len(keys)).bit_length(), 3)
        self._keys, self._shift = keys, np.uint64(64 - size)
        places, number = self._places(keys), np.arange(len(keys), dtype=np.int32)
        self._taken = np.zeros(1 << size, dtype=bool)
        self._taken[places] = True
        places >>= 1
        self._table = np.zeros(1 << (size - 1), dtype=np.int32)
        self._table[places] = number
        self._lost = np.flatnonzero(self._table.take(places) != number)
        self._lost_keys = keys.take(self._lost)

    def _places(self, keys: Positions) -> Positions:
        """A place for each key: the first bits of its product with `_SPREAD`."""
        return ((keys.view(np.uint64) * _SPREAD) >> self._shift).view(np.int64)

    def find(self, wanted: Positions) -> tuple[Positions, Positions]:
        """Which of these numbers are there, and where among the keys."""
        places = self._places(wanted)
        which = np.flatnonzero(self._taken.take(places))
        where = self._table.take(places.take(which) >> 1).astype(np.int64)
        wanted = wanted.take(which)
        other = np.flatnonzero(self._keys.take(where) != wanted)
        if not len(other):
            return which, where
        where[other] = -1
        if len(self._lost):
            missed = wanted.take(other)
            near = self._lost_keys.searchsorted(missed)
            there = np.flatnonzero(self._lost_keys.take(near, mode="clip") == missed)
            where[other.take(there)] = self._lost.take(near.take(there))
        kept = np.flatnonzero(where >= 0)
        return which.take(kept), where.take(kept)


def triangles(pairs: Pairs) -> Iterator[tuple[Positions, Positions, Positions]]:
    """Every three people of whom all pairs are tied, once, some at a time.

    Of the pairs in which a person comes first, any two make a triangle if their other two people are a pair. By the
    order of ranks these are at most p√p, whatever the network (Chiba & Nishizeki 1985, doi:10.1137/0214017).

    Yields:
        of three people a, b, c by rank: the numbers of the pairs (a, b), (a, c) and (b, c).

    >>> ring = Pairs.of(sparse.csr_array([[0, 1, 0], [0, 0, 1], [1, 0, 0]]))
    >>> [[part.tolist() for part in some] for some in triangles(ring)]
    [[[0], [1], [2]]]
    """
    own = np.arange(len(pairs.keys))
    lower, higher = pairs.keys >> pairs.bits, pairs.keys & ((1 << pairs.bits) - 1)
    later = np.bincount(lower, minlength=1).cumsum().take(lower) - own - 1
    done = later.cumsum()
    if not len(own) or not done[-1]:
        return
    shifted, following, lookup = higher << pairs.bits, own + 1 - (done - later), Lookup(pairs.keys)
    for start, stop in _blocks(done):
        times = later[start:stop]
        first = own[start:stop].repeat(times)
        second = np.arange(done[stop - 1] - len(first), done[stop - 1])
        second += following.take(first)
        third = shifted.take(first)
        third |= higher.take(second)
        closed, third = lookup.find(third)
        if len(closed):
            yield first.take(closed), second.take(closed), third


def triangle_kinds(pairs: Pairs) -> npt.NDArray[np.int64]:
    """How many triangles there are by the kinds of their pairs.

    Returns:
        4 × 4 × 4 numbers; axes are the kinds of the pairs (a, b), (a, c) and (b, c) of three people by rank, as
        `Pairs.kind` numbers them. 0 does not occur.
    """
    counts = np.zeros(64, dtype=np.int64)
    kind = pairs.kind
    for ab, ac, bc in triangles(pairs):
        counts += np.bincount(kind.take(ab) * 16 + kind.take(ac) * 4 + kind.take(bc), minlength=64)
    return counts.reshape(4, 4, 4)


def kinds_of_triangle() -> Iterator[tuple[tuple[int, int, int], npt.NDArray[np.int64]]]:
    """The 27 places of `triangle_kinds` that can occur, each with the ties of its three people: 3 × 3 of 0 and 1."""
    for ab, ac, bc in product((AWAY, BACK, MUTUAL), repeat=3):
        ties = np.zeros((3, 3), dtype=np.int64)
        for (lower, higher), kind in zip(((0, 1), (0, 2), (1, 2)), (ab, ac, bc), strict=True):
            ties[lower, higher], ties[higher, lower] = kind & AWAY, kind >> 1
        yield (ab, ac, bc), ties
