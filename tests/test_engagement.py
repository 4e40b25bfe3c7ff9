"""Engagement in a whole study: worked by hand in a small one, planted in an example, and where nothing can be said."""

from __future__ import annotations

import datetime as dt
import warnings
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import sna
from sna.columns.engagement import READ, TABLES
from sna.columns.words import NEVER
from sna.engagement import COLUMNS, Held, compute_engagement, engagement_tables
from sna.networks import attendance_network
from sna.results import _engagement
from sna.study import Study
from sna.study_file import load_study
from sna.tables import Tables, read_tables
from sna.tables.session_log import ACTIVITIES as ACTIVITY_COLUMNS
from sna.tables.session_log import HOMEWORK as HOMEWORK_COLUMNS
from sna.terms import REASONS
from tests.engagement_study import ATTENDANCE, EVENTS, ROSTER, STUDY, engagement_study
from tests.small_study import changed

ROOT = Path(__file__).resolve().parents[1]
PPLC = ROOT / "surveys" / "pplc"
Found = dict[str, pd.DataFrame]


def loaded(folder: Path) -> tuple[Study, Tables]:
    study, problems = load_study(folder)
    assert study is not None, problems
    return study, read_tables(study)


def measured(folder: Path) -> Found:
    study, tables = loaded(folder)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return compute_engagement(study, tables, None)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Found:
    return measured(engagement_study(tmp_path_factory.mktemp("small")))


@pytest.fixture(scope="module")
def pplc() -> tuple[Study, Tables, Found]:
    study, tables = loaded(PPLC)
    return study, tables, compute_engagement(study, tables, None)


def only(table: pd.DataFrame, **where: object) -> dict[str, Any]:
    kept = pd.Series(True, index=table.index)
    for column, value in where.items():
        kept &= table[column].isna() if value is None else table[column] == value
    (row,) = table[kept].to_dict("records")
    return {str(key): value for key, value in row.items()}


def test_a_person_who_comes_late_leaves_early_or_is_excused(small: Found) -> None:
    table = small["attendance_trends"]
    one = only(table, actor_id="A1")
    assert (one["community"], one["part"], one["events"], one["attended"]) == ("A", "core", 6, 6)
    assert (one["late_rate"], one["minutes_late"]) == (1 / 6, 5)
    assert (one["early_rate"], one["minutes_early"]) == (1 / 6, 10)
    assert one["dosage"] == (60 + 90 + 60 + 60 + 60 + 60) / (60 + 120 + 60 + 120 + 60 + 60)
    assert (one["online_events"], one["online_rate"], one["in_person_events"]) == (1, 1, 5)
    assert (one["first_half"], one["second_half"]) == (pytest.approx(2.75 / 3), pytest.approx(2.5 / 3))
    two = only(table, actor_id="A2")
    assert (two["attended"], two["excused"], two["unexcused"], two["online_rate"]) == (5, 1, 0, 0)
    three = only(table, actor_id="A3")
    assert (three["part"], three["excused"], three["unexcused"]) == ("broader team", 0, 4)
    assert only(table, actor_id="B4")["events"] == 4, "not the events before they joined"
    assert only(table, actor_id="A4")["events"] == 5, "not the events after they left"
    assert (table["reason"] == "too_few_events").all()
    assert table[["slope", "p", "q", "fading"]].isna().all(axis=None)


def test_joint_events_count_for_both_and_unrecorded_ones_for_nobody(small: Found) -> None:
    table = small["community_attendance"]
    assert "e9" not in set(table["event_id"])
    for name, could in (("A", 4), ("B", 3), (None, 7)):
        row = only(table, community=name, part="everyone", event_id="e1")
        assert (row["could"], row["came"], row["joint"]) == (could, could, True)
    row = only(table, community="A", part="everyone", event_id="e4")
    assert (row["could"], row["came"], row["excused"], row["share"]) == (4, 2, 1, 0.5)
    row = only(table, community="A", part="core", event_id="e5")
    assert (row["could"], row["came"], row["left_early"], row["minutes_share"]) == (2, 2, 1, 0.75)
    assert (row["left_hour_early"], row["minutes_known"], row["hour_missed"]) == (1, 2, 1)
    row = only(table, community="A", part="everyone", event_id="e2")
    assert (row["late"], row["arrivals_known"], row["joint"], row["date"]) == (1, 4, False, dt.date(2022, 1, 20))
    assert "e3" not in set(table.loc[table["community"] == "A", "event_id"])


def test_trends_of_so_few_people_are_not_told(small: Found) -> None:
    table = small["community_trends"]
    row = only(table, community="A", part="everyone")
    assert (row["people"], row["events"], row["reason"]) == (4, 6, "too_few_nodes")
    assert row["start"] > row["end"]
    assert row["smallest_p"] > 0.05
    assert only(table, community="B", part="everyone")["reason"] == "no_variation"
    assert table["trend"].isna().all()


def test_core_beside_broader(small: Found) -> None:
    row = only(small["core_and_broader"], community="A")
    assert (row["core_people"], row["broader_people"]) == (2, 2)
    assert row["core_share"] == pytest.approx((1 + 5 / 6) / 2)
    assert row["broader_share"] == pytest.approx((2 / 6 + 1) / 2)
    assert row["difference"] == pytest.approx(row["core_share"] - row["broader_share"])
    assert only(small["core_and_broader"], community="B")["reason"] == "no_variation"


def test_a_role_that_is_not_stated_is_of_neither_core_nor_broader_team(tmp_path: Path) -> None:
    """Before, an empty cell of the roster made somebody one of the broader team."""
    roster = ROSTER.replace("A3,Chen Wei,A,teacher", "A3,Chen Wei,A,")
    assert roster != ROSTER
    found = measured(engagement_study(tmp_path / "s", roster=roster))
    row = only(found["core_and_broader"], community="A")
    assert (row["core_people"], row["broader_people"]) == (2, 1)
    assert pd.isna(only(found["attendance_trends"], actor_id="A3")["part"])


def test_who_stays(small: Found) -> None:
    table = small["retention"]
    assert only(table, actor_id="A3")["last_attended"] == 0
    left = only(table, actor_id="A4")
    assert (left["last_events"], left["came_lately"], left["stayed"]) == (2, True, False)
    assert left["left"] == dt.date(2022, 4, 15)
    assert table.set_index("actor_id")["stayed"].sum() == 6
    curve = small["survival"]
    mine = curve[curve["community"] == "A"]
    assert mine[["days", "at_risk", "left", "share"]].to_numpy().tolist() == [
        [0, 4, 0, 1],
        [95, 4, 1, 0.75],
        [120, 3, 0, 0.75],
    ]
    theirs = curve[curve["community"] == "B"]
    assert theirs["share"].tolist() == [1, 1]
    assert curve["reason"].isna().all()


def test_what_meetings_were_used_for(small: Found) -> None:
    table = small["session_time"]
    mine = {
        row["label"]: row["minutes"]
        for row in table[(table["community"] == "A") & (table["sort"] == "activity")].to_dict("records")
    }
    assert mine == {"announcements": 135, "joint work": 90}
    assert only(table, community="B", sort="activity", label="joint work")["minutes"] == 90
    assert only(table, community=None, sort="activity", label="joint work")["minutes"] == 150
    assert only(table, community="A", sort="practice", label=None)["share"] == pytest.approx(135 / 225)
    coded = only(small["session_coding"], community="A")
    assert (coded["events"], coded["coded_events"], coded["coded_minutes"]) == (6, 3, 225)
    assert coded["share"] == 225 / (60 * 4 + 240), "e9, of which nothing is known, may be yet to come"


def test_who_led(small: Found) -> None:
    table = small["led"]
    one = only(table, community="A", actor_id="A1")
    assert (one["could"], one["sessions"], one["stretches"], one["minutes"]) == (3, 3, 3, 180)
    assert (one["assigned"], one["volunteered"]) == (1, 2)
    assert only(table, community="A", actor_id="A3")["sessions"] == 0
    assert only(table, community="A", actor_id="A3")["could"] == 2
    assert only(table, community="B", actor_id="B1")["stretches"] == 2
    gini = only(small["leading"], community="A", part="everyone", how="all", measure="gini")
    assert (gini["sessions"], gini["turns"], gini["people"], gini["leaders"]) == (3, 4, 4, 2)
    # One of A1, A2 and A4 leads all three with probability 3 · 1/16 · 2/3 = .125: chance can give anything here.
    assert (gini["p"], gini["label"]) == (pytest.approx(0.125), "undetermined")
    offered = only(small["leading"], community="A", part="core", how="volunteered", measure="hhi")
    assert (offered["turns"], offered["value"]) == (2, 1)


def test_homework(small: Found) -> None:
    row = only(small["homework_brought"], community="A", event_id="e1")
    assert (row["asked"], row["known"], row["brought"], row["share"]) == (3, 2, 1, 0.5)
    assert only(small["homework_brought"], community=None, event_id="e1")["asked"] == 4


def test_the_tables_have_their_columns_and_every_column_its_words(
    small: Found, pplc: tuple[Study, Tables, Found]
) -> None:
    assert {name: tuple(column.name for column in held) for name, held in TABLES.items()} == COLUMNS
    assert [column.name for column in READ["activities"]] == ACTIVITY_COLUMNS
    assert [column.name for column in READ["homework"]] == HOMEWORK_COLUMNS
    holds_together(small)
    holds_together(pplc[2])


def holds_together(found: Found) -> None:
    """The columns are those declared, those never empty are not, and every reason is a code with a sentence."""
    assert {name: tuple(table.columns) for name, table in found.items()} == COLUMNS
    for name, table in found.items():
        for column in TABLES[name]:
            if column.empty == NEVER:
                assert not table[column.name].isna().any(), (name, column.name)
    told = {reason for table in found.values() if "reason" in table for reason in table["reason"].dropna()}
    assert told <= set(REASONS)


def test_without_the_section_there_is_nothing(tmp_path: Path) -> None:
    assert measured(engagement_study(tmp_path / "s", toml=STUDY[: STUDY.index("[engagement]")])) == {}


@pytest.mark.parametrize(
    "changes",
    [
        {"toml": changed(STUDY, 'within = "community"\n', ""), "activities": "event_id,minutes,activity\ne1,5,x\n"},
        {"toml": STUDY.replace('group = "community"\n', "").replace('within = "community"\n', "")},
        {"attendance": "actor_id,event_id,arrived,left,status\nA1,e1,,,absent\n"},
        {"attendance": "actor_id,event_id,arrived,left,status\nA1,e1,,,\n"},
        {
            "attendance": ATTENDANCE,
            "events": "\n".join(line.replace(",60,", ",,").replace(",120,", ",,") for line in EVENTS.splitlines()),
        },
        {"homework": "actor_id,event_id,brought\nA1,e1,\n"},
        {
            "roster": "\n".join(line for line in ROSTER.splitlines() if line.startswith(("actor", "A1"))),
            "attendance": "actor_id,event_id,arrived,left,status\nA1,e1,16:00,17:00,\n",
            "activities": "event_id,minutes,activity,led_by\ne1,5,x,A1\n",
            "homework": "actor_id,event_id,brought\nA1,e1,yes\n",
        },
        {"roster": ROSTER.replace("2022-04-15", "")},
    ],
    ids=[
        "no communities",
        "no groups",
        "all absent",
        "none recorded",
        "no lengths",
        "nobody looked",
        "one person",
        "no leaving dates",
    ],
)
def test_where_little_or_nothing_is_known(tmp_path: Path, changes: dict[str, str]) -> None:
    """No number is made up, and nothing falls over or warns."""
    found = measured(engagement_study(tmp_path / "s", **changes))
    holds_together(found)


def test_without_a_column_everybody_is_one_community(tmp_path: Path) -> None:
    found = measured(engagement_study(tmp_path / "s", toml=changed(STUDY, 'within = "community"\n', "")))
    assert found["community_attendance"]["community"].isna().all()
    assert found["attendance_trends"]["community"].isna().all()
    assert len(found["community_attendance"])


def test_without_leaving_dates_there_is_no_curve(tmp_path: Path) -> None:
    found = measured(engagement_study(tmp_path / "s", roster=ROSTER.replace("2022-04-15", "")))
    assert found["survival"]["reason"].tolist() == ["no_leaving_dates"] * 3
    assert found["survival"]["share"].isna().all()


def test_whoever_is_taken_out_leaves_no_trace(tmp_path: Path) -> None:
    study, tables = loaded(engagement_study(tmp_path / "s"))
    without = Held.of(tables).without({"A1", "B1"})
    found = engagement_tables(study, without)
    assert not any("A1" in str(table.to_numpy().tolist()) for table in found.values())
    assert only(found["community_attendance"], community="A", part="everyone", event_id="e1")["could"] == 3
    assert only(found["session_time"], community="A", sort="activity", label="joint work")["minutes"] == 90
    assert only(found["leading"], community="A", part="everyone", how="all", measure="gini")["turns"] == 1


def test_the_planted_communities(pplc: tuple[Study, Tables, Found]) -> None:
    trends = pplc[2]["community_trends"]
    everyone = trends[trends["part"] == "everyone"].set_index("community")
    weak = ["PPLC E2", "PPLC H2"]
    assert (everyone.loc[weak, "trend"] == "falling").all()
    assert (everyone.loc[[f"PPLC {name}" for name in ("E1", "M1", "M2", "H1")], "trend"] == "as by chance").all()
    assert (everyone.loc[weak, "start"] > 0.9).all()
    assert (everyone.loc[weak, "end"] < 0.7).all()
    leading = pplc[2]["leading"]
    assigned = leading[
        (leading["how"] == "assigned") & (leading["measure"] == "gini") & (leading["part"] == "everyone")
    ]
    assert (assigned.set_index("community").loc[weak, "label"] == "the same few").all()
    assert (assigned.set_index("community").loc[["PPLC E1", "PPLC M1"], "label"] != "the same few").all()
    barely = only(pplc[2]["homework_brought"], community="PPLC E2", event_id="E2-01")
    assert (barely["known"], barely["brought"]) == (18, 3)
    time = pplc[2]["session_time"]
    noted = time[(time["sort"] == "practice") & time["label"].notna()].groupby("community")["share"].sum()
    assert noted["PPLC E1"] > noted["PPLC E2"]


def test_the_same_seed_gives_the_same_and_one_community_does_not_change_another(
    pplc: tuple[Study, Tables, Found],
) -> None:
    study, tables, found = pplc
    again = compute_engagement(study, tables, None)
    for name, table in found.items():
        pd.testing.assert_frame_equal(table, again[name])
    others = tables.actors.loc[tables.actors["community"] != "PPLC M1", "actor_id"]
    alone = engagement_tables(study, Held.of(tables).without(set(others)))
    keys = ["community", "part", "how", "measure"]
    compared = ["value", "chance_mean", "p", "turns"]
    mine = alone["leading"][alone["leading"]["community"] == "PPLC M1"].set_index(keys)[compared]
    theirs = found["leading"][found["leading"]["community"] == "PPLC M1"].set_index(keys)[compared]
    pd.testing.assert_frame_equal(mine, theirs)
    columns = ["community", "part", "people", "start", "end", "p", "p_meetings"]
    one, other = (
        table["community_trends"].query("community == 'PPLC M1'")[columns].reset_index(drop=True)
        for table in (alone, found)
    )
    pd.testing.assert_frame_equal(one, other)


def test_what_was_measured_before_is_not_measured_otherwise(pplc: tuple[Study, Tables, Found]) -> None:
    """Events, dosage, and rates agree with the table `engagement`."""
    _, tables, found = pplc
    before = _engagement(tables, attendance_network(tables.events, tables.attendance, tuple(tables.actors["actor_id"])))
    before = before.set_index("actor_id")
    table = found["attendance_trends"].set_index("actor_id")
    shared = table.index
    assert before.loc[shared, "events_eligible"].tolist() == table["events"].tolist()
    assert before.loc[shared, "events_attended"].tolist() == table["attended"].tolist()
    pd.testing.assert_series_equal(before.loc[shared, "dosage"], table["dosage"])
    counted = table[["attended", "excused", "unexcused"]].sum(axis=1)
    assert counted.tolist() == table["events"].tolist()


def test_other_draws_other_seed(pplc: tuple[Study, Tables, Found]) -> None:
    study, tables, found = pplc
    assert study.engagement is not None
    few = replace(study, seed=study.seed + 1, engagement=replace(study.engagement, draws=99))
    other = compute_engagement(few, tables, None)
    assert other["leading"]["value"].tolist() == pytest.approx(found["leading"]["value"].tolist(), nan_ok=True)
    assert other["leading"]["p"].min() >= 0.01


@pytest.mark.parametrize(
    ("old", "new", "place", "words"),
    [
        ('core = ["principal"]\n', "", "engagement.core", "go together"),
        ('column = "role"\n', "", "engagement.column", "go together"),
        ('within = "community"', 'within = "comunity"', "comunity", "no such column"),
        ("last = 2", "last = 0", "engagement.last", "wrong kind"),
        ("draws = 199", "draws = 9", "engagement.draws", "wrong kind"),
    ],
)
def test_faults_of_the_section(tmp_path: Path, old: str, new: str, place: str, words: str) -> None:
    stops = sna.check_study(engagement_study(tmp_path / "s", toml=changed(STUDY, old, new))).stops
    assert any(problem.column == place and words in problem.problem for problem in stops), [str(p) for p in stops]


def test_a_study_without_attendance(tmp_path: Path) -> None:
    toml = STUDY[: STUDY.index("[[attendance]]")] + STUDY[STUDY.index("[engagement]") :]
    found = measured(engagement_study(tmp_path / "s", toml=toml))
    assert {name: len(table) for name, table in found.items()} == dict.fromkeys(COLUMNS, 0)
