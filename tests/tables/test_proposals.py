"""Proposals for typed names: the quick way against the slow definition, which must agree to the last letter."""

from __future__ import annotations

import random
from collections import Counter

from hypothesis import example, given, settings
from hypothesis import strategies as st

from sna.tables.proposals import Candidate, Proposer, propose
from tests.reference import slow_proposals as slow

OFTEN = settings(deadline=None, max_examples=300, derandomize=True)

GIVEN = (
    *("Robert", "Bob", "Rob", "Maria", "Marie", "Mary", "José", "Jose", "Ana", "Anna", "Ann", "William", "Bill"),
    *("Elizabeth", "Liz", "Beth", "Siobhán", "Jean-Luc", "Jean Luc", "Jon", "John", "X", "Łukasz", "Søren", "明"),
)
SURNAMES = (
    *("Tessler", "Tesler", "Kessler", "Lopez", "López", "Álvarez-Ruiz", "Alvarez Ruiz", "Ruiz", "O'Dell", "Odell"),
    *("Smith", "Smyth", "Young", "Younge", "Novak", "Nowak", "Principal", "Head", "Ng", "Li", "李", "van der Berg"),
)
SCHOOLS = ("Lincoln School", "Lincoln", "Lincoln Park School", "Cedar School", "Cédar", "St. Mary's", "…", "")
ROLES = ("principal", "vice principal", "teacher leader", "coach", "Head of maths")
TITLES = ("", "", "", "Dr. ", "Principal ", "Vice Principal ", "Coach ", "Mrs ", "Head teacher ")
ODD = (
    *("", " ", "?", "…", "🙂", "🙂🙂 Lopez", "-", "Dr.", "Principal", "a", "A B", "@", "N/A"),
    *(
        "? at Lincoln",
        "Maria at ?",
        "Maria at",
        "at Lincoln",
        "(Lincoln)",
        "Maria (Lincoln",
        "Lopez,",
        ", Ana",
        "a, b, c",
    ),
)
ODD_NAMES = ("", "?", "🙂", "Cher", "Lopez", "Maria", "Dr. Ana Lopez", "Lopez, Ana", "  ana   LOPEZ ", "M" * 300)
LETTERS = "abcdefghijklmnopqrstuvwxyz '-.é🙂"


def respelt(text: str, rng: random.Random, times: int) -> str:
    """A text with some slips of the keys."""
    for _ in range(times):
        at = rng.randrange(len(text) + 1)
        left, right = text[:at], text[at:]
        slips = [left + rng.choice(LETTERS) + right, left + right[1:], left + rng.choice(LETTERS) + right[1:]]
        slips += [left + right[1:2] + right[:1] + right[2:], left + right[:1] + right]
        text = rng.choice(slips)
    return text


def written(given_name: str, surname: str, rng: random.Random) -> str:
    """One of the ways in which people write whom they mean."""
    where = rng.choice(SCHOOLS + ROLES)
    ways = [f"{given_name} {surname}"] * 4
    ways += [f"{surname}, {given_name}"] * 2
    ways += [f"{given_name[:1]}. {surname}", f"{given_name[:1]} {surname}", surname, given_name, given_name.upper()]
    ways += [f"{given_name} at {where}", f"{given_name} ({where})", f"{given_name} {surname} @ {where}"]
    ways += [f"{given_name} from {where.split(' ')[0]}", f"{given_name} Q. {surname}", f"{surname} {given_name}"]
    ways += [f"{given_name} - {where}", f"{rng.choice(GIVEN)} {surname}", f"{given_name} {rng.choice(SURNAMES)}"]
    return rng.choice(TITLES) + rng.choice(ways)


def groups_of(rng: random.Random) -> frozenset[str]:
    return frozenset(rng.sample(SCHOOLS + ROLES, rng.randrange(4)))


def made_up(size: int, rng: random.Random, given_names: tuple[str, ...], surnames: tuple[str, ...]) -> list[Candidate]:
    """A roster, with namesakes, people of one name, and names that fold to nothing."""
    people = []
    for number in range(size):
        name = f"{rng.choice(given_names)} {rng.choice(surnames)}"
        name = respelt(name, rng, 1) if rng.random() < 0.1 else name
        name = rng.choice(ODD_NAMES) if rng.random() < 0.1 else name
        people.append(Candidate(f"P{number}", name, groups_of(rng)))
    return people


def typed_about(people: list[Candidate], rng: random.Random) -> str:
    """A text about somebody, on the roster or not."""
    if rng.random() < 0.1:
        return rng.choice(ODD)
    if people and rng.random() < 0.6:
        first, *rest = rng.choice(people).name.split() or [""]
        text = written(first, " ".join(rest), rng)
    else:
        text = written(rng.choice(GIVEN), rng.choice(SURNAMES), rng)
    return respelt(text, rng, rng.choice((0, 0, 0, 1, 1, 2, 4)))


def agree(people: list[Candidate], texts: list[tuple[str, list[frozenset[str]]]]) -> list[str]:
    """Check that one `Proposer` says of each text what the definition says; the reasons it gave."""
    proposer = Proposer(people)
    reasons = []
    for typed, typists in texts:
        expected = slow.propose(typed, people, typists)
        assert proposer.propose(typed, typists) == expected, (typed, people)
        reasons.append(expected.reason)
    return reasons


@OFTEN
@given(rng=st.randoms(use_true_random=False), size=st.integers(0, 25))
def test_on_random_rosters(rng: random.Random, size: int) -> None:
    people = made_up(size, rng, GIVEN, SURNAMES)
    texts = [typed_about(people, rng) for _ in range(8)]
    agree(people, [(typed, [groups_of(rng) for _ in range(rng.randrange(3))]) for typed in texts])


NAMES = st.text("ab c", max_size=9) | st.text("abcdefgh .,'-", max_size=16) | st.text(max_size=12)


@OFTEN
@given(names=st.lists(NAMES, max_size=12), texts=st.lists(NAMES, min_size=1, max_size=6))
@example(names=["a" * 254, "a" * 255, "a" * 256, "b" * 255], texts=["a" * 255, "a" * 300, "a" * 200, "a" * 1000])
@example(names=["b" + "a" * 256, "c"], texts=["c" + "a" * 256, "c" + "a" * 255 + "b"])
@example(names=[], texts=["Ana Lopez", ""])
@example(names=["?"], texts=["?", "a"])
def test_on_any_text(names: list[str], texts: list[str]) -> None:
    people = [Candidate(str(number), name, frozenset({"all"})) for number, name in enumerate(names)]
    agree(people, [(text, [frozenset({"all"})]) for text in texts])


SPELLINGS = st.text("abc ", min_size=1, max_size=10) | st.text("abcdefghijkl ", min_size=1, max_size=24)


@OFTEN
@given(data=st.data(), names=st.lists(SPELLINGS, min_size=1, max_size=20))
def test_nobody_at_an_edge_is_lost(data: st.DataObject, names: list[str]) -> None:
    """Of the names that a text is like, none is passed over: the score of the best is said to two places."""
    text = data.draw(SPELLINGS | st.permutations(list(names[0])).map("".join))
    people = [Candidate(str(number), name, frozenset()) for number, name in enumerate(names)]
    agree(people, [(text, [])])


KINDS = ("; closest", "fits several", "shares no group", "spelt much", "short form", "initial", "only", "place")


def test_on_larger_rosters() -> None:
    """Rosters of few names and many namesakes, and of many names; every kind of answer is given."""
    said: Counter[str] = Counter()
    for seed in range(6):
        rng = random.Random(seed)
        syllables = ("an", "be", "cal", "del", "fi", "go", "ha", "in", "ko", "lor", "mi", "nou", "ra", "sel", "tor")
        coined = tuple("".join(rng.choices(syllables, k=rng.randint(1, 4))).title() for _ in range(600))
        given_names, surnames = (GIVEN, SURNAMES) if seed % 3 == 0 else (GIVEN + coined[:50], coined)
        people = made_up(300, rng, given_names, surnames)
        everything = frozenset(SCHOOLS + ROLES)
        texts = [(typed_about(people, rng), [rng.choice((everything, groups_of(rng)))]) for _ in range(300)]
        for reason in agree(people, texts):
            said[next((kind for kind in KINDS if kind in reason), "nobody")] += 1
    assert all(said[kind] for kind in (*KINDS, "nobody")), said


def test_people_who_are_hidden_are_nobody() -> None:
    """Whoever is left out of the candidates neither is proposed nor makes a surname less than unique."""
    people = [Candidate("P1", "Ana Lopez", frozenset({"x"})), Candidate("P2", "Eva Lopez", frozenset({"x"}))]
    assert propose("Lopez", people, [frozenset({"x"})]).actor_id is None
    assert propose("Lopez", people[:1], [frozenset({"x"})]).actor_id == "P1"


def test_namesakes_are_said_in_the_order_of_the_roster() -> None:
    names = ("Anastasia Lopes", "Anastasia Lopez", "Anastasía Lopez", "Anastasia Lopes", "Anastasia Lópes")
    proposer = Proposer(Candidate(f"P{n}", name, frozenset({f"s{n}"})) for n, name in enumerate(names))
    reason = proposer.propose("Anastasia Lopez", []).reason
    assert reason == "fits several people: Anastasia Lopez, Anastasía Lopez, Anastasia Lopes, Anastasia Lopes"
    assert proposer.propose("Anastasia (s3)", []).actor_id == "P3"
