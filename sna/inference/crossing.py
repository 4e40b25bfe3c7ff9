"""Do ties cross between groups more or less than if the same groups held other people? Shuffled labels, on arrays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from math import comb, prod

import numpy as np
import pandas as pd

from sna.inference.chance import DRAWS, MOST_LISTED, Chance
from sna.inference.permutation import PermutationTest
from sna.metrics.cells import present
from sna.metrics.frames import Codes, group_codes
from sna.metrics.support import share_across
from sna.networks.network import Network

NULL = "the same ties, people shuffled among the groups with those who answered alike"
# Ties looked at at once.
AT_ONCE = 2_000_000


def crossing(network: Network, group: pd.Series[str], rng: np.random.Generator, draws: int = DRAWS) -> PermutationTest:
    """Whether the share of ties from another group differs from what it would be if the groups held other people.

    Formula:
        `metrics.support.share_across`. People who answered are shuffled among the groups of those who answered, and
        the others among the groups of the others: partners who were not asked can be named only, and stay so.
    Direction and strength:
        The same on the turned network. Strength not used.

    Args:
        network: one relation in one wave, n people; its ties stay where they are.
        group: text indexed by actor_id; null where not stated. Those people keep having no group.
        rng: shuffles who is in which group.
        draws: how many times, unless there are no more than 20,000 different ways, which are then all gone through.

    Returns:
        PermutationTest.

    Undefined when:
        no tie joins two people whose groups are stated (no_ties), or fewer than two groups are stated (one_group).
    Small n:
        two groups of three people can be mixed in 20 ways: no p below .05 on one side.
    Reference:
        Krackhardt & Stern (1988), Social Psychology Quarterly 51:123–140, doi:10.2307/2786835.

    >>> ties = [("a", "b"), ("b", "a"), ("c", "d"), ("d", "c")]
    >>> sides = pd.Series({"a": "x", "b": "x", "c": "y", "d": "y"})
    >>> test = crossing(Network.from_ties(list("abcd"), ties), sides, np.random.default_rng(1))
    >>> test.observed, round(test.p_low, 4)
    (0.0, 0.3333)
    """
    if draws < 1:
        raise ValueError(f"there must be one draw at least, not {draws}")
    codes = group_codes(network, group)
    if len(np.unique(codes[codes >= 0])) < 2:
        return PermutationTest(float("nan"), None, NULL, "one_group")
    observed = share_across(network, group)
    if np.isnan(observed):
        return PermutationTest(observed, None, NULL, "no_ties")
    ego, alter = present(network)
    kept = (codes[ego] >= 0) & (codes[alter] >= 0)
    ego, alter = ego[kept], alter[kept]
    alike = [np.flatnonzero((codes >= 0) & which) for which in (network.answered, ~network.answered)]
    exact = prod(_ways(codes[people]) for people in alike) <= MOST_LISTED
    many = max(1, AT_ONCE // max(len(ego), len(codes)))
    orders = _every_order(codes, alike, many) if exact else _drawn(codes, alike, rng, draws, many)
    found = np.concatenate([np.mean(order[:, ego] != order[:, alter], axis=1) for order in orders])
    return PermutationTest(observed, Chance(found, np.full(len(found), 1 / len(found)), exact), NULL)


def _drawn(codes: Codes, alike: Sequence[Codes], rng: np.random.Generator, draws: int, many: int) -> Iterator[Codes]:
    """Shuffled groups, orders × people, some at a time."""
    for start in range(0, draws, many):
        table = np.tile(codes, (min(many, draws - start), 1))
        for people in alike:
            table[:, people] = rng.permuted(table[:, people], axis=1)
        yield table


def _every_order(codes: Codes, alike: Sequence[Codes], many: int) -> Iterator[Codes]:
    """The same, every different order once."""
    first, second = (_arrangements(codes[people]) for people in alike)
    for start in range(0, len(first) * len(second), many):
        at = np.arange(start, min(start + many, len(first) * len(second)))
        table = np.tile(codes, (len(at), 1))
        table[:, alike[0]], table[:, alike[1]] = first[at // len(second)], second[at % len(second)]
        yield table


def _ways(codes: Codes) -> int:
    """In how many different orders these can stand."""
    ways, left = 1, len(codes)
    for size in np.unique(codes, return_counts=True)[1].tolist():
        ways *= comb(left, size)
        left -= size
    return ways


def _arrangements(codes: Codes) -> Codes:
    """Every different order of these, ways × places: for one group after the other, every choice of free places."""
    orders = np.full((1, len(codes)), -1, dtype=np.int64)
    free = np.arange(len(codes))[None, :]
    for code, size in zip(*(found.tolist() for found in np.unique(codes, return_counts=True)), strict=True):
        left = free.shape[1]
        chosen = np.array(list(combinations(range(left), size)), dtype=np.int64)
        rest = np.array([np.setdiff1d(np.arange(left), places) for places in chosen], dtype=np.int64)
        ways = len(chosen)
        places = free[:, chosen].reshape(len(orders) * ways, size)
        free = free[:, rest].reshape(len(orders) * ways, left - size)
        orders = orders.repeat(ways, axis=0)
        np.put_along_axis(orders, places, code, axis=1)
    return orders
