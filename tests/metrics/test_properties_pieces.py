"""What must hold of pieces, ladders, cores, communities and key players on any network."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from itertools import combinations
from typing import Any, get_args

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings

from sna.metrics import key_player
from sna.metrics.communities import communities, modularity
from sna.metrics.compute import network_table
from sna.metrics.core_periphery import Between, _switched, core_periphery, coreness
from sna.metrics.key_player import Aim, key_players
from sna.metrics.pieces import (
    connectedness,
    fragmentation,
    heard_of,
    krackhardt_efficiency,
    krackhardt_hierarchy,
    krackhardt_lub,
)
from sna.networks.network import Network
from sna.terms import REASONS
from tests.golden import classic
from tests.metrics.test_every_measure import KINDS
from tests.reference import slow_pieces as slow
from tests.reference.random_networks import networks

OFTEN = settings(deadline=None, max_examples=40, derandomize=True)
FOUR = (fragmentation, connectedness, krackhardt_efficiency, krackhardt_hierarchy)
BETWEEN = get_args(Between)
AIMS = get_args(Aim)
FURTHER = {"too_many_sets"}


@pytest.fixture(autouse=True)
def _warnings_are_errors() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def rng() -> np.random.Generator:
    return np.random.default_rng(7)


def again(network: Network, prefix: str = "", factor: float = 1.0) -> list[tuple[str, str, float]]:
    return [(prefix + network.actors[i], prefix + network.actors[j], s * factor) for i, j, s in network.ties()]


def mutual(graph: nx.Graph[Any]) -> Network:
    """A network of other people's data, everybody's name two digits long."""
    names = {a: f"{k:02d}" for k, a in enumerate(graph.nodes)}
    return Network.from_ties(list(names.values()), [(names[a], names[b]) for a, b in graph.edges])


@pytest.mark.parametrize("compute", FOUR)
@OFTEN
@given(network=networks(complete=True))
def test_direction_does_not_matter(compute: Any, network: Network) -> None:
    np.testing.assert_allclose(compute(network), compute(network.reversed()), atol=1e-12)


@OFTEN
@given(network=networks(complete=True))
def test_turning_the_network_turns_the_ladder(network: Network) -> None:
    along = Network.from_ties(network.actors, again(network), flow="along")
    turned = Network.from_ties(network.actors, [(b, a) for a, b, _ in again(network)])
    np.testing.assert_allclose(krackhardt_lub(along), krackhardt_lub(turned))
    np.testing.assert_allclose(krackhardt_lub(along, "citation"), krackhardt_lub(turned.reversed()))


def test_a_ladder_and_a_ladder_upside_down() -> None:
    """Two people turn to two others who both turn to one: an out-tree of what passes is a perfect ladder."""
    names = list("abcde")
    tree = Network.from_ties(names, [("b", "a"), ("c", "a"), ("d", "b"), ("e", "b")])
    assert krackhardt_lub(tree) == krackhardt_hierarchy(tree) == krackhardt_efficiency(tree) == connectedness(tree) == 1
    # Upside down nobody is above b and c, a alone is above nobody.
    assert krackhardt_lub(tree.reversed()) == pytest.approx(1 - 4 / 6)
    two_bosses = Network.from_ties(list("abcd"), [("c", "a"), ("c", "b"), ("d", "a"), ("d", "b")])
    # Neither a and b (nobody above both) nor c and d (two above both, neither nearer).
    assert krackhardt_lub(two_bosses) == pytest.approx(1 - 2 / 3)


@OFTEN
@given(network=networks(complete=True, min_people=3))
def test_one_more_person_without_ties(network: Network) -> None:
    n = network.n
    more = Network.from_ties([*network.actors, "new"], again(network), flow=network.flow)
    assert connectedness(more) == pytest.approx(connectedness(network) * (n - 1) / (n + 1))
    for compute in (krackhardt_efficiency, krackhardt_hierarchy, krackhardt_lub):
        np.testing.assert_allclose(compute(more), compute(network))
    group = network.attributes["group"]
    for stated in (group, pd.concat([group, pd.Series({"new": "x"})])):
        np.testing.assert_allclose(modularity(more, stated), modularity(network, stated))
    if n > 3:
        np.testing.assert_allclose(coreness(more).values.drop("new"), coreness(network).values, atol=1e-7)


@OFTEN
@given(first=networks(complete=True, min_people=2), second=networks(complete=True, min_people=2))
def test_two_networks_side_by_side(first: Network, second: Network) -> None:
    both = Network.from_ties(
        [*first.actors, *("q" + a for a in second.actors)], [*again(first), *again(second, "q")]
    )  # fmt: skip
    n, m = first.n, second.n
    joined = connectedness(first) * n * (n - 1) + connectedness(second) * m * (m - 1)
    assert connectedness(both) == pytest.approx(joined / ((n + m) * (n + m - 1)))
    sides = pd.Series({a: a[0] for a in both.actors})
    ties = np.array([first.union.nnz, second.union.nnz])
    expected = 1 - ((ties / ties.sum()) ** 2).sum() if ties.sum() else np.nan
    np.testing.assert_allclose(modularity(both, sides), expected)


@OFTEN
@given(network=networks())
def test_strength_is_not_used(network: Network) -> None:
    answered = [a for i, a in enumerate(network.actors) if network.answered[i]]
    unknown = [(network.actors[i], network.actors[j]) for i, j in zip(*network.unknown_cells.nonzero(), strict=True)]
    ties = again(network, factor=10)
    scaled = Network.from_ties(network.actors, ties, answered=answered, unknown=unknown, flow=network.flow)
    for compute in (*FOUR, krackhardt_lub):
        np.testing.assert_array_equal(compute(network), compute(scaled))
    assert core_periphery(network, rng()) == core_periphery(scaled, rng()) or not core_periphery(network, rng()).cores
    np.testing.assert_array_equal(coreness(network).values, coreness(scaled).values)


@pytest.mark.parametrize("between", BETWEEN)
@OFTEN
@given(network=networks())
def test_core_periphery_looks_at_every_division(between: Any, network: Network) -> None:
    found = core_periphery(network, rng(), between)
    best, cores = slow.best_cores(network, between)
    np.testing.assert_allclose(found.correlation, best, atol=1e-12)
    assert {frozenset(one) for one in found.cores} == cores
    assert len(cores) == len(found.cores)
    assert (found.reason is None) == bool(cores)
    assert found.reason is None or found.reason in REASONS
    assert list(found.cores) == sorted(found.cores)  # names are in roster order


@pytest.mark.parametrize("between", BETWEEN)
@OFTEN
@given(network=networks(complete=True, min_people=4))
def test_switching_one_person_at_a_time_finds_the_best_of_few_people(between: Any, network: Network) -> None:
    """From 100 starts; nothing it says may be untrue even where it misses a division that fits as well."""
    best, cores = slow.best_cores(network, between)
    reached, found = _switched(network.union, between, rng())
    np.testing.assert_allclose(reached, best, atol=1e-9)
    assert {frozenset(network.actors[i] for i in one) for one in found} <= cores


def test_core_periphery_of_more_people_than_can_be_enumerated() -> None:
    karate = classic.classic("karate")
    found = core_periphery(karate, rng())
    assert not found.exhaustive
    assert found == core_periphery(karate, rng())
    people = list(karate.actors)
    for one in found.cores:
        assert slow.core_fit(karate, set(one), people, "missing") == pytest.approx(found.correlation)
        for person in people:
            other = set(one) ^ {person}
            assert slow.core_fit(karate, other, people, "missing") <= found.correlation + 1e-9
    # A clique of 8 among 22 people who only turn to it: found whatever the start.
    planted = nx.complete_graph(8)
    planted.add_edges_from((k, k % 8) for k in range(8, 30))
    planted.add_edges_from((k, (k + 3) % 8) for k in range(8, 30))
    perfect = core_periphery(mutual(planted), rng())
    assert perfect.correlation == pytest.approx(1)
    assert tuple(f"{k:02d}" for k in range(8)) in perfect.cores


def test_roster_order_decides_nothing() -> None:
    karate = classic.classic("karate")
    turned = Network.from_ties(karate.actors[::-1], again(karate))
    ours, theirs = core_periphery(karate, rng()), core_periphery(turned, rng())
    assert {frozenset(one) for one in ours.cores} == {frozenset(one) for one in theirs.cores}
    first, second = coreness(karate), coreness(turned)
    np.testing.assert_array_equal(first.values, second.values[list(karate.actors)])
    assert first.sse == pytest.approx(second.sse)
    one, two = communities(karate, rng(), 5), communities(turned, rng(), 5)
    pd.testing.assert_series_equal(one.partition, two.partition[list(karate.actors)])
    assert one.modularity == two.modularity


@OFTEN
@given(network=networks())
def test_coreness_cannot_be_bettered_by_changing_one_person(network: Network) -> None:
    found = coreness(network)
    assert found.values.name == "coreness"
    assert list(found.values.index) == list(network.actors)
    if found.reason is not None:
        assert found.reason in REASONS
        assert found.values.isna().all()
        assert np.isnan(found.sse)
        return
    assert found.values.notna().tolist() == heard_of(network).tolist()
    assert (found.values.dropna() >= 0).all()
    values = found.values.fillna(0).to_numpy()

    def sse(c: Any) -> float:
        off = ~np.eye(network.n, dtype=bool)
        return float(((network.union.toarray() - np.outer(c, c))[off] ** 2).sum())

    assert found.sse == pytest.approx(sse(values))
    for i in range(network.n):
        for step in (-0.01, 0.01):
            moved = values.copy()
            moved[i] = max(0.0, moved[i] + step)
            assert sse(moved) >= found.sse - 1e-9


def test_there_is_no_least_coreness_of_a_star() -> None:
    """The centre would grow without end."""
    star = Network.from_ties(list("abcde"), [(a, "a") for a in "bcde"])
    assert coreness(star).reason == "no_optimum"


@pytest.mark.parametrize("aim", AIMS)
@pytest.mark.parametrize("size", [1, 2, 3])
@OFTEN
@given(network=networks())
def test_key_players_are_the_best_of_all_sets(aim: Any, size: int, network: Network) -> None:
    found = key_players(network, size, aim)
    people = slow.people_heard_of(network)
    assert found.people == len(people)
    if found.reason is not None:
        assert found.reason in {*REASONS, *FURTHER}
        assert np.isnan([found.value, found.intact]).all()
        assert not found.sets
        few = len(people) < max(2, size if aim == "reach" else size + 2)
        assert few or not network.matrix.nnz
        return
    best, sets = slow.best_sets(network, size, aim)
    assert found.value == pytest.approx(best)
    assert {frozenset(one) for one in found.sets} == sets
    assert len(found.sets) == len(sets)
    if aim == "reach":
        assert np.isnan(found.intact)
    else:
        assert found.intact == pytest.approx(slow.loss(network, people, aim == "distance_fragmentation"))


def test_key_players_of_more_people_than_one_word_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    """70 people: steps are searched in two words of bits, and batches must not matter."""
    graph = nx.connected_watts_strogatz_graph(70, 4, 0.1, seed=3)
    network = mutual(graph)
    whole = nx.Graph(network.graph)
    lost = {a: 1 - nx.global_efficiency(whole.subgraph(set(whole) - {a})) for a in whole}
    found = key_players(network, 1, "distance_fragmentation")
    assert found.value == pytest.approx(max(lost.values()))
    assert {one[0] for one in found.sets} == {a for a, value in lost.items() if value >= max(lost.values()) - 1e-9}
    together = [key_players(network, 1, aim).sets for aim in AIMS]
    monkeypatch.setattr(key_player, "AT_ONCE", 1)
    assert [key_players(network, 1, aim).sets for aim in AIMS] == together


def test_key_players_are_not_looked_for_in_too_many_sets() -> None:
    ring = mutual(nx.cycle_graph(90))
    assert key_players(ring, 2, "reach").reason is None
    assert key_players(ring, 3, "reach").reason == "too_many_sets"
    with pytest.raises(ValueError, match="at least one"):
        key_players(ring, 0, "reach")


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_of_network_has_an_answer_or_a_reason(kind: str) -> None:
    network = KINDS[kind]
    found = communities(network, rng())
    assert found.reason in REASONS
    assert found.partition.isna().all()
    assert found.together().isna().all(axis=None)
    assert found.together().shape == (network.n, network.n)
    for between in BETWEEN:
        division = core_periphery(network, rng(), between)
        assert (division.reason is None) == bool(division.cores) != np.isnan(division.correlation)
    assert coreness(network).values.isna().all() or coreness(network).reason is None
    for aim in AIMS:
        sets = key_players(network, 1, aim)
        assert (sets.reason is None) == bool(sets.sets) != np.isnan(sets.value)


@pytest.mark.parametrize(
    ("network", "core", "number", "found", "few"),
    [
        (Network.from_ties(list("abcd"), []), "no_ties", "no_ties", "too_few_nodes", "no_ties"),
        (Network.from_ties(["a"], []), "too_few_nodes", "too_few_nodes", "too_few_nodes", "too_few_nodes"),
        (KINDS["nobody answered"], "nonresponse", "nonresponse", "too_few_nodes", "nonresponse"),
        (KINDS["complete"], "no_variation", None, "too_few_nodes", None),
        (mutual(nx.empty_graph(25)), "no_ties", "no_ties", "no_ties", "no_ties"),
        (
            Network.from_ties([f"{k:02d}" for k in range(25)], [("00", "01")], answered=["00"]),
            "nonresponse", "nonresponse", "nonresponse", "nonresponse",
        ),
    ],
)  # fmt: skip
def test_reasons(network: Network, core: str | None, number: str | None, found: str, few: str | None) -> None:
    assert core_periphery(network, rng()).reason == core
    assert coreness(network).reason == number
    assert communities(network, rng()).reason == found
    assert key_players(network, 1, "fragmentation").reason == few


def test_communities_of_a_network_that_falls_into_three() -> None:
    """Three cliques, an isolate, a silent person nobody named: the same answer from every start."""
    cliques = [f"{school}{k}" for school, size in (("a", 6), ("b", 8), ("c", 7)) for k in range(size)]
    ties = [(x, y) for x, y in combinations(cliques, 2) if x[0] == y[0]]
    network = Network.from_ties([*cliques, "lone", "mute"], ties, answered=[*cliques, "lone"])
    found = communities(network, rng(), 8)
    assert (found.seeds, found.distinct, found.reason) == (8, 1, None)
    assert found.modularity == pytest.approx(found.lowest)
    assert found.partition[["b0", "c0", "a0"]].tolist() == ["1", "2", "3"]
    assert found.partition[["lone", "mute"]].isna().all()
    assert found.modularity == pytest.approx(modularity(network, found.partition))
    together = found.together()
    for x, y in combinations(cliques, 2):
        assert together.loc[x, y] == together.loc[y, x] == float(x[0] == y[0])
    assert together["lone"].isna().all()
    with pytest.raises(ValueError, match="at least one start"):
        communities(network, rng(), 0)


def test_one_clique_is_one_community() -> None:
    found = communities(mutual(nx.complete_graph(20)), rng(), 3)
    assert found.partition.unique().tolist() == ["1"]
    assert found.modularity == pytest.approx(0)


def test_communities_say_how_far_they_depend_on_the_start() -> None:
    karate = classic.classic("karate")
    found = communities(karate, rng(), 20)
    assert found.lowest <= found.modularity
    together = found.together().to_numpy()
    np.testing.assert_array_equal(together, together.T)
    np.testing.assert_array_equal(np.diag(together), 1)
    runs = found.runs
    for start in runs.columns:
        value = modularity(karate, runs[start].astype(str))
        assert found.lowest - 1e-12 <= value <= found.modularity + 1e-12
    share = np.mean([runs.loc["0", start] == runs.loc["1", start] for start in runs.columns])
    assert found.together().loc["0", "1"] == pytest.approx(share)
    assert found.distinct == len({frozenset(map(frozenset, runs.groupby(s).groups.values())) for s in runs.columns})
    pd.testing.assert_frame_equal(runs, communities(karate, rng(), 20).runs)


@pytest.mark.parametrize(
    ("kind", "name", "reason"),
    [
        ("one person", "fragmentation", "too_few_nodes"),
        ("one answered nobody", "fragmentation", "nonresponse"),
        ("nobody answered", "connectedness", "nonresponse"),
        ("no ties", "fragmentation", None),
        ("no ties", "krackhardt_hierarchy", "no_ties"),
        ("no ties", "krackhardt_efficiency", "no_ties"),
        ("two people", "krackhardt_lub", "too_few_nodes"),
        ("disconnected", "krackhardt_lub", "too_few_nodes"),
        ("no ties", "krackhardt_lub", "no_ties"),
        ("one group", "modularity", "one_group"),
        ("no groups", "modularity", "no_group"),
        ("one person with a group", "modularity", "too_few_nodes"),
        ("no ties", "modularity", "no_ties"),
        ("gaps in groups", "modularity", None),
    ],
)
def test_reasons_of_network_values(kind: str, name: str, reason: str | None) -> None:
    table = network_table(KINDS[kind], ["group"]).set_index("measure")
    found = table.loc[name, "reason"]
    assert (None if pd.isna(found) else found) == reason


def test_cells_nobody_answered_are_no_spare_ties() -> None:
    """c is silent: of the three ties that could be seen beyond the two needed, one is there."""
    ties = [("a", "b"), ("b", "a"), ("b", "c")]
    network = Network.from_ties(["a", "b", "c"], ties, answered=["a", "b"])
    assert krackhardt_efficiency(network) == pytest.approx(1 - 1 / 2)
    alone = Network.from_ties(["a", "b", "c"], [("a", "b"), ("a", "c")], answered=["a"])
    assert network_table(alone).set_index("measure").loc["krackhardt_efficiency", "reason"] == "nonresponse"
