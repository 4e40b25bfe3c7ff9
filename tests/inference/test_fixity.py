"""Fixed or by task: the worked example, the nulls against full lists, and what may be said when."""

from __future__ import annotations

import numpy as np
import pytest

from sna.inference import naming, topic_blind
from sna.inference.chance import Chance
from sna.inference.concentration import MEASURES, concentration, indegree_centralization, jackknife_interval
from sna.inference.fixity import fixity
from sna.metrics.fixity import Nominations, decomposition, most_concentrated, nominations, within_topics
from sna.networks import Network
from tests.reference import slow_experts


def made(names: slow_experts.Names, n: int, silent: tuple[tuple[int, int], ...] = ()) -> Nominations:
    """names[topic][person] → nominations; `silent` holds (topic, person) of questions left out."""
    named = np.zeros((len(names), len(names[0]), n), dtype=bool)
    known = np.zeros_like(named)
    for topic, row in enumerate(names):
        for person, those in enumerate(row):
            known[topic, person] = [j != person and (topic, person) not in silent for j in range(n)]
            named[topic, person, list(those)] = True
    people = tuple(map(str, range(n)))
    return Nominations(tuple(f"t{t}" for t in range(len(names))), people[: len(names[0])], people, named, known)


def random_names(rng: np.random.Generator, n: int, topics: int, each: int, experts: list[list[int]], weight: float):
    """Everybody names about `each` others, the experts of a topic `weight` times as likely as others."""
    names: slow_experts.Names = []
    for those in experts[:topics]:
        chances = np.ones(n)
        chances[those] = weight
        row = []
        for person in range(n):
            mine = np.where(np.arange(n) == person, 0, chances)
            row.append(set(rng.choice(n, each + rng.integers(-1, 2), replace=False, p=mine / mine.sum()).tolist()))
        names.append(row)
    return names


WORKED = [[{1}, {0}, {0}, {0}, {0}], [{2}, {0}, {1}, {1}, {0}]]


def test_worked_example():
    found = fixity(made(WORKED, 5), np.random.default_rng(1))
    assert found.no_experts is not None
    assert found.topic_blind is not None
    assert found.unrelated is not None
    assert found.no_experts.exact
    assert found.topic_blind.exact
    assert found.unrelated.exact
    assert found.no_experts.mean == pytest.approx(0.468575, abs=1e-6)
    assert found.p_concentrated == pytest.approx(0.024414, abs=1e-6)
    assert found.topic_blind.mean == pytest.approx(0.151033, abs=1e-6)
    assert found.p_differs == pytest.approx(0.5)
    assert found.unrelated.mean == pytest.approx(0.386236, abs=1e-6)
    assert found.p_fixed == pytest.approx(0.1)
    assert found.phi == pytest.approx(1.130733, abs=1e-6)
    assert (found.label, found.reason, found.enough) == ("undetermined", None, False)


def test_lists_are_those_of_the_slow_reference():
    names: slow_experts.Names = [[{1}, {0}, {0}], [{2}, {0}, {1}]]
    cells = made(names, 3)
    every = slow_experts.no_experts(names, 3)
    listed = naming.listed_no_experts(cells)
    assert listed is not None
    within = sorted(slow_experts.parts(member)[0] for member in every)
    chance = fixity(cells, np.random.default_rng(1)).no_experts
    assert chance is not None
    assert chance.mean == pytest.approx(np.mean(within))
    assert [sum(one.values()) for one in listed] == [8, 8]

    blind = topic_blind.listed_topic_blind(made(WORKED, 5))
    assert blind is not None
    key = lambda counts: tuple(map(tuple, counts))  # noqa: E731
    assert sorted(map(key, np.array(blind).tolist())) == sorted(map(key, slow_experts.topic_blind(WORKED, 5)))

    moved = naming.listed_unrelated(made(WORKED, 5).counts, np.zeros(5, dtype=np.int64))
    assert moved is not None
    pooled = [tuple(np.sum(counts, axis=0)) for counts in slow_experts.unrelated(WORKED, 5)]
    assert sorted(tuple(one) for one in moved) == sorted(pooled)


def test_draws_are_spread_as_the_lists_are():
    """The mean of each statistic over many draws lies within four standard errors of the mean over all members."""
    rng = np.random.default_rng(5)
    cells = made([[{1}, {0, 2}, {0}, {1}], [{2}, {0, 3}, {0}, {2}], [{3}, {2, 3}, {1}, {1}]], 4)
    draws = 20_000
    blind = topic_blind.listed_topic_blind(cells)
    assert blind is not None
    drawn = topic_blind.draw_topic_blind(cells, rng, draws)[1]
    for values, everything in (
        (within_topics(drawn), within_topics(np.array(blind))),
        (drawn[:, 0, 2].astype(float), np.array(blind)[:, 0, 2].astype(float)),
        (drawn[:, 2, 1] * drawn[:, 0, 0], np.array(blind)[:, 2, 1] * np.array(blind)[:, 0, 0]),
    ):
        assert values.mean() == pytest.approx(everything.mean(), abs=4 * everything.std() / np.sqrt(draws) + 1e-12)
    counts = naming.draw_no_experts(cells, rng, draws)
    every = slow_experts.no_experts([[{1}, {0, 2}, {0}, {1}]], 4)
    exact = np.array([slow_experts.parts(member)[0] for member in every])
    found = within_topics(counts[:, :1])
    assert found.mean() == pytest.approx(exact.mean(), abs=4 * exact.std() / np.sqrt(draws))


@pytest.mark.parametrize("counted", [topic_blind.MOST_COUNTED, 0])
def test_every_member_of_the_topic_blind_null_is_as_likely_as_any_other(counted, monkeypatch):
    cells = made([[{1, 2}, set(), set(), set()], [{2, 3}, set(), set(), set()], [{1}, set(), set(), set()]], 4)
    members = topic_blind.listed_topic_blind(cells)
    assert members is not None
    monkeypatch.setattr(topic_blind, "MOST_COUNTED", counted)
    draws = 30_000
    drawn = topic_blind.draw_topic_blind(cells, np.random.default_rng(2), draws)[1].reshape(draws, -1)
    _, times = np.unique(drawn, axis=0, return_counts=True)
    assert len(times) == len(members)
    expected = draws / len(members)
    # Chi-square with some degrees of freedom: 5 standard deviations above its mean.
    free = len(members) - 1
    assert ((times - expected) ** 2 / expected).sum() < free + 5 * np.sqrt(2 * free)


def test_margins_hold_and_unknown_cells_stay_empty():
    rng = np.random.default_rng(3)
    names = random_names(rng, 9, 5, 3, [[0, 1], [2], [3, 4], [0], [8]], 6)
    names[1][2], names[4][2] = set(), set()
    cells = made(names, 9, silent=((1, 2), (4, 2)))
    held, counts = topic_blind.draw_topic_blind(cells, rng, 50)
    for table, mine in zip(topic_blind.tables(cells), held, strict=True):
        assert (mine.sum(axis=1) == table.named.sum(axis=0)).all()
        assert (mine.sum(axis=2) == table.named.sum(axis=1)).all()
        assert not (mine & ~table.known).any()
    assert not held[2][:, [1, 4]].any()
    assert (counts.sum(axis=2) == cells.counts.sum(axis=1)).all()
    assert (counts.sum(axis=1) == cells.counts.sum(axis=0)).all()
    counts = naming.draw_no_experts(cells, rng, 50)
    assert (counts.sum(axis=2) == cells.counts.sum(axis=1)).all()
    given = naming.draw_unrelated(np.array([0, 0, 0, 1, 1, 1, 1, 2, 2]), 5, rng, 50)
    assert (np.sort(given, axis=2) == np.arange(9)).all()
    assert (given[:, :, :3] < 3).all()
    assert (given[:, :, 7:] > 6).all()


@pytest.mark.parametrize(
    ("experts", "label", "low", "high"),
    [
        ([[0, 1, 2]] * 6, "fixed few", 0.8, 1.2),
        ([[0, 1, 2], [3, 4, 5], [6, 7, 8], [9, 10, 11], [12, 13, 14], [15, 16, 17]], "by task", -0.8, 0.2),
    ],
)
def test_planted_experts_are_told(experts, label, low, high):
    rng = np.random.default_rng(7)
    found = fixity(made(random_names(rng, 18, 6, 3, experts, 8), 18), rng, draws=999)
    assert (found.label, found.enough) == (label, True)
    assert low < found.phi < high
    assert found.low < found.phi < found.high


def test_no_experts_nothing_to_be_fixed():
    rng = np.random.default_rng(11)
    found = fixity(made(random_names(rng, 12, 5, 3, [[]] * 5, 1), 12), rng, draws=499)
    assert (found.label, found.reason) == ("diffuse", "degenerate_null")
    assert np.isnan([found.phi, found.low, found.high]).all()
    assert abs(found.concentration) < 0.2


def test_the_interval_leaves_each_respondent_out_on_the_same_draws():
    """The same, from scratch: for each respondent the draws of the others, added up one by one."""
    rng = np.random.default_rng(13)
    cells = made(random_names(rng, 7, 3, 2, [[0, 1]] * 3, 9), 7)
    draws = 400
    found = fixity(cells, np.random.default_rng(1), draws=draws)
    again = np.random.default_rng(1)
    assert naming.listed_no_experts(cells) is None
    naming.draw_no_experts(cells, again, draws)
    held, _ = topic_blind.draw_topic_blind(cells, again, draws)
    given = naming.draw_unrelated(np.zeros(7, dtype=np.int64), 3, again, draws)
    phis = []
    for left in range(7):
        rest = cells.without(left)
        blind = []
        for draw in range(draws):
            counts = rest.counts.copy()
            for person, table in enumerate(topic_blind.tables(cells)):
                if person != left:
                    counts[:, table.nominees] += held[person][draw].astype(int) - table.named
            blind.append(slow_experts.parts(counts.tolist())[2])
        moved = [
            slow_experts.parts([row[given[draw, t]].tolist() for t, row in enumerate(rest.counts)])[2]
            for draw in range(draws)
        ]
        mi = decomposition(rest.counts).between
        phis.append((np.mean(moved) - mi) / (np.mean(moved) - np.mean(blind)))
    assert (found.low, found.high) == pytest.approx(jackknife_interval(found.phi, np.array(phis)))


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        (made([[{1}, {0}, {0}]], 3), "too_few_topics"),
        (made([[{1}, {0}], [{1}, {0}]], 2), "too_few_nodes"),
        (made([[set(), set(), set()], [set(), set(), set()]], 3), "no_ties"),
        (made([[], []], 3), "nonresponse"),
    ],
)
def test_too_little_to_say_anything(cells, reason):
    found = fixity(cells, np.random.default_rng(1), draws=19)
    assert (found.reason, found.label) == (reason, None)
    assert np.isnan([found.phi, found.p_concentrated, found.p_fixed, found.concentration]).all()


def test_as_few_people_as_the_names_allow():
    everybody_names_the_first = made([[{1, 2}, {0, 2}, {0, 1}, {0, 1}]], 4)
    found = most_concentrated(everybody_names_the_first.named, everybody_names_the_first.open)
    assert found == pytest.approx(slow_experts.theil([3, 3, 2, 0]))


def test_one_respondent_has_no_interval():
    named = made([[{1}, set(), set()], [{1}, set(), set()]], 3)
    alone = Nominations(named.topics, ("0",), named.nominees, named.named[:, :1], named.open[:, :1])
    assert np.isnan([fixity(alone, np.random.default_rng(1), draws=99).low]).all()


def test_p_values_of_draws_are_never_nothing():
    chance = Chance.drawn(np.arange(99.0))
    assert (chance.p_at_least(200), chance.p_at_least(-1), chance.smallest_p) == (0.01, 1, 0.01)
    assert Chance(np.array([0.0, 1.0]), np.array([0.25, 0.75]), True).p_at_least(1.0) == 0.75
    assert Chance.drawn(np.array([3.0, 1.0, 2.0])).quantile(0.5) == 2


def test_nominations_of_networks():
    people = ["a", "b", "c", "d"]
    first = Network.from_ties(people, [("a", "b"), ("c", "b")], answered=["a", "c"], relation="one")
    second = Network.from_ties(people, [("d", "c")], answered=["a", "d"], relation="two")
    found = nominations([first, second], np.array([False, True, True, True]))
    assert (found.respondents, found.nominees) == (("a", "c", "d"), ("b", "c", "d"))
    assert found.counts.tolist() == [[2, 0, 0], [0, 1, 0]]
    assert found.open[0].tolist() == [[True] * 3, [True, False, True], [False] * 3]
    with pytest.raises(ValueError, match="same actors"):
        nominations([first, Network.from_ties(["a"], [])])


# Expectation (and 95th percentile) when each of N people names r others at random: docs/methods.md, 5.1, to two digits.
CHANCE = [
    (9, 2, (0.36, 0.51), (0.28, 0.42), (0.55, 0.67)),
    (9, 3, (0.27, 0.39), (0.31, 0.56), (0.50, 0.56)),
    (12, 1, (0.53, 0.68), (0.19, 0.30), (0.57, 0.67)),
    (12, 3, (0.28, 0.39), (0.26, 0.40), (0.40, 0.47)),
    (60, 3, (0.31, 0.36), (0.08, 0.10), (0.11, 0.13)),
    (18, 3, (0.30, 0.39), (0.20, 0.31), (0.30, 0.35)),
]


@pytest.mark.parametrize(("n", "each", "gini", "central", "top"), CHANCE)
def test_chance_levels(n, each, gini, central, top):
    names = [[{(i + k) % n for k in range(1, each + 1)} for i in range(n)]]
    table = concentration(made(names, n), np.random.default_rng(1), draws=4000).table.set_index("measure")
    for measure, (mean, high) in {"gini": gini, "indegree_centralization": central, "top3_share": top}.items():
        assert table.loc[measure, "chance_mean"] == pytest.approx(mean, abs=0.012)
        assert table.loc[measure, "chance_95"] == pytest.approx(high, abs=0.035)


def test_toy_is_unremarkable():
    ties = [(1, 2), (2, 1), (1, 3), (3, 1), (2, 4), (4, 5), (5, 4), (5, 6), (6, 4), (7, 4), (3, 7), (6, 7), (4, 1)]
    network = Network.from_ties([str(i) for i in range(1, 9)], [(str(a), str(b)) for a, b in ties])
    table = concentration(nominations([network]), np.random.default_rng(1)).table.set_index("measure")
    assert table.loc["gini", "value"] == pytest.approx(0.450549, abs=1e-6)
    assert table.loc["gini", "chance_mean"] == pytest.approx(0.395, abs=0.01)
    assert table.loc["gini", "p"] == pytest.approx(0.34, abs=0.03)
    assert table.loc["indegree_centralization", "value"] == pytest.approx(0.387755, abs=1e-6)


def test_concentration_by_topic_and_pooled():
    rng = np.random.default_rng(17)
    names = random_names(rng, 12, 5, 3, [[0, 1, 2]] * 5, 8)
    names[3] = [set() for _ in names[3]]
    found = concentration(made(names, 12), rng, draws=499)
    assert set(found.table["measure"]) == set(MEASURES)
    silent = found.table[found.table["topic"] == "t3"]
    assert silent["reason"].unique().tolist() == ["no_ties"]
    assert silent[["value", "p", "low"]].isna().all(axis=None)
    pooled = found.table[found.table["topic"].isna()].set_index("measure")
    assert pooled.loc["gini", "p"] == pytest.approx(1 / 500)
    assert pooled.loc["effective_number", "p"] == pytest.approx(1 / 500)
    assert (pooled["low"] < pooled["value"]).all()
    curve = found.lorenz[found.lorenz["topic"] == "t0"]
    assert (curve["share"].iloc[0], curve["share"].iloc[-1]) == (0, 1)
    assert (curve["chance_05"] <= curve["chance_95"] + 1e-12).all()


def test_centralization_with_somebody_silent_is_that_of_the_network():
    people = list("abcdef")
    network = Network.from_ties(people, [("a", "b"), ("c", "b"), ("c", "d")], answered=["a", "b", "c"])
    from sna.metrics.centralization import indegree_centralization as of_network

    cells = nominations([network])
    could = cells.open[0].sum(axis=0).astype(float)
    assert float(indegree_centralization(cells.counts[0].astype(float), could)) == pytest.approx(of_network(network))
