"""Calendars as lists of events: what Outlook exports, and the layout of Google Calendar."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import sna
from tests.tables.meetings_study import CORPUS, minutes, problems_of, stops_of, study

GRID = 'file = "grid.csv"\nactor = "Name"\nform = "grid"'


def events(folder: Path) -> pd.DataFrame:
    checked = sna.check_study(folder)
    assert checked.tables is not None, "\n".join(str(problem) for problem in checked.stops)
    return checked.tables.events.set_index("event_id")


def with_calendar(folder: Path, calendar: str | Path, sheet: str, keys: str = GRID, top: str = "") -> Path:
    return study(folder, {"grid.csv": sheet}, keys, events=calendar, top=top)


def test_outlook_with_the_day_first(tmp_path: Path) -> None:
    """19/01 can only be read one way. Two events of a day are told apart by their time; all day means no hours."""
    calendar = Path("calendars/outlook_day_first.csv")
    sheet = "Name,2026-01-12,2026-01-19 16:00\nAna Lopez,16:30-18:00,P\n"
    folder = with_calendar(tmp_path / "s", calendar, sheet)
    table = events(folder)
    ids = ["2026-01-12", "2026-01-19 09:00", "2026-01-19 16:00", "2026-01-26", "2026-01-30"]
    assert table.index.to_list() == ids
    assert [None if pd.isna(m) else m for m in table["minutes"]] == [120.0, 90.0, 120.0, 120.0, None]
    assert [str(t) if isinstance(t, object) and not pd.isna(t) else None for t in table["start"]][-1] is None
    assert table["kind"].fillna("").to_list() == ["Board", "Coaching", "Board", "", ""]
    assert minutes(folder, "2026-01-12") == {"P1": 90.0}
    assert minutes(folder, "2026-01-19 16:00") == {"P1": 120.0}


def test_who_was_invited_did_not_come_for_that(tmp_path: Path) -> None:
    folder = with_calendar(tmp_path / "s", Path("calendars/outlook_day_first.csv"), "Name,2026-01-12\nAna Lopez,P\n")
    assert minutes(folder, "2026-01-12") == {"P1": 120.0}
    (note,) = [p for p in problems_of(folder) if "invited" in p.problem]
    assert note.severity == "note"
    assert not any("Columns that nothing" in p.problem and p.file == "events.csv" for p in problems_of(folder))


def test_a_calendar_whose_dates_could_be_read_both_ways_asks(tmp_path: Path) -> None:
    """1/12/2026 alone, as Outlook writes it on a machine set to English (United States)."""
    calendar = Path("calendars/outlook.csv")
    (stop,) = [
        s for s in stops_of(with_calendar(tmp_path / "s", calendar, "Name,2026-01-12\nAna Lopez,P\n")) if "events" in s
    ]
    assert 'dates = "d/m/y"' in stop
    sheet = "Name,2026-01-12\nAna Lopez,P\n"
    folder = with_calendar(tmp_path / "t", calendar, sheet, top='dates = "m/d/y"')
    table = events(folder)
    assert table.index.to_list() == ["2026-01-12"]
    assert f"{table.loc['2026-01-12', 'start']:%H:%M}" == "16:00"


def test_google_calendar(tmp_path: Path) -> None:
    """01/13/2026 settles the order; an all-day entry has no hours."""
    folder = with_calendar(tmp_path / "s", Path("calendars/google.csv"), "Name,2026-01-12\nAna Lopez,P\n")
    table = events(folder)
    assert table.index.to_list() == ["2026-01-12", "2026-01-13"]
    assert table["minutes"].isna().to_list() == [False, True]
    assert table["start"].isna().to_list() == [False, True]


def test_reports_of_meetings_find_the_events_of_a_calendar(tmp_path: Path) -> None:
    files = {"report.csv": (CORPUS / "zoom/participants_2021.csv").read_bytes()}
    folder = study(tmp_path / "s", files, 'file = "report.csv"', events=Path("calendars/google.csv"))
    assert set(minutes(folder, "2026-01-12")) == {"P1", "P2", "P3", "P4"}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Board,2026-01-12,16:00,2026-01-12,15:00,False", "ends before it begins"),
        (
            "Board,2026-01-12,16:00,2026-01-12,17:00,False\nBoard,2026-01-12,16:00,2026-01-12,17:00,False",
            "stands twice",
        ),
        ("Board,soon,16:00,2026-01-12,17:00,False", "not a date"),
    ],
)
def test_faults_of_a_calendar(tmp_path: Path, row: str, said: str) -> None:
    calendar = f"Subject,Start Date,Start Time,End Date,End Time,All Day Event\n{row}\n"
    stops = stops_of(with_calendar(tmp_path / "s", calendar, "Name,2026-01-12\nAna Lopez,P\n"))
    assert any(said in stop and "events.csv" in stop for stop in stops)
