"""What a network works out about itself and keeps: its tied pairs, and its people as an index."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pandas as pd
from hypothesis import given, settings
from scipy import sparse

from sna.networks.network import Network
from sna.networks.pairs import AWAY, BACK, MUTUAL, Pairs
from tests.reference.random_networks import networks

OFTEN = settings(deadline=None, max_examples=60, derandomize=True)


def found_pairs(pairs: Pairs) -> dict[tuple[int, int], int]:
    """(i, j) with i before j on the roster → 1 where i names j, 2 where j names i, 3 both."""
    turned = {AWAY: BACK, BACK: AWAY, MUTUAL: MUTUAL}
    rows = zip(pairs.lower.tolist(), pairs.higher.tolist(), pairs.kind.tolist(), strict=True)
    return {(min(i, j), max(i, j)): kind if i < j else turned[kind] for i, j, kind in rows}


@OFTEN
@given(network=networks())
def test_pairs_are_those_of_looking_at_every_two_people(network: Network) -> None:
    ties = network.dense
    expected = {
        (i, j): int(ties[i, j] + 2 * ties[j, i])
        for i, j in combinations(range(network.n), 2)
        if ties[i, j] or ties[j, i]
    }
    pairs = network.pairs
    assert found_pairs(pairs) == expected
    assert (np.diff(pairs.keys) > 0).all()
    np.testing.assert_array_equal(pairs.key(pairs.lower, pairs.higher), pairs.keys)
    np.testing.assert_array_equal(pairs.key(pairs.higher, pairs.lower), pairs.keys)
    np.testing.assert_array_equal(pairs.people(), (ties + ties.T > 0).sum(axis=1))
    given_ties = pairs.people(pairs.kind != BACK, pairs.kind != AWAY)
    np.testing.assert_array_equal(given_ties, ties.sum(axis=1))


def test_pairs_of_an_untidy_matrix() -> None:
    """Cells out of order, stored twice, or stored as 0."""
    data, indices, indptr = [1.0, 1.0, 1.0, 0.0, 1.0], [2, 1, 0, 2, 1], [0, 2, 4, 5]
    untidy = sparse.csr_array((data, indices, indptr), shape=(3, 3))
    assert found_pairs(Pairs.of(untidy)) == {(0, 1): 3, (0, 2): 1, (1, 2): 2}
    assert untidy.nnz == 5
    twice = sparse.csr_array(([1.0, 1.0], [1, 1], [0, 2, 2]), shape=(2, 2))
    assert found_pairs(Pairs.of(twice)) == {(0, 1): 1}


def test_attributes_in_another_order_do_not_move_anybody() -> None:
    network = Network.from_ties(["a", "b", "c"], [("a", "b")])
    moved = pd.DataFrame({"role": ["x", "y", "z"]}, index=pd.Index(["c", "a", "b"], dtype="str"))
    other = replace(network, attributes=moved)
    assert network.index.tolist() == other.index.tolist() == ["a", "b", "c"]
    assert network.index.name == other.index.name == "actor_id"
