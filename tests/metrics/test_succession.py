"""Which groups lose contact without one person: worked examples, and walking from person to person."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings

from sna.metrics.succession import LostContact, lost_contact
from sna.networks import Network
from tests.golden import toy
from tests.reference import slow_brokers as slow
from tests.reference.random_networks import networks
from tests.reference.slow_metrics import groups_of


def rows(found: LostContact) -> list[tuple[str, ...]]:
    return [tuple(row) for row in found.lost.to_numpy().tolist()]


def of(ties: str, groups: str, answered: str | None = None) -> LostContact:
    """`of("ab bc", "xxy")`: people a, b, c, … with these groups (`-`: not stated) and ties."""
    actors = [chr(ord("a") + i) for i in range(len(groups))]
    network = Network.from_ties(
        actors, [(one[0], one[1]) for one in ties.split()], answered=None if answered is None else list(answered)
    )
    stated = {a: None if g == "-" else g for a, g in zip(actors, groups, strict=True)}
    return lost_contact(network, pd.Series(stated, dtype="str"))


def test_a_chain_hangs_on_both_its_ends() -> None:
    """x–x–y–y: without either person in the middle nobody is left who joins the two."""
    found = of("ab bc cd", "xxyy")
    assert (found.pairs, rows(found)) == (1, [("b", "x", "y"), ("c", "x", "y")])
    assert rows(of("ab bc cd ad", "xxyy")) == [], "with a second tie nothing hangs on anybody"


def test_a_person_of_no_group_may_hold_groups_together() -> None:
    assert rows(of("ae ec", "xxyy-")) == [("a", "x", "y"), ("c", "x", "y"), ("e", "x", "y")]


def test_a_group_whose_only_person_goes_has_not_lost_contact() -> None:
    assert rows(of("ab bc", "xyz")) == [("b", "x", "z")]


def test_an_isolate_is_left_without_contact() -> None:
    """b answered and is tied to nobody: x is in contact with y through a alone."""
    assert rows(of("ac ad", "xxyy")) == [("a", "x", "y")]


def test_nobody_can_say_whom_a_silent_person_is_in_contact_with() -> None:
    """b neither answered nor was named: nobody of x is known to be left when a goes."""
    assert rows(of("ac ad", "xxyy", answered="acd")) == []


def test_a_hub() -> None:
    found = of("ae be ce de ab", "xxyzh")
    assert found.pairs == 6
    assert rows(found) == [("e", "x", "y"), ("e", "x", "z"), ("e", "y", "z")]


def test_the_toy() -> None:
    found = lost_contact(toy.toy(), pd.Series(toy.CLASSES))
    assert found.pairs == 3
    # 8 is an isolate of X: without 7 nobody joins X to the others.
    assert rows(found) == [("7", "A", "X"), ("7", "B", "X")]


@settings(max_examples=150, deadline=None, derandomize=True)
@given(networks(max_people=7))
def test_against_walking_from_person_to_person(network: Network) -> None:
    group, groups = network.attributes["group"], groups_of(network)
    found = lost_contact(network, group)
    if found.reason is not None:
        assert (found.pairs, len(found.lost)) == (None, 0)
        return
    pairs, lost = slow.lost(network, groups)
    assert found.pairs == pairs
    assert set(rows(found)) == lost
    assert len(rows(found)) == len(lost)


@pytest.mark.parametrize(
    ("ties", "groups", "answered", "reason"),
    [
        ("ab", "--", None, "no_group"),
        ("ab", "xx", None, "one_group"),
        ("", "xy", None, "no_ties"),
        ("", "xy", "", "nonresponse"),
    ],
)
def test_reasons(ties: str, groups: str, answered: str | None, reason: str) -> None:
    assert of(ties, groups, answered).reason == reason
