"""Do people of one group have higher numbers than the others? Beside what shuffling who belongs to it gives."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sna.inference.chance import DRAWS, Chance
from sna.inference.permutation import PermutationTest
from sna.inference.shuffles import shuffled

MOST_SHUFFLED = 2_000


def difference(
    values: npt.ArrayLike, first: npt.ArrayLike, rng: np.random.Generator, draws: int = DRAWS
) -> PermutationTest:
    """The mean of one group less that of the others, and what it would be if others belonged to it.

    Args:
        values: one number for each person; people without (NaN) are left out.
        first: whether each belongs to the group.
        rng: shuffles who does.
        draws: how many times, unless there are no more than 20,000 ways, which are then all gone through.

    Returns:
        PermutationTest.

    Undefined when:
        either has nobody (one_group), or all numbers are the same (no_variation).
    Small n:
        two groups of three can be mixed in 20 ways: no p below .1.

    >>> test = difference([1, 1, 1, 0, 0, 0], [1, 1, 1, 0, 0, 0], np.random.default_rng(1))
    >>> test.observed, round(test.p, 6)
    (1.0, 0.1)
    """
    null = "who belongs to the group has nothing to do with it"
    numbers, mine = np.asarray(values, dtype=float), np.asarray(first, dtype=bool)
    mine, numbers = mine[~np.isnan(numbers)], numbers[~np.isnan(numbers)]
    if not mine.any() or mine.all():
        return PermutationTest(float("nan"), None, null, "one_group")
    observed = float(numbers[mine].mean() - numbers[~mine].mean())
    if np.ptp(numbers) == 0:
        return PermutationTest(observed, None, null, "no_variation")
    if len(numbers) > MOST_SHUFFLED:
        # The difference of means of so many people follows the normal curve.
        sd = numbers.std(ddof=1) * np.sqrt(1 / mine.sum() + 1 / (~mine).sum())
        return PermutationTest(observed, Chance.drawn(rng.standard_normal(draws) * sd), null)
    ways, exact = shuffled(mine.astype(np.int64), rng, draws)
    inside = ways @ numbers / mine.sum()
    outside = (numbers.sum() - ways @ numbers) / (~mine).sum()
    means = inside - outside
    chance = Chance(means, np.full(len(means), 1 / len(means)), True) if exact else Chance.drawn(means)
    return PermutationTest(observed, chance, null)


__all__ = ["difference"]
