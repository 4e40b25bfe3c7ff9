"""A difference between two groups beside what shuffling who belongs to which gives."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from sna.inference import two_groups
from sna.inference.two_groups import difference


def rng() -> np.random.Generator:
    return np.random.default_rng(2)


def test_all_ways_are_gone_through() -> None:
    values = np.array([0.9, 1.0, 0.8, 0.5, 0.7, 0.6, 0.95])
    test = difference(values, [True, True, True, False, False, False, False], rng())
    every = []
    for those in combinations(range(7), 3):
        inside = np.isin(np.arange(7), those)
        every.append(values[inside].mean() - values[~inside].mean())
    assert test.observed == pytest.approx(0.9 - 0.6875)
    assert test.p_high == pytest.approx(np.mean(np.array(every) >= test.observed - 1e-12))
    assert test.p == pytest.approx(min(1, 2 * min(test.p_high, test.p_low)))


def test_drawn_ways_and_people_without_a_number() -> None:
    values = np.concatenate([rng().random(20), [np.nan]])
    first = np.arange(21) % 2 == 0
    test = difference(values, first, rng(), 999)
    assert test.chance is not None
    assert len(test.chance.values) == 999
    assert test.chance.mean == pytest.approx(0, abs=0.02)
    assert test.p == difference(values[:20], first[:20], rng(), 999).p


def test_of_very_many_people_the_normal_curve_says_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    values, first = rng().random(60), np.arange(60) < 25
    values[first] += 0.1
    drawn = difference(values, first, rng(), 20_000)
    monkeypatch.setattr(two_groups, "MOST_SHUFFLED", 50)
    curve = difference(values, first, rng(), 20_000)
    assert curve.p == pytest.approx(drawn.p, abs=0.01)
    assert curve.observed == drawn.observed


@pytest.mark.parametrize(
    ("values", "first", "reason"),
    [
        ([1.0, 0.5], [True, True], "one_group"),
        ([1.0, 0.5], [False, False], "one_group"),
        ([], [], "one_group"),
        ([1.0, 1.0, 1.0], [True, False, False], "no_variation"),
        ([1.0, np.nan], [True, False], "one_group"),
    ],
)
def test_nothing_to_compare(values: list[float], first: list[bool], reason: str) -> None:
    test = difference(values, first, rng())
    assert test.reason == reason
    assert np.isnan(test.p)
