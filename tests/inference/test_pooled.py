"""p-values of several communities put together: known values, what a p of 1 becomes, and how often the pool errs."""

from __future__ import annotations

from math import erf, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sna.inference.chance import Chance
from sna.inference.pooled import short_of_one, stouffer

P = st.floats(0.001, 0.999)


def test_known_values():
    # z = 1.644854 twice, over the root of two: 2.326174, whose upper tail is .010005.
    assert stouffer([0.05, 0.05], [12, 12]) == pytest.approx(1 - (1 + erf(2.326174 / sqrt(2))) / 2, abs=1e-6)
    assert stouffer([0.3], [7]) == pytest.approx(0.3)
    assert np.isnan(stouffer([], []))
    # Nine people weigh three quarters of what sixteen weigh.
    z = (3 * 1.644854 + 4 * 0.841621) / 5
    assert stouffer([0.05, 0.2], [9, 16]) == pytest.approx(1 - (1 + erf(z / sqrt(2))) / 2, abs=1e-6)


@given(st.lists(st.tuples(P, st.integers(1, 60)), min_size=1, max_size=8))
def test_order_scale_and_direction(each):
    p, people = [one[0] for one in each], [one[1] for one in each]
    found = stouffer(p, people)
    assert 0 < found < 1
    assert stouffer(p[::-1], people[::-1]) == pytest.approx(found)
    assert stouffer(p, [4 * n for n in people]) == pytest.approx(found)
    assert stouffer([1 - one for one in p], people) == pytest.approx(1 - found, abs=1e-9)


def test_never_nothing():
    assert stouffer([0.0002] * 5000, [12] * 5000) > 0


def test_a_p_of_one_becomes_the_middle_of_its_step():
    steps = Chance(np.array([1.0, 1.0, 2.0, 3.0]), np.full(4, 0.25), True)
    assert short_of_one(1.0, steps, 1.0) == 0.75
    assert short_of_one(1.0, steps, 3.0) == 0.875, "of a test of the other tail"
    assert short_of_one(0.5, steps, 2.0) == 0.5
    assert short_of_one(1.0, Chance.drawn(np.array([2.0, 3.0, 4.0])), 1.0) == 1 - 1 / 8
    # A community that cannot tell leaves the others as they are, but for its weight.
    nothing = short_of_one(1.0, Chance(np.zeros(7), np.full(7, 1 / 7), True), 0.0)
    assert nothing == pytest.approx(0.5)
    assert stouffer([0.01, nothing], [12, 12]) < 0.06


@pytest.mark.parametrize("values", [2, 3, 6, 40])
def test_steps_make_it_too_seldom_right_rather_than_too_often_wrong(values):
    """Communities in which the null holds, whose p can only have so many values, all alike likely or not."""
    rng = np.random.default_rng(values)
    for chances in (np.full(values, 1 / values), rng.dirichlet(np.full(values, 0.5))):
        chance = Chance(np.arange(values, dtype=float), chances, True)
        p = np.array([short_of_one(chance.p_at_least(v), chance, v) for v in range(values)])
        for communities in (2, 6, 20):
            drawn = rng.choice(values, (2000, communities), p=chances)
            rejected = np.mean([stouffer(p[row], [10] * communities) <= 0.05 for row in drawn])
            assert rejected <= 0.07, (values, communities)
