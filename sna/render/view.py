"""A picture as plain data for its page: lists, texts and numbers, nothing of HTML."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from sna.privacy.release import Member, Picture, Release
from sna.render.layout import homes, hull, tied_people
from sna.render.palette import UNSTATED, Look, looks

SMALLEST, LARGEST = 7.0, 17.0
STRAIGHT_FROM = 1500  # above this many ties, mutual ties are drawn straight as well
MANY_VALUES = 7

STATUS_WORDS = {"answered": "answered", "silent": "did not answer", "not_asked": "not asked"}


@dataclass(frozen=True)
class Shared:
    """What is the same in every picture of a release, worked out once.

    Attributes:
        places: position of every person.
        labels: what each person is called.
        looks: for each group, the look of each of its values.
        homes: cluster group of the people drawn inside its area.
        tied: people with a tie in at least one picture.
        colour: position of the group that colours show at first; -1 without groups.
    """

    places: Mapping[int, tuple[float, float]]
    labels: Mapping[int, str]
    looks: Mapping[str, Mapping[str, Look]]
    homes: Mapping[int, str]
    tied: frozenset[int]
    colour: int


def share(release: Release, places: Mapping[int, tuple[float, float]]) -> Shared:
    """What the pictures of this release have in common."""
    found: dict[str, dict[str, Look]] = {}
    for group in release.groups:
        values = (m.groups.get(group) for picture in release.pictures for m in picture.members)
        found[group] = looks(value for value in values if value is not None)
    return Shared(
        places=places,
        labels={person.key: person.label for person in release.people},
        looks=found,
        homes=homes(release),
        tied=tied_people(release),
        colour=_first_colour(release, found),
    )


def _first_colour(release: Release, found: Mapping[str, Mapping[str, Look]]) -> int:
    """The first group with few values that is not already shown as areas; failing that, the first of all."""
    for position, group in enumerate(release.groups):
        if group != release.cluster and 1 < len(found[group]) <= MANY_VALUES:
            return position
    return 0 if release.groups else -1


def view(release: Release, picture: Picture, shared: Shared) -> dict[str, Any]:
    """Everything the page needs to draw one picture and to answer questions about it; JSON-ready."""
    people = [_person(release, member, shared) for member in picture.members]
    return {
        "relation": picture.relation,
        "wave": picture.wave,
        "people": people,
        "ties": [[int(a), int(b), strength_words(picture, strength)] for a, b, strength in picture.ties],
        "groups": [_group(picture, group, shared) for group in release.groups],
        "colour": shared.colour,
        "cluster": release.cluster,
        "areas": _areas(release, picture, shared),
        "strip": sum(person["strip"] for person in people),
        "status": {status: sum(m.status == status for m in picture.members) for status in STATUS_WORDS},
        "straight": len(picture.ties) > STRAIGHT_FROM,
    }


def nodes(picture: Picture, shared: Shared) -> list[dict[str, Any]]:
    """The circles: where each stands and how large it is."""
    return [
        {
            "id": int(member.person),
            "x": shared.places[member.person][0],
            "y": shared.places[member.person][1],
            "size": radius(member.size),
        }
        for member in picture.members
    ]


def edges(picture: Picture) -> list[dict[str, Any]]:
    """The arrows, one for each tie: mutual ones bow apart, others are straight."""
    pairs = {(a, b) for a, b, _ in picture.ties}
    straight = len(picture.ties) > STRAIGHT_FROM
    bowed = {"enabled": True, "type": "curvedCW", "roundness": 0.14}
    return [
        {
            "id": i,
            "from": int(a),
            "to": int(b),
            "smooth": bowed if (b, a) in pairs and a != b and not straight else False,
        }
        for i, (a, b, _) in enumerate(picture.ties)
    ]


def radius(size: float) -> float:
    """Radius of a circle whose area grows evenly with a size from 0 to 1."""
    size = min(max(float(size), 0.0), 1.0) if math.isfinite(size) else 0.0
    return round(math.sqrt(SMALLEST**2 + size * (LARGEST**2 - SMALLEST**2)), 2)


def strength_words(picture: Picture, strength: float) -> str | None:
    """What a tie's strength means; the number where the scale has no word for it; None without a scale."""
    if picture.strength_words is None:
        return None
    return picture.strength_words.get(float(strength), f"{float(strength):g}")


def _person(release: Release, member: Member, shared: Shared) -> dict[str, Any]:
    return {
        "id": int(member.person),
        "label": shared.labels[member.person],
        "groups": [_code(shared, group, member.groups.get(group)) for group in release.groups],
        "status": member.status,
        "standing": member.standing,
        "card": list(member.card),
        "strip": member.person not in shared.tied,
    }


def _code(shared: Shared, group: str, value: str | None) -> int:
    return -1 if value is None else list(shared.looks[group]).index(value)


def _group(picture: Picture, group: str, shared: Shared) -> dict[str, Any]:
    counts: dict[str | None, int] = {}
    for member in picture.members:
        value = member.groups.get(group)
        counts[value] = counts.get(value, 0) + 1
    return {
        "name": group,
        "values": [
            {"label": value, "colour": look.colour, "shape": look.shape, "people": counts.get(value, 0)}
            for value, look in shared.looks[group].items()
        ],
        "unstated": {"colour": UNSTATED.colour, "shape": UNSTATED.shape, "people": counts.get(None, 0)},
    }


def _areas(release: Release, picture: Picture, shared: Shared) -> list[dict[str, Any]]:
    """Outline of the area of each cluster group with people in this picture."""
    if release.cluster is None or len(set(shared.homes.values())) < 2:
        return []
    inside: dict[str, list[tuple[float, float]]] = {}
    for member in picture.members:
        if member.person in shared.homes:
            inside.setdefault(shared.homes[member.person], []).append(shared.places[member.person])
    return [
        {"label": value, "people": len(points), "outline": hull(np.array(points))}
        for value, points in sorted(inside.items())
    ]
