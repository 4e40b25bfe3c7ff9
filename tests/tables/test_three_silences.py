"""An empty cell, an empty row and no row are three different things, and what differs is in the tables.

docs/data-model.md: `no_response` (no row), `skipped` (a row, and nothing in this question), an unknown cell.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import sna
from sna.results import Results
from tests.small_study import ROSTER, changed, small_study

# One question of each kind; in the last two an empty cell cannot stay unsaid.
QUESTIONS = """
[study]
name = "Small"
roster = "roster.csv"
groups = ["role", "school"]
audience = "researcher"
response_gate = false
[consent]
column = "consent"
[[waves]]
id = "w1"
responses = "responses.csv"
[[relations]]
id = "advice"
form = "roster"
columns = "advice_{actor_id}"
scale = { 0 = "never", 1 = "sometimes", 2 = "often" }
[[relations]]
id = "visits"
form = "roster"
columns = "visits_{actor_id}"
[[relations]]
id = "help"
form = "names"
columns = "help_name{n}"
[[relations]]
id = "sees"
form = "roster"
columns = "sees_{actor_id}"
blank = "absent"
[[relations]]
id = "trust"
form = "ties"
file = "trust.csv"
respondents = "responses"
"""
HEADING = (
    "actor_id,advice_P1,advice_P2,advice_P3,advice_P4,visits_P1,visits_P2,visits_P3,visits_P4,help_name1,help_name2,"
    "sees_P1,sees_P2,sees_P3,sees_P4\n"
)
OTHERS = (
    "P2,2,,0,1,x,,,x,Ana Lopez,Chen Wei,x,,,\n"
    "P3,0,1,,2,,x,,,nobody,,,x,,\n"
    "P4,1,1,1,,x,,x,,Jon Smith,,,,x,\n"
)  # fmt: skip
FULL = "P1,,2,0,1,,x,,x,Jon Smith,Dana Novak,,x,,x\n"
# What P1 may do, and their status in each question: answered, skipped, no response.
SILENCES = {
    "answers": (FULL, "aaaaa"),
    "no row": ("", "nnnnn"),
    "row with the id alone": ("P1" + "," * 14 + "\n", "sssaa"),
    "advice empty": (changed(FULL, ",2,0,1,", ",,,,"), "saaaa"),
    "visits empty": (changed(FULL, "1,,x,,x", "1,,,,"), "asaaa"),
    "help empty": (changed(FULL, "Jon Smith,Dana Novak", ","), "aasaa"),
    "sees empty": (changed(FULL, "Novak,,x,,x", "Novak,,,,"), "aaaaa"),
    "one cell of each empty": ("P1,,2,0,,,x,,,Jon Smith,,,x,,\n", "aaaaa"),
}
STATUS = {"a": "answered", "s": "skipped", "n": "no_response"}
ASKED = ("advice", "visits", "help", "sees", "trust")


def of(table: pd.DataFrame, relation: str) -> pd.DataFrame:
    return table[table["relation"] == relation]


def with_first(folder: Path, row: str) -> Results:
    """The small study with this row of P1."""
    return sna.measure_study(
        small_study(
            folder,
            toml=QUESTIONS,
            roster=ROSTER.replace("Cedar,\n", "Cedar,full\n"),
            responses=HEADING + row + OTHERS,
            trust="ego_id,alter_id,strength\nP2,P1,1\n",
        )
    )


@pytest.mark.parametrize("silence", SILENCES)
def test_status_and_figures_of_each_silence(tmp_path: Path, silence: str) -> None:
    row, statuses = SILENCES[silence]
    results = with_first(tmp_path / "s", row)
    for relation, letter in zip(ASKED, statuses, strict=True):
        status = STATUS[letter]
        (mine,) = of(results.tables.answered, relation).query("actor_id == 'P1'").to_dict("records")
        assert mine["status"] == status, relation
        assert pd.isna(mine["named"]) == (status != "answered")
        network = results.networks["w1", relation]
        states = {network.state("P1", alter) for alter in ("P2", "P3", "P4")}
        assert (states == {"unknown"}) == (status != "answered")
        (block,) = of(results.response, relation).to_dict("records")
        answered = 3 + (status == "answered")
        assert (block["people"], block["asked"], block["respondents"], block["rate"]) == (4, 4, answered, answered / 4)
        assert set(of(results.gate, relation)["coverage"]) == {answered / 4}


def test_one_empty_cell_is_unknown_on_a_scale_and_a_no_elsewhere(tmp_path: Path) -> None:
    full = with_first(tmp_path / "full", FULL)
    some = with_first(tmp_path / "some", SILENCES["one cell of each empty"][0])
    states = {relation: some.networks["w1", relation].state("P1", "P4") for relation in ASKED[:4]}
    assert states == {"advice": "unknown", "visits": "absent", "help": "absent", "sees": "absent"}
    assert {full.networks["w1", relation].state("P1", "P4") for relation in ASKED[:4]} == {"present"}
    unknown = some.tables.answered.query("actor_id == 'P1'").set_index("relation")["cells_unknown"]
    assert unknown.to_dict() == {"advice": 1, "visits": 0, "help": 0, "sees": 0, "trust": 0}
    blocks = full.response.set_index("relation"), some.response.set_index("relation")
    observed = [block.loc[["advice", "visits", "help", "sees"], "cells_observed"].tolist() for block in blocks]
    assert observed == [[1, 1, 1, 1], [pytest.approx(11 / 12), 1, 1, 1]]
    assert (blocks[0]["rate"] == blocks[1]["rate"]).all(), "who leaves a cell empty has answered"
    pd.testing.assert_frame_equal(full.gate, some.gate)


def test_no_row_and_a_row_with_the_id_alone(tmp_path: Path) -> None:
    """They differ in the word alone, but where empty says no: with `blank = "absent"` and in lists of ties."""
    absent = with_first(tmp_path / "absent", "")
    alone = with_first(tmp_path / "alone", SILENCES["row with the id alone"][0])
    apart = ["sees", "trust"]

    def part(table: pd.DataFrame, of_those: bool) -> pd.DataFrame:
        return table[table["relation"].isin(apart) == of_those].reset_index(drop=True)

    for name in ("response", "response_by_group", "gate", "network_metrics", "actor_metrics", "undefined"):
        pd.testing.assert_frame_equal(part(getattr(absent, name), False), part(getattr(alone, name), False))
    both = [part(results.tables.answered, False).query("actor_id == 'P1'")["status"] for results in (absent, alone)]
    assert [set(status) for status in both] == [{"no_response"}, {"skipped"}]
    assert part(absent.response, True)["respondents"].tolist() == [3, 3]
    assert part(alone.response, True)["respondents"].tolist() == [4, 4]
    for relation in apart:
        assert alone.networks["w1", relation].state("P1", "P2") == "absent"
        assert absent.networks["w1", relation].state("P1", "P2") == "unknown"
        density_of = [
            of(results.network_metrics, relation).set_index("measure").loc["density", "value"]
            for results in (absent, alone)
        ]
        assert density_of[0] > density_of[1], "a row of blanks thins the network"
    accounts = [results.tables.accounting.set_index("file").loc["responses.csv"] for results in (absent, alone)]
    assert [(a["rows"], a["cells"]) for a in accounts] == [(3, 45), (4, 60)]
    # Of 15 more cells the id is used, and so are three empty ones of `sees`; three are about P1 themselves.
    assert accounts[1]["used"] - accounts[0]["used"] == 1 + 3
    assert accounts[1]["unknown"] - accounts[0]["unknown"] == 3 + 3 + 2
    assert accounts[1]["out_of_scope"] - accounts[0]["out_of_scope"] == 3


def test_what_check_counts(tmp_path: Path) -> None:
    """`sna check` shows people, asked, answered and the rate: a silent and a skipping person are the same in it."""
    seen = {}
    for silence, (row, _) in SILENCES.items():
        with_first(tmp_path / silence, row)
        checked = sna.check_study(tmp_path / silence)
        assert checked.stops == ()
        assert checked.response is not None
        seen[silence] = checked.response.set_index("relation")["respondents"].to_dict()
    assert seen["answers"] == seen["one cell of each empty"] == seen["sees empty"] == dict.fromkeys(ASKED, 4)
    assert seen["no row"] == dict.fromkeys(ASKED, 3)
    assert seen["row with the id alone"] == {"advice": 3, "visits": 3, "help": 3, "sees": 4, "trust": 4}
    for relation in ("advice", "visits", "help"):
        assert seen[f"{relation} empty"] == {**dict.fromkeys(ASKED, 4), relation: 3}


def test_a_row_without_anything_is_no_row(tmp_path: Path) -> None:
    nothing = with_first(tmp_path / "s", "," * 14 + "\n")
    absent = with_first(tmp_path / "t", "")
    pd.testing.assert_frame_equal(nothing.tables.answered, absent.tables.answered)
    assert nothing.tables.files["responses.csv"] == 3
    folder = small_study(tmp_path / "u", toml=QUESTIONS, trust="ego_id,alter_id\nP2,P1\n")
    (folder / "responses.csv").write_text(HEADING + changed(FULL, "P1,", ",") + OTHERS)
    assert [(p.row, p.column) for p in sna.check_study(folder).stops] == [(2, "actor_id")], "answers of nobody"


@pytest.mark.parametrize(
    ("blank", "relation", "one_empty", "all_empty"),
    [
        ("unknown", "visits", "unknown", "skipped"),
        ("unticked", "visits", "absent", "skipped"),
        ("absent", "visits", "absent", "answered"),
        ("unticked", "help", "absent", "skipped"),
        ("absent", "help", "absent", "answered"),
    ],
)
def test_what_blank_declares(tmp_path: Path, blank: str, relation: str, one_empty: str, all_empty: str) -> None:
    """Roster against names: an empty cell of a roster is about somebody; an unused line for a name is about nobody."""
    toml = changed(QUESTIONS, f'id = "{relation}"\n', f'id = "{relation}"\nblank = "{blank}"\n')
    rows = {"one": SILENCES["one cell of each empty"][0], "all": SILENCES[f"{relation} empty"][0]}
    results = {}
    for name, row in rows.items():
        with_first(tmp_path / name, row)
        (tmp_path / name / "study.toml").write_text(toml)
        results[name] = sna.measure_study(tmp_path / name)
    assert results["one"].networks["w1", relation].state("P1", "P4") == one_empty
    (status,) = of(results["all"].tables.answered, relation).query("actor_id == 'P1'")["status"]
    assert status == all_empty
