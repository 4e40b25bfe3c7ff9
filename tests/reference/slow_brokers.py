"""Brokerage again, slowly: roles person by person, every placing of the ties, every shuffling, contact by walking."""

from __future__ import annotations

from itertools import combinations, permutations

from sna.networks.network import Network
from tests.reference.slow_metrics import Groups, contact, known, others, spoke, tie

KINDS = ("coordinator", "gatekeeper", "representative", "consultant", "liaison", "total", "across")
Cell = tuple[str, str]


def _kind(a: str | None, v: str | None, b: str | None) -> str:
    if a == v == b:
        return "coordinator"
    if a == v:
        return "representative"
    if v == b:
        return "gatekeeper"
    return "consultant" if a == b else "liaison"


def counts(net: Network, groups: Groups, present: set[Cell], turned: bool) -> dict[str, dict[str, int]]:
    """Person → kind → how often, when the ties are these; `turned`: things pass from the person named."""

    def passes(a: str, b: str) -> bool:
        return ((b, a) if turned else (a, b)) in present

    def apart(a: str, b: str) -> bool:
        cell = (b, a) if turned else (a, b)
        return known(net, *cell) and cell not in present

    stated = [a for a in net.actors if groups[a] is not None]
    result = {v: dict.fromkeys(KINDS, 0) for v in stated}
    for v in stated:
        for a in stated:
            for b in stated:
                if len({a, v, b}) == 3 and passes(a, v) and passes(v, b) and apart(a, b):
                    result[v][_kind(groups[a], groups[v], groups[b])] += 1
                    result[v]["total"] += 1
                    result[v]["across"] += groups[a] != groups[b]
    return result


def cells(net: Network, groups: Groups) -> list[Cell]:
    """Observed cells between people whose group is stated."""
    stated = [a for a in net.actors if groups[a] is not None]
    return [(a, b) for a in stated for b in stated if a != b and known(net, a, b)]


def reported(net: Network, groups: Groups) -> set[Cell]:
    return {cell for cell in cells(net, groups) if tie(net, *cell)}


def placings(net: Network, groups: Groups) -> list[set[Cell]]:
    """Every way to put as many ties into the observed cells."""
    return [set(chosen) for chosen in combinations(cells(net, groups), len(reported(net, groups)))]


def shufflings(net: Network, groups: Groups) -> list[Groups]:
    """Every different way to put the people into the groups; those who answered change places with one another."""
    stated = [a for a in net.actors if groups[a] is not None]
    found = set()
    for order in permutations(range(len(stated))):
        if all(_answered(net, stated[i]) == _answered(net, stated[j]) for i, j in enumerate(order)):
            found.add(tuple(groups[stated[j]] for j in order))
    return [{**groups, **dict(zip(stated, labels, strict=True))} for labels in sorted(found, key=str)]


def _answered(net: Network, a: str) -> bool:
    return bool(net.answered[net.position(a)])


def lost(net: Network, groups: Groups) -> tuple[int, set[tuple[str, str, str]]]:
    """Pairs of groups in contact, and (person, group, group) of those that would lose it."""
    names = sorted({g for g in groups.values() if g is not None})
    heard = {a for a in net.actors if spoke(net, a) or _answered(net, a) or any(tie(net, b, a) for b in others(net, a))}

    def walk(start: str, gone: str | None) -> set[str]:
        seen, edge = {start}, [start]
        while edge:
            a = edge.pop()
            for b in others(net, a):
                if b not in seen and b != gone and contact(net, a, b):
                    seen.add(b)
                    edge.append(b)
        return seen

    def joined(g: str, h: str, gone: str | None) -> bool:
        return any(
            groups[b] == h and b in heard
            for a in heard
            if groups[a] == g and a != gone
            for b in walk(a, gone)
            if b != gone
        )

    pairs = [pair for pair in combinations(names, 2) if joined(*pair, None)]
    result = set()
    for v in net.actors:
        for g, h in pairs:
            left = [any(groups[a] == one and a != v for a in heard) for one in (g, h)]
            if all(left) and not joined(g, h, v):
                result.add((v, g, h))
    return len(pairs), result
