"""Positions: the same for the same study, finite, landscape, and nobody on top of anybody else."""

from __future__ import annotations

import time
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from made_up import community, member, people, picture, release, small

from sna.privacy.release import Person, Release
from sna.render.layout import BOX, homes, hull, lay_out, tied_people
from sna.render.view import LARGEST, radius, share, view

KINDS = ("empty", "one", "two", "isolates", "no groups", "silent")


def places(made: Release, seed: int = 1) -> dict[int, tuple[float, float]]:
    return lay_out(made, np.random.default_rng(seed))


@pytest.mark.parametrize("kind", KINDS)
def test_hardly_a_network(kind: str) -> None:
    made = small(kind)
    found = places(made)
    assert set(found) == {person.key for person in made.people}
    assert np.isfinite(np.array(list(found.values()))).all()
    assert len(set(found.values())) == len(found)


@pytest.mark.parametrize(("count", "schools"), [(60, 12), (60, 1), (38, 5), (24, 24), (120, 7)])
def test_nobody_covers_anybody(count: int, schools: int) -> None:
    found = np.array(list(places(community(count, schools)).values()))
    for a, b in combinations(found, 2):
        assert np.hypot(*(a - b)) > 2 * LARGEST, "two circles overlap"
        assert (np.abs(a - b) / BOX).max() > 0.99, "two names collide"


def test_same_study_same_places() -> None:
    made = community()
    assert places(made) == places(made)
    assert all(x == round(x, 2) and y == round(y, 2) for x, y in places(made).values())


def test_names_and_order_of_pictures_do_not_matter() -> None:
    made = community(30, 5)
    renamed = replace(made, people=tuple(Person(p.key, "somebody", False) for p in made.people))
    turned = replace(made, pictures=made.pictures[::-1])
    assert places(made) == places(renamed) == places(turned)


def test_keys_are_names_and_nothing_more() -> None:
    made = community(30, 5)

    def key(old: int) -> int:
        return old * 1000 + 7

    moved = tuple(
        replace(
            p,
            members=tuple(replace(m, person=key(m.person)) for m in p.members),
            ties=tuple((key(a), key(b), s) for a, b, s in p.ties),
        )
        for p in made.pictures
    )
    other = replace(made, people=tuple(replace(p, key=key(p.key)) for p in made.people), pictures=moved)
    assert {key(k): v for k, v in places(made).items()} == places(other)


def test_landscape_frame() -> None:
    for schools in (1, 5, 12):
        found = np.array(list(places(community(60, schools)).values()))
        wide, high = found.max(axis=0) - found.min(axis=0)
        assert 1.1 < wide / high < 2.6
        assert 600 < wide < 1700


def test_people_without_ties_stand_in_a_strip_below() -> None:
    made = community()
    found, tied = places(made), tied_people(made)
    loners = set(found) - tied
    assert loners
    assert min(found[key][1] for key in loners) > max(found[key][1] for key in tied) + 40
    assert len({found[key][1] for key in loners}) == 1


def test_areas_do_not_overlap() -> None:
    made = community()
    shared = share(made, places(made))
    boxes = []
    for area in view(made, made.pictures[0], shared)["areas"]:
        outline = np.array(area["outline"])
        boxes.append((outline.min(axis=0), outline.max(axis=0)))
    assert len(boxes) == 12
    for (low, high), (other_low, other_high) in combinations(boxes, 2):
        assert (high < other_low).any() or (other_high < low).any()


def test_people_of_one_school_stand_together() -> None:
    made = community()
    found, home = places(made), homes(made)
    within, across = [], []
    for a, b in combinations(home, 2):
        (within if home[a] == home[b] else across).append(np.hypot(*np.subtract(found[a], found[b])))
    assert np.mean(within) < 0.4 * np.mean(across)


def test_closer_when_tied_more_often() -> None:
    persons = people(3)
    members = tuple(member(p.key, {}) for p in persons)
    waves = [((1, 2, 1.0), (2, 3, 1.0))] + [((1, 2, 1.0),)] * 5
    pictures = tuple(picture(members, ties, wave=f"w{i}") for i, ties in enumerate(waves))
    found = places(release(pictures, persons, groups=(), cluster=None))
    near, far = np.subtract(found[1], found[2]), np.subtract(found[2], found[3])
    assert np.hypot(*near) < np.hypot(*far)


def test_somebody_who_changed_school_has_no_home() -> None:
    persons = people(3)
    ties = ((1, 2, 1.0), (2, 3, 1.0))
    first = picture(tuple(member(k, {"School": "A" if k < 3 else "B"}) for k in (1, 2, 3)), ties, wave="w1")
    second = picture(tuple(member(k, {"School": "A" if k < 2 else "B"}) for k in (1, 2, 3)), ties, wave="w2")
    made = release((first, second), persons, groups=("School",))
    assert homes(made) == {1: "A", 3: "B"}
    assert len(places(made)) == 3


def test_components_stay_in_one_frame() -> None:
    persons = people(40)
    members = tuple(member(p.key, {}) for p in persons)
    ties = tuple((k, k + 1, 1.0) for k in range(1, 40, 2))
    found = np.array(list(places(release((picture(members, ties),), persons, groups=(), cluster=None)).values()))
    assert (found.max(axis=0) - found.min(axis=0) < [1700, 1100]).all()


def test_hull_holds_its_points() -> None:
    points = np.random.default_rng(3).normal(scale=80, size=(7, 2))
    outline = np.array(hull(points))
    for point in points:
        turned = np.roll(outline, -1, axis=0) - outline
        apart = point - outline
        cross = turned[:, 0] * apart[:, 1] - turned[:, 1] * apart[:, 0]
        assert (cross > 0).all() or (cross < 0).all()


def test_size_is_area() -> None:
    low, middle, high = (radius(size) ** 2 for size in (0.0, 0.5, 1.0))
    assert middle - low == pytest.approx(high - middle, rel=0.01)
    assert radius(float("nan")) == radius(-3.0) == radius(0.0)


def test_fast_enough() -> None:
    for count, most in ((60, 0.6), (500, 12.0)):  # twice what is wished for: the machine may be busy
        made = community(count, count // 10)
        start = time.process_time()
        places(made)
        assert time.process_time() - start < most
