"""Several relations on the same people: overlap, flattenings cell by cell, thresholds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import astuple
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sna.metrics.catalogue import measure
from sna.metrics.multiplex import Overlap, at_threshold, intersection_of, overlap, sum_of, thresholds, union_of
from sna.networks import Multiplex, Network
from tests.reference import slow_metrics as slow
from tests.reference.random_networks import networks

OFTEN = settings(deadline=None, max_examples=80, derandomize=True)


@st.composite
def pairs(draw: st.DrawFn) -> list[Network]:
    """Two or three relations on the same people, each with its own silence and holes."""
    n = draw(st.integers(0, 6))
    return [draw(networks(max_people=n, min_people=n)) for _ in range(draw(st.integers(2, 3)))]


def together(found: list[Network]) -> Multiplex:
    return Multiplex("wave", {f"r{k}": network for k, network in enumerate(found)})


@OFTEN
@given(found=pairs())
def test_overlap_against_its_slow_version(found: list[Network]) -> None:
    first, second = found[:2]
    cells = [
        (slow.tie(first, a, b), slow.tie(second, a, b))
        for a in first.actors for b in first.actors if slow.known(first, a, b) and slow.known(second, a, b)
    ]  # fmt: skip
    result = overlap(first, second)
    if not cells:
        assert result.cells == 0
        assert np.isnan([result.common, result.either, result.jaccard, result.correlation]).all()
        return
    one, other = np.array(cells, dtype=float).T
    common, either = sum(a and b for a, b in cells), sum(a or b for a, b in cells)
    correlation = np.corrcoef(one, other)[0, 1] if one.std() and other.std() else np.nan
    assert (result.cells, result.common, result.either) == (len(cells), common, either)
    np.testing.assert_allclose(result.jaccard, common / either if either else np.nan)
    np.testing.assert_allclose(result.correlation, correlation, atol=1e-12)
    np.testing.assert_array_equal(astuple(overlap(second, first)), astuple(result))


def union_state(states: list[str]) -> str:
    return "present" if "present" in states else "unknown" if "unknown" in states else "absent"


def intersection_state(states: list[str]) -> str:
    return "absent" if "absent" in states else "unknown" if "unknown" in states else "present"


def sum_state(states: list[str]) -> str:
    return "unknown" if "unknown" in states else "present" if "present" in states else "absent"


@pytest.mark.parametrize(
    ("flatten", "expected"),
    [(union_of, union_state), (intersection_of, intersection_state), (sum_of, sum_state)],
    ids=["union", "intersection", "sum"],
)
@OFTEN
@given(found=pairs())
def test_flattenings_cell_by_cell(flatten: Any, expected: Callable[[list[str]], str], found: list[Network]) -> None:
    flat = flatten(together(found))
    assert flat.actors == found[0].actors
    for a in flat.actors:
        for b in slow.others(flat, a):
            states = [network.state(a, b) for network in found]
            assert flat.state(a, b) == expected(states), states
            if flatten is sum_of and flat.state(a, b) == "present":
                assert slow._strength(flat, a, b) == states.count("present")


@OFTEN
@given(found=pairs())
def test_flattening_one_relation_gives_its_ties_and_its_unknown_cells(found: list[Network]) -> None:
    for flatten in (union_of, intersection_of, sum_of):
        flat = flatten(together(found), ["r1"])
        cells = [(a, b) for a in flat.actors for b in flat.actors]
        assert [flat.state(*cell) for cell in cells] == [found[1].state(*cell) for cell in cells]
        np.testing.assert_array_equal(flat.answered, found[1].answered)


def relation(name: str, ties: list[tuple[str, str]], **more: Any) -> Network:
    return Network.from_ties(list("abc"), ties, relation=name, **more)


def test_what_a_flattening_keeps() -> None:
    advice = relation("advice", [("a", "b"), ("b", "c")], cap=3, asked=["a", "b"])
    trust = relation("trust", [("a", "b"), ("c", "a")], flow="none", asked=["a", "c"])
    both = Multiplex("2", {"advice": advice, "trust": trust})
    assert union_of(both).relation == "advice_or_trust"
    assert intersection_of(both).relation == "advice_and_trust"
    assert sum_of(both).relation == "advice_plus_trust"
    for flat in (union_of(both), intersection_of(both), sum_of(both)):
        assert flat.flow == "none"
        assert flat.cap is None
        assert flat.asked.all()
    assert union_of(both, ["advice"]).flow == "against"
    assert sum_of(both, present_from=2).ties() == [(0, 1, 2.0)]
    assert sum_of(both, present_from=2).state("b", "c") == "absent"


def test_somebody_who_answered_one_relation_only() -> None:
    """A tie is enough for the union, a missing tie for the intersection; the sum is known for neither."""
    advice = relation("advice", [("a", "b")])
    trust = relation("trust", [], answered=["b", "c"])
    both = Multiplex("1", {"advice": advice, "trust": trust})
    assert [union_of(both).state("a", x) for x in "bc"] == ["present", "unknown"]
    assert [intersection_of(both).state("a", x) for x in "bc"] == ["unknown", "absent"]
    assert [sum_of(both).state("a", x) for x in "bc"] == ["unknown", "unknown"]


def test_refusals() -> None:
    with pytest.raises(ValueError, match="same actors"):
        overlap(Network.from_ties(["a", "b"], []), Network.from_ties(["b", "a"], []))
    both = Multiplex("1", {"advice": relation("advice", [])})
    for flatten in (union_of, intersection_of, sum_of):
        with pytest.raises(ValueError, match="at least one relation"):
            flatten(both, [])
        with pytest.raises(KeyError):
            flatten(both, ["trust"])


def test_an_overlap_of_nothing_is_undefined() -> None:
    nothing = overlap(Network.from_ties(["a"], []), Network.from_ties(["a"], []))
    assert (nothing.cells, np.isnan(nothing.common)) == (0, True)
    empty = overlap(Network.from_ties(["a", "b"], []), Network.from_ties(["a", "b"], [("a", "b")]))
    assert (empty.cells, empty.common, empty.either, empty.jaccard) == (2, 0, 1, 0)
    assert np.isnan(empty.correlation)
    assert isinstance(empty, Overlap)


@OFTEN
@given(network=networks(), lowest=st.sampled_from([None, 1, 1.5, 2, 3, 4]))
def test_another_threshold_is_what_from_ties_makes_of_it(network: Network, lowest: float | None) -> None:
    n = network.n
    strengths = network.strengths.toarray()
    told = [(a, b, float(strengths[network.position(a), network.position(b)])) for a in network.actors
            for b in slow.others(network, a)]  # fmt: skip
    again = Network.from_ties(
        network.actors,
        [t for t in told if t[2] > 0],
        present_from=lowest,
        answered=[a for a, yes in zip(network.actors, network.answered, strict=True) if yes],
        unknown=[(a, b) for a, b, _ in told if network.unknown_cells[network.position(a), network.position(b)]],
    )
    other = at_threshold(network, lowest)
    cells = [(a, b) for a in network.actors for b in network.actors]
    assert [other.state(*cell) for cell in cells] == [again.state(*cell) for cell in cells]
    assert other.ties() == again.ties()
    assert other.matrix.shape == (n, n)
    assert at_threshold(other, 2).ties() == network.ties()


def test_a_cell_left_open_is_no_tie_at_any_threshold() -> None:
    network = Network.from_ties(["a", "b"], [("a", "b", 1)], present_from=2, unknown=[("a", "b")])
    assert at_threshold(network, 1).state("a", "b") == "unknown"


@OFTEN
@given(network=networks())
def test_thresholds_are_the_measures_at_each(network: Network) -> None:
    table = thresholds(network, [3, 0, 1, 2, 2])
    assert table["present_from"].tolist() == [1, 2, 3]
    assert set(table.dtypes) == {np.dtype(float)}
    for name in ("ties", "density", "reciprocity", "transitivity", "indegree_centralization"):
        values = [measure(name).compute(at_threshold(network, lowest)) for lowest in (1, 2, 3)]
        np.testing.assert_array_equal(table[name], values)
    assert (table["ties"].dropna().diff().dropna() <= 0).all()


def test_thresholds_of_no_scale() -> None:
    table = thresholds(relation("advice", [("a", "b")]), [0])
    assert len(table) == 0
    assert list(table.columns)[:2] == ["present_from", "ties"]
    pd.testing.assert_frame_equal(table, table.astype(float))
