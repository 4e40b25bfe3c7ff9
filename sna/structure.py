"""What a network looks like as a whole, in tables of their own: triads, mixing, overlap, thresholds, divisions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from itertools import combinations
from zlib import crc32

import numpy as np
import pandas as pd

from sna.metrics.census import TRIADS, triad_census
from sna.metrics.communities import Communities, communities
from sna.metrics.core_periphery import Coreness, CorePeriphery, core_periphery, coreness
from sna.metrics.homophily import coleman_homophily, mixing_matrix
from sna.metrics.key_player import Aim, key_players
from sna.metrics.measure import LARGE, Gate
from sna.metrics.multiplex import overlap, thresholds
from sna.metrics.pieces import heard_of
from sna.networks import Network
from sna.study import Study

SETS: tuple[tuple[Aim, int], ...] = tuple(
    (aim, size) for aim in ("fragmentation", "distance_fragmentation", "reach") for size in (1, 2)
)
GATE_OF: Mapping[str, Gate] = {
    "ties": "density",
    "density": "density",
    "reciprocity": "reciprocity",
    "transitivity": "path",
    "indegree_centralization": "path",
}


@dataclass(frozen=True, eq=False)
class Structure:
    """The tables of docs/data-model.md under "Structure". What the response gate withholds is null."""

    triads: pd.DataFrame
    mixing: pd.DataFrame
    homophily: pd.DataFrame
    overlap: pd.DataFrame
    thresholds: pd.DataFrame
    divisions: pd.DataFrame
    memberships: pd.DataFrame
    together: pd.DataFrame
    key_people: pd.DataFrame

    def tables(self) -> dict[str, pd.DataFrame]:
        """Every table by name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


OVERLAP: Gate = "reciprocity"
# Above so many people, pairs are too many to list; and pairs of a group's values above so many of these.
MOST_PEOPLE = 1_000
MOST_VALUES = 300
# Random starts of the search for communities, and in very large networks.
STARTS, STARTS_IF_LARGE = 50, 3
SAME = 1e-9

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "triads": ("triad", "count", "reason"),
    "mixing": ("group", "from_value", "to_value", "ties", "possible", "density"),
    "homophily": ("group", "value", "same", "total", "expected", "homophily"),
    "overlap": ("other_relation", "cells", "common", "either", "jaccard", "correlation"),
    "thresholds": ("present_from", *GATE_OF),
    "divisions": ("division", "fit", "lowest_fit", "different", "reason"),
    "memberships": ("actor_id", "community", "core", "coreness"),
    "together": ("actor_id", "other_id", "share"),
    "key_people": ("aim", "size", "set", "actor_id", "value", "intact", "reason"),
}
Rows = Iterator[tuple[object, ...]]


def compute_structure(
    study: Study, networks: Mapping[tuple[str, str], Network], withheld: Mapping[tuple[str, str], set[str]]
) -> Structure:
    """Every table of every network.

    Args:
        study: the declaration.
        networks: (wave id, relation id) → network.
        withheld: the same keys → the gates at which the response gate withholds measures.
    """
    rows: dict[str, list[tuple[object, ...]]] = {name: [] for name in COLUMNS}
    for (wave, relation), network in networks.items():
        others = [
            other for (w, r), other in networks.items() if w == wave and r != relation and OVERLAP not in withheld[w, r]
        ]
        found = _of_network(study, network, others, withheld[wave, relation])
        for name, part in found.items():
            rows[name] += [(wave, relation, *row) for row in part]
    return Structure(**{name: _table(name, rows[name]) for name in COLUMNS})


def _table(name: str, rows: Sequence[tuple[object, ...]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["wave", "relation", *COLUMNS[name]])


def _of_network(study: Study, network: Network, others: Sequence[Network], withheld: set[str]) -> dict[str, Rows]:
    """The rows of each table."""
    groups = (
        [group for group in study.groups if group in network.attributes.columns] if "mixing" not in withheld else []
    )
    scale = study.relation(network.relation).scale or {}
    found: dict[str, Rows] = {
        "triads": _triads(network, withheld),
        "mixing": _by_group(network, [g for g in groups if g not in unlisted(study, network)], mixing_matrix),
        "homophily": _by_group(network, groups, coleman_homophily),
        "overlap": _overlaps(network, [] if OVERLAP in withheld else others),
        "thresholds": _thresholds(network, list(scale), withheld),
        "key_people": _key_people(network, withheld),
    }
    return {**found, **_divided(study, network, withheld)}


def _triads(network: Network, withheld: set[str]) -> Rows:
    few = network.n < 3
    counts = [float("nan")] * len(TRIADS) if "path" in withheld else triad_census(network).tolist()
    reason = "nonresponse" if "path" in withheld else "too_few_nodes" if few else "nonresponse"
    yield from ((kind, count, reason if np.isnan(count) else None) for kind, count in zip(TRIADS, counts, strict=True))


def _by_group(
    network: Network, groups: Sequence[str], compute: Callable[[Network, pd.Series[str]], pd.DataFrame]
) -> Rows:
    for group in groups:
        for row in compute(network, network.attributes[group]).itertuples(index=False, name=None):
            yield (group, *row)


def _large(study: Study, network: Network) -> bool:
    """Whether what takes too long is left out, or done in part."""
    return network.n > LARGE and not study.exact


def unlisted(study: Study, network: Network) -> list[str]:
    """The groups that have too many values for all their pairs to be listed."""
    groups = [group for group in study.groups if group in network.attributes.columns and _large(study, network)]
    return [group for group in groups if network.attributes[group].nunique() > MOST_VALUES]


def _overlaps(network: Network, others: Sequence[Network]) -> Rows:
    """With every other relation of the wave; each pair of relations stands in two rows."""
    for other in others:
        yield (other.relation, *astuple(overlap(network, other)))


def _thresholds(network: Network, scale: Sequence[float], withheld: set[str]) -> Rows:
    for row in thresholds(network, scale).itertuples(index=False):
        values = (float("nan") if gate in withheld else getattr(row, name) for name, gate in GATE_OF.items())
        yield (row.present_from, *values)


def rng_for(study: Study, network: Network, purpose: str) -> np.random.Generator:
    """The same draws for the same network, whatever else the study holds."""
    return np.random.default_rng([study.seed, crc32(f"{network.wave}/{network.relation}/{purpose}".encode())])


def _divided(study: Study, network: Network, withheld: set[str]) -> dict[str, Rows]:
    """Communities, core and periphery: how well they fit, who is where, who is together."""
    if "path" in withheld:
        kinds = ("communities", "core", "coreness")
        nothing = ((kind, float("nan"), float("nan"), None, "nonresponse") for kind in kinds)
        return {"divisions": nothing, "memberships": iter(()), "together": iter(())}
    large = _large(study, network)
    found = communities(network, rng_for(study, network, "communities"), STARTS_IF_LARGE if large else STARTS)
    core, near = _core(study, network), _coreness(network, large)
    return {
        "divisions": _fits(found, core, near),
        "memberships": _memberships(network, found, core, near),
        "together": _together(found),
    }


def _core(study: Study, network: Network) -> CorePeriphery:
    """The best core; none among more people than can be divided in reasonable time."""
    if network.n > MOST_PEOPLE:
        return CorePeriphery((), float("nan"), "missing", network.n, False, "too_many_sets")
    return core_periphery(network, rng_for(study, network, "core"))


def _coreness(network: Network, large: bool) -> Coreness:
    """Coreness, whose time grows with the square of the people; none where that is too long."""
    if not large or not network.matrix.nnz:
        return coreness(network)
    nothing = pd.Series(np.nan, index=network.index, name="coreness")
    return Coreness(nothing, float("nan"), "too_large")


def _fits(found: Communities, core: CorePeriphery, near: Coreness) -> Rows:
    nan = float("nan")
    yield ("communities", found.modularity, found.lowest, found.distinct or None, found.reason)
    yield ("core", core.correlation, nan, len(core.cores) or None, core.reason)
    yield ("coreness", near.sse, nan, None, near.reason)


def _memberships(network: Network, found: Communities, core: CorePeriphery, near: Coreness) -> Rows:
    """`core` is the share of the equally good divisions in which a person is in the core."""
    values, communities_of = near.values.to_numpy(dtype=float).tolist(), found.partition.tolist()
    shares = [float("nan")] * network.n
    if core.cores:
        inside = [set(people) for people in core.cores]
        divided = heard_of(network).tolist()
        shares = [
            sum(actor in people for people in inside) / len(inside) if known else float("nan")
            for actor, known in zip(network.actors, divided, strict=True)
        ]
    for actor, community, share, value in zip(network.actors, communities_of, shares, values, strict=True):
        yield (actor, None if pd.isna(community) else community, share, value)


def _together(found: Communities) -> Rows:
    if found.reason is None and len(found.runs) <= MOST_PEOPLE:
        shares = found.together()
        names, values = list(shares.index), shares.to_numpy()
        for i, j in combinations(range(len(names)), 2):
            if values[i, j] > 0:
                yield (names[i], names[j], float(values[i, j]))


def _key_people(network: Network, withheld: set[str]) -> Rows:
    """One row per person of each set; sets that do equally well are numbered."""
    nan = float("nan")
    for aim, size in SETS:
        if "fragmentation" in withheld:
            yield (aim, size, None, None, nan, nan, "nonresponse")
            continue
        found = key_players(network, size, aim)
        if found.reason is not None:
            yield (aim, size, None, None, nan, nan, found.reason)
            continue
        if found.value <= found.intact + SAME:
            # Whoever is taken out, nothing changes: the network depends on nobody, and nobody is named.
            yield (aim, size, None, None, found.value, found.intact, "no_variation")
            continue
        for number, people in enumerate(found.sets, 1):
            yield from ((aim, size, number, actor, found.value, found.intact, None) for actor in people)


__all__ = ["Structure", "compute_structure"]
