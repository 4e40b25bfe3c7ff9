"""The observed meetings of the pplc example, its homework and its past groups, as surveys/README.md says.

Everything here is read from the raw files; the package's own readers have no part in it.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import combinations
from pathlib import Path

import pandas as pd
import pytest

PPLC = Path(__file__).resolve().parents[2] / "surveys" / "pplc"
SIZES = {"E1": 15, "E2": 18, "M1": 10, "M2": 9, "H1": 11, "H2": 13}
STRONG, MIXED, WEAK = ("E1", "M1"), ("H1", "M2"), ("E2", "H2")
PRACTICES = {"joint work", "modelling", "tools", "members as resources", "brokering"}


@cache
def table(name: str) -> pd.DataFrame:
    """A file as text, empty cells as empty text."""
    return pd.read_csv(PPLC / name, dtype=str, keep_default_na=False)


def log() -> pd.DataFrame:
    """The coded session log, minutes as numbers."""
    return table("activities.csv").assign(minutes=lambda rows: rows["minutes"].astype(int))


def leads(community: str) -> Counter[str]:
    """Who of a community led how often, in all observed meetings."""
    return Counter(w for led in log()["led_by"] for w in led.split(";") if w.startswith(community))


def test_twenty_five_meetings_were_observed_from_start_to_end() -> None:
    observed = log().groupby("event_id")["minutes"].sum()
    events = table("events.csv").set_index("event_id")
    assert len(observed) == 25
    assert observed.index.str.contains("joint").sum() == 9
    assert (observed == events.loc[observed.index, "minutes"].astype(int)).all()
    assert 100 < observed.sum() / 60 < 120


def test_people_of_the_session_log_are_on_the_roster() -> None:
    ids = set(table("roster.csv")["actor_id"])
    assert {who for led in log()["led_by"] for who in led.split(";")} - {""} <= ids
    assert set(log()["practice"]) == PRACTICES | {""}
    assert set(log()["how"]) == {"", "assigned", "volunteered"}


@pytest.mark.parametrize("community", STRONG)
def test_strong_communities_spend_their_time_on_practices_led_in_turn(community: str) -> None:
    mine = log()[log()["event_id"].str.startswith(f"{community}-")]
    working = mine[mine["activity"] != "lunch"]
    assert working.loc[working["practice"] != "", "minutes"].sum() > 0.9 * working["minutes"].sum()
    assert set(working["practice"]) >= PRACTICES
    assert set(mine["how"]) == {"", "volunteered"}
    led = leads(community)
    del led[f"{community}-F"]
    assert len(led) == SIZES[community]
    assert max(led.values()) <= 3


@pytest.mark.parametrize("community", WEAK)
def test_weak_communities_are_led_by_the_facilitator_and_the_same_three(community: str) -> None:
    mine = log()[log()["event_id"].str.startswith(f"{community}-")]
    working = mine[mine["activity"] != "lunch"]
    assert working.loc[working["practice"] == "", "minutes"].sum() > 0.6 * working["minutes"].sum()
    assert set(leads(community)) == {f"{community}-F", *(f"{community}-{n:02d}" for n in (1, 2, 3))}


@pytest.mark.parametrize("community", MIXED)
def test_mixed_communities_lie_between(community: str) -> None:
    led = leads(community)
    del led[f"{community}-F"]
    assert 3 < len(led) <= SIZES[community]
    few = sum(led[f"{community}-{n:02d}"] for n in (1, 2, 3))
    assert 0.5 < few / sum(led.values()) < 0.85


def test_three_of_eighteen_brought_their_homework_and_elsewhere_most_did() -> None:
    rows = table("homework.csv")
    assert not rows.duplicated(["actor_id", "event_id"]).any()
    assert set(rows["brought"]) == {"yes", "no", ""}
    grid = table("attendance_grid.csv").set_index("actor_id")
    assert all(
        grid.loc[who, event] not in ("", "A", "E") for who, event in zip(rows.actor_id, rows.event_id, strict=True)
    )
    share = {event: (said == "yes").sum() / (said != "").sum() for event, said in rows.groupby("event_id")["brought"]}
    assert share.pop("E2-01") == pytest.approx(3 / 18)
    assert min(share.values()) == pytest.approx(0.4)
    assert sum(share.values()) / len(share) > 0.75


def test_groups_were_remade_as_planted() -> None:
    rows = table("past_groups.csv")
    dates = set(table("events.csv")["date"])
    assert set(rows["date"]) <= dates
    assert not rows.duplicated(["date", "actor_id"]).any()
    apart = {frozenset(pair) for pair in table("apart.csv").itertuples(index=False, name=None)}
    assert len(apart) == 2
    for community, size in SIZES.items():
        mine = rows[rows["group"].str.startswith(community)]
        assert mine["date"].nunique() == 6
        assert (mine.groupby("date")["actor_id"].nunique() == size).all()
        assert set(mine.groupby(["date", "group"]).size()) <= {3, 4}
        met: Counter[frozenset[str]] = Counter()
        divisions = set()
        for _, day in mine.groupby("date"):
            groups = frozenset(frozenset(group) for _, group in day.groupby("group")["actor_id"])
            divisions.add(groups)
            met.update(frozenset(pair) for group in groups for pair in combinations(sorted(group), 2))
        assert not apart & set(met)
        assert len(divisions) == (6 if community in STRONG else 3 if community in MIXED else 1)
        most = min(met.total(), size * (size - 1) // 2)
        low, high = (0.9, 1.0) if community in STRONG else (0.5, 0.7) if community in MIXED else (0.0, 0.25)
        assert low * most <= len(met) <= high * most


def test_readme_tells_the_figures_of_the_files() -> None:
    text = (PPLC.parent / "README.md").read_text(encoding="utf-8")
    groups = table("past_groups.csv")
    for community, size in SIZES.items():
        mine = log()[log()["event_id"].str.startswith(f"{community}-") & (log()["activity"] != "lunch")]
        practised = mine.loc[mine["practice"] != "", "minutes"].sum() / mine["minutes"].sum()
        led = leads(community)
        del led[f"{community}-F"]
        few = sum(led[f"{community}-{n:02d}"] for n in (1, 2, 3)) / led.total()
        met = {
            frozenset(pair)
            for _, group in groups[groups["group"].str.startswith(community)].groupby(["date", "group"])["actor_id"]
            for pair in combinations(sorted(group), 2)
        }
        told = [f"{practised:.0%}", f"{len(led)} of {size}", f"{few:.0%}"]
        remade = "each time" if community in STRONG else "every second time" if community in MIXED else "never"
        told += [remade, f"{len(met)} of {size * (size - 1) // 2}"]
        assert f"| PPLC {community} | {' | '.join(told)} |".replace("%", " %") in text
    hours = log()["minutes"].sum() / 60
    assert f"{hours:.0f} hours in all" in text
