"""Exports of Google Forms: the form's own CSV and the linked Sheet."""

from __future__ import annotations

from pathlib import Path

import pytest

import sna
from tests.tables.exports.corpus import (
    ADVICE,
    CORPUS,
    HELP_IN_ONE_CELL,
    TRUST,
    layout_of,
    same,
    stops_of,
    study,
    tables_of,
)

HERE = CORPUS / "google_forms"
ASKED = 'columns = "How often did you go to each person for advice? [{name}]"'
HELPED = 'columns = "Who helped you?"\nseparator = '
TRUSTED = 'columns = "Name {n}"'


def test_same_answers() -> None:
    same(HERE / "same_answers")


def test_the_row_of_a_grid_is_whom_a_column_is_about() -> None:
    layout = layout_of(HERE / "same_answers" / "responses.csv")
    assert layout.about == ("", "", "Ana Lopez", "Ben Okafor", "Chen Wei", "Dana Novak", *[""] * 6)
    assert layout.header[10] == "What would you change? [200 words]"


def test_the_forms_own_csv_joins_choices_by_semicolons(tmp_path: Path) -> None:
    same(
        study(
            tmp_path / "s",
            HERE / "forms_own.csv",
            "Username",
            {ADVICE: ASKED, HELP_IN_ONE_CELL: HELPED + '";"', TRUST: TRUSTED},
        )
    )


def test_an_anonymous_sheet_whose_choices_hold_the_separator(tmp_path: Path) -> None:
    relations = {ADVICE: ASKED, HELP_IN_ONE_CELL: HELPED + '", "', TRUST: TRUSTED}
    same(study(tmp_path / "s", HERE / "sheet_anonymous.csv", "Your name", relations))


@pytest.mark.parametrize("row", ["Ana Lopez", "Lopez [Ana]"])
def test_whom_a_column_is_about_may_be_used_instead_of_the_heading(tmp_path: Path, row: str) -> None:
    text = (HERE / "forms_own.csv").read_text(encoding="utf-8").replace("[Ana Lopez]", f"[{row}]")
    names = f"typed,actor_id\n{row},P1\n"
    same(study(tmp_path / "s", text, "Username", {ADVICE: ASKED}, names=names), ("advice",))


def test_points_and_comments_of_a_quiz_are_about_nobody(tmp_path: Path) -> None:
    layout = layout_of(HERE / "quiz.csv")
    assert layout.about == (*[""] * 6, "Ana Lopez", "Ben Okafor", "Chen Wei", "Dana Novak")
    same(study(tmp_path / "s", HERE / "quiz.csv", "Username", {ADVICE: ASKED}), ("advice",))


def test_the_same_question_twice_stops_only_if_it_is_read(tmp_path: Path) -> None:
    twice = HERE / "question_twice.csv"
    same(study(tmp_path / "s", twice, "Email Address", {ADVICE: ASKED}), ("advice",))
    (stop,) = stops_of(study(tmp_path / "t", twice, "Email Address", {HELP_IN_ONE_CELL: HELPED + '", "'}))
    assert 'row 1, column "Who helped you?": Two columns have this heading.' in stop


WORK = '[[relations]]\nid = "work"\nform = "roster"\nseparator = ";"\nscale = { 1 = "%s" }\n'
ABOUT_SUPPORT = 'columns = "Which support did you get? [{name}]"'


def ties(folder: Path) -> list[tuple[str, str, str]]:
    table = tables_of(folder).ties
    return list(table[["ego_id", "alter_id", "state"]].itertuples(index=False, name=None))


def test_a_grid_of_checkboxes_with_people_as_rows(tmp_path: Path) -> None:
    folder = study(tmp_path / "s", HERE / "checkbox_grids.csv", "Username", {WORK % "work": ABOUT_SUPPORT})
    assert ties(folder) == [("P1", "P2", "present"), ("P2", "P3", "present")]
    network = sna.measure_study(folder).networks["w1", "work"]
    # P1 got personal support from P4, which is an answer and no tie; P3 left the question out.
    assert [network.state("P1", alter) for alter in ("P3", "P4")] == ["absent", "absent"]
    assert network.state("P3", "P1") == "unknown"


def test_an_answer_nobody_chose_in_a_grid_of_checkboxes_is_told(tmp_path: Path) -> None:
    folder = study(tmp_path / "s", HERE / "checkbox_grids.csv", "Username", {WORK % "wrok": ABOUT_SUPPORT})
    assert ties(folder) == []
    (told,) = [p for p in sna.check_study(folder).problems if "answer of its scale" in p.problem]
    assert (told.severity, told.value) == ("used", "wrok")


def test_several_answers_in_a_cell_need_a_scale(tmp_path: Path) -> None:
    relation = '[[relations]]\nid = "work"\nform = "roster"\nseparator = ";"\n'
    (stop,) = stops_of(study(tmp_path / "s", HERE / "checkbox_grids.csv", "Username", {relation: ABOUT_SUPPORT}))
    assert "which of several answers" in stop


def test_a_grid_of_checkboxes_with_people_as_columns(tmp_path: Path) -> None:
    relation = '[[relations]]\nid = "data"\nform = "names"\nseparator = ";"\n'
    asked = 'columns = "Whom did you ask? [data use]"'
    folder = study(tmp_path / "s", HERE / "checkbox_grids.csv", "Username", {relation: asked})
    assert ties(folder) == [("P1", "P2", "present"), ("P1", "P3", "present"), ("P2", "P4", "present")]


@pytest.mark.parametrize(
    "text",
    [
        "Timestamp,Who\nsoon,Ana\n",
        "Timestamp,Who\n",
        "When,Who\n3/2/2026 9:05:40,Ana\n",
        "Timestamp,Who\n3/2/2026 9:05:40,Ana\nTotal,1\n",
    ],
)
def test_other_tables_with_a_time_first_are_not_taken_for_it(tmp_path: Path, text: str) -> None:
    folder = study(tmp_path / "s", text, "Who", {HELP_IN_ONE_CELL: HELPED + '", "'})
    assert not any("Google" in problem.problem for problem in sna.check_study(folder).problems)


@pytest.mark.parametrize(
    "moment",
    ["2026/03/02 9:05:40 AM GMT+5:30", "2022/06/22 11:07:29 AM AST", "20/03/2026 19:10:37", "2026-03-02 09:05"],
)
def test_moments_in_every_layout(tmp_path: Path, moment: str) -> None:
    folder = study(tmp_path / "s", f"Timestamp,Who\n{moment},Ana\n", "Who", {HELP_IN_ONE_CELL: HELPED + '", "'})
    assert any("Google" in problem.problem for problem in sna.check_study(folder).problems)
