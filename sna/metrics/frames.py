"""The shapes in which measures hand back their numbers, and what everybody needs to know of a network first."""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from sna.networks.network import Bools, Floats, Network

Direction = Literal["citation", "flow"]
Codes = npt.NDArray[np.int64]


def actor_series(network: Network, values: npt.ArrayLike, name: str, known: Bools | None = None) -> pd.Series[float]:
    """One float per person, indexed by `actor_id`; NaN where `known` is False.

    >>> actor_series(Network.from_ties(["a", "b"], []), [1, 2], "number", np.array([True, False])).to_dict()
    {'a': 1.0, 'b': nan}
    """
    numbers = np.array(values, dtype=float)
    if known is not None:
        numbers[~known] = np.nan
    return pd.Series(numbers, index=network.index, name=name, copy=False)


def ratio(above: npt.ArrayLike, below: npt.ArrayLike) -> Floats:
    """`above / below`, NaN where `below` is 0.

    >>> ratio([1, 1], [2, 0]).tolist()
    [0.5, nan]
    """
    top, bottom = np.broadcast_arrays(np.asarray(above, dtype=float), np.asarray(below, dtype=float))
    result = np.full(bottom.shape, np.nan)
    np.divide(top, bottom, out=result, where=bottom != 0)
    return result


def namable(network: Network) -> Bools:
    """True for people about whom at least one other person was able to say something."""
    return np.asarray(network.observed_in > 0, dtype=bool)


def answerers(network: Network) -> Bools:
    """True for people who answered and had at least one other person to say something about."""
    return np.asarray(network.observed_out > 0, dtype=bool)


def turned(network: Network, direction: Direction) -> bool:
    """True when reading in `direction` means reading every nomination from alter to ego."""
    return direction == "flow" and network.flow == "against"


def directed(network: Network, direction: Direction) -> sparse.csr_array:
    """The ties as nominated (`citation`) or as things pass (`flow`)."""
    return network.flow_matrix if direction == "flow" else network.matrix


def group_codes(network: Network, group: pd.Series[str]) -> Codes:
    """Each person's group as a number from 0, in actor order; -1 where the group is not stated."""
    stated = group.reindex(list(network.actors))
    return np.asarray(pd.factorize(stated)[0], dtype=np.int64)
