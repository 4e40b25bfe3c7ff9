"""Slow references of measures of pieces, circles and layers, and of what is searched for in them."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from math import isnan, sqrt
from typing import Any

from sna.networks.network import Network
from tests.reference.slow_metrics import NAN, Groups, contact, divide, known, others, tie


def people_heard_of(net: Network) -> list[str]:
    """People who answered or were named."""
    if net.n < 2 or not net.respondents:
        return []
    return [a for a in net.actors if net.answered[net.position(a)] or any(tie(net, b, a) for b in others(net, a))]


def steps(net: Network, a: str, people: list[str]) -> dict[str, int]:
    """Steps from a to everybody who is reached, direction aside, through `people` only."""
    found, queue = {a: 0}, [a]
    for b in queue:
        for c in people:
            if c not in found and contact(net, b, c):
                found[c] = found[b] + 1
                queue.append(c)
    return found


def apart(net: Network, people: list[str]) -> float:
    pairs = list(combinations(people, 2))
    return divide(sum(b not in steps(net, a, people) for a, b in pairs), len(pairs))


def fragmentation(net: Network) -> float:
    return apart(net, people_heard_of(net))


def connectedness(net: Network) -> float:
    return 1 - fragmentation(net)


def pieces(net: Network) -> list[list[str]]:
    everybody = list(net.actors)
    return [list(p) for p in {frozenset(steps(net, a, everybody)) for a in everybody}]


def krackhardt_efficiency(net: Network) -> float:
    spare = most = 0
    for piece in pieces(net):
        cells = [(a, b) for a in piece for b in piece if a != b and known(net, a, b)]
        spare += sum(tie(net, a, b) for a, b in cells) - (len(piece) - 1)
        most += len(cells) - (len(piece) - 1)
    return 1 - divide(spare, most)


def reached(net: Network, a: str) -> set[str]:
    """Everybody whom a reaches along nominations; a too."""
    found = {a}
    while True:
        more = found | {c for b in found for c in others(net, b) if tie(net, b, c)}
        if more == found:
            return found
        found = more


def krackhardt_hierarchy(net: Network) -> float:
    reach = {a: reached(net, a) for a in net.actors}
    ways = [(b in reach[a]) + (a in reach[b]) for a, b in combinations(net.actors, 2)]
    return divide(sum(w == 1 for w in ways), sum(w > 0 for w in ways))


def krackhardt_lub(net: Network) -> float:
    reach = {a: reached(net, a) for a in net.actors}
    above = reach if net.flow != "along" else {a: {b for b in net.actors if a in reach[b]} for a in net.actors}
    without = most = 0
    for piece in pieces(net):
        most += (len(piece) - 1) * (len(piece) - 2) // 2
        for a, b in combinations(piece, 2):
            bounds = [c for c in piece if c in above[a] and c in above[b]]
            # The least: every other bound stands above it.
            without += not any(all(d in above[c] for d in bounds) for c in bounds)
    return 1 - divide(without, most)


def modularity(net: Network, groups: Groups) -> float:
    """Over all ordered pairs: tied or not, less what the numbers of contacts alone would give."""
    people = [a for a in net.actors if groups[a] is not None]
    if len({groups[a] for a in people}) < 2:
        return NAN
    contacts = {a: sum(contact(net, a, b) for b in people if b != a) for a in people}
    ends = sum(contacts.values())
    if not ends:
        return NAN
    same = [(a, b) for a in people for b in people if groups[a] == groups[b]]
    return sum((a != b and contact(net, a, b)) - contacts[a] * contacts[b] / ends for a, b in same) / ends


def pearson(x: list[int], y: list[int]) -> float:
    n = len(x)
    mx, my = divide(sum(x), n), divide(sum(y), n)
    sx, sy = sum((a - mx) ** 2 for a in x), sum((b - my) ** 2 for b in y)
    return divide(sum((a - mx) * (b - my) for a, b in zip(x, y, strict=True)), sqrt(sx * sy)) if n else NAN


def core_fit(net: Network, core: set[str], people: list[str], between: str) -> float:
    """Correlation of ties with the pattern."""
    ties, pattern = [], []
    for a, b in combinations(people, 2):
        crossing = (a in core) != (b in core)
        if crossing and between == "missing":
            continue
        ties.append(int(contact(net, a, b)))
        pattern.append(int(between == "tied") if crossing else int(a in core))
    return pearson(ties, pattern)


def best_cores(net: Network, between: str) -> tuple[float, set[frozenset[str]]]:
    """The best of all divisions, and all that are as good."""
    people = people_heard_of(net)
    fits = {
        frozenset(core): core_fit(net, set(core), people, between)
        for size in range(2, len(people) - 1)
        for core in combinations(people, size)
    }
    fits = {core: fit for core, fit in fits.items() if not isnan(fit)}
    best = max(fits.values(), default=NAN)
    return best, {core for core, fit in fits.items() if fit >= best - 1e-9}


def loss(net: Network, people: list[str], by_distance: bool) -> float:
    """Fragmentation of the network of some people."""
    if not by_distance:
        return apart(net, people)
    pairs = list(combinations(people, 2))
    near = [1 / steps(net, a, people)[b] if b in steps(net, a, people) else 0 for a, b in pairs]
    return 1 - divide(sum(near), len(pairs))


def best_sets(net: Network, size: int, aim: str) -> tuple[float, set[frozenset[str]]]:
    """The best of all sets of people, and all that are as good."""
    people = people_heard_of(net)
    values = {}
    for members in combinations(people, size):
        if aim == "reach":
            ways = [steps(net, s, people) for s in members]
            near = [max(1 / max(w[a], 1) if a in w else 0 for w in ways) for a in people]
            values[frozenset(members)] = sum(near) / len(people)
        else:
            left = [a for a in people if a not in members]
            values[frozenset(members)] = loss(net, left, aim == "distance_fragmentation")
    best = max(values.values())
    return best, {members for members, value in values.items() if value >= best - 1e-9}


ACTOR: dict[str, Callable[..., Any]] = {}
TIE: dict[str, Callable[..., Any]] = {}
NETWORK: dict[str, Callable[..., Any]] = {
    f.__name__: f
    for f in (
        fragmentation, connectedness, krackhardt_efficiency, krackhardt_hierarchy, krackhardt_lub, modularity,
    )
}  # fmt: skip
