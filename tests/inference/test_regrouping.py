"""Groups made at random: full lists against a slow list, draws against full lists, histories against both."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pytest

from sna.inference import regrouping
from sna.inference.regrouping import divisions, history_by_chance, listed, repeats_by_chance
from tests.reference.slow_groups_made import all_rounds

SIZES = [(3, 3, 3), (2, 2, 2), (3, 2, 2), (2, 3, 2), (4, 1, 1), (5,), (3, 3, 2), (1, 1, 1)]


def as_sets(labels: np.ndarray) -> set[frozenset[frozenset[int]]]:
    found = [
        frozenset(frozenset(np.flatnonzero(row == group).tolist()) for group in set(row.tolist())) for row in labels
    ]
    assert len(set(found)) == len(found), "no division comes twice"
    return set(found)


@pytest.mark.parametrize("sizes", SIZES)
def test_every_division_is_listed_once(sizes):
    people = list(range(sum(sizes)))
    slow = {frozenset(map(frozenset, groups)) for groups in all_rounds(people, sizes)}
    assert as_sets(listed(sizes)) == slow
    assert len(slow) == divisions(sizes)


@pytest.mark.parametrize("sizes", [(3, 3, 3), (3, 2, 2), (2, 3, 2)])
def test_chance_is_that_of_the_slow_list(sizes):
    n = sum(sizes)
    rng = np.random.default_rng(3)
    met = np.triu(rng.random((n, n)) < 0.4, 1)
    met = met | met.T
    slow = [
        sum(bool(met[pair]) for group in groups for pair in combinations(group, 2))
        for groups in all_rounds(list(range(n)), sizes)
    ]
    chance = repeats_by_chance(met, sizes, rng)
    assert chance.exact
    assert sorted(chance.values.tolist()) == sorted(slow)
    seats = sum(size * (size - 1) // 2 for size in sizes)
    assert chance.mean == pytest.approx(seats * met.sum() / (n * (n - 1)))
    assert chance.p_at_least(max(slow)) == pytest.approx(slow.count(max(slow)) / len(slow))


def test_draws_are_spread_as_the_list_is(monkeypatch):
    met = np.zeros((8, 8), dtype=bool)
    met[:4, :4] = True
    np.fill_diagonal(met, False)
    exact = repeats_by_chance(met, (3, 3, 2), np.random.default_rng(1))
    monkeypatch.setattr(regrouping, "MOST_LISTED", 1)
    drawn = repeats_by_chance(met, (3, 3, 2), np.random.default_rng(1))
    assert (exact.exact, drawn.exact) == (True, False)
    assert drawn.mean == pytest.approx(exact.mean, abs=4 * exact.sd / np.sqrt(len(drawn.values)))
    assert drawn.sd == pytest.approx(exact.sd, rel=0.06)
    assert 0 < drawn.p_at_least(100) < 0.001


def slow_history(occasions):
    """Every history: how many pairs sit together who did so on an earlier occasion."""
    found = []
    for history in product(*(list(all_rounds(list(there), sizes)) for there, sizes in occasions)):
        seen: set[frozenset[int]] = set()
        again = 0
        for groups in history:
            pairs = {frozenset(pair) for group in groups for pair in combinations(group, 2)}
            again += len(pairs & seen)
            seen |= pairs
        found.append(again)
    return found


OCCASIONS = [
    [((0, 1, 2, 3), (2, 2)), ((3, 1, 2, 0), (2, 2)), ((0, 1, 2, 3), (2, 2))],
    [((0, 1, 2, 3, 4), (2, 3)), ((4, 0, 1), (2, 1)), ((0, 1, 2, 5), (3, 1))],
    [((0, 1, 2, 3, 4, 5), (3, 3)), ((0, 1, 2, 3, 4, 5), (3, 3))],
]


@pytest.mark.parametrize("occasions", OCCASIONS)
def test_histories_are_those_of_the_slow_list(occasions, monkeypatch):
    slow = slow_history(occasions)
    chance = history_by_chance(6, occasions, np.random.default_rng(1))
    assert chance.exact
    assert sorted(chance.values.tolist()) == sorted(slow)
    monkeypatch.setattr(regrouping, "MOST_LISTED", 1)
    drawn = history_by_chance(6, occasions, np.random.default_rng(1))
    assert not drawn.exact
    assert drawn.mean == pytest.approx(np.mean(slow), abs=4 * np.std(slow) / np.sqrt(len(drawn.values)))


def test_the_test_keeps_its_size():
    """Groups that are made at random each time are called kept, or re-made, at most about once in twenty times."""
    rng = np.random.default_rng(5)
    kept = remade = 0
    times = 300
    for _ in range(times):
        there = (0, 1, 2, 3, 4, 5, 6, 7, 8)
        met = np.zeros((9, 9), dtype=bool)
        first = rng.permutation(np.repeat([0, 1, 2], 3))
        met |= first[:, None] == first[None, :]
        np.fill_diagonal(met, False)
        second = rng.permutation(np.repeat([0, 1, 2], 3))
        observed = int((met & (second[:, None] == second[None, :])).sum()) // 2
        chance = repeats_by_chance(met, (3, 3, 3), rng)
        kept += chance.p_at_least(observed) <= 0.05
        remade += chance.p_at_most(observed) <= 0.05
        assert len(there) == len(met)
    assert max(kept, remade) / times <= 0.07
