"""Slow, obvious versions of what is said about facilitators: one cell, one person, one day, one way after the other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations, permutations, product

# Whether something passes from one person to another: True, False, or None where nobody can say.
Passes = Callable[[str, str], bool | None]


def mean(values: Sequence[float]) -> float:
    """Mean; NaN of nothing."""
    return sum(values) / len(values) if values else float("nan")


def bridging(passes: Passes, sources: Sequence[str], facilitator: str, members: Sequence[str]) -> float:
    """Σ R_ef R_fm (1 − R_em) / Σ R_ef over what is known."""
    pairs = []
    for e in sources:
        if passes(e, facilitator) is not True:
            continue
        for m in members:
            on, direct = passes(facilitator, m), passes(e, m)
            if on is False or direct is True:
                pairs.append(0.0)
            elif on is True and direct is False:
                pairs.append(1.0)
    return mean(pairs)


def exposed(passes: Passes, source: str, facilitator: str, member: str) -> bool | None:
    """max(D_em, D_ef D_fm); None where it cannot be known."""
    direct, first, second = passes(source, member), passes(source, facilitator), passes(facilitator, member)
    if direct is True or (first is True and second is True):
        return True
    if direct is False and (first is False or second is False):
        return False
    return None


def raw(passes: Passes, sources: Sequence[str], facilitator: str, members: Sequence[str]) -> float:
    """Mean of 1 − x over what is known, of sources that are known to reach the facilitator."""
    reach = [e for e in sources if passes(e, facilitator) is True]
    found = [exposed(passes, e, facilitator, m) for e in reach for m in members]
    return mean([1.0 - x for x in found if x is not None])


def adjusted(
    passes: Passes, sources: Sequence[str], facilitator: str, members: Sequence[str], others: Sequence[str]
) -> float:
    """mean_e (mean_c D_ec − mean_m x_em)."""
    found = []
    for e in sources:
        if passes(e, facilitator) is not True:
            continue
        direct = [float(d) for c in others if (d := passes(e, c)) is not None]
        through = [float(x) for m in members if (x := exposed(passes, e, facilitator, m)) is not None]
        if direct and through:
            found.append(mean(direct) - mean(through))
    return mean(found)


def memberships(
    members: Sequence[str], others: Sequence[str], strata: Mapping[str, str] | None
) -> Iterator[tuple[list[str], list[str]]]:
    """Every way in which as many people of each stratum are the members; those without a stratum stay what they are."""
    everybody = [*members, *others]
    of = {person: "all" if strata is None else strata.get(person) for person in everybody}
    fixed = [person for person in members if of[person] is None]
    groups = sorted({value for value in of.values() if value is not None})
    choices = []
    for group in groups:
        own = [person for person in everybody if of[person] == group]
        choices.append(list(combinations(own, sum(person in members for person in own))))
    for chosen in product(*choices):
        now = [*fixed, *(person for those in chosen for person in those)]
        yield now, [person for person in everybody if person not in now]


def gini(totals: Sequence[float]) -> float:
    """Mean difference between two people / (2 mean), with the correction for small N."""
    n = len(totals)
    return sum(abs(a - b) for a in totals for b in totals) / (2 * n * (n - 1) * mean(totals))


def spread(who: int, could: Sequence[Sequence[int]], amounts: Sequence[float]) -> list[list[float]]:
    """Totals of `who` people in every way in which each contact falls on somebody who could have been seen."""
    ways = []
    for way in product(*could):
        totals = [0.0] * who
        for person, amount in zip(way, amounts, strict=True):
            totals[person] += amount
        ways.append(totals)
    return ways


def turned_p(ratio: float, people: Sequence[tuple[float, float, float, float]]) -> float:
    """p of one ratio: the share of ways to turn the signs of people's parts that give as large a sum.

    Args:
        ratio: contact in the second term for each contact in the first.
        people: (first, second, weeks before, weeks after) of each.
    """
    parts = [(n2 * w1 - ratio * n1 * w2) / (w1 + w2) for n1, n2, w1, w2 in people]
    observed = abs(sum(parts))
    sums = [
        abs(sum(s * part for s, part in zip(signs, parts, strict=True)))
        for signs in product((1, -1), repeat=len(parts))
    ]
    return mean([float(x >= observed - 1e-9) for x in sums])


def ranks(values: Sequence[float]) -> list[float]:
    """Ranks from 1; people who tie share the mean of theirs."""
    return [1 + sum(b < a for b in values) + (sum(b == a for b in values) - 1) / 2 for a in values]


def spearman(first: Sequence[float], second: Sequence[float]) -> float:
    """Pearson's correlation of the ranks."""
    x, y = ranks(first), ranks(second)
    a, b = mean(x), mean(y)
    across = sum((i - a) * (j - b) for i, j in zip(x, y, strict=True))
    return across / (sum((i - a) ** 2 for i in x) * sum((j - b) ** 2 for j in y)) ** 0.5


def spearman_ways(first: Sequence[float], second: Sequence[float]) -> list[float]:
    """The correlation for every order of the second."""
    return [spearman(first, order) for order in permutations(second)]


def gap(days: Sequence[dt.date], there: Sequence[dt.date]) -> int:
    """The longest time without contact, day by day, from the first day on which somebody was there to the last."""
    longest, run = 0, 0
    for at in range(1, (max(there) - min(there)).days + 1):
        day = min(there) + dt.timedelta(days=at)
        run = 1 if day - dt.timedelta(days=1) in days else run + 1
        longest = max(longest, run)
    return longest
