"""Reference values of people and of single ties, and which of our measures each is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import numpy as np
import pandas as pd
from agree_cells import REST, Later, Ours, Rule, Told, number
from agree_data import Graph, largest_root, turned

from sna.metrics.catalogue import measure
from sna.metrics.centrality import eigenvector
from sna.metrics.path_lengths import people_by_step
from sna.networks import Network

NOT_CONNECTED = (
    "classical closeness where somebody does not reach somebody: ours is empty, R's sna says 0, igraph counts those "
    "reached only"
)
OUTSIDE = (
    "eigenvector outside the largest strongly connected part: ours is empty there, igraph and R's sna go on beyond it"
)
OTHER_PART = (
    "eigenvector where another part of the network has as large a root or a larger one: ours is that of the largest "
    "strongly connected part, igraph's and sna's that of the other part or of a mixture"
)
UNION_ONLY = "cores of a directed network by ties in, out or both: ours are those of the union"
INFLUENCE_R = (
    "constraint by influenceR 0.1.5: it takes p_jq where Burt has p_qj, and 0 for isolates; igraph, networkx and ours "
    "agree"
)
EGO_MODEL = "structural holes inside each ego network (UCINET's default): ours are those of the whole network"
TNET = "closeness by tnet: people after the last one with a tie do not exist to it; ours divides by the whole roster"
ISOLATE = "effective size of somebody without contacts: ours is empty, the reference 0"

# reference → (our measure, form of the network, factor to the reference's scale)
Factor = Callable[[Graph], float]
one: Factor = lambda g: 1.0  # noqa: E731
others: Factor = lambda g: g.n - 1.0  # noqa: E731
once: Factor = lambda g: g.once  # noqa: E731
half: Factor = lambda g: 0.5  # noqa: E731
SAME: dict[str, tuple[str, str, Factor]] = {
    "indegree": ("indegree", "stated", one),
    "outdegree": ("outdegree", "stated", one),
    "degree_union": ("indegree", "union", one),
    "sna_degree_indegree": ("indegree", "stated", one),
    "sna_degree_outdegree": ("outdegree", "stated", one),
    "betweenness_directed_raw": ("betweenness", "stated", once),
    "betweenness_directed_normalized": ("betweenness_normalised", "stated", one),
    "betweenness_union_raw": ("betweenness", "union", half),
    "sna_betweenness_directed": ("betweenness", "stated", once),
    "sna_betweenness_undirected": ("betweenness", "union", half),
    "harmonic_in": ("harmonic_in", "stated", others),
    "harmonic_out": ("harmonic_out", "stated", others),
    "harmonic_all": ("harmonic_in", "union", others),
    "sna_closeness_suminvdir": ("harmonic_out", "stated", one),
    "sna_closeness_suminvundir": ("harmonic_out", "union", one),
    "pagerank": ("pagerank", "stated", one),
    "coreness_union": ("core", "union", one),
    "transitivity_union_local": ("clustering", "union", one),
    "constraint_directed": ("constraint", "stated", one),
    "constraint_union": ("constraint", "union", one),
    "instrength_valued": ("instrength", "every", one),
    "outstrength_valued": ("outstrength", "every", one),
}


def keyed(values: pd.Series[float] | pd.DataFrame, *more: str) -> dict[tuple[str, ...], float]:
    """A series or table of ours by path."""
    if isinstance(values, pd.DataFrame):
        return {(str(i), c): float(v) for c in values.columns for i, v in values[c].items()}
    return {((*key, *more) if isinstance(key, tuple) else (str(key), *more)): float(v) for key, v in values.items()}


def _same(name: str, form: str, factor: Factor) -> Rule:
    def rule(g: Graph, group: str, value: Any) -> Ours:
        return keyed(g.actor(name, form) * factor(g))

    return rule


def _freeman_degree(g: Graph, group: str, value: Any) -> Ours:
    total = g.actor("indegree") + g.actor("outdegree") if g.directed else g.actor("indegree")
    return keyed(total)


def _closeness(name: str, form: str, igraph: bool = False) -> Rule:
    """Where ours is empty, igraph reads those reached only, and sna gives 0 to whoever does not reach everybody."""

    def rule(g: Graph, group: str, value: Any) -> Ours:
        apart = NOT_CONNECTED if g.whole("reachable_share", form) < 1 else None
        counts = people_by_step(g.form(form), "in" if name == "closeness_in" else "out")
        reached, steps = counts.sum(axis=0), np.arange(len(counts)) @ counts
        near = np.divide(reached, steps, out=np.full(g.n, np.nan), where=steps > 0)
        proof = near if igraph else np.where(reached == g.n - 1, near, 0.0)
        found = keyed(g.actor(name, form))
        return {path: Told(v, apart, proof=float(p)) for (path, v), p in zip(found.items(), proof, strict=True)}

    return rule


def _core(g: Graph, group: str, value: Any) -> Ours:
    return {REST: Later(UNION_ONLY)} if g.directed else keyed(g.actor("core"))


def _influence_r(g: Graph, group: str, value: Any) -> Ours:
    contacts = g.union.matrix.toarray()
    k = np.maximum(contacts.sum(axis=1), 1.0)
    proof = (contacts * (1 / k[:, None] + contacts @ contacts / np.outer(k, k)) ** 2).sum(axis=1)
    found = keyed(g.actor("constraint", "union"))
    return {path: Told(v, INFLUENCE_R, proof=float(p)) for (path, v), p in zip(found.items(), proof, strict=True)}


def _eigenvector(form: str, direction: Literal["citation", "flow"]) -> Rule:
    """Scaled to a maximum of 1 among the people who have a value of ours; R's sign is arbitrary."""

    def rule(g: Graph, group: str, value: Any) -> Ours:
        network = g.form(form)
        if direction == "flow":
            # Read against the ties, as R's sna does: as if things passed from the person named.
            network = turned(network)
        mine = eigenvector(network)
        theirs = pd.Series({actor: abs(number(v)) for actor, v in value.items()}).reindex(mine.index)
        inside = mine.notna().to_numpy()
        most = theirs[inside].max() if inside.any() else theirs.max()
        theirs = theirs / most if most > 0 else theirs
        mine = mine / mine.max()
        reason = None if inside.all() else OUTSIDE if _leads(network, inside) else OTHER_PART
        return {
            (actor,): Told(float(mine[actor]), OUTSIDE if reason and np.isnan(mine[actor]) else _if_other(reason), t)
            for actor, t in theirs.items()
        }

    return rule


def _if_other(reason: str | None) -> str | None:
    return reason if reason == OTHER_PART else None


def _leads(network: Network, inside: np.ndarray[Any, Any]) -> bool:
    """The part we take has a larger root than the rest of the network: others' vectors are its vector there."""
    if not inside.any():
        return False
    dense = network.matrix.toarray()
    within, without = dense[np.ix_(inside, inside)], dense[np.ix_(~inside, ~inside)]
    return largest_root(within) > largest_root(without) + 1e-6


def _domain(g: Graph, group: str, value: Any) -> Ours:
    """People who reach a person, in any number of steps."""
    counts = people_by_step(g.network, "in").sum(axis=0)
    return {(actor,): float(k) for actor, k in zip(g.network.actors, counts, strict=True)}


def _whole_model(g: Graph, group: str, value: Any) -> Ours:
    network = g.network
    columns = {
        "degree": g.actor("indegree", "union"),
        "effsize": g.actor("effective_size"),
        "constraint": g.actor("constraint"),
        "efficiency": g.actor("efficiency"),
    }
    found: dict[tuple[str, ...], float | Told] = {**keyed(pd.DataFrame(columns, index=list(network.actors)))}
    return {**found, **_isolates(g, "effsize")}


def _effective_size(g: Graph, group: str, value: Any) -> Ours:
    return {**keyed(g.actor("effective_size", "union")), **_isolates(g)}


def _isolates(g: Graph, *more: str) -> dict[tuple[str, ...], Told]:
    """People without any contact: undefined to us, 0 to the reference."""
    contacts = g.actor("indegree", "union")
    return {(str(a), *more): Told(np.nan, ISOLATE, proof=0.0) for a in contacts.index[contacts == 0]}


def _ego_model(g: Graph, group: str, value: Any) -> Ours:
    ours = ("effective_size", "efficiency", "constraint", "hierarchy")
    columns = dict(zip(EGO_COLUMNS, (g.actor(name) for name in ours), strict=True))
    both = (g.network.matrix + g.network.matrix.T).toarray()
    proofs = {(str(a), c): p for i, a in enumerate(g.network.actors) for c, p in _within_ego(both, i).items()}
    apart = keyed(pd.DataFrame(columns, index=list(g.network.actors)))
    return {
        **{path: Told(v, EGO_MODEL, proof=proofs[path]) for path, v in apart.items()},
        **keyed(g.actor("indegree", "union"), "degree"),
    }


EGO_COLUMNS = ("effsize", "efficiency", "constraint", "hierarchy")


def _within_ego(both: np.ndarray[Any, Any], i: int) -> dict[str, float]:
    """Burt's measures of person i in their own ego network, after the formulas and with nothing of ours."""
    others = np.flatnonzero(both[i])
    k = len(others)
    if k < 2:
        size = float(k)
        return dict(zip(EGO_COLUMNS, (size, size or np.nan, np.nan, np.nan), strict=True))
    inside = both[np.ix_([i, *others], [i, *others])]
    share, most = inside / inside.sum(axis=1, keepdims=True), inside / inside.max(axis=1, keepdims=True)
    size = k - float((share[0, 1:] @ most[1:, 1:].T).sum())
    part = (share[0] + share[0] @ share)[1:] ** 2
    constraint, relative = float(part.sum()), part / part.mean()
    disorder = float((relative * np.log(relative)).sum() / (k * np.log(k)))
    return dict(zip(EGO_COLUMNS, (size, size / k, constraint, disorder), strict=True))


def _tie_betweenness(g: Graph, group: str, value: Any) -> Ours:
    found = measure("tie_betweenness").compute(g.network)
    return keyed(found, "value")


def _opsahl(way: str) -> Rule:
    def rule(g: Graph, group: str, value: Any) -> Ours:
        columns = {"degree": f"{way}degree", "output": f"{way}strength", "alpha": f"{way}degree_opsahl"}
        return keyed(pd.DataFrame({column: g.actor(name, "every") for column, name in columns.items()}))

    return rule


def _alpha_elsewhere(way: str) -> Rule:
    def rule(g: Graph, group: str, value: Any) -> Ours:
        columns = {"degree": f"{way}degree", "output": f"{way}strength"}
        found = keyed(pd.DataFrame({column: g.actor(name, "every") for column, name in columns.items()}))
        return {**found, REST: Later("degree after Opsahl with an α other than .5")}

    return rule


def _tnet_betweenness(name: str) -> Rule:
    def rule(g: Graph, group: str, value: Any) -> Ours:
        return keyed(g.actor(name, "every"), "betweenness")

    return rule


def _tnet_closeness(g: Graph, group: str, value: Any) -> Ours:
    near = g.actor("harmonic_out", "every")
    known = len(value)
    more = {(str(a), "n.closeness"): Told(float(v), TNET, proof=v * (g.n - 1) / (known - 1)) for a, v in near.items()}
    return {**keyed(near * (g.n - 1), "closeness"), **more}


RULES: dict[str, Rule] = {
    **{reference: _same(*ours) for reference, ours in SAME.items()},
    "sna_degree_freeman": _freeman_degree,
    "closeness_igraph_in": _closeness("closeness_in", "stated", igraph=True),
    "closeness_igraph_out": _closeness("closeness_out", "stated", igraph=True),
    "closeness_igraph_all": _closeness("closeness_out", "union", igraph=True),
    "sna_closeness_directed": _closeness("closeness_out", "stated"),
    "sna_closeness_undirected": _closeness("closeness_out", "union"),
    "coreness_in": _core,
    "coreness_out": _core,
    "coreness_all": _core,
    "sna_kcores_freeman": _core,
    "sna_kcores_indegree": _core,
    "sna_kcores_outdegree": _core,
    "constraint_influenceR_union": _influence_r,
    "eigenvector_directed": _eigenvector("stated", "citation"),
    "eigenvector_union": _eigenvector("union", "citation"),
    "sna_evcent": _eigenvector("stated", "flow"),
    "sna_evcent_union": _eigenvector("union", "citation"),
    "sna_prestige_domain": _domain,
    "effective_size_ens_union": _effective_size,
    "structural_holes_whole_model": _whole_model,
    "structural_holes_ego_model": _ego_model,
    "edge_betweenness_directed": _tie_betweenness,
    "tnet_degree_in_alpha0.5": _opsahl("in"),
    "tnet_degree_out_alpha0.5": _opsahl("out"),
    "tnet_degree_in_alpha1.5": _alpha_elsewhere("in"),
    "tnet_degree_out_alpha1.5": _alpha_elsewhere("out"),
    "tnet_betweenness_alpha0": _tnet_betweenness("betweenness"),
    "tnet_betweenness_alpha1": _tnet_betweenness("betweenness_strength"),
    "tnet_closeness_alpha0": _tnet_closeness,
}
