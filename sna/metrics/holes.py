"""Structural holes: whether a person's contacts are already tied to one another."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sna.metrics.frames import actor_series, ratio
from sna.networks.network import Floats, Network


def _contacts(network: Network) -> tuple[Floats, Floats]:
    """Z = A + Aᵀ, and each person's Z as shares of their own total."""
    both = network.dense + network.dense.T
    return both, np.nan_to_num(ratio(both, both.sum(axis=1, keepdims=True)))


def constraint(network: Network) -> pd.Series[float]:
    """How much a person's contacts lead back to one another, leaving little room between them.

    Formula:
        C_i = Σ_{j∈N(i)} (p_ij + Σ_{q≠i,j} p_iq p_qj)², p_ij = Z_ij / Σ_k Z_ik, Z = A + Aᵀ; whole network, direct
        contacts only.
    Direction and strength:
        None: both directions added, a mutual tie counts twice. Strength not used.

    Args:
        network: one relation in one wave, n people.

    Returns:
        Series on actor_id; > 0; 1 for a person with a single contact; may exceed 1 (1.125 with two contacts tied to
        each other only).

    Undefined when:
        the person has no known tie. People who did not answer have a value from what others said.
    Small n:
        falls with the number of contacts: always read degree beside it.
    Reference:
        Burt (1992), Structural Holes, Harvard University Press; Burt (2004), American Journal of Sociology
        110:349–399, doi:10.1086/421787.

    >>> constraint(Network.from_ties(["a", "b", "c", "d"], [("a", "b"), ("a", "c")])).tolist()
    [0.5, 1.0, 1.0, nan]
    """
    both, shares = _contacts(network)
    invested = np.where(both > 0, shares + shares @ shares, 0.0)
    return actor_series(network, (invested**2).sum(axis=1), "constraint", both.sum(axis=1) > 0)


def effective_size(network: Network) -> pd.Series[float]:
    """How many contacts a person has beyond those who repeat one another.

    Formula:
        ES_i = Σ_{j∈N(i)} [1 − Σ_{q≠i,j} p_iq m_jq], p_iq = Z_iq / Σ_k Z_ik, m_jq = Z_jq / max_k Z_jk, Z = A + Aᵀ.
        On mutual ties this is k − 2t/k with t ties among the k contacts.
    Direction and strength:
        None: both directions added, a mutual tie counts twice. Strength not used.

    Args:
        network: one relation in one wave, n people.

    Returns:
        Series on actor_id; people, > 0 … number of contacts.

    Undefined when:
        the person has no known tie. People who did not answer have a value from what others said.
    Small n:
        grows with the number of contacts: always read degree beside it.
    Reference:
        Burt (1992), Structural Holes, Harvard University Press, p. 52; Borgatti (1997), Connections 20:35–38.
        networkx 3.6.1 `effective_size` departs from this formula on directed networks.

    >>> effective_size(Network.from_ties(["a", "b", "c", "d"], [("a", "b"), ("a", "c"), ("b", "c")])).tolist()
    [1.0, 1.0, 1.0, nan]
    """
    both, shares = _contacts(network)
    marginal = np.nan_to_num(ratio(both, both.max(axis=1, keepdims=True, initial=0.0)))
    repeated = shares @ marginal.T
    return actor_series(network, ((both > 0) * (1.0 - repeated)).sum(axis=1), "effective_size", both.sum(axis=1) > 0)
