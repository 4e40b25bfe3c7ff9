"""Reports of meeting software: who joined and left when, and at which event that was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sna.errors import Severity
from sna.study import Attendance
from sna.tables.dates import Stamp, read_length
from sna.tables.exports.meeting import (
    ACTION,
    ATTENDED,
    BETWEEN,
    EMAIL,
    IN_ALL,
    JOINED,
    LAST_NAME,
    LEFT,
    MEETING,
    MEETING_START,
    MOMENT,
    TOPIC,
    WAITING,
    WHO,
)
from sna.tables.grid import REJECTED, STRUCK, Grid, Row
from sna.tables.marks import PRESENT, Entry
from sna.tables.meetings import Diary, Meeting
from sna.tables.problems import Problems
from sna.tables.report_times import ReportTimes
from sna.tables.stays import DAY, Event, Mark, Stay, at_event, minutes_there, minutes_within
from sna.tables.values import number_of, yes_no

CAME, WAS_THERE, WENT = "joined", "joined before", "left"
# How far first arrival and last leaving may lie from the minutes in all because of rounding, in minutes.
ROUNDED, ROUNDED_TO_MINUTES = 1.0, 2.0


class Report:
    """Reads one report.

    Args of the constructor:
        grid: the file.
        source: its declaration.
        events: every event of its list of events.
        only: the event it is about, where there is one file per event.
        dates: the order of day and month that study.toml gives, or an empty text.
        problems: where faults are noted.
        taken: event id → the meeting found to be it in an earlier report; added to.
    """

    def __init__(
        self,
        grid: Grid,
        source: Attendance,
        events: Mapping[str, Event],
        only: Event | None,
        dates: str,
        problems: Problems,
        taken: dict[str, Meeting],
    ) -> None:
        self.grid, self.only, self.problems = grid, only, problems
        self.diary = Diary([only], only) if only else Diary(events.values(), taken=taken)
        self.times = ReportTimes(grid, source, self.diary, dates, problems)
        self._events: dict[Meeting, Event | None] = {}
        self._told: set[str] = set()
        # What the software writes and nobody needs is not worth a note.
        grid.asked_for.update(grid.header)

    def entries(self) -> Iterator[Entry]:
        """One entry per stay, or per row that adds stays up."""
        if not self.times.settled:
            return
        rows = [row for row in self.grid.rows if self._counts(row)]
        found = list(self._of_moments(rows) if self.grid.at(MOMENT) is not None else self._of_stays(rows))
        self._check_hours(found)
        yield from found

    def _counts(self, row: Row) -> bool:
        """Whether a row is about somebody who was in the meeting, not invited only or waiting to be let in."""
        if yes_no(self.grid.cell(row, ATTENDED)) is False:
            return False
        if yes_no(self.grid.cell(row, WAITING)):
            self._leave_out(row, "Time in the waiting room is not attendance.")
            return False
        return True

    def _leave_out(self, row: Row, why: str) -> None:
        self.grid.strike(row, REJECTED)
        self.problems.add("left out", self.grid.file, why, "The row was left out.", row.number)

    def _entry(self, row: Row, event: Event, mark: Mark) -> Entry:
        given, family = self.grid.cell(row, WHO), self.grid.cell(row, LAST_NAME)
        return Entry(row, None, f"{given} {family}".strip(), event, mark, self.grid.cell(row, EMAIL))

    def _of_stays(self, rows: Iterable[Row]) -> Iterator[Entry]:
        """Rows that say when somebody joined and left, or how long they were there in all."""
        for row in rows:
            joined, left = self.times.at(row, JOINED), self.times.at(row, LEFT)
            length, known = self._length(row)
            if not known or (joined.fault or left.fault):
                continue
            if joined.stamp is None and left.stamp is None and length is None:
                self._leave_out(row, "The row has no times: this person was perhaps invited and not there.")
                continue
            event = self._event(row, joined.stamp)
            if event is None:
                continue
            begin, end = self._minutes(row, joined.stamp, event), self._minutes(row, left.stamp, event)
            if (begin is None and joined.stamp) or (end is None and left.stamp):
                continue
            if begin is not None and end is not None and end < begin:
                # A time without its date is of the next day when it comes before the other.
                if left.stamp is not None and left.stamp.date is None and end + DAY - begin < DAY / 2:
                    end += DAY
                else:
                    self.problems.add(
                        "stops", self.grid.file, "The person left before they joined.", "Mend it.", row.number
                    )
                    continue
            yield self._entry(row, event, Mark(PRESENT, (self._stay(row, begin, end, length, event),)))

    def _stay(self, row: Row, begin: float | None, end: float | None, length: float | None, event: Event) -> Stay:
        """A stay of times and, where they do not settle it, minutes in all."""
        if length is None or (begin is not None and end is not None and not self.grid.cell(row, IN_ALL)):
            return Stay(begin, end)
        if begin is not None and end is not None:
            seconds = any(time is not None and time.second for time in self.times.of(row, (JOINED, LEFT)))
            if end - begin - length < (ROUNDED if seconds else ROUNDED_TO_MINUTES):
                return Stay(begin, end)
        elif begin is None and end is None:
            what = "The report says how long people were there, and not when."
            remedy = "Time before the start and after the end counts too, up to the length of the event."
            self._once("used", what, remedy)
        elif begin is not None and not self.grid.cell(row, IN_ALL):
            return Stay(begin, begin + length)
        return Stay(begin, end, minutes_within(length, begin, end, event))

    def _length(self, row: Row) -> tuple[float | None, bool]:
        """The minutes in a row, and whether they could be read."""
        for name in (IN_ALL, BETWEEN):
            text = self.times.text(row, name)
            if text:
                length = read_length(text)
                length = number_of(text) if length is None else length
                needed = name == IN_ALL or not (self.times.text(row, JOINED) and self.times.text(row, LEFT))
                if length is None and needed:
                    what, remedy = "This is not a length of time.", "Write it as 1h 5m, or in minutes."
                    self.problems.add("stops", self.grid.file, what, remedy, row.number, self._heading(name), text)
                    return None, False
                return length, True
        return None, True

    def _heading(self, name: str) -> str:
        place = self.grid.at(name)
        return name if place is None else self.grid.header[place]

    def _minutes(self, row: Row, stamp: Stamp | None, event: Event) -> float | None:
        """A time at an event; None when there is none or, with the fault noted, it is on another day."""
        if stamp is None:
            return None
        minutes = at_event(stamp, event)
        if minutes is None:
            what = f"This is another day than that of the event {event.id}, {event.date}."
            self.problems.add("stops", self.grid.file, what, "Mend the date, or the list of events.", row.number)
        return minutes

    def _of_moments(self, rows: Iterable[Row]) -> Iterator[Entry]:
        """Rows that say that somebody joined or left, person by person in order of time."""
        of_person: dict[tuple[str, str, str], list[tuple[float, int, Row, Event, str]]] = {}
        for row in rows:
            action, moment = self.grid.cell(row, ACTION).casefold(), self.times.at(row, MOMENT)
            if action not in (CAME, WAS_THERE, WENT):
                remedy = "The words Joined, Joined before and Left are read; export the list in English."
                shown = self.grid.cell(row, ACTION)
                self.problems.add(
                    "stops", self.grid.file, "This is not known.", remedy, row.number, self._heading(ACTION), shown
                )
                continue
            event = None if moment.stamp is None else self._event(row, moment.stamp)
            minutes = None if event is None else self._minutes(row, moment.stamp, event)
            if event is not None and minutes is not None:
                who = (event.id, self.grid.cell(row, WHO).casefold(), self.grid.cell(row, EMAIL).casefold())
                of_person.setdefault(who, []).append((minutes, len(of_person.get(who, ())), row, event, action))
        for moments in of_person.values():
            yield from self._one_person(sorted(moments, key=lambda moment: moment[:2]))

    def _one_person(self, moments: list[tuple[float, int, Row, Event, str]]) -> Iterator[Entry]:
        """The stays of one person: each from joining to leaving, the last perhaps without an end."""
        open_from: tuple[float | None, Row] | None = None
        self._note_order(moments)
        for minutes, _, row, event, action in moments:
            if action == WENT:
                begin = open_from[0] if open_from is not None else None
                open_from = None
                yield self._entry(row, event, Mark(PRESENT, (Stay(begin, minutes),)))
                continue
            begin = minutes
            if action == WAS_THERE and (event.begin is None or minutes > event.begin):
                begin = None
                what = "This person was there before the one who made the list: when they came is not known."
                remedy = "They count as present for an unknown time."
                self.problems.add("used", self.grid.file, what, remedy, row.number)
            if open_from is None:
                open_from = (begin, row)
            # The stay itself is entered with its end; joining alone says no more than being there.
            yield self._entry(row, event, Mark(PRESENT))
        if open_from is not None:
            row, event = open_from[1], moments[-1][3]
            what = "This person had not left when the list was made: until when they stayed is not known."
            self._once("used", what, "People of whom that is so count as present for an unknown time.", row)
            yield self._entry(row, event, Mark(PRESENT, (Stay(open_from[0], None),)))

    def _note_order(self, moments: list[tuple[float, int, Row, Event, str]]) -> None:
        """Note, once for a person and event, that joining and leaving do not take turns."""
        there = False
        again: list[Row] = []
        lone: list[Row] = []
        for _, _, row, _, action in moments:
            if there == (action != WENT):
                (again if there else lone).append(row)
            there = action != WENT
        if not again and not lone:
            return
        what = "This person left without having joined."
        if again:
            what = "This person joined again before they had left, perhaps from a second device."
        unknown = lone or there
        remedy = "They count as present for an unknown time." if unknown else "The next leaving was taken for the end."
        self.problems.add("used", self.grid.file, what, remedy, (again or lone)[0].number)

    def _event(self, row: Row, stamp: Stamp | None) -> Event | None:
        """The event a row is about; None when there is none, with the fault noted once for each meeting."""
        start = self.times.at(row, MEETING_START, quietly=True).stamp
        day = self.times.day_of(stamp if start is None else start)
        number, topic = self.times.text(row, MEETING), self.times.text(row, TOPIC)
        if day is None:
            what = "The report does not say of which day it is."
            remedy = (
                'Name each file after its event, file = "…/{event_id}.csv", or let its name hold the date: 2026-01-12.'
            )
            self._once("stops", what, remedy)
            return None
        meeting = Meeting(day, number, topic)
        if meeting not in self._events:
            event, fault = self.diary.of(meeting)
            self._events[meeting] = event
            if fault:
                self.problems.add("stops", self.grid.file, *fault, row.number, value=topic or number or str(day))
        event = self._events[meeting]
        if event is None:
            self.grid.strike(row, STRUCK)
            if not self.problems.stops:
                what = "Meetings in this report are none of the study's, by their number."
                self._once("note", what, "They were not read.")
        return event

    def _check_hours(self, entries: Iterable[Entry]) -> None:
        """A report whose people were all there at another time than the event is of another zone, or another event."""
        within: dict[str, tuple[Event, list[float | None], Entry]] = {}
        for entry in entries:
            if entry.mark is not None and entry.mark.stays and entry.event.begin is not None:
                within.setdefault(entry.event.id, (entry.event, [], entry))[1].append(
                    minutes_there(entry.mark.stays, entry.event)
                )
        for event, minutes, first in within.values():
            if all(value == 0 for value in minutes):
                what = f"Nobody in the report was there within the hours of the event {event.id}: {event.start:%H:%M}."
                remedy = "Look at its start and minutes in the list of events, and at time_zone under [[attendance]]."
                self.problems.add("stops", self.grid.file, what, remedy, first.row.number)

    def _once(self, severity: Severity, problem: str, remedy: str, row: Row | None = None) -> None:
        if problem not in self._told:
            self._told.add(problem)
            self.problems.add(severity, self.grid.file, problem, remedy, row.number if row else None)
