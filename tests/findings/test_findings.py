"""Words: numbers read as they should, cautions appear when the response asks for them, bands are fair."""

from __future__ import annotations

from pathlib import Path

import pytest

import sna
from sna.errors import Problem
from sna.findings import overview, pictures
from sna.findings.explained import explanation
from sna.metrics.catalogue import measure
from tests.small_study import RESPONSES, STUDY, changed, small_study


def test_the_headline_counts_answers_ties_and_silence(tmp_path: Path) -> None:
    results = sna.measure_study(small_study(tmp_path / "s"))
    sentences = pictures.headline(results, results.networks[("w1", "advice")])
    assert sentences[0] == "Wave 1: 3 of 4 people asked gave an answer (75%) and reported 4 ties with 3 people."
    assert any(s.startswith("One did not answer") and "not a “no”" in s for s in sentences)
    assert "thirds" in sentences[-1], "three quarters answered, and one of the most named did not"


def test_no_caution_where_everybody_answered(tmp_path: Path) -> None:
    responses = RESPONSES + "P4,0,2,0,,nobody,\n"
    results = sna.measure_study(small_study(tmp_path / "s", responses=changed(responses, "P2,2,,,0", "P2,2,,1,0")))
    network = results.networks[("w1", "advice")]
    assert pictures.response_caution(results, network) == ""
    table = results.network_metrics
    value = table[(table["relation"] == "advice") & (table["measure"] == "reciprocity")]["value"].iloc[0]
    assert value == pytest.approx(2 / 5), "P1 and P2 name each other; P3 → P1, P3 → P4 and P4 → P2 go one way"
    assert "Of the ties, 40% are reported from both sides." in pictures.headline(results, network)
    assert not any("did not answer" in s for s in pictures.headline(results, network))


def test_withheld_figures_say_why(tmp_path: Path) -> None:
    results = sna.measure_study(small_study(tmp_path / "s"))
    rows = {
        label: (value, meaning)
        for _, label, value, meaning in pictures.figures(results, results.networks[("w1", "advice")])
    }
    assert rows["Density"][0] != "not known"
    assert rows["Closed triangles"] == (
        "not known",
        "Not given: too many people did not answer for this to be trusted.",
    )


def test_response_gate_false_shows_everything(tmp_path: Path) -> None:
    toml = changed(STUDY, 'audience = "researcher"', 'audience = "researcher"\nresponse_gate = false')
    results = sna.measure_study(small_study(tmp_path / "s", toml=toml))
    assert "nonresponse" not in set(results.undefined["reason"])
    assert "withheld" in set(results.gate["verdict"])


def test_cards_speak_of_silence_and_of_being_named(tmp_path: Path) -> None:
    network = sna.measure_study(small_study(tmp_path / "s")).networks[("w1", "advice")]
    assert pictures.card(network, "P1", "Ana", None) == (
        "Two of the 2 people who answered and could have named Ana did.",
        "Ana named 1 person; one of these ties goes both ways.",
    )
    assert pictures.card(network, "P4", "Dana", "named seldom") == (
        "Dana: named seldom.",
        "Dana did not answer this question: whom Dana would have named is unknown.",
    )


def test_problems_are_grouped_and_names_kept_back() -> None:
    found = tuple(
        Problem("used", "a.csv", "The name is spelt differently on the roster.", f'Read as "{n}".', r, "who", n.upper())
        for r, n in enumerate(["Ana", "Ben"], 2)
    )
    (full,) = overview.grouped(found, ("used",), show_values=True)
    assert full == "a.csv: The name is spelt differently on the roster. 2 times. Namely: ANA and BEN."
    (short,) = overview.grouped(found, ("used",), show_values=False)
    assert short == "a.csv: The name is spelt differently on the roster. 2 times."
    assert overview.grouped(found, ("stops",), show_values=True) == ()


def test_an_explanation_says_what_the_catalogue_says() -> None:
    for name in pictures.EXPLAINED:
        entry = measure(name)
        question, parts = explanation(name, definition=False)
        told = dict(parts)
        assert question == f"What is “{entry.label}”?"
        assert told[""] == entry.plain
        assert entry.direction[1:] in told["How ties are read"]
        assert entry.unknown[1:] in told["People who did not answer"]
        assert told["What not to conclude"]
        assert "sna metrics" not in " ".join(told.values())
        assert dict(explanation(name, definition=True)[1])["Exact definition"] == f"sna metrics {name}"


def test_a_sentence_tells_the_measure_it_is_about(tmp_path: Path) -> None:
    toml = changed(STUDY, 'audience = "researcher"', 'audience = "researcher"\nresponse_gate = false')
    results = sna.measure_study(small_study(tmp_path / "s", toml=toml))
    network = results.networks[("w1", "advice")]
    told = dict(pictures.told(results, network))
    assert tuple(told) == pictures.headline(results, network)
    (ties,) = (sentence for sentence, name in told.items() if name == "ties")
    assert "ties with" in ties
    for sentence, name in told.items():
        assert (name == "reciprocity") == ("from both sides" in sentence)
