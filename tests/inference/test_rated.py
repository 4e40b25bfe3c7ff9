"""Ratings and names: Kendall's τ beside what the same ratings give when they are dealt anew."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest

from sna.inference.rated import every_order, rating_agreement
from tests.reference import slow_experts


def test_few_people_are_all_gone_through():
    ratings, named = [1.0, 1.0, 3.0, 4.0, 4.0], [0.0, 0.2, 0.2, 0.9, 0.4]
    test = rating_agreement(ratings, named, np.random.default_rng(1))
    assert test.chance is not None
    assert test.chance.exact
    assert len(test.chance.values) == 30, "5! / (2! 2!) different ways"
    every = [slow_experts.kendall_tau(list(order), named) for order in permutations(ratings)]
    assert test.chance.mean == pytest.approx(np.mean(every))
    assert test.p_high == pytest.approx(np.mean(np.array(every) >= test.observed - 1e-12))
    assert test.p_low == pytest.approx(np.mean(np.array(every) <= test.observed + 1e-12))


def test_every_order_comes_once():
    for values in ([1, 1, 2, 3], [5], [2, 2], [1, 2, 3, 4], [1, 1, 1, 2, 2]):
        listed = sorted(map(tuple, every_order(np.array(values, dtype=float)).tolist()))
        assert listed == sorted(set(permutations(map(float, values))))


def test_many_people_are_drawn_and_turning_the_scale_turns_the_sign():
    rng = np.random.default_rng(2)
    ratings = rng.integers(1, 6, 30).astype(float)
    named = ratings / 10 + rng.random(30) / 5
    test = rating_agreement(ratings, named, np.random.default_rng(3), draws=499)
    assert test.chance is not None
    assert (test.chance.exact, len(test.chance.values)) == (False, 499)
    assert test.p == pytest.approx(2 / 500)
    other = rating_agreement(-ratings, named, np.random.default_rng(3), draws=499)
    assert (other.observed, other.p) == (pytest.approx(-test.observed), test.p)


def test_it_rejects_what_is_true_as_seldom_as_it_should():
    rng = np.random.default_rng(4)
    p = [rating_agreement(rng.integers(1, 6, 12), rng.integers(0, 5, 12), rng, draws=199).p for _ in range(500)]
    assert np.mean(np.array(p) <= 0.05) <= 0.07


@pytest.mark.parametrize(
    ("ratings", "named", "reason"),
    [
        ([], [], "too_few_nodes"),
        ([1, 5], [0, 1], "too_few_nodes"),
        ([3, 3, 3], [0, 1, 2], "no_variation"),
        ([1, 2, 3], [1, 1, 1], "no_variation"),
    ],
)
def test_too_little_to_say_anything(ratings, named, reason):
    test = rating_agreement(ratings, named, np.random.default_rng(1))
    assert (test.reason, test.chance) == (reason, None)
    assert np.isnan([test.observed, test.p]).all()


def test_draws_must_be_some():
    with pytest.raises(ValueError, match="one draw"):
        rating_agreement([1, 2, 3], [1, 2, 3], np.random.default_rng(1), draws=0)
