"""Reference values of whole networks, and which of our measures each is."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
from agree_cells import REST, Later, Ours, Rule, Told, number
from agree_data import Graph, turned
from agree_data import largest_root as largest_of_all_roots
from scipy.sparse import csgraph

from sna.metrics.census import triad_census
from sna.metrics.centralization import harmonic_centralization
from sna.metrics.communities import communities
from sna.metrics.key_player import key_players
from sna.metrics.path_lengths import people_by_step
from sna.metrics.power import largest_root

BETTER = "A search by chance: our 50 starts find a better division than the best of R's 100 (20) runs"
WORSE = "A search by chance: our 50 starts stay below the best of R's 100 (20) runs, by less than .01"
NO_COMMUNITIES = "communities of fewer than 20 people: ours gives none"
NO_LUB = "least upper bounds: R's sna gives none where every tie goes both ways"
HIGHEST = (
    "least upper bounds: R's sna looks for one highest person above both (its code turns the test round); ours looks "
    "for the lowest, after Krackhardt (1994)"
)
INVERSE = (
    "centralization of inverse distances: R's sna takes those on the way out and divides once more by n − 1; ours "
    "takes those on the way in"
)
NO_ROOT = "largest root: igraph gives 0 where two people name each other and numpy, asked for every root, gives ours"
LEFT_OUT = "least upper bounds: left out of the reference above 60 people"
CHANCE = "tests against networks placed at random: later"
ONE_SIZE = "sizes of single pieces: ours are how many, and the share of the largest"

Factor = Callable[[Graph], float]
one: Factor = lambda g: 1.0  # noqa: E731
once: Factor = lambda g: g.once  # noqa: E731
half: Factor = lambda g: 0.5  # noqa: E731
# Where ties only go both ways the largest sum of degrees is (n − 1)(n − 2), and not (n − 1)².
mutual: Factor = lambda g: (g.n - 1) / (g.n - 2)  # noqa: E731
# … and that of harmonic closeness (n − 2) / 2, and not n − 1.
near: Factor = lambda g: 2 * (g.n - 1) / (g.n - 2)  # noqa: E731
SAME: dict[str, tuple[str, str, Factor]] = {
    "n_ties": ("ties", "stated", once),
    "n_edges_undirected_union": ("ties", "union", half),
    "n_isolates": ("isolates", "stated", one),
    "density": ("density", "stated", one),
    "sna_gden": ("density", "stated", one),
    "observed_density": ("density", "stated", one),
    "transitivity_union_global": ("transitivity_undirected", "union", one),
    "gtrans_weak": ("transitivity", "stated", one),
    "gtrans_weak_union": ("transitivity", "union", one),
    "mean_distance_directed": ("average_path", "stated", one),
    "mean_distance_union": ("average_path", "union", one),
    "diameter_directed": ("diameter", "stated", one),
    "diameter_union": ("diameter", "union", one),
    "reciprocity_igraph_default": ("reciprocity", "stated", one),
    "grecip_edgewise": ("reciprocity", "stated", one),
    "reciprocity_igraph_ratio": ("dyad_reciprocity", "stated", one),
    "grecip_dyadic.nonnull": ("dyad_reciprocity", "stated", one),
    "grecip_correlation": ("reciprocity_adjusted", "stated", one),
    "sna_mutuality": ("dyads_mutual", "stated", one),
    "centralization_degree_indegree": ("indegree_centralization", "stated", one),
    "centralization_degree_outdegree": ("outdegree_centralization", "stated", one),
    "centralization_degree_union": ("indegree_centralization", "union", mutual),
    "centralization_betweenness": ("betweenness_centralization", "stated", one),
    "centralization_betweenness_union": ("betweenness_centralization", "union", one),
    "centralization_closeness_suminvundir": ("harmonic_centralization", "union", near),
    "valued_density": ("mean_strength", "every", one),
    "valued_ties_nonzero": ("ties", "every", once),
}


def _same(name: str, form: str, factor: Factor) -> Rule:
    def rule(g: Graph, group: str, value: Any) -> Ours:
        return {(): g.whole(name, form) * factor(g)}

    return rule


def _people(g: Graph, group: str, value: Any) -> Ours:
    return {(): float(g.n)}


def _average_clustering(isolates: bool) -> Rule:
    def rule(g: Graph, group: str, value: Any) -> Ours:
        each = g.actor("clustering", "union")
        return {(): float((each.fillna(0.0) if isolates else each).mean())}

    return rule


def _weak(g: Graph, group: str, value: Any) -> Ours:
    return _pieces(g, value)


def _strong(g: Graph, group: str, value: Any) -> Ours:
    return {REST: Later("strongly connected pieces")} if g.directed else _pieces(g, value)


def _pieces(g: Graph, value: Any) -> Ours:
    place = str(int(np.argmax([number(size) for size in value["sizes"]])))
    return {
        ("count",): g.whole("components"),
        ("sizes", place): g.whole("largest_component") * g.n,
        REST: Later(ONE_SIZE),
    }


def _sna_components(g: Graph, group: str, value: Any) -> Ours:
    count = g.whole("components")
    if not g.directed:
        return {(kind,): count for kind in value}
    return {("weak",): count, REST: Later("strong, unilateral and recursive pieces")}


def _distances(g: Graph, group: str, value: Any) -> Ours:
    pairs = people_by_step(g.network, "out").sum(axis=1)[1:] * g.once
    found: dict[tuple[str, ...], float] = {("res", str(k)): float(count) for k, count in enumerate(pairs)}
    if len(pairs) == 1:
        found["res",] = found["res", "0"]
    return {**found, ("unconnected",): g.n * (g.n - 1) * g.once - float(pairs.sum())}


def _dyads(mutual: str, asymmetric: str, null: str) -> Rule:
    def rule(g: Graph, group: str, value: Any) -> Ours:
        names = {mutual: "dyads_mutual", asymmetric: "dyads_asymmetric", null: "dyads_null"}
        return {(key,): g.whole(name) for key, name in names.items()}

    return rule


def _share_of_pairs(g: Graph, *kinds: str) -> float:
    every = [g.whole(f"dyads_{kind}") for kind in ("mutual", "asymmetric", "null")]
    return sum(g.whole(f"dyads_{kind}") for kind in kinds) / sum(every)


def _dyadic(g: Graph, group: str, value: Any) -> Ours:
    return {(): _share_of_pairs(g, "mutual", "null")}


def _both_known(g: Graph, group: str, value: Any) -> Ours:
    return {("M",): g.whole("dyads_mutual"), ("A",): g.whole("dyads_asymmetric"), ("r",): g.whole("reciprocity")}


def _missing(g: Graph, group: str, value: Any) -> Ours:
    return {(): float(g.n * (g.n - 1) - g.network.observed.sum())}


def _triads(g: Graph, group: str, value: Any) -> Ours:
    counts = triad_census(g.network)
    if set(value) == {"0", "1", "2", "3"}:
        return {(str(k),): float(counts[kind]) for k, kind in enumerate(("003", "102", "201", "300"))}
    return {(str(kind),): float(count) for kind, count in counts.items()}


def _highest(g: Graph, value: Any) -> float:
    """R's number: pairs of one piece above whom there is just one highest set of people who all reach one another.

    Its C code (gli.c, lubness_con_R) asks that a bound reach all other bounds, where they should reach it.
    """
    if value["lubness"] == "NA":
        return math.nan
    ties = g.network.matrix
    _, piece = csgraph.connected_components(ties, directed=False)
    steps, step = csgraph.connected_components(ties, directed=True, connection="strong")
    ego, alter = (step[ends] for ends in ties.nonzero())
    below = np.unique(alter[ego != alter])
    tops = [int(np.flatnonzero(step == s)[0]) for s in range(steps) if s not in below]
    far = np.isfinite(csgraph.shortest_path(ties, unweighted=True, indices=tops)).astype(float)
    sizes = np.bincount(piece)
    # R looks at pieces of three people and more.
    pairs = np.triu((piece[:, None] == piece[None, :]) & (sizes[piece] > 2), 1)
    apart, most = (pairs & (far.T @ far != 1)).sum(), ((sizes - 1) * (sizes - 2) // 2).sum()
    return 1 - float(apart) / float(most) if most else math.nan


def _krackhardt(g: Graph, group: str, value: Any) -> Ours:
    lub = Told(g.whole("krackhardt_lub"), NO_LUB, proof=math.nan)
    if g.directed:
        lub = replace(
            lub, reason=LEFT_OUT if value["lubness"] == "NA" and g.n > 60 else HIGHEST, proof=_highest(g, value)
        )
    return {
        ("connectedness",): g.whole("connectedness"),
        ("hierarchy_krackhardt",): g.whole("krackhardt_hierarchy"),
        ("hierarchy_reciprocity",): _share_of_pairs(g, "asymmetric"),
        ("efficiency",): g.whole("krackhardt_efficiency"),
        ("lubness",): lub,
    }


def _concentration(g: Graph, group: str, value: Any) -> Ours:
    gini = g.whole("gini_indegree")
    return {
        ("gini_corrected",): gini,
        ("gini",): gini * (g.n - 1) / g.n,
        ("top3_share",): g.whole("top3_share"),
        ("snijders_variance",): g.whole("indegree_variance"),
        REST: Later(
            "concentration by Theil, Herfindahl, Rosenbluth, entropy, coefficient of variation, other top shares"
        ),
    }


def _freeman(g: Graph, group: str, value: Any) -> Ours:
    if g.directed:
        return {REST: Later("centralization of degree with both directions added")}
    return {(): g.whole("indegree_centralization") * mutual(g)}


def _inverse(g: Graph, group: str, value: Any) -> Ours:
    proof = harmonic_centralization(turned(g.network)) / (g.n - 1)
    return {(): Told(g.whole("harmonic_centralization"), INVERSE, proof=proof)}


def _eigenvalue(g: Graph, group: str, value: Any) -> Ours:
    return {(): Told(largest_root(g.network.matrix), NO_ROOT if number(value) == 0 else None, proof=_no_root(g, value))}


def _no_root(g: Graph, value: Any) -> float | None:
    """0 where igraph says 0 and numpy, asked for every root, says what we say."""
    if number(value) != 0:
        return None
    exact = largest_of_all_roots(g.network.matrix.toarray())
    return 0.0 if abs(exact - largest_root(g.network.matrix)) < 1e-9 else math.nan


def _degree_assortativity(g: Graph, group: str, value: Any) -> Ours:
    if g.directed:
        return {REST: Later("assortativity of out-degree with in-degree: ours is that of contacts in the union")}
    return {(): g.whole("degree_assortativity")}


def _louvain(g: Graph, group: str, value: Any) -> Ours:
    if g.n < 20:
        return {(): Told(math.nan, NO_COMMUNITIES)}
    found = communities(g.network, np.random.default_rng(1), seeds=STARTS)
    gap = found.modularity - number(value)
    return {(): Told(found.modularity, BETTER if gap > 0 else WORSE if gap > -0.01 else None)}


STARTS = 50


def _cug(name: str) -> Rule:
    def rule(g: Graph, group: str, value: Any) -> Ours:
        return {("observed",): g.whole(name), REST: Later(CHANCE)}

    return rule


def _first(k: int) -> Rule:
    """The first k people removed: what is left is a network of its own."""

    def rule(g: Graph, group: str, value: Any) -> Ours:
        rest = g.union.among(set(g.network.actors[k:]))
        left = Graph(g.data, g.key, g.directed, rest, (), {})
        found = 1 - left.whole("global_efficiency", "stated")
        best = key_players(g.network, k, "distance_fragmentation")
        assert best.reason is not None or best.value >= found - 1e-9
        return {("fragment",): found, REST: Later("group degree, and people within two steps of a group")}

    return rule


def _tnet_clustering(g: Graph, group: str, value: Any) -> Ours:
    return {("bi",): g.whole("transitivity", "every"), REST: Later("clustering by strength after Opsahl & Panzarasa")}


RULES: dict[str, Rule] = {
    **{reference: _same(*ours) for reference, ours in SAME.items()},
    "n_nodes": _people,
    "transitivity_union_average_local": _average_clustering(isolates=True),
    "transitivity_union_average_local_nan": _average_clustering(isolates=False),
    "components_weak": _weak,
    "components_strong": _strong,
    "sna_components": _sna_components,
    "distance_table_directed": _distances,
    "dyad_census": _dyads("mut", "asym", "null"),
    "sna_dyad_census": _dyads("Mut", "Asym", "Null"),
    "observed_dyad_census": _dyads("Mut", "Asym", "Null"),
    "observed_reciprocity_complete_dyads": _both_known,
    "n_missing_dyads": _missing,
    "grecip_dyadic": _dyadic,
    "triad_census": _triads,
    "sna_triad_census": _triads,
    "krackhardt_gtd": _krackhardt,
    "indegree_concentration": _concentration,
    "centralization_degree_freeman": _freeman,
    "centralization_closeness_suminvdir": _inverse,
    "eigenvalue_directed": _eigenvalue,
    "degree_assortativity_directed": _degree_assortativity,
    "modularity_louvain_best_union": _louvain,
    "cug_grecip_edges": _cug("reciprocity"),
    "cug_gtrans_edges": _cug("transitivity"),
    "kpcent_first2": _first(2),
    "kpcent_first3": _first(3),
    "tnet_clustering_w": _tnet_clustering,
}
