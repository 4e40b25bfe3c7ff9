"""names.csv: what people typed, who was meant, who decided. A person edits it; decisions are kept for ever."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from sna.errors import hint
from sna.tables.grid import read_grid
from sna.tables.people import IGNORED, OUTSIDE, People, name_key
from sna.tables.problems import Problems

FILE = "names.csv"
FORMULA = ("=", "+", "-", "@", "\t")
DECISIONS = ("accept", "other", "outside", "not a person", "ignore")
COLUMNS = (
    "typed",
    "times",
    "where",
    "proposed_id",
    "proposed_name",
    "score",
    "reason",
    "decision",
    "actor_id",
    "decided_by",
    "decided_on",
    "note",
)


@dataclass(frozen=True)
class Entry:
    """One row of names.csv. `target` is what was decided: an actor id, `outside`, `ignored`, or None when nothing was.

    `cells` holds the row's cells by heading, those of columns that are not ours included.
    """

    typed: str
    target: str | None
    cells: Mapping[str, str] = field(default_factory=dict)

    @property
    def folded(self) -> str:
        """What texts that mean the same share."""
        return name_key(self.typed)


def read_ledger(
    folder: Path, file: str, names: Mapping[str, str], hidden: frozenset[str], problems: Problems
) -> tuple[Entry, ...]:
    """Every row of names.csv; contradictory and impossible decisions are problems that stop."""
    grid = read_grid(folder, file, problems, may_be_empty=True)
    if grid is not None:
        grid.touch()
    if grid is None or not grid.has(("typed", "actor_id"), problems, "the list of names as typed"):
        return ()
    people = People.from_names(names, hidden=hidden)
    entries: list[Entry] = []
    decided: dict[str, str] = {}
    for row in grid.rows:
        cells = {name: _unquoted(cell) for name, cell in zip(grid.header, row.cells, strict=True)}
        typed = cells["typed"]
        if not typed:
            problems.add("stops", file, "The row does not say what was typed.", "Fill it in.", row.number, "typed")
            continue
        entry = Entry(typed, _target(file, row.number, cells, people, problems), cells)
        entries.append(entry)
        if entry.target is not None and decided.setdefault(entry.folded, entry.target) != entry.target:
            problems.add(
                "stops", file, "This text is given to two people.", "Keep one row.", row.number, "typed", typed
            )
    return tuple(entries)


def _target(file: str, row: int, cells: Mapping[str, str], people: People, problems: Problems) -> str | None:
    """What a row decides."""
    decision, actor_id = cells.get("decision", "").casefold(), cells.get("actor_id", "")
    proposed = cells.get("proposed_id", "")
    if decision and decision not in DECISIONS:
        remedy = f"Use one of {', '.join(DECISIONS)}.{hint(decision, DECISIONS)}"
        problems.add("stops", file, "This is not a decision.", remedy, row, "decision", decision)
        return None
    other = {"accept": proposed, "outside": OUTSIDE, "not a person": "", "ignore": ""}.get(decision, actor_id)
    if actor_id and actor_id.casefold() != other.casefold():
        remedy = "Empty `actor_id`, or decide `other`."
        problems.add(
            "stops", file, f"The decision is `{decision}`, and an id is given.", remedy, row, "actor_id", actor_id
        )
        return None
    if decision in ("not a person", "ignore"):
        return IGNORED
    if decision == "outside" or actor_id.casefold() == OUTSIDE:
        return OUTSIDE
    column, target = ("proposed_id", proposed) if decision == "accept" else ("actor_id", actor_id)
    if not target and not decision:
        return None
    if target not in people.names:
        what = "This is not an id of the roster." if target else "The decision names nobody."
        remedy = f"Give the id of the person meant, or `{OUTSIDE}`.{people.near(target) if target else ''}"
        problems.add("stops", file, what, remedy, row, column, target or None)
        return None
    return target


def decisions(entries: Iterable[Entry]) -> dict[str, str]:
    """Folded typed text → actor id, `outside` or `ignored`; undecided rows are left out."""
    return {entry.folded: entry.target for entry in entries if entry.target is not None}


def updated(entries: Iterable[Entry], found: Iterable[Mapping[str, str]], today: str) -> list[Entry]:
    """The ledger with what a new look at the files found.

    Args:
        entries: the ledger as it is.
        found: our columns of every text that needed a decision, most frequent first.
        today: ISO date, entered beside decisions that have none.

    Returns:
        Every earlier row, in its place and with its decision; then a row for each new text.
    """
    fresh = {name_key(cells["typed"]): cells for cells in found}
    rows = []
    for entry in entries:
        seen = fresh.pop(entry.folded, None)
        cells = dict(entry.cells)
        if entry.target is None and seen is not None:
            cells.update(seen)
        elif seen is not None:
            cells.update({"times": seen["times"], "where": seen["where"]})
        if entry.target is not None and not cells.get("decided_on"):
            cells["decided_on"] = today
        rows.append(replace(entry, cells=cells))
    rows += [Entry(cells["typed"], None, cells) for cells in fresh.values()]
    return rows


def ledger_text(entries: Iterable[Entry]) -> str:
    """names.csv as text that Excel opens with its accents: UTF-8 with a mark, text that looks like a formula quoted."""
    rows = list(entries)
    extra = dict.fromkeys(name for entry in rows for name in entry.cells if name and name not in COLUMNS)
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([*COLUMNS, *extra])
    for entry in rows:
        cells = {**entry.cells, "typed": entry.typed}
        writer.writerow([_safe(cells.get(name, "")) for name in (*COLUMNS, *extra)])
    return "\ufeff" + stream.getvalue()


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _unquoted(cell: str) -> str:
    """A cell without the apostrophe that `_safe` puts before what looks like a formula."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA) else cell
