"""Every kind of fault gives one message with file, row, column, value and remedy, among all others, and no output."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

import sna
from tests.small_study import ATTENDANCE, EVENTS, RESPONSES, ROSTER, STUDY, changed, small_study


def stops(folder: Path) -> tuple[sna.Problem, ...]:
    """The faults of a study, after checking that a run refuses it and leaves no folder behind."""
    out = folder.parent / "out"
    with pytest.raises(sna.StudyError) as raised:
        sna.run_study(folder, out)
    assert not out.exists()
    assert [p for p in folder.parent.iterdir() if p != folder] == []
    found = sna.check_study(folder).stops
    assert raised.value.problems == found
    return found


def only(folder: Path) -> sna.Problem:
    """The single fault of a study."""
    found = stops(folder)
    assert len(found) == 1, [str(p) for p in found]
    return found[0]


def place(problem: sna.Problem) -> tuple[str, int | None, str | None, str | None]:
    return problem.file, problem.row, problem.column, problem.value


def test_the_study_is_sound_before_it_is_broken(tmp_path: Path) -> None:
    assert sna.check_study(small_study(tmp_path / "s")).stops == ()


def test_missing_folder(tmp_path: Path) -> None:
    (problem,) = sna.check_study(tmp_path / "nowhere").stops
    assert "no such folder" in str(problem)


def test_folder_without_study_file(tmp_path: Path) -> None:
    (problem,) = sna.check_study(tmp_path).stops
    assert "sna new" in str(problem)


def test_missing_file_names_the_one_that_is_there(tmp_path: Path) -> None:
    folder = small_study(tmp_path / "s", toml=changed(STUDY, '"responses.csv"', '"respones.csv"'))
    problem = stops(folder)[0]
    assert place(problem) == ("study.toml", None, "waves[w1].responses", "respones.csv")
    assert 'Close match: "responses.csv"' in problem.remedy


def test_missing_column(tmp_path: Path) -> None:
    problem = only(small_study(tmp_path / "s", attendance=changed(ATTENDANCE, "event_id", "event")))
    assert place(problem) == ("attendance.csv", 1, "event_id", None)
    assert 'Close match: "event"' in problem.remedy
    assert '"arrived"' in problem.problem


def test_missing_group_column(tmp_path: Path) -> None:
    problem = only(small_study(tmp_path / "s", toml=changed(STUDY, '"role", "school"', '"role", "scool"')))
    assert place(problem) == ("roster.csv", 1, "scool", None)
    assert 'Close match: "school"' in problem.remedy


def test_no_column_fits_a_pattern(tmp_path: Path) -> None:
    problem = only(small_study(tmp_path / "s", toml=changed(STUDY, "advice_{actor_id}", "adv_{actor_id}")))
    assert place(problem)[:3] == ("responses.csv", 1, "adv_{actor_id}")


def test_duplicate_actor_id(tmp_path: Path) -> None:
    problem = only(small_study(tmp_path / "s", roster=ROSTER + "P2,Someone Else,teacher,Cedar,full\n"))
    assert place(problem) == ("roster.csv", 6, "actor_id", "P2")
    assert "row 3" in problem.problem


def test_row_without_id(tmp_path: Path) -> None:
    problem = only(small_study(tmp_path / "s", roster=ROSTER + ",Someone Else,teacher,Cedar,full\n"))
    assert place(problem)[:3] == ("roster.csv", 6, "actor_id")


def test_name_not_on_the_roster(tmp_path: Path) -> None:
    problem = only(small_study(tmp_path / "s", responses=changed(RESPONSES, "Jon Smith", "Jon Smiht")))
    assert place(problem) == ("responses.csv", 2, "help_name1", "Jon Smiht")
    assert 'Close match: "Jon Smith" (P2)' in problem.remedy
    assert "names.csv" in problem.remedy


def test_names_csv_settles_it(tmp_path: Path) -> None:
    responses = changed(RESPONSES, "Jon Smith", "Jon Smiht")
    folder = small_study(tmp_path / "s", responses=responses, names="typed,actor_id\njon smiht,P2\n")
    assert sna.measure_study(folder).networks[("w1", "help")].state("P1", "P2") == "present"


def test_names_csv_with_an_unknown_id(tmp_path: Path) -> None:
    problem = only(small_study(tmp_path / "s", names="typed,actor_id\nJonny,P9\n"))
    assert place(problem) == ("names.csv", 2, "actor_id", "P9")


def test_column_for_somebody_not_on_the_roster(tmp_path: Path) -> None:
    problem = only(small_study(tmp_path / "s", responses=changed(RESPONSES, "advice_P4", "advice_P9")))
    assert place(problem) == ("responses.csv", 1, "advice_P9", "P9")


def test_two_people_of_one_name(tmp_path: Path) -> None:
    folder = small_study(tmp_path / "s", roster=ROSTER + "P5,Jon Smith,teacher,Cedar,full\n")
    problem = only(folder)
    assert place(problem) == ("responses.csv", 2, "help_name1", "Jon Smith")
    assert "Several people" in problem.problem


def test_value_outside_the_scale(tmp_path: Path) -> None:
    problem = only(small_study(tmp_path / "s", responses=changed(RESPONSES, "P1,,2,0,1", "P1,,2,0,7")))
    assert place(problem) == ("responses.csv", 2, "advice_P4", "7")
    assert "0 (never), 1 (sometimes), 2 (often)" in problem.remedy


@pytest.mark.parametrize("date", ["2022-02-30", "05/06/2022", "soon", ""])
def test_impossible_date(tmp_path: Path, date: str) -> None:
    found = stops(small_study(tmp_path / "s", events=changed(EVENTS, "2022-02-10", date)))
    problem = next(p for p in found if p.file == "events.csv")
    assert (problem.row, problem.column) == (3, "date")
    assert "2019-05-20" in problem.remedy


def test_impossible_date_in_study_toml(tmp_path: Path) -> None:
    problem = only(small_study(tmp_path / "s", toml=changed(STUDY, "2022-05-01", '"2022-05-01"')))
    assert place(problem) == ("study.toml", None, "waves[w1].date", "2022-05-01")


def test_departure_before_arrival(tmp_path: Path) -> None:
    problem = only(small_study(tmp_path / "s", attendance=changed(ATTENDANCE, "16:20,17:30", "17:30,16:20")))
    assert place(problem) == ("attendance.csv", 3, "left", "16:20")
    assert "17:30" in problem.problem


def test_impossible_time(tmp_path: Path) -> None:
    problem = only(small_study(tmp_path / "s", attendance=changed(ATTENDANCE, "16:20", "26:20")))
    assert place(problem) == ("attendance.csv", 3, "arrived", "26:20")


def test_undeclared_event(tmp_path: Path) -> None:
    problem = only(small_study(tmp_path / "s", attendance=changed(ATTENDANCE, "P3,e2", "P3,e3")))
    assert place(problem) == ("attendance.csv", 4, "event_id", "e3")
    assert "events.csv" in problem.remedy


def test_undeclared_event_in_a_grid(tmp_path: Path) -> None:
    toml = STUDY + 'form = "grid"\n'
    problem = only(small_study(tmp_path / "s", toml=toml, attendance="actor_id,e1,e9\nP1,P,A\n"))
    assert place(problem)[:3] == ("attendance.csv", 1, "e9")


def test_unknown_mark(tmp_path: Path) -> None:
    toml = STUDY + 'form = "grid"\n'
    problem = only(small_study(tmp_path / "s", toml=toml, attendance="actor_id,e1\nP1,Q\n"))
    assert place(problem) == ("attendance.csv", 2, "e1", "Q")


def test_attendance_of_a_stranger(tmp_path: Path) -> None:
    problem = only(small_study(tmp_path / "s", attendance=changed(ATTENDANCE, "P3,e2", "P33,e2")))
    assert place(problem) == ("attendance.csv", 4, "actor_id", "P33")


def test_respondent_not_on_the_roster(tmp_path: Path) -> None:
    problem = only(small_study(tmp_path / "s", responses=changed(RESPONSES, "P3,often", "P7,often")))
    assert place(problem) == ("responses.csv", 4, "actor_id", "P7")
    assert "respondent" in problem.problem


def test_respondent_of_another_wave(tmp_path: Path) -> None:
    roster = "actor_id,name,role,school,consent,wave\n" + "".join(
        f"{line},{'w2' if line.startswith('P3') else ''}\n" for line in ROSTER.splitlines()[1:]
    )
    toml = changed(
        STUDY, '[[relations]]\nid = "advice"', '[[waves]]\nid = "w2"\n[[relations]]\nid = "advice"\nwaves = ["w1"]'
    )
    toml = changed(toml, 'id = "help"', 'id = "help"\nwaves = ["w1"]')
    found = stops(small_study(tmp_path / "s", toml=toml, roster=roster))
    assert place(found[0]) == ("responses.csv", 4, "actor_id", "P3")
    assert "wave w1" in found[0].problem


def test_same_respondent_twice(tmp_path: Path) -> None:
    problem = only(small_study(tmp_path / "s", responses=RESPONSES + "P1,,0,0,0,,\n"))
    assert place(problem) == ("responses.csv", 5, "actor_id", "P1")
    assert "row 2" in problem.problem


def test_row_without_respondent(tmp_path: Path) -> None:
    problem = only(small_study(tmp_path / "s", responses=RESPONSES + ",2,0,0,0,,\n"))
    assert place(problem)[:3] == ("responses.csv", 5, "actor_id")


@pytest.mark.parametrize("content", [b"", b"  \n\n", b"\xef\xbb\xbf"])
def test_empty_file(tmp_path: Path, content: bytes) -> None:
    problem = only(small_study(tmp_path / "s", responses=content))
    assert problem.file == "responses.csv"
    assert "empty" in problem.problem


def test_headings_without_rows(tmp_path: Path) -> None:
    problem = only(small_study(tmp_path / "s", responses=RESPONSES.splitlines()[0]))
    assert "no rows" in problem.problem


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", b"\xff\xfe\x00"])
def test_file_that_is_not_text(tmp_path: Path, content: bytes) -> None:
    problem = only(small_study(tmp_path / "s", responses=content))
    assert problem.file == "responses.csv"
    assert "not text" in problem.problem


def test_spreadsheet_named_csv(tmp_path: Path) -> None:
    folder = small_study(tmp_path / "s")
    openpyxl.Workbook().save(folder / "book.xlsx")
    (folder / "responses.csv").write_bytes((folder / "book.xlsx").read_bytes())
    assert ".xlsx" in only(folder).remedy


@pytest.mark.parametrize("content", [b"not a workbook", b"PK\x03\x04 broken"])
def test_broken_spreadsheet(tmp_path: Path, content: bytes) -> None:
    toml = changed(STUDY, '"responses.csv"', '"responses.xlsx"')
    problem = only(small_study(tmp_path / "s", toml=toml, **{"responses.xlsx": content}))
    assert problem.file == "responses.xlsx"
    assert "not a readable XLSX" in problem.problem


def test_two_columns_of_one_heading(tmp_path: Path) -> None:
    problem = only(small_study(tmp_path / "s", responses=changed(RESPONSES, "help_name2", "help_name1")))
    assert place(problem)[:3] == ("responses.csv", 1, "help_name1")


def test_row_longer_than_the_headings(tmp_path: Path) -> None:
    problem = only(small_study(tmp_path / "s", responses=changed(RESPONSES, "nobody,", "nobody,,extra")))
    assert place(problem) == ("responses.csv", 4, None, "extra")


def test_syntax_error_in_study_toml(tmp_path: Path) -> None:
    problem = only(small_study(tmp_path / "s", toml=changed(STUDY, 'name = "Small"', 'name = "Small')))
    assert (problem.file, problem.row) == ("study.toml", 3)
    assert "quotation mark" in problem.remedy


def test_study_toml_that_is_not_text(tmp_path: Path) -> None:
    assert "UTF-8" in only(small_study(tmp_path / "s", toml=b"\xff\xfe[study]")).problem  # type: ignore[arg-type]


def test_unknown_key(tmp_path: Path) -> None:
    problem = only(small_study(tmp_path / "s", toml=changed(STUDY, "present_from", "present_form")))
    assert place(problem)[:3] == ("study.toml", None, "relations[advice].present_form")
    assert 'Did you mean: "present_from"' in problem.remedy


def test_unknown_section(tmp_path: Path) -> None:
    problem = only(small_study(tmp_path / "s", toml=STUDY + "[[atendance]]\n"))
    assert 'Did you mean: "attendance"' in problem.remedy


@pytest.mark.parametrize(
    "path",
    ["../roster.csv", "/etc/hostname", "C:\\people.csv", "https://example.org/roster.csv", "sub/../../roster.csv"],
)
def test_file_outside_the_study_folder(tmp_path: Path, path: str) -> None:
    (tmp_path / "roster.csv").write_text(ROSTER)
    quoted = path.replace("\\", "\\\\")
    folder = small_study(tmp_path / "s", toml=changed(STUDY, 'roster = "roster.csv"', f'roster = "{quoted}"'))
    found = sna.check_study(folder).stops
    assert any(p.column == "study.roster" and "study folder" in p.problem for p in found)


def test_link_out_of_the_study_folder(tmp_path: Path) -> None:
    folder = small_study(tmp_path / "s", roster=None)
    (tmp_path / "elsewhere.csv").write_text(ROSTER)
    (folder / "roster.csv").symlink_to(tmp_path / "elsewhere.csv")
    assert any("outside" in p.problem for p in sna.check_study(folder).stops)


def test_all_faults_of_all_files_come_at_once(tmp_path: Path) -> None:
    folder = small_study(
        tmp_path / "s",
        toml=changed(STUDY, "present_from", "present_form"),
        roster=ROSTER + "P2,Someone Else,teacher,Cedar,maybe\n",
        responses=changed(changed(RESPONSES, "Jon Smith", "Jon Smiht"), "Ana Lopez", "Anna Lopes"),
        events=changed(EVENTS, "2022-02-10", "2022-02-31"),
    )
    found = {(p.file, p.row) for p in stops(folder)}
    assert {
        ("study.toml", None),
        ("roster.csv", 6),
        ("responses.csv", 2),
        ("responses.csv", 3),
        ("events.csv", 3),
    } <= found


def test_problems_sort_the_worst_first(tmp_path: Path) -> None:
    responses = changed(changed(RESPONSES, "P1,,2,0,1", "P1,,2,0,7"), "Chen Wei", "CHEN WEI")
    order = [p.severity for p in sna.check_study(small_study(tmp_path / "s", responses=responses)).problems]
    assert order == sorted(order, key=["stops", "left out", "used", "note"].index)
    assert order[0] == "stops"
    assert "used" in order


def test_a_cluster_that_is_no_column(tmp_path: Path) -> None:
    problem = only(
        small_study(tmp_path / "s", toml=changed(STUDY, 'name = "Small"', 'name = "Small"\ncluster = "scool"'))
    )
    assert place(problem) == ("roster.csv", 1, "scool", None)


def test_a_mark_with_an_unknown_meaning(tmp_path: Path) -> None:
    problem = only(small_study(tmp_path / "s", toml=STUDY + 'form = "long"\nstatus = { Z = "ill" }\n'))
    assert place(problem) == ("study.toml", None, "attendance[1].status.Z", "ill")


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("present_from = 2", "present_from = 9", "relations[advice].present_from"),
        ("cap = 2", "cap = 0", "relations[help].cap"),
        ('form = "names"\ncolumns = "help_name{n}"', 'form = "ties"', "relations[help].file"),
        ('columns = "help_name{n}"', 'columns = "help_name"', "relations[help].columns"),
        ('columns = "help_name{n}"', 'columns = "help_{m}{n}"', "relations[help].columns"),
        ('id = "help"', 'id = "advice"', "relations[advice].id"),
        ('id = "help"', 'id = "help me"', "relations[help me].id"),
        ('id = "help"', 'id = "help"\nwaves = ["w2"]', "relations[help].waves"),
        ('id = "help"', 'id = "help"\nwhere = { about = "x" }', "relations[help].where"),
        ('audience = "researcher"', 'audience = "board"', "study.audience"),
        ('audience = "researcher"', "suppress_below = 1", "study.suppress_below"),
        ('name = "Small"', 'name = ""', "study.name"),
        ('name = "Small"', 'name = "Small"\nseed = "x"', "study.seed"),
        ('name = "Small"', 'name = "Small"\nseed = -1', "study.seed"),
        ('groups = ["role", "school"]', 'groups = ["role", "consent"]', "study.groups"),
        ('name = "Small"', 'name = "Small"\ncluster = "actor_id"', "study.cluster"),
        ("present_from = 2", "present_from = nan", "relations[advice].present_from"),
        ("present_from = 2", f"present_from = {'9' * 400}", "relations[advice].present_from"),
        ("present_from = 2", "present_from = -1", "relations[advice].present_from"),
        ('1 = "sometimes"', '1 = "never"', "relations[advice].scale"),
        ("cap = 2", "present_from = 2", "relations[help].present_from"),
        ("cap = 2", 'follow_up = { strength = "s{n}" }', "relations[help].follow_up"),
        ("cap = 2", 'ego = "who"', "relations[help].ego"),
        ("present_from = 2", 'present_from = 2\nwhere = { about = "x" }', "relations[advice].where"),
        ('id = "help"', f'id = "{"x" * 61}"', f"relations[{'x' * 61}].id"),
        ('roster = "roster.csv"', 'roster = "roster_{wave}.csv"', "study.roster"),
        (
            'form = "names"\ncolumns = "help_name{n}"',
            'form = "roster"\nfile = "responses.csv"',
            "relations[help].strength",
        ),
    ],
)
def test_keys_that_contradict_each_other(tmp_path: Path, old: str, new: str, column: str) -> None:
    found = stops(small_study(tmp_path / "s", toml=changed(STUDY, old, new)))
    assert (found[0].file, found[0].column) == ("study.toml", column)
    assert all(p.remedy for p in found)


@pytest.mark.parametrize("line", [f"seed = {'1' * 5000}", f"seed = {'[' * 3000}{']' * 3000}", "seed = 1\nseed = 2"])
def test_toml_that_no_reader_would_take(tmp_path: Path, line: str) -> None:
    problem = only(small_study(tmp_path / "s", toml=changed(STUDY, 'name = "Small"', f'name = "Small"\n{line}')))
    assert problem.file == "study.toml"


def test_a_roster_row_of_an_unknown_wave_is_one_fault(tmp_path: Path) -> None:
    roster = "actor_id,name,role,school,consent,wave\n" + "".join(
        f"{line},{'W1' if line.startswith('P2') else 'w1'}\n" for line in ROSTER.splitlines()[1:]
    )
    problem = only(small_study(tmp_path / "s", roster=roster))
    assert place(problem) == ("roster.csv", 3, "wave", "W1")
