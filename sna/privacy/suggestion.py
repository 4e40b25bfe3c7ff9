"""Proposed pairs and groups as one audience may see them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

import numpy as np
import pandas as pd

from sna.findings import groups_made as said
from sna.findings.groups_made import Reached, Telling
from sna.grouping.arrange import Arrangement
from sna.study import Study
from sna.tables import Tables

COLUMNS = ("round", "date", "topic", "community", "group", "actor_id", "name", "why")


@dataclass(frozen=True)
class Placed:
    """One person in a group: id, name, and where they are from (empty where that is not asked for)."""

    actor_id: str
    name: str
    place: str


@dataclass(frozen=True)
class SuggestedGroup:
    """One group of one round: its number in the round, its community (empty without), who sits in it, and why."""

    group: int
    community: str
    people: tuple[Placed, ...]
    why: str


@dataclass(frozen=True)
class SuggestedRound:
    """One round: its number, the relation that asked about its topic, the topic in words, and the groups."""

    round: int
    relation: str
    topic: str
    groups: tuple[SuggestedGroup, ...]


@dataclass(frozen=True)
class Suggestion:
    """Pairs or groups for a facilitator.

    Attributes:
        rounds: in order.
        reached: what is reached, beside what no plan could better; what stands first counts more.
        proof: whether single rounds could be better.
        notes: who is not placed and what is not known.
        seed: the same study, wishes and seed give the same groups.
    """

    rounds: tuple[SuggestedRound, ...]
    reached: tuple[Reached, ...]
    proof: str
    notes: tuple[str, ...]
    seed: int

    @property
    def table(self) -> pd.DataFrame:
        """One row per round and person; `date` is empty, to be filled in. With it, the rows can be past groups."""
        rows = [
            (one.round, None, one.topic, group.community or None, group.group, who.actor_id, who.name, group.why)
            for one in self.rounds
            for group in one.groups
            for who in group.people
        ]
        return pd.DataFrame(rows, columns=list(COLUMNS))

    def json(self) -> str:
        """Everything as JSON."""
        found = asdict(self)
        return json.dumps(found, indent=2, ensure_ascii=False)

    def text(self) -> str:
        """Everything as lines to be printed."""
        lines = []
        for one in self.rounds:
            lines.append(f"Round {one.round}: {one.topic}")
            for group in one.groups:
                names = [f"{who.name} ({who.place})" if who.place else who.name for who in group.people]
                community = f"{group.community}: " if group.community else ""
                lines += [
                    f"  {group.group}. {community}{' · '.join(names)}",
                    *([f"     {group.why}"] if group.why else []),
                ]
            lines.append("")
        lines.append("What this reaches (what stands first counts more):")
        lines += [f"  - {found.sentence()}" for found in self.reached]
        lines += [f"  - {self.proof}"]
        lines += ["To know:", *(f"  - {note}" for note in self.notes)]
        return "".join(c if c.isprintable() or c == "\n" else " " for c in "\n".join(lines))


def suggestion(study: Study, tables: Tables, arrangement: Arrangement, audience: str) -> Suggestion:
    """What one audience may see of a plan.

    Names are of those who are placed: without them nobody could be seated. What people answered and how often they are
    named is told to a `researcher` with numbers, but not of people who do not want to be displayed by name; to a
    `manager` without numbers, and only of people who agreed to everything in every wave.

    Args:
        study: the declaration.
        tables: its tables.
        arrangement: the plans.
        audience: `researcher` or `manager`.
    """
    telling = _telling(study, tables, arrangement, audience)
    places = _places(arrangement)
    rounds = []
    for at, topic in enumerate(arrangement.topics):
        relation = study.relation(topic)
        words = relation.topic or relation.label
        groups: list[SuggestedGroup] = []
        for community, plan in zip(arrangement.gathering.communities, arrangement.plans, strict=True):
            for label in range(len(plan.room.sizes)):
                members = np.flatnonzero(plan.labels[at] == label).tolist()
                # Who stands first is sought: of whom nothing may be said stands where the roster has them.
                first = [one for one in members if plan.leads[at, one] and community.people[one] in telling.told]
                members = [*first, *(one for one in members if one not in first)]
                ids = [community.people[one] for one in members]
                placed = tuple(Placed(one, telling.names[one], places.get(one, "")) for one in ids)
                because = said.why(arrangement, at, community, plan, members, words, telling)
                groups.append(SuggestedGroup(len(groups) + 1, community.name or "", placed, because))
        rounds.append(SuggestedRound(at + 1, topic, words, tuple(groups)))
    reached = said.reached(arrangement, telling.across)
    if not telling.numbers:
        # What people answered is not counted for those who may not see it.
        reached = tuple(found for found in reached if found.least)
    notes = said.notes(study, arrangement, telling)
    return Suggestion(tuple(rounds), reached, said.proof(arrangement), notes, arrangement.seed)


def _telling(study: Study, tables: Tables, arrangement: Arrangement, audience: str) -> Telling:
    states: dict[str, set[str]] = {}
    for actor, state in zip(tables.actors["actor_id"], tables.actors["consent"], strict=True):
        states.setdefault(actor, set()).add(state)
    researcher = audience == "researcher"
    told = {
        actor for actor, said in states.items() if (not said & {"no_named_display"} if researcher else said == {"full"})
    }
    names: Mapping[str, str] = dict(zip(tables.actors["actor_id"], tables.actors["name"], strict=True))
    across = study.grouping.across if study.grouping else None
    return Telling(names, told, researcher, across, bool(arrangement.gathering.dates))


def _places(arrangement: Arrangement) -> dict[str, str]:
    """Actor id → school."""
    found: dict[str, str | None] = {}
    for community in arrangement.gathering.communities:
        found |= dict(zip(community.people, community.schools, strict=True))
    return {actor: place for actor, place in found.items() if place}
