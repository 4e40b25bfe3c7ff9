"""A study of more people than are measured exactly in a minute: estimates with their error, reasons, exact on request.

The limit is lowered, so that a hundred people are very many.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

import sna
from sna import results as results_module
from sna.cli import app
from sna.export.csv_tables import csv_text
from sna.metrics.catalogue import ACTOR, CATALOGUE, NETWORK, measure
from sna.metrics.compute import actor_table, estimates, network_table, sampled_table, tie_table
from sna.metrics.measure import LARGE
from sna.metrics.sampled import DRAWN_FOR_PASSING, DRAWN_FOR_STEPS
from sna.privacy import build
from sna.results import Results
from sna.structure import MOST_VALUES, SETS
from tests.metrics.test_sampled import crowd, long_ways
from tests.small_study import small_study

PEOPLE = 240
SAMPLED = [entry.name for entry in CATALOGUE if entry.sampled]
LEFT_OUT = [entry.name for entry in CATALOGUE if entry.too_large]
STUDY = """[study]
name = "Many"
roster = "roster.csv"
groups = ["school", "desk"]
audience = "researcher"
[[waves]]
id = "w1"
[[relations]]
id = "advice"
form = "ties"
file = "ties.csv"
respondents = "everyone"
"""


def large_study(folder: Path, more: str = "") -> Path:
    """A ring in which everybody names the next three; P0 and P1 were not asked."""
    folder.mkdir()
    network = long_ways(PEOPLE, 1)
    # More desks than have all their pairs listed.
    rows = [f"P{i},{'no' if i < 2 else 'yes'},S{i // 20},D{i}" for i in range(PEOPLE)]
    (folder / "roster.csv").write_text("actor_id,asked,school,desk\n" + "\n".join(rows) + "\n", encoding="utf-8")
    ties = [f"{network.actors[i]},{network.actors[j]}" for i, j, _ in network.ties() if i >= 2]
    (folder / "ties.csv").write_text("ego_id,alter_id\n" + "\n".join(ties) + "\n", encoding="utf-8")
    (folder / "study.toml").write_text(STUDY.replace("groups", f"{more}\ngroups"), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return large_study(tmp_path_factory.mktemp("large") / "study")


@pytest.fixture(autouse=True, scope="module")
def _without_long_searches() -> Iterator[None]:
    """Sets of people and cores are not what is looked at here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sna.structure.SETS", SETS[:1])
        patch.setattr("sna.structure.MOST_PEOPLE", 0)
        patch.setattr("sna.structure.STARTS", 2)
        yield


def lowered(patch: pytest.MonkeyPatch) -> None:
    patch.setattr("sna.results.LARGE", PEOPLE - 1)
    patch.setattr("sna.structure.LARGE", PEOPLE - 1)
    patch.setattr("sna.structure.MOST_VALUES", PEOPLE - 1)


@pytest.fixture(scope="module")
def large(folder: Path) -> Results:
    with pytest.MonkeyPatch.context() as patch:
        lowered(patch)
        return sna.measure_study(folder)


@pytest.fixture(scope="module")
def exact(folder: Path) -> Results:
    return sna.measure_study(folder)


def test_what_is_estimated_is_said_with_its_error(large: Results, exact: Results) -> None:
    table = large.sampled.set_index("measure")
    # Somebody did not answer, so not everybody reaches everybody: closeness is undefined and not estimated.
    assert set(table.index) == set(SAMPLED) - {"closeness_in", "closeness_out"}
    assert (table["people"] == PEOPLE).all()
    assert table.loc["betweenness", "draws"] == DRAWN_FOR_PASSING
    # There are fewer people than are drawn for steps.
    assert table.loc["harmonic_in", ["draws", "error"]].tolist() == [PEOPLE, 0.0]
    assert DRAWN_FOR_STEPS > PEOPLE
    assert table.loc["betweenness", "error"] > 0
    whole = {name: dict(zip(r["measure"], r["value"], strict=True)) for name, r in _whole(large, exact).items()}
    for name, error in table["error"].items():
        if measure(str(name)).level == "actor":
            gap = (large.actor_metrics[name] - exact.actor_metrics[name]).abs()
            assert gap.isna().equals(exact.actor_metrics[name].isna())
            assert gap.max() <= error + 1e-9
        else:
            assert abs(whole["large"][name] - whole["exact"][name]) <= error + 1e-9
    assert (large.actor_metrics["betweenness"] != exact.actor_metrics["betweenness"]).any()


def _whole(large: Results, exact: Results) -> dict[str, pd.DataFrame]:
    return {"large": large.network_metrics, "exact": exact.network_metrics}


def test_what_takes_too_long_has_its_reason_and_nothing_vanishes(large: Results, exact: Results) -> None:
    why = large.undefined.set_index(["measure", "actor_id"])["reason"]
    for name in LEFT_OUT:
        level = measure(name).level
        if level == "network":
            row = large.network_metrics.set_index("measure").loc[name]
            assert (np.isnan(row["value"]), row["reason"]) == (True, "too_large")
            continue
        values = large.actor_metrics[name] if level == "actor" else large.tie_metrics[name]
        assert values.isna().all()
        # Somebody who did not answer would have no value anyway.
        assert set(why.loc[name]) == ({"too_large", "unanswered"} if level == "actor" else {"too_large"})
    assert why["betweenness_strength", "P0"] == "unanswered"
    for table, names in ((large.actor_metrics, ["actor_id"]), (large.tie_metrics, ["ego_id", "alter_id"])):
        missing = int(table.drop(columns=["wave", "relation", *names]).isna().sum().sum())
        tied = large.undefined["alter_id"].notna()
        assert missing == int(tied.sum() if len(names) == 2 else (~tied).sum())
    divisions = large.structure.divisions.set_index("division")
    assert divisions.loc["coreness", "reason"] == "too_large"
    assert large.structure.memberships["coreness"].isna().all()
    assert len(large.structure.memberships) == PEOPLE


def test_everything_else_is_as_exact_as_ever(large: Results, exact: Results) -> None:
    apart = {*SAMPLED, *LEFT_OUT}
    for one, other in ((large.actor_metrics, exact.actor_metrics), (large.tie_metrics, exact.tie_metrics)):
        same = [name for name in one.columns if name not in apart]
        pd.testing.assert_frame_equal(one[same], other[same])
    kept = ~large.network_metrics["measure"].isin(apart)
    pd.testing.assert_frame_equal(large.network_metrics[kept], exact.network_metrics[kept])
    for name in ("triads", "homophily", "overlap", "thresholds", "key_people"):
        pd.testing.assert_frame_equal(large.structure.tables()[name], exact.structure.tables()[name])
    assert set(exact.structure.mixing["group"]) == {"school", "desk"}
    assert set(large.structure.mixing["group"]) == {"school"}
    assert PEOPLE < MOST_VALUES


def test_exact_on_request_by_every_door(exact: Results, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lowered(monkeypatch)
    study = large_study(tmp_path / "declared", "exact = true")
    declared, asked = sna.measure_study(study), sna.measure_study(large_study(tmp_path / "plain"), exact=True)
    for results in (declared, asked):
        assert results.not_exact == ()
        assert not len(results.sampled)
        assert list(results.sampled.columns) == ["wave", "relation", "measure", "draws", "people", "error"]
        pd.testing.assert_frame_equal(results.actor_metrics, exact.actor_metrics)
        pd.testing.assert_frame_equal(results.tie_metrics, exact.tie_metrics)
        pd.testing.assert_frame_equal(results.network_metrics, exact.network_metrics)
        pd.testing.assert_frame_equal(results.structure.divisions, exact.structure.divisions)


def test_a_run_says_what_it_estimates(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lowered(monkeypatch)
    done = CliRunner().invoke(app, ["run", str(folder), "--out", str(tmp_path / "out")])
    assert done.stdout.splitlines() == [str(tmp_path / "out" / "index.html")]
    (said,) = done.stderr.splitlines()
    assert said.startswith(f"advice, w1: {PEOPLE} people: estimated are betweenness ±")
    bounds = pd.read_csv(tmp_path / "out" / "tables" / "sampled.csv").set_index("measure")["error"]
    assert (
        f"betweenness_normalised ±{bounds['betweenness_normalised']:.2g} from 200 drawn people; harmonic_in ±" in said
    )
    assert "left out are betweenness_strength" in said
    assert said.endswith("coreness, mixing by desk; --exact computes them all")
    found = json.loads((tmp_path / "out" / "provenance.json").read_text(encoding="utf-8"))["parameters"]
    assert found["exact"] is False
    assert found["estimated"]["advice, w1"][:2] == ["betweenness", "betweenness_normalised"]
    done = CliRunner().invoke(app, ["run", str(folder), "--out", str(tmp_path / "out"), "--exact"])
    assert done.stderr == ""
    found = json.loads((tmp_path / "out" / "provenance.json").read_text(encoding="utf-8"))["parameters"]
    assert (found["exact"], found["estimated"]) == (True, {})
    assert (tmp_path / "out" / "tables" / "sampled.csv").read_text() == "wave,relation,measure,draws,people,error\n"


def test_the_seed_decides_who_is_drawn(folder: Path, large: Results, monkeypatch: pytest.MonkeyPatch) -> None:
    lowered(monkeypatch)
    again, other = sna.measure_study(folder), sna.measure_study(folder, seed=2)
    assert csv_text(again.actor_metrics) == csv_text(large.actor_metrics)
    assert csv_text(again.sampled) == csv_text(large.sampled)
    assert (other.actor_metrics["betweenness"] != large.actor_metrics["betweenness"]).any()


def test_what_the_gate_withholds_is_not_called_an_estimate(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lowered(monkeypatch)
    study = large_study(tmp_path / "silent")
    rows = (study / "roster.csv").read_text(encoding="utf-8").splitlines()
    half = [row.replace(",yes,", ",no,") if i % 2 else row for i, row in enumerate(rows)]
    (study / "roster.csv").write_text("\n".join(half) + "\n", encoding="utf-8")
    asked = {row.split(",")[0] for row in half if ",yes," in row}
    ties = (study / "ties.csv").read_text(encoding="utf-8").splitlines()
    (study / "ties.csv").write_text(
        "\n".join([ties[0], *(tie for tie in ties[1:] if tie.split(",")[0] in asked)]) + "\n", encoding="utf-8"
    )
    results = sna.measure_study(study)
    assert results.verdict("w1", "advice", "path") == "withheld"
    assert not len(results.sampled)
    assert set(results.undefined.set_index("measure").loc["betweenness", "reason"]) == {"nonresponse"}
    assert "estimated are" not in results.not_exact[0]


def test_a_small_study_is_computed_as_ever(exact: Results) -> None:
    assert LARGE > PEOPLE
    assert exact.not_exact == ()
    assert not exact.undefined["reason"].eq("too_large").any()
    assert not exact.network_metrics["reason"].eq("too_large").any()


def test_estimates_with_everybody_drawn_fill_the_tables_with_exact_numbers() -> None:
    network = crowd(150, 500, 1)
    estimated = estimates(network, np.random.default_rng(1))
    (actors, _), (exact, _) = actor_table(network, (), estimated), actor_table(network)
    names = [entry.name for entry in ACTOR if entry.sampled]
    np.testing.assert_allclose(actors[names], exact[names], rtol=1e-9, atol=1e-9)
    whole, true = (
        table.set_index("measure")["value"] for table in (network_table(network, (), estimated), network_table(network))
    )
    names = [entry.name for entry in NETWORK if entry.sampled]
    np.testing.assert_allclose(whole[names], true[names], rtol=1e-9)
    assert (sampled_table(network, estimated)["error"] == 0).all()


@pytest.mark.parametrize("answered", [[], ["P0"]])
def test_reasons_of_networks_in_which_hardly_anybody_answered(answered: list[str]) -> None:
    network = crowd(30, 0, 1)
    network = replace(network, answered=np.isin(network.actors, answered), asked=np.ones(30, dtype=bool))
    estimated = estimates(network, np.random.default_rng(1))
    (actors, why), (ties, _) = actor_table(network, (), estimated), tie_table(network, (), (), estimated)
    assert int(actors.isna().sum().sum()) == len(why)
    assert not len(ties)
    found = why.set_index(["measure", "actor_id"])["reason"]
    assert found["everett_valente", "P1"] == ("unanswered" if answered else "nonresponse")
    if answered:
        assert found["everett_valente", "P0"] == "too_large"
    whole = network_table(network, (), estimated).set_index("measure")["reason"]
    assert whole["diameter"] == ("no_ties" if answered else "nonresponse")


def test_the_limit_that_people_read_is_the_limit() -> None:
    root = Path(__file__).resolve().parent.parent
    for page in ("sna/cli.py", "docs/data-model.md", "docs/methods.md", "docs/decisions/0002-what-computes-what.md"):
        assert f"{LARGE:,} people" in (root / page).read_text(encoding="utf-8"), page
    model = (root / "docs" / "data-model.md").read_text(encoding="utf-8")
    for entry in CATALOGUE:
        if entry.sampled or entry.too_large:
            assert f"`{entry.name}`" in model.split("### Very large networks")[1].split("\n## ")[0], entry.name
    for number in (DRAWN_FOR_PASSING, DRAWN_FOR_STEPS, MOST_VALUES):
        assert f"{number:,} " in model


def test_networks_of_too_many_people_are_listed_and_not_drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "MOST_DRAWN", 100)
    page = sna.run_study(large_study(tmp_path / "many"), tmp_path / "out")
    assert not list((tmp_path / "out").glob("networks/*"))
    text = page.read_text(encoding="utf-8")
    assert "Too many people to draw: see the tables." in text
    assert "not asked" not in text
    assert (tmp_path / "out" / "tables" / "ties.csv").read_text(encoding="utf-8").count("\n") > PEOPLE
    public = sna.run_study(tmp_path / "many", tmp_path / "public", audience="public")
    assert "Too many people to draw" not in public.read_text(encoding="utf-8")


def test_pairs_of_too_many_people_at_events_are_not_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    full = sna.measure_study(small_study(tmp_path / "s"))
    assert len(full.co_attendance) == 1
    monkeypatch.setattr(results_module, "MOST_TOGETHER", 2)
    found = sna.measure_study(tmp_path / "s")
    assert list(found.co_attendance.columns) == list(full.co_attendance.columns)
    assert not len(found.co_attendance)
    assert found.not_exact == ("co_attendance.csv: no rows, because more than 2 people came to events",)
