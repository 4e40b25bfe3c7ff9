"""Who was asked and who answered: the block of figures that every other figure stands on."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from sna.networks import Network
from sna.study import Study
from sna.tables import Tables

BLOCK = [
    "wave",
    "relation",
    "date",
    "topic",
    "people",
    "asked",
    "respondents",
    "rate",
    "cells_observed",
    "dyads_seen",
    "dyads_seen_twice",
    "ties",
    "cap",
    "at_cap",
    "present_from",
]
BY_GROUP = ["wave", "relation", "group", "value", "people", "asked", "respondents", "rate"]


def response_block(study: Study, tables: Tables, networks: Mapping[tuple[str, str], Network]) -> pd.DataFrame:
    """One row per wave and relation.

    Returns:
        `people` on the roster, `asked`, `respondents`, `rate` = respondents / asked; shares of ordered cells known
        (`cells_observed`), of pairs seen from one side or more (`dyads_seen`) and from both (`dyads_seen_twice`);
        `ties`; `cap`, and `at_cap`, the share of respondents who named as many as they could, people outside the roster
        included (null without a cap); `present_from`.
    """
    rows = []
    for (wave, relation), network in networks.items():
        cells = network.n * (network.n - 1)
        once, twice = _seen(network)
        declared = study.relation(relation)
        rows.append(
            [
                wave,
                relation,
                study.wave(wave).date,
                declared.topic,
                network.n,
                int((network.asked | network.answered).sum()),
                network.respondents,
                network.response_rate,
                network.observed_count / cells if cells else np.nan,
                once / cells if cells else np.nan,
                twice / cells if cells else np.nan,
                int(network.matrix.nnz),
                declared.cap,
                _at_cap(tables, wave, relation, declared.cap),
                declared.present_from,
            ]
        )
    return pd.DataFrame(rows, columns=BLOCK).astype({"cap": "Int64", "present_from": "float64"})


def _seen(network: Network) -> tuple[int, int]:
    """Ordered pairs of people that are seen from one side or more, and from both; without an n × n array."""
    who = np.flatnonzero(network.answered)
    unknown = (network.holes + network.holes.T)[who][:, who]
    twice = len(who) * (len(who) - 1) - int(unknown.nnz)
    return 2 * network.observed_count - twice, twice


def _at_cap(tables: Tables, wave: str, relation: str, cap: int | None) -> float:
    """The share of respondents who named as many as they could."""
    answered = tables.answered
    mine = answered[
        (answered["wave"] == wave) & (answered["relation"] == relation) & (answered["status"] == "answered")
    ]
    if cap is None or not len(mine):
        return float("nan")
    return float((mine["given"] >= cap).mean())


def response_by_group(study: Study, tables: Tables) -> pd.DataFrame:
    """One row per wave, relation and value of each of the study's groups; people without a value are `not stated`.

    Returns:
        `people` on the roster, `asked`, `respondents`, `rate` = respondents / asked (null when nobody was asked).
    """
    groups = [group for group in study.groups if group in tables.actors.columns]
    keyed = tables.answered.merge(tables.actors[["wave", "actor_id", *groups]], on=["wave", "actor_id"])
    keyed["asked"] = keyed["status"] != "not_asked"
    keyed["respondents"] = keyed["status"] == "answered"
    parts = []
    for group in groups:
        named = keyed.assign(group=group, value=keyed[group].fillna("not stated"), people=1)
        counted = named.groupby(["wave", "relation", "group", "value"], sort=False)[["people", "asked", "respondents"]]
        parts.append(counted.sum().reset_index())
    if not parts:
        return pd.DataFrame(columns=BY_GROUP)
    table = pd.concat(parts, ignore_index=True)
    table["rate"] = (table["respondents"] / table["asked"]).where(table["asked"] > 0)
    return table[BY_GROUP]
