"""The list of events: what was held, when, how long, and for whom."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sna.study import Attendance, Study
from sna.tables.cells import date_cell, minutes_cell, time_cell
from sna.tables.grid import read_grid
from sna.tables.problems import Problems


@dataclass(frozen=True)
class Event:
    """One event as declared. `groups` is empty when everybody could come; `minutes` None when not stated."""

    id: str
    date: dt.date
    start: dt.time | None
    minutes: float | None
    kind: str | None
    groups: tuple[str, ...]
    facilitator: str | None


def read_events(study: Study, source: Attendance, problems: Problems) -> dict[str, Event]:
    """Event id → event; faulty rows are problems that stop."""
    grid = read_grid(study.folder, source.events, problems)
    if grid is None or not grid.has(("event_id", "date"), problems, "the list of events"):
        return {}
    events: dict[str, Event] = {}
    for row in grid.rows:
        event_id = grid.cell(row, "event_id")
        if not event_id or event_id in events:
            what = "This event stands twice." if event_id else "The row has no event id."
            problems.add(
                "stops", grid.file, what, "Give each event its own id.", row.number, "event_id", event_id or None
            )
            continue
        date = date_cell(grid, row, "date", problems)
        minutes = minutes_cell(grid, row, "minutes", problems, above_zero=True)
        start = time_cell(grid, row, "start", problems)
        if date is None:
            continue
        groups = tuple(part.strip() for part in grid.cell(row, "group").split(";") if part.strip())
        kind, facilitator = grid.cell(row, "kind") or None, grid.cell(row, "facilitator") or None
        events[event_id] = Event(event_id, date, start, minutes, kind, groups, facilitator)
    return events
