"""Pieces, core, communities and key players against figures of other software.

Origin: the specification, §3.5, §3.12, §4.6, §4.7 and §4.8, each printed to 3–6 decimals.
"""

from __future__ import annotations

from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from sna.metrics.centrality import core
from sna.metrics.communities import communities, modularity
from sna.metrics.core_periphery import core_periphery, coreness
from sna.metrics.key_player import key_players
from sna.metrics.pieces import (
    connectedness,
    fragmentation,
    krackhardt_efficiency,
    krackhardt_hierarchy,
    krackhardt_lub,
)
from tests.golden import classic, toy


def test_core_counts_each_pair_once() -> None:
    """§3.5: networkx = python-igraph; R sna counts mutual ties twice."""
    assert core(classic.classic("kite")).tolist() == [3, 3, 3, 3, 3, 3, 3, 2, 1, 1]
    assert core(classic.classic("karate")).max() == 4


def test_pieces_of_the_toy() -> None:
    """§4.6, R sna: connectedness .75, efficiency .805556, LUBness 1; seven who all reach one another have no ladder."""
    network = toy.toy()
    assert connectedness(network) == pytest.approx(0.75)
    assert fragmentation(network) == pytest.approx(0.25)
    assert krackhardt_efficiency(network) == pytest.approx(0.805556, abs=1e-6)
    assert krackhardt_lub(network) == krackhardt_lub(network, "citation") == krackhardt_lub(network.reversed()) == 1
    assert krackhardt_hierarchy(network) == 0


FLORENTINE_CORES: list[tuple[Any, set[str], float]] = [
    ("tied", {"Guadagni", "Medici", "Strozzi"}, 0.330),
    ("apart", {"Bischeri", "Castellani", "Peruzzi", "Strozzi"}, 0.403),
    ("missing", {"Medici", "Ridolfi", "Tornabuoni"}, 0.423),
]
KITE_CORES: list[tuple[Any, set[str], float]] = [
    ("tied", set("03568"), 0.327),
    ("apart", set("0123456"), 0.509),
    ("missing", set("01356"), 0.600),
]


@pytest.mark.parametrize(
    ("name", "between", "people", "fit"),
    [("florentine15", *row) for row in FLORENTINE_CORES] + [("kite", *row) for row in KITE_CORES],
)
def test_core_and_periphery(name: str, between: Any, people: set[str], fit: float) -> None:
    """§4.7, own enumeration. With pattern 1 the kite has a mirror image that fits as well: 1 in the place of 0."""
    found = core_periphery(classic.classic(name), np.random.default_rng(1), between)
    expected = [people, set("13568")] if (name, between) == ("kite", "tied") else [people]
    assert [set(one) for one in found.cores] == expected
    assert found.correlation == pytest.approx(fit, abs=5.1e-4)
    assert found.exhaustive
    assert found.reason is None


def test_coreness_of_the_kite() -> None:
    """§4.7."""
    found = coreness(classic.classic("kite"))
    gold = [0.7652, 0.7652, 0.6042, 1.2521, 0.6042, 0.8821, 0.8821, 0.3653, 0.0736, 0.0142]
    np.testing.assert_allclose(found.values.to_numpy(), gold, atol=5.1e-5)
    assert found.sse == pytest.approx(13.9709, abs=5.1e-5)


def test_fit_of_the_coreness_of_karate() -> None:
    """§4.7: correlation .4525 of ties with c_i c_j; more is reached only by a nearly constant c."""
    network = classic.classic("karate")
    values = coreness(network).values.to_numpy()
    above = np.triu_indices(network.n, 1)
    fit = np.corrcoef(network.union.toarray()[above], np.outer(values, values)[above])[0, 1]
    assert fit == pytest.approx(0.4525, abs=5.1e-5)


def test_communities_of_karate() -> None:
    """§4.8: the optimum, four groups, is .419790; other starts end lower."""
    network = classic.classic("karate")
    found = communities(network, np.random.default_rng(1))
    assert found.modularity == pytest.approx(0.419790, abs=1e-6)
    assert found.partition.nunique() == 4
    assert found.modularity == pytest.approx(modularity(network, found.partition), rel=1e-12)
    assert found.lowest <= 0.4188 + 5e-5
    assert found.distinct > 1


def test_modularity_of_given_divisions_of_karate() -> None:
    """§4.8: clubs .358235 and greedy .380671, without strengths."""
    network = classic.classic("karate")
    assert modularity(network, pd.Series(classic.karate_clubs())) == pytest.approx(0.358235, abs=1e-6)
    greedy = nx.community.greedy_modularity_communities(nx.Graph(network.graph))
    division = pd.Series({actor: str(i) for i, people in enumerate(greedy) for actor in people})
    assert modularity(network, division) == pytest.approx(0.380671, abs=1e-6)


KEY_PLAYERS: list[tuple[str, int, Any, set[str], float]] = [
    ("florentine15", 1, "fragmentation", {"Medici"}, 0.384615),
    ("florentine15", 1, "distance_fragmentation", {"Medici"}, 0.673810),
    ("florentine15", 2, "fragmentation", {"Guadagni", "Medici"}, 0.705128),
    ("florentine15", 2, "distance_fragmentation", {"Guadagni", "Medici"}, 0.802350),
    ("florentine15", 1, "reach", {"Medici"}, 0.7),
    ("florentine15", 2, "reach", {"Bischeri", "Medici"}, 0.866667),
    ("kite", 1, "distance_fragmentation", {"7"}, 0.486111),
    ("kite", 2, "distance_fragmentation", {"5", "6"}, 0.607143),
    ("kite", 1, "reach", {"3"}, 0.808333),
    ("kite", 2, "reach", {"3", "8"}, 1.0),
]


@pytest.mark.parametrize(("name", "size", "aim", "people", "value"), KEY_PLAYERS)
def test_key_players(name: str, size: int, aim: Any, people: set[str], value: float) -> None:
    """§3.12; nobody else does as well."""
    found = key_players(classic.classic(name), size, aim)
    assert [set(one) for one in found.sets] == [people]
    assert found.value == pytest.approx(value, abs=1e-6)


def test_distance_fragmentation_with_nobody_removed() -> None:
    """§3.12."""
    found = key_players(classic.classic("florentine15"), 1, "distance_fragmentation")
    assert found.intact == pytest.approx(0.499841, abs=1e-6)
