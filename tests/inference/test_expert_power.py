"""Would planted experts have been found? The draws keep what they must, and the power is that of docs/methods.md."""

from __future__ import annotations

import numpy as np
import pytest

from sna.inference.chance import Chance
from sna.inference.expert_power import EXPERTS, draw_experts, power
from sna.inference.naming import draw_no_experts
from sna.metrics.fixity import Nominations, within_topics


def made(n: int, topics: int, names: int, rng: np.random.Generator) -> Nominations:
    """Everybody names `names` others at random, one more or less."""
    named = np.zeros((topics, n, n), dtype=bool)
    for topic in range(topics):
        for person in range(n):
            others = np.delete(np.arange(n), person)
            named[topic, person, rng.choice(others, names + rng.integers(-1, 2), replace=False)] = True
    people = tuple(map(str, range(n)))
    known = np.repeat(~np.eye(n, dtype=bool)[None], topics, axis=0)
    return Nominations(tuple(map(str, range(topics))), people, people, named, known)


def chance_of(cells: Nominations, rng: np.random.Generator, draws: int = 999) -> Chance:
    return Chance.drawn(within_topics(draw_no_experts(cells, rng, draws)))


def test_draws_keep_how_many_names_each_gave_and_unknown_cells_empty():
    rng = np.random.default_rng(1)
    cells = made(8, 3, 2, rng)
    cells.open[0, 2, 5] = cells.named[0, 2, 5] = False
    cells.open[1, 3] = cells.named[1, 3] = False
    counts = draw_experts(cells, 8.0, rng, 200)
    assert (counts.sum(axis=2) == cells.counts.sum(axis=1)).all()
    assert (counts <= cells.open.sum(axis=1)).all()


def test_without_experts_the_draws_are_those_of_chance():
    rng = np.random.default_rng(2)
    cells = made(9, 4, 2, rng)
    mine, theirs = within_topics(draw_experts(cells, 1.0, rng, 4000)), within_topics(draw_no_experts(cells, rng, 4000))
    assert mine.mean() == pytest.approx(theirs.mean(), abs=4 * theirs.std() * np.sqrt(2 / 4000))
    assert power(cells, chance_of(cells, rng), 1.0, rng) <= 0.09


def test_an_expert_is_named_first_as_often_as_they_weigh():
    """Of one name each, the three experts get 3w / (3w + others), less what they cannot give themselves."""
    rng = np.random.default_rng(3)
    n, weight, draws = 10, 6.0, 4000
    cells = made(n, 1, 1, rng)
    cells.named[:] = False
    cells.named[0, np.arange(n), (np.arange(n) + 1) % n] = True
    counts = draw_experts(cells, weight, rng, draws)[:, 0]
    most = np.sort(counts, axis=1)[:, -EXPERTS:].sum(axis=1).mean() / n
    others = 3 * weight / (3 * weight + n - 1 - 3)
    experts = 2 * weight / (2 * weight + n - 3)
    assert most >= (0.7 * others + 0.3 * experts) - 0.01


@pytest.mark.parametrize(
    ("size", "low", "high"), [((9, 3, 2), 0.42, 0.54), ((9, 5, 2), 0.60, 0.92), ((12, 3, 3), 0.68, 0.78)]
)
def test_power_is_that_of_the_simulations(size, low, high):
    """docs/methods.md, 5.3: experts three times as likely to be named, and eight times, which is always found."""
    rng = np.random.default_rng(4)
    found = []
    for _ in range(4):
        cells = made(*size, rng)
        chance = chance_of(cells, rng)
        weak, strong = (power(cells, chance, weight, rng) for weight in (3.0, 8.0))
        assert weak < strong
        assert strong > 0.95
        found.append(weak)
    assert low - 0.06 < np.mean(found) < high + 0.06


def test_three_people_could_all_be_experts():
    rng = np.random.default_rng(5)
    assert np.isnan(power(made(3, 2, 1, rng), Chance.drawn(np.zeros(9)), 8.0, rng))
