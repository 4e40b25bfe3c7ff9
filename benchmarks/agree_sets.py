"""Reference values of several networks at once: pairs of relations, waves, rankings, people and events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from agree_cells import REST, Later, Ours, Tally, Told
from agree_data import Graph, read, rows

from sna.inference.backbone import Meetings, blind, sdsm
from sna.metrics.multiplex import at_threshold, overlap
from sna.networks import Network, TwoMode

QAP = "QAP, tests by shuffled people: later"
MODELS = {"mrqap": "MRQAP: later", "lnam": "network autocorrelation model (lnam): later"}
VALUED = "correlation of strengths"
STABILITY = "stability of people's in-degree and of their choices between waves: later"
EVENTS = "two-mode centralities, clustering, backbones and nestedness: later"
CHANGE = "change of attendance between waves: later"
TOO_LARGE = "two-mode networks of more than 2,000 people: projections hold n × n numbers"
MOST_PEOPLE = 2_000
SELF = "a person beside themselves: ours has no such pair (the diagonal is 0)"


def several(tally: Tally, source: Path, graphs: Mapping[str, Graph]) -> None:
    """Everything in a golden.json beside its one-mode networks."""
    golden, meta = read(source / "golden.json"), read(source / "meta.json")
    name = source.name
    for key, item in _results(golden, "qap"):
        tally.add(name, key, "qap", item["value"], _qap(graphs, key))
    for kind, reason in MODELS.items():
        for key, item in _results(golden, kind):
            tally.add(name, key, kind, item["value"], {REST: Later(reason)})
    for key, item in _results(golden, "rank_waves"):
        tally.add(name, key, "rank_waves", item["value"], _ranked(source, meta, key))
    if meta["mode"] == "two":
        _events(tally, source, meta, golden)
        return
    for key, item in _results(golden, "waves"):
        measure = "wave_" + key.split("__")[1] if "__" in key else "wave_change"
        tally.add(name, key, measure, item["value"], _waves(graphs, key))


def _results(golden: dict[str, Any], block: str) -> list[tuple[str, Any]]:
    """R writes an empty list where there is nothing."""
    return list(dict(golden.get(block, {}).get("results") or {}).items())


def _counts(first: Network, second: Network, once: float) -> dict[str, float]:
    """Ties of two networks over the cells observed in both."""
    holes = first.unknown_cells + second.unknown_cells
    first, second = _without(first, holes), _without(second, holes)
    found = overlap(first, second)
    one, two = first.matrix.nnz * once, second.matrix.nnz * once
    common, either, cells = found.common * once, found.either * once, found.cells * once
    return {
        "n00": cells - either,
        "n01_created": two - common,
        "n10_dissolved": one - common,
        "n11_kept": common,
        "cells": cells,
        "jaccard": found.jaccard,
        "jaccard_vegan": found.jaccard,
        "hamming": either - common,
        "hamming_ties_differ": either - common,
        "hamming_proportion": (either - common) / cells,
        "persistence": common / one,
        "density_1": one / cells,
        "density_2": two / cells,
        "phi": found.correlation,
        "gcor": found.correlation,
    }


def _without(network: Network, holes: Any) -> Network:
    kept = network.matrix - network.matrix.multiply(holes.astype(float))
    kept.eliminate_zeros()
    return replace(network, matrix=kept.tocsr(), unknown_cells=holes.astype(bool).tocsr())


def _waves(graphs: Mapping[str, Graph], key: str) -> Ours:
    pair, _, more = key.partition("__")
    if more == "node_stability":
        return {REST: Later(STABILITY)}
    one, two = (graphs[name] for name in pair.split("->"))
    if more == "hdist":
        one, two = one.as_r_reads or one, two.as_r_reads or two
        return {(): _counts(one.network, two.network, one.once)["hamming"]}
    return {(name,): value for name, value in _counts(one.network, two.network, one.once).items()}


def _qap(graphs: Mapping[str, Graph], key: str) -> Ours:
    pair, _, kind = key.partition("__")
    one, two = (graphs[name] for name in pair.split("~"))
    first, second = one.network, two.network
    later: Ours = {REST: Later(QAP)}
    if kind == "valued":
        first, second = at_threshold(first, None), at_threshold(second, None)
        later = {**later, ("gcor",): Later(VALUED)}
    counts = _counts(first, second, max(one.once, two.once))
    return {**{(name,): counts[name] for name in ("gcor", "jaccard", "hamming_ties_differ")}, **later}


def _ranked(source: Path, meta: dict[str, Any], key: str) -> Ours:
    """A tie to everybody among the first five of a person's ranking."""
    about = meta["rank_waves"]
    actors = [next(iter(row.values())) for row in rows(source / "nodes.csv")]
    listed = rows(source / about["file"])

    def week(number_of: str) -> Network:
        mine = [row for row in listed if row[about["wave"]] == number_of and int(row[about["rank"]]) <= about["top"]]
        return Network.from_ties(actors, [(row["source"], row["target"]) for row in mine], flow="along")

    weeks = [week(name) for name in key.removeprefix("week_").split("->")]
    if len(weeks) == 2:
        return {(name,): value for name, value in _counts(*weeks, 1.0).items()}
    g = Graph(source.name, key, True, weeks[0], (), {})
    return {
        ("ties",): g.whole("ties"),
        ("grecip_edgewise",): g.whole("reciprocity"),
        ("gtrans_weak",): g.whole("transitivity"),
        ("centralization_indegree",): g.whole("indegree_centralization"),
        **{("indegree", str(actor)): float(k) for actor, k in g.actor("indegree").items()},
        REST: Later("communities by searches other than Leiden or Louvain"),
    }


def _events(tally: Tally, source: Path, meta: dict[str, Any], golden: dict[str, Any]) -> None:
    """Attendance: sizes, projections and what follows from them."""
    for key, item in golden.get("wave_change", {}).items():
        tally.add(source.name, key, "wave_change of attendance", item["value"], {REST: Later(CHANGE)})
    large = any(w["measures"]["size"]["value"]["persons"] > MOST_PEOPLE for w in golden["waves"].values())
    listed = [] if large else rows(source / meta["att"])
    for wave, about in golden["waves"].items():
        column = meta.get("wavecol")
        mine = [row for row in listed if column is None or row[column] == wave]
        pairs = {(row["person"], row[meta.get("eventcol", "event")]) for row in mine}
        found = {} if large else _of_attendance(_two_mode(pairs), about["measures"])
        for measure, item in about["measures"].items():
            if "value" not in item:
                continue
            ours = found.get(measure, {REST: Later(TOO_LARGE if large else EVENTS)})
            tally.add(source.name, wave, "attendance: " + measure, item["value"], ours)


def _two_mode(pairs: set[tuple[str, str]]) -> TwoMode:
    people, events = (tuple(sorted({pair[k] for pair in pairs})) for k in (0, 1))
    shape = (len(people), len(events))
    present = np.zeros(shape, dtype=bool)
    at_person, at_event = ({name: i for i, name in enumerate(names)} for names in (people, events))
    for person, event in pairs:
        present[at_person[person], at_event[event]] = True
    nothing = np.full(shape, np.nan)
    length = np.full(len(events), np.nan)
    return TwoMode(people, events, present, np.ones(shape, dtype=bool), nothing, length, nothing, nothing)


def _turned(two_mode: TwoMode) -> TwoMode:
    """Events as people: two events share the people who came to both."""
    t = two_mode
    length = np.full(len(t.actors), np.nan)
    return TwoMode(t.events, t.actors, t.present.T, t.eligible.T, t.minutes.T, length, t.minutes.T, t.minutes.T)


def _of_attendance(two_mode: TwoMode, golden: Mapping[str, Any]) -> dict[str, Ours]:
    """Reference → ours; tables of pairs only where the reference holds some."""
    raw, newman, jaccard = two_mode.raw(), two_mode.newman(), two_mode.jaccard()
    events = _turned(two_mode)
    n, m = two_mode.present.shape
    number_of = float(two_mode.present.sum())
    actors = list(two_mode.actors)
    ego, alter = raw.to_numpy().nonzero()
    ties = [(actors[i], actors[j]) for i, j in zip(ego.tolist(), alter.tolist(), strict=True)]
    shared = Graph("", "", False, Network.from_ties(actors, ties, flow="along"), (), {})
    strength = raw.sum(axis=1)
    return {
        "size": {("persons",): float(n), ("events",): float(m), ("attendances",): number_of},
        "density": {(): number_of / (n * m)},
        "person_degree_summary": _degrees(two_mode.present.sum(axis=1), two_mode.actors),
        "event_degree_summary": _degrees(two_mode.present.sum(axis=0), two_mode.events),
        "person_projection_summary": _weights(raw.to_numpy()),
        "event_projection_summary": _weights(events.raw().to_numpy()),
        "newman_projection_summary": _weights(newman.to_numpy()),
        "event_projection_edges": _listed(events.raw()),
        "person_projection_components": {
            ("count",): shared.whole("components"),
            ("largest",): shared.whole("largest_component") * n,
        },
        "person_projection_transitivity_global": {(): shared.whole("transitivity_undirected", "union")},
        "person_projection_strength_top": {(str(a),): float(s) for a, s in strength.items()},
        "person_projection_coreness_max": {(): float(shared.actor("core", "union").max())},
        **(_pairs_of_people(two_mode, raw, newman, jaccard, golden) if "person_projection_edges" in golden else {}),
    }


def _pairs_of_people(
    two_mode: TwoMode, raw: Any, newman: Any, jaccard: Any, golden: Mapping[str, Any]
) -> dict[str, Ours]:
    shared = {(*path[:2], "shared"): v for path, v in _listed(raw).items()}
    alike = {(*path[:2], "jaccard"): v for path, v in _listed(jaccard).items()}
    first = next(iter(golden["vegan_jaccard"]["value"]))
    beside = {(str(a),): float(v) for a, v in jaccard.loc[first].items()}
    return {
        "person_projection_edges": _listed(raw),
        "newman_projection_edges": _listed(newman),
        "tnet_projection_newman": _listed(newman),
        **_backbones(two_mode, shared, alike),
        "vegan_jaccard": {**beside, (first,): Told(0.0, SELF)},
    }


def _backbones(two_mode: TwoMode, shared: Ours, alike: Ours) -> dict[str, Ours]:
    """How likely each pair is to share as many events, under two models of chance."""
    found = Meetings.of(two_mode.present, two_mode.eligible)
    hypergeometric, exact = blind(found), sdsm(found)
    names = [(two_mode.actors[i], two_mode.actors[j]) for i, j in zip(found.one, found.other, strict=True)]

    def listed(kind: str, values: Any) -> Ours:
        pairs = {(a, b, kind): float(v) for (a, b), v in zip(names, values.tolist(), strict=True)}
        return {**pairs, **{(b, a, kind): v for (a, b, _), v in pairs.items()}}

    # R's probabilities are solved to 1e-6.
    likely = {path: Told(float(v), tolerance=1e-6) for path, v in listed("p_exact", exact.p).items()}
    return {
        "fisher_upper_p": {**shared, **alike, **listed("p", hypergeometric.p), **listed("p_bh", hypergeometric.q)},
        "sdsm_upper_p": {**shared, **likely, REST: Later("backbone's approximation of the Poisson-binomial tail")},
    }


def _degrees(counts: Any, names: tuple[str, ...]) -> Ours:
    values, times = np.unique(counts, return_counts=True)
    return {
        ("mean",): float(np.mean(counts)),
        ("max",): float(np.max(counts)),
        **{("table", str(v)): float(k) for v, k in zip(values.tolist(), times.tolist(), strict=True)},
        **{("top", name): float(k) for name, k in zip(names, counts.tolist(), strict=True)},
        REST: Later("spread and Gini coefficient of attendance"),
    }


def _weights(square: Any) -> Ours:
    above = square[np.triu_indices(len(square), 1)]
    tied = above[above > 0]
    values, times = np.unique(tied, return_counts=True)
    return {
        ("edges",): float(len(tied)),
        ("weight_sum",): float(tied.sum()),
        ("weight_max",): float(tied.max(initial=0.0)),
        ("density",): len(tied) / max(len(above), 1),
        **{("weight_table", f"{v:g}"): float(k) for v, k in zip(values.tolist(), times.tolist(), strict=True)},
    }


def _listed(square: Any) -> dict[tuple[str, ...], float]:
    names, values = [str(name) for name in square.index], square.to_numpy()
    return {(a, b, "weight"): float(values[i, j]) for i, a in enumerate(names) for j, b in enumerate(names)}
