"""The response gate, row by row of the specification's table (§1.5)."""

from __future__ import annotations

from typing import get_args

import numpy as np
import pytest

from sna.inference.gate import GATES, Verdict, coverage, gate_table, sought_silent, verdict
from sna.metrics.measure import Gate
from sna.networks.network import Network

ORDER = ("indegree", "outdegree", "density", "reciprocity", "concentration", "mixing", "path", "fragmentation")
LETTERS = {"a": "allowed", "f": "flagged", "w": "withheld"}
# One line per level, one letter per gate in the order above.
TABLE = {0.9: "aaaaaaaa", 0.8: "aaaaaafw", 0.7: "aaafffww", 0.5: "faawwwww", 0.0: "wawwwwww"}


@pytest.mark.parametrize(
    ("share", "level"),
    [
        (1.0, 0.9), (0.9, 0.9), (9 / 10, 0.9), (18 / 20, 0.9), (0.8999, 0.8), (0.8, 0.8), (0.7999, 0.7), (21 / 30, 0.7),
        (0.6999, 0.5), (0.5, 0.5), (0.4999, 0.0), (0.0, 0.0), (float("nan"), 0.0),
    ],
)  # fmt: skip
def test_every_row(share: float, level: float) -> None:
    assert [verdict(gate, share, False) for gate in ORDER] == [LETTERS[x] for x in TABLE[level]]


@pytest.mark.parametrize(("share", "level"), [(1.0, 0.8), (0.85, 0.7), (0.75, 0.5), (0.6, 0.0), (0.3, 0.0)])
def test_a_silent_person_among_the_most_named_drops_one_level(share: float, level: float) -> None:
    assert [verdict(gate, share, True) for gate in ORDER] == [LETTERS[x] for x in TABLE[level]]


def test_no_gate_is_forgotten_and_more_answers_never_hurt() -> None:
    assert set(GATES) == set(get_args(Gate)) == set(ORDER)
    ranks = {word: rank for rank, word in enumerate(get_args(Verdict))}
    for gate in GATES:
        by_share = [ranks[verdict(gate, share, False)] for share in np.linspace(0, 1, 101)]
        assert by_share == sorted(by_share, reverse=True)


@pytest.mark.parametrize(
    ("ties", "silent", "expected"),
    [
        # In-degrees: a 3, b 2, c 1, d 1, e 0: c and d tie for third place.
        ("b>a c>a d>a c>b a>b a>c a>d", "", False),
        ("b>a c>a d>a c>b a>b a>c a>d", "e", False),
        ("b>a c>a d>a c>b a>b a>c", "d", False),
        ("b>a c>a c>b a>b a>c a>d", "d", True),
        ("b>a c>a", "a", True),
        # Only a is named: nobody else is among the most named, however few there are.
        ("b>a c>a", "d", False),
        ("", "a", False),
    ],
)
def test_sought_silent(ties: str, silent: str, expected: bool) -> None:
    answered = [a for a in "abcde" if a not in silent]
    pairs = [tuple(tie.split(">")) for tie in ties.split() if tie[0] not in silent]
    assert sought_silent(Network.from_ties(list("abcde"), pairs, answered=answered)) is expected


def test_sought_silent_with_fewer_than_three_people() -> None:
    assert sought_silent(Network.from_ties(["a", "b"], [("a", "b")], answered=["a"]))
    assert not sought_silent(Network.from_ties([], []))


def test_gate_table() -> None:
    people = [f"p{i}" for i in range(10)]
    ties = [(a, "p0") for a in people[1:9]]
    table = gate_table(Network.from_ties(people, ties, answered=people[:9])).set_index("gate")
    assert (table.coverage == 0.9).all()
    assert not table.sought_silent.any()
    assert (table.verdict == "allowed").all()
    silent_expert = gate_table(Network.from_ties(people, ties, answered=people[1:])).set_index("gate")
    assert silent_expert.sought_silent.all()
    assert silent_expert.verdict[list(ORDER)].tolist() == [LETTERS[x] for x in TABLE[0.8]]


def test_coverage_counts_everybody_on_the_roster() -> None:
    """People who were never asked are on the roster and did not answer."""
    network = Network.from_ties(["a", "b", "c", "d"], [], asked=["a", "b"], answered=["a", "b"])
    assert network.response_rate == 1
    assert coverage(network) == 0.5
    assert np.isnan(coverage(Network.from_ties([], [])))
    assert set(gate_table(Network.from_ties([], [])).verdict) == {"allowed", "withheld"}
