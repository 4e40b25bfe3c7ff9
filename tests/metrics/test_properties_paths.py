"""What must hold of ways, closeness, power and degree on any network."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from sna.metrics import passing
from sna.metrics.catalogue import measure
from sna.metrics.centrality import betweenness, harmonic_in, harmonic_out
from sna.metrics.centralization import harmonic_centralization
from sna.metrics.closeness import closeness_in, closeness_out, reach
from sna.metrics.cohesion import density
from sna.metrics.compute import actor_table, network_table
from sna.metrics.degree import indegree, indegree_variance, outdegree, outdegree_share, outdegree_variance
from sna.metrics.distance import geodesics
from sna.metrics.passing import betweenness_strength, tie_betweenness
from sna.metrics.path_lengths import average_path, diameter, global_efficiency, reachable_share
from sna.metrics.power import bonacich, bonacich_bargaining, bonacich_power, largest_root
from sna.metrics.strength import (
    indegree_opsahl,
    instrength,
    mean_strength,
    mean_strength_of_ties,
    outdegree_opsahl,
    outstrength,
)
from sna.networks.network import Network
from tests.golden import toy
from tests.reference import slow_paths
from tests.reference.random_networks import networks

OFTEN = settings(deadline=None, max_examples=40, derandomize=True)
CLOSE = {"rtol": 1e-9, "atol": 1e-9}


def stronger(network: Network, factor: float) -> Network:
    return replace(network, strengths=network.strengths * factor)


def without_scale(network: Network) -> Network:
    return replace(network, strengths=network.matrix)


def with_one_more(network: Network) -> Network:
    """The same people and one without ties; everybody answered everything."""
    ties = [(network.actors[i], network.actors[j], s) for i, j, s in network.ties()]
    return Network.from_ties([*network.actors, "new"], ties)


def side_by_side(first: Network, second: Network) -> Network:
    people = [*first.actors, *(f"q{a}" for a in second.actors)]
    ties = [(people[i], people[j], s) for i, j, s in first.ties()]
    ties += [(people[i + first.n], people[j + first.n], s) for i, j, s in second.ties()]
    return Network.from_ties(people, ties)


@pytest.mark.parametrize(
    "compute",
    [
        betweenness_strength, average_path, reachable_share, global_efficiency, diameter, mean_strength,
        mean_strength_of_ties,
    ],
)  # fmt: skip
@OFTEN
@given(network=networks(complete=True))
def test_measures_that_do_not_mind_direction(compute, network: Network) -> None:  # type: ignore[no-untyped-def]
    np.testing.assert_allclose(compute(network), compute(network.reversed()), **CLOSE)


@pytest.mark.parametrize(
    ("compute", "turned"),
    [
        (closeness_in, closeness_out), (indegree_opsahl, outdegree_opsahl), (indegree_variance, outdegree_variance),
    ],
)  # fmt: skip
@OFTEN
@given(network=networks(complete=True))
def test_measures_that_turn_into_one_another(compute, turned, network: Network) -> None:  # type: ignore[no-untyped-def]
    np.testing.assert_allclose(compute(network), turned(network.reversed()), **CLOSE)


@OFTEN
@given(network=networks(complete=True))
def test_as_much_runs_along_the_turned_tie(network: Network) -> None:
    turned = tie_betweenness(network.reversed())
    for (ego, alter), value in tie_betweenness(network).items():
        assert turned[alter, ego] == pytest.approx(value)


@OFTEN
@given(network=networks(complete=True), steps=st.integers(1, 4))
def test_the_flow_is_the_turned_network_where_it_runs_against_nominations(network: Network, steps: int) -> None:
    turned = network.reversed() if network.flow == "against" else network
    np.testing.assert_array_equal(reach(network, steps, "flow"), reach(turned, steps))
    for compute in (bonacich_power, bonacich_bargaining):
        np.testing.assert_allclose(compute(network, "flow"), compute(turned), **CLOSE)


@OFTEN
@given(network=networks(min_people=2))
def test_the_flow_against_slow_references(network: Network) -> None:
    """Also with silent people: read against nominations, others have to have answered, not the person."""
    against = network.flow == "against"
    for compute, share in ((bonacich_power, 0.75), (bonacich_bargaining, -0.75)):
        reference = slow_paths._bonacich(network, share, turned=against)
        np.testing.assert_allclose(compute(network, "flow"), [reference[a] for a in network.actors], **CLOSE)
    if against:
        far = slow_paths._far(network)
        for a, value in reach(network, 2, "flow").items():
            reaching = sum(b != a and far[b].get(a, 9) <= 2 for b in network.actors)
            assert np.isnan(value) or value == reaching / (network.n - 1)
            assert np.isnan(value) != slow_paths.spoken_of(network, str(a))


@OFTEN
@given(network=networks(complete=True, min_people=4))
def test_one_more_person_without_ties(network: Network) -> None:
    """Only what is divided by the number of people changes; nobody is close to everybody any more."""
    n, more = network.n, with_one_more(network)
    people = list(network.actors)
    assert closeness_in(more).isna().all()
    assert closeness_out(more).isna().all()
    for steps in (1, 2, 3):
        assert reach(more, steps)["new"] == 0
        np.testing.assert_allclose(reach(more, steps)[people], reach(network, steps) * (n - 1) / n)
    for compute in (betweenness_strength, indegree_opsahl, outdegree_opsahl):
        np.testing.assert_allclose(compute(more)[people], compute(network), **CLOSE)
        assert compute(more)["new"] == 0
    for compute in (bonacich_power, bonacich_bargaining):
        np.testing.assert_allclose(compute(more)[people], compute(network) * np.sqrt((n + 1) / n), **CLOSE)
    pd.testing.assert_series_equal(tie_betweenness(more), tie_betweenness(network))
    for same in (average_path, diameter, mean_strength_of_ties):
        np.testing.assert_allclose(same(more), same(network))
    for shared in (reachable_share, global_efficiency, mean_strength):
        np.testing.assert_allclose(shared(more), shared(network) * (n - 1) / (n + 1))


@OFTEN
@given(first=networks(complete=True, min_people=3, max_people=5), second=networks(complete=True, min_people=3))
def test_two_networks_side_by_side(first: Network, second: Network) -> None:
    both = side_by_side(first, second)
    for compute in (betweenness_strength, indegree_opsahl, tie_betweenness):
        np.testing.assert_allclose(compute(both), [*compute(first), *compute(second)], **CLOSE)
    assert closeness_in(both).isna().all()
    np.testing.assert_allclose(diameter(both), np.fmax(diameter(first), diameter(second)))
    pairs = [n.n * (n.n - 1) for n in (first, second, both)]
    for shared in (reachable_share, global_efficiency, mean_strength):
        parts = shared(first) * pairs[0] + shared(second) * pairs[1]
        assert shared(both) == pytest.approx(parts / pairs[2])
    roots = [largest_root(n.matrix) for n in (first, second, both)]
    assert roots[2] == pytest.approx(max(roots[:2]), rel=1e-11)


@pytest.mark.parametrize("factor", [0.1, 3.0, 1000.0])
@OFTEN
@given(network=networks(min_people=3))
def test_multiplying_all_strengths(factor: float, network: Network) -> None:
    other = stronger(network, factor)
    np.testing.assert_allclose(betweenness_strength(other), betweenness_strength(network), **CLOSE)
    for compute in (indegree_opsahl, outdegree_opsahl):
        np.testing.assert_allclose(compute(other), compute(network) * np.sqrt(factor), **CLOSE)
    for compute in (mean_strength, mean_strength_of_ties):
        np.testing.assert_allclose(compute(other), compute(network) * factor, **CLOSE)
    for compute in (tie_betweenness, bonacich_power, closeness_in, average_path, outdegree_variance):
        np.testing.assert_array_equal(compute(other), compute(network))


@OFTEN
@given(network=networks())
def test_without_a_scale_strength_changes_nothing(network: Network) -> None:
    plain = without_scale(network)
    for compute, equal in (
        (betweenness_strength, betweenness), (indegree_opsahl, indegree), (outdegree_opsahl, outdegree),
        (mean_strength, density),
    ):  # fmt: skip
        np.testing.assert_allclose(compute(plain), equal(network), **CLOSE)
    if network.matrix.nnz:
        assert mean_strength_of_ties(plain) == 1


@OFTEN
@given(network=networks())
def test_ways_through_people_are_ways_along_their_ties(network: Network) -> None:
    """What runs along a person's outgoing ties runs through them or starts with them."""
    along = tie_betweenness(network)
    steps, _ = geodesics(network.matrix)
    started = (np.isfinite(steps) & (steps > 0)).sum(axis=1)
    leaving = along.groupby(level="ego_id").sum().reindex(list(network.actors), fill_value=0.0)
    known = betweenness(network).notna().to_numpy()
    np.testing.assert_allclose((leaving - started)[known], betweenness(network)[known], **CLOSE)
    assert ((along >= 1) & (along <= network.n**2 - 3 * network.n + 3 + 1e-9)).all()
    assert along.sum() == pytest.approx(steps[np.isfinite(steps)].sum())


def test_the_most_that_can_run_along_one_tie() -> None:
    """Everybody names a, a names b only, b names everybody but a: n² − 3n + 3 pairs."""
    ties = [("a", "b"), *((p, "a") for p in "cde"), *(("b", p) for p in "cde")]
    assert tie_betweenness(Network.from_ties(list("abcde"), ties))["a", "b"] == 13


@OFTEN
@given(network=networks())
def test_people_taken_a_few_at_a_time(network: Network) -> None:
    whole = betweenness_strength(network)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passing, "_CELLS", 2 * max(network.n, network.matrix.nnz))
        np.testing.assert_allclose(betweenness_strength(network), whole, **CLOSE)


@OFTEN
@given(network=networks())
def test_all_cores_together_count_the_same_ways(network: Network) -> None:
    one = tie_betweenness(network)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passing, "REPEATABLE", 0)
        np.testing.assert_allclose(tie_betweenness(network), one, **CLOSE)


@OFTEN
@given(network=networks())
def test_reach_grows_with_steps_and_efficiency_is_the_mean_of_harmonic(network: Network) -> None:
    within = [reach(network, steps) for steps in range(1, max(network.n, 2))]
    for fewer, more in itertools.pairwise(within):
        assert ((fewer <= more) | fewer.isna()).all()
    np.testing.assert_allclose(reachable_share(network), within[-1].mean(), **CLOSE)
    np.testing.assert_allclose(global_efficiency(network), harmonic_out(network).mean(), **CLOSE)
    if network.answered.all() and not network.unknown_cells.nnz:
        np.testing.assert_allclose(within[0], outdegree_share(network))


@OFTEN
@given(network=networks())
def test_opsahl_lies_between_number_and_strength(network: Network) -> None:
    for both, number, strength in (
        (indegree_opsahl, indegree, instrength),
        (outdegree_opsahl, outdegree, outstrength),
    ):
        low, high = np.minimum(number(network), strength(network)), np.maximum(number(network), strength(network))
        value = both(network)
        assert (value.isna() | ((low <= value + 1e-9) & (value <= high + 1e-9))).all()


@OFTEN
@given(network=networks(), share=st.floats(-0.95, 0.95))
def test_bonacich_power_solves_its_equation(network: Network, share: float) -> None:
    """c = A(α + βc) with one α for everybody, and squares that average 1."""
    root = largest_root(network.matrix)
    beta = share / root if root else share
    c = bonacich(network, beta)
    if c.isna().all():
        return
    known = c.notna().to_numpy()
    assert (c[known] ** 2).mean() == pytest.approx(1)
    values = c.fillna(0.0).to_numpy()
    named = network.dense.sum(axis=1)
    alpha = (values - beta * network.dense @ values)[named > 0] / named[named > 0]
    np.testing.assert_allclose(alpha, alpha[0], rtol=1e-7)
    assert alpha[0] > 0
    assert (values[known & (named == 0)] == 0).all()


def _every_network(n: int) -> list[sparse.csr_array]:
    pairs = list(itertools.permutations(range(n), 2))
    matrices = []
    for cells in itertools.product((0.0, 1.0), repeat=len(pairs)):
        matrix = np.zeros((n, n))
        matrix[tuple(np.transpose(pairs))] = cells
        matrices.append(sparse.csr_array(matrix))
    return matrices


@pytest.mark.parametrize("n", [2, 3, 4])
def test_the_largest_harmonic_centralization_by_looking_at_every_network(n: int) -> None:
    """The sum of differences is at most n − 1, inward and outward; on mutual ties (n − 2)/2, so 0 for two people."""
    inward, outward, mutual = [], [], []
    for matrix in _every_network(n):
        steps, _ = geodesics(matrix)
        np.fill_diagonal(steps, np.inf)
        h_in, h_out = ((1 / steps).sum(axis=axis) / (n - 1) for axis in (0, 1))
        inward.append((h_in.max() - h_in).sum())
        outward.append((h_out.max() - h_out).sum())
        if (matrix != matrix.T).nnz == 0:
            mutual.append(inward[-1])
    assert max(inward) == pytest.approx(n - 1)
    assert max(outward) == pytest.approx(n - 1)
    assert max(mutual) == pytest.approx((n - 2) / 2)


@OFTEN
@given(network=networks(complete=True, min_people=2))
def test_harmonic_centralization_is_the_sum_of_differences(network: Network) -> None:
    h = harmonic_in(network)
    assert harmonic_centralization(network) == pytest.approx((h.max() - h).sum() / (network.n - 1))
    assert 0 <= harmonic_centralization(network) <= 1


def test_silence_leaves_no_closeness_and_is_no_missing_way() -> None:
    """c is silent: a reaches b and c, b reaches a and c; of c nothing is known."""
    network = Network.from_ties(["a", "b", "c"], [("a", "b"), ("b", "a"), ("b", "c")], answered=["a", "b"])
    assert reachable_share(network) == 1
    assert global_efficiency(network) == pytest.approx((1 + 0.5 + 1 + 1) / 4)
    assert average_path(network) == pytest.approx(5 / 4)
    values, reasons = actor_table(network)
    found = reasons.set_index(["actor_id", "measure"]).reason
    assert values[["closeness_in", "closeness_out"]].isna().all(axis=None)
    assert (found["a", "closeness_in"], found["c", "closeness_out"]) == ("disconnected", "unanswered")
    for name in ("reach_1", "reach_2", "reach_3", "bonacich_power", "bonacich_bargaining", "betweenness_strength"):
        assert values[name].notna().tolist() == [True, True, False]
        assert found["c", name] == "unanswered"
    # Squares average 1 over the two who answered.
    assert (values.bonacich_power**2).sum() == pytest.approx(2)


def test_reasons() -> None:
    """A network whose ties all lead one way has no λ₁ to set β by; one without ties has no way to measure."""
    downhill = actor_table(Network.from_ties(list("abc"), [("a", "b"), ("b", "c")]))
    assert downhill[0].bonacich_power.isna().all()
    assert set(downhill[1].query("measure == 'bonacich_power'").reason) == {"no_ties"}
    empty = network_table(Network.from_ties(list("abc"), [])).set_index("measure")
    for name in ("average_path", "diameter", "mean_strength_of_ties"):
        assert empty.loc[name, "reason"] == "no_ties"
    for name in ("reachable_share", "global_efficiency", "mean_strength", "indegree_variance"):
        assert empty.loc[name, "value"] == 0
    one = network_table(Network.from_ties(list("abc"), [("a", "b")], answered=["a"])).set_index("measure")
    assert one.loc["outdegree_variance", "reason"] == "nonresponse"


def test_steps_of_reach_stand_in_the_catalogue() -> None:
    for steps in (1, 2, 3):
        assert measure(f"reach_{steps}").compute(toy.toy()).equals(reach(toy.toy(), steps))
