"""The rows of a large sign-in list about which there is nothing to say, read column by column.

`SignInList` and `Register` define what a row means, and every row that gives rise to a note goes through them. Most
rows of a large list do not: somebody found as they stand, at a declared event, with times that fit. Of these each
different text is read once, and the rest is arithmetic on whole columns; what comes out is the same.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sna.tables.columns import Column, Ints
from sna.tables.dates import read_length, read_stamp
from sna.tables.grid import Grid, Rows
from sna.tables.marks import ABSENT, EARLY, EXCUSED, LATE, PRESENT, UNKNOWN, what_is_said
from sna.tables.people import People
from sna.tables.sign_in_lists import STATUS, SignInList
from sna.tables.stays import DAY, HALF_DAY, Event, clock
from sna.tables.values import number_of

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
STATUSES = (PRESENT, ABSENT, EXCUSED, UNKNOWN)
SILENT, NOT_PLAIN = -1, -2


@dataclass(frozen=True, eq=False)
class Hours:
    """The hours of events, one value per event; nan where they are not stated."""

    begin: Floats
    end: Floats
    minutes: Floats
    past_midnight: Bools
    day: Ints

    @classmethod
    def of(cls, events: Sequence[Event]) -> Hours:
        """The hours of these."""
        return cls(
            np.array([event.begin for event in events], dtype=float),
            np.array([event.end for event in events], dtype=float),
            np.array([event.minutes for event in events], dtype=float),
            np.array([event.past_midnight for event in events], dtype=bool),
            np.array([event.date.toordinal() for event in events], dtype=np.int32),
        )

    def within(self, events: Ints, begin: Floats, end: Floats) -> Floats:
        """Minutes between the times of single stays and within the events' hours; 0 or less of stays outside them."""
        opens = np.fmax(begin, np.nan_to_num(self.begin, nan=-np.inf)[events])
        closes = np.fmin(end, np.nan_to_num(self.end, nan=np.inf)[events])
        return closes - opens

    def minutes_there(self, events: Ints, within: Floats, known: Bools, minutes: Floats) -> Floats:
        """As `stays.minutes_there`, of single stays: nan where it is not known.

        Args:
            events: places of the events.
            within: as `within` has it.
            known: where both times are known.
            minutes: as given; nan where they are not.
        """
        span = np.maximum(0.0, within)
        given = np.minimum(np.maximum(0.0, np.minimum(minutes, within)), span)
        total = np.where(np.isnan(minutes), np.where(known, span, np.nan), given)
        return np.minimum(total, np.nan_to_num(self.minutes, nan=np.inf)[events])


@dataclass(frozen=True, eq=False)
class PlainMarks:
    """What plain rows say, one value per row, no two of the same person and event.

    Attributes:
        file: the file.
        numbers: the numbers of the rows.
        actors: places among the roster's people.
        events: places among the events.
        statuses: places in `STATUSES`.
        begin, end: when the stay began and ended; nan where nothing is said.
        spent: minutes of the event that the person was there; nan where that is not known.
    """

    file: str
    numbers: Ints
    actors: Ints
    events: Ints
    statuses: Ints
    begin: Floats
    end: Floats
    spent: Floats

    def part(self, rows: slice | Bools) -> PlainMarks:
        """Some of them."""
        at = self.numbers[rows], self.actors[rows], self.events[rows], self.statuses[rows]
        return PlainMarks(self.file, *at, self.begin[rows], self.end[rows], self.spent[rows])


def take_plain_rows(
    sheet: SignInList, people: People, refusers: Collection[str]
) -> tuple[PlainMarks | None, npt.NDArray[np.intp]]:
    """The marks of the plain rows of a list, and the places of all other rows, to be read one by one.

    What reading the plain rows one by one leaves behind is left behind here, too: who was found where, and which cells
    were looked at.

    Args:
        sheet: the list.
        people: the roster.
        refusers: ids of people who refused consent.
    """
    grid, source, rows = sheet.grid, sheet.source, sheet.grid.rows
    if not isinstance(rows, Rows) or sheet.problems.names.has(grid.file, source.actor):
        return None, np.arange(len(rows))
    events = list(sheet.events.values())
    hours = Hours.of(events)
    place = {event.id: at for at, event in enumerate(events)}
    which = _column(grid, "" if sheet.only else source.event)
    at_event = _each([place[sheet.only.id] if sheet.only else place.get(text, SILENT) for text in which.texts], which)
    who = _column(grid, source.actor)
    found = people.find_all(who.texts)
    order = people.order
    actors = _each([order.get(one.actor_id or "", SILENT) for one in found], who)
    as_it_stands = [
        one.how == "exact"
        and one.actor_id not in refusers
        and (not people.ledger or people.decided(text) in (None, one.actor_id))
        for one, text in zip(found, who.texts, strict=True)
    ]
    plain = np.array(as_it_stands, dtype=bool)[who.codes] & (actors >= 0) & (at_event >= 0)
    pairs = actors.astype(np.int64) * len(events) + at_event
    ordered = np.sort(pairs)
    if bool((twice := ordered[1:] == ordered[:-1]).any()):
        plain &= ~np.isin(pairs, ordered[1:][twice])
    begin, fine = _moments(_column(grid, source.arrived), at_event, hours)
    plain &= fine
    end, fine = _moments(_column(grid, source.left), at_event, hours)
    plain &= fine & ~(end < begin)
    length = _column(grid, source.minutes)
    lengths = [_minutes(text) for text in length.texts]
    minutes = np.array([one if one is not None and one >= 0 else np.nan for one in lengths])[length.codes]
    plain &= np.array([one is not None for one in lengths])[length.codes]
    marks = _column(grid, STATUS)
    statuses = _each([_status(text, sheet.meanings.words) for text in marks.texts], marks)
    within = hours.within(at_event, begin, end)
    spent = hours.minutes_there(at_event, within, ~np.isnan(begin) & ~np.isnan(end), minutes)
    odd = (minutes > hours.minutes[at_event]) | (within <= 0)
    statuses, fine = _together(statuses, begin, end, minutes, odd, sheet.meanings.words)
    plain &= fine
    if not plain.any():
        return None, np.arange(len(rows))
    for name in (source.actor, *(() if sheet.only else (source.event,)), STATUS, *sheet.times, source.minutes):
        grid.look(name, plain)
    sheet.problems.names.add_column(grid.file, source.actor, rows.numbers[plain], who.codes[plain], found)
    # Whoever is there without times or minutes was there all the time.
    timeless = np.isnan(begin) & np.isnan(end) & np.isnan(minutes)
    spent = np.where(timeless, hours.minutes[at_event], spent)
    away = np.where(statuses == STATUSES.index(UNKNOWN), np.nan, 0.0)
    present = statuses == STATUSES.index(PRESENT)
    begin, end, spent = (
        np.where(present, values, other)[plain] for values, other in ((begin, np.nan), (end, np.nan), (spent, away))
    )
    taken = PlainMarks(
        grid.file, rows.numbers[plain], actors[plain], at_event[plain], statuses[plain], begin, end, spent
    )
    return taken, np.flatnonzero(~plain)


def _column(grid: Grid, name: str) -> Column:
    """A column by name, without noting that it was looked for; one of empty cells when there is none."""
    place = grid.place(name) if name else None
    if place is None or not isinstance(grid.rows, Rows):
        return Column(np.broadcast_to(np.zeros(1, dtype=np.int32), len(grid.rows)), ("",))
    return grid.rows.columns[place]


def _each(values: Sequence[int], column: Column) -> Ints:
    """What belongs to each text, row by row."""
    return np.array(values, dtype=np.min_scalar_type(min(-2, -1 - max(values))))[column.codes]


def _moments(column: Column, at_event: Ints, hours: Hours) -> tuple[Floats, Bools]:
    """As `marks.moment`: minutes from the midnight before the event, and where there is nothing to say about them.

    All leaving before the start lies outside the hours, which is not plain: of leaving no more is to be asked here.
    """
    times, days, fine = [], [], []
    for text in column.texts:
        stamp = read_stamp(text) if text else None
        time = stamp.time if stamp is not None else None
        dates = stamp.date.readings if stamp is not None and stamp.date is not None else ()
        times.append(np.nan if time is None else clock(time))
        days.append(next(iter(dates)).toordinal() if dates else 0)
        fine.append(not text or (time is not None and stamp is not None and not stamp.excel and len(dates) < 2))
    plain = np.array(fine, dtype=bool)[column.codes]
    if len(column.texts) == 1 and not column.texts[0]:
        return np.broadcast_to(np.full(1, np.nan), len(plain)), plain
    minutes = np.array(times, dtype=float)[column.codes]
    opens, closes = hours.begin[at_event], hours.end[at_event]
    if any(days):
        dated = np.array(days, dtype=np.int32)[column.codes]
        apart = dated - hours.day[at_event]
        plain &= (dated == 0) | (np.abs(apart) <= 1)
        minutes = np.where(dated > 0, minutes + apart * DAY, minutes)
    else:
        dated = np.zeros(1, dtype=np.int32)
    if hours.past_midnight.any():
        after = (dated == 0) & hours.past_midnight[at_event] & (minutes < np.nan_to_num(opens) - HALF_DAY)
        minutes = np.where(after, minutes + DAY, minutes)
    plain &= ~((minutes < 0) & ~(minutes >= opens - EARLY)) & ~((minutes >= DAY) & (minutes > closes + HALF_DAY))
    early = minutes < opens - EARLY
    if early.any():
        later = minutes + HALF_DAY
        in_time = (later <= closes + EARLY) | (np.isnan(closes) & (minutes < HALF_DAY))
        plain &= ~(early & in_time & (opens - EARLY <= later))
    return minutes, plain


def _minutes(text: str) -> float | None:
    """As `cells.minutes_cell`: below 0 for an empty cell, None when it holds no number of minutes."""
    if not text:
        return -1.0
    number = number_of(text)
    return read_length(text) if number is None else number


def _status(text: str, words: Mapping[str, str]) -> int:
    """The place of what a mark says in `STATUSES`; marks with times and those explained once are not plain."""
    if not text:
        return SILENT
    said = what_is_said(text, words)
    if said is None or not said.status or said.times != (None, None) or text.casefold() == LATE:
        return NOT_PLAIN
    return STATUSES.index(said.status)


def _together(
    statuses: Ints,
    begin: Floats,
    end: Floats,
    minutes: Floats,
    odd: Bools,
    words: Mapping[str, str],
) -> tuple[Ints, Bools]:
    """As `SignInList._together`: statuses, and where marks, times and minutes go together.

    Args:
        statuses: of the marks alone.
        begin, end, minutes: as read.
        odd: where something is to be said of the times or minutes, as in `marks.odd_parts`.
        words: what marks mean; "" an empty cell.
    """
    empty = words.get("")
    timed = ~np.isnan(begin) | ~np.isnan(end)
    counted = ~np.isnan(minutes)
    silent, other = statuses == SILENT, statuses > 0
    zero = minutes == 0
    plain = (statuses != NOT_PLAIN) & ~(other & (timed | (counted & ~zero)))
    nothing = ~timed & ~counted & ~other
    if empty not in STATUSES:
        plain &= ~(nothing & silent)
    plain &= other | ~(odd | (zero & (timed | ~silent)))
    said = np.where(silent, 0, statuses)
    if empty in STATUSES:
        said = np.where(nothing & silent, STATUSES.index(empty), said)
    said = np.where(zero & silent & np.isnan(begin), STATUSES.index(ABSENT), said)
    return said.astype(np.int8), plain
