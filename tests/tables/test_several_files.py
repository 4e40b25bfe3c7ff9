"""Several files that study.toml names together, sheets of one workbook, and how a CSV is taken apart."""

from __future__ import annotations

import itertools
import random
from pathlib import Path

import pandas as pd
import pytest

import sna
from sna.study_paths import files_named
from tests.corpus.workbook import workbook
from tests.small_study import RESPONSES, ROSTER, STUDY, changed, small_study

TOGETHER = changed(STUDY, '"responses.csv"', '"answers/*.csv"')
FATES = ["used", "unknown", "out_of_scope", "rejected"]


def parts(folder: Path, *texts: str, toml: str = TOGETHER) -> Path:
    """The small study with its responses in several files, in order."""
    small_study(folder, toml=toml, responses=None)
    (folder / "answers").mkdir()
    for number, text in enumerate(texts, 1):
        (folder / "answers" / f"school {number} [x].csv").write_text(text, encoding="utf-8")
    return folder


def split(rows: list[str], sizes: list[int]) -> list[str]:
    header, *answers = rows
    places = itertools.accumulate(sizes, initial=0)
    return ["\n".join([header, *answers[a:b], ""]) for a, b in itertools.pairwise(places)]


@pytest.mark.parametrize("sizes", [[1, 1, 1], [2, 1], [1, 2], [3], [0, 3], [1, 0, 2]])
def test_files_read_together_give_the_tables_of_one_file(tmp_path: Path, sizes: list[int]) -> None:
    one = sna.measure_study(small_study(tmp_path / "one")).tables
    several = sna.measure_study(parts(tmp_path / "several", *split(RESPONSES.splitlines(), sizes))).tables
    for name in ("actors", "ties", "answered"):
        pd.testing.assert_frame_equal(getattr(one, name), getattr(several, name))
    ours = several.accounting.set_index("file").loc["answers/*.csv"]
    pd.testing.assert_series_equal(one.accounting.set_index("file").loc["responses.csv"], ours, check_names=False)
    assert several.files["answers/*.csv"] == 3


def test_columns_go_by_their_headings(tmp_path: Path) -> None:
    rng = random.Random(1)
    one = sna.measure_study(small_study(tmp_path / "one")).tables
    texts = []
    for text in split(RESPONSES.splitlines(), [1, 1, 1]):
        table = [line.split(",") for line in text.splitlines()]
        order = [0, *rng.sample(range(1, len(table[0])), len(table[0]) - 1)]
        # A column that says nothing in a file may be missing there.
        order = [at for at in order if any(row[at] for row in table[1:])]
        texts.append("".join(",".join(row[at] for at in order) + "\n" for row in table))
    several = sna.measure_study(parts(tmp_path / "several", *texts)).tables
    pd.testing.assert_frame_equal(one.ties, several.ties)
    pd.testing.assert_frame_equal(one.answered, several.answered)
    (told,) = [p for p in several.problems if "Not every file" in p.problem]
    assert told.value is not None
    assert "help_name2 (in 1 of 3 files)" in told.value


def test_a_heading_with_the_name_of_a_refuser_is_not_told(tmp_path: Path) -> None:
    """Neither where a column is called by their name, nor where it is about them by their id."""
    first, second = split(RESPONSES.splitlines(), [2, 1])
    first = changed(first, "help_name2\n", "help_name2,Often? [Jon Smith],Often? [Ana Lopez]\n")
    folder = parts(tmp_path / "s", first, changed(second, "advice_P2,", "advice_2,"))
    refused = changed(ROSTER, "Cedar,full\nP3", "Cedar,refused\nP3")
    for roster, of_refuser in ((ROSTER, True), (refused, False)):
        (folder / "roster.csv").write_text(roster, encoding="utf-8")
        (told,) = [p.value for p in sna.check_study(folder).problems if "Not every file" in p.problem]
        assert told is not None
        assert "Often? [Ana Lopez] (in 1 of 2 files)" in told
        assert ("Often? [Jon Smith]" in told, "advice_P2" in told) == (of_refuser, of_refuser)


def test_faults_name_the_file_and_its_own_row(tmp_path: Path) -> None:
    first, second = split(RESPONSES.splitlines(), [2, 1])
    folder = parts(tmp_path / "s", first, "\n" + changed(second, "often,0,,2", "often,7,,2"))
    (stop,) = sna.check_study(folder).stops
    place = (stop.file, stop.row, stop.column, stop.value, stop.named)
    assert place == ("answers/school 2 [x].csv", 3, "advice_P2", "7", "answers/*.csv")
    folder = parts(tmp_path / "t", first, changed(second, "nobody", "Jon Smiht"))
    report = sna.update_names(folder)
    assert "answers/school 2 [x].csv row 2" in report.file.read_text(encoding="utf-8-sig")


def test_a_fault_of_one_file_is_told_and_the_others_are_still_looked_at(tmp_path: Path) -> None:
    first, second = split(RESPONSES.splitlines(), [2, 1])
    stops = sna.check_study(parts(tmp_path / "s", first + "P4,,,,,,,,,,9\n", second + '"P1\n')).stops
    assert [(p.file, p.row) for p in stops] == [("answers/school 1 [x].csv", 4), ("answers/school 2 [x].csv", 3)]
    (stop,) = sna.check_study(parts(tmp_path / "t", first, "")).stops
    assert (stop.file, stop.problem) == ("answers/school 2 [x].csv", "The file is empty.")


def test_a_missing_column_is_told_of_all_files(tmp_path: Path) -> None:
    texts = [text.replace("actor_id", "who") for text in split(RESPONSES.splitlines(), [2, 1])]
    (stop,) = sna.check_study(parts(tmp_path / "s", *texts)).stops
    assert (stop.file, stop.row, stop.column, stop.named) == ("answers/*.csv", 1, "actor_id", "")


def test_titles_and_totals_are_left_out_of_each_file(tmp_path: Path) -> None:
    texts = ["School of the north\n" + text + "Total,2,,,,,\n" for text in split(RESPONSES.splitlines(), [2, 1])]
    tables = sna.measure_study(parts(tmp_path / "s", *texts)).tables
    left = [(p.file[-9:], p.row, p.value) for p in tables.problems if p.severity == "left out"]
    title = "School of the north"
    assert left == [
        ("1 [x].csv", 1, title),
        ("1 [x].csv", 5, "Total"),
        ("2 [x].csv", 1, title),
        ("2 [x].csv", 4, "Total"),
    ]
    account = tables.accounting.set_index("file").loc["answers/*.csv"]
    assert account["cells"] == account[FATES].sum() == 3 * 7 + 2 * 7


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("a.csv", ("a.csv",)),
        ("*.csv", ("a.csv", "b [1].csv")),
        ("* [1].csv", ("b [1].csv",)),
        ("**.csv", ("a.csv", "b [1].csv")),
        ("*/*.csv", ("in/c.csv",)),
        ("?.*", ()),
        ("../*.csv", ()),
    ],
)
def test_what_a_name_stands_for(tmp_path: Path, name: str, found: tuple[str, ...]) -> None:
    folder = tmp_path / "study"
    (folder / "in").mkdir(parents=True)
    for file in ("a.csv", "b [1].csv", "in/c.csv", ".hidden.csv", "../outside.csv", "~$a.csv"):
        (folder / file).write_text("x", encoding="utf-8")
    (folder / "d.csv").mkdir()
    assert files_named(folder, name) == found


def test_sheets_of_one_workbook_are_told_apart(tmp_path: Path) -> None:
    toml = changed(STUDY, '"responses.csv"', '"book.xlsx"\nsheet = "w1"')
    ties = 'form = "ties"\nfile = "book.xlsx"\nsheet = "ties"\nego = "Who"\nalter = "whom"'
    toml = changed(toml, 'form = "names"\ncolumns = "help_name{n}"\ncap = 2', ties)
    rows = [line.split(",") for line in RESPONSES.splitlines()]
    # Row 3 of one sheet is at fault, and row 3 of the other is not; "who" here and "Who" there are both right.
    rows[0][5] = "who"
    book = workbook(rows, title="w1", sheets={"ties": [["Who", "whom"], ["P1", "P2"], ["P1", "P1"]], "notes": [["x"]]})
    tables = sna.measure_study(small_study(tmp_path / "s", toml=toml, **{"book.xlsx": book})).tables
    (left,) = [p for p in tables.problems if p.severity == "left out"]
    assert (left.file, left.row) == ('book.xlsx, sheet "ties"', 3)
    account = tables.accounting.set_index("file")
    assert account.loc['book.xlsx, sheet "w1"', "rejected"] == 0
    assert account.loc['book.xlsx, sheet "ties"', "rejected"] > 0
    assert tables.files["book.xlsx"] == 3 + 2


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_separators_within_headings_do_not_count(tmp_path: Path, separator: str) -> None:
    quoted = [[f'"{cell}"' for cell in line.split(",")] for line in RESPONSES.splitlines()]
    quoted[0].append('"What, if anything, would you\nchange; and why,, oh;; why?"')
    for row in quoted[1:]:
        row.append('"this, that; and\tmore"')
    responses = "\n".join(separator.join(row) for row in quoted) + "\n"
    tables = sna.measure_study(small_study(tmp_path / "s", responses=responses)).tables
    assert tables.accounting.set_index("file").loc["responses.csv", "columns"] == 8


def test_a_file_of_a_relation_is_read_as_its_format_says(tmp_path: Path) -> None:
    """Headings of another product's export, in a list of ties somebody made: `plain` says that it is theirs."""
    ties = "Timestamp,from,to\n3/2/2026 9:05:40,P1,P2\n"
    relation = 'form = "ties"\nfile = "ties.csv"\nego = "from"\nalter = "to"'
    for keys, taken in ((relation, True), (relation + '\nformat = "plain"', False)):
        toml = changed(STUDY, 'form = "names"\ncolumns = "help_name{n}"\ncap = 2', keys)
        found = sna.check_study(small_study(tmp_path / str(taken), toml=toml, ties=ties)).problems
        assert any("Google Forms" in problem.problem for problem in found) == taken


@pytest.mark.parametrize(("key", "value"), [("format", "plain"), ("sheet", "w1")])
def test_keys_about_a_file_need_one(tmp_path: Path, key: str, value: str) -> None:
    toml = changed(STUDY, "cap = 2", f'cap = 2\n{key} = "{value}"')
    (stop,) = sna.check_study(small_study(tmp_path / "s", toml=toml)).stops
    assert stop.column == f"relations[help].{key}"
