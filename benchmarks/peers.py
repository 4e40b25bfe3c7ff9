"""What one package does in a process of its own, for `bench_measures.py`: every measure it has, timed and compared.

    python benchmarks/peers.py PACKAGE FOLDER REPEAT MEASURE,MEASURE,… [FOLDER WITH PACKAGES]

FOLDER holds the network; `sna` writes its numbers there, and the other packages are compared with them. One line of
JSON is printed for every measure as soon as it is done. Making the network or graph is not timed, for nobody, and
neither is turning the answer into an array to compare; `sna` and `igraph`, which keep what they found out on the object
itself, get a new one every time. Measures that read ties either way get from every peer a graph of the union, already
made; ours makes it while the clock runs.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from made import SEED, Made
from scipy import sparse

DRAWN_BETWEENNESS, DRAWN_HARMONIC, DRAWN_MORE = 200, 1_000, 6_400
EXACTLY, TINY = 1e-9, 1e-12
ROLES = 5
SEARCHES, ROUNDS = 10, 2
# Searches for communities that start elsewhere end elsewhere: how far the best modularity may be from ours.
STARTS = 0.1
LEAST, MOST, LONG = 0.1, 25, 10.0
Call = Callable[[Any], Any]


@dataclass(frozen=True)
class Job:
    """One measure in one package.

    Attributes:
        make: what is measured; not timed.
        call: what is timed.
        values: its answer as numbers in the order and the unit of ours; not timed.
        unlike: why its numbers are not compared with ours; empty when they are.
        less: what of the work it does not do, so that it does not count among the peers; empty when it does all.
        partly: only its first column of numbers is compared, for the reason given.
        near: how far from ours the numbers may lie, as a share of the largest.
    """

    make: Callable[[], Any]
    call: Call
    values: Call = np.asarray
    unlike: str = ""
    less: str = ""
    partly: str = ""
    near: float = EXACTLY


def unit(values: Any) -> Any:
    """Values whose squares add up to 1, all of one sign."""
    numbers = np.abs(np.asarray(values, dtype=float))
    return numbers / np.linalg.norm(numbers)


def from_katz(values: Any) -> Any:
    """Bonacich's numbers from Katz', whose squares average 1."""
    numbers = np.asarray(values, dtype=float) - 1
    return numbers / np.sqrt((numbers**2).mean())


def listed(values: Any) -> Any:
    """The numbers of a mapping from people, who are numbered, in their order."""
    return np.array([values[i] for i in range(len(values))])


def ours(made: Made, folder: Path) -> dict[str, Job]:
    """Our public functions, as users call them."""
    import pandas as pd  # noqa: PLC0415

    from sna import Network  # noqa: PLC0415
    from sna.metrics import brokerage, census, centrality, closeness, closure, holes, passing, power, sampled  # noqa: PLC0415
    from sna.metrics.communities import communities  # noqa: PLC0415
    from sna.metrics.drawn import Drawn  # noqa: PLC0415

    def whole(made: Made) -> Network:
        ids = [f"P{i:06d}" for i in range(made.n)]
        matrix = sparse.csr_array((np.ones(len(made.ego)), (made.ego, made.alter)), shape=(made.n, made.n))
        network = Network.from_ties(ids, [], attributes=pd.DataFrame({"school": made.school.astype(str)}, index=ids))
        return replace(network, strengths=matrix, matrix=matrix)

    first, inner = whole(made), whole(made.among_strong())
    np.save(folder / "root.npy", power.largest_root(first.matrix))

    def rng() -> Any:
        return np.random.default_rng(SEED)

    def fresh(network: Network = first) -> Network:
        return replace(network, strengths=network.strengths.copy(), matrix=network.matrix.copy())

    def strong() -> Network:
        return fresh(inner)

    def drawn(network: Network, many: int) -> Drawn:
        return Drawn.of(network, rng(), many)

    def of_drawn(found: Any) -> Any:
        return found.values.to_numpy()

    return {
        "betweenness": Job(fresh, centrality.betweenness),
        "tie_betweenness": Job(fresh, passing.tie_betweenness),
        "harmonic": Job(fresh, centrality.harmonic_in),
        "betweenness_sampled": Job(fresh, lambda g: sampled.betweenness_sampled(drawn(g, DRAWN_BETWEENNESS)), of_drawn),
        "harmonic_sampled": Job(fresh, lambda g: sampled.harmonic_in_sampled(drawn(g, DRAWN_HARMONIC)), of_drawn),
        "harmonic_more": Job(fresh, lambda g: sampled.harmonic_in_sampled(drawn(g, DRAWN_MORE)), of_drawn),
        "closeness": Job(strong, closeness.closeness_in),
        "pagerank": Job(fresh, centrality.pagerank),
        "eigenvector": Job(strong, centrality.eigenvector),
        "bonacich": Job(fresh, power.bonacich_power),
        "core": Job(fresh, centrality.core),
        "clustering": Job(fresh, closure.clustering),
        "transitivity": Job(fresh, closure.transitivity_undirected),
        "reciprocity": Job(fresh, closure.reciprocity),
        "constraint": Job(fresh, holes.constraint),
        "holes": Job(fresh, lambda g: (holes.constraint(g), holes.effective_size(g))),
        "triads": Job(fresh, census.triad_census),
        "brokerage": Job(
            fresh,
            lambda g: brokerage.brokerage(g, g.attributes["school"]),
            lambda found: found.counts.to_numpy()[:, :ROLES],
        ),
        "communities": Job(fresh, lambda g: communities(g, rng(), SEARCHES), lambda found: found.modularity),
    }


def five_roles(graph: Any, school: list[int]) -> Any:
    """Gould and Fernandez' counts in plain Python: coordinator, gatekeeper, representative, consultant, liaison."""
    counts = np.zeros((len(school), ROLES))
    for v in graph:
        row, own = counts[v], school[v]
        for a in graph.pred[v]:
            known, there = graph.succ[a], school[a]
            for b in graph.succ[v]:
                if b != a and b not in known:
                    to = school[b]
                    if there == own:
                        row[0 if to == own else 2] += 1
                    else:
                        row[1 if to == own else 3 if to == there else 4] += 1
    return counts


def networkx(made: Made, folder: Path) -> dict[str, Job]:
    """networkx, asked for the same exactness."""
    import networkx as nx  # noqa: PLC0415

    def graph(made: Made, kind: Any = nx.DiGraph) -> Any:
        found = kind()
        found.add_nodes_from(range(made.n))
        found.add_edges_from(zip(made.ego.tolist(), made.alter.tolist(), strict=True))
        return found

    n, ties, exact = made.n, list(zip(made.ego.tolist(), made.alter.tolist(), strict=True)), {"max_iter": 5_000}
    directed, turned, strong = graph(made), graph(made.turned()), graph(made.among_strong())
    low, high = made.union()
    union = graph(replace(made, ego=low, alter=high), nx.Graph)
    pull, louvain = 0.75 / float(np.load(folder / "root.npy")), nx.community.louvain_communities

    def on(graph: Any) -> Callable[[], Any]:
        return lambda: graph

    def at_random(g: Any) -> Any:
        return nx.betweenness_centrality(g, k=DRAWN_BETWEENNESS, normalized=False, seed=SEED)

    return {
        "betweenness": Job(on(directed), lambda g: nx.betweenness_centrality(g, normalized=False), listed),
        "tie_betweenness": Job(
            on(directed),
            lambda g: nx.edge_betweenness_centrality(g, normalized=False),
            lambda found: [found[tie] for tie in ties],
        ),
        "harmonic": Job(on(directed), nx.harmonic_centrality, lambda found: listed(found) / (n - 1)),
        "betweenness_sampled": Job(on(directed), at_random, listed, unlike="draws other people"),
        "closeness": Job(on(strong), nx.closeness_centrality, listed),
        "pagerank": Job(on(directed), lambda g: nx.pagerank(g, tol=TINY / n, **exact), listed),
        "eigenvector": Job(on(strong), nx.eigenvector_centrality_numpy, lambda found: unit(listed(found))),
        "bonacich": Job(
            on(turned),
            lambda g: nx.katz_centrality(g, alpha=pull, tol=TINY, normalized=False, **exact),
            lambda found: from_katz(listed(found)),
            less="Katz, given λ₁",
        ),
        "core": Job(on(union), nx.core_number, listed),
        "clustering": Job(on(union), nx.clustering, listed),
        "transitivity": Job(on(union), nx.transitivity),
        "reciprocity": Job(on(directed), nx.overall_reciprocity),
        "constraint": Job(on(directed), nx.constraint, listed),
        "holes": Job(
            on(directed),
            lambda g: (nx.constraint(g), nx.effective_size(g)),
            lambda found: listed(found[0]),
            partly="effective size departs from the definition, constraint alone is compared",
        ),
        "triads": Job(
            on(directed), nx.triadic_census, lambda found: [found[kind] for kind in nx.algorithms.triads.TRIAD_NAMES]
        ),
        "brokerage": Job(
            on(turned),
            lambda g: five_roles(g, made.school.tolist()),
            less="counts alone, in plain Python",
        ),
        "communities": Job(
            on(union),
            lambda g: [louvain(g, weight=None, seed=seed) for seed in range(SEARCHES)],
            lambda found: max(nx.community.modularity(union, one) for one in found),
            less="Louvain, in one round",
            near=STARTS,
        ),
    }


def rustworkx(made: Made, folder: Path) -> dict[str, Job]:
    """rustworkx, with its own choice of when to use several cores."""
    import rustworkx as rx  # noqa: PLC0415

    def graph(n: int, ego: Any, alter: Any, kind: Any = rx.PyDiGraph) -> Callable[[], Any]:
        found = kind(multigraph=False)
        found.add_nodes_from([None] * n)
        found.extend_from_edge_list(list(zip(ego.tolist(), alter.tolist(), strict=True)))
        return lambda: found

    n, inner = made.n, made.among_strong()
    directed, turned = graph(n, made.ego, made.alter), graph(n, made.alter, made.ego)
    strong, union = graph(inner.n, inner.ego, inner.alter), graph(n, *made.union(), rx.PyGraph)
    pull = 0.75 / float(np.load(folder / "root.npy"))
    return {
        "betweenness": Job(directed, lambda g: rx.digraph_betweenness_centrality(g, normalized=False), listed),
        "tie_betweenness": Job(directed, lambda g: rx.digraph_edge_betweenness_centrality(g, normalized=False), listed),
        "closeness": Job(strong, rx.digraph_closeness_centrality, listed),
        "pagerank": Job(directed, lambda g: rx.pagerank(g, tol=TINY / n, max_iter=5_000), listed),
        "eigenvector": Job(
            strong,
            lambda g: rx.digraph_eigenvector_centrality(g, max_iter=100_000, tol=TINY / inner.n),
            lambda found: unit(listed(found)),
        ),
        "bonacich": Job(
            turned,
            lambda g: rx.digraph_katz_centrality(g, alpha=pull, tol=TINY, max_iter=5_000),
            unlike="its numbers are scaled",
            less="Katz, given λ₁",
        ),
        "core": Job(union, rx.graph_core_number, listed),
        "transitivity": Job(union, rx.graph_transitivity),
    }


def igraph(made: Made, folder: Path) -> dict[str, Job]:
    """python-igraph."""
    import igraph as ig  # noqa: PLC0415

    def graph(n: int, ego: Any, alter: Any, directed: bool = True) -> Callable[[], Any]:
        pairs = np.column_stack([ego, alter])
        return lambda: ig.Graph(n, pairs, directed=directed)

    n, inner = made.n, made.among_strong()
    directed, union = graph(n, made.ego, made.alter), graph(n, *made.union(), False)
    strong = graph(inner.n, inner.ego, inner.alter)
    few = made.drawn(min(DRAWN_BETWEENNESS, n))
    more = made.drawn(min(DRAWN_HARMONIC, n))
    return {
        "betweenness": Job(directed, lambda g: g.betweenness()),
        "tie_betweenness": Job(directed, lambda g: g.edge_betweenness()),
        "harmonic": Job(directed, lambda g: g.harmonic_centrality(mode="in")),
        "betweenness_sampled": Job(
            directed, lambda g: g.betweenness(sources=few), lambda found: np.array(found) * (n / len(few))
        ),
        "harmonic_sampled": Job(
            directed,
            lambda g: g.harmonic_centrality(more, mode="out"),
            unlike="as many searches, added up for those who begin",
        ),
        "closeness": Job(strong, lambda g: g.closeness(mode="in")),
        "pagerank": Job(directed, lambda g: g.pagerank()),
        "eigenvector": Job(strong, lambda g: g.eigenvector_centrality(), unit),
        "core": Job(union, lambda g: g.coreness()),
        "clustering": Job(union, lambda g: g.transitivity_local_undirected()),
        "transitivity": Job(union, lambda g: g.transitivity_undirected()),
        "reciprocity": Job(directed, lambda g: g.reciprocity()),
        "constraint": Job(directed, lambda g: g.constraint()),
        "triads": Job(directed, lambda g: g.triad_census(), list),
        "communities": Job(
            union,
            lambda g: [g.community_leiden("modularity", n_iterations=ROUNDS) for _ in range(SEARCHES)],
            lambda found: max(one.modularity for one in found),
            near=STARTS,
        ),
    }


def networkit(made: Made, folder: Path) -> dict[str, Job]:
    """networkit on one core, as its processor seconds then are fewest."""
    import networkit as nk  # noqa: PLC0415

    nk.setNumberOfThreads(1)
    nk.setSeed(SEED, False)

    def graph(n: int, ego: Any, alter: Any, directed: bool = True) -> Callable[[], Any]:
        # Both numberings of 64 bits: networkit takes them as they are.
        pairs = np.asarray(ego, dtype=np.uint64), np.asarray(alter, dtype=np.uint64)
        found = nk.GraphFromCoo((np.ones(len(ego)), pairs), n=n, weighted=False, directed=directed)
        return lambda: found

    n, inner, central = made.n, made.among_strong(), nk.centrality
    directed, turned = graph(n, made.ego, made.alter), graph(n, made.alter, made.ego)
    strong, union = graph(inner.n, inner.ego, inner.alter), graph(n, *made.union(), False)
    back, sinks = graph(inner.n, inner.alter, inner.ego), central.SinkHandling.DistributeSinks
    standard = central.ClosenessVariant.Standard
    return {
        "betweenness": Job(directed, lambda g: central.Betweenness(g).run().scores()),
        "harmonic": Job(
            turned,
            lambda g: central.HarmonicCloseness(g, False).run().scores(),
            lambda found: np.array(found) / (n - 1),
        ),
        "betweenness_sampled": Job(
            directed,
            lambda g: central.EstimateBetweenness(g, DRAWN_BETWEENNESS).run().scores(),
            unlike="draws other people",
        ),
        "closeness": Job(back, lambda g: central.Closeness(g, True, standard).run().scores()),
        "pagerank": Job(directed, lambda g: central.PageRank(g, 0.85, TINY, False, sinks).run().scores()),
        "eigenvector": Job(strong, lambda g: central.EigenvectorCentrality(g, TINY).run().scores(), unit),
        "core": Job(union, lambda g: central.CoreDecomposition(g).run().scores()),
        "clustering": Job(union, lambda g: central.LocalClusteringCoefficient(g).run().scores()),
        "transitivity": Job(union, nk.globals.ClusteringCoefficient.exactGlobal),
        "communities": Job(
            union,
            lambda g: [nk.community.ParallelLeiden(g, ROUNDS).run().getPartition() for _ in range(SEARCHES)],
            lambda found: max(nk.community.Modularity().getQuality(one, union()) for one in found),
            near=STARTS,
        ),
    }


PACKAGES = {"sna": ours, "networkx": networkx, "rustworkx": rustworkx, "igraph": igraph, "networkit": networkit}


def compared(found: Any, folder: Path, name: str, job: Job) -> str:
    """Whether the numbers are ours, in a word or two."""
    if job.unlike:
        return job.unlike
    numbers, our = np.asarray(job.values(found), dtype=float), np.load(folder / f"{name}.npy")
    our = our[:, 0] if job.partly else our
    if numbers.shape != our.shape:
        return f"OTHER SHAPE {numbers.shape}"
    # What is undefined in ours, others call 0.
    known = ~np.isnan(our)
    off = float(np.abs(numbers[known] - our[known]).max(initial=0.0) / np.abs(our[known]).max(initial=1e-300))
    return f"OFF BY {off:.1e}" if off > job.near else job.partly or "same"


def timed(job: Job, repeat: int) -> tuple[list[float], list[float], Any]:
    """Processor seconds and wall seconds of every call, and the last answer; a long call is made once."""
    processor: list[float] = []
    wall: list[float] = []
    while len(wall) < repeat or (sum(wall) < LEAST and len(wall) < MOST):
        what = job.make()
        gc.collect()
        before, start = time.process_time(), time.perf_counter()
        found = job.call(what)
        wall.append(time.perf_counter() - start)
        processor.append(time.process_time() - before)
        if wall[-1] > LONG:
            break
    return processor, wall, found


def main() -> None:
    """Do what the arguments ask for."""
    package, place, repeat, names, *where = sys.argv[1:]
    sys.path.extend(where)
    folder = Path(place)
    jobs = PACKAGES[package](Made.read(folder), folder)
    for name, job in jobs.items():
        if name not in names.split(","):
            continue
        try:
            processor, wall, found = timed(job, int(repeat))
        except Exception as fault:
            print(json.dumps({"measure": name, "failed": type(fault).__name__.lstrip("_")}), flush=True)
            continue
        if package == "sna":
            values = np.column_stack(found) if isinstance(found, tuple) else job.values(found)
            np.save(folder / f"{name}.npy", np.asarray(values, dtype=float))
            same = ""
        else:
            same = compared(found, folder, name, job)
        told = {"measure": name, "processor": processor, "wall": wall, "same": same, "less": job.less}
        print(json.dumps({**told, "version": "" if package == "sna" else version(package)}), flush=True)


if __name__ == "__main__":
    main()
