"""Who may sit with whom, who is sought on a topic and who seeks, and who met before or is kept apart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from sna.analyses import Grouping
from sna.grouping.room import Ints, Room, Standing, group_sizes
from sna.inference.gate import Verdict, coverage, sought_silent, verdict
from sna.networks import Network
from sna.networks.network import Bools
from sna.study import Study
from sna.tables import Tables

Networks = Mapping[tuple[str, str], Network]
# To seat more people of one community takes too long; of them it is not looked up who met.
MOST_PEOPLE = 500


@dataclass(frozen=True, eq=False)
class Topic:
    """What is known of some people on one topic.

    Attributes:
        relation: its id.
        wave: the latest one in which anybody answered; None where nobody was ever asked.
        standing: by how many of those who may meet each is named, and who is known to seek.
        names: n whole numbers; how many others each named.
        heard: n booleans; who answered. Of the others it is not known whether they seek.
        verdict: whether the response supports saying who is sought. Withheld: nobody is said to be.
        answered: how many of those who may meet answered, and how many there are.
    """

    relation: str
    wave: str | None
    standing: Standing
    names: Ints
    heard: Bools
    verdict: Verdict
    answered: tuple[int, int]


@dataclass(frozen=True, eq=False)
class Community:
    """People who may sit together.

    Attributes:
        name: their value in the roster column `within`; None where there is no such column.
        people: actor ids in roster order.
        schools: what each has in the roster column `across`; None where that is not stated, or there is none.
        topics: relation id → what is known.
        met: n × n; in how many past groups two were together. Without rows for more than `MOST_PEOPLE`.
        last: n × n; the date of the last of them, as a number of days; 0 where there is none.
        apart: n × n booleans; who is kept apart.
    """

    name: str | None
    people: tuple[str, ...]
    schools: tuple[str | None, ...]
    topics: Mapping[str, Topic]
    met: Ints
    last: Ints
    apart: Bools

    @cached_property
    def alike(self) -> Bools:
        """n × n booleans: who are of one school."""
        schools = np.array([school or "" for school in self.schools], dtype=object)
        found = (schools[:, None] == schools[None, :]) & (schools != "")[:, None]
        np.fill_diagonal(found, False)
        return np.asarray(found, dtype=bool)

    def last_met(self, one: int, other: int) -> dt.date | None:
        """When two were in a group together last; None where they never were."""
        return dt.date.fromordinal(int(self.last[one, other])) if self.met[one, other] else None

    def room(self, topics: Sequence[str], size: int) -> Room:
        """The people as a room, with one round on each of these topics."""
        standings = tuple(self.topics[topic].standing for topic in topics)
        return Room(group_sizes(len(self.people), size), standings, self.met, self.apart, self.alike)


@dataclass(frozen=True, eq=False)
class Gathering:
    """Everybody who takes part, by community, and who does not.

    Attributes:
        communities: those in which two people or more may meet.
        unplaced: why → actor ids: `research_only`, `left` (before the last date the study knows of), `no_community`
            (not stated), `alone` (nobody else is of their community).
        dates: of past groups, in order; None where study.toml names no such file.
    """

    communities: tuple[Community, ...]
    unplaced: Mapping[str, tuple[str, ...]]
    dates: tuple[dt.date, ...] | None


def declared(study: Study) -> Grouping:
    """The section `[grouping]`; what holds where it is missing, if it is."""
    topics = tuple(relation.id for relation in study.relations if relation.topic)
    return study.grouping or Grouping(topics, None, None, None, (), None, None)


def gather(study: Study, tables: Tables, networks: Networks, topics: Sequence[str]) -> Gathering:
    """Everybody who takes part, and what is known of them on some topics.

    People are those on the roster of the last wave. Who took part for research only in any wave is not placed, and what
    they said is not counted.

    Args:
        study: the declaration.
        tables: its tables.
        networks: (wave id, relation id) → network.
        topics: relation ids.
    """
    wishes = declared(study)
    roster = tables.actors[tables.actors["wave"] == study.waves[-1].id].set_index("actor_id")
    only = set(tables.actors.loc[tables.actors["consent"] == "research_only", "actor_id"])
    left = _left(study, tables, roster)
    if wishes.column is not None:
        roster = roster[roster[wishes.column].isin(wishes.members)]
    people = [str(actor) for actor in roster.index if actor not in only and actor not in left]
    where = _stated(roster, wishes.within, people)
    unplaced = {
        "research_only": tuple(actor for actor in roster.index if actor in only),
        "left": tuple(actor for actor in roster.index if actor in left - only),
        "no_community": tuple(actor for actor in people if wishes.within and where[actor] is None),
    }
    groups: dict[str | None, list[str]] = {}
    for actor in people:
        if not wishes.within or where[actor] is not None:
            groups.setdefault(where[actor], []).append(actor)
    unplaced["alone"] = tuple(those[0] for those in groups.values() if len(those) == 1)
    schools = _stated(roster, wishes.across, people)
    found = [
        Community(
            name,
            tuple(those),
            tuple(schools[actor] for actor in those),
            {topic: _topic(study, networks, topic, those, only, wishes.within, name) for topic in topics},
            *_met(tables.past_groups, those),
            _apart(tables.apart, those),
        )
        for name, those in groups.items()
        if len(those) > 1
    ]
    dates = tuple(sorted(set(tables.past_groups["date"].tolist()))) if wishes.past else None
    return Gathering(tuple(found), unplaced, dates)


def _left(study: Study, tables: Tables, roster: pd.DataFrame) -> set[str]:
    """Who left before or on the last date that the study knows of."""
    known = [wave.date for wave in study.waves]
    known += [date for table in (tables.events, tables.contacts, tables.past_groups) for date in table["date"].tolist()]
    last = max((date for date in known if isinstance(date, dt.date)), default=None)
    if last is None:
        return set()
    dates = zip(roster.index, roster["left"].tolist(), strict=True)
    return {str(actor) for actor, date in dates if isinstance(date, dt.date) and date <= last}


def _stated(roster: pd.DataFrame, column: str | None, people: Sequence[str]) -> dict[str, str | None]:
    """Actor id → what stands in a column of the roster; None where nothing does, and for everybody without a column."""
    if column is None:
        return dict.fromkeys(people)
    stated = roster[column]
    return {actor: None if pd.isna(stated[actor]) else str(stated[actor]) for actor in people}


def latest(study: Study, networks: Networks, topic: str) -> Network | None:
    """A relation's network of the last wave in which anybody answered, or was asked; None where nobody ever was."""
    asked = [networks[wave.id, topic] for wave in study.waves if (wave.id, topic) in networks]
    answered = [network for network in asked if network.respondents]
    return next(reversed(answered or asked), None)


def _topic(
    study: Study,
    networks: Networks,
    topic: str,
    people: Sequence[str],
    only: Collection[str],
    within: str | None,
    name: str | None,
) -> Topic:
    """What is known of the people of one community on one topic."""
    nothing = Standing(np.zeros(len(people), dtype=np.int64), np.zeros(len(people), dtype=bool))
    network = latest(study, networks, topic)
    if network is None:
        return Topic(topic, None, nothing, nothing.asked, nothing.seeks, "allowed", (0, 0))
    whole = network.among(set(network.actors) - set(only))
    mates = set(whole.actors)
    if within is not None:
        stated = whole.attributes[within]
        mates = set(stated.index[stated == name])
    namers = whole.among(mates)
    asked, names = dict.fromkeys(people, 0), dict.fromkeys(people, 0)
    for ego, alter, _ in whole.ties():
        if whole.actors[ego] in names:
            names[whole.actors[ego]] += 1
        if whole.actors[alter] in asked and whole.actors[ego] in mates:
            asked[whole.actors[alter]] += 1
    answered = {actor for actor, yes in zip(whole.actors, whole.answered.tolist(), strict=True) if yes}
    sought, given = (np.array([found[a] for a in people], dtype=np.int64) for found in (asked, names))
    heard = np.array([actor in answered for actor in people], dtype=bool)
    said = verdict("indegree", coverage(namers), sought_silent(namers)) if study.response_gate else "allowed"
    standing = Standing(sought, heard & ((given > 0) | (sought == 0)))
    counts = (namers.respondents, namers.n)
    return Topic(topic, network.wave, nothing if said == "withheld" else standing, given, heard, said, counts)


def _places(actors: Sequence[str]) -> dict[str, int]:
    return {actor: at for at, actor in enumerate(actors)}


def _met(past: pd.DataFrame, people: Sequence[str]) -> tuple[Ints, Ints]:
    """n × n: in how many past groups two were together, and the last date, as a number of days."""
    at = _places(people)
    size = len(people) if len(people) <= MOST_PEOPLE else 0
    met, last = (np.zeros((size, size), dtype=np.int64) for _ in range(2))
    if not size:
        return met, last
    mine = past[past["actor_id"].isin(people)]
    # Rows stand in order of time, so that a later date goes over an earlier one.
    for _, those in mine.groupby(["date", "round", "group"], dropna=False, sort=False):
        here = np.array([at[actor] for actor in those["actor_id"]], dtype=np.int64)
        met[np.ix_(here, here)] += 1
        last[np.ix_(here, here)] = those["date"].iloc[0].toordinal()
    np.fill_diagonal(met, 0)
    np.fill_diagonal(last, 0)
    return met, last


def _apart(pairs: pd.DataFrame, people: Sequence[str]) -> Bools:
    """n × n booleans: who is kept apart."""
    at = _places(people)
    size = len(people) if len(people) <= MOST_PEOPLE else 0
    found = np.zeros((size, size), dtype=bool)
    if not size:
        return found
    for one, other in zip(pairs["actor_id"].tolist(), pairs["other_id"].tolist(), strict=True):
        if one in at and other in at:
            found[at[one], at[other]] = found[at[other], at[one]] = True
    return found
