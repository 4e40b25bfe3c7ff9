"""Shuffled groups and QAP: published figures, every order gone through by hand, unknown cells that travel along."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sna.inference.permutation import label_permutation, qap_correlation
from sna.metrics.homophily import assortativity
from sna.metrics.mixing import ei_index
from sna.metrics.multiplex import overlap
from sna.networks import Network
from tests.golden import classic
from tests.metrics.test_golden_relations import families


def test_karate_clubs_against_shuffled_clubs() -> None:
    """docs/methods.md, E-I: −.717949, permutation mean .028, sd .096, p .0002 with 4,999 draws."""
    karate = classic.classic("karate")
    clubs = pd.Series(classic.karate_clubs())
    test = label_permutation(karate, clubs, ei_index, np.random.default_rng(1))
    assert test.observed == pytest.approx(-0.717949, abs=1e-6)
    assert test.chance is not None
    assert test.chance.mean == pytest.approx(0.028, abs=4 * 0.096 / np.sqrt(4999) + 0.0005)
    assert test.chance.sd == pytest.approx(0.096, abs=0.004)
    assert (test.p_low, test.p) == (pytest.approx(1 / 5000), pytest.approx(2 / 5000))


def test_marriage_and_business_of_the_florentine_families() -> None:
    """docs/methods.md, 4.9: r .371868, one-sided p about .0004 to .0008, permutation sd .093 (R sna)."""
    marriage, business = families()
    test = qap_correlation(marriage, business, np.random.default_rng(1), draws=20_000)
    assert test.observed == pytest.approx(0.371868, abs=1e-6)
    assert test.chance is not None
    assert test.chance.sd == pytest.approx(0.093, abs=0.002)
    assert 0.0002 < test.p_high < 0.0012
    assert test.chance.mean == pytest.approx(0, abs=0.003)


def shuffled(network: Network, order: tuple[int, ...]) -> Network:
    """The network with person i standing where person order[i] stood."""
    ids = network.actors
    answered = [ids[order[i]] for i in range(network.n) if network.answered[i]]
    ties = [(ids[order[i]], ids[order[j]]) for i, j, _ in network.ties()]
    holes = [(ids[order[i]], ids[order[j]]) for i, j in zip(*network.unknown_cells.nonzero(), strict=True)]
    return Network.from_ties(ids, ties, answered=answered, unknown=holes)


PEOPLE = list("abcde")
PAIRS = [(i, j) for i in PEOPLE for j in PEOPLE if i != j]


@st.composite
def networks(draw: st.DrawFn) -> Network:
    answered = draw(st.sets(st.sampled_from(PEOPLE), min_size=3))
    mine = [pair for pair in PAIRS if pair[0] in answered]
    ties = draw(st.sets(st.sampled_from(mine), min_size=2))
    holes = draw(st.sets(st.sampled_from(mine), max_size=3)) - ties
    return Network.from_ties(PEOPLE, sorted(ties), answered=sorted(answered), unknown=sorted(holes))


@settings(max_examples=25)
@given(networks(), networks())
def test_qap_goes_through_every_order_with_its_unknown_cells(first: Network, second: Network) -> None:
    test = qap_correlation(first, second, np.random.default_rng(1))
    if np.isnan(test.observed):
        assert (test.chance, test.reason) == (None, "no_variation")
        return
    by_hand = [overlap(first, shuffled(second, order)).correlation for order in permutations(range(5))]
    expected = sorted(value for value in by_hand if not np.isnan(value))
    assert test.chance is not None
    assert test.chance.exact
    assert sorted(test.chance.values.tolist()) == pytest.approx(expected)
    assert test.p_high == pytest.approx(np.mean(np.array(expected) >= test.observed - 1e-12))


def test_groups_of_few_people_are_all_gone_through() -> None:
    ties = [("a", "b"), ("b", "c"), ("c", "a"), ("d", "e"), ("e", "f"), ("a", "d")]
    network = Network.from_ties(list("abcdefg"), ties)
    group = pd.Series(["x", "x", "x", "y", "y", "y", None], index=list("abcdefg"), dtype="str")
    test = label_permutation(network, group, ei_index, np.random.default_rng(1))
    assert test.chance is not None
    assert test.chance.exact
    assert len(test.chance.values) == 20
    by_hand = []
    for order in permutations("abcdef"):
        moved = pd.Series(dict(zip(order, "xxxyyy", strict=True)))
        by_hand.append(ei_index(network, moved))
    assert test.chance.mean == pytest.approx(np.mean(by_hand))
    assert test.p_low == pytest.approx(np.mean(np.array(by_hand) <= test.observed + 1e-12))
    assert test.chance.smallest_p == pytest.approx(1 / 20)


def test_any_measure_by_group_will_do_and_the_seed_decides() -> None:
    karate = classic.classic("karate")
    clubs = pd.Series(classic.karate_clubs())
    once, again, other = (
        label_permutation(karate, clubs, assortativity, np.random.default_rng(seed), draws=99) for seed in (1, 1, 2)
    )
    assert once.observed == pytest.approx(0.717531, abs=1e-6)
    assert once.chance is not None
    assert again.chance is not None
    assert other.chance is not None
    assert once.chance.values.tolist() == again.chance.values.tolist() != other.chance.values.tolist()
    assert once.p_high == 0.01


def test_nothing_to_test() -> None:
    network = Network.from_ties(list("abc"), [("a", "b")])
    one = label_permutation(network, pd.Series({"a": "x", "b": "x"}), ei_index, np.random.default_rng(1))
    assert (one.reason, np.isnan(one.p)) == ("one_group", True)
    empty = Network.from_ties(list("abc"), [])
    assert qap_correlation(network, empty, np.random.default_rng(1)).reason == "no_variation"
    groups = pd.Series({"a": "x", "b": "y", "c": "y"})
    assert label_permutation(empty, groups, ei_index, np.random.default_rng(1)).reason == "no_variation"
    with pytest.raises(ValueError, match="one draw"):
        qap_correlation(network, network, np.random.default_rng(1), draws=0)
    with pytest.raises(ValueError, match="same actors"):
        qap_correlation(network, Network.from_ties(["a"], []), np.random.default_rng(1))
