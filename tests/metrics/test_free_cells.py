"""Cells that can differ between tables with the same sums: against the list of all such tables."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sna.metrics.free_cells import fixed_by_sums, free_cells
from tests.reference import slow_backbone

OFTEN = settings(deadline=None, max_examples=100, derandomize=True)
# 0 absent, 1 present, 2 not eligible.
CELLS = st.integers(1, 4).flatmap(
    lambda m: st.lists(st.lists(st.sampled_from([0, 1, 1, 2]), min_size=m, max_size=m), min_size=1, max_size=4)
)


@OFTEN
@given(cells=CELLS)
def test_a_cell_is_free_where_tables_differ(cells):
    kinds = np.array(cells)
    came, could = kinds == 1, kinds != 2
    every = np.array(slow_backbone.every_table(came.sum(axis=1).tolist(), came.sum(axis=0).tolist(), could.tolist()))
    found = free_cells(came, could)
    np.testing.assert_array_equal(found.cells, every.min(axis=0) != every.max(axis=0))
    assert not (found.cells & ~could).any()
    # Every free cell lies in one part, and every part has one.
    rows, columns = np.nonzero(found.cells)
    assert (found.rows[rows] == found.columns[columns]).all()
    assert sorted(set(found.rows[rows].tolist())) == list(range(found.parts))
    assert ((found.rows >= 0) == found.cells.any(axis=1)).all()
    assert ((found.columns >= 0) == found.cells.any(axis=0)).all()


@OFTEN
@given(st.integers(0, 10**6), st.integers(1, 8), st.integers(1, 8), st.sampled_from([0.05, 0.3, 1.0]))
def test_sums_alone_tell_the_same(seed, n, m, noise):
    rng = np.random.default_rng(seed)
    leaning = np.add.outer(rng.normal(size=n), rng.normal(size=m)) + noise * rng.logistic(size=(n, m))
    came = leaning > 0
    rows, people = np.unique(came.sum(axis=1), return_counts=True)
    columns, events = np.unique(came.sum(axis=0), return_counts=True)
    fixed = fixed_by_sums(rows, people, columns, events)
    cells = fixed[np.searchsorted(rows, came.sum(axis=1))][:, np.searchsorted(columns, came.sum(axis=0))]
    free = free_cells(came, np.ones((n, m), dtype=bool)).cells
    np.testing.assert_array_equal(np.isnan(cells), free)
    np.testing.assert_array_equal(cells[~free], came[~free])


def test_everybody_everywhere_and_nobody_anywhere():
    for came in (np.ones((3, 4), dtype=bool), np.zeros((3, 4), dtype=bool)):
        found = free_cells(came, np.ones((3, 4), dtype=bool))
        assert not found.cells.any()
        assert found.parts == 0
    assert free_cells(np.zeros((0, 0), dtype=bool), np.zeros((0, 0), dtype=bool)).parts == 0
