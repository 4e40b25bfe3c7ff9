"""Estimates from some people: exact when everybody is drawn, right on average, within their bound."""

from __future__ import annotations

from functools import partial
from math import log
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sna.metrics import distance, drawn
from sna.metrics.catalogue import CATALOGUE
from sna.metrics.centrality import betweenness
from sna.metrics.distance import near_by_step, reached_by_step
from sna.metrics.drawn import Drawn, dependencies
from sna.metrics.measure import Measure
from sna.metrics.path_lengths import NEAR, diameter, farthest_possible, reachable_pairs
from sna.networks.network import Network
from tests.reference.random_networks import networks

OFTEN = settings(deadline=None, max_examples=40, derandomize=True)
SAMPLED = [entry for entry in CATALOGUE if entry.sampled]
each = partial(pytest.mark.parametrize("entry", SAMPLED, ids=lambda entry: entry.name))


def crowd(people: int, ties: int, seed: int) -> Network:
    rng = np.random.default_rng(seed)
    actors = [f"P{i}" for i in range(people)]
    pairs = {(int(i), int(j)) for i, j in rng.integers(0, people, (ties, 2)) if i != j}
    return Network.from_ties(actors, [(actors[i], actors[j]) for i, j in sorted(pairs)])


def long_ways(people: int, seed: int) -> Network:
    """Everybody names the next three of a ring, so that all reach all in many steps; a few name anybody."""
    rng = np.random.default_rng(seed)
    actors = [f"P{i}" for i in range(people)]
    ring = [(actors[i], actors[(i + step) % people]) for i in range(people) for step in (1, 2, 3)]
    across = {(actors[i], actors[(i + people // 2) % people]) for i in rng.choice(people, people // 20, replace=False)}
    return Network.from_ties(actors, [*ring, *sorted(across)])


def uneven() -> Network:
    """A hundred people who are reached through one, who is reached from a hundred others: few pass much on."""
    actors = [f"P{i}" for i in range(201)]
    ties = [(actors[i], actors[100]) for i in range(100)] + [(actors[100], actors[i]) for i in range(101, 201)]
    return Network.from_ties(actors, ties + [(actors[i], actors[i + 1]) for i in range(101, 200)])


NETWORKS = {"crowd": crowd(200, 600, 4), "long ways": long_ways(100, 1), "uneven": uneven()}
# Searched again and again: the normalised measure is only divided by a number.
ONCE_EACH = [entry for entry in SAMPLED if entry.name != "betweenness_normalised"]


def estimated(entry: Measure, network: Network, seed: int, draws: int) -> Any:
    assert entry.sampled is not None
    return entry.sampled(Drawn.of(network, np.random.default_rng(seed), draws))


def test_measures_of_ways_are_estimated() -> None:
    assert {entry.name for entry in SAMPLED} == {
        "betweenness",
        "betweenness_normalised",
        "harmonic_in",
        "harmonic_out",
        "closeness_in",
        "closeness_out",
        "average_path",
        "global_efficiency",
    }
    assert not any(entry.too_large or entry.draws < 100 for entry in SAMPLED)


@each()
@OFTEN
@given(network=networks())
def test_with_everybody_drawn_the_estimate_is_exact(entry: Measure, network: Network) -> None:
    found = estimated(entry, network, 1, 1_000)
    np.testing.assert_allclose(found.values, entry.compute(network), atol=1e-9)
    assert (found.draws, found.error) == (network.n, 0.0)


@each()
@pytest.mark.parametrize("kind", NETWORKS)
def test_with_everybody_drawn_from_a_larger_network_too(entry: Measure, kind: str) -> None:
    found = estimated(entry, NETWORKS[kind], 1, 1_000)
    np.testing.assert_allclose(found.values, entry.compute(NETWORKS[kind]), rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("entry", ONCE_EACH, ids=lambda entry: entry.name)
def test_the_mean_of_many_estimates_is_the_exact_value(entry: Measure) -> None:
    # Closeness is 1 divided by what is estimated, and so is its mean only for many drawn.
    inverse = entry.name.startswith("closeness")
    network = long_ways(40, 3)
    exact = np.asarray(entry.compute(network))
    found = np.array([estimated(entry, network, seed, 10).values for seed in range(150)])
    if inverse:
        exact, found = 1 / exact, 1 / found
    # Four standard errors of the mean, for each of forty people.
    assert (np.abs(found.mean(axis=0) - exact) <= 4 * found.std(axis=0) / np.sqrt(150) + 1e-9).all()
    assert np.ptp(found, axis=0).max() > 0


@pytest.mark.parametrize("entry", ONCE_EACH, ids=lambda entry: entry.name)
@pytest.mark.parametrize("kind", NETWORKS)
def test_estimates_keep_within_their_error(entry: Measure, kind: str) -> None:
    """At most one run in twenty may be farther off; with this bound far fewer are."""
    network = NETWORKS[kind]
    exact = np.asarray(entry.compute(network))
    if np.isnan(exact).all():
        return
    outside = 0
    for seed in range(40):
        found = estimated(entry, network, seed, 20)
        outside += bool((np.abs(found.values - exact) > found.error + 1e-12).any())
    assert outside <= 2
    assert found.error > 0


@pytest.mark.parametrize("share", [0.0, 0.01, 0.2, 0.5, 1.0])
def test_margins_hold_for_drawn_numbers_and_not_by_being_endless(share: float) -> None:
    """Of 200 people each has a 1 with this share, the worst case; 40 are drawn, again and again."""
    network, rng = Network.from_ties([str(i) for i in range(200)], []), np.random.default_rng(7)
    numbers = np.zeros(200)
    numbers[: int(200 * share)] = 1.0
    outside, widest = 0, 0.0
    for _ in range(400):
        drawn = Drawn.of(network, rng, 40)
        mean = numbers[drawn.sources].mean(keepdims=True)
        below, above = drawn.margins(mean)
        outside += bool(mean - below > share + 1e-12 or mean + above < share - 1e-12)
        widest = max(widest, float(below[0]), float(above[0]))
    assert outside <= 20
    # Hoeffding's other bound, √(ln(2 / .05) / (2 · 40)), is .215.
    assert widest < 0.215


@OFTEN
@given(mean=st.floats(0, 1), draws=st.integers(5, 500), many=st.integers(1, 1_000))
def test_margins_solve_the_inequality_they_rest_on(mean: float, draws: int, many: int) -> None:
    network = Network.from_ties([str(i) for i in range(501)], [])
    below, above = Drawn(network, np.arange(draws)).margins(np.full(many, mean))
    assert len(below) == len(above) == many

    def divergence(p: float) -> float:
        parts = [(mean, p), (1 - mean, 1 - p)]
        return sum(0.0 if a == 0 else a * log(a / b) if b > 0 else float("inf") for a, b in parts)

    for p, farther in ((mean - below[0], -1e-6), (mean + above[0], 1e-6)):
        level = log(2 * many / 0.05) / draws
        if 1e-6 < p < 1 - 1e-6:
            assert divergence(p) == pytest.approx(level, rel=1e-3, abs=1e-9)
            assert divergence(p + farther) > level - 1e-9
    # Never wider than the bound that does not look at the mean.
    assert max(below[0], above[0]) <= np.sqrt(log(2 * many / 0.05) / (2 * draws)) + 1e-9


@pytest.mark.parametrize("few", [0, 1, 3, 10_000])
def test_steps_of_few_and_of_many_lead_to_the_same(few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    network = crowd(100, 400, 2)
    monkeypatch.setattr(drawn, "FEW", few)
    np.testing.assert_allclose(
        dependencies(network.matrix, np.arange(network.n)), betweenness(network).to_numpy(), atol=1e-9
    )


@OFTEN
@given(network=networks(), steps=st.integers(1, 5), at_once=st.sampled_from([1, 20, 1_000_000]))
def test_who_is_near_is_found_without_a_search(network: Network, steps: int, at_once: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(distance, "MOST_PAIRS", at_once)
        found = near_by_step(network.matrix.T.tocsr(), steps)
    searched = reached_by_step(network.matrix)[: steps + 1]
    np.testing.assert_array_equal(found[: len(searched)], searched)
    assert not found[len(searched) :].any()


@OFTEN
@given(network=networks())
def test_pairs_with_a_way_and_the_longest_way(network: Network) -> None:
    lengths = dict(nx.all_pairs_shortest_path_length(network.graph))
    assert reachable_pairs(network) == sum(len(found) - 1 for found in lengths.values())
    longest = max((step for found in lengths.values() for step in found.values()), default=0)
    assert longest <= farthest_possible(network) < max(network.n, 1)


def test_the_longest_way_may_lead_past_the_most_connected_person() -> None:
    """Nobody on the chain reaches the star or is reached from it."""
    chain = [(f"c{i}", f"c{i + 1}") for i in range(20)]
    star = [(f"s{i}", "hub") for i in range(10)] + [("hub", f"t{i}") for i in range(10)]
    actors = sorted({person for tie in [*chain, *star] for person in tie})
    network = Network.from_ties(actors, [*chain, *star])
    assert diameter(network) == farthest_possible(network) == 20


@pytest.mark.parametrize("kind", NETWORKS)
def test_ways_are_longer_than_those_that_are_counted_in_full(kind: str) -> None:
    """Else the tests above would estimate nothing."""
    assert diameter(NETWORKS[kind]) > NEAR + 1
