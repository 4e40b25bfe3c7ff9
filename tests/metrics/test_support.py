"""Support as people receive it: a small web by hand, its slow version on random webs, and silence that is no lack."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sna.metrics.mixing import ei_index
from sna.metrics.multiplex import overlap
from sna.metrics.support import (
    by_chance_common,
    kinds_per_tie,
    layers,
    left_without,
    nearby_givers,
    receipt,
    receivers_by_group,
    share_across,
)
from sna.networks import Network
from tests.metrics.test_golden_relations import families
from tests.reference import slow_support as slow
from tests.reference.random_networks import networks

OFTEN = settings(deadline=None, max_examples=40, derandomize=True)
PEOPLE = list("ABCDEF")
LEVEL = pd.Series(["principal", "leader", "principal", "leader", "office", "office"], index=PEOPLE)
SCHOOL = pd.Series(["Lincoln", "Lincoln", "Cedar", "Cedar", None, None], index=PEOPLE, dtype="str")
SAID = list("ABCDE")
MATERIAL = Network.from_ties(
    PEOPLE,
    [("A", "E"), ("A", "F"), ("B", "A"), ("C", "E"), ("D", "C"), ("D", "A")],
    answered=SAID,
    unknown=[("B", "F")],
    relation="material",
)
PEERS = Network.from_ties(PEOPLE, [("A", "C"), ("B", "A"), ("C", "A"), ("D", "A")], answered=SAID, relation="peers")
SPONSOR = Network.from_ties(PEOPLE, [("B", "A"), ("D", "A")], answered=SAID, relation="sponsor")
WEB = [MATERIAL, PEERS, SPONSOR]


@st.composite
def webs(draw: st.DrawFn) -> list[Network]:
    """Two or three kinds on the same people, each with its own silence and holes."""
    n = draw(st.integers(0, 6))
    found = [draw(networks(max_people=n, min_people=n)) for _ in range(draw(st.integers(2, 3)))]
    return [Network(**{**vars_of(network), "relation": f"r{k}"}) for k, network in enumerate(found)]


def vars_of(network: Network) -> dict[str, object]:
    return {
        name: value
        for name, value in vars(network).items()
        if name in Network.__dataclass_fields__ and name != "_positions"
    }


def test_what_each_person_receives_by_hand() -> None:
    found = receipt(MATERIAL, LEVEL, SCHOOL)
    assert found["status"].tolist() == ["has", "has", "has", "has", "lacks", "unknown"]
    nan = float("nan")
    expected = {
        "givers": [2, 1, 1, 2, 0, nan],
        "levels": [1, 1, 1, 1, 0, nan],
        "schools": [0, 0, 0, 1, nan, nan],
        "own_school": [0, 1, 0, 1, nan, nan],
        "not_said": [0, 1, 0, 0, 0, 5],
    }
    for name, values in expected.items():
        np.testing.assert_array_equal(found[name].to_numpy(dtype=float), values, name)
    # Ben named Ana alone, but left Fay out: Ana may not be the only one.
    assert found["sole_source"].fillna("").tolist() == ["", "", "E", "", "", ""]
    bare = receipt(MATERIAL)
    assert bare[["levels", "schools", "own_school"]].isna().all(axis=None)


def test_somebody_silent_never_lacks() -> None:
    for network in WEB:
        found = receipt(network)
        assert found.loc["F", "status"] == "unknown"
        assert np.isnan(found.loc["F", "givers"])
    named_nobody = Network.from_ties(["a", "b", "c"], [], answered=["a", "b"], unknown=[("b", "c")])
    assert receipt(named_nobody)["status"].tolist() == ["lacks", "unknown", "unknown"]
    nothing_said = Network.from_ties(["a", "b"], [], unknown=[("a", "b")])
    assert receipt(nothing_said)["status"].tolist() == ["unknown", "lacks"]
    assert np.isnan(receipt(nothing_said).loc["a", "givers"])
    assert receipt(Network.from_ties(["a"], []))["status"].tolist() == ["unknown"]
    assert len(receipt(Network.from_ties([], []))) == 0


def test_what_hangs_on_whom_by_hand() -> None:
    found = left_without(MATERIAL)
    assert found.index.tolist() == ["A", "C", "E", "F"]
    assert found["left_without"].tolist() == [0, 0, 1, 0]
    assert found["one_of_several"].tolist() == [1, 1, 1, 1]
    assert found["not_known"].tolist() == [1, 0, 0, 0]
    assert not found["only_giver"].any()
    assert left_without(SPONSOR).to_numpy().tolist() == [[2, 0, 0, True]]
    assert len(left_without(Network.from_ties(PEOPLE, []))) == 0


def test_layers_by_hand() -> None:
    found = layers(WEB).set_index(["ego_id", "alter_id"])
    assert len(found) == 8
    assert found.loc[("B", "A")].tolist() == [3, "material, peers, sponsor", 0]
    assert found.loc[("A", "C")].tolist() == [1, "peers", 0]
    # Fay's part in Ben's answer about material is open: of the three kinds one is not known.
    assert kinds_per_tie(WEB).tolist() == [6, 0, 2]
    partly = Network.from_ties(PEOPLE, [("B", "F")], answered=["B"], relation="operations")
    more = layers([MATERIAL, partly]).set_index(["ego_id", "alter_id"])
    assert more.loc[("B", "F")].tolist() == [1, "operations", 1]
    assert more.loc[("A", "E")].tolist() == [1, "material", 1]
    assert kinds_per_tie([MATERIAL, partly]).tolist() == [1, 0]


def test_across_levels_by_hand() -> None:
    assert share_across(MATERIAL, LEVEL) == 1.0
    assert share_across(PEERS, LEVEL) == 0.5
    assert np.isnan(share_across(PEERS, LEVEL.where(LEVEL == "office")))
    assert np.isnan(share_across(Network.from_ties(PEOPLE, []), LEVEL))
    assert receivers_by_group(MATERIAL, LEVEL) == {("leader", "principal"): 2, ("principal", "office"): 2}


def test_who_is_near_by_hand() -> None:
    """Ana and Cy have nobody for sponsorship; both are each other's peers, and Ana gives it to others."""
    assert [(PEOPLE[i], PEOPLE[j], times) for i, j, times in nearby_givers(WEB, 2)] == [("C", "A", 1)]
    # Ed lacks all, and nobody gives him anything: nobody is near.
    assert nearby_givers(WEB, 0) == []
    assert nearby_givers(WEB, 1) == []


def test_ties_in_common_by_chance() -> None:
    marriage, business = families()
    assert by_chance_common(marriage, business) == pytest.approx(40 * 30 / 240)
    # (B, F) is unknown in the one: 25 − 1 cells, 6 and 2 ties.
    assert by_chance_common(MATERIAL, SPONSOR) == pytest.approx(6 * 2 / 24)
    assert np.isnan(by_chance_common(Network.from_ties(["a"], []), Network.from_ties(["a"], [])))


def test_other_people_are_refused() -> None:
    with pytest.raises(ValueError, match="same actors"):
        layers([MATERIAL, Network.from_ties(["A"], [])])


@OFTEN
@given(found=webs(), school=st.lists(st.sampled_from(["s", "t", None]), min_size=6, max_size=6))
def test_against_the_slow_version(found: list[Network], school: list[str | None]) -> None:
    people = found[0].actors
    level = found[0].attributes["group"]
    schools = pd.Series(school[: len(people)], index=list(people), dtype="str")
    groups = slow.group_of(found[0], level), slow.group_of(found[0], schools)
    for network in found:
        table = receipt(network, level, schools)
        for actor in people:
            expected = slow.receipt(network, actor, *groups)
            row = {name: None if pd.isna(value) else value for name, value in table.loc[actor].items()}
            assert row == expected, actor
        without = left_without(network)
        for actor in people:
            expected_ = slow.left_without(network, actor)
            if actor in without.index:
                assert tuple(without.loc[actor]) == expected_
            else:
                assert expected_[:3] == (0, 0, 0)
        across = slow.share_across(network, groups[0])
        one_level = len({value for value in groups[0].values() if value}) < 2
        if across is None or one_level:
            assert np.isnan(share_across(network, level))
        else:
            assert share_across(network, level) == pytest.approx(across)
            assert share_across(network, level) == pytest.approx((ei_index(network, level) + 1) / 2)
    table = layers(found)
    told = {
        (ego, alter): (kinds, which, unknown)
        for ego, alter, kinds, which, unknown in table.itertuples(index=False, name=None)
    }
    assert told == slow.layers(found)
    assert kinds_per_tie(found).tolist() == slow.kinds_per_tie(found)
    together = overlap(*found[:2])
    if together.cells:
        assert kinds_per_tie(found[:2]).tolist() == [together.either - together.common, together.common]


@OFTEN
@given(found=webs(), data=st.data())
def test_other_names_and_another_order_change_nothing(found: list[Network], data: st.DataObject) -> None:
    people = found[0].actors
    order = data.draw(st.permutations(people))
    new = {old: f"x{i}" for i, old in enumerate(people)}

    def renamed(network: Network) -> Network:
        pairs = [(a, b) for a in people for b in people if a != b]
        state = {pair: network.state(*pair) for pair in pairs}
        return Network.from_ties(
            [new[a] for a in order],
            [(new[a], new[b]) for (a, b), told in state.items() if told == "present"],
            answered=[new[a] for a in people if network.answered[network.position(a)]],
            unknown=[
                (new[a], new[b])
                for (a, b), told in state.items()
                if told == "unknown" and network.answered[network.position(a)]
            ],
            relation=network.relation,
        )

    others = [renamed(network) for network in found]
    assert kinds_per_tie(others).tolist() == kinds_per_tie(found).tolist()
    for network, other in zip(found, others, strict=True):
        one, two = receipt(network), receipt(other)
        for actor in people:
            old, now = one.loc[actor].fillna(-1), two.loc[new[actor]].fillna(-1)
            assert old.drop("sole_source").tolist() == now.drop("sole_source").tolist()
            assert new.get(one["sole_source"][actor], -1) == now["sole_source"]
        assert sorted(map(tuple, left_without(network).to_numpy().tolist())) == sorted(
            map(tuple, left_without(other).to_numpy().tolist())
        )
