"""Reports of Zoom, Teams and Google Meet, byte for byte as they arrive, become the attendance worked out by hand."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pandas as pd
import pytest

import sna
from tests.corpus.workbook import workbook
from tests.tables.meetings_study import (
    CORPUS,
    EVENTS,
    MINUTES,
    ROSTER,
    TWO_EVENTS,
    attendance,
    law_holds,
    minutes,
    problems_of,
    stops_of,
    study,
)

ONE = 'file = "reports/{event_id}.csv"'
MEET = "2026-01-12 16-00 Steering Committee - Attendance Report.csv"
WHOLE_MINUTES = {"P1": 113.0, "P2": 115.0, "P3": 70.0, "P4": 120.0}


def one(folder: Path, report: str, keys: str = "", **more: str) -> Path:
    """A study with one report, named after its event."""
    return study(folder, {"reports/e1.csv": Path(report)}, f"{ONE}\n{keys}", **more)  # type: ignore[arg-type]


TIMED = [
    "zoom/participants_2021.csv",
    "zoom/participants_2021_with_meeting.csv",
    "zoom/participants_2025.csv",
    "zoom/participants_2025_with_meeting.csv",
    "zoom/meetings_with_participants_2025.csv",
    "teams/report_2024.csv",
    "teams/report_2024_without_mark.csv",
    "teams/report_2024_stamps_cut.csv",
    "teams/report_2024_resaved.csv",
    "teams/report_2021.csv",
]


@pytest.mark.parametrize("report", TIMED)
def test_joins_and_leaves_become_minutes_within_the_event(tmp_path: Path, report: str) -> None:
    folder = one(tmp_path / "s", report)
    assert minutes(folder) == pytest.approx(MINUTES)
    table = attendance(folder).loc["e1"]
    assert [f"{time:%H:%M:%S}" for time in table["arrived"]] == ["16:00:10", "16:05:40", "16:00:55", "15:58:02"]
    assert [f"{time:%H:%M:%S}" for time in table["left"]] == ["18:01:10", "18:01:12", "17:10:20", "18:01:30"]
    assert table["late"].tolist() == [False, False, False, False]
    assert table["left_early"].tolist() == [False, False, True, False]
    law_holds(folder)


@pytest.mark.parametrize(
    ("report", "there"),
    [
        ("teams/report_2025_with_reactions.csv", ("P1", "P3", "P4")),
        ("teams/report_2022_day_first.csv", ("P1", "P3", "P4")),
        ("teams/report_2021_resaved.csv", ("P1", "P3", "P4")),
        ("teams/report_german_unverified.csv", ("P1", "P4")),
        ("zoom/webinar_2026.csv", ("P1", "P2", "P4")),
        ("zoom/meetings_with_participants_2021.csv", ("P1", "P2", "P3", "P4")),
    ],
)
def test_other_layouts_with_some_of_these_people(tmp_path: Path, report: str, there: tuple[str, ...]) -> None:
    files, keys = ({"report.csv": Path(report)}, 'file = "report.csv"')
    folder = study(tmp_path / "s", files, keys, events=TWO_EVENTS)
    assert minutes(folder) == pytest.approx({actor: MINUTES[actor] for actor in there})
    law_holds(folder)


def test_a_webinar_of_2020(tmp_path: Path) -> None:
    assert minutes(one(tmp_path / "s", "zoom/webinar_2020.csv")) == pytest.approx({"P1": 44 + 50 / 60, "P4": 120.0})


@pytest.mark.parametrize("report", ["zoom/unique_users_2021.csv", "zoom/unique_users_2025.csv"])
def test_totals_without_times_count_up_to_the_length(tmp_path: Path, report: str) -> None:
    folder = one(tmp_path / "s", report)
    assert minutes(folder) == {"P1": 114.0, "P2": 116.0, "P3": 70.0, "P4": 120.0}
    assert attendance(folder)["arrived"].isna().all()
    assert any("how long people were there, and not when" in p.problem for p in problems_of(folder))


@pytest.mark.parametrize("report", ["teams/list_2020.csv", "teams/list_2020_resaved.csv"])
def test_a_list_of_moments_without_the_last_leaving(tmp_path: Path, report: str) -> None:
    """Ana and Ben had not left; Chen was there before the list taker, who joined before the start."""
    table = attendance(one(tmp_path / "s", report)).loc["e1"]
    assert table["status"].tolist() == ["present"] * 4
    assert table["minutes"].isna().tolist() == [True, True, False, True]
    assert table.loc["P3", "minutes"] == pytest.approx(70 + 20 / 60)
    assert table.loc["P1", "left"] is None or pd.isna(table.loc["P1", "left"])
    assert f"{table.loc['P1', 'arrived']:%H:%M:%S}" == "16:00:10"


def test_somebody_there_before_the_list_taker_who_was_late(tmp_path: Path) -> None:
    folder = one(tmp_path / "s", "teams/list_2020.csv", events=EVENTS.replace("16:00", "15:30"))
    row = attendance(folder).loc[("e1", "P3")]
    assert pd.isna(row["arrived"])
    assert pd.isna(row["minutes"])
    assert any(p.row == 6 and p.severity == "used" for p in problems_of(folder))


def test_live_events_are_in_utc(tmp_path: Path) -> None:
    (stop,) = stops_of(one(tmp_path / "s", "teams/live_event.csv"))
    assert "local_zone" in stop
    folder = one(tmp_path / "t", "teams/live_event.csv", 'local_zone = "Europe/Vienna"')
    table = attendance(folder).loc["e1"]
    assert table.loc["P3", "minutes"] == pytest.approx(69 + 25 / 60)
    assert [f"{table.loc[a, 'arrived']:%H:%M:%S}" for a in ("P1", "P3")] == ["16:00:10", "16:00:55"]


def test_google_meet(tmp_path: Path) -> None:
    """Whole minutes, the last begun one left out; the day stands in the file's name only."""
    expected = {"P1": 111 + 50 / 60, "P2": MINUTES["P2"], "P3": MINUTES["P3"], "P4": 120.0}
    for number, files in enumerate(
        ({MEET: Path(f"google_meet/{MEET}")}, {"m.csv": Path("google_meet/dated_times.csv")})
    ):
        folder = study(tmp_path / str(number), files, f'file = "{next(iter(files))}"')
        assert minutes(folder) == pytest.approx(expected)
        law_holds(folder)
    folder = one(tmp_path / "s", "google_meet/first_and_last_name.csv")
    assert minutes(folder) == {"P1": 112.0, "P2": 115.0, "P3": 70.0, "P4": 120.0}
    folder = one(tmp_path / "e", "google_meet/browser_extension.csv")
    assert minutes(folder) == pytest.approx({"P1": 113.5, "P2": 114 + 20 / 60, "P3": MINUTES["P3"], "P4": 120.0})
    folder = one(tmp_path / "p", "google_meet/portuguese.csv")
    assert minutes(folder) == pytest.approx({"P1": 112.0, "P3": 70.0})


def test_a_meet_report_without_its_day_asks(tmp_path: Path) -> None:
    files = {"report.csv": Path("google_meet/first_and_last_name.csv")}
    (stop,) = stops_of(study(tmp_path / "s", files, 'file = "report.csv"'))
    assert "of which day" in stop
    assert "{event_id}" in stop


SIGN_IN = """actor_id,event_id,arrived,left
P1,e1,16:00:10,16:45:00
P1,e1,16:52:30,18:01:10
Ben Okafor,e1,16:05:40,18:01:12
P3,e1,16:00:55,17:10:20
P4,e1,15:58:02,18:01:30
"""


def test_the_same_meeting_through_every_product(tmp_path: Path) -> None:
    reports = ["zoom/participants_2021.csv", "teams/report_2024.csv", f"google_meet/{MEET}"]
    found = [minutes(one(tmp_path / str(at), report)) for at, report in enumerate(reports)]
    found.append(minutes(study(tmp_path / "list", {"list.csv": SIGN_IN}, 'file = "list.csv"')))
    for result in found:
        assert result.keys() == MINUTES.keys()
        assert max(abs(result[actor] - MINUTES[actor]) for actor in MINUTES) < 1
    assert found[0] == pytest.approx(found[1])
    assert found[0] == pytest.approx(found[3])


def test_two_devices_at_once_count_once_and_gaps_do_not(tmp_path: Path) -> None:
    assert minutes(one(tmp_path / "s", "zoom/two_devices.csv")) == {"P1": 95.0}


def test_a_restarted_meeting_has_two_reports(tmp_path: Path) -> None:
    files = {f"reports/e1 {at}.csv": Path(f"teams/restart_{at}.csv") for at in (1, 2)}
    for number, pattern in enumerate(("reports/{event_id}*.csv", "reports/*.csv")):
        folder = study(tmp_path / str(number), files, f'file = "{pattern}"')
        assert minutes(folder) == {"P1": 110.0, "P2": 40.0}
        (told,) = [p for p in problems_of(folder) if p.severity == "left out"]
        assert (told.row, "invited" in told.problem) == (11, True)
        law_holds(folder)


def test_a_file_saved_again_by_a_spreadsheet(tmp_path: Path) -> None:
    folder = one(tmp_path / "s", "zoom/resaved_by_a_spreadsheet.csv")
    assert minutes(folder) == {"P1": 113.0, "P2": 115.0, "P3": 70.0, "P4": 120.0}


def test_times_past_midnight(tmp_path: Path) -> None:
    events = "event_id,date,start,minutes\ne1,2026-01-12,23:00,120\n"
    for number, keys in enumerate((ONE, 'file = "reports/*.csv"')):
        files = {"reports/e1.csv": Path("zoom/past_midnight.csv")}
        folder = study(tmp_path / str(number), files, keys, events=events)
        assert minutes(folder) == {"P1": 120.0, "P2": 40.0}
        table = attendance(folder).loc["e1"]
        assert table.loc["P2", ["late", "left_early"]].tolist() == [True, False]


def test_time_zones(tmp_path: Path) -> None:
    """A report in California time of a meeting in Chicago at 18:00; UTC is two hours behind Vienna in summer."""
    events = EVENTS.replace("16:00", "18:00")
    keys = 'time_zone = "America/Los_Angeles"\nlocal_zone = "America/Chicago"'
    folder = one(tmp_path / "s", "zoom/participants_2021.csv", keys, events=events)
    assert minutes(folder) == pytest.approx(MINUTES)
    text = (CORPUS / "zoom/participants_2021.csv").read_text(encoding="utf-8-sig").replace("01/12/", "07/12/")
    keys = 'time_zone = "UTC"\nlocal_zone = "Europe/Vienna"'
    files = {"reports/e1.csv": text}
    summer = study(tmp_path / "x", files, f"{ONE}\n{keys}", events=events.replace("-01-", "-07-"))
    assert minutes(summer) == pytest.approx(MINUTES)
    (stop,) = stops_of(one(tmp_path / "t", "zoom/participants_2021.csv", events=EVENTS.replace("16:00", "20:00")))
    assert "hours of the event e1" in stop
    assert "time_zone" in stop
    (stop,) = stops_of(one(tmp_path / "u", "zoom/participants_2021.csv", 'time_zone = "America/Chicago"'))
    assert "local_zone" in stop
    (stop,) = stops_of(one(tmp_path / "v", "zoom/participants_2021.csv", 'local_zone = "Amerika/Chicago"'))
    assert 'Close match: "America/Chicago"' in stop
    sheet = study(tmp_path / "w", {"list.csv": SIGN_IN}, 'file = "list.csv"\nlocal_zone = "Europe/Vienna"')
    assert len(stops_of(sheet)) == 1


def test_names_with_notes_and_renamed_people(tmp_path: Path) -> None:
    """Notes, the original name, capitals, an e-mail address; a bot is settled in names.csv like any other name."""
    report = "zoom/notes_in_names.csv"
    (stop,) = stops_of(one(tmp_path / "s", report))
    assert "read.ai meeting notes" in stop
    names = "typed,actor_id,decision\nread.ai meeting notes,,ignore\n"
    folder = one(tmp_path / "t", report, names=names)
    assert minutes(folder) == {"P1": 120.0, "P2": 120.0, "P3": 120.0, "P4": 120.0}
    told = {p.value for p in problems_of(folder) if p.severity == "used"}
    assert told == {"Ana Lopez (she/her)", "ben okafor (Host)", "iPhone(Chen Wei)", "Coach Dana"}
    table = law_holds(folder)
    assert table.loc["reports/e1.csv", "rejected"] > 0
    folder = one(tmp_path / "u", report, top='unresolved = "count"')
    assert minutes(folder) == {"P1": 120.0, "P2": 120.0, "P3": 120.0, "P4": 120.0}


def test_a_decision_in_names_csv_goes_before_the_original_name(tmp_path: Path) -> None:
    names = "typed,actor_id,decision\niPhone(Chen Wei),P2,\nread.ai meeting notes,,ignore\n"
    names += "ben okafor (Host),outside,\n"
    folder = one(tmp_path / "s", "zoom/notes_in_names.csv", names=names)
    assert set(minutes(folder)) == {"P1", "P2", "P4"}


def test_an_address_of_one_and_the_name_of_another(tmp_path: Path) -> None:
    text = (CORPUS / "zoom/two_devices.csv").read_text(encoding="utf-8-sig").replace("Ana Lopez,ana", "Ben Okafor,ana")
    folder = study(tmp_path / "s", {"reports/e1.csv": text}, ONE)
    assert minutes(folder) == {"P1": 95.0}
    assert any('The name is that of "Ben Okafor"' in p.problem for p in problems_of(folder))


def test_waiting_is_not_attendance(tmp_path: Path) -> None:
    folder = one(tmp_path / "s", "zoom/participants_2025.csv")
    (told,) = [p for p in problems_of(folder) if p.severity == "left out"]
    assert (told.file, told.row) == ("reports/e1.csv", 4)
    assert law_holds(folder).loc["reports/e1.csv", "rejected"] == 8


def test_people_who_refused_leave_no_trace(tmp_path: Path) -> None:
    roster = "actor_id,name,email,consent\nP1,Ana Lopez,ana@example.org,refused\n" + "".join(
        f"{line},\n" for line in ROSTER.splitlines()[2:]
    )
    folder = one(tmp_path / "s", "teams/report_2024.csv", roster=roster)
    toml = (folder / "study.toml").read_text(encoding="utf-8").replace("[consent]", '[consent]\ncolumn = "consent"')
    (folder / "study.toml").write_text(toml, encoding="utf-8")
    assert set(minutes(folder)) == {"P2", "P3", "P4"}
    assert not any("Ana" in str(p) for p in problems_of(folder))
    assert any("refused consent: 2" in p.problem for p in problems_of(folder))
    law_holds(folder)


def test_several_meetings_in_one_file_go_by_their_day(tmp_path: Path) -> None:
    files = {"report.csv": Path("zoom/meetings_with_participants_2021.csv")}
    folder = study(tmp_path / "s", files, 'file = "report.csv"', events=TWO_EVENTS)
    assert minutes(folder, "e1") == pytest.approx(MINUTES)
    assert minutes(folder, "e2") == {"P1": 30.0, "P4": 90.0}
    (told,) = [p for p in problems_of(folder) if p.severity == "left out"]
    assert (told.row, "repeated" in told.problem) == (8, True)


def test_meetings_of_a_whole_account_go_by_their_number(tmp_path: Path) -> None:
    files = {"report.csv": Path("zoom/meetings_of_an_account.csv")}
    (stop,) = stops_of(study(tmp_path / "s", files, 'file = "report.csv"', events=TWO_EVENTS))
    assert "No event is on 2026-01-20" in stop
    assert "meeting_id" in stop
    events = "event_id,date,start,minutes,meeting_id\n"
    events += "e1,2026-01-12,16:00,120,81234567890\ne2,2026-02-09,16:00,90,812-3456-7890\n"
    folder = study(tmp_path / "t", files, 'file = "report.csv"', events=events)
    assert minutes(folder, "e1") == pytest.approx(MINUTES)
    assert minutes(folder, "e2") == {"P1": 30.0, "P4": 90.0}
    assert any("none of the study's" in p.problem for p in problems_of(folder))
    law_holds(folder)


def test_two_events_of_a_day_need_the_number_of_the_meeting(tmp_path: Path) -> None:
    events = EVENTS + "morning,2026-01-12,09:00,60\n"
    files = {"report.csv": Path("zoom/participants_2021_with_meeting.csv")}
    (stop,) = stops_of(study(tmp_path / "s", files, 'file = "report.csv"', events=events))
    assert "e1, morning" in stop
    events = (
        "event_id,date,start,minutes,meeting_id\ne1,2026-01-12,16:00,120,812 3456 7890\nmorning,2026-01-12,09:00,60,1\n"
    )
    assert minutes(study(tmp_path / "t", files, 'file = "report.csv"', events=events)) == pytest.approx(MINUTES)


def test_two_meetings_of_a_day_and_one_event(tmp_path: Path) -> None:
    text = (
        (CORPUS / "zoom/meetings_of_an_account.csv").read_text(encoding="utf-8-sig").replace("01/20/2026", "01/12/2026")
    )
    events = TWO_EVENTS
    (stop,) = stops_of(study(tmp_path / "s", {"r.csv": text}, 'file = "r.csv"', events=events))
    assert "Several meetings of 2026-01-12 could be the event e1" in stop


def test_reports_of_other_days_and_events_without_a_report(tmp_path: Path) -> None:
    files = {"reports/e2.csv": Path("zoom/participants_2021.csv")}
    (stop,) = stops_of(study(tmp_path / "s", files, ONE, events=TWO_EVENTS))
    assert "The report is of 2026-01-12, the event e2 on 2026-02-09" in stop
    folder = study(tmp_path / "t", {"reports/e1.csv": Path("zoom/participants_2021.csv")}, ONE, events=TWO_EVENTS)
    assert set(attendance(folder).loc["e2", "status"]) == {"unknown"}
    (stop,) = stops_of(study(tmp_path / "u", {"reports/e9.csv": Path("zoom/participants_2021.csv")}, ONE))
    assert "No event has the id" in stop
    (stop,) = stops_of(study(tmp_path / "v", {}, ONE))
    assert "No file in the study folder fits" in stop


def test_the_longest_id_that_fits_a_file_is_meant(tmp_path: Path) -> None:
    events = EVENTS + "e10,2026-01-12,16:00,120\n"
    files = {"reports/e10 copy.csv": Path("zoom/participants_2021.csv")}
    folder = study(tmp_path / "s", files, 'file = "reports/{event_id}*.csv"', events=events)
    assert attendance(folder)["status"].groupby(level=0).first().to_dict() == {"e1": "unknown", "e10": "present"}


def test_the_order_of_day_and_month_is_that_of_the_events_or_asked_for(tmp_path: Path) -> None:
    """1/12/26 is 12 January or 1 December: an event on one of them decides; on both, study.toml."""
    files = {"r.csv": Path("teams/report_2024.csv")}
    both = EVENTS + "e2,2026-12-01,16:00,120\n"
    (stop,) = stops_of(study(tmp_path / "s", files, 'file = "r.csv"', events=both))
    assert 'dates = "d/m/y"' in stop
    for number, (order, event) in enumerate((("m/d/y", "e1"), ("d/m/y", "e2"))):
        folder = study(tmp_path / str(number), files, 'file = "r.csv"', events=both, top=f'dates = "{order}"')
        assert minutes(folder, event) == pytest.approx(MINUTES)


def test_lists_of_meetings_without_participants_are_told(tmp_path: Path) -> None:
    (stop,) = stops_of(one(tmp_path / "s", "zoom/meetings_only.csv"))
    assert "without who took part" in stop


def test_workbooks_with_texts_and_with_real_times(tmp_path: Path) -> None:
    with (CORPUS / "zoom/participants_2025_with_meeting.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    folder = study(tmp_path / "s", {"reports/e1.xlsx": workbook(rows)}, 'file = "reports/{event_id}.xlsx"')
    assert minutes(folder) == pytest.approx(MINUTES)
    timed = [[_as_time(cell) for cell in row] for row in rows]
    folder = study(tmp_path / "t", {"reports/e1.xlsx": workbook(timed)}, 'file = "reports/{event_id}.xlsx"')
    assert minutes(folder) == pytest.approx(MINUTES)


def _as_time(cell: str) -> object:
    """A cell as a spreadsheet holds it once it has taken it for a date."""
    return dt.datetime.strptime(cell, "%m/%d/%Y %I:%M:%S %p") if cell.endswith((" AM", " PM")) else cell


def test_stated_formats(tmp_path: Path) -> None:
    folder = one(tmp_path / "s", "zoom/participants_2021.csv", 'format = "zoom"')
    assert minutes(folder) == pytest.approx(MINUTES)
    assert not any("Read as" in p.problem for p in problems_of(folder))
    (stop,) = stops_of(one(tmp_path / "t", "zoom/participants_2021.csv", 'format = "teams"'))
    assert "not laid out as Microsoft Teams" in stop


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("01/12/2026 04:45:00 PM", "sometime", "not a time"),
        ("01/12/2026 04:45:00 PM", "01/12/2026 03:45:00 PM", "left before"),
        ("01/12/2026 04:45:00 PM", "01/19/2026 04:45:00 PM", "another day"),
    ],
)
def test_faulty_times(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = (CORPUS / "zoom/participants_2021.csv").read_text(encoding="utf-8-sig").replace(old, new)
    (stop,) = stops_of(study(tmp_path / "s", {"reports/e1.csv": text}, ONE))
    assert said in stop
    assert "row 3" in stop


@pytest.mark.parametrize("report", ["zoom/meetings_with_participants_2021.csv", "teams/report_2024.csv"])
def test_somebody_who_withdraws_is_found_in_every_row(tmp_path: Path, report: str) -> None:
    folder = study(tmp_path / "s", {"report.csv": Path(report)}, 'file = "report.csv"', events=TWO_EVENTS)
    places = sna.forget(folder, "P1").places
    mine = places[places["file"] == "report.csv"]
    assert set(mine["what_to_do"]) == {"Delete this row."}
    assert mine["row"].to_list() == ([3, 6, 10] if "zoom" in report else [19, 20])


def test_two_meetings_of_a_day_in_two_reports(tmp_path: Path) -> None:
    head = "Topic,ID,Host,Duration (minutes),Start time,End time,Participants\n"
    people = "\nName (original name),Email,Join time,Leave time,Duration (minutes),Guest\n"
    when = '"01/12/2026 04:00:00 PM","01/12/2026 06:00:00 PM"'
    files = {
        f"zoom-{number}.csv": f"{head}{topic},{number},Ana,120,{when},1\n{people}{who},,{when},120,No\n"
        for number, topic, who in (("111", "Steering", "Ana Lopez"), ("999", "Book club", "Ben Okafor"))
    }
    (stop,) = stops_of(study(tmp_path / "s", files, 'file = "zoom-*.csv"'))
    assert "Several meetings of 2026-01-12 could be the event e1" in stop
    assert "zoom-999.csv" in stop
    again = {**files, "zoom-999.csv": files["zoom-999.csv"].replace("Book club,999", "Steering,111")}
    assert len(minutes(study(tmp_path / "t", again, 'file = "zoom-*.csv"'))) == 2


def test_a_star_after_an_id_does_not_take_another_ids_file(tmp_path: Path) -> None:
    rows = "actor_id,status\nP1,present\n"
    keys = 'file = "signed-{event_id}*.csv"'
    (stop,) = stops_of(study(tmp_path / "s", {"signed-e1.csv": rows, "signed-e12.csv": rows}, keys))
    assert "signed-e12.csv" in stop
    assert stops_of(study(tmp_path / "t", {"signed-e1.csv": rows, "signed-e1-late.csv": rows}, keys)) == []


@pytest.mark.parametrize(
    ("moments", "counted", "row", "said", "done"),
    [
        (("Joined 4:00", "Joined 4:10", "Left 5:00", "Left 5:30"), None, 3, "joined again", "an unknown time"),
        (("Joined 4:00", "Joined 4:10", "Left 5:00"), 60.0, 3, "joined again", "next leaving was taken for the end"),
        (("Joined 4:00", "Joined 4:10"), None, 3, "joined again", "an unknown time"),
        (("Left 5:00",), None, 2, "left without having joined", "an unknown time"),
        (("Joined 4:00", "Left 5:00", "Joined 5:10", "Left 6:00"), 110.0, None, "", ""),
    ],
)
def test_joining_from_two_devices_in_a_list_of_moments(
    tmp_path: Path, moments: tuple[str, ...], counted: float | None, row: int | None, said: str, done: str
) -> None:
    rows = [f'Ana Lopez,{action},"1/12/2026, {time}:00 PM"' for action, time in (one.split() for one in moments)]
    rows += ['Ben Okafor,Joined,"1/12/2026, 4:00:00 PM"', 'Ben Okafor,Left,"1/12/2026, 6:00:00 PM"']
    folder = study(tmp_path / "s", {"reports/e1.csv": "\n".join(["Full Name,User Action,Timestamp", *rows])}, ONE)
    value = attendance(folder).loc[("e1", "P1"), "minutes"]
    assert value == counted or (counted is None and pd.isna(value))
    told = [p for p in problems_of(folder) if p.severity == "used" and "This person" in p.problem]
    told = [p for p in told if "had not left when" not in p.problem]
    assert [p.row for p in told] == ([row] if row else [])
    assert all(said in p.problem and done in p.remedy for p in told)
