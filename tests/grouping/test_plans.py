"""Plans against a slow count of what they cost, against every plan there is, and against what no plan can do."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sna.grouping import exact
from sna.grouping.bounds import least_costs, least_repeats
from sna.grouping.exact import best_round
from sna.grouping.plan import best_plan
from sna.grouping.room import Room, Standing, costs, group_sizes, seated
from sna.grouping.search import begun, untangled, view
from tests.grouping.rooms import made_room
from tests.reference import slow_groups_made as slow


def random_labels(room: Room, rng: np.random.Generator) -> np.ndarray:
    groups = np.repeat(np.arange(len(room.sizes)), room.sizes)
    return np.array([rng.permutation(groups) for _ in range(room.rounds)])


def in_groups(labels: np.ndarray) -> list[slow.Groups]:
    return [slow.groups_of(mine.tolist()) for mine in labels]


ROOMS = st.builds(
    made_room,
    st.integers(2, 8),
    st.integers(2, 4),
    st.integers(1, 3),
    st.integers(0, 10_000),
    met=st.sampled_from([0.0, 0.3, 0.9]),
    apart=st.sampled_from([0.0, 0.15]),
    answered=st.sampled_from([0.0, 0.5, 1.0]),
)


@settings(max_examples=30, deadline=None)
@given(ROOMS, st.integers(0, 99))
def test_costs_are_those_counted_slowly(room: Room, seed: int) -> None:
    labels = random_labels(room, np.random.default_rng(seed))
    assert costs(room, labels) == slow.costs(room, in_groups(labels))
    assert slow.could_lead(room) == set(np.flatnonzero(room.could_lead).tolist())


@settings(max_examples=30, deadline=None)
@given(ROOMS, st.integers(0, 99))
def test_people_by_other_numbers_cost_the_same(room: Room, seed: int) -> None:
    rng = np.random.default_rng(seed)
    labels, order = random_labels(room, rng), rng.permutation(room.n)
    moved = replace(
        room,
        standings=tuple(Standing(one.asked[order], one.seeks[order]) for one in room.standings),
        met=room.met[np.ix_(order, order)],
        apart=room.apart[np.ix_(order, order)],
        alike=room.alike[np.ix_(order, order)],
    )
    assert costs(moved, labels[:, order]) == costs(room, labels)
    assert least_costs(moved) == least_costs(room)


@settings(max_examples=30, deadline=None)
@given(ROOMS, st.integers(0, 99))
def test_an_exchange_helps_exactly_when_the_whole_plan_costs_less(room: Room, seed: int) -> None:
    """Level before level: one unit of an earlier level is never outweighed by later ones."""
    rng = np.random.default_rng(seed)
    labels = random_labels(room, rng)
    before = costs(room, labels)
    at = int(rng.integers(room.rounds))
    one = view(room, labels, at)
    for person in range(room.n):
        change = one.changes(person)
        for other in np.flatnonzero(labels[at] != labels[at, person]).tolist():
            moved = labels.copy()
            moved[at, [person, other]] = labels[at, [other, person]]
            after = costs(room, moved)
            assert (after < before, after > before) == (change[other] < 0, change[other] > 0), (before, after)


def test_exchanges_keep_their_own_books() -> None:
    room = made_room(11, 3, 3, 4, met=0.4, apart=0.1)
    rng = np.random.default_rng(3)
    labels = random_labels(room, rng)
    one = view(room, labels, 1)
    for _ in range(30):
        a, b = rng.choice(room.n, 2, replace=False).tolist()
        if one.labels[a] != one.labels[b]:
            one.exchange(a, b)
    labels[1] = one.labels
    afresh = view(room, labels, 1)
    assert (one.beside == afresh.beside).all()
    assert (one.worth == afresh.worth).all()
    assert [set(row) for row in one.seats.tolist()] == [set(row) for row in seated(one.labels, room.sizes).tolist()]
    assert (one.changes(0) == afresh.changes(0)).all()


@settings(max_examples=30, deadline=None)
@given(ROOMS, st.integers(0, 99))
def test_a_round_is_as_good_as_the_best_of_all(room: Room, seed: int) -> None:
    """Every other way to seat the round is gone through; the other rounds stay as they are."""
    rng = np.random.default_rng(seed)
    labels = random_labels(room, rng)
    at = int(rng.integers(room.rounds))
    found = best_round(view(room, labels, at), rng)
    assert found is not None
    assert found.proven
    made = labels.copy()
    made[at] = found.labels
    plan = in_groups(labels)
    best = min(
        slow.costs(room, [*plan[:at], other, *plan[at + 1 :]])
        for other in slow.all_rounds(list(range(room.n)), room.sizes)
    )
    assert costs(room, made) == best


@pytest.mark.parametrize(("n", "size", "rounds"), [(4, 2, 3), (5, 2, 2), (6, 2, 2), (6, 3, 3), (5, 3, 3)])
@pytest.mark.parametrize("seed", range(3))
def test_small_plans_are_the_best_there_are(n: int, size: int, rounds: int, seed: int) -> None:
    room = made_room(n, size, rounds, seed, met=0.3, apart=0.05)
    found = best_plan(room, np.random.default_rng(seed))
    everything = [slow.costs(room, plan) for plan in slow.all_plans(room)]
    assert found.costs == slow.costs(room, in_groups(found.labels)) == min(everything)
    if not found.costs[0]:
        assert slow.faults(room, in_groups(found.labels)) == []
    for level, bound in enumerate(found.least):
        assert bound <= min(one[level] for one in everything), level


@pytest.mark.parametrize(
    ("n", "size", "rounds", "least"),
    [(9, 3, 4, 0), (10, 2, 7, 0), (11, 2, 4, 0), (6, 3, 2, 2), (8, 4, 2, 4), (10, 5, 2, 8)],
)
def test_nobody_meets_again_before_they_must(n: int, size: int, rounds: int, least: int) -> None:
    """Where everybody can meet everybody, or must meet again, rounds made one after another are not in the way."""
    room = made_room(n, size, rounds, 1)
    found = best_plan(room, np.random.default_rng(1))
    assert found.least[1] == least
    assert found.costs[1] == least
    assert slow.faults(room, in_groups(found.labels)) == []


def test_bounds_are_reached_where_they_can_be() -> None:
    none = np.zeros((12, 12), dtype=np.int64)
    assert least_repeats((3,) * 4, 6, none, none > 0) == 6
    assert least_repeats((3,) * 4, 1, none + 1, none > 0) == 12
    room = made_room(20, 2, 4, 2, answered=1.0)
    found = best_plan(room, np.random.default_rng(2))
    assert found.costs[:6] == found.least
    assert all(found.proven)


def test_the_same_seed_gives_the_same_plan_and_another_one_another() -> None:
    room = made_room(9, 3, 2, 5, schools=9, answered=0.0)
    once, again, other = (best_plan(room, np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert (once.labels == again.labels).all()
    assert (once.labels != other.labels).any()
    assert once.costs[:2] == other.costs[:2] == (0, 0)


def test_a_room_too_large_to_go_through_is_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    room = made_room(12, 3, 2, 6)
    exactly = best_plan(room, np.random.default_rng(1))
    monkeypatch.setattr(exact, "MOST_GROUPS", 10)
    found = best_plan(room, np.random.default_rng(1))
    assert found.proven == (None,) * 2
    assert slow.faults(room, in_groups(found.labels)) == []
    assert found.costs[:2] == exactly.costs[:2]


def test_getting_rid_of_repeats_minds_whom_to_keep_apart() -> None:
    room = made_room(12, 3, 3, 7, apart=0.1)
    labels = random_labels(room, np.random.default_rng(1))
    found = untangled(room, labels, np.random.default_rng(2), 2_000, 0)
    assert costs(room, found)[:2] == (0, 0)
    assert costs(room, begun(room, np.random.default_rng(3)))[0] == 0


def test_sizes_that_cannot_seat_everybody_are_refused() -> None:
    room = made_room(6, 3, 1)
    with pytest.raises(ValueError, match="cannot seat"):
        replace(room, sizes=(3, 2))
    with pytest.raises(ValueError, match="cannot seat"):
        made_room(30, 30, 1)


@given(st.integers(2, 80), st.integers(2, 12))
def test_sizes_differ_by_at_most_one_and_nobody_sits_alone(people: int, size: int) -> None:
    sizes = group_sizes(people, size)
    assert sum(sizes) == people
    assert max(sizes) - min(sizes) <= 1
    assert min(sizes) >= 2
    assert max(sizes) <= size + 1 or len(sizes) == 1
