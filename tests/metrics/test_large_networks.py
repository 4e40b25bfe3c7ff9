"""What is computed another way for large networks gives the same numbers as for small ones."""

from __future__ import annotations

from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from sna.metrics import centrality, distance
from sna.metrics.centrality import betweenness, eigenvector, harmonic_in, pagerank
from sna.networks.network import Network
from tests.golden import classic
from tests.reference.random_networks import networks

OFTEN = settings(deadline=None, max_examples=60, derandomize=True)


def crowd(people: int, ties: int, seed: int) -> Network:
    rng = np.random.default_rng(seed)
    actors = [f"P{i}" for i in range(people)]
    pairs = {(int(i), int(j)) for i, j in rng.integers(0, people, (ties, 2)) if i != j}
    return Network.from_ties(actors, [(actors[i], actors[j]) for i, j in sorted(pairs)])


@OFTEN
@given(network=networks(), at_once=st.sampled_from([1, 1_000_000]), data=st.data())
def test_steps_are_those_of_networkx(network: Network, at_once: int, data: st.DataObject) -> None:
    chosen = data.draw(st.lists(st.integers(0, max(network.n - 1, 0)), unique=True)) if network.n else []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(distance, "MOST_AT_ONCE", at_once)
        found = distance.reached_by_step(network.matrix, np.array(chosen, dtype=np.int64))
    expected = np.zeros((found.shape[0], network.n), dtype=int)
    for place in chosen:
        steps = nx.single_source_shortest_path_length(network.graph, network.actors[place])
        for actor, step in steps.items():
            if step:
                expected[step, network.position(actor)] += 1
    np.testing.assert_array_equal(found, expected)


def test_steps_from_more_people_than_are_searched_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    network = crowd(300, 700, 1)
    whole = distance.reached_by_step(network.matrix)
    monkeypatch.setattr(distance, "MOST_AT_ONCE", 1)
    np.testing.assert_array_equal(distance.reached_by_step(network.matrix), whole)
    graph = nx.DiGraph(network.graph)
    theirs = nx.harmonic_centrality(graph)
    expected = [theirs[actor] / (network.n - 1) for actor in network.actors]
    np.testing.assert_allclose(harmonic_in(network).to_numpy(), expected, rtol=1e-12)


def test_nobody_steps_to_themselves() -> None:
    ring = sparse.csr_array(np.roll(np.eye(4), 1, axis=1))
    assert distance.reached_by_step(ring).sum(axis=1).tolist() == [0, 4, 4, 4]


@pytest.mark.parametrize("seed", range(3))
def test_large_networks_get_the_numbers_of_small_ones(monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    network = crowd(200, 900, seed)
    small = [pagerank(network), pagerank(network, "flow"), eigenvector(network), betweenness(network)]
    monkeypatch.setattr(centrality, "SMALL", 0)
    monkeypatch.setattr(centrality, "REPEATABLE", 0)
    # Another network with the same ties, of which nothing has been worked out yet.
    network = crowd(200, 900, seed)
    large = [pagerank(network), pagerank(network, "flow"), eigenvector(network), betweenness(network)]
    for one, other in zip(small, large, strict=True):
        np.testing.assert_allclose(other.to_numpy(), one.to_numpy(), rtol=1e-9, atol=1e-12)


def test_a_ring_has_one_leading_vector_in_large_networks(monkeypatch: pytest.MonkeyPatch) -> None:
    """All its roots are equally long; only one is real and largest."""
    actors = [str(i) for i in range(50)]
    ring = Network.from_ties(actors, [(actors[i], actors[(i + 1) % 50]) for i in range(50)])
    np.testing.assert_allclose(eigenvector(ring).to_numpy(), 50**-0.5, rtol=1e-9)
    monkeypatch.setattr(centrality, "SMALL", 0)
    np.testing.assert_allclose(eigenvector(ring).to_numpy(), 50**-0.5, rtol=1e-9)


def test_networkx_and_the_iteration_agree_on_the_karate_club(monkeypatch: pytest.MonkeyPatch) -> None:
    network = classic.classic("karate")
    monkeypatch.setattr(centrality, "SMALL", 0)
    theirs = nx.pagerank(nx.DiGraph(network.graph), weight=None, tol=1e-14, max_iter=1000)
    np.testing.assert_allclose(pagerank(network).to_numpy(), [theirs[actor] for actor in network.actors], rtol=1e-10)


@OFTEN
@given(network=networks())
def test_observed_cells_are_counted_without_listing_them(network: Network) -> None:
    np.testing.assert_array_equal(network.observed_out, network.observed.sum(axis=1))
    np.testing.assert_array_equal(network.observed_in, network.observed.sum(axis=0))
    assert network.observed_count == network.observed.sum()


@pytest.mark.parametrize("seed", range(3))
def test_circles_of_few_and_of_many_neighbours_at_a_time(seed: int) -> None:
    """A long tail is peeled one person at a time, and the dense part many at once."""
    rng = np.random.default_rng(seed)
    people = 400
    chain = [(i, i + 1) for i in range(people - 1)]
    dense = [(int(i), int(j)) for i, j in rng.integers(0, 80, (1_200, 2)) if i < j]
    graph: Any = nx.Graph(chain + dense)
    matrix = nx.to_scipy_sparse_array(graph, nodelist=range(people), format="csr", weight=None, dtype=float)
    expected = nx.core_number(graph)
    assert max(expected.values()) > 5
    assert centrality._cores(matrix).tolist() == [expected[i] for i in range(people)]


def test_roots_found_directly_and_by_iteration_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(centrality, "SMALL", 1_000)
    monkeypatch.setattr(centrality, "SMALL_ROOTS", 1_000)
    direct = eigenvector(crowd(150, 900, 2))
    monkeypatch.setattr(centrality, "SMALL_ROOTS", 0)
    np.testing.assert_allclose(eigenvector(crowd(150, 900, 2)), direct, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("people", [2, 3, 10, 60, 150])
def test_the_leading_vector_of_a_path(monkeypatch: pytest.MonkeyPatch, people: int) -> None:
    """In closed form: sin(iπ / (n + 1)). Its roots lie closer and closer together as it grows."""
    monkeypatch.setattr(centrality, "SMALL_ROOTS", people)
    actors = [f"P{i}" for i in range(people)]
    pairs = [(actors[i], actors[j]) for i in range(people) for j in (i - 1, i + 1) if 0 <= j < people]
    expected = np.sin(np.arange(1, people + 1) * np.pi / (people + 1))
    expected /= np.linalg.norm(expected)
    np.testing.assert_allclose(eigenvector(Network.from_ties(actors, pairs)), expected, rtol=1e-10)


@pytest.mark.parametrize("ties", [[(i, i + 1) for i in range(299)], [(i, 0) for i in range(1, 300)]])
def test_pagerank_of_a_chain_and_of_a_star(monkeypatch: pytest.MonkeyPatch, ties: list[tuple[int, int]]) -> None:
    actors = [f"P{i}" for i in range(300)]
    network = Network.from_ties(actors, [(actors[i], actors[j]) for i, j in ties])
    monkeypatch.setattr(centrality, "SMALL", 1_000)
    direct = pagerank(network)
    monkeypatch.setattr(centrality, "SMALL", 0)
    np.testing.assert_allclose(pagerank(network), direct, rtol=1e-12)
