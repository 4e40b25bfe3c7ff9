"""The list of events: what was held, when, how long, and for whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from sna.study import Attendance, Study
from sna.tables.calendars import appointments, is_calendar
from sna.tables.cells import DateColumns, TimeColumn, minutes_cell
from sna.tables.grid import Grid, Row, read_grid
from sna.tables.problems import Problems
from sna.tables.stays import Event

Parts = tuple[Row, str, dt.date, dt.time | None, float | None, str | None]


def read_events(study: Study, source: Attendance, problems: Problems) -> dict[str, Event]:
    """Event id → event; faulty rows are problems that stop."""
    grid = read_grid(study.folder, source.events, problems)
    if grid is None:
        return {}
    calendar = is_calendar(grid)
    if not calendar and not grid.has(("event_id", "date"), problems, "the list of events"):
        return {}
    events: dict[str, Event] = {}
    for row, event_id, date, start, minutes, kind in (_dated if calendar else _listed)(grid, study.dates, problems):
        if event_id in events:
            remedy = "Give each event its own id."
            if calendar:
                remedy = "Take one of them out, or add a column event_id and write date, start and minutes beside it."
            column = "Start Time" if calendar else "event_id"
            problems.add("stops", grid.file, "This event stands twice.", remedy, row.number, column, event_id)
            continue
        groups = tuple(part.strip() for part in grid.cell(row, "group").split(";") if part.strip())
        facilitator, meeting_id = grid.cell(row, "facilitator") or None, grid.cell(row, "meeting_id")
        events[event_id] = Event(event_id, date, start, minutes, kind, groups, facilitator, meeting_id)
    return events


def _listed(grid: Grid, said: str, problems: Problems) -> Iterator[Parts]:
    """The events of a list of our own."""
    dates, starts = DateColumns(grid, ["date"], said, problems), TimeColumn(grid, "start", problems)
    for row in grid.rows:
        event_id = grid.cell(row, "event_id")
        if not event_id:
            what = "The row has no event id."
            problems.add("stops", grid.file, what, "Give each event its own id.", row.number, "event_id")
            continue
        date, start = dates.at(row, "date"), starts.at(row)
        minutes = minutes_cell(grid, row, "minutes", problems, above_zero=True)
        if date is not None:
            kind = grid.cell(row, "kind") or None
            yield row, event_id, date, start.time if start is not None else None, minutes, kind


def _dated(grid: Grid, said: str, problems: Problems) -> Iterator[Parts]:
    """The events of a calendar."""
    for found in appointments(grid, said, problems):
        yield found.row, found.id, found.date, found.start, found.minutes, found.kind
