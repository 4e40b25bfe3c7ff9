"""One round while the others stay as they are: what every possible group in it would cost."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from sna.grouping.room import LEVELS, MOST_ASKED, MOST_TIMES, Ints, judged
from sna.grouping.search import View


@dataclass(frozen=True, eq=False)
class Round:
    """One round.

    Attributes:
        labels: n; everybody's group.
        proven: no other groups in this round would be better while the other rounds stay as they are.
    """

    labels: Ints
    proven: bool


def all_groups(n: int, size: int, width: int) -> Ints:
    """Every possible group of a size, one in each row, with −1 in seats that nobody has.

    >>> all_groups(3, 2, 3).tolist()
    [[0, 1, -1], [0, 2, -1], [1, 2, -1]]
    """
    found = np.array(list(combinations(range(n), size)), dtype=np.int64).reshape(-1, size)
    return np.pad(found, ((0, 0), (0, width - size)), constant_values=-1)


def group_costs(one: View, seats: Ints) -> Ints:
    """Groups × levels: what each possible group would add to the cost of the plan."""
    room = one.room
    found = np.zeros((len(seats), len(LEVELS)), dtype=np.int64)
    often = np.minimum(np.maximum(one.times - 1, 0), MOST_TIMES)
    for first, second in combinations(range(seats.shape[1]), 2):
        a, b = seats[:, first], seats[:, second]
        for level, cost in ((0, room.apart), (1, one.times > 0), (5, room.alike), (6, often)):
            found[:, level] += np.where((a >= 0) & (b >= 0), cost[a, b], 0)
    top, served, leads = judged(room.standings[one.at], seats)
    found[:, 2] = -(one.needed[seats] * leads).sum(axis=1)
    found[:, 3], found[:, 4] = served == 0, -served
    found[:, 7] = -(seats >= 0).sum(axis=1) * np.minimum(top, MOST_ASKED)
    return found
