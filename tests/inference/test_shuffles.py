"""Groups of the same sizes holding other people: all ways, or draws from them."""

from __future__ import annotations

from itertools import permutations
from math import factorial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sna.inference.shuffles import shuffled


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.lists(st.integers(0, 2), min_size=1, max_size=6), st.data())
def test_lists_are_all_different_orders_within_each_stratum(codes: list[int], data: st.DataObject) -> None:
    codes = [sorted(set(codes)).index(code) for code in codes]
    strata = data.draw(st.lists(st.booleans(), min_size=len(codes), max_size=len(codes)))
    ways, exact = shuffled(np.array(codes), np.random.default_rng(1), strata=np.array(strata))
    assert exact
    expected = {
        tuple(codes[j] for j in order)
        for order in permutations(range(len(codes)))
        if all(strata[i] == strata[j] for i, j in enumerate(order))
    }
    found = [tuple(way) for way in ways.tolist()]
    assert len(found) == len(set(found))
    assert set(found) == expected


def test_many_people_are_drawn_with_their_groups_sizes() -> None:
    codes, spoke = np.repeat([0, 1, 2], [20, 15, 5]), np.arange(40) % 4 > 0
    ways, exact = shuffled(codes, np.random.default_rng(1), 2_000, spoke)
    assert (ways.shape, exact) == ((2_000, 40), False)
    assert (np.sort(ways[:, spoke], axis=1) == np.sort(codes[spoke])).all()
    assert (np.sort(ways[:, ~spoke], axis=1) == np.sort(codes[~spoke])).all()
    share = (ways[:, spoke] == 0).mean(axis=0)
    expected = (codes[spoke] == 0).mean()
    assert np.abs(share - expected).max() < 4.5 * np.sqrt(expected * (1 - expected) / 2_000)


def test_listed_up_to_twenty_thousand() -> None:
    rng = np.random.default_rng(1)
    ways, exact = shuffled(np.repeat([0, 1], [8, 8]), rng, 99)
    assert (len(ways), exact) == (factorial(16) // factorial(8) ** 2, True)
    ways, exact = shuffled(np.repeat([0, 1], [8, 9]), rng, 99)
    assert (len(ways), exact) == (99, False)
    assert shuffled(np.arange(0), rng)[0].shape == (1, 0)
    with pytest.raises(ValueError, match="one draw"):
        shuffled(np.zeros(3, dtype=np.int64), rng, 0)
