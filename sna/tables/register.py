"""Gathers what the files say of each person at each event, whatever kind of file it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from sna.study import Attendance, Study
from sna.tables.callers import find_caller
from sna.tables.exports import PLAIN
from sna.tables.exports.meeting import ACTION, BETWEEN, EMAIL, IN_ALL, JOINED, LEFT, MOMENT, WHO
from sna.tables.finder import Place, find_person
from sna.tables.grid import REJECTED, STRUCK, Grid, read_grid
from sna.tables.marks import UNKNOWN, Entry
from sna.tables.meetings import Meeting, files_of
from sna.tables.plain_rows import STATUSES, PlainMarks, take_plain_rows
from sna.tables.problems import Problems
from sna.tables.reports import Report
from sna.tables.roster import Roster
from sna.tables.sign_in_grids import SignInGrid
from sna.tables.sign_in_lists import SignInList
from sna.tables.stays import Event, Mark

GRID = "sign-in-grid"
OF_REPORTS = (EMAIL, JOINED, LEFT, BETWEEN, IN_ALL, ACTION, MOMENT)


@dataclass
class Held:
    """What was said of one person at one event, and where: (file, row, heading or None for the whole row)."""

    mark: Mark
    places: list[tuple[str, int, str | None]] = field(default_factory=list)


class Register:
    """The attendance of one [[attendance]].

    Attributes:
        held: (actor id, event id) → what was said.
        plain: what the plain rows of a large list say, of other people and events than `held`; None without any.
        recorded: ids of the events at which somebody's attendance was recorded.
    """

    def __init__(
        self, study: Study, source: Attendance, roster: Roster, events: Mapping[str, Event], problems: Problems
    ) -> None:
        self.study, self.source, self.roster, self.events, self.problems = study, source, roster, events, problems
        self.held: dict[tuple[str, str], Held] = {}
        self.plain: PlainMarks | None = None
        self.recorded: set[str] = set()
        self._taken: dict[str, Meeting] = {}
        self.people = roster.in_wave.get(source.wave, roster.people) if source.wave else roster.people
        self.refusers = frozenset().union(*roster.refused.values()).difference(*roster.members.values())
        if source.wave:
            self.refusers = roster.refused.get(source.wave, frozenset())

    def read(self) -> None:
        """Read every file."""
        source = self.source
        rows = 0
        files = files_of(self.study.folder, source, self.events, self.problems)
        for file, event in files:
            # Only a table of the study's own may be a grid of ids: no product's layout says so.
            layout = GRID if source.form == "grid" and not source.format else source.format
            grid = read_grid(
                self.study.folder, file, self.problems, kind="attendance", format=layout, sheet=source.sheet
            )
            rows += len(grid.rows) if grid is not None else 0
            if grid is not None and self.events:
                self._read(grid, event, alone=len(files) == 1)
        if source.file not in self.problems.rows_read:
            self.problems.rows_read[source.file] = rows

    def _read(self, grid: Grid, event: Event | None, *, alone: bool) -> None:
        source, problems = self.source, self.problems
        if grid.format not in (PLAIN, GRID):
            report = Report(grid, source, self.events, event, self.study.dates, problems, self._taken)
            self._enter(grid, report.entries(), grid.header[grid.at(WHO) or 0], report=True)
            return
        for key, value in (("time_zone", source.time_zone), ("local_zone", source.local_zone)):
            if value:
                remedy = f"Take it out: times in sheets like {grid.file} are local times."
                what = "Only reports of meeting software can be in another time zone."
                problems.add("stops", "study.toml", what, remedy, column=f"attendance.{key}", value=value)
        entries: Iterable[Entry]
        if grid.format == GRID or source.form == "grid":
            entries = SignInGrid(grid, source, self.events, self.study.dates, problems).entries()
        else:
            entries = self._listed(SignInList(grid, source, self.events, event, problems), alone=alone)
        self._enter(grid, entries, source.actor, report=False)

    def _listed(self, sheet: SignInList, *, alone: bool) -> Iterable[Entry]:
        """The entries of a list, except for those of plain rows, which are kept already.

        Only of a list that is alone: people may be entered again in another.
        """
        if not sheet.readable():
            return ()
        if not alone:
            return sheet.entries(sheet.grid.rows)
        self.plain, rest = take_plain_rows(sheet, self.people, self.refusers)
        if self.plain is None:
            return sheet.entries(sheet.grid.rows)
        ids = list(self.events)
        known = self.plain.statuses != STATUSES.index(UNKNOWN)
        self.recorded |= {ids[at] for at in np.unique(self.plain.events[known]).tolist()}
        return sheet.entries(sheet.grid.rows[at] for at in rest.tolist())

    def _enter(self, grid: Grid, entries: Iterable[Entry], column: str, *, report: bool) -> None:
        """Enter what a file says, person by person."""
        told: set[str] = set()
        removed = 0
        last: tuple[int, str] | None = None
        actor_id: str | None = None
        for entry in entries:
            place = Place(self.problems, grid.file, entry.row.number, column, self.roster.unresolved)
            if (entry.row.number, entry.typed) != last:
                last = (entry.row.number, entry.typed)
                if report:
                    found = find_caller(self.people, entry.typed, entry.email, place, self.refusers, told)
                else:
                    found = find_person(self.people, entry.typed, place, self.refusers)
                actor_id = found.actor_id
            if entry.mark is not None and entry.mark.status != UNKNOWN:
                self.recorded.add(entry.event.id)
            if actor_id in self.refusers:
                removed += 1
                grid.strike(entry.row, STRUCK)
            elif actor_id is None:
                self._reject(grid, entry)
            elif entry.mark is not None:
                self._hold(entry, actor_id, entry.mark, place, quietly=report)
        if removed:
            what = f"Entries of people who refused consent: {removed}."
            self.problems.add("left out", grid.file, what, "They were removed.")

    def _hold(self, entry: Entry, actor_id: str, mark: Mark, place: Place, *, quietly: bool) -> None:
        """Keep what is said of a person at an event, together with what was said before."""
        key = (actor_id, entry.event.id)
        earlier = self.held.get(key)
        if earlier is not None and not quietly:
            what = f"Entered twice for the event {entry.event.id}."
            place.note("used", what, _put_together(earlier.mark, mark), entry.typed)
        held = self.held.setdefault(key, Held(mark))
        held.mark = held.mark.and_also(mark) if earlier is not None else mark
        held.places.append((place.file, entry.row.number, entry.column))

    def _reject(self, grid: Grid, entry: Entry) -> None:
        """Say that an entry of somebody who does not count was not used; the reason is noted beside the name."""
        source = self.source
        of_row = (source.event, source.arrived, source.left, source.minutes, "status", *OF_REPORTS)
        for name in [entry.column] if entry.column else of_row:
            if (name in grid.header or name in grid.labels) and grid.cell(entry.row, name):
                grid.mark(entry.row, name, REJECTED)


def _put_together(first: Mark, second: Mark) -> str:
    """What becomes of two entries of the same person and event, in words."""
    if first.status != second.status:
        counts = first.and_also(second).status
        return f"One says {first.status}, one {second.status}: {counts} counts."
    if first.stays and second.stays:
        return "The stays were added up; times that overlap count once."
    if first.stays or second.stays:
        return "One gives times or minutes: these count."
    return f"Both say {first.status}, which counts once."
