"""Would shuffled people give as much? Tests that keep the ties and move who is who: shuffled labels, and QAP."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import permutations
from math import factorial, isnan

import numpy as np
import numpy.typing as npt
import pandas as pd

from sna.inference.chance import DRAWS, MOST_LISTED, Chance
from sna.inference.shuffles import shuffled
from sna.metrics.frames import group_codes, ratio
from sna.metrics.multiplex import overlap
from sna.networks.network import Bools, Floats, Network

Places = npt.NDArray[np.int64]
ByGroup = Callable[[Network, "pd.Series[str]"], float]
AT_ONCE = 500


@dataclass(frozen=True, eq=False)
class PermutationTest:
    """What was observed beside what shuffling gives.

    Attributes:
        observed: the statistic of the data; NaN with a `reason`.
        chance: its values when people are shuffled; None with a `reason`.
        null: the null hypothesis in words.
        reason: why there is no test; None when there is one.
    """

    observed: float
    chance: Chance | None
    null: str
    reason: str | None = None

    @property
    def p_high(self) -> float:
        """How likely a value as high as the observed one is."""
        return float("nan") if self.chance is None else self.chance.p_at_least(self.observed)

    @property
    def p_low(self) -> float:
        """How likely a value as low as the observed one is."""
        return float("nan") if self.chance is None else self.chance.p_at_most(self.observed)

    @property
    def p(self) -> float:
        """Both tails: twice the smaller one, 1 at most."""
        return min(1.0, 2 * min(self.p_low, self.p_high)) if self.chance is not None else float("nan")


def label_permutation(
    network: Network, group: pd.Series[str], measure: ByGroup, rng: np.random.Generator, draws: int = DRAWS
) -> PermutationTest:
    """Whether a measure by group differs from what it would be if the same groups held other people.

    Args:
        network: one relation in one wave; its ties stay where they are.
        group: text indexed by actor_id; null where not stated. Those people keep having no group.
        measure: `f(network, group)`, such as `metrics.mixing.ei_index`.
        rng: shuffles who is in which group: people who answered with people who answered, others with others
            (`sna.inference.shuffles` says why).
        draws: how many times, unless there are no more than 20,000 different ways, which are then all gone through.

    Returns:
        PermutationTest; arrangements in which the measure is undefined are left out.

    Undefined when:
        the measure is (no_variation), or fewer than two groups are stated (one_group).
    Small n:
        two groups of three people can be mixed in 20 ways: no p below .05 on one side, or .1 on both.
    Reference:
        Krackhardt & Stern (1988), Social Psychology Quarterly 51:123–140, doi:10.2307/2786835.

    >>> ties = [("a", "b"), ("b", "a"), ("c", "d"), ("d", "c")]
    >>> sides = pd.Series({"a": "x", "b": "x", "c": "y", "d": "y"})
    >>> inside = lambda network, group: float(sum(group.iloc[i] == group.iloc[j] for i, j, _ in network.ties()))
    >>> test = label_permutation(Network.from_ties(list("abcd"), ties), sides, inside, np.random.default_rng(1))
    >>> test.observed, round(test.p_high, 4)
    (4.0, 0.3333)
    """
    null = "the same ties, people shuffled among the groups with others who answered alike"
    _positive(draws)
    people = group.reindex(list(network.actors))
    stated = np.flatnonzero(group_codes(network, group) >= 0)
    if people.nunique() < 2:
        return PermutationTest(float("nan"), None, null, "one_group")
    observed = float(measure(network, people))
    if isnan(observed):
        return PermutationTest(observed, None, null, "no_variation")
    codes, names = pd.factorize(people.iloc[stated])
    ways, exact = shuffled(np.asarray(codes, dtype=np.int64), rng, draws, network.answered[stated])
    values = []
    for order in ways:
        moved = people.to_numpy(dtype=object).copy()
        moved[stated] = np.asarray(names, dtype=object)[order]
        values.append(float(measure(network, pd.Series(moved, index=people.index, dtype="str"))))
    return PermutationTest(observed, _of(np.array(values), exact), null)


def _of(values: Floats, exact: bool) -> Chance:
    """The values that are defined."""
    found = values[~np.isnan(values)]
    return Chance(found, np.full(len(found), 1 / max(len(found), 1)), exact)


def qap_correlation(first: Network, second: Network, rng: np.random.Generator, draws: int = DRAWS) -> PermutationTest:
    """Whether two relations join the same people oftener than if the people of one were shuffled (QAP).

    Formula:
        the correlation of `metrics.multiplex.overlap` over cells known in both. Rows and columns of `second` are
        shuffled together; its unknown cells go with it, and cells unknown in either are left out each time.
    Direction and strength:
        Directed ties; strength not used.

    Args:
        first: one relation in one wave, n people.
        second: another, on the same actors in the same order.
        rng: shuffles the people of `second`.
        draws: how many times, unless n! is at most 20,000: then every order is gone through.

    Returns:
        PermutationTest; draws in which the correlation is undefined are left out.

    Undefined when:
        the correlation is (no_variation).
    Small n:
        with 5 people no p below 1/120.
    Reference:
        Krackhardt (1987), Social Networks 9:171–186, doi:10.1016/0378-8733(87)90012-8; Hubert & Schultz (1976), British
        Journal of Mathematical and Statistical Psychology 29:190–241, doi:10.1111/j.2044-8317.1976.tb00714.x.

    Raises:
        ValueError: the two are not on the same actors in the same order.

    >>> ring = Network.from_ties(list("abcd"), [("a", "b"), ("b", "c"), ("c", "d"), ("d", "a")])
    >>> test = qap_correlation(ring, ring, np.random.default_rng(1))
    >>> round(test.observed, 6), round(test.p_high, 6)
    (1.0, 0.166667)
    """
    null = "two unrelated relations, each as it is, people shuffled"
    _positive(draws)
    observed = overlap(first, second).correlation
    if isnan(observed):
        return PermutationTest(observed, None, null, "no_variation")
    n = first.n
    exact = n <= 8 and factorial(n) <= MOST_LISTED
    orders = np.array(list(permutations(range(n)))) if exact else None
    values = []
    for start in range(0, factorial(n) if exact else draws, AT_ONCE):
        many = min(AT_ONCE, (factorial(n) if exact else draws) - start)
        moved = (
            rng.permuted(np.tile(np.arange(n), (many, 1)), axis=1) if orders is None else orders[start : start + many]
        )
        values.append(_correlations(first, second, moved))
    return PermutationTest(observed, _of(np.concatenate(values), exact), null)


def _correlations(first: Network, second: Network, moved: Places) -> Floats:
    """The correlation for each order of the people of `second`, counted over its ties and unknown cells alone."""
    ties, unknown = (np.asarray(first.dense > 0), _unknown(first))
    own, hidden = np.nonzero(second.dense > 0), np.nonzero(_unknown(second))

    def hits(table: Bools, cells: tuple[npt.NDArray[np.intp], ...]) -> Floats:
        if not len(cells[0]) or not table.any():
            return np.zeros(len(moved))
        return np.asarray(table[moved[:, cells[0]], moved[:, cells[1]]].sum(axis=1), dtype=float)

    cells = first.n * (first.n - 1) - unknown.sum() - len(hidden[0]) + hits(unknown, hidden)
    a, b = ties.sum() - hits(ties, hidden), len(own[0]) - hits(unknown, own)
    common = hits(ties, own)
    return ratio(cells * common - a * b, np.sqrt(np.maximum(a * (cells - a) * b * (cells - b), 0.0)))


def _unknown(network: Network) -> Bools:
    return np.asarray(~network.observed & ~np.eye(network.n, dtype=bool), dtype=bool)


def _positive(draws: int) -> None:
    if draws < 1:
        raise ValueError(f"there must be one draw at least, not {draws}")
