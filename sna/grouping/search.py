"""Looking for good plans: seats are exchanged between two groups of a round, as long as that helps."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import combinations

import numpy as np

from sna.grouping.bounds import least_costs
from sna.grouping.room import (
    LEVELS,
    MOST_ASKED,
    MOST_TIMES,
    Costs,
    Ints,
    Room,
    costs,
    judged,
    led,
    seated,
    together,
)

# Exchanges tried to get rid of pairs that sit together again, beginnings afresh, shaken plans; fewer for many people.
STEPS, STARTS, SHAKES = 3_000, 5, 20
# An exchange that was made is not undone for so many steps.
HELD = 12
NEVER = np.iinfo(np.int64).max
W = {name: at for at, name in enumerate(LEVELS)}


@dataclass
class View:
    """One round of a plan, the others as they are.

    Attributes:
        room: who sits together.
        at: number of the round.
        labels: n; everybody's group in it. Changed in place.
        times: n × n; how often two sit together in the other rounds and sat before.
        elsewhere: n booleans; who is asked more than everybody else in their group in another round.
    """

    room: Room
    at: int
    labels: Ints
    times: Ints
    elsewhere: np.ndarray
    seats: Ints = field(init=False)
    place: Ints = field(init=False)
    pairs: Ints = field(init=False)
    beside: Ints = field(init=False)
    worth: Ints = field(init=False)

    def __post_init__(self) -> None:
        room, weigh = self.room, self.room.weights
        self.seats = seated(self.labels, room.sizes)
        self.place = np.empty(room.n, dtype=np.int64)
        groups, places = np.nonzero(self.seats >= 0)
        self.place[self.seats[groups, places]] = places
        self.pairs = weigh[W["apart"]] * room.apart + weigh[W["repeats"]] * (self.times > 0)
        self.pairs += weigh[W["alike"]] * room.alike
        self.pairs += weigh[W["often"]] * np.minimum(np.maximum(self.times - 1, 0), MOST_TIMES)
        np.fill_diagonal(self.pairs, 0)
        self.beside = self.pairs @ (self.labels[:, None] == np.arange(len(room.sizes))).astype(np.int64)
        self.needed = (room.could_lead & ~self.elsewhere).astype(np.int64)
        self.worth = self._worth(self.seats)

    def _worth(self, seats: Ints) -> Ints:
        """What groups cost, but for what pairs cost."""
        weigh = self.room.weights
        top, served, leads = judged(self.room.standings[self.at], seats)
        cost = weigh[W["without"]] * (served == 0) - weigh[W["unserved"]] * served
        cost -= weigh[W["never"]] * (self.needed[seats] * leads).sum(axis=1)
        return np.asarray(
            cost - weigh[W["unspread"]] * (seats >= 0).sum(axis=1) * np.minimum(top, MOST_ASKED), dtype=np.int64
        )

    def changes(self, person: int) -> Ints:
        """n: by how much the cost changes if this person changes seats with each other; `NEVER` within the group."""
        others = np.arange(self.room.n)
        mine, theirs = self.labels[person], self.labels
        change = self.beside[person, theirs] + self.beside[others, mine] - 2 * self.pairs[person]
        change -= self.beside[person, mine] + self.beside[others, theirs]
        here = np.repeat(self.seats[mine][None, :], self.room.n, axis=0)
        here[:, self.place[person]] = others
        there = self.seats[theirs]
        there[others, self.place] = person
        change += self._worth(here) + self._worth(there) - self.worth[mine] - self.worth[theirs]
        change[theirs == mine] = NEVER
        return np.asarray(change, dtype=np.int64)

    def exchange(self, one: int, other: int) -> None:
        """Let two people change seats."""
        a, b = self.labels[one], self.labels[other]
        self.beside[:, a] += self.pairs[:, other] - self.pairs[:, one]
        self.beside[:, b] += self.pairs[:, one] - self.pairs[:, other]
        self.seats[a, self.place[one]], self.seats[b, self.place[other]] = other, one
        self.place[one], self.place[other] = self.place[other], self.place[one]
        self.labels[one], self.labels[other] = b, a
        self.worth[[a, b]] = self._worth(self.seats[[a, b]])

    def descend(self, rng: np.random.Generator) -> bool:
        """Exchange as long as that helps; whether it did."""
        helped, quiet = False, 0
        while quiet < self.room.n:
            for person in rng.permutation(self.room.n).tolist():
                change = self.changes(person)
                best = int(change.min())
                if best < 0:
                    self.exchange(person, int(rng.choice(np.flatnonzero(change == best))))
                    helped, quiet = True, 0
                else:
                    quiet += 1
                if quiet >= self.room.n:
                    break
        return helped


def view(room: Room, labels: Ints, at: int, made: int | None = None) -> View:
    """One round, the others as they are.

    Args:
        room: who sits together.
        labels: the plan.
        at: number of the round.
        made: only so many rounds are there yet; None: all.
    """
    times, elsewhere = room.met.copy(), np.zeros(room.n, dtype=bool)
    leads = led(room, labels)
    for other in range(room.rounds if made is None else made):
        if other != at:
            times += together(labels[other])
            elsewhere |= leads[other]
    return View(room, at, labels[at].copy(), times, elsewhere)


def begun(room: Room, rng: np.random.Generator) -> Ints:
    """A plan made round by round, each as good as exchanges can make it."""
    groups = np.repeat(np.arange(len(room.sizes)), room.sizes)
    labels = np.array([rng.permutation(groups) for _ in range(room.rounds)])
    for at in range(room.rounds):
        one = view(room, labels, at, made=at)
        one.descend(rng)
        labels[at] = one.labels
    return labels


def descended(room: Room, labels: Ints, rng: np.random.Generator, *, once: bool = False) -> Ints:
    """The plan after exchanges in every round, until none helps."""
    labels = labels.copy()
    helped = True
    while helped:
        helped = False
        for at in rng.permutation(room.rounds).tolist():
            one = view(room, labels, at)
            if one.descend(rng):
                helped = not once
                labels[at] = one.labels
    return labels


def untangled(room: Room, labels: Ints, rng: np.random.Generator, steps: int, least: int) -> Ints:
    """The plan with as few pairs as can be found that sit together again; what else it is worth does not count.

    A person who sits with somebody again, or is kept apart from them, changes seats with whoever makes fewest of these,
    even if that makes more than there were; an exchange is not undone for a while.
    """
    labels = labels.copy()
    seats = np.array([seated(mine, room.sizes) for mine in labels])
    first, second = np.array(list(combinations(range(seats.shape[2]), 2)), dtype=np.int64).reshape(-1, 2).T
    times = room.met + sum((together(mine).astype(np.int64) for mine in labels), np.zeros_like(room.met))
    heavy = (room.n * room.rounds + 1) * room.apart.astype(float)
    held = np.zeros((room.rounds, room.n, room.n), dtype=np.int64)
    best, fewest = labels.copy(), NEVER
    for step in range(1, steps + 1):
        one, other = seats[:, :, first], seats[:, :, second]
        bad = (one >= 0) & (other >= 0) & ((times[one, other] > 1) | room.apart[one, other])
        count = costs_of_pairs(room, times, labels)
        if count < fewest:
            best, fewest = labels.copy(), count
        if count <= least or not bad.any():
            break
        where = np.argwhere(bad)
        at, group, pair = where[rng.integers(len(where))].tolist()
        person = int((one if rng.random() < 0.5 else other)[at, group, pair])
        mine = labels[at]
        pairs = ((times - together(mine)) > 0) + heavy
        np.fill_diagonal(pairs, 0.0)
        beside = pairs @ (mine[:, None] == np.arange(len(room.sizes)))
        change = beside[person, mine] + beside[np.arange(room.n), mine[person]] - 2 * pairs[person]
        change -= beside[person, mine[person]] + beside[np.arange(room.n), mine]
        free = (mine != mine[person]) & ((held[at, person] < step) | (count + change < fewest))
        if not free.any():
            continue
        change = np.where(free, change, np.inf)
        chosen = int(rng.choice(np.flatnonzero(change == change.min())))
        held[at, person, chosen] = held[at, chosen, person] = step + HELD + int(rng.integers(HELD))
        times -= together(mine)
        mine[person], mine[chosen] = mine[chosen], mine[person]
        times += together(mine)
        seats[at] = seated(mine, room.sizes)
    return best


def costs_of_pairs(room: Room, times: Ints, labels: Ints) -> int:
    """Pairs that sit together again, and, each counted as more than all of those, pairs who are kept apart."""
    again = np.maximum(times - 1, 0) - np.maximum(room.met - 1, 0)
    apart = sum(int((together(mine) & room.apart).sum()) for mine in labels) if room.apart.any() else 0
    return int(again.sum()) // 2 + (room.n * room.rounds + 1) * (apart // 2)


def searched(room: Room, rng: np.random.Generator) -> Ints:
    """A plan that no exchange of two seats makes better, the best of several.

    Args:
        room: who sits together.
        rng: says in which order exchanges are tried.

    Returns:
        Rounds × people. How long is looked is counted in steps, not in seconds: the same seed gives the same plan
        everywhere.
    """
    ideal = least_costs(room)
    effort = min(1.0, 150 / room.n)
    best: tuple[Costs, Ints] | None = None
    for _ in range(max(1, round(STARTS * effort))):
        labels = begun(room, rng)
        if costs(room, labels)[:2] > ideal[:2]:
            steps = min(round(STEPS * effort), 25 * room.n * room.rounds)
            labels = untangled(room, labels, rng, steps, ideal[1])
        labels = descended(room, labels, rng)
        best = _better(best, (costs(room, labels), labels))
        if best[0][: len(ideal)] <= ideal:
            return best[1]
    assert best is not None
    for _ in range(round(SHAKES * effort)):
        labels = descended(room, _shaken(best[1], rng), rng, once=True)
        best = _better(best, (costs(room, labels), labels))
        if best[0][: len(ideal)] <= ideal:
            break
    return best[1]


def _better(best: tuple[Costs, Ints] | None, new: tuple[Costs, Ints]) -> tuple[Costs, Ints]:
    return new if best is None or new[0] <= best[0] else best


def _shaken(labels: Ints, rng: np.random.Generator) -> Ints:
    """The plan with a few people of one round in other seats."""
    labels = labels.copy()
    mine = labels[rng.integers(len(labels))]
    those = rng.choice(len(mine), size=min(len(mine), 4 + int(rng.integers(3))), replace=False)
    mine[those] = mine[np.roll(those, 1)]
    return labels


def renamed(room: Room, labels: Ints, rng: np.random.Generator) -> Ints:
    """The plan after two people have changed seats in all rounds, as long as that helps.

    Who meets whom again stays as it is then, but for the past, where exchanges in one round would undo it.
    """
    labels = labels.copy()
    now = costs(room, labels)
    pairs = np.array(list(combinations(range(room.n), 2)), dtype=np.int64)
    quiet = 0
    while quiet < len(pairs):
        for one, other in rng.permutation(pairs).tolist():
            moved = labels.copy()
            moved[:, [one, other]] = labels[:, [other, one]]
            cost = costs(room, moved)
            quiet = 0 if cost < now else quiet + 1
            if cost < now:
                labels, now = moved, cost
            if quiet >= len(pairs):
                break
    return labels
