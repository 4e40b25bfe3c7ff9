"""Pairs, triangles and what is counted over them, beside the obvious way of finding them."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sna.metrics import cells, centrality, closure, holes
from sna.metrics.cells import Lookup, kinds_of_triangle, triangle_kinds, triangles
from sna.metrics.census import CLOSED, TRIADS, triad_census
from sna.metrics.ties import embeddedness
from sna.networks.network import Network
from tests.reference.random_networks import networks

OFTEN = settings(deadline=None, max_examples=60, derandomize=True)


def crowd(people: int, ties: int, seed: int) -> Network:
    """Everybody answered; a few people are named by very many, and a few name nobody and are named by nobody."""
    rng = np.random.default_rng(seed)
    ego = rng.integers(0, people, ties)
    alter = np.where(rng.random(ties) < 0.5, (rng.random(ties) ** 3 * people).astype(int), (ego + 1) % people)
    pairs = {(int(i), int(j)) for i, j in zip(ego, alter, strict=True) if i != j and max(i, j) < people - 3}
    actors = [f"P{i}" for i in range(people)]
    return Network.from_ties(actors, [(actors[i], actors[j]) for i, j in sorted(pairs)])


@OFTEN
@given(network=networks(max_people=9), at_once=st.sampled_from([1, 3, 100_000]))
def test_every_triangle_is_listed_once(network: Network, at_once: int) -> None:
    union = network.dense + network.dense.T > 0
    expected = {
        frozenset(three) for three in combinations(range(network.n), 3) if union[np.ix_(three, three)].sum() == 6
    }
    pairs = network.pairs
    ends = list(zip(pairs.lower.tolist(), pairs.higher.tolist(), strict=True))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cells, "_STEPS_AT_A_TIME", at_once)
        listed = [three for some in triangles(pairs) for three in zip(*(part.tolist() for part in some), strict=True)]
    assert len(listed) == len(expected)
    assert {frozenset(ends[ab] + ends[ac]) for ab, ac, _ in listed} == expected
    for ab, ac, bc in listed:
        assert ends[ab][0] == ends[ac][0]
        assert (ends[ab][1], ends[ac][1]) == ends[bc]


@OFTEN
@given(network=networks(max_people=9))
def test_kinds_of_triangles_are_those_of_their_ties(network: Network) -> None:
    pairs, ties = network.pairs, network.dense
    by_kind = {kinds: tuple(tied.ravel()) for kinds, tied in kinds_of_triangle()}
    expected = np.zeros((4, 4, 4), dtype=int)
    for three in combinations(pairs.who.tolist(), 3):
        tied = tuple(ties[np.ix_(three, three)].ravel())
        for kinds, other in by_kind.items():
            expected[kinds] += tied == other
    np.testing.assert_array_equal(triangle_kinds(pairs), expected)


@OFTEN
@given(keys=st.sets(st.integers(0, 2**62), max_size=40), wanted=st.lists(st.integers(0, 2**62), max_size=20))
def test_lookup_finds_what_is_there(keys: set[int], wanted: list[int]) -> None:
    held, asked = sorted(keys), [*wanted, *sorted(keys)[::-1], *[key + 1 for key in keys]]
    which, where = Lookup(np.array(held, dtype=np.int64)).find(np.array(asked, dtype=np.int64))
    assert which.tolist() == [i for i, one in enumerate(asked) if one in keys]
    assert [held[place] for place in where.tolist()] == [one for one in asked if one in keys]


def test_lookup_finds_what_is_lost_to_another_in_the_same_place() -> None:
    rng = np.random.default_rng(3)
    keys = np.unique(rng.integers(0, 2**40, 20_000))
    lookup = Lookup(keys)
    assert len(lookup._lost) > 500
    which, where = lookup.find(np.concatenate([keys, keys + 1]))
    there = np.isin(np.concatenate([keys, keys + 1]), keys)
    np.testing.assert_array_equal(which, np.flatnonzero(there))
    np.testing.assert_array_equal(where[: len(keys)], np.arange(len(keys)))


@pytest.mark.parametrize("at_once", [1_000, 100_000])
def test_a_crowd_has_the_numbers_of_networkx(monkeypatch: pytest.MonkeyPatch, at_once: int) -> None:
    monkeypatch.setattr(cells, "_STEPS_AT_A_TIME", at_once)
    network = crowd(250, 1_500, 5)
    graph = nx.DiGraph(network.graph)
    union: Any = graph.to_undirected()
    contacts = np.array([union.degree[actor] for actor in network.actors])

    def same(ours: Any, theirs: Any, known: Any) -> None:
        numbers = np.array([theirs[actor] for actor in network.actors], dtype=float)
        np.testing.assert_allclose(np.asarray(ours), np.where(known, numbers, np.nan), rtol=1e-12, atol=1e-13)

    assert triad_census(network).to_dict() == nx.triadic_census(graph)
    same(closure.clustering(network), nx.clustering(union), contacts > 1)
    same(closure.clustering_directed(network), nx.clustering(graph), contacts > 1)
    same(holes.constraint(network), nx.constraint(graph), contacts > 0)
    same(centrality.core(network), nx.core_number(union), np.ones(network.n, dtype=bool))
    assert closure.transitivity_undirected(network) == pytest.approx(nx.transitivity(union), rel=1e-12)
    assert closure.reciprocity(network) == pytest.approx(nx.overall_reciprocity(graph), rel=1e-12)
    shared = [len(set(union[a]) & set(union[b])) for a, b in embeddedness(network).index]
    assert embeddedness(network).tolist() == shared


def test_closed_kinds_are_those_of_networkx() -> None:
    for kinds, ties in kinds_of_triangle():
        network = Network.from_ties(list("abc"), [("abc"[i], "abc"[j]) for i, j in np.argwhere(ties)])
        counts = triad_census(network)
        kind = counts.index[counts == 1].item()
        assert kind in CLOSED
        assert counts.to_dict() == nx.triadic_census(nx.DiGraph(network.graph)), kinds
    assert set(CLOSED) < set(TRIADS)
