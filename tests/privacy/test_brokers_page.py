"""The page about brokers: what each audience reads, who is named, and what is not said."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import sna
from sna.findings import brokers as said
from sna.metrics.succession import lost_contact
from sna.privacy.brokers import brokers_sheet
from sna.privacy.sheet import Listing, Sheet, Spans
from sna.results import Results
from tests.small_study import small_study

TOML = """
[study]
name = "Brokers"
roster = "roster.csv"
groups = ["school"]
cluster = "school"
seed = 5
[consent]
column = "consent"
default = "unknown"
[[waves]]
id = "w1"
label = "Spring"
responses = "responses.csv"
[[waves]]
id = "w2"
label = "Autumn"
responses = "autumn.csv"
[[relations]]
id = "advice"
label = "goes to for advice"
form = "ties"
file = "ties.csv"
wave_column = "wave"
respondents = "responses"
[brokerage]
column = "role"
members = ["principal"]
draws = 999
"""
SCHOOLS = {"Alder": 6, "Birch": 6, "Cedar": 6, "Dogwood": 6}
PEOPLE = [f"{school[0]}{i}" for school, size in SCHOOLS.items() for i in range(size)]
# A0 links Alder, Birch and Cedar; Dogwood hangs on the one tie of C1 and D1.
LINKS = [("A0", f"{s}{i}") for s in "BC" for i in (2, 3, 4, 5)] + [("B1", "C2"), ("A1", "B1"), ("C1", "D1")]


def folder(path: Path, consent: dict[str, str] | None = None) -> Path:
    """Everybody names all of their own school; the links go both ways."""
    own = [(a, b) for a in PEOPLE for b in PEOPLE if a != b and a[0] == b[0]]
    ties = sorted({*own, *LINKS, *((b, a) for a, b in LINKS)})
    states = dict.fromkeys(PEOPLE, "full") | (consent or {})
    names = {school[0]: school for school in SCHOOLS}
    roster = [
        f"{a},Person {a},{names[a[0]]} School,{'principal' if int(a[1]) < 3 else 'teacher'},{states[a]}" for a in PEOPLE
    ]
    return small_study(
        path,
        toml=TOML,
        roster="actor_id,name,school,role,consent\n" + "\n".join(roster) + "\n",
        responses="actor_id,done\n" + "".join(f"{a},1\n" for a in PEOPLE),
        autumn="actor_id,done\n" + "".join(f"{a},1\n" for a in PEOPLE),
        **{
            "ties.csv": "wave,ego_id,alter_id\n"
            + "\n".join(f"{w},{a},{b}" for w in ("w1", "w2") for a, b in ties)
            + "\n"
        },
        events=None,
        attendance=None,
    )


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    return sna.measure_study(folder(tmp_path_factory.mktemp("all")))


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Results:
    """A0 may not be named, and B1 took part for research only."""
    consent = {"A0": "no_named_display", "B1": "research_only"}
    return sna.measure_study(folder(tmp_path_factory.mktemp("some"), consent))


def page(results: Results, audience: str, *hidden: str) -> Sheet:
    sheet = brokers_sheet(results, audience, {(wave.id, actor) for wave in results.study.waves for actor in hidden})
    assert sheet is not None
    return sheet


def everything(sheet: Sheet) -> str:
    return repr(sheet)


def listing(sheet: Sheet, title: str, part: int = 0) -> Listing | None:
    found = [b for b in sheet.parts[part].blocks if isinstance(b, Listing) and b.title.startswith(title)]
    return found[0] if found else None


def test_researchers_read_who_links_and_what_hangs_on_whom(results: Results) -> None:
    sheet = page(results, "researcher")
    assert (sheet.name, sheet.title) == ("brokerage", "Who connects whom")
    assert [part.heading for part in sheet.parts] == [
        "Goes to for advice, by school, Autumn",
        "Goes to for advice, by membership, Autumn",
    ]
    school = sheet.parts[0].sentences
    assert school[0].startswith("Ties stay within one school more often than chance would have it. Shuffling people")
    assert school[1].startswith("One person links people of different groups more often than chance would have it")
    assert "Some groups would lose all contact with each other if one person went" in school[2]
    links = listing(sheet, "Who links")
    assert links is not None
    assert [row[:2] for row in links.rows] == [("Person A0", "Alder School")]
    hangs = listing(sheet, "What hangs")
    assert hangs is not None
    others = "Alder School, Birch School and Cedar School"
    assert [row[:2] for row in hangs.rows] == [
        ("Person C1", f"Dogwood School would lose contact with {others}"),
        ("Person D1", f"Dogwood School would lose contact with {others}"),
    ]
    assert hangs.rows[0][2] == "make a second tie between Dogwood School and Alder School, Birch School or Cedar School"
    drawn = [block for block in sheet.parts[0].blocks if isinstance(block, Spans)]
    assert [row.label for row in drawn[0].spans] == ["Autumn", "Spring"]
    row = drawn[0].spans[0]
    assert row.value is not None
    assert row.chance_low is not None
    assert row.value < row.chance_low
    assert "praise" in sheet.cautions[1]
    assert [what for what, _ in sheet.short] == [part.heading for part in sheet.parts]


def test_managers_read_words(results: Results) -> None:
    sheet = page(results, "manager")
    text = everything(sheet)
    assert "Person A0" in text, "everybody agreed to be named"
    assert not re.search(r"\bq\b|p, |E-I −|0\.\d", " ".join(s for part in sheet.parts for s in part.sentences))
    links = listing(sheet, "Who links")
    assert links is not None
    assert links.rows == (("Person A0", "more often than chance would have it"),)
    reached = listing(sheet, "Other groups")
    assert reached is not None
    assert {text for row in reached.rows for text in row[1:]} <= {*said.SHADES, "–"}
    assert not re.search(r"\d", " ".join(text for part in sheet.parts for text in part.sentences))


def test_nobody_is_named_who_did_not_agree(mixed: Results) -> None:
    sheet = page(mixed, "manager")
    links = listing(sheet, "Who links")
    assert links is not None
    assert links.rows == (("A member of Alder School", "more often than chance would have it"),)
    assert "Person A0" not in everything(sheet)
    assert "Person A0" in everything(page(mixed, "researcher"))


def test_who_took_part_for_research_only_leaves_no_trace(mixed: Results) -> None:
    sheet = page(mixed, "manager", "B1")
    assert "Person B1" not in everything(sheet)
    for at, part in enumerate(sheet.parts):
        assert listing(sheet, "Who links", at) is None
        assert not [block for block in part.blocks if isinstance(block, Spans)]
        assert any("took part for research only" in sentence for sentence in part.sentences)
    # What the page says of contact and of groups reached is what the ties that are drawn say.
    network = mixed.networks["w2", "advice"]
    seen = network.among(set(network.actors) - {"B1"})
    lost = lost_contact(seen, seen.attributes["school"]).lost
    hangs = listing(sheet, "What hangs")
    assert hangs is not None
    assert len(hangs.rows) == lost["actor_id"].nunique()
    # B1's ties are the only ones beside A0's that join Birch to anybody: with them away, Birch hangs on A0.
    assert any("Birch School" in row[1] and row[0] == "A member of Alder School" for row in hangs.rows)
    changed = replace(mixed, networks={key: one.among(set(one.actors) - {"B1"}) for key, one in mixed.networks.items()})
    same = page(changed, "manager")
    for at in range(2):
        assert listing(same, "Other groups", at) == listing(sheet, "Other groups", at)


def test_small_studies_are_not_shown_to_managers(results: Results) -> None:
    many = replace(results, study=replace(results.study, suppress_below=25))
    sheet = page(many, "manager")
    assert [part.sentences for part in sheet.parts] == [("Too few people to show without pointing at somebody.",)] * 2
    assert not any(part.blocks for part in sheet.parts)
    assert {words for _, words in sheet.short} == {"too few people to show"}
    assert len(page(many, "researcher").parts[0].blocks) == 4


def test_numbers_of_small_groups_are_not_drawn_for_managers(results: Results) -> None:
    drawn = [any(isinstance(block, Spans) for block in part.blocks) for part in page(results, "manager").parts]
    assert drawn == [True, True]
    some = replace(results, study=replace(results.study, suppress_below=7))
    drawn = [any(isinstance(block, Spans) for block in part.blocks) for part in page(some, "manager").parts]
    assert drawn == [False, True], "six people to a school, twelve to a side"


def test_no_page_without_the_section_or_for_the_public(results: Results) -> None:
    assert brokers_sheet(replace(results, analyses={}), "researcher", set()) is None
    assert brokers_sheet(results, "public", set()) is None


def test_no_finding_where_chance_gives_as_much(results: Results) -> None:
    """Numbers as chance has them, a network that is withheld, and one that is too large."""
    found = {name: table.copy() for name, table in results.analyses.items()}
    ties, people, lost = found["group_ties"], found["brokers"], found["succession"]
    ties["value"], ties["q"], ties["p"] = ties["chance_mean"], 0.8, 0.9
    people[["q_arcs", "q_labels"]] = 0.9, np.nan
    lost[["actor_id", "from_value", "to_value"]], lost["reason"] = None, "no_loss"
    sheet = page(replace(results, analyses=found), "researcher")
    assert sheet.parts[0].sentences[:3] == (
        "That ties stay within one school more, or less, than chance would have it does not show in these answers.",
        "Nobody can be said to link people of different groups more often than chance would have it.",
        "No two groups would lose all contact if one person went.",
    )
    assert {words for _, words in sheet.short} == {"as chance would have it"}
    for reason in ("nonresponse", "too_large"):
        for name, table in found.items():
            numbers = table.select_dtypes("number").columns
            found[name] = table.assign(**dict.fromkeys(numbers, np.nan), reason=reason)
        sheet = page(replace(results, analyses=found), "researcher")
        assert "cannot be told" in sheet.parts[0].sentences[0]
        assert not any(isinstance(block, Spans) for block in sheet.parts[0].blocks)


def tendency(**changed: float) -> str | None:
    row = {"value": -0.5, "chance_mean": 0.0, "chance_05": -0.3, "chance_95": 0.3, "p": 0.01, "q": 0.01}
    return said.tendency({**row, **changed})


def test_words_for_ties() -> None:
    assert tendency() == "within"
    assert tendency(value=0.5) == "across"
    assert tendency(q=0.06) == "edge"
    assert tendency(value=0.1, q=0.8, p=0.8) == "chance"
    assert tendency(value=np.nan) is None
    assert tendency(value=0.2, chance_05=0.2, chance_95=0.2, p=1.0, q=1.0) is None, "shuffling changes nothing"
    assert said.meeting(pd.Series([0.0, 0.0]), numbers=False).endswith("nobody has a contact in another group.")
    assert said.meeting(pd.Series([np.nan]), numbers=True) == "Who has a contact in another group cannot be told."


@pytest.mark.parametrize(
    ("pairs", "lost"),
    [
        ([("A", "C"), ("A", "D"), ("B", "C"), ("B", "D")], "A and B would lose contact with C and D"),
        ([("A", "B"), ("A", "C"), ("A", "D"), ("B", "C"), ("B", "D")], "A, B and C and D would lose contact"),
        ([("A", "B"), ("B", "C"), ("C", "D")], "A with B; B with C; C with D would lose contact"),
        ([("A", "B"), ("C", "D"), ("E", "F"), ("G", "H")], "A with B; C with D; E with F; and 1 more pairs"),
    ],
)
def test_words_for_what_is_lost(pairs: list[tuple[str, str]], lost: str) -> None:
    assert said.losses(pairs)[0].startswith(lost)
