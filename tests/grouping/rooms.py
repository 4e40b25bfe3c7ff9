"""Made-up rooms for the tests of groups."""

from __future__ import annotations

import numpy as np

from sna.grouping.room import Room, Standing, group_sizes


def made_room(
    n: int,
    size: int,
    rounds: int,
    seed: int = 0,
    *,
    topics: int = 3,
    schools: int = 3,
    met: float = 0.0,
    apart: float = 0.0,
    answered: float = 0.85,
) -> Room:
    """People who name up to three others on each topic, some much oftener than others; some do not answer."""
    rng = np.random.default_rng(seed)
    standings = []
    for _ in range(topics):
        weight = rng.dirichlet(np.full(n, 0.4)) + 1e-9
        asked, names = np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64)
        heard = rng.random(n) < answered
        for person in np.flatnonzero(heard).tolist():
            chances = np.where(np.arange(n) == person, 0, weight)
            those = rng.choice(n, min(int(rng.integers(4)), n - 1), replace=False, p=chances / chances.sum())
            asked[those] += 1
            names[person] = len(those)
        standings.append(Standing(asked, heard & ((names > 0) | (asked == 0))))
    upper = np.triu(rng.random((n, n)), 1)
    sat = ((upper > 0) & (upper < met)).astype(np.int64) * rng.integers(1, 4, size=(n, n))
    kept = (upper > 0) & (upper > 1 - apart)
    school = np.arange(n) % schools
    alike = school[:, None] == school[None, :]
    np.fill_diagonal(alike, False)
    return Room(
        group_sizes(n, size),
        tuple(standings[at % topics] for at in range(rounds)),
        sat + sat.T,
        kept | kept.T,
        alike,
    )
