"""Ties and groups beside shuffled people: every shuffling by hand, published figures, silent groups."""

from __future__ import annotations

from math import isnan

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings

from sna.inference.group_ties import OVERALL, GroupTies, group_ties_test
from sna.inference.permutation import label_permutation
from sna.metrics.homophily import assortativity, coleman_homophily, yules_q
from sna.metrics.mixing import ei_expected, ei_index
from sna.networks import Network
from tests.golden import classic, toy
from tests.reference import slow_brokers as slow
from tests.reference import slow_groups
from tests.reference.random_networks import networks
from tests.reference.slow_metrics import groups_of

FEW = settings(max_examples=40, deadline=None, derandomize=True)
MEASURES = {"ei_index": ei_index, "yules_q": yules_q, "assortativity": assortativity}


def beside_chance(network: Network, group: pd.Series[str]) -> GroupTies:
    return group_ties_test(network, group, np.random.default_rng(1), 99)


def found(network: Network, group: pd.Series[str], name: str) -> list[float]:
    chance = beside_chance(network, group).overall[name].chance
    assert chance is not None
    return sorted(chance.values.tolist())


def test_the_karate_clubs() -> None:
    """Specification §3.11: −.717949, expected .0303; permutation mean .028, sd .096, p .0002 with 4,999 draws."""
    karate, clubs = classic.classic("karate"), pd.Series(classic.karate_clubs())
    test = group_ties_test(karate, clubs, np.random.default_rng(1))
    index = test.overall["ei_index"]
    assert index.observed == pytest.approx(-0.717949, abs=1e-6)
    assert index.chance is not None
    expected = ei_expected(karate, clubs)
    assert expected == pytest.approx(0.0303, abs=5e-5)
    assert index.chance.mean == pytest.approx(expected, abs=4 * 0.096 / np.sqrt(4999))
    assert index.chance.sd == pytest.approx(0.096, abs=0.004)
    assert (index.p_low, index.p) == (pytest.approx(1 / 5000), pytest.approx(2 / 5000))
    assert test.overall["yules_q"].observed == pytest.approx(0.784014, abs=1e-6)
    assert test.overall["assortativity"].observed == pytest.approx(0.717531, abs=1e-6)
    assert [one.p_high for one in test.homophily.values()] == pytest.approx([1 / 5000] * 2)


def test_the_toy_is_as_by_label_permutation() -> None:
    """All 560 ways; nobody is silent, so both go through the same."""
    network, schools = toy.toy(), pd.Series(toy.CLASSES)
    for name, measure in MEASURES.items():
        general = label_permutation(network, schools, measure, np.random.default_rng(1))
        assert general.chance is not None
        assert found(network, schools, name) == pytest.approx(sorted(general.chance.values.tolist()))
    kept = beside_chance(network, schools).homophily
    assert kept["A"].observed == pytest.approx(0.5333, abs=5e-5)
    assert kept["X"].observed == -1
    general = label_permutation(
        network,
        schools,
        lambda n, g: float(coleman_homophily(n, g).set_index("group").loc["A", "homophily"]),
        np.random.default_rng(1),
    )
    assert kept["A"].p_high == pytest.approx(general.p_high)


@FEW
@given(networks(max_people=5, min_people=2))
def test_every_way_of_shuffling_gone_through_by_hand(network: Network) -> None:
    group, groups = network.attributes["group"], groups_of(network)
    test = beside_chance(network, group)
    names = sorted({g for g in groups.values() if g is not None})
    assert list(test.homophily) == names
    ways = slow.shufflings(network, groups)
    for name, measure in {**MEASURES, "homophily": None}.items():
        for value in names if measure is None else [None]:
            mine = test.homophily[value] if value is not None else test.overall[name]
            if mine.chance is None:
                assert mine.reason is not None
                assert isnan(mine.observed)
                continue
            if value is not None:
                every = [slow_groups.coleman_homophily(network, way)[value][3] for way in ways]
            else:
                every = [_slow(name, network, way) for way in ways]
            expected = sorted(one for one in every if not isnan(one))
            assert mine.chance.exact
            assert sorted(mine.chance.values.tolist()) == pytest.approx(expected, abs=1e-9)
            assert mine.p_high == pytest.approx(np.mean(np.array(expected) >= mine.observed - 1e-9))


def _slow(name: str, network: Network, groups: dict[str, str | None]) -> float:
    if name == "yules_q":
        return slow_groups.yules_q(network, groups)
    if name == "assortativity":
        return slow_groups.assortativity(network, groups)
    pairs = [(groups[network.actors[i]], groups[network.actors[j]]) for i, j, _ in network.ties()]
    crossing = [g != h for g, h in pairs if g is not None and h is not None]
    return 2 * np.mean(crossing) - 1 if crossing else float("nan")


def test_a_group_that_was_not_asked_does_not_seem_to_be_avoided() -> None:
    """Six partners among 24 people are named as often as anybody; nobody asked them."""
    rng = np.random.default_rng(3)
    actors = [str(i) for i in range(24)]
    group = pd.Series({a: "xyp"[2 if i >= 18 else i % 2] for i, a in enumerate(actors)})
    sides = group.replace({"y": "x"})
    rejected = {"three": 0, "two": 0, "by the general test": 0}
    for _ in range(60):
        others = [[j for j in range(24) if j != i] for i in range(18)]
        ties = [(actors[i], actors[j]) for i in range(18) for j in rng.choice(others[i], 4, replace=False)]
        network = Network.from_ties(actors, ties, answered=actors[:18])
        rejected["three"] += group_ties_test(network, group, rng, 99).overall["ei_index"].p <= 0.05
        rejected["two"] += group_ties_test(network, sides, rng, 99).overall["ei_index"].p <= 0.05
        rejected["by the general test"] += label_permutation(network, group, ei_index, rng, 99).p <= 0.05
    assert rejected["three"] <= 8, "3 are expected; 8 or fewer in 99 of 100 such tests"
    assert rejected["two"] == 0, "all who answered are of one group: nothing can be shuffled"
    assert rejected["by the general test"] <= 8


def reasons(network: Network, **groups: str) -> set[str | None]:
    test = beside_chance(network, pd.Series(groups, dtype="str"))
    return {one.reason for one in test.overall.values()}


def test_nothing_to_test() -> None:
    pair = Network.from_ties(list("abcd"), [("a", "b")])
    assert reasons(pair) == {"no_group"}
    assert reasons(pair, a="x", b="x") == {"one_group"}
    assert reasons(pair, c="x", d="y") == {"no_group"}
    assert reasons(Network.from_ties(list("abcd"), []), a="x", b="y") == {"no_ties"}
    assert reasons(Network.from_ties(list("abcd"), [], answered=[]), a="x", b="y") == {"nonresponse"}
    full = Network.from_ties(list("abc"), [(a, b) for a in "abc" for b in "abc" if a != b])
    group = pd.Series({"a": "x", "b": "y", "c": "y"})
    test = beside_chance(full, group)
    assert test.overall["yules_q"].reason == "no_variation"
    assert test.overall["ei_index"].p == 1
    assert test.homophily["x"].reason == "small_groups"
    assert set(OVERALL) == set(test.overall)
    quiet = beside_chance(
        Network.from_ties(list("abcd"), [("a", "b")]), pd.Series(dict(zip("abcd", "xxyy", strict=True)))
    )
    assert quiet.homophily["y"].reason == "no_ties"
