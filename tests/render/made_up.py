"""Made-up releases for tests of the pages."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sna.findings.explained import explanation
from sna.findings.pictures import EXPLAINED
from sna.privacy.release import (
    Blocks,
    Explanation,
    Figure,
    Member,
    Overview,
    Person,
    Picture,
    Release,
    ResponseLine,
    Status,
)

NAMES = """
Ana Marcus Priya Yusuf Carmen Kofi Lena Gloria Hana Ivan Joy Devon Elena Farid Zoë Björn Aaliyah Nadia Jorge Malik
Keiko Imani Luz Óscar Uma Siobhán Tariq Rosa Quinn Viktor Ximena Amara Dolores Chidi Hiroshi Eamon Beatriz Grace
Noor Wen Sofia Tomas Ruth Samuel Mei Omar Ingrid Paul Leila Andre

Lopez Mbeki Patel Moore Kaur Nunez Green Horvat Ito James Diallo Evans Ferrari Young Larsen Reyes Khan Kim Silva
Rossi Haddad Brown Jackson Adeyemi Ortiz Novak Davis Chen Wilson Flores O'Brien Smith Garcia-Lopez Müller Okafor
Nguyen Johnson Martin

Lincoln Roosevelt Jefferson Washington Harbor Riverbend Lakeshore Oakdale Madison Sunset Franklin Cedar
"""
FIRST, LAST, SCHOOLS = (block.split() for block in NAMES.split("\n\n"))
ROLES = ("Principal", "Assistant principal", "Teacher leader", "Coach", "Partner")
STATUSES: tuple[Status, ...] = ("answered", "silent", "not_asked")
STRENGTHS = {1.0: "a few times a year", 2.0: "monthly", 3.0: "weekly"}


def people(count: int) -> tuple[Person, ...]:
    """This many people with different names."""
    step = 7
    names = [f"{FIRST[i % len(FIRST)]} {LAST[(i * step + i // len(FIRST)) % len(LAST)]}" for i in range(count)]
    return tuple(Person(i + 1, name, True) for i, name in enumerate(names))


def overview(pictures: tuple[Picture, ...], title: str = "Instructional leadership community") -> Overview:
    """A first page for these pictures."""
    waves = tuple(dict.fromkeys((p.wave, p.wave_label) for p in pictures))
    relations = tuple(dict.fromkeys((p.relation, p.relation_label) for p in pictures))
    lines = []
    for p in pictures:
        asked = sum(m.status != "not_asked" for m in p.members)
        answered = sum(m.status == "answered" for m in p.members)
        rate = round(100 * answered / asked) if asked else 0
        lines.append(
            ResponseLine(
                p.relation, p.wave, p.relation_label, p.wave_label, str(len(p.members)), str(asked), str(answered),
                f"{rate} %", f"{len(p.ties):,}",
                "" if rate >= 80 else "Fewer than four in five answered: do not compare with another year.",
            )
        )  # fmt: skip
    return Overview(
        title=title,
        note="Twelve schools of one district, two rounds of the survey, people in five roles.",
        audience="For programme managers: names are shown where the person agreed.",
        summary=(
            "60 people of 12 schools were asked in 2023 and 2024.",
            "Advice ties rose from 214 to 251; about the same share of people answered both times.",
            "Four in ten advice ties cross from one school to another.",
        ),
        response=tuple(lines),
        read=("roster.csv: 60 people in 2 rounds.", "advice_2023.csv: 52 answers.", "advice_2024.csv: 51 answers."),
        left_out=("2 names in advice_2024.csv stand for nobody on the roster; their ties are not counted.",),
        questionable=('"J. Smith" in advice_2023.csv, row 12 was read as "Joy Smith".',),
        cautions=("A person with few ties is not a weak leader: somebody who did not answer names nobody.",),
        attendance=("42 of 60 people came to at least three of the five plenary meetings.",),
        waves=waves,
        relations=relations,
    )


def release(
    pictures: tuple[Picture, ...], persons: tuple[Person, ...], *, groups: tuple[str, ...] = ("Role", "School"),
    cluster: str | None = "School", title: str = "Instructional leadership community", blocks: tuple[Blocks, ...] = (),
) -> Release:  # fmt: skip
    """A release of these pictures."""
    told = {n: Explanation(n, *explanation(n, definition=True)) for n in EXPLAINED if pictures}
    return Release(overview(pictures, title), persons, groups, cluster, pictures, blocks, {}, (), {}, told)


def picture(
    members: tuple[Member, ...], ties: tuple[tuple[int, int, float], ...], relation: str = "advice", wave: str = "w1",
    relation_label: str = "Asks for advice", wave_label: str = "2024",
) -> Picture:  # fmt: skip
    """A picture of these people and ties, with words around it."""
    silent = sum(m.status == "silent" for m in members)
    return Picture(
        relation=relation,
        wave=wave,
        relation_label=relation_label,
        wave_label=wave_label,
        question="Whom do you turn to for advice about instruction?",
        headline=(
            f"{len(members)} people, {len(ties)} ties: on average each person who answered named "
            f"{len(ties) / max(len(members) - silent, 1):.1f} others.",
            f"{len(members) - silent} of {len(members)} answered; what the other {silent} would say is not known.",
            "42 in 100 ties cross from one school to another.",
            "The picture shows who was named, not who is good at their work.",
        ),
        arrow="an arrow runs from the person who asks to the person they ask",
        size_means="named by more people",
        members=members,
        ties=ties,
        strength_words=STRENGTHS,
        tells={"42 in 100 ties cross from one school to another.": "ties"},
        figures=(
            Figure(
                "density", "Ties in every 100 possible", "8", "Of all pairs where somebody answered, 8 in 100 are tied."
            ),
            Figure(
                "reciprocity",
                "Mutual",
                "34 %",
                "Of the ties between two people who both answered, the share that goes both ways.",
            ),
            Figure("ties", "Ties across schools", "42 %", "Chance alone would give about 92 %: schools hold together."),
            Figure(
                "top3_share",
                "Most named",
                "14",
                "The person named most is named by 14 people; half of all people by 3 or fewer.",
            ),
        ),
    )


def member(person: int, groups: dict[str, str | None], size: float = 0.3, status: Status = "answered") -> Member:
    """A member with words to match."""
    named = round(size * 14)
    return Member(
        person, groups, status, size, f"named by {named} people",
        (f"{named} people ask this person for advice, among the ten most asked.", "3 of them work in other schools."),
    )  # fmt: skip


def schooled(number: int, schools: int) -> str:
    """Name of the school of this number."""
    return SCHOOLS[number % 12] + (f" {number}" if schools > 12 else "")


def community(
    count: int = 60, schools: int = 12, waves: int = 2, relations: int = 2, density: float = 4.2, seed: int = 7
) -> Release:
    """A realistic community of practice: ties mostly inside schools, a few people asked by many."""
    rng = np.random.default_rng(seed)
    persons = people(count)
    school = rng.permutation(np.arange(count) % schools)
    role = np.where(np.arange(count) < schools, 0, rng.integers(1, 5, count))
    sought = rng.gamma(1.2, 1.0, count)
    pictures = []
    loners = set(rng.choice(count, min(3, count // 12), replace=False).tolist())
    for r in range(relations):
        liking = sought * rng.uniform(0.6, 1.4, count)
        for w in range(waves):
            answered = rng.random(count) < 0.86
            ties: list[tuple[int, int, float]] = []
            for i in range(count):
                if not answered[i] or i in loners:
                    continue
                pull = liking * np.where(school == school[i], 5.0, 0.45)
                pull[[i, *loners]] = 0
                number = min(int(rng.poisson(density * (1 + 0.15 * w))), int((pull > 0).sum()))
                chosen = rng.choice(count, number, replace=False, p=pull / pull.sum())
                ties += [(i + 1, int(j) + 1, float(rng.integers(1, 4))) for j in sorted(chosen)]
            indegree = np.bincount([b - 1 for _, b, _ in ties], minlength=count)
            top = max(int(indegree.max()), 1)
            members = tuple(
                member(
                    i + 1,
                    {
                        "Role": ROLES[role[i]],
                        "School": SCHOOLS[school[i] % 12] + (f" {school[i]}" if schools > 12 else ""),
                    },
                    float(indegree[i] / top),
                    "answered" if answered[i] else ("not_asked" if i % 9 == 0 else "silent"),
                )
                for i in range(count)
            )
            labels = ("Asks for advice", "Shares resources", "Trusts", "Plans lessons with", "Observes")
            pictures.append(
                picture(members, tuple(ties), f"r{r}", f"w{w}", labels[r % 5] + " too" * (r // 5), str(2023 + w))
            )
    return release(tuple(pictures), persons)


HOSTILE = (
    "</script><img src=x onerror=alert(1)>",
    "<!--<script>",
    "<script>alert(2)</script>",
    "href",
    "javascript:alert(3)",
    "{{7*7}} {% raw %}",
    "\u202eevil\u202c مرحبا بالعالم",
    "\U0001f469\u200d\U0001f3eb \U0001f1f3\U0001f1f1",
    "\u2028line\u2029breaks\n\ttabs",
    "\"quoted\" 'twice' & &amp; \\u003c",
    "x" * 10_000,
    "wide words " * 900,
    "__proto__",
    "constructor",
)


def hostile() -> Release:
    """Texts that try to get out of where they stand, in every place where a study can put one."""
    persons = tuple(Person(i + 1, text, True) for i, text in enumerate(HOSTILE))
    groups = ("</style><script>alert(4)</script>", "href", "__proto__")
    pictures = []
    for wave in ("../../etc/passwd", "</script>", "\u2028", ""):
        members = tuple(
            Member(
                person.key,
                {groups[0]: HOSTILE[i % 5], groups[1]: HOSTILE[(i * 3) % len(HOSTILE)], groups[2]: None},
                STATUSES[i % 3],
                0.5,
                HOSTILE[i],
                (HOSTILE[i], HOSTILE[0]),
            )
            for i, person in enumerate(persons)
        )
        ties = tuple((i, i % len(persons) + 1, 1.0) for i in range(1, len(persons) + 1))
        base = picture(members, ties, "<b>", wave, HOSTILE[0], wave or HOSTILE[1])
        pictures.append(
            replace(
                base,
                question=HOSTILE[1],
                headline=HOSTILE[:6],
                arrow=HOSTILE[0],
                size_means=HOSTILE[0],
                strength_words={1.0: HOSTILE[0]},
                figures=(Figure("density", HOSTILE[0], HOSTILE[1], HOSTILE[2]),),
                tells={HOSTILE[0]: "density"},
            )
        )
    made = release(tuple(pictures), persons, groups=groups, cluster=groups[0], title=HOSTILE[0] + "y" * 10_000)
    told = {name: Explanation(name, HOSTILE[0], ((HOSTILE[1], HOSTILE[2]),)) for name in ("density", "ties")}
    page = replace(made.overview, note=HOSTILE[0], summary=HOSTILE, cautions=HOSTILE)
    return replace(made, overview=page, explanations=told)


def small(kind: str) -> Release:
    """One of the networks that are hardly one: `empty`, `one`, `isolates`, `no groups`, `two`, `silent`."""
    count = {"empty": 0, "one": 1, "two": 2}.get(kind, 9)
    persons = people(count)
    status: Status = "silent" if kind == "silent" else "answered"
    school = ("Lincoln", "Harbor", None)
    groups = () if kind == "no groups" else ("Role", "School")
    members = tuple(
        member(p.key, {"Role": ROLES[0], "School": school[p.key % 3]} if groups else {}, 0.0, status) for p in persons
    )
    ties = {"two": ((1, 2, 1.0), (2, 1, 1.0)), "no groups": ((1, 2, 1.0), (3, 4, 1.0), (4, 5, 1.0))}.get(kind, ())
    drawn = replace(picture(members, ties), strength_words=None)
    return release((drawn,), persons, groups=groups, cluster="School" if groups else None)


def public() -> Release:
    """What the public sees: ties between groups, nobody drawn."""
    block = Blocks(
        "advice", "w1", "Asks for advice", "2024", "School", ("Lincoln", "<b>Harbor</b>"), ("12 people", "9 people"),
        (("31", "fewer than 5 people"), ("4", "·")), ("Most ties stay inside a school.",),
    )  # fmt: skip
    return replace(release((), ()), blocks=(block,), overview=overview(community(12, 2, 1, 1).pictures))
