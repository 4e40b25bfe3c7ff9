"""Returned ties, closed triangles, censuses and structural holes against the figures of the specification.

Origin: the methods specification, section by section, printed to 4–6 decimals. Beside each figure the packages that
agree on it: networkx 3.6.1, python-igraph 1.0.0 and R igraph 1.3.5, R sna 2.7.1, plain numpy.
"""

from __future__ import annotations

from typing import Any

import networkx as nx
import numpy as np
import pytest

from sna.metrics.census import TRIADS, dyad_reciprocity, dyads_asymmetric, dyads_mutual, dyads_null, triad_census
from sna.metrics.closure import (
    clustering,
    clustering_directed,
    reciprocity,
    reciprocity_adjusted,
    transitivity,
    transitivity_undirected,
)
from sna.metrics.holes import (
    constraint,
    effective_size,
    efficiency,
    everett_valente,
    everett_valente_undirected,
    hierarchy,
)
from sna.networks.network import Network
from tests.golden import classic, toy

NAN = float("nan")
ORDER = [
    "003", "012", "102", "021D", "021U", "021C", "111D", "111U", "030T", "030C", "201", "120D", "120U", "120C", "210",
    "300",
]  # fmt: skip
TOY = toy.toy()
KITE = classic.classic("kite")
FLORENTINE = classic.classic("florentine15")


def same(values: Any, figures: list[float], decimals: int) -> None:
    np.testing.assert_allclose(np.asarray(values, dtype=float), figures, atol=0.51 * 10.0**-decimals, rtol=0)


# §3.6 Local clustering


def test_clustering_of_the_kite() -> None:
    same(clustering(KITE), [0.6667, 0.6667, 1, 0.5333, 1, 0.5, 0.5, 0.3333, 0, NAN], 4)


@pytest.mark.parametrize(
    ("name", "without", "as_nought"),
    [("kite", 0.577778, 0.52), ("florentine15", 0.218182, 0.16), ("karate", None, 0.570638)],
)
def test_mean_clustering_with_few_contacts_left_out_or_counted_as_0(
    name: str, without: float | None, as_nought: float
) -> None:
    """igraph leaves people with fewer than two contacts out, networkx counts them as 0."""
    values = clustering(classic.classic(name))
    assert values.fillna(0).mean() == pytest.approx(as_nought, abs=5e-7)
    if without is not None:
        assert values.mean() == pytest.approx(without, abs=5e-7)


def test_directed_clustering_of_the_toy() -> None:
    """networkx (Fagiolo 2007), which says 0 for the isolate; here that is undefined."""
    same(clustering_directed(TOY), [0.125, 0.5, 0, 0.178571, 0.5, 0.5, 0.166667, NAN], 6)
    theirs = nx.clustering(nx.DiGraph(TOY.graph))
    same(clustering_directed(TOY).fillna(0), [theirs[a] for a in toy.ACTORS], 12)


# §3.8 Structural holes


def test_constraint() -> None:
    """networkx = igraph = numpy."""
    same(constraint(KITE), [0.5412, 0.5412, 0.6641, 0.4702, 0.6641, 0.4451, 0.4451, 0.4311, 0.5, 1], 4)
    same(constraint(FLORENTINE)["Medici"], [0.209877], 6)
    same(constraint(TOY), [0.458889, 0.739383, 0.555556, 0.443333, 0.802469, 0.793210, 0.459877, NAN], 6)


def test_constraint_of_two_contacts_tied_to_each_other_only() -> None:
    people = ["a", "b", "c"]
    triangle = Network.from_ties(people, [(a, b) for a in people for b in people if a != b])
    same(constraint(triangle), [1.125] * 3, 12)


def test_effective_size() -> None:
    same(effective_size(KITE), [2, 2, 1, 3.3333, 1, 3, 3, 2.3333, 2, 1], 4)
    same(effective_size(FLORENTINE)["Medici"], [5.6667], 4)
    same(effective_size(TOY), [2.7, 1.5, 2, 3.9167, 1.1667, 1.8333, 2.5, NAN], 4)


def test_effective_size_as_networkx_has_it_on_the_added_up_network() -> None:
    added = nx.Graph()
    added.add_nodes_from(toy.ACTORS)
    for a, b in toy.TIES:
        added.add_edge(a, b, weight=added.get_edge_data(a, b, {"weight": 0})["weight"] + 1)
    theirs = nx.effective_size(added, nodes=list(added), weight="weight")
    same(effective_size(TOY), [theirs[a] for a in toy.ACTORS], 10)


def test_efficiency_is_effective_size_for_each_contact() -> None:
    """§3.8: ES / k, from the figures above and the numbers of contacts."""
    kite_contacts = [4, 4, 3, 6, 3, 5, 5, 3, 2, 1]
    same(efficiency(KITE) * kite_contacts, [2, 2, 1, 3.3333, 1, 3, 3, 2.3333, 2, 1], 4)
    same(efficiency(FLORENTINE)["Medici"] * 6, [5.6667], 4)
    same(efficiency(TOY) * [3, 2, 2, 5, 2, 3, 3, 0], [2.7, 1.5, 2, 3.9167, 1.1667, 1.8333, 2.5, NAN], 4)


def test_hierarchy() -> None:
    """numpy = by way of networkx `local_constraint`."""
    same(hierarchy(KITE), [0.0336, 0.0336, 0.0011, 0.0095, 0.0011, 0.0196, 0.0196, 0.0122, 0, 1], 4)
    same(hierarchy(FLORENTINE)["Medici"], [0.0225], 4)
    same(hierarchy(TOY), [0.0202, 0.1255, 0.2781, 0.0556, 0.1949, 0.1018, 0.0243, NAN], 4)


# §3.9 Everett–Valente brokerage


def test_everett_valente_undirected() -> None:
    """The published algorithm's R transcription."""
    values = everett_valente_undirected(KITE)
    same(values, [2.6667, 2.6667, 3, 2.7222, 3, 5.1333, 5.1333, 12.3333, 12.5, 0], 4)
    assert values.idxmax() == "8"
    florentine = everett_valente_undirected(FLORENTINE)
    same(florentine[["Salviati", "Medici", "Albizzi"]], [20, 18.1667, 17.5556], 4)


def test_everett_valente_of_the_toy() -> None:
    """The published algorithm's R transcription; the isolate answered, lies between nobody and has 0."""
    same(everett_valente(TOY), [7.2917, 6.75, 6.375, 9, 8.625, 5.625, 6.75, 0], 4)


def test_the_two_agree_on_mutual_ties_where_something_lies_between() -> None:
    values = everett_valente(KITE)
    same(values, [2.6667, 2.6667, 0, 2.7222, 0, 5.1333, 5.1333, 12.3333, 12.5, 0], 4)


# §4.3 Reciprocity


def test_reciprocity_of_the_toy() -> None:
    """Of ties: networkx = igraph = R sna "edgewise". Of pairs: igraph "ratio" = R sna "dyadic.nonnull"."""
    same(reciprocity(TOY), [0.461538], 6)
    assert reciprocity(TOY) == pytest.approx(6 / 13)
    same(dyad_reciprocity(TOY), [0.3], 12)
    same(reciprocity_adjusted(TOY), [0.298748], 6)
    pairs = dyads_mutual(TOY), dyads_asymmetric(TOY), dyads_null(TOY)
    assert pairs == (3, 7, 18)
    # What R sna `grecip` gives unless told otherwise.
    same((pairs[0] + pairs[2]) / sum(pairs), [0.75], 12)


def test_reciprocity_of_nobody_is_undefined() -> None:
    """§10: networkx raises, igraph and this say NaN."""
    empty = Network.from_ties(["a", "b", "c"], [])
    assert np.isnan([reciprocity(empty), dyad_reciprocity(empty), reciprocity_adjusted(empty)]).all()


# §4.4 Transitivity


@pytest.mark.parametrize(("name", "figure"), [("kite", 0.578947), ("florentine15", 0.191489), ("karate", 0.255682)])
def test_transitivity_of_mutual_ties(name: str, figure: float) -> None:
    same(transitivity_undirected(classic.classic(name)), [figure], 6)
    same(transitivity(classic.classic(name)), [figure], 6)


def test_transitivity_of_the_toy() -> None:
    """3 of 18 two-step paths: R sna "weak". Without direction: what igraph gives of the directed network."""
    assert transitivity(TOY) == pytest.approx(3 / 18)
    same(transitivity(TOY), [0.166667], 6)
    same(transitivity(TOY.reversed()), [0.166667], 6)
    same(transitivity_undirected(TOY), [0.409091], 6)


# §4.5 Triad census


def test_triad_census_of_the_toy() -> None:
    """networkx = R sna = igraph."""
    counts = triad_census(TOY)
    assert list(counts.index) == list(TRIADS) == ORDER
    assert counts.tolist() == [15, 16, 9, 0, 3, 4, 3, 2, 1, 0, 1, 0, 0, 2, 0, 0]
    assert counts.name == "triad_census"
