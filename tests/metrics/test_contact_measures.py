"""One-to-one contact: gaps, variation, change and ranks against slow versions and by hand."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sna.metrics.contact import change, longest_gap, rank_correlation, reached, variation
from tests.reference import slow_facilitation as slow

FIRST = dt.date(2023, 9, 1)


@given(st.integers(0, 40), st.lists(st.integers(0, 40), max_size=6))
def test_longest_gap_day_by_day(last: int, days: list[int]) -> None:
    met = [day for day in days if day <= last]
    dates = [FIRST + dt.timedelta(days=day) for day in met]
    span = [FIRST, FIRST + dt.timedelta(days=last)]
    assert longest_gap(met, 0, last) == slow.gap(dates, span)


def test_variation_is_of_rates_and_leaves_out_months_without_anybody() -> None:
    # A month half as long with half the contacts is as steady.
    assert variation([4, 2, 9], [30, 15, 0]) == pytest.approx(0)
    assert variation([4, 2], [30, 30]) == pytest.approx(1 / 3)
    assert np.isnan(variation([4], [30]))
    assert np.isnan(variation([4, 9], [30, 0]))
    assert np.isnan(variation([0, 0], [30, 30]))


def test_reached_counts_no_month_in_which_somebody_was_not_there() -> None:
    assert reached([[1, 0, 0], [0, 0, 2]], [[9, 9, 0], [0, 9, 9]]) == pytest.approx(2 / 4)
    assert np.isnan(reached([[0, 0]], [[0, 0]]))


counts = st.integers(0, 9)
weeks = st.sampled_from([0.0, 2.5, 10.0, 17.0])


@given(st.lists(st.tuples(counts, counts, weeks, weeks), min_size=1, max_size=6))
def test_change_compares_people_with_themselves(people: list[tuple[int, int, float, float]]) -> None:
    above = sum(n2 * w1 / (w1 + w2) for n1, n2, w1, w2 in people if w1 and w2)
    below = sum(n1 * w2 / (w1 + w2) for n1, n2, w1, w2 in people if w1 and w2)
    found = change(*zip(*people, strict=True))
    assert np.isnan(found) if not below else found == pytest.approx(above / below)
    turned = change(*zip(*[(n2, n1, w2, w1) for n1, n2, w1, w2 in people], strict=True))
    if above and below:
        assert turned == pytest.approx(1 / found)


def test_change_is_the_ratio_of_rates_where_all_were_there_as_long() -> None:
    assert change([4, 1, 3], [2, 0, 2], [16] * 3, [24] * 3) == pytest.approx((4 / 24) / (8 / 16))
    # Who came in the second term says nothing about change.
    assert change([4, 0], [2, 50], [16, 0], [24, 24]) == pytest.approx((2 / 24) / (4 / 16))


numbers = st.lists(st.integers(0, 4), min_size=3, max_size=7)


@given(numbers, st.randoms(use_true_random=False))
def test_rank_correlation(first: list[int], random) -> None:
    second = [random.randrange(5) for _ in first]
    found = float(rank_correlation(first, second))
    if len(set(first)) == 1 or len(set(second)) == 1:
        assert np.isnan(found)
        return
    assert found == pytest.approx(slow.spearman(first, second))
    assert float(rank_correlation(second, first)) == pytest.approx(found)
    order = random.sample(range(len(first)), len(first))
    assert float(rank_correlation([first[i] for i in order], [second[i] for i in order])) == pytest.approx(found)
    assert float(rank_correlation(first, [-x for x in second])) == pytest.approx(-found)
