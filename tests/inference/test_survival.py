"""How long people stay: textbook figures, a slow version, and what is there when nobody leaves."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sna.inference.survival import kaplan_meier
from tests.reference import slow_engagement

# Remission of leukaemia, weeks, 6-mercaptopurine (Freireich and others 1963; Cox & Oakes 1984, table 1.1).
WEEKS = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
ENDED = [True, True, True, False, True, False, True, False, False, True, True, *[False] * 3, True, True, *[False] * 5]
SHARES = {6: 0.8571, 7: 0.8067, 10: 0.7529, 13: 0.6902, 16: 0.6275, 22: 0.5378, 23: 0.4482}


def test_the_textbook_figures() -> None:
    found = kaplan_meier(WEEKS, ENDED).set_index("days")
    assert {day: round(found.loc[day, "share"], 4) for day in SHARES} == SHARES
    assert found.loc[[6, 7, 10, 13, 16, 22, 23], "at_risk"].tolist() == [21, 17, 15, 12, 11, 7, 6]
    assert found.loc[[6, 7, 10, 13, 16, 22, 23], "left"].tolist() == [3, 1, 1, 1, 1, 1, 1]
    # Exponential Greenwood interval, worked by hand: 10 weeks.
    spread = np.sqrt(3 / (21 * 18) + 1 / (17 * 16) + 1 / (15 * 14)) / abs(np.log(0.752941))
    ends = [0.752941 ** np.exp(sign * 1.959964 * spread) for sign in (1, -1)]
    assert found.loc[10, ["low", "high"]].tolist() == pytest.approx(ends, abs=1e-4)


@settings(deadline=None, max_examples=40, derandomize=True)
@given(st.lists(st.tuples(st.integers(1, 9), st.booleans()), min_size=1, max_size=14))
def test_the_same_as_the_slow_version(people: list[tuple[int, bool]]) -> None:
    days, left = [day for day, _ in people], [gone for _, gone in people]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = kaplan_meier(days, left)
    some = found[found["left"] > 0]
    slow = slow_engagement.kaplan_meier(days, left)
    assert some["days"].tolist() == [day for day, _ in slow]
    assert some["share"].tolist() == pytest.approx([share for _, share in slow])
    assert found["share"].is_monotonic_decreasing
    assert found["days"].iloc[-1] == max(days)


def test_nobody_leaves_and_nobody_is_there() -> None:
    found = kaplan_meier([5, 9], [False, False])
    assert found[["days", "share", "left"]].to_numpy().tolist() == [[0, 1, 0], [9, 1, 0]]
    assert found[["low", "high"]].isna().all(axis=None)
    assert len(kaplan_meier([], [])) == 0
    everybody = kaplan_meier([4, 4], [True, True])
    assert everybody["share"].tolist() == [1, 0]
