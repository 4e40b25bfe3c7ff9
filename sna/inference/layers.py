"""Do the same ties carry several kinds of support oftener than if the kinds had nothing to do with one another?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations, product
from math import factorial

import numpy as np
import numpy.typing as npt

from sna.inference.chance import DRAWS, MOST_LISTED, Chance
from sna.inference.permutation import PermutationTest
from sna.metrics.cells import present, silent_cells
from sna.metrics.frames import Codes, ratio
from sna.metrics.support import kinds_per_tie, known_in_all
from sna.networks.network import Bools, Network

NULL = "unrelated kinds, each as it is, people shuffled among those who answered alike"
# Cells held at once, and what marks an unknown one among counts of kinds.
CELLS, HOLE = 8_000_000, 255
Places = npt.NDArray[np.int64]
Ends = tuple[Codes, Codes]


@dataclass(frozen=True, eq=False)
class Layers:
    """How many kinds ties carry, beside chance.

    Attributes:
        ties: L numbers: ties with exactly 1, 2, … L kinds, over the pairs known in every kind.
        respondents: people who answered about every kind.
        at_least: L − 1 tests: the share of ties with at least 2, … L kinds, beside unrelated kinds.
        reason: why there is nothing to test; None when there is.
    """

    ties: Codes
    respondents: int
    at_least: tuple[PermutationTest, ...]
    reason: str | None = None


def layers_by_chance(networks: Sequence[Network], rng: np.random.Generator, draws: int = DRAWS) -> Layers:
    """Whether ties carry several kinds oftener (or more seldom) than if the kinds were unrelated.

    Formula:
        T_k = #{(i, j): m_ij ≥ k} / #{(i, j): m_ij ≥ 1}, m_ij = Σ_l A^l_ij over the pairs known in every kind. Under
        chance the people of each kind but the first are shuffled, rows and columns together, by an order of its own
        (QAP for several networks). Only people who answered about every kind are exchanged with one another, and the
        others with one another: so the same rows are compared in each draw, however many were silent. A single
        unknown cell goes with its kind; cells unknown in any kind are left out each time.
    Direction and strength:
        Directed ties; strength not used.

    Args:
        networks: two or more kinds of one wave, on the same actors in the same order.
        rng: shuffles people.
        draws: how many times, unless there are no more than 20,000 ways, which are then all gone through.

    Returns:
        Layers. Draws in which no tie is left known are left out.

    Undefined when:
        nobody answered about every kind (nonresponse), there is no tie (no_ties), or fewer than two kinds have ties
        there (no_variation).
    Small n:
        three people and two kinds can be shuffled in 6 ways only. More than chance may come from people naming those
        of their own school, or those who are known to all, in every kind: it need not be one arrangement.
    Reference:
        Krackhardt (1987), Social Networks 9:171–186, doi:10.1016/0378-8733(87)90012-8; for several networks at once
        and among people who answered alike, as done here, no source is known.

    >>> ring = Network.from_ties(list("abc"), [("a", "b"), ("b", "c"), ("c", "a")])
    >>> found = layers_by_chance([ring, ring], np.random.default_rng(1))
    >>> found.ties.tolist(), found.at_least[0].observed, found.at_least[0].p_high
    ([0, 3], 1.0, 0.5)
    """
    if draws < 1:
        raise ValueError(f"there must be one draw at least, not {draws}")
    if not 2 <= len(networks) < HOLE:
        raise ValueError(f"at least two kinds are needed, and fewer than {HOLE}")
    rows, _ = known_in_all(networks)
    counts, answered = kinds_per_tie(networks), int(rows.sum())
    held = [_inside(present(network), rows) for network in networks]
    with_ties = sum(len(ends[0]) > 0 for ends in held)
    reason = None
    if not answered:
        reason = "nonresponse"
    elif not counts.any():
        reason = "no_ties"
    elif with_ties < 2:
        reason = "no_variation"
    shares = ratio(counts[::-1].cumsum()[::-1], counts.sum())[1:].tolist()
    if reason is not None:
        nothing = tuple(PermutationTest(share, None, NULL, reason) for share in shares)
        return Layers(counts, answered, nothing, reason)
    holes = [_inside(silent_cells(network), rows) for network in networks]
    n, others = len(rows), len(networks) - 1
    ways = (factorial(answered) * factorial(n - answered)) ** others if n <= 8 else MOST_LISTED + 1
    exact, many = ways <= MOST_LISTED, max(1, CELLS // n**2)
    orders = _every_order(rows, others, many) if exact else _drawn(rows, others, rng, draws, many)
    drawn = np.concatenate([_counts(held, holes, some) for some in orders])
    drawn = drawn[drawn.any(axis=1)]
    least = drawn[:, ::-1].cumsum(axis=1)[:, ::-1]
    values = ratio(least[:, 1:], least[:, :1])
    each = np.full(len(values), 1 / max(len(values), 1))
    chances = [Chance(values[:, k], each, exact) for k in range(len(networks) - 1)]
    tests = tuple(PermutationTest(share, chance, NULL) for share, chance in zip(shares, chances, strict=True))
    return Layers(counts, answered, tests)


def _inside(ends: Ends, rows: Bools) -> Ends:
    kept = rows[ends[0]]
    return ends[0][kept], ends[1][kept]


def _every_order(rows: Bools, kinds: int, many: int) -> Iterator[Places]:
    """Every way to shuffle, orders × kinds × people: who answered and who did not each among themselves."""
    alike = [np.flatnonzero(rows), np.flatnonzero(~rows)]
    orders = []
    for some, others in product(*(permutations(people.tolist()) for people in alike)):
        order = np.arange(len(rows))
        order[alike[0]], order[alike[1]] = some, others
        orders.append(order)
    chosen = np.array(list(product(range(len(orders)), repeat=kinds)), dtype=np.int64)
    for start in range(0, len(chosen), many):
        yield np.array(orders, dtype=np.int64)[chosen[start : start + many]]


def _drawn(rows: Bools, kinds: int, rng: np.random.Generator, draws: int, many: int) -> Iterator[Places]:
    """The same, drawn."""
    alike = [np.flatnonzero(rows), np.flatnonzero(~rows)]
    for start in range(0, draws, many):
        order = np.tile(np.arange(len(rows)), (min(many, draws - start), kinds, 1))
        for people in alike:
            order[:, :, people] = rng.permuted(np.tile(people, (*order.shape[:2], 1)), axis=2)
        yield order


def _counts(ties: Sequence[Ends], holes: Sequence[Ends], orders: Places) -> npt.NDArray[np.int64]:
    """How many ties carry exactly 1 … L kinds under each order: orders × L."""
    many, n = len(orders), orders.shape[2]
    start: Places = (np.arange(many) * n**2)[:, None]

    def places(ends: Ends, kind: int) -> Places:
        """Where the cells of a kind lie in one long row of tables, orders × cells."""
        if kind == 0:
            cells: Places = ends[0] * n + ends[1]
            return np.asarray(start + cells[None, :], dtype=np.int64)
        order = orders[:, kind - 1]
        return np.asarray(start + order[:, ends[0]] * n + order[:, ends[1]], dtype=np.int64)

    table = np.zeros(many * n**2, dtype=np.uint8)
    where = [places(ends, kind) for kind, ends in enumerate(ties)]
    for cells in where:
        table[cells] += 1
    for kind, ends in enumerate(holes):
        table[places(ends, kind)] = HOLE
    counted = np.zeros((many, HOLE + 1), dtype=np.int64)
    for cells in where:
        found = np.arange(many)[:, None] * (HOLE + 1) + table[cells]
        counted += np.bincount(found.ravel(), minlength=counted.size).reshape(counted.shape)
    # A tie of k kinds was met k times.
    return counted[:, 1 : len(ties) + 1] // np.arange(1, len(ties) + 1)


__all__ = ["Layers", "layers_by_chance"]
