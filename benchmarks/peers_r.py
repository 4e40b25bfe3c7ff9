"""R's sna and igraph, for `bench_measures.py`: networks handed over as text, numbers read back and compared."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from made import Made
from peers import EXACTLY, STARTS, Job, compared, unit

IN_R = {"R sna": "sna", "R igraph": "igraph"}
DEBIAN = ["r-base-core", "r-cran-sna", "r-cran-igraph"]
MOST_MEMORY = 12 * 1024**3
Values = Callable[[Any], Any]


def _columns(found: Any) -> Any:
    """A table of five roles in the order of sna, w_I w_O b_IO b_OI b_O, in the order of ours."""
    return np.asarray(found)[:, [0, 3, 2, 1, 4]]


VALUES: dict[str, Values] = {"eigenvector": unit, "triads": np.ravel, "brokerage": _columns}


def _bounded() -> None:
    """R asks for n × n numbers without looking whether they fit: it is to fail, and not the machine."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def install() -> None:
    """Install R and both packages where they are missing, from Debian's packages."""
    if shutil.which("Rscript") is None:
        done = subprocess.run(["apt-get", "install", "-y", "--no-install-recommends", *DEBIAN], check=False)
        if done.returncode:
            sys.exit(f"R is not there and could not be installed: it needs {', '.join(DEBIAN)} (Debian) or their like.")


def in_r(package: str, folder: Path, names: Sequence[str], repeat: int) -> list[dict[str, Any]]:
    """What an R process measures, in the form of `peers.py`."""
    made = Made.read(folder)
    inner = made.among_strong()
    pairs = {"ties": (made.ego, made.alter), "union": made.union(), "strong": (inner.ego, inner.alter)}
    for name, two in pairs.items():
        np.savetxt(folder / f"{name}.txt", np.column_stack(two) + 1, fmt="%d")
    np.savetxt(folder / "facts.txt", [made.n, inner.n], fmt="%d")
    np.savetxt(folder / "school.txt", made.school, fmt="%d")
    script = Path(__file__).with_name("peers.R")
    command = ["Rscript", "--vanilla", str(script), IN_R[package], str(folder), str(repeat), ",".join(names)]
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(command, env=environment, check=False, capture_output=True, text=True, preexec_fn=_bounded)
    if done.returncode:
        print(f"{package} failed:\n{done.stderr}", file=sys.stderr)
    lines = [line.split("\t") for line in done.stdout.splitlines() if line.count("\t") == 2]
    version = next((one for name, one, _ in lines if name == "version"), "")
    found = []
    for name, processor, wall in lines:
        if name == "version":
            continue
        if processor == "failed":
            found.append({"measure": name, "failed": "error"})
            continue
        numbers = np.genfromtxt(folder / f"r_{name}.txt", missing_values="NA")
        near = STARTS if name == "communities" else EXACTLY
        job = Job(lambda: None, lambda _: None, VALUES.get(name, np.asarray), near=near)
        told = {"processor": processor, "wall": wall}
        times = {what: [float(one) for one in listed.split(",")] for what, listed in told.items()}
        same = compared(numbers, folder, name, job)
        found.append({"measure": name, **times, "same": same, "less": "", "version": version})
    return found
