"""How likely two people are to be at as many events together, when nothing but their own and the events' sums counts.

Two of the three models by which shared attendance is judged; the third, which keeps all sums exactly, has to be drawn
from (sna.inference.curveball). They look at events for which both people were eligible.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import gammaln

from sna.metrics.free_cells import Integers, fixed_by_sums, free_cells
from sna.networks.network import Bools, Floats

CLOSE = 1e-12
MOST_ROUNDS = 100_000
# So many numbers of one table of tails are worked on at a time.
AT_ONCE = 200_000


@dataclass(frozen=True, eq=False)
class Bicm:
    """How likely each person is to be at each event: people and events that are alike share a row or column.

    Attributes:
        person: n numbers: the row of each person in `chance`.
        event: m numbers: the column of each event.
        chance: (rows, columns), 0–1.
        rounds: how often the equations were gone through until they held.
    """

    person: Integers
    event: Integers
    chance: Floats
    rounds: int

    @property
    def cells(self) -> Floats:
        """n × m."""
        return np.asarray(self.chance[self.person][:, self.event], dtype=float)


def bicm(present: Bools, eligible: Bools | None = None) -> Bicm:
    """The chances that say nothing but how often everybody came and how full every event was, on average.

    Formula:
        p_ik = x_i y_k / (1 + x_i y_k), Σ_k p_ik = events i came to, Σ_i p_ik = people at k (bipartite configuration
        model). A cell that is the same in every table with these sums has that value; 0 where i was not eligible.

    Args:
        present: n × m, nobody where they were not eligible.
        eligible: n × m; None: everybody could have come to everything.

    Reference:
        Saracco, Di Clemente, Gabrielli & Squartini (2015), Scientific Reports 5:10595, doi:10.1038/srep10595; for who
        could not have come: Neal & Neal (2024), Complex Networks & Their Applications XII, 127–136,
        doi:10.1007/978-3-031-53468-3_11.

    >>> bicm(np.array([[1, 1, 0], [1, 0, 1]], dtype=bool)).cells.round(3).tolist()
    [[1.0, 0.5, 0.5], [1.0, 0.5, 0.5]]
    """
    if eligible is None or bool(eligible.all()):
        return bicm_of_sums(present.sum(axis=1), present.sum(axis=0))
    person, some = _alike(eligible, present.sum(axis=1))
    event, these = _alike(eligible.T, present.sum(axis=0))
    free = free_cells(present, eligible).cells[np.ix_(some, these)]
    fixed = np.where(free, np.nan, present[np.ix_(some, these)])
    rows, columns = present.sum(axis=1)[some], present.sum(axis=0)[these]
    return _model(person, event, fixed, rows, columns)


def _alike(eligible: Bools, sums: Integers) -> tuple[Integers, Integers]:
    """People with the same sum who could have come to the same events: a number for each, and one person of each."""
    keys = np.column_stack([np.packbits(eligible, axis=1), sums.astype(">u4").view(np.uint8).reshape(len(sums), 4)])
    _, some, alike = np.unique(keys, axis=0, return_index=True, return_inverse=True)
    return np.asarray(alike, dtype=np.int64).ravel(), np.asarray(some, dtype=np.int64)


def bicm_of_sums(attended: npt.ArrayLike, sizes: npt.ArrayLike) -> Bicm:
    """The same from the sums alone, when everybody could have come to everything.

    Args:
        attended: n: how many events each person came to.
        sizes: m: how many people came to each event.

    Raises:
        ValueError: the two do not add up to the same.
    """
    rows, person, people = np.unique(np.asarray(attended, np.int64), return_inverse=True, return_counts=True)
    columns, event, events = np.unique(np.asarray(sizes, np.int64), return_inverse=True, return_counts=True)
    if rows @ people != columns @ events:
        raise ValueError(f"people came {rows @ people} times, events had {columns @ events} people")
    return _model(person, event, fixed_by_sums(rows, people, columns, events), rows, columns)


def _model(person: Integers, event: Integers, fixed: Floats, rows: Integers, columns: Integers) -> Bicm:
    """Solve for the cells that are NaN in `fixed`; a row stands for all people of its number, a column for events."""
    free = np.isnan(fixed)
    chance = np.where(free, 0.0, fixed)
    people, events = (np.bincount(held).astype(np.float64) for held in (person, event))
    own, full = np.asarray(rows - chance @ events, float), np.asarray(columns - people @ chance, float)
    some, these = np.flatnonzero(free.any(axis=1)), np.flatnonzero(free.any(axis=0))
    part = free[np.ix_(some, these)].astype(float)
    solved, rounds = _solve(part, own[some], people[some], full[these], events[these])
    chance[np.ix_(some, these)] += solved
    return Bicm(person, event, chance, rounds)


def _solve(free: Floats, own: Floats, people: Floats, full: Floats, events: Floats) -> tuple[Floats, int]:
    """x ← own / Σ y / (1 + x y), and the same for y, until neither moves."""
    all_ = max(float(np.sqrt(own @ people)), 1.0)
    x, y, rounds, moved = own / all_, full / all_, 0, np.inf
    while moved > CLOSE and rounds < MOST_ROUNDS:
        before = x, y
        x = own / ((free / (1.0 + np.outer(x, y))) @ (events * y))
        y = full / ((people * x) @ (free / (1.0 + np.outer(x, y))))
        moved = max(float(np.abs(now / old - 1.0).max(initial=0.0)) for now, old in zip((x, y), before, strict=True))
        rounds += 1
    odds = np.outer(x, y)
    return free * odds / (1.0 + odds), rounds


def sdsm_tail(model: Bicm, one: npt.ArrayLike, other: npt.ArrayLike, together: npt.ArrayLike) -> Floats:
    """How likely pairs are to be at as many events together, when everybody comes by their chance alone.

    Formula:
        P(Σ_k b_k ≥ together), b_k yes with the chance p_ik p_jk (Poisson-binomial), worked out exactly event by event.
        It depends on a pair only through the two rows of `model` and `together`.

    Args:
        model: who is where how likely.
        one, other: places of the two people of each pair.
        together: at how many events each pair was.

    Returns:
        As many shares, above 0 where it can be.

    Reference:
        Neal (2014), Social Networks 39:84–97, doi:10.1016/j.socnet.2014.06.001.

    >>> tossed = Bicm(np.array([0, 0]), np.array([0, 0]), np.array([[0.5]]), 0)
    >>> sdsm_tail(tossed, [0, 0, 0], [1, 1, 1], [0, 1, 2]).tolist()
    [1.0, 0.4375, 0.0625]
    """
    first, second = model.person[np.asarray(one, np.intp)], model.person[np.asarray(other, np.intp)]
    counted = np.asarray(together, dtype=np.int64)
    rows = len(model.chance)
    keys, which = np.unique(np.minimum(first, second) * rows + np.maximum(first, second), return_inverse=True)
    most = np.zeros(len(keys), dtype=np.int64)
    np.maximum.at(most, which, counted)
    start, tails = class_tails(model, keys // rows, keys % rows, most)
    return np.asarray(tails[start[which] + counted], dtype=float)


def class_tails(model: Bicm, one: Integers, other: Integers, most: Integers) -> tuple[Integers, Floats]:
    """The same for pairs of rows of `model.chance`, for every number of events up to `most`.

    Returns:
        Where each pair's numbers begin, and the numbers: P(at 0 events or more), P(1 or more), … P(`most` or more).
    """
    start = np.concatenate([[0], np.cumsum(most + 1)])
    tails = np.empty(start[-1])
    order = np.argsort(most, kind="stable")
    begin = 0
    while begin < len(order):
        # Pairs with about as much to work out go together; the last of them has most.
        end = begin + 1
        while end < len(order) and (end + 1 - begin) * (most[order[end]] + 1) <= AT_ONCE:
            end = min(end + max((end - begin) // 8, 1), len(order))
        these = order[begin:end]
        found = _tails(model, one[these], other[these], int(most[these[-1]]))
        for counted, tail in enumerate(found):
            far = these[most[these] >= counted]
            tails[start[far] + counted] = tail[len(these) - len(far) :]
        begin = end
    return start[:-1], tails


def _tails(model: Bicm, one: Integers, other: Integers, most: int) -> Floats:
    """(most + 1, pairs): P(X ≥ 0), …, P(X ≥ most); X counts events to which both come."""
    likely = np.zeros((most + 1, len(one)))
    likely[0] = 1.0
    for column, events in zip(model.chance.T.copy(), np.bincount(model.event).tolist(), strict=True):
        yes = column[one] * column[other]
        if not yes.any():
            continue
        no = 1.0 - yes
        for _ in range(events):
            moved = likely[:-1] * yes
            # In the last row are all that have reached `most`, and there they stay.
            likely[:-1] *= no
            likely[1:] += moved
    return np.minimum(np.cumsum(likely[::-1], axis=0)[::-1], 1.0)


def hypergeometric_tail(
    together: npt.ArrayLike, events: npt.ArrayLike, one: npt.ArrayLike, other: npt.ArrayLike
) -> Floats:
    """How likely two people are to be at as many events together, if each chose theirs blindly among all.

    Formula:
        P(X ≥ together), X hypergeometric: `other` events drawn from `events`, of which one came to `one`.

    Args:
        together: events at which both were.
        events: events to which both could have come.
        one, other: how many of those each came to.

    Reference:
        Tumminello, Miccichè, Lillo, Piilo & Mantegna (2011), PLoS ONE 6:e17994, doi:10.1371/journal.pone.0017994.

    >>> hypergeometric_tail([6, 0], [14, 14], [8, 8], [7, 7]).round(6).tolist()
    [0.051282, 1.0]
    """
    both, all_, few, many = (np.asarray(values, dtype=np.int64) for values in (together, events, one, other))
    base = max(int(values.max(initial=0)) for values in (both, all_, few, many)) + 1
    keys, which = np.unique(((both * base + all_) * base + few) * base + many, return_inverse=True)
    counted, all_, few, many = (keys // base**power % base for power in (3, 2, 1, 0))
    few, many = np.minimum(few, many), np.maximum(few, many)
    tail = np.zeros(len(keys))
    for more in range(int(few.max(initial=0)) + 1):
        x = counted + more
        there = np.flatnonzero((x <= few) & (many - x <= all_ - few))
        a, n, d, e = x[there], all_[there], few[there], many[there]
        log = _ways(d, a) + _ways(n - d, e - a) - _ways(n, e)
        tail[there] += np.exp(log)
    return np.minimum(np.where(counted <= 0, 1.0, tail), 1.0)[which]


def _ways(n: Integers, k: Integers) -> Floats:
    """The logarithm of the number of ways to choose k of n."""
    return np.asarray(gammaln(n + 1.0) - gammaln(k + 1.0) - gammaln(n - k + 1.0), dtype=float)
