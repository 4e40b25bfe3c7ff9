"""Networks as GraphML, for Gephi, igraph, UCINET by way of NetDraw, and others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import networkx as nx

ILLEGAL = dict.fromkeys([*range(9), 11, 12, *range(14, 32), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF], "\ufffd")


def graphml_text(graph: nx.DiGraph[str]) -> str:
    """A graph as GraphML text; characters that XML cannot hold become U+FFFD.

    >>> graph = nx.DiGraph([("a", "b", {"strength": 2.0})])
    >>> 'source="a" target="b"' in graphml_text(graph)
    True
    """
    clean: nx.DiGraph[str] = nx.DiGraph(**_clean(graph.graph))
    for actor, attributes in graph.nodes(data=True):
        clean.add_node(actor.translate(ILLEGAL))
        clean.nodes[actor.translate(ILLEGAL)].update(_clean(attributes))
    for ego, alter, attributes in graph.edges(data=True):
        clean.add_edge(ego.translate(ILLEGAL), alter.translate(ILLEGAL), **_clean(attributes))
    return '<?xml version="1.0" encoding="utf-8"?>\n' + "\n".join(nx.generate_graphml(clean, prettyprint=True)) + "\n"


def _clean(attributes: Mapping[str, Any]) -> dict[str, Any]:
    """Attributes with every text fit for XML."""
    return {
        key.translate(ILLEGAL): value.translate(ILLEGAL) if isinstance(value, str) else value
        for key, value in attributes.items()
    }
