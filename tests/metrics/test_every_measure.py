"""Every measure on every kind of network: a number or NaN with a reason, never a crash, never a warning."""

from __future__ import annotations

import inspect
import itertools
import re
import warnings
from collections.abc import Iterator
from functools import partial
from typing import Any, get_args

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings

from sna.metrics.brokerage import ROLES, role_counts
from sna.metrics.catalogue import ACTOR, BROKERAGE, CATALOGUE, NETWORK, TIE, measure, measures
from sna.metrics.compute import actor_table, brokerage_table, network_table, tie_table
from sna.metrics.measure import Gate, Measure
from sna.metrics.ties import shared_relations
from sna.networks.network import Network
from sna.terms import REASONS
from tests.golden import toy
from tests.reference.random_networks import networks


def _all_pairs(actors: list[str]) -> list[tuple[Any, ...]]:
    return list(itertools.permutations(actors, 2))


def _kinds() -> dict[str, Network]:
    five = list("abcde")

    def make(
        actors: list[str], ties: list[tuple[Any, ...]], group: list[str | None] | None = None, **more: Any
    ) -> Network:
        labels = ["x", "y", "x", "y", "z", "z"][: len(actors)] if group is None else group
        attributes = pd.DataFrame({"group": pd.Series(labels, index=actors, dtype="str")}, index=actors)
        return Network.from_ties(actors, ties, attributes=attributes, **more)

    ring = [("a", "b"), ("b", "c"), ("c", "d"), ("d", "e"), ("e", "a")]
    return {
        "nobody": make([], []),
        "one person": make(["a"], []),
        "one silent person": make(["a"], [], answered=[]),
        "two people": make(["a", "b"], [("a", "b")]),
        "two people without ties": make(["a", "b"], []),
        "three people": make(list("abc"), [("a", "b"), ("b", "c")]),
        "no ties": make(five, []),
        "complete": make(five, _all_pairs(five)),
        "ring": make(five, ring),
        "star": make(five, [(a, "a") for a in "bcde"]),
        "disconnected": make(five, [("a", "b"), ("b", "a"), ("c", "d"), ("d", "c")]),
        "nobody answered": make(five, [], answered=[]),
        "one answered": make(five, [("a", "b"), ("a", "c")], answered=["a"]),
        "one answered nobody": make(five, [], answered=["a"]),
        "two answered": make(five, [("a", "b"), ("b", "e")], answered=["a", "b"]),
        "all cells unknown": make(five, [], unknown=_all_pairs(five)),
        "one row unknown": make(five, ring[1:], unknown=[("a", b) for b in "bcde"]),
        "nobody asked": make(five, [], answered=[], asked=[]),
        "one group": make(five, ring, group=["x"] * 5),
        "no groups": make(five, ring, group=[None] * 5),
        "one person with a group": make(five, ring, group=["x", None, None, None, None]),
        "two people with a group": make(five, ring, group=["x", "y", None, None, None]),
        "gaps in groups": make(five, ring, group=["x", "y", None, "x", None]),
        "everybody their own group": make(five, ring, group=list("vwxyz")),
        "below the threshold": make(five, [(*tie, 1.0) for tie in ring], present_from=2),
        "valued": make(five, [(*tie, k + 0.5) for k, tie in enumerate(ring)], flow="along"),
        "no attributes": Network.from_ties(five, ring),
        "toy": toy.toy(),
    }


KINDS = _kinds()


@pytest.fixture(autouse=True)
def _warnings_are_errors() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def check(network: Network) -> None:
    groups = ["group"]
    actors, actor_reasons = actor_table(network, groups)
    assert list(actors.index) == list(network.actors)
    assert actors.index.name == "actor_id"
    assert int(actors.isna().to_numpy().sum()) == len(actor_reasons)
    missing = {(a, m) for m in actors.columns for a in actors.index[actors[m].isna()]}
    assert missing == set(actor_reasons[["actor_id", "measure"]].itertuples(index=False, name=None))

    ties, tie_reasons = tie_table(network, groups, [network])
    assert len(ties) == network.matrix.nnz
    assert list(ties.index.names) == ["ego_id", "alter_id"]
    assert int(ties.isna().to_numpy().sum()) == len(tie_reasons)

    whole = network_table(network, groups)
    assert (whole.value.isna() == whole.reason.notna()).all()
    assert len(whole) == len(NETWORK) + len(ROLES)
    for reasons in (actor_reasons.reason, tie_reasons.reason, whole.reason.dropna()):
        assert set(reasons) <= set(REASONS)
    numbers = [actors.to_numpy(), ties.to_numpy(), whole[["value", "expected", "sd", "z"]].to_numpy()]
    assert not any(np.isinf(values).any() for values in numbers)
    assert len(brokerage_table(network, "group")) == network.n


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_tables_of_every_kind_of_network(kind: str) -> None:
    check(KINDS[kind])


@settings(deadline=None, max_examples=100, derandomize=True)
@given(network=networks())
def test_tables_of_random_networks(network: Network) -> None:
    check(network)


@pytest.mark.parametrize("entry", CATALOGUE, ids=lambda m: m.name)
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_measure_on_every_kind_of_network(entry: Measure, kind: str) -> None:
    network = KINDS[kind]
    group = network.attributes.get("group", pd.Series(index=list(network.actors), dtype="str"))
    arguments = ([network],) if entry.compute is shared_relations else (network,)
    value = entry.compute(*arguments, group) if entry.by_group else entry.compute(*arguments)
    if entry.level == "network":
        assert type(value) is float
        if network.n < entry.minimum or not network.respondents:
            assert np.isnan(value)
        return
    assert value.dtype == float
    assert value.name == entry.name
    if entry.level == "actor":
        assert value.index.name == "actor_id"
        assert list(value.index) == list(network.actors)
        if network.n < entry.minimum or not network.respondents:
            assert value.isna().all()
        if entry.own_answer:
            assert value[~network.answered].isna().all()
    else:
        assert list(value.index.names) == ["ego_id", "alter_id"]


REASON_CASES = [
    ("nobody answered", "a", "indegree", "nonresponse"),
    ("one person", "a", "indegree", "too_few_nodes"),
    ("two people", "a", "betweenness", "too_few_nodes"),
    ("one answered", "a", "indegree", "nonresponse"),
    ("one answered nobody", "a", "indegree", "nonresponse"),
    ("one answered", "b", "outdegree", "unanswered"),
    ("one answered nobody", "a", "constraint", "no_ties"),
    ("one answered", "a", "ego_reciprocity", "nonresponse"),
    ("no ties", "a", "eigenvector", "no_ties"),
    ("star", "a", "eigenvector", "disconnected"),
    ("disconnected", "a", "eigenvector", "disconnected"),
    ("disconnected", "e", "constraint", "isolate"),
    ("disconnected", "a", "clustering", "no_triples"),
    ("disconnected", "a", "ego_density", "no_triples"),
    ("gaps in groups", "c", "ei_group", "no_group"),
    ("one group", "a", "ei_group", "one_group"),
    ("no groups", "a", "ei_group", "no_group"),
    ("two people with a group", "a", "core", None),
    ("one person with a group", "a", "ei_group", "too_few_nodes"),
]


@pytest.mark.parametrize(("kind", "actor", "name", "reason"), REASON_CASES)
def test_reasons_of_actor_values(kind: str, actor: str, name: str, reason: str | None) -> None:
    values, reasons = actor_table(KINDS[kind], ["group"])
    found = reasons.set_index(["actor_id", "measure"]).reason.get((actor, name))
    assert found == reason
    assert np.isnan(values.loc[actor, name]) == (reason is not None)


@pytest.mark.parametrize(
    ("kind", "name", "reason"),
    [
        ("nobody", "density", "too_few_nodes"),
        ("one person", "isolates", "too_few_nodes"),
        ("nobody answered", "ties", "nonresponse"),
        ("all cells unknown", "density", "nonresponse"),
        ("no ties", "reciprocity", "no_ties"),
        ("no ties", "gini_indegree", "no_ties"),
        ("no ties", "density", None),
        ("star", "transitivity", "no_triples"),
        ("one answered", "reciprocity", "nonresponse"),
        ("three people", "top3_share", "too_few_nodes"),
        ("one group", "ei_index", "one_group"),
        ("no groups", "ei_index", "no_group"),
        ("no groups", "liaison", "no_group"),
        ("two people with a group", "liaison", "too_few_nodes"),
        ("nobody answered", "liaison", "nonresponse"),
    ],
)
def test_reasons_of_network_values(kind: str, name: str, reason: str | None) -> None:
    table = network_table(KINDS[kind], ["group"]).set_index("measure")
    found = table.loc[name, "reason"]
    assert (None if pd.isna(found) else found) == reason


def test_of_two_causes_the_one_that_holds_is_told() -> None:
    """Measures that are undefined for one of two causes, each of them in a network in which only one holds."""
    people = ["a", "b", "c", "d"]
    unheard = Network.from_ties(people, [("a", "b"), ("c", "d")], answered=["a", "c"])
    full = Network.from_ties(people[:3], [(i, j) for i in people[:3] for j in people[:3] if i != j])
    value = {
        name: network_table(n).set_index("measure")["reason"] for name, n in (("unheard", unheard), ("full", full))
    }
    assert value["unheard"]["reciprocity_adjusted"] == "nonresponse"
    assert value["full"]["reciprocity_adjusted"] == "no_variation"
    silent = Network.from_ties(people, [("a", "b"), ("a", "c")], answered=["a"])
    _, reasons = actor_table(silent)
    found = reasons.set_index(["actor_id", "measure"])["reason"]
    assert found["a", "ego_density"] == "nonresponse"
    assert found["b", "ego_density"] == "unanswered"
    groups = pd.DataFrame({"group": ["x", "y", None, None]}, index=people)
    apart = Network.from_ties(people, [("a", "c"), ("b", "d")], attributes=groups)
    inside = Network.from_ties(people, [("a", "c"), ("d", "a")], attributes=groups.fillna("x"))
    for measure_name in ("assortativity", "yules_q"):
        table = network_table(apart, ["group"]).set_index("measure")
        assert table.loc[measure_name, "reason"] == "no_group", measure_name
    table = network_table(inside, ["group"]).set_index("measure")
    assert table.loc["assortativity", "reason"] == "no_variation"


def test_reasons_of_tie_values() -> None:
    network = KINDS["two answered"]
    _, reasons = tie_table(network, ["group", "not a column"])
    found = {(r.ego_id, r.alter_id, r.measure): r.reason for r in reasons.itertuples()}
    assert found == {
        ("b", "e", "reciprocated"): "unanswered",
        ("a", "b", "same_not a column"): "no_group",
        ("b", "e", "same_not a column"): "no_group",
    }


def test_tie_table_counts_the_other_relations_of_the_wave() -> None:
    advice = Network.from_ties(["a", "b", "c"], [("a", "b"), ("b", "c")], relation="advice")
    trust = Network.from_ties(["a", "b", "c"], [("a", "b"), ("c", "a")], relation="trust")
    values, _ = tie_table(advice, same_wave=[advice, trust])
    assert values["shared_relations"].to_dict() == {("a", "b"): 2.0, ("b", "c"): 1.0}


def test_brokerage_totals_stand_in_the_network_table() -> None:
    table = network_table(toy.toy(), ["school"]).set_index("measure")
    # Advice flows against nominations: the toy's representatives are gatekeepers of the flow.
    assert table.loc[["gatekeeper", "representative"], "value"].tolist() == [5, 4]
    np.testing.assert_allclose(table.loc[["coordinator", "total"], "sd"], [toy.TOTAL_SD[0], toy.TOTAL_SD[5]], atol=5e-5)
    assert table.loc["density", ["group", "expected", "sd", "z"]].isna().all()


def test_brokerage_table_has_a_column_for_every_figure() -> None:
    table = brokerage_table(toy.toy(), "school").set_index("actor_id")
    assert list(table.columns) == [role + end for role in ROLES for end in ("", "_expected", "_sd", "_z")]
    assert table.loc["1", ["coordinator", "representative", "gatekeeper"]].tolist() == [2, 2, 0]
    assert table.loc["1", "total_expected"] == pytest.approx(1.738, abs=5e-4)


def test_the_catalogue_says_everything_in_words() -> None:
    names = [m.name for m in CATALOGUE]
    assert len(set(names)) == len(names)
    assert ACTOR + BROKERAGE + TIE + NETWORK == CATALOGUE == measures()
    assert measures("tie") == TIE
    for entry in CATALOGUE:
        assert measure(entry.name) is entry
        assert entry.gate in get_args(Gate)
        assert entry.otherwise in REASONS
        assert entry.plain.endswith(".")
        assert not any(jargon in entry.plain for jargon in ("node", "edge", "vertex", "graph", "geodesic", "weight"))
        assert all([entry.label, entry.direction, entry.strength, entry.unknown, entry.unit])
        assert entry.minimum >= 2
    with pytest.raises(KeyError):
        measure("no such measure")


@pytest.mark.parametrize("entry", CATALOGUE, ids=lambda m: m.name)
def test_every_measure_has_a_formula_in_latex(entry: Measure) -> None:
    depth = 0
    for sign in re.findall(r"(?<!\\)[{}]", entry.latex):
        depth += 1 if sign == "{" else -1
        assert depth >= 0
    assert depth == 0
    assert entry.latex.count(r"\left") - entry.latex.count(r"\leftrightarrow") == entry.latex.count(r"\right")
    assert entry.latex.count(r"\lbrace") == entry.latex.count(r"\rbrace")
    assert entry.latex.strip() == entry.latex != ""
    assert "\n" not in entry.latex
    # What Markdown would read as its own before the formula is drawn: $, escaped signs, and _ after a sign.
    assert re.search(r"[$*<>`]|\\[^A-Za-z]|[^A-Za-z0-9]_", entry.latex) is None
    assert entry.latex.isascii()


PACKAGES = ("networkx", "igraph", "R sna", "R igraph", "R tnet", "R netseg", "R ineq", "netrics", "UCINET")
STRANGERS = "Pajek|Gephi|NetMiner|Siena|statnet|graph-tool|networkit|rustworkx|influenceR|ideanet|Stata|NodeXL|ORA"


@pytest.mark.parametrize("entry", CATALOGUE, ids=lambda m: m.name)
def test_every_measure_says_what_other_packages_answer(entry: Measure) -> None:
    phrase = entry.elsewhere
    assert phrase.strip() == phrase != ""
    assert not phrase.endswith(".")
    assert "\n" not in phrase
    known = (*PACKAGES, "slow reference", "by hand in R")
    assert any(name in phrase for name in known)
    assert {f"R {name}" for name in re.findall(r"\bR ([a-z]\w+)", phrase)} <= {*PACKAGES, "R algorithm"}
    assert re.search(rf"\b(?:{STRANGERS})\b", phrase, re.IGNORECASE) is None
    assert f"Elsewhere:    {phrase}" in entry.describe()


@pytest.mark.parametrize("entry", CATALOGUE, ids=lambda m: m.name)
def test_every_measure_is_documented_in_the_house_form(entry: Measure) -> None:
    text = inspect.getdoc(entry.compute) or ""
    parts = [
        "Formula:",
        "Direction and strength:",
        "Args:",
        "Returns:",
        "Undefined when:",
        "Small n:",
        "Reference:",
        ">>>",
    ]
    places = [text.find(part) for part in parts]
    assert min(places) > 0
    assert places == sorted(places)


def test_brokerage_entries_share_one_function() -> None:
    for entry in BROKERAGE:
        assert isinstance(entry.compute, partial)
        assert entry.compute.func is role_counts
        assert entry.compute.keywords == {"role": entry.name}
