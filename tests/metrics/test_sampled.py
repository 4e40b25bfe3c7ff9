"""Estimates from some people: exact when everybody is drawn, right on average, within their bound."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from sna.metrics import sampled
from sna.metrics.centrality import betweenness, harmonic_in, harmonic_out
from sna.networks.network import Network
from tests.reference.random_networks import networks

PAIRS = [
    (sampled.betweenness_sampled, betweenness),
    (sampled.harmonic_in_sampled, harmonic_in),
    (sampled.harmonic_out_sampled, harmonic_out),
]


def crowd(people: int, ties: int, seed: int) -> Network:
    rng = np.random.default_rng(seed)
    actors = [f"P{i}" for i in range(people)]
    pairs = {(int(i), int(j)) for i, j in rng.integers(0, people, (ties, 2)) if i != j}
    return Network.from_ties(actors, [(actors[i], actors[j]) for i, j in sorted(pairs)])


@pytest.mark.parametrize(("estimate", "exact"), PAIRS)
@settings(deadline=None, max_examples=40, derandomize=True)
@given(network=networks())
def test_with_everybody_drawn_the_estimate_is_exact(estimate: Any, exact: Any, network: Network) -> None:
    found = estimate(network, np.random.default_rng(1), draws=1_000)
    np.testing.assert_allclose(found.values.to_numpy(), exact(network).to_numpy(), atol=1e-9)
    assert (found.draws, found.error) == (network.n, 0.0)


@pytest.mark.parametrize(("estimate", "exact"), PAIRS)
def test_the_mean_of_many_estimates_is_the_exact_value(estimate: Any, exact: Any) -> None:
    network, rng = crowd(60, 240, 3), np.random.default_rng(5)
    true = exact(network).to_numpy()
    drawn = np.array([estimate(network, rng, draws=20).values.to_numpy() for _ in range(400)])
    # Four standard errors of the mean, for each of sixty people.
    assert (np.abs(drawn.mean(axis=0) - true) <= 4 * drawn.std(axis=0) / 20 + 1e-9).all()
    assert np.ptp(drawn, axis=0).max() > 0


@pytest.mark.parametrize(("estimate", "exact"), PAIRS)
def test_estimates_keep_within_their_bound(estimate: Any, exact: Any) -> None:
    network = crowd(150, 600, 4)
    true = exact(network).to_numpy()
    for seed in range(40):
        found = estimate(network, np.random.default_rng(seed), draws=40)
        assert np.abs(found.values.to_numpy() - true).max() <= found.error


@pytest.mark.parametrize("few", [0, 1, 3, 10_000])
def test_steps_of_few_and_of_many_lead_to_the_same(few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    network = crowd(100, 400, 2)
    monkeypatch.setattr(sampled, "FEW", few)
    np.testing.assert_allclose(
        sampled.dependencies(network.matrix, np.arange(network.n)), betweenness(network).to_numpy(), atol=1e-9
    )
