"""Slow references of measures of ways from one person to another, of degree and of prestige."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import pairwise
from math import isnan
from typing import Any

import numpy as np

from sna.networks.network import Network
from tests.reference import slow_metrics as slow
from tests.reference.slow_metrics import NAN, divide, others, shortest_paths, spoke, spoken_of, tie

Far = dict[str, dict[str, int]]


def _far(net: Network) -> Far:
    return {a: slow._distances(net, a) for a in net.actors}


def _everybody_reaches_everybody(net: Network, far: Far) -> bool:
    return net.n >= 2 and all(b in far[a] for a in net.actors for b in net.actors)


def closeness_in(net: Network) -> dict[str, float]:
    far = _far(net)
    if not _everybody_reaches_everybody(net, far):
        return {v: NAN for v in net.actors}
    return {v: (net.n - 1) / sum(far[u][v] for u in others(net, v)) for v in net.actors}


def closeness_out(net: Network) -> dict[str, float]:
    far = _far(net)
    if not _everybody_reaches_everybody(net, far):
        return {v: NAN for v in net.actors}
    return {v: (net.n - 1) / sum(far[v][u] for u in others(net, v)) for v in net.actors}


def _reached(net: Network, a: str, steps: int) -> set[str]:
    """Those a names, those they name, …"""
    people = {a}
    for _ in range(steps):
        people |= {b for p in people for b in others(net, p) if tie(net, p, b)}
    return people - {a}


def reach_1(net: Network) -> dict[str, float]:
    return {a: len(_reached(net, a, 1)) / (net.n - 1) if spoke(net, a) else NAN for a in net.actors}


def reach_2(net: Network) -> dict[str, float]:
    return {a: len(_reached(net, a, 2)) / (net.n - 1) if spoke(net, a) else NAN for a in net.actors}


def reach_3(net: Network) -> dict[str, float]:
    return {a: len(_reached(net, a, 3)) / (net.n - 1) if spoke(net, a) else NAN for a in net.actors}


def indegree_opsahl(net: Network) -> dict[str, float]:
    k, s = slow.indegree(net), slow.instrength(net)
    return {a: k[a] ** 0.5 * s[a] ** 0.5 for a in net.actors}


def outdegree_opsahl(net: Network) -> dict[str, float]:
    k, s = slow.outdegree(net), slow.outstrength(net)
    return {a: k[a] ** 0.5 * s[a] ** 0.5 for a in net.actors}


def _simple_paths(named: dict[str, list[str]], path: list[str]) -> Iterator[list[str]]:
    """Every way on from the end of a path that meets nobody twice."""
    for b in named[path[-1]]:
        if b not in path:
            yield [*path, b]
            yield from _simple_paths(named, [*path, b])


def betweenness_strength(net: Network) -> dict[str, float]:
    """By laying out every way there is, and adding lengths as fractions."""
    named = {a: [b for b in others(net, a) if tie(net, a, b)] for a in net.actors}
    length = {(a, b): 1 / Fraction(slow._strength(net, a, b)) for a in net.actors for b in named[a]}
    total = {v: 0.0 for v in net.actors}
    for s in net.actors:
        ways: dict[str, list[tuple[Fraction, list[str]]]] = {t: [] for t in net.actors}
        for path in _simple_paths(named, [s]):
            steps = pairwise(path)
            ways[path[-1]].append((sum((length[step] for step in steps), Fraction(0)), path))
        for t in net.actors:
            least = min((long for long, _ in ways[t]), default=Fraction(0))
            best = [path for long, path in ways[t] if long == least]
            for v in net.actors:
                if best and v not in (s, t):
                    total[v] += sum(v in path for path in best) / len(best)
    return {v: total[v] if spoke(net, v) and net.n >= 3 else NAN for v in net.actors}


def _greatest_root(net: Network, far: Far, ties: Any) -> float:
    """The largest eigenvalue among the sets of people who reach one another both ways; 0 for people by themselves."""
    roots = [0.0]
    for a in net.actors:
        circle = [net.position(b) for b in net.actors if b in far[a] and a in far[b]]
        roots.append(float(np.linalg.eigvals(ties[np.ix_(circle, circle)]).real.max()) if len(circle) > 1 else 0.0)
    return max(roots)


def _bonacich(net: Network, share: float, turned: bool = False) -> dict[str, float]:
    """By solving the equations c = A(1 + βc)."""
    ties = np.array([[float(tie(net, a, b)) for b in net.actors] for a in net.actors]).reshape(net.n, net.n)
    root = _greatest_root(net, _far(net), ties)
    if root == 0:
        return {a: NAN for a in net.actors}
    if turned:
        ties = ties.T
    c = np.linalg.solve(np.eye(net.n) - share / root * ties, ties.sum(axis=1))
    has = {a: spoken_of(net, a) if turned else spoke(net, a) for a in net.actors}
    known = {a: float(c[net.position(a)]) for a in net.actors if has[a]}
    alpha = (len(known) / sum(x * x for x in known.values())) ** 0.5
    return {a: alpha * known[a] if a in known else NAN for a in net.actors}


def bonacich_power(net: Network) -> dict[str, float]:
    return _bonacich(net, 0.75)


def bonacich_bargaining(net: Network) -> dict[str, float]:
    return _bonacich(net, -0.75)


def tie_betweenness(net: Network) -> dict[tuple[str, str], float]:
    total = {pair: 0.0 for pair in slow._pairs(net)}
    for s in net.actors:
        for t in others(net, s):
            paths = shortest_paths(net, s, t)
            for path in paths:
                for pair in pairwise(path):
                    total[pair] += 1 / len(paths)
    return total


def _lengths(net: Network) -> list[int]:
    far = _far(net)
    return [far[a][b] for a in net.actors for b in others(net, a) if b in far[a]]


def _asked_pairs(net: Network) -> int:
    return sum(spoke(net, a) for a in net.actors for _ in others(net, a))


def average_path(net: Network) -> float:
    return divide(sum(_lengths(net)), len(_lengths(net)))


def reachable_share(net: Network) -> float:
    return divide(len(_lengths(net)), _asked_pairs(net))


def global_efficiency(net: Network) -> float:
    return divide(sum(1 / d for d in _lengths(net)), _asked_pairs(net))


def diameter(net: Network) -> float:
    return max(_lengths(net), default=NAN)


def harmonic_centralization(net: Network) -> float:
    return slow._centralization(slow.harmonic_in(net))


def _variance(values: dict[str, float]) -> float:
    """Half the mean squared difference of all pairs, a person with themselves among them."""
    x = [v for v in values.values() if not isnan(v)]
    return sum((a - b) ** 2 for a in x for b in x) / (2 * len(x) ** 2) if len(x) >= 2 else NAN


def indegree_variance(net: Network) -> float:
    return _variance(slow.indegree(net))


def outdegree_variance(net: Network) -> float:
    return _variance(slow.outdegree(net))


def mean_strength(net: Network) -> float:
    told = [(a, b) for a in net.actors for b in others(net, a) if slow.known(net, a, b)]
    return divide(sum(slow._strength(net, a, b) for a, b in told), len(told))


def mean_strength_of_ties(net: Network) -> float:
    pairs = slow._pairs(net)
    return divide(sum(slow._strength(net, a, b) for a, b in pairs), len(pairs))


ACTOR: dict[str, Callable[..., Any]] = {
    f.__name__: f
    for f in (
        closeness_in, closeness_out, reach_1, reach_2, reach_3, indegree_opsahl, outdegree_opsahl,
        betweenness_strength, bonacich_power, bonacich_bargaining,
    )
}  # fmt: skip
TIE: dict[str, Callable[..., Any]] = {"tie_betweenness": tie_betweenness}
NETWORK: dict[str, Callable[..., Any]] = {
    f.__name__: f
    for f in (
        average_path, reachable_share, global_efficiency, diameter, harmonic_centralization, indegree_variance,
        outdegree_variance, mean_strength, mean_strength_of_ties,
    )
}  # fmt: skip
