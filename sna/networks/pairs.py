"""The pairs of people who are tied, each once: what measures that look at two or three people at a time read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy import sparse

Integers = npt.NDArray[np.int64]
# How two people of a pair are tied; the pair is mutual where both bits are set.
AWAY, BACK, MUTUAL = 1, 2, 3


def tidy(matrix: sparse.csr_array) -> sparse.csr_array:
    """The same matrix with its cells in order, each stored once and only where it is not 0."""
    if matrix.has_canonical_format and matrix.data.all():
        return matrix
    matrix = matrix.copy()
    matrix.sum_duplicates()
    matrix.eliminate_zeros()
    return matrix


@dataclass(frozen=True, eq=False)
class Pairs:
    """The p pairs of people of whom at least one names the other, as arrays.

    People have a rank by how many ties they give and receive, fewest first (equals in roster order). A pair is written
    from its lower rank to its higher one, so that hardly anybody, however many name them, comes first in many pairs.

    Attributes:
        n: people on the roster.
        rank: n ranks, by position on the roster.
        who: n positions on the roster, by rank.
        bits: how many bits a rank takes.
        keys: p numbers, ascending: the lower rank, then in `bits` bits the higher one.
        kind: p times `AWAY` (lower names higher), `BACK` (higher names lower) or `MUTUAL`.
    """

    n: int
    rank: Integers
    who: Integers
    bits: int
    keys: Integers
    kind: Integers

    @classmethod
    def of(cls, matrix: sparse.csr_array) -> Pairs:
        """The pairs of an n × n sparse matrix whose diagonal is empty; what is not 0 is a tie.

        >>> pairs = Pairs.of(sparse.csr_array([[0, 1, 1], [1, 0, 0], [0, 0, 0]]))
        >>> pairs.lower.tolist(), pairs.higher.tolist(), pairs.kind.tolist()
        ([2, 1], [0, 0], [2, 3])
        """
        matrix = tidy(matrix)
        n, given = int(matrix.shape[0]), np.diff(matrix.indptr)
        ties = given + np.bincount(matrix.indices, minlength=n)
        # 16 bits are sorted fastest; that the few with more ties then count as equals does no harm.
        who = np.minimum(ties, 65_535).astype(np.uint16).argsort(kind="stable")
        rank = np.empty(n, dtype=np.int64)
        rank[who] = np.arange(n)
        bits = max(n - 1, 1).bit_length()
        # In the last bit the direction: a mutual pair is the same number twice but for that bit.
        front, rear = rank << (bits + 1), rank << 1
        cells, turned = np.repeat(front, given), np.repeat(rear + 1, given)
        cells += rear.take(matrix.indices)
        turned += front.take(matrix.indices)
        np.minimum(cells, turned, out=cells)
        cells.sort()
        keys = cells >> 1
        new = np.ones(len(keys), dtype=bool)
        np.not_equal(keys[1:], keys[:-1], out=new[1:])
        first, again = np.flatnonzero(new), np.flatnonzero(~new)
        kind = (cells.take(first) & 1) + 1
        kind[again - np.arange(1, len(again) + 1)] = MUTUAL
        return cls(n, rank, who, bits, keys.take(first), kind)

    def take(self, chosen: npt.NDArray[np.bool_]) -> Pairs:
        """Some of the pairs; people keep their ranks."""
        return replace(self, keys=self.keys[chosen], kind=self.kind[chosen])

    def key(self, one: npt.NDArray[np.integer], other: npt.NDArray[np.integer]) -> Integers:
        """What the pair of the people in these positions would have in `keys`, in whichever order they are given."""
        first, second = self.rank[one], self.rank[other]
        return np.asarray((np.minimum(first, second) << self.bits) | np.maximum(first, second))

    @cached_property
    def lower(self) -> Integers:
        """Position on the roster of each pair's person of lower rank."""
        return self.who.take(self.keys >> self.bits)

    @cached_property
    def higher(self) -> Integers:
        """Position on the roster of each pair's person of higher rank."""
        return self.who.take(self.keys & ((1 << self.bits) - 1))

    @cached_property
    def ties(self) -> npt.NDArray[np.float64]:
        """How many ties each pair has, 1 or 2."""
        return np.asarray(1.0 + (self.kind == MUTUAL))

    def people(
        self, lower: npt.NDArray[np.float64] | None = None, higher: npt.NDArray[np.float64] | None = None
    ) -> npt.NDArray[np.float64]:
        """Something of each pair added up for its people.

        Args:
            lower: p numbers for the person of lower rank; None: 1.
            higher: p numbers for the person of higher rank; None: as `lower`.

        Returns:
            n numbers, by position on the roster.

        >>> Pairs.of(sparse.csr_array([[0, 1, 1], [1, 0, 0], [0, 0, 0]])).people().tolist()
        [2.0, 1.0, 1.0]
        """
        higher = lower if higher is None else higher
        found = np.bincount(self.lower, lower, self.n) + np.bincount(self.higher, higher, self.n)
        return np.asarray(found, dtype=float)
