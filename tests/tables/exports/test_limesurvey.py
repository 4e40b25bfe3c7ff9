"""Exports of LimeSurvey: codes, texts and both as headings; codes and full texts as answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from sna.tables.exports import limesurvey
from tests.tables.exports.corpus import (
    ADVICE,
    CORPUS,
    HELP,
    TRUST,
    layout_of,
    same,
    stops_of,
    study,
    tables_of,
)

HERE = CORPUS / "limesurvey"
TEXTS = {
    ADVICE: 'columns = "How often did you go to each person for advice? [{name}]"',
    HELP: 'columns = "Who helped you in the last month? [{name}]"',
    TRUST: 'columns = "Name up to three people you trust. [Name {n}]"',
}
IN_CODES = ADVICE.replace("never", "A1").replace("sometimes", "A2").replace("often", "A3")


def test_same_answers() -> None:
    same(HERE / "same_answers")


def test_code_and_text() -> None:
    layout = layout_of(HERE / "same_answers" / "responses.csv")
    at = layout.header.index("HELPED[SQ001]")
    assert (layout.labels[at], layout.about[at]) == ("Who helped you in the last month? [Ana Lopez]", "Ana Lopez")
    assert layout.labels[0] == "Response ID"
    assert [row[at] for _, row in layout.rows] == ["", "", ""]
    assert [row[at + 1] for _, row in layout.rows] == ["Yes", "", ""]


def test_full_text(tmp_path: Path) -> None:
    """Chen Wei's answer is partial: submitdate is empty, the choices that were not reached say N/A."""
    tables = same(study(tmp_path / "s", HERE / "full_text.csv", "What is your name?", TEXTS))
    assert not [p for p in tables.problems if p.severity == "left out"]


def test_full_text_in_a_workbook(tmp_path: Path) -> None:
    source = tmp_path / "comma.csv"
    source.write_text((HERE / "full_text.csv").read_text(encoding="utf-8-sig").replace('";"', '","'), encoding="utf-8")
    same(study(tmp_path / "s", source, "What is your name?", TEXTS, name="responses.xlsx"))


def test_headings_that_were_cut_short(tmp_path: Path) -> None:
    short = {
        ADVICE: 'columns = "How often did y.. [{name}]"',
        HELP: 'columns = "Who helped you .. [{name}]"',
        TRUST: 'columns = "Name up to thre.. [Name {n}]"',
    }
    same(study(tmp_path / "s", HERE / "abbreviated.csv", "What is your na..", short))


@pytest.mark.parametrize(("file", "row"), [("codes.csv", "[{code}]"), ("expression_codes.csv", "_{code}")])
def test_codes(tmp_path: Path, file: str, row: str) -> None:
    relations = {
        IN_CODES: f'columns = "ADVICE{row}"\ncodes = "row"',
        HELP: f'columns = "HELPED{row}"\ncodes = "row"',
        TRUST: f'columns = "TRUST{row.replace("{code}", "SQ00{n}")}"',
    }
    folder = study(tmp_path / "s", HERE / file, "NAME", relations)
    tables = tables_of(folder)
    assert tables.answered["status"].to_list() == [
        *["answered"] * 3, "no_response", "answered", "answered", "skipped", "no_response", *["answered"] * 3,
        "no_response",
    ]  # fmt: skip
    assert (tables.ties["state"] == "present").sum() == 11
    assert tables.ties["strength"].fillna(-1).to_list()[:6] == [2, 1, 1, 2, 2, -1]


def ticks(*rows: tuple[str, ...], header: tuple[str, ...] = ("id", "submitdate", "lastpage", "Q[1]", "Q[2]")) -> list:
    records = [(1, header), *((at, ("1", "", "2", *row)) for at, row in enumerate(rows, 2))]
    assert limesurvey.fits(records)
    return [row[3:] for _, row in limesurvey.unpack(records).rows]


def test_what_is_a_multiple_choice_question() -> None:
    assert ticks(("Yes", "No"), ("N/A", "N/A"), ("", "")) == [("Yes", ""), ("", ""), ("", "")]
    # An array of yes/no questions: a cell left empty, another answer, answers as codes.
    for rows in ([("Yes", "No"), ("", "No")], [("Yes", "No"), ("Uncertain", "No")], [("Y", "N"), ("N", "N")]):
        assert ticks(*rows) == rows
    header = ("id", "submitdate", "lastpage", "Q[1]", "Q[2]", "Q[other]", "Q[1comment]")
    row = ("No", "Yes", "my sister", "often")
    assert ticks(row, header=header) == [("", "Yes", "my sister", "often")]


def test_an_array_of_yes_and_no_as_codes(tmp_path: Path) -> None:
    text = "id,submitdate,lastpage,WHO,ASK[P1],ASK[P2]\n1,,2,Ana Lopez,,N\n2,,2,Ben Okafor,Y,\n"
    asked = HELP + 'scale = { 0 = "N", 1 = "Y" }\n'
    tables = tables_of(study(tmp_path / "s", text, "WHO", {asked: 'columns = "ASK[{actor_id}]"'}))
    assert tables.answered["status"].to_list()[:2] == ["answered", "answered"]
    assert tables.answered["named"].to_list()[:2] == [0, 1]


def test_whom_a_column_is_about() -> None:
    header = (
        "Response ID", "Date submitted", "Last page", "Start language", "Agree [or not]", "Who [if any]? [Ana]",
        "How? [Ana][by phone]", "How? [Ben] [Scale 1]", "How_often? [Eva_Ng]",
    )  # fmt: skip
    records = [(1, header), (2, ("1", "", "1", "en", "x", "x", "x", "x", "x"))]
    assert limesurvey.fits(records)
    assert limesurvey.unpack(records).about[4:] == ("or not", "Ana", "Ana", "Ben", "Eva_Ng")


def test_another_separator_between_code_and_text() -> None:
    header = ("id - Response ID", "submitdate - Date submitted", "lastpage - Last page", "ASK[P1] - Who - if? [Ana]")
    layout = limesurvey.unpack([(1, header), (2, ("1", "", "1", "A1"))])
    assert layout.header == ("id", "submitdate", "lastpage", "ASK[P1]")
    assert layout.labels[3] == "Who - if? [Ana]"
    assert layout.about[3] == "Ana"


def test_the_export_for_importing_again_is_refused(tmp_path: Path) -> None:
    (problem,) = stops_of(study(tmp_path / "s", HERE / "for_import.csv", "NAME", TEXTS))
    assert problem.startswith("for_import.csv, row 1: This is LimeSurvey's export for importing answers again (VV)")
    assert "Export the responses as CSV or Excel instead." in problem
