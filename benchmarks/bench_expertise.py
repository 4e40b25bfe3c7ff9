"""How long the tests of fixed or by task take, and QAP: processor seconds, each the median of three.

    python benchmarks/bench_expertise.py

Φ: everybody names about three others on each of six topics, the same three experts being eight times as likely; 4,999
draws of each of the three nulls, and the interval that leaves out each respondent in turn. Exit code 1 when an
allowance is exceeded. QAP: 5,000 permutations of two made-up relations with five to six ties each, without an
allowance: seconds differ from machine to machine.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable

import numpy as np
from simulate_expertise import made, the_same

from sna.inference.expert_power import power
from sna.inference.fixity import fixity
from sna.inference.permutation import qap_correlation
from sna.networks import Network

SEED, DRAWS, TOPICS, NAMES, WEIGHT = 20221122, 4_999, 6, 3, 8.0
# People → processor seconds.
ALLOWED = {18: 5.0, 60: 30.0}
PERMUTATIONS, QAP_SIZES, TIES = 5_000, (71, 200, 500), 5.5
TIMES = 3


def seconds(work: Callable[[], object]) -> float:
    """The median of the processor seconds of three calls."""
    taken = []
    for _ in range(TIMES):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return statistics.median(taken)


def relation(n: int, rng: np.random.Generator) -> Network:
    """A made-up relation."""
    cells = np.argwhere((rng.random((n, n)) < TIES / (n - 1)) & ~np.eye(n, dtype=bool)).tolist()
    return Network.from_ties([str(i) for i in range(n)], [(str(i), str(j)) for i, j in cells])


def main() -> int:
    """Measure everything; return the exit code."""
    over = False
    print(f"{'':<60}{'seconds':>9}{'allowed':>9}{'used':>7}")
    for n, allowed in ALLOWED.items():
        found = made(n, TOPICS, NAMES, WEIGHT, the_same, np.random.default_rng([SEED, n]))
        took = seconds(lambda found=found: fixity(found, np.random.default_rng(SEED), DRAWS))  # type: ignore[misc]
        over = over or took > allowed
        name = f"Φ, three nulls and its interval, {n} people, {TOPICS} topics"
        print(f"{name:<60}{took:>9.2f}{allowed:>9.1f}{took / allowed:>7.0%}", flush=True)
        chance = fixity(found, np.random.default_rng(SEED), 999).no_experts
        assert chance is not None
        took = seconds(lambda: power(found, chance, WEIGHT, np.random.default_rng(SEED)))  # noqa: B023
        print(f"{f'its power, {n} people':<60}{took:>9.2f}{'–':>9}")
    for n in QAP_SIZES:
        rng = np.random.default_rng([SEED, n])
        pair = relation(n, rng), relation(n, rng)
        took = seconds(lambda: qap_correlation(*pair, np.random.default_rng(SEED), PERMUTATIONS))  # noqa: B023
        print(f"{f'QAP, {PERMUTATIONS:,} permutations, {n} people':<60}{took:>9.3f}{'–':>9}", flush=True)
    return int(over)


if __name__ == "__main__":
    sys.exit(main())
