"""Exports of Qualtrics: every documented layout gives the same answers; what goes wrong is said."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from sna.tables.exports import LayoutError, qualtrics
from tests.tables.exports.corpus import (
    ADVICE,
    CORPUS,
    HELP,
    HELP_IN_ONE_CELL,
    TRUST,
    layout_of,
    records_of,
    same,
    stops_of,
    study,
    tables_of,
)

HERE = CORPUS / "qualtrics"
MATRIX = {ADVICE: 'columns = "Q5_{n}"', TRUST: 'columns = "Q7_{n}"'}
SPLIT = {**MATRIX, HELP: 'columns = "Q6_{n}"'}
JOINED = {**MATRIX, HELP_IN_ONE_CELL: 'columns = "Q6"\nseparator = ","'}
EMAIL = "RecipientEmail"


def test_same_answers() -> None:
    tables = same(HERE / "same_answers")
    left_out = [(p.row, p.value) for p in tables.problems if p.severity == "left out"]
    assert left_out == [(4, "R_PreviewAAAAAAAAAAAA"), (8, "R_SpamAAAAAAAAAAAA")]


@pytest.mark.parametrize(
    ("file", "relations"),
    [
        ("choice_text_one_column.csv", JOINED),
        ("choice_text.tsv", SPLIT),
        ("numeric_unanswered.csv", SPLIT),
        ("numeric_one_column.csv", {**JOINED, HELP_IN_ONE_CELL: JOINED[HELP_IN_ONE_CELL] + '\ncodes = "number"'}),
        ("two_heading_rows.xlsx.csv", SPLIT),
    ],
)
def test_every_layout_gives_the_same_answers(tmp_path: Path, file: str, relations: dict[str, str]) -> None:
    same(study(tmp_path / "s", HERE / file, EMAIL, relations))


def test_three_heading_rows_in_a_workbook(tmp_path: Path) -> None:
    same(study(tmp_path / "s", HERE / "numeric_unanswered.csv", EMAIL, SPLIT, name="responses.xlsx"))


def test_columns_by_what_was_asked(tmp_path: Path) -> None:
    asked = {
        ADVICE: 'columns = "How often did you go to each person for advice? - {name}"',
        HELP: 'columns = "Who helped you in the last month? - {name}"',
        TRUST: 'columns = "Name up to three people you trust. - Name {n}"',
    }
    same(study(tmp_path / "s", HERE / "choice_text.tsv", "Recipient Email", asked))


def test_choices_by_number_though_their_text_stands_in_the_cells(tmp_path: Path) -> None:
    numbers = {
        ADVICE: 'columns = "Q5_{code}"\ncodes = "number"',
        HELP: 'columns = "Q6_{code}"\ncodes = "number"',
        TRUST: MATRIX[TRUST],
    }
    same(study(tmp_path / "s", HERE / "choice_text.tsv", EMAIL, numbers))


def test_legacy_files_name_their_first_columns_in_the_second_row(tmp_path: Path) -> None:
    tables = same(study(tmp_path / "s", HERE / "legacy_two_rows.csv", "EmailAddress", SPLIT))
    assert [(p.row, p.value) for p in tables.problems if p.severity == "left out"] == [(3, "R_PreviewAAAAAAAAAA")]
    layout = layout_of(HERE / "legacy_two_rows.csv")
    assert layout.about[11] == "Ana Lopez"
    assert layout.about[19] == "Name 1"


def without(file: str, *gone: int) -> str:
    """A file without some of its first rows, as people delete them."""
    with (HERE / file).open(encoding="utf-8", newline="") as stream:
        rows = [row for at, row in enumerate(csv.reader(stream), 1) if at not in gone]
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


@pytest.mark.parametrize("gone", [(3,), (2,), (2, 3)], ids=["ids", "labels", "both"])
def test_heading_rows_that_somebody_deleted(tmp_path: Path, gone: tuple[int, ...]) -> None:
    relations = (
        SPLIT
        if gone == (3,)
        else {
            ADVICE: 'columns = "Q5_{code}"\ncodes = "number"',
            HELP: 'columns = "Q6_{code}"\ncodes = "number"',
            TRUST: MATRIX[TRUST],
        }
    )
    same(study(tmp_path / "s", without("numeric_unanswered.csv", *gone), EMAIL, relations))


def test_a_file_without_labels_cannot_say_whom_a_numbered_column_is_about(tmp_path: Path) -> None:
    (first, *_) = stops_of(study(tmp_path / "s", without("numeric_unanswered.csv", 2), EMAIL, SPLIT))
    assert 'column "Q5_1": Nothing says whom this column is about' in first
    assert "export the file with its labels" in first


def test_selected_choice_other_and_nobody(tmp_path: Path) -> None:
    """The label says "Selected Choice" before each choice; a text box stands beside Other; a choice says nobody."""
    layout = layout_of(HERE / "selected_choice.csv")
    names = dict(zip(layout.header, layout.about, strict=True))
    assert [names[f"Q6_{k}"] for k in range(1, 7)] == [
        "Ana Lopez", "Ben Okafor", "Chen Wei", "Dana Novak", "Nobody", "Other",
    ]  # fmt: skip
    assert names["Q6_6_TEXT"] == ""
    decided = "typed,actor_id,decision\nOther,,ignore\n"
    relations = {**MATRIX, HELP: 'columns = "Q6_{n}"\nanswered = "Q6_5"'}
    folder = study(tmp_path / "s", HERE / "selected_choice.csv", EMAIL, relations, names=decided)
    tables = tables_of(folder)
    helped = tables.answered[tables.answered["relation"] == "help"]
    # P3 ticked "Nobody": an answer, not a skipped question.
    assert helped["status"].to_list() == ["answered", "answered", "answered", "no_response"]
    assert helped["named"].to_list()[:3] == [2, 1, 0]


LABELS = {
    # header: (label, whom it is about)
    "Q1": ("Any comment - at all?", ""),
    "Q2_1": ("Whom - if anybody - did you ask? - Ana Lopez", "Ana Lopez"),
    "Q2_2": ("Whom - if anybody - did you ask? - Ana Lima - Cedar", "Ana Lima - Cedar"),
    "Q3_1_1": ("How often? - Ana Lopez - by phone", "Ana Lopez"),
    "Q3_1_2": ("How often? - Ana Lopez - in person", "Ana Lopez"),
    "Q3_2_1": ("How often? - Eva Lopez - by phone", "Eva Lopez"),
    "Q3_2_2": ("How often? - Eva Lopez - in person", "Eva Lopez"),
    "consent": ("I agree - Selected Choice", ""),
    "Q4_DO_1": ("Who? - Display Order - Ana Lopez", ""),
    "Q5_1": ("One row only - or two? - Jean-Paul", "Jean-Paul"),
    "1_Q6_1": ("Do you know ${lm://Field/1}? - at work", "at work"),
    "1_Q6_2": ("Do you know ${lm://Field/1}? - at home", "at home"),
}
IDS = ["QID1_TEXT", "QID2_1", "QID2_2", "QID3_1_1", "QID3_1_2", "QID3_2_1", "QID3_2_2", "QID9", "QID4_DO_1", "QID5_1"]
IDS += ["1_QID6_1", "1_QID6_2"]


def test_whom_a_column_is_about() -> None:
    ids = tuple(f'{{"ImportId":"{id}"}}' for id in IDS)
    records = [(1, tuple(LABELS)), (2, tuple(label for label, _ in LABELS.values())), (3, ids), (4, ("x",) * len(IDS))]
    assert qualtrics.fits(records)
    layout = qualtrics.unpack(records)
    assert dict(zip(layout.header, layout.about, strict=True)) == {name: about for name, (_, about) in LABELS.items()}
    assert layout.rows == [(4, ("x",) * len(IDS))]


def test_import_ids_of_a_file_that_was_saved_again() -> None:
    records = [(1, ("Q2_1", "Q2_2")), (2, ("Who? - Ana", "Who? - Ben")), (3, ("{'ImportId': 'QID2_1'}",) * 2)]
    assert qualtrics.fits(records)
    assert qualtrics.unpack(records).about == ("Ana", "Ben")


def test_unanswered_is_empty_only_in_questions() -> None:
    heads = ("ResponseId", "LocationLatitude", "dept", "Q1")
    ids = tuple(f'{{"ImportId":"{id}"}}' for id in ("_recordId", "locationLatitude", "dept", "QID1_TEXT"))
    layout = qualtrics.unpack([(1, heads), (2, ("",) * 4), (3, ids), (4, ("R_1", "-99", "-99", "-99"))])
    assert layout.rows == [(4, ("R_1", "-99", "-99", ""))]


def test_a_ticked_choice_may_hold_its_number() -> None:
    ids = tuple(f'{{"ImportId":"QID6","choiceId":"{k}"}}' for k in (1, 2, 3))
    layout = qualtrics.unpack([(1, ("Q6_1", "Q6_2", "Q6_3")), (2, ("", "", "")), (3, ids), (4, ("0", "2", "Chen"))])
    assert layout.rows == [(4, ("", "1", "Chen"))]


def test_a_file_that_is_not_one(tmp_path: Path) -> None:
    text = "who,a\nP1,x\n"
    folder = study(tmp_path / "s", text, "who", SPLIT, wave='format = "qualtrics"')
    (problem,) = stops_of(folder)
    assert problem.startswith("responses.csv, row 1: This is not laid out as Qualtrics does it: the first row does not")
    assert 'format = "plain"' in problem
    with pytest.raises(LayoutError):
        qualtrics.unpack(records_of(folder / "responses.csv"))
