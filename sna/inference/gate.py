"""The response gate: which kinds of measure can be trusted when part of the people did not answer."""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np
import pandas as pd

from sna.metrics.measure import Gate
from sna.networks.network import Network

Verdict = Literal["allowed", "flagged", "withheld"]
GATES: tuple[Gate, ...] = get_args(Gate)

_A: Verdict = "allowed"
_F: Verdict = "flagged"
_W: Verdict = "withheld"
_FLOORS = (0.9, 0.8, 0.7, 0.5, 0.0)
# One column per floor of coverage, best first. From simulated communities of 9–60 people (docs/methods.md).
_ROWS: dict[Gate, tuple[Verdict, Verdict, Verdict, Verdict, Verdict]] = {
    "indegree": (_A, _A, _A, _F, _W),
    "outdegree": (_A, _A, _A, _A, _A),
    "density": (_A, _A, _A, _A, _W),
    "reciprocity": (_A, _A, _F, _W, _W),
    "concentration": (_A, _A, _F, _W, _W),
    "mixing": (_A, _A, _F, _W, _W),
    "path": (_A, _F, _W, _W, _W),
    "fragmentation": (_A, _W, _W, _W, _W),
}
_FIXITY: tuple[Verdict, ...] = (_A, _A, _A, _W, _W)


def verdict(gate: Gate, coverage: float, sought_silent: bool) -> Verdict:
    """Whether measures of one kind may be shown, shown with a warning, or not at all.

    In-degree that is flagged may be shown as thirds only.

    Args:
        gate: kind of measure, `Measure.gate`.
        coverage: people who answered / people on the roster; NaN counts as nobody.
        sought_silent: one of the three most named people did not answer; drops one level.

    >>> verdict("path", 0.85, False), verdict("path", 0.95, True), verdict("path", 0.85, True)
    ('flagged', 'flagged', 'withheld')
    """
    return _ROWS[gate][_level(coverage, sought_silent)]


def _level(coverage: float, sought_silent: bool) -> int:
    """The place of the floor that is reached, one further down when somebody much sought did not answer."""
    level = next((i for i, floor in enumerate(_FLOORS) if coverage >= floor), len(_FLOORS) - 1)
    return min(level + int(sought_silent), len(_FLOORS) - 1)


def fixity_verdict(coverage: float, sought_silent: bool) -> Verdict:
    """As `verdict`, for whether the same people are named whatever the topic, which missing answers hardly change.

    >>> fixity_verdict(0.75, False), fixity_verdict(0.75, True)
    ('allowed', 'withheld')
    """
    return _FIXITY[_level(coverage, sought_silent)]


def coverage(network: Network) -> float:
    """People who answered / people on the roster; NaN when the roster is empty.

    >>> coverage(Network.from_ties(["a", "b"], [], answered=["a"]))
    0.5
    """
    return network.respondents / network.n if network.n else float("nan")


def sought_silent(network: Network) -> bool:
    """True when one of the three most named people, those tied for third place included, did not answer.

    >>> sought_silent(Network.from_ties(["a", "b", "c"], [("a", "c"), ("b", "c")], answered=["a", "b"]))
    True
    """
    received = np.asarray(network.matrix.sum(axis=0), dtype=float).ravel()
    if not received.any():
        return False
    third = np.sort(received)[::-1][: min(3, network.n)][-1]
    return bool(((received >= max(third, 1.0)) & ~network.answered).any())


def gate_table(network: Network) -> pd.DataFrame:
    """The verdict on every kind of measure for one network.

    Returns:
        One row per gate: gate, coverage (0–1), sought_silent (boolean), verdict.

    >>> gate_table(Network.from_ties(["a", "b"], [])).verdict.unique().tolist()
    ['allowed']
    """
    share, silent = coverage(network), sought_silent(network)
    rows = [(gate, share, silent, verdict(gate, share, silent)) for gate in GATES]
    return pd.DataFrame(rows, columns=["gate", "coverage", "sought_silent", "verdict"])
