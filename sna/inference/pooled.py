"""Several communities, each too small for a verdict of its own: their p-values put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from sys import float_info

import numpy as np
from scipy.special import ndtr, ndtri

from sna.inference.chance import SAME, Chance
from sna.inference.fixity import Fixity, label_of

FEWEST = 2


def stouffer(p: Sequence[float], people: Sequence[int]) -> float:
    """One p-value from those of the same one-sided test in communities that have nobody in common.

    Formula:
        Z = Σ w z / √Σ w², z = Φ⁻¹(1 − p), w = √people; p = 1 − Φ(Z).
    Direction and strength:
        a large community counts for more, by the root of how many people answered: with samples of different size
        this loses less power than equal weights.

    Args:
        p: above 0 and below 1; see `short_of_one`.
        people: who answered in each.

    Returns:
        0–1, never 0; NaN without communities.

    Small n:
        p-values of few people come in steps, and each step is given whole: the joint p-value is too high rather than
        too low. It says that the hypothesis does not hold in all communities, never of a single one that it does not;
        communities that point the other way count against it.
    Reference:
        Stouffer, Suchman, DeVinney, Star & Williams (1949), The American Soldier, vol. 1, Princeton University Press;
        weights: Whitlock (2005), Journal of Evolutionary Biology 18:1368–1373, doi:10.1111/j.1420-9101.2005.00917.x.

    >>> round(stouffer([0.05, 0.05], [10, 10]), 6), round(stouffer([0.2, 0.5], [9, 16]), 6)
    (0.010005, 0.306789)
    """
    if not len(p):
        return float("nan")
    weights = np.sqrt(np.asarray(people, dtype=float))
    z = weights @ ndtri(np.asarray(p, dtype=float)) / sqrt(float(weights @ weights))
    # Never 0, however many communities there are.
    return max(float(ndtr(z)), float_info.min)


def short_of_one(p: float, chance: Chance, observed: float) -> float:
    """A p-value that can be pooled: 1 becomes the middle of the last step, all others stay.

    A p of 1 says that nothing in the reference set is less extreme than what was observed, and would outweigh all other
    communities, however many there are. The last step runs from 1 − P(as observed) to 1; where chance can give one
    value only its middle is .5, so that a community that cannot tell says nothing either way.

    Args:
        p: of a one-sided test.
        chance: its reference set.
        observed: the statistic.

    >>> short_of_one(1.0, Chance(np.array([1.0, 2.0]), np.array([0.5, 0.5]), True), 1.0)
    0.75
    >>> short_of_one(1.0, Chance.drawn(np.full(99, 3.0)), 3.0)
    0.5
    """
    if p < 1 - SAME:
        return p
    alike = np.abs(chance.values - observed) <= SAME
    if chance.exact:
        return 1 - float(chance.weights[alike].sum()) / 2
    return 1 - float(np.count_nonzero(alike) + 1) / (len(chance.values) + 1) / 2


@dataclass(frozen=True)
class PooledFixity:
    """The three tests of fixed or by task over several communities: joint p-values, and what they say together.

    The label is of the communities as a whole: where some are of one kind and some of another it is `partly fixed`.
    """

    p_concentrated: float
    p_differs: float
    p_fixed: float
    label: str


def pooled_fixity(results: Sequence[Fixity]) -> PooledFixity | None:
    """The p-values of communities put together (`stouffer`); None with fewer than two that have any.

    Args:
        results: one for each community; those without p-values are left out.
    """
    people: list[int] = []
    each: tuple[list[float], list[float], list[float]] = ([], [], [])
    for one in results:
        if one.no_experts is None or one.topic_blind is None or one.unrelated is None:
            continue
        people.append(one.respondents)
        within, between = one.observed.within, one.observed.between
        each[0].append(short_of_one(one.p_concentrated, one.no_experts, within))
        each[1].append(short_of_one(one.p_differs, one.topic_blind, between))
        each[2].append(short_of_one(one.p_fixed, one.unrelated, between))
    if len(people) < FEWEST:
        return None
    concentrated, differs, fixed = (stouffer(values, people) for values in each)
    return PooledFixity(concentrated, differs, fixed, label_of(concentrated, differs, fixed))
