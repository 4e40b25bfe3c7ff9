"""Attendance computed the obvious way, value by value and case by case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, permutations, product
from math import isnan
from statistics import median


def theil_sen(values: Sequence[float], places: Sequence[float]) -> float:
    """The median slope over all pairs of known values."""
    told = [(place, value) for place, value in zip(places, values, strict=True) if not isnan(value)]
    slopes = [(w - v) / (q - p) for (p, v), (q, w) in combinations(told, 2)]
    return median(slopes) if slopes else float("nan")


def concordance(values: Sequence[float]) -> int:
    """Pairs that rise less pairs that fall."""
    told = [value for value in values if not isnan(value)]
    return sum((w > v) - (w < v) for v, w in combinations(told, 2))


def mann_kendall_by_listing(values: Sequence[float]) -> float:
    """How many of all orders of these values are as steady as this one."""
    found = [abs(concordance(order)) for order in permutations(values)]
    return sum(s >= abs(concordance(values)) for s in found) / len(found)


def steadily_by_listing(people: Sequence[Sequence[float]]) -> float:
    """Two-sided p of the sum of people's own trends: all signs gone through."""
    own = []
    for row in people:
        told = [value for value in row if not isnan(value)]
        middle = (len(told) - 1) / 2
        own.append(sum((place - middle) * value for place, value in enumerate(told)))
    moved = [u for u in own if u]
    sums = [
        sum(sign * u for sign, u in zip(signs, moved, strict=True)) for signs in product((-1, 1), repeat=len(moved))
    ]
    return sum(abs(s) >= abs(sum(moved)) - 1e-9 for s in sums) / len(sums)


def ways_to_lead(could: Sequence[Sequence[int]], sizes: Sequence[int]) -> Iterator[list[int]]:
    """Counts of sessions led for each way in which those who were there might have led."""
    n = 1 + max(person for those in could for person in those)
    for chosen in product(*(combinations(those, size) for those, size in zip(could, sizes, strict=True))):
        yield [sum(person in those for those in chosen) for person in range(n)]


def gini(counts: Sequence[float]) -> float:
    """Half the mean difference between two different people / the mean."""
    n, mean = len(counts), sum(counts) / len(counts)
    apart = sum(abs(a - b) for a, b in permutations(counts, 2)) / (n * (n - 1))
    return apart / (2 * mean)


def kaplan_meier(days: Sequence[float], left: Sequence[bool]) -> list[tuple[float, float]]:
    """(day, share still there) on each day on which somebody left."""
    share, found = 1.0, []
    for day in sorted({day for day, gone in zip(days, left, strict=True) if gone}):
        there = sum(other >= day for other in days)
        gone_then = sum(other == day and gone for other, gone in zip(days, left, strict=True))
        share *= 1 - gone_then / there
        found.append((day, share))
    return found
