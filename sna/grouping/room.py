"""People who may sit together, what is known of each, and what it is worth to seat them in some way.

A plan is an array of rounds × people that holds the number of everybody's group. What it is worth is a row of costs, of
which an earlier one counts more than all later ones together (`LEVELS`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from sna.networks.network import Bools

Ints = npt.NDArray[np.int64]

# What is counted against a plan, the most important first.
LEVELS = (
    "apart",  # pairs who are kept apart and sit together
    "repeats",  # times that a pair sits together which sat together before
    "never",  # people who could be asked more than everybody else in their group and are so in no round
    "without",  # groups in which nobody sought sits with somebody who seeks
    "unserved",  # people who seek and have nobody beside them who is asked more than they are, over all rounds
    "alike",  # pairs from one school
    "often",  # how often pairs who sit together again had met beyond the first time
    "unspread",  # less where the most sought sit in different groups
)
# Numbers above these count as these, so that costs stay within 64 bits.
MOST_TIMES, MOST_ASKED, MOST_SEATS = 50, 100, 20
Costs = tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Standing:
    """Who is sought and who seeks on one topic.

    Attributes:
        asked: n whole numbers; by how many people who answered each is named.
        seeks: n booleans; true for those who answered and named somebody, or whom nobody names. Who did not answer is
            not known to seek.
    """

    asked: Ints
    seeks: Bools


@dataclass(frozen=True, eq=False)
class Room:
    """People who may sit together in groups of given sizes, round after round.

    Attributes:
        sizes: how many sit in each group; they add up to n. The same in every round.
        standings: what is known on the topic of each round.
        met: n × n whole numbers, symmetric; how often two sat together before.
        apart: n × n booleans, symmetric; who is kept apart.
        alike: n × n booleans, symmetric; who are of one school.
    """

    sizes: tuple[int, ...]
    standings: tuple[Standing, ...]
    met: Ints
    apart: Bools
    alike: Bools

    def __post_init__(self) -> None:
        if sum(self.sizes) != self.n or min(self.sizes, default=0) < 1 or max(self.sizes, default=0) > MOST_SEATS + 1:
            raise ValueError(f"groups of {self.sizes} cannot seat {self.n} people")

    @property
    def n(self) -> int:
        """People."""
        return len(self.met)

    @property
    def rounds(self) -> int:
        """Rounds."""
        return len(self.standings)

    @cached_property
    def could_lead(self) -> Bools:
        """n booleans: who can, in some round, be asked more than somebody beside them who seeks."""
        found = np.zeros(self.n, dtype=bool)
        for standing in self.standings:
            found |= can_help(standing, self.apart).any(axis=1)
        return found

    @cached_property
    def weights(self) -> Ints:
        """What one unit of each level counts when two seats are exchanged: more than all later levels together can."""
        most = max(self.sizes)
        beside, both = 2 * (most - 1), 2 * most
        ranges = (beside, beside, both, 2, both, beside, beside * MOST_TIMES, both * MOST_ASKED)
        found = [1]
        for largest in reversed(ranges[1:]):
            found.append(found[-1] * (2 * largest + 1))
        return np.array(found[::-1], dtype=np.int64)


def group_sizes(people: int, size: int) -> tuple[int, ...]:
    """Sizes of groups that differ by at most one, as many as possible as large as wished, larger ones first.

    >>> group_sizes(12, 3), group_sizes(13, 3), group_sizes(8, 3), group_sizes(7, 2), group_sizes(2, 3)
    ((3, 3, 3, 3), (4, 3, 3, 3), (3, 3, 2), (3, 2, 2), (2,))
    """
    if people <= size:
        return (people,)
    plans = []
    for groups in (people // size, -(-people // size)):
        small, more = divmod(people, groups)
        sizes = (small + 1,) * more + (small,) * (groups - more)
        if small > 1 and sizes[0] <= size + 1:
            plans.append(sizes)
    return max(plans, key=lambda sizes: sizes.count(size)) if plans else (people,)


def can_help(standing: Standing, apart: Bools) -> Bools:
    """n × n: the first is asked by more people than the second, who seeks, and they are not kept apart."""
    more = standing.asked[:, None] > standing.asked[None, :]
    return np.asarray(more & standing.seeks[None, :] & ~apart, dtype=bool)


def judged(standing: Standing, seats: Ints) -> tuple[Ints, Ints, Bools]:
    """What groups are worth on a topic.

    Args:
        standing: who is sought and who seeks.
        seats: groups × seats; −1 where nobody sits.

    Returns:
        For each group, how often its most asked person is named; how many of it seek and sit with somebody asked more;
        and, groups × seats, who is asked more than everybody else there, with somebody there who seeks.
    """
    there = seats >= 0
    asked = np.where(there, standing.asked[seats], -1)
    top = asked.max(axis=1)
    served = (there & standing.seeks[seats] & (asked < top[:, None])).sum(axis=1)
    first = asked == top[:, None]
    leads = there & first & ((served > 0) & (first.sum(axis=1) == 1))[:, None]
    return top, served, np.asarray(leads, dtype=bool)


def seated(labels: Ints, sizes: tuple[int, ...]) -> Ints:
    """Groups × seats of one round: who sits where, −1 where nobody does."""
    seats = np.full((len(sizes), max(sizes)), -1, dtype=np.int64)
    order = np.argsort(labels, kind="stable")
    starts = np.repeat(np.cumsum((0, *sizes[:-1])), sizes)
    seats[labels[order], np.arange(len(labels)) - starts] = order
    return seats


def together(labels: Ints) -> Bools:
    """n × n: who sits with whom in one round; nobody with themselves."""
    found = labels[:, None] == labels[None, :]
    np.fill_diagonal(found, False)
    return np.asarray(found, dtype=bool)


def led(room: Room, labels: Ints) -> Bools:
    """Rounds × people: who is asked more than everybody else in their group, with somebody there who seeks."""
    found = np.zeros(labels.shape, dtype=bool)
    for at, (standing, mine) in enumerate(zip(room.standings, labels, strict=True)):
        seats = seated(mine, room.sizes)
        found[at, seats[judged(standing, seats)[2]]] = True
    return found


def costs(room: Room, labels: Ints) -> Costs:
    """What counts against a plan, level by level as in `LEVELS`."""
    times = room.met.copy()
    apart = repeats = without = unserved = alike = often = unspread = 0
    for standing, mine in zip(room.standings, labels, strict=True):
        pairs = np.triu(together(mine))
        apart += int((pairs & room.apart).sum())
        repeats += int((pairs & (times > 0)).sum())
        often += int(np.minimum(np.maximum(times - 1, 0), MOST_TIMES)[pairs].sum())
        alike += int((pairs & room.alike).sum())
        times += pairs | pairs.T
        top, served, _ = judged(standing, seated(mine, room.sizes))
        without += int((served == 0).sum())
        unserved += int(standing.seeks.sum() - served.sum())
        unspread -= int((np.array(room.sizes) * np.minimum(top, MOST_ASKED)).sum())
    never = int((room.could_lead & ~led(room, labels).any(axis=0)).sum())
    return apart, repeats, never, without, unserved, alike, often, unspread
