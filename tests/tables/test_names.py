"""Typed names: rules that cannot be wrong, proposals that a person decides on, decisions that last."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sna
from sna.tables.people import Index, People, all_in_order, fold_name, in_order
from sna.tables.proposals import Candidate, propose
from tests.small_study import RESPONSES, STUDY, changed, small_study

ROOT = Path(__file__).resolve().parents[2]
NAMES = {"P1": "José Álvarez-Ruiz", "P2": "Jon Smith", "P3": "Ana Lopez", "P4": "Ana Lopez", "P5": "Siobhán O'Dell"}
INDEX = Index.of(list(NAMES), list(NAMES.values()), ["Jon.Smith@Cedar.example" if a == "P2" else "" for a in NAMES])
PEOPLE = People(NAMES, INDEX, INDEX)


@pytest.mark.parametrize(
    ("typed", "actor_id", "how"),
    [
        ("P1", "P1", "exact"),
        ("Jon Smith", "P2", "exact"),
        ("  jose   alvarez ruiz", "P1", "respelt"),
        ("SIOBHAN O’DELL", "P5", "respelt"),
        ("Smith, Jon", "P2", "respelt"),
        ("Dr. Jon Smith", "P2", "respelt"),
        ("Vice Principal Jon Smith", "P2", "respelt"),
        ("jon.smith@cedar.example", "P2", "exact"),
        ("Ana Lopez", None, "several"),
        ("ana lopez", None, "several"),
        ("Jon Smiht", None, "unresolved"),
        ("Smith", None, "unresolved"),
        ("Principal Smith", None, "unresolved"),
        ("J. Smith", None, "unresolved"),
    ],
)
def test_rules_match_only_what_cannot_be_wrong(typed: str, actor_id: str | None, how: str) -> None:
    found = PEOPLE.find(typed)
    assert (found.actor_id, found.how) == (actor_id, how)


@settings(deadline=None, max_examples=200, derandomize=True)
@given(st.text(max_size=20))
def test_no_text_is_ever_matched_to_somebody_of_another_name(typed: str) -> None:
    found = PEOPLE.find(typed)
    if found.actor_id is not None and typed not in PEOPLE.names:
        words = set(fold_name(PEOPLE.names[found.actor_id]).split())
        assert words <= set(fold_name(typed).split()) or "@" in typed


LINCOLN, CEDAR = frozenset({"Lincoln School", "principal"}), frozenset({"Cedar School", "teacher leader"})
STAFF = [
    Candidate("P1", "Robert Tessler", LINCOLN),
    Candidate("P2", "Maria Novak", LINCOLN),
    Candidate("P3", "Maria Young", CEDAR),
    Candidate("P4", "Marie Younge", CEDAR),
]


@pytest.mark.parametrize(
    ("typed", "typist", "actor_id"),
    [
        ("Robert Tesler", LINCOLN, "P1"),
        ("Bob Tessler", LINCOLN, "P1"),
        ("R. Tessler", LINCOLN, "P1"),
        ("Principal Tessler", LINCOLN, "P1"),
        ("Tessler", LINCOLN, "P1"),
        ("Coach Tessler", LINCOLN, None),
        ("Maria at Lincoln", CEDAR, "P2"),
        ("Maria (Cedar School)", LINCOLN, "P3"),
        ("Robert Tesler", CEDAR, None),
        ("Marie Young", CEDAR, None),
        ("Nobody Known", LINCOLN, None),
        ("", LINCOLN, None),
    ],
)
def test_proposals(typed: str, typist: frozenset[str], actor_id: str | None) -> None:
    proposal = propose(typed, STAFF, [typist])
    assert proposal.actor_id == actor_id
    assert proposal.reason
    assert (proposal.score is None) == (actor_id is None)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def write(path: Path, content: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, list(content[0]))
        writer.writeheader()
        writer.writerows(content)


def test_on_the_example_no_proposal_is_wrong(tmp_path: Path) -> None:
    """Against the truth of the generator: 28 spellings, 7 of them of outsiders or settled by rule."""
    folder = tmp_path / "il-cop"
    shutil.copytree(ROOT / "surveys" / "il-cop", folder)
    truth = {fold_name(row["typed"]): row["actor_id"] for row in rows(folder / "names.csv")}
    (folder / "names.csv").unlink()
    report = sna.update_names(folder)
    found = rows(folder / "names.csv")
    assert (report.rows, report.undecided) == (len(found), len(found))
    right = [row for row in found if row["proposed_id"] and truth[fold_name(row["typed"])] == row["proposed_id"]]
    wrong = [row for row in found if row["proposed_id"] and row not in right]
    outsiders = [row for row in found if truth[fold_name(row["typed"])] == "outside"]
    assert wrong == []
    assert not any(row["proposed_id"] for row in outsiders)
    assert (len(found), len(right), len(outsiders)) == (21, 15, 4)
    by_rule = {typed for typed in truth if typed not in {fold_name(row["typed"]) for row in found}}
    people = People.from_names({row["actor_id"]: row["name"] for row in rows(folder / "roster.csv")})
    for text in (row["typed"] for row in rows(ROOT / "surveys" / "il-cop" / "names.csv")):
        if fold_name(text) in by_rule:
            assert people.find(text).actor_id == truth[fold_name(text)], "matches by rule are never wrong"
    assert len(by_rule) == 7


def test_decisions_are_applied_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1600000000")
    text = changed(changed(RESPONSES, "Jon Smith", "Jon Smiht"), "Chen Wei", "The Office")
    text = changed(text, "P3,often,0,,2,nobody,", "P3,often,0,,2,Pat Outsider,Zed")
    folder = small_study(tmp_path / "s", responses=text)
    assert len(sna.check_study(folder).stops) == 4
    assert sna.update_names(folder).undecided == 4
    ledger = {row["typed"]: row for row in rows(folder / "names.csv")}
    assert (ledger["Jon Smiht"]["proposed_id"], ledger["Zed"]["proposed_id"]) == ("P2", "")
    ledger["Jon Smiht"] |= {"decision": "accept", "decided_by": "me", "note": "sure"}
    ledger["The Office"] |= {"decision": "not a person"}
    ledger["Pat Outsider"] |= {"decision": "outside"}
    ledger["Zed"] |= {"decision": "ignore", "decided_on": "2020-01-01"}
    write(folder / "names.csv", list(ledger.values()))
    results = sna.measure_study(folder)
    network = results.networks[("w1", "help")]
    assert network.state("P1", "P2") == "present"
    assert network.state("P3", "P1") == "absent", "P3 answered, with names that are not on the roster"
    answered = results.tables.answered.query("relation == 'help'").set_index("actor_id")
    assert answered.loc["P3", ["named", "named_outside", "named_unresolved"]].tolist() == [0, 1, 0]
    assert results.tables.names["decided"] == 1
    before = rows(folder / "names.csv")
    assert sna.update_names(folder).undecided == 0
    after = rows(folder / "names.csv")
    dates = {row["typed"]: row["decided_on"] for row in after}
    new = "2020-09-13"
    assert dates == {"Jon Smiht": new, "The Office": new, "Pat Outsider": new, "Zed": "2020-01-01"}
    assert [{**row, "decided_on": ""} for row in after] == [{**row, "decided_on": ""} for row in before]
    (folder / "responses.csv").write_text(RESPONSES)
    sna.update_names(folder)
    assert len(rows(folder / "names.csv")) == 4, "a decision outlives the files it was made for"
    (folder / "responses.csv").write_text(changed(text, "Ana Lopez", "jon smiht"))
    assert sna.update_names(folder).undecided == 0, "next year's files need no new decision"


def test_what_is_not_decided_can_be_counted_instead(tmp_path: Path) -> None:
    toml = changed(STUDY, 'audience = "researcher"', 'audience = "researcher"\nunresolved = "count"')
    folder = small_study(tmp_path / "s", toml=toml, responses=changed(RESPONSES, "Jon Smith", "Jon Smiht"))
    results = sna.measure_study(folder)
    answered = results.tables.answered.query("relation == 'help'").set_index("actor_id")
    assert answered.loc["P1", ["status", "named", "named_unresolved"]].tolist() == ["answered", 0, 1]
    assert any(p.severity == "left out" and p.value == "Jon Smiht" for p in results.tables.problems)
    page = sna.run_study(folder, tmp_path / "out").read_text(encoding="utf-8")
    assert "could not be matched to anybody" in page
    stranger = changed(RESPONSES, "P3,often", "P7,often")
    folder = small_study(tmp_path / "t", toml=toml, responses=stranger)
    assert len(sna.check_study(folder).stops) == 1, "a respondent must be somebody"


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("Jonny,,perhaps,", "decision"),
        ("Jonny,,accept,", "proposed_id"),
        ("Jonny,,other,", "actor_id"),
        ("Jonny,,other,P9", "actor_id"),
        ("Jonny,P9,accept,", "proposed_id"),
        ("Jonny,P1,accept,P2", "actor_id"),
        ("Jonny,,outside,P2", "actor_id"),
    ],
)
def test_faulty_decisions(tmp_path: Path, row: str, column: str) -> None:
    folder = small_study(tmp_path / "s", names=f"typed,proposed_id,decision,actor_id\n{row}\n")
    (problem,) = sna.check_study(folder).stops
    assert (problem.file, problem.row, problem.column) == ("names.csv", 2, column)
    with pytest.raises(sna.StudyError):
        sna.update_names(folder)


def test_two_decisions_for_one_text(tmp_path: Path) -> None:
    folder = small_study(tmp_path / "s", names="typed,actor_id\nJonny,P1\nJONNY,P2\n")
    (problem,) = sna.check_study(folder).stops
    assert (problem.row, problem.column, problem.value) == (3, "typed", "JONNY")


def test_nothing_else_is_written_and_nothing_when_there_is_nothing(tmp_path: Path) -> None:
    folder = small_study(tmp_path / "s")
    before = sorted(path.name for path in folder.iterdir())
    assert sna.update_names(folder) == sna.NamesReport(folder / "names.csv", 0, 0, 0)
    assert sorted(path.name for path in folder.iterdir()) == before


def test_text_that_looks_like_a_formula_is_written_as_text(tmp_path: Path) -> None:
    folder = small_study(tmp_path / "s", responses=changed(RESPONSES, "Jon Smith", "=HYPERLINK(1)"))
    sna.update_names(folder)
    assert "'=HYPERLINK(1)" in (folder / "names.csv").read_text(encoding="utf-8-sig")
    (row,) = rows(folder / "names.csv")
    write(folder / "names.csv", [{**row, "decision": "ignore"}])
    assert sna.check_study(folder).stops == ()


def test_marks_for_names_can_be_decided_too(tmp_path: Path) -> None:
    folder = small_study(tmp_path / "s", responses=changed(RESPONSES, "Jon Smith", "?"))
    sna.update_names(folder)
    (row,) = rows(folder / "names.csv")
    assert row["typed"] == "?"
    write(folder / "names.csv", [{**row, "decision": "not a person"}])
    results = sna.measure_study(folder)
    answered = results.tables.answered.query("relation == 'help'").set_index("actor_id")
    assert answered.loc["P1", "status"] == "skipped", "what is not a person is no answer"
    assert sna.update_names(folder).undecided == 0


def test_names_csv_with_headings_only_decides_nothing(tmp_path: Path) -> None:
    folder = small_study(tmp_path / "s", names="typed,actor_id\n")
    assert sna.check_study(folder).stops == ()


def test_a_declared_file_of_names_is_the_one_that_is_written(tmp_path: Path) -> None:
    toml = changed(STUDY, 'name = "Small"', 'name = "Small"\nnames = "who.csv"')
    folder = small_study(tmp_path / "s", toml=toml, responses=changed(RESPONSES, "Jon Smith", "Jon Smiht"))
    assert sna.update_names(folder).file == folder / "who.csv"
    assert [p.value for p in sna.check_study(folder).stops] == ["Jon Smiht"]


def test_rows_said_twice_are_both_kept(tmp_path: Path) -> None:
    folder = small_study(tmp_path / "s", names="typed,actor_id,note\nJonny,P1,first\nJONNY,P1,second\n")
    sna.update_names(folder)
    assert [row["note"] for row in rows(folder / "names.csv")] == ["first", "second"]


def test_the_warning_is_about_names_and_not_about_ids(tmp_path: Path) -> None:
    toml = changed(STUDY, 'audience = "researcher"', 'audience = "researcher"\nunresolved = "count"')
    folder = small_study(tmp_path / "s", toml=toml, responses=changed(RESPONSES, "Jon Smith", "Jon Smiht"))
    page = sna.run_study(folder, tmp_path / "out").read_text(encoding="utf-8")
    assert "14% of the names" in page, "one of seven named"


@pytest.mark.parametrize(
    ("names", "typed", "actor_id"),
    [
        # "Last, First" means the given name second, and nobody else.
        ({"P1": "Thomas James", "P2": "James Thomas"}, "Thomas, James", "P2"),
        ({"P1": "Thomas James"}, "Thomas, James", None),
        ({"P1": "Lopez, Ana"}, "Ana Lopez", "P1"),
        # Namesakes but for an accent: who types it means it, who leaves it out may mean either.
        ({"P1": "José Álvarez", "P2": "Jose Alvarez"}, "José Álvarez", "P1"),
        ({"P1": "José Álvarez", "P2": "Jose Alvarez"}, "Jose Alvarez", None),
        # Marks that make another letter are not accents.
        ({"P1": "मीना शर्मा"}, "मोना शर्मा", None),
        ({"P1": "ナカシマ"}, "ナカジマ", None),
        # A title before one word says a surname, and the word may be another's given name.
        ({"P1": "Nur"}, "Coach Nur", None),
        ({"P1": "Nur Aziz"}, "Coach Nur Aziz", "P1"),
    ],
)
def test_what_could_be_somebody_else_is_not_matched(names: dict[str, str], typed: str, actor_id: str | None) -> None:
    assert People.from_names(names).find(typed).actor_id == actor_id


def two_waves(folder: Path, roster: str, w1: str, w2: str, names: str | None = None) -> list[tuple[str, str, str]]:
    """The ties of a study of two waves with typed names."""
    toml = (
        '[study]\nname = "x"\nroster = "roster.csv"\n[consent]\ndefault = "full"\n'
        '[[waves]]\nid = "w1"\nresponses = "r1.csv"\n[[waves]]\nid = "w2"\nresponses = "r2.csv"\n'
        '[[relations]]\nid = "help"\nform = "names"\ncolumns = "n{n}"\n'
    )
    files = {"study.toml": toml, "roster.csv": roster, "r1.csv": w1, "r2.csv": w2, "names.csv": names}
    folder.mkdir()
    for name, text in files.items():
        if text is not None:
            (folder / name).write_text(text)
    tables = sna.check_study(folder).tables
    assert tables is not None, sna.check_study(folder).stops
    return list(tables.ties[["wave", "ego_id", "alter_id"]].itertuples(index=False, name=None))


def test_an_outsider_of_last_year_who_joined_is_a_member_now(tmp_path: Path) -> None:
    roster = "wave,actor_id,name\nw1,P1,Ana Lopez\nw1,P2,Ben Ito\nw2,P1,Ana Lopez\nw2,P2,Ben Ito\nw2,P3,Pat Young\n"
    names = "typed,decision,actor_id\nPat Young,outside,\n"
    answers = "actor_id,n1\nP1,Pat Young\nP2,nobody\n"
    assert two_waves(tmp_path / "s", roster, answers, answers, names) == [("w2", "P1", "P3")]
    said = [p for p in sna.check_study(tmp_path / "s").problems if "decides otherwise" in p.problem]
    assert [(p.file, p.row) for p in said] == [("r2.csv", 2)]


def test_a_name_means_who_had_it_in_that_wave(tmp_path: Path) -> None:
    roster = "wave,actor_id,name\nw1,P1,Ana Lopez\nw1,P2,Ben Ito\nw2,P1,Ana Garcia\nw2,P2,Ben Ito\nw2,P3,Ana Lopez\n"
    answers = "actor_id,n1\nP2,Ana Lopez\n"
    assert two_waves(tmp_path / "s", roster, answers, answers) == [("w1", "P2", "P1"), ("w2", "P2", "P3")]


def test_an_earlier_name_still_finds_its_person(tmp_path: Path) -> None:
    roster = "wave,actor_id,name\nw1,P1,Ana Lopez\nw1,P2,Ben Ito\nw2,P1,Ana Garcia\nw2,P2,Ben Ito\n"
    answers = "actor_id,n1\nP2,Ana Lopez\n"
    assert two_waves(tmp_path / "s", roster, answers, answers) == [("w1", "P2", "P1"), ("w2", "P2", "P1")]


def test_people_named_who_left_count_towards_the_cap(tmp_path: Path) -> None:
    roster = "wave,actor_id,name\nw1,P1,Ana Lopez\nw1,P2,Ben Ito\nw2,P2,Ben Ito\nw2,P3,Pat Young\n"
    answers = "actor_id,n1\nP2,Ana Lopez\n"
    two_waves(tmp_path / "s", roster, answers, answers)
    tables = sna.check_study(tmp_path / "s").tables
    assert tables is not None
    mine = tables.answered[(tables.answered["wave"] == "w2") & (tables.answered["actor_id"] == "P2")]
    assert mine[["given", "named"]].to_numpy().tolist() == [[1, 0]]


@given(st.lists(st.text(st.sampled_from("aB é.,'\n\r\u2028-1"), max_size=6)))
def test_names_taken_together_are_folded_as_each_alone(typed: list[str]) -> None:
    assert all_in_order(typed) == [in_order(name) for name in typed]
    plain = [name.replace(",", "").replace("é", "e").replace("\n", " ").replace("\u2028", "") for name in typed]
    assert all_in_order(plain) == [in_order(name) for name in plain]
