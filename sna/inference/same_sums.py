"""All tables in which everybody comes as often, and every event is as full, as was observed; or draws from them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import comb, prod

import numpy as np
import numpy.typing as npt

from sna.inference.chance import MOST_LISTED, Chance
from sna.inference.curveball import Words, counted, packed, shuffled
from sna.metrics.free_cells import free_cells
from sna.networks.network import Bools

Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class SameSums:
    """Tables of people × events with the same sums.

    Attributes:
        words: (n, tables, words): 64 events in each word.
        exact: all such tables are there; else they are draws.
        fixed: no cell can change: there is no other table.
    """

    words: Words
    exact: bool
    fixed: bool

    def together(self, one: int, others: npt.ArrayLike) -> npt.NDArray[np.int16]:
        """(others, tables): at how many events a person was with each of some others."""
        return counted(self.words[one] & self.words[np.asarray(others, dtype=np.intp)])

    def chance(self, one: int, other: int) -> Chance:
        """At how many events two people are together."""
        values = self.together(one, [other])[0].astype(float)
        return Chance(values, np.full(len(values), 1 / len(values)), self.exact)


@dataclass(frozen=True, eq=False)
class _Ways:
    """What one person can do in one case: the events they are at (ways, m), and the case of the next person."""

    chosen: Bools
    onward: npt.NDArray[np.intp]


def same_sums(present: Bools, eligible: Bools, rng: np.random.Generator, draws: int) -> SameSums:
    """Tables with the sums of `present` and with nobody where they were not eligible.

    Args:
        present: n × m, nobody where they were not eligible.
        eligible: n × m.
        rng: draws the tables.
        draws: how many, unless there are no more than 20,000 tables, which are then all listed.
    """
    if draws < 1:
        raise ValueError(f"there must be one draw at least, not {draws}")
    found = free_cells(present, eligible)
    parts = [found.cells & (found.rows == part)[:, None] for part in range(found.parts)]
    lists = [listed(present, free) for free in parts]
    if all(one is not None for one in lists) and prod(len(one) for one in lists if one is not None) <= MOST_LISTED:
        words = packed(present)[:, None]
        for one in lists:
            if one is not None:
                # Each of the tables so far with each of the tables of this part.
                more = np.stack([packed(table) for table in one], axis=1) ^ packed(present)[:, None]
                words = (words[:, :, None] ^ more[:, None]).reshape(len(present), -1, words.shape[2])
        return SameSums(words, True, not parts)
    words = np.repeat(packed(present)[:, None], draws, axis=1)
    for free, one in zip(parts, lists, strict=True):
        drawn = shuffled(present, free, rng, draws) if one is None else _some_of(one, rng, draws)
        words ^= drawn ^ packed(present)[:, None]
    return SameSums(words, False, False)


def _some_of(tables: Bools, rng: np.random.Generator, draws: int) -> Words:
    every = np.stack([packed(table) for table in tables], axis=1)
    return every[:, rng.integers(len(tables), size=draws)]


def listed(table: Bools, free: Bools, most: int = MOST_LISTED) -> Bools | None:
    """Every table with the sums of `table` that agrees with it outside `free`; None when there are more than `most`.

    Person by person: what matters of those before is only how many places each event has left. Where not everybody
    could come to everything, ways that lead nowhere may make it seem more than `most`.

    Returns:
        (tables, n, m).

    >>> listed(np.eye(3, dtype=bool), np.ones((3, 3), dtype=bool)).shape
    (6, 3, 3)
    """
    own = (table & free).sum(axis=1)
    order = sorted(np.flatnonzero(free.any(axis=1)).tolist(), key=lambda at: -comb(int(free[at].sum()), int(own[at])))
    cases, many = [(table & free).sum(axis=0)], [1]
    layers: list[list[_Ways]] = []
    for place, at in enumerate(order):
        later = order[place + 1 :]
        could, still = free[later].sum(axis=0), np.cumsum(np.sort(own[later])[::-1])
        number: dict[bytes, int] = {}
        following: list[Integers] = []
        paths: list[int] = []
        total = 0
        layers.append([])
        for left, ways in zip(cases, many, strict=True):
            chosen = _choices(left, free[at], could, int(own[at]), most)
            if chosen is None:
                return None
            rest = left - chosen
            # Those still to come must find room, whoever may be where (Gale, Ryser).
            fits = [np.minimum(rest, people).sum(axis=1) >= needed for people, needed in enumerate(still.tolist(), 1)]
            good = np.all(fits, axis=0) if fits else np.ones(len(rest), dtype=bool)
            onward = []
            for one in rest[good]:
                case = number.setdefault(one.tobytes(), len(number))
                if case == len(following):
                    following.append(one)
                    paths.append(0)
                paths[case] += ways
                onward.append(case)
            layers[-1].append(_Ways(chosen[good], np.array(onward, dtype=np.intp)))
            total += ways * len(onward)
            if total > most:
                return None
        cases, many = following, paths
    return _spelt_out(table & ~free, order, layers)


def _spelt_out(fixed: Bools, order: list[int], layers: list[list[_Ways]]) -> Bools:
    """Every way through the layers as a table."""
    found, case = fixed[None].copy(), np.zeros(1, dtype=np.intp)
    for at, ways in zip(order, layers, strict=True):
        begins = np.cumsum([0, *(len(way.onward) for way in ways)])
        chosen = np.concatenate([way.chosen for way in ways])
        onward = np.concatenate([way.onward for way in ways])
        each = np.diff(begins)[case]
        place = np.arange(each.sum()) - np.repeat(np.cumsum(each) - each, each) + np.repeat(begins[case], each)
        found = np.repeat(found, each, axis=0)
        found[:, at] |= chosen[place]
        case = onward[place]
    return found


def _choices(left: Integers, free: Bools, could: Integers, times: int, most: int) -> Bools | None:
    """(choices, m): every way to be at so many events that have places left, and at those that need everybody."""
    needed = left > could
    open_ = np.flatnonzero(free & (left > 0) & ~needed)
    times -= int(needed.sum())
    if times < 0 or times > len(open_) or bool((needed & ~free).any()):
        return np.zeros((0, len(free)), dtype=bool)
    ways = comb(len(open_), times)
    if ways > most:
        return None
    chosen = np.array(list(combinations(open_.tolist(), times)), dtype=np.intp).reshape(ways, times)
    sets = np.repeat(needed[None], len(chosen), axis=0)
    sets[np.arange(len(chosen))[:, None], chosen] = True
    return sets
