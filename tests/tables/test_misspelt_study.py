"""Names as people type them, over four waves whose truth is known: what rules, proposals and names.csv make of them.

Each study is lived through as in life: the first wave is read, a person decides every name that is asked about (here:
by the truth), the next wave comes. `pytest -s` prints the figures.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import chain, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

import sna
from sna.tables import Tables
from tests.reference.made_up_study import (
    AS_IT_IS,
    LIKE,
    OUTSIDE,
    STRANGER,
    WAVES,
    MadeUpStudy,
    Typed,
    made_up_study,
    plain,
)

SEEDS = range(20)
RIGHT, WRONG, PROPOSED, MISPROPOSED = "rule right", "rule wrong", "proposed right", "proposed wrong"
# Somebody fits, who shares no school and no role with whoever typed the text; nobody fits, or several do.
APART, OPEN = "left: apart", "left: no fit"
COLUMNS = (RIGHT, WRONG, PROPOSED, MISPROPOSED, APART, OPEN)

CORRECT = (AS_IT_IS, STRANGER, LIKE)
OURS = ("typed", "proposed_id", "decision", "actor_id", "decided_by")


@dataclass
class Outcome:
    """What became of one study.

    Attributes:
        texts: (kind, what became of it) → how many texts; each is counted once, when it is first met.
        wrong: where the tables differ from the truth once everything is decided.
        asked_twice: texts asked about that had been decided in an earlier wave.
        changed: decisions that did not outlive a later wave.
        repeats: cells of a later wave that hold a text decided in an earlier one.
        questions: how many texts were asked about in each wave.
    """

    texts: Counter[tuple[str, str]] = field(default_factory=Counter)
    wrong: list[tuple[str, str, str]] = field(default_factory=list)
    asked_twice: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    repeats: int = 0
    questions: list[int] = field(default_factory=list)


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def decide(path: Path, rows: list[dict[str, str]], means: Mapping[str, str]) -> None:
    """Fill in what a person who knows everybody decides."""
    for row in rows:
        if not row["decision"]:
            meant = means[plain(row["typed"])]
            other = meant not in (OUTSIDE, row["proposed_id"])
            row["decision"] = "other" if other else OUTSIDE if meant == OUTSIDE else "accept"
            row["actor_id"] = meant if other else ""
            row["decided_by"] = "me"
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def answers(study: MadeUpStudy, wave: str) -> dict[str, tuple[Typed, ...]]:
    """Who answered the question about help, and whom they typed."""
    return {ego: study.help[wave, ego] for ego in study.members(wave) if (wave, "help", ego) not in study.skipped}


def proposed(row: Mapping[str, str], typed: Typed) -> str:
    """What was said of a text that is asked about."""
    if not row["proposed_id"]:
        return APART if "shares no group" in row["reason"] else OPEN
    return PROPOSED if row["proposed_id"] == typed.meant else MISPROPOSED


@cache
def outcome(seed: int) -> Outcome:
    """Live through the study of a seed."""
    study, found = made_up_study(seed), Outcome()
    decided: dict[str, dict[str, str]] = {}
    first_met: dict[str, tuple[Typed, str]] = {}
    with TemporaryDirectory() as name:
        folder = Path(name)
        for number, wave in enumerate(WAVES, 1):
            study.write(folder, number, relations=("help",))
            report = sna.update_names(folder)
            rows = {plain(row["typed"]): row for row in rows_of(report.file)}
            asked = {key for key, row in rows.items() if not row["decision"]}
            assert (report.rows, report.undecided) == (len(rows), len(asked))
            found.questions.append(len(asked))
            found.asked_twice += sorted(asked & decided.keys())
            found.changed += [key for key, row in decided.items() if any(rows[key][c] != row[c] for c in OURS)]
            for typed in chain.from_iterable(answers(study, wave).values()):
                key = plain(typed.text)
                found.repeats += key in decided
                if key in asked:
                    first_met.setdefault(key, (typed, proposed(rows[key], typed)))
                elif key not in rows:
                    first_met.setdefault(typed.text, (typed, ""))
            decide(report.file, list(rows.values()), study.means)
            decided = rows
        checked = sna.check_study(folder)
    assert checked.tables is not None, checked.stops
    found.wrong = wrong(study, checked.tables)
    read_as = {p.value: remedy[1] for p in checked.problems if (remedy := re.fullmatch('Read as "(.*)"[.]', p.remedy))}
    # An address is as good as an id: nothing is said about it.
    addresses = {person.email.casefold(): person.name for person in study.people.values()}
    for typed, what in first_met.values():
        by_rule = addresses.get(typed.text.casefold()) or read_as.get(typed.text, typed.text)
        right = typed.meant != OUTSIDE and by_rule == study.people[typed.meant].name
        found.texts[typed.kind, what or (RIGHT if right else WRONG)] += 1
    return found


def wrong(study: MadeUpStudy, tables: Tables) -> list[tuple[str, str, str]]:
    """(wave, ego, person or text) of every tie and every person outside that is in the tables or the truth alone."""
    ties = tables.ties[(tables.ties["relation"] == "help") & (tables.ties["state"] == "present")]
    found = Counter(ties[["wave", "ego_id", "alter_id"]].itertuples(index=False, name=None))
    found.update(tables.outside[["wave", "ego_id", "name"]].itertuples(index=False, name=None))
    for wave in WAVES:
        members = study.members(wave)
        for ego, names in answers(study, wave).items():
            found.subtract((wave, ego, a) for a in {typed.meant for typed in names} & set(members) - {ego})
            found.subtract((wave, ego, typed.text) for typed in names if typed.meant == OUTSIDE)
    return sorted(place for place, times in found.items() if times)


@cache
def everything() -> Counter[tuple[str, str]]:
    """What became of the texts of all studies."""
    return sum((outcome(seed).texts for seed in SEEDS), Counter())


def texts(*kinds: str, became: str | None = None, but: tuple[str, ...] = ()) -> int:
    """How many texts there were of these kinds, or of all kinds but some; those of which this became."""
    return sum(
        times
        for (kind, what), times in everything().items()
        if (kind in kinds or (not kinds and kind not in but)) and became in (None, what)
    )


def table() -> str:
    """What became of the texts of all studies, by kind."""
    kinds = dict.fromkeys([AS_IT_IS, *sorted({kind for kind, _ in everything()} - {STRANGER, LIKE}), STRANGER, LIKE])
    lines = [f"{'':<24}" + "".join(f"{column:>16}" for column in COLUMNS)]
    for kind in kinds:
        lines.append(f"{kind:<24}" + "".join(f"{texts(kind, became=column):>16}" for column in COLUMNS))
    return "\n".join([*lines, f"{'all':<24}" + "".join(f"{texts(became=column):>16}" for column in COLUMNS)])


# Measured with these seeds: .29, .955, 1, .67, .97; 0, .21, 12. The bounds leave room for other names, as 200 further
# seeds do.
LEAST = {
    "precision of rules": 1.0,
    "share of misspelt members settled by rule": 0.26,
    "precision of proposals": 0.93,
    "precision of proposals, members alone": 0.99,
    "recall of proposals": 0.6,
    "recall of proposals, were no group asked for": 0.93,
}
MOST = {
    "outsiders proposed to be members": 0.0,
    "outsiders like a member proposed to be one": 0.3,
    "questions per wave": 15,
}


def test_the_studies_are_what_they_say() -> None:
    cells: Counter[str] = Counter()
    again: Counter[bool] = Counter()
    for seed in SEEDS:
        study = made_up_study(seed)
        assert study == made_up_study(seed)
        names = [study.people[a].name for a in study.members("w1")]
        assert (len(names), len({study.place["w1", a][0] for a in study.members("w1")})) == (60, 12)
        assert len({plain(person.name) for person in study.people.values()}) == len(study.people)
        assert sum(not person.name.isascii() for person in study.people.values()) > 15
        for before, wave in pairwise(WAVES):
            earlier, now = set(study.members(before)), set(study.members(wave))
            assert earlier - now
            assert now - earlier
            assert any(study.place[before, a] != study.place[wave, a] for a in earlier & now)
            for ego in earlier & now:
                last = {typed.meant: typed for typed in study.help[before, ego] if typed.kind not in CORRECT}
                again.update(last[t.meant].text == t.text for t in study.help[wave, ego] if t.meant in last)
        cells.update(typed.kind for names in study.help.values() for typed in names)
    members = cells.total() - cells[STRANGER] - cells[LIKE]
    assert 0.07 < 1 - cells[AS_IT_IS] / members < 0.13, "8 %, and habits"
    assert 0.01 < 1 - members / cells.total() < 0.05, "outsiders"
    assert 0.5 < again[True] / again.total() < 0.75, "the same misspelling again"


@pytest.mark.parametrize("seed", SEEDS)
def test_rules_are_never_wrong_and_nothing_is_asked_twice(seed: int) -> None:
    found = outcome(seed)
    assert found.wrong == [], "once everything is decided, ties and outsiders are those of the truth"
    assert all(what != WRONG for _, what in found.texts)
    assert found.asked_twice == []
    assert found.changed == [], "later waves leave decisions alone"
    assert found.repeats > 0, "people write the same name the same way again"


def test_what_the_rules_settle() -> None:
    """Everything that is not spelt otherwise: accents, capitals, order, titles, addresses."""
    for kind in (AS_IT_IS, "accent", "capitals", "e-mail", "last, first", "title"):
        assert texts(kind, became=RIGHT) == texts(kind) > 15, kind
    assert texts(STRANGER, LIKE, became=RIGHT) == texts(STRANGER, LIKE, became=WRONG) == 0


def test_how_good_the_proposals_are() -> None:
    """Precision and recall against the truth, printed by `pytest -s`.

    Who fits and shares no school and no role with the typist is named as the closest and not proposed: that costs a
    third of the recall, and keeps one in five of the outsiders who are called like a member from being proposed.
    """
    right, mistaken = texts(became=PROPOSED), texts(became=MISPROPOSED)
    misspelt, by_rule = texts(but=CORRECT), texts(but=CORRECT, became=RIGHT)
    asked = misspelt - by_rule
    figures = {
        "precision of rules": 1 - texts(became=WRONG) / (texts(became=WRONG) + texts(became=RIGHT)),
        "share of misspelt members settled by rule": by_rule / misspelt,
        "precision of proposals": right / (right + mistaken),
        "precision of proposals, members alone": right / (right + texts(but=(STRANGER, LIKE), became=MISPROPOSED)),
        "recall of proposals": right / asked,
        "recall of proposals, were no group asked for": 1 - texts(but=CORRECT, became=OPEN) / asked,
        "outsiders proposed to be members": texts(STRANGER, became=MISPROPOSED) / texts(STRANGER),
        "outsiders like a member proposed to be one": texts(LIKE, became=MISPROPOSED) / texts(LIKE),
        "questions per wave": sum(sum(outcome(seed).questions) for seed in SEEDS) / len(SEEDS) / len(WAVES),
    }
    print(f"\n{table()}\n" + "\n".join(f"{name}: {value:.3f}" for name, value in figures.items()))
    for name, least in LEAST.items():
        assert figures[name] >= least, name
    for name, most in MOST.items():
        assert figures[name] <= most, name
