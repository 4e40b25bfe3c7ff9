"""Numbers of a single tie."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from sna.metrics.cells import Lookup, observed_at, present, triangles
from sna.metrics.frames import Codes, group_codes
from sna.networks.network import Bools, Floats, Network


def _tie_series(network: Network, values: npt.ArrayLike, name: str) -> pd.Series[float]:
    """One float per present tie, in order of the roster."""
    return pd.Series(np.asarray(values, dtype=float), index=network.tie_index, name=name)


def _read(matrix: sparse.csr_array, rows: Codes, columns: Codes) -> Floats:
    """The values of a sparse matrix in these cells, 0 where it holds nothing."""
    stored = matrix.tocoo()
    places = np.asarray(stored.row, dtype=np.int64) * matrix.shape[1] + stored.col
    wanted = rows * matrix.shape[1] + columns
    values = np.zeros(len(wanted))
    if len(places):
        order = np.argsort(places)
        nearest = order[np.minimum(np.searchsorted(places, wanted, sorter=order), len(places) - 1)]
        hit = places[nearest] == wanted
        values[hit] = stored.data[nearest[hit]]
    return values


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
    ego, alter = present(network)
    values = np.where(observed_at(network, alter, ego), _read(network.matrix, alter, ego), np.nan)
    return _tie_series(network, values, "reciprocated")


def _shared_contacts(network: Network) -> Floats:
    """For each present tie, how many people are contacts of both ends."""
    pairs = network.pairs
    shared = np.zeros(len(pairs.keys))
    for three in triangles(pairs):
        for pair in three:
            np.add.at(shared, pair, 1.0)
    _, where = Lookup(pairs.keys).find(pairs.key(*present(network)))
    return shared.take(where)


def embeddedness(network: Network) -> pd.Series[float]:
    """How many contacts the two people share.

    Formula:
        #{q: U_iq = U_qj = 1} for every present tie i→j, U the union of both directions.
    Direction and strength:
        None: a contact is anybody tied in either direction (union). Strength not used.

    Args:
        network: one relation in one wave, n people.

    Returns:
        Series on (ego_id, alter_id) of present ties; people, 0 … n − 2; the same for a tie and its return.

    Undefined when:
        never, for a present tie. Ties nobody reported are missing: it can only be too low.
    Small n:
        a fact about one pair of people; grows with how many contacts the two have.
    Reference:
        Granovetter (1985), American Journal of Sociology 91:481–510, doi:10.1086/228311.

    >>> embeddedness(Network.from_ties(["a", "b", "c", "d"], [("a", "b"), ("b", "c"), ("c", "a"), ("c", "d")])).tolist()
    [1.0, 1.0, 1.0, 0.0]
    """
    return _tie_series(network, _shared_contacts(network), "embeddedness")


def local_bridge(network: Network) -> pd.Series[float]:
    """Whether the two people share no contact, so that without this tie they are at least three steps apart.

    Formula:
        1 if `embeddedness` is 0, else 0 (equally: the span of the tie is above 2).
    Direction and strength:
        As `embeddedness`.

    Args:
        network: one relation in one wave, n people.

    Returns:
        Series on (ego_id, alter_id) of present ties; 1 or 0; the same for a tie and its return; 1 for every `bridge`.

    Undefined when:
        never, for a present tie. Shared contacts nobody reported are missing: there can only be too many.
    Small n:
        a fact about one pair of people; where ties are few, most are local bridges.
    Reference:
        Granovetter (1973), American Journal of Sociology 78:1360–1380, doi:10.1086/225469.

    >>> local_bridge(Network.from_ties(["a", "b", "c", "d"], [("a", "b"), ("b", "c"), ("c", "a"), ("c", "d")])).tolist()
    [0.0, 0.0, 0.0, 1.0]
    """
    return _tie_series(network, _shared_contacts(network) == 0, "local_bridge")


def bridge(network: Network) -> pd.Series[float]:
    """Whether this tie alone connects the two people: without it they would be in separate pieces.

    Formula:
        1 if i and j are in different components of the union without U_ij, else 0; a tie and its return go together.
    Direction and strength:
        None: a tie counts when either person reports it (union). Strength not used.

    Args:
        network: one relation in one wave, n people.

    Returns:
        Series on (ego_id, alter_id) of present ties; 1 or 0; the same for a tie and its return.

    Undefined when:
        never, for a present tie. Ties nobody reported are missing: there can only be too many bridges.
    Small n:
        one unreported tie can undo it; the only tie of a person is always one.
    Reference:
        Granovetter (1973), American Journal of Sociology 78:1360–1380, doi:10.1086/225469; Tarjan (1974), Information
        Processing Letters 2:160–161, doi:10.1016/0020-0190(74)90003-9.

    >>> bridge(Network.from_ties(["a", "b", "c", "d"], [("a", "b"), ("b", "c"), ("c", "a"), ("c", "d")])).tolist()
    [0.0, 0.0, 0.0, 1.0]
    """
    ego, alter = present(network)
    came_from, alone = _walk(network.union)
    here, there = alone[alter] & (came_from[alter] == ego), alone[ego] & (came_from[ego] == alter)
    return _tie_series(network, here | there, "bridge")


def _walk(union: sparse.csr_array) -> tuple[Codes, Bools]:
    """Walk through every piece depth first: the oldest person met is where ties lead back to.

    Returns:
        For each person, from whom the walk came (-1 at the start of a piece), and whether that tie is the only one
        between this person with all who were first met through them, and everybody else.
    """
    n = union.shape[0]
    starts, contacts = union.indptr.tolist(), union.indices.tolist()
    following = starts[:-1]
    met, oldest, came_from, alone = [-1] * n, [0] * n, [-1] * n, [False] * n
    number = count()
    for start in range(n):
        path = [start] if met[start] < 0 else []
        while path:
            here = path[-1]
            if met[here] < 0:
                met[here] = oldest[here] = next(number)
            if following[here] < starts[here + 1]:
                other = contacts[following[here]]
                following[here] += 1
                if met[other] < 0:
                    came_from[other] = here
                    path.append(other)
                elif other != came_from[here]:
                    oldest[here] = min(oldest[here], met[other])
                continue
            path.pop()
            if path:
                oldest[path[-1]] = min(oldest[path[-1]], oldest[here])
                alone[here] = oldest[here] > met[path[-1]]
    return np.array(came_from, dtype=np.int64), np.array(alone, dtype=bool)


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
    ego, alter = present(network)
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
    everywhere = [present(network) for network in networks]
    places = np.concatenate([ego * first.n + alter for ego, alter in everywhere])
    somewhere, number = np.unique(places, return_counts=True)
    ego, alter = np.divmod(somewhere, max(first.n, 1))
    actors = np.array(first.actors, dtype=object)
    index = pd.MultiIndex.from_arrays([actors[ego].tolist(), actors[alter].tolist()], names=["ego_id", "alter_id"])
    return pd.Series(number.astype(float), index=index, name="shared_relations")
