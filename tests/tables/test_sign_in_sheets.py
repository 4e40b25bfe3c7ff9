"""Sign-in sheets typed into grids and lists: whatever stands in them becomes the attendance read off by hand."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from sna.tables.marks import USUAL, what_is_said
from tests.tables.meetings_study import CORPUS, EVENTS, attendance, law_holds, minutes, problems_of, stops_of, study

MONDAYS = "event_id,date,start,minutes\n" + "".join(
    f"m{at},2026-{day},16:00,120\n" for at, day in enumerate(("01-12", "01-19", "01-26", "02-02", "02-09", "02-16"), 1)
)
THREE = "".join(MONDAYS.splitlines(keepends=True)[:4])
GRID = 'file = "grid.csv"\nactor = "Name"'
LETTER = {"present": "p", "absent": "a", "excused": "e", "unknown": "?"}


def letters(folder: Path) -> dict[str, str]:
    """actor id → one letter per event, in order of time."""
    table = attendance(folder).reset_index()
    found = {str(actor): "".join(LETTER[s] for s in rows["status"]) for actor, rows in table.groupby("actor_id")}
    return found


def grid(folder: Path, content: str | Path, keys: str = GRID, events: str = THREE, **more: str) -> Path:
    return study(folder, {"grid.csv": content}, keys, events=events, **more)  # type: ignore[arg-type]


def told(folder: Path, severity: str) -> list[tuple[int | None, str | None]]:
    return [(p.row, p.column) for p in problems_of(folder) if p.severity == severity and p.file == "grid.csv"]


def test_months_above_days_totals_and_an_explanation(tmp_path: Path) -> None:
    """Month names stand over their first day only. The legend says what L is, so nothing is asked or told about it."""
    folder = grid(tmp_path / "s", Path("sign_in_grid/months_above_days.csv"), events=MONDAYS)
    assert letters(folder) == {"P1": "ppappp", "P2": "pepppa", "P3": "pppapp", "P4": "aaaaaa"}
    assert told(folder, "used") == []
    assert sorted(row or 0 for row, _ in told(folder, "left out")) == [0, 1, 2, 9, 10]
    assert (None, "Total") in told(folder, "left out")
    account = law_holds(folder).loc["grid.csv"]
    # 3 × 9 cells and a row of totals; the numbers and totals of people are nobody's.
    assert account[["rows", "cells", "rejected"]].to_list() == [3, 36, 9]


def test_days_without_a_year(tmp_path: Path) -> None:
    """19.01. cannot be the first day of a nineteenth month: the day stands first."""
    events = "".join(MONDAYS.splitlines(keepends=True)[:5])
    folder = grid(tmp_path / "s", Path("sign_in_grid/days_without_year.csv"), events=events)
    assert letters(folder) == {"P1": "ppap", "P2": "pepp", "P3": "pppa", "P4": "pppp"}
    row = attendance(folder).loc[("m1", "P3")]
    assert (row["minutes"], f"{row['left']:%H:%M}", row["left_early"]) == (70.0, "17:10", True)
    law_holds(folder)


def test_arrival_leaving_and_status_below_each_date(tmp_path: Path) -> None:
    events = "".join(MONDAYS.splitlines(keepends=True)[:3])
    folder = grid(tmp_path / "s", Path("sign_in_grid/in_out_status.csv"), events=events)
    assert letters(folder) == {"P1": "pa", "P2": "aa", "P3": "pp", "P4": "aa"}
    assert minutes(folder, "m1") == {"P1": 120.0, "P3": 70.0}
    assert minutes(folder, "m2") == {"P3": 110.0}
    law_holds(folder)


def test_days_below_the_month_of_the_title_and_repeated_headings(tmp_path: Path) -> None:
    folder = grid(tmp_path / "s", Path("sign_in_grid/month_in_title.csv"))
    assert letters(folder) == {"P1": "ppa", "P2": "ppp", "P3": "app", "P4": "aaa"}
    assert (5, None) in told(folder, "left out")
    # Nothing says whether L is late or leave: read as late, and said.
    assert told(folder, "used") == [(4, "January 2026 19")]
    excused = grid(tmp_path / "t", Path("sign_in_grid/month_in_title.csv"), f'{GRID}\nstatus = {{ L = "excused" }}')
    assert letters(excused)["P2"] == "pep"
    assert told(excused, "used") == []
    law_holds(folder)


def test_times_and_minutes_in_cells(tmp_path: Path) -> None:
    folder = grid(tmp_path / "s", Path("sign_in_grid/times_in_cells.csv"))
    table = attendance(folder)
    assert letters(folder) == {"P1": "ppp", "P2": "ppp", "P3": "aep", "P4": "aaa"}
    assert minutes(folder, "m1") == {"P1": 115.0, "P2": 115.0}
    assert minutes(folder, "m2") == {"P1": 90.0, "P2": 90.0}
    assert table.loc[("m3", "P2"), "minutes"] == 70.0
    assert table.loc[("m3", "P3"), "minutes"] == 120.0
    # An arrival without a leaving: for how long is not known.
    assert f"{table.loc[('m3', 'P1'), 'arrived']:%H:%M}" == "16:20"
    assert table["minutes"].isna().sum() == 1
    assert bool(table.loc[("m3", "P1"), "late"])
    law_holds(folder)


def test_headings_with_the_month_first(tmp_path: Path) -> None:
    folder = grid(tmp_path / "s", Path("sign_in_grid/month_first.csv"))
    assert letters(folder) == {"P1": "ppa", "P2": "pap", "P3": "app", "P4": "aaa"}


def test_headings_that_can_be_two_days_are_settled_by_the_events_or_asked_for(tmp_path: Path) -> None:
    text = "Name,03/04/2026,05/04/2026\nAna Lopez,P,A\nBen Okafor,A,P\n"
    april = "event_id,date\na,2026-04-03\nb,2026-04-05\n"
    assert letters(grid(tmp_path / "s", text, events=april))["P1"] == "pa"
    both = april + "c,2026-03-04\nd,2026-05-04\n"
    stops = stops_of(grid(tmp_path / "t", text, events=both))
    assert len(stops) == 2
    assert all('dates = "d/m/y"' in stop for stop in stops)
    assert letters(grid(tmp_path / "u", text, events=both, top='dates = "m/d/y"'))["P1"] == "p??a"


@pytest.mark.parametrize(
    ("events", "said"),
    [
        (THREE.replace("m3,2026-01-26", "m3,2026-01-19"), "Several events are of this date: m2, m3"),
        (THREE.replace("m3,2026-01-26", "m3,2026-01-27"), "No event is of this date"),
    ],
)
def test_a_date_must_be_of_exactly_one_event(tmp_path: Path, events: str, said: str) -> None:
    text = "Name,2026-01-12,2026-01-19,2026-01-26\nAna Lopez,P,P,P\n"
    assert said in "\n".join(stops_of(grid(tmp_path / "s", text, events=events)))


def test_a_grid_of_event_ids_keeps_its_totals_and_explanations_apart(tmp_path: Path) -> None:
    text = 'Committee register\nactor_id,m1,m2,m3,Total\nP1,P,P,,2\nP2,,L,P,2\nTotal,1,2,1,\n"L = leave, P = present"\n'
    folder = grid(tmp_path / "s", text, 'file = "grid.csv"\nform = "grid"')
    assert letters(folder) == {"P1": "ppa", "P2": "aep", "P3": "aaa", "P4": "aaa"}
    assert sorted(row or 0 for row, _ in told(folder, "left out")) == [0, 1, 5, 6]
    law_holds(folder)


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("Z", "This mark is not known"),
        ("16.05", "16.05 minutes or the time 16:05"),
        ("4:05", "The event begins at 16:00"),
        ("18:00-16:00", "left before they arrived"),
        ("0.5", "This mark is not known"),
        ("0:45", "45 minutes or the time 00:45"),
        ("1:30", "90 minutes or the time 01:30"),
        ("0:45:00", "45 minutes or the time 00:45"),
        ("0.03125", "45 minutes or the time 00:45"),
    ],
)
def test_cells_that_say_nothing_sure_are_asked_about(tmp_path: Path, cell: str, said: str) -> None:
    text = f"Name,2026-01-12,2026-01-19\nAna Lopez,{cell},P\n"
    (stop,) = stops_of(grid(tmp_path / "s", text))
    assert said in stop
    assert 'row 2, column "2026-01-12"' in stop


def test_half_of_the_day_settles_an_early_time(tmp_path: Path) -> None:
    text = "Name,2026-01-12,2026-01-19\nAna Lopez,4:05 am-6 pm,0.6701\n"
    folder = grid(tmp_path / "s", text)
    assert minutes(folder, "m1") == {"P1": 120.0}
    assert f"{attendance(folder).loc[('m2', 'P1'), 'arrived']:%H:%M}" == "16:05"
    assert told(folder, "used") == [(2, "2026-01-19")]


def test_an_explanation_with_a_word_nobody_knows_asks(tmp_path: Path) -> None:
    text = 'Name,2026-01-12,2026-01-19\nAna Lopez,P,E\n"P = present, E = early retirement"\n'
    (stop,) = stops_of(grid(tmp_path / "s", text))
    assert '"E": This mark is not known' in stop


def test_marks_of_people_for_whom_an_event_was_not_are_named_one_by_one(tmp_path: Path) -> None:
    roster = "actor_id,name,email,joined\nP1,Ana Lopez,,2026-01-15\nP2,Ben Okafor,,\nP3,Chen Wei,,\nP4,Dana Novak,,\n"
    text = "Name,2026-01-12,2026-01-19,2026-01-26\nAna Lopez,A,P,P\nBen Okafor,P,P,P\n"
    folder = grid(tmp_path / "s", text, roster=roster)
    assert told(folder, "left out") == [(2, "2026-01-12")]
    assert law_holds(folder).loc["grid.csv", "rejected"] == 1
    listed = "actor_id,event_id,status\nP1,m1,A\nP2,m1,P\n"
    folder = study(tmp_path / "t", {"list.csv": listed}, 'file = "list.csv"', events=THREE, roster=roster)
    (problem,) = [p for p in problems_of(folder) if p.severity == "left out"]
    assert (problem.file, problem.row, problem.column) == ("list.csv", 2, None)
    assert law_holds(folder).loc["list.csv", "rejected"] == 3


def test_rows_of_people_who_refused_are_struck(tmp_path: Path) -> None:
    roster = "actor_id,name,consent\nP1,Ana Lopez,refused\nP2,Ben Okafor,\nP3,Chen Wei,\nP4,Dana Novak,\n"
    text = "Name,2026-01-12,2026-01-19,2026-01-26\nAna Lopez,A,P,P\nBen Okafor,P,P,P\n"
    folder = grid(tmp_path / "s", text, roster=roster)
    toml = (folder / "study.toml").read_text(encoding="utf-8").replace("[consent]", '[consent]\ncolumn = "consent"')
    (folder / "study.toml").write_text(toml, encoding="utf-8")
    assert told(folder, "left out") == [(None, None)]
    assert not any("Ana" in str(p) for p in problems_of(folder))
    assert law_holds(folder).loc["grid.csv", "out_of_scope"] == 4


TYPED = 'arrived = "Time in"\nleft = "Time out"\nactor = "Name"'


def test_a_list_typed_from_paper_for_each_event(tmp_path: Path) -> None:
    files = {"lists/m1.csv": Path("sign_in_grid/typed_list.csv")}
    folder = study(tmp_path / "s", files, f'file = "lists/{{event_id}}.csv"\n{TYPED}', events=THREE)
    assert minutes(folder, "m1") == {"P1": 45.0 + 68.0, "P2": 115.0, "P3": 70.0}
    assert letters(folder) == {"P1": "p??", "P2": "p??", "P3": "p??", "P4": "a??"}
    law_holds(folder)


def test_a_list_of_those_who_came(tmp_path: Path) -> None:
    files = {"lists/m1.csv": "Name,Signature\nAna Lopez,A.L.\nChen Wei,Ch\n"}
    keys = 'file = "lists/{event_id}.csv"\nactor = "Name"'
    folder = study(tmp_path / "s", files, f'{keys}\nstatus = {{ "" = "present" }}', events=THREE)
    assert minutes(folder, "m1") == {"P1": 120.0, "P3": 120.0}
    assert "status" in stops_of(study(tmp_path / "t", files, keys, events=THREE))[0]


def test_a_calendars_ids_in_file_names(tmp_path: Path) -> None:
    """An id with a colon cannot be a file's name as it stands."""
    events = (CORPUS / "calendars/outlook_day_first.csv").read_bytes()
    files = {"events.csv": events, "lists/2026-01-19 16-00.csv": "Name,status\nAna Lopez,P\n"}
    folder = study(tmp_path / "s", files, 'file = "lists/{event_id}.csv"\nactor = "Name"', top='dates = "d/m/y"')
    assert minutes(folder, "2026-01-19 16:00") == {"P1": 120.0}


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ("P1,e1,23:30,00:30\n", 60.0),
        ("P1,e1,00:10,\nP1,e1,,\n", None),
        ("P1,e1,2026-01-12 23:30,2026-01-13 00:30\n", 60.0),
        ("P1,e1,1/12/2026 11:30 pm,1/13/2026 12:30 am\n", 60.0),
        ("P1,e1,22:00,23:00\nP1,e1,23:00,0:15\n", 75.0),
    ],
)
def test_a_night_event(tmp_path: Path, rows: str, found: float | None) -> None:
    events = "event_id,date,start,minutes\ne1,2026-01-12,23:00,120\n"
    files = {"list.csv": "actor_id,event_id,arrived,left\n" + rows}
    folder = study(tmp_path / "s", files, 'file = "list.csv"', events=events)
    value = attendance(folder).loc[("e1", "P1"), "minutes"]
    assert value == found or (found is None and math.isnan(value))


def test_overlapping_entries_of_a_list_count_once(tmp_path: Path) -> None:
    files = {"list.csv": "actor_id,event_id,arrived,left\nP1,m1,16:00,17:00\nP1,m1,16:30,17:30\n"}
    folder = study(tmp_path / "s", files, 'file = "list.csv"', events=THREE)
    assert minutes(folder, "m1") == {"P1": 90.0}


def test_a_time_of_another_day(tmp_path: Path) -> None:
    files = {"list.csv": "actor_id,event_id,arrived,left\nP1,m1,2026-01-19 16:00,17:00\n"}
    (stop,) = stops_of(study(tmp_path / "s", files, 'file = "list.csv"', events=THREE))
    assert "another day than that of the event m1" in stop


def test_a_register_of_absences(tmp_path: Path) -> None:
    text = "Name,2026-01-12,2026-01-19,2026-01-26\nAna Lopez,A,,\nBen Okafor,,E,\n"
    folder = grid(tmp_path / "s", text, f'{GRID}\nstatus = {{ "" = "present" }}')
    assert letters(folder) == {"P1": "ap?", "P2": "pe?", "P3": "aa?", "P4": "aa?"}
    law_holds(folder)


@pytest.mark.parametrize(
    ("text", "begin", "end"),
    [("4:45-6:00 pm", "16:45", "18:00"), ("11:30-1:00 pm", "11:30", "13:00"), ("9-11 am", "09:00", "11:00")],
)
def test_the_half_of_the_day_may_stand_once(text: str, begin: str, end: str) -> None:
    said = what_is_said(text, USUAL)
    assert said is not None
    assert [f"{stamp.time:%H:%M}" for stamp in said.times if stamp is not None and stamp.time] == [begin, end]


LIST = 'file = "list.csv"'
OUTSIDE = "The stay lies outside the hours of the event."
LONGER = "The stay is longer than the event."


def listed(folder: Path, header: str, rows: str, events: str = EVENTS) -> Path:
    return study(folder, {"list.csv": f"actor_id,event_id,{header}\n{rows}\n"}, LIST, events=events)


def remarks(folder: Path, file: str) -> list[tuple[str | None, str | None, str, str]]:
    """(column, value, problem, remedy) of what was questionable in a file and used."""
    found = [p for p in problems_of(folder) if p.severity == "used" and p.file == file]
    return [(p.column, p.value, p.problem, p.remedy) for p in found]


@pytest.mark.parametrize(
    ("cell", "problem", "counted"),
    [
        ("19:00-20:00", OUTSIDE, 0.0),
        ("14:00-15:30", OUTSIDE, 0.0),
        ("x (left 15:30)", OUTSIDE, 0.0),
        ("x (arrived 18:30)", OUTSIDE, 0.0),
        ("18:30", OUTSIDE, None),
        ("16:30-16:30", "Arrival and leaving are at the same time.", 0.0),
        ("500", LONGER, 120.0),
        ("x (left 19:00)", None, 120.0),
        ("x (arrived 15:00)", None, 120.0),
        ("15:00-19:00", None, 120.0),
    ],
)
@pytest.mark.parametrize("form", ["grid", "list"])
def test_stays_outside_an_event_or_longer_are_told(
    tmp_path: Path, form: str, cell: str, problem: str | None, counted: float | None
) -> None:
    if form == "grid":
        folder = grid(tmp_path / "s", f"Name,2026-01-12,2026-01-19\nAna Lopez,{cell},P\n")
        event, column = "m1", "2026-01-12"
    else:
        folder, event, column = listed(tmp_path / "s", "status", f"P1,e1,{cell}"), "e1", "status"
    found = remarks(folder, f"{form}.csv")
    assert [one[:3] for one in found] == ([(column, cell, problem)] if problem else [])
    value = attendance(folder).loc[(event, "P1"), "minutes"]
    assert value == counted or (counted is None and math.isnan(value))
    if problem == OUTSIDE:
        assert found[0][3] == f"Counted as present for {'0 minutes' if counted == 0 else 'an unknown time'}."


@pytest.mark.parametrize(
    ("header", "cells", "expected"),
    [
        ("arrived,left,minutes", "19:00,20:00,45", ("arrived", "19:00", OUTSIDE, "Counted as present for 0 minutes.")),
        ("arrived,left,minutes", ",15:00,45", ("left", "15:00", OUTSIDE, "Counted as present for 0 minutes.")),
        ("arrived,left", "19:00,", ("arrived", "19:00", OUTSIDE, "Counted as present for an unknown time.")),
        ("status,minutes", "P,500", ("minutes", "500", LONGER, "The event's length was used.")),
        ("status,minutes", "P,0", ("minutes", "0", "The mark says present, with 0 minutes.", "Counted as absent.")),
        (
            "status,arrived,minutes",
            "P,16:00,0",
            ("minutes", "0", "The mark says present, with 0 minutes.", "Counted as present for 0 minutes."),
        ),
        (
            "arrived,left,minutes",
            "16:00,17:00,0",
            ("minutes", "0", "Times are given, with 0 minutes.", "Counted as present for 0 minutes."),
        ),
    ],
)
def test_what_does_not_count_as_stated_in_a_list_is_told(
    tmp_path: Path, header: str, cells: str, expected: tuple[str, str, str, str]
) -> None:
    folder = listed(tmp_path / "s", header, f"P1,e1,{cells}")
    assert remarks(folder, "list.csv") == [expected]
    present = "present" in expected[3] or expected[2] == LONGER
    assert attendance(folder).loc[("e1", "P1"), "status"] == ("present" if present else "absent")


def test_times_in_columns_of_a_grid_outside_the_event_are_told(tmp_path: Path) -> None:
    text = ",2026-01-12,,2026-01-19,\nName,IN,OUT,IN,OUT\nAna Lopez,14:00,15:00,,\nBen Okafor,,15:00,,\n"
    folder = grid(tmp_path / "s", text)
    assert [one[:3] for one in remarks(folder, "grid.csv")] == [
        ("2026-01-12 IN", "14:00", OUTSIDE),
        ("2026-01-12 OUT", "15:00", OUTSIDE),
    ]


DAY_LONG = "event_id,date,start,minutes\nm1,2026-01-12,08:00,600\nm2,2026-01-19,08:00,600\n"


@pytest.mark.parametrize(("left", "meant"), [("5:00", "17:00"), ("6:30", "18:30"), ("7:30", "19:30")])
def test_a_leaving_before_the_start_may_be_on_a_clock_of_12_hours(tmp_path: Path, left: str, meant: str) -> None:
    (stop,) = stops_of(listed(tmp_path / "s", "arrived,left", f"P1,m1,,{left}", DAY_LONG))
    assert f"The event begins at 08:00. Write {meant}; if 0{left} is right" in stop
    assert stops_of(listed(tmp_path / "t", "arrived,left", f"P1,m1,,0{left} am", DAY_LONG)) == []
    text = f"Name,2026-01-12,2026-01-19\nAna Lopez,8:00-{left},P\n"
    assert f"Write {meant}" in stops_of(grid(tmp_path / "u", text, events=DAY_LONG))[0]
    text = f",2026-01-12,,2026-01-19,\nName,IN,OUT,IN,OUT\nAna Lopez,8:00,{left},,\n"
    assert f"Write {meant}" in stops_of(grid(tmp_path / "v", text, events=DAY_LONG))[0]


@pytest.mark.parametrize(
    ("events", "times", "meant"),
    [
        ("e1,2026-01-12,16:00,", "12:30,", None),
        ("e1,2026-01-12,16:00,", ",15:50", None),
        ("e1,2026-01-12,16:00,120", ",15:50", None),
        ("e1,2026-01-12,23:00,120", "12:30,", "00:30"),
        ("e1,2026-01-12,16:00,", "4:30,", "16:30"),
    ],
)
def test_a_time_of_12_hours_later_is_proposed_where_it_exists(
    tmp_path: Path, events: str, times: str, meant: str | None
) -> None:
    folder = listed(tmp_path / "s", "arrived,left", f"P1,e1,{times}", f"event_id,date,start,minutes\n{events}\n")
    stops = stops_of(folder)
    assert len(stops) == (meant is not None)
    assert meant is None or f"Write {meant};" in stops[0]


@pytest.mark.parametrize(
    ("events", "arrived", "fits"),
    [
        ("16:00,120", "2026-01-11 16:00", False),
        ("16:00,120", "2026-01-13 16:00", False),
        ("16:00,120", "2026-01-13 00:10", True),
        (",", "2026-01-11 16:00", False),
        (",", "2026-01-13 01:00", True),
        ("00:30,120", "2026-01-11 23:50", True),
        ("00:30,120", "2026-01-11 21:00", False),
        ("23:00,120", "2026-01-13 00:10", True),
    ],
)
def test_a_time_of_the_day_before_or_after(tmp_path: Path, events: str, arrived: str, fits: bool) -> None:
    """The day before fits where an event begins right after midnight, the day after where it ended half a day ago."""
    folder = listed(
        tmp_path / "s", "arrived,left", f"P1,e1,{arrived},", f"event_id,date,start,minutes\ne1,2026-01-12,{events}\n"
    )
    stops = stops_of(folder)
    assert len(stops) == (not fits)
    assert fits or "another day than that of the event e1" in stops[0]


def test_a_short_time_fits_a_night_and_a_half_of_the_day_settles_it(tmp_path: Path) -> None:
    night = THREE.replace("16:00,120", "23:00,150")
    text = "Name,2026-01-12,2026-01-19\nAna Lopez,0:45,P\n"
    assert f"{attendance(grid(tmp_path / 's', text, events=night)).loc[('m1', 'P1'), 'arrived']:%H:%M}" == "00:45"
    assert stops_of(grid(tmp_path / "t", text.replace("0:45", "12:45 am"))) == []
    open_end = THREE.replace("16:00,120", "16:00,")
    (stop,) = stops_of(grid(tmp_path / "u", text, events=open_end))
    assert 'Write 45, or the time with am or pm, as in "12:45 am"' in stop


def test_the_time_in_a_heading_selects_the_event_that_begins_then(tmp_path: Path) -> None:
    events = THREE + "morning,2026-01-12,09:00,60\n"
    text = "Name,2026-01-12 09:00,2026-01-12 16:00,2026-01-19 00:00:00\nAna Lopez,P,A,P\nBen Okafor,A,P,P\n"
    folder = grid(tmp_path / "s", text, events=events)
    table = attendance(folder)["status"]
    assert [table[(event, "P1")] for event in ("morning", "m1", "m2")] == ["present", "absent", "present"]
    assert remarks(folder, "grid.csv") == []
    (stop,) = stops_of(grid(tmp_path / "t", text.replace("12 16:00", "12 17:00"), events=events))
    assert "Several events are of this date: m1, morning. None of them begins at 17:00" in stop


def test_a_time_in_a_heading_that_contradicts_the_only_event_is_told(tmp_path: Path) -> None:
    text = ",2026-01-12 9:00,,2026-01-19 16:00,\nName,IN,OUT,IN,OUT\nAna Lopez,16:00,17:00,16:00,17:00\n"
    folder = grid(tmp_path / "s", text)
    assert minutes(folder, "m1") == {"P1": 60.0}
    ((column, _, problem, remedy),) = remarks(folder, "grid.csv")
    assert column == "2026-01-12 9:00 IN"
    assert problem == "The event m1 of this date begins at 16:00, not at 09:00."
    assert remedy.startswith("The date was used")


@pytest.mark.parametrize(
    ("first", "second", "status", "said"),
    [
        ("P", "A", "present", "One says present, one absent: present counts."),
        ("A", "P", "present", "One says absent, one present: present counts."),
        ("A", "E", "absent", "One says absent, one excused: absent counts."),
        ("P", "x", "present", "Both say present, which counts once."),
        ("P", "16:00-17:00", "present", "One gives times or minutes: these count."),
        ("16:00-17:00", "16:30-17:30", "present", "The stays were added up; times that overlap count once."),
    ],
)
def test_what_became_of_two_entries_is_told(tmp_path: Path, first: str, second: str, status: str, said: str) -> None:
    folder = listed(tmp_path / "s", "status", f"P1,e1,{first}\nP1,e1,{second}")
    assert [one[2:] for one in remarks(folder, "list.csv")] == [("Entered twice for the event e1.", said)]
    assert attendance(folder).loc[("e1", "P1"), "status"] == status
