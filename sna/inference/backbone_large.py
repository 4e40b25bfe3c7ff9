"""The backbone of very many people: what SDSM says of pairs, counted by kind of pair instead of listed.

Where everybody could have come to everything, p depends only on how often either of two people came, and on how many
events they were at together. So pairs are counted by these three numbers, block by block of people, and never all held.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from sna.inference.backbone import ALPHA
from sna.metrics.backbone import Bicm, bicm_of_sums, class_tails
from sna.networks.network import Floats
from sna.networks.pairs import tidy

Integers = npt.NDArray[np.int64]
# So many sums of shared attendance, about, are held at a time.
AT_ONCE = 2_000_000


@dataclass(frozen=True, eq=False)
class SharedCounts:
    """Kinds of pairs who were at an event together.

    Attributes:
        attended: n × m, 1 where somebody was.
        model: the chances of SDSM.
        tested: all pairs of people, those who never met included, whose p is 1.
        start: (rows, rows): where the kinds of a pair of rows of `model` begin.
        pairs: how many pairs are of each kind.
        p, q: p of each kind, and corrected for the number of pairs (Benjamini, Hochberg); NaN where there are none.
    """

    attended: sparse.csr_array
    model: Bicm
    tested: int
    start: Integers
    pairs: Integers
    p: Floats
    q: Floats

    def kept(self, corrected: bool, alpha: float = ALPHA) -> int:
        """How many pairs have p below alpha, or q."""
        return int(self.pairs[(self.q if corrected else self.p) < alpha].sum())

    def listed(self, corrected: bool, alpha: float = ALPHA) -> Iterator[tuple[Integers, Integers, Integers, Floats]]:
        """Those pairs, many at a time: places of the two people, events together, p or q."""
        values = self.q if corrected else self.p
        for one, other, together in shared_pairs(self.attended):
            found = values[self.start[self.model.person[one], self.model.person[other]] + together]
            kept = found < alpha
            yield one[kept], other[kept], together[kept], found[kept]


def sdsm_counts(attended: sparse.csr_array) -> SharedCounts:
    """Count the pairs, and work out what SDSM says of each kind of pair.

    Args:
        attended: n × m; what is not 0 counts as having been there. Everybody could have come to everything.

    >>> found = sdsm_counts(sparse.csr_array(np.eye(3, 2, dtype=int) + np.eye(3, 2, -1, dtype=int)))
    >>> found.tested, int(found.pairs.sum()), found.kept(False)
    (3, 2, 0)
    """
    attended = _tidy(attended)
    n = attended.shape[0]
    came = np.diff(attended.indptr)
    model = bicm_of_sums(came, np.bincount(attended.indices, minlength=attended.shape[1]))
    # Rows of the model rise with how often people came; a pair is together as often as the one who came less, at most.
    often = np.unique(came).astype(np.int64)
    low, high = np.triu_indices(len(often))
    ends = np.concatenate([[0], np.cumsum(often[low] + 1)])
    begins = ends[:-1]
    start = np.zeros((len(often), len(often)), dtype=np.int64)
    start[low, high] = start[high, low] = begins
    pairs = np.zeros(int(ends[-1]), dtype=np.int64)
    for one, other, together in shared_pairs(attended):
        pairs += np.bincount(start[model.person[one], model.person[other]] + together, minlength=len(pairs))
    held = np.flatnonzero(pairs)
    kind = np.searchsorted(begins, held, side="right") - 1
    most = np.zeros(len(low), dtype=np.int64)
    np.maximum.at(most, kind, held - begins[kind])
    some = np.flatnonzero(most)
    first, tails = class_tails(model, low[some], high[some], most[some])
    p = np.full(len(pairs), np.nan)
    p[held] = tails[first[np.searchsorted(some, kind)] + held - begins[kind]]
    tested = n * (n - 1) // 2
    return SharedCounts(attended, model, tested, start, pairs, p, _corrected(p, pairs, tested))


def _tidy(attended: sparse.csr_array) -> sparse.csr_array:
    """Ones in 32 bits, each cell once."""
    held = tidy(sparse.csr_array(attended))
    return sparse.csr_array((np.ones(held.nnz, dtype=np.int32), held.indices, held.indptr), shape=held.shape)


def _corrected(p: Floats, pairs: Integers, tested: int) -> Floats:
    """q of kinds of pairs, of each of which there are so many; pairs that are of no kind have p = 1."""
    q = np.full(len(p), np.nan)
    kinds = np.flatnonzero(pairs)
    order = kinds[np.argsort(p[kinds], kind="stable")]
    scaled = p[order] * tested / np.cumsum(pairs[order])
    q[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return q


def shared_pairs(attended: sparse.csr_array) -> Iterator[tuple[Integers, Integers, Integers]]:
    """The pairs who were at an event together, each once: places of the two people, and how many events; in blocks."""
    n = attended.shape[0]
    turned = sparse.csr_array(attended.T)
    sizes = np.diff(turned.indptr)
    work = np.concatenate([[0], np.cumsum(attended @ sizes)])
    begin = 0
    while begin < n:
        end = max(int(np.searchsorted(work, work[begin] + AT_ONCE, side="right")) - 1, begin + 1)
        found = attended[begin:end] @ turned[:, begin:]
        one = np.repeat(np.arange(end - begin), np.diff(found.indptr))
        once = np.flatnonzero(found.indices > one)
        cells = (one[once] + begin, found.indices[once] + begin, found.data[once])
        yield cells[0].astype(np.int64), cells[1].astype(np.int64), cells[2].astype(np.int64)
        begin = end
