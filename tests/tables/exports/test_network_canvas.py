"""Exports of Network Canvas: a set of files for each interview, merged interviews, ties between the people named."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import sna
from tests.tables.exports.corpus import CORPUS, ROSTER, layout_of, same, stops_of, tables_of

HERE = CORPUS / "network_canvas"
SAME = HERE / "same_answers"
HEAD = """[study]
name = "Interviews"
roster = "roster.csv"
respondent = "networkCanvasCaseID"
audience = "{audience}"
[consent]
default = "full"
[[waves]]
id = "w1"
responses = "{responses}"
"""
PEOPLE = """[[relations]]
id = "{id}"
form = "{form}"
file = "{file}"
ego = "networkCanvasEgoUUID"
ego_key = "networkCanvasEgoUUID"
alter = "name"
"""
ADVICE = 'strength = "advice_freq"\nscale = { 0 = "never", 1 = "sometimes", 2 = "often" }\npresent_from = 1\n'
HELP = 'strength = "helped_me"\nblank = "unticked"\n'


def people(name: str, form: str, file: str, rest: str = "") -> str:
    return PEOPLE.format(id=name, form=form, file=file) + rest


def interviews(
    folder: Path, files: dict[str, str], relations: str, responses: str, audience: str = "researcher"
) -> Path:
    """A study of files of the corpus: name in the study → file of the corpus, or the text of one."""
    folder.mkdir()
    (folder / "roster.csv").write_text(ROSTER, encoding="utf-8")
    for name, source in files.items():
        if (HERE / source.split("\n", 1)[0]).is_file():
            shutil.copy(HERE / source, folder / name)
        else:
            (folder / name).write_text(source, encoding="utf-8")
    (folder / "study.toml").write_text(
        HEAD.format(audience=audience, responses=responses) + relations, encoding="utf-8"
    )
    return folder


def test_same_answers() -> None:
    same(SAME)


def test_problems_name_the_file_and_row_of_the_interview() -> None:
    problems = tables_of(SAME).problems
    told = {
        (p.file.split("_")[0], p.file.rsplit("_", 1)[1], p.row, p.value, p.named)
        for p in problems
        if p.row and p.column
    }
    assert ("P1", "Trusted.csv", 3, "chen wei", "*_attributeList_Trusted.csv") in told
    assert ("P2", "Trusted.csv", 2, "Novak, Dana", "*_attributeList_Trusted.csv") in told
    assert all((SAME / p.file).is_file() or "*" in p.file for p in problems)


def test_an_interview_that_was_not_finished_is_left_out_with_the_people_named_in_it() -> None:
    told = [
        (p.file[:2], p.file.rsplit("_", 1)[1], p.row, p.problem[:30])
        for p in tables_of(SAME).problems
        if p.severity == "left out"
    ]
    assert told == [
        ("P4", "Person.csv", 2, "The answer to which this row b"),
        ("P4", "ego.csv", 2, "This interview was not finishe"),
    ]


def test_files_read_together_are_accounted_for_together() -> None:
    account = tables_of(SAME).accounting.set_index("file")
    assert list(account.index) == [
        "roster.csv",
        "*_ego.csv",
        "*_attributeList_Person.csv",
        "*_attributeList_Trusted.csv",
    ]
    assert account.loc["*_ego.csv", ["rows", "columns", "cells", "rejected"]].to_list() == [3, 8, 4 * 8, 8]
    assert account.loc["*_attributeList_Person.csv", ["rows", "columns"]].to_list() == [10, 8]


def test_a_column_that_some_interviews_lack_is_noted() -> None:
    (told,) = [p for p in tables_of(SAME).problems if "Not every file" in p.problem]
    assert (told.file, told.value) == (
        "*_attributeList_Person.csv",
        "advice_freq (in 3 of 4 files), helped_me (in 2 of 4 files)",
    )


@pytest.mark.parametrize("which", ["merged", "newest"])
def test_interviews_merged_and_those_of_the_newest_version(tmp_path: Path, which: str) -> None:
    names = [f"{which}_{kind}.csv" for kind in ("ego", "attributeList_Person")]
    relations = people("advice", "roster", names[1], ADVICE) + people("help", "roster", names[1], HELP)
    folder = interviews(tmp_path / "s", {name: name for name in names}, relations, names[0])
    found = tables_of(folder)
    if which == "merged":
        same(folder, ("advice", "help"))
        return
    # Ben's interview was not finished, Dana was not to be asked.
    assert [
        (p.row, p.problem.split(";")[0]) for p in found.problems if p.severity == "left out" and p.file == names[0]
    ] == [
        (3, "This interview was not finished (sessionFinish is empty)"),
        (5, 'This interview ended as "ineligible"'),
    ]
    status = found.answered.query("relation == 'advice'")["status"].to_list()
    assert status == ["answered", "no_response", "answered", "no_response"]
    assert layout_of(HERE / names[0]).rows[0][1][-1] == "-1"
    assert {row[-1] for _, row in layout_of(HERE / names[1]).rows} == {"=none"}


def test_as_a_plain_table_interviews_that_were_not_finished_count(tmp_path: Path) -> None:
    files = {"ego.csv": "newest_ego.csv", "people.csv": "newest_attributeList_Person.csv"}
    relations = 'format = "plain"\n' + people("advice", "roster", "people.csv", ADVICE)
    found = tables_of(interviews(tmp_path / "s", files, relations, "ego.csv"))
    assert found.answered["status"].to_list() == ["answered", "answered", "answered", "skipped"]


@pytest.mark.parametrize("file", ["edgeList_Knows.csv", "adjacencyMatrix_Knows.csv"])
@pytest.mark.parametrize("form", ["ties", "matrix"])
def test_ties_between_others_are_refused_with_the_reason(tmp_path: Path, file: str, form: str) -> None:
    keys = 'ego = "from"\nalter = "to"\n' if form == "ties" else ""
    relation = f'[[relations]]\nid = "knows"\nform = "{form}"\nfile = "{file}"\n{keys}'
    (stop,) = stops_of(interviews(tmp_path / "s", {file: file, "ego.csv": "merged_ego.csv"}, relation, "ego.csv"))
    assert stop.startswith(f"{file}, row 1: This file holds ties between other people")


def test_options_of_a_categorical_variable(tmp_path: Path) -> None:
    files = {"ego.csv": "merged_ego.csv", "people.csv": "categorical_attributeList_Person.csv"}
    rest = 'follow_up = { work = "support_work" }\nwhere = { work = "true" }\nrespondents = "responses"\n'
    found = tables_of(interviews(tmp_path / "s", files, people("work", "ties", "people.csv", rest), "ego.csv"))
    present = found.ties.query("state == 'present'")
    assert list(zip(present["ego_id"], present["alter_id"], strict=True)) == [("P1", "P2"), ("P1", "P3")]
    assert found.answered["named"].astype(object).where(found.answered["named"].notna(), None).to_list() == [
        2,
        0,
        0,
        None,
    ]


def test_a_pattern_that_fits_files_of_two_kinds_stops(tmp_path: Path) -> None:
    files = {"a_ego.csv": "merged_ego.csv", "a_people.csv": "merged_attributeList_Person.csv"}
    (stop,) = stops_of(interviews(tmp_path / "s", files, people("advice", "roster", "a_people.csv", ADVICE), "a_*.csv"))
    assert stop.startswith('a_people.csv, row 1: "nodeID": This file is not of one kind with "a_ego.csv"')


def test_one_answer_in_two_files_names_both(tmp_path: Path) -> None:
    files = {"a_ego.csv": "merged_ego.csv", "b_ego.csv": "merged_ego.csv"}
    relation = '[[relations]]\nid = "help"\nform = "names"\ncolumns = "help{n}"\n'
    stops = stops_of(interviews(tmp_path / "s", files, relation, "*_ego.csv"))
    assert any(s.startswith("b_ego.csv, row 2") and "stands in row 2 of a_ego.csv already" in s for s in stops)


def test_the_same_session_exported_twice_counts_once(tmp_path: Path) -> None:
    files = {
        "a_ego.csv": "merged_ego.csv",
        "b_ego.csv": "merged_ego.csv",
        "people.csv": "merged_attributeList_Person.csv",
    }
    folder = interviews(tmp_path / "s", files, people("advice", "roster", "people.csv", ADVICE), "*_ego.csv")
    toml = folder / "study.toml"
    toml.write_text(toml.read_text().replace('audience = "', 'answered_twice = "last"\naudience = "', 1))
    found = same(folder, ("advice",))
    told = [(p.file, p.row, p.remedy) for p in found.problems if p.severity == "left out"]
    assert told[0] == ("a_ego.csv", 2, "This row was left out; row 2 of b_ego.csv counts.")
    assert len(told) == 3


def test_two_answers_with_one_key_stop(tmp_path: Path) -> None:
    text = (HERE / "merged_ego.csv").read_text(encoding="utf-8").replace("0000000002", "0000000001")
    files = {"ego.csv": text, "people.csv": "merged_attributeList_Person.csv"}
    stops = stops_of(interviews(tmp_path / "s", files, people("advice", "roster", "people.csv", ADVICE), "ego.csv"))
    assert any(stop.startswith("ego.csv, row 3") and "Two answers have this" in stop for stop in stops)


def test_a_pattern_that_fits_nothing_or_leaves_the_folder_stops(tmp_path: Path) -> None:
    relation = people("advice", "roster", "*_people.csv", ADVICE)
    stops = stops_of(interviews(tmp_path / "s", {"ego.csv": "merged_ego.csv"}, relation, "*_egos.csv"))
    assert [s for s in stops if "No file in the study folder fits this." in s] == stops[:2]
    stops = stops_of(interviews(tmp_path / "t", {"ego.csv": "merged_ego.csv"}, relation, "../*/ego.csv"))
    assert any("outside the study folder" in stop for stop in stops)


def test_hidden_files_and_links_out_of_the_folder_are_not_read(tmp_path: Path) -> None:
    files = {"a_ego.csv": "merged_ego.csv", "people.csv": "merged_attributeList_Person.csv"}
    folder = interviews(tmp_path / "s", files, people("advice", "roster", "people.csv", ADVICE), "*_ego.csv")
    for name in (".b_ego.csv", "~$c_ego.csv"):
        (folder / name).write_text("nothing", encoding="utf-8")
    (folder / "d_ego.csv").symlink_to(HERE / "merged_ego.csv")
    same(folder, ("advice",))


@pytest.mark.parametrize("audience", ["researcher", "manager", "public"])
def test_names_of_files_which_tell_who_answered_stay_with_the_researcher(tmp_path: Path, audience: str) -> None:
    folder = tmp_path / "s"
    shutil.copytree(SAME, folder)
    sna.run_study(folder, tmp_path / "out", audience=audience)
    written = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "out").rglob("*") if path.is_file())
    assert ("P1_3f1c2b9e" in written) == (audience == "researcher")
    inputs = json.loads((tmp_path / "out" / "provenance.json").read_text(encoding="utf-8"))["inputs"]
    assert inputs["*_ego.csv"]["files"] == 4
    before = inputs["*_ego.csv"]["sha256"]
    ego = next(folder.glob("P2*_ego.csv"))
    ego.write_text(ego.read_text(encoding="utf-8").replace("Advice study", "Advice"), encoding="utf-8")
    sna.run_study(folder, tmp_path / "out", audience=audience)
    after = json.loads((tmp_path / "out" / "provenance.json").read_text(encoding="utf-8"))["inputs"]["*_ego.csv"]
    assert after["sha256"] != before


def test_people_who_refused_are_struck_from_files_that_know_them_by_a_key(tmp_path: Path) -> None:
    text = (HERE / "merged_attributeList_Person.csv").read_text(encoding="utf-8").replace("Ana Lopez", "Aan Lopze", 1)
    files = {"ego.csv": "merged_ego.csv", "people.csv": text}
    folder = interviews(tmp_path / "s", files, people("advice", "roster", "people.csv", ADVICE), "ego.csv")
    roster = "actor_id,name,consent\nP1,Ana Lopez,full\nP2,Ben Okafor,refused\nP3,Chen Wei,full\nP4,Dana Novak,full\n"
    (folder / "roster.csv").write_text(roster, encoding="utf-8")
    toml = (folder / "study.toml").read_text().replace('default = "full"', 'column = "consent"')
    (folder / "study.toml").write_text(toml)
    found = tables_of(folder)
    assert found.answered["actor_id"].to_list() == ["P1", "P3", "P4"]
    told = [p for p in found.problems if "gave" in p.problem or "given by people who refused" in p.problem]
    assert {(p.file, p.value) for p in told} >= {("ego.csv", "1"), ("people.csv", "3")}
    assert not any("Aan" in str(p) or "P2" in str(p) or "0000000002" in str(p) for p in found.problems)


def test_withdrawal_names_the_files_of_the_interview(tmp_path: Path) -> None:
    places = sna.forget(SAME, "P1").places
    files = {
        (file.split("_", 1)[0], file.rsplit("_", 1)[-1], row)
        for file, row in zip(places["file"], places["row"], strict=True)
    }
    assert {("P1", "ego.csv", 2), ("P1", "Person.csv", 2), ("P1", "Trusted.csv", 2), ("P2", "Person.csv", 2)} <= files
    assert not any("*" in file for file in places["file"])
