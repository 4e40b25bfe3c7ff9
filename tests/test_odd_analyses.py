"""Odd and broken studies that ask for everything there is: each runs to the end, or says all that is wrong at once."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from pathlib import Path

import pytest

import sna
from sna.errors import Problem, StudyError
from sna.pipeline import output_files
from sna.privacy.build import release
from sna.results import Results
from tests.small_study import changed

IDS = [f"P{number:02}" for number in range(1, 9)]
STUDY = """
[study]
name = "Odd"
roster = "roster.csv"
groups = ["role"]
suppress_below = 3
[consent]
column = "consent"
default = "full"
[[waves]]
id = "w1"
responses = "responses.csv"
[[relations]]
id = "advice"
form = "names"
columns = "advice{n}"
cap = 2
flow = "against"
[[relations]]
id = "demands"
form = "names"
columns = "demands{n}"
cap = 2
flow = "against"
[[relations]]
id = "data"
topic = "using data"
form = "names"
columns = "data{n}"
cap = 2
[[relations]]
id = "feedback"
topic = "feedback"
form = "names"
columns = "feedback{n}"
cap = 2
[[attendance]]
file = "attendance.csv"
events = "events.csv"
[[contacts]]
file = "contacts.csv"
[[activities]]
file = "activities.csv"
[[homework]]
file = "homework.csv"
"""
SECTIONS = """
[expertise]
within = "network"
column = "role"
nominees = ["principal"]
strata = "school"
rated = "skill_{relation}"
rated_in = "roster"
expert_from = 3
draws = 99
[brokerage]
groups = ["school"]
column = "role"
members = ["principal"]
draws = 99
[support]
relations = ["advice", "demands"]
level = "role"
school = "school"
draws = 99
[facilitation]
column = "role"
facilitators = ["coach"]
within = "network"
sources = ["office"]
resources = "advice"
demands = "demands"
need = "need"
draws = 99
[engagement]
within = "network"
column = "role"
core = ["principal"]
draws = 99
[communities]
column = "network"
draws = 99
[grouping]
across = "school"
past = "past.csv"
apart = "apart.csv"
[conversations]
audience = "manager"
school = "school"
"""
ROSTER = "actor_id,name,role,network,school,need,skill_data,skill_feedback,consent\n" + "".join(
    f"{who},Given{at} Family{at},{'coach' if at == 6 else 'office' if at == 7 else 'principal'},"
    f"{'AB'[at % 2]},S{at // 2},{at % 5},{at % 5},{at % 4},full\n"
    for at, who in enumerate(IDS)
)
HEAD = "actor_id," + ",".join(f"{name}{n}" for name in ("advice", "demands", "data", "feedback") for n in (1, 2)) + "\n"
RESPONSES = HEAD + "".join(
    ",".join([who, *(IDS[(at + step) % 8] for step in (1, 3, 6, 7, 2, 5, 4, 1))]) + "\n" for at, who in enumerate(IDS)
)
FILES = {
    "study.toml": STUDY + SECTIONS,
    "roster.csv": ROSTER,
    "responses.csv": RESPONSES,
    "events.csv": "event_id,date,minutes,kind\ne1,2024-01-10,60,small group\ne2,2024-02-10,60,small group\n",
    "attendance.csv": "actor_id,event_id,status\n" + "".join(f"{who},e{1 + at % 2},P\n" for at, who in enumerate(IDS)),
    "contacts.csv": "date,who,whom,minutes\n2024-01-10,P07,P01,30\n2024-03-10,P07,P03,\n2024-05-10,P07,P01,45\n",
    "activities.csv": "event_id,minutes,activity,practice,led_by,how\ne1,60,joint work,tools,P01;P02,volunteered\n",
    "homework.csv": "actor_id,event_id,brought\nP01,e1,yes\nP03,e1,no\n",
    "past.csv": "date,group,actor_id\n2024-01-10,a,P01\n2024-01-10,a,P03\n2024-01-10,b,P02\n2024-01-10,b,P04\n",
    "apart.csv": "actor_id,other_id\nP01,P05\n",
}


def odd_study(folder: Path, **changes: str) -> Path:
    """Write the study, with whole files replaced; `toml` means `study.toml`, `past` `past.csv`."""
    folder.mkdir(parents=True)
    named = {"study.toml" if name == "toml" else f"{name}.csv": text for name, text in changes.items()}
    for name, text in {**FILES, **named}.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def swap(old: str, new: str) -> str:
    """study.toml with one passage replaced."""
    return changed(STUDY + SECTIONS, old, new)


def roster(**columns: str) -> str:
    """The roster with the same value for everybody in some columns."""
    head, *rows = ROSTER.splitlines()
    cells = [dict(zip(head.split(","), row.split(","), strict=True)) | columns for row in rows]
    return "\n".join([head, *(",".join(row.values()) for row in cells)]) + "\n"


def pages(results: Results) -> int:
    """How many pages there are for all audiences."""
    seen = [release(results, audience, {}) for audience in ("researcher", "manager", "public")]
    return sum(name.endswith(".html") for one in seen for name in output_files(one, 1))


RUN: dict[str, dict[str, str]] = {
    "one group of everybody": {"roster": roster(network="A", school="S", role="principal")},
    "no group is stated": {"roster": roster(network="", school="", role="", need="", skill_data="", skill_feedback="")},
    "one respondent": {"responses": "\n".join(RESPONSES.splitlines()[:2]) + "\n"},
    "nobody named anybody": {"responses": HEAD + "".join(f"{who},{','.join(['nobody', ''] * 4)}\n" for who in IDS)},
    "everybody refused": {"roster": roster(consent="refused")},
    "contacts of one day, all excused, nobody looked": {
        "contacts": "date,who,whom\n2024-01-10,P07,P01\n2024-01-10,P07,P03\n",
        "attendance": FILES["attendance.csv"].replace(",P\n", ",excused\n"),
        "homework": "actor_id,event_id,brought\nP01,e1,\n",
        "activities": "event_id,minutes,activity\ne1,0,nothing\ne2,,something\n",
        "past": "date,group,actor_id\n",
        "apart": "actor_id,other_id\nP01,P01\n",
    },
}  # fmt: skip


@pytest.mark.parametrize("name", RUN)
def test_odd_studies_run_and_account_for_every_cell(tmp_path: Path, name: str) -> None:
    folder = odd_study(tmp_path / "s", **RUN[name])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert sna.check_study(folder).stops == ()
        results = sna.measure_study(folder)
        assert pages(results) > 3
    account = results.tables.accounting
    parts = account[["used", "unknown", "out_of_scope", "rejected"]].sum(axis=1)
    assert parts.tolist() == account["cells"].tolist()
    assert {"contacts.csv", "activities.csv", "homework.csv", "past.csv", "apart.csv"} <= {*account["file"]}


FAULTS: dict[str, tuple[dict[str, str], list[tuple[str, int | None, str | None, str | None, str]]]] = {
    "numbers out of range are told with the range": (
        {"toml": (STUDY + SECTIONS).replace("draws = 99", "draws = 98", 1) + 'audiense = "manager"\n'},
        [
            ("study.toml", None, "conversations.audiense", None, 'Did you mean: "audience"'),
            ("study.toml", None, "expertise.draws", "98", "a whole number of 99 or more, 99,999 at the most."),
        ],
    ),
    "more draws than fit into memory": (
        {"toml": swap('column = "network"\ndraws = 99', 'column = "network"\ndraws = 1000000000')},
        [("study.toml", None, "communities.draws", "1000000000", "99,999 at the most")],
    ),
    "weeks": (
        {"toml": swap('need = "need"', 'need = "need"\nweeks = 0')},
        [("study.toml", None, "facilitation.weeks", "0", "a whole number of 1 or more.")],
    ),
    "a section written as a list": (
        {"toml": swap("[engagement]", "[[engagement]]")},
        [("study.toml", None, "engagement", None, "Write [engagement] on a line of its own")],
    ),
    "one misspelt kind of support is one fault": (
        {"toml": swap('relations = ["advice", "demands"]', 'relations = ["advice", "demand"]')},
        [("study.toml", None, "support.relations", "demand", 'Close match: "demands"')],
    ),
    "columns of the roster that are no groups": (
        {"toml": swap('across = "school"', 'across = "actor_id"').replace('groups = ["school"]', 'groups = ["name"]')},
        [
            ("study.toml", None, "brokerage.groups", "name", "what people have in common"),
            ("study.toml", None, "grouping.across", "actor_id", "what people have in common"),
        ],
    ),
    "a list of events that is not there is told once": (
        {"toml": swap('events = "events.csv"', 'events = "event.csv"')},
        [("study.toml", None, "attendance[1].events", "event.csv", 'Close match: "events.csv"')],
    ),
    "a contact in the year 1024": (
        {"contacts": FILES["contacts.csv"] + "1024-01-05,P07,P01,30\n"},
        [("contacts.csv", None, "date", "1024-01-05", "`since` and `until` under [facilitation]")],
    ),
    "a log that begins in the year 24": (
        {"toml": swap('need = "need"', 'need = "need"\nsince = 0024-01-01')},
        [("study.toml", None, "facilitation.since", "0024-01-01", "Mend the date")],
    ),
    "first and last day far apart": (
        {"toml": swap('need = "need"', 'need = "need"\nsince = 0001-01-01\nuntil = 9999-12-31')},
        [("study.toml", None, "facilitation.since", "0001-01-01", "Mend the date")],
    ),
    "rounds": (
        {"past": f"date,round,group,actor_id\n2024-01-10,{'9' * 25},a,P01\n2024-01-10,{'9' * 400},a,P02\n"},
        [("past.csv", 2, "round", "9" * 25, "9999 at the most"), ("past.csv", 3, "round", "9" * 400, "9999")],
    ),
    "a contradiction shows what stands in the cell": (
        {"homework": FILES["homework.csv"] + "P03,e1,yes\n"},
        [("homework.csv", 4, "brought", "yes", "Keep the one that is right.")],
    ),
    "a number without end": (
        {"roster": changed(ROSTER, ",A,S0,0,0,0,", f",A,S0,0,{'9' * 400},0,")},
        [("roster.csv", 2, "skill_data", "9" * 400, "Write a number of 0 or more")],
    ),
    "every misspelt column": (
        {
            "toml": (STUDY + SECTIONS)
            .replace('"network"', '"netwrok"')
            .replace('"school"', '"schol"')
            .replace('"need"', '"nead"')
            .replace('"skill_{relation}"', '"skil_{relation}"')
        },
        [
            ("roster.csv", 1, "nead", None, 'Close match: "need"'),
            ("roster.csv", 1, "netwrok", None, 'Close match: "network"'),
            ("roster.csv", 1, "schol", None, 'Close match: "school"'),
            ("roster.csv", 1, "skil_data", None, 'Close match: "skill_data"'),
            ("roster.csv", 1, "skil_feedback", None, 'Close match: "skill_feedback"'),
        ],
    ),
    "unknown people in every file": (
        {
            "contacts": "date,who,whom\n2024-01-10,P70,P01\n",
            "activities": "event_id,minutes,activity,led_by\ne9,60,talk,P01;Givn1 Family1\n",
            "homework": "actor_id,event_id,brought\nP80,e1,yes\n",
            "past": "date,group,actor_id\n2024-01-10,a,P90\n",
            "apart": "actor_id,other_id\nP01,P99\n",
        },
        [
            ("activities.csv", 2, "event_id", "e9", "Add it to the list of events"),
            ("activities.csv", 2, "led_by", "Givn1 Family1", '"Given1 Family1" (P02)'),
            ("apart.csv", 2, "other_id", "P99", "names.csv"),
            ("contacts.csv", 2, "who", "P70", "names.csv"),
            ("homework.csv", 2, "actor_id", "P80", "names.csv"),
            ("past.csv", 2, "actor_id", "P90", "names.csv"),
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_all_faults_are_told_at_once_with_their_place_and_remedy(tmp_path: Path, name: str) -> None:
    changes, expected = FAULTS[name]

    def place(problem: Problem) -> tuple[str, int | None, str | None, str | None]:
        return problem.file, problem.row, problem.column, problem.value

    folder = odd_study(tmp_path / "s", **changes)
    found = {place(problem): problem.remedy for problem in sna.check_study(folder).stops}
    assert found.keys() == {one[:4] for one in expected}
    for file, row, column, value, remedy in expected:
        assert remedy in found[file, row, column, value]
    with pytest.raises(StudyError):
        sna.run_study(folder, tmp_path / "out")


def test_a_section_without_the_files_it_looks_at_is_told(tmp_path: Path) -> None:
    toml = STUDY[: STUDY.index("[[attendance]]")] + SECTIONS
    bare = toml.replace('resources = "advice"\ndemands = "demands"\n', "").replace('sources = ["office"]\n', "")
    found = sna.check_study(odd_study(tmp_path / "s", toml=bare)).problems
    assert [(p.severity, p.column) for p in found] == [("note", "engagement"), ("note", "facilitation")]
    assert "[[attendance]]" in found[0].problem
    assert "[[contacts]]" in found[1].problem


APART = "actor_id,other_id\n" + "".join(f"{one},{other}\n" for one in IDS for other in IDS if one < other)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"apart": APART}, "kept apart"),
        ({"responses": "\n".join(RESPONSES.splitlines()[:2]) + "\n"}, "Too few answered"),
        ({"roster": roster(consent="refused")}, "no two people"),
        ({"toml": swap('across = "school"', 'column = "role"\nmembers = ["coach"]')}, "no two people"),
    ],
)
def test_groups_that_cannot_be_are_said_to_be_so(tmp_path: Path, changes: dict[str, str], said: str) -> None:
    folder = odd_study(tmp_path / "s", **changes)
    made: list[Callable[[], object]]
    made = [lambda: sna.suggest_pairs(folder, "data", 2), lambda: sna.suggest_groups(folder, (), 3, 2)]
    for one in made:
        with pytest.raises(StudyError) as caught:
            one()
        assert any(said in str(problem) for problem in caught.value.problems), caught.value.problems
        assert all(problem.file and problem.remedy for problem in caught.value.problems)


def test_every_place_of_the_new_files_is_found_when_somebody_withdraws(tmp_path: Path) -> None:
    folder = odd_study(tmp_path / "s", apart="actor_id,other_id\nP05,P01\n")
    places = sna.forget(folder, "P01").places
    found = {(row["file"], row["row"], row["column"]) for row in places.to_dict("records")}
    assert found >= {
        ("roster.csv", 2, "actor_id"),
        ("contacts.csv", 2, "whom"),
        ("contacts.csv", 4, "whom"),
        ("activities.csv", 2, "led_by"),
        ("homework.csv", 2, "actor_id"),
        ("past.csv", 2, "actor_id"),
        ("apart.csv", 2, "other_id"),
    }
