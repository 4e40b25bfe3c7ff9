"""Nothing lost: every cell of every file is used, unknown, out of scope or rejected, and the four add up."""

from __future__ import annotations

import csv
import io
import random
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import sna
from tests.small_study import ATTENDANCE, RESPONSES, ROSTER, STUDY, changed, small_study

ROOT = Path(__file__).resolve().parents[2]
FATES = ["used", "unknown", "out_of_scope", "rejected"]


def accounts(folder: Path) -> pd.DataFrame:
    tables = sna.check_study(folder).tables
    assert tables is not None, sna.check_study(folder).stops
    return tables.accounting.set_index("file")


def cells_in(path: Path) -> int:
    """Cells below the headings of a plain file, counted by itself: filled rows times headings."""
    rows: list[list[str]]
    if path.suffix == ".xlsx":
        sheet = openpyxl.load_workbook(path).worksheets[0]
        rows = [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    else:
        rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    return (len(rows) - 1) * len(rows[0])


def holds(folder: Path) -> pd.DataFrame:
    """Assert the law for every file of a study; return the account."""
    table = accounts(folder)
    problems = sna.check_study(folder).tables.problems_table  # type: ignore[union-attr]
    left_out = problems[problems["severity"] == "left out"]
    assert (table[FATES] >= 0).all(axis=None)
    for file, row in table.iterrows():
        assert row["cells"] == cells_in(folder / str(file)) == row[FATES].sum(), file
        named = left_out[left_out["file"] == file].dropna(subset=["row"])
        assert (row["rejected"] > 0) <= (len(named) > 0), (file, "cells are rejected and no row of problems says why")
    return table


@pytest.mark.parametrize("study", ["il-cop", "pplc"])
def test_the_law_holds_on_the_examples(study: str) -> None:
    table = holds(ROOT / "surveys" / study)
    checked = sna.check_study(ROOT / "surveys" / study)
    assert checked.tables is not None
    assert set(table.index) == set(checked.tables.files) - {"study.toml"}


@pytest.mark.parametrize(
    "study", sorted((ROOT / "tests" / "corpus").glob("*/same_answers")), ids=lambda p: p.parent.name
)
def test_the_four_add_up_in_every_export(study: Path) -> None:
    table = accounts(study)
    assert (table["cells"] == table[FATES].sum(axis=1)).all()
    assert table["used"].sum() > 20


def test_the_law_holds_on_the_example_that_can_be_written(tmp_path: Path) -> None:
    sna.example_study("southern-women", tmp_path / "women")
    holds(tmp_path / "women")


def test_each_fate_is_counted_by_hand(tmp_path: Path) -> None:
    """P4 has no row. P1 leaves one name empty, P2 leaves one cell of advice empty, P3 too; own cells are nobody's."""
    table = holds(small_study(tmp_path / "s"))
    responses = table.loc["responses.csv"]
    # 3 × 7 cells. Own cells: 3 out of scope. Unknown: advice_P3 by P2. Empty names after a name, or after "nobody",
    # mean no: used.
    assert responses[FATES].to_list() == [17, 1, 3, 0]
    assert table.loc["attendance.csv", FATES].to_list() == [12, 0, 0, 0]


def test_a_column_nobody_declares_is_out_of_scope(tmp_path: Path) -> None:
    header, *rows = RESPONSES.splitlines()
    responses = "\n".join([f"{header},comment", *(f"{row},good" for row in rows), ""])
    table = holds(small_study(tmp_path / "s", responses=responses))
    assert table.loc["responses.csv", FATES].to_list() == [17, 1, 6, 0]


def test_a_name_that_is_left_out_is_rejected(tmp_path: Path) -> None:
    toml = changed(STUDY, 'groups = ["role", "school"]', 'groups = ["role", "school"]\nunresolved = "count"')
    table = holds(small_study(tmp_path / "s", toml=toml, responses=changed(RESPONSES, "Jon Smith", "Zed Zed")))
    assert table.loc["responses.csv", FATES].to_list() == [16, 1, 3, 1]


def test_what_is_of_people_who_refused_is_out_of_scope(tmp_path: Path) -> None:
    """P2's row (7 cells, roster row 5 cells), the cells about P2 in two rows, and the typed name Jon Smith."""
    table = holds(small_study(tmp_path / "s", roster=changed(ROSTER, "Cedar,full\nP3", "Cedar,refused\nP3")))
    assert table.loc["responses.csv", "out_of_scope"] == 7 + 2 + 1 + 2
    assert table.loc["roster.csv", "out_of_scope"] == 5


def test_rows_that_hold_no_answer_are_rejected(tmp_path: Path) -> None:
    table = accounts(small_study(tmp_path / "s", attendance=ATTENDANCE + "Total,,3,\n"))
    assert table.loc["attendance.csv", ["rows", "cells", *FATES]].to_list() == [3, 16, 12, 0, 0, 4]


CELLS = st.sampled_from(["", "0", "1", "2", "often", "prefer not to say"])
NAMES = st.sampled_from(["", "Ana Lopez", "jon smith", "Chen Wei", "Dana Novak", "nobody", "Zed", "refused", "P1"])
ANSWER = st.tuples(st.lists(CELLS, min_size=4, max_size=4), st.lists(NAMES, min_size=2, max_size=2))


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ANSWER, max_size=4))
def test_the_law_holds_whatever_is_answered(tmp_path: Path, answers: list[tuple[list[str], list[str]]]) -> None:
    rows = [",".join([f"P{at}", *values, *names]) for at, (values, names) in enumerate(answers, 1)]
    header = RESPONSES.splitlines()[0]
    toml = changed(STUDY, 'groups = ["role", "school"]', 'groups = ["role", "school"]\nunresolved = "count"')
    responses = "\n".join([header, *rows, ""]) if rows else RESPONSES
    consent = random.Random(repr(answers)).choice(["full", "refused", "unknown"])
    roster = changed(ROSTER, "Cedar,full\nP3", f"Cedar,{consent}\nP3")
    holds(small_study(tmp_path / "s", toml=toml, responses=responses, roster=roster))
