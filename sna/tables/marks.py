"""What a mark, a time or a number in an attendance sheet says of one person at one event."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sna.study import Attendance
from sna.tables.dates import Stamp, half_of_day, read_stamp
from sna.tables.exports.sign_in_grid import LEGEND, explained
from sna.tables.grid import Grid, Row
from sna.tables.problems import Problems
from sna.tables.stays import DAY, HALF_DAY, Event, Mark, Stay, at_event, clock, lies_outside, minutes_there, time_of_day
from sna.tables.values import number_of

PRESENT, ABSENT, EXCUSED, UNKNOWN = "present", "absent", "excused", "unknown"
MARKS = {
    PRESENT: ("p", "present", "x", "yes", "y", "1", "✓", "✔", "☑", "●", "l", "late", "tardy", "attended", "here"),
    ABSENT: ("a", "absent", "no", "n", "0", "-", "unexcused"),
    EXCUSED: ("e", "ex", "excused", "leave", "on leave"),
}
USUAL = {mark: status for status, marks in MARKS.items() for mark in marks}
LATE = "l"
# "16:05-18:00", "4:05 pm to 6 pm"
FROM_TO = re.compile(r"(.*\d.*?)\s*(?:-|–|—|\bto\b|\buntil\b)\s*(\d.*)", re.IGNORECASE)
NOTED = re.compile(r"(.+?)\s*\((left|until|arrived|came|from)\s+(?:at\s+)?(.+)\)", re.IGNORECASE)
TWO_DECIMALS = re.compile(r"\d+\.\d\d")
SHORT_FRACTION = re.compile(r"0?\.\d\d?")
# So far before its start nobody comes to an event; a time twelve hours later within its hours was meant.
EARLY = 180.0
# So long an event lasts at most, as far as a cell is concerned that could hold a length, where its own is not stated.
LONG = 180.0
BEGIN, END, LENGTH = "begin", "end", "minutes"
Fault = tuple[str, str]


@dataclass(frozen=True)
class Entry:
    """What one place of a file says: who, at which event, and what.

    Attributes:
        column: the heading of the mark's cell; None when the whole row is the entry.
        typed: who, as it stands in the file; of a report also the e-mail address.
        mark: None when a fault was noted instead.
    """

    row: Row
    column: str | None
    typed: str
    event: Event
    mark: Mark | None
    email: str = ""


@dataclass(frozen=True)
class Said:
    """What the text of one cell says, whatever the event: a function of the text, as everything here.

    Attributes:
        status: `present`, `absent`, `excused`; empty when times or minutes say it.
        times: when the person came and when they left.
        minutes: how long they were there.
        by_number: the times stand as numbers, as Excel holds them.
    """

    status: str = ""
    times: tuple[Stamp | None, Stamp | None] = (None, None)
    minutes: float | None = None

    @property
    def by_number(self) -> bool:
        """Whether a time stands as a number, as Excel holds it."""
        return any(time is not None and time.excel for time in self.times)


def what_is_said(text: str, meanings: Mapping[str, str]) -> Said | None:
    """What a cell says: a mark, minutes, a time of arrival, or times of arrival and leaving; None when it is not known.

    >>> what_is_said("P", USUAL).status, what_is_said("45", USUAL).minutes, what_is_said("16.05", USUAL)
    ('present', 45.0, None)
    """
    status = meanings.get(text.casefold())
    if status in MARKS:
        return Said(status)
    noted = NOTED.fullmatch(text)
    if noted and meanings.get(noted[1].casefold()) == PRESENT:
        time = _time(noted[3])
        if time is None:
            return None
        return Said(PRESENT, (None, time) if noted[2].casefold() in ("left", "until") else (time, None))
    minutes = number_of(text)
    if status is None and minutes is not None and minutes > 1 and not TWO_DECIMALS.fullmatch(text):
        return Said(minutes=minutes)
    both = FROM_TO.fullmatch(text)
    if both and (end := _time(both[2])) and (begin := _begin(both[1], both[2], end)):
        return Said(times=(begin, end))
    ambiguous = TWO_DECIMALS.fullmatch(text) or SHORT_FRACTION.fullmatch(text)
    alone = None if ambiguous else _time(text)
    return Said(times=(alone, None)) if alone else None


def why_not(text: str) -> Fault:
    """(problem, remedy) of a cell that says nothing known."""
    if TWO_DECIMALS.fullmatch(text) and (stamp := read_stamp(text)) and stamp.time:
        return (
            f"This can be {text} minutes or the time {stamp.time:%H:%M}.",
            f"Write {stamp.time:%H:%M}, or whole minutes.",
        )
    remedy = (
        'Use P, A, E, a number of minutes or a time, or explain it: status = { Z = "excused" } under [[attendance]].'
    )
    return "This mark is not known.", remedy


def moment(stamp: Stamp, text: str, event: Event, *, leaving: bool = False) -> tuple[float | None, Fault | None]:
    """A time in minutes from the midnight before an event, or what is wrong with it."""
    minutes = at_event(stamp, event)
    if minutes is None or stamp.time is None or _of_another_day(minutes, event):
        return None, (f"This is another day than that of the event {event.id}, {event.date}.", "Mend the date.")
    if stamp.date is None and not half_of_day(text) and _half_a_day_early(minutes, event, leaving=leaving):
        later = time_of_day(minutes + HALF_DAY)
        remedy = f'Write {later:%H:%M}; if {stamp.time:%H:%M} is right, "{_with_half(stamp.time)}".'
        return None, (f"The event begins at {event.start:%H:%M}.", remedy)
    return minutes, None


def _of_another_day(minutes: float, event: Event) -> bool:
    """Whether a time of the day before or after is too far from an event: nobody comes or leaves then."""
    if minutes < 0:
        return event.begin is None or minutes < event.begin - EARLY
    return minutes >= DAY and event.end is not None and minutes > event.end + HALF_DAY


def _half_a_day_early(minutes: float, event: Event, *, leaving: bool) -> bool:
    """Whether a time is too early for an event, and twelve hours later is not: it was typed as on a clock of 12 hours.

    Too early is to come long before the start, and to leave before it.
    """
    if event.begin is None or minutes >= event.begin - (0 if leaving else EARLY):
        return False
    later = minutes + HALF_DAY
    in_time = minutes < HALF_DAY if event.end is None else later <= event.end + EARLY
    return in_time and event.begin - EARLY <= later


def _with_half(time: dt.time) -> str:
    """A time of day with its half: "12:45 am"."""
    return f"{time:%I:%M} {'am' if time.hour < 12 else 'pm'}"


def _or_a_length(stamp: Stamp, text: str, event: Event) -> Fault | None:
    """What is wrong with a time alone in a cell at which nobody comes to the event, and which could be a length."""
    if event.begin is None or stamp.time is None or stamp.date is not None or half_of_day(text):
        return None
    length, at = clock(stamp.time), at_event(stamp, event)
    outside = at is not None and (at < event.begin - EARLY or (event.end is not None and at >= event.end))
    if not outside or not 0 < length <= (LONG if event.minutes is None else event.minutes):
        return None
    remedy = f'Write {length:g}, or the time with am or pm, as in "{_with_half(stamp.time)}".'
    return f"This can be {length:g} minutes or the time {stamp.time:%H:%M}.", remedy


def as_mark(said: Said, text: str, event: Event) -> tuple[Mark | None, Fault | None]:
    """The mark of a cell at an event, or what is wrong with it."""
    if said.status and said.times == (None, None):
        return Mark(said.status), None
    if said.minutes is not None:
        return Mark(PRESENT, (Stay(minutes=said.minutes),)), None
    if not said.status and said.times[0] and not said.times[1] and (two := _or_a_length(said.times[0], text, event)):
        return None, two
    found: list[float | None] = []
    for at, stamp in enumerate(said.times):
        minutes, fault = moment(stamp, text, event, leaving=at == 1) if stamp is not None else (None, None)
        if fault:
            return None, fault
        found.append(minutes)
    begin, end = found
    if begin is not None and end is not None and end < begin:
        return None, ("The person left before they arrived.", "Mend the times.")
    within = None
    # A mark of presence with a note: there from the start until then, or from then to the end.
    if said.status and begin is None and end is not None and event.begin is not None:
        within = max(0.0, (end if event.end is None else min(end, event.end)) - event.begin)
    elif said.status and end is None and begin is not None and event.end is not None:
        within = max(0.0, event.end - (begin if event.begin is None else max(begin, event.begin)))
    return Mark(PRESENT, (Stay(begin, end, within),)), None


def odd_parts(stay: Stay, event: Event) -> Iterator[tuple[str, str, str]]:
    """(`BEGIN`, `END` or `LENGTH`, what is odd about it, what was done) of what does not count as it is stated."""
    if stay.minutes is not None and event.minutes is not None and stay.minutes > event.minutes:
        yield LENGTH, "The stay is longer than the event.", "The event's length was used."
    part = END if stay.begin is None else BEGIN
    if stay.begin is not None and stay.begin == stay.end:
        yield part, "Arrival and leaving are at the same time.", "Counted as present for 0 minutes."
    elif lies_outside(stay, event):
        counted = "an unknown time" if minutes_there((stay,), event) is None else "0 minutes"
        yield part, "The stay lies outside the hours of the event.", f"Counted as present for {counted}."


def _begin(text: str, other: str, end: Stamp) -> Stamp | None:
    """The first of two times: of "4:45-6:00 pm" both are in the afternoon, of "11:30-1:00 pm" only the second is."""
    if half_of_day(text) or not half_of_day(other):
        return _time(text)
    tries = [stamp for half in ("pm", "am") if (stamp := _time(f"{text.strip()} {half}")) is not None]
    before = [stamp for stamp in tries if stamp.time and end.time and stamp.time <= end.time]
    return before[0] if before else _time(text)


def _time(text: str) -> Stamp | None:
    stamp = read_stamp(text.strip())
    return stamp if stamp is not None and stamp.time is not None else None


class Meanings:
    """What the marks of one file mean: as study.toml says, as the file itself explains them, as usual.

    Attributes:
        words: mark in small letters → status.
    """

    def __init__(self, source: Attendance, grid: Grid, problems: Problems) -> None:
        self.grid, self.problems = grid, problems
        legend = explained(grid.facts.get(LEGEND, ""))
        # A word of the explanation that is not known makes its mark unknown, whatever the mark usually means.
        said = {
            mark: next((USUAL[w] for w in (word, *word.split()) if w in USUAL), word) for mark, word in legend.items()
        }
        stated = {mark.casefold(): meaning for mark, meaning in source.status.items()}
        self.words: dict[str, str] = {**USUAL, **said, **stated}
        self._late_is_usual = LATE not in said and LATE not in stated
        self._told: set[str] = set()

    def read(self, row: Row, column: str, text: str, event: Event) -> Mark | None:
        """The mark of a cell; None, with the problem noted, when it is not known."""
        said = what_is_said(text, self.words)
        mark, fault = (None, why_not(text)) if said is None else as_mark(said, text, event)
        if fault:
            self.problems.add("stops", self.grid.file, *fault, row.number, column, text)
        if said is not None and said.by_number:
            what = "Times stand as numbers, as Excel holds them."
            self._once("number", what, "They were read as times; check one.", row, column, text)
        if text.casefold() == LATE and self._late_is_usual:
            what = "L was read as late, which is present."
            self._once(LATE, what, 'If it means leave, write status = { L = "excused" }.', row, column, text)
        return mark

    def _once(self, about: str, problem: str, remedy: str, row: Row, column: str, text: str) -> None:
        if about not in self._told:
            self._told.add(about)
            self.problems.add("used", self.grid.file, problem, remedy, row.number, column, text)
