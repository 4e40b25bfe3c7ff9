"""Slow, obvious versions of what is said about expertise: one list after the other, no arrays of draws."""

from __future__ import annotations

from itertools import combinations, pairwise, permutations, product
from math import log

Names = list[list[set[int]]]


def theil(counts: list[int]) -> float:
    """ln N + Σ p ln p."""
    total = sum(counts)
    return log(len(counts)) + sum(x / total * log(x / total) for x in counts if x)


def parts(counts: list[list[int]]) -> tuple[float, float, float]:
    """(T̄, T_pool, MI) by their definitions, MI from the divergences of the topics."""
    named = [row for row in counts if sum(row)]
    total = sum(map(sum, named))
    pooled = [sum(column) for column in zip(*named, strict=True)]
    within = sum(sum(row) / total * theil(row) for row in named)
    apart = 0.0
    for row in named:
        share = sum(row) / total
        apart += share * sum(
            x / sum(row) * log((x / sum(row)) / (p / total)) for x, p in zip(row, pooled, strict=True) if x
        )
    return within, theil(pooled), apart


def counted(names: Names, n: int) -> list[list[int]]:
    """names[topic][person] = whom they named → counts[topic][nominee]."""
    return [[sum(j in named for named in topic) for j in range(n)] for topic in names]


def no_experts(names: Names, n: int) -> list[list[list[int]]]:
    """Counts of all members of null A: everybody draws as many others as they named."""
    choices = [
        [set(c) for c in combinations([j for j in range(n) if j != i], len(named))]
        for topic in names
        for i, named in enumerate(topic)
    ]
    people = len(names[0])
    return [
        counted([list(all_of[t * people : (t + 1) * people]) for t in range(len(names))], n)
        for all_of in product(*choices)
    ]


def topic_blind(names: Names, n: int) -> list[list[list[int]]]:
    """Counts of all members of null B: each person's margins, by nominee and by topic, stay."""
    each = []
    for person in range(len(names[0])):
        own = [topic[person] for topic in names]
        others = [j for j in range(n) if j != person]
        choices = [list(combinations(others, len(named))) for named in own]
        times = [sum(j in named for named in own) for j in range(n)]
        each.append([rows for rows in product(*choices) if [sum(j in row for row in rows) for j in range(n)] == times])
    return [counted([[set(rows[t]) for rows in chosen] for t in range(len(names))], n) for chosen in product(*each)]


def unrelated(names: Names, n: int) -> list[list[list[int]]]:
    """Counts of all members of null C: in each topic but the first the nominees change places."""
    counts = counted(names, n)
    moved = [[[row[j] for j in order] for order in permutations(range(n))] for row in counts[1:]]
    return [[counts[0], *rows] for rows in product(*moved)]


def kendall_w(counts: list[list[int]]) -> float:
    """W by counting who is below whom."""
    topics, n = len(counts), len(counts[0])
    ranks = [[1 + sum(y < x for y in row) + (sum(y == x for y in row) - 1) / 2 for x in row] for row in counts]
    sums = [sum(column) for column in zip(*ranks, strict=True)]
    spread = sum((total - topics * (n + 1) / 2) ** 2 for total in sums)
    tied = sum(row.count(x) ** 3 - row.count(x) for row in counts for x in set(row))
    return 12 * spread / (topics**2 * (n**3 - n) - topics * tied)


def orders(row: list[int]) -> list[list[int]]:
    """Every order of people in which nobody stands before somebody who has more."""
    return [list(order) for order in permutations(range(len(row))) if all(row[a] >= row[b] for a, b in pairwise(order))]


def rank_biased_overlap(one: list[int], other: list[int], p: float) -> float:
    """RBO_ext depth by depth."""
    total, shared = 0.0, 0.0
    for depth in range(1, len(one) + 1):
        shared = len(set(one[:depth]) & set(other[:depth])) / depth
        total += (1 - p) * p ** (depth - 1) * shared
    return total + p ** len(one) * shared


def ranking_overlap(counts: list[list[int]], p: float) -> float:
    """The mean over pairs of topics and over all orders of each that ties allow."""
    pairs = []
    for first, second in combinations(counts, 2):
        values = [rank_biased_overlap(a, b, p) for a in orders(first) for b in orders(second)]
        pairs.append(sum(values) / len(values))
    return sum(pairs) / len(pairs)


def kendall_tau(one: list[float], other: list[float]) -> float | None:
    """τ_b, pair by pair; None where all are alike in one of the two."""
    same = opposite = first = second = 0
    for i, j in combinations(range(len(one)), 2):
        a, b = one[i] - one[j], other[i] - other[j]
        same += a * b > 0
        opposite += a * b < 0
        first += a != 0
        second += b != 0
    return (same - opposite) / (first * second) ** 0.5 if first and second else None


def named_by_chance(names: Names, n: int) -> list[list[float]]:
    """The mean counts over all members of null A."""
    members = no_experts(names, n)
    return [[sum(m[t][j] for m in members) / len(members) for j in range(n)] for t in range(len(names))]
