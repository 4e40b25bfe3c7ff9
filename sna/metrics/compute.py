"""Every measure of a network as tables, with a reason for every number that is undefined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from sna.metrics.brokerage import ROLES, Brokerage, brokerage
from sna.metrics.catalogue import ACTOR, NETWORK, TIE, measure
from sna.metrics.frames import Codes, group_codes
from sna.metrics.measure import Measure
from sna.metrics.ties import reciprocated, shared_relations
from sna.networks.network import Bools, Floats, Network


@dataclass(frozen=True)
class _Facts:
    """What decides why a number is undefined, worked out once per network."""

    network: Network
    tied: Bools
    codes: dict[str, Codes]

    @classmethod
    def of(cls, network: Network, groups: Sequence[str]) -> _Facts:
        tied = np.diff(network.union.indptr) > 0
        codes = {group: group_codes(network, _group(network, group)) for group in groups}
        return cls(network, np.asarray(tied, dtype=bool), codes)

    def of_network(self, measure: Measure, group: str | None) -> str | None:
        """Why the measure can be defined for nobody; None when that is not so."""
        people = self.network.n
        if people < measure.minimum:
            return "too_few_nodes"
        if not self.network.respondents:
            return "nonresponse"
        if group is not None:
            stated = self.codes[group][self.codes[group] >= 0]
            if not len(stated):
                return "no_group"
            if len(stated) < measure.minimum:
                return "too_few_nodes"
            if len(np.unique(stated)) < 2 and measure.gate == "mixing":
                return "one_group"
        if measure.needs_ties and not self.tied.any():
            return "no_ties"
        return None

    def of_actor(self, measure: Measure, group: str | None, i: int) -> str:
        """Why the measure is undefined for person i."""
        everybody = self.of_network(measure, None)
        if everybody in ("too_few_nodes", "nonresponse"):
            return everybody
        silent = not self.network.answered[i]
        if measure.own_answer and silent:
            return "unanswered"
        if group is not None and self.codes[group][i] < 0:
            return "no_group"
        everybody = self.of_network(measure, group)
        if everybody is not None:
            return everybody
        if not measure.needs_ties or (self.tied[i] and measure.otherwise == "no_group"):
            return measure.otherwise
        # Their own answer might have given the tie that is missing: a silent person is never called an isolate.
        if silent:
            return "unanswered"
        return measure.otherwise if self.tied[i] else "isolate"


def _group(network: Network, group: str) -> pd.Series[str]:
    """The people's groups; all null when the roster of this wave has no such column."""
    if group in network.attributes.columns:
        return network.attributes[group]
    return pd.Series([None] * network.n, index=list(network.actors), dtype="str")


def _named(measures: Sequence[Measure], groups: Sequence[str]) -> list[tuple[str, Measure, str | None]]:
    """Column name, measure and group of every column: a measure by group becomes one column for each group."""
    short = {"ego_ei": "ei", "same_group": "same"}
    columns: list[tuple[str, Measure, str | None]] = []
    for entry in measures:
        if entry.by_group:
            columns += [(f"{short.get(entry.name, entry.name)}_{group}", entry, group) for group in groups]
        else:
            columns.append((entry.name, entry, None))
    return columns


def actor_table(network: Network, groups: Sequence[str] = ()) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Every actor measure but the brokerage roles.

    Args:
        network: one relation in one wave.
        groups: columns of `network.attributes`.

    Returns:
        Values, indexed by actor_id, one column per measure (`ei_<group>` for each group); and one row (actor_id,
        measure, reason) for each value that is undefined.

    >>> values, reasons = actor_table(Network.from_ties(["a", "b", "c"], [("a", "b")], answered=["a", "b"]))
    >>> values["outdegree"].tolist(), reasons.set_index(["actor_id", "measure"]).loc[("c", "outdegree"), "reason"]
    ([1.0, 0.0, nan], 'unanswered')
    """
    facts = _Facts.of(network, groups)
    columns: dict[str, Floats] = {}
    rows: list[tuple[str, str, str]] = []
    for name, entry, group in _named(ACTOR, groups):
        values = entry.compute(network) if group is None else entry.compute(network, _group(network, group))
        columns[name] = np.asarray(values.to_numpy(), dtype=float)
        undefined = np.flatnonzero(np.isnan(columns[name])).tolist()
        rows += [(network.actors[i], name, facts.of_actor(entry, group, i)) for i in undefined]
    reasons = pd.DataFrame(rows, columns=["actor_id", "measure", "reason"], dtype="str")
    return pd.DataFrame(columns, index=network.index), reasons


def tie_table(
    network: Network, groups: Sequence[str] = (), same_wave: Sequence[Network] = ()
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Every tie measure, for the present ties.

    Args:
        network: one relation in one wave.
        groups: columns of `network.attributes`.
        same_wave: the networks of the other relations of the wave, on the same actors; `network` may be among them.

    Returns:
        Values, indexed by (ego_id, alter_id), one column per measure (`same_<group>` for each group); and one row
        (ego_id, alter_id, measure, reason) for each value that is undefined.

    >>> values, _ = tie_table(Network.from_ties(["a", "b"], [("a", "b"), ("b", "a")]))
    >>> values.loc[("a", "b"), ["reciprocated", "shared_relations"]].to_dict()
    {'reciprocated': 1.0, 'shared_relations': 1.0}
    """
    index = reciprocated(network).index
    columns: dict[str, Floats] = {}
    rows: list[tuple[str, str, str, str]] = []
    for name, entry, group in _named(TIE, groups):
        if entry.compute is shared_relations:
            others = [other for other in same_wave if other.relation != network.relation]
            values = shared_relations([network, *others]).reindex(index)
        else:
            values = entry.compute(network) if group is None else entry.compute(network, _group(network, group))
        columns[name] = np.asarray(values.to_numpy(), dtype=float)
        rows += [(ego, alter, name, entry.otherwise) for ego, alter in index[np.isnan(columns[name])]]
    reasons = pd.DataFrame(rows, columns=["ego_id", "alter_id", "measure", "reason"], dtype="str")
    return pd.DataFrame(columns, index=index), reasons


@lru_cache(maxsize=16)
def _brokerage(network: Network, group: str) -> Brokerage:
    """Brokerage by one group, worked out once for the tables of people and of the whole network."""
    return brokerage(network, _group(network, group))


def network_table(network: Network, groups: Sequence[str] = ()) -> pd.DataFrame:
    """Every network measure, and the brokerage totals by group.

    Args:
        network: one relation in one wave.
        groups: columns of `network.attributes`.

    Returns:
        One row per measure (and group): measure, group (null where none applies), value, reason (null where there is
        a value), and for brokerage roles expected, sd and z of the total (null elsewhere).

    >>> table = network_table(Network.from_ties(["a", "b"], [("a", "b")])).set_index("measure")
    >>> float(table.loc["density", "value"]), table.loc["transitivity", "reason"]
    (0.5, 'too_few_nodes')
    """
    facts = _Facts.of(network, groups)
    rows: list[dict[str, object]] = []

    def add(entry: Measure, group: str | None, value: float, extra: dict[str, float] | None = None) -> None:
        reason = (facts.of_network(entry, group) or entry.otherwise) if np.isnan(value) else None
        rows.append({"measure": entry.name, "group": group, "value": value, "reason": reason, **(extra or {})})

    for entry in NETWORK:
        if entry.by_group:
            for group in groups:
                add(entry, group, entry.compute(network, _group(network, group)))
        else:
            add(entry, None, entry.compute(network))
    for group in groups:
        totals = _brokerage(network, group).totals
        for role in ROLES:
            extra = {column: float(totals[column][role]) for column in ("expected", "sd", "z")}
            add(measure(role), group, float(totals["count"][role]), extra)
    table = pd.DataFrame(rows, columns=["measure", "group", "value", "reason", "expected", "sd", "z"])
    numbers = dict.fromkeys(["value", "expected", "sd", "z"], "float64")
    return table.astype({"measure": "str", "group": "str", "reason": "str", **numbers})


def brokerage_table(network: Network, group: str) -> pd.DataFrame:
    """Every person's brokerage by one group: counts, and what chance alone would give.

    Args:
        network: one relation in one wave.
        group: column of `network.attributes`.

    Returns:
        One row per person: actor_id, and for each role <role>, <role>_expected, <role>_sd, <role>_z.

    >>> list(brokerage_table(Network.from_ties(["a", "b"], []), "school").columns[:5])
    ['actor_id', 'coordinator', 'coordinator_expected', 'coordinator_sd', 'coordinator_z']
    """
    result = _brokerage(network, group)
    parts = [result.counts, result.expected, result.sd, result.z]
    values = np.stack([part.to_numpy() for part in parts], axis=2).reshape(network.n, 4 * len(ROLES))
    names = [role + suffix for role in ROLES for suffix in ("", "_expected", "_sd", "_z")]
    return pd.DataFrame(values, index=result.counts.index, columns=names).reset_index()
