"""What one audience may see of engagement, before it is put into parts."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from sna.engagement import CORE, EVERYONE, Held, engagement_tables
from sna.engagement.ground import Community, Ground, ground_of
from sna.findings import engagement as said
from sna.networks.network import Bools
from sna.results import Results
from sna.tables.people import fold_name, mentions

# So many lines fit a chart, and so many columns a table.
MOST_LINES = 6
MOST_LISTED = 15
Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class View:
    """One audience's view: everything is computed as if people it may not see were on no list.

    Attributes:
        ground: people, events and communities without those who are hidden.
        tables: the tables about engagement, of these people.
        numbers: names and numbers are told.
        least: of fewer people nothing is told; 0 where everything is.
        names: actor id → name, of everybody who may be named.
        unseen: communities in which somebody is hidden: what is known of all and of single meetings elsewhere would
            give away how that person attended, so nothing is told of single meetings or people there.
    """

    ground: Ground
    tables: Mapping[str, pd.DataFrame]
    numbers: bool
    least: int
    names: Mapping[str, str]
    unseen: frozenset[str | None]

    @property
    def communities(self) -> tuple[Community, ...]:
        """The communities, or everybody where there are none."""
        return self.ground.communities[1:] or self.ground.communities

    @property
    def shown(self) -> tuple[Community, ...]:
        """Those of whom there are enough people."""
        return tuple(one for one in self.communities if self.people_of(one).sum() >= max(self.least, 1))

    @property
    def few(self) -> tuple[str, ...]:
        """The names of those of whom there are too few, in a sentence; nothing where there are none."""
        small = [one for one in self.communities if 0 < self.people_of(one).sum() < self.least]
        return (f"{', '.join(map(self.label, small))}: too few people to show.",) if small else ()

    @property
    def part(self) -> str:
        """Whose leading is looked at: that of the core group, where study.toml names one."""
        return CORE if CORE in self.ground.parts else EVERYONE

    def people_of(self, community: Community, part: str = EVERYONE) -> Bools:
        """Who of a community could have come to a recorded event: n booleans."""
        there = self.ground.presence.eligible[:, community.events].any(axis=1)
        return np.asarray(there & community.people & self.ground.parts[part], dtype=bool)

    @staticmethod
    def label(community: Community) -> str:
        """What a community is called."""
        return community.name or said.WHO

    def rows(self, table: str, community: Community, **where: object) -> Rows:
        """The rows of one table about one community, and of these values."""
        found = self.tables[table]
        kept = found["community"].isna() if community.name is None else found["community"] == community.name
        for column, value in where.items():
            kept = kept & (found[column] == value)
        return [{str(key): value for key, value in row.items()} for row in found[kept].to_dict("records")]

    def each(self, table: str, **where: object) -> Iterator[tuple[Community, dict[str, Any]]]:
        """(community, its only row) of those that may be shown."""
        for community in self.shown:
            for row in self.rows(table, community, **where):
                yield community, row

    def whole(self, community: Community) -> bool:
        """Nobody of a community is hidden."""
        return community.name not in self.unseen


def view_of(results: Results, audience: str, hidden: Collection[tuple[str, str]]) -> View:
    """What an audience may see.

    Args:
        results: everything computed.
        audience: `researcher` or `manager`.
        hidden: (wave id, actor id) of people who may not be seen in any way.
    """
    study, researcher = results.study, audience == "researcher"
    held, gone = Held.of(results.tables), {actor for _, actor in hidden}
    everybody = ground_of(study, held)
    there = np.array([actor in gone for actor in everybody.presence.actors], dtype=bool)
    there &= everybody.presence.invited.any(axis=1)
    unseen = {
        community.name
        for community in everybody.communities
        if (there & community.people & everybody.presence.invited[:, community.events].any(axis=1)).any()
    }
    seen = held.without(gone) if there.any() else held
    actors = results.tables.actors
    states = actors.groupby("actor_id")["consent"].agg(set)
    names = dict(zip(actors["actor_id"], actors["name"], strict=True))
    agreed = [researcher or states[actor] == {"full"} for actor in actors["actor_id"]]
    silent = {fold_name(name) for name, told in zip(actors["name"], agreed, strict=True) if not told}
    spoken = _without_names(seen, silent)
    changed = bool(there.any()) or spoken is not seen
    return View(
        ground=ground_of(study, spoken) if changed else everybody,
        tables=engagement_tables(study, spoken) if changed else results.analyses,
        numbers=researcher,
        least=0 if researcher else study.suppress_below,
        names={actor: name for actor, name in names.items() if researcher or states[actor] == {"full"}},
        unseen=frozenset(unseen),
    )


def _without_names(held: Held, names: Collection[str]) -> Held:
    """The log without words for what was done that name one of these people (folded names); the time stays."""
    log = held.activities
    named = log[["activity", "practice"]].map(lambda text: isinstance(text, str) and mentions(text, names))
    if not named.to_numpy().any():
        return held
    activity, practice = (log[name].mask(named[name], None) for name in ("activity", "practice"))
    return replace(held, activities=log.assign(activity=activity, practice=practice))


__all__ = ["MOST_LINES", "MOST_LISTED", "Rows", "View", "view_of"]
