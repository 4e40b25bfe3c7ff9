"""Brokerage in a whole study: tables that hold together, what is withheld and why, and what study.toml may say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import sna
from sna import brokers
from sna.analyses import Brokerage
from sna.brokers import COLUMNS, MEMBER, MEMBERSHIP, OUTSIDE, compute_brokers, groups_of
from sna.columns.brokers import TABLES
from sna.inference.brokerage import KINDS
from sna.inference.several import benjamini_hochberg
from sna.metrics.brokerage import ROLES, brokerage
from sna.metrics.mixing import ei_expected, ei_index
from sna.networks import Network, build_networks
from sna.rows import Frames
from sna.study import Study
from sna.terms import REASONS
from tests.small_study import STUDY, small_study

PPLC = Path(__file__).resolve().parents[1] / "surveys" / "pplc"
ASKED = Brokerage(("advice",), ("community", "level"), "role", ("principal",), 99)
KEY = ("spring", "advice")
Networks = Mapping[tuple[str, str], Network]


@pytest.fixture(scope="module")
def asked() -> tuple[Study, Networks]:
    checked = sna.check_study(PPLC)
    assert checked.study is not None
    assert checked.tables is not None
    study = replace(checked.study, brokerage=ASKED)
    return study, build_networks(study, checked.tables)


@pytest.fixture(scope="module")
def tables(asked: tuple[Study, Networks]) -> Frames:
    return compute_brokers(*asked)


def made(study: Study, network: Network) -> Frames:
    """The tables of one made-up network by its column `school`."""
    declared = Brokerage(("advice",), ("school",), None, (), 99)
    return compute_brokers(replace(study, brokerage=declared), {KEY: network})


def small(ties: list[tuple[str, str]], schools: str, answered: str | None = None) -> Network:
    actors = [chr(ord("a") + i) for i in range(len(schools))]
    stated = pd.Series([None if s == "-" else s for s in schools], index=actors, dtype="str")
    return Network.from_ties(
        actors,
        ties,
        relation="advice",
        wave="spring",
        attributes=pd.DataFrame({"school": stated}, index=actors),
        answered=None if answered is None else list(answered),
    )


def test_without_the_section_there_are_no_tables(asked: tuple[Study, Networks]) -> None:
    assert compute_brokers(replace(asked[0], brokerage=None), asked[1]) == {}


def test_columns_are_those_described(tables: Frames) -> None:
    assert {name: tuple(table.columns) for name, table in tables.items()} == dict(COLUMNS)
    assert {name: tuple(column.name for column in held) for name, held in TABLES.items()} == dict(COLUMNS)


def test_what_is_never_empty_is_never_empty(asked: tuple[Study, Networks], tables: Frames) -> None:
    lonely = made(asked[0], small([("a", "b")], "xx--y", answered="ab"))
    for found in (tables, lonely):
        for name, held in TABLES.items():
            never = [column.name for column in held if column.empty.startswith("never")]
            assert len(never) > 3
            assert not found[name][never].isna().any(axis=None), name
            given = set(found[name]["reason"].dropna())
            assert given <= set(REASONS)


def test_counts_are_those_of_the_measures(asked: tuple[Study, Networks], tables: Frames) -> None:
    network = asked[1][KEY]
    for group in ("community", "level"):
        rows = tables["brokers"][tables["brokers"]["group"] == group].set_index("actor_id")
        counts = brokerage(network, network.attributes[group])
        for role in ROLES:
            known = rows[role].notna()
            assert (rows.loc[known, role] == counts.counts.loc[known, role]).all()
            # Left empty are people who did not answer, and roles nobody in such a group could have.
            assert (counts.counts.loc[~known, role].fillna(0) == 0).all()
        answered = rows[rows["total"].notna()]
        assert set(answered.index) == {a for a, yes in zip(network.actors, network.answered, strict=True) if yes}
        assert (answered["total"] == answered[list(ROLES[:-1])].sum(axis=1)).all()
        assert (answered["across"] == answered[["gatekeeper", "representative", "liaison"]].sum(axis=1)).all()
        tests = tables["broker_tests"][tables["broker_tests"]["group"] == group].set_index("role")
        assert list(tests.index) == list(KINDS)
        assert tests["count"].to_dict() == pytest.approx(rows[list(KINDS)].sum().to_dict())
        assert benjamini_hochberg(rows["total_p_arcs"]) == pytest.approx(rows["q_arcs"].to_numpy(), nan_ok=True)
        second = rows["across_p_labels"].where(rows["q_arcs"] <= 0.05)
        assert benjamini_hochberg(second) == pytest.approx(rows["q_labels"].to_numpy(), nan_ok=True)
        index = tables["group_ties"]
        index = index[(index["group"] == group) & (index["measure"] == "ei_index")].iloc[0]
        assert index["value"] == pytest.approx(ei_index(network, network.attributes[group]))
        assert index["expected"] == pytest.approx(ei_expected(network, network.attributes[group]))
        assert index["chance_05"] <= index["chance_mean"] <= index["chance_95"]
    shuffled = tables["broker_tests"].set_index("role").loc["total", ["labels_mean", "p_labels_high", "p_labels_low"]]
    assert shuffled.isna().all(axis=None), "shuffling does not change a total"
    assert (tables["brokers"].filter(like="_p_").stack().dropna() > 0).all()


def test_six_communities_keep_to_themselves_and_one_hangs_on_two_people(tables: Frames) -> None:
    ties = tables["group_ties"].set_index(["group", "measure"])
    row = ties.loc[("community", "ei_index")]
    assert row["value"] < row["chance_05"]
    assert (row["p_low"], row["p"]) == (0.01, 0.02)
    assert row["q"] == pytest.approx(0.02), "every grouping of this network is beyond chance"
    lost = tables["succession"][tables["succession"]["group"] == "community"]
    assert lost.groupby("actor_id").size().to_dict() == {"M1-03": 5, "M2-07": 5}
    assert (lost[["from_value", "to_value"]] == "PPLC M2").any(axis=1).all()
    assert (lost["pairs"] == 15).all()
    level = tables["succession"][tables["succession"]["group"] == "level"]
    assert level["reason"].tolist() == ["no_loss"]


def test_members_and_people_from_outside(asked: tuple[Study, Networks], tables: Frames) -> None:
    rows = tables["brokers"][tables["brokers"]["group"] == MEMBERSHIP].set_index("actor_id")
    roles = asked[1][KEY].attributes["role"]
    assert (rows["value"] == np.where(roles == "principal", MEMBER, OUTSIDE)).all()
    assert rows["liaison"].isna().all(), "with two groups nobody can stand between two others"
    assert rows["reason"].dropna().isin(["small_groups", "unanswered"]).all()
    tests = tables["broker_tests"].set_index(["group", "role"])
    assert tests.loc[(MEMBERSHIP, "liaison"), "reason"] == "small_groups"
    gap = small([("a", "b")], "xy-")
    gap = replace(gap, attributes=gap.attributes.assign(role=pd.Series(["p", "q", None], index=["a", "b", "c"])))
    named = replace(ASKED, groups=("school",), members=("p",))
    group = groups_of(named, gap)[MEMBERSHIP]
    assert group.tolist()[:2] == [MEMBER, OUTSIDE]
    assert pd.isna(group.iloc[2]), "who is not known to be a member is not from outside"
    clash = replace(gap, attributes=gap.attributes.rename(columns={"school": MEMBERSHIP}))
    assert list(groups_of(replace(named, groups=(MEMBERSHIP,)), clash)) == [MEMBERSHIP, "membership (role)"]


def test_the_same_seed_gives_the_same_tables_and_one_network_does_not_change_another(
    asked: tuple[Study, Networks], tables: Frames
) -> None:
    study, networks = asked
    again = compute_brokers(study, {**networks, ("spring", "trust"): networks[KEY]})
    both = compute_brokers(replace(study, brokerage=replace(ASKED, relations=("trust", "advice"))), networks)
    level = compute_brokers(replace(study, brokerage=replace(ASKED, groups=("level",), column=None)), networks)
    for name, table in tables.items():
        pd.testing.assert_frame_equal(table, again[name])
        mine = both[name][both[name]["relation"] == "advice"].reset_index(drop=True)
        pd.testing.assert_frame_equal(mine, table, check_dtype=False)
        if name != "group_ties":  # There q depends on how many groupings are looked at.
            same = table[table["group"] == "level"].reset_index(drop=True)
            pd.testing.assert_frame_equal(level[name], same, check_dtype=False)
    other = compute_brokers(replace(study, seed=study.seed + 1), networks)
    assert not other["broker_tests"]["arcs_mean"].equals(tables["broker_tests"]["arcs_mean"])


def test_too_few_answers_are_withheld(asked: tuple[Study, Networks]) -> None:
    study, networks = asked
    network = networks[KEY]
    people = network.actors
    silent = set(people[::2])
    ties = [(people[i], people[j]) for i, j, _ in network.ties() if people[i] not in silent]
    half = Network.from_ties(
        people,
        ties,
        answered=[a for a, yes in zip(people, network.answered, strict=True) if yes and a not in silent],
        attributes=network.attributes,
        relation="advice",
        wave="spring",
    )
    found = compute_brokers(study, {KEY: half})
    assert set(found["broker_tests"]["reason"]) == {"nonresponse"}
    assert (found["broker_tests"]["verdict"] == "withheld").all()
    assert found["broker_tests"].filter(regex="^p_|count|mean|expected").isna().all(axis=None)
    assert set(found["brokers"]["reason"]) == {"nonresponse"}
    numbers = found["brokers"].drop(columns=["wave", "relation", "group", "actor_id", "value", "verdict", "reason"])
    assert numbers.isna().all(axis=None)
    assert set(found["group_ties"]["reason"]) == {"nonresponse"}
    assert found["succession"]["reason"].tolist() == ["nonresponse"] * 3
    allowed = compute_brokers(replace(study, response_gate=False), {KEY: half})
    assert allowed["broker_tests"]["p_arcs_high"].notna().any()
    assert allowed["brokers"]["q_arcs"].notna().any()
    spoke = allowed["brokers"].set_index("actor_id").loc[sorted(silent)]
    assert spoke[list(KINDS)].isna().all(axis=None), "whom a silent person stands between nobody can say"


def test_people_without_a_group_are_left_out_and_counted(asked: tuple[Study, Networks]) -> None:
    ties = [("a", "b"), ("b", "c"), ("d", "e"), ("e", "f"), ("c", "d"), ("g", "a")]
    found = made(asked[0], small(ties, "xxyyzz-"))
    assert (found["broker_tests"][["people", "left_out"]] == [6, 1]).all(axis=None)
    rows = found["brokers"].set_index("actor_id")
    assert rows.loc["g", "reason"] == "no_group"
    assert rows.loc["g", [*KINDS, "q_arcs", "q_labels"]].isna().all()
    # g's tie to a is no part of it: nobody stands between g and another.
    assert rows.loc["a", "total"] == 0


def test_a_group_of_one_has_no_coordinator(asked: tuple[Study, Networks]) -> None:
    found = made(asked[0], small([("a", "b"), ("b", "c"), ("c", "d"), ("d", "a")], "xyyy"))
    rows = found["brokers"].set_index("actor_id")
    assert np.isnan(rows.loc["a", "coordinator"])
    assert np.isnan(rows.loc["a", "gatekeeper"])
    assert rows.loc["a", "reason"] == "small_groups"
    assert rows.loc["b", "coordinator"] == 0


@pytest.mark.parametrize(
    ("network", "reason"),
    [
        (small([], "xxyy", answered=""), "nonresponse"),
        (small([], "xxyy"), "no_ties"),
        (small([("a", "b")], "xxxx"), "one_group"),
        (small([("a", "b")], "xy"), "too_few_nodes"),
        (small([("a", "b")], "----"), "too_few_nodes"),
        (small([], ""), "too_few_nodes"),
        (small([("a", "b")], "xxyy", answered="a"), None),
        (small([(a, b) for a in "abcd" for b in "abcd" if a != b], "xxyy"), None),
    ],
)
@pytest.mark.filterwarnings("error")
def test_edges(asked: tuple[Study, Networks], network: Network, reason: str | None) -> None:
    found = made(replace(asked[0], response_gate=False), network)
    row = found["broker_tests"].set_index("role").loc["across"]
    assert (None if pd.isna(row["reason"]) else row["reason"]) == reason
    if reason is None:
        assert row["p_arcs_high"] > 0
    else:
        assert found["broker_tests"].filter(like="p_").isna().all(axis=None)
        assert found["brokers"]["q_arcs"].isna().all()
        assert found["succession"]["reason"].notna().all()


def test_very_large_networks_are_told_to_be_so(asked: tuple[Study, Networks], monkeypatch: pytest.MonkeyPatch) -> None:
    study, networks = asked
    monkeypatch.setattr(brokers, "MOST_PEOPLE", 50)
    found = compute_brokers(study, networks)
    for name, table in found.items():
        assert len(table), name
        assert (table["reason"] == "too_large").all()
    assert found["broker_tests"].filter(like="p_").isna().all(axis=None)
    exact = compute_brokers(replace(study, exact=True), networks)
    assert (exact["broker_tests"]["reason"] != "too_large").all()


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ('relations = ["advise"]', "brokerage.relations", "No such relation"),
        ('column = "role"', "brokerage.members", "go together"),
        ('members = ["principal"]', "brokerage.column", "go together"),
        ("draws = 5", "brokerage.draws", "wrong kind"),
        ('groups = ["shool"]', "shool", "no such column"),
    ],
)
def test_faults_of_the_section(tmp_path: Path, text: str, place: str, words: str) -> None:
    stops = sna.check_study(small_study(tmp_path, toml=f"{STUDY}\n[brokerage]\n{text}\n")).stops
    assert any(problem.column == place and words in problem.problem for problem in stops), [str(p) for p in stops]


def test_a_small_study_from_its_folder(tmp_path: Path) -> None:
    """Four people, one silent: everything is there or has a reason."""
    results = sna.measure_study(small_study(tmp_path, toml=f"{STUDY}\n[brokerage]\n"))
    for name in COLUMNS:
        table = results.analyses[name]
        assert set(table["relation"]) == {"advice", "help"}
        assert set(table["group"]) == {"role", "school"}
    assert results.analyses["broker_tests"]["reason"].notna().all()
