"""Which event a report, a meeting in it, or a date is about."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sna.errors import hint
from sna.study import Attendance
from sna.study_paths import EACH_EVENT, files_named
from sna.tables.problems import Problems
from sna.tables.stays import Event

WHICH = "Say in a column meeting_id of the list of events which is which, or name the file after its event."
Fault = tuple[str, str]
# What a file name cannot hold, and people write something else for.
NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|]')
INSTEAD = ("", "-", "_", ".", " ")
DATE_IN_NAME = re.compile(r"(?<!\d)(\d{4})[-_.](\d\d)[-_.](\d\d)(?!\d)")


def files_of(
    folder: Path, source: Attendance, events: Mapping[str, Event], problems: Problems
) -> list[tuple[str, Event | None]]:
    """The files of one [[attendance]], each with its event where there is one file per event."""
    names = files_named(folder, source.file)
    if EACH_EVENT not in source.file:
        return [(name, None) for name in names]
    found: list[tuple[str, Event | None]] = []
    for name in names:
        # "e1*" fits the file of e10, too: the longest id that fits is meant.
        fitting = [
            event for event in events.values() if any(p.fullmatch(name) for p in _patterns(source.file, event.id))
        ]
        if fitting:
            found.append((name, max(fitting, key=lambda event: len(event.id))))
        elif events:
            remedy = f"Add it to {source.events}, or take the file out of the folder.{hint(Path(name).stem, events)}"
            problems.add("stops", name, "No event has the id that this file's name gives.", remedy)
    return found


def _patterns(file: str, event_id: str) -> Iterable[re.Pattern[str]]:
    """What the name of an event's file looks like."""
    for between in INSTEAD if NOT_IN_NAMES.search(event_id) else INSTEAD[:1]:
        own = NOT_IN_NAMES.sub(between, event_id)
        parts = [re.escape(part) for part in file.replace(EACH_EVENT, own).split("*")]
        # Right after an id, `*` stands for what another id could not go on with: m1* is not m12.
        yield re.compile(r"[^/]*".join(parts).replace(re.escape(own) + r"[^/]*", re.escape(own) + r"(?![^\W_])[^/]*"))


def order_by_events(possible: Sequence[str], fits: Callable[[str], bool]) -> str | None:
    """The only order of day and month under which dates are those of events; None when there is not exactly one."""
    fitting = [order for order in possible if fits(order)]
    return fitting[0] if len(fitting) == 1 else None


def date_in_name(file: str) -> dt.date | None:
    """The date in a file's name, year first; None when there is none, or several."""
    found = set(DATE_IN_NAME.findall(Path(file).name))
    if len(found) != 1:
        return None
    try:
        return dt.date(*(int(part) for part in found.pop()))
    except ValueError:
        return None


def same_number(number: str) -> str:
    """The number of a meeting without the blanks and dashes between its groups of digits.

    >>> same_number("812 3456 7890") == same_number("812-3456-7890") == "81234567890"
    True
    """
    return re.sub(r"[\s-]", "", number).casefold()


@dataclass(frozen=True)
class Meeting:
    """What tells one meeting of a report from another: when it began, and its number and topic; they may be empty."""

    day: dt.date
    number: str
    topic: str


class Diary:
    """The events of one list by the day they were on, and the meetings that were found to be one of them.

    Args of the constructor:
        events: the events.
        only: the one event that the file is about, where there is one file per event.
    """

    def __init__(
        self, events: Iterable[Event], only: Event | None = None, taken: dict[str, Meeting] | None = None
    ) -> None:
        self.events, self.only = tuple(events), only
        # Event id → the meeting found to be it, in this report or, where it is shared, in an earlier one.
        self._by_day: dict[str, Meeting] = {} if taken is None else taken

    def on(self, day: dt.date) -> list[Event]:
        """The events of a day; where it has none, those of the day before that went on past midnight."""
        found = [event for event in self.events if event.date == day]
        before = day - dt.timedelta(days=1)
        return found or [event for event in self.events if event.date == before and event.past_midnight]

    def of(self, meeting: Meeting) -> tuple[Event | None, Fault | None]:
        """The event that a meeting is; (None, (problem, remedy)) when there is not exactly one.

        Neither event nor fault: the study knows its meetings by their numbers, and this is none of them.
        """
        there = self.on(meeting.day)
        if self.only is not None:
            remedy = "Put the report of this event there, or mend the date in the list of events."
            what = f"The report is of {meeting.day}, the event {self.only.id} on {self.only.date}."
            return (self.only, None) if there else (None, (what, remedy))
        number = same_number(meeting.number)
        mine = [event for event in there if number and same_number(event.meeting_id) == number]
        found = mine or [event for event in there if not event.meeting_id or not number]
        if len(found) == 1:
            return self._one(found[0], meeting, by_number=bool(mine))
        if found:
            ids = ", ".join(event.id for event in found)
            return None, (f"Several events are on {meeting.day}: {ids}.", WHICH)
        if number and self.events and all(event.meeting_id for event in self.events):
            return None, None
        remedy = (
            "Add it to the list of events, or say in its column meeting_id by which number the software knows each."
        )
        return None, (f"No event is on {meeting.day}.", remedy)

    def _one(self, event: Event, meeting: Meeting, *, by_number: bool) -> tuple[Event | None, Fault | None]:
        """The event found, unless another meeting of that day, no better known, was found to be it."""
        other = self._by_day.setdefault(event.id, meeting)
        same = (same_number(other.number), other.topic) == (same_number(meeting.number), meeting.topic)
        if by_number or same or (other.number and same_number(other.number) == same_number(meeting.number)):
            return event, None
        return None, (f"Several meetings of {meeting.day} could be the event {event.id}.", WHICH)
