"""How often pairs are kept who have nothing to do with each other, and how often planted groups are found.

    python benchmarks/simulate_backbone.py [REPLICATIONS]

Made-up attendance: everybody comes to an event with a chance that depends on the person and the event alone (log-odds:
the stated share, a person's and an event's own leaning, each normal with the standard deviation stated). Of that, no
pair should be kept more often than one time in twenty. `join late`: half of the people join during the first half of
the year; `joint sessions`: four communities whose sessions are joint ones of two that stand next to each other in a
ring.

`groups`: people of one group of three come to events of their own theme more often. At required meetings there are no
themes: everybody comes with the chance stated. Everything is drawn from a fixed seed. Prints the tables of
docs/simulations.md.
"""

from __future__ import annotations

import sys

import numpy as np

from sna.inference.backbone import MODELS, Backbone, Meetings, backbones
from sna.networks.network import Bools

DRAWS, SEED, ALPHA = 199, 20221122, 0.05
# People, events, share of attendance, how far people and events differ, who could come.
NULLS = (
    (12, 20, 0.5, 1, "everybody"),
    (12, 20, 0.85, 1, "everybody"),
    (18, 14, 0.35, 1, "everybody"),
    (30, 20, 0.5, 1, "everybody"),
    (60, 40, 0.5, 1, "everybody"),
    (12, 20, 0.5, 1, "join late"),
    (30, 20, 0.5, 1, "join late"),
    (24, 24, 0.5, 1, "joint sessions"),
    (12, 20, 0.5, 0, "everybody"),
    (30, 20, 0.5, 0, "everybody"),
    (60, 40, 0.5, 0, "everybody"),
    (24, 24, 0.5, 0, "joint sessions"),
)
# What, people, events, chance to come to events of one's own theme, and to others.
PLANTED = (
    ("required meetings, 85 % come", 12, 20, 0.85, 0.85),
    ("themed events", 12, 20, 0.7, 0.4),
    ("themed events", 12, 40, 0.7, 0.4),
    ("themed events", 60, 40, 0.7, 0.4),
    ("themed events, clear-cut", 12, 20, 0.9, 0.2),
    ("themed events, clear-cut", 12, 40, 0.9, 0.2),
    ("themed events, clear-cut", 60, 40, 0.9, 0.2),
)
GROUP = 3


def eligible(people: int, events: int, who: str, rng: np.random.Generator) -> Bools:
    """Who could come to what."""
    if who == "join late":
        joins = np.where(rng.random(people) < 0.5, 0, rng.integers(0, events // 2 + 1, people))
        return np.asarray(np.arange(events) >= joins[:, None], dtype=bool)
    if who == "joint sessions":
        mine, theirs = np.arange(people) % 4, np.arange(events) % 4
        return np.asarray((mine[:, None] == theirs) | (mine[:, None] == (theirs + 1) % 4), dtype=bool)
    return np.ones((people, events), dtype=bool)


def by_chance(people: int, events: int, share: float, spread: float, rng: np.random.Generator) -> Bools:
    """Who comes, when nobody looks at who else does."""
    lean = np.log(share / (1 - share)) + spread * rng.normal(size=(people, 1)) + spread * rng.normal(size=events)
    return np.asarray(rng.random((people, events)) < 1 / (1 + np.exp(-lean)), dtype=bool)


def in_groups(people: int, events: int, own: float, other: float, rng: np.random.Generator) -> tuple[Bools, Bools]:
    """Who comes when people of one group share a theme; and which pairs are of one group."""
    group, theme = np.arange(people) // GROUP, rng.integers(0, people // GROUP, events)
    came = rng.random((people, events)) < np.where(group[:, None] == theme, own, other)
    return np.asarray(came, dtype=bool), np.asarray(group[:, None] == group, dtype=bool)


def rejected(found: dict[str, Backbone], pairs: Bools) -> list[float]:
    """The share of these pairs with p ≤ .05, by each model; NaN without a pair or a test."""
    return [
        float(np.mean(one.p[pairs] <= ALPHA)) if one.reason is None and pairs.any() else np.nan
        for one in found.values()
    ]


def main() -> None:
    """Print both tables."""
    replications = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    print(f"{replications} made-up programmes a line, {DRAWS} tables with the same sums each, seed {SEED}.\n")
    heads = {"fdsm": "FDSM", "sdsm": "SDSM", "hypergeometric": "hypergeometric"}
    named = " | ".join(heads[model] for model in MODELS)
    print(f"| people × events | share who come | leaning | who could come | {named} |")
    print("|---|---|---|---|---|---|---|")
    for people, events, share, spread, who in NULLS:
        rng = np.random.default_rng([SEED, people, events, int(100 * share), len(who)])
        rates = []
        for _ in range(replications):
            could = eligible(people, events, who, rng)
            met = Meetings.of(by_chance(people, events, share, spread, rng), could)
            rates.append(rejected(backbones(met, rng, DRAWS), np.ones(len(met.one), dtype=bool)))
        cells = " | ".join(f"{rate:.3f}" for rate in np.nanmean(rates, axis=0))
        print(f"| {people} × {events} | {share:g} | {spread:g} | {who} | {cells} |", flush=True)
    print(f"\n| what | people × events | own, other events | {named} | FDSM: pairs of no group |")
    print("|---|---|---|---|---|---|---|")
    for what, people, events, own, other in PLANTED:
        rng = np.random.default_rng([SEED, people, events, int(100 * own), int(100 * other)])
        inside, outside = [], []
        for _ in range(max(replications // 5, 1)):
            came, same = in_groups(people, events, own, other, rng)
            met = Meetings.of(came, np.ones_like(came))
            found = backbones(met, rng, DRAWS)
            pairs = same[met.one, met.other]
            inside.append(rejected(found, pairs))
            outside.append(rejected(found, ~pairs)[0])
        cells = " | ".join(f"{rate:.3f}" for rate in np.nanmean(inside, axis=0))
        sizes = f"{people} × {events} | {own:g}, {other:g}"
        print(f"| {what} | {sizes} | {cells} | {np.nanmean(outside):.3f} |", flush=True)


if __name__ == "__main__":
    main()
