"""How often the tests about support reject when they should not, and how often they find what was planted.

    python benchmarks/simulate_support.py [REPLICATIONS]

Made-up webs: each kind of support is drawn by itself. `plain`: everybody is as likely to be named as anybody else.
`popular`: in each kind some people are named far more often, others in another kind. `silent`: as popular, and a
quarter of the people answer nothing, the same in every kind. `partly`: as popular, and each person leaves each question
out with probability .15. `partners`: as popular, and a fifth of the roster, asked nothing, is named. Levels have
nothing to do with who names whom. Planted: half of the ties of every kind come from one common web; or people name
others of their own level three times as often. Everything is drawn from a fixed seed. Prints the tables of
docs/simulations.md.
"""

from __future__ import annotations

import sys

import numpy as np
import pandas as pd

from sna.inference.crossing import crossing
from sna.inference.layers import layers_by_chance
from sna.inference.permutation import qap_correlation
from sna.networks import Network

DRAWS, SEED, ALPHA = 199, 20230301, 0.05
# People, kinds, mean number of names in each kind.
SIZES = ((9, 3, 2.0), (12, 5, 2.0), (18, 5, 3.0), (36, 5, 3.0))
SORTS = ("plain", "popular", "silent", "partly", "partners")
LEVELS = 4


def web(
    n: int, kinds: int, names: float, sort: str, rng: np.random.Generator, shared: float = 0.0, own: float = 1.0
) -> tuple[list[Network], pd.Series]:
    """A made-up web and everybody's level.

    Args:
        n, kinds, names: size.
        sort: one of `SORTS`.
        rng: draws it.
        shared: the part of each kind's ties that comes from one common web.
        own: how many times as often people name those of their own level.
    """
    ids = [f"p{i}" for i in range(n)]
    level = rng.permutation(np.arange(n) % min(LEVELS, n // 3))
    speaks = np.ones((kinds, n), dtype=bool)
    if sort == "silent":
        speaks[:, rng.choice(n, n // 4, replace=False)] = False
    if sort == "partly":
        speaks = rng.random((kinds, n)) >= 0.15
    if sort == "partners":
        speaks[:, : n // 5] = False

    def chances(much: float) -> np.ndarray:
        pull = np.ones(n) if sort == "plain" else rng.gamma(0.7, 1.0, n) + 0.1
        table = np.tile(pull, (n, 1)) * np.where(level[:, None] == level[None, :], own, 1.0)
        np.fill_diagonal(table, 0.0)
        return np.minimum(table * (much * n / table.sum()), 1.0)

    common = rng.random((n, n)) < chances(names)
    found = []
    for kind in range(kinds):
        ties = rng.random((n, n)) < chances(names * (1 - shared))
        ties |= common & (rng.random((n, n)) < shared)
        ties[~speaks[kind]] = False
        named = [(ids[i], ids[j]) for i, j in zip(*np.nonzero(ties), strict=True)]
        answered = [ids[i] for i in np.flatnonzero(speaks[kind])]
        found.append(Network.from_ties(ids, named, answered=answered, relation=f"kind{kind}"))
    return found, pd.Series([f"level {x}" for x in level], index=ids, dtype="str")


def p_values(networks: list[Network], level: pd.Series, rng: np.random.Generator, draws: int = DRAWS) -> list[float]:
    """p, both tails, of: ties carry two kinds or more; the first two kinds overlap; the first kind crosses levels."""
    several = layers_by_chance(networks, rng, draws)
    two = several.at_least[0].p if several.at_least else float("nan")
    return [two, qap_correlation(*networks[:2], rng, draws).p, crossing(networks[0], level, rng, draws).p]


def rejected(
    size: tuple[int, int, float], sort: str, replications: int, shared: float = 0.0, own: float = 1.0
) -> list[float]:
    """How often each test has p at most α, of those in which it could be made."""
    rng = np.random.default_rng([SEED, *map(int, size), SORTS.index(sort), int(10 * shared), int(own)])
    found = np.array(
        [p_values(*web(*size, sort, rng, shared, own), rng) for _ in range(replications)]  # type: ignore[misc]
    )
    return [float(np.mean(column[~np.isnan(column)] <= ALPHA)) for column in found.T]


def main() -> None:
    """Print both tables."""
    replications = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    print(f"{replications} webs a line, {DRAWS} draws, seed {SEED}, both tails.\n")
    heading = (
        "| web | people, kinds, names each | ties carry several kinds | two kinds overlap | a kind crosses levels |"
    )
    print(f"{heading}\n|---|---|---|---|---|")
    for sort in SORTS:
        for size in SIZES:
            _line(sort, size, rejected(size, sort, replications))
    print(f"\n{heading}\n|---|---|---|---|---|")
    for what, sort, shared, own in (
        ("half in common", "popular", 0.5, 1.0),
        ("half in common, partly silent", "partly", 0.5, 1.0),
        ("own level thrice", "popular", 0.0, 3.0),
    ):
        for size in SIZES:
            _line(what, size, rejected(size, sort, max(replications // 5, 1), shared, own))


def _line(what: str, size: tuple[int, int, float], found: list[float]) -> None:
    shown = " | ".join(f"{share:.3f}" for share in found)
    print(f"| {what} | {size[0]}, {size[1]}, {size[2]:g} | {shown} |", flush=True)


if __name__ == "__main__":
    main()
