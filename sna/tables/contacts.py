"""The log of one-to-one contacts, and how much support people need."""

from __future__ import annotations

import pandas as pd

from sna.analyses import Facilitation
from sna.study import Study
from sna.study_file import FILE
from sna.tables.cells import DateColumns, minutes_cell
from sna.tables.finder import Place, find_person
from sna.tables.grid import STRUCK, read_grid
from sna.tables.people import mentions
from sna.tables.problems import Problems
from sna.tables.roster import Roster
from sna.tables.values import number_of

YEARS = 20
COLUMNS = ["date", "who_id", "whom_id", "minutes", "about"]


def read_contacts(study: Study, roster: Roster, problems: Problems) -> pd.DataFrame:
    """The table `contacts` of docs/data-model.md; empty without a log."""
    rows: list[tuple[object, ...]] = []
    refusers = frozenset().union(*roster.refused.values()) if roster.refused else frozenset()
    for source in study.contacts:
        grid = read_grid(study.folder, source.file, problems)
        named = [name for name, usual in ((source.minutes, "minutes"), (source.about, "about")) if name != usual]
        if grid is None or not grid.has((source.date, source.who, source.whom, *named), problems, "the contact log"):
            continue
        dates = DateColumns(grid, [source.date], study.dates, problems)
        dropped = 0
        for row in grid.rows:
            found = []
            for column in (source.who, source.whom):
                place = Place(problems, grid.file, row.number, column, roster.unresolved)
                found.append(find_person(roster.people, grid.cell(row, column), place, refusers).actor_id)
            if refusers & set(found):
                dropped += 1
                grid.strike(row, STRUCK)
                continue
            date = dates.at(row, source.date)
            minutes = minutes_cell(grid, row, source.minutes, problems)
            about = grid.cell(row, source.about) or None
            if about and mentions(about, roster.people.hidden_names):
                grid.mark(row, source.about, STRUCK)
                about = None
            if found[0] is not None and found[0] == found[1]:
                place = Place(problems, grid.file, row.number, source.whom)
                place.note("left out", "A person is logged as in contact with themselves.", "It was left out.")
            elif None not in found and date is not None:
                rows.append((date, *found, minutes, about))
        if dropped:
            problems.add(
                "left out", grid.file, f"Contacts of people who refused consent: {dropped}.", "They were removed."
            )
    table = pd.DataFrame(rows, columns=COLUMNS).sort_values("date", kind="stable", ignore_index=True)
    if study.facilitation is not None and len(table):
        _check_span(study, study.facilitation, table["date"], problems)
    return table


def _check_span(study: Study, declared: Facilitation, dates: pd.Series, problems: Problems) -> None:
    """A log that would run over more years than anybody keeps one has a date that is mistyped: it stops the study."""
    first, last = declared.since or dates.iloc[0], declared.until or dates.iloc[-1]
    second = declared.second_term
    if second is not None and not first < second <= last:
        problems.add(
            "note",
            FILE,
            f"The second term begins outside the contact log, which runs from {first} to {last}.",
            "Nothing can be said of a change between terms; mend the date, or leave it out.",
            column="facilitation.second_term",
            value=str(second),
        )
    if (last - first).days <= YEARS * 366:
        return
    what = f"The contact log would run from {first} to {last}: more than {YEARS} years."
    remedy = "Mend the date that is wrong, or give its first and last day: `since` and `until` under [facilitation]."
    if declared.since and declared.until:
        problems.add("stops", FILE, what, remedy, column="facilitation.since", value=str(first))
        return
    # Of the first and the last day, the one further from most contacts.
    usual = dates.iloc[len(dates) // 2]
    wrong = first if usual - first > last - usual else last
    if wrong in (declared.since, declared.until):
        key = "since" if wrong == declared.since else "until"
        problems.add("stops", FILE, what, remedy, column=f"facilitation.{key}", value=str(wrong))
    else:
        source = study.contacts[0]
        problems.add("stops", source.file, what, remedy, column=source.date, value=str(wrong))


def check_need(study: Study, roster: Roster, problems: Problems) -> None:
    """Say which values of the roster's column with people's need are no numbers: they count as not stated."""
    column = study.facilitation.need if study.facilitation else None
    if column is None or column not in roster.actors.columns:
        return
    for value in roster.actors[column].dropna().unique().tolist():
        if number_of(value) is None:
            problem = "How much support a person needs is not a number of 0 or more."
            problems.add("note", study.roster, problem, "It counts as not stated.", column=column, value=value)
