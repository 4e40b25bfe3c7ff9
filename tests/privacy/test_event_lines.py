"""Counts of events: all for the team, none for the public that would tell of a few people."""

from __future__ import annotations

from pathlib import Path

import sna
from sna.privacy.build import release
from tests.small_study import EVENTS, small_study


def test_counts_of_events(tmp_path: Path) -> None:
    events = EVENTS + "e3,2022-03-10,16:00,60\n"
    results = sna.measure_study(small_study(tmp_path / "s", events=events))
    team = release(results, "manager", {}).overview.events
    assert [(line.event, line.came, line.could) for line in team] == [
        ("e1", "2", "4"),
        ("e2", "1", "4"),
        ("e3", "not recorded", "4"),
    ]
    assert release(results, "public", {}).overview.events == (), "too few people for any figure"
