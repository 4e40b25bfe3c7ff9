"""Facilitators in a whole study: whose contact counts, what cannot be known, bridging and buffering, and bad input."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import sna
from sna.columns import facilitation as words
from sna.facilitation import COLUMNS, compute_facilitation, contact, served
from sna.facilitation.contact import MEASURES
from sna.networks import build_networks
from sna.networks.contact_log import FATES, contact_log
from sna.terms import REASONS
from tests.facilitated_study import CONTACTS, RESPONSES, ROSTER, SECTION, STUDY, facilitated_study, swap
from tests.reference import slow_facilitation as slow

Frames = Mapping[str, pd.DataFrame]


def computed(folder: Path) -> Frames:
    checked = sna.check_study(folder)
    assert checked.study is not None, [str(p) for p in checked.stops]
    assert checked.tables is not None, [str(p) for p in checked.stops]
    return compute_facilitation(checked.study, checked.tables, build_networks(checked.study, checked.tables))


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Frames:
    return computed(facilitated_study(tmp_path_factory.mktemp("facilitated")))


def row(table: pd.DataFrame, **keys: object) -> pd.Series:
    mine = table
    for name, value in keys.items():
        mine = mine[mine[name].isna() if value is None else mine[name] == value]
    assert len(mine) == 1, keys
    return mine.iloc[0]


def test_tables_have_the_columns_that_are_described(found: Frames) -> None:
    assert {name: list(table.columns) for name, table in found.items()} == {n: list(c) for n, c in COLUMNS.items()}
    assert {name: [c.name for c in held] for name, held in words.TABLES.items()} == {
        name: list(columns) for name, columns in COLUMNS.items()
    }
    for table in found.values():
        for column in [name for name in table.columns if name.endswith("reason")]:
            assert set(table[column].dropna()) <= set(REASONS)


def test_every_contact_of_the_log_is_somewhere(found: Frames) -> None:
    log = found["contact_log"].set_index("what")["contacts"].to_dict()
    assert log == {
        "counted": 8,
        "logged_twice": 1,
        "outside_period": 2,
        "between_facilitators": 1,
        "other_people": 2,
        "between_others": 3,
        "not_there": 1,
    }
    assert list(log) == list(FATES)
    assert sum(log.values()) == CONTACTS.count("\n") - 1
    months = found["contact_months"]
    assert months["contacts"].sum() == log["counted"]
    assert found["contact_people"]["contacts"].sum() == log["counted"]
    span = found["contact_log"].iloc[0]
    assert (span["since"], span["second_term"], span["until"]) == (
        dt.date(2023, 9, 1),
        dt.date(2024, 1, 1),
        dt.date(2024, 4, 30),
    )


def test_months_know_what_nobody_could_have_logged(found: Frames) -> None:
    months = found["contact_months"]
    one = months[(months["facilitator_id"] == "F1") & (months["actor_id"] == "N1")].set_index("month")
    assert list(one.index) == ["2023-09", "2023-10", "2023-11", "2023-12", "2024-01", "2024-02", "2024-03", "2024-04"]
    assert one["contacts"].tolist() == [2, 0, 0, 0, 0, 0, 0, 0]
    assert one["minutes"].tolist() == [75, 0, 0, 0, 0, 0, 0, 0]
    unstated = row(months, facilitator_id="F2", actor_id="N1", month="2023-10")
    assert (unstated["contacts"], unstated["without_minutes"]) == (1, 1)
    assert np.isnan(unstated["minutes"])
    # N6 joined on 15 January: what came before does not exist, and is not 0.
    late = months[(months["facilitator_id"] == "F1") & (months["actor_id"] == "N6")].set_index("month")
    assert late["days"].tolist() == [0, 0, 0, 0, 17, 29, 31, 30]
    assert late["contacts"].isna().tolist() == [True] * 4 + [False] * 4
    assert late["contacts"].tolist()[4:] == [0, 1, 0, 0]
    # Of F3 nothing was logged: silence, not 0.
    silent = months[months["facilitator_id"] == "F3"]
    assert (silent["days"] == 0).all()
    assert silent[["contacts", "minutes"]].isna().all(axis=None)
    assert len(months) == 8 * (2 * 6 + 6)


def test_people_have_contact_with_all_their_facilitators_together(found: Frames) -> None:
    people = found["contact_people"]
    one = row(people, actor_id="N1")
    assert (one["facilitators"], one["logging"], one["contacts"], one["minutes"]) == (2, 2, 3, 75)
    assert (one["first"], one["last"]) == (dt.date(2023, 9, 5), dt.date(2023, 10, 2))
    assert one["weeks_since_last"] == pytest.approx((dt.date(2024, 4, 30) - dt.date(2023, 10, 2)).days / 7)
    assert one["no_contact"] is True
    assert (one["first_contacts"], one["second_contacts"], one["first_minutes"], one["second_minutes"]) == (3, 0, 75, 0)
    assert one["first_weeks"] == pytest.approx(122 / 7)
    assert one["second_weeks"] == pytest.approx(121 / 7)
    assert one["weeks"] == pytest.approx(one["first_weeks"] + one["second_weeks"])
    two, three, never = (row(people, actor_id=actor) for actor in ("N2", "N3", "N4"))
    assert (two["contacts"], two["no_contact"], three["no_contact"]) == (3, True, False)
    assert (never["contacts"], never["minutes"], never["no_contact"]) == (0, 0, True)
    assert pd.isna(never["last"])
    assert np.isnan(never["weeks_since_last"])
    assert never["longest_gap"] == pytest.approx(242 / 7)
    late = row(people, actor_id="N6")
    assert pd.isna(late["first_contacts"])
    assert (late["first_weeks"], late["second_contacts"], late["no_contact"]) == (0, 1, True)
    assert late["longest_gap"] == pytest.approx((dt.date(2024, 4, 30) - dt.date(2024, 2, 1)).days / 7)
    # In the South nothing was logged; M5 had left before the end.
    south = people[people["community"] == "South"]
    assert south["reason"].tolist() == ["not_logged"] * 6
    assert south[["contacts", "weeks", "no_contact"]].isna().all(axis=None)
    assert south["need"].tolist()[:5] == [5, 4, 3, 2, 1]
    assert np.isnan(south["need"].iloc[5])


def test_spread_of_all_and_of_each(found: Frames) -> None:
    spread = found["contact_spread"]
    assert spread.groupby(["community", spread["facilitator_id"].fillna("")])["measure"].agg(list).map(
        tuple
    ).unique().tolist() == [MEASURES]
    north = spread[(spread["community"] == "North") & spread["facilitator_id"].isna()].set_index("measure")
    totals = [3, 3, 1, 0, 0, 1]
    assert north["people"].unique().tolist() == [6]
    assert north["contacts"].unique().tolist() == [8]
    assert north.loc["gini_contacts", "value"] == pytest.approx(slow.gini(totals))
    assert north.loc["gini_minutes", "value"] == pytest.approx(slow.gini([75, 110, 30, 0, 0, 30]))
    days = 5 * 243 + 107
    assert north.loc["contacts_per_month", "value"] == pytest.approx(8 / days * 365.25 / 12)
    assert north.loc["first_term_per_month", "value"] == pytest.approx(5 / (5 * 122) * 365.25 / 12)
    assert north.loc["second_term_per_month", "value"] == pytest.approx(2 / (5 * 121) * 365.25 / 12)
    # Everybody but N6, who was there in one term only.
    assert north.loc["change_contacts", "value"] == pytest.approx((2 / 121) / (5 / 122))
    assert north.loc["change_contacts", "low"] == 0
    assert np.isnan(north.loc["change_contacts", "high"]), "three people with contact rule nothing out"
    assert north.loc["months_with_contact", "value"] == pytest.approx(7 / (5 * 8 + 4))
    rate = [3 / 243, 3 / 243, 1 / 243, 0, 0]
    assert north.loc["need_correlation", "value"] == pytest.approx(slow.spearman(rate, [1, 2, 3, 4, 5]))
    alone = spread[spread["facilitator_id"] == "F2"].set_index("measure")
    assert alone["contacts"].unique().tolist() == [2]
    assert alone.loc["effective_number_contacts", "value"] == pytest.approx(2)
    south = spread[spread["community"] == "South"]
    assert south["reason"].unique().tolist() == ["not_logged"]
    assert south["value"].isna().all()


def test_facilitators_beside_people_like_those_they_serve(found: Frames) -> None:
    table = found["facilitators"]
    one, two, three = (row(table, facilitator_id=f) for f in ("F1", "F2", "F3"))
    assert table[["members", "comparison", "sources"]].to_numpy().tolist() == [[6, 6, 2]] * 3
    assert one["sources_reached"] == 2
    # Office One gives N4 something directly; N5 gets nothing from F1: 4 + 5 bridged pairs of 12.
    assert one["bridging"] == pytest.approx(9 / 12)
    assert (two["sources_reached"], two["bridging"]) == (1, pytest.approx(1 / 6))
    assert (three["sources_reached"], three["bridging"]) == (1, pytest.approx(1 / 5)), "M5 did not answer"
    assert one["sources_demanding"] == 2
    assert one["buffering"] == pytest.approx(11 / 12)
    # Office One asks N4, and M1 … M4 of the five others who answered; Office Two nobody, and M2, M3, M6.
    assert one["adjusted"] == pytest.approx(((4 / 5 - 1 / 6) + (3 / 5 - 0)) / 2)
    # F3 passes Office Two's demands on to M1 and M6; M2, M3 and M6 have them directly.
    assert three["adjusted"] == pytest.approx(0 - 4 / 5)
    assert one["p_adjusted"] < 0.05
    assert one["q_adjusted"] >= one["p_adjusted"]
    assert one["bridging_05"] <= one["bridging_chance"] <= one["bridging_95"]
    assert table[["bridging_verdict", "buffering_verdict"]].to_numpy().tolist() == [["allowed"] * 2] * 3
    assert table[["bridging_reason", "buffering_reason"]].isna().all(axis=None)


def test_only_people_of_the_same_stratum_are_compared(tmp_path: Path) -> None:
    roster = ROSTER
    for person in ("M1", "M2"):
        line = next(one for one in ROSTER.splitlines() if one.startswith(person))
        roster = swap(roster, line, line.replace(",high,", ",middle,"))
    table = computed(facilitated_study(tmp_path, roster=roster))["facilitators"]
    assert row(table, facilitator_id="F1")["comparison"] == 4
    assert row(table, facilitator_id="F3")["comparison"] == 4, "high is no stratum of the South"


def test_without_anybody_to_compare_with_buffering_is_not_identifiable(tmp_path: Path) -> None:
    toml = STUDY + swap(SECTION, 'within = "network"\n', "")
    table = computed(facilitated_study(tmp_path, toml=toml))["facilitators"]
    assert table["community"].isna().all()
    assert table["members"].tolist() == [12] * 3
    assert table["comparison"].tolist() == [0] * 3
    assert table["buffering_reason"].tolist() == ["not_identifiable"] * 3
    assert table[["buffering", "adjusted", "p_adjusted", "p_bridging"]].isna().all(axis=None)
    assert table["bridging"].notna().all()
    assert table["bridging_reason"].isna().all()


def test_too_few_answers_are_withheld(tmp_path: Path) -> None:
    silent = "\n".join(line for line in RESPONSES.splitlines() if line[:2] not in ("N1", "N2", "M1", "M2", "M3")) + "\n"
    table = computed(facilitated_study(tmp_path / "gated", responses=silent))["facilitators"]
    assert table["bridging_reason"].tolist() == ["nonresponse"] * 3
    assert table["buffering_verdict"].tolist() == ["withheld"] * 3
    assert table[["bridging", "adjusted", "sources_reached"]].isna().all(axis=None)
    toml = swap(STUDY, 'audience = "researcher"', 'audience = "researcher"\nresponse_gate = false') + SECTION
    table = computed(facilitated_study(tmp_path / "open", responses=silent, toml=toml))["facilitators"]
    assert table["bridging"].notna().all()
    nobody = "\n".join([RESPONSES.splitlines()[0], "F1,,,,"]) + "\n"
    table = computed(facilitated_study(tmp_path / "nobody", responses=nobody, toml=toml))["facilitators"]
    assert table["bridging_reason"].tolist() == ["no_ties"] * 3


def test_a_relation_that_was_not_asked_about(tmp_path: Path) -> None:
    toml = STUDY + swap(SECTION, 'demands = "demands"\n', "")
    table = computed(facilitated_study(tmp_path, toml=toml))["facilitators"]
    assert table["buffering_reason"].tolist() == ["not_asked"] * 3
    assert table["bridging"].notna().all()


def test_a_facilitator_whose_group_is_not_stated_serves_nobody(tmp_path: Path) -> None:
    found = computed(facilitated_study(tmp_path, roster=swap(ROSTER, "facilitator,South", "facilitator,")))
    one = row(found["facilitators"], facilitator_id="F3")
    assert (one["members"], one["bridging_reason"], one["buffering_reason"]) == (0, "too_few_nodes", "too_few_nodes")
    assert "F3" not in set(found["contact_months"]["facilitator_id"])
    assert set(found["contact_people"]["community"]) == {"North"}


def test_a_facilitator_with_no_members_left(tmp_path: Path) -> None:
    toml = STUDY + swap(SECTION, 'within = "network"\n', 'within = "network"\nmembers = ["superintendent"]\n')
    found = computed(facilitated_study(tmp_path, toml=toml))
    assert found["facilitators"]["bridging_reason"].tolist() == ["too_few_nodes"] * 3
    assert found["contact_people"].empty
    assert found["contact_spread"]["reason"].unique().tolist() == ["too_few_nodes"]


def test_nobody_facilitates(tmp_path: Path) -> None:
    found = computed(facilitated_study(tmp_path, toml=STUDY + swap(SECTION, '["facilitator"]', '["coach"]')))
    assert [name for name, table in found.items() if len(table)] == ["contact_log"]


def test_no_section_no_tables_and_no_log_no_rows(tmp_path: Path) -> None:
    assert computed(facilitated_study(tmp_path / "none", toml=STUDY)) == {}
    nothing = "date,who,whom,minutes\n2023-10-02,F1,F1,30\n"
    found = computed(facilitated_study(tmp_path / "empty", contacts=nothing))
    assert [name for name, table in found.items() if len(table)] == ["facilitators"]
    outside = computed(facilitated_study(tmp_path / "outside", contacts="date,who,whom,minutes\n2025-01-01,F1,N1,9\n"))
    assert row(outside["contact_log"], what="outside_period")["contacts"] == 1
    assert outside["contact_people"]["reason"].unique().tolist() == ["not_logged"]


def test_one_member_and_one_contact(tmp_path: Path) -> None:
    roster = "\n".join(line for line in ROSTER.splitlines() if line[0] != "N" or line.startswith("N1")) + "\n"
    contacts = "date,who,whom,minutes\n2023-10-02,F1,N1,\n"
    responses = "\n".join(line for line in RESPONSES.splitlines() if line[0] != "N" or line.startswith("N1")) + "\n"
    found = computed(facilitated_study(tmp_path, roster=roster, contacts=contacts, responses=responses))
    north = found["contact_spread"][found["contact_spread"]["community"] == "North"]
    reasons = north[north["facilitator_id"].isna()].set_index("measure")["reason"]
    assert reasons["gini_contacts"] == "too_few_nodes"
    assert reasons["change_minutes"] == "no_contact"
    assert reasons["need_correlation"] == "too_few_nodes"
    assert pd.isna(reasons["months_with_contact"])


def test_a_log_of_one_term(tmp_path: Path) -> None:
    toml = STUDY + swap(SECTION, "second_term = 2024-01-01\nuntil = 2024-04-30\n", "second_term = 2026-01-01\n")
    spread = computed(facilitated_study(tmp_path, toml=toml))["contact_spread"]
    north = spread[(spread["community"] == "North") & spread["facilitator_id"].isna()].set_index("measure")
    assert north.loc[["change_contacts", "first_term_per_month"], "reason"].tolist() == ["one_term"] * 2
    assert north.loc["contacts_per_month", "value"] > 0


def test_who_refused_in_one_wave_is_not_said_to_be_without_contact(tmp_path: Path) -> None:
    waves = swap(
        STUDY,
        '[[relations]]\nid = "resources"',
        '[[waves]]\nid = "w2"\nresponses = "responses.csv"\n[[relations]]\nid = "resources"',
    )
    lines = ROSTER.splitlines()
    roster = [f"{lines[0]},wave"]
    for line in lines[1:]:
        for wave in ("w1", "w2"):
            refuses = wave == "w2" and line.startswith("N2")
            roster.append(f"{line.replace(',full,', ',refused,') if refuses else line},{wave}")
    folder = facilitated_study(tmp_path, toml=waves + SECTION, roster="\n".join(roster) + "\n")
    found = computed(folder)
    assert "N2" not in set(found["contact_people"]["actor_id"]) | set(found["contact_months"]["actor_id"])
    assert {"N1", "N3"} <= set(found["contact_people"]["actor_id"])
    # The survey of the other wave keeps them.
    assert row(found["facilitators"], wave="w1", facilitator_id="F1")["members"] == 6
    assert row(found["facilitators"], wave="w2", facilitator_id="F1")["members"] == 5


def test_only_the_waves_of_the_log_say_who_is_served(tmp_path: Path) -> None:
    later = '[[waves]]\nid = "w2"\nresponses = "later.csv"\n[[relations]]\nid = "resources"'
    toml = swap(STUDY, '[[relations]]\nid = "resources"', later) + SECTION
    header, *lines = ROSTER.splitlines()
    listed = [*(f"{line},w1" for line in lines), *(f"{line},w2" for line in lines if "Ned One" not in line)]
    answers = {
        "roster": "\n".join([f"{header},wave", *listed]) + "\n",
        "later": RESPONSES.replace("N1,Fay One,,nobody,\n", ""),
    }
    assert "N1" in set(computed(facilitated_study(tmp_path, toml=toml, **answers))["contact_people"]["actor_id"])
    found = computed(facilitated_study(tmp_path, toml=toml + 'waves = ["w2"]\n', **answers))
    assert "N1" not in set(found["contact_people"]["actor_id"])
    assert row(found["contact_log"], what="other_people")["contacts"] > 2


def test_names_of_people_do_not_matter_and_the_log_may_be_turned_round(found: Frames, tmp_path: Path) -> None:
    """Whoever logged it: turning every row of the log round changes nothing; nor does another name of everybody."""
    rows = [line.split(",") for line in CONTACTS.splitlines()]
    turned = "\n".join(",".join([a, c, b, *rest] if a != "date" else [a, b, c, *rest]) for a, b, c, *rest in rows)
    again = computed(facilitated_study(tmp_path / "turned", contacts=turned + "\n"))
    for name in ("contact_months", "contact_people", "contact_log", "contact_spread"):
        pd.testing.assert_frame_equal(again[name], found[name])
    new = {line.split(",")[0]: f"Z{i}" for i, line in enumerate(ROSTER.splitlines()[1:])}

    def renamed(text: str) -> str:
        return "\n".join(",".join(new.get(cell, cell) for cell in line.split(",")) for line in text.splitlines()) + "\n"

    other = computed(
        facilitated_study(
            tmp_path / "renamed", roster=renamed(ROSTER), responses=renamed(RESPONSES), contacts=renamed(CONTACTS)
        )
    )
    for name, columns in (("contact_people", ["contacts", "longest_gap"]), ("contact_spread", ["value", "people"])):
        pd.testing.assert_frame_equal(other[name][columns], found[name][columns])
    numbers = ["bridging", "bridging_shared", "buffering", "adjusted"]
    pd.testing.assert_frame_equal(other["facilitators"][numbers], found["facilitators"][numbers])


def test_the_same_seed_gives_the_same_tables_and_one_network_does_not_change_another(
    found: Frames, tmp_path: Path
) -> None:
    again = computed(facilitated_study(tmp_path / "again"))
    for name, table in found.items():
        pd.testing.assert_frame_equal(again[name], table)
    more = computed(facilitated_study(tmp_path / "more", contacts=CONTACTS + "2024-03-01,F3,M1,30,x\n"))
    for name in ("contact_months", "contact_people", "contact_spread"):
        mine, theirs = (
            t[name][t[name]["community"] == "North"].drop(columns="q", errors="ignore") for t in (found, more)
        )
        pd.testing.assert_frame_equal(mine, theirs)


def test_random_logs_against_counting_by_hand(tmp_path: Path) -> None:
    dice = np.random.default_rng(7)
    ids = [line.split(",")[0] for line in ROSTER.splitlines()[1:]]
    logged = []
    for _ in range(400):
        who, whom = dice.choice(ids, 2, replace=False)
        day = dt.date(2023, 8, 20) + dt.timedelta(days=int(dice.integers(270)))
        # All in one direction, so that nothing is logged twice.
        first, second = sorted((str(who), str(whom)))
        logged.append((day, first, second, float(dice.integers(10, 90))))
    text = "date,who,whom,minutes\n" + "".join(f"{d},{a},{b},{m:g}\n" for d, a, b, m in logged)
    people = computed(facilitated_study(tmp_path, contacts=text))["contact_people"].set_index("actor_id")
    serves = {"F1": "N", "F2": "N", "F3": "M"}
    for actor in people.index:
        first = dt.date(2024, 1, 15) if actor == "N6" else dt.date(2023, 9, 1)
        last = dt.date(2023, 12, 15) if actor == "M5" else dt.date(2024, 4, 30)
        mine = [
            (day, minutes)
            for day, a, b, minutes in logged
            if actor in (a, b) and serves.get(b if a == actor else a) == actor[0] and first <= day <= last
        ]
        one = people.loc[actor]
        assert one["contacts"] == len(mine)
        assert one["minutes"] == sum(minutes for _, minutes in mine)
        assert one["longest_gap"] == pytest.approx(slow.gap([day for day, _ in mine], [first, last]) / 7)
        if actor != "M5":
            assert one["no_contact"] == all((last - day).days >= 42 for day, _ in mine)
            assert one["second_contacts"] == sum(day >= dt.date(2024, 1, 1) for day, _ in mine)
        else:
            assert pd.isna(one["no_contact"])


def test_both_logged_it(tmp_path: Path) -> None:
    """The same day and the same minutes, or none stated by one of them; anything else is another contact."""
    header = "date,who,whom,minutes\n"
    for rows, contacts, minutes in (
        ("2023-10-02,F1,N1,30\n2023-10-02,N1,F1,30\n", 1, 30),
        ("2023-10-02,F1,N1,\n2023-10-02,N1,F1,30\n", 1, 30),
        ("2023-10-02,F1,N1,30\n2023-10-02,N1,F1,\n", 1, 30),
        ("2023-10-02,F1,N1,30\n2023-10-02,N1,F1,45\n", 2, 75),
        ("2023-10-02,F1,N1,30\n2023-10-02,F1,N1,30\n", 2, 60),
        ("2023-10-02,F1,N1,30\n2023-10-03,N1,F1,30\n", 2, 60),
        ("2023-10-02,F1,N1,30\n2023-10-02,F1,N1,30\n2023-10-02,N1,F1,30\n2023-10-02,N1,F1,30\n", 2, 60),
    ):
        study = sna.check_study(facilitated_study(tmp_path, contacts=header + rows))
        assert study.study is not None
        assert study.tables is not None
        log = contact_log(study.study, study.tables)
        assert log is not None
        north = log.caseloads[0]
        assert (len(north.day), float(np.nansum(north.minutes))) == (contacts, minutes), rows
        assert sum(log.fates.values()) == rows.count("\n")


def test_need_that_is_no_number_is_told(tmp_path: Path) -> None:
    problems = sna.check_study(facilitated_study(tmp_path)).problems
    told = [p for p in problems if p.column == "need"]
    assert [(p.severity, p.value) for p in told] == [("note", "many")]


@pytest.mark.parametrize(
    ("old", "new", "place", "words"),
    [
        ('resources = "resources"', 'resources = "ressources"', "facilitation.resources", "No such relation"),
        ('sources = ["office"]\n', "", "facilitation.sources", "go together"),
        ('facilitators = ["facilitator"]\n', "", "facilitation.facilitators", "missing"),
        ("weeks = 6", "weeks = 0", "facilitation.weeks", "wrong kind"),
        ("since = 2023-09-01", "since = 2024-09-01", "facilitation.second_term", "not in order"),
        ("until = 2024-04-30", "until = 2023-12-30", "facilitation.until", "not in order"),
        ("weeks = 6", 'weeks = 6\nwaves = ["w9"]', "facilitation.waves", "No such wave"),
        ("weeks = 6", 'weeks = 6\nmembers = ["office"]', "facilitation.column", "two things at once"),
        ('within = "network"', 'within = "netwrok"', "netwrok", "no such column"),
        ('need = "need"', 'need = "needs"', "needs", "no such column"),
    ],
)
def test_faults_of_the_section(tmp_path: Path, old: str, new: str, place: str, words: str) -> None:
    stops = sna.check_study(facilitated_study(tmp_path, toml=STUDY + swap(SECTION, old, new))).stops
    assert any(p.column == place and words in p.problem for p in stops), [str(p) for p in stops]


def test_what_passes_needs_a_direction(tmp_path: Path) -> None:
    toml = STUDY.replace('flow = "against"', 'flow = "none"') + SECTION
    stops = sna.check_study(facilitated_study(tmp_path, toml=toml)).stops
    assert [p.column for p in stops] == ["facilitation.demands", "facilitation.resources"]


def test_very_many_people_are_told_to_be_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(served, "MOST_PEOPLE", 11)
    monkeypatch.setattr(contact, "MOST_PEOPLE", 5)
    found = computed(facilitated_study(tmp_path))
    assert found["facilitators"]["bridging_reason"].tolist() == ["too_large"] * 3
    assert found["facilitators"]["buffering_reason"].tolist() == ["too_large"] * 3
    spread = found["contact_spread"]
    assert spread.loc[spread["community"] == "North", "reason"].unique().tolist() == ["too_large"]
    assert found["contact_people"]["contacts"].sum() == 8
