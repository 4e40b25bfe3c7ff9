"""Ties within and between groups: figures of the specification, §3.11.

Assortativity agrees with networkx and python-igraph, degree assortativity with networkx; E-I, Yule's Q, Coleman's
homophily, participation and the index of qualitative variation were computed once by hand or in plain numpy.
"""

from __future__ import annotations

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from sna.metrics.homophily import (
    FourCounts,
    assortativity,
    coleman_homophily,
    degree_assortativity,
    four_counts,
    mixing_matrix,
    yules_q,
)
from sna.metrics.mixing import ei_expected, ei_index, groups_reached_1, groups_reached_2, iqv, participation
from sna.networks.network import Network
from tests.golden import classic, toy

SCHOOLS = pd.Series(toy.CLASSES)
CLUBS = pd.Series(classic.karate_clubs())


def both_ways(network: Network) -> Network:
    """Its union as a network of mutual ties."""
    names = np.array(network.actors)
    ego, alter = network.union.nonzero()
    return Network.from_ties(network.actors, list(zip(names[ego].tolist(), names[alter].tolist(), strict=True)))


def test_ei_index_and_its_expectation() -> None:
    karate = classic.classic("karate")
    counts = four_counts(karate, CLUBS)
    assert (counts.across / 2, counts.inside / 2) == (11, 67)
    assert ei_index(karate, CLUBS) == pytest.approx(-0.717949, abs=1e-6)
    assert ei_expected(karate, CLUBS) == pytest.approx(0.0303, abs=5e-5)
    directed = four_counts(toy.toy(), SCHOOLS)
    assert (directed.across, directed.inside) == (5, 8)
    assert ei_index(toy.toy(), SCHOOLS) == pytest.approx(-0.230769, abs=1e-6)
    assert ei_index(both_ways(toy.toy()), SCHOOLS) == 0
    assert ei_expected(toy.toy(), SCHOOLS) == pytest.approx(0.5)


def test_yules_q_of_the_karate_club() -> None:
    counts = four_counts(classic.classic("karate"), CLUBS)
    odds = counts.inside * counts.across_absent / (counts.across * counts.inside_absent)
    assert odds == pytest.approx(8.2599, abs=5e-5)
    assert yules_q(classic.classic("karate"), CLUBS) == pytest.approx(0.784014, abs=1e-6)
    assert not counts.adjusted


def test_yules_q_with_a_count_of_nothing() -> None:
    """a→b inside, nothing across: 1, 1, 0, 4 become 1.5, 1.5, .5, 4.5 and the odds ratio 9."""
    network = Network.from_ties(["a", "b", "c"], [("a", "b")])
    group = pd.Series({"a": "x", "b": "x", "c": "y"})
    assert four_counts(network, group) == FourCounts(1, 1, 0, 4)
    assert four_counts(network, group).adjusted
    assert yules_q(network, group) == pytest.approx((9 - 1) / (9 + 1))


def test_assortativity() -> None:
    assert assortativity(toy.toy(), SCHOOLS) == pytest.approx(0.356436, abs=1e-6)
    assert assortativity(classic.classic("karate"), CLUBS) == pytest.approx(0.717531, abs=1e-6)
    graph = nx.DiGraph(toy.toy().graph)
    nx.set_node_attributes(graph, toy.CLASSES, "class")
    assert assortativity(toy.toy(), SCHOOLS) == pytest.approx(nx.attribute_assortativity_coefficient(graph, "class"))
    assert np.isnan(assortativity(toy.toy(), pd.Series(dict.fromkeys(toy.ACTORS, "A"))))


@pytest.mark.parametrize("name", [*classic.NAMES, "toy"])
def test_degree_assortativity_is_that_of_networkx(name: str) -> None:
    network = toy.toy() if name == "toy" else classic.classic(name)
    theirs = nx.degree_assortativity_coefficient(nx.DiGraph(network.graph).to_undirected())
    assert degree_assortativity(network) == pytest.approx(theirs, abs=1e-9)


def test_coleman_homophily_of_the_toy() -> None:
    table = coleman_homophily(toy.toy(), SCHOOLS).set_index("group")
    assert table.loc["A", ["same", "total"]].tolist() == [4, 6]
    assert table.loc["A", "expected"] == pytest.approx(1.7143, abs=5e-5)
    assert table.loc["A", "homophily"] == pytest.approx(0.5333, abs=5e-5)
    assert table.loc["X", "homophily"] == -1


def test_mixing_matrix_of_the_toy() -> None:
    table = mixing_matrix(toy.toy(), SCHOOLS).set_index(["from", "to"])
    assert list(table.index) == [(g, h) for g in "ABX" for h in "ABX"]
    assert table["ties"].tolist() == [4, 1, 1, 1, 4, 1, 0, 1, 0]
    assert table["possible"].tolist() == [6, 9, 6, 9, 6, 6, 6, 6, 2]
    assert table["density"].tolist() == pytest.approx((table["ties"] / table["possible"]).tolist())
    assert table["ties"].sum() == 13
    assert table["possible"].sum() == 56


def test_contacts_three_two_and_one() -> None:
    """Three contacts in one group, two in a second, one in a third."""
    contacts = [f"c{i}" for i in range(6)]
    group = pd.Series({"p": "x", **dict(zip(contacts, "xxxyyz", strict=True))})
    network = Network.from_ties(["p", *contacts], [("p", c) for c in contacts])
    assert participation(network, group)["p"] == pytest.approx(0.611111, abs=1e-6)
    assert iqv(network, group)["p"] == pytest.approx(0.916667, abs=1e-6)
    assert groups_reached_1(network, group).tolist() == [2, 0, 0, 0, 1, 1, 1]
    assert groups_reached_2(network, group).tolist() == [2] * 7


def test_one_and_two_steps_on_the_toy() -> None:
    """By hand: 1 meets 4 (B) and, through 4 or 3, 7 (X); 8 stands alone."""
    assert groups_reached_1(toy.toy(), SCHOOLS).tolist() == [1, 1, 1, 2, 0, 1, 2, 0]
    assert groups_reached_2(toy.toy(), SCHOOLS).tolist() == [2, 2, 2, 2, 2, 2, 2, 0]
