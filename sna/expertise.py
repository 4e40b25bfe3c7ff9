"""Expertise in a study: how far nominations gather on few people, and whether on the same ones whatever the topic."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from typing import Any
from zlib import crc32

import numpy as np
import pandas as pd

from sna import expert_gap
from sna.analyses import Expertise
from sna.expert_communities import EVERYONE, TOP, Community, communities, counted_nominees
from sna.inference.concentration import concentration
from sna.inference.expert_power import power
from sna.inference.fixity import ALPHA, Fixity, fixity
from sna.inference.gate import coverage, fixity_verdict, sought_silent, verdict
from sna.inference.pooled import pooled_fixity
from sna.inference.several import benjamini_hochberg
from sna.metrics.agreement import kendall_w, ranking_overlap, ranking_overlap_by_chance, top_overlap
from sna.metrics.fixity import Nominations, nominations
from sna.networks import Network
from sna.rows import Row, Rows, frames, no_rows
from sna.study import Study

KEYS = ("wave", "community", "nominees")
# Thousands of draws for more people take minutes and gigabytes.
MOST_PEOPLE = 500
# A topic hangs on one person who gets more than this part of the names, beyond chance.
HALF = 0.5
# Column of `fixity` → how many times as likely planted experts are named when the power of the test is looked for.
POWERS = {"power_3": 3.0, "power_8": 8.0}

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "concentration": (
        *KEYS,
        "relation",
        "measure",
        "value",
        "chance_mean",
        "chance_95",
        "p",
        "low",
        "high",
        "nominations",
        "verdict",
        "reason",
    ),
    "lorenz": (*KEYS, "relation", "people", "share", "chance_05", "chance_95"),
    "fixity": (
        *KEYS,
        "topics",
        "people",
        "respondents",
        "within",
        "pooled",
        "between",
        "fixed",
        "kendall_w",
        "top3_overlap",
        "top3_by_chance",
        "rbo",
        "rbo_by_chance",
        "concentration",
        "p_concentrated",
        "p_differs",
        "p_fixed",
        "phi",
        "low",
        "high",
        "efi",
        "label",
        *POWERS,
        "enough",
        "verdict",
        "reason",
    ),
    "fixity_pooled": (
        "wave",
        "nominees",
        "communities",
        "respondents",
        "p_concentrated",
        "p_differs",
        "p_fixed",
        "label",
        "reason",
    ),
    "experts": (*KEYS, "relation", "actor_id", "named_by", "share"),
    "most_named": (
        *KEYS,
        "relation",
        "actor_id",
        "named_by",
        "namers",
        "only_name",
        "share",
        "chance_95",
        "p",
        "q",
        "hangs",
        "verdict",
        "reason",
    ),
    **{name: (*KEYS, *columns) for name, columns in expert_gap.COLUMNS.items()},
    "ratings": ("wave", "relation", "actor_id", "rating"),
}


@dataclass(frozen=True, eq=False)
class ExpertiseTables:
    """The tables of docs/data-model.md under "Expertise"; empty where study.toml has no `[expertise]`."""

    concentration: pd.DataFrame
    lorenz: pd.DataFrame
    fixity: pd.DataFrame
    fixity_pooled: pd.DataFrame
    experts: pd.DataFrame
    most_named: pd.DataFrame
    expert_gap: pd.DataFrame
    expert_agreement: pd.DataFrame
    ratings: pd.DataFrame

    def tables(self) -> dict[str, pd.DataFrame]:
        """Every table by name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


def compute_expertise(
    study: Study,
    networks: Mapping[tuple[str, str], Network],
    progress: Callable[[str], None] = lambda _: None,
    ratings: pd.DataFrame | None = None,
) -> ExpertiseTables:
    """Every community of every wave, once with the nominees that study.toml puts first and once with everybody.

    Args:
        study: the declaration.
        networks: (wave id, relation id) → network.
        progress: called with a few words before each community.
        ratings: the table `ratings`, as read; None: there are none.

    Returns:
        The tables. Random draws begin anew for each community, so that one does not depend on the others. What too
        few answers do not support is null with the reason `nonresponse`, unless the study says `response_gate = false`.
    """
    declared, rows = study.expertise, no_rows(COLUMNS)
    tested: dict[tuple[str, str], list[Fixity]] = {}
    known = ratings if ratings is not None else pd.DataFrame(columns=list(COLUMNS["ratings"]))
    rows["ratings"] = [{str(name): value for name, value in row.items()} for row in known.to_dict("records")]
    for found in communities(study, networks) if declared is not None else ():
        progress(f"expertise, wave {found.wave}{f', {found.community}' if found.community else ''}")
        rated = ratings_of(known, found.wave)
        for label, whose in counted_nominees(study, found.networks[0]).items():
            keys = dict(zip(KEYS, (found.wave, found.community, label), strict=True))
            if len(whose) > MOST_PEOPLE and not study.exact:
                said = fixity_verdict(found.share_answered, found.sought_silent)
                sizes = {"topics": len(found.networks), "people": int(whose.sum())}
                sizes["respondents"] = round(found.share_answered * len(whose))
                rows["fixity"].append({**keys, **sizes, "enough": False, "verdict": said, "reason": "too_large"})
                continue
            assert declared is not None
            look = _Look(study, declared, found, keys, nominations(found.networks, whose), rated)
            result = look.all()
            for name, more in look.rows.items():
                rows[name] += more
            if result is not None and result.no_experts is not None:
                tested.setdefault((found.wave, label), []).append(result)
            elif found.community is not None:
                tested.setdefault((found.wave, label), [])
    if declared is not None and declared.within is not None:
        rows["fixity_pooled"] = [_pooled(*keys, results) for keys, results in tested.items()]
    return ExpertiseTables(**frames(COLUMNS, rows))


def ratings_of(ratings: pd.DataFrame, wave: str) -> expert_gap.Ratings:
    """(relation, person) → rating, in one wave."""
    mine = ratings[ratings["wave"] == wave]
    return dict(zip(zip(mine["relation"], mine["actor_id"], strict=True), mine["rating"].tolist(), strict=True))


@dataclass(frozen=True)
class _Look:
    """One community with one set of nominees, and the rows that are found of it.

    Attributes:
        keys: the columns `KEYS` of its rows.
        cells: who named whom.
        ratings: how expert people are.
    """

    study: Study
    declared: Expertise
    found: Community
    keys: Mapping[str, object]
    cells: Nominations
    ratings: expert_gap.Ratings
    rows: Rows = field(default_factory=lambda: no_rows(COLUMNS))

    def all(self) -> Fixity | None:
        """Find everything; the tests of fixed or by task, unless they are withheld."""
        rng = self.rng()
        self.concentration(rng)
        result = self.fixity(rng)
        self.experts()
        if self.declared.rated is not None:
            self.gap()
        return result

    def rng(self, *purpose: str) -> np.random.Generator:
        """Draws that depend on the study's seed, on which community this is and on what for."""
        return np.random.default_rng(
            [self.study.seed, *(crc32(str(key).encode()) for key in (*self.keys.values(), *purpose))]
        )

    def withheld(self, said: str) -> bool:
        """Whether a verdict of the response gate makes numbers null."""
        return self.study.response_gate and said == "withheld"

    def strata(self) -> pd.Series[str] | None:
        """On the nominees: the group within which experts change places; null where not stated."""
        stated = self.found.networks[0].attributes
        if self.declared.strata is None or self.declared.strata not in stated.columns:
            return None
        return stated.loc[list(self.cells.nominees), self.declared.strata]

    def concentration(self, rng: np.random.Generator) -> None:
        """How far nominations gather on few people, and topics that hang on one."""
        said = verdict("concentration", self.found.share_answered, self.found.sought_silent)
        result = concentration(self.cells, rng, self.declared.draws, self.strata())
        table, lorenz = (one.rename(columns={"topic": "relation"}) for one in (result.table, result.lorenz))
        gone = self.withheld(said)
        if gone:
            numbers = ["value", "chance_mean", "chance_95", "p", "low", "high"]
            table[numbers], table["reason"] = np.nan, "nonresponse"
        self.add("concentration", table.assign(verdict=said).to_dict("records"))
        self.add("lorenz", [] if gone else lorenz.to_dict("records"))
        first = table[(table["measure"] == "top1_share") & table["relation"].notna()].to_dict("records")
        found = {str(row["relation"]): row for row in first}
        corrected = benjamini_hochberg([found[topic]["p"] for topic in self.cells.topics]).tolist()
        rows = [self._most_named(at, found[self.cells.topics[at]], q) for at, q in enumerate(corrected)]
        self.add("most_named", [{**row, "verdict": said} for row in rows])

    def _most_named(self, at: int, first: Mapping[Hashable, Any], q: float) -> Row:
        """Who is named most on a topic, and whether the topic hangs on them."""
        topic, counts, named = self.cells.topics[at], self.cells.counts[at], self.cells.named[at]
        row: Row = {"relation": topic, "namers": int(named.any(axis=1).sum())}
        if pd.notna(first["reason"]):
            return {**row, "reason": first["reason"]}
        (most,) = np.nonzero(counts == counts.max())
        alone = len(most) == 1
        only = named[:, most[0]] & (named.sum(axis=1) == 1)
        return {
            **row,
            "actor_id": self.cells.nominees[int(most[0])] if alone else None,
            "named_by": int(counts.max()),
            "only_name": int(only.sum()) if alone else None,
            "share": first["value"],
            "chance_95": first["chance_95"],
            "p": first["p"],
            "q": q,
            "hangs": bool(first["value"] > HALF and q <= ALPHA),
        }

    def fixity(self, rng: np.random.Generator) -> Fixity | None:
        """Whether names go to the same people whatever the topic."""
        cells, said = self.cells, fixity_verdict(self.found.share_answered, self.found.sought_silent)
        n = len(cells.nominees)
        row: Row = {"topics": len(cells.topics), "people": n, "respondents": len(cells.respondents), "verdict": said}
        if self.withheld(said):
            self.add("fixity", [{**row, "enough": False, "reason": "nonresponse"}])
            return None
        strata = self.strata()
        codes = None if strata is None else pd.factorize(strata.fillna(""))[0]
        result = fixity(cells, rng, self.declared.draws, codes)
        observed = result.observed
        row |= {name: getattr(observed, name) for name in ("within", "pooled", "between", "fixed")}
        row |= {
            "kendall_w": kendall_w(cells.counts),
            "top3_overlap": top_overlap(cells.counts, TOP),
            "top3_by_chance": TOP / n if n > TOP else np.nan,
            "rbo": ranking_overlap(cells.counts),
            "rbo_by_chance": ranking_overlap_by_chance(n),
            "efi": result.index,
        }
        same = ("concentration", "p_concentrated", "p_differs", "p_fixed", "phi", "low", "high", "label", "enough")
        row |= {name: getattr(result, name) for name in (*same, "reason")}
        if result.label == "diffuse" and result.no_experts is not None:
            for name, weight in POWERS.items():
                row[name] = power(cells, result.no_experts, weight, self.rng(name), ALPHA)
        self.add("fixity", [row])
        return result

    def experts(self) -> None:
        """Everybody who is named, topic by topic, the most named first."""
        for topic, counts in zip(self.cells.topics, self.cells.counts.tolist(), strict=True):
            named = [(person, count) for person, count in zip(self.cells.nominees, counts, strict=True) if count]
            named.sort(key=lambda one: -one[1])
            keys = ("relation", "actor_id", "named_by", "share")
            self.add("experts", [dict(zip(keys, (topic, *one, one[1] / sum(counts)), strict=True)) for one in named])

    def gap(self) -> None:
        """Experts nobody asks, and people who are asked without being experts."""
        verdicts = {
            network.relation: verdict("indegree", coverage(network), sought_silent(network))
            for network in self.found.networks
        }
        shown = verdicts if self.study.response_gate else dict.fromkeys(verdicts, "allowed")
        found = expert_gap.gap_tables(
            self.cells,
            self.ratings,
            self.declared.expert_from,
            shown,
            lambda topic: self.rng("rated", topic),
            self.declared.draws,
        )
        for name, rows in found.items():
            self.add(name, [{**row, "verdict": verdicts[str(row["relation"])]} for row in rows])

    def add(self, table: str, rows: Sequence[Mapping[str, object]] | Sequence[Mapping[object, object]]) -> None:
        """Rows of one table, which get this community's keys."""
        self.rows[table] += [{**self.keys, **{str(name): value for name, value in row.items()}} for row in rows]


def _pooled(wave: str, nominees: str, results: Sequence[Fixity]) -> Row:
    """The p-values of all communities of a wave put together; null with fewer than two."""
    people = sum(result.respondents for result in results)
    row: Row = {"wave": wave, "nominees": nominees, "communities": len(results), "respondents": people}
    pooled = pooled_fixity(results)
    return {**row, **asdict(pooled)} if pooled is not None else {**row, "reason": "too_few_communities"}


__all__ = [
    "COLUMNS",
    "EVERYONE",
    "KEYS",
    "Community",
    "ExpertiseTables",
    "communities",
    "compute_expertise",
    "counted_nominees",
    "ratings_of",
]
