"""Ratings of expertise: read from answers or roster, every fault told at once, no cell lost, nobody who refused."""

from __future__ import annotations

from pathlib import Path

import pytest

import sna
from sna.errors import Problem
from sna.tables import Tables
from tests.small_study import RESPONSES, ROSTER, STUDY, changed, small_study
from tests.tables.test_accounting import holds

RATED = """
[expertise]
relations = ["advice", "help"]
rated = "skill_{relation}"
expert_from = 3
"""
IN_ROSTER = RATED + 'rated_in = "roster"\n'
SKILLS = {"P1": "4,", "P2": "2,5", "P3": "prefer not to say,1.5"}
OBSERVED = {"P1": "1,2", "P2": ",3", "P3": "4,5", "P4": "5,"}


def wider(text: str, columns: str, cells: dict[str, str]) -> str:
    """A file with two more columns."""
    head, *rows = text.splitlines()
    return "\n".join([f"{head},{columns}", *(f"{row},{cells[row.split(',')[0]]}" for row in rows)]) + "\n"


def answers(cells: dict[str, str] = SKILLS, columns: str = "skill_advice,skill_help") -> str:
    return wider(RESPONSES, columns, cells)


def tables_of(folder: Path) -> Tables:
    checked = sna.check_study(folder)
    assert checked.tables is not None, checked.stops
    return checked.tables


def rows(folder: Path) -> list[list[object]]:
    found: list[list[object]] = tables_of(folder).ratings.to_numpy().tolist()
    return found


def stops(folder: Path) -> tuple[Problem, ...]:
    return tuple(sna.check_study(folder).stops)


def test_ratings_of_those_who_answered(tmp_path: Path) -> None:
    folder = small_study(tmp_path / "s", toml=STUDY + RATED, responses=answers())
    assert rows(folder) == [
        ["w1", "advice", "P1", 4.0],
        ["w1", "advice", "P2", 2.0],
        ["w1", "help", "P2", 5.0],
        ["w1", "help", "P3", 1.5],
    ]
    assert not [p for p in tables_of(folder).problems if "not read" in p.problem]
    # 17, 1, 3 without ratings: four numbers more are used; an empty cell and one who will not say are unknown.
    account = holds(folder).loc["responses.csv"]
    assert account[["used", "unknown", "out_of_scope", "rejected"]].to_list() == [21, 3, 3, 0]


def test_ratings_by_an_observer_stand_in_the_roster_and_are_no_group(tmp_path: Path) -> None:
    roster = wider(ROSTER, "skill_advice,skill_help", OBSERVED)
    folder = small_study(tmp_path / "s", toml=STUDY + IN_ROSTER, roster=roster)
    assert rows(folder) == [
        ["w1", "advice", "P1", 1.0],
        ["w1", "advice", "P3", 4.0],
        ["w1", "advice", "P4", 5.0],
        ["w1", "help", "P1", 2.0],
        ["w1", "help", "P2", 3.0],
        ["w1", "help", "P3", 5.0],
    ]
    checked = sna.check_study(folder)
    assert checked.study is not None
    assert not [name for name in checked.study.roster_columns if name.startswith("skill")]
    account = holds(folder).loc["roster.csv"]
    assert account[["used", "unknown"]].to_list() == [25, 3]


def test_nothing_is_read_without_a_pattern(tmp_path: Path) -> None:
    toml = STUDY + '\n[expertise]\nrelations = ["advice", "help"]\n'
    folder = small_study(tmp_path / "s", toml=toml, responses=answers())
    assert rows(folder) == []
    assert list(tables_of(folder).ratings.columns) == ["wave", "relation", "actor_id", "rating"]


def test_faults_are_told_all_at_once(tmp_path: Path) -> None:
    cells = {"P1": "high,4", "P2": '2,"1,500"', "P3": "-1,1"}
    found = stops(small_study(tmp_path / "s", toml=STUDY + RATED, responses=answers(cells)))
    told = [(p.file, p.row, p.column, p.value) for p in found]
    assert told == [
        ("responses.csv", 2, "skill_advice", "high"),
        ("responses.csv", 3, "skill_help", "1,500"),
        ("responses.csv", 4, "skill_advice", "-1"),
    ]
    assert "leave the cell empty" in found[0].remedy
    assert found[1].problem == "This can be 1500 or 1.500."


def test_a_missing_column_is_told_with_one_like_it(tmp_path: Path) -> None:
    (found,) = stops(
        small_study(tmp_path / "s", toml=STUDY + RATED, responses=answers(columns="skill_advice,skil_help"))
    )
    assert (found.file, found.row, found.column) == ("responses.csv", 1, "skill_help")
    assert 'Close match: "skil_help"' in found.remedy
    found = stops(small_study(tmp_path / "t", toml=STUDY + RATED, responses=RESPONSES))
    assert [p.column for p in found] == ["skill_advice", "skill_help"]
    found = stops(small_study(tmp_path / "u", toml=STUDY + IN_ROSTER, responses=answers()))
    assert {(p.file, p.column) for p in found} == {("roster.csv", "skill_advice"), ("roster.csv", "skill_help")}


@pytest.mark.parametrize("where", ["responses", "roster"])
def test_of_people_who_refused_nothing_is_read_or_told(tmp_path: Path, where: str) -> None:
    """Not their rating, and not that it is no number."""
    roster = changed(ROSTER, "Cedar,full\nP3", "Cedar,refused\nP3")
    if where == "responses":
        cells = {**SKILLS, "P2": "Jon says so,5"}
        folder = small_study(tmp_path / "s", toml=STUDY + RATED, roster=roster, responses=answers(cells))
    else:
        cells = {**OBSERVED, "P2": "Jon says so,3"}
        roster = wider(roster, "skill_advice,skill_help", cells)
        folder = small_study(tmp_path / "s", toml=STUDY + IN_ROSTER, roster=roster)
    tables = tables_of(folder)
    assert "P2" not in set(tables.ratings["actor_id"])
    assert len(tables.ratings) > 1
    assert not any("Jon" in str(problem) for problem in tables.problems)
    holds(folder)


def test_the_answer_that_counts_is_the_one_that_rates(tmp_path: Path) -> None:
    toml = changed(STUDY, 'groups = ["role"', 'answered_twice = "last"\ngroups = ["role"') + RATED
    responses = answers() + "P1,,0,0,2,Dana Novak,,1,2\n"
    found = rows(small_study(tmp_path / "s", toml=toml, responses=responses))
    assert [row[3] for row in found if row[2] == "P1"] == [1.0, 2.0]


SECOND = '\n[[waves]]\nid = "w2"\nresponses = "later.csv"\n'


def test_a_wave_may_have_none_if_another_has(tmp_path: Path) -> None:
    folder = small_study(tmp_path / "s", toml=STUDY + SECOND + RATED, responses=answers(), **{"later.csv": RESPONSES})
    tables = tables_of(folder)
    assert set(tables.ratings["wave"]) == {"w1"}
    (told,) = [p for p in tables.problems if "ratings of wave" in p.problem]
    assert (told.severity, told.file) == ("note", "later.csv")
    half = answers(columns="skill_advice,else")
    (stop,) = stops(
        small_study(tmp_path / "t", toml=STUDY + SECOND + RATED, responses=answers(), **{"later.csv": half})
    )
    assert (stop.file, stop.column) == ("later.csv", "skill_help")


def test_the_wave_may_stand_in_the_pattern_and_the_roster_may_have_a_row_for_each(tmp_path: Path) -> None:
    toml = STUDY + SECOND + changed(RATED, "skill_{relation}", "{wave}_{relation}")
    later = answers({"P1": "5,5", "P2": "4,4", "P3": "3,3"}, "w2_advice,w2_help")
    folder = small_study(
        tmp_path / "s", toml=toml, responses=answers(columns="w1_advice,w1_help"), **{"later.csv": later}
    )
    found = rows(folder)
    assert [row[3] for row in found if row[0] == "w2"] == [5, 4, 3, 5, 4, 3]
    assert len([row for row in found if row[0] == "w1"]) == 4
    head, *people = wider(ROSTER, "skill_advice,skill_help", OBSERVED).splitlines()
    by_wave = [f"{head},wave", *(f"{line},w1" for line in people), "P1,Ana Lopez,principal,Lincoln,full,9,9,w2"]
    folder = small_study(
        tmp_path / "t",
        toml=STUDY + SECOND + IN_ROSTER,
        roster="\n".join(by_wave) + "\n",
        **{"later.csv": "actor_id,advice_P1,help_name1,help_name2\nP1,,nobody,\n"},
    )
    found = rows(folder)
    assert [row for row in found if row[2] == "P1"] == [
        ["w1", "advice", "P1", 1.0],
        ["w1", "help", "P1", 2.0],
        ["w2", "advice", "P1", 9.0],
        ["w2", "help", "P1", 9.0],
    ]


def test_what_study_toml_cannot_mean(tmp_path: Path) -> None:
    found = stops(small_study(tmp_path / "s", toml=STUDY + changed(RATED, "_{relation}", ""), responses=answers()))
    (stop,) = [p for p in found if p.file == "study.toml"]
    assert (stop.column, "one column" in stop.problem) == ("expertise.rated", True)
    toml = changed(STUDY, 'responses = "responses.csv"\n', "").replace(
        'form = "roster"\ncolumns = "advice_{actor_id}"\nscale', 'form = "ties"\nfile = "advice.csv"\nscale'
    )
    toml = toml.replace("present_from = 2", 'present_from = 2\nstrength = "value"')
    toml = toml[: toml.index('[[relations]]\nid = "help"')] + toml[toml.index("[[attendance]]") :]
    toml += changed(RATED, '"advice", "help"', '"advice"')
    found = stops(small_study(tmp_path / "t", toml=toml, **{"advice.csv": "ego_id,alter_id,value\nP1,P2,2\n"}))
    assert [p.column for p in found if p.file == "study.toml"] == ["expertise.rated_in"]


@pytest.mark.parametrize(("lowest", "who"), [("0", "Everybody"), ("5.5", "Nobody"), ("3", "")])
def test_a_threshold_that_tells_nobody_apart_is_noted(tmp_path: Path, lowest: str, who: str) -> None:
    toml = STUDY + changed(RATED, "expert_from = 3", f"expert_from = {lowest}")
    problems = tables_of(small_study(tmp_path / "s", toml=toml, responses=answers())).problems
    told = [p.problem for p in problems if p.column == "expertise.expert_from"]
    assert [text.split()[0] for text in told] == ([who] if who else [])
