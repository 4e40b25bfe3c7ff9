"""People who answered twice, names taken as outside, lists of names with commas in them, headings that stand twice."""

from __future__ import annotations

from pathlib import Path

import pytest

import sna
from sna.tables import Tables
from tests.small_study import RESPONSES, ROSTER, STUDY, changed, small_study

GROUPS = 'groups = ["role", "school"]'


def tables_of(folder: Path) -> Tables:
    checked = sna.check_study(folder)
    assert checked.tables is not None, checked.stops
    return checked.tables


def names_of(tables: Tables, ego: str) -> set[str]:
    ties = tables.ties
    return set(ties.loc[(ties["relation"] == "help") & (ties["ego_id"] == ego), "alter_id"])


@pytest.mark.parametrize(("which", "named", "left_out"), [("first", {"P2"}, 5), ("last", {"P4"}, 2)])
def test_of_two_answers_the_one_the_study_says_counts(
    tmp_path: Path, which: str, named: set[str], left_out: int
) -> None:
    toml = changed(STUDY, GROUPS, f'{GROUPS}\nanswered_twice = "{which}"')
    folder = small_study(tmp_path / "s", toml=toml, responses=RESPONSES + "P1,,0,0,2,Dana Novak,\n")
    tables = tables_of(folder)
    assert names_of(tables, "P1") == named
    (problem,) = [p for p in tables.problems if "more than once" in p.problem]
    assert (problem.severity, problem.row) == ("left out", left_out)
    account = tables.accounting.set_index("file").loc["responses.csv"]
    assert account["rejected"] == 7, "the whole row"


def test_two_answers_stop_a_study_that_does_not_say(tmp_path: Path) -> None:
    (stop,) = sna.check_study(small_study(tmp_path / "s", responses=RESPONSES + "P1,,0,0,2,,\n")).stops
    assert (stop.row, "answered_twice" in stop.remedy) == (5, True)


def test_unknown_names_are_people_outside_where_the_study_says_so(tmp_path: Path) -> None:
    toml = changed(STUDY, GROUPS, f'{GROUPS}\nunresolved = "outside"')
    responses = changed(changed(RESPONSES, "Ana Lopez", "Zed Zulu"), "nobody", "zed  ZULU")
    tables = tables_of(small_study(tmp_path / "s", toml=toml, responses=responses))
    assert tables.outside.to_numpy().tolist() == [
        ["w1", "help", "P2", "O1", "Zed Zulu"],
        ["w1", "help", "P3", "O1", "zed  ZULU"],
    ]
    named = tables.answered[tables.answered["relation"] == "help"].set_index("actor_id")["named_outside"]
    assert named[["P1", "P2", "P3"]].to_list() == [0, 1, 1]
    seen = sna.run_study(tmp_path / "s", tmp_path / "out", audience="manager").parent
    assert not any("zulu" in path.read_text("utf-8").casefold() for path in seen.rglob("*.*")), "for researchers only"


LISTED = """
[study]
name = "Lists"
roster = "roster.csv"
[consent]
column = "consent"
[[waves]]
id = "w1"
responses = "responses.csv"
[[relations]]
id = "help"
form = "names"
columns = "helped"
separator = "%s"
"""


@pytest.mark.parametrize(
    ("separator", "cell", "named"),
    [
        (", ", "Ana Lopez, Jon Smith", {"P1", "P2"}),
        (", ", "Lopez, Ana, Smith, Jon", {"P1", "P2"}),
        (", ", "Ana Lopez, Smith, Jon", {"P1", "P2"}),
        (";", "Ana Lopez;Jon Smith;", {"P1", "P2"}),
        (";", "P1; chen wei ", {"P1", "P3"}),
        (" ", "P1 P2 P3", {"P1", "P2", "P3"}),
        (",", "P2,P2", {"P2"}),
    ],
)
def test_a_cell_of_names(tmp_path: Path, separator: str, cell: str, named: set[str]) -> None:
    responses = f'actor_id,helped\nP4,"{cell}"\n'
    folder = small_study(tmp_path / "s", toml=LISTED % separator, responses=responses)
    assert names_of(tables_of(folder), "P4") == named


def test_a_heading_that_stands_twice_matters_only_to_who_reads_it(tmp_path: Path) -> None:
    twice = changed(RESPONSES, "help_name2\n", "help_name2,note,note\n").replace("Smith,\n", "Smith,,a,b\n")
    assert sna.check_study(small_study(tmp_path / "s", responses=twice)).stops == ()
    twice = changed(RESPONSES, "help_name2\n", "help_name2,help_name2\n")
    (stop,) = sna.check_study(small_study(tmp_path / "t", responses=twice)).stops
    assert (stop.problem, stop.column) == ("Two columns have this heading.", "help_name2")


def test_a_name_that_was_taken_out_is_still_an_answer(tmp_path: Path) -> None:
    """With its only name taken out, an answer stays an answer; an empty cell would be a skipped question."""
    for word, status in (("withdrawn", "answered"), ("", "skipped")):
        folder = small_study(tmp_path / (word or "empty"), responses=changed(RESPONSES, "Jon Smith", word))
        answered = tables_of(folder).answered
        mine = answered[(answered["relation"] == "help") & (answered["actor_id"] == "P1")]
        assert mine["status"].to_list() == [status]
        assert mine["named"].fillna(0).to_list() == [0]


def test_the_roster_of_the_small_study_is_what_these_tests_take_it_for() -> None:
    assert [line.split(",")[1] for line in ROSTER.splitlines()[1:]] == [
        "Ana Lopez",
        "Jon Smith",
        "Chen Wei",
        "Dana Novak",
    ]


def test_two_columns_for_the_same_name_stop(tmp_path: Path) -> None:
    """Nothing says which of them is meant; answers in the other would be lost."""
    toml = changed(STUDY, 'columns = "help_name{n}"', 'columns = "Who’s helpful? {n}"')
    responses = changed(RESPONSES, "help_name1,help_name2", "Who's helpful? 1,Who’s helpful? 1")
    (stop,) = sna.check_study(small_study(tmp_path / "s", toml=toml, responses=responses)).stops
    assert (stop.row, "fits `columns`" in stop.problem) == (1, True)


def test_a_number_that_is_nobodys_code_is_not_somebodys_id(tmp_path: Path) -> None:
    toml = (LISTED % ",").replace('columns = "helped"', 'columns = "helped"\ncodes = "number"')
    roster = "actor_id,name,number,consent\n1,Ana,2,full\n2,Ben,1,full\n3,Chen,,full\n"
    checked = sna.check_study(
        small_study(tmp_path / "s", toml=toml, roster=roster, responses='actor_id,helped\nAna,"1,3"\n')
    )
    assert [(stop.row, stop.value) for stop in checked.stops] == [(2, "3")]


def test_a_refuser_of_another_wave_is_not_told_of(tmp_path: Path) -> None:
    roster = "wave,actor_id,name\nw1,P1,Ana Lopez\nw1,P3,Chen Wei\nw2,P1,Ana Lopez\n"
    roster = (
        roster.replace("name\n", "name,consent\n").replace("Wei\n", "Wei,refused\n").replace("Lopez\n", "Lopez,full\n")
    )
    toml = STUDY.split("[[waves]]")[0].replace('groups = ["role", "school"]\n', "") + (
        '[[waves]]\nid = "w1"\nresponses = "responses.csv"\n[[waves]]\nid = "w2"\nresponses = "responses.csv"\n'
        '[[relations]]\nid = "help"\nform = "names"\ncolumns = "h{n}"\n'
    )
    names = "typed,decision,actor_id\nchen wei,outside,\n"
    folder = small_study(
        tmp_path / "s", toml=toml, roster=roster, responses="actor_id,h1\nP1,Chen Wei\n", **{"names.csv": names}
    )
    checked = sna.check_study(folder)
    assert checked.stops == ()
    assert not any("Chen" in str(problem) for problem in checked.problems)


def test_a_facilitator_who_refused_is_hidden_in_any_company(tmp_path: Path) -> None:
    roster = changed(ROSTER, "Cedar,full\nP3", "Cedar,refused\nP3")
    events = "event_id,date,start,minutes,facilitator\ne1,2022-01-10,16:00,120,Chen Wei & Jon Smith (host)\n"
    events += "e2,2022-02-10,16:00,60,Chen Wei\n"
    tables = tables_of(small_study(tmp_path / "s", roster=roster, events=events))
    assert tables.events["facilitator"].fillna("").to_list() == ["", "Chen Wei"]


def test_a_mark_explained_once_is_told_though_a_refuser_came_first(tmp_path: Path) -> None:
    roster = changed(ROSTER, "Cedar,full\nP3", "Cedar,refused\nP3")
    toml = changed(STUDY, 'file = "attendance.csv"', 'file = "attendance.csv"\nform = "grid"')
    folder = small_study(tmp_path / "s", toml=toml, roster=roster, attendance="actor_id,e1,e2\nP2,L,P\nP1,L,P\n")
    (told,) = [p for p in sna.check_study(folder).problems if p.problem.startswith("L was read")]
    assert (told.row, told.value) == (None, None)


def test_forget_finds_names_in_any_order_addresses_and_headings(tmp_path: Path) -> None:
    roster = changed(ROSTER, "consent\n", "consent,email\n").replace(",full\nP2", ",full,ana@lincoln.org\nP2")
    header, *rows = RESPONSES.splitlines()
    texts = ["", "thanks to Lopez, Ana", "see ana@lincoln.org"]
    responses = "\n".join(
        [f"{header},What did Ana Lopez do?", *(f'{row},"{t}"' for row, t in zip(rows, texts, strict=True)), ""]
    )
    places = sna.forget(small_study(tmp_path / "s", roster=roster, responses=responses), "P1").places
    mine = places[places["column"] == "What did Ana Lopez do?"]
    assert mine["row"].to_list() == [1, 3, 4]


def test_a_heading_with_the_name_of_a_refuser_is_not_told(tmp_path: Path) -> None:
    roster = changed(ROSTER, "Cedar,full\nP3", "Cedar,refused\nP3")
    responses = changed(RESPONSES, "help_name2\n", "help_name2,Often? [Jon Smith],Often? [Ana Lopez]\n")
    checked = sna.check_study(small_study(tmp_path / "s", roster=roster, responses=responses))
    (note,) = [p for p in checked.problems if p.problem.startswith("Columns that nothing")]
    assert note.value == "Often? [Ana Lopez]"
