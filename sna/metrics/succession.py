"""Which groups would lose all contact with each other if one person went: what hangs on single people."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse import csgraph

from sna.metrics.frames import Codes
from sna.metrics.pieces import heard_of
from sna.networks.network import Bools, Network


@dataclass(frozen=True)
class LostContact:
    """Pairs of groups whose contact hangs on one person.

    Attributes:
        pairs: pairs of groups that are in contact as things are; None with a `reason`.
        lost: one row per person and pair that would lose contact without them: actor_id, from_value, to_value (the two
            groups, the one that sorts first first); in roster order, then by group.
        reason: why nothing can be said; None when something can.
    """

    pairs: int | None
    lost: pd.DataFrame
    reason: str | None


COLUMNS = ["actor_id", "from_value", "to_value"]


def lost_contact(network: Network, group: pd.Series[str]) -> LostContact:
    """Which pairs of groups would lose all contact without one person: where a second tie is worth making.

    Formula:
        two groups are in contact when a chain of ties, of any length and through anybody, joins a person of the one
        with a person of the other. Without person v they have lost it when they were in contact, somebody is left in
        both, and no chain joins what is left of them.
    Direction and strength:
        None: a tie counts when either person reports it (union). Strength not used.

    Args:
        network: one relation in one wave, n people.
        group: text indexed by actor_id; null where not stated. Those people are in no group, but chains run through
            them, and contact may hang on them.

    Returns:
        LostContact. A group whose only person goes has not lost contact: it is gone, and stands in no row. People who
        neither answered nor were named do not count as left: nobody can say whom they are in contact with.

    Undefined when:
        nobody answered (nonresponse), fewer than two groups are stated (one_group; none: no_group), or there is no tie
        (no_ties).
    Small n:
        what silent people would have reported is missing, so that contact may hang on one person in these answers
        only. It says where a second tie is missing, never who is most valuable.
    Reference:
        The idea of Borgatti (2006), Computational & Mathematical Organization Theory 12:21–34,
        doi:10.1007/s10588-006-7084-x, for pairs of groups; the count is plain.

    >>> network = Network.from_ties(["a", "b", "c", "d"], [("a", "b"), ("b", "c"), ("c", "d")])
    >>> found = lost_contact(network, pd.Series({"a": "x", "b": "x", "c": "y", "d": "y"}))
    >>> found.pairs, found.lost.to_numpy().tolist()
    (1, [['b', 'x', 'y'], ['c', 'x', 'y']])
    """
    codes, names = pd.factorize(group.reindex(list(network.actors)), sort=True)
    groups = len(names)
    reason = None
    if groups < 2:
        reason = "one_group" if groups else "no_group"
    elif not network.respondents:
        reason = "nonresponse"
    elif not network.matrix.nnz:
        reason = "no_ties"
    if reason is not None:
        return LostContact(None, pd.DataFrame(columns=COLUMNS), reason)
    union, known = network.union, heard_of(network)
    places = np.asarray(codes, dtype=np.int64)
    before = _in_contact(union, np.where(known, places, -1), groups)
    rows: list[tuple[str, str, str]] = []
    for person in np.flatnonzero(np.diff(union.indptr) > 0).tolist():
        stays = np.arange(network.n) != person
        left = np.where(known & stays, places, -1)
        there = np.bincount(left[left >= 0], minlength=groups) > 0
        lost = before & ~_in_contact(union[stays][:, stays], left[stays], groups) & there[:, None] & there[None, :]
        rows += [(network.actors[person], str(names[g]), str(names[h])) for g, h in np.argwhere(np.triu(lost)).tolist()]
    return LostContact(int(np.triu(before).sum()), pd.DataFrame(rows, columns=COLUMNS), None)


def _in_contact(union: sparse.csr_array, codes: Codes, groups: int) -> Bools:
    """Groups × groups: whether a chain of ties joins two different ones; people of group −1 are in none."""
    number, piece = csgraph.connected_components(union, directed=False)
    inside = codes >= 0
    found = np.zeros((number, groups))
    found[piece[inside], codes[inside]] = 1.0
    # Only pieces that hold more than one group join any.
    found = found[found.sum(axis=1) > 1]
    joined = np.asarray(found.T @ found > 0, dtype=bool)
    np.fill_diagonal(joined, False)
    return joined


__all__ = ["LostContact", "lost_contact"]
