"""Pairs as good as they can be in one round: maximum-weight matching. Where the number is odd, one group of three."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import rustworkx as rx

from sna.grouping.room import Ints
from sna.grouping.rounds import Round, all_groups, group_costs
from sna.grouping.search import View

# Groups of three for which the pairs of all others are matched, when the number of people is odd.
MOST_THREES = 400


def best_pairs(one: View, rng: np.random.Generator) -> Round:
    """Everybody in pairs.

    The levels of cost are minded one after another: costs are whole numbers of any length. Among what is equally good
    `rng` chooses.

    Where one is left over, every group of three is looked at. Whoever of it is taken to be the third, the others of the
    round cannot cost less than the best pairs of everybody but the third, without the pair of the other two. Groups of
    three are tried in that order, until none can be better than the best that was found.
    """
    n = one.room.n
    seats = all_groups(n, 2, 3)
    threes = all_groups(n, 3, 3) if n % 2 else seats[:0]
    both = np.concatenate([seats, threes])
    total, unit = _one_number(group_costs(one, both), rng.integers(n, size=len(both)), max(1, n // 2))
    pairs = {(a, b): total[at] for at, (a, b, _) in enumerate(seats.tolist())}
    if not n % 2:
        return Round(_labels(n, _matched(range(n), pairs)[1]), True)
    without = [_matched([i for i in range(n) if i != third], pairs)[0] for third in range(n)]
    hopeful = []
    for own, (a, b, c) in zip(total[len(seats) :], threes.tolist(), strict=True):
        rest = max(without[a] - pairs[b, c], without[b] - pairs[a, c], without[c] - pairs[a, b])
        hopeful.append((own + rest, own, (a, b, c)))
    hopeful.sort()
    best: tuple[int, list[tuple[int, ...]]] | None = None
    proven = True
    for tried, (least, own, three) in enumerate(hopeful):
        if best is not None and (tried == MOST_THREES or least // unit >= best[0] // unit):
            proven = tried < MOST_THREES
            break
        cost, found = _matched([i for i in range(n) if i not in three], pairs)
        if best is None or cost + own < best[0]:
            best = cost + own, [three, *found]
    assert best is not None
    return Round(_labels(n, best[1]), proven)


def _one_number(cost: Ints, lowest: Ints, groups: int) -> tuple[list[int], int]:
    """Each group's cost as one whole number, earlier levels before later ones, and the unit above the lowest level."""
    total, unit, above = [0] * len(cost), 1, 1
    for at, column in enumerate([lowest, *cost.T[::-1]]):
        least = int(column.min())
        total = [so_far + unit * (value - least) for so_far, value in zip(total, column.tolist(), strict=True)]
        unit *= (int(column.max()) - least) * groups + 1
        above = unit if at == 0 else above
    return total, above


def _matched(people: Sequence[int], pairs: dict[tuple[int, int], int]) -> tuple[int, list[tuple[int, ...]]]:
    """What the cheapest pairs of these people cost, and which they are."""
    place = {person: at for at, person in enumerate(people)}
    most = max(pairs.values(), default=0)
    graph: rx.PyGraph[int, int] = rx.PyGraph(multigraph=False)
    graph.add_nodes_from(list(people))
    graph.add_edges_from(
        [(place[a], place[b], most - cost) for (a, b), cost in pairs.items() if a in place and b in place]
    )
    matched = rx.max_weight_matching(graph, max_cardinality=True, weight_fn=int)
    found = sorted((min(people[i], people[j]), max(people[i], people[j])) for i, j in matched)
    return sum(pairs[pair] for pair in found), list(found)


def _labels(n: int, groups: list[tuple[int, ...]]) -> Ints:
    """Everybody's group, larger groups first."""
    labels = np.empty(n, dtype=np.int64)
    for at, group in enumerate(sorted(groups, key=lambda those: (-len(those), those))):
        labels[list(group)] = at
    return labels
