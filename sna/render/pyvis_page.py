"""The one place that knows pyvis: its data model, and the drawing script it brings along.

pyvis drops ties, changes its input, refuses numpy values and writes pages that load style sheets from the internet.
Here its lists are filled directly, its template is never used, and its copy of vis-network is embedded as it is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pyvis
from pyvis.network import Network

SCRIPT = Path("lib") / "vis-9.1.2" / "vis-network.min.js"
HIDE_WHILE_MOVING = 1500  # from this many ties on, they are hidden while the picture moves


@cache
def drawing_script() -> str:
    """vis-network 9.1.2 as pyvis brings it, with line ends as a browser reads them and no pointer to a source map."""
    text = (Path(pyvis.__file__).parent / SCRIPT).read_bytes().decode("utf-8")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = re.sub(r"//[#@] ?sourceMappingURL=\S*", "", text).strip() + "\n"
    if "</script" in text.lower() or "<!--" in text:
        raise ValueError("the drawing script of pyvis cannot be embedded in a page: it holds the end of a script")
    return text


def network_data(nodes: Sequence[Mapping[str, Any]], edges: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What the drawing script needs, taken through pyvis: `nodes`, `edges` and `options`, JSON-ready.

    Every edge is kept and points from `from` to `to`. Positions are those given; nothing moves by itself.
    """
    network = Network(directed=True, cdn_resources="in_line")
    network.nodes = [{"fixed": True, "physics": False, **plain(node)} for node in nodes]
    network.node_ids = [node["id"] for node in network.nodes]
    network.node_map = {node["id"]: node for node in network.nodes}
    network.edges = [{"arrows": "to", **plain(edge)} for edge in edges]
    network.options = _options(len(network.edges))
    kept_nodes, kept_edges, _, _, _, options = network.get_network_data()
    return {"nodes": kept_nodes, "edges": kept_edges, "options": json.loads(options)}


def plain(value: Any) -> Any:
    """The value in Python's own types, at every depth; numpy values never reach pyvis."""
    if isinstance(value, Mapping):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    if hasattr(value, "tolist"):
        return plain(value.tolist())
    return value


def _options(ties: int) -> dict[str, Any]:
    many = ties > HIDE_WHILE_MOVING
    return {
        "autoResize": False,
        "physics": {"enabled": False},
        "layout": {"improvedLayout": False},
        "interaction": {
            "dragNodes": False,
            "hideEdgesOnDrag": many,
            "hideEdgesOnZoom": many,
            "hover": False,
            "keyboard": False,
            "selectable": False,
            "selectConnectedEdges": False,
        },
        "nodes": {"chosen": False},
        "edges": {"chosen": False, "smooth": False},
    }
