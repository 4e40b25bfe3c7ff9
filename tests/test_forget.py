"""When somebody withdraws: edited as told, the files no longer speak of them, and the study is as foretold."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

import sna
from tests.small_study import RESPONSES, changed, small_study
from tests.tables.exports.corpus import ROSTER

ROOT = Path(__file__).resolve().parents[1]


INSTEAD = 'Write "withdrawn" instead of the name: that somebody was named is part of the answer.'


def as_csv(folder: Path) -> Path:
    """A copy of the study folder in which workbooks have become CSV files."""
    toml = folder / "study.toml"
    for book in folder.glob("*.xlsx"):
        rows = openpyxl.load_workbook(book).worksheets[0].iter_rows(values_only=True)
        text = io.StringIO()
        csv.writer(text).writerows(["" if cell is None else cell for cell in row] for row in rows)
        book.with_suffix(".csv").write_text(text.getvalue(), encoding="utf-8")
        book.unlink()
        toml.write_text(toml.read_text().replace(book.name, book.with_suffix(".csv").name))
    return folder


def edit_as_told(folder: Path, places: pd.DataFrame) -> None:
    """Do by hand what the list of places says, from the last row to the first."""
    for file, mine in places.groupby("file"):
        path = folder / str(file)
        rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
        header = list(rows[0])
        for place in mine.sort_values("row", ascending=False, kind="stable").to_dict("records"):
            at = header.index(place["column"])
            if place["what_to_do"] == "Delete this row.":
                del rows[place["row"] - 1]
            elif place["what_to_do"] == "Delete this column.":
                for row in rows:
                    row[at] = "\0"
            else:
                rows[place["row"] - 1][at] = "withdrawn"
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows([cell for cell in row if cell != "\0"] for row in rows)
        path.write_text(text.getvalue(), encoding="utf-8")


def blocks(folder: Path) -> pd.DataFrame:
    checked = sna.check_study(folder)
    assert checked.response is not None, checked.stops
    return checked.response[["people", "asked", "respondents", "rate", "ties"]]


@pytest.mark.parametrize("actor", ["P01", "Chen Baek"])
def test_edited_as_told_the_example_is_as_foretold(tmp_path: Path, actor: str) -> None:
    folder = as_csv(Path(shutil.copytree(ROOT / "surveys" / "il-cop", tmp_path / "s")))
    names = pd.read_csv(folder / "roster.csv")["name"]
    actor = actor if actor == "P01" else names[20]
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    found = sna.forget(folder, actor)
    assert before == {path.name: path.read_bytes() for path in folder.iterdir()}, "nothing may be written"
    edit_as_told(folder, found.places)
    then = found.changes[[f"{name}_then" for name in ("people", "asked", "respondents", "rate", "ties")]]
    pd.testing.assert_frame_equal(blocks(folder), then.set_axis(blocks(folder).columns, axis=1))
    for path in folder.iterdir():
        assert found.name not in path.read_text(encoding="utf-8-sig"), path.name
        assert f"{found.actor_id}," not in path.read_text(encoding="utf-8-sig"), path.name


def test_every_place_is_found_in_every_form(tmp_path: Path) -> None:
    header, *rows = RESPONSES.splitlines()
    comments = ["", "I learn from Jon Smith every week", ""]
    responses = "\n".join(
        [f"{header},comment", *(f"{row},{text}" for row, text in zip(rows, comments, strict=True)), ""]
    )
    folder = small_study(tmp_path / "s", responses=changed(responses, "P3,often", "P3,often"))
    places = sna.forget(folder, "Jon Smith").places
    assert list(places.itertuples(index=False, name=None)) == [
        ("roster.csv", 3, "actor_id", "P2", "Delete this row."),
        ("responses.csv", 1, "advice_P2", "", "Delete this column."),
        ("responses.csv", 2, "help_name1", "Jon Smith", INSTEAD),
        ("responses.csv", 3, "actor_id", "P2", "Delete this row."),
        ("attendance.csv", 3, "actor_id", "P2", "Delete this row."),
    ]
    places = sna.forget(
        small_study(tmp_path / "t", responses=responses.replace("P2,2", "P3,2").replace("P3,often", "P2,often")), "P2"
    ).places
    mention = places[places["column"] == "comment"]
    assert mention[["row", "what_to_do"]].to_numpy().tolist() == [
        [3, "The text mentions the person: take the name out."]
    ]


def test_what_changes_is_counted_now_and_then(tmp_path: Path) -> None:
    changes = sna.forget(small_study(tmp_path / "s"), "P2").changes
    advice = changes[changes["relation"] == "advice"].iloc[0]
    assert (advice["people_now"], advice["people_then"], advice["respondents_now"], advice["respondents_then"]) == (
        4,
        3,
        3,
        2,
    )
    # P1→P2 and P2→P1 go; P3→P1 and P3→P4 stay.
    assert (advice["ties_now"], advice["ties_then"]) == (4, 2)


def test_nobody_meant_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(sna.StudyError, match='Close match: "Jon Smith"'):
        sna.forget(small_study(tmp_path / "s"), "Jon Smiht")


REDCAP = ROOT / "tests" / "corpus" / "redcap"
REPEATS = """[study]
name = "Repeats"
roster = "roster.csv"
respondent = "resp_email"
audience = "researcher"
[consent]
default = "full"
[[waves]]
id = "w1"
responses = "{responses}"
[[relations]]
id = "trust"
form = "names"
columns = "trusted_name[{{n}}]"
follow_up = {{ years = "trusted_years[{{n}}]" }}
[[relations]]
id = "help"
form = "roster"
columns = "help___{{code}}"
codes = "number"
"""


def repeats(folder: Path, responses: str, *files: str) -> Path:
    """A study of exports of REDCap in which an instrument repeats."""
    folder.mkdir()
    (folder / "roster.csv").write_text(ROSTER, encoding="utf-8")
    (folder / "study.toml").write_text(REPEATS.format(responses=responses), encoding="utf-8")
    for number, text in enumerate(files, 1):
        (folder / responses.replace("*", str(number))).write_text(text, encoding="utf-8")
    return folder


def listed(places: pd.DataFrame, *columns: str) -> list[tuple[object, ...]]:
    mine = places[places["file"] != "roster.csv"]
    return list(mine[list(columns)].itertuples(index=False, name=None))


def test_repeats_of_a_record_are_listed_where_they_stand(tmp_path: Path) -> None:
    text = (REDCAP / "repeating.csv").read_text(encoding="utf-8")
    folder = repeats(tmp_path / "s", "responses.csv", text)
    assert listed(sna.forget(folder, "P3").places, "row", "column", "value", "what_to_do") == [
        (1, "help___3", "", "Delete this column."),
        (4, "trusted_name", "chen wei", INSTEAD),
        (7, "resp_email", "chen@lincoln.org", "Delete this row."),
        (8, "record_id", "3", "Delete this row."),
    ]
    assert [
        row for row, what in listed(sna.forget(folder, "P1").places, "row", "what_to_do") if "row" in str(what)
    ] == [
        2,
        3,
        4,
    ]


@pytest.mark.parametrize("actor", ["P1", "P2", "P3", "P4"])
def test_edited_as_told_repeats_are_as_foretold(tmp_path: Path, actor: str) -> None:
    folder = repeats(tmp_path / "s", "responses.csv", (REDCAP / "repeating.csv").read_text(encoding="utf-8"))
    found = sna.forget(folder, actor)
    edit_as_told(folder, found.places)
    then = found.changes[[f"{name}_then" for name in ("people", "asked", "respondents", "rate", "ties")]]
    # The first relation is the one whose instrument repeats.
    pd.testing.assert_frame_equal(blocks(folder)[:1], then.set_axis(blocks(folder).columns, axis=1)[:1])
    assert found.name.casefold() not in (folder / "responses.csv").read_text(encoding="utf-8").casefold()


def test_repeats_in_several_files_are_listed_where_they_stand(tmp_path: Path) -> None:
    header, *rows = (REDCAP / "repeating.csv").read_text(encoding="utf-8").splitlines()
    first, second = ("\n".join([header, *part, ""]) for part in (rows[:3], rows[3:]))
    places = sna.forget(repeats(tmp_path / "s", "part *.csv", first, second), "P3").places
    assert listed(places, "file", "row", "column")[1:] == [
        ("part 1.csv", 4, "trusted_name"),
        ("part 2.csv", 4, "resp_email"),
        ("part 2.csv", 5, "record_id"),
    ]
