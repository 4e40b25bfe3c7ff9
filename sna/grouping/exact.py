"""One round as good as it can be while the others stay as they are: pairs by matching, groups by integer programme.

Levels of cost are truly minded one after another. Pairs: weights are whole numbers of any length (maximum-weight
matching). Groups: one stage after another, each kept while the next is solved; a stage joins levels only as long as its
weights stay small enough for floating-point numbers.
"""

from __future__ import annotations

from math import ceil, comb
from typing import Any

import numpy as np
from scipy import sparse

from sna.grouping.pairs import best_pairs
from sna.grouping.room import Ints
from sna.grouping.rounds import Round, all_groups, group_costs
from sna.grouping.search import View
from sna.networks.network import Floats

# More possible groups are not gone through. Of branch and bound so many steps, not seconds: the same on every machine.
MOST_GROUPS, NODES = 60_000, 200
# The largest number that a stage's costs may reach; and what counts as nothing beside 1.
LARGEST, NOTHING = 1e6, 1e-5


def best_round(one: View, rng: np.random.Generator) -> Round | None:
    """The round at its best; None where there are too many possible groups to go through.

    Where people who are kept apart sit together all the same, and that is proven, there is no other way.

    Args:
        one: the round, the others as they are.
        rng: chooses among pairs that are equally good.
    """
    n, sizes = one.room.n, one.room.sizes
    if sum(comb(n, size) for size in set(sizes)) > MOST_GROUPS:
        return None
    if set(sizes) <= {2, 3} and n // 2 == len(sizes):
        return best_pairs(one, rng)
    seats = np.concatenate([all_groups(n, size, max(sizes)) for size in sorted(set(sizes))])
    programme = _Programme(n, sizes, seats, group_costs(one, seats))
    chosen = programme.solve(_chosen(seats, one))
    order = sorted(chosen.tolist(), key=lambda at: (-int((seats[at] >= 0).sum()), seats[at].tolist()))
    labels = np.empty(n, dtype=np.int64)
    for group, at in enumerate(order):
        labels[seats[at][seats[at] >= 0]] = group
    return Round(labels, programme.proven)


def _chosen(seats: Ints, one: View) -> Ints:
    """Where the groups of the round as it is stand among all groups."""
    known = {tuple(row): at for at, row in enumerate(seats.tolist())}
    mine = np.sort(np.where(one.seats < 0, one.room.n, one.seats), axis=1)
    return np.array([known[tuple(row)] for row in np.where(mine == one.room.n, -1, mine).tolist()], dtype=np.int64)


class _Programme:
    """Choose groups so that everybody is in one and there are as many of each size as there should be."""

    def __init__(self, n: int, sizes: tuple[int, ...], seats: Ints, cost: Ints) -> None:
        self.cost, self.groups = cost, len(sizes)
        self.kept = np.arange(len(seats))
        there = seats >= 0
        rows = [sparse.csr_array((np.ones(there.sum()), (seats[there], np.nonzero(there)[0])), shape=(n, len(seats)))]
        sides: list[float] = [1.0] * n
        # How many people there are settles the number of groups of one size when those of the others are.
        for size in sorted(set(sizes))[1:]:
            rows.append(sparse.csr_array((there.sum(axis=1) == size).astype(float)[None, :]))
            sides.append(float(sizes.count(size)))
        self.rows = sparse.csr_array(sparse.vstack(rows))
        self.sides = np.array(sides)
        self.proven = True

    def solve(self, chosen: Ints) -> Ints:
        """The best groups, to begin with some that are possible."""
        for stage in self.stages():
            chosen = self.solve_stage(stage, chosen)
        return chosen

    def stages(self) -> list[Ints]:
        """Costs of each stage, one number for each group: as many levels together as stay small."""
        found: list[Ints] = []
        unit = 0
        for level in range(self.cost.shape[1]):
            column = self.cost[:, level] - self.cost[:, level].min()
            width = int(column.max()) * self.groups + 1
            if width == 1:
                continue
            if found and unit * width <= LARGEST:
                found[-1] = found[-1] * width + column
                unit *= width
            else:
                found.append(column)
                unit = width
        return found

    def solve_stage(self, stage: Ints, chosen: Ints) -> Ints:
        """The best groups by one stage; afterwards only groups are left that can be part of equally good ones."""
        # Who only looks back at past groups does not wait for it.
        from scipy.optimize import Bounds, LinearConstraint, linprog, milp

        at = {column: place for place, column in enumerate(self.kept.tolist())}
        cost = stage[self.kept].astype(float)
        value = int(stage[chosen].sum())
        rows: Any = self.rows
        relaxed = linprog(cost, A_eq=rows, b_eq=self.sides, bounds=(0, None), method="highs-ds")
        if relaxed.status != 0:
            self.proven = False
            return chosen
        least = float(relaxed.fun or 0.0)
        reduced: Floats = cost - self.rows.T @ relaxed.eqlin.marginals
        if ceil(least - NOTHING * max(1.0, abs(least)) ** 0.5) < value:
            # Groups that cost more than there is to gain are in no better solution.
            able = np.flatnonzero(reduced <= value - least + NOTHING)
            whole = milp(
                cost[able],
                constraints=LinearConstraint(self.rows[:, able], self.sides, self.sides),
                integrality=np.ones(len(able), dtype=np.int64),
                bounds=Bounds(0, 1),
                options={"mip_rel_gap": 0.0, "node_limit": NODES},
            )
            if whole.x is not None:
                found = self.kept[able[np.flatnonzero(whole.x > 0.5)]]
                if int(stage[found].sum()) < value and self._possible([at[column] for column in found.tolist()]):
                    chosen, value = found, int(stage[found].sum())
            limit = whole.mip_dual_bound if whole.mip_dual_bound is not None else least
            self.proven = self.proven and limit > value - 1 + NOTHING * max(1.0, abs(value)) ** 0.5
        able = np.flatnonzero((reduced <= value - least + NOTHING) | np.isin(self.kept, chosen))
        self.kept, self.rows = self.kept[able], self.rows[:, able]
        if value - least > NOTHING:
            kept = sparse.csr_array(stage[self.kept].astype(float)[None, :])
            self.rows = sparse.csr_array(sparse.vstack([self.rows, kept]))
            self.sides = np.append(self.sides, float(value))
        return chosen

    def _possible(self, places: list[int]) -> bool:
        """Whether these groups do seat everybody once, and cost in earlier stages what was found there."""
        return bool(np.allclose(np.asarray(self.rows[:, places].sum(axis=1)).ravel(), self.sides, atol=0.5))
