"""Made-up studies of support: a small one with everything known by hand, and larger ones drawn at random."""

from __future__ import annotations

import csv
from collections.abc import Collection
from pathlib import Path

import numpy as np

Ties = set[tuple[str, str]]

HEAD = """
[study]
name = "Support (example)"
roster = "roster.csv"
id_column = "actor_id"
name_column = "name"
wave_column = "wave"
groups = ["level"]
cluster = "school"
suppress_below = {k}
audience = "researcher"
[consent]
column = "consent"
default = "full"
"""
WAVE = """
[[waves]]
id = "{wave}"
label = "Spring {wave}"
responses = "responses_{wave}.csv"
"""
RELATION = """
[[relations]]
id = "{relation}"
label = "{label}"
form = "roster"
columns = "{relation}_{{actor_id}}"
scale = {{ 0 = "no", 1 = "yes" }}
blank = "unknown"
"""
SECTION = """
[support]
relations = [{relations}]
level = "level"
school = "school"
draws = {draws}
"""
LABELS = {
    "material": "helped with materials, people, time or money",
    "learning": "helped me learn about my work",
    "peers": "somebody I can lean on",
    "operations": "helped run the school day to day",
    "sponsor": "spoke up for me",
}


def write_study(
    folder: Path,
    roster: dict[str, list[dict[str, str]]],
    ties: dict[tuple[str, str], Ties],
    silent: dict[str, Collection[str]],
    open_cells: Collection[tuple[str, str, str, str]] = (),
    draws: int = 199,
    k: int = 5,
    section: bool = True,
) -> Path:
    """Write a study folder.

    Args:
        folder: where.
        roster: wave → people: actor_id, name, level, school, consent.
        ties: (wave, relation) → (receiver, giver).
        silent: wave → people who did not answer.
        open_cells: (wave, relation, ego, alter) left empty.
        draws, k: `draws` and `suppress_below`.
        section: write `[support]`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    relations = list(dict.fromkeys(relation for _, relation in ties))
    text = HEAD.format(k=k) + "".join(WAVE.format(wave=wave) for wave in roster)
    text += "".join(RELATION.format(relation=r, label=LABELS[r]) for r in relations)
    if section:
        text += SECTION.format(relations=", ".join(f'"{r}"' for r in relations), draws=draws)
    (folder / "study.toml").write_text(text, encoding="utf-8")
    people = [{**person, "wave": wave} for wave, those in roster.items() for person in those]
    with (folder / "roster.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, ["actor_id", "name", "wave", "level", "school", "consent"])
        writer.writeheader()
        writer.writerows(people)
    for wave, those in roster.items():
        ids = [person["actor_id"] for person in those]
        with (folder / f"responses_{wave}.csv").open("w", newline="", encoding="utf-8") as file:
            writer_ = csv.writer(file)
            writer_.writerow(["actor_id", *(f"{r}_{alter}" for r in relations for alter in ids)])
            for ego in (i for i in ids if i not in silent.get(wave, ())):
                cells = [
                    ""
                    if alter == ego or (wave, r, ego, alter) in open_cells
                    else str(int((ego, alter) in ties[wave, r]))
                    for r in relations
                    for alter in ids
                ]
                writer_.writerow([ego, *cells])
    return folder


def person(actor_id: str, name: str, level: str, school: str = "", consent: str = "full") -> dict[str, str]:
    return {"actor_id": actor_id, "name": name, "level": level, "school": school, "consent": consent}


# Ana and Ben lead Lincoln, Cy and Dee Cedar, Ed and Fay are of the central office. Fay did not answer in 2021; Ben left
# one person out; Ana is gone in 2022, when Gus is there.
SMALL = [
    person("A", "Ana", "principal", "Lincoln"),
    person("B", "Ben", "teacher leader", "Lincoln"),
    person("C", "Cy", "principal", "Cedar"),
    person("D", "Dee", "teacher leader", "Cedar"),
    person("E", "Ed", "central office"),
    person("F", "Fay", "central office"),
]
SMALL_TIES: dict[tuple[str, str], Ties] = {
    ("2021", "material"): {("A", "E"), ("A", "F"), ("B", "A"), ("C", "E"), ("D", "C"), ("D", "A")},
    ("2021", "peers"): {("A", "C"), ("B", "A"), ("C", "A"), ("D", "A")},
    ("2021", "sponsor"): {("B", "A"), ("D", "A")},
    ("2022", "material"): {("B", "C"), ("C", "E"), ("D", "C"), ("E", "F")},
    ("2022", "peers"): {("B", "G"), ("C", "B")},
    ("2022", "sponsor"): {("D", "C")},
}


def small_web(folder: Path, **more: int) -> Path:
    later = [*SMALL[1:], person("G", "Gus", "principal", "Lincoln")]
    return write_study(
        folder,
        {"2021": SMALL, "2022": later},
        SMALL_TIES,
        {"2021": ["F"], "2022": ["E"]},
        [("2021", "material", "B", "F")],
        **more,
    )


def large_web(folder: Path, people: int = 36, seed: int = 1, k: int = 5, draws: int = 199) -> Path:
    """Two waves of people of four levels, five kinds; a few people give much, some are silent, some leave."""
    rng = np.random.default_rng(seed)
    levels = ["principal", "principal", "vice principal", "teacher leader", "teacher leader", "central office"]
    consents = ["full"] * 6 + ["no_named_display", "research_only", "full", "unknown"]
    everybody = [
        person(f"P{i:03}", f"Given{i} Family{i}", levels[i % 6], f"School {i // 6}", consents[i % 10])
        for i in range(people + 4)
    ]
    gone = set(rng.choice(people, 4, replace=False).tolist())
    roster = {"2021": everybody[:people], "2022": [one for i, one in enumerate(everybody) if i not in gone]}
    ties: dict[tuple[str, str], Ties] = {}
    silent = {}
    for wave, those in roster.items():
        ids = [one["actor_id"] for one in those]
        silent[wave] = set(rng.choice(ids, len(ids) // 9, replace=False).tolist())
        popular = rng.gamma(0.5, 1.0, len(ids)) + 0.1
        base = {
            (e, a) for x, e in enumerate(ids) for y, a in enumerate(ids) if e != a and rng.random() < 0.06 * popular[y]
        }
        for relation in LABELS:
            own = {(e, a) for e in ids for a in ids if e != a and rng.random() < 0.02}
            kept = {tie for tie in sorted(base) if rng.random() < 0.55}
            spare = set(rng.choice(ids, len(ids) // 4, replace=False).tolist())
            ties[wave, relation] = {tie for tie in own | kept if tie[0] not in spare}
    return write_study(folder, roster, ties, silent, draws=draws, k=k)
