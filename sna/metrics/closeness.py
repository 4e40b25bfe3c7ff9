"""How near a person is to the others: classical closeness, and the share within reach in a few steps."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sna.metrics.distance import Counts, near_by_step
from sna.metrics.frames import Direction, actor_series, answerers, namable, ratio, turned
from sna.metrics.path_lengths import NEAR, Way, people_by_step, people_near
from sna.networks.network import Network


def _closeness(network: Network, way: Way) -> pd.Series[float]:
    counts = people_by_step(network, way)
    connected = bool((counts.sum(axis=0) == network.n - 1).all())
    total = np.arange(len(counts)) @ counts
    return actor_series(network, ratio(network.n - 1, total), f"closeness_{way}", np.full(network.n, connected))


def closeness_in(network: Network) -> pd.Series[float]:
    """How few steps along nominations the others need to reach this person, where everybody reaches everybody.

    Formula:
        C_in(v) = (n − 1) / Σ_{u≠v} d(u, v), d steps along nominations.
    Direction and strength:
        Being reached along nominations (`closeness_out` of the turned network). Steps; strength not used.

    Args:
        network: one relation in one wave, n people.

    Returns:
        Series on actor_id; above 0, at most 1; 1 when everybody names the person.

    Undefined when:
        somebody does not reach somebody else, then for everybody (software gives four different answers there):
        so whenever anybody did not answer. `harmonic_in` is defined there. Or n < 2.
    Small n:
        unknown ties count as no step, so a value can only be too low.
    Reference:
        Freeman (1979), Social Networks 1:215–239, doi:10.1016/0378-8733(78)90021-7.

    >>> closeness_in(Network.from_ties(["a", "b", "c"], [("a", "b"), ("b", "c"), ("c", "a"), ("a", "c")])).tolist()
    [0.6666666666666666, 0.6666666666666666, 1.0]
    """
    return _closeness(network, "in")


def closeness_out(network: Network) -> pd.Series[float]:
    """How few steps along nominations this person needs to reach the others, where everybody reaches everybody.

    Formula:
        C_out(v) = (n − 1) / Σ_{u≠v} d(v, u), d steps along nominations.
    Direction and strength:
        Reaching along nominations (`closeness_in` of the turned network). Steps; strength not used.

    Args:
        network: one relation in one wave, n people.

    Returns:
        Series on actor_id; above 0, at most 1; 1 when the person names everybody.

    Undefined when:
        as for `closeness_in`; `harmonic_out` is defined there.
    Small n:
        as for `closeness_in`.
    Reference:
        As for `closeness_in`.

    >>> closeness_out(Network.from_ties(["a", "b", "c"], [("a", "b"), ("b", "c"), ("c", "a"), ("a", "c")])).tolist()
    [1.0, 0.6666666666666666, 0.6666666666666666]
    """
    return _closeness(network, "out")


def _within(network: Network, steps: int, way: Way) -> Counts:
    """How many people each person reaches in exactly 0, 1, … so many steps."""
    if steps <= NEAR:
        return people_near(network, way)[: steps + 1]
    return near_by_step(network.matrix.T.tocsr() if way == "in" else network.matrix, steps)


def reach(network: Network, steps: int, direction: Direction = "citation") -> pd.Series[float]:
    """Of the others, the share a person reaches along nominations in so many steps or fewer.

    Formula:
        #{u ≠ v: d(v, u) ≤ steps} / (n − 1), d steps along nominations.
    Direction and strength:
        Along nominations, from the person who answered: a way to somebody they could turn to. `direction="flow"`
        reads the network as things pass: where that runs against nominations, the share that reaches this person.
        Strength not used.

    Args:
        network: one relation in one wave, n people.
        steps: 1 or more; the measures of the catalogue are `reach_1`, `reach_2` and `reach_3`.
        direction: `citation` (as nominated) or `flow`.

    Returns:
        Series on actor_id; share of everybody else on the roster, 0–1; 0 for somebody who names nobody. Never falls
        with more steps. With full response `reach_1` is `outdegree_share`.

    Undefined when:
        the person did not answer (read as flow against nominations: nobody else answered about them), or n < 2.
    Small n:
        paths through people who did not answer are missing: values can only be too low. With few people and several
        ties each, three steps reach everybody, and the measure tells nobody apart.
    Reference:
        Wasserman & Faust (1994), Social Network Analysis, ch. 4, doi:10.1017/CBO9780511815478.

    >>> reach(Network.from_ties(["a", "b", "c"], [("a", "b"), ("b", "c")]), 2).tolist()
    [1.0, 0.5, 0.0]
    """
    against = turned(network, direction)
    within = _within(network, steps, "in" if against else "out").sum(axis=0)
    known = namable(network) if against else answerers(network)
    return actor_series(network, ratio(within, network.n - 1), f"reach_{steps}", known)
