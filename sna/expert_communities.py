"""Among whom nominations of experts count, and whose: the communities of a wave, and the nominees put first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sna.analyses import Expertise
from sna.networks import Network
from sna.study import Study

EVERYONE = "everyone"
TOP = 3


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
    return {first_nominees(declared): first, EVERYONE: everybody}


def first_nominees(declared: Expertise) -> str:
    """What those are called who are counted first: the values of the column, never what all together are called."""
    called = ", ".join(declared.nominees) or EVERYONE
    return f"{declared.column}: {called}" if declared.column and called == EVERYONE else called
