"""Worth a conversation: who is listed and why, who cannot be, and who gets the list."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pandas as pd
import pytest
from hypothesis import given, settings

from sna.conversations import (
    FADING,
    FEWEST,
    NO_CONTACT,
    NO_SUPPORT,
    NOT_NAMED,
    compute_conversations,
    not_named_outside,
)
from sna.facilitation import compute_facilitation
from sna.networks import Network, build_networks
from sna.pipeline import measure_study
from sna.privacy.build import release
from sna.privacy.conversations import conversations_sheet
from sna.privacy.sheet import Listing
from sna.results import Results
from sna.study_file import load_study
from sna.support import compute_support
from sna.tables import read_tables
from tests.reference.random_networks import networks
from tests.small_study import small_study

TOML = """
[study]
name = "Twelve"
roster = "roster.csv"
audience = "researcher"
[consent]
column = "consent"
default = "full"
[[waves]]
id = "w"
responses = "responses.csv"
[[relations]]
id = "advice"
form = "ties"
file = "ties.csv"
respondents = "responses"
[conversations]
school = "school"
"""
# Of school L, a and b are named from school C; c is named by b only; d by nobody.
TIES = [("g", "a"), ("h", "b"), ("b", "c"), ("a", "g"), ("a", "h"), ("b", "i"), ("c", "j"), ("d", "k"), ("e", "l")]
PEOPLE = "abcdefghijkl"


def study(folder: Path, toml: str = TOML, silent: str = "", consent: dict[str, str] | None = None) -> Path:
    roster = [f"{p},Name {p},{'L' if p in 'abcdef' else 'C'},{(consent or {}).get(p, 'full')}" for p in PEOPLE]
    return small_study(
        folder,
        toml=toml,
        roster="\n".join(["actor_id,name,school,consent", *roster]),
        responses="\n".join(["actor_id", *(p for p in PEOPLE if p not in silent)]),
        ties="\n".join(["ego_id,alter_id", *(f"{i},{j}" for i, j in TIES if i not in silent)]),
        events=None,
        attendance=None,
    )


def listed(results: Results, sign: str) -> str:
    table = results.analyses["conversations"]
    return "".join(table.loc[table["sign"] == sign, "actor_id"])


def test_who_is_named_by_nobody_of_another_school(tmp_path: Path) -> None:
    assert listed(measure_study(study(tmp_path / "s")), NOT_NAMED) == "cdef"


def test_where_few_of_other_schools_answered_nobody_can_say(tmp_path: Path) -> None:
    # Of school C four answered: about people of L too few could be heard. About people of C six were.
    assert listed(measure_study(study(tmp_path / "s", silent="kl")), NOT_NAMED) == ""
    assert FEWEST == 5


def test_somebody_who_did_not_answer_can_be_listed_and_stay_unnamed_is_not_to_be_silent(tmp_path: Path) -> None:
    assert listed(measure_study(study(tmp_path / "s", silent="d")), NOT_NAMED) == "cdefk"


@settings(max_examples=80, deadline=None)
@given(networks(max_people=12, min_people=7))
def test_as_a_slow_reading_has_it(network: Network) -> None:
    group = network.attributes["group"]
    slow = []
    for alter in network.actors:
        others = [
            ego
            for ego in network.actors
            if ego != alter
            and isinstance(group[ego], str)
            and isinstance(group[alter], str)
            and group[ego] != group[alter]
            and network.state(ego, alter) in ("present", "absent")
        ]
        if len(others) >= FEWEST and all(network.state(ego, alter) == "absent" for ego in others):
            slow.append(alter)
    assert not_named_outside([network], "group") == slow


def test_the_other_signs_come_from_the_tables_of_their_sections(tmp_path: Path) -> None:
    results = measure_study(study(tmp_path / "s"))
    analyses = {
        "support_received": pd.DataFrame(
            {
                "wave": ["w", "w", "w", "x"],
                "relation": ["advice"] * 4,
                "actor_id": list("abcd"),
                "status": ["lacks", "has", "unknown", "lacks"],
            }
        ),
        "contact_people": pd.DataFrame({"actor_id": list("abz"), "no_contact": [True, False, True]}),
        "attendance_trends": pd.DataFrame({"actor_id": list("abcd"), "fading": [True, False, None, False]}),
    }
    found = compute_conversations(results.study, results.networks, analyses)["conversations"]
    rows = found[["actor_id", "sign"]].to_numpy().tolist()
    # z is not on the roster of the last wave; the order is the roster's.
    assert rows == [["a", NO_SUPPORT], ["a", NO_CONTACT], ["a", FADING]] + [[p, NOT_NAMED] for p in "cdef"]


def test_only_those_whom_study_toml_names_get_the_list(tmp_path: Path) -> None:
    results = measure_study(study(tmp_path / "s"))
    assert [sheet.name for sheet in release(results, "researcher", {}).sheets] == ["conversations"]
    for audience in ("manager", "public"):
        seen = release(results, audience, {})
        assert seen.sheets == ()
        assert "conversations" not in seen.tables


def test_managers_read_of_people_with_full_consent_only(tmp_path: Path) -> None:
    toml = TOML.replace('school = "school"', 'school = "school"\naudience = "manager"')
    consent = {"c": "no_named_display", "d": "research_only", "e": "unknown"}
    results = measure_study(study(tmp_path / "s", toml, consent=consent))
    (sheet,) = release(results, "manager", {}).sheets
    (listing,) = sheet.parts[0].blocks
    assert isinstance(listing, Listing)
    # k is named by d alone: who took part for research only is not read, or the list would tell whom they named.
    assert [row[0] for row in listing.rows] == ["Name f", "Name k"]
    assert "research only" in sheet.parts[0].sentences[0]
    assert not any(name in repr(sheet) for name in ("Name c", "Name d", "Name e"))


def test_what_people_who_are_hidden_said_changes_nothing_for_managers(tmp_path: Path) -> None:
    toml = TOML.replace('school = "school"', 'school = "school"\naudience = "manager"')
    folder = study(tmp_path / "s", toml, consent={"d": "research_only"})
    before = release(measure_study(folder), "manager", {}).sheets
    ties = folder / "ties.csv"
    ties.write_text(ties.read_text(encoding="utf-8").replace("d,k", "d,j") + "\nj,d", encoding="utf-8")
    results = measure_study(folder)
    assert release(results, "manager", {}).sheets == before
    assert release(results, "researcher", {}).sheets != before


def test_support_and_contact_are_looked_for_without_people_who_are_hidden() -> None:
    declared, problems = load_study(Path(__file__).resolve().parent.parent / "surveys" / "support-web")
    assert declared is not None, problems
    assert declared.support is not None
    assert declared.facilitation is not None
    assert declared.conversations is not None
    declared = replace(
        declared,
        support=replace(declared.support, draws=19),
        facilitation=replace(declared.facilitation, draws=19),
        conversations=replace(declared.conversations, audience="manager"),
    )
    tables = read_tables(declared)
    only = set(tables.actors.loc[tables.actors["consent"] == "research_only", "actor_id"])
    hidden = {(wave.id, actor) for wave in declared.waves for actor in only}
    named, met = tables.ties["alter_id"].isin(only), tables.contacts["whom_id"].isin(only)
    assert named.any()
    assert met.any()
    unseen = replace(
        tables,
        ties=tables.ties.assign(state=tables.ties["state"].mask(named, "absent")),
        contacts=tables.contacts[~met],
    )
    lists = []
    for one in (tables, unseen):
        networks = build_networks(declared, one)
        analyses = compute_support(declared, networks) | compute_facilitation(declared, one, networks)
        analyses |= compute_conversations(declared, networks, analyses)
        results = SimpleNamespace(study=declared, tables=one, networks=networks, analyses=analyses)
        lists.append(conversations_sheet(cast("Results", results), "manager", hidden))
    assert lists[0] == lists[1]
    assert lists[0] is not None
    assert lists[0].parts[0].blocks


def test_nothing_to_list_is_said(tmp_path: Path) -> None:
    results = measure_study(study(tmp_path / "s", silent="kl"))
    (sheet,) = release(results, "researcher", {}).sheets
    assert sheet.parts[0].blocks == ()
    assert sheet.parts[0].sentences[0].startswith("Nobody shows")


def test_without_a_school_nobody_is_said_to_be_outside_one(tmp_path: Path) -> None:
    results = measure_study(study(tmp_path / "s", TOML.replace('school = "school"', "")))
    assert len(results.analyses["conversations"]) == 0


@pytest.mark.parametrize("value", ["public", "everybody"])
def test_nobody_else_can_be_given_the_list(tmp_path: Path, value: str) -> None:
    toml = TOML.replace('school = "school"', f'audience = "{value}"')
    with pytest.raises(Exception, match="researcher"):
        measure_study(study(tmp_path / "s", toml))
