"""Slow references of measures of ties within and between groups."""

from __future__ import annotations

from collections.abc import Callable
from math import isnan
from typing import Any

from sna.networks.network import Network
from tests.reference.slow_metrics import NAN, Groups, contact, divide, known, others, spoke, tie


def _names(groups: Groups) -> list[str]:
    return sorted({g for g in groups.values() if g is not None})


def _cells(net: Network, groups: Groups) -> list[tuple[str, str]]:
    """Observed ordered pairs of people whose groups are stated."""
    stated = [a for a in net.actors if groups[a] is not None]
    return [(a, b) for a in stated for b in stated if a != b and known(net, a, b)]


def _met(net: Network, groups: Groups, a: str) -> list[str]:
    return [str(groups[b]) for b in others(net, a) if contact(net, a, b) and groups[b] is not None]


def participation(net: Network, groups: Groups) -> dict[str, float]:
    result = {}
    for a in net.actors:
        met = _met(net, groups, a)
        defined = met and groups[a] is not None and len(_names(groups)) >= 2
        result[a] = 1 - sum((met.count(g) / len(met)) ** 2 for g in _names(groups)) if defined else NAN
    return result


def iqv(net: Network, groups: Groups) -> dict[str, float]:
    return {
        a: v / (1 - 1 / len(_names(groups))) if not isnan(v) else NAN for a, v in participation(net, groups).items()
    }


def _reached(net: Network, groups: Groups, steps: int) -> dict[str, float]:
    result = {}
    for a in net.actors:
        people = {a}
        for _ in range(steps):
            people = people | {c for b in people for c in others(net, b) if contact(net, b, c)}
        said_or_named = spoke(net, a) or any(contact(net, a, b) for b in others(net, a))
        defined = said_or_named and groups[a] is not None and len(_names(groups)) >= 2
        result[a] = len({groups[b] for b in people} - {None, groups[a]}) if defined else NAN
    return result


def groups_reached_1(net: Network, groups: Groups) -> dict[str, float]:
    return _reached(net, groups, 1)


def groups_reached_2(net: Network, groups: Groups) -> dict[str, float]:
    return _reached(net, groups, 2)


def ei_expected(net: Network, groups: Groups) -> float:
    cells = _cells(net, groups)
    across = sum(groups[a] != groups[b] for a, b in cells)
    return divide(2 * across - len(cells), len(cells)) if len(_names(groups)) >= 2 else NAN


def yules_q(net: Network, groups: Groups) -> float:
    four = {(same, there): 0.0 for same in (True, False) for there in (True, False)}
    for a, b in _cells(net, groups):
        four[groups[a] == groups[b], tie(net, a, b)] += 1
    margins = [four[s, True] + four[s, False] for s in (True, False)]
    margins += [four[True, t] + four[False, t] for t in (True, False)]
    if 0 in margins:
        return NAN
    if 0 in four.values():
        four = {cell: number + 0.5 for cell, number in four.items()}
    odds = four[True, True] * four[False, False] / (four[False, True] * four[True, False])
    return (odds - 1) / (odds + 1)


def assortativity(net: Network, groups: Groups) -> float:
    ends = [(groups[a], groups[b]) for a, b in _cells(net, groups) if tie(net, a, b)]
    if not ends or len(_names(groups)) < 2:
        return NAN
    same = sum(g == h for g, h in ends) / len(ends)
    starts, stops = [g for g, _ in ends], [h for _, h in ends]
    chance = sum(starts.count(g) * stops.count(g) for g in _names(groups)) / len(ends) ** 2
    return divide(same - chance, 1 - chance)


def degree_assortativity(net: Network) -> float:
    contacts = {a: sum(contact(net, a, b) for b in others(net, a)) for a in net.actors}
    ends = [(contacts[a], contacts[b]) for a in net.actors for b in others(net, a) if contact(net, a, b)]
    if len({k for k, _ in ends}) < 2:
        return NAN
    mean = sum(k for k, _ in ends) / len(ends)
    return sum((k - mean) * (q - mean) for k, q in ends) / sum((k - mean) ** 2 for k, _ in ends)


def mixing_matrix(net: Network, groups: Groups) -> dict[tuple[str, str], tuple[int, int]]:
    """(from, to) → ties, possible."""
    result = {}
    for g in _names(groups):
        for h in _names(groups):
            cells = [(a, b) for a, b in _cells(net, groups) if groups[a] == g and groups[b] == h]
            result[g, h] = (sum(tie(net, a, b) for a, b in cells), len(cells))
    return result


def coleman_homophily(net: Network, groups: Groups) -> dict[str, tuple[float, float, float, float]]:
    """Group → same, total, expected, homophily."""
    result = {}
    for g in _names(groups):
        same = total = expected = 0.0
        for a in net.actors:
            if groups[a] != g:
                continue
            cells = [b for ego, b in _cells(net, groups) if ego == a]
            named = [b for b in cells if tie(net, a, b)]
            same += sum(groups[b] == g for b in named)
            total += len(named)
            expected += divide(len(named) * sum(groups[b] == g for b in cells), len(cells)) if named else 0
        defined = len(_names(groups)) >= 2 and 0 < expected < total
        above = (same - expected) / (total - expected) if defined else NAN
        homophily = above if same >= expected or not defined else (same - expected) / expected
        result[g] = (same, total, expected, homophily)
    return result


ACTOR: dict[str, Callable[..., Any]] = {f.__name__: f for f in (participation, iqv, groups_reached_1, groups_reached_2)}
TIE: dict[str, Callable[..., Any]] = {}
NETWORK: dict[str, Callable[..., Any]] = {
    f.__name__: f for f in (ei_expected, yules_q, assortativity, degree_assortativity)
}
