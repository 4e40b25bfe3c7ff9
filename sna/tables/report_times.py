"""The times in a report of meeting software: in which order day and month stand, in which zone, on which day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sna.study import Attendance
from sna.tables.cells import settled_order, why_open
from sna.tables.dates import Stamp, Written, possible_orders, read_stamp
from sna.tables.exports.meeting import JOINED, LEFT, MEETING_START, MOMENT, ORDER, ZONE
from sna.tables.grid import Grid, Row
from sna.tables.meetings import Diary, date_in_name, order_by_events
from sna.tables.problems import Problems
from sna.tables.stays import DAY, clock

NOTHING = frozenset({"", "-", "--", "na", "n/a"})
TIMES = (JOINED, LEFT, MOMENT, MEETING_START)
# How long after its end people may still be in a meeting, in minutes.
AFTER = 60.0


@dataclass(frozen=True)
class At:
    """A time in a cell as local time; None without one. `fault`: it could not be read, which is noted."""

    stamp: Stamp | None = None
    fault: bool = False


class ReportTimes:
    """Reads the times of one report.

    Attributes:
        settled: whether they can be read; if not, the reason is noted.
    """

    def __init__(self, grid: Grid, source: Attendance, diary: Diary, said: str, problems: Problems) -> None:
        self.grid, self.diary, self.problems = grid, diary, problems
        self.named_day = date_in_name(grid.file)
        self._stamps: dict[str, Stamp | None] = {}
        self._order = self._settle(said)
        self._zones = self._find_zones(source)
        self.settled = self._order is not None and self._zones is not None

    def text(self, row: Row, name: str) -> str:
        """What stands in a column of a row or, for the whole file, above its headings; empty for a dash and such."""
        text = self.grid.cell(row, name) or self.grid.facts.get(name, "")
        return "" if text.casefold() in NOTHING else text

    def at(self, row: Row, name: str, *, quietly: bool = False) -> At:
        """The time in a column of a row, or above the headings."""
        text = self.text(row, name)
        stamp = self._read(text)
        if text and (stamp is None or stamp.time is None):
            place = self.grid.at(name)
            heading = None if place is None else self.grid.header[place]
            if not quietly:
                self.problems.add("stops", self.grid.file, "This is not a time.", "Mend it.", row.number, heading, text)
            return At(fault=True)
        return At(None if stamp is None else self._local(stamp))

    def of(self, row: Row, names: Iterable[str]) -> list[dt.time | None]:
        """The times of day in columns of a row, as they stand there."""
        found = (self._read(self.text(row, name)) for name in names)
        return [None if stamp is None else stamp.time for stamp in found]

    def day_of(self, stamp: Stamp | None) -> dt.date | None:
        """The day on which an event began at which this is a time; None when nothing says so.

        A time without a date is of the day that the file's name gives, or of the file's event.
        """
        if stamp is not None and stamp.date is not None and stamp.time is not None:
            (day,) = stamp.date.readings
            before = [event for event in self.diary.events if event.date == day - dt.timedelta(days=1)]
            late = clock(stamp.time) + DAY
            return before[0].date if any(late <= (e.end or 0) + AFTER for e in before if e.past_midnight) else day
        return self.named_day or (self.diary.only.date if self.diary.only is not None else None)

    def _read(self, text: str) -> Stamp | None:
        if text not in self._stamps:
            self._stamps[text] = read_stamp(text) if text else None
        return self._stamps[text]

    def _settle(self, said: str) -> str | None:
        """The order of day and month; None, with the fault noted, when it has to be asked for.

        A program writes in one order. It is what the program always writes, or the only one in which every date
        exists, or the only one in which every date is that of an event; only then does study.toml decide.
        """
        if ORDER in self.grid.facts:
            return self.grid.facts[ORDER]
        texts = {self.text(row, name): row for name in TIMES for row in reversed(self.grid.rows)}
        dates = {
            text: stamp.date
            for text in texts
            if (stamp := self._read(text)) is not None and stamp.date is not None and stamp.time is not None
        }
        excel = next((text for text in texts if (stamp := self._read(text)) is not None and stamp.excel), None)
        if excel is not None:
            what, remedy = "Times stand as numbers, as Excel holds them.", "They were read as times; check one."
            self.problems.add("used", self.grid.file, what, remedy, texts[excel].number, value=excel)
        order = settled_order(dates.values(), "")
        if order is None:
            possible = possible_orders(dates.values())
            order = order_by_events(possible, lambda o: all(self._is_of_event(date, o) for date in dates.values()))
            order = order or (said if said in possible else None)
        if order is None:
            text = next((t for t, d in dates.items() if d.open), next(iter(dates)))
            what, remedy = why_open(list(dates.values()))
            self.problems.add("stops", self.grid.file, what, remedy, texts[text].number, value=text)
        return order

    def _is_of_event(self, written: Written, order: str) -> bool:
        date = written.under(order)
        return date is not None and bool(self.diary.on(date))

    def _find_zones(self, source: Attendance) -> tuple[str, str] | None:
        """(zone of the report, zone of the events), both empty where they are the same; None with a fault noted.

        What is wrong with the keys themselves is said of study.toml already.
        """
        if not all(_is_zone(name) for name in (source.time_zone, source.local_zone) if name):
            return None
        zone, local = source.time_zone or self.grid.facts.get(ZONE, ""), source.local_zone
        if bool(zone) == bool(local):
            return zone, local
        if source.time_zone:
            return None
        if zone:
            what = f"The times in this report are {zone}."
            remedy = 'Say in which zone the events are: local_zone = "Europe/Vienna" under [[attendance]].'
        else:
            what = "local_zone is given, and nothing says of which zone the times in this report are."
            remedy = 'Add time_zone = "…" under [[attendance]], or take local_zone out.'
        self.problems.add("stops", self.grid.file, what, remedy)
        return None

    def _local(self, stamp: Stamp) -> Stamp:
        """A time as local time, its date settled."""
        date = stamp.date.under(self._order) if stamp.date is not None and self._order is not None else None
        zone, local = self._zones or ("", "")
        if zone and stamp.time is not None:
            day = date or self.named_day or (self.diary.only.date if self.diary.only is not None else None)
            if day is None:
                return stamp
            moment = dt.datetime.combine(day, stamp.time, ZoneInfo(zone)).astimezone(ZoneInfo(local))
            date = moment.date() if date is not None else None
            return Stamp(None if date is None else Written(date, date), moment.time())
        return Stamp(None if date is None else Written(date, date), stamp.time)


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True
