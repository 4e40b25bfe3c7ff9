"""Plans: who sits with whom in each round, what that achieves, and what no plan could."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import comb

import numpy as np

from sna.grouping.bounds import least_costs
from sna.grouping.exact import best_round
from sna.grouping.room import Costs, Ints, Room, costs, led
from sna.grouping.search import renamed, searched, view
from sna.networks.network import Bools

# Rounds are gone through so often, each made as good as it can be beside the others.
PASSES = 10
# Plans that are shaken, at most; fewer where a round takes long.
SHAKES, WORK = 12, 16_000


@dataclass(frozen=True, eq=False)
class Plan:
    """Who sits with whom.

    Attributes:
        room: the people.
        labels: rounds × people; the number of everybody's group.
        costs: what counts against the plan, as in `LEVELS`.
        least: for the first six of these, numbers that no plan goes below (each by itself).
        proven: for each round, whether no other groups in it would be better while the other rounds stay as they are;
            None where there are too many possible groups to go through.
        leads: rounds × people; who is asked more than everybody else in their group, with somebody there who seeks.
    """

    room: Room
    labels: Ints
    costs: Costs
    least: Costs
    proven: tuple[bool | None, ...]
    leads: Bools


def best_plan(room: Room, rng: np.random.Generator) -> Plan:
    """A plan for all rounds: exchanges over all of them, then each round at its best beside the others.

    Where that leaves something to be wished, rounds are shaken and the others made at their best beside them, again and
    again; what is not worse is kept. How often is counted in steps, not in seconds.

    Args:
        room: who sits together, in groups of which sizes, and on which topic in each round.
        rng: decides among what is equally good; the same seed gives the same plan.
    """
    least = least_costs(room)
    labels, proven = _polished(room, searched(room, rng), range(room.rounds), rng)
    for _ in range(_tries(room)):
        if costs(room, labels)[: len(least)] <= least:
            break
        other, order = _shaken(labels, rng)
        other, _ = _polished(room, other, order, rng)
        other, flags = _polished(room, renamed(room, other, rng), order, rng)
        if costs(room, other) <= costs(room, labels):
            labels, proven = other, flags
    return Plan(room, labels, costs(room, labels), least, proven, led(room, labels))


def _tries(room: Room) -> int:
    """How many plans are shaken; none where there are too many possible groups to go through."""
    groups = sum(comb(room.n, size) for size in set(room.sizes))
    return min(SHAKES, WORK // (groups * room.rounds))


def _with(room: Room, labels: Ints, mine: Ints, at: int) -> Costs:
    """What the plan costs with other groups in one round."""
    other = labels.copy()
    other[at] = mine
    return costs(room, other)


def _polished(
    room: Room, labels: Ints, order: Iterable[int], rng: np.random.Generator
) -> tuple[Ints, tuple[bool | None, ...]]:
    """The plan with each round, one after another, as good as it can be beside the others, until none can be better.

    Returns:
        The plan; and for each round whether that is proven, as in `Plan`.
    """
    order = list(order)
    labels = labels.copy()
    proven: dict[int, bool | None] = {}
    for at in order * PASSES:
        if len(proven) == room.rounds:
            break
        found = best_round(view(room, labels, at), rng)
        if found is None:
            proven[at] = None
        elif _with(room, labels, found.labels, at) < costs(room, labels):
            labels[at] = found.labels
            # What was proven of the other rounds held beside the earlier groups of this one.
            proven = {at: found.proven}
        else:
            proven[at] = found.proven
    return labels, tuple(proven.get(at, False) for at in range(room.rounds))


def _shaken(labels: Ints, rng: np.random.Generator) -> tuple[Ints, list[int]]:
    """The plan with people of one round or two in other seats, and the order in which to see to rounds: those last."""
    labels = labels.copy()
    order = rng.permutation(len(labels)).tolist()
    n = labels.shape[1]
    for at in order[-int(rng.integers(1, 3)) :]:
        those = rng.choice(n, size=int(rng.integers(2, n + 1)), replace=False)
        labels[at, those] = labels[at, rng.permutation(those)]
    return labels, order
