"""What each package answers on small networks, and why ours is what it is: disagreements.toml and calls of sna.

Numbers of this package are computed when the page is written. Those of the others are the record in the TOML file; a
test makes the calls of networkx again while the version installed is the one recorded.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd

from sna.metrics import (
    brokerage,
    census,
    centrality,
    centralization,
    closeness,
    closure,
    cohesion,
    communities,
    core_periphery,
    degree,
    distance,
    holes,
    passing,
    path_lengths,
    pieces,
    power,
)
from sna.networks.network import Network

OURS = "ours"
_MODULES = (
    brokerage, census, centrality, centralization, closeness, closure, cohesion, communities, core_periphery, degree,
    distance, holes, passing, path_lengths, pieces, power,
)  # fmt: skip
_DATA: dict[str, Any] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
PACKAGES: dict[str, str] = _DATA["packages"]


@dataclass(frozen=True)
class Row:
    """One answer.

    Attributes:
        package: a key of `PACKAGES`.
        call: what is called; `toy` and the like are the networks as that package holds them. No code when `described`.
        value: what it answers, as `shown` writes it; for what was only read of, the description.
        described: taken from documentation or from another network's figures: there is no number here.
    """

    package: str
    call: str
    value: str
    described: bool


@dataclass(frozen=True)
class Quantity:
    """One section of the page.

    Attributes:
        title: its heading.
        measures: names in the catalogue that it is about.
        on: the networks the rows are about.
        why: why ours is what it is.
        rows: the answers.
    """

    title: str
    measures: tuple[str, ...]
    on: str
    why: str
    rows: tuple[Row, ...]

    @property
    def anchor(self) -> str:
        """What a link to the section ends with."""
        return re.sub(r"[^\w -]", "", self.title.lower()).replace(" ", "-")


def _row(package: str, call: str, value: str, *tags: str) -> Row:
    return Row(package, call, value, "described" in tags)


QUANTITIES = tuple(
    Quantity(q["title"], tuple(q["measures"]), q["on"], q["why"], tuple(_row(*row) for row in q["rows"]))
    for q in _DATA["quantity"]
)
# Measure → where the page speaks of it.
ANCHORS = {name: quantity.anchor for quantity in QUANTITIES for name in quantity.measures}


def toy_ties() -> list[tuple[str, str]]:
    """The ties of the toy network."""
    return [(tie[0], tie[-1]) for tie in _DATA["toy"]["ties"].split()]


def networkx_names() -> dict[str, Any]:
    """What the calls of networkx may name."""
    toy: nx.DiGraph[str] = nx.DiGraph()
    toy.add_nodes_from(_DATA["toy"]["schools"])
    toy.add_edges_from(toy_ties())
    pucci = nx.florentine_families_graph()
    pucci.add_node("Pucci")
    club = nx.karate_club_graph().nodes(data="club")
    strong: nx.Graph[str] = nx.Graph()
    for ego, alter, strength in _DATA["strong"]:
        strong.add_edge(ego, alter, strength=strength, distance=1 / strength)
    both: nx.Graph[str] = nx.Graph()
    both.add_nodes_from(toy)
    for ego, alter in toy.edges:
        both.add_edge(ego, alter, ties=both.get_edge_data(ego, alter, {"ties": 0})["ties"] + 1)
    empty, one = nx.empty_graph(3, nx.DiGraph), nx.empty_graph(1, nx.DiGraph)
    return {
        "nx": nx,
        "toy": toy,
        "seven": nx.DiGraph(toy.subgraph([actor for actor in toy if actor != "8"])),
        "both": both,
        "sink": nx.DiGraph([("a", "b"), ("c", "b")]),
        "empty": empty,
        "one": one,
        "strong": strong,
        "kite": nx.krackhardt_kite_graph(),
        "florentine": nx.florentine_families_graph(),
        "with_pucci": pucci,
        "karate": nx.karate_club_graph(),
        "clubs": [{actor for actor, name in club if name == which} for which in ("Mr. Hi", "Officer")],
    }


def _mutual(graph: nx.Graph[Any]) -> Network:
    """An undirected graph as a network of mutual ties, with its strengths where it has any."""
    ties = [(str(a), str(b), float(s)) for a, b, s in graph.edges(data="strength", default=1)]
    return Network.from_ties([str(actor) for actor in graph], ties + [(b, a, s) for a, b, s in ties])


def our_names() -> dict[str, Any]:
    """What our own calls may name: the same networks, and every function of a metric."""
    theirs = networkx_names()
    ties, schools = toy_ties(), _DATA["toy"]["schools"]
    functions = {name: f for module in _MODULES for name, f in vars(module).items() if callable(f) and name[0] != "_"}
    return functions | {
        "toy": Network.from_ties(list(schools), ties),
        "toy_turned": Network.from_ties(list(schools), [(alter, ego) for ego, alter in ties]),
        "seven": Network.from_ties(list(schools)[:7], ties),
        "sink": Network.from_ties(["a", "b", "c"], [("a", "b"), ("c", "b")]),
        "empty": Network.from_ties(["a", "b", "c"], []),
        "one": Network.from_ties(["a"], []),
        "school": pd.Series(schools),
        "club": pd.Series({str(actor): name for actor, name in theirs["karate"].nodes(data="club")}),
        "roles": ["coordinator", "consultant", "representative", "gatekeeper", "liaison"],
        "halves": pd.Series({"a": "x", "b": "x", "c": "y"}),
        "rng": np.random.default_rng(1),
        **{name: _mutual(theirs[name]) for name in ("strong", "kite", "florentine", "with_pucci", "karate")},
    }


def answer(call: str, names: Mapping[str, Any]) -> str:
    """What a call answers, as the page writes it; a refusal is an answer."""
    try:
        return shown(eval(call, dict(names)))
    except (ValueError, ZeroDivisionError, nx.NetworkXException) as refusal:
        return f"raises {type(refusal).__name__}"


def shown(value: Any) -> str:
    """Four decimals without trailing zeros; people in order."""
    if isinstance(value, core_periphery.CorePeriphery):
        cores = " or ".join("{" + ", ".join(core) + "}" for core in value.cores)
        return f"{cores}, correlation {shown(value.correlation)}"
    if isinstance(value, Mapping):
        return shown([value[key] for key in sorted(value)])
    if isinstance(value, (pd.Series, list, tuple)):
        return " ".join(shown(item) for item in value)
    number = float("nan") if value is None else round(float(value), 4) + 0.0
    return "NaN" if np.isnan(number) else f"{number:.4f}".rstrip("0").rstrip(".")


def page() -> str:
    """The page as Markdown."""
    toy = _DATA["toy"]
    schools = ", ".join(f"{actor} {school}" for actor, school in toy["schools"].items())
    parts = ["# Where packages disagree", "", _DATA["introduction"].strip(), ""]
    parts += ["```text", f"ties     {toy['ties']}", f"schools  {schools}", "```", "", _DATA["networks"].strip(), ""]
    names = our_names()
    for quantity in QUANTITIES:
        parts += [f"## {quantity.title}", "", f"On {quantity.on}.", "", "| package | call | answer |", "|---|---|---|"]
        parts += [_line(row, names) for row in quantity.rows]
        parts += ["", quantity.why.strip(), ""]
        if quantity.measures:
            listed = ", ".join(f"`{name}`" for name in quantity.measures)
            parts += [f"Defined in [metrics.md](metrics.md): {listed}.", ""]
    return "\n".join([*parts, "## Where they agree", "", _DATA["agree"].strip(), ""])


def _line(row: Row, names: Mapping[str, Any]) -> str:
    live = row.package == OURS and not row.described
    value = answer(row.call, names) if live else row.value
    call = row.call if row.described else f"`{row.call}`"
    return f"| {PACKAGES[row.package]} | {call} | {value} |"
