"""People of a study with whom a conversation may be worth while: for support, never as a score.

Four plain signs, each of which may have a good reason that no table knows: named by nobody of another school, nobody to
turn to for some kind of support, no one-to-one contact for weeks, and fading attendance.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from sna.metrics.frames import group_codes
from sna.networks import Network
from sna.networks.network import Bools
from sna.rows import Columns, Frames, Row, frames, no_rows
from sna.study import Study

COLUMNS: Columns = {"conversations": ("wave", "actor_id", "sign", "about")}
# So many people of other schools must have answered before "nobody names them" says anything.
FEWEST = 5
NOT_NAMED = "not named outside the school"
NO_SUPPORT = "nobody for a kind of support"
NO_CONTACT = "no one-to-one contact"
FADING = "fading attendance"
SIGNS = (NOT_NAMED, NO_SUPPORT, NO_CONTACT, FADING)


def compute_conversations(
    study: Study, networks: Mapping[tuple[str, str], Network], analyses: Mapping[str, pd.DataFrame]
) -> Frames:
    """Who shows which sign in the last wave.

    Args:
        study: the declaration.
        networks: (wave id, relation id) → network.
        analyses: the tables of the other sections; a sign whose table is not there is not looked for.

    Returns:
        One row per person, sign and what it is about, in roster order; none without `[conversations]`.
    """
    declared = study.conversations
    if declared is None:
        return {}
    rows = no_rows(COLUMNS)
    waves = [wave.id for wave in study.waves if any(key[0] == wave.id for key in networks)]
    if waves:
        last = waves[-1]
        asked = [network for (wave, relation), network in networks.items() if wave == last and _plain(study, relation)]
        found: list[Row] = []
        if declared.school is not None:
            found += [{"actor_id": actor, "sign": NOT_NAMED} for actor in not_named_outside(asked, declared.school)]
        found += [*_without_support(analyses, last), *_without_contact(analyses), *_fading(analyses)]
        everybody = next(network for (wave, _), network in networks.items() if wave == last).actors
        place = {actor: at for at, actor in enumerate(everybody)}
        # Somebody who has left since is nobody's next conversation.
        there = [row for row in found if row["actor_id"] in place]
        order = {sign: at for at, sign in enumerate(SIGNS)}
        there.sort(key=lambda row: (place[str(row["actor_id"])], order[str(row["sign"])]))
        rows["conversations"] = [{"wave": last, **row} for row in there]
    return frames(COLUMNS, rows)


def _plain(study: Study, relation: str) -> bool:
    """Whether a relation is about whom people go to: no topic of expertise, no demand."""
    demands = study.facilitation.demands if study.facilitation else None
    support = study.support.relations if study.support else ()
    return relation != demands and (relation in support or not study.relation(relation).topic)


def not_named_outside(networks: list[Network], school: str) -> list[str]:
    """People whom nobody of another school names in any of these relations.

    Somebody is listed only if in each relation five people or more of other schools could be read about them, and none
    of them named them; where fewer answered, or a school is not stated, nobody can say.

    >>> schools = pd.DataFrame({"school": list("xxyyyyyy")}, index=list("abcdefgh"))
    >>> not_named_outside([Network.from_ties(list("abcdefgh"), [("c", "a")], attributes=schools)], "school")
    ['b']
    """
    apart: list[Bools] = []
    for network in networks:
        if school not in network.attributes.columns:
            return []
        codes = group_codes(network, network.attributes[school])
        outside = (codes[:, None] != codes[None, :]) & (codes[:, None] >= 0) & (codes[None, :] >= 0)
        heard = (network.observed & outside).sum(axis=0)
        named = ((network.dense > 0) & outside).sum(axis=0)
        apart.append(np.asarray((heard >= FEWEST) & (named == 0), dtype=bool))
    if not apart:
        return []
    alone = np.logical_and.reduce(apart)
    return [actor for actor, listed in zip(networks[0].actors, alone.tolist(), strict=True) if listed]


def _without_support(analyses: Mapping[str, pd.DataFrame], wave: str) -> list[Row]:
    """Whoever answered and has nobody to turn to for a kind of support."""
    table = analyses.get("support_received")
    if table is None:
        return []
    lacking = table[(table["wave"] == wave) & (table["status"] == "lacks")]
    pairs = zip(lacking["actor_id"], lacking["relation"], strict=True)
    return [{"actor_id": actor, "sign": NO_SUPPORT, "about": relation} for actor, relation in pairs]


def _without_contact(analyses: Mapping[str, pd.DataFrame]) -> list[Row]:
    """Whoever has had no one-to-one contact for as many weeks as study.toml says."""
    table = analyses.get("contact_people")
    if table is None:
        return []
    listed = table[table["no_contact"].eq(True)]
    return [{"actor_id": actor, "sign": NO_CONTACT} for actor in dict.fromkeys(listed["actor_id"])]


def _fading(analyses: Mapping[str, pd.DataFrame]) -> list[Row]:
    """Whose share of the time on offer falls over the year by more than chance."""
    table = analyses.get("attendance_trends")
    if table is None:
        return []
    listed = table[table["fading"].eq(True)]
    return [{"actor_id": actor, "sign": FADING} for actor in dict.fromkeys(listed["actor_id"])]


__all__ = ["COLUMNS", "FADING", "NOT_NAMED", "NO_CONTACT", "NO_SUPPORT", "compute_conversations", "not_named_outside"]
