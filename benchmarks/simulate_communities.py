"""How often the tests about attendance, leading, past groups and differences of communities reject by chance alone.

    python benchmarks/simulate_communities.py [REPLICATIONS]

Made-up communities in which nothing but chance is at work: people come as often at the end of the year as at its
beginning, but some more than others; sessions are led by anybody who is there; groups are drawn anew each time; two
communities of different size hold as many ties as they do, anywhere, or people are put into them by lot. Everything is
drawn from a fixed seed. Prints the tables of docs/simulations.md.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd

from sna.inference import cug
from sna.inference.group_ties import group_ties_test
from sna.inference.leading import leading
from sna.inference.regrouping import repeats_by_chance
from sna.inference.trend import mann_kendall, steadily
from sna.inference.two_groups import difference
from sna.metrics.trend import places_among
from sna.networks import Network

DRAWS, SEED, ALPHA = 199, 20221123, 0.05
REPLICATIONS = 500
P = Iterator[tuple[str, float]]
# People; how readily they come on average, and how far people differ (log-odds).
YEARS = ((9, 3.5, 0.7), (12, 2.5, 1.0), (18, 1.5, 1.0), (18, 3.5, 0.7))
MEETINGS = 10
# People and names each gives, in the one community and in the other.
PAIRS = (((9, 2), (12, 3)), ((10, 3), (18, 3)), ((12, 2), (15, 5)))


def there_all_year(people: int, usual: float, spread: float, rng: np.random.Generator) -> np.ndarray:
    """Who came to which meeting (1 or 0)."""
    chance = 1 / (1 + np.exp(-(usual + spread * rng.standard_normal((people, 1)))))
    return (rng.random((people, MEETINGS)) < chance).astype(float)


def of_a_year(people: int, usual: float, spread: float, rng: np.random.Generator) -> P:
    """The p-values of one community's year."""
    there = there_all_year(people, usual, spread, rng)
    signs = steadily(there, places_among(np.ones_like(there, dtype=bool)), rng, DRAWS).p
    meetings = float(mann_kendall(there.mean(axis=0)[None, :])[0].item())
    yield "signs of people", signs
    yield "Mann–Kendall of meetings", meetings
    yield "both, as told", max(signs, meetings)
    yield "core and broader team", difference(there.mean(axis=1), np.arange(people) < people // 3, rng, DRAWS).p
    led = np.zeros((MEETINGS, people), dtype=bool)
    for session, here in enumerate(there.T > 0):
        led[session, rng.permutation(np.flatnonzero(here))[:2]] = True
    found = leading(led, there.T > 0, rng, DRAWS)
    yield "the same few lead", found.p("gini")


def of_groups(people: int, rng: np.random.Generator) -> P:
    """Whether pairs sit together again, after one division into threes drawn at random."""
    first, second = (np.arange(people) // 3)[rng.permutation(people)], (np.arange(people) // 3)[rng.permutation(people)]
    met = (first[:, None] == first[None, :]) & ~np.eye(people, dtype=bool)
    again = int(np.triu(met & (second[:, None] == second[None, :])).sum())
    sizes = tuple(np.bincount(second).tolist())
    yield "kept", repeats_by_chance(met, sizes, rng).p_at_least(again)


def community(name: str, people: int, names: int, rng: np.random.Generator) -> Network:
    """As many ties as people times names, anywhere."""
    actors = [f"{name}{k}" for k in range(people)]
    cells = [(i, j) for i in actors for j in actors if i != j]
    return Network.from_ties(actors, [cells[k] for k in rng.choice(len(cells), people * names, replace=False)])


def of_two(one: tuple[int, int], other: tuple[int, int], rng: np.random.Generator) -> P:
    """The p-values of the differences of two communities."""
    both = community("a", *one, rng), community("b", *other, rng)
    chance = [cug.same_ties(network, rng, DRAWS) for network in both]
    values = [cug.values_of(network) for network in both]
    for name in cug.MEASURES:
        yield name, cug.difference(values[0][name], values[1][name], (chance[0][name], chance[1][name]), rng, DRAWS).p
    whole = community("c", one[0] + other[0], one[1], rng)
    sides = pd.Series(np.where(np.arange(whole.n) < one[0], "a", "b"), index=list(whole.actors))
    tests = group_ties_test(whole, sides, rng, DRAWS)
    observed = tests.homophily["a"].observed - tests.homophily["b"].observed
    chance_of = tests.apart("a", "b")
    yield "homophily", min(1.0, 2 * min(chance_of.p_at_least(observed), chance_of.p_at_most(observed)))


def rates(draw: Callable[[np.random.Generator], P], replications: int, seed: int) -> dict[str, float]:
    """Share of replications with p ≤ .05, by test."""
    rng = np.random.default_rng([SEED, seed])
    wrong: dict[str, int] = {}
    for _ in range(replications):
        for name, p in draw(rng):
            wrong[name] = wrong.get(name, 0) + (p <= ALPHA)
    return {name: count / replications for name, count in wrong.items()}


def table(title: str, rows: dict[str, dict[str, float]]) -> None:
    """One table as Markdown."""
    names = list(next(iter(rows.values())))
    print(f"| {title} | {' | '.join(names)} |")
    print("|---" * (len(names) + 1) + "|")
    for label, found in rows.items():
        print(f"| {label} | {' | '.join(f'{found[name]:.3f}' for name in names)} |")
    print()


def main() -> None:
    """Print the tables."""
    many = int(sys.argv[1]) if len(sys.argv) > 1 else REPLICATIONS
    years = {
        f"{people}, {usual}, {spread}": rates(lambda rng, y=(people, usual, spread): of_a_year(*y, rng), many, at)
        for at, (people, usual, spread) in enumerate(YEARS)
    }
    table("people, how readily they come, how far they differ", years)
    groups = {f"{n}": rates(lambda rng, n=n: of_groups(n, rng), many, 100 + n) for n in (9, 12, 18)}
    table("people in threes", groups)
    pairs = {
        f"{one[0]}, {one[1]} and {other[0]}, {other[1]}": rates(
            lambda rng, one=one, other=other: of_two(one, other, rng), many, 200 + at
        )
        for at, (one, other) in enumerate(PAIRS)
    }
    table("people, names of each", pairs)


if __name__ == "__main__":
    main()
