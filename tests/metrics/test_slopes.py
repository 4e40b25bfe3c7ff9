"""Slopes and rank agreement with the order of events: the worked example, scipy, and slow versions."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import kendalltau, theilslopes

from sna.metrics import trend
from sna.metrics.trend import concordance, places_among, tau, theil_sen, ties_of
from tests.reference import slow_engagement

EXAMPLE = [1, 1, 0.9, 0.95, 0.8, 0.85, 0.6, 0.7]
QUICK = settings(deadline=None, max_examples=60, derandomize=True)
SHARES = st.lists(st.sampled_from([0.0, 0.25, 0.5, 0.5, 1.0, float("nan")]), min_size=3, max_size=12)


def test_the_worked_example() -> None:
    """Theil–Sen −0.05 per meeting, τ_b −0.764."""
    assert theil_sen([EXAMPLE], [range(8)])[0] == pytest.approx(-0.05, abs=1e-12)
    assert round(tau([EXAMPLE])[0], 3) == -0.764
    assert concordance([EXAMPLE])[0] == -21


@pytest.mark.parametrize("equal", [False, True])
def test_the_same_as_scipy(equal: bool) -> None:
    rng = np.random.default_rng(4)
    shares = rng.integers(0, 4, (40, 17)) / 4 if equal else rng.random((40, 17))
    places = np.tile(np.arange(17.0), (40, 1))
    slopes, steady = theil_sen(shares, places), tau(shares)
    for row, slope, one in zip(shares, slopes, steady, strict=True):
        assert slope == pytest.approx(theilslopes(row, np.arange(17)).slope, abs=1e-12)
        assert one == pytest.approx(kendalltau(np.arange(17), row).statistic, abs=1e-12)


@QUICK
@given(SHARES)
def test_the_same_as_the_slow_version(values: list[float]) -> None:
    places = list(range(1, len(values) + 1))
    assert theil_sen([values], [places])[0] == pytest.approx(
        slow_engagement.theil_sen(values, places), abs=1e-12, nan_ok=True
    )
    assert concordance([values])[0] == slow_engagement.concordance(values)


@QUICK
@given(SHARES)
def test_turned_round_everything_changes_its_sign(values: list[float]) -> None:
    places = [list(range(len(values)))]
    back = values[::-1]
    assert theil_sen([back], places)[0] == pytest.approx(-theil_sen([values], places)[0], abs=1e-12, nan_ok=True)
    assert tau([back])[0] == pytest.approx(-tau([values])[0], abs=1e-12, nan_ok=True)


def test_people_do_not_depend_on_each_other_or_on_how_many_are_held_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    shares = np.random.default_rng(2).integers(0, 3, (30, 9)).astype(float)
    shares[3] = np.nan
    places = np.tile(np.arange(9.0), (30, 1))
    whole = theil_sen(shares, places), tau(shares), ties_of(shares)[1]
    monkeypatch.setattr(trend, "AT_ONCE", 40)
    for found, again in zip(whole, (theil_sen(shares, places), tau(shares), ties_of(shares)[1]), strict=True):
        np.testing.assert_array_equal(found, again)
    assert np.isnan(whole[0][3])
    order = np.random.default_rng(3).permutation(30)
    np.testing.assert_array_equal(theil_sen(shares[order], places), whole[0][order])


def test_nothing_known_and_nothing_different() -> None:
    nan = float("nan")
    assert np.isnan(theil_sen([[nan, 1.0, nan]], [[1, 2, 3]])).all()
    assert np.isnan(tau([[1.0, 1.0, 1.0], [nan, nan, nan]])).all()
    assert theil_sen([[1.0, 1.0, 1.0]], [[1, 2, 3]]).tolist() == [0.0]
    assert theil_sen(np.zeros((0, 4)), np.zeros((0, 4))).shape == (0,)
    assert theil_sen(np.zeros((2, 0)), np.zeros((2, 0))).shape == (2,)


def test_events_not_for_a_person_are_not_in_their_order() -> None:
    eligible = np.array([[True, False, True, True]])
    assert np.nan_to_num(places_among(eligible)).tolist() == [[1, 0, 2, 3]]
    shares = np.where(eligible, [[1.0, 9.0, 0.5, 0.0]], np.nan)
    assert theil_sen(shares, places_among(eligible)).tolist() == [-0.5]
