"""Bridging and buffering: what silence and missing comparison principals make of them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sna.metrics.bridging import adjusted_buffering, bridging, bridging_shared, exposure, raw_buffering
from sna.networks.network import Network

ACTORS = ["e1", "e2", "f", "m1", "m2", "m3", "m4", "m5"]
SOURCES, MEMBERS, OTHERS = ["e1", "e2"], ["m1", "m2", "m3"], ["m4", "m5"]
RESOURCES = [("e1", "f"), ("e2", "f"), ("f", "m1"), ("f", "m2"), ("e1", "m1")]
DEMANDS = [("e1", "f"), ("e2", "f"), ("e2", "m3"), ("f", "m1"), ("e1", "m4"), ("e1", "m5"), ("e2", "m4")]


def passing(ties: list[tuple[str, str]], **more: Any) -> Network:
    return Network.from_ties(ACTORS, ties, flow="along", **more)


def test_the_order_in_which_people_are_given_changes_nothing() -> None:
    demands = passing(DEMANDS)
    assert adjusted_buffering(demands, {"e2", "e1"}, "f", ["m3", "m1", "m2"], ["m5", "m4"]) == pytest.approx(0.25)


def test_without_comparison_principals_buffering_is_not_identifiable() -> None:
    assert np.isnan(raw_buffering(passing(DEMANDS), SOURCES, "f", MEMBERS, []))
    assert np.isnan(adjusted_buffering(passing(DEMANDS), SOURCES, "f", MEMBERS, []))
    # Comparison principals of whom nothing is known are none.
    silent = passing(DEMANDS, unknown=[(e, c) for e in SOURCES for c in OTHERS if (e, c) not in DEMANDS])
    assert not np.isnan(raw_buffering(silent, SOURCES, "f", MEMBERS, OTHERS))
    told = [tie for tie in DEMANDS if tie[1] not in OTHERS]
    silent = passing(told, unknown=[(e, c) for e in SOURCES for c in OTHERS])
    assert np.isnan(raw_buffering(silent, SOURCES, "f", MEMBERS, OTHERS))
    assert np.isnan(adjusted_buffering(silent, SOURCES, "f", MEMBERS, OTHERS))


def test_pairs_are_shared_with_others_who_stand_between() -> None:
    """m4 also passes from e2 to m1: that pair counts half, the other two bridged pairs whole."""
    resources = passing([*RESOURCES, ("e2", "m4"), ("m4", "m1")])
    assert bridging(resources, SOURCES, "f", MEMBERS) == 3 / 6
    assert bridging_shared(resources, SOURCES, "f", MEMBERS) == pytest.approx(2.5 / 6)
    assert bridging_shared(passing(RESOURCES), SOURCES, "f", MEMBERS) == 3 / 6


def test_a_pair_counts_only_when_known_to_be_bridged_or_not() -> None:
    # e1 said nothing of m2: that pair is left out, and e1–m3 is still known not to be bridged.
    assert bridging(passing(RESOURCES, unknown=[("e1", "m2")]), SOURCES, "f", MEMBERS) == 2 / 5
    assert bridging(passing(RESOURCES, unknown=[("e1", "m3")]), SOURCES, "f", MEMBERS) == 3 / 6
    # f said nothing: only e1–m1, tied directly, is known.
    silent = passing([t for t in RESOURCES if t[0] != "f"], answered=[a for a in ACTORS if a != "f"])
    assert bridging(silent, SOURCES, "f", MEMBERS) == 0
    assert bridging_shared(silent, SOURCES, "f", MEMBERS) == 0


def test_exposure_is_known_when_one_way_is_open_or_both_are_shut() -> None:
    told = passing([("e1", "f"), ("f", "m1"), ("e2", "m2")], unknown=[("e1", "m1"), ("e1", "m2"), ("e2", "f")])
    table = exposure(told, SOURCES, "f", ["m1", "m2", "m3"])
    np.testing.assert_array_equal(table.to_numpy(), [[1, np.nan, 0], [np.nan, 1, 0]])
    assert table.index.name == "source_id"
    assert list(table.columns) == ["m1", "m2", "m3"]


def test_a_source_with_nothing_known_of_others_is_left_out_of_the_adjusted_value() -> None:
    demands = passing([t for t in DEMANDS if t[0] != "e2" or t[1] not in OTHERS], unknown=[("e2", "m4"), ("e2", "m5")])
    assert adjusted_buffering(demands, SOURCES, "f", MEMBERS, OTHERS) == pytest.approx(1 - 1 / 3)


@pytest.mark.parametrize("ties", [[], [("f", "m1")]])
def test_undefined_when_nothing_comes_to_the_facilitator(ties: list[tuple[str, str]]) -> None:
    for value in (bridging, bridging_shared):
        assert np.isnan(value(passing(ties), SOURCES, "f", MEMBERS))
        assert np.isnan(value(passing(RESOURCES), SOURCES, "f", []))
        assert np.isnan(value(passing(RESOURCES), [], "f", MEMBERS))
    for other in (raw_buffering, adjusted_buffering):
        assert np.isnan(other(passing(ties), SOURCES, "f", MEMBERS, OTHERS))
        assert np.isnan(other(passing(DEMANDS), [], "f", MEMBERS, OTHERS))
        assert np.isnan(other(passing(DEMANDS), SOURCES, "f", [], OTHERS))


def test_nobody_is_two_things_at_once() -> None:
    with pytest.raises(ValueError, match="f is given both as facilitator and in members"):
        bridging(passing(RESOURCES), SOURCES, "f", ["f", "m1"])
    with pytest.raises(ValueError, match="m3 is given both as members and in comparison"):
        raw_buffering(passing(DEMANDS), SOURCES, "f", MEMBERS, ["m3"])
    with pytest.raises(KeyError):
        bridging(passing(RESOURCES), ["nobody"], "f", MEMBERS)
