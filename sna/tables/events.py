"""The list of events: what was held, when, how long, and for whom."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sna.study import Attendance, Study
from sna.tables.files import Grid, Row, read_grid
from sna.tables.problems import Problems
from sna.tables.values import date_of, number_of, time_of


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
        text = grid.cell(row, "date")
        date = date_of(text)
        if date is None:
            problems.add(
                "stops",
                grid.file,
                "This is not a date.",
                "Write it as 2019-05-20 (year, month, day).",
                row.number,
                "date",
                text,
            )
            continue
        minutes = _minutes(grid, row, problems)
        start_text = grid.cell(row, "start")
        start = time_of(start_text) if start_text else None
        if start_text and start is None:
            problems.add(
                "stops", grid.file, "This is not a time.", "Write it as 16:05.", row.number, "start", start_text
            )
        groups = tuple(part.strip() for part in grid.cell(row, "group").split(";") if part.strip())
        kind, facilitator = grid.cell(row, "kind") or None, grid.cell(row, "facilitator") or None
        events[event_id] = Event(event_id, date, start, minutes, kind, groups, facilitator)
    return events


def _minutes(grid: Grid, row: Row, problems: Problems) -> float | None:
    text = grid.cell(row, "minutes")
    if not text:
        return None
    minutes = number_of(text)
    if not minutes:
        problems.add(
            "stops",
            grid.file,
            "This is not a length in minutes.",
            "Write a number above 0.",
            row.number,
            "minutes",
            text,
        )
        return None
    return minutes
