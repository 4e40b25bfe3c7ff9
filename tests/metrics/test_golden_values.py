"""Measures against figures of other software, on networks everybody has."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from sna.metrics.brokerage import ROLES, brokerage
from sna.metrics.catalogue import measure
from sna.metrics.centrality import betweenness, core, eigenvector, harmonic_in, harmonic_out, pagerank
from sna.metrics.centralization import (
    betweenness_centralization,
    indegree_centralization,
    outdegree_centralization,
)
from sna.metrics.closure import clustering, transitivity
from sna.metrics.cohesion import density, ties
from sna.metrics.degree import indegree, outdegree
from sna.metrics.distance import strength_to_distance
from sna.metrics.holes import constraint, effective_size
from sna.metrics.mixing import ei_index
from tests.golden import classic, toy

CLASSES = pd.Series(toy.CLASSES)


@pytest.mark.parametrize("name", sorted(toy.ACTOR))
def test_actor_measures_of_the_toy(name: str) -> None:
    np.testing.assert_allclose(measure(name).compute(toy.toy()).to_numpy(), toy.ACTOR[name], atol=1e-6)


@pytest.mark.parametrize("name", sorted(toy.NETWORK))
def test_network_measures_of_the_toy(name: str) -> None:
    assert measure(name).compute(toy.toy()) == pytest.approx(toy.NETWORK[name], abs=1e-6)


def test_eigenvector_of_the_toy_is_unit_length_and_leaves_the_isolate_out() -> None:
    values = eigenvector(toy.toy()).to_numpy()
    np.testing.assert_allclose(values[:4], toy.EIGENVECTOR_FIRST_FOUR, atol=1e-6)
    assert np.linalg.norm(values[:7]) == pytest.approx(1)
    assert np.isnan(values[7])


def test_ei_index_of_the_toy() -> None:
    assert ei_index(toy.toy(), CLASSES) == pytest.approx(toy.EI_INDEX, abs=1e-6)


def test_brokerage_of_the_toy() -> None:
    result = brokerage(toy.toy(), CLASSES, direction="citation")
    assert result.counts[toy.ROLE_ORDER].to_numpy().tolist() == toy.ROLE_COUNTS
    order = [*toy.ROLE_ORDER, "total"]
    np.testing.assert_allclose(result.expected.loc["1", order], toy.CLASS_A_EXPECTED, atol=5.1e-4)
    np.testing.assert_allclose(result.sd.loc["1", order], toy.CLASS_A_SD, atol=5.1e-5)
    assert result.z.loc["4", "total"] == pytest.approx(toy.PERSON_4_Z_TOTAL, abs=5.1e-4)
    assert result.totals.loc[order, "count"].tolist() == toy.TOTAL_COUNTS
    np.testing.assert_allclose(result.totals.loc[order, "expected"], toy.TOTAL_EXPECTED, atol=5.1e-5)
    np.testing.assert_allclose(result.totals.loc[order, "sd"], toy.TOTAL_SD, atol=5.1e-5)
    assert list(result.counts.columns) == list(result.totals.index) == list(ROLES)


@pytest.mark.parametrize("name", classic.NAMES)
def test_classic_networks(name: str) -> None:
    network, figures = classic.classic(name), classic.FIGURES[name]
    n = network.n
    assert (n, ties(network) / 2) == (figures["n"], figures["m"])

    def same(values: pd.Series[float], key: str) -> None:
        gold = [figures[key][actor] for actor in network.actors]
        np.testing.assert_allclose(values.to_numpy(), gold, rtol=1e-12, atol=1e-12)

    same(indegree(network), "degree")
    same(outdegree(network), "degree")
    same(betweenness(network) / 2, "betweenness_raw")
    same(harmonic_in(network), "harmonic_normalised")
    same(harmonic_out(network), "harmonic_normalised")
    same(constraint(network), "constraint")
    same(effective_size(network), "effective_size")
    same(core(network), "core")
    assert density(network) == pytest.approx(figures["density"], rel=1e-12)
    assert transitivity(network) == pytest.approx(figures["transitivity"], rel=1e-12)
    assert betweenness_centralization(network) == pytest.approx(figures["cent_betweenness"], rel=1e-12)
    # Undirected (n − 1)(n − 2) against directed (n − 1)².
    for centralization in (indegree_centralization(network), outdegree_centralization(network)):
        assert centralization * (n - 1) / (n - 2) == pytest.approx(figures["cent_degree"], rel=1e-12)


def test_kite() -> None:
    kite = classic.classic("kite")
    np.testing.assert_allclose(eigenvector(kite).to_numpy(), classic.KITE_EIGENVECTOR, atol=1e-6)
    np.testing.assert_allclose(clustering(kite).to_numpy(), classic.KITE_CLUSTERING, atol=1e-12)
    assert pagerank(kite)["3"] == pytest.approx(classic.KITE_PAGERANK_3, abs=1e-6)


@pytest.mark.parametrize("name", sorted(classic.MEAN_CLUSTERING))
def test_mean_clustering_leaves_out_people_with_one_contact(name: str) -> None:
    assert clustering(classic.classic(name)).mean() == pytest.approx(classic.MEAN_CLUSTERING[name], abs=1e-6)


def test_karate_clubs() -> None:
    clubs = pd.Series(classic.karate_clubs())
    assert ei_index(classic.classic("karate"), clubs) == pytest.approx(classic.KARATE_EI, abs=1e-6)


def test_constraint_may_exceed_one() -> None:
    """Specification §3.8: 1.125 with two contacts tied to each other only."""
    triangle = nx.complete_graph(["a", "b", "c"])
    network = type(toy.toy()).from_ties(list(triangle), [*triangle.edges, *[(b, a) for a, b in triangle.edges]])
    np.testing.assert_allclose(constraint(network).to_numpy(), 1.125)


@pytest.mark.parametrize("name", classic.NAMES)
def test_networkx_agrees_where_the_specification_says_it_is_right(name: str) -> None:
    network = classic.classic(name)
    graph = nx.DiGraph(network.graph)
    for ours, theirs in [
        (betweenness(network), nx.betweenness_centrality(graph, normalized=False)),
        (pagerank(network), nx.pagerank(graph, weight=None, tol=1e-13, max_iter=1000)),
        (constraint(network), nx.constraint(graph)),
        (core(network), nx.core_number(graph.to_undirected())),
    ]:
        np.testing.assert_allclose(ours.to_numpy(), [theirs[a] for a in network.actors], rtol=1e-9, atol=1e-9)


def test_weighted_distance_turns_the_shortest_way_round() -> None:
    """Specification §3.2: with 1/strength the weak direct tie a–c loses to the way through b."""
    direct, first, second = strength_to_distance([1.0, 4.0, 4.0])
    assert first + second == 0.5 < direct
    with pytest.raises(ValueError, match="negative"):
        strength_to_distance([-1.0])
