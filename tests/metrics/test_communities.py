"""Communities: never worse than networkx's Louvain, planted ones found, all of one piece, the same in every process."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache
from itertools import product
from pathlib import Path

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sna.checking import check_study
from sna.metrics.communities import communities
from sna.networks import build_networks
from sna.networks.network import Network
from tests.golden import classic

SURVEYS = Path(__file__).parents[2] / "surveys"
SEEDS = 50
ALONE = """
import numpy as np
from sna.metrics.communities import communities
from tests.golden import classic
print(communities(classic.classic("karate"), np.random.default_rng(1), 20).runs.to_numpy().tolist())
"""


def rng() -> np.random.Generator:
    return np.random.default_rng(1)


def either(graph: nx.Graph[int]) -> Network:
    """A network of which one of the two reports each tie."""
    ids = {k: f"{k:03d}" for k in graph}
    return Network.from_ties(list(ids.values()), [(ids[i], ids[j]) for i, j in graph.edges])


def union(network: Network) -> nx.Graph[str]:
    graph = nx.Graph(network.graph)
    graph.remove_nodes_from(list(nx.isolates(graph)))
    return graph


@cache
def studied(study: str) -> dict[tuple[str, str], Network]:
    """Every network of an example study."""
    checked = check_study(SURVEYS / study)
    assert checked.study is not None
    assert checked.tables is not None
    return dict(build_networks(checked.study, checked.tables))


def named() -> dict[str, Network]:
    """The networks of the tests in which communities are looked for."""
    found = {"karate": classic.classic("karate")}
    for study, relations in (("il-cop", ("advice", "trust", "resources")), ("pplc", ("advice", "trust"))):
        found |= {f"{study} {w} {r}": net for (w, r), net in studied(study).items() if r in relations}
    return {name: network for name, network in found.items() if communities(network, rng(), 1).reason is None}


def test_no_worse_than_louvain() -> None:
    """The best of 50 starts is at least that of 50 starts of networkx's Louvain, on every network of the tests."""
    networks = named()
    assert len(networks) > 10
    for name, network in networks.items():
        graph = union(network)
        louvain = (nx.community.louvain_communities(graph, weight=None, seed=seed) for seed in range(SEEDS))
        theirs = max(nx.community.modularity(graph, found, weight=None) for found in louvain)
        assert communities(network, rng()).modularity >= theirs - 1e-9, name


@pytest.mark.parametrize(
    ("groups", "people", "inside", "across"), [(2, 15, 0.8, 0.02), (4, 15, 0.7, 0.02), (10, 12, 0.8, 0.01)]
)
def test_planted_communities_are_found(groups: int, people: int, inside: float, across: float) -> None:
    graph = nx.planted_partition_graph(groups, people, inside, across, seed=5)
    found = communities(either(graph), rng(), 10).partition
    assert {frozenset(part.index) for _, part in found.groupby(found)} == {
        frozenset(f"{k:03d}" for k in part) for part in graph.graph["partition"]
    }


@settings(deadline=None, max_examples=30, derandomize=True)
@given(
    people=st.integers(20, 70),
    ties=st.integers(1, 3),
    again=st.floats(0, 0.5),
    seed=st.integers(0, 10_000),
)
def test_what_every_start_finds(people: int, ties: int, again: float, seed: int) -> None:
    """Communities of one piece, numbered by size and first person; who is together how often; how many differ."""
    graph = nx.powerlaw_cluster_graph(people, ties, again, seed=seed)
    graph.remove_edges_from(list(graph.edges)[:: 2 + ties])
    network = either(graph)
    whole = union(network)
    found = communities(network, np.random.default_rng(seed), 6)
    different = set()
    for start in found.runs.columns:
        labels = found.runs[start]
        assert (labels[labels < 0].index == [a for a in network.actors if a not in whole]).all()
        parts = [list(labels.index[labels == number]) for number in range(labels.max() + 1)]
        assert parts == sorted(parts, key=lambda part: (-len(part), part[0]))
        assert all(nx.is_connected(whole.subgraph(part)) for part in parts)
        different.add(frozenset(map(frozenset, parts)))
    assert found.distinct == len(different)
    pd.testing.assert_frame_equal(found.together(), slow_together(found.runs))


def slow_together(runs: pd.DataFrame) -> pd.DataFrame:
    """Pair by pair and start by start."""
    people = dict(zip(runs.index, runs.to_numpy().tolist(), strict=True))
    share = {actor: dict.fromkeys(people, float("nan")) for actor in people}
    for one, other in product(people, people):
        if -1 not in people[one] + people[other]:
            same = [a == b for a, b in zip(people[one], people[other], strict=True)]
            share[one][other] = sum(same) / len(same)
    return pd.DataFrame(share, index=runs.index).rename_axis(columns=runs.index.name)


def test_the_same_in_every_process() -> None:
    """Neither the seed of hashes nor the number of threads changes a start."""
    here = communities(classic.classic("karate"), rng(), 20).runs.to_numpy().tolist()
    for seed, threads in (("0", "1"), ("123", "2")):
        settings = {"PYTHONHASHSEED": seed, "OMP_NUM_THREADS": threads, "RAYON_NUM_THREADS": threads}
        done = subprocess.run(
            [sys.executable, "-c", ALONE],
            env={**os.environ, **settings},
            cwd=SURVEYS.parent, check=True, capture_output=True, text=True,
        )  # fmt: skip
        assert done.stdout.strip() == str(here)
