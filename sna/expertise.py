"""Expertise in a study: how far nominations gather on few people, and whether on the same ones whatever the topic."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from zlib import crc32

import numpy as np
import pandas as pd

from sna.inference.concentration import concentration
from sna.inference.fixity import Fixity, fixity
from sna.inference.gate import fixity_verdict, verdict
from sna.metrics.agreement import kendall_w, top_overlap
from sna.metrics.fixity import Nominations, nominations
from sna.networks import Network
from sna.study import Study

KEYS = ("wave", "community", "nominees")
EVERYONE = "everyone"
# Thousands of draws for more people take minutes and gigabytes.
MOST_PEOPLE = 500
TOP = 3
Rows = list[dict[str, object]]

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
        "concentration",
        "p_concentrated",
        "p_differs",
        "p_fixed",
        "phi",
        "low",
        "high",
        "efi",
        "label",
        "enough",
        "verdict",
        "reason",
    ),
    "experts": (*KEYS, "relation", "actor_id", "named_by", "share"),
}


@dataclass(frozen=True, eq=False)
class ExpertiseTables:
    """The tables of docs/data-model.md under "Expertise"; empty where study.toml has no `[expertise]`."""

    concentration: pd.DataFrame
    lorenz: pd.DataFrame
    fixity: pd.DataFrame
    experts: pd.DataFrame

    def tables(self) -> dict[str, pd.DataFrame]:
        """Every table by name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


@dataclass(frozen=True)
class Community:
    """People among whom nominations count: a wave, or one group of it.

    Attributes:
        wave: its id.
        community: the group; None: everybody of the wave.
        networks: one per topic, among these people.
        share_answered: people who answered about any topic / people; NaN without people.
        sought_silent: one of the three most named did not answer.
    """

    wave: str
    community: str | None
    networks: tuple[Network, ...]
    share_answered: float
    sought_silent: bool


def compute_expertise(
    study: Study, networks: Mapping[tuple[str, str], Network], progress: Callable[[str], None] = lambda _: None
) -> ExpertiseTables:
    """Every community of every wave, once with the nominees that study.toml puts first and once with everybody.

    Args:
        study: the declaration.
        networks: (wave id, relation id) → network.
        progress: called with a few words before each community.

    Returns:
        The tables. Random draws begin anew for each community, so that one does not depend on the others. What too
        few answers do not support is null with the reason `nonresponse`, unless the study says `response_gate = false`.
    """
    rows: dict[str, Rows] = {name: [] for name in COLUMNS}
    declared = study.expertise
    if declared is None:
        return ExpertiseTables(**{name: pd.DataFrame(columns=list(COLUMNS[name])) for name in rows})
    for found in communities(study, networks):
        progress(f"expertise, wave {found.wave}{f', {found.community}' if found.community else ''}")
        for label, whose in counted_nominees(study, found.networks[0]).items():
            keys = dict(zip(KEYS, (found.wave, found.community, label), strict=True))
            if len(whose) > MOST_PEOPLE and not study.exact:
                said = fixity_verdict(found.share_answered, found.sought_silent)
                sizes = {"topics": len(found.networks), "people": int(whose.sum())}
                sizes["respondents"] = round(found.share_answered * len(whose))
                rows["fixity"].append({**keys, **sizes, "enough": False, "verdict": said, "reason": "too_large"})
                continue
            seed = [study.seed, *(crc32(str(key).encode()) for key in keys.values())]
            cells = nominations(found.networks, whose)
            rng = np.random.default_rng(seed)
            _concentration(study, found, cells, keys, rng, declared.draws, rows)
            _fixity(study, found, cells, keys, rng, declared.draws, rows)
            for topic, counts in zip(cells.topics, cells.counts.tolist(), strict=True):
                named = [(person, count) for person, count in zip(cells.nominees, counts, strict=True) if count]
                for person, count in sorted(named, key=lambda one: -one[1]):
                    share = count / sum(counts)
                    rows["experts"].append(
                        {**keys, "relation": topic, "actor_id": person, "named_by": count, "share": share}
                    )
    tables = {name: pd.DataFrame(found, columns=list(COLUMNS[name])) for name, found in rows.items()}
    return ExpertiseTables(**tables)


def communities(study: Study, networks: Mapping[tuple[str, str], Network]) -> Iterator[Community]:
    """The communities of each wave in which somebody was asked about a topic; none without `[expertise]`."""
    declared = study.expertise
    if declared is None:
        return
    for wave in study.waves:
        asked = [networks[wave.id, r.id] for r in study.relations_in(wave.id) if r.id in declared.relations]
        if not asked:
            continue
        within = declared.within
        if within is None:
            yield _community(wave.id, None, asked)
            continue
        stated = asked[0].attributes[within] if within in asked[0].attributes.columns else pd.Series(dtype="str")
        for community in stated.dropna().unique().tolist():
            members = set(stated.index[stated == community])
            yield _community(wave.id, community, [network.among(members) for network in asked])


def _community(wave: str, name: str | None, networks: Sequence[Network]) -> Community:
    answered = np.any([network.answered for network in networks], axis=0)
    named = np.sum([network.matrix.sum(axis=0) for network in networks], axis=0)
    third = np.sort(named)[-TOP:].min(initial=np.inf) if len(named) else np.inf
    silent = bool(((named >= max(third, 1)) & ~answered).any())
    return Community(wave, name, tuple(networks), float(answered.mean()) if len(answered) else float("nan"), silent)


def counted_nominees(study: Study, network: Network) -> dict[str, np.ndarray]:
    """Words for whose nominations count → n booleans."""
    declared = study.expertise
    everybody = np.ones(network.n, dtype=bool)
    if declared is None or declared.column is None or declared.column not in network.attributes.columns:
        return {EVERYONE: everybody}
    first = network.attributes[declared.column].isin(declared.nominees).to_numpy(dtype=bool)
    return {", ".join(declared.nominees): first, EVERYONE: everybody}


def _concentration(
    study: Study,
    found: Community,
    cells: Nominations,
    keys: Mapping[str, object],
    rng: np.random.Generator,
    draws: int,
    rows: dict[str, Rows],
) -> None:
    said = verdict("concentration", found.share_answered, found.sought_silent)
    result = concentration(cells, rng, draws)
    table = result.table.rename(columns={"topic": "relation"})
    gone = study.response_gate and said == "withheld"
    if gone:
        numbers = ["value", "chance_mean", "chance_95", "p", "low", "high"]
        table[numbers], table["reason"] = np.nan, "nonresponse"
    rows["concentration"] += _keyed(table.assign(verdict=said), keys)
    if not gone:
        rows["lorenz"] += _keyed(result.lorenz.rename(columns={"topic": "relation"}), keys)


def _keyed(table: pd.DataFrame, keys: Mapping[str, object]) -> Rows:
    """The rows of a table, with these columns."""
    return [{**keys, **{str(name): value for name, value in row.items()}} for row in table.to_dict("records")]


def _fixity(
    study: Study,
    found: Community,
    cells: Nominations,
    keys: Mapping[str, object],
    rng: np.random.Generator,
    draws: int,
    rows: dict[str, Rows],
) -> None:
    said = fixity_verdict(found.share_answered, found.sought_silent)
    sizes = {"topics": len(cells.topics), "people": len(cells.nominees), "respondents": len(cells.respondents)}
    if study.response_gate and said == "withheld":
        rows["fixity"].append({**keys, **sizes, "enough": False, "verdict": said, "reason": "nonresponse"})
        return
    result: Fixity = fixity(cells, rng, draws)
    observed = result.observed
    n = len(cells.nominees)
    rows["fixity"].append(
        {
            **keys,
            **sizes,
            "within": observed.within,
            "pooled": observed.pooled,
            "between": observed.between,
            "fixed": observed.fixed,
            "kendall_w": kendall_w(cells.counts),
            "top3_overlap": top_overlap(cells.counts, TOP),
            "top3_by_chance": TOP / n if n > TOP else np.nan,
            "concentration": result.concentration,
            "p_concentrated": result.p_concentrated,
            "p_differs": result.p_differs,
            "p_fixed": result.p_fixed,
            "phi": result.phi,
            "low": result.low,
            "high": result.high,
            "efi": result.index,
            "label": result.label,
            "enough": result.enough,
            "verdict": said,
            "reason": result.reason,
        }
    )
