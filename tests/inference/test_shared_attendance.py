"""Backbones of shared attendance: the southern women, the slow way, and what nothing can be said of."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from sna.inference import backbone_large
from sna.inference.backbone import MODELS, Meetings, backbones, fdsm, sdsm
from sna.inference.backbone_large import sdsm_counts
from tests.networks.test_projections import davis
from tests.reference import slow_backbone

OFTEN = settings(deadline=None, max_examples=40, derandomize=True)
CELLS = st.integers(1, 4).flatmap(
    lambda m: st.lists(st.lists(st.sampled_from([0, 1, 1, 2]), min_size=m, max_size=m), min_size=2, max_size=4)
)
# Pairs below .05 by FDSM and their p, to the digits given.
PUBLISHED = {
    ("Katherina", "Sylvia"): 0.008,
    ("Olivia", "Flora"): 0.03,
    ("Evelyn", "Theresa"): 0.03,
    ("Laura", "Brenda"): 0.04,
    ("Myra", "Katherina"): 0.05,
}


def women() -> Meetings:
    return Meetings.of(davis(), np.ones((18, 14), dtype=bool))


def test_southern_women():
    """p < .05: hypergeometric 17 pairs, FDSM 5, SDSM none; with all 153 pairs allowed for, none at all."""
    found = women()
    said = backbones(found, np.random.default_rng(2), 19_999)
    assert tuple(said) == MODELS
    kept = {model: (int(one.kept(False).sum()), int(one.kept(True).sum())) for model, one in said.items()}
    assert kept == {"fdsm": (5, 0), "sdsm": (0, 0), "hypergeometric": (17, 0)}
    names = [name.split()[0] for name in nx.davis_southern_women_graph().graph["top"]]
    pairs = [(names[i], names[j]) for i, j in zip(found.one, found.other, strict=True)]
    p = dict(zip(pairs, said["fdsm"].p.tolist(), strict=True))
    assert {pair for pair, value in p.items() if value < 0.05} == set(PUBLISHED)
    for pair, value in PUBLISHED.items():
        assert p[pair] == pytest.approx(value, abs=0.006 if value > 0.01 else 0.002)
    assert said["sdsm"].smallest == pytest.approx(0.051989, abs=1e-6)
    assert len(found.one) == 153
    assert int((found.together > 0).sum()) == 139


def test_everybody_has_the_same_draws_again():
    first, again = (fdsm(women(), np.random.default_rng(3), 200) for _ in range(2))
    np.testing.assert_array_equal(first.p, again.p)
    assert first.p.min() >= 1 / 201


@OFTEN
@given(cells=CELLS)
def test_small_tables_against_the_list_of_all(cells):
    """0 absent, 1 present, 2 not eligible."""
    kinds = np.array(cells)
    came, could = kinds == 1, kinds != 2
    found = Meetings.of(came, could)
    every = slow_backbone.every_table(came.sum(axis=1).tolist(), came.sum(axis=0).tolist(), could.tolist())
    said = backbones(found, np.random.default_rng(1), 50)
    could_meet = [(i, j) for i in range(len(kinds)) for j in range(i + 1, len(kinds)) if (could[i] & could[j]).any()]
    assert list(zip(found.one.tolist(), found.other.tolist(), strict=True)) == could_meet
    for at, (i, j) in enumerate(zip(found.one.tolist(), found.other.tolist(), strict=True)):
        both = could[i] & could[j]
        a = int((came[i] & came[j]).sum())
        assert (found.together[at], found.events[at]) == (a, both.sum())
        if said["fdsm"].reason is not None:
            assert np.isnan(said["fdsm"].p[at])
            continue
        slow = [slow_backbone.together(table, i, j) for table in every]
        assert said["fdsm"].p[at] == pytest.approx(np.mean([x >= a for x in slow]), abs=1e-12)
        assert said["fdsm"].expected[at] == pytest.approx(np.mean(slow), abs=1e-12)
        blind = slow_backbone.hypergeometric_tail(
            a, int(both.sum()), int(came[i, both].sum()), int(came[j, both].sum())
        )
        assert said["hypergeometric"].p[at] == pytest.approx(blind, abs=1e-12)
    if said["sdsm"].reason is None:
        for one in said.values():
            np.testing.assert_allclose(one.q, slow_backbone.corrected(one.p.tolist()), atol=1e-12)
            assert one.smallest <= one.p.min() + 1e-12


def test_guests_do_not_count_where_they_were_not_eligible():
    came = np.array([[True, True], [True, True]])
    could = np.array([[True, True], [False, True]])
    found = Meetings.of(came, could)
    assert (found.together.tolist(), found.events.tolist()) == ([1], [1])


@pytest.mark.parametrize(
    ("came", "could", "reason"),
    [
        (np.zeros((0, 0)), np.zeros((0, 0)), "too_few_nodes"),
        (np.ones((1, 3)), np.ones((1, 3)), "too_few_nodes"),
        (np.eye(2), np.eye(2), "too_few_nodes"),
        (np.zeros((3, 2)), np.ones((3, 2)), "not_recorded"),
        (np.ones((3, 2)), np.ones((3, 2)), "no_variation"),
        (np.array([[1, 1], [1, 0]]), np.ones((2, 2)), "no_variation"),
    ],
)
@pytest.mark.filterwarnings("error")
def test_no_numbers_where_there_is_nothing_to_compare_with(came, could, reason):
    said = backbones(Meetings.of(came.astype(bool), could.astype(bool)), np.random.default_rng(1), 99)
    for one in said.values():
        assert one.reason == reason
        assert np.isnan(one.p).all()
        assert np.isnan(one.smallest)
        assert not one.kept(False).any()


def test_a_model_can_be_left_out():
    said = backbones(women(), np.random.default_rng(1), 99, without={"fdsm": "too_large"})
    assert (said["fdsm"].reason, said["fdsm"].tables, said["sdsm"].reason) == ("too_large", None, None)


def test_very_many_people_are_counted_by_kind(monkeypatch):
    rng = np.random.default_rng(5)
    came = rng.random((90, 300)) < rng.beta(1, 9, (90, 1)) + rng.beta(1, 14, 300)
    came[:5, :60], came[5:, :60] = True, False
    monkeypatch.setattr(backbone_large, "AT_ONCE", 3_000)
    counted = sdsm_counts(sparse.csr_array(came.astype(int)))
    found = Meetings.of(came, np.ones_like(came))
    one = sdsm(found)
    assert counted.tested == len(found.one) == 90 * 89 // 2
    assert int(counted.pairs.sum()) == int((found.together > 0).sum())
    for corrected, values in ((False, one.p), (True, one.q)):
        assert counted.kept(corrected) == int((values < 0.05).sum()) > 0
        told = [part for part in counted.listed(corrected, 0.05) if len(part[0])]
        i, j, together, value = (np.concatenate(parts) for parts in zip(*told, strict=True))
        kept = np.flatnonzero(values < 0.05)
        order = np.lexsort((j, i))
        np.testing.assert_array_equal(i[order], found.one[kept])
        np.testing.assert_array_equal(j[order], found.other[kept])
        np.testing.assert_array_equal(together[order], found.together[kept])
        np.testing.assert_allclose(value[order], values[kept], rtol=1e-9)


def test_very_many_people_who_never_meet():
    counted = sdsm_counts(sparse.csr_array(np.eye(4, dtype=int)))
    assert (counted.tested, int(counted.pairs.sum()), counted.kept(False)) == (6, 0, 0)
    assert sdsm_counts(sparse.csr_array((0, 0), dtype=int)).tested == 0
