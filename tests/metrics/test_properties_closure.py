"""What must hold of returned ties, closed triangles, censuses and structural holes on any network."""

from __future__ import annotations

from itertools import pairwise
from typing import Any
from unittest import mock

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sna.metrics import cells
from sna.metrics.catalogue import measure
from sna.metrics.census import TRIADS, dyads_asymmetric, dyads_mutual, dyads_null, triad_census
from sna.metrics.closure import clustering, clustering_directed, reciprocity, reciprocity_adjusted
from sna.metrics.compute import actor_table, network_table
from sna.metrics.holes import everett_valente, everett_valente_undirected
from sna.metrics.ties import bridge
from sna.networks.network import Network
from tests.reference import slow_closure
from tests.reference import slow_metrics as slow
from tests.reference.random_networks import networks

OFTEN = settings(deadline=None, max_examples=60, derandomize=True)
ACTOR = ("clustering_directed", "ego_density", "efficiency", "hierarchy", "everett_valente")
TIE = ("embeddedness", "bridge", "local_bridge")
PAIRS = ("dyads_mutual", "dyads_asymmetric", "dyads_null")
NETWORK = (*PAIRS, "dyad_reciprocity", "reciprocity_adjusted", "transitivity_undirected")
TURNED = dict(zip(TRIADS, TRIADS, strict=True)) | {
    "021D": "021U", "021U": "021D", "111D": "111U", "111U": "111D", "120D": "120U", "120U": "120D",
}  # fmt: skip


def close(first: Any, second: Any) -> None:
    np.testing.assert_allclose(np.asarray(first, dtype=float), np.asarray(second, dtype=float), atol=1e-9)


def again(network: Network, extra: list[str], ties: list[tuple[Any, ...]], factor: float = 1.0) -> Network:
    """The same network with more people, more ties and other strengths (and the threshold moved alike)."""
    own = [(network.actors[i], network.actors[j], s * factor) for i, j, s in network.ties()]
    unknown = [(network.actors[i], network.actors[j]) for i, j in zip(*network.unknown_cells.nonzero(), strict=True)]
    answered = [a for i, a in enumerate(network.actors) if network.answered[i]]
    return Network.from_ties(
        [*network.actors, *extra], [*own, *ties], answered=[*answered, *extra], unknown=unknown, flow=network.flow
    )


@OFTEN
@given(network=networks())
def test_triad_census_is_that_of_looking_at_every_three_people(network: Network) -> None:
    close(triad_census(network), list(slow_closure.triad_census(network).values()))


@OFTEN
@given(network=networks(complete=True, min_people=3, max_people=12))
def test_triad_census_is_that_of_networkx_when_everybody_answered(network: Network) -> None:
    assert triad_census(network).to_dict() == nx.triadic_census(nx.DiGraph(network.graph))


@pytest.mark.parametrize("people", [0, 1, 2])
def test_triad_census_needs_three_people(people: int) -> None:
    assert triad_census(Network.from_ties([f"p{i}" for i in range(people)], [])).isna().all()


@pytest.mark.parametrize("answered", [[], ["a"], ["a", "b"]])
def test_triad_census_needs_three_people_who_answered(answered: list[str]) -> None:
    assert triad_census(Network.from_ties(list("abcd"), [], answered=answered)).isna().all()


@pytest.mark.parametrize("share", [0, 0.05, 0.5])
def test_triad_census_of_a_larger_network_with_gaps(share: float) -> None:
    rng = np.random.default_rng(7)
    people = [f"p{i}" for i in range(25)]
    pairs = [(a, b) for a in people for b in people if a != b]
    draw = rng.random(len(pairs))
    unknown = [p for p, x in zip(pairs, draw, strict=True) if x < share]
    ties = [p for p, x in zip(pairs, draw, strict=True) if share <= x < share + 0.2]
    told = [a for a in people if a not in ("p3", "p11")]
    network = Network.from_ties(people, [t for t in ties if t[0] in told], answered=told, unknown=unknown)
    assert triad_census(network).to_dict() == slow_closure.triad_census(network)


@OFTEN
@given(network=networks(max_people=6))
def test_working_a_row_at_a_time_changes_nothing(network: Network) -> None:
    whole = actor_table(network)[0], triad_census(network)
    with mock.patch.object(cells, "_STEPS_AT_A_TIME", 1):
        pd.testing.assert_frame_equal(actor_table(network)[0], whole[0])
        pd.testing.assert_series_equal(triad_census(network), whole[1])


@OFTEN
@given(network=networks())
def test_everett_valente_undirected_by_its_definition(network: Network) -> None:
    close(everett_valente_undirected(network), list(slow_closure.everett_valente_undirected(network).values()))


@OFTEN
@given(network=networks(complete=True))
def test_turning_round(network: Network) -> None:
    turned = network.reversed()
    for name in (*ACTOR, *NETWORK):
        close(measure(name).compute(network), measure(name).compute(turned))
    for name in TIE:
        values, others = measure(name).compute(network), measure(name).compute(turned)
        assert {(b, a): v for (a, b), v in values.items()} == others.to_dict()
    close(triad_census(network), triad_census(turned)[[TURNED[kind] for kind in TRIADS]])


@OFTEN
@given(network=networks(complete=True, min_people=4), factor=st.sampled_from([0.5, 3.0]))
def test_strength_scaled_with_its_threshold_changes_nothing(network: Network, factor: float) -> None:
    scaled = again(network, [], [], factor)
    for name in (*ACTOR, *TIE, *NETWORK):
        close(measure(name).compute(network), measure(name).compute(scaled))
    close(triad_census(network), triad_census(scaled))


@OFTEN
@given(network=networks(min_people=4))
def test_one_more_person_without_ties(network: Network) -> None:
    more = again(network, ["new"], [])
    for name in ACTOR:
        close(measure(name).compute(network), measure(name).compute(more)[list(network.actors)])
    for name in TIE:
        close(measure(name).compute(network), measure(name).compute(more))
    for name in ("dyad_reciprocity", "transitivity_undirected"):
        close(measure(name).compute(network), measure(name).compute(more))
    # Each pair of the others whose cells are observed makes a group of three with the new person.
    pairs = np.nan_to_num([dyads_null(network), dyads_asymmetric(network), dyads_mutual(network)])
    gained = triad_census(more).fillna(0) - triad_census(network).fillna(0)
    assert gained[["003", "012", "102"]].tolist() == pairs.tolist()
    assert not gained.iloc[3:].any()


@OFTEN
@given(first=networks(min_people=3), second=networks(min_people=3, complete=True))
def test_two_networks_side_by_side(first: Network, second: Network) -> None:
    """Nobody's number changes, and open and closed groups of three add up."""
    names = {a: f"q{i}" for i, a in enumerate(second.actors)}
    ties = [(names[second.actors[i]], names[second.actors[j]], s) for i, j, s in second.ties()]
    beside = again(first, list(names.values()), ties)
    for name in ACTOR:
        apart = [*measure(name).compute(first), *measure(name).compute(second)]
        close(measure(name).compute(beside), apart)
    for name in TIE:
        close(measure(name).compute(beside), [*measure(name).compute(first), *measure(name).compute(second)])
    for name in PAIRS[:2]:
        apart_count = np.nan_to_num(measure(name).compute(first)) + measure(name).compute(second)
        assert np.nan_to_num(measure(name).compute(beside)) == apart_count
    apart_triads = triad_census(first).fillna(0) + triad_census(second).fillna(0)
    close(triad_census(beside).iloc[3:], apart_triads.iloc[3:])


@OFTEN
@given(network=networks())
def test_counts_add_up(network: Network) -> None:
    told = slow_closure._told(network)
    pairs = [measure(name).compute(network) for name in PAIRS]
    assert np.isnan(pairs).all() if not told else sum(pairs) == len(told)
    m, a, _ = pairs
    if m + a > 0:
        assert reciprocity(network) == pytest.approx(2 * m / (2 * m + a))
        assert measure("dyad_reciprocity").compute(network) <= reciprocity(network)
        assert not reciprocity_adjusted(network) > reciprocity(network)


@OFTEN
@given(network=networks(complete=True))
def test_directed_clustering_is_clustering_on_mutual_ties(network: Network) -> None:
    people = list(network.actors)
    ties = [(a, b) for a in people for b in people if a != b and slow.contact(network, a, b)]
    mutual = Network.from_ties(people, ties)
    close(clustering_directed(mutual), clustering(mutual))
    between = everett_valente(mutual)
    assert (between[between > 0] - everett_valente_undirected(mutual)[between > 0]).abs().max() < 1e-9 or not (
        between > 0
    ).any()


@OFTEN
@given(network=networks(max_people=9))
def test_bridges_are_those_of_networkx(network: Network) -> None:
    theirs = {frozenset(pair) for pair in nx.bridges(network.graph.to_undirected())}
    assert {frozenset(pair) for pair, value in bridge(network).items() if value} == theirs


@OFTEN
@given(network=networks())
def test_what_follows_from_what(network: Network) -> None:
    """A bridge is a local bridge, efficiency and hierarchy are shares, a single contact closes in all by itself."""
    ties = pd.DataFrame({name: measure(name).compute(network) for name in TIE})
    assert (ties["local_bridge"] >= ties["bridge"]).all()
    assert ((ties["embeddedness"] == 0) == (ties["local_bridge"] == 1)).all()
    values = actor_table(network)[0]
    contacts = np.array([len(slow._contacts(network, a)) for a in network.actors])
    for name in ("efficiency", "hierarchy", "clustering_directed", "ego_density"):
        assert values[name].dropna().between(0, 1 + 1e-12).all()
    assert (values.loc[contacts == 1, ["efficiency", "hierarchy"]] == 1).all(axis=None)
    assert (values["everett_valente"] == 0).tolist() == (values["betweenness"].abs() < 1e-9).tolist()


def test_a_long_chain_is_all_bridges_and_a_long_ring_has_none() -> None:
    """Far longer than functions may call one another."""
    people = [f"p{i}" for i in range(5000)]
    chain = list(pairwise(people))
    assert bridge(Network.from_ties(people, chain)).all()
    assert not bridge(Network.from_ties(people, [*chain, (people[-1], people[0])])).any()


def test_a_tie_and_its_return_are_one_bridge() -> None:
    network = Network.from_ties(list("abc"), [("a", "b"), ("b", "a"), ("c", "b")])
    assert bridge(network).tolist() == [1, 1, 1]


def test_silence_among_contacts() -> None:
    """b and c are contacts of a; c is silent: of the cells between the two only b → c is known."""
    network = Network.from_ties(list("abc"), [("a", "b"), ("a", "c"), ("b", "c")], answered=["a", "b"])
    assert measure("ego_density").compute(network)["a"] == 1
    assert [measure(name).compute(network) for name in PAIRS] == [0, 1, 0]
    assert triad_census(network).isna().all()
    nobody = Network.from_ties(list("abc"), [("a", "b"), ("a", "c")], answered=["a"])
    assert np.isnan(measure("ego_density").compute(nobody)["a"])


def test_reasons() -> None:
    complete = Network.from_ties(["a", "b"], [("a", "b"), ("b", "a")])
    table = network_table(complete).set_index("measure")
    assert table.loc["reciprocity", "value"] == 1
    assert table.loc["reciprocity_adjusted", "reason"] == "no_variation"
    reasons = actor_table(Network.from_ties(list("abcd"), [("a", "b")]))[1].set_index(["actor_id", "measure"]).reason
    assert reasons["a", "clustering_directed"] == reasons["a", "ego_density"] == "no_triples"
    assert reasons["c", "hierarchy"] == reasons["c", "efficiency"] == "isolate"
    assert ("c", "everett_valente") not in reasons.index
