"""How often the tests about facilitators reject when they should not, and how good the interval of a change is.

    python benchmarks/simulate_contacts.py [REPLICATIONS]

Made-up logs of one-to-one contact over 41 weeks in which nothing but chance is at work: contacts fall on anybody who is
there, on any day; need has nothing to do with them; people differ in how much contact they have, but not between the
terms of 17 and 24 weeks, once with visits of each person in a term varying as chance alone has it (Poisson) and once
far more (`bursts`). And made-up ties of sources, a facilitator, members and others like them, of two levels of school
that differ in how many ties they have; a tenth of the cells is unknown. Everything is drawn from a fixed seed. Prints
the tables of docs/simulations.md.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import partial

import numpy as np

from sna.inference.bridging import bridging_test, buffering_test
from sna.inference.contact import Change, change_test, evenness_test, need_test, steadiness_test
from sna.networks import Network

DRAWS, SEED, ALPHA = 199, 20221122, 0.05
WEEKS = (17.0, 24.0)
DAYS = 287
MONTHS = np.arange(DAYS) // 31
LATE = 120  # the day on which those who join late do
MINUTES = (30, 45, 60, 90)
# People, of whom some join late, and contacts.
LOGS = ((6, 0, 20), (8, 2, 60), (12, 0, 60), (12, 4, 150), (25, 5, 400))
# People and contacts of each in the first term.
TERMS = ((6, 4.0), (8, 2.0), (12, 1.0), (12, 5.0), (25, 3.0))
# Sources, members, others.
PLACES = ((3, 5, 5), (5, 10, 10), (10, 12, 30))
P = Iterator[tuple[str, float]]


def random_log(
    people: int, late: int, contacts: int, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Who was seen, on which day, and who was there on which: contacts fall on any day of anybody's membership."""
    there = np.ones((people, DAYS), dtype=bool)
    there[:late, :LATE] = False
    who, days = np.nonzero(there)
    at = rng.integers(len(who), size=contacts)
    return who[at], days[at], there


def p_of_log(people: int, late: int, contacts: int, rng: np.random.Generator) -> P:
    """The p-values of a log in which nothing but chance is at work."""
    who, days, there = random_log(people, late, contacts, rng)
    could, minutes = there[:, days].T, rng.choice(MINUTES, size=contacts)
    yield "Gini of contacts", evenness_test(who, could, np.ones(contacts), rng, DRAWS)["gini"].p
    spread = evenness_test(who, could, minutes, rng, DRAWS)
    yield "Gini of minutes", spread["gini"].p
    yield "effective number (minutes)", spread["effective_number"].p
    counts = np.zeros((people, MONTHS.max() + 1))
    np.add.at(counts, (who, MONTHS[days]), 1)
    months = np.array([np.bincount(MONTHS, weights=row) for row in there])
    for name, test in steadiness_test(counts, months, rng, DRAWS).items():
        yield {"variation": "variation by month", "reached": "months with contact"}[name], test.p
    rate = np.bincount(who, minlength=people) / there.sum(axis=1)
    yield "need", need_test(rate, rng.integers(1, 6, size=people), rng, DRAWS).p


def made_change(people: int, each: float, ratio: float, bursts: bool, rng: np.random.Generator) -> Change:
    """The test of a change on counts of people who differ in how much contact they have."""
    own = each * rng.gamma(2, 0.5, size=people)
    more = rng.gamma(2, 0.5, size=(2, people)) if bursts else np.ones((2, people))
    first = rng.poisson(own * more[0])
    second = rng.poisson(own * more[1] * ratio * WEEKS[1] / WEEKS[0])
    before, after = (np.full(people, weeks) for weeks in WEEKS)
    return change_test(first, second, before, after, rng, DRAWS)


def p_of_ties(sources: int, members: int, others: int, rng: np.random.Generator) -> P:
    """The p-values of ties that have nothing to do with who is a member."""
    served, rest = [f"m{i}" for i in range(members)], [f"c{i}" for i in range(others)]
    people, given = [*served, *rest], [f"e{i}" for i in range(sources)]
    level = dict(zip(people, rng.permutation(["high", "middle"] * (len(people) // 2 + 1)).tolist(), strict=False))
    dense = {"high": 0.5, "middle": 0.2}
    for name, test in (("bridging", bridging_test), ("buffering", buffering_test)):
        ties = [(e, "f") for e in given if rng.random() < 0.8] or [(given[0], "f")]
        ties += [(e, one) for e in given for one in people if rng.random() < dense[level[one]]]
        ties += [("f", one) for one in people if rng.random() < dense[level[one]]]
        cells = [(a, one) for a in [*given, "f"] for one in people]
        unknown = {cells[i] for i in np.flatnonzero(rng.random(len(cells)) < 0.1).tolist()}
        network = Network.from_ties(
            [*given, "f", *people], [t for t in ties if t not in unknown], unknown=sorted(unknown), flow="along"
        )
        found = test(network, given, "f", served, rest, level, rng, DRAWS)
        yield name, found["bridging" if name == "bridging" else "adjusted"].p


def rejected(make: Callable[[np.random.Generator], P], replications: int, *key: int) -> dict[str, float]:
    """Name of a test → the share of made-up data that it rejects at .05; what is undefined is not rejected."""
    rng = np.random.default_rng([SEED, *key])
    found: dict[str, list[bool]] = {}
    for _ in range(replications):
        for name, p in make(rng):
            found.setdefault(name, []).append(p <= ALPHA)
    return {name: float(np.mean(those)) for name, those in found.items()}


def main() -> None:
    """Print the tables."""
    replications = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    print(f"{replications} logs or sets of ties a line, {DRAWS} draws of each null, seed {SEED}.\n")
    for size in LOGS:
        shares = rejected(partial(p_of_log, *size), replications, *size)
        if size == LOGS[0]:
            print(f"| people, of them late, contacts | {' | '.join(shares)} |\n|{'---|' * (len(shares) + 1)}")
        print(
            f"| {', '.join(map(str, size))} | {' | '.join(f'{share:.3f}' for share in shares.values())} |", flush=True
        )
    print("\n| people, contacts of each in the first term | visits vary | true ratio | rejected | interval holds it |")
    print("|---|---|---|---|---|")
    for people, each in TERMS:
        for bursts in (False, True):
            for ratio in (1.0, 0.4):
                rng = np.random.default_rng([SEED, people, int(each), int(bursts), int(10 * ratio)])
                found = [made_change(people, each, ratio, bursts, rng) for _ in range(replications)]
                known = [one for one in found if one.reason is None]
                held = np.mean([one.low <= ratio <= one.high for one in known])
                no = np.mean([one.p <= ALPHA for one in found])
                words = "in bursts" if bursts else "as chance has it"
                print(f"| {people}, {each:g} | {words} | {ratio:g} | {no:.3f} | {held:.3f} |", flush=True)
    print("\n| sources, members, others | bridging | buffering |\n|---|---|---|")
    for places in PLACES:
        shares = rejected(partial(p_of_ties, *places), replications, *places)
        print(f"| {', '.join(map(str, places))} | {' | '.join(f'{share:.3f}' for share in shares.values())} |")


if __name__ == "__main__":
    main()
