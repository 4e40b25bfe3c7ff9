"""Who leads, beside what chance gives: all ways gone through, drawn ones, labels, and size."""

from __future__ import annotations

import numpy as np
import pytest

from sna.inference import leading as module
from sna.inference.leading import leading
from tests.reference import slow_engagement


def rng() -> np.random.Generator:
    return np.random.default_rng(3)


def table(rows: list[list[int]], n: int) -> np.ndarray:
    """Sessions × people, from the people of each session."""
    found = np.zeros((len(rows), n), dtype=bool)
    for session, people in enumerate(rows):
        found[session, people] = True
    return found


LED = [[0], [0, 1], [2], [0]]
COULD = [[0, 1, 2], [0, 1, 2, 3], [1, 2], [0, 3]]


def test_all_ways_are_gone_through() -> None:
    result = leading(table(LED, 4), table(COULD, 4), rng())
    ways = list(slow_engagement.ways_to_lead(COULD, [1, 2, 1, 1]))
    assert result.counts.tolist() == [3, 1, 1, 0]
    values = [slow_engagement.gini(way) for way in ways]
    observed = slow_engagement.gini([3, 1, 1, 0])
    assert result.tests["gini"].observed == pytest.approx(observed, abs=1e-12)
    assert result.p("gini") == pytest.approx(np.mean(np.array(values) >= observed - 1e-12))
    assert result.p("gini", even=True) == pytest.approx(np.mean(np.array(values) <= observed + 1e-12))
    chance = result.tests["gini"].chance
    assert chance is not None
    assert chance.exact
    assert chance.mean == pytest.approx(np.mean(values))
    assert result.p("effective_number") == pytest.approx(result.p("hhi"))


def test_drawn_ways_agree_with_all_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    exact = leading(table(LED, 4), table(COULD, 4), rng())
    monkeypatch.setattr(module, "MOST_LISTED", 5)
    drawn = leading(table(LED, 4), table(COULD, 4), rng(), 20_000)
    monkeypatch.setattr(module, "AT_ONCE", 1_000)
    few_at_once = leading(table(LED, 4), table(COULD, 4), rng(), 20_000)
    assert few_at_once.p("gini") == pytest.approx(exact.p("gini"), abs=0.01)
    for name in module.MEASURES:
        assert drawn.p(name) == pytest.approx(exact.p(name), abs=0.01)
        one, other = drawn.tests[name].chance, exact.tests[name].chance
        assert one is not None
        assert other is not None
        assert one.mean == pytest.approx(other.mean, rel=0.01)


def test_labels() -> None:
    everybody = np.ones((12, 6), dtype=bool)
    same = leading(table([[0]] * 10 + [[1]] * 2, 6), everybody, rng(), 999)
    turns = leading(table([[k % 6] for k in range(12)], 6), everybody, rng(), 999)
    assert (same.label(), turns.label()) == ("the same few", "in turn")
    assert same.label(0.2) == "as by chance"
    assert leading(table([[0], [1], [0], [2], [0], [3]], 6), everybody[:6], rng(), 999).label() == "as by chance"
    assert leading(table([[0], [1]], 6), everybody[:2], rng()).label() == "undetermined"


def test_who_was_not_there_could_not_have_led() -> None:
    """One leads every time because nobody else was there: that is what chance gives."""
    there = np.zeros((9, 5), dtype=bool)
    there[:, 0] = True
    there[0, :] = True
    result = leading(table([[0]] * 9, 5), there, rng())
    assert result.p("gini") == pytest.approx(0.2)
    assert result.label() == "undetermined"


def test_whoever_led_was_there_and_sessions_nobody_led_say_nothing() -> None:
    led, could = table(LED, 4), table(COULD, 4)
    missing = could & ~led
    plain = leading(led, could, rng())
    assert leading(led, missing, rng()).tests["gini"].observed == plain.tests["gini"].observed
    longer = np.vstack([could, np.ones((3, 4), dtype=bool)]), np.vstack([led, np.zeros((3, 4), dtype=bool)])
    assert leading(longer[1], longer[0], rng()).p("hhi") == plain.p("hhi")


def test_other_names_for_the_same_people_change_nothing() -> None:
    order = [2, 0, 3, 1]
    plain = leading(table(LED, 4), table(COULD, 4), rng())
    moved = leading(table(LED, 4)[:, order], table(COULD, 4)[:, order], rng())
    assert moved.counts.tolist() == plain.counts[order].tolist()
    assert moved.p("gini") == pytest.approx(plain.p("gini"))


@pytest.mark.parametrize(
    ("led", "could", "reason"),
    [
        (np.zeros((3, 4)), np.ones((3, 4)), "none_led"),
        (np.zeros((0, 4)), np.zeros((0, 4)), "none_led"),
        (np.ones((3, 1)), np.ones((3, 1)), "too_few_nodes"),
        (np.zeros((3, 0)), np.zeros((3, 0)), "none_led"),
    ],
)
def test_nothing_to_say(led: np.ndarray, could: np.ndarray, reason: str) -> None:
    result = leading(led, could, rng())
    assert (result.reason, result.label()) == (reason, None)
    assert np.isnan(result.p("gini"))


def test_size() -> None:
    """Of 500 communities whose leaders are drawn, at most 7 in 100 are called the same few, or in turn."""
    draw, found = np.random.default_rng(9), {"the same few": 0, "in turn": 0}
    for _ in range(500):
        there = draw.random((10, 12)) < 0.85
        led = np.zeros_like(there)
        for session, people in enumerate(there):
            chosen = draw.permutation(np.flatnonzero(people))[:2]
            led[session, chosen] = True
        label = str(leading(led, there, draw, 199).label())
        found[label] = found.get(label, 0) + 1
    assert max(found["the same few"], found["in turn"]) <= 35, found
