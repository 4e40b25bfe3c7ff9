"""What one audience may see of one run. Writers (`render`, `export`) get these objects and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import networkx as nx
import pandas as pd

from sna.privacy.sheet import Sheet

Status = Literal["answered", "silent", "not_asked"]


@dataclass(frozen=True)
class Person:
    """A person drawn somewhere in the study. `key` is the same in every picture and tells nothing about the roster id.

    `label` is the name, or words such as "A member of Lincoln School" when the name may not be shown (`named` False).
    """

    key: int
    label: str
    named: bool


@dataclass(frozen=True)
class Member:
    """A person in one picture.

    Attributes:
        person: key of the person.
        groups: value of each group (role, school, …) in that wave; None when not stated.
        status: `answered`, `silent` (asked, did not answer this question) or `not_asked`.
        size: 0 to 1; how large the circle is, by area.
        standing: what the size means for this person in a few words ("named by 7 people", "named often").
        card: plain sentences about the person in this picture.
    """

    person: int
    groups: Mapping[str, str | None]
    status: Status
    size: float
    standing: str
    card: tuple[str, ...]


@dataclass(frozen=True)
class Explanation:
    """What a reader is told who asks what a number is.

    Attributes:
        measure: name of the measure.
        question: "What is “Density”?"
        parts: (heading, text); the first has no heading.
    """

    measure: str
    question: str
    parts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Figure:
    """A network measure on a page: which one, what it is called, its value as text, a plain meaning or caution."""

    measure: str
    label: str
    value: str
    meaning: str


@dataclass(frozen=True)
class Picture:
    """One relation in one wave, ready to be drawn.

    Attributes:
        relation, wave: ids.
        relation_label, wave_label, question: words for the page.
        headline: two to four plain sentences: who and how much, response, what not to conclude.
        arrow: what an arrow means, in one sentence.
        size_means: what a larger circle means, in a few words; empty when all are alike.
        members: everybody on the wave's roster whom the audience may see.
        ties: (person key of ego, person key of alter, strength), one for each present tie among the members.
        strength_words: what a strength means, from the relation's scale; None without one.
        numbers: how often a single person is named may be counted on the page.
        figures: rows of network measures for the page.
        tells: sentence of the headline → the measure it tells.
    """

    relation: str
    wave: str
    relation_label: str
    wave_label: str
    question: str
    headline: tuple[str, ...]
    arrow: str
    size_means: str
    members: tuple[Member, ...]
    ties: tuple[tuple[int, int, float], ...]
    strength_words: Mapping[float, str] | None
    figures: tuple[Figure, ...]
    numbers: bool = True
    tells: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Blocks:
    """Ties between groups instead of people. A cell is text: a range of counts, or `·` (nobody could say)."""

    relation: str
    wave: str
    relation_label: str
    wave_label: str
    group: str
    labels: tuple[str, ...]
    sizes: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]
    headline: tuple[str, ...]


@dataclass(frozen=True)
class ResponseLine:
    """A row of the overview: one relation in one wave. `caution` is empty or a sentence."""

    relation: str
    wave: str
    relation_label: str
    wave_label: str
    people: str
    asked: str
    answered: str
    rate: str
    ties: str
    caution: str


@dataclass(frozen=True)
class EventLine:
    """One event: how many came of those who could have. Counts are text; small ones are withheld from the public."""

    event: str
    date: str
    kind: str
    came: str
    could: str


@dataclass(frozen=True)
class Overview:
    """The first page.

    Attributes:
        title, note: of the study; note may be empty.
        audience: for whom the pages are, in a sentence.
        summary: two to five plain sentences.
        response: one line per relation and wave.
        read: what was read, one sentence per file.
        left_out: what was left out and why, one sentence each.
        questionable: what was used with a doubt, one sentence each.
        cautions: what not to conclude.
        attendance: plain sentences; empty without attendance.
        waves, relations: (id, label) in study order.
        events: one line per event, in order of time.
    """

    title: str
    note: str
    audience: str
    summary: tuple[str, ...]
    response: tuple[ResponseLine, ...]
    read: tuple[str, ...]
    left_out: tuple[str, ...]
    questionable: tuple[str, ...]
    cautions: tuple[str, ...]
    attendance: tuple[str, ...]
    waves: tuple[tuple[str, str], ...]
    relations: tuple[tuple[str, str], ...]
    events: tuple[EventLine, ...] = ()


@dataclass(frozen=True)
class Cell:
    """How often a person is named on a topic: place in `ExpertisePage.shades`, and the count where it may be told."""

    shade: int
    count: str


@dataclass(frozen=True)
class TopicRow:
    """One topic: a cell for each person, in the order of `ExpertPicture.columns`."""

    topic: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Curve:
    """A Lorenz curve: share of people against share of nominations, and where nine in ten draws from chance lie."""

    people: tuple[float, ...]
    share: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]


@dataclass(frozen=True)
class ExpertPicture:
    """Who is named on what in one community and wave.

    Attributes:
        wave_label, community: words; community is empty when it is all of the wave.
        counted: whose nominations count, in words; empty when everyone's do.
        answered, people: "15 of 16", and how many may be named.
        short, sentences: what is found, in a few words and in full.
        top, chance: share of the names that go to three people, and what chance seldom exceeds, as text.
        phi: as text; empty for those who get no numbers.
        columns: names of the people, empty ones for those who get none; the most named first.
        rows: one per topic.
        curve: for those who get numbers.
        rated: ratings of expertise beside names, a sentence or two for each topic; empty without ratings.
    """

    wave_label: str
    community: str
    counted: str
    answered: str
    people: str
    short: str
    top: str
    chance: str
    phi: str
    sentences: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[TopicRow, ...]
    curve: Curve | None
    rated: tuple[str, ...] = ()


@dataclass(frozen=True)
class ExpertisePage:
    """The page about expertise.

    Attributes:
        pictures: one for each community and wave.
        shades: the words for how many of those who answered named a person.
        cautions: what not to conclude.
        numbers: counts and Φ are shown.
        together: (wave, sentences) of all its communities, where single ones are too small.
    """

    pictures: tuple[ExpertPicture, ...]
    shades: tuple[str, ...]
    cautions: tuple[str, ...]
    numbers: bool
    together: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, eq=False)
class Release:
    """Everything one audience may see of one run.

    Attributes:
        overview: the first page.
        people: everybody drawn anywhere, in key order.
        groups: the groups in study order, the column names as typed.
        cluster: the group whose members are drawn close together, or None.
        pictures: networks with people; empty for the public.
        blocks: ties between groups; empty unless the audience is the public.
        tables: file stem → table, only those the audience may have; `columns`, which describes the columns of the
            others, first.
        graphs: (file stem, graph) for GraphML; empty unless the audience is the researcher.
        provenance: JSON-ready.
        explanations: name of a measure → what a reader is told who asks what it is; every measure on the pages.
        expertise: the page about expertise; None without one.
        sheets: pages of findings.
        undrawn: (relation, wave) of networks with too many people to be drawn.
    """

    overview: Overview
    people: tuple[Person, ...]
    groups: tuple[str, ...]
    cluster: str | None
    pictures: tuple[Picture, ...]
    blocks: tuple[Blocks, ...]
    tables: Mapping[str, pd.DataFrame]
    graphs: tuple[tuple[str, nx.DiGraph[str]], ...]
    provenance: Mapping[str, Any]
    explanations: Mapping[str, Explanation] = field(default_factory=dict)
    expertise: ExpertisePage | None = None
    sheets: tuple[Sheet, ...] = ()
    undrawn: frozenset[tuple[str, str]] = frozenset()
