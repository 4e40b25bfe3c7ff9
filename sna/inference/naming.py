"""Nominations as chance would have them, given who answered and how many names each gave: three nulls.

Counts are held as (draws, T, N): in each draw how often each of N nominees is named on each of T topics.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, permutations, product
from math import comb, factorial, prod

import numpy as np
import numpy.typing as npt

from sna.inference.chance import MOST_LISTED
from sna.metrics.fixity import Counts, Nominations
from sna.networks.network import Bools

Places = npt.NDArray[np.int64]
# Every pair of topics trades so many times before a draw is taken, beginning from what was said.
SWEEPS = 4


def draw_no_experts(found: Nominations, rng: np.random.Generator, draws: int) -> Counts:
    """Null A: on each topic everybody draws as many names as they gave, from all whom they could have named.

    Args:
        found: who named whom.
        rng: draws the names.
        draws: how many times.

    Returns:
        (draws, T, N).
    """
    topics, people, n = found.named.shape
    counts = np.zeros((draws, topics, n), dtype=np.int64)
    for topic in range(topics):
        for person in range(people):
            names, could = int(found.named[topic, person].sum()), np.flatnonzero(found.open[topic, person])
            if names:
                chosen = could[_some_of(len(could), names, rng, draws)]
                np.add.at(counts[:, topic], (np.arange(draws)[:, None], chosen), 1)
    return counts


def _some_of(n: int, k: int, rng: np.random.Generator, draws: int) -> Places:
    """(draws, k) different numbers below n, every set as likely as any other."""
    if k * k > n:
        return np.argpartition(rng.random((draws, n)), k - 1, axis=1)[:, :k]
    found = rng.integers(n, size=(draws, k))
    again = np.arange(draws)
    while len(again):
        ordered = np.sort(found[again], axis=1)
        again = again[(ordered[:, 1:] == ordered[:, :-1]).any(axis=1)]
        found[again] = rng.integers(n, size=(len(again), k))
    return found


def draw_topic_blind(found: Nominations, rng: np.random.Generator, draws: int) -> list[tuple[Places, Bools]]:
    """Null B: everybody names the same people as often and as many on each topic as they did, no matter on which topic.

    Each person's topics × nominees are shuffled by trades between pairs of topics (curveball): what one topic has and
    the other has not is dealt out anew, so many to each as before. Both margins hold exactly in every draw. Cells that
    are not known stay out.

    Args:
        found: who named whom.
        rng: deals the names.
        draws: how many times.

    Returns:
        For each respondent the places of the nominees who may change, and (draws, T, nominees) booleans.

    Reference:
        Strona, Nappo, Boccacci, Fattorini & San-Miguel-Ayanz (2014), Nature Communications 5:4114,
        doi:10.1038/ncomms5114.
    """
    dealt = []
    pairs = list(combinations(range(found.named.shape[0]), 2))
    for person in range(found.named.shape[1]):
        named, known = found.named[:, person], found.open[:, person]
        times = named.sum(axis=0)
        moving = np.flatnonzero((times > 0) & (times < known.sum(axis=0)))
        held = np.repeat(named[None][:, :, moving], draws, axis=0)
        if len(moving) > 1:
            for _ in range(SWEEPS):
                for one, other in pairs:
                    _trade(held, one, other, (known[one] & known[other])[moving], rng)
        dealt.append((moving, held))
    return dealt


def _trade(held: Bools, one: int, other: int, both: Bools, rng: np.random.Generator) -> None:
    """Deal out anew what just one of two topics has, in every draw, as many to each as before."""
    apart = (held[:, one] ^ held[:, other]) & both
    left = apart.sum(axis=1)
    needed = (held[:, one] & apart).sum(axis=1)
    lots = rng.random(apart.shape, dtype=np.float32)
    for place in np.flatnonzero(apart.any(axis=0)).tolist():
        free = apart[:, place]
        # Of those left, as many are still needed: each is taken with that chance.
        taken = free & (lots[:, place] * left < needed)
        held[:, one, place] = np.where(free, taken, held[:, one, place])
        held[:, other, place] = np.where(free, ~taken, held[:, other, place])
        needed -= taken
        left -= free


def topic_blind_counts(found: Nominations, dealt: list[tuple[Places, Bools]], draws: int) -> Counts:
    """The counts of `draw_topic_blind`: (draws, T, N)."""
    counts = np.repeat(found.counts[None], draws, axis=0)
    for person, (moving, held) in enumerate(dealt):
        if len(moving):
            counts[:, :, moving] += held.astype(np.int64) - found.named[None, :, person][:, :, moving]
    return counts


def draw_unrelated(strata: Places, topics: int, rng: np.random.Generator, draws: int) -> Places:
    """Null C: within each topic nominees change places with others of their stratum, independently of other topics.

    Args:
        strata: N numbers; people change places with those of the same number only.
        topics: T.
        rng: deals the places.
        draws: how many times.

    Returns:
        (draws, T, N): the nominee whose nominations each person gets.
    """
    home = np.argsort(strata, kind="stable")
    keys = strata[None, None, :] + rng.random((draws, topics, len(strata)))
    given = np.empty(keys.shape, dtype=np.int64)
    given[:, :, home] = np.argsort(keys, axis=2)
    return given


def listed_no_experts(found: Nominations) -> list[dict[tuple[int, ...], int]] | None:
    """All members of null A, for each topic: counts of the nominees → in how many members they occur.

    None when a topic has more than `MOST_LISTED` members.
    """
    each = []
    for given, could in zip(found.named, found.open, strict=True):
        names, places = given.sum(axis=1).tolist(), [np.flatnonzero(row).tolist() for row in could]
        if prod(comb(len(may), k) for may, k in zip(places, names, strict=True)) > MOST_LISTED:
            return None
        each.append(_sums([list(combinations(may, k)) for may, k in zip(places, names, strict=True)], given.shape[1]))
    return each


def _sums(choices: list[list[tuple[int, ...]]], n: int) -> dict[tuple[int, ...], int]:
    """The counts of n places when everybody takes one of their choices → in how many ways they come about."""
    ways = {(0,) * n: 1}
    for options in choices:
        more: dict[tuple[int, ...], int] = {}
        for counts, times in ways.items():
            for taken in options:
                raised = list(counts)
                for place in taken:
                    raised[place] += 1
                more[tuple(raised)] = more.get(tuple(raised), 0) + times
        ways = more
    return ways


def listed_topic_blind(found: Nominations) -> list[Counts] | None:
    """The counts (T, N) of all members of null B; None when there are more than `MOST_LISTED`."""
    choices: list[list[Bools]] = []
    for person in range(found.named.shape[1]):
        choices.append([])
        for rows in _same_margins(found.named[:, person], found.open[:, person]):
            choices[-1].append(rows)
            if prod(len(options) for options in choices) > MOST_LISTED:
                return None
    return [np.sum(members, axis=0, dtype=np.int64) for members in product(*choices)]


def _same_margins(named: Bools, known: Bools) -> Iterator[Bools]:
    """Every topics × nominees with the margins of this one and nothing where cells are not known."""
    topics, n = named.shape
    left = named.sum(axis=0)

    def onward(topic: int, left: Counts) -> Iterator[list[tuple[int, ...]]]:
        if topic == topics:
            yield []
            return
        # Whoever is to be named on each of the topics that are left must be named on this one.
        must = left == known[topic:].sum(axis=0)
        may = np.flatnonzero(known[topic] & (left > 0)).tolist()
        for chosen in combinations(may, int(named[topic].sum())):
            taken = np.zeros(n, dtype=np.int64)
            taken[list(chosen)] = 1
            if not (must & (left > 0) & (taken == 0)).any():
                yield from ([chosen, *rest] for rest in onward(topic + 1, left - taken))

    for rows in onward(0, left):
        made = np.zeros((topics, n), dtype=bool)
        for topic, chosen in enumerate(rows):
            made[topic, list(chosen)] = True
        yield made


def listed_unrelated(counts: Counts, strata: Places) -> list[Counts] | None:
    """The pooled counts (N) of all members of null C; None when there are more than `MOST_LISTED`.

    Only how topics stand to one another matters: the first stays as it is.
    """
    sizes = np.unique(strata, return_counts=True)[1].tolist()
    orders = prod(factorial(size) for size in sizes)
    if orders ** (len(counts) - 1) > MOST_LISTED:
        return None
    inside = [np.flatnonzero(strata == one) for one in np.unique(strata)]
    moves = []
    for those in product(*(permutations(places.tolist()) for places in inside)):
        move = np.arange(counts.shape[1])
        for places, order in zip(inside, those, strict=True):
            move[places] = order
        moves.append(move)
    others = product(moves, repeat=len(counts) - 1)
    return [counts[0] + sum(row[move] for row, move in zip(counts[1:], chosen, strict=True)) for chosen in others]
