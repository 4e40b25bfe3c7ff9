"""The roster: everybody who could be named, wave by wave, with what they agreed to."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, replace
from typing import NamedTuple

import pandas as pd

from sna.errors import hint
from sna.study import Study
from sna.tables.cells import DateColumns
from sna.tables.grid import STRUCK, Grid, read_grid
from sna.tables.ledger import Entry, decisions, read_ledger
from sna.tables.people import Index, People, in_order
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
    consent = [study.consent.column] if study.consent.column else []
    wanted = [*named, *by_wave, *study.roster_columns, *codes, *consent]
    grid.has(dict.fromkeys(wanted), problems, "study.toml")
    listed = _listed(study, grid, forgotten, problems)
    if not listed:
        return None
    names: dict[str, str] = {}
    for one in listed:
        earlier = names.get(one.actor_id)
        if earlier is not None and earlier != one.name:
            problems.add(
                "used",
                study.roster,
                "A person's name differs from an earlier row.",
                f'The later name is shown everywhere; earlier: "{earlier}".',
                one.row,
                study.name_column,
                one.name,
            )
        names[one.actor_id] = one.name
    agreed = {one.actor_id for one in listed if one.consent != "refused"}
    hidden = frozenset(names) - agreed
    ever = _index(listed)
    _same_names(study, ever, {actor_id: name for actor_id, name in names.items() if actor_id in agreed}, problems)
    ledger = read_ledger(study.folder, study.names, names, hidden, problems) if study.names else ()
    people = People(names, ever, ever, decisions(ledger), hidden)
    return _assemble(study, grid, listed, people, ledger, problems)


class Listed(NamedTuple):
    """A usable row of the roster: its place, its number, the waves in which it holds, and what it says."""

    at: int
    row: int
    actor_id: str
    name: str
    waves: tuple[str, ...]
    asked: bool
    consent: str
    joined: dt.date | None
    left: dt.date | None
    email: str


def _listed(study: Study, grid: Grid, forgotten: str | None, problems: Problems) -> list[Listed]:
    """One entry per usable row."""
    wave_ids = tuple(wave.id for wave in study.waves)
    seen: dict[str, dict[str, int]] = {wave: {} for wave in wave_ids}
    listed = []
    dates = DateColumns(grid, ("joined", "left"), study.dates, problems)
    said = study.consent.column
    columns = (study.id_column, study.name_column, study.wave_column, "asked", said or "", "joined", "left", "email")
    cells = [grid.column(name) if name else [""] * len(grid.rows) for name in columns]
    repeated = {actor_id for actor_id, times in Counter(cells[0]).items() if times > 1}
    for at, (number, one) in enumerate(zip(grid.numbers(), zip(*cells, strict=True), strict=True)):
        actor_id, name, wave, asked, consent, joined_text, left_text, email = one
        if not actor_id:
            problems.add("stops", grid.file, "The row has no id.", "Give the person an id.", number, study.id_column)
            continue
        if wave and wave not in wave_ids:
            problems.add(
                "stops",
                grid.file,
                "No such wave is declared in study.toml.",
                f"Use the id of a wave.{hint(wave, wave_ids)}",
                number,
                study.wave_column,
                wave,
            )
        # A person of a wave that does not exist counts as of every wave: one fault must not look like many.
        known = not wave or wave in wave_ids
        waves = (wave,) if wave in wave_ids else wave_ids
        clash = None
        if known and actor_id in repeated:
            clash = next((seen[w][actor_id] for w in waves if actor_id in seen[w]), None)
        if clash is not None:
            problems.add(
                "stops",
                grid.file,
                f"This id stands in row {clash} already{f' for wave {wave}' if wave else ''}.",
                "Give each person an id of their own, and one row per wave.",
                number,
                study.id_column,
                actor_id,
            )
            continue
        if known and actor_id in repeated:
            for w in waves:
                seen[w][actor_id] = number
        joined = dates.at(grid.rows[at], "joined") if joined_text else None
        left = dates.at(grid.rows[at], "left") if left_text else None
        if joined and left and left < joined:
            remedy = "Mend the dates."
            problems.add("stops", grid.file, "The person left before they joined.", remedy, number, "left", str(left))
        state = _consent(study, grid, consent, number, problems) if consent else study.consent.default
        listed.append(
            Listed(
                at,
                number,
                actor_id,
                name or actor_id,
                waves,
                _asked(grid, asked, number, problems) if asked else True,
                "refused" if actor_id == forgotten else state,
                joined,
                left,
                email,
            )
        )
    return listed


def _asked(grid: Grid, text: str, number: int, problems: Problems) -> bool:
    answer = yes_no(text)
    if answer is None:
        problems.add("stops", grid.file, "This is neither yes nor no.", "Write yes or no.", number, "asked", text)
    return answer is not False


def _consent(study: Study, grid: Grid, text: str, number: int, problems: Problems) -> str:
    state = text.casefold().replace(" ", "_")
    if state in CONSENT_STATES:
        return state
    problems.add(
        "stops",
        grid.file,
        "This is not a state of consent.",
        f"Use one of {', '.join(CONSENT_STATES)}.{hint(state, CONSENT_STATES)}",
        number,
        study.consent.column,
        text,
    )
    return "refused"


def _same_names(study: Study, ever: Index, names: dict[str, str], problems: Problems) -> None:
    for folded, holders in ever.by_folded.items():
        ids = [one for one in holders if one in names and in_order(names[one]) == folded] if len(holders) > 1 else []
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
    listed: list[Listed],
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
    rows: list[Listed] = []
    waves: list[str] = []
    members: dict[str, tuple[str, ...]] = {}
    refused: dict[str, frozenset[str]] = {}
    order = people.order
    for wave in study.waves:
        there = [one for one in listed if wave.id in one.waves]
        if len(order) < len(listed):
            # Where people have several rows, all waves keep the order in which people come first.
            there.sort(key=lambda one: order[one.actor_id])
        refused[wave.id] = frozenset(one.actor_id for one in there if one.consent == "refused")
        there = [one for one in there if one.consent != "refused"] if refused[wave.id] else there
        members[wave.id] = tuple(one.actor_id for one in there)
        if refused[wave.id]:
            problems.add(
                "left out",
                grid.file,
                f"People of wave {wave.id} who refused consent: {len(refused[wave.id])}.",
                "Removed from every table, network and page, together with the nominations they gave and received.",
            )
        if not there:
            problems.add("note", grid.file, f"Nobody is on the roster of wave {wave.id}.", "Its networks are empty.")
        waves += [wave.id] * len(there)
        rows += there
    texts = {rename[name]: grid.column(name) for name in other}
    actors = pd.DataFrame(
        {
            "wave": waves,
            "actor_id": [one.actor_id for one in rows],
            "name": [people.names[one.actor_id] for one in rows],
            "asked": [one.asked for one in rows],
            "consent": [one.consent for one in rows],
            "joined": [one.joined for one in rows],
            "left": [one.left for one in rows],
            **{name: [column[one.at] or None for one in rows] for name, column in texts.items()},
        },
        dtype=None if rows else object,
    )
    for one in listed:
        if one.consent == "refused":
            grid.strike(grid.rows[one.at], STRUCK)
    in_wave = {}
    for wave in study.waves:
        mine = [one for one in listed if wave.id in one.waves]
        in_wave[wave.id] = replace(people, here=people.ever if len(mine) == len(listed) else _index(mine))
    return Roster(actors, people, in_wave, members, refused, study.unresolved, ledger, _codes(study, grid, listed))


def _index(listed: list[Listed]) -> Index:
    """What people are called in these rows."""
    return Index.of([one.actor_id for one in listed], [one.name for one in listed], [one.email for one in listed])


def _codes(study: Study, grid: Grid, listed: list[Listed]) -> dict[tuple[str, str], dict[str, tuple[str, ...]]]:
    """(column, wave id) → code in small letters → actor ids."""
    found: dict[tuple[str, str], dict[str, tuple[str, ...]]] = {}
    for column in {relation.codes for relation in study.relations if relation.codes}:
        if grid.at(column) is None:
            continue
        cells = grid.column(column)
        for one in listed:
            code = cells[one.at].casefold()
            for wave in one.waves:
                codes = found.setdefault((column, wave), {})
                if code:
                    codes[code] = (*codes.get(code, ()), one.actor_id)
    return found
