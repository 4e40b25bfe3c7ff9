"""Reference values that take groups of people into account, and which of our measures each is."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
from agree_cells import REST, Later, Ours, Rule, Told, number
from agree_data import Graph

from sna.metrics.homophily import coleman_homophily, four_counts, mixing_matrix

ROLES = {
    "w_I": "coordinator",
    "w_O": "consultant",
    "b_IO": "representative",
    "b_OI": "gatekeeper",
    "b_O": "liaison",
    "t": "total",
}
# The other two are right in R's sna as well.
EXACT_ONLY_IN_OURS = ("coordinator", "representative", "gatekeeper", "total")
TOTAL_SD = (
    "standard deviations (and z) of brokerage totals: R's sna is wrong for coordinator, representative, gatekeeper and "
    "total; ours are exact, and proved so by enumeration in the tests"
)
ONE_GROUP = "everybody is in one group: ours is empty"
DIRECTED = "modularity of directed ties, or with mutual ties counted twice: ours takes each pair in contact once"
NETSEG = "assortativity: netseg makes the mixing matrix of directed ties symmetrical first; igraph and ours do not"
LABELS = "tests by shuffled labels: later"
# The file says so; above 200 people it tells of fewer (`qapreps` 500, and shares that are multiples of 1/500).
DRAWS, FEWER = 5_000, 500
FEWER_DRAWS = (
    "mean of shuffled labels: ours is exact and the file's own exact value, its Monte Carlo mean lies within the error "
    "of 500 draws and not of the 5,000 it says"
)
# Standard errors within which a Monte Carlo mean agrees.
WITHIN = 3.0


def _one_group(g: Graph, group: str) -> str | None:
    return ONE_GROUP if g.grouped(group).nunique() < 2 else None


def _sizes(g: Graph, group: str, value: Any) -> Ours:
    return {(str(name),): float(count) for name, count in g.grouped(group).value_counts().items()}


def _matrix(column: str) -> Rule:
    def rule(g: Graph, group: str, value: Any) -> Ours:
        names = [value["levels"]] if isinstance(value["levels"], str) else list(value["levels"])
        table = mixing_matrix(g.network, g.grouped(group)).set_index(["from", "to"])[column]
        return {
            ("matrix", str(i), str(j)): float(table[a, b])
            for i, a in enumerate(names)
            for j, b in enumerate(names)
            if (a, b) in table.index
        }

    return rule


def _ei(form: str) -> Rule:
    def rule(g: Graph, group: str, value: Any) -> Ours:
        counts = four_counts(g.form(form), g.grouped(group))
        share = 0.5 if form == "union" else 1.0
        return {
            ("internal",): counts.inside * share,
            ("external",): counts.across * share,
            ("ei",): Told(g.whole("ei_index", form, group), _one_group(g, group)),
        }

    return rule


def _ei_netseg(g: Graph, group: str, value: Any) -> Ours:
    return {(): Told(g.whole("ei_index", "union", group), _one_group(g, group))}


def _ei_people(g: Graph, group: str, value: Any) -> Ours:
    return {(a,): Told(float(v), _one_group(g, group)) for a, v in g.actor(f"ei_{group}").items()}


def _ei_permutation(g: Graph, group: str, value: Any) -> Ours:
    expected = g.whole("ei_expected", "stated", group)
    sd, gap = float(np.nan_to_num(number(value["sd"]))), abs(number(value["mean"]) - expected)
    reason = _one_group(g, group)
    fewer = g.n > 200 and gap <= WITHIN * sd / math.sqrt(FEWER)
    return {
        ("observed",): Told(g.whole("ei_index", "stated", group), reason),
        ("expected_exact",): Told(expected, reason),
        ("mean",): Told(
            expected, FEWER_DRAWS if fewer else reason, tolerance=max(WITHIN * sd / math.sqrt(DRAWS), 1e-9)
        ),
        REST: Later(LABELS),
    }


def _whole(name: str, form: str) -> Rule:
    def rule(g: Graph, group: str, value: Any) -> Ours:
        return {(): Told(g.whole(name, form, group), _one_group(g, group))}

    return rule


def _modularity_same(g: Graph, group: str, value: Any) -> Ours:
    return {(): Told(g.whole("modularity", "stated", group), _one_group(g, group))}


def _modularity_apart(directed: bool) -> Rule:
    def rule(g: Graph, group: str, value: Any) -> Ours:
        if not g.directed:
            return _modularity_same(g, group, value)
        table = mixing_matrix(g.network, g.grouped(group)).pivot(index="from", columns="to", values="ties").to_numpy()
        share = table / table.sum()
        share = share if directed else (share + share.T) / 2
        proof = float(np.trace(share) - share.sum(axis=0) @ share.sum(axis=1))
        return {(): Told(g.whole("modularity", "stated", group), DIRECTED, proof=proof)}

    return rule


def _netseg_assort(g: Graph, group: str) -> Told:
    """netseg's number is ours of the mixing matrix made symmetrical; igraph's, of directed ties, is ours."""
    if not g.directed:
        return Told(g.whole("assortativity", "stated", group), _one_group(g, group))
    table = mixing_matrix(g.network, g.grouped(group)).pivot(index="from", columns="to", values="ties")
    both = table.to_numpy() + table.to_numpy().T
    share = both / both.sum()
    chance = float((share.sum(axis=0) * share.sum(axis=1)).sum())
    same = (float(np.trace(share)) - chance) / (1 - chance) if chance < 1 else math.nan
    return Told(g.whole("assortativity", "stated", group), NETSEG, proof=same)


def _netseg(g: Graph, group: str, value: Any) -> Ours:
    counts = four_counts(g.network, g.grouped(group))
    below = counts.across * counts.inside_absent
    odds = counts.inside * counts.across_absent / below if below else math.inf
    table = coleman_homophily(g.network, g.grouped(group))
    none = "Coleman's homophily: netseg gives none for an undirected network"
    reason = _one_group(g, group) if g.directed else none
    # In R's order of groups, which is that of its language and not of characters.
    levels = np.atleast_1d(g.golden[f"mixing_matrix_ties__{group}"]["value"]["levels"]).tolist()
    by_group = table.set_index("group")["homophily"]
    mine = {("coleman", str(i + 1)): Told(float(by_group[name]), reason) for i, name in enumerate(levels)}
    if not g.directed:
        mine["coleman",] = Told(float(table["homophily"].iloc[0]), none, proof=math.nan)
    return {
        ("assort",): _netseg_assort(g, group),
        ("orwg",): Told(odds, _one_group(g, group)),
        **mine,
        REST: Later("segregation matrix index and spectral segregation index"),
    }


def _blau(g: Graph, group: str, value: Any) -> Ours:
    each = {("blau", a): Told(float(v), _one_group(g, group)) for a, v in g.actor(f"participation_{group}").items()}
    return {**each, ("iqv_k",): float(g.grouped(group).nunique())}


def _brokerage(g: Graph, group: str, value: Any) -> Ours:
    people, whole, spreads = g.brokerage(group), g.brokerage_totals(group), _spreads_of_r(g, group)
    found: dict[tuple[str, ...], float | Told] = {}
    for reference, suffix, column in (
        ("raw", "", "value"),
        ("expected", "_expected", "expected"),
        ("sd", "_sd", "sd"),
        ("z", "_z", "z"),
    ):
        for short, role in ROLES.items():
            for actor, v in people[role + suffix].items():
                found[reference, str(actor), short] = float(v)
            told = Told(float(whole.loc[role, column]))
            if reference in ("sd", "z") and role in EXACT_ONLY_IN_OURS:
                count, expected, spread = whole.loc[role, "value"], whole.loc[role, "expected"], spreads[role]
                proof = spread if reference == "sd" else (count - expected) / spread if spread else math.nan
                told = replace(told, reason=TOTAL_SD, proof=float(proof))
            found["global", reference, short] = told
    return found


def _spreads_of_r(g: Graph, group: str) -> dict[str, float]:
    """The standard deviations of totals as R's sna has them, with its errors (methods.md, 3.10)."""
    n = g.n
    sizes = g.grouped(group).value_counts().to_numpy(dtype=float)
    d = g.network.matrix.nnz / (n * (n - 1))
    q, u, y, z = d**2 * (1 - d), d**3 * (1 - d) ** 3, d**4 * (1 - d) ** 2, d**5 * (1 - d)
    m = sizes
    inside = m * (m - 1) * (m - 2)
    across = m * (n - m) * (m - 1)
    whole = n * (n - 1) * (n - 2)
    spread = {
        "coordinator": q * inside * (1 - q) + inside * ((4 * m - 10) * u - 4 * (m - 3) * y + (m - 3) * z),
        "gatekeeper": q * across * (1 - q) + across * ((n - 3) * u + (m - 2) * z),
        "total": q * whole * (1 - q) + whole * np.array([(4 * n - 10) * u - 4 * (n - 3) * y + (n - 3) * z]),
    }
    spread["representative"] = spread["gatekeeper"]
    return {role: float(np.sqrt(variance.sum())) for role, variance in spread.items()}


RULES: dict[str, Rule] = {
    "group_sizes": _sizes,
    "mixing_matrix_ties": _matrix("ties"),
    "block_density": _matrix("density"),
    "ei_index_directed_ties": _ei("stated"),
    "ei_index_union": _ei("union"),
    "ei_netseg_union": _ei_netseg,
    "ei_node_union": _ei_people,
    "ei_permutation": _ei_permutation,
    "assortativity_nominal_directed": _whole("assortativity", "stated"),
    "assortativity_nominal_union": _whole("assortativity", "union"),
    "modularity_partition_union": _whole("modularity", "union"),
    "modularity_partition_directed": _modularity_apart(directed=True),
    "modularity_partition_ignoring_direction": _modularity_apart(directed=False),
    "netseg": _netseg,
    "blau_alters_union": _blau,
    "brokerage": _brokerage,
}
