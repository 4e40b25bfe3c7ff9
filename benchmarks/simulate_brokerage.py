"""How often the tests about brokerage reject when they should not, and how often they find a planted broker.

    python benchmarks/simulate_brokerage.py [REPLICATIONS]

Made-up networks in which groups have nothing to do with ties. `anywhere`: ties stand anywhere. `popular`: everybody
names as many, some people are named far more often than others. `silent`: anywhere, and a quarter does not answer.
`partly`: anywhere, and one cell in seven is unknown. `partners`: anywhere, and the last group, a fifth of the roster,
was asked nothing but is named. Planted: people name others of their own group 15 times as often, and one is tied
to people of every other group both ways. Everything is drawn from a fixed seed. Prints the tables of
docs/simulations.md.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sna.inference.brokerage import KINDS, brokerage_test
from sna.inference.group_ties import OVERALL, group_ties_test
from sna.networks import Network

# Sixty people are looked at: with fewer than 20 draws for each none of them could be singled out.
DRAWS, SEED, ALPHA = 1_499, 20181126, 0.05


@dataclass(frozen=True)
class Setting:
    """People, groups, mean number of names, and which sort of network."""

    sort: str
    n: int
    groups: int
    names: float

    def __str__(self) -> str:
        return f"{self.sort} | {self.n}, {self.groups}, {self.names:g}"


SETTINGS = (
    Setting("anywhere", 9, 3, 2),
    Setting("anywhere", 18, 3, 3),
    Setting("anywhere", 36, 6, 4),
    Setting("anywhere", 60, 12, 5),
    Setting("popular", 18, 3, 3),
    Setting("popular", 36, 6, 4),
    Setting("silent", 18, 3, 3),
    Setting("silent", 36, 6, 4),
    Setting("partly", 18, 3, 3),
    Setting("partners", 20, 2, 3),
    Setting("partners", 30, 4, 4),
)


PLANTED = (
    (SETTINGS[1], 2),
    (SETTINGS[1], 3),
    (SETTINGS[2], 1),
    (SETTINGS[2], 2),
    (SETTINGS[3], 1),
    (SETTINGS[3], 2),
)


def made(one: Setting, rng: np.random.Generator, own: float = 1.0) -> tuple[Network, pd.Series]:
    """A made-up network and everybody's group; people name those of their own group `own` times as often."""
    n = one.n
    ids = [f"p{i}" for i in range(n)]
    partners = n // 5 if one.sort == "partners" else 0
    inside = one.groups - (partners > 0)
    codes = np.concatenate([rng.permutation(np.arange(n - partners) % inside), np.full(partners, inside)])
    speaks = np.ones(n, dtype=bool)
    speaks[n - partners :] = False
    if one.sort == "silent":
        speaks[rng.choice(n, n // 4, replace=False)] = False
    known = np.repeat(speaks[:, None], n, axis=1) & ~np.eye(n, dtype=bool)
    if one.sort == "partly":
        known &= rng.random((n, n)) >= 1 / 7
    pull = rng.gamma(0.7, 1.0, n) + 0.1 if one.sort == "popular" else np.ones(n)
    weight = np.where(known, pull[None, :] * np.where(codes[:, None] == codes[None, :], own, 1.0), 0.0)
    if one.sort == "popular":
        cells = [(i, j) for i in range(n) for j in rng.choice(n, int(one.names), False, weight[i] / weight[i].sum())]
    else:
        flat = weight.ravel() / weight.sum()
        many = rng.binomial(int(known.sum()), one.names / (n - 1))
        cells = [divmod(int(cell), n) for cell in rng.choice(n * n, many, False, flat)]
    holes = np.argwhere(speaks[:, None] & ~known & ~np.eye(n, dtype=bool)).tolist()
    network = Network.from_ties(
        ids,
        [(ids[i], ids[j]) for i, j in cells],
        answered=[ids[i] for i in np.flatnonzero(speaks)],
        unknown=[(ids[i], ids[j]) for i, j in holes],
    )
    return network, pd.Series([f"g{code}" for code in codes], index=ids)


def ps(network: Network, group: pd.Series, rng: np.random.Generator, draws: int) -> dict[str, float]:
    """Name of a test → p; what cannot be tested is 1, because it does not reject."""
    found: dict[str, float] = {}
    test = brokerage_test(network, group, rng, draws)
    for name, drawn in (("arcs", test.arcs), ("labels", test.labels)):
        for at, kind in enumerate(KINDS):
            if name == "labels" and kind == "total":
                continue
            for tail in ("high", "low"):
                p = 1.0
                if drawn is not None and test.could[:, at].any():
                    chance, count = drawn.network(kind), float(test.observed[:, at].sum())
                    p = chance.p_at_least(count) if tail == "high" else chance.p_at_most(count)
                found[f"{kind}, {name}, {tail}"] = p
    found["somebody, arcs"] = float(np.nan_to_num(test.q_arcs, nan=1.0).min(initial=1.0))
    found["somebody, both"] = float(np.nan_to_num(np.maximum(test.q_arcs, test.q_labels), nan=1.0).min(initial=1.0))
    ties = group_ties_test(network, group, rng, draws)
    found |= {name: float(np.nan_to_num(ties.overall[name].p, nan=1.0)) for name in OVERALL}
    first = ties.homophily[sorted(ties.homophily)[0]]
    return {**found, "homophily": float(np.nan_to_num(first.p, nan=1.0))}


def rejections(one: Setting, replications: int, draws: int = DRAWS) -> dict[str, float]:
    """Name of a test → how often its p is at most .05 when nothing is going on."""
    rng = np.random.default_rng([SEED, one.n, one.groups, len(one.sort), ord(one.sort[-1])])
    found = pd.DataFrame([ps(*made(one, rng), rng, draws) for _ in range(replications)])
    # Where some people are far more popular, ties do not stand anywhere: that null does not hold.
    held = [name for name in found if one.sort != "popular" or "arcs" not in name]
    return {str(name): float((found[name] <= ALPHA).mean()) for name in held}


def planted(one: Setting, each: int, rng: np.random.Generator) -> tuple[Network, pd.Series, str]:
    """A network that keeps to groups, and a broker: tied both ways to `each` people of every other group."""
    network, group = made(one, rng, own=15.0)
    broker = str(rng.choice(list(network.actors)))
    ties = {(network.actors[i], network.actors[j]) for i, j, _ in network.ties()}
    for name in sorted(set(group) - {group[broker]}):
        for other in rng.choice(group.index[group == name].tolist(), each, replace=False).tolist():
            ties |= {(broker, str(other)), (str(other), broker)}
    return Network.from_ties(network.actors, sorted(ties)), group, broker


def main() -> None:
    """Print the tables."""
    replications = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    print(f"{replications} networks a line, {DRAWS} draws of each null, seed {SEED}.\n")
    every = [(one, rejections(one, replications)) for one in SETTINGS]
    for name in ("arcs", "labels"):
        kinds = [kind for kind in KINDS if name == "arcs" or kind != "total"]
        print(f"{name}, high / low\n\n| sort | people, groups, names | {' | '.join(kinds)} |")
        print(f"|---|---|{'---|' * len(kinds)}")
        for one, found in every:
            if name == "labels" or one.sort != "popular":
                print(f"| {one} | {' | '.join(_tails(found, f'{kind}, {name}') for kind in kinds)} |")
        print()
    names = (*OVERALL, "homophily", "somebody, arcs", "somebody, both")
    print(f"| sort | people, groups, names | {' | '.join(names)} |\n|---|---|{'---|' * len(names)}")
    for one, found in every:
        print(f"| {one} | {' | '.join(f'{found[name]:.3f}' if name in found else '–' for name in names)} |")
    headings = (
        "people, groups, names",
        "ties to each other group",
        "broker listed",
        "others listed",
        "beyond arcs alone",
    )
    print(f"\n| {' | '.join(headings)} |\n|{'---|' * len(headings)}")
    for one, each in PLANTED:
        print(
            f"| {one.n}, {one.groups}, {one.names:g} | {each} | {_found(one, each, max(replications // 10, 1))} |",
            flush=True,
        )


def _tails(found: dict[str, float], test: str) -> str:
    return " / ".join(f"{found[f'{test}, {tail}']:.3f}" for tail in ("high", "low"))


def _found(one: Setting, each: int, replications: int) -> str:
    """How often the broker is beyond both nulls, how many others are, how often the broker is beyond arcs alone."""
    rng = np.random.default_rng([SEED, one.n, each])
    hits, others, alone = [], [], []
    for _ in range(replications):
        network, group, broker = planted(one, each, rng)
        test = brokerage_test(network, group, rng, DRAWS)
        listed = (test.q_arcs <= ALPHA) & (test.q_labels <= ALPHA)
        at = test.people.index(broker)
        hits.append(listed[at])
        others.append(listed.sum() - listed[at])
        alone.append(test.q_arcs[at] <= ALPHA)
    return f"{np.mean(hits):.0%} | {np.mean(others):.2f} | {np.mean(alone):.0%}"


if __name__ == "__main__":
    main()
