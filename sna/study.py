"""`study.toml` as a frozen `Study`: what was asked, of whom, in which files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from sna.analyses import (
    Brokerage,
    Communities,
    Conversations,
    Engagement,
    Expertise,
    Facilitation,
    Grouping,
    Support,
)

# The fields of `Study` that are analyses, and the keys of these that name a column of the roster.
ANALYSES = (
    "expertise",
    "brokerage",
    "support",
    "facilitation",
    "engagement",
    "communities",
    "grouping",
    "conversations",
)
COLUMN_KEYS = ("column", "within", "level", "school", "strata", "need", "across")


@dataclass(frozen=True)
class Wave:
    """One round of the survey.

    `responses` is the file with one row per respondent, or None; `respondent` its column that says who answered.
    """

    id: str
    label: str
    date: dt.date | None
    responses: str | None
    format: str
    sheet: str
    respondent: str
    where: Mapping[str, str]


@dataclass(frozen=True)
class Relation:
    """One kind of tie and the question that found it; `docs/study-file.md` explains every key."""

    id: str
    label: str
    question: str
    form: str
    flow: str
    columns: str | None
    separator: str
    codes: str
    file: str | None
    format: str
    sheet: str
    scale: Mapping[float, str] | None
    present_from: float | None
    cap: int | None
    topic: str | None
    waves: tuple[str, ...]
    blank: str
    nobody: tuple[str, ...]
    refused: tuple[str, ...]
    answered: str | None
    respondents: str
    ego: str
    ego_key: str
    alter: str
    strength: str | None
    wave_column: str | None
    follow_up: Mapping[str, str]
    where: Mapping[str, str]


@dataclass(frozen=True)
class Attendance:
    """Who came to what: a sign-in list (`form = "long"`), a grid of people × events or a report, and the events."""

    file: str
    format: str
    sheet: str
    events: str
    form: str
    wave: str | None
    actor: str
    event: str
    arrived: str
    left: str
    minutes: str
    group: str | None
    status: Mapping[str, str]
    late_after: float
    time_zone: str
    local_zone: str


@dataclass(frozen=True)
class Contacts:
    """A log of one-to-one contacts and the headings of its columns."""

    file: str
    date: str
    who: str
    whom: str
    minutes: str
    about: str


@dataclass(frozen=True)
class Consent:
    """Roster column with the consent state (None: not asked) and the state of a person whose cell is empty."""

    column: str | None
    default: str


@dataclass(frozen=True)
class Activities:
    """A coded session log and the headings of its columns: what was done at an event, for how long, led by whom."""

    file: str
    event: str
    minutes: str
    activity: str
    practice: str
    led_by: str
    how: str


@dataclass(frozen=True)
class Homework:
    """Who brought to an event what they had been asked for, and the headings of the file's columns."""

    file: str
    actor: str
    event: str
    brought: str


@dataclass(frozen=True)
class Study:
    """A study folder's declaration, checked. Paths are relative to `folder`."""

    folder: Path
    name: str
    note: str
    roster: str
    id_column: str
    name_column: str
    wave_column: str
    respondent: str
    names: str | None
    unresolved: str
    answered_twice: str
    dates: str
    groups: tuple[str, ...]
    cluster: str | None
    seed: int
    audience: str
    suppress_below: int
    response_gate: bool
    exact: bool
    consent: Consent
    waves: tuple[Wave, ...]
    relations: tuple[Relation, ...]
    attendance: tuple[Attendance, ...]
    contacts: tuple[Contacts, ...]
    activities: tuple[Activities, ...]
    homework: tuple[Homework, ...]
    expertise: Expertise | None
    brokerage: Brokerage | None
    support: Support | None
    facilitation: Facilitation | None
    engagement: Engagement | None
    communities: Communities | None
    grouping: Grouping | None
    conversations: Conversations | None

    def relations_in(self, wave_id: str) -> tuple[Relation, ...]:
        """The relations asked in a wave, in study order."""
        return tuple(r for r in self.relations if wave_id in r.waves)

    @property
    def roster_columns(self) -> tuple[str, ...]:
        """Roster columns by which something is looked at: `groups`, and those that the analyses name."""
        named: list[str | None] = [*self.groups, self.cluster]
        for analysis in (getattr(self, name) for name in ANALYSES):
            named += [getattr(analysis, key, None) for key in COLUMN_KEYS]
        return tuple(dict.fromkeys(column for column in [*named, *_between(self)] if column))

    def wave(self, wave_id: str) -> Wave:
        """The wave with this id; KeyError when there is none."""
        return _only(self.waves, wave_id, "wave")

    def relation(self, relation_id: str) -> Relation:
        """The relation with this id; KeyError when there is none."""
        return _only(self.relations, relation_id, "relation")


def _between(study: Study) -> tuple[str, ...]:
    return study.brokerage.groups if study.brokerage else ()


class _Named(Protocol):
    @property
    def id(self) -> str: ...


Item = TypeVar("Item", bound=_Named)


def _only(items: tuple[Item, ...], key: str, kind: str) -> Item:
    for item in items:
        if item.id == key:
            return item
    raise KeyError(f"no {kind} {key!r} in this study; there are {[item.id for item in items]}")
