"""Shared opportunity in a whole study: which events are looked at, what is tested, and when nothing is said."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

import sna
from sna import opportunity
from sna.columns import opportunity as described
from sna.networks import TwoMode, attendance_network
from sna.opportunity import COLUMNS, chosen_events, compute_opportunity
from sna.rows import Frames
from sna.study import Study
from sna.tables import Tables
from tests.small_study import STUDY, small_study

Read = tuple[Study, Tables, TwoMode | None]


def read(folder: Path) -> Read:
    checked = sna.check_study(folder)
    assert checked.study is not None, [str(problem) for problem in checked.stops]
    assert checked.tables is not None
    tables = checked.tables
    if not len(tables.attendance):
        return checked.study, tables, None
    actors = tuple(dict.fromkeys(tables.actors["actor_id"]))
    return checked.study, tables, attendance_network(tables.events, tables.attendance, actors)


def women(folder: Path, kinds: dict[str, str] | None = None) -> Path:
    """The southern women, whose events are all of a kind that is chosen, unless other kinds are stated."""
    sna.example_study("southern-women", folder)
    head, *rows = (folder / "events.csv").read_text().splitlines()
    stated = [f"{row},{(kinds or {}).get(row.split(',')[0], 'Small group')}" for row in rows]
    (folder / "events.csv").write_text("\n".join([f"{head},kind", *stated, ""]))
    toml = (folder / "study.toml").read_text()
    (folder / "study.toml").write_text(f"{toml}\n[engagement]\n")
    return folder


@pytest.fixture(scope="module")
def davis(tmp_path_factory: pytest.TempPathFactory) -> Read:
    return read(women(tmp_path_factory.mktemp("davis") / "women"))


@pytest.fixture(scope="module")
def found(davis: Read) -> Frames:
    return compute_opportunity(*davis)


def test_southern_women(found: Frames) -> None:
    models = found["shared_opportunity_models"].set_index("model")
    assert models["kept"].to_dict() == {"fdsm": 5, "sdsm": 0, "hypergeometric": 17}
    assert (models["kept_corrected"] == 0).all()
    assert (models[["people", "events", "pairs", "met"]].to_numpy() == [18, 14, 153, 139]).all()
    assert models.loc["fdsm", ["tables", "exact"]].tolist() == [4999, False]
    assert models["reason"].isna().all()
    pairs = found["shared_opportunity"]
    assert len(pairs) == 139
    assert int(pairs["together"].sum()) == 322
    assert pairs["kept_fdsm"].value_counts().to_dict() == {"no": 134, "uncorrected": 5}
    assert (pairs["q_fdsm"] >= pairs["p_fdsm"]).all()


def test_every_column_is_there_and_described(found: Frames) -> None:
    assert {name: tuple(table.columns) for name, table in found.items()} == {k: tuple(v) for k, v in COLUMNS.items()}
    told = {name: tuple(column.name for column in columns) for name, columns in described.TABLES.items()}
    assert told == {name: tuple(columns) for name, columns in COLUMNS.items()}
    never = [c.name for c in described.TABLES["shared_opportunity"] if c.empty == "never"]
    assert found["shared_opportunity"][never].notna().all(axis=None)


def test_the_same_seed_gives_the_same_tables(davis: Read, found: Frames) -> None:
    again = compute_opportunity(*davis)
    for name, table in found.items():
        pd.testing.assert_frame_equal(table, again[name])
    other = compute_opportunity(replace(davis[0], seed=davis[0].seed + 1), *davis[1:])
    assert (other["shared_opportunity"]["p_fdsm"] != found["shared_opportunity"]["p_fdsm"]).any()


def test_required_events_and_those_of_no_stated_kind_are_left_out(tmp_path: Path) -> None:
    kinds = {"E8": "plenary required", "E9": "plenary required", "E7": ""}
    study, tables, two_mode = read(women(tmp_path / "w", kinds))
    assert two_mode is not None
    assert two_mode.events[0] == "E11", "events stand in order of time, not of the list"
    looked_at = chosen_events(study, tables, two_mode)
    assert (int(looked_at.chosen.sum()), looked_at.other, looked_at.unknown) == (11, 2, 1)
    row = compute_opportunity(study, tables, two_mode)["shared_opportunity_models"].iloc[0]
    assert row[["events", "events_other_kind", "events_unknown_kind"]].tolist() == [11, 2, 1]
    assert row["met"] < 139


def test_nothing_without_the_section_and_reasons_without_events(tmp_path: Path) -> None:
    assert compute_opportunity(*read(small_study(tmp_path / "without"))) == {}
    toml = f"{STUDY}\n[engagement]\n"
    said = compute_opportunity(*read(small_study(tmp_path / "kinds", toml=toml)))
    models = said["shared_opportunity_models"]
    assert models["reason"].tolist() == ["not_chosen"] * 3
    assert models["events_unknown_kind"].tolist() == [2] * 3
    assert not len(said["shared_opportunity"])
    nobody = toml.replace('[[attendance]]\nfile = "attendance.csv"\nevents = "events.csv"\n', "")
    said = compute_opportunity(*read(small_study(tmp_path / "nobody", toml=nobody)))
    assert said["shared_opportunity_models"]["reason"].tolist() == ["not_recorded"] * 3


def test_one_person_at_chosen_events_is_no_pair(tmp_path: Path) -> None:
    events = "event_id,date,kind\ne1,2022-01-10,small group\ne2,2022-02-10,small group\n"
    roster = "actor_id,name\nP1,Ana\n"
    toml = (
        '[study]\nname = "s"\nroster = "roster.csv"\n[consent]\ndefault = "full"\n[[waves]]\nid = "w1"\n[engagement]\n'
    )
    toml += '[[attendance]]\nfile = "attendance.csv"\nevents = "events.csv"\n'
    rows = "actor_id,event_id,status\nP1,e1,present\n"
    folder = small_study(tmp_path / "s", toml=toml, events=events, roster=roster, attendance=rows, responses=None)
    models = compute_opportunity(*read(folder))["shared_opportunity_models"]
    assert models["reason"].tolist() == ["too_few_nodes"] * 3
    assert models["kept"].isna().all()


def test_many_people_leave_out_fdsm_and_very_many_everything(davis: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opportunity, "MOST_DRAWN", 17)
    said = compute_opportunity(*davis)
    models = said["shared_opportunity_models"].set_index("model")
    assert models["reason"].fillna("").to_dict() == {"fdsm": "too_large", "sdsm": "", "hypergeometric": ""}
    assert pd.isna(models.loc["fdsm", "kept"])
    pairs = said["shared_opportunity"]
    assert pairs[["expected", "p_fdsm", "q_fdsm", "kept_fdsm"]].isna().all(axis=None)
    assert pairs[["p_sdsm", "p_hypergeometric"]].notna().all(axis=None)
    asked = compute_opportunity(replace(davis[0], exact=True), *davis[1:])
    assert asked["shared_opportunity_models"]["reason"].isna().all()
    monkeypatch.setattr(opportunity, "MOST_PEOPLE", 17)
    said = compute_opportunity(*davis)
    assert said["shared_opportunity_models"]["reason"].tolist() == ["too_large"] * 3
    assert not len(said["shared_opportunity"])


def test_who_could_not_come_does_not_count(davis: Read) -> None:
    """Evelyn is a member from September on: of her pairs only later events count, for all models."""
    study, tables, two_mode = davis
    assert two_mode is not None
    eligible = two_mode.eligible.copy()
    eligible[0, :-2] = False
    said = compute_opportunity(study, tables, replace(two_mode, eligible=eligible))["shared_opportunity"]
    hers = said[said["actor_id"] == two_mode.actors[0]]
    assert (hers["events"] == 2).all()
    assert (hers["together"] <= 2).all()
    assert (said.loc[said["actor_id"] != two_mode.actors[0], "events"] == 14).all()
