"""Would groups made at random bring as many people together again? Kernels on people numbered from 0."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations
from math import factorial, prod

import numpy as np
import numpy.typing as npt

from sna.inference.chance import DRAWS, MOST_LISTED, Chance

Ints = npt.NDArray[np.int64]
# Whole histories are gone through so many at a time.
AT_ONCE = 500


def divisions(sizes: Sequence[int]) -> int:
    """In how many ways people can be divided into groups of these sizes.

    >>> divisions([3, 3, 3]), divisions([2, 1])
    (280, 3)
    """
    alike = prod(factorial(sizes.count(size)) for size in set(sizes))
    return factorial(sum(sizes)) // prod(map(factorial, sizes)) // alike


@lru_cache(maxsize=64)
def listed(sizes: tuple[int, ...]) -> Ints:
    """Every division of people into groups of these sizes: divisions × people, the number of everybody's group.

    >>> listed((2, 1)).tolist()
    [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    """
    sizes = tuple(sorted(sizes, reverse=True))
    found = np.zeros((1, 0), dtype=np.int64)
    filled = np.zeros((1, len(sizes)), dtype=np.int64)
    for _ in range(sum(sizes)):
        parts, counts = [], []
        for group, size in enumerate(sizes):
            able = filled[:, group] < size
            # Of empty groups of one size the first is opened, so that no division comes twice.
            if group and sizes[group - 1] == size:
                able &= (filled[:, group] > 0) | (filled[:, group - 1] > 0)
            parts.append(np.column_stack([found[able], np.full(int(able.sum()), group, dtype=np.int64)]))
            more = filled[able]
            more[:, group] += 1
            counts.append(more)
        found, filled = np.concatenate(parts), np.concatenate(counts)
    found.setflags(write=False)
    return found


def repeats_by_chance(met: npt.NDArray[np.bool_], sizes: Sequence[int], rng: np.random.Generator) -> Chance:
    """How many pairs that met before would sit together if people were divided at random into groups of these sizes.

    Args:
        met: n × n booleans, symmetric; who sat together before.
        sizes: of the groups; they add up to n.
        rng: draws divisions, unless there are no more than 20,000, which are then all gone through.

    >>> met = np.zeros((4, 4), dtype=bool)
    >>> met[0, 1] = met[1, 0] = True
    >>> chance = repeats_by_chance(met, [2, 2], np.random.default_rng(1))
    >>> round(chance.mean, 6), chance.exact
    (0.333333, True)
    """
    one, other = np.nonzero(np.triu(met, 1))
    if divisions(sizes) <= MOST_LISTED:
        labels = listed(tuple(sizes))
        values = (labels[:, one] == labels[:, other]).sum(axis=1).astype(float)
        return Chance(values, np.full(len(values), 1 / len(values)), True)
    first, second = _seats(sizes)
    order = rng.permuted(np.tile(np.arange(len(met)), (DRAWS, 1)), axis=1)
    return Chance.drawn(met[order[:, first], order[:, second]].sum(axis=1).astype(float))


def _seats(sizes: Sequence[int]) -> tuple[Ints, Ints]:
    """The pairs of seats that are in one group."""
    starts = np.cumsum([0, *sizes[:-1]])
    groups = [range(start, start + size) for start, size in zip(starts.tolist(), sizes, strict=True)]
    pairs = np.array([pair for group in groups for pair in combinations(group, 2)], dtype=np.int64).reshape(-1, 2)
    return pairs[:, 0], pairs[:, 1]


def history_by_chance(
    people: int, occasions: Sequence[tuple[Sequence[int], Sequence[int]]], rng: np.random.Generator
) -> Chance:
    """How often pairs would sit together again over several occasions if groups were made at random each time.

    Args:
        people: everybody of any occasion.
        occasions: for each, who was there and the sizes of the groups.
        rng: draws histories, unless there are no more than 20,000.
    """
    ways = prod(divisions(sizes) for _, sizes in occasions)
    if ways <= MOST_LISTED:
        keys = np.zeros((1, 0), dtype=np.int64)
        for there, sizes in occasions:
            mine = _keys_listed(there, sizes, people)
            keys = np.column_stack([np.repeat(keys, len(mine), axis=0), np.tile(mine, (len(keys), 1))])
        values = _repeated(keys)
        return Chance(values, np.full(len(values), 1 / len(values)), True)
    found = []
    for begin in range(0, DRAWS, AT_ONCE):
        many = min(AT_ONCE, DRAWS - begin)
        parts = []
        for there, sizes in occasions:
            first, second = _seats(sizes)
            order = rng.permuted(np.tile(np.asarray(there, dtype=np.int64), (many, 1)), axis=1)
            parts.append(_keys(order[:, first], order[:, second], people))
        found.append(_repeated(np.concatenate(parts, axis=1)))
    return Chance.drawn(np.concatenate(found))


def _keys(one: Ints, other: Ints, people: int) -> Ints:
    """A number for each pair."""
    return np.minimum(one, other) * people + np.maximum(one, other)


def _keys_listed(there: Sequence[int], sizes: Sequence[int], people: int) -> Ints:
    """Divisions × pairs of seats: the pairs that sit together."""
    labels = listed(tuple(sizes))
    order = np.argsort(labels, axis=1, kind="stable")
    first, second = _seats(sorted(sizes, reverse=True))
    who = np.asarray(there, dtype=np.int64)
    return _keys(who[order[:, first]], who[order[:, second]], people)


def _repeated(keys: Ints) -> npt.NDArray[np.float64]:
    """How many of the pairs in each row are there already."""
    ordered = np.sort(keys, axis=1)
    return np.asarray((ordered[:, 1:] == ordered[:, :-1]).sum(axis=1), dtype=float)
