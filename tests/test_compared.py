"""Communities side by side: sizes, chance, the gate, which differences survive, and what managers see of it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import isnan
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import sna
from sna.compared import COLUMNS
from sna.errors import StudyError
from sna.metrics.closure import reciprocity_adjusted
from sna.metrics.homophily import coleman_homophily
from sna.pipeline import measure_study
from sna.privacy.build import release
from sna.privacy.sheet import Listing, Spans
from sna.results import Results
from tests.small_study import small_study

TOML = """
[study]
name = "Two communities"
roster = "roster.csv"
groups = ["community"]
audience = "researcher"
[consent]
column = "consent"
default = "full"
[[waves]]
id = "w"
responses = "responses.csv"
[[relations]]
id = "advice"
label = "goes to for advice"
form = "ties"
file = "ties.csv"
respondents = "responses"
[communities]
column = "community"
draws = 199
"""


def study(
    folder: Path,
    sizes: Sequence[int] = (8, 8),
    *,
    toml: str = TOML,
    silent: Sequence[str] = (),
    consent: dict[str, str] | None = None,
    alike: bool = False,
) -> Path:
    """In A everybody names the next one round a ring; in B (unless `alike`) everybody names the first."""
    people = [(name, f"{name}{k}") for name, size in zip("ABC", sizes, strict=False) for k in range(size)]
    rows = [f"{p},{p},{c},{(consent or {}).get(p, 'full')}" for c, p in people]
    ties = []
    for c, p in people:
        own = [q for d, q in people if d == c]
        at = own.index(p)
        named = {own[(at + 1) % len(own)], own[(at + 2) % len(own)]} if c == "A" or alike else set(own[:2])
        ties += [f"{p},{q}" for q in sorted(named - {p}) if p not in silent]
    responses = [p for _, p in people if p not in silent]
    return small_study(
        folder,
        toml=toml,
        roster="\n".join(["actor_id,name,community,consent", *rows]),
        responses="\n".join(["actor_id", *responses]),
        ties="\n".join(["ego_id,alter_id", *ties]),
        events=None,
        attendance=None,
    )


def cell(results: Results, community: str, measure: str) -> dict[str, object]:
    table = results.analyses["communities"]
    (row,) = table[(table["community"] == community) & (table["measure"] == measure)].to_dict("records")
    return {str(key): value for key, value in row.items()}


def test_nothing_without_the_section(tmp_path: Path) -> None:
    results = measure_study(study(tmp_path / "s", toml=TOML.split("[communities]", maxsplit=1)[0]))
    assert "communities" not in results.analyses
    assert release(results, "researcher", {}).sheets == ()


def test_values_are_those_of_the_measures_among_the_communitys_own_people(tmp_path: Path) -> None:
    results = measure_study(study(tmp_path / "s"))
    network = results.networks["w", "advice"]
    own = network.among({a for a in network.actors if a.startswith("B")})
    assert cell(results, "B", "reciprocity_adjusted")["value"] == pytest.approx(reciprocity_adjusted(own))
    told = coleman_homophily(network, network.attributes["community"]).set_index("group")["homophily"]
    assert cell(results, "A", "homophily")["value"] == told["A"] == 1
    assert (cell(results, "B", "density")["value"], cell(results, "B", "density")["respondents"]) == (14 / 56, 8)
    for name, table in results.analyses.items():
        assert list(table.columns) == list(COLUMNS[name])


def test_names_gathered_on_two_differ_from_a_ring_and_rings_do_not_differ(tmp_path: Path) -> None:
    differences = measure_study(study(tmp_path / "s")).analyses["community_differences"].set_index("measure")
    unequal = differences.loc["gini_indegree"]
    assert unequal["survives"]
    assert unequal["difference"] < unequal["expected"]
    assert unequal["p"] >= 2 / 200
    assert unequal["q"] >= unequal["p"]
    same = measure_study(study(tmp_path / "t", alike=True)).analyses["community_differences"]
    assert not same["survives"].any()


def test_draws_of_one_community_do_not_depend_on_the_others(tmp_path: Path) -> None:
    two, three = (measure_study(study(tmp_path / str(len(sizes)), sizes)) for sizes in ((8, 8), (8, 8, 5)))
    assert cell(two, "B", "gini_indegree")["p_high"] == cell(three, "B", "gini_indegree")["p_high"]


def test_too_few_answers_give_a_reason_and_no_verdict(tmp_path: Path) -> None:
    results = measure_study(study(tmp_path / "s", silent=["B0", "B1", "B2"]))
    row = cell(results, "B", "gini_indegree")
    assert (row["reason"], row["verdict"]) == ("nonresponse", "withheld")
    assert np.isnan(float(str(row["value"])))
    differences = results.analyses["community_differences"].set_index("measure")
    assert differences.loc["gini_indegree", "reason"] == "nonresponse"
    assert differences.loc["gini_indegree", "survives"] is None


@pytest.mark.parametrize("sizes", [(8, 1), (8, 2), (8,), (3, 3)])
def test_small_communities_never_crash(tmp_path: Path, sizes: Sequence[int]) -> None:
    results = measure_study(study(tmp_path / "s", sizes))
    table = results.analyses["communities"]
    gone = table["value"].isna()
    assert table.loc[gone, "reason"].notna().all()
    assert table.loc[~gone, "reason"].isna().all()
    assert len(release(results, "researcher", {}).sheets) == 1


def test_a_community_in_which_nobody_answered(tmp_path: Path) -> None:
    results = measure_study(study(tmp_path / "s", silent=[f"B{k}" for k in range(8)]))
    table = results.analyses["communities"]
    assert set(table.loc[table["community"] == "B", "reason"]) == {"nonresponse"}
    assert not results.analyses["community_differences"]["survives"].any()
    assert release(results, "manager", {}).sheets[0].parts


def test_managers_read_words_and_nothing_of_small_communities(tmp_path: Path) -> None:
    results = measure_study(study(tmp_path / "s", (8, 8, 4)))
    (seen,) = release(results, "manager", {}).sheets
    (part,) = seen.parts
    (listing,) = part.blocks
    assert isinstance(listing, Listing)
    rows = {row[0]: row[1:] for row in listing.rows}
    assert rows["C"] == ("too few people to show", "–", "–", "–", "–", "–")
    assert rows["B"][-2:] == ("more than chance", "more than chance")
    assert not any(sentence.endswith(("C.", "C")) or " C " in sentence for sentence in part.sentences)
    for text in rows["A"][1:]:
        assert not any(letter.isdigit() for letter in text), text
    (whole,) = release(results, "researcher", {}).sheets
    assert sum(isinstance(block, Spans) for block in whole.parts[0].blocks) == 5
    assert release(results, "public", {}).sheets == ()


def test_attendance_and_expertise_stand_beside(tmp_path: Path) -> None:
    results = measure_study(Path(__file__).parents[1] / "surveys" / "pplc")
    told = cell(results, "PPLC H2", "dosage")
    table = results.engagement.set_index("actor_id")["dosage"]
    people = results.tables.actors.set_index("actor_id")["community"]
    mean = table[people[people == "PPLC H2"].index.intersection(table.index)].mean()
    assert told["value"] == pytest.approx(mean)
    phi = results.expertise.fixity.query("community == 'PPLC E2' and nominees == 'principal'")["phi"].iloc[0]
    assert cell(results, "PPLC E2", "phi")["value"] == phi
    listing = release(results, "researcher", {}).sheets[-2].parts[-1].blocks[0]
    assert isinstance(listing, Listing)
    assert listing.headings[3:] == ("Attendance over the year", "Who leads", "Homework brought", "Groups")
    brought = {row[0]: row[5] for row in listing.rows}
    # Of E2, 3 of 18 and 12 of 15 people.
    assert (brought["PPLC E2"], brought["PPLC E1"]) == ("45%", "98%")
    shown = {row[0]: (row[3], row[4], row[6]) for row in listing.rows}
    # The two weak communities: attendance falls, the same few lead, groups are kept all year.
    assert shown["PPLC E2"] == shown["PPLC H2"] == ("falling", "the same few", "kept")
    assert shown["PPLC E1"] == ("as by chance", "as by chance", "re-made")
    lasting = results.analyses["community_differences"].query("measure == 'dosage' and survives == True")
    weak = {"PPLC E2", "PPLC H2"}
    assert all(len(weak & {one, other}) == 1 for one, other in zip(lasting["community"], lasting["other"], strict=True))
    assert len(lasting) == 8


def test_a_column_or_relation_that_is_not_there_is_told(tmp_path: Path) -> None:
    broken = TOML.replace('column = "community"\ndraws', 'column = "comunity"\nrelations = ["advise"]\ndraws')
    with pytest.raises(StudyError) as raised:
        sna.measure_study(study(tmp_path / "s", toml=broken))
    told = str(raised.value)
    assert "comunity" in told
    assert "advise" in told


def test_homophily_of_two_communities_is_shuffled_once_for_both(tmp_path: Path) -> None:
    """Whom one community gains the other loses: drawn apart, one test in six at .05 rejects where nothing differs."""
    people = {"a1": "A", "a2": "A", "a3": "A", "a4": "A", "b1": "B", "b2": "B", "b3": "B"}
    ties = ["a1,a2", "a2,a1", "a3,a1", "a4,a1", "a4,b1", "b1,a1", "b2,a1", "b2,b1", "b3,a2", "a3,b3"]
    path = small_study(
        tmp_path,
        toml=TOML,
        roster="\n".join(["actor_id,name,community,consent", *(f"{p},{p},{c},full" for p, c in people.items())]),
        responses="\n".join(["actor_id", *people]),
        ties="\n".join(["ego_id,alter_id", *ties]),
        events=None,
        attendance=None,
    )
    results = measure_study(path)
    network = results.networks["w", "advice"]

    def apart(group: dict[str, str]) -> float:
        table = coleman_homophily(network, pd.Series(group)).set_index("group")["homophily"]
        return float(table["A"] - table["B"])

    ways = [{p: "B" if p in chosen else "A" for p in people} for chosen in combinations(people, 3)]
    every = np.array([value for value in map(apart, ways) if not isnan(value)])
    observed = apart(people)
    tails = np.mean(every >= observed - 1e-9), np.mean(every <= observed + 1e-9)
    table = results.analyses["community_differences"]
    (row,) = table[table["measure"] == "homophily"].to_dict("records")
    assert row["difference"] == pytest.approx(observed)
    assert row["expected"] == pytest.approx(every.mean())
    assert row["p"] == pytest.approx(min(1, 2 * min(tails)))


def test_attendance_stands_in_the_wave_it_was_recorded_for(tmp_path: Path) -> None:
    """Before, each wave got the attendance of all waves as if it were its own."""
    people = {f"{c.lower()}{k}": c for c in "AB" for k in range(3)}
    waves = """[[waves]]
id = "v"
responses = "responses.csv"
[[waves]]
id = "w"
"""
    one_wave = TOML.replace('file = "ties.csv"', 'file = "ties.csv"\nwave_column = "wave"')
    toml = one_wave.replace('[[waves]]\nid = "w"\n', waves).replace(
        "[communities]", '[[attendance]]\nfile = "attendance.csv"\nevents = "events.csv"\nwave = "w"\n[communities]'
    )
    path = small_study(
        tmp_path,
        toml=toml,
        roster="\n".join(["actor_id,name,community,consent", *(f"{p},{p},{c},full" for p, c in people.items())]),
        responses="\n".join(["actor_id", *people]),
        ties="ego_id,alter_id,wave\na0,a1,v\nb0,b1,w",
        events="event_id,date,start,minutes\ne1,2022-01-10,16:00,60",
        attendance="actor_id,event_id,arrived,left\na0,e1,16:00,17:00",
    )
    found = measure_study(path).analyses
    for name in ("communities", "community_differences"):
        table = found[name]
        assert set(table.loc[table["measure"] == "dosage", "wave"]) == {"w"}
