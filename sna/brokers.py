"""Brokerage in a study: who stands between groups, how far ties cross between them, and who would be missed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import isnan
from typing import cast
from zlib import crc32

import numpy as np
import pandas as pd

from sna.analyses import Brokerage
from sna.inference.brokerage import KINDS, BrokerageTest, Drawn, Kind, brokerage_test
from sna.inference.gate import Verdict, coverage, sought_silent, verdict
from sna.inference.group_ties import OVERALL, group_ties_test
from sna.inference.permutation import PermutationTest
from sna.inference.several import benjamini_hochberg
from sna.metrics.brokerage import ROLES, brokerage
from sna.metrics.holes import everett_valente
from sna.metrics.measure import Gate
from sna.metrics.mixing import ei_expected, groups_reached_1, groups_reached_2, participation
from sna.metrics.succession import lost_contact
from sna.networks import Network
from sna.rows import Columns, Frames, Row, Rows, frames, no_rows
from sna.study import Study

Progress = Callable[[str], None]
# Thousands of draws of the ties of more people take minutes.
MOST_PEOPLE = 500
MEMBERSHIP, MEMBER, OUTSIDE = "membership", "member", "outside"
HOMOPHILY = "homophily"
ROLE_GATE: Gate = "path"
TIES_GATE: Gate = "mixing"
LOSS_GATE: Gate = "fragmentation"
# Shuffling people among groups does not change how often somebody stands between others in all.
NOT_SHUFFLED = frozenset({"total"})
KEYS = ("wave", "relation", "group")
NAN = float("nan")

COLUMNS: Columns = {
    "broker_tests": (
        *KEYS,
        "role",
        "count",
        "expected",
        "sd",
        "arcs_mean",
        "p_arcs_high",
        "p_arcs_low",
        "labels_mean",
        "p_labels_high",
        "p_labels_low",
        "smallest_p_arcs",
        "smallest_p_labels",
        "people",
        "left_out",
        "verdict",
        "reason",
    ),
    "brokers": (
        *KEYS,
        "actor_id",
        "value",
        *(
            name
            for kind in KINDS
            for name in (kind, f"{kind}_p_arcs", *([] if kind in NOT_SHUFFLED else [f"{kind}_p_labels"]))
        ),
        "q_arcs",
        "q_labels",
        "groups_reached_1",
        "groups_reached_2",
        "everett_valente",
        "participation",
        "verdict",
        "reason",
    ),
    "group_ties": (
        *KEYS,
        "measure",
        "of_value",
        "value",
        "expected",
        "chance_mean",
        "chance_05",
        "chance_95",
        "p_low",
        "p_high",
        "p",
        "q",
        "verdict",
        "reason",
    ),
    "succession": (*KEYS, "actor_id", "from_value", "to_value", "pairs", "verdict", "reason"),
}


def compute_brokers(
    study: Study, networks: Mapping[tuple[str, str], Network], progress: Progress = lambda _: None
) -> Frames:
    """Every relation of `[brokerage]` in every wave, by each of its groups.

    Args:
        study: the declaration.
        networks: (wave id, relation id) → network.
        progress: called with a few words before each network.

    Returns:
        The tables of `COLUMNS`; none without the section. Random draws begin anew for each network and group, so that
        one does not depend on the others. What too few answers do not support is null with the reason `nonresponse`,
        unless the study says `response_gate = false`.
    """
    declared = study.brokerage
    if declared is None:
        return {}
    rows = no_rows(COLUMNS)
    for wave in study.waves:
        for relation in study.relations_in(wave.id):
            if relation.id not in declared.relations:
                continue
            network = networks[wave.id, relation.id]
            progress(f"brokerage, {relation.id}, wave {wave.id}")
            between = everett_valente(network) if simulated(study, network) else None
            start = len(rows["group_ties"])
            for name, group in groups_of(declared, network).items():
                keys: Row = dict(zip(KEYS, (wave.id, relation.id, name), strict=True))
                if between is None:
                    _too_large(network, group, keys, rows)
                    continue
                _roles(study, declared, network, group, keys, between, rows)
                _ties(study, declared, network, group, keys, rows)
                _succession(study, network, group, keys, rows)
            _corrected(rows["group_ties"][start:])
    return frames(COLUMNS, rows)


def groups_of(declared: Brokerage, network: Network) -> dict[str, pd.Series[str]]:
    """Name of a grouping → everybody's group: roster columns, and who is a member and who from outside.

    Groupings are never crossed with each other: school by role would give groups of one.
    """
    stated = network.attributes
    found = {name: stated[name] for name in declared.groups if name in stated.columns}
    if declared.column is not None and declared.column in stated.columns:
        column = stated[declared.column]
        inside = column.isin(declared.members)
        membership = pd.Series(np.where(inside, MEMBER, OUTSIDE), index=column.index, dtype="str")
        # A roster column of this name keeps it.
        name = MEMBERSHIP if MEMBERSHIP not in found else f"{MEMBERSHIP} ({declared.column})"
        found[name] = membership.where(column.notna())
    return found


def simulated(study: Study, network: Network) -> bool:
    """Whether chance is drawn for a network of this size."""
    return network.n <= MOST_PEOPLE or study.exact


def _said(study: Study, network: Network, gate: Gate) -> tuple[Verdict, bool]:
    """The verdict of the response gate, and whether it withholds."""
    said = verdict(gate, coverage(network), sought_silent(network))
    return said, study.response_gate and said == "withheld"


def _rng(study: Study, keys: Row, purpose: str) -> np.random.Generator:
    return np.random.default_rng([study.seed, *(crc32(str(key).encode()) for key in (*keys.values(), purpose))])


def _too_large(network: Network, group: pd.Series[str], keys: Row, rows: Rows) -> None:
    """What is known without draws: a few numbers, and why there are no others."""
    why: Row = {**keys, "reason": "too_large"}
    people = int(group.notna().sum())
    for kind in KINDS:
        said = verdict(ROLE_GATE, coverage(network), sought_silent(network))
        rows["broker_tests"].append(
            {**why, "role": kind, "people": people, "left_out": network.n - people, "verdict": said}
        )
    rows["brokers"].append({**why, "verdict": verdict(ROLE_GATE, coverage(network), sought_silent(network))})
    for name in OVERALL:
        said = verdict(TIES_GATE, coverage(network), sought_silent(network))
        rows["group_ties"].append({**why, "measure": name, "verdict": said})
    rows["succession"].append({**why, "verdict": verdict(LOSS_GATE, coverage(network), sought_silent(network))})


def _roles(
    study: Study,
    declared: Brokerage,
    network: Network,
    group: pd.Series[str],
    keys: Row,
    between: pd.Series[float],
    rows: Rows,
) -> None:
    said, gone = _said(study, network, ROLE_GATE)
    people = int(group.notna().sum())
    sizes: Row = {"people": people, "left_out": network.n - people, "verdict": said}
    test = None if gone else brokerage_test(network, group, _rng(study, keys, "roles"), declared.draws)
    if test is None:
        rows["broker_tests"] += [{**keys, "role": kind, **sizes, "reason": "nonresponse"} for kind in KINDS]
    else:
        totals = brokerage(network, group).totals
        rows["broker_tests"] += [{**keys, "role": kind, **sizes, **_in_all(test, kind, totals)} for kind in KINDS]
    _people(study, network, group, keys, test, between, said, rows)


def _in_all(test: BrokerageTest, kind: Kind, totals: pd.DataFrame) -> Row:
    """One role in the whole network."""
    at = KINDS.index(kind)
    count = float(test.observed[:, at].sum())
    moments = {"expected": totals.loc[kind, "expected"], "sd": totals.loc[kind, "sd"]} if kind in ROLES else {}
    if test.reason is not None or test.arcs is None or test.labels is None:
        silent = test.reason in ("too_few_nodes", "one_group", "nonresponse")
        return {"count": NAN if silent else count, "reason": test.reason}
    if not test.could[:, at].any():
        return {"reason": "small_groups"}
    row: Row = {"count": count, **moments, **_beside("arcs", test.arcs, kind, count)}
    return row if kind in NOT_SHUFFLED else {**row, **_beside("labels", test.labels, kind, count)}


def _beside(name: str, drawn: Drawn, kind: Kind, count: float) -> Row:
    chance = drawn.network(kind)
    return {
        f"{name}_mean": chance.mean,
        f"p_{name}_high": chance.p_at_least(count),
        f"p_{name}_low": chance.p_at_most(count),
        f"smallest_p_{name}": chance.smallest_p,
    }


def _people(
    study: Study,
    network: Network,
    group: pd.Series[str],
    keys: Row,
    test: BrokerageTest | None,
    between: pd.Series[float],
    said: Verdict,
    rows: Rows,
) -> None:
    """One row per person."""
    mixed = not _said(study, network, TIES_GATE)[1]
    values = pd.DataFrame(index=network.index)
    if test is not None:
        values = _by_role(test).reindex(network.index)
        values["everett_valente"] = between
        values["groups_reached_2"] = groups_reached_2(network, group)
    if mixed:
        values["groups_reached_1"] = groups_reached_1(network, group)
        values["participation"] = participation(network, group)
    stated = [None if pd.isna(value) else str(value) for value in group.reindex(list(network.actors))]
    answered = network.answered.tolist()
    names = [str(name) for name in values.columns]
    numbers = values.to_numpy(dtype=float).tolist()
    alone = (np.diff(network.union.indptr) == 0).tolist()
    for actor, told, value, spoke, isolated in zip(network.actors, numbers, stated, answered, alone, strict=True):
        row = dict(zip(names, told, strict=True))
        reason = _why_not(test, row, value is not None, spoke, isolated)
        rows["brokers"].append({**keys, "actor_id": actor, "value": value, **row, "verdict": said, "reason": reason})


def _by_role(test: BrokerageTest) -> pd.DataFrame:
    """Counts of each person whose group is stated, and how likely so many are; NaN for people who did not answer."""
    found: dict[str, np.ndarray] = {}
    for at, kind in enumerate(KINDS):
        defined = test.answered & test.could[:, at]
        counts = test.observed[:, at]
        found[kind] = np.where(defined, counts, np.nan)
        if test.arcs is not None:
            found[f"{kind}_p_arcs"] = np.where(defined, test.arcs.p_at_least(kind, counts), np.nan)
        if test.labels is not None and kind not in NOT_SHUFFLED:
            found[f"{kind}_p_labels"] = np.where(defined, test.labels.p_at_least(kind, counts), np.nan)
    found |= {"q_arcs": test.q_arcs, "q_labels": test.q_labels}
    return pd.DataFrame(found, index=pd.Index(test.people, name="actor_id"))


def _why_not(
    test: BrokerageTest | None, row: Mapping[str, float], stated: bool, spoke: bool, alone: bool
) -> str | None:
    """Why something in a person's row is empty; None when nothing is."""
    if test is None:
        return "nonresponse"
    if not stated:
        return "no_group"
    if not spoke:
        return "unanswered"
    if test.reason is not None:
        return test.reason
    if any(isnan(row[kind]) for kind in KINDS):
        return "small_groups"
    # Whom the second question is not asked of has no q for it.
    if not any(isnan(value) for name, value in row.items() if name != "q_labels"):
        return None
    return "isolate" if alone else "no_group"


def _ties(study: Study, declared: Brokerage, network: Network, group: pd.Series[str], keys: Row, rows: Rows) -> None:
    """How far ties keep to groups, of the network and of each group."""
    said, gone = _said(study, network, TIES_GATE)
    if gone:
        rows["group_ties"] += [{**keys, "measure": name, "verdict": said, "reason": "nonresponse"} for name in OVERALL]
        return
    found = group_ties_test(network, group, _rng(study, keys, "ties"), declared.draws)
    expected = {"ei_index": ei_expected(network, group)}
    mine: list[Row] = [
        {"measure": name, **_test(test), "expected": expected.get(name, NAN)} for name, test in found.overall.items()
    ]
    kept: list[Row] = [
        {"measure": HOMOPHILY, "of_value": value, **_test(test)} for value, test in found.homophily.items()
    ]
    rows["group_ties"] += [{**keys, **row, "verdict": said} for row in (*mine, *kept)]


def _corrected(found: list[Row]) -> None:
    """Adds q: each measure of the network over its groupings, homophily over the groups of all groupings."""
    for name in (*OVERALL, HOMOPHILY):
        mine = [row for row in found if row["measure"] == name]
        for row, q in zip(mine, benjamini_hochberg([cast("float", row.get("p", NAN)) for row in mine]), strict=True):
            row["q"] = float(q)


def _test(test: PermutationTest) -> Row:
    chance = test.chance
    found: Row = {
        "value": test.observed,
        "p_low": test.p_low,
        "p_high": test.p_high,
        "p": test.p,
        "reason": test.reason,
    }
    if chance is None:
        return found
    ends = {"chance_05": chance.quantile(0.05), "chance_95": chance.quantile(0.95)}
    return {**found, "chance_mean": chance.mean, **ends}


def _succession(study: Study, network: Network, group: pd.Series[str], keys: Row, rows: Rows) -> None:
    """Pairs of groups that would lose contact, and without whom."""
    said, gone = _said(study, network, LOSS_GATE)
    if gone:
        rows["succession"].append({**keys, "verdict": said, "reason": "nonresponse"})
        return
    found = lost_contact(network, group)
    start: Row = {**keys, "pairs": found.pairs, "verdict": said}
    lost = found.lost.to_numpy().tolist()
    rows["succession"] += [{**start, **dict(zip(found.lost.columns, row, strict=True))} for row in lost]
    if not len(found.lost):
        rows["succession"].append({**start, "reason": found.reason or "no_loss"})


__all__ = ["COLUMNS", "HOMOPHILY", "MEMBER", "MEMBERSHIP", "OUTSIDE", "compute_brokers", "groups_of", "simulated"]
