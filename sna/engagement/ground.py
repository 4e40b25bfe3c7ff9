"""What engagement is computed from: people, events, who came, and the communities in which it is looked at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from zlib import crc32

import numpy as np
import pandas as pd

from sna.networks.network import Bools
from sna.networks.presence import Presence, presence
from sna.study import Study
from sna.tables import Tables

EVERYONE, CORE, BROADER = "everyone", "core", "broader team"
BETWEEN = ";"


@dataclass(frozen=True, eq=False)
class Held:
    """The tables of docs/data-model.md that say who came to what and what was done there."""

    actors: pd.DataFrame
    events: pd.DataFrame
    attendance: pd.DataFrame
    activities: pd.DataFrame
    homework: pd.DataFrame

    @classmethod
    def of(cls, tables: Tables) -> Held:
        """Those of a study."""
        return cls(tables.actors, tables.events, tables.attendance, tables.activities, tables.homework)

    def without(self, people: Collection[str]) -> Held:
        """The same as if these people were on no list; what they led stays, as led by nobody that is known."""
        gone = list(people)

        def kept(table: pd.DataFrame) -> pd.DataFrame:
            return table[~table["actor_id"].isin(gone)]

        led = [_without(text, set(gone)) for text in self.activities["led_by"]]
        activities = self.activities.assign(led_by=pd.Series(led, index=self.activities.index, dtype=object))
        return replace(
            self,
            actors=kept(self.actors),
            attendance=kept(self.attendance),
            homework=kept(self.homework),
            activities=activities,
        )


def leaders(led_by: object) -> list[str]:
    """Who led a stretch of time: ids, and names as typed of people outside the roster.

    >>> leaders("P1;P2"), leaders(None)
    (['P1', 'P2'], [])
    """
    return led_by.split(BETWEEN) if isinstance(led_by, str) else []


def _without(led_by: object, people: set[str]) -> str | None:
    return BETWEEN.join(one for one in leaders(led_by) if one not in people) or None


@dataclass(frozen=True, eq=False)
class Community:
    """People whose attendance is looked at together, and the events that are theirs.

    Attributes:
        name: None: everybody.
        people: n booleans.
        events: m booleans.
    """

    name: str | None
    people: Bools
    events: Bools


@dataclass(frozen=True, eq=False)
class Ground:
    """Everything the tables about engagement are made from.

    Attributes:
        study: the declaration.
        held: the tables.
        presence: people × events.
        stated: what the roster says of each person, indexed by actor_id, in the order of `presence`.
        communities: everybody first, then each community.
        parts: `everyone`, and where study.toml names a core group `core` and `broader team` → n booleans.
    """

    study: Study
    held: Held
    presence: Presence
    stated: pd.DataFrame
    communities: tuple[Community, ...]
    parts: Mapping[str, Bools]

    @property
    def draws(self) -> int:
        """How often chance is drawn from."""
        return self.study.engagement.draws if self.study.engagement is not None else 1

    @property
    def last_day(self) -> dt.date | None:
        """The last day of which anything is known: of a recorded event, or one of which something was coded."""
        events = self.held.events
        known = events["recorded"].astype(bool) | events["event_id"].isin(self.held.activities["event_id"])
        return max(events.loc[known, "date"].tolist(), default=None)

    def rng(self, *keys: object) -> np.random.Generator:
        """Chance that depends on the study's seed and on what it is for, and on nothing else."""
        return np.random.default_rng([self.study.seed, *(crc32(str(key).encode()) for key in keys)])

    def cells(self) -> Iterator[tuple[str | None, str, Presence]]:
        """(community, part, its people × its events), where somebody could come to something."""
        for community in self.communities:
            for part, people in self.parts.items():
                found = self.presence.among(community.people & people, community.events)
                if found.invited.any():
                    yield community.name, part, found


def ground_of(study: Study, held: Held) -> Ground:
    """Put together what the tables about engagement are made from."""
    stated = _stated(study, held.actors)
    found = presence(held.events, held.attendance, stated.index.tolist())
    everybody = Community(None, np.ones(len(stated), dtype=bool), np.ones(len(found.events), dtype=bool))
    communities = (everybody, *_communities(study, stated, everybody))
    return Ground(study, held, found, stated, communities, _parts(study, stated))


def _stated(study: Study, actors: pd.DataFrame) -> pd.DataFrame:
    """Each person once: as the wave says whose members could come, where all attendance is of one; else the latest."""
    order = pd.Index(actors["actor_id"]).unique()
    waves = {source.wave for source in study.attendance}
    wave = next(iter(waves)) if len(waves) == 1 else None
    latest = actors.drop_duplicates("actor_id", keep="last").set_index("actor_id")
    mine = actors[actors["wave"] == wave].set_index("actor_id")
    return pd.concat([mine, latest[~latest.index.isin(mine.index)]]).reindex(order)


def _communities(study: Study, stated: pd.DataFrame, everybody: Community) -> Iterator[Community]:
    """By the column that study.toml names; none without one."""
    column = study.engagement.within if study.engagement is not None else None
    if column is None or column not in stated.columns:
        return
    values = stated[column]
    for value in values.dropna().unique().tolist():
        yield Community(str(value), (values == value).to_numpy(dtype=bool), everybody.events)


def _parts(study: Study, stated: pd.DataFrame) -> dict[str, Bools]:
    parts = {EVERYONE: np.ones(len(stated), dtype=bool)}
    declared = study.engagement
    if declared is not None and declared.column is not None and declared.column in stated.columns:
        told = stated[declared.column]
        core = told.isin(declared.core).to_numpy(dtype=bool)
        # Of whom nothing is stated nobody can say in which of the two they are.
        parts |= {CORE: core, BROADER: ~core & told.notna().to_numpy(dtype=bool)}
    return parts


__all__ = ["BROADER", "CORE", "EVERYONE", "Community", "Ground", "Held", "ground_of", "leaders"]
