"""Exports of SurveyMonkey: condensed and expanded columns, words and numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from sna.tables.exports import surveymonkey
from tests.tables.exports.corpus import (
    ADVICE,
    CORPUS,
    FROM_ONE,
    HELP,
    TRUST,
    layout_of,
    same,
    stops_of,
    study,
    tables_of,
)

HERE = CORPUS / "surveymonkey"
ASKED = 'columns = "How often did you go to each person for advice? [{name}]"'
HELPED = 'columns = "Who helped you in the last month? [{name}]"'
TRUSTED = 'columns = "Name up to three people you trust. [Name {n}]"'
EMAIL = "Email Address"


def test_same_answers() -> None:
    same(HERE / "same_answers")


def test_headings_are_the_question_and_what_stands_below_it() -> None:
    layout = layout_of(HERE / "same_answers" / "responses.csv")
    assert layout.header[8:11] == ("Custom Data 1", ASKED[11:-9] + "[Ana Lopez]", ASKED[11:-9] + "[Ben Okafor]")
    assert layout.header[-6:] == (
        "Did you work in the team all year?",
        "Please explain.",
        "Which words fit the team? [calm]",
        "Which words fit the team? [loud]",
        "Which words fit the team? [Other (please specify)]",
        "Please explain. (2)",
    )
    assert layout.about[-6:] == ("", "", "calm", "loud", "Other (please specify)", "")
    assert layout.rows[0][0] == 3


@pytest.mark.parametrize("name", ["expanded_text.csv", "responses.xlsx"])
def test_a_matrix_that_is_spread_over_answers_is_folded_back(tmp_path: Path, name: str) -> None:
    relations = {ADVICE: ASKED, HELP: HELPED, TRUST: TRUSTED}
    same(study(tmp_path / "s", HERE / "expanded_text.csv", EMAIL, relations, name=name))


@pytest.mark.parametrize("file", ["condensed_numeric.csv", "expanded_numeric.csv"])
def test_numbers_instead_of_words(tmp_path: Path, file: str) -> None:
    folder = study(tmp_path / "s", HERE / file, EMAIL, {FROM_ONE: ASKED, TRUST: TRUSTED})
    same(folder, ("advice", "trust"))


def test_the_number_of_a_choice_is_no_tick(tmp_path: Path) -> None:
    """What a ticked choice holds in an export of numbers is not documented: it stops and is never guessed."""
    problems = stops_of(study(tmp_path / "s", HERE / "condensed_numeric.csv", EMAIL, {HELP: HELPED}))
    assert len(problems) == 3
    assert 'row 3, column "Who helped you in the last month? [Ben Okafor]": "2"' in problems[0]


FIRST = ("Respondent ID", "Collector ID", "Who?")


def spread(choices: list[str], *rows: list[str]) -> tuple[str, ...]:
    records = [(1, FIRST + ("",) * (len(choices) - 1)), (2, ("", "", *choices))]
    records += [(at, (str(at), "7", *row)) for at, row in enumerate(rows, 3)]
    return surveymonkey.unpack(records).header[2:]


def test_choices_with_hyphens_are_no_matrix() -> None:
    choices = ["North - Ana", "North - Ben", "South - Ana", "South - Ben"]
    alone = tuple(f"Who? [{choice}]" for choice in choices)
    assert spread(choices, ["North - Ana", "", "", ""]) == alone
    assert spread(choices, ["1", "2", "", ""]) == alone
    assert spread(choices[:2], ["1", ""]) == alone[:2]
    assert spread(choices[:3], ["Ana", "", ""]) == alone[:3]
    assert spread(choices, ["Ana", "", "", "Ben"]) == ("Who? [North]", "Who? [South]")


def test_names_with_hyphens_and_a_comment_at_the_end_of_a_matrix() -> None:
    choices = ["Jo - HQ - no", "Jo - HQ - yes", "Al - no", "Al - yes", "Other (please specify)"]
    header = spread(choices, ["no", "", "", "yes", "the coach"])
    assert header == ("Who? [Jo - HQ]", "Who? [Al]", "Who? [Other (please specify)]")


def test_a_choice_that_says_nobody(tmp_path: Path) -> None:
    text = (
        "Respondent ID,Collector ID,Email Address,Who?,,,\n,,,Ana Lopez,Ben Okafor,Nobody,Other (please specify)\n"
        "1,7,ana@lincoln.org,,,Nobody,\n2,7,ben@cedar.org,Ana Lopez,,,my sister\n"
    )
    relations = {HELP: 'columns = "Who? [{name}]"\nanswered = "Who? [Nobody]"'}
    names = "typed,actor_id,decision\nOther (please specify),,ignore\n"
    tables = tables_of(study(tmp_path / "s", text, EMAIL, relations, names=names))
    assert tables.answered["status"].to_list()[:2] == ["answered", "answered"]
    assert tables.answered["named"].to_list()[:2] == [0, 1]


def test_the_second_row_is_missing(tmp_path: Path) -> None:
    text = "Respondent ID,Collector ID,Email Address,Who helped you?\n1,2,ana@lincoln.org,Ben Okafor\n"
    folder = study(tmp_path / "s", text, EMAIL, {HELP: HELPED}, wave='format = "surveymonkey"')
    (problem,) = stops_of(folder)
    assert problem.startswith("responses.csv, row 2: This is not laid out as SurveyMonkey does it: below the questions")


def test_summaries_of_questions_are_refused(tmp_path: Path) -> None:
    folder = study(tmp_path / "s", HERE / "question_summaries.xlsx.csv", EMAIL, {HELP: HELPED})
    (problem,) = stops_of(folder)
    assert "summaries of questions" in problem
    assert 'Export "All responses data" instead.' in problem
