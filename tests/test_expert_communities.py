"""Made-up communities: topics that hang on one person, nothing found, several together, roles, strata."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import sna
from sna.expertise import compute_expertise
from sna.networks import Network
from sna.privacy.expertise import expertise_page
from sna.results import Results
from tests.expert_study import expert_study
from tests.small_study import STUDY, small_study

SECTION = """
within = "community"
column = "role"
nominees = ["principal"]
draws = 299
"""
TOPICS = """
[expertise]
relations = ["advice", "help"]
"""
Names = Callable[[int, int, list[str]], set[int]]


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    return sna.measure_study(expert_study(tmp_path_factory.mktemp("made") / "pplc", SECTION))


def community(results: Results, named: Names, groups: str = "x", *, roles: str = "principal") -> Results:
    """Made-up answers instead of those of the study: `named(topic, person, people)` says whom a person names.

    `groups` holds a letter for each community of nine people; the first three of each have the role `roles`.
    """
    people = [f"{letter}{n}" for letter in groups for n in range(9)]
    stated = pd.DataFrame(
        {
            "community": [person[0] for person in people],
            "role": [roles if p[1] in "012" else "principal" for p in people],
        },
        index=pd.Index(people, name="actor_id"),
        dtype="str",
    )
    networks = {}
    for at, relation in enumerate(r.id for r in results.study.relations if r.topic):
        ties = []
        for person in people:
            mine = [other for other in people if other[0] == person[0] and other != person]
            ties += [(person, mine[i]) for i in sorted(named(at, people.index(person) % 9, mine))]
        network = Network.from_ties(people, ties, attributes=stated, relation=relation, wave="spring")
        networks["spring", relation] = network
    study = results.study
    assert study.expertise is not None
    few = replace(study, suppress_below=3)
    actors = stated.reset_index().assign(wave="spring", name=lambda table: "Name of " + table["actor_id"])
    tables = replace(results.tables, actors=actors)
    return replace(results, study=few, tables=tables, networks=networks, expertise=compute_expertise(few, networks))


def at_random(rng: np.random.Generator) -> Names:
    return lambda topic, person, mine: set(rng.choice(len(mine), 2, replace=False).tolist())


def one_for_all(topic: int, person: int, mine: list[str]) -> set[int]:
    """On the first topic everybody names the first person, and two a second one; on others all are named alike."""
    if topic == 0:
        return {0, 3} if person in (4, 5) else {0} if person else set()
    return {person % len(mine), (person + topic) % len(mine)}


def single_nomination(topic: int, person: int, mine: list[str]) -> set[int]:
    """On the first topic one person names somebody, nobody else anybody."""
    return ({2} if person == 4 else set()) if topic == 0 else {person % len(mine), (person + 1) % len(mine)}


def sentences_of(found: Results, audience: str) -> str:
    page = expertise_page(found, audience, set())
    assert page is not None
    return " ".join(" ".join(picture.sentences) for picture in page.pictures)


def test_a_topic_hangs_on_one_person_beyond_chance_only(results: Results) -> None:
    found = community(results, one_for_all)
    table = found.expertise.most_named.set_index(["nominees", "relation"])
    first = table.loc["principal", "expert_feedback"]
    assert first[["actor_id", "named_by", "namers", "only_name"]].tolist() == ["x0", 8, 8, 6]
    assert first["share"] == pytest.approx(8 / 10)
    assert first["share"] > first["chance_95"]
    assert first["p"] <= first["q"] <= 0.05
    assert first["hangs"]
    assert table["hangs"].sum() == 2, "once for each set of nominees"
    assert "On observing lessons and giving feedback, 80% of the names go to one person." in sentences_of(
        found, "researcher"
    )
    found = community(results, single_nomination)
    table = found.expertise.most_named.set_index(["nominees", "relation"])
    first = table.loc["principal", "expert_feedback"]
    assert (first["share"], first["named_by"], first["p"], first["hangs"]) == (1, 1, 1, False)
    assert not table["hangs"].any()
    assert "go to one person" not in sentences_of(found, "researcher")


def test_nothing_found_is_told_with_how_likely_it_would_have_been(results: Results) -> None:
    found = community(results, at_random(np.random.default_rng(4)))
    table = found.expertise.fixity
    assert (table["label"] == "diffuse").all()
    assert (table["power_3"] < table["power_8"]).all()
    assert (table["power_8"] > 0.9).all()
    assert "Had three people been eight times as likely" in sentences_of(found, "researcher")
    told = sentences_of(found, "manager")
    assert "Three people far more sought than anybody else would very probably have shown here" in told
    assert "Had three people" not in told
    again = compute_expertise(found.study, found.networks).fixity
    pd.testing.assert_frame_equal(table, again)


def test_communities_are_put_together(results: Results) -> None:
    """Of small communities in which the same three are named on all topics, the pool says so more clearly."""

    def same_few(topic: int, person: int, mine: list[str]) -> set[int]:
        return {(person + topic) % 3, (person + topic + 1) % 3}

    found = community(results, same_few, "xyz")
    pooled = found.expertise.fixity_pooled.set_index("nominees")
    single = found.expertise.fixity
    single = single[single["nominees"] == "principal"]
    row = pooled.loc["principal"]
    assert (row["communities"], row["respondents"], row["label"]) == (3, 27, "fixed few")
    assert row["p_concentrated"] < single["p_concentrated"].min()
    assert row["p_fixed"] < single["p_fixed"].min()
    assert row["p_differs"] > 0.05
    for audience in ("researcher", "manager"):
        page = expertise_page(found, audience, set())
        assert page is not None
        ((label, words),) = page.together
        assert label == "Spring"
        assert words[0].startswith("Over all of them, the same few people")
        assert "3 communities" in words[1]
        assert any("Stouffer" in line for line in words) is (audience == "researcher")
    # Too small to be shown one by one; together they are told of where nobody is pointed at.
    for fewest, told in ((10, 1), (28, 0)):
        page = expertise_page(replace(found, study=replace(found.study, suppress_below=fewest)), "manager", set())
        assert page is not None
        assert (len(page.together), {picture.short for picture in page.pictures}) == (told, {"too few people to show"})


def test_one_community_is_no_pool_and_a_whole_wave_none(results: Results) -> None:
    found = community(results, at_random(np.random.default_rng(1)), "x")
    pooled = found.expertise.fixity_pooled
    assert pooled["reason"].tolist() == ["too_few_communities"] * 2
    assert pooled["communities"].tolist() == [1, 1]
    assert pooled[["p_fixed", "label"]].isna().all(axis=None)
    page = expertise_page(found, "researcher", set())
    assert page is not None
    assert page.together == ()
    assert found.study.expertise is not None
    whole = replace(found.study, expertise=replace(found.study.expertise, within=None))
    assert len(compute_expertise(whole, found.networks).fixity_pooled) == 0


def test_a_role_called_everyone_is_not_everyone(results: Results) -> None:
    found = community(results, at_random(np.random.default_rng(2)), roles="everyone")
    assert found.study.expertise is not None
    called = replace(found.study, expertise=replace(found.study.expertise, nominees=("everyone",)))
    table = compute_expertise(called, found.networks).fixity
    assert table["nominees"].tolist() == ["role: everyone", "everyone"]
    assert table["people"].tolist() == [3, 9]
    told = expertise_page(
        replace(found, study=called, expertise=compute_expertise(called, found.networks)), "researcher", set()
    )
    assert told is not None
    assert told.pictures[0].counted == "Counted are nominations of people whose role is everyone."


def test_strata_keep_experts_of_one_kind_among_themselves(results: Results) -> None:
    """Facilitators named by everybody on everything: fixed, until they change places with each other only."""

    def facilitators(topic: int, person: int, mine: list[str]) -> set[int]:
        rng = np.random.default_rng([topic, person])
        return set(rng.choice(3, 2, replace=False).tolist()) | {3 + (person + topic) % 5}

    found = community(results, facilitators, roles="facilitator")
    study = found.study
    assert study.expertise is not None
    plain = found.expertise
    by_role = replace(study, expertise=replace(study.expertise, strata="role"))
    strata = compute_expertise(by_role, found.networks)
    tables = [one.fixity.set_index("nominees").loc["everyone"] for one in (plain, strata)]
    assert tables[0]["p_fixed"] < 0.05 < tables[1]["p_fixed"]
    assert tables[0]["p_concentrated"] == tables[1]["p_concentrated"]
    measures = set(strata.concentration["measure"]) - set(plain.concentration["measure"])
    assert measures == {"theil_between"}
    everyone = strata.concentration[strata.concentration["nominees"] == "everyone"]
    by_measure = everyone[everyone["relation"].isna()].set_index("measure")["value"]
    assert 0 < by_measure["theil_between"] < by_measure["theil"]
    # One role only: nothing to be between.
    first = strata.concentration[strata.concentration["nominees"] == "principal"]
    assert "theil_between" not in set(first["measure"])


def test_strata_must_be_a_column_of_the_roster(tmp_path: Path) -> None:
    toml = f'{STUDY}{TOPICS}strata = "roll"\n'
    stops = sna.check_study(small_study(tmp_path, toml=toml)).stops
    assert any(problem.column == "roll" and "no such column" in problem.problem for problem in stops)
