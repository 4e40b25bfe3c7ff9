"""Networks: the four states, what they refuse to hold, and that the graph and the matrices say the same."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from sna.networks import Multiplex, Network

ACTORS = ("a", "b", "c", "d")


def made(**changes: object) -> Network:
    settings: dict[str, object] = {
        "ties": [("a", "b", 3), ("b", "a", 1), ("a", "c", 2)],
        "present_from": 2,
        "answered": ["a", "b"],
        "asked": ["a", "b", "c"],
        "unknown": [("b", "d")],
        "attributes": pd.DataFrame({"school": ["x", "y", None, "x"]}, index=list(ACTORS)),
    }
    return Network.from_ties(ACTORS, **{**settings, **changes})  # type: ignore[arg-type]


def test_the_four_states() -> None:
    network = made()
    states = {(i, j): network.state(i, j) for i in ACTORS for j in ACTORS}
    assert [states["a", j] for j in ACTORS] == ["impossible", "present", "present", "absent"]
    assert [states["b", j] for j in ACTORS] == ["absent", "impossible", "absent", "unknown"]
    assert [states["c", j] for j in ACTORS] == ["unknown", "unknown", "impossible", "unknown"]
    observed = network.observed
    for (i, j), state in states.items():
        assert observed[network.position(i), network.position(j)] == (state in ("present", "absent"))
    assert network.observed_count == observed.sum() == 5


def test_below_the_threshold_strength_is_kept_and_no_tie() -> None:
    network = made()
    assert network.strengths.toarray()[1, 0] == 1
    assert network.matrix.toarray()[1, 0] == 0


def test_response_counts_the_people_asked() -> None:
    assert made().response_rate == pytest.approx(2 / 3)
    assert np.isnan(made(ties=[], answered=[], asked=[], unknown=[]).response_rate)


def test_the_graph_holds_everybody_and_the_present_ties() -> None:
    graph = made().graph
    assert list(graph.nodes) == list(ACTORS)
    assert sorted(graph.edges(data="strength")) == [("a", "b", 3.0), ("a", "c", 2.0)]
    assert graph.nodes["a"] == {"school": "x", "asked": True, "answered": True}
    assert "school" not in graph.nodes["c"]
    with pytest.raises(nx.NetworkXError):
        graph.add_edge("a", "d")


def test_flow_runs_against_the_nomination_unless_said_otherwise() -> None:
    assert (made().flow_matrix.toarray() == made().matrix.toarray().T).all()
    assert (made(flow="along").flow_matrix.toarray() == made().matrix.toarray()).all()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"ties": [("a", "a", 3)]}, "diagonal"),
        ({"ties": [("c", "a", 3)]}, "did not answer"),
        ({"unknown": [("a", "b")]}, "both a tie and unknown"),
    ],
)
def test_contradictions_are_refused(changes: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        made(**changes)


def test_nobody_from_outside_the_roster() -> None:
    with pytest.raises(KeyError):
        made(ties=[("a", "stranger", 3)])
    with pytest.raises(ValueError, match="unique"):
        Network.from_ties(["a", "a"], [])


def test_turning_round_needs_every_cell_known() -> None:
    with pytest.raises(ValueError, match="unknown"):
        made().reversed()
    whole = made(answered=list(ACTORS), unknown=[])
    assert (whole.reversed().matrix.toarray() == whole.matrix.toarray().T).all()
    assert (whole.reversed().reversed().strengths.toarray() == whole.strengths.toarray()).all()


def test_a_network_cannot_be_changed() -> None:
    network = made()
    with pytest.raises(AttributeError):
        network.wave = "other"  # type: ignore[misc]
    with pytest.raises(ValueError, match="read-only"):
        network.answered[0] = False
    with pytest.raises(ValueError, match="read-only"):
        network.dense[0, 0] = 1


def test_a_multiplex_set_is_of_the_same_people() -> None:
    first, second = made(), made(ties=[("a", "b", 5)])
    both = Multiplex("w", {"advice": first, "trust": second})
    assert both["trust"] is second
    with pytest.raises(ValueError, match="same actors"):
        Multiplex("w", {"advice": first, "trust": Network.from_ties(["a"], [])})


def test_some_of_the_people_keep_what_they_said_of_one_another() -> None:
    whole = made()
    part = whole.among({"a", "c", "d"})
    assert part.actors == ("a", "c", "d")
    for ego in part.actors:
        for alter in part.actors:
            assert part.state(ego, alter) == whole.state(ego, alter)
    assert part.attributes["school"].fillna("").tolist() == ["x", "", "x"]
    assert whole.among(set()).n == 0
