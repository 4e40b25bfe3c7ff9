"""Who is meant? Ids and names as typed, matched to the roster by rules that cannot be wrong; nothing is guessed."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sna.errors import close_match
from sna.tables.files import read_grid
from sna.tables.problems import Problems

OUTSIDE = "outside"


def fold_name(name: str) -> str:
    """A name without what typing varies: case, accents, punctuation, spaces.

    >>> fold_name("  José  ÁLVAREZ-Ruiz ")
    'jose alvarez ruiz'
    """
    plain = unicodedata.normalize("NFKD", name.casefold().replace("ø", "o").replace("ł", "l"))
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    kept = "".join(c if c.isalnum() else "" if c in "'’`´." else " " for c in letters)
    return " ".join(kept.split())


@dataclass(frozen=True)
class People:
    """The roster as a way of finding people.

    Attributes:
        names: actor id → name, everybody in any wave, those who refused consent included.
        by_name: exact name → actor ids.
        by_folded: folded name → actor ids.
        ledger: folded typed text → actor id or `outside`, from names.csv.
    """

    names: Mapping[str, str]
    by_name: Mapping[str, tuple[str, ...]]
    by_folded: Mapping[str, tuple[str, ...]]
    ledger: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_names(cls, names: Mapping[str, str], ledger: Mapping[str, str] | None = None) -> People:
        """Index a roster."""
        by_name: dict[str, tuple[str, ...]] = {}
        by_folded: dict[str, tuple[str, ...]] = {}
        for actor_id, name in names.items():
            by_name[name] = (*by_name.get(name, ()), actor_id)
            by_folded[fold_name(name)] = (*by_folded.get(fold_name(name), ()), actor_id)
        return cls(names, by_name, by_folded, ledger or {})

    def find(self, typed: str) -> tuple[str | None, str]:
        """(actor id, how) of a typed id or name.

        `how` is `exact`, `ledger`, `respelt` (equal but for case, accents, punctuation and spaces), `outside` (known
        not to be on the roster), `several` (more than one person) or `nobody`; the id is None for the last three.
        """
        if typed in self.names:
            return typed, "exact"
        folded = fold_name(typed)
        if folded in self.ledger:
            target = self.ledger[folded]
            return (None, "outside") if target == OUTSIDE else (target, "ledger")
        for index, key, how in ((self.by_name, typed, "exact"), (self.by_folded, folded, "respelt")):
            found = index.get(key, ())
            if len(found) == 1:
                return found[0], how
            if found:
                return None, "several"
        return None, "nobody"

    def near(self, typed: str) -> str:
        """` Close match: "Jon Smith" (P107).` or an empty string."""
        match = close_match(fold_name(typed), self.by_folded)
        if match is None:
            return ""
        actor_id = self.by_folded[match][0]
        return f' Close match: "{self.names[actor_id]}" ({actor_id}).'


def read_ledger(folder: Path, file: str, names: Mapping[str, str], problems: Problems) -> dict[str, str]:
    """names.csv: folded typed text → actor id or `outside`."""
    grid = read_grid(folder, file, problems)
    if grid is None or not grid.has(("typed", "actor_id"), problems, "the list of names as typed"):
        return {}
    people = People.from_names(names)
    ledger: dict[str, str] = {}
    for row in grid.rows:
        typed, target = grid.cell(row, "typed"), grid.cell(row, "actor_id")
        folded = fold_name(typed)
        if target.casefold() == OUTSIDE:
            target = OUTSIDE
        elif target not in names:
            problems.add(
                "stops",
                file,
                f'"{target}" is not an id of the roster.',
                f"Give the id of the person meant, or `{OUTSIDE}`.{people.near(target)}",
                row.number,
                "actor_id",
                target,
            )
            continue
        if ledger.get(folded, target) != target:
            problems.add(
                "stops", file, f'"{typed}" is given to two people.', "Keep one row.", row.number, "typed", typed
            )
            continue
        ledger[folded] = target
    return ledger
