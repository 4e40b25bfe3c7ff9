"""Communities of a study side by side, measure by measure, with what chance gives each, and which differences survive.

Raw numbers of networks of different size and density do not compare. Each number stands beside what as many ties
placed anywhere would give, and two communities differ only where their difference is beyond that (docs/methods.md).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from math import isnan
from typing import cast
from zlib import crc32

import numpy as np
import pandas as pd

from sna.analyses import Communities
from sna.expertise import ExpertiseTables
from sna.inference import cug
from sna.inference.chance import Chance
from sna.inference.gate import coverage, sought_silent, verdict
from sna.inference.group_ties import NULL, GroupTies, group_ties_test
from sna.inference.several import benjamini_hochberg
from sna.metrics.cohesion import density, mean_outdegree
from sna.metrics.homophily import coleman_homophily
from sna.metrics.measure import Gate
from sna.networks import Network
from sna.rows import Columns, Frames, Row, frames, no_rows
from sna.study import Study

Progress = Callable[[str], None]
SURVIVES = 0.05
# Thousands of networks of more people take minutes.
MOST_PEOPLE = 500
# Among fewer people nothing is said of ties.
FEWEST = 3
HOMOPHILY = "homophily"
ATTENDANCE = "dosage"
GATE_OF: Mapping[str, Gate] = {
    "mean_outdegree": "outdegree",
    "density": "density",
    "reciprocity_adjusted": "reciprocity",
    "transitivity": "path",
    "indegree_centralization": "path",
    "gini_indegree": "concentration",
    HOMOPHILY: "mixing",
}
COLUMNS: Columns = {
    "communities": (
        "wave",
        "relation",
        "community",
        "people",
        "respondents",
        "measure",
        "value",
        "low",
        "high",
        "chance_mean",
        "chance_05",
        "chance_95",
        "p_low",
        "p_high",
        "q",
        "verdict",
        "reason",
    ),
    "community_differences": (
        "wave",
        "relation",
        "measure",
        "community",
        "other",
        "difference",
        "expected",
        "p",
        "q",
        "survives",
        "reason",
    ),
}
NONE = float("nan")


@dataclass(frozen=True, eq=False)
class Community:
    """One community in one relation.

    Attributes:
        name: value of the roster column.
        people, respondents: how many there are, and how many answered.
        values: measure → number, NaN with a reason in `reasons`.
        chance: measure → what it is by chance; none where nothing is compared with chance.
        verdicts: measure → what the response gate says.
    """

    name: str
    people: int
    respondents: int
    values: dict[str, float] = field(default_factory=dict)
    chance: dict[str, Chance] = field(default_factory=dict)
    verdicts: dict[str, str] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)


def compute_compared(
    study: Study,
    networks: Mapping[tuple[str, str], Network],
    expertise: ExpertiseTables,
    engagement: pd.DataFrame,
    progress: Progress = lambda _: None,
) -> Frames:
    """The communities of each wave side by side in each relation; and their expertise and attendance.

    Args:
        study: the declaration.
        networks: (wave id, relation id) → network.
        expertise: what is known of expertise; used where its communities are the same.
        engagement: one row per person with `dosage`.
        progress: called with a few words before each relation.

    Returns:
        The tables of docs/data-model.md under "Communities"; none without `[communities]` in study.toml.
    """
    declared = study.communities
    if declared is None:
        return {}
    rows = no_rows(COLUMNS)
    for (wave, relation), network in networks.items():
        if relation not in declared.relations or declared.column not in network.attributes.columns:
            continue
        progress(f"communities, {relation}, wave {wave}")
        found, kept = _in_relation(study, declared, network)
        rows["communities"] += _with_q([row for one in found for row in _rows(one, wave, relation)])
        rows["community_differences"] += _differences(study, declared, found, kept, wave, relation)
    for wave, members in _members(networks, declared.column).items():
        rows["communities"] += _expertise(study, declared, expertise, wave, members)
        if wave != _wave_of_attendance(study):
            continue
        found = _attendance(engagement, members)
        rows["communities"] += [row for one in found for row in _rows(one, wave, None)]
        rows["community_differences"] += _attendance_differences(study, declared, engagement, members, wave)
    return frames(COLUMNS, rows)


def _wave_of_attendance(study: Study) -> str:
    """The wave beside which attendance stands: the last one it was recorded for, since it is of all events together."""
    order = [wave.id for wave in study.waves]
    return max((source.wave or order[-1] for source in study.attendance), key=order.index, default=order[-1])


def _members(networks: Mapping[tuple[str, str], Network], column: str) -> dict[str, dict[str, list[str]]]:
    """wave id → community → its people, in roster order."""
    waves: dict[str, dict[str, list[str]]] = {}
    for (wave, _), network in networks.items():
        if wave in waves or column not in network.attributes.columns:
            continue
        stated = network.attributes[column].dropna()
        waves[wave] = {str(name): list(part.index) for name, part in stated.groupby(stated, sort=False)}
    return waves


def _rng(study: Study, *keys: object) -> np.random.Generator:
    return np.random.default_rng([study.seed, *(crc32(str(key).encode()) for key in keys)])


def _in_relation(study: Study, declared: Communities, network: Network) -> tuple[list[Community], GroupTies | None]:
    """Each community with its measures and what chance gives; and how far ties stay inside, of all in each shuffle."""
    group = network.attributes[declared.column]
    values_kept = coleman_homophily(network, group).set_index("group")["homophily"]
    kept: GroupTies | None = None
    shuffled: dict[str, Chance] = {}
    if network.n <= MOST_PEOPLE or study.exact:
        rng = _rng(study, network.wave, network.relation, HOMOPHILY)
        kept = group_ties_test(network, group, rng, declared.draws)
        shuffled = {name: test.chance for name, test in kept.homophily.items() if test.chance is not None}
    found = []
    for name in dict.fromkeys(str(one) for one in group.dropna()):
        own = network.among(set(group.index[group == name]))
        one = Community(name, own.n, own.respondents)
        values = {"mean_outdegree": mean_outdegree(own), "density": density(own), **cug.values_of(own)}
        one.values.update(values, **{HOMOPHILY: float(values_kept[name])})
        share, silent = coverage(own), sought_silent(own)
        for measure, gate in GATE_OF.items():
            one.verdicts[measure] = verdict(gate, share, silent)
            reason = _why(study, own, one, measure)
            if reason is not None:
                one.values[measure], one.reasons[measure] = NONE, reason
        if own.n <= MOST_PEOPLE or study.exact:
            by_chance = cug.same_ties(own, _rng(study, network.wave, network.relation, name), declared.draws)
            by_chance[HOMOPHILY] = shuffled.get(name, Chance.drawn(np.empty(0)))
            one.chance.update({key: chance for key, chance in by_chance.items() if key not in one.reasons})
        found.append(one)
    return found, kept


def _why(study: Study, network: Network, one: Community, measure: str) -> str | None:
    """Why a measure says nothing here; None where it does."""
    if network.n < FEWEST:
        return "too_few_nodes"
    if not network.respondents or (study.response_gate and one.verdicts[measure] == "withheld"):
        return "nonresponse"
    if isnan(one.values[measure]):
        return "no_ties" if not network.matrix.nnz else "no_variation"
    return None


def _rows(one: Community, wave: str, relation: str | None) -> list[Row]:
    found = []
    for measure, value in one.values.items():
        chance = one.chance.get(measure)
        told = chance if chance is not None and len(chance.values) else None
        found.append(
            {
                "wave": wave,
                "relation": relation,
                "community": one.name,
                "people": one.people,
                "respondents": one.respondents,
                "measure": measure,
                "value": value,
                "chance_mean": NONE if told is None else told.mean,
                "chance_05": NONE if told is None else told.quantile(0.05),
                "chance_95": NONE if told is None else told.quantile(0.95),
                "p_low": NONE if told is None else told.p_at_most(value),
                "p_high": NONE if told is None else told.p_at_least(value),
                "verdict": one.verdicts.get(measure),
                "reason": one.reasons.get(measure),
            }
        )
    return cast("list[Row]", found)


def _with_q(rows: list[Row]) -> list[Row]:
    """The rows with q: both tails of every test of the relation, corrected together."""
    p = [2 * min(cast("float", row["p_low"]), cast("float", row["p_high"])) for row in rows]
    for row, q in zip(rows, benjamini_hochberg(np.minimum(p, 1.0)).tolist(), strict=True):
        row["q"] = q
    return rows


def _differences(
    study: Study,
    declared: Communities,
    found: Sequence[Community],
    kept: GroupTies | None,
    wave: str,
    relation: str,
) -> list[Row]:
    """Every two communities in every measure that can be compared; corrected over all of them together."""
    rows: list[Row] = []
    for measure in (*cug.MEASURES, HOMOPHILY):
        for one, other in combinations(found, 2):
            by_chance = one.chance.get(measure), other.chance.get(measure)
            told = {"measure": measure, "community": one.name, "other": other.name}
            if by_chance[0] is None or by_chance[1] is None:
                reasons = [
                    each.reasons.get(measure, "too_large") for each in (one, other) if measure not in each.chance
                ]
                rows.append(_difference(wave, relation, told, cug.Difference(NONE, None, reason=reasons[0])))
                continue
            pair = (by_chance[0], by_chance[1])
            if measure == HOMOPHILY and kept is not None and len(pair[0].values) and len(pair[1].values):
                test = _kept_apart(one, other, kept)
            else:
                # Its own draws for each pair, so that one does not depend on the others.
                rng = _rng(study, wave, relation, "differences", measure, one.name, other.name)
                test = cug.difference(one.values[measure], other.values[measure], pair, rng, declared.draws)
            rows.append(_difference(wave, relation, told, test))
    return _corrected(rows)


def _kept_apart(one: Community, other: Community, kept: GroupTies) -> cug.Difference:
    """How much more ties stay inside one community than another: both in the same network, so in the same shuffles."""
    observed, chance = one.values[HOMOPHILY] - other.values[HOMOPHILY], kept.apart(one.name, other.name)
    if not len(chance.values):
        return cug.Difference(observed, None, reason="degenerate_null")
    return cug.Difference(observed, chance, NULL)


def _difference(wave: str, relation: str | None, told: Mapping[str, str], test: cug.Difference) -> Row:
    numbers = {"difference": test.observed, "expected": test.expected, "p": test.p, "reason": test.reason}
    return {"wave": wave, "relation": relation, **told, **numbers}


def _corrected(rows: list[Row]) -> list[Row]:
    """The rows with q, and whether the difference survives; null where there is no test."""
    corrected = benjamini_hochberg([cast("float", row["p"]) for row in rows])
    for row, q in zip(rows, corrected.tolist(), strict=True):
        row["q"] = q
        row["survives"] = None if isnan(q) else q <= SURVIVES
    return rows


def _expertise(
    study: Study,
    declared: Communities,
    expertise: ExpertiseTables,
    wave: str,
    members: Mapping[str, Sequence[str]],
) -> list[Row]:
    """C and Φ of each community, where expertise is looked at in the same communities."""
    if study.expertise is None or study.expertise.within != declared.column:
        return []
    table = expertise.fixity
    table = table[table["wave"] == wave]
    first = table[table["nominees"] == table["nominees"].iloc[0]] if len(table) else table
    rows: list[Row] = []
    for row in first.to_dict("records"):
        keys = {"wave": wave, "relation": None, "community": row["community"]}
        sizes = {"people": len(members.get(str(row["community"]), ())), "respondents": row["respondents"]}
        for measure, value in (("expertise_concentration", row["concentration"]), ("phi", row["phi"])):
            ends = {"low": row["low"], "high": row["high"]} if measure == "phi" else {}
            p = {"p_high": row["p_concentrated"]} if measure == "expertise_concentration" else {}
            said = {"measure": measure, "value": value, "verdict": row["verdict"]}
            why = None if isinstance(value, float) and not isnan(value) else row["reason"]
            rows.append({**keys, **sizes, **said, **ends, **p, "reason": why})
    return rows


def _dosage(engagement: pd.DataFrame, people: Sequence[str]) -> np.ndarray:
    """The dosage of those of these people for whom it is known."""
    held = engagement.set_index("actor_id")["dosage"].reindex(list(people))
    return held.dropna().to_numpy(dtype=float)


def _attendance(engagement: pd.DataFrame, members: Mapping[str, Sequence[str]]) -> list[Community]:
    """The mean share of the time on offer that each community's people attended."""
    if not len(engagement):
        return []
    found = []
    for name, people in members.items():
        known = _dosage(engagement, people)
        one = Community(name, len(people), len(known))
        one.values[ATTENDANCE] = float(known.mean()) if len(known) else NONE
        if not len(known):
            one.reasons[ATTENDANCE] = "not_recorded"
        found.append(one)
    return found


def _attendance_differences(
    study: Study, declared: Communities, engagement: pd.DataFrame, members: Mapping[str, Sequence[str]], wave: str
) -> list[Row]:
    """Every two communities' attendance, beside what the same people shuffled between the two would give."""
    if not len(engagement):
        return []
    rows: list[Row] = []
    for one, other in combinations(members, 2):
        told = {"measure": ATTENDANCE, "community": one, "other": other}
        first, second = (_dosage(engagement, members[name]) for name in (one, other))
        if min(len(first), len(second)) < FEWEST:
            test = cug.Difference(NONE, None, reason="too_few_nodes")
        else:
            rng = _rng(study, wave, ATTENDANCE, one, other)
            shuffled = rng.permuted(np.tile(np.concatenate([first, second]), (declared.draws, 1)), axis=1)
            split = shuffled[:, : len(first)].mean(axis=1) - shuffled[:, len(first) :].mean(axis=1)
            test = cug.Difference(float(first.mean() - second.mean()), Chance.drawn(split), "people shuffled")
        rows.append(_difference(wave, None, told, test))
    return _corrected(rows)


__all__ = ["COLUMNS", "GATE_OF", "compute_compared"]
