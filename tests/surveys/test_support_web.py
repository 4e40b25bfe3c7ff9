"""The support-web example, built as surveys/README.md says.

Everything here is read from the raw files; the package's own readers have no part in it.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import pytest

WEB = Path(__file__).resolve().parents[2] / "surveys" / "support-web"
WAVES = ("autumn", "spring")
KINDS = ("material", "learning", "peers", "operations", "sponsorship")
DEPEND = {"P03", "P07", "P12", "P16", "P21", "A02", "F02"}
FAVOURITES, LOST = ["P14", "P15", "P18", "P19"], ["P17", "P20", "P22", "P24"]
SCHOOL = ("principal", "assistant principal", "teacher leader")


def table(name: str) -> pd.DataFrame:
    """A file as text, empty cells as empty text."""
    return pd.read_csv(WEB / name, dtype=str, keep_default_na=False)


@cache
def roster(wave: str) -> pd.DataFrame:
    """The roster of a wave by actor_id, without who refused."""
    rows = table("roster.csv")
    return rows[(rows["wave"] == wave) & (rows["consent"] != "refused")].set_index("actor_id")


@cache
def answers(wave: str) -> pd.DataFrame:
    """The responses of a wave by actor_id, without those of who refused."""
    rows = table(f"responses_{wave}.csv").set_index("actor_id")
    return rows[rows.index.isin(roster(wave).index)]


@cache
def received(wave: str, kind: str) -> dict[str, set[str]]:
    """Who answered the page about support → from whom they receive a kind."""
    rows = answers(wave).query("answered_support == 'yes'")
    return {
        str(ego): {who for who in roster(wave).index if kind in row[f"support_{who}"].split("; ")}
        for ego, row in rows.iterrows()
    }


@cache
def named(wave: str, question: str) -> dict[str, set[str]]:
    """Who answered → whom they named about resources or demands."""
    ids = {name: who for who, name in roster(wave)["name"].items()}
    found = {}
    for ego, row in answers(wave).iterrows():
        cells = [text for text in row[row.index.str.startswith(f"{question}_name")] if text]
        if cells != ["prefer not to say"]:
            found[str(ego)] = {ids[text] for text in cells if text in ids}
    return found


def log() -> pd.DataFrame:
    """The contact log."""
    return table("contacts.csv")


def members(network: str) -> list[str]:
    """Those of a network whom its facilitators serve, in either wave."""
    rows = table("roster.csv").drop_duplicates("actor_id")
    return list(rows[(rows["network"] == network) & rows["level"].isin(SCHOOL)]["actor_id"])


# The people --------------------------------------------------------------------------------------


def test_people_by_level_and_wave() -> None:
    counts = {wave: table("roster.csv").query("wave == @wave")["level"].value_counts().to_dict() for wave in WAVES}
    assert counts["autumn"] == {
        "principal": 25,
        "central office": 8,
        "assistant principal": 6,
        "teacher leader": 5,
        "network facilitator": 3,
        "outside partner": 3,
    }
    assert counts["spring"] == {**counts["autumn"], "central office": 7, "teacher leader": 6}
    for wave in WAVES:
        people = roster(wave)
        assert people["name"].is_unique
        assert set(people.query("asked == 'no'")["level"]) == {"outside partner"}
        assert (people["network"] == "").eq(people["level"].isin(["central office", "outside partner"])).all()
        assert (people["need"] != "").eq(people["level"].isin(SCHOOL)).all()


def test_who_came_and_went() -> None:
    autumn, spring = set(roster("autumn").index), set(roster("spring").index)
    assert autumn - spring == {"P09", "C01", "T03"}
    assert spring - autumn == {"P26", "T06"}
    assert roster("autumn").loc[["P09", "C01"], "left"].tolist() == ["2023-12-21", "2024-01-31"]
    assert set(roster("spring").loc[["P26", "T06"], "joined"]) == {"2024-01-08"}
    assert roster("spring").loc["P26", "school"] == roster("autumn").loc["P09", "school"]


def test_who_answered_and_what_they_agreed_to() -> None:
    silent = {wave: set(roster(wave).query("asked == 'yes'").index) - set(answers(wave).index) for wave in WAVES}
    assert silent == {"autumn": {"A06", "P13"}, "spring": {"A06", "P21", "P25"}}
    rows = table("roster.csv")
    refused = rows.query("consent == 'refused'")
    assert list(refused["actor_id"]) == ["T03"]
    assert set(refused["wave"]) == {"spring"}
    assert "T03" in set(table("responses_spring.csv")["actor_id"])
    assert set(rows.query("consent == 'no_named_display'")["actor_id"]) == {"P04", "C05", "A05"}
    assert set(rows.query("consent == 'research_only'")["actor_id"]) == {"P23"}
    assert list(answers("spring").query("answered_support == 'no'").index) == ["P10"]
    assert set(answers("spring").index) - set(named("spring", "demands")) == {"T05"}


@pytest.mark.parametrize("wave", WAVES)
def test_a_few_single_cells_are_unknown(wave: str) -> None:
    page = answers(wave).query("answered_support == 'yes'").filter(regex="^support_")
    kept = (page == "prefer not to say").to_numpy().sum()
    assert 5 <= kept <= 25
    advice = answers(wave)[[f"advice_{who}" for who in roster(wave).index]]
    assert 5 <= (advice == "").to_numpy().sum() - len(advice) <= 25


# The web -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("wave", WAVES)
def test_who_lacks_which_kind_is_what_was_planted(wave: str) -> None:
    lacking = {kind: {ego for ego, whom in received(wave, kind).items() if not whom} for kind in KINDS}
    teachers = {who for who in received(wave, "material") if roster(wave).loc[who, "level"] == "teacher leader"}
    assert lacking["material"] == {"P20"} | teachers
    assert lacking["learning"] == {"P17", "P20"}
    assert lacking["peers"] == {"P17", "P20", "P24"}
    assert lacking["operations"] == set()
    assert lacking["sponsorship"] == {"autumn": {"P11", "P20"}, "spring": {"P07", "P16", "P20", "A02"}}[wave]


def test_seven_had_no_sponsor_but_one_who_left_and_three_found_another() -> None:
    before, after = received("autumn", "sponsorship"), received("spring", "sponsorship")
    assert {ego for ego, whom in before.items() if whom == {"C01"}} == DEPEND
    assert all(len(whom) >= 2 for ego, whom in before.items() if whom and ego not in DEPEND)
    assert all(len(whom) >= 2 for whom in after.values() if whom)
    assert {ego for ego in DEPEND if after.get(ego)} == {"P03", "P12", "F02"}
    assert DEPEND - set(after) == {"P21"}
    shared = {ego for ego, whom in before.items() if "C01" in whom} - DEPEND
    assert shared == {"P01", "P06", "P18", "A04"}
    counts = Counter(giver for whom in before.values() for giver in whom)
    assert counts.most_common(1)[0][0] == "C01"


@pytest.mark.parametrize("wave", WAVES)
def test_ties_carry_several_kinds_far_more_often_than_independent_layers_would(wave: str) -> None:
    others = len(roster(wave)) - 1
    several, expected = 0, 0.0
    for ego in received(wave, "peers"):
        mine = [received(wave, kind)[ego] for kind in KINDS]
        several += sum(n >= 3 for n in Counter(who for whom in mine for who in whom).values())
        odds = np.array([1.0])
        for whom in mine:
            odds = np.convolve(odds, [1 - len(whom) / others, len(whom) / others])
        expected += others * odds[3:].sum()
    assert several > 10 * expected


@pytest.mark.parametrize("wave", WAVES)
def test_peers_are_of_ones_own_level_and_other_support_crosses_levels(wave: str) -> None:
    level = roster(wave)["level"]
    crossing = {
        kind: np.mean([level[ego] != level[j] for ego, whom in received(wave, kind).items() for j in whom])
        for kind in KINDS
    }
    assert crossing.pop("peers") < 0.25
    assert min(crossing.values()) > 0.6


@pytest.mark.parametrize("wave", WAVES)
def test_favourites_get_every_kind_but_sponsorship_from_their_facilitator_and_others_nothing(wave: str) -> None:
    for kind in KINDS[:4]:
        helped = {ego for ego, whom in received(wave, kind).items() if "F03" in whom}
        mine = {ego for ego in helped if roster(wave).loc[ego, "level"] in SCHOOL}
        assert len(mine & set(FAVOURITES)) >= 3
        assert len(mine - set(FAVOURITES)) <= 1


# Bridging and buffering --------------------------------------------------------------------------


class Passing(NamedTuple):
    """What methods call bridging and adjusted buffering, without strata; everybody who answered is known."""

    bridging: float
    buffering: float


def passing(wave: str, facilitator: str) -> Passing:
    """From the names alone."""
    people, gets, asked = roster(wave), named(wave, "resources"), named(wave, "demands")
    sources = [w for w in people.index if people.loc[w, "level"] in ("central office", "outside partner")]
    served = {w: people.loc[w, "network"] == people.loc[facilitator, "network"] for w in people.index}
    school = [w for w in people.index if people.loc[w, "level"] in SCHOOL]
    reach = [e for e in sources if e in gets[facilitator]]
    bridged = [facilitator in gets[m] and e not in gets[m] for e in reach for m in school if served[m] and m in gets]
    gaps = []
    for e in (e for e in sources if e in asked[facilitator]):
        own = [e in asked[m] or facilitator in asked[m] for m in school if served[m] and m in asked]
        gaps.append(np.mean([e in asked[m] for m in school if not served[m] and m in asked]) - np.mean(own))
    return Passing(float(np.mean(bridged)), float(np.mean(gaps)))


@pytest.mark.parametrize("wave", WAVES)
def test_one_facilitator_bridges_and_buffers_and_another_hands_demands_on(wave: str) -> None:
    first, second, third = (passing(wave, who) for who in ("F01", "F02", "F03"))
    assert first.bridging > 0.75
    assert third.bridging < 0.3 < second.bridging < first.bridging
    assert first.buffering > 0.3
    assert 0 < second.buffering < first.buffering
    assert third.buffering < -0.4


# Contacts ----------------------------------------------------------------------------------------


def test_contact_log_is_of_working_days_of_the_year_and_of_members_who_were_there() -> None:
    rows = log()
    days = pd.to_datetime(rows["date"])
    assert days.is_monotonic_increasing
    assert (days.dt.day_of_week < 5).all()
    assert days.min() >= pd.Timestamp("2023-09-05")
    assert days.max() <= pd.Timestamp("2024-06-28")
    assert set(rows["who"]) == {"F01", "F02", "F03"}
    people = table("roster.csv").drop_duplicates("actor_id").set_index("actor_id")
    elsewhere = rows[rows["who"].map(people["network"]) != rows["whom"].map(people["network"])]
    assert elsewhere[["who", "whom"]].to_numpy().tolist() == [["F02", "P15"]]
    assert rows.loc[rows["whom"] == "P09", "date"].max() <= "2023-12-21"
    assert rows.loc[rows["whom"] == "P26", "date"].min() >= "2024-01-08"
    assert 0 < (rows["minutes"] == "").sum() < 0.05 * len(rows)


def test_contact_in_the_north_is_steady_and_by_need() -> None:
    rows = log().query("who == 'F01'").assign(month=lambda r: r["date"].str[:7])
    served = [who for who in members("North network") if who not in ("P09", "P26")]
    assert (rows[rows["whom"].isin(served)].groupby("whom")["month"].nunique() == 10).all()
    assert set(rows["whom"]) == set(members("North network"))
    minutes = pd.to_numeric(rows["minutes"]).groupby(rows["whom"]).sum()[served]
    need = roster("autumn").loc[served, "need"].astype(int)
    assert minutes.corr(need, method="spearman") > 0.8
    monthly = rows["month"].value_counts()
    assert monthly.min() > 0.8 * monthly.max()


def test_contact_in_the_south_dries_up_and_favours_few() -> None:
    rows = log().query("who == 'F03'")
    served = members("South network")
    minutes = pd.to_numeric(rows["minutes"]).groupby(rows["whom"]).sum().reindex(served, fill_value=0)
    assert minutes[FAVOURITES].sum() > 0.7 * minutes.sum()
    need = table("roster.csv").drop_duplicates("actor_id").set_index("actor_id").loc[served, "need"].astype(int)
    assert minutes.corr(need, method="spearman") < -0.3
    assert (rows["date"] < "2024-01-08").sum() > 1.5 * (rows["date"] >= "2024-01-08").sum()
    last = rows.groupby("whom")["date"].max()
    assert list(last[last < "2024-01-01"].index) == LOST
    assert set(served) - set(last.index) == {"T06"}
    second = rows[rows["date"] >= "2024-01-08"]["whom"].value_counts()
    assert set(second[second > 1].index) == set(FAVOURITES)
    assert set(second[second == 1].index) == set(served) - {*FAVOURITES, *LOST, "T06"}


# The readme --------------------------------------------------------------------------------------


def test_readme_tells_the_figures_of_the_files() -> None:
    text = " ".join((WEB.parent / "README.md").read_text(encoding="utf-8").split("## support-web")[1].split())
    told = []
    for wave in WAVES:
        kinds = Counter[int]()
        for ego in received(wave, "peers"):
            kinds.update(Counter(who for kind in KINDS for who in received(wave, kind)[ego]).values())
        told.append((sum(n for layers, n in kinds.items() if layers >= 3), kinds.total()))
    (first, all_first), (second, all_second) = told
    assert f"{first} of {all_first} ties carry three kinds or more in the autumn" in text
    assert f"{second} of {all_second} in the spring" in text
    for who, network in (("F01", "North"), ("F02", "North"), ("F03", "South")):
        bridged, kept = zip(*(passing(wave, who) for wave in WAVES), strict=True)
        points = ", ".join(f"{-100 * share:+.0f}".replace("-", "−") for share in kept)
        assert f"| {who}, {network} | {bridged[0]:.0%}, {bridged[1]:.0%} | {points} points |".replace("%", " %") in text
    assert f"The contact log holds {len(log())} contacts" in text
    answered = {wave: len(table(f"responses_{wave}.csv")) for wave in WAVES}
    assert f"50, 47, {answered['autumn']} (96 %) | 50, 47, {answered['spring']} (94 %)" in text
