"""Tables of whole networks: triads, mixing, overlap, thresholds, divisions, key people."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import sna
from sna.metrics.census import triad_census
from sna.metrics.cohesion import density
from sna.metrics.core_periphery import core_periphery
from sna.metrics.key_player import key_players
from sna.metrics.multiplex import overlap
from sna.results import Results
from sna.structure import COLUMNS, SETS
from sna.terms import REASONS
from tests.small_study import RESPONSES, small_study

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def results() -> Results:
    return sna.measure_study(ROOT / "surveys" / "pplc")


@pytest.fixture(scope="module")
def il_cop() -> Results:
    return sna.measure_study(ROOT / "surveys" / "il-cop")


def _of(table: pd.DataFrame, key: tuple[str, str]) -> pd.DataFrame:
    return table[(table["wave"] == key[0]) & (table["relation"] == key[1])]


def test_every_table_has_its_columns_and_known_reasons(results: Results, il_cop: Results) -> None:
    for found in (results, il_cop):
        for name, table in found.structure.tables().items():
            assert list(table.columns) == ["wave", "relation", *COLUMNS[name]]
            assert len(table), name
            if "reason" in table:
                assert set(table["reason"].dropna()) <= set(REASONS)


def test_tables_hold_what_the_functions_say(il_cop: Results) -> None:
    withheld = {(r.wave, r.relation) for r in il_cop.gate.itertuples() if r.gate == "path" and r.verdict == "withheld"}
    assert 0 < len(withheld) < len(il_cop.networks)
    for key, network in il_cop.networks.items():
        triads = _of(il_cop.structure.triads, key)
        divisions = _of(il_cop.structure.divisions, key).set_index("division")
        if key in withheld:
            assert (triads["reason"] == "nonresponse").all()
            assert triads["count"].isna().all()
            assert (divisions["reason"] == "nonresponse").all()
            assert not len(_of(il_cop.structure.memberships, key))
            continue
        np.testing.assert_array_equal(triads["count"], triad_census(network))
        core = core_periphery(network, np.random.default_rng(1))
        if core.exhaustive:
            assert divisions.loc["core", "fit"] == pytest.approx(core.correlation)
            assert divisions.loc["core", "different"] == len(core.cores)
            members = _of(il_cop.structure.memberships, key).set_index("actor_id")["core"]
            always = set.intersection(*map(set, core.cores))
            assert set(members[members == 1].index) == always


def test_ties_between_groups_add_up(results: Results) -> None:
    for key, network in results.networks.items():
        for group, part in _of(results.structure.mixing, key).groupby("group"):
            stated = network.attributes[group].notna().to_numpy()
            assert part["ties"].sum() == network.matrix[stated][:, stated].sum()


def test_overlap_stands_in_two_rows(il_cop: Results) -> None:
    table = il_cop.structure.overlap.set_index(["wave", "relation", "other_relation"])
    for (wave, one, other), row in table.iterrows():
        expected = overlap(il_cop.networks[wave, one], il_cop.networks[wave, other])
        assert row["common"] == pytest.approx(expected.common, nan_ok=True)
        assert row["jaccard"] == pytest.approx(expected.jaccard, nan_ok=True)
        assert (wave, other, one) in table.index


def test_the_threshold_of_the_study_gives_its_own_numbers(il_cop: Results) -> None:
    seen = 0
    for key, network in il_cop.networks.items():
        part = _of(il_cop.structure.thresholds, key)
        counts = il_cop.study.relation(key[1]).present_from
        mine = part[part["present_from"] == counts]
        if len(mine):
            seen += 1
            assert mine["density"].item() == pytest.approx(density(network), nan_ok=True)
        assert (part["ties"].diff().dropna() <= 0).all()
    assert seen


def test_key_people_are_those_of_the_function(tmp_path: Path) -> None:
    folder = small_study(tmp_path, responses=RESPONSES + "P4,0,2,0,,Ana Lopez,\n")
    found = sna.measure_study(folder)
    table = found.structure.key_people
    assert table.loc[table["relation"] == "advice", "reason"].isna().any()
    for key, network in found.networks.items():
        for aim, size in SETS:
            part = _of(table, key)
            part = part[(part["aim"] == aim) & (part["size"] == size)]
            expected = key_players(network, size, aim)
            if expected.reason is not None:
                assert part["reason"].tolist() == [expected.reason]
                continue
            if expected.value <= expected.intact + 1e-9:
                assert part["reason"].tolist() == ["no_variation"]
                assert part["actor_id"].isna().all()
                continue
            assert tuple(tuple(people["actor_id"]) for _, people in part.groupby("set")) == expected.sets
            assert part["value"].tolist() == pytest.approx([expected.value] * len(part))


def test_the_same_seed_gives_the_same_tables(results: Results) -> None:
    again = sna.measure_study(ROOT / "surveys" / "pplc")
    for name, table in results.structure.tables().items():
        pd.testing.assert_frame_equal(again.structure.tables()[name], table)


def test_whoever_is_in_a_core_is_said_where_coreness_has_no_answer(tmp_path: Path) -> None:
    """Everybody asks P1 and nobody else: cores fit perfectly, and coreness grows without end."""
    rows = "actor_id,advice_P1,advice_P2,advice_P3,advice_P4,help_name1,help_name2\nP1,,0,0,0,nobody,\n"
    rows += "P2,2,,0,0,nobody,\nP3,2,0,,0,nobody,\nP4,2,0,0,,nobody,\n"
    found = sna.measure_study(small_study(tmp_path, responses=rows)).structure
    divisions = found.divisions[found.divisions["relation"] == "advice"].set_index("division")
    members = found.memberships[found.memberships["relation"] == "advice"].set_index("actor_id")
    assert divisions.loc["coreness", "reason"] == "no_optimum"
    assert divisions.loc["core", "fit"] == pytest.approx(1)
    assert members["core"].notna().all()
    assert members.loc["P1", "core"] == 1
    assert members["coreness"].isna().all()


def test_nobody_is_named_where_nobody_is_depended_on(tmp_path: Path) -> None:
    rows = "actor_id,advice_P1,advice_P2,advice_P3,advice_P4,help_name1,help_name2\nP1,,2,2,2,nobody,\n"
    rows += "P2,2,,2,2,nobody,\nP3,2,2,,2,nobody,\nP4,2,2,2,,nobody,\n"
    table = sna.measure_study(small_study(tmp_path, responses=rows)).structure.key_people
    mine = table[(table["relation"] == "advice") & (table["aim"] != "reach")]
    assert mine["actor_id"].isna().all()
    assert (mine["reason"] == "no_variation").all()


def test_what_the_gate_withholds_of_ties_is_empty_with_its_reason(il_cop: Results) -> None:
    gates = il_cop.gate.set_index(["wave", "relation", "gate"])["verdict"]
    column = {"reciprocated": "reciprocity", "bridge": "fragmentation", "embeddedness": "path"}
    reasons = il_cop.undefined[il_cop.undefined["alter_id"].notna()]
    seen = 0
    for (wave, relation), part in il_cop.tie_metrics.groupby(["wave", "relation"]):
        for name, gate in column.items():
            if gates[wave, relation, gate] == "withheld":
                seen += len(part)
                assert part[name].isna().all()
                mine = reasons[(reasons["wave"] == wave) & (reasons["relation"] == relation)]
                assert len(mine[(mine["measure"] == name) & (mine["reason"] == "nonresponse")]) == len(part)
    assert seen
