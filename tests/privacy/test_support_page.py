"""The page about support: what it says, and what managers may not see is not in it, nor what could be worked out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import sna
from sna.findings import support as said
from sna.networks import Network
from sna.pipeline import output_files
from sna.privacy import support_strips
from sna.privacy.build import release
from sna.privacy.sheet import Listing, Sheet, Spans, Strips
from sna.privacy.support import support_sheet
from sna.results import Results
from tests.support_study import large_web, person, small_web, write_study

LEVELS = {"principal", "vice principal", "teacher leader", "central office"}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Results:
    return sna.measure_study(small_web(tmp_path_factory.mktemp("small"), k=2))


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Results:
    return sna.measure_study(large_web(tmp_path_factory.mktemp("large")))


def only_research(results: Results) -> set[tuple[str, str]]:
    actors = results.tables.actors
    those = set(actors.loc[actors["consent"] == "research_only", "actor_id"])
    return {(wave, actor) for wave, actor in zip(actors["wave"], actors["actor_id"], strict=True) if actor in those}


def page(results: Results, audience: str, hidden: set[tuple[str, str]] | None = None) -> Sheet:
    found = support_sheet(results, audience, hidden or (only_research(results) if audience == "manager" else set()))
    assert found is not None
    return found


def texts(sheet: Sheet) -> Iterator[str]:
    yield from (sheet.title, sheet.question, *sheet.cautions, *(word for row in sheet.short for word in row))
    for part in sheet.parts:
        yield from (part.heading, *part.sentences)
        for block in part.blocks:
            yield from (block.title, block.note)
            match block:
                case Listing():
                    yield from (*block.headings, *(word for row in block.rows for word in row))
                case Strips():
                    yield from block.columns
                    for heading, squares in block.rows:
                        yield from (heading, *(square.text for square in squares))
                case Spans():
                    for span in block.spans:
                        yield from (span.label, span.text)


def strip(sheet: Sheet) -> Strips:
    found = sheet.parts[0].blocks[0]
    assert isinstance(found, Strips)
    return found


def test_what_a_researcher_reads_of_the_small_web(small: Results) -> None:
    sheet = page(small, "researcher")
    assert (sheet.name, sheet.title) == ("support", "Web of support")
    words = "\n".join(texts(sheet))
    for sentence in (
        "Of 6 people asked, 0 receive all 3 kinds of support and 5 have nobody for at least one; of 1 it is not known.",
        "Nobody to turn to for “somebody I can lean on”: 3 of 5 who answered; of 1 more it is not known.",
        "If Cy left, 2 people would have nobody for “helped with materials, people, time or money”, 1 for “spoke up "
        "for me”.",
        "Only Cy gives “spoke up for me” to anybody.",
        "Some did not answer, or left people out: more may hang on one person.",
        "There are 9 gaps: a person who has nobody for a kind of support. In 1 of them somebody who already supports "
        "the person gives that kind to others: a word with them may be enough.",
        "1 person who was somebody's only source in Spring 2021 is not in the survey of Spring 2022; 5 times a person "
        "was left without a kind.",
        "Of the 5 of which Spring 2022 tells, filled since by somebody else: 3; still open: 2.",
        "That one person gives several kinds is no more common than chance would have it.",
        "No two kinds go together more, or less, than chance would have it.",
        "Most often missing is “spoke up for me” (4 of 5).",
    ):
        assert sentence in words, sentence
    found = strip(sheet)
    assert found.columns == ("material", "peers", "sponsor")
    assert [(head, [s.shade for s in squares], [s.text for s in squares]) for head, squares in found.rows] == [
        ("Ed, central office", [-1, -1, -1], ["", "", ""]),
        ("Fay, central office", [0, 0, 0], ["0", "0", "0"]),
        ("Cy, principal", [1, 1, 0], ["1", "1", "0"]),
        ("Gus, principal", [0, 0, 0], ["0", "0", "0"]),
        ("Ben, teacher leader", [1, 1, 0], ["1", "1", "0"]),
        ("Dee, teacher leader", [1, 0, 1], ["1", "0", "1"]),
    ]


def test_a_number_that_may_be_larger_says_so(tmp_path: Path) -> None:
    people = [person(x, x, "l") for x in "abcd"]
    ties = {("1", "material"): {("a", "b"), ("b", "a")}, ("1", "peers"): {("a", "b")}}
    folder = write_study(tmp_path, {"1": people}, ties, {}, [("1", "material", "a", "c"), ("1", "peers", "c", "d")])
    found = strip(page(sna.measure_study(folder), "researcher"))
    shown = {head[0]: [(square.shade, square.text) for square in squares] for head, squares in found.rows}
    assert shown["a"] == [(1, "≥1"), (1, "1")]
    assert shown["c"] == [(0, "0"), (-1, "")]
    assert "least it can be" in found.note


def test_a_web_beyond_chance_is_told_with_how_sure(large: Results) -> None:
    for audience in ("researcher", "manager"):
        part = next(p for p in page(large, audience).parts if p.heading == "Several kinds from one person")
        assert part.sentences[0].startswith("Who gives one kind of support often gives others, too")
        assert any("less than once in" in sentence for sentence in part.sentences)
        assert any(isinstance(block, Spans) for block in part.blocks) is (audience == "researcher")


def test_managers_read_bands_and_no_number_of_anybody(large: Results) -> None:
    sheet = page(large, "manager")
    for text in texts(sheet):
        numbers = re.findall(r"\d+", re.sub(r"Spring 202\d|Given\d+ Family\d+|Of \d+ pairs", "", text))
        assert [n for n in numbers if n not in ("10", "9")] == [], text
    assert not any(isinstance(block, Spans) for part in sheet.parts for block in part.blocks)
    found = strip(sheet)
    assert found.shades == said.BANDS
    assert {square.text for _, squares in found.rows for square in squares} == {""}
    assert "nobody" not in found.shades, "nobody is told of a single person that they have nobody"


def test_only_those_who_agreed_in_every_wave_are_named(large: Results) -> None:
    actors = large.tables.actors
    states = actors.groupby("actor_id")["consent"].agg(set)
    names = actors.drop_duplicates("actor_id").set_index("actor_id")["name"]
    words = "\n".join(texts(page(large, "manager")))
    named = {a for a, name in names.items() if re.search(rf"{name}\b", words)}
    assert named
    assert {frozenset(states[a]) for a in named} == {frozenset({"full"})}
    everybody = output_files(release(large, "manager", {}), 1)["support.html"]
    for actor, name in names.items():
        assert (f"{name}<" in everybody or f"{name}," in everybody) is (actor in named)
        assert actor not in everybody


def test_few_people_without_a_name_have_no_row_and_no_level(large: Results) -> None:
    few = replace(large, study=replace(large.study, suppress_below=12))
    found = strip(page(few, "manager"))
    assert not any(head.startswith("A member") for head, _ in found.rows)
    assert "People who are not named, fewer than 12, are left out." in found.note
    found = strip(page(large, "manager"))
    heads = [head for head, _ in found.rows if head.startswith("A member")]
    assert len(heads) >= 5
    for level in LEVELS:
        assert heads.count(f"A member, {level}") in (0, *range(5, 99))


def other_answers(results: Results, hidden: set[tuple[str, str]], seed: int) -> Results:
    """The same study in which hidden people said, and were said, other things."""
    rng = np.random.default_rng(seed)
    networks = {}
    for (wave, relation), network in results.networks.items():
        people = network.actors
        gone = {actor for actor in people if (wave, actor) in hidden}
        kept = [(people[i], people[j]) for i, j, _ in network.ties() if not {people[i], people[j]} & gone]
        told = {(a, b) for a in people for b in people if a != b and {a, b} & gone and rng.random() < 0.3}
        answered = [a for i, a in enumerate(people) if network.answered[i] and a not in gone]
        answered += [a for a in sorted(gone) if rng.random() < 0.5]
        networks[wave, relation] = Network.from_ties(
            people,
            [*kept, *((a, b) for a, b in sorted(told) if a in answered)],
            answered=answered,
            attributes=network.attributes,
            relation=relation,
            wave=wave,
        )
    return replace(results, networks=networks)


def test_nothing_on_a_managers_page_depends_on_those_who_are_hidden(large: Results) -> None:
    """What is counted is counted without them: other answers, other answers about them, the same page."""
    hidden = only_research(large)
    assert len({actor for _, actor in hidden}) >= 3
    first = page(large, "manager", hidden)
    for seed in (1, 2):
        changed = other_answers(large, hidden, seed)
        assert page(changed, "manager", hidden) == first
        assert page(changed, "researcher") != page(large, "researcher")
    assert any("research only" in sentence for sentence in first.parts[0].sentences)


def test_small_waves_are_not_shown_to_managers(large: Results) -> None:
    many = replace(large, study=replace(large.study, suppress_below=40))
    sheet = page(many, "manager")
    assert sheet.parts[0].sentences == (said.NOT_SHOWN,)
    assert sheet.short == (("Spring 2022", said.TOO_FEW),)
    words = "\n".join(texts(sheet))
    assert "Given" not in words
    assert not any(isinstance(block, Strips) for part in sheet.parts for block in part.blocks)
    assert page(many, "researcher") == page(large, "researcher")


@pytest.mark.parametrize("unnamed", [1, 5])
def test_a_risk_is_told_to_managers_only_where_many_hang_on_one(tmp_path: Path, unnamed: int) -> None:
    consents = ["no_named_display", "full", "full", *["no_named_display"] * (unnamed - 1), *["full"] * 7]
    people = [person(f"p{i}", f"Name{i} X", "l", consent=consents[i]) for i in range(9)]
    everybody = [one["actor_id"] for one in people]
    to_named = {(a, "p1") for a in everybody[2:7]}
    to_unnamed = {(a, "p0") for a in everybody[1:]}
    few = {(a, "p2") for a in everybody[3:7]}
    both = {(a, "p1") for a in everybody[2:7]} | {(a, "p0") for a in everybody[1:2]}
    ties = {
        ("1", "material"): to_named,
        ("1", "peers"): to_unnamed,
        ("1", "sponsor"): few,
        ("1", "learning"): both,
    }
    results = sna.measure_study(write_study(tmp_path, {"1": people}, ties, {}))
    part = next(p for p in page(results, "manager").parts if p.heading == "What hangs on one person")
    assert part.blocks == ()
    # Of few people without a name it would be known who is meant.
    who = "a member who is not named" if unnamed == 5 else "a member"
    assert part.sentences == (
        "If Name1 X left, at least five people would have nobody for “helped with materials, people, time or money”.",
        f"If {who} left, at least five people would have nobody for “somebody I can lean on”.",
        "If Name1 X left, at least five people would have nobody for “helped me learn about my work”.",
    )


def test_only_so_many_rows(large: Results, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sixty people in one picture at most; fewer here. Those with most gaps come first, and the rest is told of."""
    assert support_strips.MOST_PEOPLE == 60
    everybody = {audience: strip(page(large, audience)).rows for audience in ("researcher", "manager")}
    monkeypatch.setattr(support_strips, "MOST_PEOPLE", 10)
    for audience, where in (("researcher", "26 people more,"), ("manager", "More people,")):
        found = strip(page(large, audience))
        assert len(found.rows) == 10
        assert where in found.note
        gaps = sorted(
            (sum(square.shade == 0 for square in squares) for _, squares in everybody[audience]), reverse=True
        )
        shown = [sum(square.shade == 0 for square in squares) for _, squares in found.rows]
        assert sorted(shown, reverse=True) == gaps[:10]
    for block in (block for part in page(large, "researcher").parts for block in part.blocks):
        if isinstance(block, Listing):
            assert len(block.rows) <= 15


def test_no_page(large: Results, tmp_path: Path) -> None:
    assert support_sheet(large, "public", set()) is None
    assert support_sheet(replace(large, study=replace(large.study, support=None)), "researcher", set()) is None
    assert support_sheet(replace(large, networks={}), "researcher", set()) is None
    without = sna.measure_study(small_web(tmp_path, section=False))
    assert support_sheet(without, "researcher", set()) is None


def test_nobody_answered(small: Results) -> None:
    silent = {
        key: Network.from_ties(
            network.actors, [], answered=[], attributes=network.attributes, relation=key[1], wave=key[0]
        )
        for key, network in small.networks.items()
    }
    from sna.support import compute_support

    found = replace(small, networks=silent, analyses=compute_support(small.study, silent))
    for audience in ("researcher", "manager"):
        sheet = page(found, audience)
        assert sheet.parts
        assert not any("nan" in text for text in texts(sheet))
