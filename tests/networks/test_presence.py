"""People × events: who could, who came, how late; what nobody knows counts for nobody."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from sna.networks import attendance_network
from sna.networks.presence import Presence, presence
from tests.surveys_read import tables_of

HEADINGS = ["event_id", "actor_id", "eligible", "status", "arrived", "left", "minutes", "late", "left_early"]
EVENTS = pd.DataFrame(
    {
        "event_id": ["day", "night", "short", "silent"],
        "start": [dt.time(9), dt.time(23), None, dt.time(9)],
        "minutes": [120.0, 120.0, None, 60.0],
        "kind": [" Online", "plenary", None, "plenary"],
    }
)


def made(*rows: tuple[object, ...]) -> Presence:
    return presence(EVENTS, pd.DataFrame(rows, columns=HEADINGS), ["a", "b"])


def at(*clock: int) -> dt.time:
    return dt.time(*clock)


def test_minutes_late_and_early_also_past_midnight() -> None:
    found = made(
        ("day", "a", True, "present", at(9, 25), at(10, 30), 65.0, True, True),
        ("day", "b", True, "present", at(8, 50), at(11, 10), 120.0, False, False),
        ("night", "a", True, "present", at(0, 10), at(0, 40), 30.0, True, True),
        ("night", "b", True, "present", at(22, 55), at(1, 5), 120.0, False, False),
    )
    assert found.minutes_late[:, :2].tolist() == [[25, 70], [0, 0]]
    assert found.minutes_early[:, :2].tolist() == [[30, 20], [0, 0]]
    assert found.late[:, :2].tolist() == found.early[:, :2].tolist() == [[1, 1], [0, 0]]
    assert found.share[:, :2].tolist() == [[65 / 120, 0.25], [1, 1]]


def test_what_is_not_known_is_not_absence() -> None:
    found = made(
        ("short", "a", True, "present", None, None, None, None, None),
        ("short", "b", True, "absent", None, None, 0.0, None, None),
        ("silent", "a", True, "unknown", None, None, None, None, None),
        ("day", "b", True, "excused", None, None, 0.0, None, None),
    )
    assert found.invited.tolist() == [[False, False, True, True], [True, False, True, False]]
    assert found.eligible.tolist() == [[False, False, True, False], [True, False, True, False]]
    assert found.present.sum() == 1
    assert found.excused.sum() == 1
    assert np.isnan(found.share[0, 2])
    assert np.isnan(found.share[1, 2]), "nobody knows how long it was"
    assert found.share[1, 0] == 0
    assert np.isnan(found.late).all()
    np.testing.assert_array_equal(found.online, [1, 0, np.nan, 0])


def test_guests_and_strangers_count_for_nobody() -> None:
    found = made(
        ("day", "a", False, "present", at(9, 0), at(11, 0), 120.0, False, False),
        ("day", "z", True, "present", at(9, 0), at(11, 0), 120.0, False, False),
        ("other", "b", True, "present", at(9, 0), at(11, 0), 120.0, False, False),
    )
    assert not found.present.any()
    assert not found.invited.any()
    assert np.isnan(found.minutes).all()


def test_some_people_and_events() -> None:
    found = made(("day", "a", True, "present", at(9, 30), at(11, 0), 90.0, True, False))
    part = found.among([True, False], [True, False, False, True])
    assert (part.actors, part.events, part.present.tolist()) == (("a",), ("day", "silent"), [[True, False]])
    assert part.share[0, 0] == 0.75
    assert part.among([False], [True, True]).share.shape == (0, 2)


@pytest.mark.parametrize("study", ["il-cop", "pplc"])
def test_it_says_what_the_two_mode_network_says(study: str) -> None:
    tables = tables_of(study)
    people = tuple(dict.fromkeys(tables.actors["actor_id"]))
    network = attendance_network(tables.events, tables.attendance, people)
    found = presence(tables.events, tables.attendance, people)
    kept = [found.events.index(event) for event in network.events]
    np.testing.assert_array_equal(found.eligible[:, kept], network.eligible)
    np.testing.assert_array_equal(found.present[:, kept], network.present & network.eligible)
    minutes = np.where(network.eligible, network.minutes, np.nan)
    np.testing.assert_array_equal(found.minutes[:, kept], minutes)
    assert found.eligible.sum() == network.eligible.sum()


def test_nobody_and_nothing() -> None:
    empty = presence(EVENTS.iloc[:0], pd.DataFrame(columns=HEADINGS), [])
    assert empty.share.shape == (0, 0)
    assert presence(EVENTS, pd.DataFrame(columns=HEADINGS), ["a"]).invited.tolist() == [[False] * 4]
