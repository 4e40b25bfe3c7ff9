"""Every measure of a network as tables, with a reason for every number that is undefined."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from sna.metrics.brokerage import ROLES, Brokerage, brokerage
from sna.metrics.catalogue import ACTOR, CATALOGUE, NETWORK, TIE, measure
from sna.metrics.drawn import Drawn, Sampled
from sna.metrics.frames import Codes, group_codes
from sna.metrics.measure import Measure
from sna.metrics.ties import reciprocated, shared_relations
from sna.networks.network import Bools, Floats, Network

Estimates = Mapping[str, Sampled[Any]]


def estimates(network: Network, rng: np.random.Generator) -> Estimates:
    """Estimates of every measure that has an estimator, by name, for networks in which exact ones take too long.

    >>> sorted(estimates(Network.from_ties(["a", "b"], [("a", "b")]), np.random.default_rng(1)))[:2]
    ['average_path', 'betweenness']
    """
    numbers = sorted({entry.draws for entry in CATALOGUE if entry.sampled})
    drawn = {number: Drawn.of(network, rng, number) for number in numbers}
    return {entry.name: entry.sampled(drawn[entry.draws]) for entry in CATALOGUE if entry.sampled}


def sampled_table(network: Network, estimated: Estimates) -> pd.DataFrame:
    """Which measures of a network are estimates, and how far off they may be.

    Args:
        network: one relation in one wave.
        estimated: what `estimates` found.

    Returns:
        One row per measure that has a value: measure, draws, people, error.

    >>> network = Network.from_ties(["a", "b"], [("a", "b")])
    >>> sampled_table(network, estimates(network, np.random.default_rng(1))).iloc[0].to_dict()
    {'measure': 'harmonic_in', 'draws': 2, 'people': 2, 'error': 0.0}
    """
    rows = [
        (name, found.draws, network.n, found.error)
        for name, found in estimated.items()
        if not np.isnan(found.values).all()
    ]
    table = pd.DataFrame(rows, columns=["measure", "draws", "people", "error"])
    return table.astype({"measure": "str", "draws": "int64", "people": "int64", "error": "float64"})


def _left_out(entry: Measure, estimated: Estimates | None) -> bool:
    """Whether the measure takes too long where measures are estimated."""
    return estimated is not None and entry.too_large


def _computed(entry: Measure, network: Network, group: str | None, estimated: Estimates | None) -> Any:
    """What the measure returns, exactly or by estimate."""
    if estimated is not None and entry.name in estimated:
        return estimated[entry.name].values
    return entry.compute(network) if group is None else entry.compute(network, _group(network, group))


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

    def of_actors(
        self, measure: Measure, group: str | None, people: Codes, otherwise: str | npt.NDArray[np.str_]
    ) -> list[str]:
        """Why the measure is undefined for these people; `otherwise` when for none of the usual reasons."""
        everybody = self.of_network(measure, None)
        if everybody in ("too_few_nodes", "nonresponse"):
            return [everybody] * len(people)
        silent, tied, none = ~self.network.answered[people], self.tied[people], np.zeros(len(people), dtype=bool)
        everybody = self.of_network(measure, group)
        # Their own answer might have given the tie that is missing: a silent person is never called an isolate.
        reasons = [
            ("unanswered", silent if measure.own_answer else none),
            ("no_group", none if group is None else self.codes[group][people] < 0),
            (everybody or "", none | (everybody is not None)),
            (otherwise, tied & (np.asarray(otherwise) == "no_group") if measure.needs_ties else ~none),
            ("unanswered", silent),
            (otherwise, tied),
        ]
        found = np.select([holds for _, holds in reasons], [reason for reason, _ in reasons], "isolate")
        return [str(reason) for reason in found]


def _group(network: Network, group: str) -> pd.Series[str]:
    """The people's groups; all null when the roster of this wave has no such column."""
    if group in network.attributes.columns:
        return network.attributes[group]
    return pd.Series([None] * network.n, index=list(network.actors), dtype="str")


def headings(measures: Sequence[Measure], groups: Sequence[str]) -> list[tuple[str, Measure, str | None]]:
    """Column name, measure and group of every column: a measure by group becomes one column for each group."""
    short = {"ego_ei": "ei", "same_group": "same"}
    columns: list[tuple[str, Measure, str | None]] = []
    for entry in measures:
        if entry.by_group:
            columns += [(f"{short.get(entry.name, entry.name)}_{group}", entry, group) for group in groups]
        else:
            columns.append((entry.name, entry, None))
    return columns


def actor_table(
    network: Network, groups: Sequence[str] = (), estimated: Estimates | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Every actor measure but the brokerage roles.

    Args:
        network: one relation in one wave.
        groups: columns of `network.attributes`.
        estimated: estimates to take instead of exact numbers; what then takes too long is undefined (`too_large`).
            None: everything is computed.

    Returns:
        Values, indexed by actor_id, one column per measure (`ei_<group>` for each group); and one row (actor_id,
        measure, reason) for each value that is undefined.

    >>> values, reasons = actor_table(Network.from_ties(["a", "b", "c"], [("a", "b")], answered=["a", "b"]))
    >>> values["outdegree"].tolist(), reasons.set_index(["actor_id", "measure"]).loc[("c", "outdegree"), "reason"]
    ([1.0, 0.0, nan], 'unanswered')
    """
    facts = _Facts.of(network, groups)
    columns: dict[str, Floats] = {}
    people, actors = np.arange(network.n), np.array(network.actors, dtype=object)
    why: dict[str, list[str]] = {"actor_id": [], "measure": [], "reason": []}
    for name, entry, group in headings(ACTOR, groups):
        if _left_out(entry, estimated):
            columns[name] = np.full(network.n, np.nan)
        else:
            values = _computed(entry, network, group, estimated)
            columns[name] = np.asarray(values.to_numpy(), dtype=float)
        undefined = people[np.isnan(columns[name])]
        otherwise: str | npt.NDArray[np.str_] = "too_large" if _left_out(entry, estimated) else entry.otherwise
        if entry.why is not None and len(undefined):
            otherwise = np.asarray(entry.why(network), dtype=str)[undefined]
        why["actor_id"] += actors[undefined].tolist()
        why["measure"] += [name] * len(undefined)
        why["reason"] += facts.of_actors(entry, group, undefined, otherwise)
    return pd.DataFrame(columns, index=network.index), pd.DataFrame(why, dtype="str")


def tie_table(
    network: Network,
    groups: Sequence[str] = (),
    same_wave: Sequence[Network] = (),
    estimated: Estimates | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Every tie measure, for the present ties.

    Args:
        network: one relation in one wave.
        groups: columns of `network.attributes`.
        same_wave: the networks of the other relations of the wave, on the same actors; `network` may be among them.
        estimated: as for `actor_table`.

    Returns:
        Values, indexed by (ego_id, alter_id), one column per measure (`same_<group>` for each group); and one row
        (ego_id, alter_id, measure, reason) for each value that is undefined.

    >>> values, _ = tie_table(Network.from_ties(["a", "b"], [("a", "b"), ("b", "a")]))
    >>> values.loc[("a", "b"), ["reciprocated", "shared_relations"]].to_dict()
    {'reciprocated': 1.0, 'shared_relations': 1.0}
    """
    index = reciprocated(network).index
    egos, alters = (index.get_level_values(level).to_numpy() for level in ("ego_id", "alter_id"))
    columns: dict[str, Floats] = {}
    why: dict[str, list[str]] = {"ego_id": [], "alter_id": [], "measure": [], "reason": []}
    for name, entry, group in headings(TIE, groups):
        if _left_out(entry, estimated):
            columns[name] = np.full(len(index), np.nan)
        elif entry.compute is shared_relations:
            others = [other for other in same_wave if other.relation != network.relation]
            columns[name] = np.asarray(shared_relations([network, *others]).reindex(index).to_numpy(), dtype=float)
        else:
            columns[name] = np.asarray(_computed(entry, network, group, estimated).to_numpy(), dtype=float)
        undefined = np.isnan(columns[name])
        reason = "too_large" if _left_out(entry, estimated) else entry.otherwise
        why["ego_id"] += egos[undefined].tolist()
        why["alter_id"] += alters[undefined].tolist()
        why["measure"] += [name] * int(undefined.sum())
        why["reason"] += [reason] * int(undefined.sum())
    return pd.DataFrame(columns, index=index), pd.DataFrame(why, dtype="str")


@lru_cache(maxsize=16)
def _brokerage(network: Network, group: str) -> Brokerage:
    """Brokerage by one group, worked out once for the tables of people and of the whole network."""
    return brokerage(network, _group(network, group))


def network_table(network: Network, groups: Sequence[str] = (), estimated: Estimates | None = None) -> pd.DataFrame:
    """Every network measure, and the brokerage totals by group.

    Args:
        network: one relation in one wave.
        groups: columns of `network.attributes`.
        estimated: as for `actor_table`.

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
        reason = facts.of_network(entry, group) if np.isnan(value) else None
        if np.isnan(value) and reason is None:
            reason = "too_large" if _left_out(entry, estimated) else entry.otherwise
            if entry.why is not None:
                reason = entry.why(network) if group is None else entry.why(network, _group(network, group))
        rows.append({"measure": entry.name, "group": group, "value": value, "reason": reason, **(extra or {})})

    for entry in NETWORK:
        for group in groups if entry.by_group else [None]:
            left_out = _left_out(entry, estimated)
            add(entry, group, float("nan") if left_out else _computed(entry, network, group, estimated))
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
