"""One-to-one contact beside chance: full lists, the interval of a change by search, reasons, and how often it errs."""

from __future__ import annotations

from itertools import product
from math import inf

import numpy as np
import pytest

from sna.inference import contact as module
from sna.inference.contact import change_test, evenness_test, need_test, steadiness_test
from tests.reference import slow_facilitation as slow


def rng() -> np.random.Generator:
    return np.random.default_rng(1)


WHO = [0, 0, 0, 2, 0]
COULD = [[0, 1, 2], [0, 1, 2], [0, 1], [1, 2], [0, 1, 2]]
MINUTES = [30.0, 30.0, 60.0, 45.0, 90.0]


def table(could: list[list[int]], n: int) -> np.ndarray:
    return np.array([[person in those for person in range(n)] for those in could])


@pytest.mark.parametrize("amounts", [[1.0] * 5, MINUTES])
def test_evenness_against_every_way(amounts: list[float]) -> None:
    found = evenness_test(WHO, table(COULD, 3), amounts, rng())
    ways = slow.spread(3, COULD, amounts)
    totals = [sum(a for who, a in zip(WHO, amounts, strict=True) if who == person) for person in range(3)]
    for name, of in (
        ("gini", slow.gini),
        ("hhi", lambda x: sum((v / sum(x)) ** 2 for v in x)),
        ("effective_number", lambda x: 1 / sum((v / sum(x)) ** 2 for v in x)),
    ):
        test, values = found[name], [of(way) for way in ways]
        assert test.chance is not None
        assert test.chance.exact
        assert test.observed == pytest.approx(of(totals))
        assert test.chance.mean == pytest.approx(slow.mean(values))
        assert test.p_high == pytest.approx(np.mean([value >= of(totals) - 1e-9 for value in values]))
        assert test.p_low == pytest.approx(np.mean([value <= of(totals) + 1e-9 for value in values]))


def test_evenness_by_draws_is_close_to_the_full_list(monkeypatch: pytest.MonkeyPatch) -> None:
    exact = evenness_test(WHO, table(COULD, 3), MINUTES, rng())["gini"]
    monkeypatch.setattr(module, "MOST_LISTED", 1)
    drawn = evenness_test(WHO, table(COULD, 3), MINUTES, rng(), draws=6_000)["gini"]
    assert drawn.chance is not None
    assert exact.chance is not None
    assert (exact.chance.exact, drawn.chance.exact) == (True, False)
    assert drawn.chance.mean == pytest.approx(exact.chance.mean, abs=0.01)
    assert drawn.p_high == pytest.approx(exact.p_high, abs=0.02)


def test_what_nobody_could_have_had_is_no_evidence_of_unevenness() -> None:
    """Somebody who joined for the last contact only is expected to have few."""
    late = [[0, 1]] * 30 + [[0, 1, 2]]
    always = [[0, 1, 2]] * 31
    who = [0, 1] * 15 + [0]
    few, many = (evenness_test(who, table(could, 3), [1] * 31, rng(), 999)["gini"] for could in (late, always))
    assert few.p > 0.2
    assert many.p <= 0.01


def test_more_even_than_chance_is_seen_too() -> None:
    found = evenness_test(list(range(10)) * 6, np.ones((60, 10), dtype=bool), [1] * 60, rng(), 999)["gini"]
    assert found.observed == 0
    assert (found.p_low, found.p_high) == (0.001, 1)


def test_steadiness_against_every_way() -> None:
    counts, days = np.array([[2, 0, 0], [0, 1, 1]]), np.array([[30, 31, 10], [0, 20, 10]])
    found = steadiness_test(counts, days, rng())
    exposed = days.sum(axis=0)
    months = [[months.count(t) for t in range(3)] for months in product(range(3), repeat=4)]
    likely = np.array([np.prod([exposed[t] / exposed.sum() for t in way]) for way in product(range(3), repeat=4)])
    varies = np.array([np.std(row / exposed) / np.mean(row / exposed) for row in np.array(months)])
    observed = np.std(counts.sum(axis=0) / exposed) / np.mean(counts.sum(axis=0) / exposed)
    assert found["variation"].observed == pytest.approx(observed)
    assert found["variation"].p_high == pytest.approx(likely[varies >= observed - 1e-9].sum())
    # Person by person: two contacts in three months, two in the two months in which the other was there.
    reach, chances = [], []
    for own in product(range(3), repeat=2):
        for other in product((1, 2), repeat=2):
            reach.append((len(set(own)) + len(set(other))) / 5)
            chances.append(np.prod([days[0, t] / 71 for t in own]) * np.prod([days[1, t] / 30 for t in other]))
    assert sum(chances) == pytest.approx(1)
    assert found["reached"].observed == pytest.approx(3 / 5)
    assert found["reached"].chance is not None
    assert found["reached"].chance.mean == pytest.approx(float(np.dot(reach, chances)))
    assert found["reached"].p_low == pytest.approx(
        sum(c for r, c in zip(reach, chances, strict=True) if r <= 0.6 + 1e-9)
    )


PEOPLE = [(5, 2, 16, 24), (3, 1, 16, 24), (0, 2, 16, 24), (6, 6, 16, 24), (4, 0, 8, 24), (2, 1, 16, 24), (7, 3, 16, 10)]


def of(people: list[tuple[float, float, float, float]], draws: int = 999) -> module.Change:
    first, second, before, after = zip(*people, strict=True)
    return change_test(first, second, before, after, rng(), draws)


def test_change_against_every_way_of_turning() -> None:
    found = of(PEOPLE)
    assert found.chance is not None
    assert found.chance.exact
    assert found.p == pytest.approx(slow.turned_p(1.0, PEOPLE))
    # The ends: just inside the test does not reject, just outside it does.
    for end, out in ((found.low, -1e-6), (found.high, 1e-6)):
        assert slow.turned_p(end - out, PEOPLE) > 0.05
        assert slow.turned_p(end + out, PEOPLE) <= 0.05
    assert slow.turned_p(found.ratio, PEOPLE) == 1


@pytest.mark.parametrize("seed", range(15))
def test_the_interval_holds_what_is_not_rejected(seed: int) -> None:
    dice = np.random.default_rng(seed)
    people = [
        (*map(int, dice.poisson([3, 2])), float(dice.choice([8, 16])), 24.0) for _ in range(int(dice.integers(5, 10)))
    ]
    found = of(people)
    if found.reason is not None:
        return
    grid = [0.0, 0.05, *np.linspace(0.1, 3, 30).tolist(), 5.0, 20.0, 1e6]
    for ratio in grid:
        inside = found.low - 1e-9 <= ratio <= found.high + 1e-9
        near = min(abs(ratio - found.low), abs(ratio - found.high)) < 1e-9
        assert near or inside == (slow.turned_p(ratio, people) > 0.05), ratio
    assert found.p == pytest.approx(slow.turned_p(1.0, people))


def test_turning_the_terms_round_turns_the_change_round() -> None:
    one, two = of(PEOPLE), of([(n2, n1, w2, w1) for n1, n2, w1, w2 in PEOPLE])
    assert two.ratio == pytest.approx(1 / one.ratio)
    assert two.p == pytest.approx(one.p)
    assert two.low == pytest.approx(1 / one.high)


def test_fewer_than_six_people_rule_nothing_out() -> None:
    found = of([(9, 1, 16, 24)] * 5)
    assert (found.p, found.low, found.high) == (2 / 32, 0, inf)
    # People without any contact say nothing.
    assert of([(9, 1, 16, 24)] * 5 + [(0, 0, 16, 24)] * 9).high == inf
    assert of([(9, 1, 16, 24)] * 6).p == 2 / 64


def test_change_by_draws_is_close_to_the_full_list(monkeypatch: pytest.MonkeyPatch) -> None:
    people = [(n1 + i % 3, n2, w1, w2) for i, (n1, n2, w1, w2) in enumerate(PEOPLE * 2)]
    exact = of(people)
    monkeypatch.setattr(module, "MOST_LISTED", 1)
    drawn = of(people, draws=8_000)
    assert drawn.chance is not None
    assert not drawn.chance.exact
    assert drawn.p == pytest.approx(exact.p, abs=0.02)
    assert (drawn.low, drawn.high) == pytest.approx((exact.low, exact.high), abs=0.06)
    few = of(people, draws=9)
    assert (few.low, few.high) == (0, inf), "nine draws cannot rule anything out at .05"


def test_need_against_every_order() -> None:
    contact, need = [3, 0, 0, 5, 1, 2], [2, 1, 3, 5, 5, 4]
    found, values = need_test(contact, need, rng()), slow.spearman_ways(contact, need)
    observed = slow.spearman(contact, need)
    assert found.observed == pytest.approx(observed)
    assert found.p_high == pytest.approx(np.mean([v >= observed - 1e-9 for v in values]))
    more = need_test([*contact, np.nan, 4], [*need, 2, np.nan], rng())
    assert (more.observed, more.p) == (found.observed, found.p)
    assert need_test(range(12), range(12), rng(), 999).p_high == pytest.approx(0.001)


def test_what_cannot_be_told_has_a_reason() -> None:
    nobody = np.zeros((0, 3), dtype=bool)
    assert {t.reason for t in evenness_test([], nobody, [], rng()).values()} == {"no_contact"}
    assert {t.reason for t in evenness_test([0], np.ones((1, 1), dtype=bool), [1], rng()).values()} == {"too_few_nodes"}
    for counts, days, reason in (
        (np.zeros((2, 3)), np.ones((2, 3)), "no_contact"),
        (np.zeros((2, 3)), np.zeros((2, 3)), "too_few_nodes"),
        (np.ones((2, 1)), np.ones((2, 1)), "no_variation"),
        (np.zeros((0, 3)), np.zeros((0, 3)), "too_few_nodes"),
    ):
        assert {t.reason for t in steadiness_test(counts, days, rng()).values()} == {reason}
    assert of([(3, 2, 16, 0), (2, 2, 0, 24)]).reason == "one_term"
    assert of([(0, 2, 16, 24), (9, 2, 16, 0)]).reason == "no_contact"
    gone = of([(4, 0, 16, 24)] * 7)
    assert (gone.ratio, gone.low, gone.reason) == (0, 0, None)
    assert need_test([1, 2], [1, 2], rng()).reason == "too_few_nodes"
    assert need_test([1, 1, 1], [1, 2, 3], rng()).reason == "no_variation"
    for test in (
        lambda: evenness_test([0], np.ones((1, 2), dtype=bool), [1], rng(), 0),
        lambda: steadiness_test([[1, 1]], [[1, 1]], rng(), 0),
        lambda: change_test([1], [1], [1], [1], rng(), 0),
        lambda: need_test([1, 2, 3], [1, 2, 3], rng(), 0),
    ):
        with pytest.raises(ValueError, match="one draw"):
            test()


def test_it_seldom_rejects_what_is_true() -> None:
    """Nothing but chance at work. The large version with its table: benchmarks/simulate_contacts.py."""
    dice = np.random.default_rng(20221122)
    rejected: dict[str, list[bool]] = {}
    months = np.full((9, 8), 30.0)
    for _ in range(300):
        who, when = dice.integers(9, size=70), dice.integers(8, size=70)
        counts = np.zeros((9, 8))
        np.add.at(counts, (who, when), 1)
        own = dice.gamma(2, 1, size=12)
        tests = {
            "evenness": evenness_test(who, np.ones((70, 9), dtype=bool), dice.choice([30, 60], 70), dice, 99)["gini"],
            **steadiness_test(counts, months, dice, 99),
            "change": change_test(dice.poisson(own), dice.poisson(own * 1.5), [16] * 12, [24] * 12, dice, 99),
            "need": need_test(counts.sum(axis=1), dice.integers(1, 6, size=9), dice, 99),
        }
        for name, test in tests.items():
            rejected.setdefault(name, []).append(test.p <= 0.05)
    assert {name: np.mean(those) for name, those in rejected.items() if np.mean(those) > 0.07} == {}
