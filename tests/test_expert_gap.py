"""Ratings beside names in a whole study: who is an expert nobody asks, and what managers may be told of it."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import sna
from sna.expert_gap import COLUMNS, STATUS, expert_gap, gap_tables
from sna.expertise import compute_expertise
from sna.findings.expert_gap import in_bands, with_names
from sna.metrics.fixity import Nominations, nominations
from sna.networks import Network
from sna.privacy.build import release
from sna.privacy.expertise import expertise_page
from sna.render.pages import render_pages
from sna.results import Results
from tests.expert_study import expert_study

TOPICS = ("feedback", "data", "pd", "curriculum", "operations")
SECTION = """within = "community"
column = "role"
nominees = ["principal"]
rated = "skill_{relation}"
expert_from = 4
draws = 199
"""


def rated_study(folder: Path) -> Path:
    """The six communities with ratings: most people of their own, a few of nobody; some will not say."""
    expert_study(folder, SECTION)
    rng = np.random.default_rng(3)
    path = folder / "responses_spring.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        head, *rows = list(csv.reader(stream))
    wide = [[*head, *(f"skill_expert_{topic}" for topic in TOPICS)]]
    for row in rows:
        place = int(re.sub(r"\D", "", row[0].split("-")[1]) or 0)
        own = [5 if place % 5 == at % 5 else 4 if rng.random() < 0.15 else 1 for at in range(1, 6)]
        said = ["" if rng.random() < 0.1 else str(value) for value in own]
        wide.append([*row, *said])
    wide[3][-1] = "prefer not to say"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(wide)
    return folder


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    found = sna.measure_study(rated_study(tmp_path_factory.mktemp("rated") / "pplc"))
    return looked_at(found, found.networks, found.tables.ratings)


def looked_at(found: Results, networks: object, ratings: pd.DataFrame) -> Results:
    return replace(found, expertise=compute_expertise(found.study, networks, ratings=ratings))  # type: ignore[arg-type]


def test_every_row_is_what_counting_says(results: Results) -> None:
    tables, table = results.tables, results.expertise.expert_gap
    actors = tables.actors.set_index("actor_id")
    present = tables.ties[tables.ties["state"] == "present"]
    answered = tables.answered[tables.answered["status"] == "answered"]
    checked = {status: 0 for status in STATUS.values()}
    for row in table[table["nominees"] == "principal"].itertuples():
        members = [a for a in actors.index if actors.loc[a, "community"] == row.community]
        principals = {a for a in members if actors.loc[a, "role"] == "principal"}
        spoke = [a for a in answered.loc[answered["relation"] == row.relation, "actor_id"] if a in members]
        mine = present[present["relation"] == row.relation]
        names = {a: set(mine.loc[mine["ego_id"] == a, "alter_id"]) & principals for a in spoke}
        assert row.named_by == sum(row.actor_id in those for those in names.values())
        assert row.could == len(set(spoke) - {row.actor_id})
        chance = sum(len(those) / len(principals - {a}) for a, those in names.items() if a != row.actor_id)
        assert row.by_chance == pytest.approx(chance)
        asked = row.named_by > 0 and row.named_by >= chance - 1e-12
        assert (row.asked, row.expert) == (asked, row.rating >= 4)
        assert row.status == STATUS[row.expert, asked]
        checked[row.status] += 1
    assert min(checked.values()) > 3, checked
    rated = tables.ratings
    principals = set(actors.index[actors["role"] == "principal"])
    counted = int(rated["actor_id"].isin(principals).sum())
    assert len(table[table["nominees"] == "principal"]) == counted > 200
    assert len(table[table["nominees"] == "everyone"]) == len(rated) > counted


def test_topics_are_counted_and_tested(results: Results) -> None:
    gaps, table = results.expertise.expert_gap, results.expertise.expert_agreement
    assert len(table) == 6 * 5 * 2
    for row in table.itertuples():
        mine = gaps[(gaps["community"] == row.community) & (gaps["nominees"] == row.nominees)]
        mine = mine[mine["relation"] == row.relation]
        assert (row.rated, row.experts) == (len(mine), int(mine["expert"].sum()))
        assert row.unasked_experts == int((mine["status"] == "expert but unasked").sum())
        assert row.asked_others == int((mine["status"] == "asked but not expert").sum())
    # Ratings follow the planted experts where expertise varies by task, not where the same few are named.
    by_task = table[table["community"].isin(["PPLC E1", "PPLC M1"])]
    fixed = table[table["community"].isin(["PPLC E2", "PPLC H2"])]
    assert by_task["kendall_tau"].median() > 0.4
    assert abs(fixed["kendall_tau"].median()) < 0.2
    assert by_task["q"].min() <= 0.05 < fixed["q"].min()
    tested = table[table["reason"].isna()]
    assert (tested["least_p"] <= tested["p"] + 1e-12).all()
    assert (tested["p"] <= tested["q"] + 1e-12).all()
    assert len(tested) > 50


def test_draws_do_not_depend_on_other_communities(results: Results) -> None:
    alone = {
        key: network.among([a for a in network.actors if a.startswith("M1")])
        for key, network in results.networks.items()
    }
    mine = looked_at(results, alone, results.tables.ratings).expertise.expert_agreement
    theirs = results.expertise.expert_agreement
    theirs = theirs[theirs["community"] == "PPLC M1"].reset_index(drop=True)
    assert mine["reason"].isna().all()
    assert theirs["reason"].isna().all()
    pd.testing.assert_frame_equal(mine.drop(columns="reason"), theirs.drop(columns="reason"))


def made(named: list[list[int]], n: int = 4) -> Nominations:
    """One topic: whom each of n people names; None in place of a list: did not answer."""
    people = list("abcdefgh"[:n])
    ties = [(people[i], people[j]) for i, those in enumerate(named) if those for j in those]
    answered = [person for person, those in zip(people, named, strict=True) if those is not None]
    return nominations([Network.from_ties(people, ties, answered=answered, relation="t")])


def told(
    cells: Nominations, ratings: dict[str, float], verdict: str = "allowed"
) -> tuple[pd.DataFrame, dict[str, object]]:
    known = {("t", person): rating for person, rating in ratings.items()}
    found = gap_tables(cells, known, 3, {"t": verdict}, lambda _: np.random.default_rng(1), 99)
    (agreement,) = found["expert_agreement"]
    assert set(agreement) <= set(COLUMNS["expert_agreement"])
    return pd.DataFrame(found["expert_gap"], columns=list(COLUMNS["expert_gap"])), agreement


RATINGS = {"a": 5.0, "b": 1.0, "c": 3.0}


def test_named_as_often_as_by_chance_is_asked() -> None:
    rows, _ = told(made([[1], [0], [0], [0]]), RATINGS)
    assert rows["status"].tolist() == ["expert and asked", "asked but not expert", "expert but unasked"]
    assert rows["by_chance"].tolist() == pytest.approx([1.0, 1.0, 1.0])
    assert rows["named_by"].tolist() == [3, 1, 0]


@pytest.mark.parametrize(
    ("named", "verdict", "reason"),
    [
        ([[], [], [], []], "allowed", "no_ties"),
        ([None, None, None, None], "withheld", "nonresponse"),
        ([[1], [0], [0], [0]], "withheld", "nonresponse"),
    ],
)
def test_what_cannot_be_said_is_null_with_a_reason(named: list[list[int]], verdict: str, reason: str) -> None:
    rows, agreement = told(made(named), RATINGS, verdict)
    assert rows["reason"].tolist() == [reason] * 3
    assert rows[["asked", "status"]].isna().all(axis=None)
    assert rows["rating"].tolist() == [5, 1, 3]
    assert (agreement["reason"], agreement["rated"], agreement["experts"]) == (reason, 3, 2)
    assert agreement.get("kendall_tau") is None
    assert np.isnan(float(agreement["q"]))  # type: ignore[arg-type]


def test_somebody_whom_nobody_could_have_named() -> None:
    """One person answered: they themselves could be named by nobody, the others by one."""
    rows, agreement = told(made([[1], None, None, None]), RATINGS)  # type: ignore[list-item]
    assert rows["could"].tolist() == [0, 1, 1]
    assert rows["reason"].tolist()[0] == "nonresponse"
    assert rows["status"].tolist()[1:] == ["asked but not expert", "expert but unasked"]
    assert agreement["reason"] == "too_few_nodes"


def test_few_who_are_rated_differently_can_show_nothing() -> None:
    """One expert among four: 1 of 4 orders puts them first, so that no p is below .5."""
    cells = made([[1], [0, 2], [0], [0]])
    _, agreement = told(cells, {"a": 5, "b": 1, "c": 1, "d": 1})
    assert agreement["least_p"] == agreement["p"] == pytest.approx(0.5)
    assert with_names({**agreement, "rated": 4, "experts": 1}, [{"status": "neither"}], {}).startswith(
        "4 people rated, 1 of them as an expert. Too few people are rated differently"
    )


def test_nobody_is_rated() -> None:
    rows, agreement = told(made([[1], [0], [0], [0]]), {})
    assert (len(rows), agreement["rated"], agreement["reason"]) == (0, 0, "too_few_nodes")


def test_other_names_for_people_change_nothing() -> None:
    rng = np.random.default_rng(5)
    named = [sorted(rng.choice([j for j in range(6) if j != i], 2, replace=False).tolist()) for i in range(6)]
    cells, ratings = made(named, 6), {person: float(at % 5) for at, person in enumerate("abcdef")}
    order = rng.permutation(6)
    turned = Nominations(
        cells.topics,
        tuple(cells.respondents[i] for i in order),
        tuple(cells.nominees[i] for i in order),
        cells.named[:, order][:, :, order],
        cells.open[:, order][:, :, order],
    )
    first, second = (told(one, ratings)[0].set_index("actor_id").sort_index() for one in (cells, turned))
    pd.testing.assert_frame_equal(first, second)
    assert told(cells, ratings)[1]["p"] == told(turned, ratings)[1]["p"]


def test_too_few_answers_are_withheld(results: Results) -> None:
    silent = [f"E2-{n:02d}" for n in range(1, 16)]
    said = {}
    for key, network in results.networks.items():
        answered = [a for a, yes in zip(network.actors, network.answered, strict=True) if yes and a not in silent]
        ties = [(network.actors[i], network.actors[j]) for i, j, _ in network.ties()]
        said[key] = Network.from_ties(
            network.actors,
            [tie for tie in ties if tie[0] not in silent],
            answered=answered,
            attributes=network.attributes,
            relation=key[1],
            wave=key[0],
        )
    found = looked_at(results, said, results.tables.ratings).expertise
    mine = found.expert_gap[found.expert_gap["community"] == "PPLC E2"]
    assert (mine["reason"] == "nonresponse").all()
    assert mine[["named_by", "asked", "status", "by_chance"]].isna().all(axis=None)
    assert (mine["verdict"] == "withheld").all()
    assert found.expert_gap.loc[found.expert_gap["community"] == "PPLC E1", "status"].notna().all()
    free = replace(results, study=replace(results.study, response_gate=False))
    allowed = looked_at(free, said, results.tables.ratings).expertise.expert_gap
    mine = allowed[allowed["community"] == "PPLC E2"]
    assert mine["status"].notna().all()
    assert (mine["verdict"] == "withheld").all(), "the verdict is stated either way"


def part(page: str) -> str:
    """What the page says under “Rated and asked”, as text."""
    return " ".join(re.findall(r"<h3>Rated and asked</h3>(.*?)</section>", page, re.DOTALL))


def test_researchers_see_who_and_managers_bands(results: Results) -> None:
    pages = {who: render_pages(release(results, who, {}), 1)["expertise.html"] for who in ("researcher", "manager")}
    names = set(results.tables.actors["name"]) | set(results.tables.actors["actor_id"])
    seen = part(pages["researcher"])
    assert "Experts, but hardly asked" in seen
    assert "Asked, but not rated as experts" in seen
    assert "τ = " in seen
    assert [name for name in names if name in seen]
    told = part(pages["manager"])
    assert not [name for name in names if name in told]
    assert not re.search(r"\d", re.sub(r"<[^>]*>", "", told)), told
    assert "fewer than half" in told
    assert "half or more" in told
    assert "A rating is not a test of expertise" in pages["manager"]
    assert "Rated and asked" not in str(release(results, "public", {}))


def test_without_ratings_nothing_is_said_of_them(results: Results) -> None:
    assert results.study.expertise is not None
    study = replace(results.study, expertise=replace(results.study.expertise, rated=None))
    plain = replace(results, study=study, expertise=compute_expertise(study, results.networks))
    assert len(plain.expertise.expert_gap) == len(plain.expertise.expert_agreement) == 0
    page = render_pages(release(plain, "researcher", {}), 1)["expertise.html"]
    assert "Rated and asked" not in page
    assert "A rating is not a test" not in page


def test_what_somebody_hidden_said_shows_nowhere(results: Results) -> None:
    """H2-08 took part for research only: with another rating and other names managers read the same of ratings."""
    hidden = {("spring", "H2-08")}
    first = expertise_page(results, "manager", hidden)
    assert first is not None
    ratings = results.tables.ratings.copy()
    mine = ratings["actor_id"] == "H2-08"
    assert mine.any()
    ratings.loc[mine, "rating"] = 7 - ratings.loc[mine, "rating"]
    said = {}
    for key, network in results.networks.items():
        people = network.actors
        ties = [(people[i], people[j]) for i, j, _ in network.ties() if people[i] != "H2-08"]
        answered = [a for a, yes in zip(people, network.answered, strict=True) if yes]
        others = [("H2-08", "H2-12"), ("H2-08", "H2-13")] if "H2-08" in answered else []
        said[key] = Network.from_ties(
            people, [*ties, *others], answered=answered, attributes=network.attributes, relation=key[1], wave=key[0]
        )
    other = replace(looked_at(results, said, ratings), networks=said)
    second = expertise_page(other, "manager", hidden)
    assert second is not None
    for one, another in zip(first.pictures, second.pictures, strict=True):
        assert one.rated == another.rated
        assert bool(one.rated)
    whole = next(picture for picture in first.pictures if picture.community == "PPLC H2")
    assert not any("rated higher" in line for line in whole.rated)


def test_small_communities_and_few_experts_are_not_told_of(results: Results) -> None:
    many = replace(results, study=replace(results.study, suppress_below=11))
    page = expertise_page(many, "manager", set())
    assert page is not None
    assert [bool(picture.rated) for picture in page.pictures] == [True, True, False, False, True, False] or [
        picture.community for picture in page.pictures if not picture.rated
    ] == ["PPLC M1", "PPLC M2"]
    rows = expert_gap(made([[1], [0], [0], [0]]), {("t", person): 5.0 for person in "abcd"}, 3)
    agreement = {"reason": "no_variation", "verdict": "allowed"}
    assert in_bands(agreement, rows, 5, whole=True) == "too few people are rated to say anything."
    assert in_bands(agreement, rows, 4, whole=True) == "Of those rated as experts, half or more are hardly asked."


PEOPLE = list("abcdefg")
EVERYBODY = [(i, j) for i in PEOPLE for j in PEOPLE if i != j]
ODD: dict[str, dict[str, object]] = {
    "nobody answered": {"ties": [], "answered": []},
    "one respondent": {"ties": [("a", "b"), ("a", "c")], "answered": ["a"]},
    "no ties": {"ties": []},
    "everybody tied": {"ties": EVERYBODY},
    "nobody who counts first": {"ties": [("a", "b")], "roles": ["facilitator"] * 7},
    "one who counts first": {"ties": [("b", "a")], "roles": ["principal"] + ["facilitator"] * 6},
    "nobody knows of one": {"ties": [("a", "b")], "unknown": [(i, "c") for i in PEOPLE if i != "c"]},
}


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("strata", [None, "role"])
@pytest.mark.parametrize("gate", [True, False])
@pytest.mark.parametrize("name", ODD)
def test_odd_communities_are_told_of_without_a_crash(
    results: Results, name: str, gate: bool, strata: str | None
) -> None:
    odd = dict(ODD[name])
    roles = odd.pop("roles", ["principal"] * 7)
    stated = pd.DataFrame({"community": "x", "role": roles}, index=pd.Index(PEOPLE, name="actor_id"), dtype="str")
    topics = [relation.id for relation in results.study.relations if relation.topic]
    networks = {
        ("spring", topic): Network.from_ties(PEOPLE, attributes=stated, relation=topic, wave="spring", **odd)  # type: ignore[arg-type]
        for topic in topics
    }
    rows = [("spring", topic, person, float(at % 6)) for topic in topics for at, person in enumerate(PEOPLE)]
    ratings = pd.DataFrame(rows, columns=["wave", "relation", "actor_id", "rating"])
    assert results.study.expertise is not None
    declared = replace(results.study.expertise, strata=strata, draws=99)
    study = replace(results.study, response_gate=gate, suppress_below=2, expertise=declared)
    actors = stated.reset_index().assign(wave="spring", name=lambda table: "Name of " + table["actor_id"])
    plain = replace(results, study=study, networks=networks, tables=replace(results.tables, actors=actors))
    found = looked_at(plain, networks, ratings)
    for audience in ("researcher", "manager"):
        page = expertise_page(found, audience, set())
        assert page is not None
        assert len(page.pictures) == 1
    for table in (found.expertise.expert_gap, found.expertise.most_named, found.expertise.expert_agreement):
        known = table[table["reason"].isna()]
        checked = [c for c in ("status", "share", "kendall_tau") if c in table.columns]
        assert known[checked].notna().all(axis=None)
        assert (
            table.loc[table["reason"].notna(), [c for c in ("status", "share") if c in checked]].isna().all(axis=None)
        )
    gaps = found.expertise.expert_gap
    if name == "nobody knows of one":
        assert set(gaps.loc[gaps["actor_id"] == "c", "reason"]) == {"nonresponse"}
        assert set(gaps.loc[gaps["actor_id"] == "c", "could"]) == {0}
    if name == "nobody who counts first":
        assert set(gaps["nominees"]) == {"everyone"}
