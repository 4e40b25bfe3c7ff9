"""The coded session log and the homework: what becomes of every row, and every fault told at once."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import sna
from sna.tables import Tables
from sna.tables.problems import Problems
from tests.small_study import ROSTER, STUDY, changed, small_study
from tests.tables.test_accounting import holds

LOGS = """
[[activities]]
file = "activities.csv"
[[homework]]
file = "homework.csv"
"""
ACTIVITIES = """event_id,minutes,activity,practice,led_by,how
e2,40,joint work,tools,Jon Smith,volunteered
e1,60,presentation,modelling,P1; Chen Wei,assigned
e1,30,joint work,,,
"""
HOMEWORK = """actor_id,event_id,brought
P2,e1,no
Ana Lopez,e1,yes
P3,e2,
"""
REFUSED = changed(ROSTER, "Cedar,full\nP3", "Cedar,refused\nP3")


def made(folder: Path, toml: str = STUDY + LOGS, **files: str) -> Path:
    return small_study(folder, toml=toml, **{"activities": ACTIVITIES, "homework": HOMEWORK, **files})


def read(folder: Path) -> Tables:
    checked = sna.check_study(folder)
    assert checked.tables is not None, [str(problem) for problem in checked.stops]
    return checked.tables


def rows(table: pd.DataFrame) -> list[list[object]]:
    return table.astype(object).where(table.notna(), None).to_numpy().tolist()


def test_stretches_and_homework_in_the_order_of_events_and_roster(tmp_path: Path) -> None:
    folder = made(tmp_path / "s")
    tables = read(folder)
    assert rows(tables.activities) == [
        ["e1", 60.0, "presentation", "modelling", "P1;P3", "assigned"],
        ["e1", 30.0, "joint work", None, None, None],
        ["e2", 40.0, "joint work", "tools", "P2", "volunteered"],
    ]
    assert rows(tables.homework) == [["e1", "P1", True], ["e1", "P2", False], ["e2", "P3", None]]
    account = holds(folder)
    assert account.loc["activities.csv", ["cells", "used", "unknown"]].to_list() == [18, 15, 3]
    assert account.loc["homework.csv", ["cells", "used", "unknown"]].to_list() == [9, 8, 1]
    assert not [p for p in sna.check_study(folder).problems if p.file in ("activities.csv", "homework.csv")]


def test_without_the_sections_the_tables_are_empty(tmp_path: Path) -> None:
    tables = read(small_study(tmp_path / "s"))
    assert list(tables.activities.columns) == ["event_id", "minutes", "activity", "practice", "led_by", "how"]
    assert list(tables.homework.columns) == ["event_id", "actor_id", "brought"]
    assert len(tables.activities) == len(tables.homework) == 0


def test_every_fault_is_told_at_once_with_what_to_do(tmp_path: Path) -> None:
    activities = ACTIVITIES.replace("e2,40", "e02,forty").replace("Chen Wei", "Chen Wie").replace("assigned", "asigned")
    activities += ",10,talk,,,\n"
    homework = HOMEWORK.replace("P2,e1,no", "P2,e9,perhaps").replace("Ana Lopez", "Ana Lopes") + ",e1,yes\n"
    stops = sna.check_study(made(tmp_path / "s", activities=activities, homework=homework)).stops
    told = {(p.file, p.row, p.column): p for p in stops}
    assert set(told) == {
        ("activities.csv", 2, "event_id"),
        ("activities.csv", 2, "minutes"),
        ("activities.csv", 3, "led_by"),
        ("activities.csv", 3, "how"),
        ("activities.csv", 5, "event_id"),
        ("homework.csv", 2, "event_id"),
        ("homework.csv", 2, "brought"),
        ("homework.csv", 3, "actor_id"),
        ("homework.csv", 5, "actor_id"),
    }
    assert 'Close match: "e2"' in told["activities.csv", 2, "event_id"].remedy
    assert 'Close match: "assigned"' in told["activities.csv", 3, "how"].remedy
    assert "Chen Wei" in told["activities.csv", 3, "led_by"].remedy
    assert told["activities.csv", 3, "led_by"].value == "Chen Wie"
    assert "Ana Lopez" in told["homework.csv", 3, "actor_id"].remedy


@pytest.mark.parametrize("unresolved", ["count", "outside"])
def test_leaders_outside_the_roster_stay_as_typed_and_others_are_left_out(tmp_path: Path, unresolved: str) -> None:
    toml = changed(STUDY, 'name = "Small"', f'name = "Small"\nnames = "names.csv"\nunresolved = "{unresolved}"') + LOGS
    log = ACTIVITIES.replace("Chen Wei", "Prof. Guest; a stranger")
    names = "typed,actor_id\nProf. Guest,outside\n"
    tables = read(made(tmp_path / "s", toml, activities=log, names=names, homework=f"{HOMEWORK}Nobody Known,e1,yes\n"))
    led = "P1;Prof. Guest" + (";a stranger" if unresolved == "outside" else "")
    assert tables.activities["led_by"].tolist()[0] == led
    assert len(tables.homework) == 3
    holds(tmp_path / "s")


def test_several_new_names_in_one_cell_all_wait_for_a_decision(tmp_path: Path) -> None:
    toml = changed(STUDY, 'name = "Small"', 'name = "Small"\nnames = "names.csv"\nunresolved = "count"') + LOGS
    log = ACTIVITIES.replace("Chen Wei", "Prof. Guest; a stranger")
    folder = made(tmp_path / "s", toml, activities=log, names="typed,actor_id\n")
    from sna.study_file import load_study
    from sna.tables.read import read_content

    study, found = load_study(folder)
    assert study is not None
    problems = Problems(found)
    read_content(study, problems)
    assert {name.typed for name in problems.typed.values()} == {"Prof. Guest", "a stranger"}


def test_of_people_who_refused_counts_only(tmp_path: Path) -> None:
    log = ACTIVITIES.replace("tools", "as Jon Smith does").replace("P1; Chen Wei", "P1; Jon Smith")
    folder = made(tmp_path / "s", roster=REFUSED, activities=log)
    tables = read(folder)
    assert rows(tables.activities) == [
        ["e1", 60.0, "presentation", "modelling", "P1", "assigned"],
        ["e1", 30.0, "joint work", None, None, None],
        ["e2", 40.0, "joint work", None, None, None],
    ]
    assert rows(tables.homework) == [["e1", "P1", True], ["e2", "P3", None]]
    mine = [p for p in tables.problems if p.file in ("activities.csv", "homework.csv")]
    assert [(p.severity, p.row) for p in mine] == [("left out", None)] * 2
    assert [p.problem for p in mine] == [
        "People who refused consent and led something: 2 times.",
        "Rows of people who refused consent: 1.",
    ]
    assert not any("Jon" in str(p) or "P2" in str(p) for p in tables.problems if p.file != "roster.csv")
    account = tables.accounting.set_index("file")
    assert (account[["used", "unknown", "out_of_scope", "rejected"]].sum(axis=1) == account["cells"]).all()
    assert account.loc["activities.csv", "out_of_scope"] == 3
    assert account.loc["homework.csv", "out_of_scope"] == 3


def test_nothing_points_at_homework_of_somebody_who_refused(tmp_path: Path) -> None:
    homework = "actor_id,event_id,brought\nP1,e1,yes\nP2,e99,perhaps\n"
    tables = read(made(tmp_path / "s", roster=REFUSED, homework=homework))
    assert [(p.severity, p.row) for p in tables.problems if p.file == "homework.csv"] == [("left out", None)]


def test_a_cell_that_mentions_a_refuser_is_not_told(tmp_path: Path) -> None:
    log = ACTIVITIES.replace("P1; Chen Wei", "Jon Smith and friends")
    problems = sna.check_study(made(tmp_path / "s", roster=REFUSED, activities=log)).problems
    assert not any("Jon" in str(p) for p in problems)


def test_more_minutes_than_the_event_has_are_told_and_used(tmp_path: Path) -> None:
    folder = made(tmp_path / "s", activities=ACTIVITIES.replace("e1,60", "e1,100"))
    (note,) = [p for p in sna.check_study(folder).problems if p.file == "activities.csv"]
    assert (note.severity, note.value) == ("note", "e1")
    assert "130 of its 120 minutes" in note.problem
    assert read(folder).activities["minutes"].sum() == 170


def test_a_log_without_events_stops(tmp_path: Path) -> None:
    toml = STUDY[: STUDY.index("[[attendance]]")] + LOGS
    stops = sna.check_study(made(tmp_path / "s", toml, events=None, attendance=None)).stops  # type: ignore[arg-type]
    assert [(p.file, "none are declared" in p.problem) for p in stops] == [
        ("activities.csv", True),
        ("homework.csv", True),
    ]


def test_columns_that_are_missing_or_renamed(tmp_path: Path) -> None:
    log = "event_id,minutes,practice\ne1,30,modelling\n"
    tables = read(made(tmp_path / "some", activities=log))
    assert rows(tables.activities) == [["e1", 30.0, None, "modelling", None, None]]
    stops = sna.check_study(made(tmp_path / "none", activities="event_id,time\ne1,30\n")).stops
    assert {p.column for p in stops} == {"minutes", "activity"}
    toml = (STUDY + LOGS).replace('"activities.csv"', '"activities.csv"\nled_by = "leader"')
    stops = sna.check_study(made(tmp_path / "named", toml)).stops
    assert [p.column for p in stops] == ["leader"]
    stops = sna.check_study(made(tmp_path / "homework", homework="actor_id,event_id\nP1,e1\n")).stops
    assert [p.column for p in stops] == ["brought"]


def test_rows_that_stand_twice(tmp_path: Path) -> None:
    tables = read(made(tmp_path / "same", homework=HOMEWORK + "P1,e1,yes\nP3,e2,no\n"))
    assert rows(tables.homework) == [["e1", "P1", True], ["e1", "P2", False], ["e2", "P3", False]]
    assert [(p.severity, p.row) for p in tables.problems if p.file == "homework.csv"] == [("used", 5), ("used", 6)]
    (stop,) = sna.check_study(made(tmp_path / "other", homework=f"{HOMEWORK}P2,e1,yes\n")).stops
    assert (stop.row, stop.column, stop.value) == (5, "brought", "yes")


def test_whoever_withdraws_is_found_in_every_cell(tmp_path: Path) -> None:
    folder = made(tmp_path / "s", activities=ACTIVITIES.replace("P1; Chen Wei", "P1; P3; P2"))
    for actor in ("P1", "P2", "P3"):
        places = sna.forget(folder, actor).places
        mine = places[places["file"] == "activities.csv"]
        assert 3 in mine["row"].tolist(), actor
        assert mine["what_to_do"].str.startswith('Write "withdrawn"').all()
        assert places.loc[places["file"] == "homework.csv", "what_to_do"].tolist() == ["Delete this row."]
    log = ACTIVITIES.replace("P1; Chen Wei", "withdrawn; P3")
    assert read(made(tmp_path / "gone", activities=log)).activities["led_by"].tolist()[0] == "P3"
