"""What no plan can do better: lower bounds by counting."""

from __future__ import annotations

from math import comb

import numpy as np
import rustworkx as rx

from sna.grouping.room import Costs, Ints, Room, Standing, can_help
from sna.networks.network import Bools


def least_costs(room: Room) -> Costs:
    """For each of the first six levels, a number below which no plan can be.

    Each bound is by itself: that all are reached together is not promised.
    """
    without = unserved = 0
    for standing in room.standings:
        groups, people = helped(room, standing)
        without += len(room.sizes) - groups
        unserved += int(standing.seeks.sum()) - people
    repeats = least_repeats(room.sizes, room.rounds, room.met, room.apart)
    return 0, repeats, 0, without, unserved, room.rounds * least_alike(room)


def helped(room: Room, standing: Standing) -> tuple[int, int]:
    """At most so many groups with somebody sought and somebody who seeks, and so many who seek beside somebody sought.

    Each such group holds a pair of its own of whom one can help the other, so there are no more groups than pairs
    without anybody in common (a maximum matching); and the most asked of a group is nobody who is helped.
    """
    possible = can_help(standing, room.apart)
    graph: rx.PyGraph[None, int] = rx.PyGraph(multigraph=False)
    graph.add_nodes_from([None] * room.n)
    graph.add_edges_from([(int(i), int(j), 1) for i, j in zip(*np.nonzero(possible), strict=True)])
    groups = min(len(room.sizes), len(rx.max_weight_matching(graph, max_cardinality=True)))
    helpable = possible.any(axis=0)
    # Somebody is asked most in each of these groups: as many as can, people whom nobody could help anyway.
    others = int(((standing.asked > 0) & ~helpable).sum())
    beside = np.cumsum([0, *sorted((size - 1 for size in room.sizes), reverse=True)])
    people = (min(int(helpable.sum()) - max(0, some - others), int(beside[some])) for some in range(groups + 1))
    return groups, max(people)


def least_repeats(sizes: tuple[int, ...], rounds: int, met: Ints, apart: Bools) -> int:
    """No plan has fewer pairs that sit together again.

    Two counts, of which the larger holds. Everybody sits beside somebody in `size − 1` places a round, and has only so
    many they have not met. And where a group is larger than there were groups in an earlier round, two of it come from
    one of those groups.

    >>> none = np.zeros((9, 9), dtype=np.int64)
    >>> least_repeats((3, 3, 3), 4, none, none > 0), least_repeats((3, 3, 3), 5, none, none > 0)
    (0, 9)
    >>> none = np.zeros((6, 6), dtype=np.int64)
    >>> least_repeats((3, 3), 3, none, none > 0)
    4
    """
    new = ((met == 0) & ~apart & ~np.eye(len(met), dtype=bool)).sum(axis=1)
    places = rounds * sum(size * (size - 1) for size in sizes)
    by_people = places - int(np.minimum(new, rounds * (max(sizes) - 1)).sum())
    by_groups = (rounds - 1) * sum(forced(size, len(sizes)) for size in sizes)
    return max(0, -(-by_people // 2), by_groups)


def forced(size: int, groups: int) -> int:
    """Pairs of a group that sat together when there were so many groups, at least.

    >>> forced(3, 4), forced(3, 2), forced(4, 2)
    (0, 1, 2)
    """
    each, more = divmod(size, groups)
    return more * comb(each + 1, 2) + (groups - more) * comb(each, 2)


def least_alike(room: Room) -> int:
    """No round has fewer pairs from one school: the people of each spread as evenly as they can."""
    schools = {tuple(np.flatnonzero(row).tolist()) for row in room.alike | np.eye(room.n, dtype=bool)}
    return sum(forced(len(school), len(room.sizes)) for school in schools)
