"""The rows of the attendance table as columns: everybody who could have come to an event, and everybody who came."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from sna.tables.columns import Ints
from sna.tables.marks import ABSENT, EXCUSED, PRESENT, UNKNOWN
from sna.tables.plain_rows import STATUSES, Bools, Floats, Hours, PlainMarks
from sna.tables.stays import Event, Mark, first_and_last, minutes_there

COLUMNS = ["event_id", "actor_id", "eligible", "status", "arrived", "left", "minutes", "share", "late", "left_early"]
DAY_IN_SECONDS = 86_400
# What stands in place of a time that is not known, and of a yes or no that is not known.
NO_TIME = -1
UNKNOWN_YET, NO, YES = 0, 1, 2
AT_ONCE = 20_000


@dataclass(frozen=True, eq=False)
class Rows:
    """Rows of the attendance table, in the order of `of` and then of the roster.

    Attributes:
        of: the events of one [[attendance]].
        columns: `event` and `actor` are places among these events and among the roster's people, `status` places in
            `STATUSES`; `arrived` and `left` are seconds of the day, or `NO_TIME`; `late` and `left_early` are
            `UNKNOWN_YET`, `NO` or `YES`; `eligible` and `minutes` (nan: not known).
    """

    of: Sequence[Event]
    columns: dict[str, npt.NDArray[Any]]


def rows_of(
    events: Sequence[Event],
    could: Bools,
    there: Bools,
    recorded: set[str],
    held: Iterable[tuple[int, int, Mark]],
    plain: PlainMarks | None,
    late_after: float,
) -> Rows:
    """One row per event and person wherever `there` says so.

    Args:
        events: the events.
        could: by event and person, whether the person could have come.
        there: the same, and those who came nevertheless.
        recorded: ids of the events at which somebody's attendance was recorded.
        held: (event, person, mark) of single rows.
        plain: the marks of plain rows.
        late_after: minutes after the start from which an arrival is late, and before the end a leaving is early.
    """
    place = np.cumsum(there, dtype=np.int32).reshape(there.shape) - 1
    each = there.sum(axis=1)
    silent = np.array([STATUSES.index(ABSENT if event.id in recorded else UNKNOWN) for event in events], dtype=np.int8)
    statuses = np.repeat(silent, each)
    people = np.arange(there.shape[1], dtype=np.min_scalar_type(there.shape[1]))
    ids = np.arange(len(events), dtype=np.min_scalar_type(len(events)))
    count = len(statuses)
    columns: dict[str, npt.NDArray[Any]] = {
        "event": np.repeat(ids, each),
        "actor": np.concatenate([people[mine] for mine in there]) if len(there) else people[:0],
        "eligible": could[there],
        "status": statuses,
        "arrived": np.full(count, NO_TIME, dtype=np.int32),
        "left": np.full(count, NO_TIME, dtype=np.int32),
        "minutes": np.where(statuses == STATUSES.index(ABSENT), 0.0, np.nan),
        "late": np.zeros(count, dtype=np.int8),
        "left_early": np.zeros(count, dtype=np.int8),
    }
    for event_at, actor_at, mark in held:
        if there[event_at, actor_at]:
            _enter(columns, int(place[event_at, actor_at]), events[event_at], mark, late_after)
    if plain is not None:
        hours = Hours.of(events)
        for start in range(0, len(plain.numbers), AT_ONCE):
            part = plain.part(slice(start, start + AT_ONCE))
            part = part.part(there[part.events, part.actors])
            _enter_plain(columns, place[part.events, part.actors], part, hours, late_after)
    return Rows(events, columns)


def _enter(columns: dict[str, npt.NDArray[Any]], at: int, event: Event, mark: Mark, late_after: float) -> None:
    """Enter a mark; one without times or minutes stands for the whole event."""
    columns["status"][at] = STATUSES.index(mark.status)
    minutes: float | None = None
    if mark.status == PRESENT:
        minutes = minutes_there(mark.stays, event) if mark.stays else event.minutes
        arrived, left = first_and_last(mark.stays)
        if arrived is not None:
            columns["arrived"][at] = seconds_of_day(np.array(arrived))
            if event.begin is not None:
                columns["late"][at] = YES if arrived > event.begin + late_after else NO
        if left is not None:
            columns["left"][at] = seconds_of_day(np.array(left))
            if event.end is not None:
                columns["left_early"][at] = YES if left < event.end - late_after else NO
    elif mark.status in (ABSENT, EXCUSED):
        minutes = 0.0
    columns["minutes"][at] = np.nan if minutes is None else minutes


def _enter_plain(
    columns: dict[str, npt.NDArray[Any]], at: Ints, plain: PlainMarks, hours: Hours, late_after: float
) -> None:
    """As `_enter`, of many plain rows."""
    begin, end = plain.begin, plain.end
    columns["status"][at], columns["minutes"][at] = plain.statuses, plain.spent
    columns["arrived"][at], columns["left"][at] = seconds_of_day(begin), seconds_of_day(end)
    starts, closes = hours.begin[plain.events], hours.end[plain.events]
    columns["late"][at] = np.where(np.isnan(begin) | np.isnan(starts), UNKNOWN_YET, NO + (begin > starts + late_after))
    early = NO + (end < closes - late_after)
    columns["left_early"][at] = np.where(np.isnan(end) | np.isnan(closes), UNKNOWN_YET, early)


def seconds_of_day(minutes: Floats) -> Ints:
    """As `stays.time_of_day`, in seconds.

    >>> seconds_of_day(np.array([1445.0, np.nan])).tolist()
    [300, -1]
    """
    seconds = np.nan_to_num(np.rint(minutes * 60)).astype(np.int64) % DAY_IN_SECONDS
    return np.where(np.isnan(minutes), NO_TIME, seconds).astype(np.int32)


def table_of(parts: Sequence[Rows], by_date: Sequence[Event], people: Sequence[str]) -> pd.DataFrame:
    """The table `attendance` of docs/data-model.md, in the order of the events and then of the roster.

    Args:
        parts: the rows of each [[attendance]].
        by_date: all events in their order.
        people: actor ids in the order of the roster.
    """
    place = {event.id: at for at, event in enumerate(by_date)}
    parts = [part for part in parts if len(part.columns["event"])]
    if not parts:
        return pd.DataFrame([], columns=COLUMNS)
    at_event = _joined(
        np.array([place[event.id] for event in part.of], dtype=np.min_scalar_type(len(place)))[
            part.columns.pop("event")
        ]
        for part in parts
    )
    actors = _joined(part.columns.pop("actor") for part in parts)
    key = at_event.astype(np.int64) * len(people) + actors
    order = slice(None) if bool((key[1:] >= key[:-1]).all()) else np.argsort(key, kind="stable")
    del key

    # Each column is let go as soon as the table has it: both together would take twice the memory.
    def column(name: str) -> npt.NDArray[Any]:
        return _joined(part.columns.pop(name) for part in parts)[order]

    minutes = column("minutes")
    table: dict[str, Any] = {
        "event_id": _texts([event.id for event in by_date], at_event[order]),
        "actor_id": _texts(people, actors[order]),
        "eligible": column("eligible"),
        "status": _texts(STATUSES, column("status")),
        "arrived": _times(column("arrived")),
        "left": _times(column("left")),
        "minutes": _numbers(minutes),
        "share": _numbers(_shares(minutes, by_date, at_event[order])),
        "late": _yes_no(column("late")),
        "left_early": _yes_no(column("left_early")),
    }
    return pd.DataFrame(table, copy=False)


def _shares(minutes: Floats, by_date: Sequence[Event], at_event: Ints) -> Floats:
    """Minutes as shares of the events' minutes."""
    shares: Floats = np.array([event.minutes for event in by_date], dtype=float)[at_event]
    np.divide(minutes, shares, out=shares)
    return shares


def _joined(arrays: Iterable[npt.NDArray[Any]]) -> npt.NDArray[Any]:
    listed = list(arrays)
    return listed[0] if len(listed) == 1 else np.concatenate(listed)


def _texts(texts: Sequence[str], places: Ints) -> Any:
    """Texts by their places, as pandas holds texts."""
    return pd.Series(list(texts)).array.take(places)


def _times(seconds: Ints) -> pd.Series:
    """Times of day; None where there is none."""
    # One place for each second of a day, and the last one, which stays empty, for no time.
    met = np.zeros(DAY_IN_SECONDS + 1, dtype=bool)
    met[seconds] = True
    met[NO_TIME] = False
    times = np.full(len(met), None, dtype=object)
    for s in np.flatnonzero(met).tolist():
        times[s] = dt.time(s // 3600, s // 60 % 60, s % 60)
    return _objects(times[seconds])


def _numbers(numbers: Floats) -> npt.NDArray[Any]:
    """Numbers, nan where one is not known; no numbers at all where none is."""
    return np.full(len(numbers), None) if bool(np.isnan(numbers).all()) else numbers


def _yes_no(answers: npt.NDArray[np.int8]) -> Any:
    """True, False, or missing where it is not known."""
    return pd.arrays.BooleanArray(answers == YES, answers == UNKNOWN_YET)


def _objects(values: npt.NDArray[np.object_]) -> pd.Series:
    """A column whose values stay what they are, without pandas looking through them for a better kind."""
    return pd.Series(values, dtype=object, copy=False)
