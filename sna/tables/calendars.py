"""Lists of events as calendars export them: Outlook's CSV file, and the CSV layout of Google Calendar."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from sna.tables.cells import DateColumns, TimeColumn
from sna.tables.grid import Grid, Row
from sna.tables.problems import Problems
from sna.tables.stays import DAY, clock
from sna.tables.values import yes_no

SUBJECT, DATE, TIME, END_DATE, END_TIME = "Subject", "Start Date", "Start Time", "End Date", "End Time"
# Outlook writes "All day event", Google "All Day Event".
ALL_DAY = ("All day event", "All Day Event")
INVITED = ("Required Attendees", "Optional Attendees")
# All that these programs write into such a file; what is not read of it need not be mentioned.
COLUMNS = frozenset(
    {
        SUBJECT,
        DATE,
        TIME,
        END_DATE,
        END_TIME,
        *ALL_DAY,
        *INVITED,
        "Reminder on/off",
        "Reminder On/Off",
        "Reminder Date",
        "Reminder Time",
        "Meeting Organizer",
        "Meeting Resources",
        "Billing Information",
        "Categories",
        "Description",
        "Location",
        "Mileage",
        "Priority",
        "Private",
        "Sensitivity",
        "Show time as",
    }
)


@dataclass(frozen=True)
class Appointment:
    """One row of a calendar: an all-day one has neither `start` nor `minutes`."""

    row: Row
    id: str
    date: dt.date
    start: dt.time | None
    minutes: float | None
    kind: str | None


def is_calendar(grid: Grid) -> bool:
    """Whether a list of events is laid out as a calendar writes it."""
    return {SUBJECT, DATE} <= set(grid.header) and "event_id" not in grid.header


def appointments(grid: Grid, said: str, problems: Problems) -> Iterator[Appointment]:
    """The appointments; their ids are their dates or, where a day has several, date and time of the start.

    Args:
        grid: the file.
        said: the order of day and month that study.toml gives, or an empty text.
        problems: where faults are noted.
    """
    dates = DateColumns(grid, (DATE, END_DATE), said, problems, together=True)
    times, ends = TimeColumn(grid, TIME, problems), TimeColumn(grid, END_TIME, problems)
    found: list[tuple[Row, dt.date, dt.time | None, float | None]] = []
    for row in grid.rows:
        date = dates.at(row, DATE)
        last = dates.at(row, END_DATE) if grid.cell(row, END_DATE) else date
        all_day = any(yes_no(grid.cell(row, name)) for name in ALL_DAY)
        start, end = (None, None) if all_day else (times.at(row), ends.at(row))
        if date is None:
            continue
        begin = start.time if start is not None else None
        minutes = None
        if begin is not None and end is not None and end.time is not None and last is not None:
            minutes = clock(end.time) - clock(begin) + (last - date).days * DAY
            if minutes <= 0:
                what = "The event ends before it begins."
                problems.add(
                    "stops", grid.file, what, "Mend the times.", row.number, END_TIME, grid.cell(row, END_TIME)
                )
                continue
        found.append((row, date, begin, minutes))
    on_day = Counter(date for _, date, *_ in found)
    for row, date, begin, minutes in found:
        own = date.isoformat() if on_day[date] == 1 or begin is None else f"{date} {begin:%H:%M}"
        yield Appointment(row, own, date, begin, minutes, grid.cell(row, "Categories") or None)
    if any(grid.cell(row, name) for row in grid.rows for name in INVITED):
        what = "The calendar says who was invited, not who came."
        problems.add("note", grid.file, what, "Invitations are not attendance: they were not read.")
    grid.asked_for.update(COLUMNS & set(grid.header))
