"""Nothing was found: would it have been? How likely planted experts show with these people, topics and names."""

from __future__ import annotations

import numpy as np

from sna.inference.chance import Chance
from sna.metrics.fixity import Counts, Nominations, within_topics

EXPERTS = 3
# Draws of planted experts: an error of the power of .022 at most. Of many people fewer, so that it takes a second.
DRAWS, FEWEST = 499, 99
MOST_NUMBERS = 20_000_000


def power(found: Nominations, chance: Chance, weight: float, rng: np.random.Generator, alpha: float = 0.05) -> float:
    """How likely concentration would have been found, had a few people been so much likelier to be named.

    Formula:
        the share of draws in which P_A(T̄* ≥ T̄) ≤ α. In each, three nominees drawn by lot are the experts on all
        topics; everybody names as many people as they did on each topic, one after the other, an expert `weight` times
        as likely as anybody else who is left.

    Args:
        found: who named whom: who answered, how many names each gave on each topic and whom they could have named.
        chance: T̄ of null A for the same people and names (`Fixity.no_experts`).
        weight: how many times as likely an expert is named.
        rng: draws the experts and the names.
        alpha: from which p on nothing is found.

    Returns:
        0–1, to within .045 nineteen times in twenty (.1 among hundreds of people).

    Undefined when:
        there are no more than three nominees: all could be experts.
    Reference:
        The planted experts are those of docs/simulations.md.
    """
    if len(found.nominees) <= EXPERTS:
        return float("nan")
    draws = int(np.clip(MOST_NUMBERS / max(found.named.size, 1), FEWEST, DRAWS))
    planted = within_topics(draw_experts(found, weight, rng, draws))
    return float(np.mean([chance.p_at_least(float(value)) <= alpha for value in planted]))


def draw_experts(found: Nominations, weight: float, rng: np.random.Generator, draws: int) -> Counts:
    """(draws, T, N): how often each is named when three of them, others in each draw, are experts on all topics.

    Whoever has the shortest of waiting times, an expert's `weight` times as short, comes first: names drawn one after
    the other (Efraimidis & Spirakis (2006), Information Processing Letters 97:181–185, doi:10.1016/j.ipl.2005.11.003).
    """
    topics, people, n = found.named.shape
    chances = np.ones((draws, n))
    experts = np.argpartition(rng.random((draws, n)), EXPERTS - 1, axis=1)[:, :EXPERTS]
    chances[np.arange(draws)[:, None], experts] = weight
    counts = np.zeros((draws, topics, n), dtype=np.int64)
    for topic in range(topics):
        for person in range(people):
            names, could = int(found.named[topic, person].sum()), np.flatnonzero(found.open[topic, person])
            if names:
                waits = rng.standard_exponential((draws, len(could))) / chances[:, could]
                first = np.argpartition(waits, names - 1, axis=1)[:, :names]
                counts[np.arange(draws)[:, None], topic, could[first]] += 1
    return counts
