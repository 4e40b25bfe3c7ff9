"""Slow checks of plans for groups: what a plan costs counted from its definition, and every plan there is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, product

from sna.grouping.room import Room

Groups = list[list[int]]


def groups_of(labels: Sequence[int]) -> Groups:
    """The people of each group of one round."""
    return [[i for i, label in enumerate(labels) if label == group] for group in range(max(labels) + 1)]


def all_rounds(people: list[int], sizes: Sequence[int]) -> Iterator[Groups]:
    """Every way to divide people into groups of these sizes, once."""
    if not people:
        yield []
        return
    first, rest = people[0], people[1:]
    for size in sorted(set(sizes)):
        left = list(sizes)
        left.remove(size)
        for mates in combinations(rest, size - 1):
            others = [one for one in rest if one not in mates]
            for further in all_rounds(others, left):
                yield [[first, *mates], *further]


def all_plans(room: Room) -> Iterator[list[Groups]]:
    """Every plan."""
    yield from map(list, product(list(all_rounds(list(range(room.n)), room.sizes)), repeat=room.rounds))


def sought_and_seeking(room: Room, at: int, group: Sequence[int]) -> tuple[list[int], list[int]]:
    """Of a group: who is asked more than all others, if somebody seeks; and who seeks beside somebody asked more."""
    asked, seeks = room.standings[at].asked, room.standings[at].seeks
    served = [j for j in group if seeks[j] and any(asked[i] > asked[j] for i in group)]
    first = [i for i in group if all(asked[i] > asked[j] for j in group if j != i)]
    return (first if served else []), served


def could_lead(room: Room) -> set[int]:
    """People who could be the one most asked beside somebody who seeks, in some round."""
    found = set()
    for standing in room.standings:
        for i, j in product(range(room.n), repeat=2):
            if standing.seeks[j] and standing.asked[i] > standing.asked[j] and not room.apart[i, j]:
                found.add(i)
    return found


def costs(room: Room, plan: Sequence[Groups]) -> tuple[int, ...]:
    """What counts against a plan, from the definitions in `LEVELS`."""
    times = {pair: int(room.met[pair]) for pair in combinations(range(room.n), 2)}
    apart = repeats = without = unserved = alike = often = unspread = 0
    leads: set[int] = set()
    for at, groups in enumerate(plan):
        unserved += sum(bool(seeks) for seeks in room.standings[at].seeks)
        for group in groups:
            first, served = sought_and_seeking(room, at, group)
            leads |= set(first)
            without += not served
            unserved -= len(served)
            unspread -= len(group) * max(int(room.standings[at].asked[i]) for i in group)
            for pair in combinations(sorted(group), 2):
                apart += bool(room.apart[pair])
                alike += bool(room.alike[pair])
                repeats += times[pair] > 0
                often += max(0, times[pair] - 1)
                times[pair] += 1
    return apart, repeats, len(could_lead(room) - leads), without, unserved, alike, often, unspread


def faults(room: Room, plan: Sequence[Groups]) -> list[str]:
    """What is wrong with a plan as such: people missing or doubled, wrong sizes, people kept apart who sit together."""
    found = []
    for at, groups in enumerate(plan):
        seated = sorted(i for group in groups for i in group)
        if seated != list(range(room.n)):
            found.append(f"round {at}: not everybody once")
        if sorted(map(len, groups)) != sorted(room.sizes) or max(map(len, groups)) - min(map(len, groups)) > 1:
            found.append(f"round {at}: sizes {sorted(map(len, groups))}")
        found += [f"round {at}: {p} kept apart" for g in groups for p in combinations(sorted(g), 2) if room.apart[p]]
    return found
