"""Expertise in a whole study: the planted communities of the example, what is withheld, and what study.toml may say."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import sna
from sna import expertise
from sna.expertise import COLUMNS, communities, compute_expertise
from sna.networks import Network, build_networks
from sna.privacy.build import release
from sna.render.pages import render_pages
from sna.results import Results
from tests.expert_study import expert_study
from tests.small_study import STUDY, small_study

PLANTED = {
    "E1": "by task",
    "M1": "by task",
    "E2": "fixed few",
    "H2": "fixed few",
    "M2": "partly fixed",
    "H1": "partly fixed",
}


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    return sna.measure_study(expert_study(tmp_path_factory.mktemp("expertise") / "pplc"))


def test_the_planted_communities_are_told_apart(results: Results) -> None:
    table = results.expertise.fixity
    assert table["nominees"].unique().tolist() == ["principal", "everyone"]
    for name, label in PLANTED.items():
        assert table.loc[table["community"] == f"PPLC {name}", "label"].tolist() == [label, label], name
    assert not table["enough"].any(), "two or three names each are too few for a verdict"
    assert np.allclose(table["within"], table["pooled"] + table["between"])


def test_tables_hold_together(results: Results) -> None:
    found = results.expertise
    assert {name: list(table.columns) for name, table in found.tables().items()} == {
        name: list(columns) for name, columns in COLUMNS.items()
    }
    everyone = found.experts[found.experts["nominees"] == "everyone"]
    named = everyone.groupby(["community", "relation"])["named_by"].sum()
    rows = found.concentration[
        (found.concentration["nominees"] == "everyone") & found.concentration["relation"].notna()
    ]
    told = rows[rows["measure"] == "gini"].set_index(["community", "relation"])["nominations"]
    pd.testing.assert_series_equal(named.sort_index(), told.sort_index(), check_names=False)
    # Names given to people outside the own community do not count.
    asked = results.tables.ties
    assert int(named.sum()) <= int((asked["relation"].str.startswith("expert_") & (asked["state"] == "present")).sum())
    ends = found.lorenz.groupby(["community", "nominees", found.lorenz["relation"].fillna("")])["share"].agg(
        ["min", "max"]
    )
    assert (ends["min"] == 0).all()
    assert np.allclose(ends["max"], 1)


def test_the_same_seed_gives_the_same_tables_and_one_community_does_not_change_another(results: Results) -> None:
    study = results.study
    assert study.expertise is not None
    few = replace(study, expertise=replace(study.expertise, draws=99))
    once, again = (compute_expertise(few, results.networks) for _ in range(2))
    pd.testing.assert_frame_equal(once.fixity, again.fixity)
    pd.testing.assert_frame_equal(once.concentration, again.concentration)
    alone = {
        key: network.among([a for a in network.actors if a.startswith("M1")])
        for key, network in results.networks.items()
    }
    mine = compute_expertise(few, alone).fixity
    theirs = once.fixity[once.fixity["community"] == "PPLC M1"].reset_index(drop=True)
    pd.testing.assert_frame_equal(mine, theirs)


def test_too_few_answers_are_withheld(results: Results) -> None:
    study = results.study
    assert study.expertise is not None
    few = replace(study, expertise=replace(study.expertise, draws=99))
    said: dict[tuple[str, str], Network] = {}
    for key, network in results.networks.items():
        silent = {actor for actor in network.actors if actor.startswith("E2") and actor[-1] in "13579"}
        people, answered = network.actors, {a for a, yes in zip(network.actors, network.answered, strict=True) if yes}
        ties = [(people[i], people[j]) for i, j, _ in network.ties() if people[i] not in silent]
        said[key] = Network.from_ties(
            people,
            ties,
            answered=sorted(answered - silent),
            attributes=network.attributes,
            relation=key[1],
            wave=key[0],
        )
    found = compute_expertise(few, said)
    mine = found.fixity[found.fixity["community"] == "PPLC E2"]
    assert mine["reason"].tolist() == ["nonresponse"] * 2
    assert mine[["phi", "within", "p_fixed"]].isna().all(axis=None)
    values = found.concentration[found.concentration["community"] == "PPLC E2"]
    assert values["value"].isna().all()
    assert (values["verdict"] == "withheld").all()
    assert not (found.lorenz["community"] == "PPLC E2").any()
    assert found.fixity.loc[found.fixity["community"] == "PPLC M1", "label"].notna().all()
    allowed = compute_expertise(replace(few, response_gate=False), said)
    assert allowed.fixity["label"].notna().all()


def test_nobody_is_named_or_counted_for_managers(results: Results) -> None:
    seen = release(results, "manager", {})
    page = render_pages(seen, 1)["expertise.html"]
    names = set(results.tables.actors["name"]) | set(results.tables.actors["actor_id"])
    assert not [name for name in names if name in page]
    assert "Φ" not in page
    assert "All communities together" in page
    assert "Stouffer" not in page
    assert "<svg" not in page
    assert not re.search(r"<td class=\"s\d\">\d", page)
    assert set(seen.tables) & set(COLUMNS) == set()
    researcher = render_pages(release(results, "researcher", {}), 1)["expertise.html"]
    assert "Φ = " in researcher
    assert "<script" not in researcher
    assert release(results, "public", {}).expertise is None


def test_people_hidden_from_managers_leave_no_trace_in_the_squares(results: Results) -> None:
    """Whoever took part for research only is neither a column nor counted among those who named somebody."""
    hidden = set(results.tables.actors.loc[results.tables.actors["consent"] == "research_only", "actor_id"])
    assert hidden
    page = release(results, "manager", {}).expertise
    assert page is not None
    for found, picture in zip(communities(results.study, results.networks), page.pictures, strict=True):
        people = [a for a in found.networks[0].actors if a not in hidden]
        roles = found.networks[0].attributes.loc[people, "role"]
        assert len(picture.columns) == int((roles == "principal").sum())
        assert {cell.count for row in picture.rows for cell in row.cells} == {""}


def test_no_exact_share_is_told_where_somebody_is_hidden(results: Results) -> None:
    """With the lines that are drawn it would give away whom a person who is not drawn named."""
    actors = results.tables.actors
    hidden = set(actors.loc[actors["consent"] == "research_only", "actor_id"])
    page = release(results, "manager", {}).expertise
    assert page is not None
    told = 0
    for found, picture in zip(communities(results.study, results.networks), page.pictures, strict=True):
        somebody = bool(hidden & set(found.networks[0].actors))
        assert (picture.top == picture.chance == "–") is somebody
        assert any("%" in line for line in picture.sentences) is not somebody
        told += not somebody
    assert 0 < told < len(page.pictures)


def test_small_communities_are_not_shown_to_managers(results: Results) -> None:
    many = replace(results, study=replace(results.study, suppress_below=11))
    page = release(many, "manager", {}).expertise
    assert page is not None
    shown = {picture.community: bool(picture.rows) for picture in page.pictures}
    assert shown == {
        "PPLC E1": True,
        "PPLC E2": True,
        "PPLC M1": False,
        "PPLC M2": False,
        "PPLC H1": True,
        "PPLC H2": True,
    }
    small = next(picture for picture in page.pictures if picture.community == "PPLC M1")
    assert (small.short, small.top, small.columns) == ("too few people to show", "–", ())


TOPICS = """
[expertise]
relations = ["advice", "help"]
"""


def test_a_wave_without_communities_is_one(tmp_path: Path) -> None:
    folder = small_study(tmp_path, toml=STUDY + TOPICS)
    checked = sna.check_study(folder)
    assert checked.study is not None
    assert checked.tables is not None
    found = compute_expertise(checked.study, build_networks(checked.study, checked.tables))
    assert found.fixity["community"].isna().all()
    assert found.fixity["nominees"].unique().tolist() == ["everyone"]


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ('[expertise]\nrelations = ["advise"]', "expertise.relations", "No such relation"),
        ("[expertise]", "expertise.relations", "No relation has a topic"),
        ('[expertise]\nrelations = ["advice"]\ncolumn = "role"', "expertise.nominees", "go together"),
        ('[expertise]\nrelations = ["advice"]\nnominees = ["x"]', "expertise.column", "go together"),
        ('[expertise]\nrelations = ["advice"]\ndraws = 5', "expertise.draws", "wrong kind"),
        ('[expertise]\nrelations = ["advice"]\nwithin = "comunity"', "comunity", "no such column"),
        ('[[expertise]]\nrelations = ["advice"]', "expertise", "not a table"),
    ],
)
def test_faults_of_the_section(tmp_path: Path, text: str, place: str, words: str) -> None:
    folder = small_study(tmp_path, toml=f"{STUDY}\n{text}\n")
    stops = sna.check_study(folder).stops
    assert any(problem.column == place and words in problem.problem for problem in stops), [str(p) for p in stops]


def test_very_large_communities_are_told_to_be_so(results: Results, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expertise, "MOST_PEOPLE", 15)
    found = compute_expertise(results.study, results.networks)
    table = found.fixity.set_index(["community", "nominees"])
    large = ["PPLC E1", "PPLC E2"]
    assert (table.loc[large, "reason"] == "too_large").all()
    assert table.loc[large, "phi"].isna().all()
    assert not found.concentration["community"].isin(large).any()
    page = release(replace(results, expertise=found), "researcher", {}).expertise
    assert page is not None
    shown = next(picture for picture in page.pictures if picture.community == "PPLC E1")
    assert (shown.rows, shown.answered) == ((), "15 of 16")
    assert "takes too long" in shown.sentences[0]


def test_power_is_looked_for_only_where_nothing_was_found(results: Results) -> None:
    table = results.expertise.fixity
    assert not (table["label"] == "diffuse").any()
    assert table[["power_3", "power_8"]].isna().all(axis=None)
