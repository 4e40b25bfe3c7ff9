"""Projections of shared attendance: published values, and the formulas pair by pair."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sna.networks import TwoMode, projections
from tests.reference import slow_backbone


def two_mode(present: np.ndarray, eligible: np.ndarray | None = None, **more: np.ndarray) -> TwoMode:
    """People and events without times, unless they are given."""
    n, m = present.shape
    unknown = {name: np.full((n, m), np.nan) for name in ("minutes", "arrived", "left")}
    return TwoMode(
        actors=tuple(f"p{i}" for i in range(n)),
        events=tuple(f"e{k}" for k in range(m)),
        present=present,
        eligible=np.ones((n, m), dtype=bool) if eligible is None else eligible,
        **{"scheduled": np.full(m, np.nan), **unknown, **more},
    )


def davis() -> np.ndarray:
    """18 women × 14 events: Davis, Gardner & Gardner (1941), as networkx ships it."""
    graph = nx.davis_southern_women_graph()
    return np.array([[graph.has_edge(a, b) for b in graph.graph["bottom"]] for a in graph.graph["top"]])


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        (projections.inverse_size, 1.154762),
        (projections.cosine, 0.801784),
        (projections.overlap, 0.857143),
        (projections.phi, 0.577350),
        (projections.bonacich, 0.794787),
    ],
)
def test_evelyn_and_laura(measure, expected):
    assert measure(two_mode(davis())).loc["p0", "p1"] == pytest.approx(expected, abs=5e-7)


def test_networkx_agrees_on_the_overlap_and_newman():
    graph = nx.davis_southern_women_graph()
    women = graph.graph["top"]
    ours = {"overlap": projections.overlap(two_mode(davis())), "newman": two_mode(davis()).newman()}
    theirs = {
        "overlap": nx.bipartite.overlap_weighted_projected_graph(graph, women, jaccard=False),
        "newman": nx.bipartite.collaboration_weighted_projected_graph(graph, women),
    }
    for name, table in ours.items():
        expected = nx.to_numpy_array(theirs[name], nodelist=women)
        np.testing.assert_allclose(table.to_numpy(), expected, atol=1e-12)


def test_an_event_spreads_one_over_its_pairs():
    held = projections.pair_normalised(two_mode(davis())).to_numpy()
    assert np.triu(held).sum() == pytest.approx(14)


def test_shares_alone_bound_the_minutes_together():
    """Shares (1, .833, 0) and (.917, 1, 1) of 120, 120 and 90 minutes: 110 + 100 + 0, whichever way."""
    lengths = np.array([120.0, 120.0, 90.0])
    minutes = np.array([[120.0, 100.0, 0.0], [110.0, 120.0, 90.0]])
    least, most = two_mode(minutes > 0, minutes=minutes, scheduled=lengths).minutes_together()
    assert (least.loc["p0", "p1"], most.loc["p0", "p1"]) == (210, 210)
    half = two_mode(np.ones((2, 1), dtype=bool), minutes=np.full((2, 1), 60.0), scheduled=np.array([120.0]))
    least, most = half.minutes_together()
    assert (least.loc["p0", "p1"], most.loc["p0", "p1"]) == (0, 60)


CELLS = st.lists(st.lists(st.sampled_from([0, 1, 2, 3]), min_size=4, max_size=4), min_size=2, max_size=5)


@settings(deadline=None, max_examples=60, derandomize=True)
@given(cells=CELLS)
def test_every_measure_against_its_formula(cells):
    """0 absent, 1 present, 2 not eligible, 3 there without being eligible."""
    kinds = np.array(cells)
    came, could = np.isin(kinds, (1, 3)), kinds < 2
    made = two_mode(came, could)
    counts = (came & could).tolist()
    for name in projections.__all__:
        table = getattr(projections, name)(made).to_numpy()
        np.testing.assert_allclose(table, table.T)
        assert (np.diag(table) == 0).all()
        for i in range(len(cells)):
            for j in range(i):
                slow = slow_backbone.projections(counts, could.tolist(), i, j)[name]
                np.testing.assert_allclose(table[i, j], slow, atol=1e-12)
