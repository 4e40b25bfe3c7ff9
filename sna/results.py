"""Everything that is computed for one study: networks, their measures, and how far the response supports them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from sna.brokers import compute_brokers
from sna.compared import compute_compared
from sna.conversations import compute_conversations
from sna.engagement import compute_engagement
from sna.expertise import ExpertiseTables, compute_expertise
from sna.facilitation import compute_facilitation
from sna.grouping.past import compute_past_groups
from sna.inference.gate import gate_table
from sna.metrics.catalogue import CATALOGUE, measure
from sna.metrics.compute import (
    Estimates,
    actor_table,
    brokerage_table,
    estimates,
    network_table,
    sampled_table,
    tie_table,
)
from sna.metrics.degree import indegree_band
from sna.metrics.engagement import attendance_rate, dosage
from sna.metrics.measure import LARGE
from sna.networks import Multiplex, Network, TwoMode, attendance_network, build_networks, multiplex_sets
from sna.opportunity import compute_opportunity
from sna.response import response_block, response_by_group
from sna.structure import Structure, compute_structure, rng_for, unlisted
from sna.study import Study
from sna.support import compute_support
from sna.tables import Tables

# Pairs of more people who came to events are too many to be listed.
MOST_TOGETHER = 3_000
Progress = Callable[[str], None]
UNDEFINED = ["actor_id", "alter_id", "measure", "reason"]


@dataclass(frozen=True, eq=False)
class Results:
    """Everything computed for a study; the tables are those of docs/data-model.md.

    Attributes:
        networks: (wave id, relation id) → network.
        two_mode: people and events; None without attendance.
        gate: one row per wave, relation and gate: `allowed`, `flagged` or `withheld`.
        analyses: the tables of the sections of study.toml that ask for more, by name; none of a section not there.
    """

    study: Study
    tables: Tables
    networks: Mapping[tuple[str, str], Network]
    two_mode: TwoMode | None
    actor_metrics: pd.DataFrame
    tie_metrics: pd.DataFrame
    network_metrics: pd.DataFrame
    brokerage: pd.DataFrame
    undefined: pd.DataFrame
    response: pd.DataFrame
    response_by_group: pd.DataFrame
    gate: pd.DataFrame
    sampled: pd.DataFrame
    engagement: pd.DataFrame
    co_attendance: pd.DataFrame
    structure: Structure
    expertise: ExpertiseTables
    analyses: Mapping[str, pd.DataFrame]

    @property
    def multiplex(self) -> dict[str, Multiplex]:
        """wave id → the relations of that wave, on the same people."""
        return multiplex_sets(self.networks)

    def verdict(self, wave: str, relation: str, gate: str) -> str:
        """What the response gate says of one kind of measure in one network."""
        return self._verdicts[(wave, relation, gate)]

    @property
    def not_exact(self) -> tuple[str, ...]:
        """One line for each very large network: what is estimated and left out; and one for pairs at events."""
        large = [] if self.study.exact else [network for network in self.networks.values() if network.n > LARGE]
        lines = [_told(self.study, network, self.sampled) for network in large]
        if self.two_mode is not None and _many(self.two_mode):
            lines.append(f"co_attendance.csv: no rows, because more than {MOST_TOGETHER:,} people came to events")
        return tuple(lines)

    @cached_property
    def _verdicts(self) -> dict[tuple[str, str, str], str]:
        rows = self.gate[["wave", "relation", "gate", "verdict"]].to_numpy().tolist()
        return {(wave, relation, gate): verdict for wave, relation, gate, verdict in rows}


def compute_results(study: Study, tables: Tables, progress: Progress = lambda _: None) -> Results:
    """Measure every network of a study.

    Args:
        study: the declaration.
        tables: its tables.
        progress: called with a few words before each network.

    Returns:
        The results. A measure that the response gate withholds is null with the reason `nonresponse`, unless the study
        says `response_gate = false`; the gate's verdict is stated either way.
    """
    networks = build_networks(study, tables)
    withheld: dict[tuple[str, str], set[str]] = {}
    parts: dict[str, list[pd.DataFrame]] = {
        name: [] for name in ("actors", "ties", "network", "brokerage", "undefined", "sampled", "gate")
    }
    for (wave, relation), network in networks.items():
        progress(f"{relation}, wave {wave}")
        gate = gate_table(network)
        verdicts = dict(zip(gate["gate"], gate["verdict"], strict=True)) if study.response_gate else {}
        withheld[wave, relation] = {name for name, verdict in verdicts.items() if verdict == "withheld"}
        same_wave = [other for (w, _), other in networks.items() if w == wave]
        for name, part in _measured(study, network, same_wave, verdicts).items():
            parts[name].append(_keyed(part, network))
        parts["gate"].append(_keyed(gate, network))
    if not networks:
        nothing = Network.from_ties([], [])
        empty = {**_measured(study, nothing, [], {}), "gate": gate_table(nothing)}
        parts = {name: [_keyed(part, nothing).iloc[:0]] for name, part in empty.items()}
    joined = {name: _stacked(found) for name, found in parts.items()}
    two_mode = None
    if len(tables.attendance):
        order = tuple(dict.fromkeys(str(a) for a in tables.actors["actor_id"]))
        two_mode = attendance_network(tables.events, tables.attendance, order)
    engagement = _engagement(tables, two_mode)
    expertise = compute_expertise(study, networks, progress, tables.ratings)
    return Results(
        study=study,
        tables=tables,
        networks=networks,
        two_mode=two_mode,
        actor_metrics=joined["actors"],
        tie_metrics=joined["ties"],
        network_metrics=_with_verdicts(joined["network"], joined["gate"]),
        brokerage=joined["brokerage"],
        undefined=joined["undefined"],
        response=response_block(study, tables, networks),
        response_by_group=response_by_group(study, tables),
        gate=joined["gate"],
        sampled=joined["sampled"],
        engagement=engagement,
        co_attendance=_co_attendance(two_mode),
        structure=compute_structure(study, networks, withheld),
        expertise=expertise,
        analyses=_analyses(study, tables, networks, two_mode, expertise, engagement, progress),
    )


def _analyses(
    study: Study,
    tables: Tables,
    networks: Mapping[tuple[str, str], Network],
    two_mode: TwoMode | None,
    expertise: ExpertiseTables,
    engagement: pd.DataFrame,
    progress: Progress,
) -> dict[str, pd.DataFrame]:
    """Table name → table, of each section of study.toml that asks for more than networks and their measures."""
    found = {
        **compute_brokers(study, networks, progress),
        **compute_support(study, networks, progress),
        **compute_facilitation(study, tables, networks, progress),
        **compute_engagement(study, tables, two_mode, progress),
        **compute_opportunity(study, tables, two_mode, progress),
        **compute_past_groups(study, tables),
        **compute_compared(study, networks, expertise, engagement, progress),
    }
    return {**found, **compute_conversations(study, networks, found)}


def _told(study: Study, network: Network, sampled: pd.DataFrame) -> str:
    """What is estimated and what is left out of one network."""
    mine = sampled[(sampled["wave"] == network.wave) & (sampled["relation"] == network.relation)]
    drawn = []
    for draws in mine["draws"].unique().tolist():
        part = mine[mine["draws"] == draws]
        bounds = [f"{name} ±{error:.2g}" for name, error in zip(part["measure"], part["error"].tolist(), strict=True)]
        drawn.append(f"{', '.join(bounds)} from {draws:,} drawn people")
    names = [entry.name for entry in CATALOGUE if entry.too_large]
    left_out = ", ".join([*names, "coreness", *(f"mixing by {group}" for group in unlisted(study, network))])
    estimated = (
        f"estimated are {'; '.join(drawn)} (within ± of the exact number in 95 of 100 runs; tables/sampled.csv); "
        if drawn
        else ""
    )
    name = f"{network.relation}, {network.wave}: {network.n:,} people"
    return f"{name}: {estimated}left out are {left_out}; --exact computes them all"


def _keyed(part: pd.DataFrame, network: Network) -> pd.DataFrame:
    keyed = part.copy()
    keyed.insert(0, "wave", network.wave)
    keyed.insert(1, "relation", network.relation)
    return keyed


def _stacked(parts: list[pd.DataFrame]) -> pd.DataFrame:
    """Tables one under the other; the columns of the first when all are empty."""
    filled = [part for part in parts if len(part)]
    if not filled:
        return parts[0].iloc[:0] if parts else pd.DataFrame()
    return pd.concat(filled, ignore_index=True)


def _gate_of(column: str) -> str:
    """The gate of a column of people or ties; columns by group (`ei_school`) are mixing."""
    return next((m.gate for m in CATALOGUE if m.name == column), "mixing")


def _measured(
    study: Study, network: Network, same_wave: list[Network], verdicts: Mapping[str, str]
) -> dict[str, pd.DataFrame]:
    """The tables of one network, with what the response gate withholds taken out."""
    estimated = _estimates(study, network)
    withheld = {gate for gate, verdict in verdicts.items() if verdict == "withheld"}
    thirds = "indegree" not in withheld
    if verdicts.get("indegree") == "flagged":
        # How often a person is named may then be told in thirds, not in numbers.
        withheld.add("indegree")
    groups = [group for group in study.groups if group in network.attributes.columns]
    actors, why_actor = actor_table(network, groups, estimated)
    for column in [c for c in actors.columns if _gate_of(c) in withheld]:
        actors[column] = np.nan
        why_actor = why_actor[why_actor["measure"] != column]
        silenced = {"actor_id": list(network.actors), "measure": column, "reason": "nonresponse"}
        why_actor = pd.concat([why_actor, pd.DataFrame(silenced)], ignore_index=True)
    actors["indegree_band"] = indegree_band(network) if thirds else None
    if not thirds:
        silenced = {"actor_id": list(network.actors), "measure": "indegree_band", "reason": "nonresponse"}
        why_actor = pd.concat([why_actor, pd.DataFrame(silenced)], ignore_index=True)
    ties, why_tie = tie_table(network, groups, same_wave, estimated)
    for column in [c for c in ties.columns if _gate_of(c) in withheld]:
        ties[column] = np.nan
        why_tie = why_tie[why_tie["measure"] != column]
        gone = ties.index.to_frame(index=False).assign(measure=column, reason="nonresponse")
        why_tie = pd.concat([why_tie, gone], ignore_index=True)
    whole = network_table(network, groups, estimated)
    gated = whole["measure"].map(lambda name: measure(name).gate in withheld)
    whole.loc[gated, ["value", "expected", "sd", "z"]] = np.nan
    whole.loc[gated, "reason"] = "nonresponse"
    sampled = sampled_table(network, estimated or {})
    sampled = sampled[~sampled["measure"].map(_gate_of).isin(withheld)]
    whole = whole[["measure", "group", "value", "expected", "sd", "z", "reason"]]
    roles = [] if "path" in withheld else [(group, brokerage_table(network, group)) for group in groups]
    for group, table in roles:
        table.insert(0, "group", group)
    return {
        "actors": actors.reset_index(),
        "ties": ties.reset_index(),
        "network": whole,
        "brokerage": pd.concat([table for _, table in roles] or [_no_brokerage(network)], ignore_index=True),
        "sampled": sampled,
        "undefined": pd.concat([why_actor.assign(alter_id=None)[UNDEFINED], _tie_reasons(why_tie)], ignore_index=True),
    }


def _estimates(study: Study, network: Network) -> Estimates | None:
    """What is estimated of a very large network; None: everything is computed."""
    if study.exact or network.n <= LARGE:
        return None
    return estimates(network, rng_for(study, network, "drawn"))


def _no_brokerage(network: Network) -> pd.DataFrame:
    """The columns of the brokerage table, without rows."""
    table = brokerage_table(network, "")
    table.insert(0, "group", "")
    return table.iloc[:0]


def _tie_reasons(why: pd.DataFrame) -> pd.DataFrame:
    return why.rename(columns={"ego_id": "actor_id"})[UNDEFINED]


def _with_verdicts(whole: pd.DataFrame, gate: pd.DataFrame) -> pd.DataFrame:
    """Network measures with the gate's verdict on each."""
    kind = whole["measure"].map(lambda name: measure(name).gate)
    keyed = whole.assign(gate=kind).merge(gate[["wave", "relation", "gate", "verdict"]], how="left")
    return keyed.drop(columns="gate")


def _engagement(tables: Tables, two_mode: TwoMode | None) -> pd.DataFrame:
    """One row per person who could have come to a recorded event, or came."""
    columns = ["actor_id", "events_eligible", "events_attended", "late", "left_early", "dosage", "attendance_rate"]
    if two_mode is None:
        return pd.DataFrame(columns=columns)
    actors, events = list(two_mode.actors), list(two_mode.events)
    eligible = pd.DataFrame(two_mode.eligible, index=actors, columns=events)
    attended = pd.DataFrame(two_mode.present.astype(float), index=actors, columns=events)
    minutes = pd.DataFrame(two_mode.minutes, index=actors, columns=events)
    scheduled = pd.Series(two_mode.scheduled, index=events)
    marks = tables.attendance.groupby("actor_id")[["late", "left_early"]].sum()
    table = pd.DataFrame(
        {
            "events_eligible": eligible.sum(axis=1),
            "events_attended": (attended * eligible).sum(axis=1).astype(int),
            "late": marks["late"].reindex(actors).fillna(0).astype(int),
            "left_early": marks["left_early"].reindex(actors).fillna(0).astype(int),
            "dosage": dosage(minutes, eligible, scheduled),
            "attendance_rate": attendance_rate(attended, eligible),
        },
        index=pd.Index(actors, name="actor_id"),
    )
    there = two_mode.eligible.any(axis=1) | two_mode.present.any(axis=1)
    return table[there].reset_index()[columns]


def _many(two_mode: TwoMode) -> bool:
    """Whether pairs of the people who came are too many to be listed."""
    return int(two_mode.present.any(axis=1).sum()) > MOST_TOGETHER


def _co_attendance(two_mode: TwoMode | None) -> pd.DataFrame:
    """One row per pair that shared an event, each pair once, in roster order: the projections."""
    columns = ["actor_id", "other_id", "raw", "minutes_least", "minutes_most", "newman", "jaccard"]
    if two_mode is None or _many(two_mode):
        return pd.DataFrame(columns=columns)
    two_mode = two_mode.who_came()
    raw = two_mode.raw().to_numpy()
    least, most = two_mode.minutes_together()
    newman, jaccard = two_mode.newman().to_numpy(), two_mode.jaccard().to_numpy()
    i, j = np.nonzero(np.triu(raw))
    actors = np.array(two_mode.actors, dtype=object)
    values = [actors[i], actors[j], raw[i, j].astype(int), least.to_numpy()[i, j], most.to_numpy()[i, j]]
    values += [newman[i, j], jaccard[i, j]]
    return pd.DataFrame(dict(zip(columns, values, strict=True)))
