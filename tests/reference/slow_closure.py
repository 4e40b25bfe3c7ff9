"""Slow references of measures of returned ties, closed triangles and structural holes."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from math import isnan, log
from typing import Any

from sna.networks.network import Network
from tests.reference.slow_metrics import (
    NAN,
    _contacts,
    _distances,
    _p,
    _pairs,
    _z,
    betweenness,
    contact,
    divide,
    effective_size,
    known,
    others,
    shortest_paths,
    tie,
)

TRIADS = (
    "003", "012", "102", "021D", "021U", "021C", "111D", "111U", "030T", "030C", "201", "120D", "120U", "120C", "210",
    "300",
)  # fmt: skip


def clustering_directed(net: Network) -> dict[str, float]:
    """Pair of contacts by pair: ways round the triangle that there are, of those there would be if the two named each
    other."""
    result = {}
    for i in net.actors:
        pairs = list(combinations(_contacts(net, i), 2))
        there = sum(_z(net, i, j) * _z(net, i, q) * _z(net, j, q) for j, q in pairs)
        possible = sum(_z(net, i, j) * _z(net, i, q) * 2 for j, q in pairs)
        result[i] = divide(there, possible)
    return result


def ego_density(net: Network) -> dict[str, float]:
    result = {}
    for i in net.actors:
        cells = [(q, r) for q in _contacts(net, i) for r in _contacts(net, i) if q != r and known(net, q, r)]
        result[i] = divide(sum(tie(net, q, r) for q, r in cells), len(cells))
    return result


def efficiency(net: Network) -> dict[str, float]:
    return {i: divide(size, len(_contacts(net, i))) for i, size in effective_size(net).items()}


def hierarchy(net: Network) -> dict[str, float]:
    result = {}
    for i in net.actors:
        near = _contacts(net, i)
        k = len(near)
        if k < 2:
            result[i] = 1.0 if k else NAN
            continue
        part = {j: (_p(net, i, j) + sum(_p(net, i, q) * _p(net, q, j) for q in near if q != j)) ** 2 for j in near}
        relative = [part[j] / (sum(part.values()) / k) for j in near]
        result[i] = sum(r * log(r) for r in relative) / (k * log(k))
    return result


def everett_valente(net: Network) -> dict[str, float]:
    result = {}
    for i, between in betweenness(net).items():
        if isnan(between) or between < 1e-9:
            result[i] = 0.0 if between < 1e-9 else NAN
            continue
        led_here = sum(i in _distances(net, a) for a in others(net, i))
        led_to = len(_distances(net, i)) - 1
        named_by = sum(tie(net, a, i) for a in others(net, i))
        names = sum(tie(net, i, a) for a in others(net, i))
        result[i] = ((between + led_here) / named_by + (between + led_to) / names) / 2
    return result


def everett_valente_undirected(net: Network) -> dict[str, float]:
    """On a network in which everybody names all their contacts."""
    ties = [(a, b) for a in net.actors for b in others(net, a) if contact(net, a, b)]
    agreed = Network.from_ties(net.actors, ties)
    result = {}
    for i in net.actors:
        k = len(_contacts(net, i))
        between = 0.0
        for s, t in combinations(others(net, i), 2):
            paths = shortest_paths(agreed, s, t)
            between += divide(sum(i in p for p in paths), len(paths)) if paths else 0
        rest = len(_distances(agreed, i)) - 1
        result[i] = divide(2 * between + (rest if k > 1 else 0), k) if net.n >= 3 else NAN
    return result


def embeddedness(net: Network) -> dict[tuple[str, str], float]:
    return {(a, b): float(len(set(_contacts(net, a)) & set(_contacts(net, b)))) for a, b in _pairs(net)}


def local_bridge(net: Network) -> dict[tuple[str, str], float]:
    return {(a, b): float(not any(c in _contacts(net, b) for c in _contacts(net, a))) for a, b in _pairs(net)}


def bridge(net: Network) -> dict[tuple[str, str], float]:
    """By taking the tie and its return out, and looking whether there is still a way."""
    result = {}
    for a, b in _pairs(net):
        met = [a]
        for c in met:
            met += [d for d in _contacts(net, c) if d not in met and {c, d} != {a, b}]
        result[a, b] = float(b not in met)
    return result


def _told(net: Network) -> list[tuple[bool, bool]]:
    """Of every pair of people of which both cells are observed: whether each names the other."""
    pairs = [(a, b) for a, b in combinations(net.actors, 2) if known(net, a, b) and known(net, b, a)]
    return [(tie(net, a, b), tie(net, b, a)) for a, b in pairs]


def _count(net: Network, number: int) -> float:
    return sum(a + b == number for a, b in _told(net)) if _told(net) else NAN


def dyads_mutual(net: Network) -> float:
    return _count(net, 2)


def dyads_asymmetric(net: Network) -> float:
    return _count(net, 1)


def dyads_null(net: Network) -> float:
    return _count(net, 0)


def dyad_reciprocity(net: Network) -> float:
    tied = [(a, b) for a, b in _told(net) if a or b]
    return divide(sum(a and b for a, b in tied), len(tied))


def reciprocity_adjusted(net: Network) -> float:
    cells = [(a, b) for pair in _told(net) for a, b in (pair, pair[::-1])]
    ties = [(a, b) for a, b in cells if a]
    if not ties or len(ties) == len(cells):
        return NAN
    r, d = sum(b for _, b in ties) / len(ties), len(ties) / len(cells)
    return (r - d) / (1 - d)


def transitivity_undirected(net: Network) -> float:
    triples = [pair for i in net.actors for pair in combinations(_contacts(net, i), 2)]
    return divide(sum(contact(net, a, b) for a, b in triples), len(triples))


def triad(net: Network, three: tuple[str, str, str]) -> str:
    """The name of the kind of these three people, from its definition."""
    pairs = list(combinations(three, 2))
    mutual = [{a, b} for a, b in pairs if tie(net, a, b) and tie(net, b, a)]
    arcs = [(a, b) for a in three for b in three if a != b and tie(net, a, b) and not tie(net, b, a)]
    number = f"{len(mutual)}{len(arcs)}{3 - len(mutual) - len(arcs)}"
    gives = {a: sum(x == a for x, _ in arcs) for a in three}
    receives = {a: sum(y == a for _, y in arcs) for a in three}
    if number in ("021", "120"):
        return number + ("D" if 2 in gives.values() else "U" if 2 in receives.values() else "C")
    if number == "111":
        # The person in the middle is in the mutual pair and receives (D) or gives (U) the other tie.
        return number + ("D" if arcs[0][1] in mutual[0] else "U")
    if number == "030":
        return number + ("C" if set(gives.values()) == {1} else "T")
    return number


def triad_census(net: Network) -> dict[str, float]:
    counts = dict.fromkeys(TRIADS, 0.0)
    for three in combinations(net.actors, 3):
        if all(known(net, a, b) for a in three for b in three if a != b):
            counts[triad(net, three)] += 1
    return counts if any(counts.values()) else dict.fromkeys(TRIADS, NAN)


ACTOR: dict[str, Callable[..., Any]] = {
    f.__name__: f for f in (clustering_directed, ego_density, efficiency, hierarchy, everett_valente)
}
TIE: dict[str, Callable[..., Any]] = {f.__name__: f for f in (embeddedness, bridge, local_bridge)}
NETWORK: dict[str, Callable[..., Any]] = {
    f.__name__: f
    for f in (
        reciprocity_adjusted, transitivity_undirected, dyads_mutual, dyads_asymmetric, dyads_null, dyad_reciprocity,
    )
}  # fmt: skip
