"""Ways, closeness, power and degree against the figures of the specification (§3.1–§3.4, §4.1, §4.2, §4.6).

Where no other origin is named, networkx 3.6.1, python-igraph 1.0.0 and R sna 2.7.1 agree on the figure.
"""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from sna.metrics.centrality import betweenness, betweenness_normalised, eigenvector, harmonic_in, harmonic_out
from sna.metrics.centralization import (
    betweenness_centralization,
    harmonic_centralization,
    indegree_centralization,
    outdegree_centralization,
)
from sna.metrics.closeness import closeness_in, closeness_out, reach
from sna.metrics.cohesion import density
from sna.metrics.compute import actor_table
from sna.metrics.degree import indegree_share
from sna.metrics.passing import betweenness_strength, tie_betweenness
from sna.metrics.path_lengths import average_path, diameter, global_efficiency, reachable_share
from sna.metrics.power import bonacich, bonacich_power, largest_root
from sna.metrics.strength import indegree_opsahl, mean_strength, mean_strength_of_ties, outdegree_opsahl
from sna.networks.network import Network
from tests.golden import classic, toy

# Printed to six decimals, some of them cut off instead of rounded.
PRINTED = {"rtol": 0, "atol": 1e-6}
KITE = {
    "betweenness": [0.833333, 0.833333, 0, 3.666667, 0, 8.333333, 8.333333, 14, 8, 0],
    "closeness": [0.529412, 0.529412, 0.5, 0.6, 0.5, 0.642857, 0.642857, 0.6, 0.428571, 0.310345],
    "bonacich .1": [
        1.062679, 1.062679, 0.831446, 1.524317, 0.831446, 1.284780, 1.284780, 0.740113, 0.388888, 0.186978,
    ],
}  # fmt: skip
STRENGTHS = [("a", "b", 4.0), ("b", "c", 4.0), ("a", "c", 1.0), ("c", "d", 2.0)]


def mutual(actors: str, ties: list[tuple[str, str, float]]) -> Network:
    return Network.from_ties(list(actors), ties + [(b, a, s) for a, b, s in ties])


def florentine_with_pucci() -> Network:
    graph = nx.florentine_families_graph()
    ties = [(a, b) for pair in graph.edges for a, b in (pair, pair[::-1])]
    return Network.from_ties([*graph.nodes, "Pucci"], ties)


def test_degree_and_strength_together() -> None:
    """§3.1: four ties of strength 10 in all."""
    ties = [("a", "b", 1.0), ("a", "c", 2.0), ("a", "d", 3.0), ("a", "e", 4.0)]
    network = Network.from_ties(list("abcde"), ties)
    assert outdegree_opsahl(network)["a"] == pytest.approx(6.324555, abs=1e-6)
    turned = Network.from_ties(list("abcde"), [(b, a, s) for a, b, s in ties])
    assert indegree_opsahl(turned)["a"] == pytest.approx(6.324555, abs=1e-6)


def test_one_person_alone_has_no_degree() -> None:
    """§3.1: networkx says 1."""
    assert np.isnan(indegree_share(Network.from_ties(["a"], []))["a"])


def test_betweenness_of_the_classics() -> None:
    """§3.2, unordered pairs: half of ours."""
    kite = classic.classic("kite")
    np.testing.assert_allclose(betweenness(kite) / 2, KITE["betweenness"], **PRINTED)
    assert betweenness_normalised(kite)["7"] == pytest.approx(0.388889, abs=1e-6)
    families = classic.classic("florentine15")
    assert betweenness(families)["Medici"] / 2 == pytest.approx(47.5)
    assert betweenness_normalised(families)["Medici"] == pytest.approx(0.521978, abs=1e-6)
    assert betweenness(families)["Guadagni"] / 2 == pytest.approx(23.1667, abs=1e-4)
    karate = classic.classic("karate")
    np.testing.assert_allclose(betweenness(karate)[["0", "33", "32"]] / 2, [231.0714, 160.5516, 76.6905], atol=1e-4)
    assert betweenness_normalised(karate)["0"] == pytest.approx(0.437635, abs=1e-6)


def test_betweenness_of_the_toy() -> None:
    """§3.2."""
    np.testing.assert_allclose(betweenness(toy.toy()), [11.5, 3, 2.5, 18, 5.5, 1.5, 3, 0], rtol=1e-12)


def test_strong_ties_are_short_ways() -> None:
    """§3.2: triangle with a pendant; networkx and igraph on distances 1/strength."""
    network = mutual("abcd", STRENGTHS)
    assert (betweenness(network) / 2).tolist() == [0, 0, 2, 0]
    assert (betweenness_strength(network) / 2).tolist() == [0, 2, 2, 0]


def test_three_thirds_are_one() -> None:
    """Two ways equally long, which floating point alone would tell apart: 1/3 + 1/3 + 1/3 against 1, .1 + .2 and .3."""
    network = Network.from_ties(
        list("abcdef"), [("a", "b", 3), ("b", "c", 3), ("c", "d", 3), ("a", "e", 2), ("e", "d", 2)]
    )
    assert betweenness_strength(network).to_dict() == {"a": 0, "b": 1.5, "c": 1.5, "d": 0, "e": 0.5, "f": 0}
    other = Network.from_ties(list("abcd"), [("a", "b", 10), ("b", "d", 5), ("a", "d", 10 / 3)])
    assert betweenness_strength(other)["b"] == 0.5


@pytest.mark.parametrize("name", classic.NAMES)
def test_ties_without_strength_are_equally_long(name: str) -> None:
    network = classic.classic(name)
    np.testing.assert_allclose(betweenness_strength(network), betweenness(network), rtol=1e-9, atol=1e-9)


def test_betweenness_with_strengths_agrees_with_networkx() -> None:
    """On the karate club's counts of shared contexts, the only ones of the three that have strengths."""
    graph = nx.karate_club_graph()
    ties = [(str(a), str(b), float(s)) for a, b, s in graph.edges(data="weight")]
    network = Network.from_ties([str(a) for a in graph], ties + [(b, a, s) for a, b, s in ties])
    lengths = nx.Graph([(a, b, {"length": 420 / s}) for a, b, s in ties])  # whole numbers: no rounding
    theirs = nx.betweenness_centrality(lengths, normalized=False, weight="length")
    np.testing.assert_allclose(betweenness_strength(network) / 2, [theirs[a] for a in network.actors], atol=1e-9)


def test_harmonic_and_closeness_of_the_kite() -> None:
    """§3.3."""
    kite = classic.classic("kite")
    for closeness in (closeness_in, closeness_out):
        np.testing.assert_allclose(closeness(kite), KITE["closeness"], **PRINTED)
    assert harmonic_in(kite)["3"] * 9 == pytest.approx(7.083333, abs=1e-6)
    assert harmonic_out(kite)["3"] == pytest.approx(0.787037, abs=1e-6)


def test_harmonic_of_the_toy() -> None:
    """§3.3."""
    inward = [0.642857, 0.428571, 0.428571, 0.714286, 0.452381, 0.380952, 0.523810, 0]
    outward = [0.511905, 0.523810, 0.511905, 0.547619, 0.523810, 0.523810, 0.428571, 0]
    np.testing.assert_allclose(harmonic_in(toy.toy()), inward, **PRINTED)
    np.testing.assert_allclose(harmonic_out(toy.toy()), outward, **PRINTED)


def test_closeness_is_for_connected_networks_only() -> None:
    """§3.3: with Pucci, who has no ties, others give four answers, two of them networkx's; ours is none."""
    network = florentine_with_pucci()
    graph = nx.Graph(network.graph)
    assert nx.closeness_centrality(graph)["Medici"] == pytest.approx(0.522667, abs=1e-6)
    assert nx.closeness_centrality(graph, wf_improved=False)["Medici"] == pytest.approx(0.56)
    assert harmonic_in(network)["Medici"] == harmonic_out(network)["Medici"] == pytest.approx(0.633333, abs=1e-6)
    values, reasons = actor_table(network)
    found = reasons.set_index(["actor_id", "measure"]).reason
    for name in ("closeness_in", "closeness_out"):
        assert values[name].isna().all()
        assert found["Medici", name] == "disconnected"
        assert found["Pucci", name] == "isolate"
    assert actor_table(classic.classic("florentine15"))[0].closeness_in["Medici"] == pytest.approx(0.56)


def test_closeness_on_a_directed_network_agrees_with_networkx() -> None:
    """networkx reads incoming ties."""
    people = [a for a in toy.ACTORS if a != "8"]
    network = Network.from_ties(people, toy.TIES)
    theirs = nx.closeness_centrality(nx.DiGraph(network.graph))
    np.testing.assert_allclose(closeness_in(network), [theirs[a] for a in people], rtol=1e-12)
    back = nx.closeness_centrality(nx.DiGraph(network.graph).reverse())
    np.testing.assert_allclose(closeness_out(network), [back[a] for a in people], rtol=1e-12)


def test_eigenvector_along_outgoing_ties() -> None:
    """§3.4: R sna `evcent(A)`, which is the toy as advice flows."""
    np.testing.assert_allclose(eigenvector(toy.toy(), "flow")[["1", "2"]], [0.409252, 0.442367], **PRINTED)


def test_bonacich_power_of_the_kite() -> None:
    """§3.4; R sna `bonpow` and igraph."""
    kite = classic.classic("kite")
    np.testing.assert_allclose(bonacich(kite, 0.1), KITE["bonacich .1"], **PRINTED)
    assert bonacich(kite, -0.1)["7"] == pytest.approx(0.777530, abs=1e-6)
    assert (bonacich(kite, 0.1) ** 2).sum() == pytest.approx(10)


def test_bonacich_power_of_the_kite_at_three_quarters() -> None:
    """(I − βA)⁻¹A1 by solving the equations, with λ₁ of the symmetric matrix."""
    kite = classic.classic("kite")
    beta = 0.75 / np.linalg.eigvalsh(kite.dense).max()
    c = np.linalg.solve(np.eye(10) - beta * kite.dense, kite.dense.sum(axis=1))
    np.testing.assert_allclose(bonacich_power(kite), c * np.sqrt(10 / (c @ c)), rtol=1e-10)


def test_a_beta_that_means_nothing_is_refused() -> None:
    """§3.4: R sna's default of 1 gives only negative numbers on the kite."""
    with pytest.raises(ValueError, match="nearer to 0"):
        bonacich(classic.classic("kite"), 1.0)


def test_largest_root() -> None:
    for name in classic.NAMES:
        network = classic.classic(name)
        assert largest_root(network.matrix) == pytest.approx(np.linalg.eigvalsh(network.dense).max(), rel=1e-11)
    path = Network.from_ties(list("abcd"), [("a", "b"), ("b", "c"), ("c", "d"), ("a", "d")])
    assert largest_root(path.matrix) == 0
    # Three rings one after the other: a plain eigenvalue routine is off in the fifth decimal here.
    rings = [(a, b) for a, b in ("ab", "ba", "cd", "dc", "ef", "fe", "bc", "de")]
    assert largest_root(Network.from_ties(list("abcdef"), rings).matrix) == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize("name", [*classic.NAMES, "toy"])
def test_ways_along_ties_agree_with_networkx(name: str) -> None:
    network = toy.toy() if name == "toy" else classic.classic(name)
    theirs = nx.edge_betweenness_centrality(nx.DiGraph(network.graph), normalized=False)
    ours = tie_betweenness(network)
    assert set(ours.index) == set(theirs)
    np.testing.assert_allclose(ours, [theirs[pair] for pair in ours.index], rtol=1e-12)


def test_density() -> None:
    """§4.1, and §0 for the Florentine families with Pucci."""
    for name, figure in {"kite": 0.4, "florentine15": 0.190476, "karate": 0.139037}.items():
        assert density(classic.classic(name)) == pytest.approx(figure, abs=1e-6)
    assert density(toy.toy()) == pytest.approx(0.232143, abs=1e-6)
    assert density(florentine_with_pucci()) == pytest.approx(0.1667, abs=5e-5)


def test_mean_strength_with_and_without_the_zeros() -> None:
    """§4.1: on the strengths of §3.2, 11 over 6 pairs or 4 ties; 1 where there is no scale."""
    network = mutual("abcd", STRENGTHS)
    assert mean_strength(network) == pytest.approx(11 / 6)
    assert mean_strength_of_ties(network) == pytest.approx(11 / 4)
    assert mean_strength(toy.toy()) == pytest.approx(0.232143, abs=1e-6)
    assert mean_strength_of_ties(toy.toy()) == 1


@pytest.mark.parametrize(
    ("name", "degree", "between", "close"),
    [
        ("kite", 0.333333, 0.296296, 0.270375),
        ("florentine15", 0.274725, 0.436813, 0.322452),
        ("karate", 0.399621, None, None),
    ],
)
def test_centralization(name: str, degree: float, between: float | None, close: float | None) -> None:
    """§4.2. Degree over (n − 1)(n − 2), which is (n − 1)² in ours; closeness over (n − 1)(n − 2)/(2n − 3)."""
    network = classic.classic(name)
    n = network.n
    for ours in (indegree_centralization(network), outdegree_centralization(network)):
        assert ours * (n - 1) / (n - 2) == pytest.approx(degree, abs=1e-6)
    if between is not None:
        assert betweenness_centralization(network) == pytest.approx(between, abs=1e-6)
    if close is not None:
        c = closeness_in(network)
        assert (c.max() - c).sum() / ((n - 1) * (n - 2) / (2 * n - 3)) == pytest.approx(close, abs=1e-6)


def test_centralization_of_the_toy() -> None:
    """§4.2."""
    network = toy.toy()
    assert indegree_centralization(network) == pytest.approx(0.387755, abs=1e-6)
    assert outdegree_centralization(network) == pytest.approx(0.061224, abs=1e-6)
    assert betweenness_centralization(network) == pytest.approx(0.336735, abs=1e-6)


@pytest.mark.parametrize("n", [3, 5, 10])
def test_harmonic_centralization_of_the_mutual_star(n: int) -> None:
    """§4.2: on mutual ties the largest sum is (n − 2)/2, which the star reaches; ours divides it by n − 1."""
    people = [f"p{i}" for i in range(n)]
    ties = [tie for p in people[1:] for tie in ((p, people[0]), (people[0], p))]
    assert harmonic_centralization(Network.from_ties(people, ties)) == pytest.approx((n - 2) / 2 / (n - 1))


@pytest.mark.parametrize(("name", "figure"), [("kite", 1.977778), ("florentine15", 2.485714), ("karate", 2.408200)])
def test_average_path(name: str, figure: float) -> None:
    """§4.6; networkx raises on networks that fall apart, igraph averages as we do."""
    network = classic.classic(name)
    graph = nx.Graph(network.graph)
    assert average_path(network) == pytest.approx(figure, abs=1e-6)
    assert reachable_share(network) == 1
    assert global_efficiency(network) == pytest.approx(nx.global_efficiency(graph), rel=1e-12)
    assert diameter(network) == nx.diameter(graph)


def test_paths_of_the_toy() -> None:
    """Seven people who all reach one another and one without ties: 42 of 56 pairs, §4.6's connectedness of .75."""
    network = toy.toy()
    assert reachable_share(network) == 0.75
    assert reach(network, 7).tolist() == [6 / 7] * 7 + [0]
    assert global_efficiency(network) == pytest.approx(harmonic_out(network).mean())
    apart = dict(nx.all_pairs_shortest_path_length(network.graph))
    lengths = [d for row in apart.values() for d in row.values() if d]
    assert average_path(network) == pytest.approx(np.mean(lengths))
    assert diameter(network) == max(lengths)


def test_opsahl_with_another_alpha() -> None:
    """Between the number of ties (0) and their strength (1); above 1 few strong ties count most."""
    network = Network.from_ties(list("abcd"), [("a", "b", 4), ("a", "c", 1), ("b", "c", 9)], answered=["a", "b", "d"])
    for alpha in (0.0, 0.3, 1.0, 1.5):
        found = outdegree_opsahl(network, alpha)
        assert found["a"] == pytest.approx(2 ** (1 - alpha) * 5**alpha)
        assert found["b"] == pytest.approx(9**alpha)
        assert found["d"] == 0
        assert np.isnan(found["c"])
        assert indegree_opsahl(network, alpha)["c"] == pytest.approx(2 ** (1 - alpha) * 10**alpha)
    assert outdegree_opsahl(network, 1.5)["b"] > outdegree_opsahl(network, 1.5)["a"]
    with pytest.raises(ValueError, match="0 or more"):
        outdegree_opsahl(network, -0.1)
