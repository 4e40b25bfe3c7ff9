"""The catalogue: every measure there is, one entry each, in the order in which tables show them."""

from __future__ import annotations

from sna.metrics.catalogue import (
    census,
    closure,
    concentration,
    degree,
    groups,
    holes,
    paths,
    pieces,
    prestige,
    relations,
    roles,
)
from sna.metrics.measure import Level, Measure

_CONCEPTS = (degree, paths, prestige, pieces, closure, census, holes, groups, relations, concentration)


def _of(level: Level) -> tuple[Measure, ...]:
    return tuple(entry for concept in _CONCEPTS for entry in concept.MEASURES if entry.level == level)


ACTOR = _of("actor")
BROKERAGE = roles.MEASURES
TIE = _of("tie")
NETWORK = _of("network")
CATALOGUE: tuple[Measure, ...] = ACTOR + BROKERAGE + TIE + NETWORK


def measures(level: Level | None = None) -> tuple[Measure, ...]:
    """The measures of one level, or all of them, in catalogue order.

    >>> {m.level for m in measures("tie")}
    {'tie'}
    """
    return tuple(m for m in CATALOGUE if level is None or m.level == level)


def measure(name: str) -> Measure:
    """The measure of that name; KeyError when there is none.

    >>> measure("density").gate
    'density'
    """
    for entry in CATALOGUE:
        if entry.name == name:
            return entry
    raise KeyError(name)
