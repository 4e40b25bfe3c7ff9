"""Does attendance change beyond chance? Worked example, scipy, all orders and all signs gone through, and size."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from scipy.stats import kendalltau

from sna.inference import trend
from sna.inference.trend import exact_p, inversions, mann_kendall, steadily
from sna.metrics.trend import places_among
from tests.reference import slow_engagement

EXAMPLE = [1, 1, 0.9, 0.95, 0.8, 0.85, 0.6, 0.7]


def rng() -> np.random.Generator:
    return np.random.default_rng(7)


def places(shape: tuple[int, ...]) -> np.ndarray:
    return np.tile(np.arange(float(shape[1])), (shape[0], 1))


def test_the_worked_example() -> None:
    assert round(mann_kendall([EXAMPLE])[0], 3) == 0.009


@pytest.mark.parametrize("equal", [False, True])
@pytest.mark.parametrize("n", [8, 20, 40])
def test_the_same_as_scipy(equal: bool, n: int) -> None:
    draw = rng()
    shares = draw.integers(0, 4, (20, n)) / 4 if equal else draw.random((20, n))
    for row, p in zip(shares, mann_kendall(shares), strict=True):
        assert p == pytest.approx(kendalltau(np.arange(n), row).pvalue, abs=1e-10)


@pytest.mark.parametrize("values", [[0.1, 0.5, 0.2, 0.9, 0.7], [3, 2, 1, 0], [0.2, 0.9, 0.1, 0.8, 0.3, 0.7, 0.4]])
def test_without_equal_values_all_orders_are_gone_through(values: list[float]) -> None:
    assert mann_kendall([values])[0] == pytest.approx(slow_engagement.mann_kendall_by_listing(values), abs=1e-12)


def test_how_many_pairs_stand_in_the_wrong_order() -> None:
    found = [sum(b < a for k, a in enumerate(order) for b in order[k:]) for order in permutations(range(6))]
    np.testing.assert_allclose(inversions(6), np.bincount(found) / len(found), atol=1e-14)
    assert exact_p(30, 435) == pytest.approx(2 * inversions(30)[0])


def test_unknown_shares_are_passed_over_and_nothing_is_never_something() -> None:
    nan = float("nan")
    spread = [[value for one in EXAMPLE for value in (one, nan)]]
    assert mann_kendall(spread)[0] == mann_kendall([EXAMPLE])[0]
    assert np.isnan(mann_kendall([[nan] * 8, [1.0] * 8, [nan, 1.0] + [nan] * 6])).all()
    assert mann_kendall(np.zeros((3, 0))).shape == (3,)


@pytest.mark.parametrize("seed", range(4))
def test_all_signs_are_gone_through(seed: int) -> None:
    draw = np.random.default_rng(seed)
    there = (draw.random((8, 9)) < np.linspace(0.95, 0.5, 9)).astype(float)
    there[draw.random((8, 9)) < 0.15] = np.nan
    test = steadily(there, places_among(~np.isnan(there)), rng())
    assert test.p == pytest.approx(slow_engagement.steadily_by_listing(there.tolist()), abs=1e-12)
    assert test.chance is not None
    assert test.chance.exact


def test_drawn_signs_and_the_normal_curve_agree_with_all_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    there = (rng().random((13, 12)) < np.linspace(0.9, 0.6, 12)).astype(float)
    exact = steadily(there, places(there.shape), rng()).p
    monkeypatch.setattr(trend, "MOST_LISTED", 10)
    drawn = steadily(there, places(there.shape), rng(), 20_000).p
    monkeypatch.setattr(trend, "MOST_SIGNS", 5)
    curve = steadily(there, places(there.shape), rng(), 20_000).p
    assert drawn == pytest.approx(exact, abs=0.01)
    assert curve == pytest.approx(exact, abs=0.02)


def test_who_always_or_never_comes_says_nothing_about_a_trend() -> None:
    falls = np.tile([1.0, 1, 1, 0, 0], (6, 1))
    steady = np.array([[1.0] * 5, [0.0] * 5, [np.nan] * 5])
    alone = steadily(falls, places(falls.shape), rng())
    joined = np.vstack([falls, steady])
    assert steadily(joined, places(joined.shape), rng()).p == alone.p == 2 / 2**6
    nothing = steadily(steady, places(steady.shape), rng())
    assert (nothing.reason, nothing.chance) == ("no_variation", None)
    assert np.isnan(nothing.p)


def test_turned_round_it_is_as_likely() -> None:
    there = (rng().random((9, 11)) < np.linspace(0.95, 0.6, 11)).astype(float)
    one, other = (steadily(those, places(there.shape), rng()) for those in (there, there[:, ::-1]))
    assert one.p == pytest.approx(other.p)
    assert one.observed == -other.observed


@pytest.mark.parametrize("people", [9, 12, 18])
@pytest.mark.parametrize(("usual", "spread"), [(3.5, 0.7), (2.5, 1.0), (1.5, 1.0)])
def test_size(people: int, usual: float, spread: float) -> None:
    """Of 500 communities without a trend, at most 7 in 100 are said to have one; people differ, few miss much.

    A robust (sandwich) standard error says so of up to 26 in 100 of the first.
    """
    draw, wrong = np.random.default_rng([people, round(10 * usual)]), np.zeros(2)
    for _ in range(500):
        chance = 1 / (1 + np.exp(-(usual + spread * draw.standard_normal((people, 1)))))
        there = (draw.random((people, 10)) < chance).astype(float)
        wrong[0] += steadily(there, places(there.shape), draw, 199).p <= 0.05
        wrong[1] += mann_kendall(there.mean(axis=0)[None, :])[0] <= 0.05
    assert (wrong / 500 <= 0.07).all(), wrong / 500


def test_a_fall_from_95_to_70_in_100_is_seen() -> None:
    draw, seen = np.random.default_rng(5), 0
    for _ in range(100):
        there = (draw.random((12, 20)) < np.linspace(0.95, 0.7, 20)).astype(float)
        people = steadily(there, places(there.shape), draw, 499).p <= 0.05
        seen += people and mann_kendall(there.mean(axis=0)[None, :])[0] <= 0.05
    assert seen >= 70
