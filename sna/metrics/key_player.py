"""Key players: how far a network depends on a few people, and from which few everybody is soon reached."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import combinations, islice
from math import comb
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse import csgraph

from sna.metrics.distance import geodesics
from sna.metrics.frames import ratio
from sna.metrics.pieces import heard_of
from sna.networks.network import Floats, Network

Aim = Literal["fragmentation", "distance_fragmentation", "reach"]
Sets = npt.NDArray[np.int64]
MOST_SETS = 100_000
MOST_PEOPLE = 2_000
WORD = 64
# Bytes that one batch of sets may take.
AT_ONCE = 2_000_000
SAME = 1e-9


@dataclass(frozen=True)
class KeyPlayers:
    """The sets of people on whom a network depends most, or who reach it best.

    Attributes:
        aim: what was looked for; see `key_players`.
        size: people in a set.
        sets: every set within 1e-9 of the largest value, in roster order; none when there is a `reason`.
        value: the largest value, 0–1; NaN when undefined.
        intact: the value with nobody removed; NaN when undefined and for "reach".
        people: those who answered or were named: the sets are drawn from them.
        reason: why there are no sets; None when there are.
    """

    aim: Aim
    size: int
    sets: tuple[tuple[str, ...], ...]
    value: float
    intact: float
    people: int
    reason: str | None


def _batches(n: int, size: int, many: int) -> Iterator[Sets]:
    """All sets of `size` of n people, so many at a time."""
    every = combinations(range(n), size)
    while batch := list(islice(every, many)):
        yield np.array(batch, dtype=np.int64).reshape(len(batch), size)


def _in_pieces(union: sparse.csr_array, removed: Sets) -> Floats:
    """Fragmentation of what is left when each of the sets is removed in turn.

    Each set has a copy of the network of its own, and the pieces of all copies are found in one go.

    Args:
        union: n × n sparse 0/1, symmetric.
        removed: sets × size places.
    """
    n, (count, size) = union.shape[0], removed.shape
    stays = np.ones((count, n), dtype=bool)
    stays[np.arange(count)[:, None], removed] = False
    rows, columns = union.nonzero()
    copy, tie = np.nonzero(stays[:, rows] & stays[:, columns])
    ends = (n * copy + rows[tie], n * copy + columns[tie])
    every = sparse.csr_array((np.ones(len(tie), dtype=np.int8), ends), shape=(n * count, n * count))
    number, piece = csgraph.connected_components(every, directed=False)
    sizes = np.bincount(piece, minlength=number)
    # A person in a piece of s can reach s − 1 others; those removed are pieces of one and add nothing.
    reached = (sizes[piece] - 1).reshape(count, n).sum(axis=1)
    return 1.0 - ratio(reached, (n - size) * (n - size - 1))


def _in_steps(union: sparse.csr_array, removed: Sets) -> Floats:
    """The same by distance: pairs count the less the fewer steps apart they are.

    Breadth-first from everybody at once for all sets side by side; person i is bit i of the people reached.
    """
    n, (count, size) = union.shape[0], removed.shape
    # Everybody a contact of their own: nobody is without contacts, and who was reached stays reached.
    contacts = (union + sparse.eye_array(n)).tocsr()
    bit = np.zeros((n, -(-n // WORD)), dtype=np.uint64)
    person = np.arange(n)
    bit[person, person // WORD] = np.uint64(1) << (person % WORD).astype(np.uint64)
    reached = np.repeat(bit[None], count, axis=0)
    which = np.arange(count)[:, None]
    reached[which, removed] = 0
    pairs, step, total = np.full(count, n - size, dtype=np.int64), 0, np.zeros(count)
    while True:
        step += 1
        reached = np.bitwise_or.reduceat(reached[:, contacts.indices], contacts.indptr[:-1], axis=1)
        reached[which, removed] = 0
        now = np.bitwise_count(reached).sum(axis=(1, 2), dtype=np.int64)
        if (now == pairs).all():
            return 1.0 - ratio(total, (n - size) * (n - size - 1))
        total += (now - pairs) / step
        pairs = now


def _nearness(union: sparse.csr_array) -> Floats:
    """1 / steps between all pairs; 0 where there is no way, 1 for oneself."""
    steps = geodesics(union)[0]
    np.fill_diagonal(steps, 1.0)
    return 1.0 / steps


def _reach(near: Floats, members: Sets) -> Floats:
    """Mean over all people of 1 / steps to the nearest member, members counted 1."""
    reach: Floats = near[members].max(axis=1).mean(axis=1)
    return reach


def _why_not(network: Network, people: int, size: int, aim: Aim) -> str | None:
    """Why there is nothing to look for; None when there is."""
    least = size if aim == "reach" else size + 2
    if network.n < max(least, 2):
        return "too_few_nodes"
    if people < max(least, 2):
        return "nonresponse"
    if not network.matrix.nnz:
        return "no_ties"
    return "too_many_sets" if people > MOST_PEOPLE or comb(people, size) > MOST_SETS else None


def _searched(union: sparse.csr_array, size: int, aim: Aim) -> tuple[Callable[[Sets], Floats], int]:
    """What computes the value of each of some sets, and how many numbers it holds for each."""
    n = union.shape[0]
    if aim == "reach":
        return partial(_reach, _nearness(union)), n * size
    if aim == "fragmentation":
        return partial(_in_pieces, union), n + union.nnz
    return partial(_in_steps, union), (n + union.nnz) * -(-n // WORD)


def key_players(network: Network, size: int, aim: Aim) -> KeyPlayers:
    """On which few people the network depends most (who could not be spared), or from which few all are soon reached.

    Formula:
        Over all sets S of `size` people, the largest of, by `aim`:
        "fragmentation" (KPP-Neg): F = 1 − Σ_c s_c (s_c − 1) / (n' (n' − 1)) of what is left without S, s_c the sizes
        of its pieces, n' the people left; "distance_fragmentation" (KPP-Neg): DF = 1 − 2 Σ_{i<j} (1 / d_ij) /
        (n' (n' − 1)) of what is left; "reach" (KPP-Pos): R = (1/n) Σ_j 1 / min_{s∈S} d(s, j), the members of S
        themselves counted 1 each. 1/∞ = 0.
    Direction and strength:
        None: a tie counts when either person reports it (union); d counts steps. Strength not used.

    Args:
        network: one relation in one wave, n people.
        size: people in a set, 1 or more.
        aim: what to look for.

    Returns:
        KeyPlayers: every set with the largest value, and the value of the whole network beside it.

    Undefined when:
        fewer than two people would be left ("reach": fewer people than `size`) of those who answered or were named
        (too_few_nodes, or nonresponse when the roster is longer), there is no tie (no_ties), or there are more than
        100,000 sets or 2,000 people to look at (too_many_sets).
    Small n:
        says what the ties would lose, for planning who could take over, and never who is most valuable. Some set is
        always first: compare the value with the one of the whole network. A silent person's ties are missing.
    Reference:
        Borgatti (2006), Computational & Mathematical Organization Theory 12:21–34, doi:10.1007/s10588-006-7084-x.

    >>> network = Network.from_ties(["a", "b", "c", "d"], [("a", "b"), ("b", "c"), ("c", "d")])
    >>> found = key_players(network, 1, "fragmentation")
    >>> found.sets, round(found.value, 4), found.intact
    ((('b',), ('c',)), 0.6667, 0.0)
    """
    if size < 1:
        raise ValueError("a set has at least one person")
    places = np.flatnonzero(heard_of(network))
    n = len(places)
    reason = _why_not(network, n, size, aim)
    if reason is not None:
        return KeyPlayers(aim, size, (), float("nan"), float("nan"), n, reason)
    union = network.union[places][:, places]
    compute, numbers = _searched(union, size, aim)
    intact = float("nan") if aim == "reach" else float(compute(np.zeros((1, 0), dtype=np.int64))[0])
    # A small batch stays in the fast memory, and is twice as quick as a large one.
    parts = [(batch, compute(batch)) for batch in _batches(n, size, max(1, AT_ONCE // (8 * numbers)))]
    values = np.concatenate([part for _, part in parts])
    sets = np.concatenate([batch for batch, _ in parts])
    best = float(values.max())
    found = places[sets[values >= best - SAME]].tolist()
    named = tuple(tuple(network.actors[i] for i in people) for people in found)
    return KeyPlayers(aim, size, named, best, intact, n, None)
