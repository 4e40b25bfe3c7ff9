"""What a mark, a time or a number in an attendance sheet says of one person at one event."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from sna.study import Attendance
from sna.tables.dates import Stamp, half_of_day, read_stamp
from sna.tables.exports.sign_in_grid import LEGEND, explained
from sna.tables.grid import Grid, Row
from sna.tables.problems import Problems
from sna.tables.stays import HALF_DAY, Event, Mark, Stay, at_event
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


def moment(stamp: Stamp, text: str, event: Event) -> tuple[float | None, Fault | None]:
    """A time in minutes from the midnight before an event, or what is wrong with it."""
    minutes = at_event(stamp, event)
    if minutes is None:
        return None, (f"This is another day than that of the event {event.id}, {event.date}.", "Mend the date.")
    later = minutes + HALF_DAY
    hours = (event.begin, event.end if event.end is not None else later)
    if hours[0] is not None and minutes < hours[0] - EARLY and hours[0] - EARLY <= later <= hours[1] + EARLY:
        if half_of_day(text) or stamp.date is not None or stamp.time is None:
            return minutes, None
        start = f"{event.start:%H:%M}"
        afternoon = f"{stamp.time.hour + 12}:{stamp.time:%M}"
        return None, (
            f"The event begins at {start}.",
            f'Write {afternoon}; if {text} is right, "{stamp.time:%H:%M} am".',
        )
    return minutes, None


def as_mark(said: Said, text: str, event: Event) -> tuple[Mark | None, Fault | None]:
    """The mark of a cell at an event, or what is wrong with it."""
    if said.status and said.times == (None, None):
        return Mark(said.status), None
    if said.minutes is not None:
        return Mark(PRESENT, (Stay(minutes=said.minutes),)), None
    found: list[float | None] = []
    for stamp in said.times:
        minutes, fault = moment(stamp, text, event) if stamp is not None else (None, None)
        if fault:
            return None, fault
        found.append(minutes)
    begin, end = found
    if begin is not None and end is not None and end < begin:
        return None, ("The person left before they arrived.", "Mend the times.")
    within = None
    # A mark of presence with a note: there from the start until then, or from then to the end.
    if said.status and begin is None and end is not None and event.begin is not None:
        within = max(0.0, end - event.begin)
    elif said.status and end is None and begin is not None and event.end is not None:
        within = max(0.0, event.end - begin)
    return Mark(PRESENT, (Stay(begin, end, within),)), None


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
