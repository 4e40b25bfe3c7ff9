"""Support in a whole study: every number of a small web by hand, silence, the gate, and what study.toml may say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import sna
from sna.columns.support import TABLES
from sna.networks import Network
from sna.results import Results
from sna.support import COLUMNS, compute_support
from sna.terms import REASONS
from tests.small_study import STUDY, small_study
from tests.support_study import large_web, small_web, write_study

Frames = dict[str, pd.DataFrame]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Results:
    return sna.measure_study(small_web(tmp_path_factory.mktemp("small")))


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Results:
    return sna.measure_study(large_web(tmp_path_factory.mktemp("large")))


def rows(found: Frames, table: str, wave: str, *columns: str) -> list[list[object]]:
    mine = found[table][found[table]["wave"] == wave]
    return mine[list(columns)].astype(object).where(mine[list(columns)].notna(), None).to_numpy().tolist()


def test_tables_and_their_columns(small: Results, large: Results) -> None:
    for results in (small, large):
        found = {name: table for name, table in results.analyses.items() if name in COLUMNS}
        assert {name: tuple(table.columns) for name, table in found.items()} == dict(COLUMNS)
        for name, table in found.items():
            assert len(table), name
            assert tuple(column.name for column in TABLES[name]) == tuple(table.columns)
            if "reason" in table:
                assert set(table["reason"].dropna()) <= set(REASONS)
            for column in TABLES[name]:
                if column.empty == "never":
                    assert table[column.name].notna().all(), (name, column.name)


def test_kinds_by_hand(small: Results) -> None:
    columns = ("relation", "asked", "respondents", "has", "lacks", "unknown", "one_giver", "givers", "share_lacking")
    assert rows(small.analyses, "support_kinds", "2021", *columns) == [
        ["material", 6, 5, 4, 1, 1, 1, 4, 0.2],
        ["peers", 6, 5, 4, 1, 1, 4, 2, 0.2],
        ["sponsor", 6, 5, 2, 3, 1, 2, 1, 0.6],
    ]


def test_who_lacks_what_by_hand(small: Results) -> None:
    columns = ("actor_id", "has", "lacks", "unknown", "which", "which_unknown")
    every = "material, peers, sponsor"
    assert rows(small.analyses, "support_lacking", "2021", *columns) == [
        ["A", 2, 1, 0, "sponsor", None],
        ["B", 3, 0, 0, None, None],
        ["C", 2, 1, 0, "sponsor", None],
        ["D", 3, 0, 0, None, None],
        ["E", 0, 3, 0, every, None],
        ["F", None, None, 3, None, every],
    ]


def test_what_hangs_on_whom_by_hand(small: Results) -> None:
    columns = ("relation", "actor_id", "left_without", "one_of_several", "not_known", "only_giver")
    assert rows(small.analyses, "support_without", "2021", *columns) == [
        ["material", "A", 0, 1, 1, False],
        ["material", "C", 0, 1, 0, False],
        ["material", "E", 1, 1, 0, False],
        ["material", "F", 0, 1, 0, False],
        ["peers", "A", 3, 0, 0, False],
        ["peers", "C", 1, 0, 0, False],
        ["sponsor", "A", 2, 0, 0, True],
    ]


def test_ties_and_layers_by_hand(small: Results) -> None:
    ties = rows(small.analyses, "support_ties", "2022", "ego_id", "alter_id", "kinds", "which", "kinds_unknown")
    assert ties == [
        ["B", "C", 1, "material", 0],
        ["B", "G", 1, "peers", 0],
        ["C", "B", 1, "peers", 0],
        ["C", "E", 1, "material", 0],
        ["D", "C", 2, "material, sponsor", 0],
    ]
    columns = ("kinds", "ties", "share", "at_least", "respondents", "verdict")
    assert rows(small.analyses, "support_layers", "2021", *columns) == [
        [1, 6, 0.75, 1.0, 5, "flagged"],
        [2, 0, 0.0, 0.25, 5, "flagged"],
        [3, 2, 0.25, 0.25, 5, "flagged"],
    ]
    # Five people can be shuffled in 120 ways, two kinds in 14,400: all are gone through, whatever the seed.
    mine = small.analyses["support_layers"]
    p = mine.loc[(mine["wave"] == "2021") & (mine["kinds"] == 3), "p_high"].iloc[0]
    assert p * 14400 == pytest.approx(round(p * 14400))


def test_overlap_by_hand(small: Results) -> None:
    columns = ("relation", "other_relation", "cells", "common", "expected", "either", "jaccard")
    assert rows(small.analyses, "support_overlap", "2021", *columns) == [
        ["material", "peers", 24, 2, 1.0, 8, 0.25],
        ["material", "sponsor", 24, 2, 0.5, 6, pytest.approx(1 / 3)],
        ["peers", "sponsor", 25, 2, pytest.approx(0.32), 4, 0.5],
    ]
    mine = small.analyses["support_overlap"]
    mine = mine[mine["wave"] == "2021"]
    both = sorted(np.minimum(1, 2 * mine[["p_low", "p_high"]].min(axis=1)))
    expected = [min(both[0] * 3, both[1] * 1.5, both[2]), min(both[1] * 1.5, both[2]), both[2]]
    assert sorted(mine["q"]) == pytest.approx(expected)


def test_levels_by_hand(small: Results) -> None:
    columns = ("relation", "ties", "across", "chance_mean", "verdict")
    # Two of five who answered are principals and two teacher leaders; Fay, silent, stays of the central office.
    assert rows(small.analyses, "support_across", "2021", *columns) == [
        ["material", 6, 1.0, pytest.approx(0.8), "flagged"],
        ["peers", 4, 0.5, pytest.approx(0.8), "allowed"],
        ["sponsor", 2, 1.0, pytest.approx(0.8), "allowed"],
    ]
    mine = small.analyses["support_levels"]
    mine = mine[(mine["wave"] == "2021") & (mine["relation"] == "material") & (mine["ties"] > 0)]
    told = mine[["level", "from_level", "ties", "receivers", "possible", "share"]].to_numpy().tolist()
    assert told == [["principal", "central office", 3, 2, 4, 1.0], ["teacher leader", "principal", 3, 2, 4, 1.0]]


def test_who_went_by_hand(small: Results) -> None:
    """Ana is gone: of three who had her alone as a peer two have somebody else; of material nobody had her alone."""
    columns = ("next_wave", "relation", "actor_id", "left_without", "answered_again", "found_another", "still_without")
    assert rows(small.analyses, "support_departures", "2021", *columns) == [
        ["2022", "peers", "A", 3, 3, 2, 1],
        ["2022", "sponsor", "A", 2, 2, 1, 1],
    ]


def test_nobody_silent_lacks(small: Results, large: Results) -> None:
    for results in (small, large):
        found = results.analyses["support_received"]
        for row in found.itertuples(index=False):
            network = results.networks[row.wave, row.relation]
            at = network.position(row.actor_id)
            if not network.answered[at]:
                assert (row.status, row.reason) == ("unknown", "unanswered")
                assert np.isnan(row.givers)
            elif row.status == "lacks":
                assert not network.matrix[[at]].nnz
                assert row.not_said == 0


def test_tables_hold_together(large: Results) -> None:
    found = large.analyses
    received, lacking = found["support_received"], found["support_lacking"]
    counted = received.groupby(["wave", "relation", "status"]).size()
    for row in found["support_kinds"].itertuples(index=False):
        assert counted[row.wave, row.relation, "has"] == row.has
        assert counted[row.wave, row.relation, "lacks"] == row.lacks
    by_person = received[received["status"] == "lacks"].groupby(["wave", "actor_id"]).size()
    for row in lacking[lacking["lacks"].fillna(0) > 0].itertuples(index=False):
        assert by_person[row.wave, row.actor_id] == row.lacks == len(row.which.split(", "))
    ties = found["support_ties"].groupby("wave")["kinds"].sum()
    for wave, total in ties.items():
        assert total == sum(network.matrix.nnz for (w, _), network in large.networks.items() if w == wave)
    without = found["support_without"].groupby(["wave", "relation"])[["left_without"]].sum()
    for row in found["support_kinds"].itertuples(index=False):
        assert without.loc[(row.wave, row.relation), "left_without"] == row.one_giver
    web = found["support_layers"]
    assert (web.loc[web["kinds"] == 2, "p_high"] <= 0.05).all(), "the planted web is found"


def test_the_same_seed_gives_the_same_tables_and_one_wave_does_not_change_another(large: Results) -> None:
    once, again = (compute_support(large.study, large.networks) for _ in range(2))
    alone = compute_support(large.study, {key: network for key, network in large.networks.items() if key[0] == "2022"})
    for name, table in once.items():
        pd.testing.assert_frame_equal(table, again[name])
        pd.testing.assert_frame_equal(table, large.analyses[name])
        if name != "support_departures":
            mine = table[table["wave"] == "2022"].reset_index(drop=True)
            pd.testing.assert_frame_equal(mine, alone[name], check_dtype=False)


def silenced(results: Results, wave: str, many: int) -> dict[tuple[str, str], Network]:
    """The same, with so many more people silent in a wave."""
    found = dict(results.networks)
    for (w, relation), network in results.networks.items():
        if w == wave:
            still = network.actors[many:]
            people = network.actors
            found[w, relation] = Network.from_ties(
                people,
                [(people[i], people[j]) for i, j, _ in network.ties() if people[i] in still],
                answered=[a for a, yes in zip(people, network.answered, strict=True) if yes and a in still],
                attributes=network.attributes,
                relation=relation,
                wave=w,
            )
    return found


def test_too_few_answers_are_withheld(large: Results) -> None:
    networks = silenced(large, "2022", 24)
    found = compute_support(large.study, networks)
    withheld = {
        "support_kinds": ["share_lacking"],
        "support_layers": ["ties", "share", "at_least", "p_high"],
        "support_overlap": ["common", "correlation", "q"],
        "support_without": ["left_without", "one_of_several", "not_known", "only_giver"],
        "support_levels": ["ties", "receivers", "share"],
        "support_across": ["across", "q"],
    }
    for name, columns in withheld.items():
        mine = found[name][found[name]["wave"] == "2022"]
        assert len(mine), name
        assert set(mine["reason"]) == {"nonresponse"}
        assert set(mine["verdict"]) == {"withheld"}
        assert mine[columns].isna().all(axis=None), name
        other = found[name][found[name]["wave"] == "2021"]
        assert not (other["reason"] == "nonresponse").any()
    received = found["support_received"]
    assert received.loc[received["wave"] == "2022", "givers"].notna().any(), "what people said themselves stays"
    allowed = compute_support(replace(large.study, response_gate=False), networks)
    mine = allowed["support_layers"][allowed["support_layers"]["wave"] == "2022"]
    assert mine["at_least"].notna().all()
    assert set(mine["verdict"]) == {"withheld"}


@pytest.mark.parametrize(
    "what", ["nobody answered", "one respondent", "no ties", "everybody", "one level", "one person"]
)
def test_odd_webs_have_reasons_and_no_crash(large: Results, what: str) -> None:
    people = [f"p{i}" for i in range(1 if what == "one person" else 6)]
    attributes = pd.DataFrame({"level": ["a"] * len(people), "school": None}, index=people)
    if what != "one level":
        attributes["level"] = ["a", "b", None, "a", "b", "c"][: len(people)]
    answered = {"nobody answered": [], "one respondent": people[:1]}.get(what, people)
    ties = [(a, b) for a in answered for b in people if a != b] if what not in ("no ties", "nobody answered") else []
    networks = {
        ("2021", relation): Network.from_ties(
            people, ties, answered=answered, attributes=attributes, relation=relation, wave="2021"
        )
        for relation in ("material", "peers")
    }
    found = compute_support(replace(large.study, response_gate=False), networks)
    assert set(found) == set(COLUMNS)
    assert len(found["support_received"]) == 2 * len(people)
    numbers = {"support_layers": "p_high", "support_overlap": "q", "support_across": "q", "support_levels": "share"}
    for name, number in numbers.items():
        untold = found[name][found[name][number].isna()]
        untold = untold[untold["kinds"] > 1] if name == "support_layers" else untold
        assert untold["reason"].isin(list(REASONS)).all(), (name, untold)
    assert not (found["support_received"]["status"] == "lacks").any() or what == "no ties"


def test_no_section_no_tables(tmp_path: Path) -> None:
    folder = small_web(tmp_path / "without", section=False)
    results = sna.measure_study(folder)
    assert not [name for name in results.analyses if name.startswith("support")]
    assert compute_support(results.study, results.networks) == {}


def test_no_levels_no_schools(large: Results) -> None:
    assert large.study.support is not None
    bare = replace(large.study, support=replace(large.study.support, level=None, school=None))
    found = compute_support(bare, large.networks)
    assert not len(found["support_levels"])
    assert not len(found["support_across"])
    assert found["support_received"][["levels", "schools", "own_school"]].isna().all(axis=None)


def test_a_wave_with_one_kind_and_a_kind_asked_later(tmp_path: Path) -> None:
    people = [{"actor_id": x, "name": x, "level": "l", "school": "s", "consent": "full"} for x in "abc"]
    ties = {("1", "material"): {("a", "b")}, ("2", "material"): {("a", "c")}, ("1", "peers"): {("b", "c")}}
    folder = write_study(tmp_path, {"1": people, "2": people[:1] + people[2:]}, {**ties, ("2", "peers"): set()}, {})
    text = (folder / "study.toml").read_text(encoding="utf-8")
    # The second kind was asked in the first wave only.
    text = text.replace('id = "peers"', 'id = "peers"\nwaves = ["1"]')
    (folder / "study.toml").write_text(text, encoding="utf-8")
    found = sna.measure_study(folder).analyses
    assert found["support_layers"]["wave"].unique().tolist() == ["1"]
    assert found["support_overlap"]["wave"].unique().tolist() == ["1"]
    assert found["support_kinds"][["wave", "relation"]].to_numpy().tolist() == [
        ["1", "material"],
        ["1", "peers"],
        ["2", "material"],
    ]
    assert found["support_departures"][["relation", "actor_id", "found_another"]].to_numpy().tolist() == [
        ["material", "b", 1]
    ]


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ('[support]\nrelations = ["advice"]', "support.relations", "more than one kind"),
        ('[support]\nrelations = ["advice", "halp"]', "support.relations", "No such relation"),
        ('[support]\nrelations = ["advice", "help"]\nlevel = "levle"', "levle", "no such column"),
        ('[support]\nrelations = ["advice", "help"]\ndraws = 5', "support.draws", "wrong kind"),
        ("[support]", "support.relations", "missing"),
    ],
)
def test_faults_of_the_section(tmp_path: Path, text: str, place: str, words: str) -> None:
    folder = small_study(tmp_path, toml=f"{STUDY}\n{text}\n")
    stops = sna.check_study(folder).stops
    assert any(problem.column == place and words in problem.problem for problem in stops), [str(p) for p in stops]


def test_support_that_is_given_is_not_taken_for_received(tmp_path: Path) -> None:
    toml = STUDY.replace('id = "help"', 'id = "help"\nflow = "along"')
    folder = small_study(tmp_path, toml=f'{toml}\n[support]\nrelations = ["advice", "help"]\n')
    stops = sna.check_study(folder).stops
    assert any(problem.column == "support.relations" and "received" in problem.problem for problem in stops)


def test_chance_is_not_drawn_for_very_many_people(large: Results, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sna.support.MOST_PEOPLE", 20)
    found = compute_support(large.study, large.networks)
    for name in ("support_layers", "support_overlap", "support_across"):
        assert set(found[name]["reason"].dropna()) == {"too_large"}
        assert found[name]["p_high"].isna().all()
    assert found["support_layers"]["at_least"].notna().all()
    assert found["support_overlap"]["jaccard"].notna().all()
