"""Pairs seen from one side and from both, counted without listing every pair."""

from __future__ import annotations

from hypothesis import given, settings

from sna.networks.network import Network
from sna.response import _seen
from tests.reference.random_networks import networks


@settings(deadline=None, max_examples=60, derandomize=True)
@given(network=networks())
def test_pairs_seen_are_those_of_all_cells(network: Network) -> None:
    seen = network.observed
    assert _seen(network) == ((seen | seen.T).sum(), (seen & seen.T).sum())
