"""SDSM and the hypergeometric model: published values of the southern women, and slow versions."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sna.metrics.backbone import bicm, bicm_of_sums, class_tails, hypergeometric_tail, sdsm_tail
from tests.networks.test_projections import davis
from tests.reference import slow_backbone

OFTEN = settings(deadline=None, max_examples=60, derandomize=True)
# p of Evelyn at E1 … E14, by R's bicm.
EVELYN = [
    0.342329, 0.342329, 0.592814, 0.435455, 0.715740, 0.715740, 0.809825, 0.933382, 0.880696, 0.518764, 0.435455,
    0.592814, 0.342329, 0.342329,
]  # fmt: skip


def test_evelyns_chances():
    found = bicm(davis())
    np.testing.assert_allclose(found.cells[0], EVELYN, atol=1e-6)
    assert 100 < found.rounds < 130


def test_pairs_of_southern_women():
    """Exact: Evelyn and Laura .2682 (R's backbone 2.1.3: .2703, by a normal approximation); Olivia and Flora .088."""
    found = bicm(davis())
    np.testing.assert_allclose(sdsm_tail(found, [0, 16], [1, 17], [6, 2]), [0.268200, 0.088372], atol=1e-6)
    came = davis().sum(axis=1)
    i, j = np.triu_indices(18, 1)
    counts = davis().astype(int) @ davis().T
    blind = hypergeometric_tail(counts[i, j], np.full(len(i), 14), came[i], came[j])
    assert blind[0] == pytest.approx(0.0512820512820513, abs=1e-12)
    assert int((blind < 0.05).sum()) == 17
    assert int((sdsm_tail(found, i, j, counts[i, j]) < 0.05).sum()) == 0


CELLS = st.integers(1, 5).flatmap(
    lambda m: st.lists(st.lists(st.sampled_from([0, 1, 1, 2]), min_size=m, max_size=m), min_size=1, max_size=5)
)


@OFTEN
@given(cells=CELLS)
def test_sums_hold_on_average_and_nobody_is_where_they_could_not_be(cells):
    kinds = np.array(cells)
    came, could = kinds == 1, kinds != 2
    chance = bicm(came, could).cells
    np.testing.assert_allclose(chance.sum(axis=1), came.sum(axis=1), atol=1e-8)
    np.testing.assert_allclose(chance.sum(axis=0), came.sum(axis=0), atol=1e-8)
    assert (chance[~could] == 0).all()
    every = np.array(slow_backbone.every_table(came.sum(axis=1).tolist(), came.sum(axis=0).tolist(), could.tolist()))
    same = every.min(axis=0) == every.max(axis=0)
    np.testing.assert_array_equal(chance[same], came[same])
    # Inside, the odds are a product of one number of the person and one of the event.
    odds = np.log(chance[:, None, :] / np.where(same | ~could, np.nan, 1 - chance)[:, None, :])
    gaps = (odds - odds.swapaxes(0, 1))[~np.isnan(odds - odds.swapaxes(0, 1)).all(axis=2)]
    assert (np.nanmax(gaps, axis=1) - np.nanmin(gaps, axis=1) < 1e-6).all()


@OFTEN
@given(cells=CELLS, seed=st.integers(0, 1000))
def test_relabelling_changes_nothing(cells, seed):
    kinds = np.array(cells)
    came, could = kinds == 1, kinds != 2
    rng = np.random.default_rng(seed)
    rows, columns = rng.permutation(len(kinds)), rng.permutation(kinds.shape[1])
    there = np.ix_(rows, columns)
    np.testing.assert_allclose(bicm(came[there], could[there]).cells, bicm(came, could).cells[there], atol=1e-9)


@OFTEN
@given(cells=CELLS)
def test_tails_against_all_subsets(cells):
    kinds = np.array(cells)
    found = bicm(kinds == 1, kinds != 2)
    pairs = [(i, j, a) for i in range(len(kinds)) for j in range(i) for a in range(kinds.shape[1] + 1)]
    if not pairs:
        return
    one, other, together = zip(*pairs, strict=True)
    tails = sdsm_tail(found, one, other, together)
    chance = found.cells
    slow = [slow_backbone.poisson_binomial_tail((chance[i] * chance[j]).tolist(), a) for i, j, a in pairs]
    np.testing.assert_allclose(tails, slow, atol=1e-12)


def test_small_tails_keep_their_digits():
    """One tenth to the power of 2 × 40, far below what 1 minus the rest could tell."""
    found = bicm_of_sums([4] * 10, [1] * 40)
    assert np.allclose(found.cells, 0.1)
    assert sdsm_tail(found, [0], [1], [40])[0] == pytest.approx(1e-80, rel=1e-9, abs=0)


@OFTEN
@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9), st.integers(1, 9))
def test_hypergeometric_against_counting(least, one, other, events):
    one, other = min(one, events), min(other, events)
    found = hypergeometric_tail([least], [events], [one], [other])[0]
    assert found == pytest.approx(slow_backbone.hypergeometric_tail(least, events, one, other), abs=1e-12)


def test_nothing_to_reckon_with():
    nobody = bicm(np.zeros((2, 3), dtype=bool))
    assert nobody.cells.tolist() == [[0.0] * 3] * 2
    assert sdsm_tail(nobody, [0], [1], [0]).tolist() == [1.0]
    assert sdsm_tail(nobody, [], [], []).tolist() == []
    assert hypergeometric_tail([], [], [], []).tolist() == []
    with pytest.raises(ValueError, match="3 times"):
        bicm_of_sums([1, 2], [1])


def test_tails_of_many_kinds_of_pairs_are_worked_out_in_pieces(monkeypatch):
    found = bicm(davis())
    rows = len(found.chance)
    one, other = np.triu_indices(rows)
    most = np.arange(len(one)) % 7
    whole = class_tails(found, one, other, most)
    monkeypatch.setattr("sna.metrics.backbone.AT_ONCE", 20)
    pieces = class_tails(found, one, other, most)
    for now, before in zip(pieces, whole, strict=True):
        np.testing.assert_allclose(now, before, atol=1e-14)
