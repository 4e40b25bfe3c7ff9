"""Kite, Florentine families and karate club as networks of mutual ties, with figures of other software."""

from __future__ import annotations

import json
from pathlib import Path

import networkx as nx

from sna.networks.network import Network

FIGURES = json.loads((Path(__file__).parent / "classic.json").read_text(encoding="utf-8"))
NAMES = ("kite", "florentine15", "karate")
_GRAPHS = {
    "kite": nx.krackhardt_kite_graph,
    "florentine15": nx.florentine_families_graph,
    "karate": nx.karate_club_graph,
}

# Specification §3.4 and §3.6; networkx = python-igraph (scaled) = R sna.
KITE_EIGENVECTOR = [
    0.352209, 0.352209, 0.285835, 0.481021, 0.285835, 0.397691, 0.397691, 0.195861, 0.048073, 0.011163,
]  # fmt: skip
KITE_CLUSTERING = [2 / 3, 2 / 3, 1, 8 / 15, 1, 0.5, 0.5, 1 / 3, 0, float("nan")]
KITE_PAGERANK_3 = 0.147148
MEAN_CLUSTERING = {"kite": 0.577778, "florentine15": 0.218182}  # python-igraph, degree < 2 left out
KARATE_EI = -0.717949  # specification §3.11: 11 ties across the two clubs, 67 inside


def classic(name: str) -> Network:
    graph = _GRAPHS[name]()
    ties = [(str(a), str(b)) for a, b in graph.edges] + [(str(b), str(a)) for a, b in graph.edges]
    return Network.from_ties([str(a) for a in graph.nodes], ties)


def karate_clubs() -> dict[str, str]:
    return {str(a): club for a, club in nx.karate_club_graph().nodes(data="club")}
