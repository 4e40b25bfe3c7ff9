"""Minutes at an event, against counting the minutes one by one; names as calls show them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sna.tables.callers import Shown, shown
from sna.tables.stays import Event, Stay, minutes_there, minutes_within, time_of_day

BEGIN, LENGTH = 16 * 60, 120
EVENT = Event("e", dt.date(2026, 1, 12), dt.time(16), LENGTH, None, (), None)
SPANS = st.lists(st.tuples(st.integers(BEGIN - 60, BEGIN + 180), st.integers(0, 90)), max_size=6)


@given(SPANS)
def test_stays_cover_what_counting_minute_by_minute_says(spans: list[tuple[int, int]]) -> None:
    counted = {m for begin, length in spans for m in range(begin, begin + length) if BEGIN <= m < BEGIN + LENGTH}
    assert minutes_there([Stay(begin, begin + length) for begin, length in spans], EVENT) == len(counted)
    unstated = Event("e", EVENT.date, None, None, None, (), None)
    everything = {m for begin, length in spans for m in range(begin, begin + length)}
    assert minutes_there([Stay(begin, begin + length) for begin, length in spans], unstated) == len(everything)


@given(SPANS)
def test_one_stay_more_never_lowers_the_minutes(spans: list[tuple[int, int]]) -> None:
    stays = [Stay(begin, begin + length) for begin, length in spans]
    so_far = [minutes_there(stays[:at], EVENT) or 0.0 for at in range(len(stays) + 1)]
    assert so_far == sorted(so_far)
    assert so_far[-1] <= LENGTH


@given(st.integers(0, 90), st.integers(0, 90), st.integers(0, 30))
def test_minutes_in_all_between_two_times(early: int, late: int, away: int) -> None:
    """Somebody came before the start, left after the end and was away for some minutes within the event."""
    begin, end = BEGIN - early, BEGIN + LENGTH + late
    assert minutes_within(end - begin - away, begin, end, EVENT) == LENGTH - away


def test_unknown_times_are_unknown_minutes() -> None:
    assert minutes_there([Stay(BEGIN, None)], EVENT) is None
    assert minutes_there([Stay(BEGIN, None, 30)], EVENT) == 30
    assert minutes_there([Stay(None, None, 500)], EVENT) == LENGTH
    assert time_of_day(1439.999999) == dt.time(0, 0)


@pytest.mark.parametrize(
    ("name", "whole", "original", "bare"),
    [
        ("Ana Lopez", "Ana Lopez", "", "Ana Lopez"),
        ("Ana  Lopez (Host)", "Ana Lopez", "", "Ana Lopez"),
        ("Ana Lopez (she/her) (Guest)", "Ana Lopez", "", "Ana Lopez"),
        ("Ben O (Ben Okafor) (Co-host, me)", "Ben O (Ben Okafor)", "Ben Okafor", "Ben O"),
        ("New ( Original )", "New ( Original )", "Original", "New"),
        ("iPad(Clapton)", "iPad(Clapton)", "Clapton", "iPad"),
        ("Ana (Lopez (TA))", "Ana (Lopez (TA))", "Lopez (TA)", "Ana"),
        ("Lopez, Ana (ORG/UNIT)", "Lopez, Ana (ORG/UNIT)", "ORG/UNIT", "Lopez, Ana"),
        ("(no name)", "(no name)", "", "(no name)"),
        ("broken) name (", "broken) name (", "", "broken) name ("),
        ("Ana :)", "Ana :)", "", "Ana :)"),
        ("", "", "", ""),
    ],
)
def test_names_as_calls_show_them(name: str, whole: str, original: str, bare: str) -> None:
    assert shown(name) == Shown(whole, original, bare)
