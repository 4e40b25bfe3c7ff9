"""What must hold of measures on any network: order of people, turning, one more isolate, sums of roles."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from sna.metrics.brokerage import ROLES, brokerage
from sna.metrics.catalogue import measure
from sna.metrics.centralization import indegree_centralization, outdegree_centralization
from sna.metrics.cohesion import density, isolates, mean_outdegree
from sna.metrics.compute import actor_table, brokerage_table, network_table, tie_table
from sna.metrics.degree import indegree, indegree_share, outdegree
from sna.networks.network import Network
from tests.golden import toy
from tests.reference import slow_metrics as slow
from tests.reference.random_networks import networks

OFTEN = settings(deadline=None, max_examples=40, derandomize=True)
GROUPS = ["group"]


def reordered(network: Network, order: list[int]) -> Network:
    def square(matrix: Any) -> Any:
        return sparse.csr_array(matrix.toarray()[np.ix_(order, order)])

    return Network(
        relation=network.relation,
        wave=network.wave,
        actors=tuple(network.actors[i] for i in order),
        strengths=square(network.strengths),
        matrix=square(network.matrix),
        asked=network.asked[order],
        answered=network.answered[order],
        unknown_cells=square(network.unknown_cells),
        attributes=network.attributes.iloc[order],
        flow=network.flow,
        cap=network.cap,
    )


@OFTEN
@given(data=st.data())
def test_the_order_of_people_changes_nothing(data: st.DataObject) -> None:
    network = data.draw(networks())
    other = reordered(network, data.draw(st.permutations(range(network.n))))
    close = {"rtol": 1e-7, "atol": 1e-9}
    for table in (actor_table, tie_table):
        (values, reasons), (other_values, other_reasons) = table(network, GROUPS), table(other, GROUPS)
        pd.testing.assert_frame_equal(values, other_values.reindex(values.index), **close)
        assert sorted(reasons.itertuples(index=False)) == sorted(other_reasons.itertuples(index=False))
    pd.testing.assert_frame_equal(network_table(network, GROUPS), network_table(other, GROUPS), **close)
    first, second = (brokerage_table(n, "group").set_index("actor_id") for n in (network, other))
    pd.testing.assert_frame_equal(first, second.reindex(first.index), **close)


@OFTEN
@given(network=networks(complete=True))
def test_turning_a_network_swaps_gatekeeper_and_representative_only(network: Network) -> None:
    group = network.attributes["group"]
    here, there = brokerage(network, group, "citation"), brokerage(network.reversed(), group, "citation")
    swapped = ["coordinator", "representative", "gatekeeper", "consultant", "liaison", "total"]
    for ours, turned in [(here.counts, there.counts), (here.z, there.z), (here.totals.T, there.totals.T)]:
        np.testing.assert_array_equal(ours[list(ROLES)].to_numpy(), turned[swapped].to_numpy())
    on_flow = brokerage(network, group, "flow").counts
    as_flow = there.counts if network.flow == "against" else here.counts
    pd.testing.assert_frame_equal(on_flow, as_flow)


@pytest.mark.parametrize(
    "name",
    [
        "betweenness", "betweenness_normalised", "core", "clustering", "ego_reciprocity", "constraint",
        "effective_size", "ties", "mean_outdegree", "density", "reciprocity", "transitivity", "components",
        "largest_component", "isolates", "betweenness_centralization",
    ],
)  # fmt: skip
@OFTEN
@given(network=networks(complete=True))
def test_measures_that_do_not_mind_direction(name: str, network: Network) -> None:
    compute = measure(name).compute
    np.testing.assert_allclose(compute(network), compute(network.reversed()), atol=1e-9)


@pytest.mark.parametrize(
    ("name", "turned"),
    [
        ("indegree", "outdegree"), ("indegree_share", "outdegree_share"), ("instrength", "outstrength"),
        ("harmonic_in", "harmonic_out"), ("indegree_centralization", "outdegree_centralization"),
    ],
)  # fmt: skip
@OFTEN
@given(network=networks(complete=True))
def test_measures_that_turn_into_one_another(name: str, turned: str, network: Network) -> None:
    np.testing.assert_allclose(measure(name).compute(network), measure(turned).compute(network.reversed()), atol=1e-9)


@OFTEN
@given(network=networks(complete=True, min_people=4))
def test_one_more_person_without_ties(network: Network) -> None:
    """Only what is divided by the number of people changes."""
    n = network.n
    pairs = [(a, b, float(s)) for (a, b), s in zip(slow._pairs(network), _strengths(network), strict=True)]
    more = Network.from_ties([*network.actors, "new"], pairs)
    people = list(network.actors)
    factor = {
        "indegree_share": (n - 1) / n, "outdegree_share": (n - 1) / n, "harmonic_in": (n - 1) / n,
        "harmonic_out": (n - 1) / n, "betweenness_normalised": (n - 2) / n,
        "reach_1": (n - 1) / n, "reach_2": (n - 1) / n, "reach_3": (n - 1) / n,
        "bonacich_power": np.sqrt((n + 1) / n), "bonacich_bargaining": np.sqrt((n + 1) / n),
        "closeness_in": np.nan, "closeness_out": np.nan,  # nobody reaches the new person
    }  # fmt: skip
    before, after = actor_table(network)[0], actor_table(more)[0].loc[people]
    for name in before.columns.drop("pagerank"):
        np.testing.assert_allclose(after[name], before[name] * factor.get(name, 1), atol=1e-7, err_msg=name)
    first, second = (network_table(x).set_index("measure").value for x in (network, more))
    for name in ("ties", "reciprocity", "transitivity", "top3_share"):
        np.testing.assert_allclose(second[name], first[name])
    assert second["density"] == pytest.approx(first["density"] * (n - 1) / (n + 1))
    assert second["mean_outdegree"] == pytest.approx(first["mean_outdegree"] * n / (n + 1))
    assert second["isolates"] == first["isolates"] + 1
    assert second["components"] == first["components"] + 1
    assert second["largest_component"] == pytest.approx(first["largest_component"] * n / (n + 1))


def _strengths(network: Network) -> list[float]:
    return [slow._strength(network, a, b) for a, b in slow._pairs(network)]


@OFTEN
@given(network=networks(complete=True, min_people=3))
def test_roles_add_up_to_the_open_two_step_paths(network: Network) -> None:
    open_paths = sum(
        slow.tie(network, a, v) and slow.tie(network, v, b) and not slow.tie(network, a, b)
        for a in network.actors for v in network.actors for b in network.actors if a != b
    )  # fmt: skip
    result = brokerage(network, network.attributes["group"])
    assert result.counts.drop(columns="total").to_numpy().sum() == open_paths
    assert result.counts["total"].sum() == result.totals.loc["total", "count"] == open_paths


def test_the_toy_has_fifteen_open_two_step_paths() -> None:
    """18 two-step paths, of which 3 are closed (specification §11)."""
    assert brokerage(toy.toy(), pd.Series(toy.CLASSES)).totals.loc["total", "count"] == 15


@OFTEN
@given(network=networks(complete=True, min_people=2))
def test_with_full_response_centralization_is_the_classical_one(network: Network) -> None:
    most = (network.n - 1) ** 2
    for centralization, degree in [(indegree_centralization, indegree), (outdegree_centralization, outdegree)]:
        k = degree(network)
        assert centralization(network) == pytest.approx((k.max() - k).sum() / most)


def test_silence_is_unknown_and_not_a_no() -> None:
    """c is silent and the most named: the naive denominators would be wrong for everybody."""
    network = Network.from_ties(["a", "b", "c"], [("a", "c"), ("b", "c")], answered=["a", "b"])
    assert density(network) == 0.5
    assert mean_outdegree(network) == 1
    assert indegree_share(network).to_dict() == {"a": 0.0, "b": 0.0, "c": 1.0}
    assert indegree_centralization(network) == 1
    values, reasons = actor_table(network)
    own = ["outdegree", "outdegree_share", "outstrength", "betweenness", "betweenness_normalised", "harmonic_out"]
    assert values.loc["c", [*own, "ego_reciprocity"]].isna().all()
    assert values.loc["c", ["indegree", "harmonic_in", "pagerank", "core", "constraint"]].notna().all()
    assert set(reasons[reasons.actor_id == "c"].reason) == {"unanswered"}


def test_a_silent_person_is_never_an_isolate() -> None:
    network = Network.from_ties(["a", "b", "c", "d"], [("a", "b")], answered=["a", "b", "c"])
    assert isolates(network) == 1
    reasons = actor_table(network)[1].set_index(["actor_id", "measure"]).reason
    assert reasons["c", "constraint"] == "isolate"
    assert reasons["d", "constraint"] == "unanswered"
    table = network_table(network).set_index("measure").value
    assert table["components"] == 2  # a–b and c; of d nothing is known
    assert table["largest_component"] == pytest.approx(2 / 3)


def test_an_open_pair_counts_only_when_known_to_be_open() -> None:
    """a→v→b with cell (a, b) left empty: nobody can say whether v brokers."""
    ties = [("a", "v"), ("v", "b")]
    group = pd.Series({"a": "x", "v": "x", "b": "x"})
    told = Network.from_ties(["a", "v", "b"], ties)
    untold = Network.from_ties(["a", "v", "b"], ties, unknown=[("a", "b")])
    for direction in ("citation", "flow"):
        assert brokerage(told, group, direction).counts.loc["v", "total"] == 1
        assert brokerage(untold, group, direction).counts.loc["v", "total"] == 0
    assert brokerage(untold, group).expected.isna().all(axis=None)


def test_a_group_of_one_has_no_coordinator_to_expect() -> None:
    result = brokerage(toy.toy(), pd.Series(dict(zip(toy.ACTORS, "AAAAAAAB", strict=True))))
    assert result.expected.loc["8", "coordinator"] == result.sd.loc["8", "coordinator"] == 0
    assert np.isnan(result.z.loc["8", "coordinator"])
    assert not np.isnan(result.z.loc["1", "coordinator"])
