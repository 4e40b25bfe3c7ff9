"""docs/disagreements.md: every recorded answer of ours, and of networkx, against a call made now; and its links."""

from __future__ import annotations

import re
from pathlib import Path

import networkx as nx
import pytest

from docs.disagreements import (
    ANCHORS,
    OURS,
    PACKAGES,
    QUANTITIES,
    Quantity,
    Row,
    answer,
    networkx_names,
    our_names,
    page,
    shown,
    toy_ties,
)
from sna.metrics.catalogue import CATALOGUE
from sna.metrics.centrality import betweenness, eigenvector, harmonic_in, harmonic_out
from sna.metrics.holes import constraint, effective_size
from tests.golden import toy

DOCS = Path(__file__).resolve().parent.parent / "docs"
RECORDED = PACKAGES["networkx"].removeprefix("networkx ")


def rows_of(package: str) -> list[Row]:
    return [row for q in QUANTITIES for row in q.rows if row.package == package and not row.described]


def section(title: str) -> dict[tuple[str, str], str]:
    (found,) = (q for q in QUANTITIES if q.title == title)
    return {(row.package, row.call): row.value for row in found.rows}


@pytest.mark.parametrize("row", rows_of(OURS), ids=lambda row: row.call)
def test_our_recorded_answers_are_those_of_the_code(row: Row) -> None:
    assert answer(row.call, our_names()) == row.value


@pytest.mark.parametrize("row", rows_of("networkx"), ids=lambda row: row.call)
def test_recorded_answers_of_networkx(row: Row) -> None:
    """Of another version than the recorded one only what is called must be there: it may have mended its answer."""
    place = nx
    for part in re.findall(r"\w+", row.call.split("(")[0].removeprefix("nx.")) if row.call.startswith("nx.") else []:
        place = getattr(place, part)
    found = answer(row.call, networkx_names()) if nx.__version__ == RECORDED else row.value
    assert found == row.value


def test_what_holds_for_networkx_whatever_its_version() -> None:
    """Choices that its documentation states, and figures that all packages share."""
    names = networkx_names()
    for call in (
        "nx.betweenness_centrality(toy, normalized=False)",
        "nx.closeness_centrality(seven)",
        "nx.overall_reciprocity(toy)",
        "nx.density(florentine)",
        "nx.constraint(toy)",
        "nx.average_shortest_path_length(toy)",
    ):
        assert answer(call, names) in {row.value for row in rows_of("networkx") if row.call == call}


def test_the_toy_network_is_that_of_the_golden_values() -> None:
    names = our_names()
    assert sorted(toy_ties()) == sorted(toy.TIES)
    assert names["toy"].actors == tuple(toy.ACTORS)
    assert names["school"].to_dict() == toy.CLASSES
    theirs = names["toy"].graph
    assert set(theirs.edges) == set(networkx_names()["toy"].edges)
    assert (names["toy_turned"].dense == names["toy"].dense.T).all()


def test_networks_of_ours_are_those_of_networkx() -> None:
    ours, theirs = our_names(), networkx_names()
    for name in ("toy", "seven", "sink", "empty", "one", "strong", "kite", "florentine", "with_pucci", "karate"):
        graph = theirs[name].to_directed()
        assert ours[name].n == len(graph), name
        assert {(a, b) for a, b in ours[name].graph.edges} == {(str(a), str(b)) for a, b in graph.edges}, name


def test_answers_agree_with_the_printed_figures_of_the_specification() -> None:
    """The golden values of the toy network and the figures printed in its table, to four decimals."""
    mine = our_names()["toy"]
    for name, values in {
        "betweenness": betweenness(mine),
        "harmonic_in": harmonic_in(mine),
        "harmonic_out": harmonic_out(mine),
        "constraint": constraint(mine),
        "effective_size": effective_size(mine),
    }.items():
        assert shown(values) == shown(toy.ACTOR[name])
    assert shown(eigenvector(mine).iloc[:4]) == shown(toy.EIGENVECTOR_FIRST_FOUR)
    for title, (package, call), figure in (
        (
            "Closeness in a network that falls apart",
            ("networkx", 'nx.closeness_centrality(with_pucci)["Medici"]'),
            0.522667,
        ),
        ("Closeness in a network that falls apart", (OURS, 'harmonic_in(with_pucci)["Medici"]'), 0.633333),
        ("Transitivity", ("networkx", "nx.transitivity(toy)"), 0.25),
        ("Transitivity", ("networkx", "nx.transitivity(toy.reverse())"), 0.15),
        ("Transitivity", ("python-igraph", "toy.transitivity_undirected()"), 0.409091),
        ("Transitivity", (OURS, "transitivity(toy)"), 3 / 18),
        ("Reciprocity", ("r-sna", "grecip(toy)"), 0.75),
        ("Reciprocity", (OURS, "reciprocity(toy)"), 6 / 13),
        ("Reciprocity", (OURS, "reciprocity_adjusted(toy)"), 0.298748),
        ("Degree centralization", ("r-igraph", 'centr_degree(toy, mode = "in")$centralization'), 19 / 56),
        ("Degree centralization", (OURS, "indegree_centralization(toy)"), 19 / 49),
        ("Degree centralization", ("r-igraph", "centr_degree(kite)$centralization"), 24 / 90),
        ("Degree centralization", ("r-igraph", "centr_degree(kite, loops = FALSE)$centralization"), 24 / 72),
        ("Strengths that come with an example", (OURS, "modularity(karate, club)"), 0.358235),
    ):
        assert section(title)[package, call] == shown(figure), (title, call)
    sd = section("Brokerage totals by chance")[OURS, 'brokerage(toy, school, "citation").totals.sd[[*roles, "total"]]']
    assert [float(value) for value in sd.split()] == pytest.approx(toy.TOTAL_SD, abs=6e-5)


def test_the_page_shows_the_answers_of_the_code() -> None:
    text = page()
    for row in rows_of(OURS):
        assert f"| **ours** | `{row.call}` | {row.value} |" in text
    assert text == (DOCS / "disagreements.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("quantity", QUANTITIES, ids=lambda quantity: quantity.anchor)
def test_each_section_says_what_ours_is_and_why(quantity: Quantity) -> None:
    assert any(row.package == OURS for row in quantity.rows)
    assert quantity.why.strip()
    assert all(row.package in PACKAGES and row.value not in {"", "?"} for row in quantity.rows)
    for row in quantity.rows:
        assert "|" not in row.call + row.value


def test_links_from_the_measures_lead_to_a_section() -> None:
    text = (DOCS / "metrics.md").read_text(encoding="utf-8")
    headings = {quantity.anchor for quantity in QUANTITIES}
    assert len(headings) == len(QUANTITIES)
    linked = re.findall(r"\(disagreements\.md#([\w-]+)\)", text)
    assert set(linked) == set(ANCHORS.values())
    assert set(linked) <= headings
    assert len(linked) == len(ANCHORS) == sum(len(quantity.measures) for quantity in QUANTITIES)
    assert set(ANCHORS) <= {entry.name for entry in CATALOGUE}


def test_a_refusal_and_an_undefined_number_are_answers() -> None:
    assert answer("nx.average_shortest_path_length(toy)", networkx_names()) == "raises NetworkXError"
    assert shown([0.5, None, float("nan"), -0.0, 2, 1 / 3]) == "0.5 NaN NaN 0 2 0.3333"
    assert shown({"b": 2, "a": 1}) == "1 2"
    with pytest.raises(NameError):
        answer("no_such_function(toy)", our_names())
