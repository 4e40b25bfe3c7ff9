"""Every column of every table is described once, in the words of the data model and of the catalogue of measures."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pandas as pd
import pytest

import sna
from sna.columns import (
    HEADINGS,
    TABLES,
    brokers,
    compared,
    conversations,
    describe,
    engagement,
    expertise,
    facilitation,
    grouping,
    opportunity,
    read,
    support,
)
from sna.metrics.brokerage import ROLES
from sna.metrics.catalogue import ACTOR, NETWORK, TIE, measure
from sna.pipeline import output_files
from sna.privacy.build import release
from tests.small_study import ROSTER, small_study

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "data-model.md").read_text(encoding="utf-8")
SECTIONS = re.findall(r"^### (\w+): (.*?)(?=^### |^## )", PAGE, re.MULTILINE | re.DOTALL)
RESULTS = re.findall(r"^\| `(\w+)\.csv` \| (.*?) \| (.*) \|$", PAGE, re.MULTILINE)
# What the page names beside columns: values, other tables and keys of study.toml.
NO_COLUMNS = {"suppress_below", "actor_metrics", "tie_metrics", "003", "300", "communities", "core", "coreness"}


READ = {**read.TABLES, **engagement.READ, **grouping.READ}
# Section of study.toml → the tables that are there with it alone.
ASKED = {
    "expertise": expertise.TABLES,
    "brokerage": brokers.TABLES,
    "support": support.TABLES,
    "facilitation": facilitation.TABLES,
    "engagement": {**engagement.TABLES, **opportunity.TABLES},
    "grouping": grouping.TABLES,
    "communities": compared.TABLES,
    "conversations": conversations.TABLES,
    "activities": {"activities": ()},
    "homework": {"homework": ()},
}


@pytest.fixture(scope="module", params=["il-cop", "pplc", "support-web"])
def results(request: pytest.FixtureRequest) -> sna.Results:
    return sna.measure_study(ROOT / "surveys" / str(request.param))


def rows(files: dict[str, str], name: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(files[f"tables/{name}.csv"], newline="")))


def plain(words: str) -> str:
    return words.replace("`", "").strip()


@pytest.mark.parametrize("table", [name for name, _ in SECTIONS])
def test_the_data_model_and_the_descriptions_name_the_same_columns(table: str) -> None:
    part = dict(SECTIONS)[table]
    lines = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in part.splitlines() if line.startswith("|")
    ]
    if table == "contacts":
        promised = re.findall(r"`(\w+)`", part)
    else:
        promised = [name for cells in lines for name in re.findall(r"^`.*`$", cells[0])]
        promised = [name for names in promised for name in re.findall(r"`(\w+)`", names)]
    assert promised == [column.name for column in READ[table]]


@pytest.mark.parametrize("table", ["actors", "ties", "answered", "events", "attendance", "outside"])
def test_the_data_model_and_the_descriptions_say_the_same_of_empty_cells(table: str) -> None:
    found = {column.name: column.empty for column in READ[table]}
    compared = 0
    for line in dict(SECTIONS)[table].splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| `"):
            for name in re.findall(r"`(\w+)`", cells[0]):
                assert found[name] == plain(cells[-1]), name
                compared += 1
    assert compared == len(found)


def test_the_data_model_lists_the_tables_that_are_described() -> None:
    assert {name for name, _ in SECTIONS} == set(READ)
    assert {name for name, _, _ in RESULTS} == {*(set(TABLES) - set(READ)), "columns"}


@pytest.mark.parametrize(("table", "what"), [(name, what) for name, _, what in RESULTS if name != "columns"])
def test_every_column_the_data_model_names_among_results_is_described(table: str, what: str) -> None:
    named = set(re.findall(r"`(\w+)`", what)) - NO_COLUMNS
    assert named <= {column.name for column in TABLES[table]}, table


@pytest.mark.parametrize("audience", ["researcher", "manager"])
def test_columns_csv_has_exactly_the_columns_of_the_folder(results: sna.Results, audience: str) -> None:
    files = output_files(release(results, audience, {}), 1)
    heading, *told = rows(files, "columns")
    assert tuple(heading) == HEADINGS
    names = [name.removeprefix("tables/").removesuffix(".csv") for name in files if name.startswith("tables/")]
    there = [(name, column) for name in names if name != "columns" for column in rows(files, name)[0]]
    assert [(row[0], row[1]) for row in told] == there
    assert len(set(there)) == len(there) > 30
    for row in told:
        words = dict(zip(heading, row, strict=True))
        assert words["meaning"], (row[0], row[1])
        assert words["unit"], (row[0], row[1])
        assert words["empty_means"], (row[0], row[1])


def test_the_public_gets_no_descriptions_of_tables_it_does_not_get(results: sna.Results) -> None:
    assert not [name for name in output_files(release(results, "public", {}), 1) if name.startswith("tables/")]


def test_no_description_is_of_a_column_that_no_run_writes(results: sna.Results) -> None:
    tables = release(results, "researcher", {}).tables
    study = results.study
    left_out = {name for section, held in ASKED.items() if not getattr(study, section) for name in held}
    left_out |= set() if study.grouping and study.grouping.apart else {"apart"}
    assert set(tables) - {"columns"} == set(TABLES) - left_out
    for name in set(tables) - {"columns"}:
        assert {column.name for column in TABLES[name]} <= set(tables[name].columns), name


def test_a_column_that_is_never_empty_is_never_empty(results: sna.Results) -> None:
    tables = release(results, "researcher", {}).tables
    looked_at = 0
    for row in tables["columns"].to_dict("records"):
        if str(row["empty_means"]).startswith("never"):
            assert not tables[row["table"]][row["column"]].isna().any(), (row["table"], row["column"])
            looked_at += 1
    assert looked_at > 80


def test_measures_are_told_in_the_words_of_the_catalogue(results: sna.Results) -> None:
    told = release(results, "researcher", {}).tables["columns"].set_index(["table", "column"])
    groups = results.study.groups
    expected = {("thresholds", name): measure(name) for name in ("ties", "density", "reciprocity", "transitivity")}
    expected |= {("brokerage", role): measure(role) for role in ROLES}
    expected |= {("actor_metrics", m.name): m for m in ACTOR if not m.by_group}
    expected |= {("tie_metrics", m.name): m for m in TIE if not m.by_group}
    for key, entry in expected.items():
        row = told.loc[key]
        words = (entry.label, entry.plain, entry.unit, entry.direction, entry.strength, entry.unknown)
        assert tuple(row[["label", "meaning", "unit", "direction", "strength", "unknown"]]) == words, key
    short = {"ego_ei": "ei", "same_group": "same"}
    for entry in (m for m in (*ACTOR, *TIE) if m.by_group):
        for group in groups:
            row = told.loc[f"{entry.level}_metrics", f"{short.get(entry.name, entry.name)}_{group}"]
            assert row["label"] == f"{entry.label} ({group})"
            assert row["meaning"].startswith(entry.plain)
            assert row["direction"] == entry.direction
    for role in ROLES:
        for suffix in ("_expected", "_sd", "_z"):
            row = told.loc["brokerage", role + suffix]
            assert row["label"].startswith(measure(role).label)
            assert row["direction"] == measure(role).direction
    labelled = told[told["label"].notna()]
    assert set(labelled.index.get_level_values(0)) == {"actor_metrics", "tie_metrics", "brokerage", "thresholds"}


def test_network_measures_name_their_measure(results: sna.Results) -> None:
    assert set(results.network_metrics["measure"]) <= {m.name for m in NETWORK} | set(ROLES)


def test_a_manager_is_not_told_of_roster_columns(results: sna.Results) -> None:
    page = output_files(release(results, "manager", {}), 1)["tables/columns.csv"]
    for name in results.tables.actors.columns:
        if name not in {"wave", "asked", "unit"}:
            assert f",{name}," not in page


def test_columns_of_the_studys_own_are_described(tmp_path: Path) -> None:
    roster = "\n".join(f"{line},{'=secret' if i == 0 else 'x'}" for i, line in enumerate(ROSTER.strip().splitlines()))
    folder = small_study(tmp_path / "s", roster=roster + "\n")
    made = sna.measure_study(folder)
    files = output_files(release(made, "researcher", {}), 1)
    assert rows(files, "actors")[0][-1] == "'=secret", "a heading is text, too"
    told = {(row[0], row[1]): row[3] for row in rows(files, "columns")[1:]}
    assert told["actors", "'=secret"] == "A column of the roster, as typed, trimmed."
    assert "secret" not in output_files(release(made, "manager", {}), 1)["tables/columns.csv"]


def test_follow_up_columns_are_described() -> None:
    told = describe({"ties": pd.DataFrame(columns=["wave", "my question"])}, [])
    assert told.loc[1, ["column", "meaning"]].tolist() == [
        "my question",
        "A follow-up question about the tie, as typed.",
    ]
