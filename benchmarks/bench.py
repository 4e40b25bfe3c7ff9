"""What `make bench` runs: the promises about speed and memory, each measured in a process of its own.

Prints processor seconds, peak memory and the share of the allowance used. The first run in a fresh environment is
imitated by giving the process an empty folder for compiled Python files. Exits 1 when an allowance is exceeded.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SNA = [sys.executable, "-m", "sna.cli"]


def measured(command: list[str], *, fresh: bool) -> tuple[float, float]:
    """(processor seconds, peak megabytes) of a command; a fresh process compiles every Python file it imports."""
    with tempfile.TemporaryDirectory() as empty:
        environment = {**os.environ, **({"PYTHONPYCACHEPREFIX": empty} if fresh else {})}
        watcher = (
            "import json, resource, subprocess, sys\n"
            "subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)\n"
            "u = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
            "print(u.ru_utime + u.ru_stime, u.ru_maxrss)\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", watcher, *command],
            check=True,
            capture_output=True,
            text=True,
            env=environment,
            cwd=ROOT,
        )
    seconds, kilobytes = done.stdout.split()
    return float(seconds), float(kilobytes) / 1024


def main() -> int:
    """Measure everything; return the exit code."""
    over = False
    with tempfile.TemporaryDirectory() as place:
        run = [*SNA, "run", str(ROOT / "surveys" / "il-cop"), "--out", str(Path(place) / "il-cop")]
        cases = [
            ("sna run surveys/il-cop, first run in a fresh environment", run, True, 10.0, 500.0),
            ("sna run surveys/il-cop, again", run, False, 10.0, 500.0),
            ("sna --help", [*SNA, "--help"], False, 0.4, 500.0),
        ]
        print(f"{'':<60}{'seconds':>9}{'allowed':>9}{'used':>7}{'MB':>7}{'allowed':>9}")
        for name, command, fresh, seconds, megabytes in cases:
            took, used = measured(command, fresh=fresh)
            over = over or took > seconds or used > megabytes
            print(f"{name:<60}{took:>9.2f}{seconds:>9.1f}{took / seconds:>7.0%}{used:>7.0f}{megabytes:>9.0f}")
    return int(over)


if __name__ == "__main__":
    sys.exit(main())
