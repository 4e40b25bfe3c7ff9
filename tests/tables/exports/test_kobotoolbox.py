"""Exports of KoboToolbox: names and labels, groups, choices, repeat groups."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest

import sna
from sna.tables.exports import FORMATS, Layout
from tests.corpus.workbook import workbook
from tests.tables.exports.corpus import (
    ADVICE,
    CORPUS,
    HELP,
    HELP_IN_ONE_CELL,
    ROSTER,
    TRUST,
    layout_of,
    same,
    stops_of,
    study,
    tables_of,
)

HERE = CORPUS / "kobotoolbox"
PEOPLE = ("Ana Lopez", "Ben Okafor", "Chen Wei", "Dana Novak")
QUESTION = "How often did you go to each person for advice?"
PATHS = {
    "labels_groups": (f"{QUESTION}/", "Network/Who helped you?/", "Network/Name {n}", "Your name"),
    "names_groups": ("advice/", "who/helped/", "who/name_{n}", "your_name"),
    "other_separator": (f"{QUESTION}::", "Network::Who helped you?::", "Network::Name {n}", "Your name"),
    "separate_columns": (f"{QUESTION}/", "Who helped you?/", "Name {n}", "Your name"),
}


def test_same_answers() -> None:
    same(HERE / "same_answers")


@pytest.mark.parametrize("file", list(PATHS))
def test_names_and_labels_with_and_without_groups(tmp_path: Path, file: str) -> None:
    advice, helped, trusted, respondent = PATHS[file]
    relations = {
        ADVICE: f'columns = "{advice}{{name}}"',
        HELP: f'columns = "{helped}{{name}}"',
        TRUST: f'columns = "{trusted}"',
    }
    same(study(tmp_path / "s", HERE / f"{file}.csv", respondent, relations))


@pytest.mark.parametrize("file", list(PATHS))
def test_choices_and_rows_are_what_a_column_is_about(file: str) -> None:
    about = layout_of(HERE / f"{file}.csv").about
    told = tuple(name for name in about if name)
    names = tuple(name.casefold().replace(" ", "_") for name in PEOPLE) if file == "names_groups" else PEOPLE
    rows = () if file == "other_separator" else names
    more = {"labels_groups": ("Who helped you?",), "names_groups": ("helped",)}.get(file, ())
    tail = {"labels_groups": ("Name 1", "Name 2", "Name 3"), "names_groups": ("name_1", "name_2", "name_3")}
    assert told == (*rows, *more, *names, *tail.get(file, ()))


def test_the_summary_stays_and_boxes_are_emptied_where_nothing_is_ticked() -> None:
    layout = layout_of(HERE / "same_answers" / "responses.csv")
    places = [at for at, heading in enumerate(layout.header) if heading.startswith("Who helped you?")]
    assert [[row[at] for at in places] for _, row in layout.rows] == [
        ["Ben Okafor Chen Wei", "0", "1", "1", "0"],
        ["Dana Novak", "0", "0", "0", "1"],
        ["", "", "", "", ""],
    ]


def test_a_submission_that_was_not_approved_is_left_out_with_the_reason() -> None:
    found = sna.check_study(HERE / "same_answers").problems
    (told,) = [p for p in found if p.severity == "left out"]
    assert (told.row, told.value, told.problem) == (5, "Not Approved", "This submission was not approved.")


@pytest.mark.parametrize(
    ("status", "counts"),
    [
        ("Not approved", False),
        ("validation_status_not_approved", False),
        ("Approved", True),
        ("On Hold", True),
        ("validation_status_on_hold", True),
    ],
)
def test_which_states_of_validation_count(tmp_path: Path, status: str, counts: bool) -> None:
    text = (HERE / "same_answers" / "responses.csv").read_text(encoding="utf-8").replace("Not Approved", status)
    folder = study(
        tmp_path / "s", text.replace("Test of the form", "Dana Novak"), "Your name", {ADVICE: 'columns = "{name}"'}
    )
    answered = tables_of(folder).answered.set_index("actor_id")["status"]
    assert answered["P4"] == ("answered" if counts else "no_response")


def test_names_in_one_column_and_a_row_of_tags(tmp_path: Path) -> None:
    relations = {
        ADVICE: 'columns = "{name}"',
        HELP_IN_ONE_CELL: 'columns = "helped"\nseparator = " "',
        TRUST: 'columns = "name_{n}"',
    }
    tables = same(study(tmp_path / "s", HERE / "names_one_column_hxl.csv", "your_name", relations))
    assert [(p.row, p.problem) for p in tables.problems if p.severity == "left out"] == [
        (2, "This row holds HXL tags.")
    ]


def test_labels_joined_by_spaces_are_told_apart_by_the_roster(tmp_path: Path) -> None:
    relations = {HELP_IN_ONE_CELL: 'columns = "Who helped you?"\nseparator = " "'}
    same(study(tmp_path / "s", HERE / "same_answers" / "responses.csv", "Your name", relations), ("help",))


@pytest.mark.parametrize(
    ("file", "columns", "respondent"),
    [("matrix_names", "m1_{name}/m1_{name}_advice", "your_name"), ("matrix_labels", "{name}-Advice", "Your name")],
)
def test_a_question_matrix(tmp_path: Path, file: str, columns: str, respondent: str) -> None:
    same(study(tmp_path / "s", HERE / f"{file}.csv", respondent, {ADVICE: f'columns = "{columns}"'}), ("advice",))


BOXES = """"Your name";"Who helped?";{people};"Who helped?/Nobody";"_id";"_uuid";"_submission_time"
"Ana Lopez";"Ben Okafor";"0";"1";"0";"0";"0";"61";"u1";"2026-03-02T08:05:44"
"Ben Okafor";"Nobody";"0";"0";"0";"0";"1";"62";"u2";"2026-03-02T08:05:44"
"Chen Wei";"";"0";"0";"0";"0";"0";"63";"u3";"2026-03-02T08:05:44"
""".format(people=";".join(f'"Who helped?/{name}"' for name in PEOPLE))


def test_a_box_for_nobody_that_is_not_ticked_contradicts_no_name(tmp_path: Path) -> None:
    relations = {HELP: 'columns = "Who helped?/{name}"\nanswered = "Who helped?/Nobody"'}
    tables = tables_of(study(tmp_path / "s", BOXES, "Your name", relations))
    assert [problem for problem in tables.problems if problem.severity == "used"] == []
    assert tables.answered["status"].to_list() == ["answered", "answered", "skipped", "no_response"]
    assert tables.answered["named"].to_list()[:2] == [1, 0]
    # A column of one's own that says no beside a name does contradict it.
    own = BOXES.replace("Who helped?/Nobody", "answered it")
    relations = {HELP: 'columns = "Who helped?/{name}"\nanswered = "answered it"'}
    told = [p for p in tables_of(study(tmp_path / "t", own, "Your name", relations)).problems if p.severity == "used"]
    assert [(p.row, "is said not to have answered" in p.problem) for p in told] == [(2, True)]


class _Kobo:
    (unpack,) = (known.unpack for known in FORMATS if known.name == "kobotoolbox")


def unpacked(*rows: Sequence[str]) -> Layout:
    tail = ("_id", "_uuid", "_submission_time", "_index")
    heads, *answers = rows
    table = [
        (*heads, *tail),
        *((*row, str(at), "u", "2026-03-02T08:05:44", str(at)) for at, row in enumerate(answers, 1)),
    ]
    return _Kobo.unpack(list(enumerate(table, 1)))


def test_yes_or_no_coded_1_and_0_is_not_taken_for_choices() -> None:
    """A grid in which the own cell is empty, or with a word in it, is no question with choices."""
    heads = ("advice/ana", "advice/ben", "advice/chen")
    layout = unpacked(heads, ("", "0", "0"), ("0", "", "0"), ("0", "0", ""))
    assert [row[:3] for _, row in layout.rows] == [("", "0", "0"), ("0", "", "0"), ("0", "0", "")]
    layout = unpacked(("q", "q2", "q_other", "q (why)"), ("0", "0", "0", "0"))
    assert layout.rows[0][1][:4] == ("0", "0", "0", "0")


def test_a_choice_ticked_without_its_question_is_no_choice() -> None:
    layout = unpacked(("q", "q/a", "q/b"), ("", "1", "0"), ("", "0", "0"))
    assert layout.rows[0][1][:3] == ("", "1", "0")


def rows_of(file: str) -> list[list[str]]:
    with (HERE / file).open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


PAIRS = """form = "roster"
file = "answers.xlsx"
sheet = "people"
ego = "{ego}"
ego_key = "{key}"
alter = "person_name"
"""
REPEATS = """[study]
name = "Repeats"
roster = "roster.csv"
respondent = "your_name"
audience = "researcher"
[consent]
default = "full"
[[waves]]
id = "w1"
responses = "answers.xlsx"
[[relations]]
id = "advice"
{pairs}strength = "freq"
scale = {{ 0 = "never", 1 = "sometimes", 2 = "often" }}
present_from = 1
[[relations]]
id = "help"
{pairs}strength = "helped"
blank = "unticked"
"""


def repeats(folder: Path, ego: str, key: str, people: list[list[str]] | None = None) -> Path:
    """A study whose answers about people stand in a repeat group, in a sheet of their own."""
    folder.mkdir()
    book = workbook(
        rows_of("repeat_main.xlsx.csv"),
        title="Advice study",
        sheets={"people": people or rows_of("repeat_people.xlsx.csv"), "meetings": [["_index", "about"], ["1", "x"]]},
    )
    (folder / "answers.xlsx").write_bytes(book)
    (folder / "roster.csv").write_text(ROSTER, encoding="utf-8")
    toml = REPEATS.format(pairs=PAIRS.format(ego=ego, key=key))
    (folder / "study.toml").write_text(toml, encoding="utf-8")
    return folder


@pytest.mark.parametrize(("ego", "key"), [("_parent_index", "_index"), ("_submission__id", "_id")])
def test_repeat_groups_in_a_sheet_of_their_own(tmp_path: Path, ego: str, key: str) -> None:
    found = same(repeats(tmp_path / "s", ego, key), ("advice", "help"))
    sheet = 'answers.xlsx, sheet "people"'
    told = [(p.file, p.row, p.problem) for p in found.problems if p.severity == "left out"]
    assert told == [
        ("answers.xlsx", 5, "This submission was not approved."),
        (sheet, 11, "This submission was not approved."),
    ]
    assert found.accounting["file"].to_list() == ["roster.csv", "answers.xlsx", sheet]
    assert found.files == {"study.toml": 0, "roster.csv": 4, "answers.xlsx": 3 + 9}
    (left,) = [p for p in found.problems if "Only the sheet" in p.problem]
    assert (left.problem, left.remedy) == ('Only the sheet "Advice study" was read.', 'Left out: "meetings".')


def test_a_row_of_a_repeat_group_without_its_submission_stops(tmp_path: Path) -> None:
    people = rows_of("repeat_people.xlsx.csv")
    people[1][5] = "7"
    (stop,) = stops_of(repeats(tmp_path / "s", "_parent_index", "_index", people))
    assert stop.startswith('answers.xlsx, sheet "people", row 2, column "_parent_index": "7": No answer of the wave')


def test_a_row_of_a_repeat_group_of_a_submission_that_does_not_count(tmp_path: Path) -> None:
    """The submission was not approved; its status is missing where the people named stand, as in old exports."""
    people = [row[:9] for row in rows_of("repeat_people.xlsx.csv")]
    found = same(repeats(tmp_path / "s", "_submission__id", "_id", people), ("advice", "help"))
    (told,) = [p for p in found.problems if p.file.endswith('people"') and p.severity == "left out"]
    assert (told.row, told.value, told.problem) == (11, "64", "The answer to which this row belongs does not count.")
