"""Whether ties stay inside groups or cross between them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sna.metrics.frames import Codes, actor_series, group_codes, ratio
from sna.networks.network import Floats, Network


def _crossing(matrix: Floats, codes: Codes) -> tuple[Floats, Floats]:
    """Each row's ties to other groups and to its own; people without a group are nobody's."""
    stated = codes >= 0
    both = matrix * np.outer(stated, stated)
    same = codes[:, None] == codes[None, :]
    return (both * ~same).sum(axis=1), (both * same).sum(axis=1)


def _mixed(codes: Codes) -> bool:
    """At least two groups: otherwise no tie could cross."""
    return len(np.unique(codes[codes >= 0])) >= 2


def ei_index(network: Network, group: pd.Series[str]) -> float:
    """Whether ties run between groups (towards +1) or stay inside them (towards −1).

    Formula:
        (E − I) / (E + I), E ties between groups, I ties within.
    Direction and strength:
        Directed ties: a mutual pair counts twice. Strength not used.

    Args:
        network: one relation in one wave, n people.
        group: text indexed by actor_id; null where not stated. Those people and their ties are left out.

    Returns:
        −1 … 1.

    Undefined when:
        no tie joins two people whose groups are stated, or everybody stated is in one group.
    Small n:
        its chance level is not 0 but depends on the sizes of groups; compare with shuffled groups only.
    Reference:
        Krackhardt & Stern (1988), Social Psychology Quarterly 51:123–140, doi:10.2307/2786835.

    >>> network = Network.from_ties(["a", "b", "c"], [("a", "b"), ("b", "a"), ("a", "c")])
    >>> round(ei_index(network, pd.Series({"a": "x", "b": "x", "c": "y"})), 4)
    -0.3333
    """
    codes = group_codes(network, group)
    if not _mixed(codes):
        return float("nan")
    external, internal = _crossing(network.dense, codes)
    return float(ratio((external - internal).sum(), (external + internal).sum()))


def ego_ei(network: Network, group: pd.Series[str]) -> pd.Series[float]:
    """Whether a person's contacts are in other groups (towards +1) or in their own (towards −1).

    Formula:
        (E − I) / (E + I) over the person's contacts, each counted once.
    Direction and strength:
        None: a tie counts when either person reports it (union). Strength not used.

    Args:
        network: one relation in one wave, n people.
        group: text indexed by actor_id; null where not stated. Those people and their ties are left out.

    Returns:
        Series on actor_id; −1 … 1.

    Undefined when:
        the person's group is not stated, they have no contact whose group is stated, or everybody stated is in one
        group.
    Small n:
        people in small groups have high values by arithmetic: there are few of their own to be tied to.
    Reference:
        Krackhardt & Stern (1988), Social Psychology Quarterly 51:123–140, doi:10.2307/2786835.

    >>> network = Network.from_ties(["a", "b", "c"], [("a", "b"), ("b", "a"), ("a", "c")])
    >>> ego_ei(network, pd.Series({"a": "x", "b": "x", "c": "y"})).tolist()
    [0.0, -1.0, 1.0]
    """
    codes = group_codes(network, group)
    external, internal = _crossing(network.union.toarray(), codes)
    values = ratio(external - internal, external + internal)
    return actor_series(network, values, "ego_ei", (codes >= 0) & _mixed(codes))
