"""The made networks on which `bench_measures.py` compares packages."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

SCHOOL, DISTRICT = 25, 250
SEED = 1


@dataclass(frozen=True)
class Made:
    """The network as arrays: ties as positions in order, each person's school, and who all reach one another."""

    n: int
    ego: Any
    alter: Any
    school: Any
    strong: Any

    def union(self) -> tuple[Any, Any]:
        """The ties that either reports, each once."""
        low, high = np.minimum(self.ego, self.alter), np.maximum(self.ego, self.alter)
        both = np.unique(low * self.n + high)
        return both // self.n, both % self.n

    def among_strong(self) -> Made:
        """The people who all reach one another, and their ties."""
        place = np.full(self.n, -1)
        place[self.strong] = np.arange(len(self.strong))
        kept = (place[self.ego] >= 0) & (place[self.alter] >= 0)
        ties = place[self.ego[kept]], place[self.alter[kept]]
        return Made(len(self.strong), *ties, self.school[self.strong], np.arange(len(self.strong)))

    @classmethod
    def read(cls, folder: Path) -> Made:
        """The network written there by `make_network`."""
        with np.load(folder / "network.npz") as held:
            return cls(int(held["n"]), *(held[name] for name in ("ego", "alter", "school", "strong")))

    def turned(self) -> Made:
        """Every tie turned round."""
        return replace(self, ego=self.alter, alter=self.ego)

    def drawn(self, many: int) -> list[int]:
        """The people whom the sampled measures draw with this seed."""
        found: list[int] = np.sort(np.random.default_rng(SEED).choice(self.n, size=many, replace=False)).tolist()
        return found


def make_network(n: int, folder: Path) -> None:
    """Write a network of n people for the processes to read."""
    rng = np.random.default_rng(n)
    weight = np.cumsum(rng.pareto(1.8, n) + 0.3)
    before = np.concatenate([[0.0], weight])
    person = np.arange(n)
    ego = np.repeat(person, 1 + rng.poisson(4.6, n))
    scope = rng.choice(3, p=[0.6, 0.25, 0.15], size=len(ego))
    block = np.choose(scope, [SCHOOL, DISTRICT, n])
    first = ego // block * block
    low, high = before[first], before[np.minimum(first + block, n)]
    alter = np.searchsorted(weight, low + rng.random(len(ego)) * (high - low), side="right").clip(max=n - 1)
    back = rng.random(len(ego)) < 0.2
    ego, alter = np.concatenate([ego, alter[back]]), np.concatenate([alter, ego[back]])
    ties = np.unique((ego * n + alter)[ego != alter])
    ego, alter = ties // n, ties % n
    matrix = sparse.csr_array((np.ones(len(ego)), (ego, alter)), shape=(n, n))
    _, label = csgraph.connected_components(matrix, directed=True, connection="strong")
    strong = np.flatnonzero(label == np.bincount(label).argmax())
    np.savez(folder / "network.npz", n=n, ego=ego, alter=alter, school=person // SCHOOL, strong=strong)
    print(f"{n:>8,} people, {len(ties):,} ties; {len(strong):,} of them all reach one another", file=sys.stderr)
