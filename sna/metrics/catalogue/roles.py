"""Brokerage roles."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pandas as pd

from sna.metrics.brokerage import ROLES, Role, brokerage, role_counts
from sna.metrics.catalogue.phrases import NO_STRENGTH
from sna.metrics.measure import Measure

_ROLE_WORDS = {
    "coordinator": ("Links within the group", "How often this person links two people of their own group."),
    "gatekeeper": ("Brings in", "How often something from another group reaches this person's group through them."),
    "representative": ("Carries out", "How often something from this person's group reaches another through them."),
    "consultant": ("Links from outside", "How often this person links two people of one group they are not in."),
    "liaison": ("Links groups", "How often this person links two other groups, neither of them their own."),
    "total": ("Links in all", "How often this person links two people who are not tied themselves."),
}

# The groups of a, v and b, for v between a and b.
_ROLE_GROUPS = {
    "coordinator": r", g_a = g_v = g_b",
    "gatekeeper": r", g_a \neq g_v = g_b",
    "representative": r", g_a = g_v \neq g_b",
    "consultant": r", g_v \neq g_a = g_b",
    "liaison": r", g_a \neq g_v \neq g_b \neq g_a",
    "total": "",
}
_BETWEEN = r"\lvert\lbrace (a,b) : a \neq b, F_{av} = F_{vb} = 1, F_{ab} = 0"


def _counter(role: Role) -> Callable[..., pd.Series[float]]:
    """`role_counts` of one role, carrying the definition of brokerage for whoever asks for help."""
    counter = partial(role_counts, role=role)
    counter.__doc__ = brokerage.__doc__
    return counter


MEASURES: tuple[Measure, ...] = tuple(
    Measure(
        role, _ROLE_WORDS[role][0], "actor", _counter(role),
        _ROLE_WORDS[role][1],
        "the way things pass, as the relation states it", NO_STRENGTH,
        "left empty for people who did not answer; a pair counts only when it is known not to be tied",
        "path", "pairs of people, 0 or more",
        minimum=3, own_answer=True, otherwise="nonresponse", by_group=True, needs_ties=False,
        latex=_BETWEEN + _ROLE_GROUPS[role] + r" \rbrace\rvert",
        elsewhere="R sna agrees where ties are read as they stand; netrics swaps two roles; networkx, igraph: none",
    )
    for role in ROLES
)  # fmt: skip
