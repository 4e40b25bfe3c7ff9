"""Tables with the same sums: sums stay, all are reached, each as likely as any other; small sets are listed."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import chdtrc

from sna.inference import curveball, same_sums
from sna.inference.chance import MOST_LISTED
from sna.inference.curveball import counted, dealt, packed, shuffled, trades_suffice, unpacked
from sna.inference.same_sums import listed
from sna.metrics.free_cells import free_cells
from tests.reference import slow_backbone

OFTEN = settings(deadline=None, max_examples=100, derandomize=True)
CELLS = st.integers(1, 4).flatmap(
    lambda m: st.lists(st.lists(st.sampled_from([0, 1, 1, 2]), min_size=m, max_size=m), min_size=1, max_size=4)
)


def read(rows: str) -> tuple[np.ndarray, np.ndarray]:
    """Rows of `1` present, `0` absent, `-` not eligible, as two tables."""
    cells = np.array([list(row) for row in rows.split()])
    return cells == "1", cells != "-"


def like_any_other(counts: np.ndarray) -> float:
    """The p of a chi-square test that all tables are as likely."""
    expected = counts.sum() / len(counts)
    return float(chdtrc(len(counts) - 1, ((counts - expected) ** 2 / expected).sum()))


@pytest.mark.parametrize(
    ("rows", "tables", "enough"),
    [
        ("10000 01000 00100 00010 00001", 120, True),
        ("110010 001011 111000 000100 010111", None, True),
        # Derangements of four, and of three: two tables that only a ring of all three leads between.
        ("-100 0-10 00-1 100-", 9, False),
        ("-10 0-1 10-", 2, False),
        # Directed networks of five in which everybody names two and is named by two.
        ("-1100 0-110 00-11 100-1 1100-", 216, False),
        # Three communities, two sessions of each two of them together: who is where circles around all three.
        ("1-00-1 10-1-0 00-11- 1-10-0", None, None),
        # People who join later.
        ("100110 -11001 -01010 --1100 ---101", None, True),
    ],
)
def test_each_table_is_as_likely_as_any_other(rows, tables, enough):
    came, could = read(rows)
    found = free_cells(came, could)
    assert found.parts == 1
    if enough is not None:
        assert trades_suffice(found.cells) is enough
    every = listed(came, found.cells)
    assert every is not None
    assert tables in (None, len(every))
    place = {packed(table).tobytes(): at for at, table in enumerate(every)}
    drawn = shuffled(came, found.cells, np.random.default_rng(20), 6_000)
    seen = [place[np.ascontiguousarray(drawn[:, at]).tobytes()] for at in range(drawn.shape[1])]
    assert like_any_other(np.bincount(seen, minlength=len(every))) > 0.01


@OFTEN
@given(cells=CELLS)
def test_lists_and_reach_against_the_slow_way(cells):
    kinds = np.array(cells)
    came, could = kinds == 1, kinds != 2
    slow = slow_backbone.every_table(came.sum(axis=1).tolist(), came.sum(axis=0).tolist(), could.tolist())
    found = listed(came, free_cells(came, could).cells)
    assert found is not None
    assert {tuple(map(tuple, table.astype(int).tolist())) for table in found} == set(slow)
    assert len(found) == len(slow)
    if trades_suffice(free_cells(came, could).cells):
        first = tuple(map(tuple, came.astype(int).tolist()))
        assert slow_backbone.reached_by_trades(first, could.tolist()) == set(slow)


@pytest.mark.parametrize(("people", "events", "share"), [(9, 12, 0.5), (13, 70, 0.4), (8, 140, 0.9)])
def test_sums_stay_and_people_are_only_where_they_can_be(people, events, share):
    rng = np.random.default_rng(people)
    could = rng.random((people, events)) < 0.9
    came = could & (rng.random((people, events)) < share)
    found = same_sums.same_sums(came, could, rng, 60)
    assert not found.exact
    drawn = unpacked(found.words, events)
    assert drawn.shape == (people, 60, events)
    assert (drawn.sum(axis=2) == came.sum(axis=1)[:, None]).all()
    assert (drawn.sum(axis=0) == came.sum(axis=0)).all()
    assert not (drawn & ~could[:, None]).any()
    assert len(np.unique(drawn.swapaxes(0, 1).reshape(60, -1), axis=0)) > 50
    together = found.together(0, range(1, people))
    np.testing.assert_array_equal(together, (drawn[0] & drawn[1:]).sum(axis=2))
    chance = found.chance(0, 1)
    assert chance.mean == pytest.approx(together[0].mean())
    assert not chance.exact


def test_few_tables_are_listed_and_parts_do_not_mix():
    """Two communities that never meet: 6 tables of one, 6 of the other, 36 together; then more than can be listed."""
    came, could = read("100--- 010--- 001--- ---100 ---010 ---001")
    found = same_sums.same_sums(came, could, np.random.default_rng(1), 99)
    assert (found.exact, found.words.shape[1], found.fixed) == (True, 36, False)
    assert len(np.unique(unpacked(found.words, 6).swapaxes(0, 1).reshape(36, -1), axis=0)) == 36
    assert found.chance(0, 1).exact
    six = np.kron(np.eye(6, dtype=bool), np.ones((3, 3), dtype=bool))
    came = np.kron(np.eye(6, dtype=bool), np.eye(3, dtype=bool))
    found = same_sums.same_sums(came, six, np.random.default_rng(1), 500)
    assert MOST_LISTED < 6**6
    assert (found.exact, found.words.shape[1]) == (False, 500)
    drawn = unpacked(found.words, 18)
    assert (drawn.sum(axis=0) == 1).all()
    assert like_any_other(drawn[:3, :, :3].sum(axis=1).ravel()) > 0.01


def test_one_table_alone():
    for came in (np.ones((3, 2), dtype=bool), np.zeros((3, 2), dtype=bool), np.zeros((0, 0), dtype=bool)):
        found = same_sums.same_sums(came, np.ones_like(came), np.random.default_rng(1), 9)
        assert (found.exact, found.fixed, found.words.shape[1]) == (True, True, 1)
    with pytest.raises(ValueError, match="one draw"):
        same_sums.same_sums(np.eye(2, dtype=bool), np.ones((2, 2), dtype=bool), np.random.default_rng(1), 0)


def test_more_tables_than_asked_for_are_not_listed():
    came = np.eye(5, dtype=bool)
    assert listed(came, np.ones((5, 5), dtype=bool), most=119) is None
    assert listed(came, np.ones((5, 5), dtype=bool), most=120) is not None


@pytest.mark.parametrize(("size", "needed"), [(1, 1), (5, 0), (6, 1), (40, 3), (70, 35), (128, 127)])
def test_dealing(size, needed):
    """As many bits as before, of those that may be, each as often as any other."""
    places = np.sort(np.random.default_rng(size).permutation(128)[:size])
    table = np.zeros((2, 128), dtype=bool)
    table[0, places], table[1, places[:needed]] = True, True
    apart, mine = (np.repeat(packed(table)[row : row + 1], 4000, axis=0) for row in (0, 1))
    found = dealt(mine, apart, np.random.default_rng(7))
    assert (counted(found) == needed).all()
    assert not (found & ~apart).any()
    if 0 < needed < size:
        often = unpacked(found, 128)[:, places].sum(axis=0)
        spread = 4000 * needed / size * (1 - needed / size)
        # Draws without replacement: the variance is that much smaller.
        assert chdtrc(size - 1, ((often - often.mean()) ** 2).sum() / spread * (size - 1) / size) > 0.01


def test_rings_alone_lead_to_every_table(monkeypatch):
    """With trades switched off."""
    monkeypatch.setattr(curveball, "_trade", lambda *_: None)
    came, could = read("-110 0-11 10-1 110-")
    every = listed(came, could)
    assert every is not None
    drawn = shuffled(came, could, np.random.default_rng(3), 4000)
    seen = {np.ascontiguousarray(drawn[:, at]).tobytes() for at in range(4000)}
    assert seen == {packed(table).tobytes() for table in every}
