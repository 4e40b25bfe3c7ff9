"""What was done at events, and who brought to them what they had been asked for."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from sna.errors import hint
from sna.study import Activities, Homework, Study
from sna.study_file import FILE
from sna.tables.cells import minutes_cell
from sna.tables.finder import Place, find_person
from sna.tables.grid import REJECTED, STRUCK, Grid, Row, read_grid
from sna.tables.people import OUTSIDE, Found, mentions
from sna.tables.problems import Problems
from sna.tables.roster import Roster
from sna.tables.values import WITHDRAWN, fold, yes_no

ACTIVITIES = ["event_id", "minutes", "activity", "practice", "led_by", "how"]
HOMEWORK = ["event_id", "actor_id", "brought"]
HOW = ("assigned", "volunteered")
BETWEEN = ";"


def read_activities(study: Study, roster: Roster, events: pd.DataFrame, problems: Problems) -> pd.DataFrame:
    """The table `activities` of docs/data-model.md; empty without a log."""
    rows: list[list[object]] = []
    for source in study.activities:
        grid = read_grid(study.folder, source.file, problems)
        if grid is not None and _complete(grid, source, problems) and _any_events(study, events, grid, problems):
            rows += _Log(source, grid, roster, events, problems).rows()
    table = pd.DataFrame(rows, columns=ACTIVITIES)
    table["minutes"] = table["minutes"].astype(float)
    return _by_event(table, events)


def _complete(grid: Grid, source: Activities, problems: Problems) -> bool:
    """Whether the columns are there without which a log says nothing, and those that study.toml names."""
    usual = Activities(source.file, "event_id", "minutes", "activity", "practice", "led_by", "how")
    names = ("activity", "practice", "led_by", "how")
    named = [getattr(source, name) for name in names if getattr(source, name) != getattr(usual, name)]
    coded = [name for name in (source.activity, source.practice) if grid.at(name) is not None]
    wanted = [source.event, source.minutes, *named, *([] if coded else [source.activity])]
    return grid.has(dict.fromkeys(wanted), problems, "the session log")


class _Log:
    """One coded session log."""

    def __init__(
        self, source: Activities, grid: Grid, roster: Roster, events: pd.DataFrame, problems: Problems
    ) -> None:
        self.source, self.grid, self.roster, self.problems = source, grid, roster, problems
        self.events = {str(event): length for event, length in zip(events["event_id"], events["minutes"], strict=True)}
        self.refusers = _refusers(roster)
        self.hidden_names = roster.people.hidden_names
        self.removed = 0

    def rows(self) -> Iterator[list[object]]:
        """One row per stretch of time; how often people who refused consent had led one is noted."""
        total = dict.fromkeys(self.events, 0.0)
        for row in self.grid.rows:
            event = _event(self.grid, row, self.source.event, self.events, self.problems)
            minutes = minutes_cell(self.grid, row, self.source.minutes, self.problems)
            said = [self._text(row, column) for column in (self.source.activity, self.source.practice)]
            led_by, how = self._led_by(row)
            if event is not None:
                total[event] += minutes or 0.0
                yield [event, minutes, *said, led_by, how]
        for event, length in self.events.items():
            if not pd.isna(length) and total[event] > length:
                what = f"The activities of the event {event} add up to {total[event]:g} of its {length:g} minutes."
                remedy = "They were used as they stand; shares are of the minutes that were coded."
                self.problems.add("note", self.grid.file, what, remedy, column=self.source.minutes, value=event)
        if self.removed:
            what = f"People who refused consent and led something: {self.removed} times."
            self.problems.add("left out", self.grid.file, what, "Who led it was removed; the time was kept.")

    def _text(self, row: Row, column: str) -> str | None:
        """What was done; nothing where the words name somebody who refused consent."""
        text = self.grid.cell(row, column)
        if text and mentions(text, self.hidden_names):
            self.grid.mark(row, column, STRUCK)
            return None
        return text or None

    def _led_by(self, row: Row) -> tuple[str | None, str | None]:
        """Who led, and whether they were assigned; neither where all who led refused consent."""
        column = self.source.led_by
        typed = [part.strip() for part in self.grid.cell(row, column).split(BETWEEN) if part.strip()]
        how = self._how(row)
        kept: list[str] = []
        found: list[Found] = []
        removed = 0
        for number, part in enumerate(typed):
            if fold(part) == WITHDRAWN:
                continue
            if mentions(part, self.hidden_names):
                removed += 1
                continue
            one = self._leader(part, row, number)
            found.append(one)
            if one.actor_id in self.refusers:
                removed += 1
            elif one.actor_id is not None:
                kept.append(one.actor_id)
            elif one.how == OUTSIDE:
                kept.append(part)
        self.removed += removed
        if len(found) > 1:
            self.problems.names.together((self.grid.file, row.number, column), found)
        if removed and not kept:
            for name in (column, self.source.how):
                self.grid.mark(row, name, STRUCK)
            how = None
        return (BETWEEN.join(dict.fromkeys(kept)) or None), how

    def _leader(self, typed: str, row: Row, number: int) -> Found:
        """The person meant; each name of a cell waits for a decision of its own."""
        cell = (self.grid.file, row.number, self.source.led_by)
        place = Place(self.problems, *cell, self.roster.unresolved)
        found = find_person(self.roster.people, typed, place, self.refusers)
        waiting = self.problems.typed.pop(cell, None)
        if waiting is not None:
            self.problems.typed[(*cell[:2], f"{cell[2]} {number}")] = waiting
        return found

    def _how(self, row: Row) -> str | None:
        text = self.grid.cell(row, self.source.how)
        if text and fold(text) not in HOW:
            remedy = f"Write {' or '.join(HOW)}, or nothing.{hint(text, HOW)}"
            what = "This does not say whether somebody was assigned or volunteered."
            self.problems.add("stops", self.grid.file, what, remedy, row.number, self.source.how, text)
            return None
        return fold(text) or None


def read_homework(study: Study, roster: Roster, events: pd.DataFrame, problems: Problems) -> pd.DataFrame:
    """The table `homework` of docs/data-model.md; empty without a file."""
    found: dict[tuple[str, str], bool | None] = {}
    for source in study.homework:
        grid = read_grid(study.folder, source.file, problems)
        needed = (source.event, source.actor, source.brought)
        if (
            grid is not None
            and grid.has(needed, problems, "who brought what they had been asked for")
            and _any_events(study, events, grid, problems)
        ):
            _homework_rows(source, grid, roster, events, problems, found)
    order = roster.people.order
    rows = [[event, actor, brought] for (event, actor), brought in found.items()]
    rows.sort(key=lambda row: order[str(row[1])])
    table = pd.DataFrame(rows, columns=HOMEWORK)
    table["brought"] = table["brought"].astype("boolean")
    return _by_event(table, events)


def _homework_rows(
    source: Homework,
    grid: Grid,
    roster: Roster,
    events: pd.DataFrame,
    problems: Problems,
    found: dict[tuple[str, str], bool | None],
) -> None:
    """Enter what one file says: (event, person) → brought."""
    refusers, declared = _refusers(roster), {str(event): None for event in events["event_id"]}
    removed = 0
    for row in grid.rows:
        place = Place(problems, grid.file, row.number, source.actor, roster.unresolved)
        actor = find_person(roster.people, grid.cell(row, source.actor), place, refusers).actor_id
        text = grid.cell(row, source.brought)
        brought = yes_no(text)
        if actor in refusers:
            removed += 1
            grid.strike(row, STRUCK)
            continue
        event = _event(grid, row, source.event, declared, problems)
        if text and brought is None:
            remedy = "Write yes or no, or nothing where nobody looked."
            problems.add("stops", grid.file, "This is neither yes nor no.", remedy, row.number, source.brought, text)
            continue
        if actor is None:
            # Why is noted beside the name.
            for name in [source.event, *([source.brought] if text else [])]:
                grid.mark(row, name, REJECTED)
        elif event is not None:
            _enter(found, (event, actor), brought, grid, row, source, problems)
    if removed:
        what = f"Rows of people who refused consent: {removed}."
        problems.add("left out", grid.file, what, "They were removed.")


def _enter(
    found: dict[tuple[str, str], bool | None],
    key: tuple[str, str],
    brought: bool | None,
    grid: Grid,
    row: Row,
    source: Homework,
    problems: Problems,
) -> None:
    """Enter a row; of two about the same person and event one that knows counts, and a contradiction stops."""
    if key not in found:
        found[key] = brought
        return
    earlier, typed = found[key], grid.cell(row, source.actor)
    found[key] = brought if earlier is None else earlier
    if None not in (earlier, brought) and earlier is not brought:
        what = f"Another row about {typed} and the event {key[0]} says the opposite."
        said = grid.cell(row, source.brought)
        problems.add("stops", grid.file, what, "Keep the one that is right.", row.number, source.brought, said)
    else:
        what = f"Entered twice for the event {key[0]}."
        problems.add("used", grid.file, what, "It counts once.", row.number, source.actor, typed)


def _any_events(study: Study, events: pd.DataFrame, grid: Grid, problems: Problems) -> bool:
    """Whether events are declared; where a list of them is, its faults have been told."""
    # An [[attendance]] with a fault of its own, such as a file that is not there, has been told.
    faulty = any(p.file == FILE and (p.column or "").startswith("attendance") for p in problems.stops)
    if not study.attendance and not faulty:
        remedy = "Declare them with [[attendance]]: `events` is their list."
        problems.add("stops", grid.file, "The file is about events, and none are declared.", remedy)
    return len(events) > 0


def _event(
    grid: Grid, row: Row, column: str, events: dict[str, float] | dict[str, None], problems: Problems
) -> str | None:
    event = grid.cell(row, column)
    if event in events:
        return event
    what, remedy = "No such event is declared.", f"Add it to the list of events.{hint(event, events)}"
    if not event:
        what, remedy = "The cell does not say which event.", "Fill it in."
    problems.add("stops", grid.file, what, remedy, row.number, column, event or None)
    return None


def _refusers(roster: Roster) -> frozenset[str]:
    """Everybody who refused consent in any wave: these files are of no wave."""
    return frozenset().union(*roster.refused.values()) if roster.refused else frozenset()


def _by_event(table: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """Rows in the order of the events, otherwise as they are."""
    place = {event: at for at, event in enumerate(events["event_id"])}
    return table.sort_values("event_id", key=lambda ids: ids.map(place), kind="stable", ignore_index=True)
