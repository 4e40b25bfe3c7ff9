"""Past groups and pairs kept apart: what is read, and every fault at once."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

import sna
from sna.errors import Problem
from sna.tables.read import read_tables
from tests.grouping.small import APART, PAST, ROSTER, STUDY, grouping_study
from tests.small_study import changed


def checked(folder: Path) -> sna.Check:
    return sna.check_study(folder)


def of(problems: tuple[Problem, ...], file: str) -> list[tuple[str, int | None, str | None, str]]:
    return [(p.severity, p.row, p.column, p.problem) for p in problems if p.file == file]


def test_who_sat_with_whom_is_read_in_order_of_time(tmp_path: Path) -> None:
    tables = read_tables(sna.read_study(grouping_study(tmp_path / "s")))
    past = tables.past_groups
    assert list(past.columns) == ["date", "round", "group", "actor_id"]
    assert past["date"].tolist() == [dt.date(2022, 2, 7)] * 4 + [dt.date(2022, 3, 14)] * 5
    assert past["round"].isna().all()
    assert past.loc[past["group"] == "two", "actor_id"].tolist() == ["D", "C", "D", "E"]
    assert tables.apart.to_numpy().tolist() == [["A", "D"]]
    assert tables.files["past.csv"] == 9
    law = tables.accounting.set_index("file").loc["past.csv"]
    assert law["cells"] == law[["used", "unknown", "out_of_scope", "rejected"]].sum() == 27


def test_without_a_section_or_files_there_is_nothing(tmp_path: Path) -> None:
    for number, toml in enumerate((STUDY.split("[grouping]")[0], STUDY.split("across")[0])):
        tables = read_tables(sna.read_study(grouping_study(tmp_path / str(number), toml=toml, past=None, apart=None)))
        assert (len(tables.past_groups), len(tables.apart)) == (0, 0)
        assert list(tables.past_groups.columns) == ["date", "round", "group", "actor_id"]
        assert "past.csv" not in tables.files


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    past = """date,group,actor_id,round
2022-03-14,one,Ana,1
2022-03-14,one,A,1
2022-03-14,two,A,1
2022-03-14,,B,1
14 Marchember,one,C,1
2022-03-14,one,Chenn,1
2022-03-14,one,D,first
2022-03-14,one,,1
2022-03-14,alone,E,2
"""
    apart = "actor_id,other_id\nA,A\nB,Anna\nC,D\nD,C\n"
    found = checked(grouping_study(tmp_path / "s", past=past, apart=apart)).problems
    assert set(of(found, "past.csv")) == {
        ("left out", 3, "actor_id", "This person stands in row 2 already."),
        ("stops", 4, "actor_id", 'This person is in group "one" then (row 2).'),
        ("stops", 5, "group", "The cell does not say which group."),
        ("stops", 6, "date", "This is not a date."),
        ("stops", 7, "actor_id", "This person is not on the roster."),
        ("stops", 8, "round", "This is not a whole number."),
        ("stops", 9, "actor_id", "The cell does not say who."),
        ("note", None, "group", "Groups of one person: 3."),
    }
    assert set(of(found, "apart.csv")) == {
        ("left out", 2, "other_id", "A person is kept apart from themselves."),
        ("stops", 3, "other_id", "This person is not on the roster."),
    }
    assert 'Close match: "Chen"' in next(p.remedy for p in found if p.row == 7 and p.file == "past.csv")


@pytest.mark.parametrize(
    ("name", "text", "column"),
    [("past", changed(PAST, "date,group,", "date,team,"), "group"), ("apart", "actor_id,other\nA,D\n", "other_id")],
)
def test_a_missing_column_is_told_with_those_there_are(tmp_path: Path, name: str, text: str, column: str) -> None:
    (told,) = checked(grouping_study(tmp_path / "s", **{name: text})).stops
    assert (told.file, told.column) == (f"{name}.csv", column)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    stops = checked(grouping_study(tmp_path / "s", past=None)).stops
    assert [p.column for p in stops] == ["grouping.past"]


def test_several_groups_on_one_day_are_numbered(tmp_path: Path) -> None:
    past = "date,round,group,actor_id\n2022-03-14,2,x,A\n2022-03-14,2,x,B\n2022-03-14,1,x,A\n2022-03-14,1,x,C\n"
    found = checked(grouping_study(tmp_path / "s", past=past))
    assert not found.stops
    assert found.tables is not None
    assert found.tables.past_groups[["round", "actor_id"]].to_numpy().tolist() == [
        [1, "A"],
        [1, "C"],
        [2, "A"],
        [2, "B"],
    ]


def test_who_refused_consent_is_nowhere(tmp_path: Path) -> None:
    roster = changed(ROSTER, "C,Chen,,Elm,principal,full", "C,Chen,,Elm,principal,refused")
    found = checked(grouping_study(tmp_path / "s", roster=roster, apart=APART + "B,C\n"))
    assert not found.stops
    assert found.tables is not None
    assert "C" not in found.tables.past_groups["actor_id"].tolist()
    assert found.tables.apart.to_numpy().tolist() == [["A", "D"]]
    told = [p for p in found.problems if p.file in ("past.csv", "apart.csv")]
    assert [(p.row, p.problem) for p in told if p.severity == "left out"] == [
        (None, "Pairs of people who refused consent: 1."),
        (None, "People who refused consent in past groups: 2."),
    ]
    assert not [p for p in told if p.row is not None and p.severity != "used"]
    law = found.tables.accounting.set_index("file").loc["past.csv"]
    assert law["out_of_scope"] == 6


def test_nothing_points_at_a_row_of_somebody_who_refused(tmp_path: Path) -> None:
    roster = changed(ROSTER, "C,Chen,,Elm,principal,full", "C,Chen,,Elm,principal,refused")
    past = "date,group,round,actor_id\n2022-03-14,one,1,A\n2022-03-14,one,1,B\nsoon,,often,C\n"
    found = checked(grouping_study(tmp_path / "s", roster=roster, past=past))
    assert [p for p in found.problems if p.file == "past.csv" and p.row is not None] == []


def test_withdrawal_names_every_row(tmp_path: Path) -> None:
    places = sna.forget(grouping_study(tmp_path / "s"), "Dana").places
    mine = places[places["file"].isin(["past.csv", "apart.csv"])]
    assert mine[["file", "row", "what_to_do"]].to_numpy().tolist() == [
        ["past.csv", 5, "Delete this row."],
        ["past.csv", 9, "Delete this row."],
        ["apart.csv", 2, "Delete this row."],
    ]


def test_empty_files(tmp_path: Path) -> None:
    found = checked(grouping_study(tmp_path / "s", apart="actor_id,other_id\n", past="date,group,actor_id\n"))
    assert not found.stops
    assert found.tables is not None
    assert (len(found.tables.apart), len(found.tables.past_groups)) == (0, 0)
