"""Null B: everybody names the same people as often, and as many on each topic, no matter whom on which topic.

Each respondent's topics × nominees are a table of yes and no whose sums over topics and over nominees stay. Every such
table is as likely as any other: the exact reference set of the hypothesis that what a respondent thinks of anybody does
not depend on the topic.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, product
from math import prod

import numpy as np
import numpy.typing as npt

from sna.inference.chance import MOST_LISTED
from sna.metrics.fixity import Counts, Nominations
from sna.networks.network import Bools, Floats

Places = npt.NDArray[np.int64]
# Tables of up to so many sums over topics are counted and drawn exactly; larger ones are shuffled by trades.
MOST_COUNTED = 100_000
# So often every pair of topics trades before a draw is taken, beginning from what was said.
SWEEPS = 6


@dataclass(frozen=True, eq=False)
class Table:
    """One respondent's names, as far as they can change.

    Attributes:
        nominees: places of those who may change: named on a topic, and not on all.
        named: (T, nominees) booleans.
        known: (T, nominees) booleans; nobody can be named in a cell that is not known.
    """

    nominees: Places
    named: Bools
    known: Bools

    @cached_property
    def _strides(self) -> Places:
        """What one name on each topic counts in the number that stands for the names still to be given."""
        sizes = self.named.sum(axis=1) + 1
        return np.concatenate([[1], np.cumprod(sizes[:-1])]).astype(np.int64)

    @property
    def counted(self) -> bool:
        """Whether the tables can be counted."""
        return bool(prod((self.named.sum(axis=1) + 1).tolist()) <= MOST_COUNTED)

    @cached_property
    def _choices(self) -> list[Bools]:
        """For each nominee (choices, T): the sets of topics on which they may be named, as often as they were."""
        found = []
        for at in range(len(self.nominees)):
            may, times = np.flatnonzero(self.known[:, at]).tolist(), int(self.named[:, at].sum())
            chosen = list(combinations(may, times))
            sets = np.zeros((len(chosen), len(self.named)), dtype=bool)
            for row, topics in enumerate(chosen):
                sets[row, list(topics)] = True
            found.append(sets)
        return found

    @cached_property
    def _ways(self) -> list[Floats]:
        """For each nominee, and behind the last: names still to be given → tables of this nominee and later ones."""
        names = self.named.sum(axis=1)
        states = np.arange(prod((names + 1).tolist()), dtype=np.int64)
        left = states[:, None] // self._strides % (names + 1)
        ways = [np.zeros(len(states))]
        ways[0][0] = 1.0
        for sets in reversed(self._choices):
            more = np.zeros(len(states))
            for topics in sets:
                fits = (left[:, topics] > 0).all(axis=1)
                more[fits] += ways[0][states[fits] - self._strides[topics].sum()]
            ways.insert(0, more)
        return ways

    @property
    def members(self) -> float:
        """How many tables there are; infinite where they cannot be counted."""
        return float(self._ways[0][-1]) if self.counted else float("inf")

    def draw(self, rng: np.random.Generator, draws: int) -> Bools:
        """(draws, T, nominees), every table as likely as any other."""
        if not self.counted:
            return self._shuffled(rng, draws)
        names = self.named.sum(axis=1)
        state = np.full(draws, int((names * self._strides).sum()), dtype=np.int64)
        held = np.zeros((draws, len(names), len(self.nominees)), dtype=bool)
        for at, (sets, ways) in enumerate(zip(self._choices, self._ways[1:], strict=True)):
            left = state[:, None] // self._strides % (names + 1)
            # A set fits where a name is still to be given on each of its topics.
            fits = (left > 0).astype(np.int64) @ sets.T == sets.sum(axis=1)
            onward = np.where(fits, state[:, None] - sets @ self._strides, 0)
            risen = np.cumsum(np.where(fits, ways[onward], 0.0), axis=1)
            lot = rng.random(draws) * risen[:, -1]
            chosen = np.minimum((risen <= lot[:, None]).sum(axis=1), len(sets) - 1)
            held[:, :, at] = sets[chosen]
            state = onward[np.arange(draws), chosen]
        return held

    def _shuffled(self, rng: np.random.Generator, draws: int) -> Bools:
        """The same by trades between pairs of topics (curveball): what one has and the other has not is dealt anew.

        Reference:
            Strona, Nappo, Boccacci, Fattorini & San-Miguel-Ayanz (2014), Nature Communications 5:4114,
            doi:10.1038/ncomms5114.
        """
        held = np.repeat(self.named[None], draws, axis=0)
        for _ in range(SWEEPS):
            for one, other in combinations(range(len(self.named)), 2):
                _trade(held, one, other, self.known[one] & self.known[other], rng)
        return held

    def every(self) -> Iterator[Bools]:
        """All tables, one by one."""
        yield from self._from(0, self.named.sum(axis=1))

    def _from(self, at: int, left: Counts) -> Iterator[Bools]:
        if at == len(self.nominees):
            if not left.any():
                yield np.zeros((len(self.named), 0), dtype=bool)
            return
        for topics in self._choices[at]:
            if (left[topics] > 0).all():
                for rest in self._from(at + 1, left - topics):
                    yield np.column_stack([topics, rest])


def _trade(held: Bools, one: int, other: int, both: Bools, rng: np.random.Generator) -> None:
    """Deal out anew what just one of two topics has, in every draw, as many to each as before."""
    apart = (held[:, one] ^ held[:, other]) & both
    left = apart.sum(axis=1)
    needed = (held[:, one] & apart).sum(axis=1)
    lots = rng.random(apart.shape)
    for place in np.flatnonzero(apart.any(axis=0)).tolist():
        free = apart[:, place]
        # Of those left, as many are still needed: each is taken with that chance.
        taken = free & (lots[:, place] * left < needed)
        held[:, one, place] = np.where(free, taken, held[:, one, place])
        held[:, other, place] = np.where(free, ~taken, held[:, other, place])
        needed -= taken
        left -= free


def tables(found: Nominations) -> list[Table]:
    """What can change of each respondent's names."""
    each = []
    for named, known in zip(found.named.swapaxes(0, 1), found.open.swapaxes(0, 1), strict=True):
        times = named.sum(axis=0)
        moving = np.flatnonzero((times > 0) & (times < known.sum(axis=0)))
        each.append(Table(moving, named[:, moving], known[:, moving]))
    return each


def draw_topic_blind(found: Nominations, rng: np.random.Generator, draws: int) -> tuple[list[Bools], Counts]:
    """Draws from null B.

    Args:
        found: who named whom.
        rng: draws the tables.
        draws: how many times.

    Returns:
        For each respondent (draws, T, `Table.nominees`) booleans; and the counts of all, (draws, T, N).
    """
    counts = np.repeat(found.counts[None], draws, axis=0)
    held = []
    for table in tables(found):
        held.append(table.draw(rng, draws))
        if len(table.nominees):
            counts[:, :, table.nominees] += held[-1].astype(np.int64) - table.named
    return held, counts


def listed_topic_blind(found: Nominations) -> Counts | None:
    """The counts (members, T, N) of all members of null B; None when there are more than `MOST_LISTED`."""
    each = tables(found)
    if prod(table.members for table in each) > MOST_LISTED:
        return None
    listed = []
    for chosen in product(*(list(table.every()) for table in each)):
        counts = found.counts.copy()
        for table, held in zip(each, chosen, strict=True):
            counts[:, table.nominees] += held.astype(np.int64) - table.named
        listed.append(counts)
    return np.array(listed)
