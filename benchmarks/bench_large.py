"""Every measure of a network of 100,000 people, ways between people estimated, against the goal for seconds and memory.

    python benchmarks/bench_large.py [PEOPLE]

The made network of `bench_measures.py`, with a scale and two groups, measured in a process of its own as a run measures
it. Prints processor seconds of each table and the most memory in use. Exit code 1 when the goal is missed by half as
much again.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from made import SEED, Made, make_network

PEOPLE = 100_000
SECONDS, MEGABYTES, SLACK = 10.0, 4_000.0, 1.5
GROUPS = ("school", "role")
STUDY = """[study]
name = "Large"
roster = "roster.csv"
groups = ["school", "role"]
[[waves]]
id = "w1"
[[relations]]
id = "advice"
form = "ties"
file = "ties.csv"
scale = { 1 = "seldom", 2 = "monthly", 3 = "weekly", 4 = "daily" }
"""


def measured(folder: Path) -> dict[str, float]:
    """Processor seconds of each table, and the most memory in use before and after, in megabytes."""
    import numpy as np  # noqa: PLC0415
    import pandas as pd  # noqa: PLC0415
    from scipy import sparse  # noqa: PLC0415

    from sna.metrics.compute import actor_table, brokerage_table, estimates, network_table, tie_table  # noqa: PLC0415
    from sna.networks import Network  # noqa: PLC0415
    from sna.structure import compute_structure  # noqa: PLC0415
    from sna.study_file import read_study  # noqa: PLC0415

    made, rng = Made.read(folder), np.random.default_rng(SEED)
    n, shape = made.n, (made.n, made.n)
    matrix = sparse.csr_array((np.ones(len(made.ego)), (made.ego, made.alter)), shape=shape)
    strengths = sparse.csr_array((rng.integers(1, 5, len(made.ego)).astype(float), (made.ego, made.alter)), shape=shape)
    ids = [f"P{i:06d}" for i in range(n)]
    columns = {"school": [f"S{school}" for school in made.school], "role": [f"R{i % 4}" for i in range(n)]}
    network = Network(
        relation="advice",
        wave="w1",
        actors=tuple(ids),
        strengths=strengths,
        matrix=matrix,
        asked=np.ones(n, dtype=bool),
        answered=np.ones(n, dtype=bool),
        unknown_cells=sparse.csr_array(shape, dtype=bool),
        attributes=pd.DataFrame(columns, index=pd.Index(ids, name="actor_id"), dtype="str"),
    )
    (folder / "study.toml").write_text(STUDY, encoding="utf-8")
    (folder / "roster.csv").write_text("actor_id,school,role\n", encoding="utf-8")
    (folder / "ties.csv").write_text("ego_id,alter_id,strength\n", encoding="utf-8")
    study = read_study(folder)
    took = {"before, MB": _memory()}

    def timed(name: str, call: Callable[[], Any]) -> Any:
        start = time.process_time()
        found = call()
        took[name] = time.process_time() - start
        return found

    estimated = timed("estimates of ways between people", lambda: estimates(network, rng))
    timed("measures of people", lambda: actor_table(network, GROUPS, estimated))
    timed("measures of ties", lambda: tie_table(network, GROUPS, [network], estimated))
    timed("measures of the network", lambda: network_table(network, GROUPS, estimated))
    timed("brokerage of people", lambda: [brokerage_table(network, group) for group in GROUPS])
    key = (network.wave, network.relation)
    timed("structure", lambda: compute_structure(study, {key: network}, {key: set()}))
    took["most, MB"] = _memory()
    return took


def _memory() -> float:
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 * 1024 if sys.platform == "darwin" else 1024)


def main() -> int:
    """Measure in a process of its own and print; the exit code."""
    people = int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE
    with tempfile.TemporaryDirectory() as place:
        make_network(people, Path(place))
        command = [sys.executable, __file__, str(people), place]
        environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=environment)
    took = json.loads(done.stdout)
    most, _ = took.pop("most, MB"), took.pop("before, MB")
    for name, seconds in took.items():
        print(f"{name:<40}{seconds:>8.1f} s")
    total = sum(took.values())
    print(f"{'all measures but exact paths':<40}{total:>8.1f} s of {SECONDS:.0f} s, {most:,.0f} of {MEGABYTES:,.0f} MB")
    return int(total > SECONDS * SLACK or most > MEGABYTES * SLACK)


if __name__ == "__main__":
    if len(sys.argv) > 2:
        print(json.dumps(measured(Path(sys.argv[2]))))
    else:
        sys.exit(main())
