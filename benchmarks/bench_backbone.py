"""How long it takes to draw tables with the same sums, and to reckon SDSM for very many people.

    python benchmarks/bench_backbone.py [large]

Everything is made up here from a fixed seed and timed in a process of its own, in processor seconds, with everything
imported. Of 60 people and 40 events, half of them attended, 5,000 tables with the same sums are drawn, and every pair
of people is compared with them; the same where people join during the year, and where one cell in twenty is not known,
so that trades alone may not do. SDSM is reckoned for a state-wide programme with some events far larger than others;
beside it stands what it costs to count the shared events with scipy alone (A × Aᵀ). `large` adds 100,000 people.
Returns 1 when the goal of 10 seconds for 60 × 40 is missed.
"""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

import numpy as np
from scipy import sparse

from sna.inference.backbone import Meetings, fdsm
from sna.inference.backbone_large import sdsm_counts

DRAWS, GOAL, ROUNDS = 5_000, 10.0, 3
# What, people, events, share of attendance, who could come.
ATTENDANCE = (
    ("everybody could come", 60, 40, 0.5, "all"),
    ("people join late", 60, 40, 0.5, "join"),
    ("one cell in twenty not known", 60, 40, 0.5, "unknown"),
    ("southern women", 18, 14, 0.353, "all"),
    ("the most that are drawn for", 200, 40, 0.5, "all"),
)
# People, events, attendances, largest event, seconds and megabytes allowed.
LARGE = ((10_000, 2_000, 100_000, 400, 2.0, 1_000), (100_000, 20_000, 1_000_000, 1_500, 30.0, 4_000))


def main() -> int:
    """Measure, print, and return 1 if the goal is missed."""
    if len(sys.argv) == 3:
        print(json.dumps(measured(sys.argv[1], int(sys.argv[2]))))
        return 0
    over = False
    print(
        f"{DRAWS:,} tables with the same sums, and all pairs compared with them; processor seconds, median of {ROUNDS}"
    )
    for at, (what, people, events, _, _) in enumerate(ATTENDANCE):
        took = statistics.median(in_a_process("draw", at)["seconds"] for _ in range(ROUNDS))
        size = f"{people} × {events}"
        goal = f"allowed {GOAL:g}, used {took / GOAL:.0%}" if size == "60 × 40" else ""
        over = over or (bool(goal) and took > GOAL)
        print(f"  {size:<9} {what:<29} {took:>6.2f} s  {goal}{'  TOO MUCH' if goal and took > GOAL else ''}")
    print("SDSM, exact, every pair tested; beside it scipy's A × Aᵀ alone")
    for at, (people, events, _, _, seconds, megabytes) in enumerate(LARGE[: 2 if "large" in sys.argv else 1]):
        found = in_a_process("sdsm", at)
        ratio = f"{found['seconds'] / found['product']:.2f} times scipy" if found["product"] else "scipy not tried"
        print(
            f"  {people:,} × {events:,}: {found['pairs']:,.0f} pairs met, {found['seconds']:.2f} s of {seconds:g}, "
            f"{found['megabytes']:,.0f} MB of {megabytes:,}; {ratio}"
        )
    return int(over)


def in_a_process(what: str, at: int) -> dict[str, float]:
    """What a process of its own measures."""
    done = subprocess.run([sys.executable, __file__, what, str(at)], check=True, capture_output=True, text=True)
    numbers: dict[str, float] = json.loads(done.stdout)
    return numbers


def measured(what: str, at: int) -> dict[str, float]:
    """Processor seconds and megabytes of one case."""
    rng = np.random.default_rng(1)
    if what == "draw":
        _, people, events, share, who = ATTENDANCE[at]
        could = np.ones((people, events), dtype=bool)
        if who == "join":
            could = np.arange(events) >= rng.integers(0, events // 2, people)[:, None]
        if who == "unknown":
            could = rng.random((people, events)) < 0.95
        came = could & (rng.random((people, events)) < share)
        found = Meetings.of(came, could)
        return {"seconds": timed(lambda: fdsm(found, rng, DRAWS))}
    attended = made(*LARGE[at][:4], rng)
    pairs = 0.0

    def count() -> None:
        nonlocal pairs
        pairs = float(sdsm_counts(attended).pairs.sum())

    seconds = timed(count)
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
    product = timed(lambda: attended @ attended.T) if at == 0 else 0.0
    return {"seconds": seconds, "pairs": pairs, "megabytes": held, "product": product}


def made(people: int, events: int, attendances: int, largest: int, rng: np.random.Generator) -> sparse.csr_array:
    """Who came to what: few large events and many small ones, some people far more often than others."""
    size = np.clip(5 * (rng.pareto(1.3, events) + 1), 5, largest)
    size = np.maximum((size * attendances / size.sum()).astype(int), 2)
    at = np.repeat(np.arange(events), size)
    often = np.cumsum(rng.gamma(2.0, size=people))
    who = np.searchsorted(often, rng.random(len(at)) * often[-1])
    return sparse.csr_array((np.ones(len(at), dtype=np.int32), (who, at)), shape=(people, events))


def timed(call: Callable[[], object]) -> float:
    """Processor seconds of a call."""
    start = time.process_time()
    call()
    return time.process_time() - start


if __name__ == "__main__":
    sys.exit(main())
