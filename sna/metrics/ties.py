"""Numbers of a single tie."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from sna.metrics.frames import group_codes
from sna.networks.network import Network


def _tie_series(network: Network, values: npt.ArrayLike, name: str) -> pd.Series[float]:
    """One float per present tie, in order of the roster."""
    ego, alter = _positions(network)
    actors = np.array(network.actors, dtype=object)
    index = pd.MultiIndex.from_arrays([actors[ego].tolist(), actors[alter].tolist()], names=["ego_id", "alter_id"])
    return pd.Series(np.asarray(values, dtype=float), index=index, name=name)


def _positions(network: Network) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    ego, alter = np.nonzero(network.dense)
    return ego, alter


def reciprocated(network: Network) -> pd.Series[float]:
    """Whether the person named also names the person who named them.

    Formula:
        A_ji for every present tie i→j.
    Direction and strength:
        Directed; strength not used.

    Args:
        network: one relation in one wave, n people.

    Returns:
        Series on (ego_id, alter_id) of present ties; 1 or 0.

    Undefined when:
        the person named did not answer, or left this cell empty.
    Small n:
        a fact about one pair of people, not an estimate.
    Reference:
        Wasserman & Faust (1994), Social Network Analysis, ch. 13, doi:10.1017/CBO9780511815478.

    >>> network = Network.from_ties(["a", "b", "c"], [("a", "b"), ("b", "a"), ("a", "c")], answered=["a", "b"])
    >>> reciprocated(network).tolist()
    [1.0, nan, 1.0]
    """
    ego, alter = _positions(network)
    values = np.where(network.observed[alter, ego], network.dense[alter, ego], np.nan)
    return _tie_series(network, values, "reciprocated")


def same_group(network: Network, group: pd.Series[str]) -> pd.Series[float]:
    """Whether the two people are in the same group.

    Formula:
        1 if group(i) = group(j), else 0, for every present tie i→j.
    Direction and strength:
        None; strength not used.

    Args:
        network: one relation in one wave, n people.
        group: text indexed by actor_id; null where not stated.

    Returns:
        Series on (ego_id, alter_id) of present ties; 1 or 0.

    Undefined when:
        the group of either person is not stated.
    Small n:
        a fact about one pair of people, not an estimate.
    Reference:
        McPherson, Smith-Lovin & Cook (2001), Annual Review of Sociology 27:415–444,
        doi:10.1146/annurev.soc.27.1.415.

    >>> same_group(Network.from_ties(["a", "b"], [("a", "b")]), pd.Series({"a": "x", "b": "x"})).tolist()
    [1.0]
    """
    ego, alter = _positions(network)
    codes = group_codes(network, group)
    stated = (codes[ego] >= 0) & (codes[alter] >= 0)
    return _tie_series(network, np.where(stated, codes[ego] == codes[alter], np.nan), "same_group")


def shared_relations(networks: Sequence[Network]) -> pd.Series[float]:
    """In how many of several relations one person names the other.

    Formula:
        Σ_l A^l_ij for every pair present in at least one of the relations.
    Direction and strength:
        Directed: i→j in one relation and j→i in another are two different ties. Strength not used.

    Args:
        networks: one or more networks of one wave on the same actors in the same order.

    Returns:
        Series on (ego_id, alter_id); relations, 1 … number of networks. A tie that is unknown in a relation is not
        counted there: the number can only be too low.

    Undefined when:
        never, for a present tie.
    Small n:
        a fact about one pair of people; depends on how many relations were asked.
    Reference:
        Verbrugge (1979), Social Forces 57:1286–1309, doi:10.2307/2577271.

    >>> advice = Network.from_ties(["a", "b"], [("a", "b"), ("b", "a")])
    >>> shared_relations([advice, Network.from_ties(["a", "b"], [("a", "b")])]).tolist()
    [2.0, 1.0]
    """
    first = networks[0]
    if any(other.actors != first.actors for other in networks):
        raise ValueError("shared relations are counted on the same actors only")
    total = np.sum([network.dense for network in networks], axis=0)
    ego, alter = np.nonzero(total)
    actors = np.array(first.actors, dtype=object)
    index = pd.MultiIndex.from_arrays([actors[ego].tolist(), actors[alter].tolist()], names=["ego_id", "alter_id"])
    return pd.Series(total[ego, alter], index=index, name="shared_relations", dtype=float)
