"""Compares our numbers with reference values from R on real networks: `python benchmarks/agree.py DATA_FOLDER`.

Every directed network of at most 500 people becomes a study folder and goes the whole way: files → tables → networks →
measures. Values whose definitions agree must be equal to 1e-9; where definitions differ, the reason is printed with how
many values differ. Exits 1 when a value that should agree does not.
"""

from __future__ import annotations

import csv
import json
import math
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import sna

TOLERANCE = 1e-9
MOST_PEOPLE = 500
ROLES = {
    "w_I": "coordinator",
    "w_O": "consultant",
    "b_IO": "representative",
    "b_OI": "gatekeeper",
    "b_O": "liaison",
    "t": "total",
}
# The networks that are waves of one relation: data set → (relation ids, wave ids).
WAVES = {"school_leaders": (("collaboration", "confidential"), ("y1", "y3"))}

# our actor measure → (reference, factor to our scale as a function of n)
ACTOR: dict[str, tuple[str, Callable[[int], float]]] = {
    "indegree": ("indegree", lambda n: 1),
    "outdegree": ("outdegree", lambda n: 1),
    "betweenness": ("betweenness_directed_raw", lambda n: 1),
    "betweenness_normalised": ("betweenness_directed_normalized", lambda n: 1),
    "harmonic_in": ("harmonic_in", lambda n: 1 / (n - 1)),
    "harmonic_out": ("harmonic_out", lambda n: 1 / (n - 1)),
    "pagerank": ("pagerank", lambda n: 1),
    "core": ("coreness_union", lambda n: 1),
    "clustering": ("transitivity_union_local", lambda n: 1),
    "constraint": ("constraint_directed", lambda n: 1),
}
NETWORK = {
    "ties": "n_ties",
    "density": "density",
    "reciprocity": "grecip_edgewise",
    "transitivity": "gtrans_weak",
    "indegree_centralization": "centralization_degree_indegree",
    "outdegree_centralization": "centralization_degree_outdegree",
    "betweenness_centralization": "centralization_betweenness",
}
# our measure → (reference, why they need not be equal)
APART = {
    "instrength": ("instrength_valued", "ours adds up present ties only; the reference also those below the threshold"),
    "effective_size": (
        "effective_size_ens_union",
        "ours keeps both directions (Z = A + Aᵀ); the reference is computed on the union, equal only where all ties "
        "are mutual or none is",
    ),
}


def main(folder: Path) -> int:
    """Compare every data set; return the exit code."""
    if not (folder / "open").is_dir():
        print(f"agreement with reference data: {folder} is not there; nothing was compared")
        return 0
    compared = wrong = 0
    apart: dict[str, list[int]] = {reason: [0, 0] for reason in REASONS.values()}
    for source in sorted((folder / "open").iterdir()):
        meta = json.loads((source / "meta.json").read_text(encoding="utf-8"))
        graphs = [graph for graph in meta["graphs"] if graph["directed"]]
        if meta["mode"] != "one" or not graphs or len(_people(source)) > MOST_PEOPLE:
            continue
        golden = json.loads((source / "golden.json").read_text(encoding="utf-8"))["graphs"]
        with tempfile.TemporaryDirectory() as place:
            results = sna.measure_study(_study(Path(place), source, meta, graphs))
        values, worst = 0, 0.0
        for key, (wave, relation) in _networks(source.name, graphs).items():
            for what, ours, theirs, reason in _pairs(results, wave, relation, golden[key]["measures"], meta["group"]):
                difference = _difference(ours, theirs)
                if reason is not None:
                    apart[reason][0] += 1
                    apart[reason][1] += difference > TOLERANCE
                    continue
                values += 1
                worst = max(worst, difference)
                if difference > TOLERANCE:
                    wrong += 1
                    print(f"  {source.name} {key} {what}: ours {ours!r}, reference {theirs!r}")
        compared += values
        print(f"{source.name}: {values} values, largest difference {worst:.1e}")
    print(f"\n{compared} values compared, {wrong} differ by more than {TOLERANCE:g}.\nWhere definitions differ:")
    for reason, (total, unlike) in apart.items():
        print(f"  {unlike} of {total} values differ: {reason}")
    return 1 if wrong or not compared else 0


REASONS = {
    "eigenvector": "eigenvector where the network is not strongly connected: ours is that of its largest strongly "
    "connected part and empty elsewhere; the reference (igraph) takes the whole network",
    "total sd": "brokerage totals, standard deviation: R's sna is wrong for coordinator, representative, gatekeeper "
    "and the total; ours is exact, and proved so by enumeration in the tests",
    "undefined": "a value that we leave empty and the reference gives as 0, 1 or infinity",
    **{name: f"{name}: {why}" for name, (_, why) in APART.items()},
}


def _people(source: Path) -> list[dict[str, str]]:
    with (source / "nodes.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _networks(name: str, graphs: list[dict[str, Any]]) -> dict[str, tuple[str, str]]:
    """Reference key → (wave id, relation id)."""
    if name in WAVES:
        relations, waves = WAVES[name]
        return {f"{relation}_{wave}": (wave, relation) for relation in relations for wave in waves}
    return {graph["key"]: ("all", graph["key"]) for graph in graphs}


def _study(place: Path, source: Path, meta: dict[str, Any], graphs: list[dict[str, Any]]) -> Path:
    """Write a study folder for one data set: its files as they are, a roster with derived groups, a study.toml."""
    people = _people(source)
    key = next(iter(people[0]))
    for derived in meta["derived"]:
        for person in people:
            person[derived["name"]] = str(int(float(person[derived["attr"]]) <= derived["cut"]))
    with (place / "roster.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(people[0]))
        writer.writeheader()
        writer.writerows(people)
    for graph in graphs:
        (place / graph["file"]).write_bytes((source / graph["file"]).read_bytes())
    pairs = _networks(source.name, graphs)
    by_key = {graph["key"]: graph for graph in graphs}
    lines = ["[study]", f"name = {json.dumps(meta['title'], ensure_ascii=False)}", 'roster = "roster.csv"']
    lines += [f'id_column = "{key}"', f"groups = {json.dumps(meta['group'])}", 'audience = "researcher"']
    for wave in dict.fromkeys(wave for wave, _ in pairs.values()):
        lines += ["[[waves]]", f'id = "{wave}"']
    done = set()
    for name, (_, relation) in pairs.items():
        graph = by_key[name]
        if relation in done:
            continue
        done.add(relation)
        file = f"edges_{relation}_{{wave}}.csv" if source.name in WAVES else graph["file"]
        lines += ["[[relations]]", f'id = "{relation}"', 'form = "ties"', f'file = "{file}"', 'flow = "along"']
        lines += ['ego = "source"', 'alter = "target"', 'respondents = "everyone"']
        if graph["valued"]:
            lines += ['strength = "weight"', f"present_from = {graph['threshold']}"]
    (place / "study.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return place


def _pairs(
    results: sna.Results, wave: str, relation: str, golden: dict[str, Any], groups: list[str]
) -> Iterator[tuple[str, float, float, str | None]]:
    """(what, ours, reference, None or why they need not be equal) for every value of one network."""
    table = results.actor_metrics
    mine = table[(table["wave"] == wave) & (table["relation"] == relation)].set_index("actor_id")
    n = len(mine)
    for name, (reference, factor) in ACTOR.items():
        for actor, value in golden[reference]["value"].items():
            ours, theirs = float(mine.loc[actor, name]), _number(value) * factor(n)
            undefined = math.isnan(ours) and not math.isnan(theirs)
            yield f"{name} of {actor}", ours, theirs, REASONS["undefined"] if undefined else None
    for name, (reference, _) in APART.items():
        for actor, value in golden.get(reference, {"value": {}})["value"].items():
            yield f"{name} of {actor}", float(mine.loc[actor, name]), _number(value), REASONS[name]
    scaled = mine["eigenvector"] / mine["eigenvector"].max()
    reason = REASONS["eigenvector"] if scaled.isna().any() else None
    for actor, value in golden["eigenvector_directed"]["value"].items():
        yield f"eigenvector of {actor}", float(scaled[actor]), _number(value), reason
    whole = results.network_metrics
    whole = whole[(whole["wave"] == wave) & (whole["relation"] == relation)]
    single = whole[whole["group"].isna()].set_index("measure")["value"]
    for name, reference in NETWORK.items():
        yield name, float(single[name]), _number(golden[reference]["value"]), None
    yield "components", float(single["components"]), _number(golden["components_weak"]["value"]["count"]), None
    yield (
        "gini_indegree",
        float(single["gini_indegree"]),
        _number(golden["indegree_concentration"]["value"]["gini_corrected"]),
        None,
    )
    for group in groups:
        found = golden.get(f"ei_index_directed_ties__{group}")
        by_group = whole[whole["group"] == group].set_index("measure")
        if found is not None:
            ours, theirs = float(by_group.loc["ei_index", "value"]), _number(found["value"]["ei"])
            undefined = math.isnan(ours) and not math.isnan(theirs)
            yield f"E-I by {group}", ours, theirs, REASONS["undefined"] if undefined else None
        if f"brokerage__{group}" in golden:
            yield from _brokerage(results, wave, relation, group, golden[f"brokerage__{group}"]["value"])


def _brokerage(
    results: sna.Results, wave: str, relation: str, group: str, golden: dict[str, Any]
) -> Iterator[tuple[str, float, float, str | None]]:
    """Gould–Fernandez counts, expectations and standard deviations, by person and in total."""
    table = results.brokerage
    mine = table[(table["wave"] == wave) & (table["relation"] == relation) & (table["group"] == group)]
    mine = mine.set_index("actor_id")
    for reference, suffix in (("raw", ""), ("expected", "_expected"), ("sd", "_sd")):
        for row in golden[reference]:
            for column, role in ROLES.items():
                ours, theirs = float(mine.loc[row["id"], role + suffix]), _number(row[column])
                undefined = math.isnan(ours) and not math.isnan(theirs)
                reason = REASONS["undefined"] if undefined else None
                yield f"{role}{suffix} of {row['id']} by {group}", ours, theirs, reason
    whole = results.network_metrics
    whole = whole[(whole["wave"] == wave) & (whole["relation"] == relation) & (whole["group"] == group)]
    whole = whole.set_index("measure")
    for reference, ours_column in (("raw", "value"), ("expected", "expected"), ("sd", "sd")):
        for column, role in ROLES.items():
            wrong_there = reference == "sd" and role not in ("consultant", "liaison")
            reason = REASONS["total sd"] if wrong_there else None
            ours, theirs = float(whole.loc[role, ours_column]), _number(golden["global"][reference][column])
            yield f"{role} {reference} in total by {group}", ours, theirs, reason


def _number(value: Any) -> float:
    return (
        {"NaN": math.nan, "NA": math.nan, "Inf": math.inf, "-Inf": -math.inf}.get(value, value)
        if isinstance(value, str)
        else float(value)
    )


def _difference(ours: float, theirs: float) -> float:
    """0 when both are undefined; infinite when one is; else relative for numbers above 1."""
    if math.isnan(ours) and math.isnan(theirs):
        return 0.0
    difference = abs(ours - theirs) / max(1.0, abs(theirs))
    return math.inf if math.isnan(difference) else difference


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python benchmarks/agree.py DATA_FOLDER")
    sys.exit(main(Path(sys.argv[1])))
