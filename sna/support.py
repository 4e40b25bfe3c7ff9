"""The web of support in a study: who gets which kind from whom, who lacks which, and what hangs on whom."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations, pairwise
from zlib import crc32

import numpy as np
import pandas as pd

from sna.inference.chance import Chance
from sna.inference.crossing import crossing
from sna.inference.gate import Verdict, coverage, sought_silent, verdict
from sna.inference.layers import Layers, layers_by_chance
from sna.inference.permutation import PermutationTest, qap_correlation
from sna.inference.several import benjamini_hochberg
from sna.metrics.frames import ratio
from sna.metrics.homophily import mixing_matrix
from sna.metrics.measure import LARGE, Gate
from sna.metrics.multiplex import overlap
from sna.metrics.support import (
    by_chance_common,
    kinds_per_tie,
    known_in_all,
    layers,
    left_without,
    receipt,
    receivers_by_group,
    share_across,
)
from sna.networks import Network
from sna.rows import Columns, Frames
from sna.study import Study

Progress = Callable[[str], None]
Parts = dict[str, list[pd.DataFrame]]
# Thousands of draws for more people take minutes; above `LARGE` they are not made at all.
MOST_PEOPLE = 500
BY_CHANCE = ("chance_mean", "chance_05", "chance_95", "p_low", "p_high")
WORSE: tuple[Verdict, ...] = ("allowed", "flagged", "withheld")
KIND = ("wave", "relation")

COLUMNS: Columns = {
    "support_kinds": (
        *KIND,
        *("asked", "respondents", "has", "lacks", "unknown", "one_giver", "givers", "share_lacking"),
        *("verdict", "reason"),
    ),
    "support_received": (
        *KIND,
        *("actor_id", "status", "givers", "levels", "schools", "own_school", "not_said", "sole_source", "reason"),
    ),
    "support_ties": ("wave", "ego_id", "alter_id", "kinds", "which", "kinds_unknown"),
    "support_lacking": ("wave", "actor_id", "has", "lacks", "unknown", "which", "which_unknown"),
    "support_layers": (
        *("wave", "kinds", "ties", "share", "at_least", *BY_CHANCE, "respondents", "verdict", "reason"),
    ),
    "support_without": (
        *KIND,
        *("actor_id", "left_without", "one_of_several", "not_known", "only_giver", "verdict", "reason"),
    ),
    "support_overlap": (
        *(*KIND, "other_relation", "cells", "common", "expected", "either", "jaccard", "correlation"),
        *(*BY_CHANCE, "q", "verdict", "reason"),
    ),
    "support_levels": (*KIND, "level", "from_level", "ties", "receivers", "possible", "share", "verdict", "reason"),
    "support_across": (*KIND, "ties", "across", *BY_CHANCE, "q", "verdict", "reason"),
    "support_departures": (
        *("wave", "next_wave", "relation", "actor_id"),
        *("left_without", "answered_again", "found_another", "still_without"),
    ),
}


def compute_support(
    study: Study, networks: Mapping[tuple[str, str], Network], progress: Progress = lambda _: None
) -> Frames:
    """The tables of docs/data-model.md under "Support".

    Args:
        study: the declaration.
        networks: (wave id, relation id) → network.
        progress: called with a few words before each wave.

    Returns:
        Table name → table; nothing where study.toml has no `[support]`. Draws begin anew for each kind, pair of kinds
        and wave, so that one does not depend on the others. What too few answers do not support is null with the
        reason `nonresponse`, unless the study says `response_gate = false`. What people said they received
        themselves needs their own answer only and is never withheld.
    """
    if study.support is None:
        return {}
    parts: Parts = {name: [] for name in COLUMNS}
    for wave in study.waves:
        kinds = kinds_asked(study, networks, wave.id)
        if not kinds:
            continue
        progress(f"support, wave {wave.id}")
        _received(study, kinds, parts)
        _hanging(study, kinds, parts)
        _several_kinds(study, kinds, parts)
        _across_levels(study, kinds, parts)
    for relation in study.support.relations:
        asked = [networks[wave.id, relation] for wave in study.waves if (wave.id, relation) in networks]
        parts["support_departures"] += [departures(*pair) for pair in pairwise(asked)]
    return {name: _table(parts[name], columns) for name, columns in COLUMNS.items()}


def kinds_asked(study: Study, networks: Mapping[tuple[str, str], Network], wave: str) -> tuple[Network, ...]:
    """The networks of the kinds of support that were asked about in a wave, in the order of study.toml."""
    relations = study.support.relations if study.support is not None else ()
    return tuple(networks[wave, relation] for relation in relations if (wave, relation) in networks)


def stated(network: Network, column: str | None) -> pd.Series[str] | None:
    """A column of the roster in that wave; None where there is none."""
    if column is None or column not in network.attributes.columns:
        return None
    return network.attributes[column]


def _table(parts: Sequence[pd.DataFrame], columns: Sequence[str]) -> pd.DataFrame:
    """Tables one under the other, with these columns and no others."""
    filled = [part.dropna(axis="columns", how="all") for part in parts if len(part)]
    if not filled:
        return pd.DataFrame(columns=list(columns))
    return pd.concat(filled, ignore_index=True).reindex(columns=list(columns))


def _keyed(table: pd.DataFrame, network: Network) -> pd.DataFrame:
    return table.assign(wave=network.wave, relation=network.relation)


def _rng(study: Study, *keys: str) -> np.random.Generator:
    return np.random.default_rng([study.seed, *(crc32(key.encode()) for key in ("support", *keys))])


def _said(gate: Gate, *networks: Network) -> Verdict:
    """The gate's verdict on what stands on these networks: that on the worst of them."""
    found = [verdict(gate, coverage(network), sought_silent(network)) for network in networks]
    return max(found, key=WORSE.index)


def _received(study: Study, kinds: Sequence[Network], parts: Parts) -> None:
    """What each person receives, person by person and kind by kind."""
    assert study.support is not None
    states = []
    for network in kinds:
        found = receipt(network, stated(network, study.support.level), stated(network, study.support.school))
        states.append(found["status"].to_numpy(dtype=object))
        silent = "too_few_nodes" if network.n < 2 else "unanswered"
        reasons = pd.Series(silent, index=found.index).where(found["givers"].isna(), None)
        parts["support_received"].append(_keyed(found.assign(reason=reasons).reset_index(), network))
        parts["support_kinds"].append(_kind(study, network, found))
    parts["support_ties"].append(layers(kinds).assign(wave=kinds[0].wave))
    parts["support_lacking"].append(lacking(kinds, states))


def _kind(study: Study, network: Network, found: pd.DataFrame) -> pd.DataFrame:
    """One row about one kind; who was not asked and said nothing is not counted as unknown."""
    spoken_to = network.asked | network.answered
    status = found["status"].to_numpy(dtype=object)
    has, lacks = int((status == "has").sum()), int((status == "lacks").sum())
    said = _said("density", network)
    reason = "nonresponse" if study.response_gate and said == "withheld" else None if has + lacks else "unanswered"
    row = {
        "asked": int(spoken_to.sum()),
        "respondents": network.respondents,
        "has": has,
        "lacks": lacks,
        "unknown": int((spoken_to & (status == "unknown")).sum()),
        "one_giver": int(found["sole_source"].notna().sum()),
        "givers": int((np.diff(network.matrix.tocsc().indptr) > 0).sum()),
        "share_lacking": lacks / (has + lacks) if reason is None else np.nan,
        "verdict": said,
        "reason": reason,
    }
    return _keyed(pd.DataFrame([row]), network)


def lacking(kinds: Sequence[Network], states: Sequence[np.ndarray]) -> pd.DataFrame:
    """Which kinds each person lacks, and of which it is not known.

    Args:
        kinds: the kinds of support of one wave.
        states: of each kind, the status of each person (`metrics.support.receipt`).

    Returns:
        One row per person: wave, actor_id, has, lacks (kinds; null where nothing is known), unknown (kinds), which,
        which_unknown (ids, with commas between; null where there are none).
    """
    table = np.stack(list(states)) if states else np.zeros((0, 0), dtype=object)
    names = [network.relation for network in kinds]
    unknown = (table == "unknown").sum(axis=0)
    told = unknown < len(names)
    words = {
        state: [", ".join(name for name, mine in zip(names, column, strict=True) if mine) or None for column in rows]
        for state, rows in ((state, (table == state).T.tolist()) for state in ("lacks", "unknown"))
    }
    held = {
        "wave": kinds[0].wave,
        "actor_id": list(kinds[0].actors),
        "has": np.where(told, (table == "has").sum(axis=0), np.nan),
        "lacks": np.where(told, (table == "lacks").sum(axis=0), np.nan),
        "unknown": unknown,
        "which": words["lacks"],
        "which_unknown": words["unknown"],
    }
    return pd.DataFrame(held)


def _hanging(study: Study, kinds: Sequence[Network], parts: Parts) -> None:
    """What would be left without each giver.

    The counts are of people who answered and say nothing of others; so they stay where the gate flags in-degree.
    """
    for network in kinds:
        said = _said("indegree", network)
        found = left_without(network).reset_index().assign(verdict=said, reason=None)
        if study.response_gate and said == "withheld":
            found = found.assign(left_without=np.nan, one_of_several=np.nan, not_known=np.nan, only_giver=None)
            found["reason"] = "nonresponse"
        parts["support_without"].append(_keyed(found, network))


def left_behind(network: Network, later: Network) -> pd.DataFrame:
    """People whose only source of one kind of support is not in the next survey.

    Args:
        network: the kind in one wave.
        later: the same kind in the next wave in which it was asked about.

    Returns:
        One row per such person, index actor_id: gone (the only source), now (their status in the later wave; null for
        somebody who is not on its roster).
    """
    sole = receipt(network)["sole_source"].dropna()
    sole = sole[~sole.isin(list(later.actors))]
    return pd.DataFrame({"gone": sole, "now": receipt(later)["status"].reindex(sole.index)})


def departures(network: Network, later: Network) -> pd.DataFrame:
    """What became of those whose only source is not in the next survey: one row per person who is gone."""
    left = left_behind(network, later)
    sources, rows = set(left["gone"]), []
    for gone in (actor for actor in network.actors if actor in sources):
        now = left.loc[left["gone"] == gone, "now"]
        found, lacks = int((now == "has").sum()), int((now == "lacks").sum())
        keys = (network.wave, later.wave, network.relation, gone)
        rows.append((*keys, len(now), found + lacks, found, lacks))
    return pd.DataFrame(rows, columns=list(COLUMNS["support_departures"]))


def _too_many(study: Study, network: Network) -> bool:
    """Whether chance would take too long to draw."""
    return network.n > (LARGE if study.exact else MOST_PEOPLE)


def _by_chance(test: PermutationTest) -> dict[str, object]:
    """What chance gives, in the columns of `BY_CHANCE`; null without a test."""
    chance: Chance | None = test.chance
    if chance is None or not len(chance.values):
        return {**dict.fromkeys(BY_CHANCE, np.nan), "reason": test.reason or "no_variation"}
    ends = (chance.mean, chance.quantile(0.05), chance.quantile(0.95), test.p_low, test.p_high)
    return {**dict(zip(BY_CHANCE, ends, strict=True)), "reason": None}


def _several_kinds(study: Study, kinds: Sequence[Network], parts: Parts) -> None:
    """How far kinds go together: ties that carry several, and each pair of kinds."""
    assert study.support is not None
    if len(kinds) < 2:
        return
    wave, draws = kinds[0].wave, study.support.draws
    answered = known_in_all(kinds)[0]
    share = float(answered.mean()) if len(answered) else float("nan")
    said = verdict("reciprocity", share, any(sought_silent(network) for network in kinds))
    gone = study.response_gate and said == "withheld"
    if _too_many(study, kinds[0]):
        found = Layers(kinds_per_tie(kinds), int(answered.sum()), (), "too_large")
    else:
        found = layers_by_chance(kinds, _rng(study, wave, "layers"), draws)
    at_least = ratio(found.ties[::-1].cumsum()[::-1], found.ties.sum()).tolist()
    rows = []
    for k, ties in enumerate(found.ties.tolist(), 1):
        row: dict[str, object] = {"wave": wave, "kinds": k, "ties": ties, "respondents": found.respondents}
        row |= {"verdict": said, **dict.fromkeys(BY_CHANCE, np.nan), "reason": found.reason}
        row |= {"share": float(ratio(ties, found.ties.sum())), "at_least": at_least[k - 1]}
        if k > 1 and found.at_least:
            row |= _by_chance(found.at_least[k - 2])
        if gone:
            row |= {**dict.fromkeys(("ties", "share", "at_least", *BY_CHANCE), np.nan), "reason": "nonresponse"}
        rows.append(row)
    parts["support_layers"].append(pd.DataFrame(rows))
    parts["support_overlap"].append(_corrected([_pair(study, *pair) for pair in combinations(kinds, 2)]))


def _pair(study: Study, first: Network, second: Network) -> dict[str, object]:
    """How far two kinds join the same people."""
    assert study.support is not None
    said = _said("reciprocity", first, second)
    row: dict[str, object] = {"wave": first.wave, "relation": first.relation, "other_relation": second.relation}
    row["verdict"] = said
    if study.response_gate and said == "withheld":
        return {**row, "reason": "nonresponse"}
    found = overlap(first, second)
    row |= {name: getattr(found, name) for name in ("cells", "common", "either", "jaccard", "correlation")}
    row["expected"] = by_chance_common(first, second)
    if _too_many(study, first):
        return {**row, "reason": "too_large"}
    if not found.cells:
        return {**row, "reason": "nonresponse"}
    rng = _rng(study, first.wave, first.relation, second.relation)
    return {**row, **_by_chance(qap_correlation(first, second, rng, study.support.draws))}


def _corrected(rows: Sequence[dict[str, object]]) -> pd.DataFrame:
    """Rows with q: both tails of p, corrected for how many tests stand in them."""
    table = pd.DataFrame(rows)
    if not len(table):
        return table
    table = table.reindex(columns=list(dict.fromkeys([*table.columns, *BY_CHANCE])))
    low, high = (table[name].to_numpy(dtype=float) for name in ("p_low", "p_high"))
    return table.assign(q=benjamini_hochberg(np.minimum(1.0, 2 * np.minimum(low, high))))


def _across_levels(study: Study, kinds: Sequence[Network], parts: Parts) -> None:
    """How far support comes from other levels than one's own."""
    assert study.support is not None
    rows = []
    for network in kinds:
        level = stated(network, study.support.level)
        if level is None:
            continue
        said = _said("mixing", network)
        gone = study.response_gate and said == "withheld"
        parts["support_levels"].append(_keyed(_by_level(network, level, gone).assign(verdict=said), network))
        rows.append(_across(study, network, level, said, gone))
    parts["support_across"].append(_corrected(rows))


def _by_level(network: Network, level: pd.Series[str], gone: bool) -> pd.DataFrame:
    """Ties from each level to each level."""
    found = mixing_matrix(network, level).rename(columns={"from": "level", "to": "from_level"})
    found = found.drop(columns="density").assign(reason=None)
    met = receivers_by_group(network, level)
    pairs = zip(found["level"], found["from_level"], strict=True)
    found["receivers"] = np.array([met.get((str(one), str(other)), 0) for one, other in pairs], dtype=np.int64)
    total = found.groupby("level")["ties"].transform("sum")
    found["share"] = ratio(found["ties"], total)
    found.loc[total == 0, "reason"] = "no_ties"
    if gone:
        found[["ties", "receivers", "share"]], found["reason"] = np.nan, "nonresponse"
    return found


def _across(study: Study, network: Network, level: pd.Series[str], said: Verdict, gone: bool) -> dict[str, object]:
    assert study.support is not None
    row: dict[str, object] = {"wave": network.wave, "relation": network.relation, "verdict": said}
    if gone:
        return {**row, "reason": "nonresponse"}
    ego, alter = (level.notna().to_numpy()[ends] for ends in network.matrix.nonzero())
    row |= {"ties": int(np.count_nonzero(ego & alter)), "across": share_across(network, level)}
    if _too_many(study, network):
        return {**row, "reason": "too_large"}
    test = crossing(network, level, _rng(study, network.wave, network.relation, "across"), study.support.draws)
    return {**row, **_by_chance(test)}


__all__ = ["COLUMNS", "compute_support", "departures", "kinds_asked", "lacking", "left_behind", "stated"]
