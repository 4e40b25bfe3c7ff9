"""The roster: everybody who could be named, wave by wave, with what they agreed to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from sna.errors import hint
from sna.study import Study
from sna.tables.cells import DateColumns
from sna.tables.grid import STRUCK, Grid, Row, read_grid
from sna.tables.ledger import Entry, decisions, read_ledger
from sna.tables.people import Index, People, fold_name
from sna.tables.problems import Problems
from sna.tables.values import yes_no
from sna.terms import CONSENT_STATES

NAME_COLUMN, WAVE_COLUMN = "name", "wave"
SPECIAL = ("wave", "actor_id", "name", "asked", "consent", "joined", "left", "email")
FIXED = ("wave", "actor_id", "name", "asked", "consent", "joined", "left")


@dataclass(frozen=True)
class Roster:
    """Everybody on the roster.

    Attributes:
        actors: the table of docs/data-model.md, without the people who refused.
        people: finds anybody, those who refused included, in files that are of no wave.
        in_wave: wave id → finds anybody in a file of that wave, its own names first.
        members: wave id → actor ids in roster order, those who refused left out.
        refused: wave id → actor ids of those who refused consent.
        unresolved: what happens with a name that cannot be matched: `stop`, `count` or `outside`.
        ledger: names.csv.
        codes: (column, wave id) → code in small letters → actor ids, of the columns that hold codes.
    """

    actors: pd.DataFrame
    people: People
    in_wave: dict[str, People]
    members: dict[str, tuple[str, ...]]
    refused: dict[str, frozenset[str]]
    unresolved: str
    ledger: tuple[Entry, ...]
    codes: dict[tuple[str, str], dict[str, tuple[str, ...]]]


def read_roster(study: Study, problems: Problems, forgotten: str | None = None) -> Roster | None:
    """Read the roster and names.csv; None when the roster cannot be used at all.

    Args:
        study: the declaration.
        problems: where faults are noted.
        forgotten: id of somebody to be treated as having refused consent everywhere.
    """
    grid = read_grid(study.folder, study.roster, problems)
    if grid is None or not grid.has((study.id_column,), problems, "everybody's id"):
        return None
    grid.touch()
    for heading in grid.header:
        if heading not in SPECIAL and heading.casefold() in SPECIAL and heading not in study.groups:
            remedy = f'Write "{heading.casefold()}", or rename the column if it means something else.'
            problem = "This heading has a meaning when it is written in small letters."
            problems.add("stops", grid.file, problem, remedy, 1, heading)
    if "consent" in grid.header and study.consent.column is None:
        problems.add(
            "stops",
            grid.file,
            "The roster says what people agreed to, and study.toml does not use it.",
            'Add [consent] with column = "consent", or rename the column if it means something else.',
            1,
            "consent",
        )
    named = [study.name_column] if study.name_column != NAME_COLUMN else []
    by_wave = [study.wave_column] if study.wave_column != WAVE_COLUMN else []
    codes = [relation.codes for relation in study.relations if relation.codes]
    wanted = [*named, *by_wave, *study.groups, *codes, *filter(None, [study.consent.column, study.cluster])]
    grid.has(dict.fromkeys(wanted), problems, "study.toml")
    records = _records(study, grid, problems)
    if not records:
        return None
    for record in records:
        record["consent"] = "refused" if record["actor_id"] == forgotten else record["consent"]
    names: dict[str, str] = {}
    for record in records:
        earlier = names.get(record["actor_id"])
        if earlier is not None and earlier != record["name"]:
            problems.add(
                "used",
                study.roster,
                "A person's name differs from an earlier row.",
                f'The later name is shown everywhere; earlier: "{earlier}".',
                record["row"],
                study.name_column,
                record["name"],
            )
        names[record["actor_id"]] = record["name"]
    agreed = {record["actor_id"] for record in records if record["consent"] != "refused"}
    hidden = frozenset(names) - agreed
    _same_names(study, {actor_id: name for actor_id, name in names.items() if actor_id in agreed}, problems)
    ledger = read_ledger(study.folder, study.names, names, hidden, problems) if study.names else ()
    ever = Index.of(_entries(records))
    people = People(names, ever, ever, decisions(ledger), hidden)
    return _assemble(study, grid, records, people, ledger, problems)


def _records(study: Study, grid: Grid, problems: Problems) -> list[dict[str, Any]]:
    """One record per usable row: id, name, waves in which it holds, and the cells with a meaning of their own."""
    wave_ids = [wave.id for wave in study.waves]
    seen: dict[tuple[str, str], int] = {}
    records = []
    dates = DateColumns(grid, ("joined", "left"), study.dates, problems)
    for row in grid.rows:
        actor_id = grid.cell(row, study.id_column)
        if not actor_id:
            problems.add(
                "stops", grid.file, "The row has no id.", "Give the person an id.", row.number, study.id_column
            )
            continue
        wave = grid.cell(row, study.wave_column)
        if wave and wave not in wave_ids:
            problems.add(
                "stops",
                grid.file,
                "No such wave is declared in study.toml.",
                f"Use the id of a wave.{hint(wave, wave_ids)}",
                row.number,
                study.wave_column,
                wave,
            )
        # A person of a wave that does not exist counts as of every wave: one fault must not look like many.
        known = not wave or wave in wave_ids
        waves = [wave] if wave in wave_ids else wave_ids
        clash = next((seen[(actor_id, w)] for w in waves if known and (actor_id, w) in seen), None)
        if clash is not None:
            problems.add(
                "stops",
                grid.file,
                f"This id stands in row {clash} already{f' for wave {wave}' if wave else ''}.",
                "Give each person an id of their own, and one row per wave.",
                row.number,
                study.id_column,
                actor_id,
            )
            continue
        seen.update({(actor_id, w): row.number for w in waves if known})
        joined, left = (dates.at(row, c) if grid.cell(row, c) else None for c in ("joined", "left"))
        if joined and left and left < joined:
            remedy = "Mend the dates."
            problems.add(
                "stops", grid.file, "The person left before they joined.", remedy, row.number, "left", str(left)
            )
        records.append(
            {
                "row": row.number,
                "actor_id": actor_id,
                "name": grid.cell(row, study.name_column) or actor_id,
                "waves": waves,
                "asked": _asked(grid, row, problems),
                "consent": _consent(study, grid, row, problems),
                "joined": joined,
                "left": left,
                "email": grid.cell(row, "email"),
                "cells": row.cells,
                "of": row,
            }
        )
    return records


def _asked(grid: Grid, row: Row, problems: Problems) -> bool:
    text = grid.cell(row, "asked")
    answer = yes_no(text) if text else True
    if answer is None:
        problems.add("stops", grid.file, "This is neither yes nor no.", "Write yes or no.", row.number, "asked", text)
    return answer is not False


def _consent(study: Study, grid: Grid, row: Row, problems: Problems) -> str:
    column = study.consent.column
    text = grid.cell(row, column) if column else ""
    state = text.casefold().replace(" ", "_")
    if not state:
        return study.consent.default
    if state not in CONSENT_STATES:
        problems.add(
            "stops",
            grid.file,
            "This is not a state of consent.",
            f"Use one of {', '.join(CONSENT_STATES)}.{hint(state, CONSENT_STATES)}",
            row.number,
            column,
            text,
        )
        return "refused"
    return state


def _same_names(study: Study, names: dict[str, str], problems: Problems) -> None:
    holders: dict[str, list[str]] = {}
    for actor_id, name in names.items():
        holders.setdefault(fold_name(name), []).append(actor_id)
    for ids in holders.values():
        if len(ids) > 1:
            problems.add(
                "note",
                study.roster,
                f"{len(ids)} people have the same name.",
                "Answers that give only this name cannot be matched; use ids, or names.csv.",
                column=study.name_column,
                value=", ".join(ids),
            )


def _assemble(
    study: Study,
    grid: Grid,
    records: list[dict[str, Any]],
    people: People,
    ledger: tuple[Entry, ...],
    problems: Problems,
) -> Roster:
    """The actors table and the members of each wave."""
    other = [
        name
        for name in grid.header
        if name
        and name not in (study.id_column, study.name_column, study.wave_column, study.consent.column)
        and name not in ("asked", "joined", "left")
    ]
    rename = {name: f"{name}_" if name in FIXED else name for name in other}
    rows = []
    members: dict[str, tuple[str, ...]] = {}
    refused: dict[str, frozenset[str]] = {}
    order = {actor_id: at for at, actor_id in enumerate(people.names)}
    for wave in study.waves:
        there = sorted((r for r in records if wave.id in r["waves"]), key=lambda r: order[r["actor_id"]])
        refused[wave.id] = frozenset(r["actor_id"] for r in there if r["consent"] == "refused")
        there = [r for r in there if r["consent"] != "refused"]
        members[wave.id] = tuple(r["actor_id"] for r in there)
        if refused[wave.id]:
            problems.add(
                "left out",
                grid.file,
                f"People of wave {wave.id} who refused consent: {len(refused[wave.id])}.",
                "Removed from every table, network and page, together with the nominations they gave and received.",
            )
        if not there:
            problems.add("note", grid.file, f"Nobody is on the roster of wave {wave.id}.", "Its networks are empty.")
        for r in there:
            cells = {rename[name]: r["cells"][grid.header.index(name)] or None for name in other}
            rows.append(
                {
                    "wave": wave.id,
                    "actor_id": r["actor_id"],
                    "name": people.names[r["actor_id"]],
                    "asked": r["asked"],
                    "consent": r["consent"],
                    "joined": r["joined"],
                    "left": r["left"],
                    **cells,
                }
            )
    actors = pd.DataFrame(rows, columns=[*FIXED, *rename.values()])
    for record in records:
        if record["consent"] == "refused":
            grid.strike(record["of"], STRUCK)
    in_wave = {}
    for wave in study.waves:
        mine = [r for r in records if wave.id in r["waves"]]
        here = people.ever if len(mine) == len(records) else Index.of(_entries(mine))
        in_wave[wave.id] = replace(people, here=here)
    return Roster(actors, people, in_wave, members, refused, study.unresolved, ledger, _codes(study, grid, records))


def _entries(records: Iterable[dict[str, Any]]) -> Iterator[tuple[str, str, str]]:
    """(actor id, name, e-mail address) of each row."""
    return ((record["actor_id"], record["name"], record["email"]) for record in records)


def _codes(
    study: Study, grid: Grid, records: list[dict[str, Any]]
) -> dict[tuple[str, str], dict[str, tuple[str, ...]]]:
    """(column, wave id) → code in small letters → actor ids."""
    found: dict[tuple[str, str], dict[str, tuple[str, ...]]] = {}
    for column in {relation.codes for relation in study.relations if relation.codes}:
        place = grid.at(column)
        for record in records if place is not None else ():
            code = record["cells"][place].casefold()
            for wave in record["waves"]:
                codes = found.setdefault((column, wave), {})
                if code:
                    codes[code] = (*codes.get(code, ()), record["actor_id"])
    return found
