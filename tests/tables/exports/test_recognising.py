"""Each product's files are taken for its own and nobody else's; tables of a study's own are taken for none."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sna.tables.exports import FORMATS, LayoutError
from sna.terms import ATTENDANCE_FORMATS, SURVEY_FORMATS
from tests.small_study import RESPONSES, ROSTER
from tests.tables.exports.corpus import CORPUS, fitting, records_of

SURVEYS = CORPUS.parents[1] / "surveys"
# Files that stand beside an export in a study folder, and are tables of the study's own.
BESIDE = {"roster", "names", "events"}


def tables(folder: Path) -> list[Path]:
    """Every table below a folder."""
    found = [path for path in folder.rglob("*") if path.suffix.lower() in {".csv", ".tsv", ".xlsx"}]
    return sorted(path for path in found if path.stat().st_size)


def folder_name(format_name: str) -> str:
    return format_name.replace("-", "_")


def product_of(path: Path) -> str:
    """The folder of the corpus in which a file lies."""
    return path.relative_to(CORPUS).parts[0]


PRODUCTS = [name for name in SURVEY_FORMATS if name != "plain"]


@pytest.mark.parametrize(
    "path",
    [path for name in PRODUCTS for path in tables(CORPUS / folder_name(name))],
    ids=lambda p: str(p.relative_to(CORPUS)),
)
def test_exports_are_recognised(path: Path) -> None:
    assert [folder_name(name) for name in fitting(path)] == ([] if path.stem in BESIDE else [product_of(path)])


@pytest.mark.parametrize("path", tables(CORPUS), ids=lambda p: str(p.relative_to(CORPUS)))
def test_nobody_takes_a_file_of_another_product_for_its_own(path: Path) -> None:
    own = product_of(path)
    assert {folder_name(name) for name in fitting(path)} <= ({own} if path.stem not in BESIDE else set())


@pytest.mark.parametrize("path", tables(SURVEYS), ids=lambda p: p.name)
def test_tables_of_the_examples_are_nobodys(path: Path) -> None:
    assert fitting(path) == []


PLAIN = {
    "roster": ROSTER,
    "responses": RESPONSES,
    "id only": "id\n1\n",
    "a form by hand": "Status,Progress,Finished,Q1\nopen,50,no,x\n",
    "ids of respondents": "Respondent ID,Email Address,Who?\n1,ana@lincoln.org,Ben\n",
    "complete?": "Record,Complete?\n1,yes\n",
    "states": "name,survey_complete\nAna,2\n",
    "timestamps": "Timestamp,Email Address,Who helped you? [Ana Lopez]\n2024-05-02,ana@lincoln.org,often\n",
    "response ids": "Response ID,Name\n1,Ana\n",
    "start and end": "ID,Start time,End time,Email,Name\n1,9:00,9:05,ana@lincoln.org,Ana\n",
    "ids of records": "_id,_uuid,name\n1,a,Ana\n",
    "ties": "from,to,strength\n1,2,3\n",
    "a square table": ",P1,P2\nP1,,1\nP2,1,\n",
}


@pytest.mark.parametrize("text", PLAIN.values(), ids=list(PLAIN))
def test_plain_tables_are_nobodys(tmp_path: Path, text: str) -> None:
    (tmp_path / "table.csv").write_text(text, encoding="utf-8")
    assert set(fitting(tmp_path / "table.csv")) & set(PRODUCTS) == set()


def test_names_of_formats_are_those_of_the_study_file() -> None:
    for known in FORMATS:
        assert known.name in (SURVEY_FORMATS if known.kind == "survey" else ATTENDANCE_FORMATS)
    assert len({known.name for known in FORMATS}) == len(FORMATS)


@pytest.mark.parametrize("known", FORMATS, ids=lambda known: known.name)
@pytest.mark.parametrize("rows", [[("a",)], [("", "b")], [("a", "b"), ("1",)], [("",), ("x", "", "z"), ("",)]])
def test_recognising_never_fails(known: object, rows: list[tuple[str, ...]]) -> None:
    assert not known.fits(list(enumerate(rows, 1)))  # type: ignore[attr-defined]


@settings(deadline=None, max_examples=120, derandomize=True)
@given(data=st.data())
def test_damaged_exports_are_read_or_refused(data: st.DataObject) -> None:
    """Rows and columns taken out, cells cut off, cells swapped: a layout in shape, or an error that says why."""
    name = folder_name(data.draw(st.sampled_from(PRODUCTS)))
    known = next(found for found in FORMATS if folder_name(found.name) == name)
    path = data.draw(st.sampled_from([path for path in tables(CORPUS / name) if path.stem not in BESIDE]))
    records = records_of(path)
    keep = data.draw(st.sets(st.integers(0, len(records) - 1), min_size=1))
    gone = data.draw(st.sets(st.integers(0, len(records[0][1]) - 1), max_size=4))
    length = data.draw(st.integers(1, len(records[0][1])))
    word = data.draw(st.sampled_from(["", "x", "-99", "Yes", "1"]))
    damaged = []
    for at in sorted(keep):
        number, row = records[at]
        cells = tuple(word if k in gone and at % 2 else cell for k, cell in enumerate(row) if k not in gone or word)
        damaged.append((number, cells[: length if at % 3 == 0 else None] or ("",)))
    known.fits(damaged)
    try:
        layout = known.unpack(damaged)
    except LayoutError:
        return
    assert {number for number, _ in layout.rows} <= {number for number, _ in damaged}
    assert not layout.about or len(layout.about) == len(layout.header)
    assert not layout.labels or len(layout.labels) == len(layout.header)
