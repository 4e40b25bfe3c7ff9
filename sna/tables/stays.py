"""When somebody was at an event, and for how many minutes: overlaps count once, gaps and time outside do not count."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from sna.tables.dates import Stamp

DAY = 1440.0
HALF_DAY = 720.0


@dataclass(frozen=True)
class Event:
    """One event as declared.

    Attributes:
        groups: for whom it was; empty when everybody could come.
        minutes: its length; None when not stated.
        meeting_id: by what number the meeting software knows it; empty when not stated.
    """

    id: str
    date: dt.date
    start: dt.time | None
    minutes: float | None
    kind: str | None
    groups: tuple[str, ...]
    facilitator: str | None
    meeting_id: str = ""

    @cached_property
    def begin(self) -> float | None:
        """Minutes from midnight to its start; None when not stated."""
        return None if self.start is None else clock(self.start)

    @cached_property
    def end(self) -> float | None:
        """Minutes from the midnight before its start to its end; None when not stated."""
        return None if self.begin is None or self.minutes is None else self.begin + self.minutes

    @cached_property
    def past_midnight(self) -> bool:
        """Whether it ends on the day after it began."""
        return self.end is not None and self.end > DAY


@dataclass(frozen=True)
class Stay:
    """One stay at an event, in minutes from the midnight before its start.

    Attributes:
        begin, end: when it began and ended; None when not known.
        minutes: how long the person was there in between, when that is not all the time.
    """

    begin: float | None = None
    end: float | None = None
    minutes: float | None = None


@dataclass(frozen=True)
class Mark:
    """What a file says of one person at one event. Present without stays: for the whole event."""

    status: str
    stays: tuple[Stay, ...] = field(default=())

    def and_also(self, other: Mark) -> Mark:
        """This and another entry of the same person and event, as one."""
        if "present" not in (self.status, other.status):
            return self
        return Mark("present", tuple(stay for mark in (self, other) if mark.status == "present" for stay in mark.stays))


def clock(time: dt.time) -> float:
    """Minutes since midnight.

    >>> clock(dt.time(16, 5))
    965.0
    """
    return time.hour * 60 + time.minute + time.second / 60


def time_of_day(minutes: float) -> dt.time:
    """The time of day so many minutes from a midnight.

    >>> time_of_day(1445)
    datetime.time(0, 5)
    """
    seconds = round(minutes * 60) % 86400
    return dt.time(seconds // 3600, seconds // 60 % 60, seconds % 60)


def at_event(stamp: Stamp, event: Event) -> float | None:
    """A moment in minutes from the midnight before an event; None when it is on another day.

    A time of day without its date belongs to the next day when the event ends then and would not have begun yet.
    """
    if stamp.time is None:
        return None
    minutes = clock(stamp.time)
    if stamp.date is None:
        return minutes + DAY if event.past_midnight and minutes < (event.begin or 0) - HALF_DAY else minutes
    days = [(date - event.date).days for date in stamp.date.readings]
    near = [number for number in days if -1 <= number <= 1]
    return minutes + near[0] * DAY if near else None


def minutes_there(stays: Sequence[Stay], event: Event) -> float | None:
    """Minutes spent within the event's hours, as far as they are stated; None when that is not known.

    Times that overlap count once, and nothing counts that lies outside the hours.

    >>> event = Event("e", dt.date(2026, 1, 12), dt.time(16), 120, None, (), None)
    >>> minutes_there([Stay(950, 1000), Stay(990, 1020), Stay(1030, 1100)], event)
    110.0
    """
    whole: list[tuple[float, float]] = []
    bounds: list[tuple[float, float]] = []
    counted = 0.0
    for stay in stays:
        begin, end = _hours(event)
        begin = begin if stay.begin is None else max(stay.begin, begin)
        end = end if stay.end is None else min(stay.end, end)
        bounds.append((begin, end))
        if stay.minutes is not None:
            counted += max(0.0, min(stay.minutes, end - begin))
        elif stay.begin is None or stay.end is None:
            return None
        else:
            whole.append((begin, end))
    total = min(_covered(whole) + counted, _covered(bounds))
    return total if event.minutes is None else min(total, event.minutes)


def minutes_within(total: float, begin: float | None, end: float | None, event: Event) -> float:
    """Of the minutes somebody was there in all between two times, those within the event's hours.

    What lies outside the hours is taken off: a person was surely there right after arriving and right before leaving.
    """
    opens, closes = _hours(event)
    before = 0.0 if begin is None else max(0.0, opens - begin)
    after = 0.0 if end is None else max(0.0, end - closes)
    return max(0.0, total - before - after)


def lies_outside(stay: Stay, event: Event) -> bool:
    """Whether nothing between the times of a stay is within the event's hours.

    >>> event = Event("e", dt.date(2026, 1, 12), dt.time(16), 120, None, (), None)
    >>> lies_outside(Stay(1080), event), lies_outside(Stay(950, 970), event)
    (True, False)
    """
    opens, closes = _hours(event)
    begin = opens if stay.begin is None else max(stay.begin, opens)
    end = closes if stay.end is None else min(stay.end, closes)
    return end <= begin


def _hours(event: Event) -> tuple[float, float]:
    """When an event begins and ends; without limit where that is not stated."""
    return (
        event.begin if event.begin is not None else float("-inf"),
        event.end if event.end is not None else float("inf"),
    )


def _covered(spans: Iterable[tuple[float, float]]) -> float:
    """The length of what the spans cover together."""
    total, reached = 0.0, float("-inf")
    for begin, end in sorted(spans):
        if end > max(begin, reached):
            total += end - max(begin, reached)
            reached = end
    return total


def first_and_last(stays: Sequence[Stay]) -> tuple[float | None, float | None]:
    """When somebody arrived and when they left for good; None where that is not known."""
    begins = [stay.begin for stay in stays if stay.begin is not None]
    ends = [stay.end for stay in stays if stay.end is not None]
    arrived, left = min(begins, default=None), max(ends, default=None)
    if arrived is not None and any(s.begin is None and s.end is not None and s.end <= arrived for s in stays):
        arrived = None
    if left is not None and any(s.end is None and s.begin is not None and s.begin >= left for s in stays):
        left = None
    return arrived, left
