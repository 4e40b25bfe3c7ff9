"""Conditional uniform graph tests: the numbers of the catalogue, exact sets, published values, size, corrections."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sna.inference import cug
from sna.inference.chance import Chance
from sna.inference.several import benjamini_hochberg
from sna.metrics.centralization import indegree_centralization
from sna.metrics.closure import reciprocity, reciprocity_adjusted, transitivity
from sna.metrics.expertise import gini_indegree
from sna.networks import Network
from tests.golden.toy import ACTORS, TIES
from tests.reference.random_networks import networks

TOY = Network.from_ties(ACTORS, TIES)
CATALOGUE = (reciprocity_adjusted, transitivity, indegree_centralization, gini_indegree)


@settings(max_examples=150, deadline=None)
@given(networks())
def test_many_at_once_give_what_the_catalogue_gives(network: Network) -> None:
    found = cug.values_of(network)
    for measure in CATALOGUE:
        assert found[measure.__name__] == pytest.approx(measure(network), abs=1e-12, nan_ok=True), measure.__name__


def test_small_sets_are_listed_in_full_as_by_hand() -> None:
    network = Network.from_ties(list("abcd"), [("a", "b"), ("b", "a"), ("c", "d")], answered=list("abc"))
    cells = [(i, j) for i in "abc" for j in "abcd" if i != j]
    chance = cug.same_ties(network, np.random.default_rng(1))
    for measure in CATALOGUE:
        every = [Network.from_ties(list("abcd"), list(ties), answered=list("abc")) for ties in combinations(cells, 3)]
        values = np.array([measure(one) for one in every])
        defined = np.sort(values[~np.isnan(values)])
        held = chance[measure.__name__]
        assert held.exact
        assert np.sort(held.values) == pytest.approx(defined, abs=1e-12)
        assert held.p_at_least(measure(network)) == pytest.approx((defined >= measure(network) - 1e-12).mean())


def test_the_published_value_for_reciprocity_given_the_number_of_ties() -> None:
    # docs/methods.md: reciprocity of TOY, .4615, has p = .12 given edges (R sna). ρ rises with r when edges are fixed.
    chance = cug.same_ties(TOY, np.random.default_rng(1))["reciprocity_adjusted"]
    assert reciprocity(TOY) == pytest.approx(6 / 13)
    assert chance.p_at_least(reciprocity_adjusted(TOY)) == pytest.approx(0.12, abs=0.015)


def test_unknown_cells_never_hold_a_tie() -> None:
    ids = list("abcdef")
    network = Network.from_ties(ids, [("a", "b"), ("b", "c")], answered=list("abc"), unknown=[("a", "c"), ("a", "d")])
    seen = np.zeros((6, 6))

    def look(ties: np.ndarray, known: np.ndarray) -> np.ndarray:
        seen[...] += ties.sum(axis=0)
        return ties.sum(axis=(1, 2))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cug, "MEASURES", {"ties": look})
        chance = cug.same_ties(network, np.random.default_rng(1), 200)["ties"]
    assert (chance.values == 2).all()
    assert not seen[~network.observed].any()
    assert (seen[network.observed] > 0).all()


@pytest.mark.parametrize("ties", [[], [(i, j) for i in "abc" for j in "abc" if i != j]])
def test_no_tie_and_every_tie_leave_nothing_to_test(ties: list[tuple[str, str]]) -> None:
    chance = cug.same_ties(Network.from_ties(list("abc"), ties), np.random.default_rng(1))
    assert not len(chance["reciprocity_adjusted"].values)
    test = cug.difference(0.1, 0.2, (chance["reciprocity_adjusted"], chance["transitivity"]), np.random.default_rng(1))
    assert (test.chance, test.reason) == (None, "degenerate_null")
    assert np.isnan(test.p)
    assert np.isnan(test.expected)


def test_nobody_answered() -> None:
    chance = cug.same_ties(Network.from_ties(list("abc"), [], answered=[]), np.random.default_rng(1))
    assert not any(len(one.values) for one in chance.values())


def test_a_difference_is_exact_where_both_sets_are_small() -> None:
    few = Chance(np.array([0.0, 0.5]), np.array([0.5, 0.5]), True)
    test = cug.difference(0.5, 0.0, (few, few), np.random.default_rng(1))
    assert test.chance is not None
    assert test.chance.exact
    assert (test.observed, test.expected, test.p) == (0.5, 0.0, pytest.approx(0.5))
    assert cug.difference(float("nan"), 0.0, (few, few), np.random.default_rng(1)).reason == "no_variation"


def test_turning_the_two_round_turns_the_difference() -> None:
    rng = np.random.default_rng(5)
    both = Chance.drawn(rng.random(400)), Chance.drawn(rng.random(300) / 2)
    one = cug.difference(0.7, 0.4, both, np.random.default_rng(2))
    other = cug.difference(0.4, 0.7, (both[1], both[0]), np.random.default_rng(2))
    assert one.observed == -other.observed
    assert one.p == pytest.approx(other.p, abs=0.03)


def test_two_networks_with_ties_anywhere_seldom_differ() -> None:
    """500 pairs of networks of different size, ties placed anywhere: at .05 no more than .07 may differ."""
    rng = np.random.default_rng(11)
    pools = {}
    for n, m in ((9, 20), (14, 70)):
        ids = [str(i) for i in range(n)]
        cells = [(i, j) for i in ids for j in ids if i != j]
        base = Network.from_ties(ids, [cells[k] for k in rng.choice(len(cells), m, replace=False)])
        pools[n] = cug.same_ties(base, rng, 999), cug.same_ties(base, rng, 500)
    for measure in cug.MEASURES:
        chance = pools[9][0][measure], pools[14][0][measure]
        pairs = zip(pools[9][1][measure].values, pools[14][1][measure].values, strict=False)
        found = [cug.difference(a, b, chance, rng, 999).p <= 0.05 for a, b in pairs]
        assert len(found) > 450
        assert np.mean(found) <= 0.07, measure


@given(st.lists(st.floats(0.0001, 1), min_size=1, max_size=20), st.randoms())
def test_correction_keeps_order_and_never_lowers(p: list[float], random: object) -> None:
    q = benjamini_hochberg(p)
    assert (q >= np.array(p) - 1e-12).all()
    assert (q <= 1).all()
    order = np.argsort(p, kind="stable")
    assert (np.diff(q[order]) >= -1e-12).all()
    slow = [min(1.0, *(other * len(p) / sum(x <= other for x in p) for other in p if other >= one)) for one in p]
    assert q == pytest.approx(slow)


def test_correction_leaves_out_what_was_not_tested() -> None:
    assert benjamini_hochberg([0.01, float("nan"), 0.04]) == pytest.approx([0.02, np.nan, 0.04], nan_ok=True)
    assert len(benjamini_hochberg([])) == 0
