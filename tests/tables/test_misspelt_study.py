"""Names as people type them, over four waves whose truth is known: what the rules, the proposals and names.csv make of it.

Each study is lived through as in life: the first wave is read, a person decides every name that is asked about (here:
by the truth), the next wave comes. `pytest -s` prints the figures.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

import sna
from tests.reference.made_up_study import OUTSIDE, WAVES, MadeUpStudy, Typed, made_up_study, plain

SEEDS = range(20)
RIGHT, WRONG, PROPOSED, MISPROPOSED, OPEN = "rule right", "rule wrong", "proposed right", "proposed wrong", "left open"
COLUMNS = (RIGHT, WRONG, PROPOSED, MISPROPOSED, OPEN)
OURS = ("typed", "proposed_id", "decision", "actor_id", "decided_by")


@dataclass
class Outcome:
    """What became of one study.

    Attributes:
        texts: (kind, what became of it) → how many texts, each counted once, when it is first met.
        mistaken: what went wrong in the end, as (wave, ego, text or person).
        asked_twice: texts asked about that had been decided in an earlier wave.
        changed: decisions that did not outlive a later wave.
        repeats: cells of a later wave that hold a text decided in an earlier one.
        questions: how many texts were asked about in each wave.
    """

    texts: Counter[tuple[str, str]] = field(default_factory=Counter)
    mistaken: list[tuple[str, str, str]] = field(default_factory=list)
    asked_twice: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    repeats: int = 0
    questions: list[int] = field(default_factory=list)


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def decide(path: Path, rows: list[dict[str, str]], means: dict[str, str]) -> None:
    """Fill in what a person who knows everybody decides."""
    for row in rows:
        if not row["decision"]:
            meant = means[plain(row["typed"])]
            right = row["proposed_id"] == meant
            row["decision"] = OUTSIDE if meant == OUTSIDE else "accept" if right else "other"
            row["actor_id"] = meant if row["decision"] == "other" else ""
            row["decided_by"] = "me"
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def typed_in(study: MadeUpStudy, wave: str) -> list[Typed]:
    """Every name typed in a wave."""
    egos = [ego for ego in study.members(wave) if (wave, "help", ego) not in study.skipped]
    return [typed for ego in egos for typed in study.help[wave, ego]]


def became(row: dict[str, str] | None, typed: Typed) -> str:
    """What became of a text, given its row of names.csv: a text without one was settled by rule."""
    if row is None:
        return WRONG if typed.meant == OUTSIDE else RIGHT
    return OPEN if not row["proposed_id"] else PROPOSED if row["proposed_id"] == typed.meant else MISPROPOSED


@cache
def outcome(seed: int) -> Outcome:
    """Live through the study of a seed."""
    study, found = made_up_study(seed), Outcome()
    decided: dict[str, dict[str, str]] = {}
    met: set[str] = set()
    with TemporaryDirectory() as name:
        folder = Path(name)
        for number, wave in enumerate(WAVES, 1):
            study.write(folder, number)
            report = sna.update_names(folder)
            rows = {plain(row["typed"]): row for row in rows_of(report.file)}
            asked = {key for key, row in rows.items() if not row["decision"]}
            assert report.undecided == len(asked)
            found.questions.append(len(asked))
            found.asked_twice += sorted(asked & decided.keys())
            found.changed += [key for key, row in decided.items() if any(rows[key][c] != row[c] for c in OURS)]
            found.repeats += sum(plain(typed.text) in decided for typed in typed_in(study, wave))
            for typed in typed_in(study, wave):
                key = plain(typed.text)
                if typed.kind and key not in met:
                    found.texts[typed.kind, became(rows.get(key), typed)] += 1
                met.add(key)
            decide(report.file, list(rows.values()), study.means)
            decided = rows
        found.mistaken = mistaken(study, folder)
    return found


def mistaken(study: MadeUpStudy, folder: Path) -> list[tuple[str, str, str]]:
    """Every way in which the tables differ from the truth, once everything is decided."""
    checked = sna.check_study(folder)
    assert checked.tables is not None, checked.stops
    ties = checked.tables.ties
    ties = ties[(ties["relation"] == "help") & (ties["state"] == "present")]
    named = set(ties[["wave", "ego_id", "alter_id"]].itertuples(index=False, name=None))
    outside = Counter(checked.tables.outside[["wave", "ego_id", "name"]].itertuples(index=False, name=None))
    for wave in WAVES:
        members = study.members(wave)
        answers = [(ego, study.help[wave, ego]) for ego in members if (wave, "help", ego) not in study.skipped]
        named ^= {(wave, ego, t.meant) for ego, typed in answers for t in typed if t.meant in members and t.meant != ego}
        outside.subtract((wave, ego, t.text) for ego, typed in answers for t in typed if t.meant == OUTSIDE)
    wrong = sorted(named) + sorted(place for place, times in outside.items() if times)
    for problem in checked.problems:
        read_as = re.fullmatch(r'Read as "(.*)"\.', problem.remedy)
        meant = study.means.get(plain(problem.value or ""))
        if read_as and (meant is None or meant == OUTSIDE or study.people[meant].name != read_as[1]):
            wrong.append((problem.file, str(problem.row), problem.value or ""))
    return wrong


@cache
def everything() -> Counter[tuple[str, str]]:
    """What became of the texts of all studies."""
    return sum((outcome(seed).texts for seed in SEEDS), Counter())


def total(*columns: str, kinds: set[str] | None = None) -> int:
    return sum(n for (kind, what), n in everything().items() if what in columns and (kinds is None or kind in kinds))


def table() -> str:
    """What became of the texts of all studies, by kind."""
    kinds = list(dict.fromkeys(kind for kind, _ in sorted(everything(), key=lambda k: ("outsider" in k[0], k[0]))))
    lines = [f"{'':<24}" + "".join(f"{column:>16}" for column in COLUMNS)]
    for kind in [*kinds, "all"]:
        counts = [total(column, kinds=None if kind == "all" else {kind}) for column in COLUMNS]
        lines.append(f"{kind:<24}" + "".join(f"{count:>16}" for count in counts))
    return "\n".join(lines)
