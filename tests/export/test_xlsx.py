"""The workbook: text stays text, nothing is lost in silence, the same tables give the same bytes."""

from __future__ import annotations

import datetime as dt
import io
import re
import time
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sna
from sna.errors import OutputError
from sna.export import xlsx
from sna.export.csv_tables import FORMULA
from sna.export.xlsx import CUT, LONGEST, Losses, fitting, workbook
from sna.privacy.build import AGGREGATE, TABLES
from tests.small_study import ROSTER, STUDY, changed, small_study

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
HOSTILE = [
    "=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=", "#N/A", "#REF!", "TRUE", "12", "2022-01-31",
    "<r><t>x</t></r>", '<r></t></is></c><c r="B1"><f>1+1</f></c></r>', "</t><f>1</f>", "]]>", "&amp;", "_x0041_",
    "\x00\x0b\ud800\ufffe", "a\r\nb", " kept ", "🏫" * 20,
]  # fmt: skip


def made(**tables: pd.DataFrame) -> bytes:
    return workbook("Study", "For anybody.", tables)


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert file.testzip() is None
        return {name: file.read(name) for name in file.namelist()}


def sheet(content: bytes, name: str) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(io.BytesIO(content))[name].iter_rows(values_only=True))


def no_formula(content: bytes) -> None:
    for name, part in parts(content).items():
        if name.endswith((".xml", ".rels")):
            for element in ElementTree.fromstring(part).iter():
                assert element.tag.rpartition("}")[2] not in {"f", "hyperlink", "ddeLink", "externalReference"}, name


def test_hostile_text_is_text_in_cells_headings_and_on_the_first_sheet() -> None:
    table = pd.DataFrame({"text": HOSTILE, "=1+1": range(len(HOSTILE))})
    content = workbook("=1+1", "@cmd", {"t": table})
    no_formula(content)
    cells = ElementTree.fromstring(parts(content)["xl/worksheets/sheet2.xml"]).iter(f"{MAIN}c")
    kinds = {cell.get("r"): cell.get("t") for cell in cells}
    assert {kinds[f"A{row}"] for row in range(1, len(HOSTILE) + 2)} == {"inlineStr"}
    assert kinds["B1"] == "inlineStr"
    assert kinds["B2"] == "n"
    assert [row[0] for row in sheet(content, "about")[:2]] == ["=1+1", "@cmd"]
    back = [row[0] for row in sheet(content, "t")[1:]]
    expected = [text.replace("\r\n", "\n").replace("\r", "\n") for text in HOSTILE]
    expected[HOSTILE.index("_x0041_")] = "_x005F_x0041_"
    expected[HOSTILE.index("\x00\x0b\ud800\ufffe")] = "\ufffd" * 4
    assert back == expected


@pytest.mark.parametrize("first", FORMULA)
def test_what_looks_like_a_formula_keeps_its_quote_when_edited(first: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(made(t=pd.DataFrame({"a": [f"{first}1", "plain"]}))))
    assert book["t"]["A2"].quotePrefix
    assert not book["t"]["A3"].quotePrefix
    assert not str(book["t"]["A2"].value).startswith("'")


@settings(deadline=None, max_examples=40, derandomize=True)
@given(st.lists(st.text(st.characters(), min_size=1, max_size=9), min_size=1, max_size=5))
def test_every_text_can_be_written_and_none_is_a_formula(texts: list[str]) -> None:
    content = made(t=pd.DataFrame({"a": pd.Series(texts, dtype=object)}))
    no_formula(content)
    back = [row[0] for row in sheet(content, "t")[1:]]
    assert len(back) == len(texts)
    assert all(isinstance(value, str) for value in back)


def test_kinds_of_cell() -> None:
    table = pd.DataFrame(
        {
            "day": [dt.date(2022, 1, 31), None, dt.date(1899, 5, 1)],
            "clock": [dt.time(16, 5), None, None],
            "yes": [True, None, False],
            "count": pd.array([3, None, -2], dtype="Int64"),
            "share": [1 / 3, float("nan"), float("inf")],
        }
    )
    assert sheet(made(t=table), "t")[1:] == [
        (dt.datetime(2022, 1, 31), dt.time(16, 5), True, 3, 0.333333333333),
        (None, None, None, None, None),
        ("1899-05-01", None, False, -2, "inf"),
    ]
    cells = openpyxl.load_workbook(io.BytesIO(made(t=table)))["t"]
    assert (cells["A2"].number_format, cells["B2"].number_format) == ("yyyy-mm-dd", "hh:mm")


def test_a_sheet_has_a_bold_frozen_heading_and_a_filter() -> None:
    cells = openpyxl.load_workbook(io.BytesIO(made(t=pd.DataFrame({"a": [1], "b": ["x" * 200]}))))["t"]
    assert cells["A1"].font.bold
    assert not cells["A2"].font.bold
    assert cells.freeze_panes == "A2"
    assert cells.auto_filter.ref == "A1:B2"
    assert cells.column_dimensions["A"].width < cells.column_dimensions["B"].width <= 60


def test_what_a_workbook_cannot_hold_is_said() -> None:
    content = made(
        t=pd.DataFrame({"a": ["a\x00b\x01", "x" * 40_000, "🏫" * 20_000, "a" + "🏫" * 20_000]}),
        u=pd.DataFrame({"a": ["fine"]}),
    )
    back = [row[0] for row in sheet(content, "t")[1:]]
    assert back[0] == "a\ufffdb\ufffd"
    assert back[1] == "x" * (LONGEST - len(CUT)) + CUT
    assert back[2] == "🏫" * 16_368 + CUT, "letters beyond the first plane count twice: (32,767 − 31) / 2"
    assert back[3] == "a" + "🏫" * 16_367 + CUT, "and none is cut in half"
    notes = {row[0]: row[2] for row in sheet(content, "about") if row[2]}
    assert notes["t"] == (
        "2 characters that a workbook cannot hold are shown as \ufffd. 3 texts are cut: a cell holds 32,767 characters."
    )
    assert "u" not in notes


def test_what_the_first_sheet_cannot_hold_is_said() -> None:
    content = workbook("a\x00", "For anybody.", {})
    assert sheet(content, "about")[0][0] == "a\ufffd"
    assert sheet(content, "about")[-1][2] == "1 characters that a workbook cannot hold are shown as \ufffd."


def test_the_longest_text_that_fits_is_whole() -> None:
    counted = Losses()
    assert fitting("x" * LONGEST, counted) == "x" * LONGEST
    assert counted == Losses()


def test_a_table_too_large_for_a_sheet_is_left_to_the_csv(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_ROWS", 2)
    content = made(large=pd.DataFrame({"a": range(3)}), small=pd.DataFrame({"a": range(2)}))
    assert openpyxl.load_workbook(io.BytesIO(content)).sheetnames == ["about", "small"]
    assert ("large", 3, "Too large for a sheet: see tables/large.csv.") in sheet(content, "about")


def test_the_limits_are_those_of_the_format() -> None:
    assert (xlsx.MOST_ROWS + 1, xlsx.MOST_COLUMNS, LONGEST) == (2**20, 2**14, 2**15 - 1)


def test_sheet_names_can_be_told_apart_and_are_short() -> None:
    names = ["about", "columns", *TABLES, *AGGREGATE]
    assert all(re.fullmatch(r"[a-z_]{1,31}", name) for name in names)
    assert len(set(names[: 2 + len(TABLES)])) == 2 + len(TABLES)
    assert "history" not in names


def test_a_table_without_rows_or_columns_is_written() -> None:
    content = made(empty=pd.DataFrame(), rowless=pd.DataFrame({"a": []}))
    assert sheet(content, "rowless") == [("a",)]
    assert sheet(content, "empty") in ([], [()])


def test_the_same_tables_give_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    table = pd.DataFrame({"a": ["x", "=1"], "day": [dt.date(2022, 1, 1), None]})
    first = made(t=table)
    later = time.time() + 4000
    monkeypatch.setattr(time, "time", lambda: later)
    assert made(t=table) == first
    with zipfile.ZipFile(io.BytesIO(first)) as file:
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    core = parts(first)["docProps/core.xml"].decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\d", core)) == {"2000-01-01"}


@pytest.mark.parametrize("audience", ["researcher", "manager"])
def test_a_run_writes_one_sheet_for_each_table(tmp_path: Path, audience: str) -> None:
    hostile = changed(ROSTER, "Dana Novak,teacher", "=cmd|' /C calc'!A0,teacher")
    out = sna.run_study(
        small_study(tmp_path / "s", roster=hostile), tmp_path / "out", audience=audience, xlsx=True
    ).parent
    content = (out / "tables.xlsx").read_bytes()
    no_formula(content)
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert set(book.sheetnames) == {"about", *(path.stem for path in (out / "tables").glob("*.csv"))}
    assert book.sheetnames[:2] == ["about", "columns"]
    for path in (out / "tables").glob("*.csv"):
        heading = path.read_text(encoding="utf-8").splitlines()[0].split(",")
        assert [str(cell.value) for cell in book[path.stem][1]] == heading, path.stem
    text = b"".join(parts(content).values())
    assert (b"=cmd|" in text) == (audience == "researcher")


def test_without_being_asked_for_there_is_no_workbook(tmp_path: Path) -> None:
    out = sna.run_study(small_study(tmp_path / "s"), tmp_path / "out").parent
    assert not (out / "tables.xlsx").exists()


def test_a_workbook_for_the_public_is_refused_and_nothing_written(tmp_path: Path) -> None:
    by_the_study = changed(STUDY, 'audience = "researcher"', 'audience = "public"')
    study = small_study(tmp_path / "s", toml=by_the_study)
    for audience in (None, "public"):
        with pytest.raises(OutputError, match="The public gets no tables"):
            sna.run_study(study, tmp_path / "out", audience=audience, xlsx=True)
    assert not (tmp_path / "out").exists()
    assert sna.run_study(study, tmp_path / "out", audience="manager", xlsx=True).is_file()
