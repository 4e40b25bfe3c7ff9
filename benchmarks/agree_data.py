"""The reference data sets as our networks."""

from __future__ import annotations

import csv
import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse import csgraph, linalg

import sna
from sna.metrics.catalogue import measure
from sna.metrics.compute import actor_table, brokerage_table, network_table
from sna.metrics.multiplex import at_threshold
from sna.networks import Network, build_networks

# Larger networks are not made into a study folder.
MOST_PEOPLE = 500
# The networks that are waves of one relation: data set → (relation ids, wave ids).
WAVES = {"school_leaders": (("collaboration", "confidential"), ("y1", "y3"))}
# The reference takes people without a group for a group of that name.
NO_GROUP = "missing"
Row = dict[str, str]


@dataclass(frozen=True, eq=False)
class Graph:
    """One network of a data set.

    Attributes:
        data, key: data set and network.
        directed: False: the reference counts each tie once, and we read it both ways.
        network: the network as stated, ties from its threshold.
        groups: columns by which people are grouped.
        golden: measure → reference.
    """

    data: str
    key: str
    directed: bool
    network: Network
    groups: tuple[str, ...]
    golden: Mapping[str, Any]

    @property
    def n(self) -> int:
        """People."""
        return self.network.n

    @property
    def once(self) -> float:
        """What turns numbers of ties or ordered pairs into the reference's: ½ where it counts each tie once."""
        return 1.0 if self.directed else 0.5

    @cached_property
    def union(self) -> Network:
        """Everybody tied both ways to whom they are tied at all; missing answers are no ties any more."""
        ego, alter = self.network.union.nonzero()
        actors = self.network.actors
        ties = [(actors[i], actors[j]) for i, j in zip(ego.tolist(), alter.tolist(), strict=True)]
        return Network.from_ties(actors, ties, attributes=self.network.attributes, flow="along")

    @cached_property
    def every(self) -> Network:
        """The network with every strength above 0 a tie."""
        return at_threshold(self.network, None)

    @cached_property
    def as_r_reads(self) -> Graph | None:
        """The same with unanswered cells taken for no tie; None where there are none."""
        if not self.network.unknown_cells.nnz:
            return None
        nothing = self.network.unknown_cells * 0
        nothing.eliminate_zeros()
        return replace(self, network=replace(self.network, unknown_cells=nothing))

    def form(self, form: str) -> Network:
        """The network as `stated`, its `union`, or with `every` strength a tie."""
        return {"stated": self.network, "union": self.union, "every": self.every}[form]

    @cached_property
    def _actors(self) -> pd.DataFrame:
        return actor_table(self.network, self.groups)[0]

    @cached_property
    def _whole(self) -> pd.DataFrame:
        return network_table(self.network, self.groups)

    @cached_property
    def _found(self) -> dict[tuple[str, str, str], Any]:
        return {}

    def actor(self, name: str, form: str = "stated") -> pd.Series[float]:
        """An actor measure; of the network as stated, as the tables of a study hold it."""
        if form == "stated" and self.n <= MOST_PEOPLE:
            return self._actors[name]
        return self._computed(*self._by_group(name), form=form)

    def whole(self, name: str, form: str = "stated", group: str = "") -> float:
        """A network measure; of the network as stated, as the tables of a study hold it."""
        if form != "stated" or self.n > MOST_PEOPLE:
            return float(self._computed(name, group, form=form))
        table = self._whole
        rows = table[(table["measure"] == name) & (table["group"] == group if group else table["group"].isna())]
        return float(rows["value"].iloc[0])

    def brokerage_totals(self, group: str) -> pd.DataFrame:
        """Roles × value, expected, sd and z of the whole network."""
        table = self._whole
        return table[table["group"] == group].set_index("measure")

    def brokerage(self, group: str) -> pd.DataFrame:
        """People × roles, with expectations, standard deviations and z."""
        return brokerage_table(self.network, group).set_index("actor_id")

    def grouped(self, group: str) -> pd.Series[str]:
        """Everybody's group."""
        return self.network.attributes[group]

    def _by_group(self, column: str) -> tuple[str, str]:
        """Measure and group of a column such as `ei_school`."""
        for group in self.groups:
            if column.endswith(f"_{group}"):
                name = column.removesuffix(f"_{group}")
                return {"ei": "ego_ei"}.get(name, name), group
        return column, ""

    def _computed(self, name: str, group: str, *, form: str) -> Any:
        key = (name, form, group)
        if key not in self._found:
            network = self.form(form)
            more = (network.attributes[group],) if group else ()
            self._found[key] = measure(name).compute(network, *more)
        return self._found[key]


def read(path: Path) -> dict[str, Any]:
    """A JSON file."""
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def rows(path: Path) -> list[Row]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def graphs(source: Path) -> Iterator[Graph]:
    """Every one-mode network of a data set: directed ones of at most 500 people by way of a study folder."""
    meta, golden = read(source / "meta.json"), read(source / "golden.json").get("graphs", {})
    if not meta["graphs"]:
        return
    people = _people(source, meta)
    plain = [g for g in meta["graphs"] if g["directed"] and "missing" not in g]
    networks: dict[str, Network] = {}
    if plain and len(people) <= MOST_PEOPLE:
        with tempfile.TemporaryDirectory() as place:
            networks = _by_study(Path(place), source, meta, people, plain)
    for graph in meta["graphs"]:
        key = graph["key"]
        network = networks[key] if key in networks else _by_ties(source, graph, people)
        yield Graph(source.name, key, graph["directed"], network, tuple(meta["group"]), golden[key]["measures"])


def _people(source: Path, meta: dict[str, Any]) -> list[Row]:
    """The roster, with derived groups, and the reference's word where no group is stated."""
    people = rows(source / "nodes.csv")
    for derived in meta["derived"]:
        cut = derived["cut"]
        for person in people:
            person[derived["name"]] = f"le{cut}" if float(person[derived["attr"]]) <= cut else f"gt{cut}"
    for person in people:
        for group in meta["group"]:
            person[group] = person[group] or NO_GROUP
    return people


def _by_ties(source: Path, graph: dict[str, Any], people: Sequence[Row]) -> Network:
    ties: dict[tuple[str, str], float] = {}
    for row in rows(source / graph["file"]):
        strength = float(row["weight"]) if graph["valued"] else 1.0
        ties[row["source"], row["target"]] = strength
        if not graph["directed"]:
            ties[row["target"], row["source"]] = strength
    missing = rows(source / graph["missing"]) if "missing" in graph else []
    key = next(iter(people[0]))
    return Network.from_ties(
        [person[key] for person in people],
        [(ego, alter, strength) for (ego, alter), strength in ties.items()],
        relation=graph["key"],
        present_from=graph["threshold"] if graph["valued"] else None,
        unknown=[(row["source"], row["target"]) for row in missing],
        attributes=pd.DataFrame(people, dtype="str").set_index(key),
        flow="along",
    )


def _by_study(
    place: Path, source: Path, meta: dict[str, Any], people: Sequence[Row], listed: Sequence[dict[str, Any]]
) -> dict[str, Network]:
    """Files → tables → networks: reference key → network."""
    checked = sna.check_study(_study(place, source, meta, people, listed))
    if checked.study is None or checked.tables is None or checked.stops:
        raise sna.StudyError(checked.stops)
    networks = build_networks(checked.study, checked.tables)
    return {key: networks[pair] for key, pair in _pairs(source.name, listed).items()}


def _pairs(name: str, listed: Sequence[dict[str, Any]]) -> dict[str, tuple[str, str]]:
    """Reference key → (wave id, relation id)."""
    if name in WAVES:
        relations, waves = WAVES[name]
        return {f"{relation}_{wave}": (wave, relation) for relation in relations for wave in waves}
    return {graph["key"]: ("all", graph["key"]) for graph in listed}


def _study(
    place: Path, source: Path, meta: dict[str, Any], people: Sequence[Row], listed: Sequence[dict[str, Any]]
) -> Path:
    """Write a study folder for one data set: its files as they are, a roster with derived groups, a study.toml."""
    with (place / "roster.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(people[0]))
        writer.writeheader()
        writer.writerows(people)
    for graph in listed:
        (place / graph["file"]).write_bytes((source / graph["file"]).read_bytes())
    pairs = _pairs(source.name, listed)
    by_key = {graph["key"]: graph for graph in listed}
    lines = ["[study]", f"name = {json.dumps(meta['title'], ensure_ascii=False)}", 'roster = "roster.csv"']
    lines += [f'id_column = "{next(iter(people[0]))}"', f"groups = {json.dumps(meta['group'])}"]
    lines += ['audience = "researcher"']
    for wave in dict.fromkeys(wave for wave, _ in pairs.values()):
        lines += ["[[waves]]", f'id = "{wave}"']
    done = set()
    for name, (_, relation) in pairs.items():
        graph = by_key[name]
        if relation in done:
            continue
        done.add(relation)
        file = f"edges_{relation}_{{wave}}.csv" if source.name in WAVES else graph["file"]
        lines += ["[[relations]]", f'id = "{relation}"', 'form = "ties"', f'file = "{file}"', 'flow = "along"']
        lines += ['ego = "source"', 'alter = "target"', 'respondents = "everyone"']
        if graph["valued"]:
            lines += ['strength = "weight"', f"present_from = {graph['threshold']}"]
    (place / "study.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return place


def turned(network: Network) -> Network:
    """Every tie and every unanswered cell turned round."""
    actors = network.actors
    ties = [(actors[j], actors[i]) for i, j, _ in network.ties()]
    holes = zip(*network.unknown_cells.nonzero(), strict=True)
    return Network.from_ties(actors, ties, unknown=[(actors[j], actors[i]) for i, j in holes])


def largest_root(matrix: np.ndarray[Any, Any]) -> float:
    """The largest size of a characteristic root, part by strongly connected part; nothing of ours is used."""
    if not len(matrix):
        return 0.0
    parts, part = csgraph.connected_components(matrix, directed=True, connection="strong")
    size = np.bincount(part, minlength=parts)
    most = 0.0
    for k in np.flatnonzero(size > 1):
        block = matrix[np.ix_(part == k, part == k)]
        if len(block) > 300:
            # Where everybody reaches everybody the largest root is real (Perron, Frobenius).
            found = linalg.eigs(sparse.csr_array(block), k=1, which="LR", return_eigenvectors=False)
            most = max(most, float(found[0].real))
        else:
            most = max(most, float(np.abs(np.linalg.eigvals(block)).max()))
    return most
