"""Concentration and agreement of nominations: published and computed values (docs/methods.md, 5.1 to 5.3)."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sna.metrics import agreement, concentration, fixity
from sna.metrics.centralization import indegree_centralization
from sna.metrics.expertise import gini_indegree, top3_share
from sna.networks import Network
from tests.reference import slow_experts

# In-degrees of the toy network of docs/methods.md, and its groups.
TOY = [3, 1, 1, 4, 1, 1, 2, 0]
GROUPS = [0, 0, 0, 1, 1, 1, 2, 2]
COUNTS = st.lists(st.lists(st.integers(0, 6), min_size=4, max_size=4), min_size=2, max_size=4)


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        (concentration.gini, 0.450549),
        (concentration.hhi, 0.195266),
        (concentration.effective_number, 5.121212),
        (concentration.theil, 0.301208),
        (lambda x: concentration.theil_between(x, GROUPS), 0.030878),
        (lambda x: concentration.theil(x) - concentration.theil_between(x, GROUPS), 0.270331),
        (lambda x: concentration.top_share(x, 1), 0.307692),
        (lambda x: concentration.top_share(x, 3), 0.692308),
        (lambda x: np.exp(np.log(8) - concentration.theil(x)), 5.92),
        (lambda x: concentration.theil(x) / np.log(8), 0.144851),
        (lambda x: (concentration.hhi(x) - 1 / 8) / (1 - 1 / 8), 0.080304),
        (lambda x: concentration.gini(x) * 7 / 8, 0.394231),
        (np.var, 1.484375),
    ],
)
def test_toy(measure, expected):
    assert float(measure(TOY)) == pytest.approx(expected, abs=6e-3 if expected == 5.92 else 1e-6)


def test_theil_within_is_the_weighted_mean_of_the_groups():
    shares = [(sum(x for x, g in zip(TOY, GROUPS, strict=True) if g == group)) / 13 for group in range(3)]
    inside = [slow_experts.theil([x for x, g in zip(TOY, GROUPS, strict=True) if g == group]) for group in range(3)]
    within = sum(s * t for s, t in zip(shares, inside, strict=True))
    assert float(concentration.theil(TOY) - concentration.theil_between(TOY, GROUPS)) == pytest.approx(within)


def test_kernels_and_network_measures_are_the_same_numbers():
    ties = [(1, 2), (2, 1), (1, 3), (3, 1), (2, 4), (4, 5), (5, 4), (5, 6), (6, 4), (7, 4), (3, 7), (6, 7), (4, 1)]
    network = Network.from_ties([str(i) for i in range(1, 9)], [(str(a), str(b)) for a, b in ties])
    assert gini_indegree(network) == pytest.approx(float(concentration.gini(TOY)), abs=1e-12)
    assert top3_share(network) == pytest.approx(float(concentration.top_share(TOY, 3)), abs=1e-12)
    assert indegree_centralization(network) == pytest.approx(0.387755, abs=1e-6)


@pytest.mark.parametrize("kernel", [concentration.gini, concentration.hhi, concentration.theil])
def test_nothing_counted_is_undefined(kernel):
    assert np.isnan(kernel([[0, 0, 0], [1, 0, 0]])).tolist() == [True, False]


@pytest.mark.parametrize(
    ("counts", "within", "pooled", "between", "fixed"),
    [
        ([[4, 1, 0, 0, 0], [2, 2, 1, 0, 0]], 0.831777, 0.711492, 0.120284, 0.855389),
        ([[4, 2, 0, 0], [4, 2, 0, 0]], 0.7498, 0.7498, 0, 1),
        ([[4, 2, 0, 0], [0, 0, 2, 4]], 0.7498, 0.0566, np.log(2), 0.0755),
        ([[3, 1, 1, 1], [1, 3, 1, 1]], 0.1438, 0.0566, 0.0872, 0.3937),
    ],
)
def test_decomposition(counts, within, pooled, between, fixed):
    found = fixity.decomposition(counts)
    digits = 1e-6 if within == 0.831777 else 5e-5
    assert (found.within, found.pooled) == pytest.approx((within, pooled), abs=digits)
    assert (found.between, found.fixed) == pytest.approx((between, fixed), abs=digits)


@given(COUNTS)
def test_decomposition_is_exact_and_agrees_with_divergences(counts):
    found = fixity.decomposition(counts)
    if not any(map(sum, counts)):
        assert np.isnan([found.within, found.pooled, found.between, found.fixed]).all()
        return
    within, pooled, apart = slow_experts.parts(counts)
    assert (found.within, found.pooled, found.between) == pytest.approx((within, pooled, apart), abs=1e-12)
    assert float(fixity.pooled_topics(counts)) == pytest.approx(float(concentration.theil(np.sum(counts, axis=0))))


def test_kendall_w():
    # Also Friedman's chi-square / (T (N − 1)).
    rows = [[4, 2, 0, 0, 1], [3, 3, 1, 0, 0], [5, 1, 1, 0, 0]]
    assert agreement.kendall_w(rows) == pytest.approx(0.842424, abs=1e-6)
    # (T W − 1) / (T − 1) is the mean rank correlation of pairs of topics only where nobody ties.
    correlations = pd.DataFrame(rows).T.rank().corr().to_numpy()[np.triu_indices(3, 1)]
    assert (3 * agreement.kendall_w(rows) - 1) / 2 == pytest.approx(0.7636, abs=5e-5)
    assert correlations.mean() == pytest.approx(0.7652, abs=5e-5)
    assert agreement.kendall_w([[4, 1, 0, 0, 0], [2, 2, 1, 0, 0]]) == pytest.approx(0.941176, abs=1e-6)
    assert np.isnan(agreement.kendall_w([[1, 1, 1], [2, 2, 2]]))


@given(COUNTS.filter(lambda counts: any(len(set(row)) > 1 for row in counts)))
def test_kendall_w_agrees_with_counting(counts):
    assert agreement.kendall_w(counts) == pytest.approx(slow_experts.kendall_w(counts))


@pytest.mark.parametrize(
    ("other", "expected"),
    [([1, 2, 3, 4, 5], 1), ([2, 1, 3, 4, 5], 0.9), ([5, 4, 3, 2, 1], 0.737775), ([6, 7, 8, 9, 10], 0)],
)
def test_rank_biased_overlap(other, expected):
    assert agreement.rank_biased_overlap([1, 2, 3, 4, 5], other) == pytest.approx(expected, abs=1e-6)


def test_rank_biased_overlap_of_topics_with_ties():
    """Identical topics without ties 1, the first two swapped .9, reversed .737775; all alike, as chance has it."""
    first = [5, 4, 3, 2, 1]
    for other, expected in ((first, 1), ([4, 5, 3, 2, 1], 0.9), (first[::-1], 0.737775)):
        assert agreement.ranking_overlap([first, other]) == pytest.approx(expected, abs=1e-6)
    assert agreement.ranking_overlap([first, [1] * 5]) == pytest.approx(agreement.ranking_overlap_by_chance(5))
    assert np.isnan([agreement.ranking_overlap([first]), agreement.ranking_overlap([[1], [2]])]).all()
    assert np.isnan(agreement.ranking_overlap_by_chance(1))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(st.integers(0, 3), min_size=4, max_size=4), min_size=2, max_size=3))
def test_rank_biased_overlap_is_the_mean_over_all_ways_of_breaking_ties(counts):
    assert agreement.ranking_overlap(counts) == pytest.approx(slow_experts.ranking_overlap(counts, 0.9))


def test_rank_biased_overlap_is_near_the_mean_of_ties_broken_at_random():
    """As docs/methods.md has it: broken 200 times, averaged."""
    rng = np.random.default_rng(3)
    counts = rng.integers(0, 4, (3, 12))
    drawn = []
    for _ in range(200):
        ranked = [np.lexsort((rng.random(12), -row)).tolist() for row in counts]
        pairs = [(ranked[0], ranked[1]), (ranked[0], ranked[2]), (ranked[1], ranked[2])]
        drawn.append(np.mean([agreement.rank_biased_overlap(a, b) for a, b in pairs]))
    assert agreement.ranking_overlap(counts) == pytest.approx(np.mean(drawn), abs=4 * np.std(drawn) / np.sqrt(200))


def test_rank_biased_overlap_of_unrelated_topics():
    values = [agreement.rank_biased_overlap(range(4), order) for order in permutations(range(4))]
    assert agreement.ranking_overlap_by_chance(4) == pytest.approx(np.mean(values))


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=2, max_size=9))
def test_kendall_tau_agrees_with_counting_pairs(both):
    one, other = ([float(pair[at]) for pair in both] for at in (0, 1))
    expected = slow_experts.kendall_tau(one, other)
    found = float(agreement.kendall_tau(one, other))
    assert (np.isnan(found) and expected is None) or found == pytest.approx(expected)
    turned = agreement.kendall_tau(one[::-1], [other[::-1], [-x for x in other[::-1]]])
    if expected is not None:
        assert turned.tolist() == pytest.approx([expected, -expected])


def test_kendall_tau_of_many_orders_at_a_time(monkeypatch):
    rng = np.random.default_rng(1)
    one, many = rng.integers(0, 5, 30), rng.integers(0, 9, (50, 30))
    whole = agreement.kendall_tau(one, many)
    monkeypatch.setattr(agreement, "AT_ONCE", 100)
    assert agreement.kendall_tau(one, many).tolist() == whole.tolist()
    assert whole.tolist() == pytest.approx([slow_experts.kendall_tau(one.tolist(), row) for row in many.tolist()])
    assert np.isnan(agreement.kendall_tau([], np.zeros((2, 0)))).tolist() == [True, True]


def test_how_many_would_name_each_by_chance():
    """The mean over all members of null A; an unknown cell is no chance to be named, a silent person names nobody."""
    names = [[{1}, {0, 2}, set()], [{2}, set(), {0}]]
    known = np.repeat(~np.eye(3, dtype=bool)[None], 2, axis=0)
    named = np.zeros_like(known)
    for topic, row in enumerate(names):
        for person, those in enumerate(row):
            named[topic, person, list(those)] = True
    people = ("a", "b", "c")
    cells = fixity.Nominations(("s", "t"), people, people, named, known)
    assert cells.by_chance == pytest.approx(np.array(slow_experts.named_by_chance(names, 3)))
    assert cells.by_chance.sum(axis=1) == pytest.approx(cells.counts.sum(axis=1))
    known[0, 0, 2] = known[1, 1, 0] = known[1, 1, 2] = False
    assert cells.by_chance[0].tolist() == pytest.approx([1, 1, 1])
    assert cells.by_chance[1].tolist() == pytest.approx([0.5, 1, 0.5])


def test_overlap_of_the_top_three():
    assert agreement.top_overlap([[9, 8, 7, 0, 0, 0], [9, 8, 7, 0, 0, 0]]) == 1
    assert agreement.top_overlap([[9, 8, 7, 0, 0, 0], [0, 0, 0, 7, 8, 9]]) == 0
    # Nobody stands out: k of N, as drawing lots would have it.
    assert agreement.top_overlap([[1] * 12, [2] * 12]) == pytest.approx(3 / 12)
    assert np.isnan(agreement.top_overlap([[1, 2, 3], [1, 2, 3]]))


def test_relabelling_people_changes_nothing():
    counts = np.random.default_rng(1).integers(0, 5, (4, 9))
    turned = counts[:, ::-1]
    assert agreement.kendall_w(counts) == pytest.approx(agreement.kendall_w(turned))
    assert agreement.top_overlap(counts) == pytest.approx(agreement.top_overlap(turned))
    one, other = fixity.decomposition(counts), fixity.decomposition(turned)
    assert (one.within, one.between) == pytest.approx((other.within, other.between))
