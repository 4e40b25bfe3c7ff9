"""Exports of REDCap: raw and labelled, longitudinal, with instruments that repeat."""

from __future__ import annotations

from pathlib import Path

import pytest

from sna.tables.exports import redcap
from tests.tables.exports.corpus import (
    ADVICE,
    CORPUS,
    HELP,
    TRUST,
    layout_of,
    same,
    stops_of,
    study,
    tables_of,
)

HERE = CORPUS / "redcap"
RAW = {
    ADVICE: 'columns = "advice_{code}"\ncodes = "number"',
    HELP: 'columns = "help___{code}"\ncodes = "number"',
    TRUST: 'columns = "trust_{n}"',
}


def test_same_answers() -> None:
    """Record 4 was created and nothing entered: no answer, though every box says 0."""
    tables = same(HERE / "same_answers")
    assert [(p.row, p.value) for p in tables.problems if p.severity == "left out"] == [(5, "4")]


def test_labels(tmp_path: Path) -> None:
    labelled = {
        ADVICE: 'columns = "How often did you go to {name} for advice?"',
        HELP: 'columns = "Who helped you in the last month? (choice={name})"',
        TRUST: 'columns = "Name {n}"',
    }
    same(study(tmp_path / "s", HERE / "labels.csv", "E-mail address", labelled))
    layout = layout_of(HERE / "labels.csv")
    assert layout.about[10:14] == ("Ana Lopez", "Ben Okafor", "Chen Wei", "Dana Novak")
    # A heading that two columns have is no fault until somebody asks for it.
    assert layout.header.count("Complete?") == 2


def test_a_heading_that_two_columns_have_and_somebody_asks_for(tmp_path: Path) -> None:
    folder = study(
        tmp_path / "s",
        HERE / "labels.csv",
        "E-mail address",
        {HELP: 'columns = "x_{name}"'},
        wave="""where = { "Complete?" = "Complete" }""",
    )
    assert any("Two columns have this heading." in problem for problem in stops_of(folder))


def test_waves_pick_their_event(tmp_path: Path) -> None:
    spring = study(
        tmp_path / "s",
        HERE / "longitudinal.csv",
        "resp_email",
        RAW,
        wave='where = { redcap_event_name = "spring_arm_1" }',
    )
    same(spring)
    text = (spring / "study.toml").read_text(encoding="utf-8")
    autumn = '[[waves]]\nid = "w2"\nresponses = "longitudinal.csv"\nwhere = { redcap_event_name = "autumn_arm_1" }\n'
    (spring / "study.toml").write_text(text.replace("[[relations]]", autumn + "[[relations]]", 1), encoding="utf-8")
    tables = tables_of(spring)
    second = tables.ties[(tables.ties["wave"] == "w2") & (tables.ties["relation"] == "advice")]
    assert second[["ego_id", "alter_id", "strength"]].to_numpy().tolist() == [
        ["P2", "P1", 2], ["P2", "P3", 2], ["P2", "P4", 2],
    ]  # fmt: skip


def test_repeats_become_columns_of_their_record(tmp_path: Path) -> None:
    named = 'columns = "trusted_name[{n}]"\nfollow_up = { years = "trusted_years[{n}]" }'
    tables = same(study(tmp_path / "s", HERE / "repeating.csv", "resp_email", {**RAW, TRUST: named}))
    trust = tables.ties[tables.ties["relation"] == "trust"]
    assert trust["years"].to_list() == ["1", "2", "1"]
    layout = layout_of(HERE / "repeating.csv")
    assert [at for at, _ in layout.rows] == [2, 5, 7]
    assert "trusted_name" not in layout.header


def test_a_missing_data_code_of_a_checkbox(tmp_path: Path) -> None:
    """`help___unk` is nobody: a person says so in names.csv, as for every name that is none."""
    folder = study(tmp_path / "s", HERE / "missing_code.csv", "resp_email", RAW)
    assert any('column "help___unk": "unk": This person is not on the roster.' in p for p in stops_of(folder))
    (folder / "names.csv").write_text("typed,actor_id,decision\nunk,,ignore\n", encoding="utf-8")
    same(folder)


def test_ticked_boxes_that_hold_their_choice(tmp_path: Path) -> None:
    same(study(tmp_path / "s", HERE / "choice_labels.csv", "resp_email", RAW))


def test_words_for_ticked_in_another_language_are_not_guessed() -> None:
    header = ("record_id", "help___1", "help___2", "a_complete")
    records = [(1, header), (2, ("1", "Nein", "Nein", "0")), (3, ("2", "Ja", "Nein", "0"))]
    layout = redcap.unpack(records)
    assert layout.about == ("", "", "", "")
    assert layout.rows == records[1:]


def test_a_choice_that_says_nobody_and_a_missing_data_code_of_a_field(tmp_path: Path) -> None:
    header = "record_id,email,ask_p1,ask_p2,help___p1,help___p2,help___0,n_complete\n"
    text = header + "1,ana@lincoln.org,,UNK,0,0,1,2\n2,ben@cedar.org,2,,1,0,0,2\n"
    relations = {
        ADVICE: 'columns = "ask_{code}"\ncodes = "actor_id"\nrefused = ["UNK"]',
        HELP: 'columns = "help___{code}"\ncodes = "actor_id"\nanswered = "help___0"',
    }
    tables = tables_of(study(tmp_path / "s", text, "email", relations))
    status = tables.answered.set_index(["relation", "actor_id"])["status"]
    assert status["advice"].to_list()[:2] == ["refused", "answered"]
    assert status["help"].to_list()[:2] == ["answered", "answered"]
    assert tables.answered.set_index(["relation", "actor_id"])["named"]["help"].to_list()[:2] == [0, 1]


EVENTS = ("record_id", "redcap_event_name", "redcap_repeat_instrument", "redcap_repeat_instance", "a", "b")


def unpacked(*rows: tuple[str, ...]) -> list[dict[str, str]]:
    layout = redcap.unpack([(1, EVENTS), *enumerate(rows, 2)])
    return [dict(zip(layout.header, row, strict=True)) for _, row in layout.rows]


def test_repeats_belong_to_record_and_event() -> None:
    rows = unpacked(
        ("1", "x", "", "", "base x", ""), ("1", "x", "i", "1", "", "u"), ("1", "x", "i", "10", "", "v"),
        ("1", "y", "", "", "base y", ""), ("1", "y", "i", "1", "", "w"), ("2", "y", "i", "2", "", "z"),
    )  # fmt: skip
    assert [(row["a"], row["b[1]"], row["b[2]"], row["b[10]"]) for row in rows] == [
        ("base x", "u", "", "v"), ("base y", "w", "", ""), ("", "", "z", ""),
    ]  # fmt: skip
    assert rows[2]["redcap_event_name"] == "y"


def test_an_event_that_repeats_as_a_whole_stays_in_rows() -> None:
    rows = unpacked(("1", "x", "", "1", "p", ""), ("1", "x", "", "2", "q", ""), ("1", "x", "i", "1", "", "u"))
    assert [(row["redcap_repeat_instance"], row["a"], row["b[1]"]) for row in rows] == [
        ("1", "p", ""), ("2", "q", ""), ("", "", "u"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        (["1,,i,1,,u", "1,,i,1,,v"], '"i" has two rows for the record "1", repeat instance "1".'),
        (["1,,,,p,", "1,,i,1,,u", "1,,,,q,"], 'The record "1" stands in row 2 already.'),
    ],
)
def test_repeats_that_cannot_be_told_apart(tmp_path: Path, rows: list[str], problem: str) -> None:
    text = "\n".join([",".join(EVENTS), *rows]) + "\n"
    (found,) = stops_of(study(tmp_path / "s", text, "a", RAW))
    assert problem in found
    assert "take one of the rows out" in found


def test_a_file_that_is_not_one(tmp_path: Path) -> None:
    (problem,) = stops_of(study(tmp_path / "s", "who,a\nP1,x\n", "who", RAW, wave='format = "redcap"'))
    assert problem.startswith("responses.csv, row 1: This is not laid out as REDCap does it: there is no column with")
