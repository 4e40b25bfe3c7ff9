"""Who is served by whom, and what facilitators pass on to them and keep away from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sna.analyses import Facilitation
from sna.facilitation.seeds import rng_of
from sna.inference.bridging import bridging_test, buffering_test
from sna.inference.gate import verdict
from sna.inference.permutation import PermutationTest
from sna.metrics.bridging import passed, places
from sna.networks import Network
from sna.networks.contact_log import role_of
from sna.rows import Row
from sna.study import Study

# Thousands of draws for more people take minutes.
MOST_PEOPLE = 1_000


@dataclass(frozen=True)
class Cast:
    """Who is what around one facilitator in one wave.

    Attributes:
        facilitator: one person.
        community: what the roster says; None: not stated, or everybody is served.
        sources: those who send things.
        members: those who are served.
        others: those like them whom the facilitator does not serve.
        strata: person → stratum, where stated; None: all are compared with all.
    """

    facilitator: str
    community: str | None
    sources: tuple[str, ...]
    members: tuple[str, ...]
    others: tuple[str, ...]
    strata: Mapping[str, str] | None


def casts(declared: Facilitation, roster: pd.DataFrame) -> list[Cast]:
    """The facilitators of one wave, in roster order, each with those around them."""
    ids = [str(actor) for actor in roster["actor_id"]]
    roles = {a: role_of(declared, value) for a, value in zip(ids, roster[declared.column].tolist(), strict=True)}
    members = [actor for actor in ids if roles[actor] == "member"]
    sources = tuple(actor for actor in ids if roles[actor] == "source")
    within = None if declared.within is None else _stated(ids, roster[declared.within])
    strata = None if declared.strata is None else _stated(ids, roster[declared.strata])
    found = []
    for one in (actor for actor in ids if roles[actor] == "facilitator"):
        mine = members if within is None else [a for a in members if one in within and within.get(a) == within[one]]
        served = set(mine)
        others = [actor for actor in members if actor not in served]
        if strata is not None:
            alike = {strata[actor] for actor in mine if actor in strata}
            others = [actor for actor in others if strata.get(actor) in alike]
        community = None if within is None else within.get(one)
        found.append(Cast(one, community, sources, tuple(mine), tuple(others), strata))
    return found


def _stated(ids: Iterable[str], column: pd.Series) -> dict[str, str]:
    """Actor id → value, of those of whom it is stated."""
    return {actor: str(value) for actor, value in zip(ids, column.tolist(), strict=True) if not pd.isna(value)}


def tie_row(
    study: Study, declared: Facilitation, wave: str, networks: Mapping[tuple[str, str], Network], cast: Cast
) -> Row:
    """One row of the table `facilitators`."""
    found: Row = {"wave": wave, "community": cast.community, "facilitator_id": cast.facilitator}
    found |= {"members": len(cast.members), "comparison": len(cast.others), "sources": len(cast.sources)}
    found |= _bridging(study, declared, networks.get((wave, declared.resources or "")), cast)
    return found | _buffering(study, declared, networks.get((wave, declared.demands or "")), cast)


def _may_be_told(study: Study, network: Network | None, cast: Cast) -> tuple[str | None, str | None]:
    """What the response gate says, and why nothing can be said of a facilitator; None where it can."""
    if network is None:
        return None, "not_asked"
    said = _supported(network, cast)
    if study.response_gate and said == "withheld":
        return said, "nonresponse"
    return said, "too_large" if _too_many(study, cast) else None


def _bridging(study: Study, declared: Facilitation, network: Network | None, cast: Cast) -> Row:
    """What a facilitator passes on: the columns from `sources_reached` to `bridging_reason`."""
    said, why = _may_be_told(study, network, cast)
    if network is None or why is not None:
        return {"bridging_verdict": said, "bridging_reason": why}
    rng = rng_of(study, "bridging", network.wave, cast.facilitator)
    tests = bridging_test(
        network, cast.sources, cast.facilitator, cast.members, cast.others, cast.strata, rng, declared.draws
    )
    return {
        "sources_reached": _reaching(network, cast),
        **_beside("bridging", tests["bridging"]),
        "bridging_shared": tests["shared"].observed,
        "p_shared": tests["shared"].p,
        "bridging_verdict": said,
        "bridging_reason": _why(tests["bridging"]),
    }


def _buffering(study: Study, declared: Facilitation, network: Network | None, cast: Cast) -> Row:
    """What a facilitator keeps away: the columns from `sources_demanding` to `buffering_reason`."""
    said, why = _may_be_told(study, network, cast)
    if network is None or why is not None:
        return {"buffering_verdict": said, "buffering_reason": why}
    rng = rng_of(study, "buffering", network.wave, cast.facilitator)
    tests = buffering_test(
        network, cast.sources, cast.facilitator, cast.members, cast.others, cast.strata, rng, declared.draws
    )
    return {
        "sources_demanding": _reaching(network, cast),
        "buffering": tests["raw"].observed,
        **_beside("adjusted", tests["adjusted"]),
        "buffering_verdict": said,
        "buffering_reason": _why(tests["adjusted"]),
    }


def _too_many(study: Study, cast: Cast) -> bool:
    """Whether shuffling these people thousands of times takes minutes and gigabytes."""
    return len(cast.members) + len(cast.others) > MOST_PEOPLE and not study.exact


def _why(test: PermutationTest) -> str | None:
    """The reason where there is no value; a value without a test has none."""
    return test.reason if np.isnan(test.observed) else None


def _beside(name: str, test: PermutationTest) -> Row:
    chance = test.chance
    return {
        name: test.observed,
        f"{name}_chance": np.nan if chance is None else chance.mean,
        f"{name}_05": np.nan if chance is None else chance.quantile(0.05),
        f"{name}_95": np.nan if chance is None else chance.quantile(0.95),
        f"p_{name}": test.p,
    }


def _reaching(network: Network, cast: Cast) -> int:
    """How many sources are known to reach the facilitator."""
    cells = passed(network, places(network, cast.sources), [network.position(cast.facilitator)])
    return int((cells == 1).sum())


def _supported(network: Network, cast: Cast) -> str:
    """What the response gate says, of the people whose answers are needed: those at the answering end of these ties."""
    answering = cast.sources if network.flow == "along" else (*cast.members, *cast.others)
    needed = [network.position(actor) for actor in (cast.facilitator, *answering)]
    silent = not network.answered[network.position(cast.facilitator)]
    return verdict("mixing", float(network.answered[needed].mean()), silent)
