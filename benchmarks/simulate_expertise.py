"""How often the tests of fixed or by task reject when they should not, and what Φ says of planted experts.

    python benchmarks/simulate_expertise.py [REPLICATIONS]

Made-up communities: everybody names about r others on each topic (one more or less at random), an expert of the topic w
times as likely as anybody else. `no experts`: w = 1. `unrelated`: each topic has three experts of its own, drawn anew;
`the same`: the same three on all topics; `rotating`: every topic has other experts; `one constant`: one expert on all
topics, two others on each. The last table puts six such communities together. Everything is drawn from a fixed seed.
Prints the tables of docs/simulations.md.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

import numpy as np

from sna.inference.fixity import fixity
from sna.inference.pooled import pooled_fixity
from sna.metrics.fixity import Nominations

DRAWS, SEED, ALPHA = 199, 20221122, 0.05
EXPERTS, COMMUNITIES = 3, 6
# People, topics, names each.
SIZES = ((9, 3, 2), (9, 5, 2), (12, 3, 3), (12, 5, 3), (18, 5, 3))
Experts = Callable[[int, int, np.random.Generator], list[list[int]]]


def nobody(n: int, topics: int, rng: np.random.Generator) -> list[list[int]]:
    """No experts."""
    return [[] for _ in range(topics)]


def unrelated(n: int, topics: int, rng: np.random.Generator) -> list[list[int]]:
    """Each topic's experts drawn by themselves."""
    return [rng.choice(n, EXPERTS, replace=False).tolist() for _ in range(topics)]


def the_same(n: int, topics: int, rng: np.random.Generator) -> list[list[int]]:
    """The same experts on every topic."""
    return [rng.choice(n, EXPERTS, replace=False).tolist()] * topics


def rotating(n: int, topics: int, rng: np.random.Generator) -> list[list[int]]:
    """Everybody's turn comes before anybody's second."""
    order = np.concatenate([rng.permutation(n) for _ in range(1 + topics * EXPERTS // n)])
    return [order[at * EXPERTS : (at + 1) * EXPERTS].tolist() for at in range(topics)]


def one_constant(n: int, topics: int, rng: np.random.Generator) -> list[list[int]]:
    """One expert on every topic, two others on each in turn."""
    order = rng.permutation(n).tolist()
    others = order[1:] * (1 + topics * 2 // (n - 1))
    return [[order[0], *others[2 * at : 2 * at + 2]] for at in range(topics)]


def made(n: int, topics: int, names: int, weight: float, experts: Experts, rng: np.random.Generator) -> Nominations:
    """A made-up community."""
    named = np.zeros((topics, n, n), dtype=bool)
    for topic, those in enumerate(experts(n, topics, rng)):
        chances = np.ones(n)
        chances[those] = weight
        for person in range(n):
            mine = np.where(np.arange(n) == person, 0.0, chances)
            many = names + int(rng.integers(-1, 2))
            named[topic, person, rng.choice(n, many, replace=False, p=mine / mine.sum())] = True
    people = tuple(str(i) for i in range(n))
    known = np.repeat(~np.eye(n, dtype=bool)[None], topics, axis=0)
    return Nominations(tuple(f"topic {t}" for t in range(topics)), people, people, named, known)


def main() -> None:
    """Print both tables."""
    replications = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    print(f"{replications} communities a line, {DRAWS} draws of each null, seed {SEED}.\n")
    print("| null that holds | people, topics, names each | p_concentrated | p_differs | p_fixed |")
    print("|---|---|---|---|---|")
    for what, weight, experts in (("no experts", 1.0, nobody), ("unrelated experts", 8.0, unrelated)):
        for size in SIZES:
            rng = np.random.default_rng([SEED, *size, len(what)])
            found = [fixity(made(*size, weight, experts, rng), rng, draws=DRAWS) for _ in range(replications)]
            rejected = [
                np.mean([getattr(one, name) <= ALPHA for one in found]) for name in ("p_concentrated", "p_fixed")
            ]
            shown = [f"{rejected[0]:.3f}" if weight == 1 else "–", "–", f"{rejected[1]:.3f}"]
            if weight == 1:
                shown[1] = f"{np.mean([one.p_differs <= ALPHA for one in found]):.3f}"
            print(f"| {what} | {', '.join(map(str, size))} | {' | '.join(shown)} |", flush=True)
    print("\n| experts | w | people, topics, names each | median Φ | Φ given | most common label |")
    print("|---|---|---|---|---|---|")
    planted = (("the same", the_same), ("rotating", rotating), ("one constant", one_constant), ("unrelated", unrelated))
    for what, experts in planted:
        for weight in (8.0, 3.0):
            for size in SIZES[1:]:
                rng = np.random.default_rng([SEED, *size, int(weight), len(what)])
                found = [
                    fixity(made(*size, weight, experts, rng), rng, draws=DRAWS)
                    for _ in range(max(replications // 5, 1))
                ]
                phis = np.array([one.phi for one in found])
                labels, times = np.unique([str(one.label) for one in found], return_counts=True)
                common = f"{labels[times.argmax()]} ({times.max() / len(found):.0%})"
                given = np.mean(~np.isnan(phis))
                median = np.nanmedian(phis) if given else np.nan
                print(
                    f"| {what} | {weight:g} | {', '.join(map(str, size))} | {median:.2f} | {given:.0%} | {common} |",
                    flush=True,
                )
    pooled(replications)


def pooled(replications: int) -> None:
    """Print how often six communities together reject, beside how often a single one does."""
    tests = ("p_concentrated", "p_differs", "p_fixed")
    print(f"\n| {COMMUNITIES} communities with | w | people, topics, names each | | {' | '.join(tests)} |")
    print("|---|---|---|---|---|---|---|")
    kinds = (("no experts", 1.0, nobody), ("the same", 3.0, the_same), ("rotating", 3.0, rotating))
    for what, weight, experts in kinds:
        for size in ((9, 3, 2), (12, 3, 3)):
            rng = np.random.default_rng([SEED, *size, int(weight), len(what), COMMUNITIES])
            together, single = [], []
            for _ in range(replications if weight == 1 else max(replications // 5, 1)):
                found = [fixity(made(*size, weight, experts, rng), rng, draws=DRAWS) for _ in range(COMMUNITIES)]
                single += [[getattr(one, name) <= ALPHA for name in tests] for one in found]
                joint = pooled_fixity(found)
                assert joint is not None
                together.append([getattr(joint, name) <= ALPHA for name in tests])
            for whose, rejected in (("together", together), ("each", single)):
                rates = " | ".join(f"{rate:.3f}" for rate in np.mean(rejected, axis=0))
                print(f"| {what} | {weight:g} | {', '.join(map(str, size))} | {whose} | {rates} |", flush=True)


if __name__ == "__main__":
    main()
