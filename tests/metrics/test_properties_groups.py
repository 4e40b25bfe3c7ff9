"""What must hold of mixing on any network, and its tables against slow versions."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sna.metrics.catalogue import measure
from sna.metrics.compute import actor_table, network_table
from sna.metrics.homophily import coleman_homophily, four_counts, mixing_matrix
from sna.metrics.mixing import ei_expected, ei_index, groups_reached_1, groups_reached_2, iqv, participation
from sna.networks.network import Network
from tests.reference import slow_groups
from tests.reference import slow_metrics as slow
from tests.reference.random_networks import networks

OFTEN = settings(deadline=None, max_examples=60, derandomize=True)
ACTORS = ("ego_ei", "participation", "iqv", "groups_reached_1", "groups_reached_2")
BY_GROUP = ("ei_expected", "yules_q", "assortativity")


def rebuilt(network: Network, suffix: str = "", extra: tuple[str, ...] = (), factor: float = 1) -> Network:
    """The same ties again: under other names, with more people, or with all strengths multiplied."""
    pairs = [(a + suffix, b + suffix, factor * slow._strength(network, a, b)) for a, b in slow._pairs(network)]
    actors = [*(a + suffix for a in network.actors), *extra]
    group = network.attributes["group"].tolist() + [None] * len(extra)
    attributes = pd.DataFrame({"group": pd.Series(group, index=actors, dtype="str")}, index=actors)
    return Network.from_ties(actors, pairs, attributes=attributes)


def values_of(network: Network) -> dict[str, float]:
    group = network.attributes["group"]
    found = {name: measure(name).compute(network, group) for name in BY_GROUP}
    return {**found, "degree_assortativity": measure("degree_assortativity").compute(network)}


@OFTEN
@given(network=networks())
def test_mixing_matrix_against_its_slow_version(network: Network) -> None:
    table = mixing_matrix(network, network.attributes["group"])
    reference = slow_groups.mixing_matrix(network, slow.groups_of(network))
    assert list(zip(table["from"], table["to"], strict=True)) == list(reference)
    assert list(zip(table["ties"], table["possible"], strict=True)) == list(reference.values())
    np.testing.assert_allclose(table["density"], [t / p if p else np.nan for t, p in reference.values()])


@OFTEN
@given(network=networks())
def test_coleman_homophily_against_its_slow_version(network: Network) -> None:
    table = coleman_homophily(network, network.attributes["group"])
    reference = slow_groups.coleman_homophily(network, slow.groups_of(network))
    assert table["group"].tolist() == list(reference)
    figures = np.array(list(reference.values())).reshape(-1, 4)
    np.testing.assert_allclose(table.drop(columns="group").to_numpy(dtype=float), figures, atol=1e-12)
    assert table["homophily"].dropna().between(-1, 1).all()


@OFTEN
@given(network=networks())
def test_the_blocks_add_up(network: Network) -> None:
    table = mixing_matrix(network, network.attributes["group"])
    counts = four_counts(network, network.attributes["group"])
    same = table["from"] == table["to"]
    assert table.loc[same, "ties"].sum() == counts.inside
    assert table.loc[~same, "ties"].sum() == counts.across
    assert (table["possible"] - table["ties"])[same].sum() == counts.inside_absent
    assert (table["possible"] - table["ties"])[~same].sum() == counts.across_absent


@OFTEN
@given(network=networks(complete=True))
def test_turning_round_changes_nothing(network: Network) -> None:
    turned = network.reversed()
    assert values_of(turned) == pytest.approx(values_of(network), nan_ok=True)
    group = network.attributes["group"]
    for reached in (participation, iqv, groups_reached_1, groups_reached_2):
        pd.testing.assert_series_equal(reached(turned, group), reached(network, group))
    there, back = (mixing_matrix(x, group).set_index(["from", "to"]) for x in (network, turned))
    assert {(h, g): n for (g, h), n in back["ties"].items()} == dict(there["ties"])


@OFTEN
@given(network=networks(complete=True, min_people=2), factor=st.sampled_from([2.0, 7.5]))
def test_stronger_ties_change_nothing(network: Network, factor: float) -> None:
    plain, strong = rebuilt(network), rebuilt(network, factor=factor)
    assert values_of(strong) == pytest.approx(values_of(plain), nan_ok=True)
    for name in ACTORS:
        pd.testing.assert_series_equal(*(measure(name).compute(x, x.attributes["group"]) for x in (strong, plain)))


@OFTEN
@given(network=networks(complete=True, min_people=2))
def test_one_more_person_without_ties_or_group_changes_nothing(network: Network) -> None:
    more = rebuilt(network, extra=("new",))
    assert values_of(more) == pytest.approx(values_of(network), nan_ok=True)
    columns = ["ei_group", *(f"{name}_group" for name in ACTORS[1:])]
    before, after = (actor_table(x, ["group"])[0][columns] for x in (network, more))
    pd.testing.assert_frame_equal(after.loc[list(network.actors)], before)
    assert after.loc["new"].isna().all()


@OFTEN
@given(network=networks(complete=True, min_people=2))
def test_two_copies_side_by_side(network: Network) -> None:
    """Ties stay where they are: only what counts gaps between the copies changes."""
    one, other = rebuilt(network), rebuilt(network, suffix="*")
    names = [*one.actors, *other.actors]
    ties = slow._pairs(one) + slow._pairs(other)
    group = pd.concat([one.attributes["group"], other.attributes["group"]])
    two = Network.from_ties(names, ties, attributes=pd.DataFrame({"group": group}))
    assert ei_index(two, group) == pytest.approx(ei_index(one, group), nan_ok=True)
    for name in ("assortativity", "degree_assortativity"):
        arguments = (group,) if measure(name).by_group else ()
        alone = measure(name).compute(one, *arguments)
        assert measure(name).compute(two, *arguments) == pytest.approx(alone, nan_ok=True)
    for reached in (participation, iqv, groups_reached_1, groups_reached_2):
        np.testing.assert_allclose(reached(two, group)[list(one.actors)], reached(one, group))


@OFTEN
@given(network=networks())
def test_ranges(network: Network) -> None:
    group = network.attributes["group"]
    for value in values_of(network).values():
        assert np.isnan(value) or -1 - 1e-12 <= value <= 1 + 1e-12
    first, second = groups_reached_1(network, group), groups_reached_2(network, group)
    assert (second >= first)[first.notna()].all()
    assert (first.isna() == second.isna()).all()
    spread = participation(network, group).dropna()
    assert (spread <= iqv(network, group)[spread.index] + 1e-12).all()


def test_a_silent_group_does_not_make_the_others_look_closed() -> None:
    """x answered and y did not: only cells from x could hold ties, and the expectation is about those."""
    actors = list("abcdef")
    group = pd.Series(dict(zip(actors, "xxxxyy", strict=True)))
    every = [(a, b) for a in "abcd" for b in actors if a != b]
    network = Network.from_ties(actors, every, answered=list("abcd"))
    assert ei_index(network, group) == ei_expected(network, group) == pytest.approx((8 - 12) / 20)
    assert ei_expected(Network.from_ties(actors, every), group) == pytest.approx((16 - 14) / 30)


def test_nobody_can_say_how_far_a_silent_person_gets_whom_nobody_named() -> None:
    actors = list("abcd")
    frame = pd.DataFrame({"school": list("xyxy")}, index=actors)
    network = Network.from_ties(actors, [("a", "b"), ("c", "b")], answered=["a", "c"], attributes=frame)
    values, reasons = actor_table(network, ["school"])
    np.testing.assert_array_equal(values["groups_reached_1_school"], [1, 1, 1, np.nan])
    found = reasons.set_index(["actor_id", "measure"]).reason
    assert found["d", "groups_reached_1_school"] == "unanswered"
    assert found["d", "participation_school"] == "unanswered"


@pytest.mark.parametrize(
    ("ties", "groups", "name", "reason"),
    [
        ([], "xy", "yules_q", "no_ties"),
        ([], "xy", "ei_expected", None),
        ([("a", "b"), ("b", "a")], "xy", "yules_q", "no_variation"),
        ([("a", "b")], "xx", "yules_q", "one_group"),
        ([("a", "b")], "xxy", "assortativity", "no_variation"),
        ([("a", "b")], "xxy", "degree_assortativity", "no_variation"),
        ([], "xxy", "degree_assortativity", "no_ties"),
    ],
)
def test_reasons(ties: list[tuple[str, str]], groups: str, name: str, reason: str | None) -> None:
    actors = list("abcdef")[: len(groups)]
    frame = pd.DataFrame({"g": list(groups)}, index=actors)
    row = network_table(Network.from_ties(actors, ties, attributes=frame), ["g"]).set_index("measure").loc[name]
    assert (None if pd.isna(row.reason) else row.reason) == reason
    assert np.isnan(row.value) == (reason is not None)
