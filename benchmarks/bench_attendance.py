"""How long a large attendance file takes to be read and checked, in how much memory. Exit code 1 if more than promised.

    python benchmarks/bench_attendance.py [FOLDER WITH PYARROW]

A list of 100,000 people at events and a roster of 5,000, made up here from a fixed seed. Compared are `sna.check_study`
and what the files cost at least: `pandas.read_csv` of each with the engine `pyarrow`, and the two joins. sna does not
need pyarrow, and pandas works otherwise where it is installed; so it is put into a folder of its own, which only the
processes that read with pandas alone get to see. Where it is missing, pandas' own engine takes its place.

Both are timed in turns in processes of their own, in processor seconds: the first call, everything imported; the median
of the following ones; and the whole process until the first call is done, which is printed beside the two others and
not promised. Memory is the most that a process held in its first call, above what it held once a small study had been
checked.
"""

from __future__ import annotations

import gc
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

import pandas as pd

import sna

ROWS, PEOPLE, EVENTS = 100_000, 5_000, 40
TIMES_AS_LONG, TIMES_THE_FILES = 1.5, 8.0
PROCESSES, CALLS = 7, 7
PANDAS, OURS, MEMORY = "pandas", "sna", "memory"
TABLES = ("attendance", "roster", "events")
SMALL = Path(__file__).resolve().parents[1] / "surveys" / "il-cop"


def main() -> int:
    """Measure, print both beside what is allowed, and return 1 if it took more."""
    if len(sys.argv) == 3:
        print(json.dumps(measured(sys.argv[1], Path(sys.argv[2]))))
        return 0
    pyarrow = sys.argv[1] if len(sys.argv) > 1 else ""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        size = write_study(folder)
        taken: dict[str, list[dict[str, float]]] = {PANDAS: [], OURS: [], MEMORY: []}
        for _ in range(PROCESSES):
            for who, found in taken.items():
                found.append(in_a_process(who, folder, pyarrow if who == PANDAS else ""))
    engine = "pyarrow" if taken[PANDAS][0]["pyarrow"] else "c (pyarrow is not there)"
    print(f"{ROWS:,} rows of attendance, {PEOPLE:,} people, {size / 1e6:.1f} MB; pandas reads with the engine {engine}")
    first = compared("first call in a new process", "first", taken)
    later = compared("later calls in the same process", "later", taken)
    compared("a whole process, start and imports included", "whole", taken)
    memory = statistics.median(one["memory"] for one in taken[MEMORY]) / size
    allowed = f"allowed {TIMES_THE_FILES:g}{_much(memory > TIMES_THE_FILES)}"
    print(f"  memory: {memory * size / 1e6:.1f} MB, {memory:.1f} times the files; {allowed}")
    return 0 if max(first, later) <= TIMES_AS_LONG and memory <= TIMES_THE_FILES else 1


def compared(what: str, key: str, taken: dict[str, list[dict[str, float]]]) -> float:
    """How many times as long ours takes, printed."""
    alone, ours = (statistics.median(one[key] for one in taken[who]) for who in (PANDAS, OURS))
    allowed = f"allowed {TIMES_AS_LONG:g}{_much(ours / alone > TIMES_AS_LONG)}"
    print(f"  {what}: sna {ours:.3f} s, pandas {alone:.3f} s, {ours / alone:.2f} times as long; {allowed}")
    return ours / alone


def _much(too: bool) -> str:
    return "  TOO MUCH" if too else ""


def in_a_process(who: str, folder: Path, pyarrow: str) -> dict[str, float]:
    """What a process of its own measures."""
    command = [sys.executable, __file__, who, str(folder)]
    environment = {**os.environ, "PYTHONPATH": pyarrow}
    found = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    numbers: dict[str, float] = json.loads(found.stdout)
    return numbers


def measured(who: str, folder: Path) -> dict[str, float]:
    """Processor seconds of the first call, of later ones (median) and since the start; or bytes of memory."""
    if who == MEMORY:
        sna.check_study(SMALL)
        before = peak()
        sna.check_study(folder)
        return {"memory": peak() - before}
    # To ask for it imports it.
    call: Callable[[Path], object] = pandas_alone if who == PANDAS else sna.check_study
    first = timed(call, folder)
    whole = time.process_time()
    later = []
    for _ in range(CALLS):
        gc.collect()
        later.append(timed(call, folder))
    there = find_spec("pyarrow") is not None
    return {"first": first, "later": statistics.median(later), "whole": whole, "pyarrow": float(there)}


def timed(call: Callable[[Path], object], folder: Path) -> float:
    """Processor seconds of a call."""
    start = time.process_time()
    call(folder)
    return time.process_time() - start


def pandas_alone(folder: Path) -> object:
    """The files and the joins, and nothing else."""
    engine: Literal["pyarrow", "c"] = "pyarrow" if find_spec("pyarrow") is not None else "c"
    attendance, roster, events = (pd.read_csv(folder / f"{name}.csv", engine=engine) for name in TABLES)
    return attendance.merge(roster, on="actor_id", how="left").merge(events, on="event_id", how="left")


def peak() -> float:
    """The most memory this process has held so far, in bytes."""
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return float(held if sys.platform == "darwin" else held * 1024)


def write_study(folder: Path) -> int:
    """Write the study, and return the size of its three tables."""
    rng = random.Random(1)
    ids = [f"P{number:05d}" for number in range(PEOPLE)]
    events = [f"e{number}" for number in range(EVENTS)]
    pairs = rng.sample([(person, event) for person in ids for event in events], ROWS)
    attendance = [
        f"{person},{event},16:{rng.randint(0, 59):02d},17:{rng.randint(0, 59):02d}" for person, event in pairs
    ]
    roster = [f"{person},Name {person},School {at % 100},teacher" for at, person in enumerate(ids)]
    held = [f"{event},2022-{1 + at // 28:02d}-{1 + at % 28:02d},16:00,120" for at, event in enumerate(events)]
    tables = {
        "attendance.csv": ["actor_id,event_id,arrived,left", *attendance],
        "roster.csv": ["actor_id,name,school,role", *roster],
        "events.csv": ["event_id,date,start,minutes", *held],
    }
    for name, lines in tables.items():
        (folder / name).write_text("\n".join([*lines, ""]), encoding="utf-8")
    (folder / "study.toml").write_text(
        '[study]\nname = "big"\nroster = "roster.csv"\n[consent]\ndefault = "full"\n[[waves]]\nid = "w1"\n'
        '[[attendance]]\nfile = "attendance.csv"\nevents = "events.csv"\n',
        encoding="utf-8",
    )
    return sum((folder / name).stat().st_size for name in tables)


if __name__ == "__main__":
    sys.exit(main())
