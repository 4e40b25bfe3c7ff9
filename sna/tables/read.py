"""A study folder as tables: every file read, every fault found, the tables of docs/data-model.md."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import isnan

import pandas as pd

from sna.errors import Problem, StudyError
from sna.study import Relation, Study, Wave
from sna.study_file import FILE
from sna.tables.accounting import accounting
from sna.tables.answers import Answers
from sna.tables.attendance import read_attendance
from sna.tables.contacts import check_need, read_contacts
from sna.tables.past_groups import read_apart, read_past_groups
from sna.tables.problems import Problems, problems_table
from sna.tables.ratings import read_ratings
from sna.tables.refusers import say_nothing_of_refusers
from sna.tables.responses import read_answers, read_responses
from sna.tables.roster import Roster, read_roster
from sna.tables.session_log import read_activities, read_homework

TIES = ["wave", "relation", "ego_id", "alter_id", "strength", "state"]
OUTSIDERS = ["wave", "relation", "ego_id", "outside_id", "name"]
COUNTS = ["given", "named", "named_outside", "named_unresolved", "cells_unknown"]
ANSWERED = ["wave", "relation", "actor_id", "status", *COUNTS]


@dataclass(frozen=True, eq=False)
class Tables:
    """The tables of docs/data-model.md, the problems found, and the files read.

    `files` maps each file (path inside the study folder) to the number of rows it held; study.toml has none. `names`
    maps how people were found (`exact`, `respelt`, `decided`, `outside`, `ignored`, `unresolved`) to cells.
    `refused_once` holds the ids of people who refused consent in one wave and not in another: what is of no wave, such
    as the contact log, holds nothing about them.
    """

    actors: pd.DataFrame
    ties: pd.DataFrame
    answered: pd.DataFrame
    events: pd.DataFrame
    make_attendance: Callable[[], pd.DataFrame]
    contacts: pd.DataFrame
    activities: pd.DataFrame
    homework: pd.DataFrame
    past_groups: pd.DataFrame
    apart: pd.DataFrame
    ratings: pd.DataFrame
    outside: pd.DataFrame
    accounting: pd.DataFrame
    problems: tuple[Problem, ...]
    files: Mapping[str, int]
    names: Mapping[str, int]
    refused_once: frozenset[str] = frozenset()

    @cached_property
    def attendance(self) -> pd.DataFrame:
        """The table `attendance`: a row for everybody at every event they could have come to, or came to."""
        return self.make_attendance()

    @property
    def problems_table(self) -> pd.DataFrame:
        """The problems as a table."""
        return problems_table(self.problems)


def read_tables(study: Study) -> Tables:
    """Read every file of a study.

    Raises:
        StudyError: with every fault that stops, in all files.
    """
    tables, problems = load_tables(study, ())
    stops = [p for p in problems if p.severity == "stops"]
    if tables is None or stops:
        raise StudyError(stops)
    return tables


def load_tables(
    study: Study, known: Iterable[Problem], forgotten: str | None = None
) -> tuple[Tables | None, list[Problem]]:
    """As `read_tables`, but returns the problems instead of raising, added to those already `known`.

    Args:
        study: the declaration.
        known: problems found earlier.
        forgotten: id of somebody to be treated as having refused consent everywhere.
    """
    problems = Problems(known)
    content = read_content(study, problems, forgotten)
    if content is None or problems.stops:
        return None, problems.sorted()
    order = content.roster.people.order
    answered = _answered(content.answers, content.roster, problems)
    tables = Tables(
        actors=content.roster.actors,
        ties=_ties(study, content.answers, order),
        answered=answered,
        events=content.events,
        make_attendance=content.make_attendance,
        contacts=content.contacts,
        activities=content.activities,
        homework=content.homework,
        past_groups=content.past_groups,
        apart=content.apart,
        ratings=content.ratings,
        outside=_outside(content.answers),
        accounting=accounting(problems),
        problems=tuple(problems.sorted()),
        files={file: problems.rows_read.get(file, 0) for file in _files(study)},
        names=problems.names.counts(),
        refused_once=frozenset().union(*content.roster.refused.values()) & {*content.roster.actors["actor_id"]},
    )
    return tables, problems.sorted()


@dataclass(frozen=True, eq=False)
class Content:
    """What the files of a study hold, before it is put into tables."""

    roster: Roster
    answers: list[Answers]
    events: pd.DataFrame
    make_attendance: Callable[[], pd.DataFrame]
    contacts: pd.DataFrame
    activities: pd.DataFrame
    homework: pd.DataFrame
    past_groups: pd.DataFrame
    apart: pd.DataFrame
    ratings: pd.DataFrame


def read_content(study: Study, problems: Problems, forgotten: str | None = None) -> Content | None:
    """Read every file, noting every problem; None when there is no roster to go by.

    Args:
        study: the declaration.
        problems: where they are noted.
        forgotten: id of somebody to be treated as having refused consent everywhere.
    """
    roster = read_roster(study, problems, forgotten)
    if roster is None:
        return None
    found: list[Answers] = []
    responded = {}
    for wave in study.waves:
        responded[wave.id] = responses = read_responses(study, wave, roster, problems)
        for relation in study.relations_in(wave.id):
            answers = read_answers(study, relation, wave, responses, roster, problems)
            if answers is not None:
                found.append(answers)
    _count_refused(found, problems)
    events, make_attendance = read_attendance(study, roster, problems)
    content = Content(
        roster=roster,
        answers=found,
        events=events,
        make_attendance=make_attendance,
        contacts=read_contacts(study, roster, problems),
        activities=read_activities(study, roster, events, problems),
        homework=read_homework(study, roster, events, problems),
        past_groups=read_past_groups(study, roster, problems),
        apart=read_apart(study, roster, problems),
        ratings=read_ratings(study, responded, roster, problems),
    )
    check_need(study, roster, problems)
    problems.note_unread(roster.people.hidden_names)
    problems.note_partial(roster.people.hidden_names, roster.people.hidden)
    say_nothing_of_refusers(study, roster, problems)
    return content


def _count_refused(found: list[Answers], problems: Problems) -> None:
    for answers in found:
        if answers.refused_nominations:
            problems.add(
                "left out",
                answers.file,
                f"Nominations received by people who refused consent, wave {answers.wave.id}.",
                "They were removed and are counted here only.",
                value=f"{answers.refused_nominations} in {answers.relation.id}",
            )


def _ties(study: Study, found: list[Answers], order: dict[str, int]) -> pd.DataFrame:
    """The table `ties`."""
    follow_ups = list(dict.fromkeys(name for relation in study.relations for name in relation.follow_up))
    rows = []
    for answers in found:
        kept = [(pair, strength) for pair, strength in answers.reports.items() if strength != 0]
        for (ego, alter), strength in sorted(kept, key=lambda item: (order[item[0][0]], order[item[0][1]])):
            state = "unknown" if isnan(strength) else "present" if answers.scale.present(strength) else "absent"
            details = answers.details.get((ego, alter), {})
            extra = [details.get(name) or None for name in follow_ups]
            rows.append([answers.wave.id, answers.relation.id, ego, alter, strength, state, *extra])
    return pd.DataFrame(rows, columns=[*TIES, *follow_ups])


def _outside(found: list[Answers]) -> pd.DataFrame:
    """The table `outside`: people named who are not on the roster; texts that mean the same are one person."""
    ids: dict[str, str] = {}
    rows = []
    for answers in found:
        for (ego, key), typed in answers.outsiders.items():
            outside_id = ids.setdefault(key, f"O{len(ids) + 1}")
            rows.append((answers.wave.id, answers.relation.id, ego, outside_id, typed))
    return pd.DataFrame(rows, columns=OUTSIDERS)


def _answered(found: list[Answers], roster: Roster, problems: Problems) -> pd.DataFrame:
    """The table `answered`."""
    rows = []
    for answers in found:
        named: dict[str, int] = {}
        unknown: dict[str, int] = {}
        for (ego, _), strength in answers.reports.items():
            counter = unknown if isnan(strength) else named if answers.scale.present(strength) else None
            if counter is not None:
                counter[ego] = counter.get(ego, 0) + 1
        for actor_id in roster.members[answers.wave.id]:
            status = answers.status[actor_id]
            replied = status == "answered"
            rows.append(
                [
                    answers.wave.id,
                    answers.relation.id,
                    actor_id,
                    status,
                    answers.given.get(actor_id, 0) if replied else None,
                    named.get(actor_id, 0) if replied else None,
                    answers.beyond[(actor_id, "outside")] if replied else None,
                    answers.beyond[(actor_id, "unresolved")] if replied else None,
                    unknown.get(actor_id, 0) if replied else None,
                ]
            )
        _nobody_answered(answers.relation, answers.wave, answers, problems)
    if not rows:
        nothing = {name: pd.array([], dtype="Int64" if name in COUNTS else "object") for name in ANSWERED}
        return pd.DataFrame(nothing)
    table = pd.DataFrame(rows, columns=ANSWERED)
    return table.astype(dict.fromkeys(COUNTS, "Int64"))


def _nobody_answered(relation: Relation, wave: Wave, answers: Answers, problems: Problems) -> None:
    if "answered" not in answers.status.values():
        problems.add(
            "note",
            answers.file,
            f'Nobody answered "{relation.id}" in wave {wave.id}.',
            "Nothing can be said about it; its network is drawn without ties.",
        )


def _files(study: Study) -> tuple[str, ...]:
    """Every file of the study that is read, in the order of study.toml."""
    files = [FILE, study.roster, *([study.names] if study.names else [])]
    for wave in study.waves:
        files += [wave.responses] if wave.responses else []
        for relation in study.relations_in(wave.id):
            if relation.file:
                files.append(relation.file.replace("{wave}", wave.id).replace("{relation}", relation.id))
    for source in study.attendance:
        files += [source.events, source.file]
    files += [*(c.file for c in study.contacts), *(a.file for a in study.activities), *(h.file for h in study.homework)]
    files += [name for name in (study.grouping.past, study.grouping.apart) if name] if study.grouping else []
    return tuple(dict.fromkeys(files))
