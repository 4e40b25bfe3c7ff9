"""Bridging and buffering beside shuffled membership: the worked example, full lists, silence, and how often it errs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pytest

from sna.inference import bridging as module
from sna.inference.bridging import arrangements, bridging_test, buffering_test
from sna.metrics.bridging import adjusted_buffering, bridging, bridging_shared, raw_buffering
from sna.networks import Network
from tests.reference import slow_facilitation as slow

# docs/methods.md, 3.13.
ACTORS = ["e1", "e2", "f", "m1", "m2", "m3", "m4", "m5"]
SOURCES, MEMBERS, OTHERS = ["e1", "e2"], ["m1", "m2", "m3"], ["m4", "m5"]
RESOURCES = [("e1", "f"), ("e2", "f"), ("f", "m1"), ("f", "m2"), ("e1", "m1")]
DEMANDS = [("e1", "f"), ("e2", "f"), ("e2", "m3"), ("f", "m1"), ("e1", "m4"), ("e1", "m5"), ("e2", "m4")]


def rng() -> np.random.Generator:
    return np.random.default_rng(1)


def state(network: Network) -> slow.Passes:
    """What passes from whom to whom, by the states of the cells."""
    words = {"present": True, "absent": False, "unknown": None}
    if network.flow == "against":
        return lambda giver, taker: words[network.state(taker, giver)]
    return lambda giver, taker: words[network.state(giver, taker)]


def slow_p(values: Sequence[float], observed: float) -> tuple[float, float]:
    """(low, high) tail over all ways in which the value is defined."""
    known = [value for value in values if not np.isnan(value)]
    low, high = ([value <= observed + 1e-9 for value in known], [value >= observed - 1e-9 for value in known])
    return float(np.mean(low)), float(np.mean(high))


@pytest.mark.parametrize("flow", ["along", "against"])
def test_worked_example_beside_all_its_ways(flow: str) -> None:
    def network(ties: list[tuple[str, str]]) -> Network:
        turned = ties if flow == "along" else [(b, a) for a, b in ties]
        return Network.from_ties(ACTORS, turned, flow=flow)

    found = bridging_test(network(RESOURCES), SOURCES, "f", MEMBERS, OTHERS, None, rng())
    assert found["bridging"].observed == found["shared"].observed == pytest.approx(0.5)
    # Any three of five: of the ten ways those with m1 and m2 have 3/6, with one of them 1/6 or 2/6, with neither 0.
    assert found["bridging"].chance is not None
    assert found["bridging"].chance.exact
    assert sorted(found["bridging"].chance.values.round(6).tolist()) == [
        0,
        *[0.166667] * 3,
        *[0.333333] * 3,
        *[0.5] * 3,
    ]
    assert (found["bridging"].p_high, found["bridging"].p_low) == (pytest.approx(0.3), pytest.approx(1))
    kept = buffering_test(network(DEMANDS), SOURCES, "f", MEMBERS, OTHERS, None, rng())
    assert kept["raw"].observed == pytest.approx(0.5)
    assert kept["adjusted"].observed == pytest.approx(0.25)
    assert kept["adjusted"].chance is not None
    assert len(kept["adjusted"].chance.values) == 10


def random_network(seed: int) -> tuple[Network, dict[str, str]]:
    """Ties with unknown cells, silent people and two strata, one person without."""
    dice = np.random.default_rng(seed)
    givers = [*SOURCES, "e3", "f"]
    people = [f"m{i}" for i in range(1, 9)]
    cells = [(a, b) for a in givers for b in [*people, "f"] if a != b] + [
        (a, b) for a in people[:3] for b in people if a != b
    ]
    ties = [cell for cell in cells if dice.random() < 0.5]
    unknown = [cell for cell in cells if cell not in ties and dice.random() < 0.3]
    answered = [a for a in [*givers, *people] if dice.random() < 0.9 or a in ("f", "e1")]
    ties = [(a, b) for a, b in ties if a in answered]
    network = Network.from_ties([*givers, *people], ties, unknown=unknown, answered=answered, flow="along")
    return network, {person: "xy"[i % 2] for i, person in enumerate(people) if i != 5}


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("stratified", [True, False])
def test_against_a_full_list_of_ways(seed: int, stratified: bool) -> None:
    network, stated = random_network(seed)
    strata: Mapping[str, str] | None = stated if stratified else None
    sources, members, others = [*SOURCES, "e3"], ["m1", "m2", "m3", "m6"], ["m4", "m5", "m7", "m8"]
    passes = state(network)
    ways = list(slow.memberships(members, others, strata))
    codes = module._codes(network, [*members, *others], strata)
    assert arrangements(module._in_order(network, [*members, *others], set(members)), codes) == len(ways)
    bridged = bridging_test(network, sources, "f", members, others, strata, rng())
    kept = buffering_test(network, sources, "f", members, others, strata, rng())
    for test, value, many in (
        (
            bridged["bridging"],
            bridging(network, sources, "f", members),
            [slow.bridging(passes, sources, "f", now) for now, _ in ways],
        ),
        (
            kept["raw"],
            raw_buffering(network, sources, "f", members, others),
            [slow.raw(passes, sources, "f", now) for now, _ in ways],
        ),
        (
            kept["adjusted"],
            adjusted_buffering(network, sources, "f", members, others),
            [slow.adjusted(passes, sources, "f", now, rest) for now, rest in ways],
        ),
    ):
        assert test.observed == pytest.approx(value, nan_ok=True)
        if not np.isnan(value):
            assert (test.p_low, test.p_high) == pytest.approx(slow_p(many, value))
    shared = [bridging_shared(network, sources, "f", now) for now, _ in ways]
    assert bridged["shared"].observed == pytest.approx(bridging_shared(network, sources, "f", members), nan_ok=True)
    if not np.isnan(bridged["shared"].observed):
        assert (bridged["shared"].p_low, bridged["shared"].p_high) == pytest.approx(
            slow_p(shared, bridged["shared"].observed)
        )


def test_draws_are_close_to_the_full_list_and_keep_strata(monkeypatch: pytest.MonkeyPatch) -> None:
    network, strata = random_network(6)
    members, others = ["m1", "m2", "m3", "m6"], ["m4", "m5", "m7", "m8"]
    exact = buffering_test(network, SOURCES, "f", members, others, strata, rng())["adjusted"]
    monkeypatch.setattr(module, "MOST_LISTED", 1)
    drawn = buffering_test(network, SOURCES, "f", members, others, strata, rng(), draws=4_000)["adjusted"]
    assert drawn.chance is not None
    assert not drawn.chance.exact
    assert drawn.p_high == pytest.approx(exact.p_high, abs=0.03)
    codes = module._codes(network, [*members, *others], strata)
    mine = module._in_order(network, [*members, *others], set(members))
    for belongs in module._drawn(mine, codes, rng(), 700):
        for code in (0, 1):
            assert (belongs[:, codes == code].sum(axis=1) == mine[codes == code].sum()).all()
        # Without a stratum there is nobody to change places with.
        assert (belongs[:, codes == -1] == mine[codes == -1]).all()


def test_the_order_in_which_people_are_given_changes_nothing() -> None:
    network, strata = random_network(5)
    one = buffering_test(network, SOURCES, "f", ["m1", "m2"], ["m3", "m4", "m7"], strata, rng())
    two = buffering_test(network, SOURCES[::-1], "f", ["m2", "m1"], ["m7", "m3", "m4"], strata, rng())
    assert one["adjusted"].p == two["adjusted"].p
    assert one["raw"].observed == two["raw"].observed


@pytest.mark.parametrize(
    ("ties", "members", "others", "bridged", "kept"),
    [
        (DEMANDS, [], OTHERS, "too_few_nodes", "too_few_nodes"),
        (DEMANDS, MEMBERS, [], None, "not_identifiable"),
        ([("f", "m1")], MEMBERS, OTHERS, "no_ties", "no_ties"),
        ([], MEMBERS, OTHERS, "no_ties", "no_ties"),
        ([], [], [], "too_few_nodes", "too_few_nodes"),
    ],
)
def test_what_cannot_be_told_has_a_reason(ties, members, others, bridged, kept) -> None:
    network = Network.from_ties(ACTORS, ties, flow="along")
    found = bridging_test(network, SOURCES, "f", members, others, None, rng())["bridging"]
    assert (found.reason if np.isnan(found.observed) else None) == bridged
    for test in buffering_test(network, SOURCES, "f", members, others, None, rng()).values():
        assert np.isnan(test.observed)
        assert test.reason == kept
        assert np.isnan(test.p)


def test_a_value_without_anybody_to_compare_with_has_no_test() -> None:
    found = bridging_test(Network.from_ties(ACTORS, RESOURCES, flow="along"), SOURCES, "f", MEMBERS, [], None, rng())
    assert (found["bridging"].observed, found["bridging"].reason) == (pytest.approx(0.5), "not_identifiable")
    assert np.isnan(found["bridging"].p)


def test_nothing_known_of_the_others_is_nobody_to_compare_with() -> None:
    told = [tie for tie in DEMANDS if tie[1] not in OTHERS]
    network = Network.from_ties(ACTORS, told, unknown=[(e, c) for e in SOURCES for c in OTHERS], flow="along")
    found = buffering_test(network, SOURCES, "f", MEMBERS, OTHERS, None, rng())
    assert {test.reason for test in found.values()} == {"not_identifiable"}


def test_nothing_known_of_members_is_silence_not_a_zero() -> None:
    cells = [(e, m) for e in [*SOURCES, "f"] for m in MEMBERS]
    network = Network.from_ties(ACTORS, [("e1", "f"), ("e1", "m4")], unknown=cells, flow="along")
    assert bridging_test(network, SOURCES, "f", MEMBERS, OTHERS, None, rng())["bridging"].reason == "nonresponse"
    assert buffering_test(network, SOURCES, "f", MEMBERS, OTHERS, None, rng())["adjusted"].reason == "nonresponse"


def test_nobody_is_two_things_at_once_and_there_is_a_draw() -> None:
    network = Network.from_ties(ACTORS, DEMANDS, flow="along")
    for test in (bridging_test, buffering_test):
        with pytest.raises(ValueError, match="m3 is given both"):
            test(network, SOURCES, "f", MEMBERS, ["m3"], None, rng())
        with pytest.raises(ValueError, match="one draw"):
            test(network, SOURCES, "f", MEMBERS, OTHERS, None, rng(), draws=0)


def test_it_seldom_rejects_what_is_true() -> None:
    """Members drawn at random. The large version with its table: benchmarks/simulate_contacts.py."""
    dice = np.random.default_rng(20221122)
    people = [f"p{i}" for i in range(20)]
    rejected = []
    for _ in range(150):
        ties = [(e, "f") for e in SOURCES] + [(g, p) for g in [*SOURCES, "f"] for p in people if dice.random() < 0.4]
        network = Network.from_ties([*SOURCES, "f", *people], ties, flow="along")
        tests = buffering_test(network, SOURCES, "f", people[:10], people[10:], None, dice, draws=99)
        rejected.append([test.p <= 0.05 for test in tests.values()])
    assert (np.mean(rejected, axis=0) <= 0.07).all()
