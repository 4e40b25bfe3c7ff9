"""Slow, obvious versions of what is said about shared attendance: every table, every subset, one pair at a time."""

from __future__ import annotations

from itertools import combinations, product
from math import comb, prod, sqrt

Table = tuple[tuple[int, ...], ...]


def every_table(rows: list[int], columns: list[int], could: list[list[bool]]) -> list[Table]:
    """All tables of 0 and 1 with these sums, with 1 only where somebody could be."""
    found: list[Table] = []

    def go(done: list[tuple[int, ...]], left: list[int]) -> None:
        at = len(done)
        if at == len(rows):
            if not any(left):
                found.append(tuple(done))
            return
        places = [k for k, may in enumerate(could[at]) if may and left[k] > 0]
        for chosen in combinations(places, rows[at]):
            go(
                [*done, tuple(int(k in chosen) for k in range(len(columns)))],
                [x - (k in chosen) for k, x in enumerate(left)],
            )

    go([], columns)
    return found


def reached_by_trades(first: Table, could: list[list[bool]]) -> set[Table]:
    """All tables to which exchanges of two events between two people lead."""
    seen, todo = {first}, [first]
    while todo:
        table = todo.pop()
        for i, j in combinations(range(len(table)), 2):
            for k, m in product(range(len(table[0])), repeat=2):
                if not (table[i][k] and table[j][m] and not table[i][m] and not table[j][k]):
                    continue
                if could[i][m] and could[j][k]:
                    rows = [list(row) for row in table]
                    rows[i][k], rows[i][m], rows[j][m], rows[j][k] = 0, 1, 0, 1
                    other = tuple(map(tuple, rows))
                    if other not in seen:
                        seen.add(other)
                        todo.append(other)
    return seen


def together(table: Table, i: int, j: int) -> int:
    """At how many events two people are."""
    return sum(a and b for a, b in zip(table[i], table[j], strict=True))


def poisson_binomial_tail(chances: list[float], least: int) -> float:
    """P(at least so many of these come true), over all subsets."""
    return sum(
        prod(p if yes else 1 - p for p, yes in zip(chances, said, strict=True))
        for said in product((0, 1), repeat=len(chances))
        if sum(said) >= least
    )


def hypergeometric_tail(least: int, events: int, one: int, other: int) -> float:
    """P(at least so many of `other` events drawn from `events` are among `one` marked ones)."""
    ways = (comb(one, x) * comb(events - one, other - x) for x in range(least, min(one, other) + 1) if other >= x)
    return sum(ways) / comb(events, other)


def corrected(p: list[float]) -> list[float]:
    """Benjamini and Hochberg, from the largest p down."""
    order = sorted(range(len(p)), key=lambda at: p[at])
    q, least = [0.0] * len(p), 1.0
    for rank in range(len(p), 0, -1):
        at = order[rank - 1]
        least = min(least, p[at] * len(p) / rank)
        q[at] = least
    return q


def projections(came: list[list[bool]], could: list[list[bool]], i: int, j: int) -> dict[str, float]:
    """The measures of one pair by their formulas; NaN where undefined."""
    nan = float("nan")
    both = [k for k in range(len(came[0])) if could[i][k] and could[j][k]]
    size = [sum(row[k] and may[k] for row, may in zip(came, could, strict=True)) for k in range(len(came[0]))]
    a = sum(came[i][k] and came[j][k] for k in both)
    b = sum(came[i][k] and not came[j][k] for k in both)
    c = sum(came[j][k] and not came[i][k] for k in both)
    d = len(both) - a - b - c
    below = sqrt((a + b) * (c + d) * (a + c) * (b + d))
    met = [k for k in both if came[i][k] and came[j][k]]
    same, apart = a * d, b * c
    even = 0.5 if both else nan
    return {
        "inverse_size": sum(1 / size[k] for k in met),
        "pair_normalised": sum(1 / comb(size[k], 2) for k in met),
        "cosine": a / sqrt((a + b) * (a + c)) if (a + b) * (a + c) else nan,
        "overlap": a / min(a + b, a + c) if min(a + b, a + c) else nan,
        "phi": (same - apart) / below if below else nan,
        "bonacich": even if same == apart else (same - sqrt(same * apart)) / (same - apart),
    }
