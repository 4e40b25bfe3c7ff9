"""One-to-one contact beside chance: is it spread unevenly, does it come in bursts, did it fall, does it follow need?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations, product
from math import factorial, floor, inf, isnan, prod

import numpy as np
import numpy.typing as npt

from sna.inference.chance import DRAWS, MOST_LISTED, SAME, Chance
from sna.inference.permutation import PermutationTest
from sna.metrics.concentration import effective_number, gini, hhi
from sna.metrics.contact import centred_ranks, change, change_parts, rank_correlation, reached, variation
from sna.networks.network import Bools, Floats

ALPHA = 0.05
AT_ONCE = 250
Ints = npt.NDArray[np.int64]
EVENNESS: Mapping[str, Callable[[Floats], Floats]] = {"gini": gini, "hhi": hhi, "effective_number": effective_number}
ON_ANYBODY = "each contact falls on anybody who could have been seen that day"
ON_ANY_DAY = "each contact falls on any day of membership"
EITHER_TERM = "a person's contact could as well have fallen the other way round on the two terms"
ANY_NEED = "need shuffled among people"
# Fewer people than this have no ranks to speak of.
FEWEST_RANKED = 3
Statistic = Callable[[Floats], Floats]


@dataclass(frozen=True, eq=False)
class Falls:
    """Contacts that chance may put on some cells (people, months).

    Attributes:
        chances: the places they may fall on, each as often as it has chances: a month once for each of its days.
        count: how many contacts.
        amount: what each of them adds: 1, or its minutes.
    """

    chances: Ints
    count: int
    amount: float = 1.0

    @property
    def places(self) -> tuple[Ints, Floats]:
        """Each place once, and how likely it is."""
        places, times = np.unique(self.chances, return_counts=True)
        return places, times / len(self.chances)


def fallen(
    falls: Sequence[Falls], cells: int, statistics: Mapping[str, Statistic], rng: np.random.Generator, draws: int
) -> dict[str, Chance]:
    """Statistics of the totals of cells when contacts fall by chance.

    Args:
        falls: the contacts.
        cells: how many cells there are.
        statistics: name → function of totals (ways, cells) that gives one value for each way.
        rng: lets them fall.
        draws: how many times, unless there are no more than 20,000 ways, which are then all gone through.

    Returns:
        Name → Chance; ways in which the statistic is undefined are left out.

    >>> anywhere = Falls(np.array([0, 1]), 2)
    >>> found = fallen([anywhere], 2, {"most": lambda totals: totals.max(axis=1)}, np.random.default_rng(1), 99)
    >>> found["most"].exact, found["most"].mean
    (True, 1.5)
    """
    if draws < 1:
        raise ValueError(f"there must be one draw at least, not {draws}")
    exact = prod(len(fall.places[0]) ** fall.count for fall in falls) <= MOST_LISTED
    values: dict[str, list[Floats]] = {name: [] for name in statistics}
    weights: list[Floats] = []
    for totals, likely in _listed(falls, cells) if exact else _drawn(falls, cells, rng, draws):
        weights.append(likely)
        for name, statistic in statistics.items():
            values[name].append(statistic(totals))
    all_weights = np.concatenate(weights)
    found = {}
    for name, parts in values.items():
        all_values = np.concatenate(parts)
        known = ~np.isnan(all_values)
        likely = all_weights[known]
        found[name] = Chance(all_values[known], likely / max(float(likely.sum()), SAME), exact)
    return found


def _listed(falls: Sequence[Falls], cells: int) -> Iterator[tuple[Floats, Floats]]:
    """Every way, contact by contact, and how likely it is."""
    single = [(*fall.places, fall.amount) for fall in falls for _ in range(fall.count)]
    totals, weights = [], []
    for way in product(*(range(len(places)) for places, *_ in single)):
        total, likely = np.zeros(cells), 1.0
        for (places, shares, amount), at in zip(single, way, strict=True):
            total[places[at]] += amount
            likely *= float(shares[at])
        totals.append(total)
        weights.append(likely)
    yield np.array(totals), np.array(weights)


def _drawn(falls: Sequence[Falls], cells: int, rng: np.random.Generator, draws: int) -> Iterator[tuple[Floats, Floats]]:
    amounts = np.repeat([fall.amount for fall in falls], [fall.count for fall in falls])
    for start in range(0, draws, AT_ONCE):
        many = min(AT_ONCE, draws - start)
        hit = [fall.chances[rng.integers(len(fall.chances), size=(many, fall.count))] for fall in falls]
        places = np.concatenate(hit, axis=1) + cells * np.arange(many)[:, None]
        totals = np.bincount(places.ravel(), np.tile(amounts, many), many * cells).astype(float)
        yield totals.reshape(many, cells), np.full(many, 1 / draws)


def evenness_test(
    who: npt.ArrayLike, could: Bools, amounts: npt.ArrayLike, rng: np.random.Generator, draws: int = DRAWS
) -> dict[str, PermutationTest]:
    """Whether contact is spread more unevenly over people than if each contact had fallen on anybody.

    Formula:
        Gini with small-sample correction, HHI and effective number of the totals by person, beside their values when
        every contact, with its minutes, goes to somebody drawn from all who could have been seen on its day.

    Args:
        who: for each of K contacts, which of N people.
        could: (K, N) who could have been seen on the day of the contact.
        amounts: what each contact adds: 1, or its minutes.
        rng: draws who is seen.
        draws: how many times, unless there are no more than 20,000 ways, which are then all gone through.

    Returns:
        `gini`, `hhi`, `effective_number` → PermutationTest.

    Undefined when:
        there are fewer than two people (too_few_nodes) or no contacts (no_contact).
    Small n:
        much of a raw value is chance: 40 contacts spread at random over 12 people have a Gini of .3.
    Reference:
        The measures: sna.metrics.concentration. Chance: docs/methods.md.

    >>> found = evenness_test([0, 0, 0], np.ones((3, 2), dtype=bool), [1, 1, 1], np.random.default_rng(1))
    >>> found["gini"].observed, found["gini"].p_high
    (1.0, 0.25)
    """
    adds, people = np.asarray(amounts, dtype=float), np.asarray(who, dtype=np.int64)
    n = could.shape[1]
    if n < 2 or not adds.sum():
        reason = "too_few_nodes" if n < 2 else "no_contact"
        return {name: PermutationTest(float("nan"), None, ON_ANYBODY, reason) for name in EVENNESS}
    totals = np.asarray(np.bincount(people, weights=adds, minlength=n), dtype=float)
    # Contacts with as many minutes, on days on which the same people were there, fall alike.
    _, first, days = np.unique(np.packbits(could, axis=1), axis=0, return_index=True, return_inverse=True)
    kinds, alike = np.unique(np.column_stack([days.ravel(), adds]), axis=0, return_counts=True)
    falls = []
    for (day, amount), count in zip(kinds.tolist(), alike.tolist(), strict=True):
        there = np.flatnonzero(could[first[int(day)]])
        falls.append(Falls(there, count, amount))
    chance = fallen(falls, n, EVENNESS, rng, draws)
    return {name: PermutationTest(float(of(totals)), chance[name], ON_ANYBODY) for name, of in EVENNESS.items()}


def steadiness_test(
    counts: npt.ArrayLike, days: npt.ArrayLike, rng: np.random.Generator, draws: int = DRAWS
) -> dict[str, PermutationTest]:
    """Whether contact is kept up from month to month, or comes in bursts.

    Formula:
        `variation`: the coefficient of variation of contacts per day of membership over the months, beside its value
        when every contact falls on any day of anybody's membership (a Poisson process given how many there were).
        `reached`: the share of people's months with contact, beside its value when each person's contacts, as many as
        they had, fall on any day of their membership.

    Args:
        counts: (N, T) contacts of each person in each month.
        days: (N, T) whole numbers: days on which each could have been seen.
        rng: draws the days.
        draws: how many times, unless there are no more than 20,000 ways, which are then all gone through.

    Returns:
        `variation` and `reached` → PermutationTest.

    Undefined when:
        there is nobody (too_few_nodes), no contact (no_contact), or only one month (no_variation).
    Small n:
        with few contacts even a steady stream looks uneven, and so does chance.
    Reference:
        Variation beside Poisson: Fisher, Thornton & Mackenzie (1922), Annals of Applied Biology 9:325–359,
        doi:10.1111/j.1744-7348.1922.tb05962.x.

    >>> found = steadiness_test([[2, 2, 2]], [[30, 30, 30]], np.random.default_rng(1))
    >>> found["variation"].observed, found["reached"].observed, round(found["reached"].p_high, 6)
    (0.0, 1.0, 0.740741)
    """
    seen, there = np.asarray(counts, dtype=float), np.asarray(days, dtype=float)
    exposed = there.sum(axis=0)
    reason = (
        "too_few_nodes"
        if not there.any(axis=1).any()
        else "no_contact"
        if not seen.any()
        else "no_variation"
        if (exposed > 0).sum() < 2
        else None
    )
    if reason is not None:
        return {name: PermutationTest(float("nan"), None, ON_ANY_DAY, reason) for name in ("variation", "reached")}
    months = np.arange(len(exposed))
    total = Falls(np.repeat(months, exposed.astype(np.int64)), int(seen.sum()))
    own = [
        Falls(person * len(months) + np.repeat(months, there[person].astype(np.int64)), int(seen[person].sum()))
        for person in np.flatnonzero(seen.sum(axis=1)).tolist()
    ]
    varies = fallen([total], len(exposed), {"variation": lambda totals: variation(totals, exposed)}, rng, draws)
    reach = fallen(
        own, seen.size, {"reached": lambda totals: reached(totals.reshape(-1, *seen.shape), there)}, rng, draws
    )
    return {
        "variation": PermutationTest(float(variation(seen.sum(axis=0), exposed)), varies["variation"], ON_ANY_DAY),
        "reached": PermutationTest(float(reached(seen, there)), reach["reached"], ON_ANY_DAY),
    }


@dataclass(frozen=True, eq=False)
class Change:
    """Contact in the second term beside the first.

    Attributes:
        ratio: contact in the second term for each contact in the first, in as many weeks; NaN with a `reason`.
        low, high: the 95 % interval: every ratio that a test at .05 does not reject. Infinite where nothing is.
        chance: how far from no change the people come when each one's change could be turned round; None with a reason.
        distance: how far they are.
        people: how many were there in both terms.
        reason: why there is no ratio.
    """

    ratio: float
    low: float
    high: float
    chance: Chance | None
    distance: float
    people: int
    reason: str | None = None

    @property
    def p(self) -> float:
        """How likely so large a change, up or down, is when nothing changed."""
        return float("nan") if self.chance is None else self.chance.p_at_least(self.distance)


def change_test(
    first: npt.ArrayLike,
    second: npt.ArrayLike,
    before: npt.ArrayLike,
    after: npt.ArrayLike,
    rng: np.random.Generator,
    draws: int = DRAWS,
) -> Change:
    """Whether people had less contact in the second term, or more, each compared with themselves.

    Formula:
        the ratio is `metrics.contact.change`. Under a ratio ρ each person's part n_i2 W_i1 / (W_i1 + W_i2) −
        ρ n_i1 W_i2 / (W_i1 + W_i2) is 0 on average, whatever their own rate; the test turns the signs of these parts
        round, person by person, and the interval holds every ρ it does not reject at .05.
        People are the units: a person's contacts may depend on one another, and vary more than chance alone would.

    Args:
        first, second, before, after: as `metrics.contact.change`.
        rng: turns signs.
        draws: how many times, unless 2^N is at most 20,000 (N ≤ 14): then every way is gone through.

    Returns:
        Change.

    Undefined when:
        nobody was there in both terms (one_term), or nobody who was had any contact in the first (no_contact).
    Small n:
        with fewer than six people whose contact says anything no change is beyond chance, and the interval has no ends.
    Reference:
        Hemerik, Goeman & Finos (2020), Journal of the Royal Statistical Society B 82:841–864, doi:10.1111/rssb.12369.

    >>> found = change_test([4] * 6, [1] * 6, [10] * 6, [10] * 6, np.random.default_rng(1))
    >>> found.ratio, found.p, found.low, found.high
    (0.25, 0.03125, 0.25, 0.25)
    """
    if draws < 1:
        raise ValueError(f"there must be one draw at least, not {draws}")
    there = (np.asarray(before, dtype=float) > 0) & (np.asarray(after, dtype=float) > 0)
    parts = change_parts(first, second, before, after)[:, there]
    people, ratio = int(there.sum()), change(first, second, before, after)
    if isnan(ratio):
        return Change(ratio, ratio, ratio, None, ratio, people, "no_contact" if people else "one_term")
    parts = parts[:, parts.any(axis=0)]
    n = parts.shape[1]
    exact = 2**n <= MOST_LISTED
    ways = np.arange(2**n)[:, None] >> np.arange(n) & 1 if exact else rng.integers(2, size=(draws, n))
    later, earlier = (ways @ part for part in parts)
    sums = parts.sum(axis=1)
    # A ratio is not rejected by a way of turning when it lies between the ratio of those who are turned and that of
    # the others: all intervals hold the observed ratio, and their ends give the interval without a search.
    ends = np.array([_quotient(later, earlier), _quotient(sums[0] - later, sums[1] - earlier)])
    none = np.isnan(ends).any(axis=0)
    lows, highs = np.where(none, 0.0, ends.min(axis=0)), np.where(none, inf, ends.max(axis=0))
    at = floor(ALPHA * len(ways) + SAME) if exact else floor(ALPHA * (draws + 1) - 1 + SAME)
    low, high = (0.0, inf) if at < 0 else (float(np.sort(lows)[at]), float(np.sort(highs)[::-1][at]))
    turned = np.abs((sums[0] - sums[1]) - 2 * (later - earlier))
    chance = Chance(turned, np.full(len(turned), 1 / len(turned)), exact)
    return Change(ratio, min(low, ratio), max(high, ratio), chance, abs(float(sums[0] - sums[1])), people)


def _quotient(above: Floats, below: Floats) -> Floats:
    """above / below, infinite where only `below` is 0, NaN where both are."""
    with np.errstate(divide="ignore", invalid="ignore"):
        near = np.where(np.abs(above) < SAME, 0.0, above), np.where(np.abs(below) < SAME, 0.0, below)
        return np.asarray(near[0] / near[1], dtype=float)


def need_test(
    contact: npt.ArrayLike, need: npt.ArrayLike, rng: np.random.Generator, draws: int = DRAWS
) -> PermutationTest:
    """Whether people who need more support get more contact.

    Formula:
        `metrics.contact.rank_correlation` over people of whom both are known, beside its values when need is shuffled.

    Args:
        contact: N numbers, such as contacts per week of membership.
        need: N numbers, more where more support is needed.
        rng: shuffles.
        draws: how many times, unless N! is at most 20,000 (N ≤ 7): then every order is gone through.

    Returns:
        PermutationTest.

    Undefined when:
        fewer than three people are known (too_few_nodes), or either is the same for all of them (no_variation).
    Small n:
        with four people no p below 1/24 on one side.
    Reference:
        Spearman (1904), American Journal of Psychology 15:72–101, doi:10.2307/1412159.

    >>> test = need_test([1, 2, 3, 9], [1, 2, 4, 5], np.random.default_rng(1))
    >>> test.observed, round(test.p_high, 6)
    (1.0, 0.041667)
    """
    if draws < 1:
        raise ValueError(f"there must be one draw at least, not {draws}")
    x, y = np.asarray(contact, dtype=float), np.asarray(need, dtype=float)
    known = ~(np.isnan(x) | np.isnan(y))
    x, y = x[known], y[known]
    n = len(x)
    if n < FEWEST_RANKED:
        return PermutationTest(float("nan"), None, ANY_NEED, "too_few_nodes")
    observed = float(rank_correlation(x, y))
    if isnan(observed):
        return PermutationTest(observed, None, ANY_NEED, "no_variation")
    exact = factorial(min(n, 20)) <= MOST_LISTED
    orders = (
        np.array(list(permutations(range(n)))) if exact else rng.permuted(np.tile(np.arange(n), (draws, 1)), axis=1)
    )
    # Shuffled numbers have the same ranks, shuffled.
    ranked, shuffled = centred_ranks(x), centred_ranks(y)
    values = shuffled[orders] @ ranked / np.sqrt((ranked @ ranked) * (shuffled @ shuffled))
    return PermutationTest(observed, Chance(values, np.full(len(values), 1 / len(values)), exact), ANY_NEED)


__all__ = ["Change", "Falls", "change_test", "evenness_test", "fallen", "need_test", "steadiness_test"]
