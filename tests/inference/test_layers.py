"""Several kinds on one tie, and ties across levels: every shuffle by hand, published figures, size."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings

from benchmarks.simulate_support import SORTS, rejected
from sna.inference.crossing import crossing
from sna.inference.layers import layers_by_chance
from sna.inference.permutation import label_permutation, qap_correlation
from sna.metrics.mixing import ei_index
from sna.metrics.support import share_across
from sna.networks import Network
from tests.golden import classic
from tests.metrics.test_golden_relations import families
from tests.metrics.test_support import WEB, webs
from tests.reference import slow_support as slow


def test_marriage_and_business_as_two_kinds() -> None:
    """Of 27 pairs 8 carry both; with everybody known this is the test of the correlation, docs/methods.md 4.9."""
    marriage, business = families()
    found = layers_by_chance([marriage, business], np.random.default_rng(1), draws=20_000)
    assert found.ties.tolist() == [38, 16]
    test = found.at_least[0]
    assert test.observed == pytest.approx(8 / 27)
    assert 0.0002 < test.p_high < 0.0012
    same = qap_correlation(marriage, business, np.random.default_rng(2), draws=20_000)
    assert test.p_high == pytest.approx(same.p_high, abs=0.0007)
    assert test.chance is not None
    # c common ties of 40 and 30 among 240 cells: c / (70 − c).
    assert test.chance.mean == pytest.approx(5 / 65, abs=0.006)


def test_every_shuffle_of_a_small_web() -> None:
    """Four of five people answered; a hole travels with its kind."""
    people = list("abcde")
    first = Network.from_ties(people, [("a", "b"), ("a", "c"), ("b", "c"), ("c", "e")], answered=list("abcd"))
    second = Network.from_ties(
        people, [("a", "b"), ("b", "c"), ("d", "a")], answered=list("abcd"), unknown=[("c", "e")]
    )
    third = Network.from_ties(people, [("a", "b"), ("d", "e")], answered=list("abcde"))
    for web in ([first, second], [first, second, third]):
        found = layers_by_chance(web, np.random.default_rng(1))
        expected = np.array(slow.shuffled_layers(web), dtype=float)
        expected = expected[expected.any(axis=1)]
        assert found.respondents == 4
        assert found.ties.tolist() == slow.kinds_per_tie(web)
        for k, test in enumerate(found.at_least, 2):
            assert test.chance is not None
            assert test.chance.exact
            shares = expected[:, k - 1 :].sum(axis=1) / expected.sum(axis=1)
            assert sorted(test.chance.values) == pytest.approx(sorted(shares))
            assert test.p_high == pytest.approx(np.mean(shares >= test.observed - 1e-12))
            assert test.p_low == pytest.approx(np.mean(shares <= test.observed + 1e-12))


def test_draws_are_of_the_same_distribution_as_the_full_list() -> None:
    exact = layers_by_chance(WEB, np.random.default_rng(1))
    ids = [*WEB[0].actors, "G", "H", "I"]
    many = []
    for network in WEB:
        answered = [a for a, yes in zip(network.actors, network.answered, strict=True) if yes]
        ties = [(network.actors[i], network.actors[j]) for i, j, _ in network.ties()]
        many.append(Network.from_ties(ids, ties, answered=answered, unknown=[("B", "F")] if network is WEB[0] else []))
    drawn = layers_by_chance(many, np.random.default_rng(3), draws=6000)
    assert drawn.ties.tolist() == exact.ties.tolist()
    assert drawn.at_least[0].chance is not None
    assert not drawn.at_least[0].chance.exact
    # The three who were added said nothing, and only the first kind, which stays, names anybody who did not answer.
    assert exact.at_least[0].chance is not None
    assert drawn.at_least[0].chance.mean == pytest.approx(exact.at_least[0].chance.mean, abs=0.005)
    assert drawn.at_least[0].chance.sd == pytest.approx(exact.at_least[0].chance.sd, abs=0.005)
    assert drawn.at_least[0].p_high == pytest.approx(exact.at_least[0].p_high, abs=0.03)
    again = layers_by_chance(many, np.random.default_rng(3), draws=6000)
    assert again.at_least[0].chance is not None
    assert (again.at_least[0].chance.values == drawn.at_least[0].chance.values).all()


@settings(deadline=None, max_examples=15, derandomize=True)
@given(found=webs())
def test_random_webs_against_every_shuffle(found: list[Network]) -> None:
    found = found[:2]
    test = layers_by_chance(found, np.random.default_rng(1))
    assert test.ties.tolist() == slow.kinds_per_tie(found)
    if test.reason is not None:
        assert all(one.chance is None and np.isnan(one.p) for one in test.at_least)
        return
    if found[0].n > 4:
        return
    expected = np.array(slow.shuffled_layers(found), dtype=float)
    expected = expected[expected.any(axis=1)]
    shares = expected[:, 1] / expected.sum(axis=1)
    assert test.at_least[0].chance is not None
    assert sorted(test.at_least[0].chance.values) == pytest.approx(sorted(shares))


def test_nothing_to_test() -> None:
    rng = np.random.default_rng(1)
    empty, some = Network.from_ties(list("abc"), []), Network.from_ties(list("abc"), [("a", "b")])
    assert layers_by_chance([empty, empty], rng).reason == "no_ties"
    assert layers_by_chance([empty, some], rng).reason == "no_variation"
    silent = Network.from_ties(list("abc"), [], answered=[])
    assert layers_by_chance([silent, some], rng).reason == "nonresponse"
    assert layers_by_chance([Network.from_ties([], [])] * 2, rng).reason == "nonresponse"
    with pytest.raises(ValueError, match="two kinds"):
        layers_by_chance([some], rng)
    with pytest.raises(ValueError, match="one draw"):
        layers_by_chance([some, some], rng, draws=0)
    everybody = Network.from_ties(list("abc"), [(a, b) for a in "abc" for b in "abc" if a != b])
    full = layers_by_chance([everybody, everybody], rng)
    assert (full.at_least[0].observed, full.at_least[0].p) == (1, 1)


def test_crossing_goes_through_every_arrangement() -> None:
    people = list("abcdef")
    ties = [("a", "b"), ("b", "c"), ("c", "a"), ("d", "e"), ("e", "a"), ("a", "f"), ("b", "f")]
    network = Network.from_ties(people, ties, answered=list("abcde"))
    level = pd.Series(["x", "x", "y", "y", None, "z"], index=people, dtype="str")
    test = crossing(network, level, np.random.default_rng(1))
    assert test.chance is not None
    assert test.chance.exact
    # Two of two levels among the four who answered; the sixth is alone among those who did not.
    by_hand = [
        share_across(network, pd.Series([*order, None, "z"], index=people, dtype="str"))
        for order in set(permutations("xxyy"))
    ]
    assert sorted(test.chance.values) == pytest.approx(sorted(by_hand))
    assert test.observed == pytest.approx(share_across(network, level))
    assert test.p_low == pytest.approx(np.mean(np.array(by_hand) <= test.observed + 1e-12))


def test_crossing_of_the_karate_clubs_is_the_test_of_the_ei_index() -> None:
    """docs/methods.md, E-I: −.717949, permutation mean .028, sd .096, p .0002; the share is (E-I + 1) / 2."""
    karate, clubs = classic.classic("karate"), pd.Series(classic.karate_clubs())
    test = crossing(karate, clubs, np.random.default_rng(1))
    assert test.observed == pytest.approx((1 - 0.717949) / 2, abs=1e-6)
    assert test.chance is not None
    assert test.chance.mean == pytest.approx(1.028 / 2, abs=0.004)
    assert test.chance.sd == pytest.approx(0.096 / 2, abs=0.002)
    assert test.p_low == pytest.approx(1 / 5000)
    slow_one = label_permutation(karate, clubs, ei_index, np.random.default_rng(1), draws=199)
    assert slow_one.observed == pytest.approx(2 * test.observed - 1)


def test_crossing_needs_levels_and_ties() -> None:
    rng = np.random.default_rng(1)
    network = Network.from_ties(list("abc"), [("a", "b")])
    level = pd.Series({"a": "x", "b": "x", "c": "y"})
    assert crossing(network, pd.Series({"a": "x", "b": "x"}), rng).reason == "one_group"
    assert crossing(Network.from_ties(list("abc"), []), level, rng).reason == "no_ties"
    assert crossing(Network.from_ties(list("abc"), [], answered=[]), level, rng).reason == "no_ties"
    with pytest.raises(ValueError, match="one draw"):
        crossing(network, level, rng, draws=0)


@pytest.mark.parametrize("sort", SORTS)
def test_size(sort: str) -> None:
    """A small version of benchmarks/simulate_support.py: 100 webs in which nothing is planted."""
    assert max(rejected((12, 3, 2.0), sort, 100)) <= 0.1


def test_power() -> None:
    several, two, _ = rejected((18, 4, 3.0), "popular", 20, shared=0.5)
    assert min(several, two) >= 0.7
