"""Every measure against its slow reference, on random networks with silence and holes."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sna.metrics.brokerage import ROLES, Role, brokerage, role_counts
from sna.metrics.catalogue import ACTOR, NETWORK, TIE, measure
from sna.metrics.centrality import eigenvector, pagerank
from sna.metrics.ties import shared_relations
from sna.networks.network import Network
from tests.reference import slow as references
from tests.reference import slow_metrics as slow
from tests.reference.random_networks import networks

OFTEN = settings(deadline=None, max_examples=50, derandomize=True)


def both(name: str, network: Network, reference: Any) -> tuple[Any, Any]:
    """The measure and its slow reference."""
    entry = measure(name)
    if entry.by_group:
        return entry.compute(network, network.attributes["group"]), reference(network, slow.groups_of(network))
    return entry.compute(network), reference(network)


def test_every_measure_has_a_slow_reference() -> None:
    assert {m.name for m in ACTOR} - set(references.ACTOR) == {"eigenvector"}
    assert {m.name for m in TIE} - set(references.TIE) == {"shared_relations"}
    assert {m.name for m in NETWORK} == set(references.NETWORK)


@pytest.mark.parametrize("name", sorted(references.ACTOR))
@OFTEN
@given(network=networks())
def test_actor_measures(name: str, network: Network) -> None:
    fast, reference = both(name, network, references.ACTOR[name])
    assert list(fast.index) == list(network.actors)
    np.testing.assert_allclose(fast.to_numpy(), [reference[a] for a in network.actors], rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("name", sorted(references.TIE))
@OFTEN
@given(network=networks())
def test_tie_measures(name: str, network: Network) -> None:
    fast, reference = both(name, network, references.TIE[name])
    assert list(fast.index) == list(reference)
    np.testing.assert_allclose(fast.to_numpy(), list(reference.values()), rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("name", sorted(references.NETWORK))
@OFTEN
@given(network=networks())
def test_network_measures(name: str, network: Network) -> None:
    fast, reference = both(name, network, references.NETWORK[name])
    np.testing.assert_allclose(fast, reference, rtol=1e-9, atol=1e-12)


@OFTEN
@given(network=networks(), direction=st.sampled_from(["citation", "flow"]))
def test_brokerage_counts(network: Network, direction: Any) -> None:
    fast = brokerage(network, network.attributes["group"], direction)
    reference = slow.role_counts(network, slow.groups_of(network), direction)
    counts = np.array([[reference[a][role] for role in ROLES] for a in network.actors]).reshape(-1, len(ROLES))
    np.testing.assert_array_equal(fast.counts.to_numpy(), counts)
    answered = counts[~np.isnan(counts).any(axis=1)]
    expected = answered.sum(axis=0) if len(answered) else np.full(len(ROLES), np.nan)
    np.testing.assert_array_equal(fast.totals["count"].to_numpy(), expected)
    groups = slow.groups_of(network)
    people = [a for a in network.actors if groups[a] is not None]
    full = len(people) >= 3 and all(slow.known(network, a, b) for a in people for b in people if a != b)
    assert fast.expected.loc[people].notna().all(axis=None) == (full or not people)
    assert bool(fast.totals["sd"].notna().all()) == full


@OFTEN
@given(network=networks(), role=st.sampled_from(ROLES))
def test_role_counts_are_a_column_of_brokerage_on_the_flow(network: Network, role: Role) -> None:
    group = network.attributes["group"]
    pd.testing.assert_series_equal(role_counts(network, group, role), brokerage(network, group, "flow").counts[role])


@OFTEN
@given(network=networks(), direction=st.sampled_from(["citation", "flow"]))
def test_eigenvector_solves_its_equation_on_the_largest_mutually_reachable_set(
    network: Network, direction: Any
) -> None:
    values = eigenvector(network, direction)
    reach = {a: slow._distances(network, a) for a in network.actors}
    classes = {frozenset(b for b in reach[a] if a in reach[b]) for a in network.actors}
    largest = max(map(len, classes), default=0)
    sets = [people for people in classes if len(people) == largest]
    if largest < 2 or len(sets) > 1:
        assert values.isna().all()
        return
    inside = sorted(sets[0])
    assert set(values.dropna().index) == sets[0]
    x = values[inside].to_numpy()
    turned = direction == "flow" and network.flow == "against"
    ties = np.array([[slow.tie(network, b, a) if turned else slow.tie(network, a, b) for b in inside] for a in inside])
    product = ties.T @ x
    # Positive and proportional: by Perron and Frobenius only the vector of the largest root is.
    assert (x > 0).all()
    np.testing.assert_allclose(product, x * (product @ x), atol=1e-7)
    assert x @ x == pytest.approx(1)


@OFTEN
@given(network=networks(complete=True))
def test_pagerank_of_the_flow_is_pagerank_of_the_turned_network(network: Network) -> None:
    turned = network.reversed() if network.flow == "against" else network
    np.testing.assert_allclose(pagerank(network, "flow").to_numpy(), pagerank(turned).to_numpy(), atol=1e-12)


@OFTEN
@given(network=networks(min_people=2))
def test_pagerank_of_the_flow_needs_the_persons_own_answer(network: Network) -> None:
    known = [
        slow.spoke(network, a) if network.flow == "against" else slow.spoken_of(network, a) for a in network.actors
    ]
    assert pagerank(network, "flow").notna().tolist() == known


@OFTEN
@given(data=st.data())
def test_shared_relations(data: st.DataObject) -> None:
    first = data.draw(networks())
    second = Network.from_ties(first.actors, [(b, a) for a, b in slow._pairs(first)][::2])
    counted = shared_relations([first, second])
    for (a, b), number in counted.items():
        assert number == slow.tie(first, a, b) + slow.tie(second, a, b) >= 1
    assert len(counted) == len(set(slow._pairs(first)) | set(slow._pairs(second)))


def test_shared_relations_refuse_other_people() -> None:
    with pytest.raises(ValueError, match="same actors"):
        shared_relations([Network.from_ties(["a", "b"], []), Network.from_ties(["b", "a"], [])])


@pytest.mark.parametrize("layout", ["xxxxx", "xxxyy", "xxyyz", "xxxyz", "xyzwv", "xxyz"])
@pytest.mark.parametrize("count", [3, 7, 11])
def test_brokerage_moments_by_looking_at_every_network(layout: str, count: int) -> None:
    """All 2^20 networks of five people (2^12 of four), each weighted by its probability."""
    people = len(layout)
    pairs = list(itertools.permutations(range(people), 2))
    position = {pair: k for k, pair in enumerate(pairs)}
    every = np.arange(2 ** len(pairs), dtype=np.int64)
    present = [((every >> k) & 1).astype(bool) for k in range(len(pairs))]
    density = count / len(pairs)
    number = np.sum(present, axis=0, dtype=np.int64)
    weight = density**number * (1 - density) ** (len(pairs) - number)
    tallies = {(v, role): np.zeros(len(every), dtype=np.int16) for v in range(people) for role in ROLES}
    for a, v, b in itertools.permutations(range(people), 3):
        brokered = present[position[a, v]] & present[position[v, b]] & ~present[position[a, b]]
        tallies[v, slow.role(layout[a], layout[v], layout[b])] += brokered
        tallies[v, "total"] += brokered

    actors = [f"p{i}" for i in range(people)]
    network = Network.from_ties(actors, [(actors[a], actors[b]) for a, b in pairs[:count]])
    result = brokerage(network, pd.Series(list(layout), index=actors))
    for role in ROLES:
        for v in range(people):
            mean = float(weight @ tallies[v, role])
            sd = float(np.sqrt(max(weight @ (tallies[v, role] - mean) ** 2, 0)))
            assert result.expected.loc[actors[v], role] == pytest.approx(mean, abs=1e-9)
            assert result.sd.loc[actors[v], role] == pytest.approx(sd, abs=1e-7)
        total = np.sum([tallies[v, role] for v in range(people)], axis=0, dtype=np.int64)
        mean = float(weight @ total)
        assert result.totals.loc[role, "expected"] == pytest.approx(mean, abs=1e-9)
        assert result.totals.loc[role, "sd"] == pytest.approx(float(np.sqrt(weight @ (total - mean) ** 2)), abs=1e-7)
