"""Every measure again, slowly: straight from its definition, with loops over the four states of a tie.

Nothing here is shared with `sna.metrics`. An actor measure is a dict by actor, a tie measure a dict by pair, a network
measure a float; undefined is NaN.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from math import isnan
from typing import Any

import pandas as pd

from sna.networks.network import Network

NAN = float("nan")
Groups = dict[str, str | None]


def tie(net: Network, a: str, b: str) -> bool:
    return net.state(a, b) == "present"


def known(net: Network, a: str, b: str) -> bool:
    return net.state(a, b) in ("present", "absent")


def others(net: Network, a: str) -> list[str]:
    return [b for b in net.actors if b != a]


def spoke(net: Network, a: str) -> bool:
    return any(known(net, a, b) for b in others(net, a))


def spoken_of(net: Network, b: str) -> bool:
    return any(known(net, a, b) for a in others(net, b))


def contact(net: Network, a: str, b: str) -> bool:
    return tie(net, a, b) or tie(net, b, a)


def divide(a: float, b: float) -> float:
    return a / b if b else NAN


def indegree(net: Network) -> dict[str, float]:
    return {b: sum(tie(net, a, b) for a in others(net, b)) if spoken_of(net, b) else NAN for b in net.actors}


def indegree_share(net: Network) -> dict[str, float]:
    return {
        b: divide(sum(tie(net, a, b) for a in others(net, b)), sum(known(net, a, b) for a in others(net, b)))
        for b in net.actors
    }


def outdegree(net: Network) -> dict[str, float]:
    return {a: sum(tie(net, a, b) for b in others(net, a)) if spoke(net, a) else NAN for a in net.actors}


def outdegree_share(net: Network) -> dict[str, float]:
    return {
        a: divide(sum(tie(net, a, b) for b in others(net, a)), sum(known(net, a, b) for b in others(net, a)))
        for a in net.actors
    }


def _strength(net: Network, a: str, b: str) -> float:
    return float(net.strengths.toarray()[net.position(a), net.position(b)]) if tie(net, a, b) else 0.0


def instrength(net: Network) -> dict[str, float]:
    return {b: sum(_strength(net, a, b) for a in others(net, b)) if spoken_of(net, b) else NAN for b in net.actors}


def outstrength(net: Network) -> dict[str, float]:
    return {a: sum(_strength(net, a, b) for b in others(net, a)) if spoke(net, a) else NAN for a in net.actors}


def shortest_paths(net: Network, source: str, target: str) -> list[list[str]]:
    """All shortest paths, by trying every path of length 1, then every path of length 2, …"""
    paths = [[source]]
    while paths:
        longer = [[*p, b] for p in paths for b in net.actors if b not in p and tie(net, p[-1], b)]
        found = [p for p in longer if p[-1] == target]
        if found:
            return found
        paths = longer
    return []


def betweenness(net: Network) -> dict[str, float]:
    total = {v: 0.0 for v in net.actors}
    for s in net.actors:
        for t in others(net, s):
            paths = shortest_paths(net, s, t)
            for v in net.actors:
                if paths and v not in (s, t):
                    total[v] += sum(v in p for p in paths) / len(paths)
    return {v: total[v] if spoke(net, v) and net.n >= 3 else NAN for v in net.actors}


def betweenness_normalised(net: Network) -> dict[str, float]:
    return {v: divide(b, (net.n - 1) * (net.n - 2)) for v, b in betweenness(net).items()}


def _distances(net: Network, source: str) -> dict[str, int]:
    steps, queue = {source: 0}, [source]
    for a in queue:
        for b in net.actors:
            if b not in steps and tie(net, a, b):
                steps[b] = steps[a] + 1
                queue.append(b)
    return steps


def harmonic_out(net: Network) -> dict[str, float]:
    return {
        a: sum(1 / d for d in _distances(net, a).values() if d) / (net.n - 1) if spoke(net, a) else NAN
        for a in net.actors
    }


def harmonic_in(net: Network) -> dict[str, float]:
    reach = {a: _distances(net, a) for a in net.actors}
    return {
        b: sum(1 / reach[a][b] for a in others(net, b) if b in reach[a]) / (net.n - 1) if spoken_of(net, b) else NAN
        for b in net.actors
    }


def pagerank(net: Network) -> dict[str, float]:
    """By walking 300 steps; .85 to that power is nothing."""
    n = net.n
    rank = {a: 1 / n for a in net.actors}
    names = {a: [b for b in others(net, a) if tie(net, a, b)] for a in net.actors}
    for _ in range(300):
        lost = sum(rank[a] for a in net.actors if not names[a])
        new = {a: 0.15 / n + 0.85 * lost / n for a in net.actors}
        for a in net.actors:
            for b in names[a]:
                new[b] += 0.85 * rank[a] / len(names[a])
        rank = new
    return {a: rank[a] if spoken_of(net, a) else NAN for a in net.actors}


def core(net: Network) -> dict[str, float]:
    """By looking at every subset of people."""
    if net.n < 2 or not net.respondents:
        return {a: NAN for a in net.actors}
    best = {a: 0.0 for a in net.actors}
    for size in range(1, net.n + 1):
        for people in combinations(net.actors, size):
            least = min(sum(contact(net, a, b) for b in people if b != a) for a in people)
            for a in people:
                best[a] = max(best[a], least)
    heard_of = {a: net.answered[net.position(a)] or any(tie(net, b, a) for b in others(net, a)) for a in net.actors}
    return {a: value if heard_of[a] else NAN for a, value in best.items()}


def clustering(net: Network) -> dict[str, float]:
    result = {}
    for a in net.actors:
        pairs = list(combinations([b for b in others(net, a) if contact(net, a, b)], 2))
        result[a] = divide(sum(contact(net, b, c) for b, c in pairs), len(pairs))
    return result


def ego_reciprocity(net: Network) -> dict[str, float]:
    result = {}
    for a in net.actors:
        both = [b for b in others(net, a) if known(net, a, b) and known(net, b, a) and contact(net, a, b)]
        result[a] = divide(sum(tie(net, a, b) and tie(net, b, a) for b in both), len(both))
    return result


def _z(net: Network, a: str, b: str) -> int:
    return tie(net, a, b) + tie(net, b, a) if a != b else 0


def _p(net: Network, a: str, b: str) -> float:
    return _z(net, a, b) / sum(_z(net, a, k) for k in net.actors)


def _m(net: Network, a: str, b: str) -> float:
    return _z(net, a, b) / max(_z(net, a, k) for k in net.actors)


def _contacts(net: Network, a: str) -> list[str]:
    return [b for b in others(net, a) if contact(net, a, b)]


def constraint(net: Network) -> dict[str, float]:
    result = {}
    for i in net.actors:
        total = 0.0
        for j in _contacts(net, i):
            indirect = sum(_p(net, i, q) * _p(net, q, j) for q in _contacts(net, i) if q != j)
            total += (_p(net, i, j) + indirect) ** 2
        result[i] = total if _contacts(net, i) else NAN
    return result


def effective_size(net: Network) -> dict[str, float]:
    result = {}
    for i in net.actors:
        total = 0.0
        for j in _contacts(net, i):
            total += 1 - sum(_p(net, i, q) * _m(net, j, q) for q in _contacts(net, i) if q != j)
        result[i] = total if _contacts(net, i) else NAN
    return result


def ties(net: Network) -> float:
    return sum(tie(net, a, b) for a in net.actors for b in others(net, a)) if any(map_spoke(net)) else NAN


def map_spoke(net: Network) -> list[bool]:
    return [spoke(net, a) for a in net.actors]


def mean_outdegree(net: Network) -> float:
    return divide(ties(net), sum(map_spoke(net)))


def density(net: Network) -> float:
    pairs = [(a, b) for a in net.actors for b in others(net, a) if known(net, a, b)]
    return divide(sum(tie(net, a, b) for a, b in pairs), len(pairs))


def reciprocity(net: Network) -> float:
    pairs = [(a, b) for a in net.actors for b in others(net, a) if tie(net, a, b) and known(net, b, a)]
    return divide(sum(tie(net, b, a) for a, b in pairs), len(pairs))


def transitivity(net: Network) -> float:
    closed = paths = 0
    for i in net.actors:
        for j in net.actors:
            for k in net.actors:
                if i != k and tie(net, i, j) and tie(net, j, k) and known(net, i, k):
                    paths += 1
                    closed += tie(net, i, k)
    return divide(closed, paths)


def _pieces(net: Network) -> list[set[str]]:
    left = {a for a in net.actors if net.answered[net.position(a)] or any(tie(net, b, a) for b in others(net, a))}
    pieces = []
    while left:
        piece = {min(left)}
        while True:
            grown = piece | {b for b in net.actors for a in piece if a != b and contact(net, a, b)}
            if grown == piece:
                break
            piece = grown
        pieces.append(piece)
        left -= piece
    return pieces


def _asked_somebody(net: Network) -> bool:
    return net.n >= 2 and net.respondents > 0


def components(net: Network) -> float:
    return len(_pieces(net)) if _asked_somebody(net) else NAN


def largest_component(net: Network) -> float:
    pieces = _pieces(net)
    return max(map(len, pieces)) / sum(map(len, pieces)) if _asked_somebody(net) else NAN


def isolates(net: Network) -> float:
    silent = {a for a in net.actors if not net.answered[net.position(a)]}
    return sum(a not in silent and not _contacts(net, a) for a in net.actors) if _asked_somebody(net) else NAN


def _centralization(values: dict[str, float]) -> float:
    numbers = [v for v in values.values() if not isnan(v)]
    return sum(max(numbers) - v for v in numbers) / (len(numbers) - 1) if len(numbers) >= 2 else NAN


def indegree_centralization(net: Network) -> float:
    return _centralization(indegree_share(net))


def outdegree_centralization(net: Network) -> float:
    return _centralization(outdegree_share(net))


def betweenness_centralization(net: Network) -> float:
    return _centralization(betweenness_normalised(net))


def gini_indegree(net: Network) -> float:
    """Mean difference of all pairs over twice the mean, corrected for small n."""
    x = [v for v in indegree(net).values() if not isnan(v)]
    n = len(x)
    if n < 2 or not sum(x):
        return NAN
    return sum(abs(a - b) for a in x for b in x) / (2 * n * sum(x)) * n / (n - 1)


def top3_share(net: Network) -> float:
    x = sorted((v for v in indegree(net).values() if not isnan(v)), reverse=True)
    return divide(sum(x[:3]), sum(x)) if net.n >= 4 else NAN


def effective_nominees(net: Network) -> float:
    x = [v for v in indegree(net).values() if not isnan(v)]
    return divide(sum(x) ** 2, sum(v * v for v in x)) if len(x) > 1 else NAN


def groups_of(net: Network) -> Groups:
    return {a: None if pd.isna(g) else str(g) for a, g in net.attributes["group"].items()}


def _mixed(groups: Groups) -> bool:
    return len({g for g in groups.values() if g is not None}) >= 2


def ei_index(net: Network, groups: Groups) -> float:
    pairs = [(groups[a], groups[b]) for a in net.actors for b in others(net, a) if tie(net, a, b)]
    pairs = [(g, h) for g, h in pairs if g is not None and h is not None]
    across = sum(g != h for g, h in pairs)
    return divide(across - (len(pairs) - across), len(pairs)) if _mixed(groups) else NAN


def ego_ei(net: Network, groups: Groups) -> dict[str, float]:
    result = {}
    for a in net.actors:
        met = [groups[b] for b in _contacts(net, a) if groups[b] is not None]
        across = sum(g != groups[a] for g in met)
        defined = groups[a] is not None and _mixed(groups)
        result[a] = divide(across - (len(met) - across), len(met)) if defined else NAN
    return result


def _pairs(net: Network) -> list[tuple[str, str]]:
    return [(a, b) for a in net.actors for b in others(net, a) if tie(net, a, b)]


def reciprocated(net: Network) -> dict[tuple[str, str], float]:
    return {(a, b): float(tie(net, b, a)) if known(net, b, a) else NAN for a, b in _pairs(net)}


def same_group(net: Network, groups: Groups) -> dict[tuple[str, str], float]:
    return {(a, b): NAN if None in (groups[a], groups[b]) else float(groups[a] == groups[b]) for a, b in _pairs(net)}


def role(a: str, v: str, b: str) -> str:
    """The role of a person of group v between groups a and b."""
    if a == v == b:
        return "coordinator"
    if v == b:
        return "gatekeeper"
    if a == v:
        return "representative"
    return "consultant" if a == b else "liaison"


def role_counts(net: Network, groups: Groups, direction: str) -> dict[str, dict[str, float]]:
    """By person, then role, looking at every triple."""
    turned = direction == "flow" and net.flow == "against"

    def state(a: str, b: str) -> str:
        return net.state(b, a) if turned else net.state(a, b)

    people = [a for a in net.actors if groups[a] is not None]
    result = {}
    for v in net.actors:
        counts = dict.fromkeys(["coordinator", "gatekeeper", "representative", "consultant", "liaison", "total"], 0.0)
        for a in people:
            for b in people:
                if len({a, v, b}) == 3 and (state(a, v), state(v, b), state(a, b)) == ("present", "present", "absent"):
                    counts[role(str(groups[a]), str(groups[v]), str(groups[b]))] += 1
                    counts["total"] += 1
        if v not in people or not net.answered[net.position(v)] or len(people) < 3:
            counts = dict.fromkeys(counts, NAN)
        result[v] = counts
    return result


ACTOR: dict[str, Callable[..., Any]] = {
    f.__name__: f
    for f in (
        indegree, indegree_share, outdegree, outdegree_share, instrength, outstrength, betweenness,
        betweenness_normalised, harmonic_in, harmonic_out, pagerank, core, clustering, ego_reciprocity, constraint,
        effective_size, ego_ei,
    )
}  # fmt: skip
TIE: dict[str, Callable[..., Any]] = {f.__name__: f for f in (reciprocated, same_group)}
NETWORK: dict[str, Callable[..., Any]] = {
    f.__name__: f
    for f in (
        ties, mean_outdegree, density, reciprocity, transitivity, components, largest_component, isolates,
        indegree_centralization, outdegree_centralization, betweenness_centralization, gini_indegree, top3_share,
        effective_nominees,
        ei_index,
    )
}  # fmt: skip
