"""Is it the people a facilitator serves? Bridging and buffering when others like the members had been the members."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import combinations, product
from math import comb, isnan, prod

import numpy as np
import pandas as pd

from sna.inference.chance import DRAWS, MOST_LISTED, Chance
from sna.inference.permutation import PermutationTest
from sna.metrics.bridging import apart, bridged_pairs, demands_on, places
from sna.metrics.frames import Codes, ratio
from sna.networks.network import Bools, Floats, Network

NULL = "the same ties, members shuffled with people of the same stratum whom the facilitator does not serve"
BUFFERING = ("raw", "adjusted")
BRIDGING = ("bridging", "shared")
AT_ONCE = 500
# Memberships (ways × people) → one value for each way.
Statistic = Callable[[Floats], Floats]


def bridging_test(
    resources: Network,
    sources: Collection[str],
    facilitator: str,
    members: Collection[str],
    comparison: Collection[str],
    strata: Mapping[str, str] | None,
    rng: np.random.Generator,
    draws: int = DRAWS,
) -> dict[str, PermutationTest]:
    """Whether a facilitator bridges to members more, or less, than to others like them.

    Formula:
        `metrics.bridging.bridging` and `bridging_shared`, beside their values when within each stratum other people, as
        many, are the members.
    Direction and strength:
        As `metrics.bridging.bridging`.

    Args:
        resources: one relation in one wave.
        sources: those from whom resources come.
        facilitator: one person.
        members: the people the facilitator serves.
        comparison: people whom the facilitator does not serve.
        strata: person → stratum; people change places with those of their own only, those without one with nobody.
            None: with everybody.
        rng: shuffles.
        draws: how many times, unless there are no more than 20,000 ways, which are then all gone through.

    Returns:
        `bridging` and `shared` → PermutationTest; ways in which the value is undefined are left out.

    Undefined when:
        no source is known to reach the facilitator (no_ties), there are no members (too_few_nodes), or nothing is
        known (nonresponse). The value stands without a test when nobody can be compared with (not_identifiable).
    Small n:
        three members and three others can change places in 20 ways: no p below .05 on one side, .1 on both.
    Reference:
        A proposal of this project, on the idea of Honig & Rainey (2014), Teachers College Record 116(4).

    Raises:
        KeyError: somebody is not on the roster. ValueError: somebody is named in two parts.

    >>> ties = [("e", "f"), ("f", "m1"), ("f", "m2")]
    >>> resources = Network.from_ties(["e", "f", "m1", "m2", "c1", "c2"], ties, flow="along")
    >>> found = bridging_test(resources, ["e"], "f", ["m1", "m2"], ["c1", "c2"], None, np.random.default_rng(1))
    >>> found["bridging"].observed, round(found["bridging"].p_high, 6)
    (1.0, 0.166667)
    """
    apart(facilitator, sources=sources, members=members, comparison=comparison)
    people = [*members, *comparison]
    pairs = bridged_pairs(resources, sources, facilitator, people)
    statistics = {name: _share_of(found) for name, found in zip(BRIDGING, pairs, strict=True)}
    why = "too_few_nodes" if not members else "no_ties" if not len(pairs[0]) else "nonresponse"
    return _beside(resources, people, set(members), strata, statistics, why, rng, draws)


def buffering_test(
    demands: Network,
    sources: Collection[str],
    facilitator: str,
    members: Collection[str],
    comparison: Collection[str],
    strata: Mapping[str, str] | None,
    rng: np.random.Generator,
    draws: int = DRAWS,
) -> dict[str, PermutationTest]:
    """Whether members are exposed to fewer demands, or more, than others like them.

    Formula:
        `metrics.bridging.raw_buffering` and `adjusted_buffering`, beside their values when within each stratum other
        people, as many, are the members: their exposure then counts with what comes through the facilitator, that of
        the others without.
    Direction and strength:
        As `metrics.bridging.exposure`.

    Args:
        demands: one relation in one wave.
        sources: those from whom demands come.
        facilitator: one person.
        members: the people the facilitator serves.
        comparison: people whom the facilitator does not serve.
        strata: as for `bridging_test`.
        rng: shuffles.
        draws: as for `bridging_test`.

    Returns:
        `raw` and `adjusted` → PermutationTest; ways in which the value is undefined are left out.

    Undefined when:
        there is nobody to compare with, or nothing is known of demands on them (not_identifiable); no source is known
        to demand anything of the facilitator (no_ties), there are no members (too_few_nodes), or nothing is known of
        them (nonresponse).
    Small n:
        as for `bridging_test`.
    Reference:
        A proposal of this project, on the idea of Honig & Rainey (2014), Teachers College Record 116(4).

    Raises:
        KeyError: somebody is not on the roster. ValueError: somebody is named in two parts.

    >>> ties = [("e", "f"), ("e", "c1"), ("e", "c2")]
    >>> demands = Network.from_ties(["e", "f", "m1", "m2", "c1", "c2"], ties, flow="along")
    >>> found = buffering_test(demands, ["e"], "f", ["m1", "m2"], ["c1", "c2"], None, np.random.default_rng(1))
    >>> found["adjusted"].observed, round(found["adjusted"].p_high, 6)
    (1.0, 0.166667)
    """
    apart(facilitator, sources=sources, members=members, comparison=comparison)
    people = [*members, *comparison]
    exposed, direct = demands_on(demands, sources, facilitator, people)
    mine = _in_order(demands, people, set(members))
    statistics = {"raw": _share_of(1 - exposed), "adjusted": _less_exposed(exposed, direct)}
    if not members:
        why = "too_few_nodes"
    elif not len(exposed):
        why = "no_ties"
    elif not (~np.isnan(direct[:, ~mine])).any():
        # Without them an absent tie is no evidence of anything: the raw share is not given either.
        why, statistics = "not_identifiable", dict.fromkeys(BUFFERING, _nothing)
    else:
        why = "nonresponse"
    return _beside(demands, people, set(members), strata, statistics, why, rng, draws)


def _nothing(belongs: Floats) -> Floats:
    return np.full(len(belongs), np.nan)


def _share_of(cells: Floats) -> Statistic:
    """The mean over sources and members of the cells (sources × people) that are known."""
    known = (~np.isnan(cells)).sum(axis=0).astype(float)
    held = np.nansum(cells, axis=0)
    return lambda belongs: ratio(belongs @ held, belongs @ known)


def _less_exposed(exposed: Floats, direct: Floats) -> Statistic:
    """The mean over sources of what the others have less what members have; sources with either unknown left out."""

    def statistic(belongs: Floats) -> Floats:
        others = 1 - belongs
        less = ratio(others @ np.nan_to_num(direct).T, others @ (~np.isnan(direct)).T.astype(float))
        less = less - ratio(belongs @ np.nan_to_num(exposed).T, belongs @ (~np.isnan(exposed)).T.astype(float))
        return ratio(np.nansum(less, axis=1), (~np.isnan(less)).sum(axis=1))

    return statistic


def _in_order(network: Network, people: Collection[str], members: Collection[str]) -> Bools:
    """Of these people in roster order, who is a member."""
    order = [network.actors[place] for place in places(network, people)]
    return np.array([person in members for person in order], dtype=bool)


def _beside(
    network: Network,
    people: Collection[str],
    members: Collection[str],
    strata: Mapping[str, str] | None,
    statistics: Mapping[str, Statistic],
    why: str,
    rng: np.random.Generator,
    draws: int,
) -> dict[str, PermutationTest]:
    """Each statistic beside its values when members and others change places; `why`: the reason where it has none."""
    if draws < 1:
        raise ValueError(f"there must be one draw at least, not {draws}")
    mine = _in_order(network, people, members)
    observed = {name: float(statistic(mine[None].astype(float))[0]) for name, statistic in statistics.items()}
    found = {name: PermutationTest(value, None, NULL, why) for name, value in observed.items() if isnan(value)}
    open_to_test = [name for name in statistics if name not in found]
    codes = _codes(network, people, strata)
    ways = arrangements(mine, codes)
    if ways == 1:
        alone = {name: PermutationTest(observed[name], None, NULL, "not_identifiable") for name in open_to_test}
        return {**found, **alone}
    if open_to_test:
        exact = ways <= MOST_LISTED
        batches = list(_listed(mine, codes) if exact else _drawn(mine, codes, rng, draws))
        for name in open_to_test:
            values = np.concatenate([statistics[name](belongs) for belongs in batches])
            values = values[~np.isnan(values)]
            chance = Chance(values, np.full(len(values), 1 / max(len(values), 1)), exact) if len(values) else None
            found[name] = PermutationTest(observed[name], chance, NULL, None if len(values) else "not_identifiable")
    return found


def _codes(network: Network, people: Collection[str], strata: Mapping[str, str] | None) -> Codes:
    """Each person's stratum as a number from 0, in roster order; −1 without one."""
    order = [network.actors[place] for place in places(network, people)]
    if strata is None:
        return np.zeros(len(order), dtype=np.int64)
    stated = pd.Series([strata.get(person) for person in order], dtype=object)
    return np.asarray(pd.factorize(stated)[0], dtype=np.int64)


def arrangements(member: Bools, codes: Codes) -> int:
    """In how many ways as many people of each stratum could be members; those without a stratum (−1) stay.

    >>> arrangements(np.array([True, False, False, True]), np.array([0, 0, 0, 1]))
    3
    """
    return prod(
        comb(int((codes == code).sum()), int(member[codes == code].sum())) for code in set(codes.tolist()) - {-1}
    )


def _strata(member: Bools, codes: Codes) -> list[tuple[Codes, int]]:
    """Places of the people of each stratum in which somebody can change places, and how many of them are members."""
    found = [(np.flatnonzero(codes == code), int(member[codes == code].sum())) for code in sorted(set(codes.tolist()))]
    return [(at, many) for at, many in found if codes[at[0]] >= 0 and 0 < many < len(at)]


def _listed(member: Bools, codes: Codes) -> Iterator[Floats]:
    """Every way, in batches of (ways, people)."""
    strata = _strata(member, codes)
    moving = np.concatenate([at for at, _ in strata])
    batch: list[Floats] = []
    for chosen in product(*(combinations(at.tolist(), many) for at, many in strata)):
        belongs = member.astype(float)
        belongs[moving] = 0
        belongs[[place for places_ in chosen for place in places_]] = 1
        batch.append(belongs)
        if len(batch) == AT_ONCE:
            yield np.array(batch)
            batch = []
    if batch:
        yield np.array(batch)


def _drawn(member: Bools, codes: Codes, rng: np.random.Generator, draws: int) -> Iterator[Floats]:
    """Draws of ways, in batches of (ways, people)."""
    strata = _strata(member, codes)
    for start in range(0, draws, AT_ONCE):
        many = min(AT_ONCE, draws - start)
        belongs = np.tile(member.astype(float), (many, 1))
        for at, count in strata:
            belongs[:, at] = 0
            chosen = np.argpartition(rng.random((many, len(at))), count - 1, axis=1)[:, :count]
            belongs[np.arange(many)[:, None], at[chosen]] = 1
        yield belongs


__all__ = ["arrangements", "bridging_test", "buffering_test"]
