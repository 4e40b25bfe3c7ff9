"""What is planted in the example studies is what the package finds in them."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import sna
from sna.engagement import compute_engagement
from sna.grouping.past import compute_past_groups
from sna.networks import attendance_network

SURVEYS = Path(__file__).resolve().parents[2] / "surveys"
NORTH, SOUTH = "North network", "South network"
LOST = {"P17", "P20", "P22", "P24"}
LACKING = {
    "P17": {"support_learning", "support_peers"},
    "P20": {"support_material", "support_learning", "support_peers", "support_sponsorship"},
    "P24": {"support_peers"},
}


@pytest.fixture(scope="module")
def web() -> sna.Results:
    return sna.measure_study(SURVEYS / "support-web")


# support-web -------------------------------------------------------------------------------------


def test_web_is_read_without_a_fault(web: sna.Results) -> None:
    assert {problem.severity for problem in web.tables.problems} == {"left out"}
    assert len(web.tables.contacts) == 424 - 19  # those of the one who refused


def test_who_lacks_which_kind_of_support(web: sna.Results) -> None:
    table = web.analyses["support_lacking"].merge(web.tables.actors[["wave", "actor_id", "level"]])
    for wave, unsponsored in (("autumn", {"P11"}), ("spring", {"P07", "P16", "A02"})):
        rows = table[table["wave"].eq(wave) & table["has"].notna()]
        found = {row.actor_id: set(row.which.split(", ")) for row in rows.itertuples() if row.lacks}
        teachers = set(rows.loc[rows["level"] == "teacher leader", "actor_id"])
        planted = LACKING | {who: {"support_sponsorship"} for who in unsponsored}
        assert found == planted | {who: {"support_material"} for who in teachers}


def test_the_sponsor_who_left_leaves_seven_of_whom_three_found_another(web: sna.Results) -> None:
    table = web.analyses["support_departures"].set_index(["relation", "actor_id"])
    row = table.loc[("support_sponsorship", "C01")]
    assert [row["left_without"], row["answered_again"], row["found_another"], row["still_without"]] == [7, 6, 3, 3]


def test_ties_carry_several_kinds_beyond_chance_and_help_crosses_levels(web: sna.Results) -> None:
    layers = web.analyses["support_layers"]
    assert (layers.loc[layers["kinds"].ge(2), "p_high"] < 0.001).all()
    across = web.analyses["support_across"].set_index("relation")
    beyond = across["q"] < 0.05
    assert set(across.index[beyond]) == {"support_peers", "support_operations"}
    assert (across.loc["support_peers", "across"] < across.loc["support_peers", "chance_05"]).all()
    assert (across.loc["support_operations", "across"] > across.loc["support_operations", "chance_95"]).all()


def test_one_facilitator_bridges_and_buffers_and_another_hands_demands_on(web: sna.Results) -> None:
    table = web.analyses["facilitators"].set_index(["facilitator_id", "wave"])
    for wave in ("autumn", "spring"):
        first, third = table.loc[("F01", wave)], table.loc[("F03", wave)]
        assert first["q_bridging"] < 0.01
        assert first["bridging"] > 0.7
        assert third["bridging"] < 0.3
        assert first["adjusted"] > first["adjusted_95"]
        assert third["adjusted"] < third["adjusted_05"]


def test_contact_is_even_steady_and_by_need_in_the_north_only(web: sna.Results) -> None:
    table = web.analyses["contact_spread"]
    pooled = table[table["facilitator_id"].isna()].set_index(["measure", "community"])
    assert pooled.loc[("gini_contacts", NORTH), "value"] < pooled.loc[("gini_contacts", NORTH), "chance_05"]
    assert pooled.loc[("gini_minutes", SOUTH), "value"] > pooled.loc[("gini_minutes", SOUTH), "chance_95"]
    change = pooled.loc["change_contacts"]
    assert change.loc[NORTH, "low"] < 1 < change.loc[NORTH, "high"]
    assert change.loc[SOUTH, "high"] < 0.6
    assert pooled.loc[("need_correlation", NORTH), "value"] > 0.7
    assert pooled.loc[("need_correlation", SOUTH), "value"] < -0.4


def test_who_has_lost_contact_since_autumn(web: sna.Results) -> None:
    people = web.analyses["contact_people"].set_index("actor_id")
    since_autumn = people.index[pd.to_datetime(people["last"]) < pd.Timestamp("2023-12-01")]
    assert set(since_autumn) == LOST
    assert set(people.index[people["last"].isna()]) == {"T06"}
    listed = people["no_contact"].astype("boolean").fillna(value=False)
    assert not listed[people["community"] == NORTH].any()
    assert set(people.index[~listed & people["community"].eq(SOUTH)]) == {"P14", "P15", "P18", "P19"}
    assert "T03" not in people.index


# pplc and il-cop: coming, leading and bringing ---------------------------------------------------


def engagement(name: str) -> dict[str, pd.DataFrame]:
    """The tables about engagement of a study."""
    checked = sna.check_study(SURVEYS / name)
    assert checked.study is not None
    assert checked.tables is not None
    tables = checked.tables
    two_mode = attendance_network(tables.events, tables.attendance, tuple(tables.actors["actor_id"].unique()))
    return dict(compute_engagement(checked.study, tables, two_mode))


@pytest.fixture(scope="module")
def pplc() -> dict[str, pd.DataFrame]:
    return engagement("pplc")


def test_attendance_falls_in_the_two_weak_communities(pplc: dict[str, pd.DataFrame]) -> None:
    trends = pplc["community_trends"].dropna(subset="community").set_index("community")["trend"]
    assert set(trends.index[trends == "falling"]) == {"PPLC E2", "PPLC H2"}
    assert set(trends) == {"falling", "as by chance"}
    people = pplc["attendance_trends"]
    fading = people["fading"].astype("boolean").fillna(value=False)
    assert people.loc[fading, "community"].isin(["PPLC E2", "PPLC H2"]).mean() > 0.9


def test_the_same_few_lead_in_the_weak_communities(pplc: dict[str, pd.DataFrame]) -> None:
    rows = pplc["leading"]
    rows = rows[rows["how"].eq("all") & rows["measure"].eq("gini")].dropna(subset="community").set_index("community")
    for community in ("PPLC E2", "PPLC H2"):
        assert rows.loc[community, "label"] == "the same few"
        assert rows.loc[community, "leaders"] == 4
    for community in ("PPLC E1", "PPLC M1"):
        assert rows.loc[community, "label"] != "the same few"
        assert rows.loc[community, "leaders"] == rows.loc[community, "people"]


def test_time_by_practice_and_what_was_brought(pplc: dict[str, pd.DataFrame]) -> None:
    time = pplc["session_time"]
    practice = time[time["sort"] == "practice"].set_index(["community", "label"])["share"]
    assert practice["PPLC E1", "joint work"] > 2 * practice["PPLC E2", "joint work"]
    assert ("PPLC E2", "modelling") not in practice.index
    brought = pplc["homework_brought"].dropna(subset="community").set_index("event_id")
    assert brought.loc["E2-01", ["asked", "known", "brought"]].tolist() == [18, 18, 3]


def test_groups_were_remade_in_the_strong_communities_and_kept_in_the_others() -> None:
    checked = sna.check_study(SURVEYS / "pplc")
    assert checked.study is not None
    assert checked.tables is not None
    repeats = compute_past_groups(checked.study, checked.tables)["group_repeats"]
    year = repeats[repeats["date"].isna()].set_index("community")
    assert set(year.index[year["label"] == "re-made"]) == {"PPLC E1", "PPLC M1"}
    share = year["met_before"] / year["pairs"]
    assert set(share.index[share == 1]) == {"PPLC E2", "PPLC H2"}
    assert share[["PPLC E1", "PPLC M1"]].max() < share[["PPLC H1", "PPLC M2"]].min() < 1


def test_core_group_and_broader_team_of_il_cop() -> None:
    row = engagement("il-cop")["core_and_broader"].iloc[0]
    assert [row["core_people"], row["broader_people"]] == [12, 50]
    assert row["core_share"] > row["broader_share"]
