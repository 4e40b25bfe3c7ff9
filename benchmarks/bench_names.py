"""How long `sna names` takes over its proposals, and how much memory: the promise, measured. Exit code 1 if broken.

    python benchmarks/bench_names.py

10,000 different typed names against a roster of 100,000 people, all made up here from a fixed seed. Processor time is
that of the whole process with all its threads; memory is the most that it ever held.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections import Counter

from sna.tables.people import name_key
from sna.tables.proposals import Candidate, Proposal, Proposer

PEOPLE, TEXTS = 100_000, 10_000
SECONDS, MEGABYTES = 60.0, 2048.0
GIVEN = (
    *("Robert", "William", "James", "John", "Michael", "David", "Richard", "Thomas", "Charles", "Daniel", "Matthew"),
    *("Anthony", "Steven", "Andrew", "Joshua", "Kenneth", "Kevin", "Edward", "Timothy", "Jason", "Jeffrey", "Ryan"),
    *("Mary", "Patricia", "Jennifer", "Linda", "Elizabeth", "Barbara", "Susan", "Jessica", "Sarah", "Karen", "Lisa"),
    *("Maria", "Ana", "José", "Carmen", "Luis", "Sofía", "Chloë", "Siobhán", "Łukasz", "Søren", "Wei", "Mei", "Ngozi"),
    *("Margaret", "Deborah", "Stephanie", "Rebecca", "Katherine", "Christine", "Alexander", "Benjamin", "Samuel"),
)
SURNAMES = (
    *("Smith", "Johnson", "Williams", "Brown", "Jones", "García", "Miller", "Davis", "Rodríguez", "Martínez", "Lopez"),
    *("Hernandez", "Gonzalez", "Wilson", "Anderson", "Thomas", "Taylor", "Moore", "Jackson", "Martin", "Lee", "Young"),
    *("Nguyen", "Kim", "Chen", "Novak", "O'Dell", "Álvarez-Ruiz", "van der Berg", "Okafor", "Kowalski", "Schneider"),
)
STARTS = ("An", "Bel", "Car", "Dor", "El", "Fen", "Gra", "Hol", "Is", "Jan", "Kel", "Lor", "Mar", "Nor", "Os", "Pel")
MIDDLES = ("a", "be", "ci", "do", "en", "fa", "gi", "la", "mi", "no", "ra", "ro", "sa", "ti", "ve", "za")
ENDS = ("na", "n", "ta", "rd", "son", "man", "ley", "ski", "ez", "ing", "berg", "well", "ton", "ck", "lo", "th")
ROLES = ("principal", "vice principal", "teacher", "teacher leader", "coach", "superintendent")


def main() -> int:
    """Propose, print what it took beside what is allowed, and return 1 if it took more."""
    rng = random.Random(20_240_501)
    people = roster(rng)
    texts = typed_names(people, rng)
    typists = [[rng.choice(people).groups for _ in range(rng.randint(1, 3))] for _ in texts]
    start, before = time.process_time(), _peak()
    proposer = Proposer(people)
    ready = time.process_time()
    proposals = [proposer.propose(text, by) for text, by in zip(texts, typists, strict=True)]
    end, peak = time.process_time(), _peak()
    print(f"{len(texts):,} typed names against a roster of {len(people):,}: {_said(proposals)}")
    print(f"  of the processor time, {ready - start:.1f} s to index the roster; {before:.0f} MB held before that")
    fine = True
    for what, took, allowed, unit in (
        ("processor time", end - start, SECONDS, "s"),
        ("peak memory", peak, MEGABYTES, "MB"),
    ):
        fine &= took < allowed
        print(f"  {what}: {took:,.1f} {unit} of {allowed:,.0f} {unit}{'' if took < allowed else '  TOO MUCH'}")
    return 0 if fine else 1


def roster(rng: random.Random) -> list[Candidate]:
    """100,000 people at 2,000 schools: a third have common names, the others names made of syllables."""
    schools = [f"{rng.choice(SURNAMES)} {coined(rng)} School" for _ in range(PEOPLE // 50)]
    given_names = [coined(rng) for _ in range(2_000)]
    surnames = [coined(rng) for _ in range(15_000)]
    people = []
    for number in range(PEOPLE):
        given = rng.choice(GIVEN if rng.random() < 1 / 3 else given_names)
        surname = rng.choice(SURNAMES if rng.random() < 1 / 3 else surnames)
        groups = frozenset({rng.choice(schools), rng.choice(ROLES)})
        people.append(Candidate(f"P{number}", f"{given} {surname}", groups))
    return people


def coined(rng: random.Random) -> str:
    """A name made of syllables."""
    middles = rng.choices(MIDDLES, k=rng.choice((0, 1, 1, 2)))
    return "".join((rng.choice(STARTS), *middles, rng.choice(ENDS)))


def typed_names(people: list[Candidate], rng: random.Random) -> list[str]:
    """10,000 different texts: misspelt names, initials, surnames, given names and places, people not on the roster."""
    texts: dict[str, str] = {}
    while len(texts) < TEXTS:
        person = rng.choice(people)
        given, surname = person.name.split(maxsplit=1)
        place = next(value for value in sorted(person.groups) if value not in ROLES)
        text = rng.choice(
            (
                *[misspelt(person.name, rng)] * 5,
                misspelt(misspelt(person.name, rng), rng),
                f"{given[0]}. {surname}",
                f"{surname}, {misspelt(given, rng)}",
                f"{given[:3]} {surname}",
                f"{rng.choice(('Dr.', 'Mrs', 'Principal', 'Coach'))} {surname}",
                f"{given} at {place.split()[0]}",
                given,
                f"{coined(rng)} {coined(rng)}",
                f"{rng.choice(GIVEN)} {coined(rng)}{coined(rng).lower()}",
            )
        )
        texts.setdefault(name_key(text), text)
    return list(texts.values())


def misspelt(name: str, rng: random.Random) -> str:
    """A name with one letter left out, doubled, changed, or swapped with the next."""
    at = rng.randrange(len(name) - 1)
    a, b = name[at], name[at + 1]
    return name[:at] + rng.choice((b, a + a + b, rng.choice("aeiounrst") + b, b + a)) + name[at + 2 :]


def _said(proposals: list[Proposal]) -> str:
    """How many of each kind of answer, in words."""
    kinds = Counter("somebody" if p.actor_id else p.reason.partition(":")[0].partition(";")[0] for p in proposals)
    return ", ".join(f"{times:,} {kind}" for kind, times in kinds.most_common())


def _peak() -> float:
    """The most memory this process has held so far, in MB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)


if __name__ == "__main__":
    sys.exit(main())
