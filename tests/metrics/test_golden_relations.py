"""Several relations: figures of the specification, §4.9 (R sna and numpy agree) and §3.13 (worked by hand)."""

from __future__ import annotations

from collections.abc import Callable

import networkx as nx
import pytest

from sna.metrics.bridging import adjusted_buffering, bridging, exposure, raw_buffering
from sna.metrics.multiplex import overlap
from sna.networks.network import Network

# Business ties of sixteen Florentine families: Padgett & Ansell (1993), American Journal of Sociology 98:1259–1319.
BUSINESS = [
    ("Barbadori", "Castellani"), ("Barbadori", "Ginori"), ("Barbadori", "Medici"), ("Barbadori", "Peruzzi"),
    ("Bischeri", "Guadagni"), ("Bischeri", "Lamberteschi"), ("Bischeri", "Peruzzi"), ("Castellani", "Lamberteschi"),
    ("Castellani", "Peruzzi"), ("Ginori", "Medici"), ("Guadagni", "Lamberteschi"), ("Lamberteschi", "Peruzzi"),
    ("Medici", "Pazzi"), ("Medici", "Salviati"), ("Medici", "Tornabuoni"),
]  # fmt: skip


def families() -> tuple[Network, Network]:
    """Marriage and business ties of all sixteen families, Pucci (no marriage tie) among them."""
    graph = nx.florentine_families_graph()
    actors = sorted([*graph.nodes, "Pucci"])
    marriage, business = ([*ties, *((b, a) for a, b in ties)] for ties in (list(graph.edges), BUSINESS))
    return Network.from_ties(actors, marriage), Network.from_ties(actors, business)


def test_overlap_of_the_florentine_families() -> None:
    """Specification §4.9. Mutual ties are counted twice here."""
    marriage, business = families()
    assert (marriage.n, marriage.matrix.nnz / 2, business.matrix.nnz / 2) == (16, 20, 15)
    found = overlap(marriage, business)
    assert (found.cells, found.common / 2, found.either / 2) == (240, 8, 27)
    assert found.correlation == pytest.approx(0.371868, abs=1e-6)
    assert found.jaccard == pytest.approx(0.296296, abs=1e-6)


ACTORS = ["e1", "e2", "f", "m1", "m2", "m3", "m4", "m5"]
SOURCES, MEMBERS, OTHERS = ["e1", "e2"], ["m1", "m2", "m3"], ["m4", "m5"]
RESOURCES = [("e1", "f"), ("e2", "f"), ("f", "m1"), ("f", "m2"), ("e1", "m1")]
DEMANDS = [("e1", "f"), ("e2", "f"), ("e2", "m3"), ("f", "m1"), ("e1", "m4"), ("e1", "m5"), ("e2", "m4")]


def reported(ties: list[tuple[str, str]]) -> Network:
    """Asked of those who give."""
    return Network.from_ties(ACTORS, ties, flow="along")


def received(ties: list[tuple[str, str]]) -> Network:
    """The same, asked of those who receive."""
    return Network.from_ties(ACTORS, [(b, a) for a, b in ties], flow="against")


@pytest.mark.parametrize("make", [reported, received])
def test_the_worked_example(make: Callable[[list[tuple[str, str]]], Network]) -> None:
    assert bridging(make(RESOURCES), SOURCES, "f", MEMBERS) == 3 / 6
    assert exposure(make(DEMANDS), SOURCES, "f", MEMBERS).to_numpy().tolist() == [[1, 0, 0], [1, 0, 1]]
    assert raw_buffering(make(DEMANDS), SOURCES, "f", MEMBERS, OTHERS) == pytest.approx(0.5)
    assert adjusted_buffering(make(DEMANDS), SOURCES, "f", MEMBERS, OTHERS) == pytest.approx(0.25)
