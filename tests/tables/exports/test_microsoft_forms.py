"""Exports of Microsoft Forms: both generations of the workbook, and CSV saved from them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from sna.tables.exports.microsoft_forms import FIRST, about_statements
from tests.corpus.workbook import workbook
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

HERE = CORPUS / "microsoft_forms"
PEOPLE = ("Ana Lopez", "Ben Okafor", "Chen Wei", "Dana Novak")
HELPED = 'columns = "Who helped you?"\nseparator = ";"'
TRUSTED = 'columns = "Name {n}"'


def test_same_answers() -> None:
    same(HERE / "same_answers")


def test_headings_are_told_without_line_breaks_and_odd_spaces() -> None:
    layout = layout_of(HERE / "same_answers" / "responses.csv")
    assert layout.header[6:11] == (*PEOPLE, "Who helped you?")


def test_question_and_statement_in_the_heading(tmp_path: Path) -> None:
    asked = 'columns = "In the last month (e.g. on calls). How often did you go to each person for advice?.{name}"'
    relations = {ADVICE: asked, HELP_IN_ONE_CELL: HELPED, TRUST: TRUSTED}
    folder = study(tmp_path / "s", HERE / "question_and_statement.xlsx.csv", "Email", relations)
    same(folder)
    layout = layout_of(folder / "question_and_statement.xlsx")
    assert layout.about[5:13] == PEOPLE * 2


@pytest.mark.parametrize("respondent", ["Name", "Name2", "Email"])
def test_a_second_question_about_the_same_people_has_numbers(tmp_path: Path, respondent: str) -> None:
    folder = study(tmp_path / "s", HERE / "two_matrices.xlsx.csv", respondent, {ADVICE: 'columns = "{name}2"'})
    same(folder, ("advice",))
    layout = layout_of(folder / "two_matrices.xlsx")
    assert layout.about == (*[""] * 6, *PEOPLE, *PEOPLE, "")
    assert layout.header[10] == "Ana Lopez2"


def test_the_first_question_about_the_same_people_has_none(tmp_path: Path) -> None:
    useful = '[[relations]]\nid = "useful"\nform = "roster"\nscale = { 0 = "a little", 1 = "very" }\n'
    folder = study(tmp_path / "s", HERE / "two_matrices.xlsx.csv", "Email", {useful: 'columns = "{name}"'})
    table = tables_of(folder).ties.query("state == 'present'")
    assert list(zip(table["ego_id"], table["alter_id"], strict=True)) == [("P1", "P2"), ("P2", "P3")]


def test_an_anonymous_form_saved_as_csv_in_europe(tmp_path: Path) -> None:
    relations = {ADVICE: 'columns = "{name}"', HELP_IN_ONE_CELL: HELPED, TRUST: TRUSTED}
    same(study(tmp_path / "s", HERE / "anonymous.csv", "Your name", relations))


def test_points_and_feedback_of_a_quiz_are_columns_like_any(tmp_path: Path) -> None:
    same(study(tmp_path / "s", HERE / "quiz.xlsx.csv", "Email", {HELP_IN_ONE_CELL: HELPED}), ("help",))


def test_a_person_without_a_column_is_told_and_a_stranger_is_not_read(tmp_path: Path) -> None:
    with (HERE / "two_matrices.xlsx.csv").open(encoding="utf-8", newline="") as stream:
        rows = [row[:10] for row in csv.reader(stream)]
    rows[0][9] = "Somebody Else"
    folder = study(
        tmp_path / "s", HERE / "two_matrices.xlsx.csv", "Email", {ADVICE: 'columns = "{name}"'}, name="r.xlsx"
    )
    (folder / "r.xlsx").write_bytes(workbook(rows, title="Form1", sheets={"Notes": [["nothing"]]}))
    assert stops_of(folder)  # "very" is not on the scale
    rows[1:] = [[*row[:6], "", "often", "", ""] for row in rows[1:]]
    (folder / "r.xlsx").write_bytes(workbook(rows, title="Form1", sheets={"Notes": [["nothing"]]}))
    found = tables_of(folder)
    told = [problem for problem in found.problems if problem.value == "P4"]
    assert "has no column for a person" in told[0].problem
    assert any(p.problem == 'Only the sheet "Form1" was read.' and "Notes" in p.remedy for p in found.problems)


@pytest.mark.parametrize(
    ("headings", "about"),
    [
        (["How often?.Ana Lopez", "How often?.Ben Okafor"], ["Ana Lopez", "Ben Okafor"]),
        (["How often?. Ana Lopez", "How often?. Ben Okafor"], ["Ana Lopez", "Ben Okafor"]),
        (["How often?.Dr. Lopez", "How often?.Dr. Okafor", "How often?.Wei"], ["Dr. Lopez", "Dr. Okafor", "Wei"]),
        (
            ["Rate e.g. calls.Ana", "Rate e.g. calls.Ben", "Rate e.g. mail.Ana", "Rate e.g. mail.Ben"],
            ["Ana", "Ben"] * 2,
        ),
        (["How often?.J.Smith", "How often?.J.Wei", "How often?.A.Novak"], ["J.Smith", "J.Wei", "A.Novak"]),
        (["Why?.Ana", "Ana", "Name"], ["", "", ""]),
        (["Rate.Ana", "Rate.Ben", "Rate.Ana2", "Rate.Ben2"], ["Ana", "Ben", "Ana", "Ben"]),
        (["Name 1", "Name 2", "Name1", "Ana", "Ana3"], ["", "", "", "Ana", "Ana"]),
        (["More.", "More."], ["", ""]),
    ],
)
def test_where_a_statement_begins(headings: list[str], about: list[str]) -> None:
    assert list(about_statements([*FIRST, *headings])[5:]) == about
