"""Answers with a cell for each name: typed or chosen names, and lists with one row per pair."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from math import isnan

from sna.errors import hint
from sna.tables.answers import Answers
from sna.tables.grid import REJECTED, STRUCK, UNKNOWN, USED, Grid, Row
from sna.tables.patterns import filled, pattern, ready, said
from sna.tables.people import IGNORED, Found
from sna.tables.values import WITHDRAWN, fold

MOST_PARTS = 4
NOBODY = Found(None, IGNORED)


@dataclass
class _Named:
    """What one person's answer comes to, name by name."""

    said: str | None
    named: dict[str, float | None] = field(default_factory=dict)
    valueless: list[str] = field(default_factory=list)
    beyond: int = 0


def read_names(answers: Answers, grid: Grid, rows: dict[str, Row]) -> None:
    """Columns with typed or chosen names, and what else was asked about each; or one cell with all the names."""
    relation = answers.relation
    columns: dict[str, str] = {}
    for heading, match in grid.matching(pattern(answers)).items():
        n = str(int(match.groupdict().get("n") or 1))
        if n in columns:
            what = f'The column "{columns[n]}" fits `columns` of the relation "{relation.id}" as well.'
            answers.problems.add("stops", grid.file, what, "Write the heading itself, or rename one.", 1, heading)
        columns[n] = heading
    further = {**relation.follow_up, **({"": relation.strength} if relation.strength else {})}
    beside = {n: {key: filled(p, answers).replace("{n}", n) for key, p in further.items()} for n in columns}
    if not ready(answers, grid, columns, [name for names in beside.values() for name in names.values()]):
        return
    kept_out = _KeptOut(answers)
    for ego, row in rows.items():
        found = _Named(said(answers, grid, row))
        for n in sorted(columns, key=int):
            cell = grid.cell(row, columns[n])
            details = {key: grid.cell(row, heading) for key, heading in beside[n].items()}
            strength = (details.pop("", ""), beside[n].get("", columns[n]))
            if not cell:
                _note_orphans(
                    answers,
                    row,
                    [*zip(beside[n].values(), map(partial(grid.cell, row), beside[n].values()), strict=True)],
                )
            elif answers.scale.word(cell) is None and not kept_out.wanted(details):
                found.beyond += answers.people.find(cell).actor_id != ego
            else:
                for typed in _listed(answers, cell):
                    _read_name(answers, grid, row, (ego, typed, columns[n]), strength, details, found)
        answers.settle(ego, found.named, row.number, said=found.said, beyond=found.beyond, valueless=found.valueless)
        if answers.silence_is_no(ego):
            for heading in columns.values():
                grid.mark(row, heading, USED)
    kept_out.note()


def _read_name(
    answers: Answers,
    grid: Grid,
    row: Row,
    name: tuple[str, str, str],
    strength: tuple[str, str],
    details: dict[str, str],
    found: _Named,
) -> None:
    """Enter one name of an answer.

    Args:
        answers: to be added to.
        grid: the file.
        row: the row.
        name: who answered, what they typed, in which column.
        strength: the value given beside the name, and its column.
        details: follow-up → text.
        found: to be added to.
    """
    ego, typed, column = name
    word = answers.scale.word(typed)
    if word is not None:
        found.said = found.said or ("yes" if word == WITHDRAWN else word)
        grid.mark(row, column, UNKNOWN if word == "refused" else USED)
        return
    meant = answers.alter(ego, typed, row.number, column)
    alter = meant.actor_id
    if alter is None:
        found.beyond += meant.how != IGNORED
        return
    if _names_themself(answers, ego, alter, strength[0], row, column):
        return
    value = _strength(answers, strength[0], row, strength[1])
    if value is None:
        found.valueless.append(alter)
    else:
        _enter(found.named, alter, value)
        answers.report(ego, alter, value, row.number, column, details)
    refused = alter in answers.refusers or alter in answers.people.hidden
    if refused and not answers.relation.separator:
        grid.mark(row, column, STRUCK)


def _names_themself(answers: Answers, ego: str, alter: str, value: str, row: Row, column: str) -> bool:
    """Whether somebody gives their own name and no value with it, which is noted; a value need not be asked for."""
    if alter == ego and not value:
        answers.report(ego, alter, 1.0, row.number, column)
    return alter == ego and not value


def _listed(answers: Answers, cell: str) -> list[str]:
    """The names in a cell: one, or several with the relation's separator between them.

    A name may hold the separator ("Lopez, Ana"): parts that make a person of the roster together are one name.
    """
    separator = answers.relation.separator
    if not separator or not cell:
        return [cell] if cell else []
    parts = [part.strip() for part in cell.split(separator.strip() or separator) if part.strip()]
    names: list[str] = []
    while parts:
        longest = next(
            (
                size
                for size in range(min(len(parts), MOST_PARTS), 1, -1)
                if answers.people.find(separator.join(parts[:size])).actor_id is not None
                and any(answers.people.find(part).actor_id is None for part in parts[:size])
            ),
            1,
        )
        names.append(separator.join(parts[:longest]))
        parts = parts[longest:]
    return names


def _note_orphans(answers: Answers, row: Row, beside: list[tuple[str, str]]) -> None:
    """Something was said, in these columns, about a name that is not there."""
    for column, text in beside:
        if not text:
            continue
        answers.problems.add(
            "left out",
            answers.file,
            "Something is said here about a name that was not given.",
            "It was left out.",
            row.number,
            column,
            text,
        )


class _KeptOut:
    """Ties kept out by `where`; when it keeps out all of them, the values it met are noted."""

    def __init__(self, answers: Answers) -> None:
        self.answers = answers
        self.where = {key: fold(value) for key, value in answers.relation.where.items()}
        self.met: dict[str, None] = {}
        self.kept = False

    def wanted(self, details: Mapping[str, str]) -> bool:
        """Whether a tie with these follow-ups belongs to the relation."""
        fits = all(fold(details[key]) == value for key, value in self.where.items())
        self.kept = self.kept or fits
        if not fits:
            self.met.update(dict.fromkeys(details[key] for key in self.where if details[key]))
        return fits

    def note(self) -> None:
        """Note it when nothing fitted although something was named."""
        if self.where and self.met and not self.kept:
            wanted = ", ".join(self.answers.relation.where.values())
            self.answers.problems.add(
                "used",
                self.answers.file,
                f'No answer fits `where` of the relation "{self.answers.relation.id}" ({wanted}).',
                f"Everybody who answered counts as having named nobody.{hint(wanted, self.met)}",
                value=", ".join(list(self.met)[:8]),
            )


def _enter(cells: dict[str, float | None], alter: str, value: float | None) -> None:
    """Enter a cell; a known value beats an unknown one, a higher one beats a lower one."""
    earlier = cells.get(alter)
    if earlier is None or isnan(earlier) or (value is not None and value > earlier):
        cells[alter] = earlier if value is None else value


def _strength(answers: Answers, text: str, row: Row, column: str) -> float | None:
    """The value of a named person: 1 where none is asked for, None (noted) where one is asked for and not given."""
    if text:
        return answers.value(text, row.number, column)
    if answers.relation.strength is None or answers.relation.present_from is None:
        return 1.0
    answers.problems.add(
        "used",
        answers.file,
        "A person is named without a value.",
        "Whether it counts as a tie is unknown.",
        row.number,
        column,
    )
    return None


def _rows_of_wave(answers: Answers, grid: Grid, waves: tuple[str, ...]) -> Iterator[Row]:
    """The rows that belong to the wave; one that belongs to no wave stops the study."""
    column = answers.relation.wave_column
    for row in grid.rows:
        wave = grid.cell(row, column) if column else answers.wave.id
        if wave == answers.wave.id:
            yield row
        elif wave not in waves:
            remedy = f"Use the id of a wave in which this was asked.{hint(wave, waves)}"
            answers.problems.add("stops", grid.file, "No such wave is declared.", remedy, row.number, column, wave)


def _counts(answers: Answers, grid: Grid, row: Row, keyed: Mapping[str, str]) -> bool:
    """Whether the answer that a row belongs to counts; noted where it does not, or where there is none."""
    relation = answers.relation
    by = grid.cell(row, relation.ego)
    who = keyed.get(by) or by
    if answers.people.find(who).actor_id in answers.refusers:
        # Counted with the others who refused; whom they named is nobody's business.
        answers.ego(who, row, relation.ego)
        return False
    if not relation.ego_key or keyed.get(by):
        return True
    if by in keyed:
        what = "The answer to which this row belongs does not count."
        answers.problems.add("left out", grid.file, what, "It was left out.", row.number, relation.ego, by)
        grid.strike(row, REJECTED)
    else:
        what = f'No answer of the wave {answers.wave.id} has this in its column "{relation.ego_key}".'
        remedy = "Export both files together, or take the row out."
        answers.problems.add("stops", grid.file, what, remedy, row.number, relation.ego, by or None)
    return False


def _leave_out(answers: Answers, grid: Grid, row: Row, found: Found, columns: Iterable[str]) -> None:
    """What is said of somebody who is not in the network is left out with them."""
    refused = found.actor_id in answers.refusers or found.actor_id in answers.people.hidden
    state = STRUCK if refused else REJECTED
    for name in columns:
        if grid.cell(row, name):
            grid.mark(row, name, state)


def read_rows(answers: Answers, grid: Grid, keyed: Mapping[str, str]) -> None:
    """One row per pair: a list of ties, or a roster asked pair by pair.

    Args:
        answers: to be filled.
        grid: the file.
        keyed: what the file calls each respondent → actor id, or nothing where their answer does not count; empty where
            the file gives ids or names.
    """
    relation = answers.relation
    pairs = relation.form == "roster"
    wanted = [relation.ego, relation.alter, *relation.follow_up.values()]
    wanted += [name for name in (relation.strength, relation.wave_column) if name]
    if not grid.has(wanted, answers.problems, f'the relation "{relation.id}"'):
        return
    cells: dict[str, dict[str, float | None]] = {}
    beyond: dict[str, int] = {}
    valueless: dict[str, list[str]] = {}
    kept_out = _KeptOut(answers)
    for row in _rows_of_wave(answers, grid, relation.waves):
        typed = grid.cell(row, relation.alter)
        by = grid.cell(row, relation.ego)
        if not _counts(answers, grid, row, keyed):
            continue
        ego = answers.ego(keyed.get(by, by), row, relation.ego)
        withdrawn = answers.scale.word(typed) == WITHDRAWN
        found = NOBODY if withdrawn else answers.alter(ego, typed, row.number, relation.alter)
        if ego is None:
            continue
        mine = cells.setdefault(ego, {})
        if withdrawn:
            continue
        if found.actor_id is None:
            beyond[ego] = beyond.get(ego, 0) + (bool(typed) and found.how != IGNORED)
        if found.actor_id not in answers.members:
            _leave_out(answers, grid, row, found, wanted[1:])
        text = grid.cell(row, relation.strength) if relation.strength else ""
        alter = found.actor_id
        if alter is None or (not pairs and _names_themself(answers, ego, alter, text, row, relation.alter)):
            continue
        details = {key: grid.cell(row, column) for key, column in relation.follow_up.items()}
        value = None if pairs and not text else _strength(answers, text, row, relation.strength or relation.alter)
        if value is not None and value > 0 and not kept_out.wanted(details):
            mine.setdefault(alter, 0.0)
            continue
        if value is None and not pairs:
            valueless.setdefault(ego, []).append(alter)
            continue
        _enter(mine, alter, value)
        if value is not None:
            answers.report(ego, alter, value, row.number, relation.alter, details)
    for ego, mine in cells.items():
        # A row in a list of ties is an answer; a row of an asked pair is one only if it holds a value.
        everybody = {alter: mine.get(alter) for alter in answers.members if alter != ego} if pairs else mine
        said, open_ties = None if pairs else "yes", valueless.get(ego, ())
        answers.settle(ego, everybody, None, said=said, beyond=beyond.get(ego, 0), valueless=open_ties)
    kept_out.note()
