"""Brokerage beside two nulls: every placing and shuffling gone through by hand, draws, known values, and size."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from benchmarks import simulate_brokerage
from sna.inference import brokerage as module
from sna.inference.brokerage import KINDS, BrokerageTest, Drawn, brokerage_test
from sna.inference.several import benjamini_hochberg
from sna.metrics.brokerage import brokerage
from sna.networks import Network
from tests.golden import toy
from tests.reference import slow_brokers as slow
from tests.reference.random_networks import networks
from tests.reference.slow_metrics import groups_of

FEW = settings(max_examples=25, deadline=None, derandomize=True)
SCHOOLS = pd.Series(toy.CLASSES)


def beside_chance(network: Network, group: pd.Series[str], draws: int = 99) -> BrokerageTest:
    return brokerage_test(network, group, np.random.default_rng(1), draws)


def table(found: dict[str, dict[str, int]]) -> list[list[int]]:
    return [[row[kind] for kind in KINDS] for row in found.values()]


def values(drawn: Drawn) -> list[list[list[int]]]:
    every = np.stack([drawn.of(kind) for kind in KINDS], axis=2)
    return sorted(every.astype(int).tolist())


@FEW
@given(networks(max_people=5, min_people=3))
def test_both_nulls_are_those_gone_through_by_hand(network: Network) -> None:
    group, groups = network.attributes["group"], groups_of(network)
    found = beside_chance(network, group)
    turned = network.flow == "against"
    present = slow.reported(network, groups)
    assert found.people == tuple(a for a in network.actors if groups[a] is not None)
    if found.reason not in ("too_few_nodes",):
        assert found.observed.tolist() == table(slow.counts(network, groups, present, turned))
    if found.reason is not None:
        assert found.arcs is None
        assert np.isnan([found.q_arcs, found.q_labels]).all()
        return
    assert found.arcs is not None
    assert found.labels is not None
    shuffled = [table(slow.counts(network, one, present, turned)) for one in slow.shufflings(network, groups)]
    assert found.labels.exact
    assert values(found.labels) == sorted(shuffled)
    places = slow.placings(network, groups) if found.arcs.exact and len(slow.cells(network, groups)) <= 12 else []
    assume(places and len(places) <= 1_000)
    placed = [table(slow.counts(network, groups, one, turned)) for one in places]
    assert values(found.arcs) == sorted(placed)
    total, across = (KINDS.index(kind) for kind in ("total", "across"))

    def highest(members: list[list[list[int]]], at: int) -> list[float]:
        """p of each person, NaN for those who did not answer or could not."""
        counted = np.array(members)[:, :, at]
        p = (counted >= found.observed[:, at]).mean(axis=0)
        return np.where(found.answered & found.could[:, at], p, np.nan).tolist()

    assert found.q_arcs == pytest.approx(benjamini_hochberg(highest(placed, total)), nan_ok=True)
    second = np.where(found.q_arcs <= 0.05, highest(shuffled, across), np.nan)
    assert found.q_labels == pytest.approx(benjamini_hochberg(second), nan_ok=True)


def expected_by_arcs(network: Network, codes: list[str]) -> np.ndarray:
    """Exact mean of each kind when m of C cells hold a tie and all are known: pairs × P(two ties and a gap)."""
    n, m = network.n, network.matrix.nnz
    c = n * (n - 1)
    share = m * (m - 1) * (c - m) / (c * (c - 1) * (c - 2))
    pairs = np.zeros((n, len(KINDS)))
    for v in range(n):
        for a in range(n):
            for b in range(n):
                if len({a, v, b}) == 3:
                    pairs[v, KINDS.index(slow._kind(codes[a], codes[v], codes[b]))] += 1
                    pairs[v, KINDS.index("total")] += 1
                    pairs[v, KINDS.index("across")] += codes[a] != codes[b]
    return share * pairs


@pytest.mark.parametrize("ties", [13, 40])
def test_draws_have_the_mean_that_can_be_worked_out(ties: int) -> None:
    """With more than half of the cells tied, too, where the gaps are drawn."""
    actors = toy.ACTORS
    every = [(a, b) for a in actors for b in actors if a != b]
    network = toy.toy() if ties == 13 else Network.from_ties(actors, every[:ties])
    found = brokerage_test(network, SCHOOLS, np.random.default_rng(3), 20_000, "citation")
    assert found.arcs is not None
    assert not found.arcs.exact
    expected = expected_by_arcs(network, list(SCHOOLS))
    for at, kind in enumerate(KINDS):
        drawn = found.arcs.of(kind)
        error = drawn.std(axis=0) / np.sqrt(20_000)
        assert (np.abs(drawn.mean(axis=0) - expected[:, at]) <= 4.5 * error + 1e-12).all(), kind


def test_every_set_of_cells_is_as_likely() -> None:
    sets = np.concatenate(list(module._placed(6, 2, np.random.default_rng(1), 15_000, 4_000)))
    assert (sets.sum(axis=1) == 2).all()
    counts = np.unique(sets @ (1 << np.arange(6)), return_counts=True)[1]
    assert len(counts) == 15
    assert ((counts - 1_000) ** 2 / 1_000).sum() < 36.1, "chi-square with 14 degrees of freedom, p = .001"


def test_the_toy() -> None:
    """Specification §3.10: counts of the worked example; person 1 has two coordinator links where .08 are expected."""
    found = brokerage_test(toy.toy(), SCHOOLS, np.random.default_rng(1), 4_999, "citation")
    order = [KINDS.index(kind) for kind in toy.ROLE_ORDER]
    assert found.observed[:, order].tolist() == toy.ROLE_COUNTS
    assert brokerage(toy.toy(), SCHOOLS, "citation").z.loc["1", "coordinator"] == pytest.approx(6.8, abs=0.01)
    assert found.labels is not None
    assert found.arcs is not None
    assert (found.labels.exact, len(found.labels.counts)) == (True, 560)
    coordinator = found.arcs.p_at_least("coordinator", found.observed[:, KINDS.index("coordinator")])
    # z = 6.8 would be p < 1e-11: the simulated p is a hundred million times larger.
    assert 0.0004 < coordinator[0] < 0.02
    assert found.arcs.network("total").p_at_least(15) == pytest.approx(0.45, abs=0.1)
    assert (found.labels.of("total").std(axis=0) == 0).all(), "shuffling leaves everybody's total as it is"
    assert found.labels.network("total").p_at_least(15) == 1


def test_turning_round_swaps_gatekeeper_and_representative() -> None:
    network = toy.toy()
    there, back = (
        brokerage_test(one, SCHOOLS, np.random.default_rng(1), 99, "citation") for one in (network, network.reversed())
    )
    swap = [KINDS.index(k) for k in ("coordinator", "representative", "gatekeeper", "consultant", "liaison", "total")]
    assert back.observed[:, swap].tolist() == there.observed[:, [0, 1, 2, 3, 4, 5]].tolist()
    assert there.labels is not None
    assert back.labels is not None
    for one, other in (("gatekeeper", "representative"), ("liaison", "liaison"), ("across", "across")):
        observed = there.observed[:, KINDS.index(one)]
        p = there.labels.p_at_least(one, observed)
        assert back.labels.p_at_least(other, observed).tolist() == p.tolist()


@FEW
@given(networks(max_people=5, min_people=3, complete=True), st.randoms(use_true_random=False))
def test_people_may_stand_in_any_order(network: Network, random: object) -> None:
    order = list(network.actors)
    random.shuffle(order)
    names = network.actors
    ties = [(names[i], names[j]) for i, j, _ in network.ties()]
    moved = Network.from_ties(order, ties, flow=network.flow)
    group = network.attributes["group"]
    first, second = beside_chance(network, group), beside_chance(moved, group)
    assert first.reason == second.reason
    if first.reason is None and first.arcs is not None and first.arcs.exact:
        one, other = (pd.Series(found.q_arcs, index=list(found.people)) for found in (first, second))
        pd.testing.assert_series_equal(one, other[one.index])


def test_more_than_one_word_of_people() -> None:
    """Bits of more than 64 people stand in several words."""
    rng = np.random.default_rng(2)
    actors = [f"p{i}" for i in range(70)]
    ties = [(a, str(b)) for a in actors for b in rng.choice(actors, 5, replace=False) if a != b]
    network = Network.from_ties(actors, sorted(set(ties)))
    group = pd.Series({a: f"g{i % 7}" for i, a in enumerate(actors)})
    found = beside_chance(network, group, 20)
    groups = {a: str(g) for a, g in group.items()}
    assert found.observed.tolist() == table(slow.counts(network, groups, slow.reported(network, groups), True))
    known, tied = network.observed.T, network.dense.T > 0
    codes = np.arange(70) % 7
    same = module._labels(known, tied, codes, network.answered, np.random.default_rng(1), 3)
    moved = module.shuffled(codes, np.random.default_rng(1), 3, network.answered)[0]
    for counts, way in zip(same.counts, moved, strict=True):
        shuffled = pd.Series({a: f"g{code}" for a, code in zip(actors, way, strict=True)})
        assert counts.tolist() == brokerage(network, shuffled).counts.iloc[:, :5].to_numpy().astype(int).tolist()


def test_nothing_to_test() -> None:
    def reason(network: Network, **groups: str) -> str | None:
        return beside_chance(network, pd.Series(groups, dtype="str")).reason

    pair = Network.from_ties(list("abcd"), [("a", "b")])
    assert reason(pair) == "too_few_nodes"
    assert reason(pair, a="x", b="y") == "too_few_nodes"
    assert reason(pair, a="x", b="x", c="x") == "one_group"
    assert reason(pair, b="x", c="y", d="y") == "no_ties"
    silent = Network.from_ties(list("abcd"), [("a", "b")], answered=["a"])
    assert reason(silent, b="x", c="y", d="y") == "nonresponse"
    assert reason(Network.from_ties(list("abcd"), [], answered=[]), a="x", b="y", c="y") == "nonresponse"
    with pytest.raises(ValueError, match="one draw"):
        beside_chance(pair, pd.Series({"a": "x"}), 0)


def test_everybody_tied_and_groups_of_one() -> None:
    actors = list("abcd")
    full = Network.from_ties(actors, [(a, b) for a in actors for b in actors if a != b])
    found = beside_chance(full, pd.Series(dict(zip(actors, "wxyz", strict=True))))
    assert found.arcs is not None
    assert (found.arcs.exact, len(found.arcs.counts)) == (True, 1)
    assert found.q_arcs.tolist() == [1, 1, 1, 1]
    assert np.isnan(found.q_labels).all()
    able = pd.DataFrame(found.could, columns=list(KINDS)).all()
    assert able[["liaison", "total", "across"]].all()
    assert not able[["coordinator", "gatekeeper", "representative", "consultant"]].any()


def test_all_but_one_cell_tied_is_listed_by_the_gap() -> None:
    actors = [f"p{i}" for i in range(31)]
    ties = [(a, b) for a in actors for b in actors if a != b][1:]
    group = pd.Series({a: "xy"[i % 2] for i, a in enumerate(actors)})
    found = beside_chance(Network.from_ties(actors, ties), group)
    assert found.arcs is not None
    assert (found.arcs.exact, len(found.arcs.counts)) == (True, 31 * 30)
    # One gap a→b leaves 29 people between the two, whichever it is.
    assert (found.arcs.of("total").sum(axis=1) == 29).all()


def test_size_where_nothing_is_going_on() -> None:
    """A small part of benchmarks/simulate_brokerage.py: how often each test rejects what is true, at .05."""
    rejected = simulate_brokerage.rejections(simulate_brokerage.SETTINGS[0], 100, draws=199)
    assert set(rejected) >= {"across, arcs, high", "across, labels, high", "ei_index", "somebody, both"}
    for name, share in rejected.items():
        assert share <= 0.07 + 2 * np.sqrt(0.05 * 0.95 / 100), name
