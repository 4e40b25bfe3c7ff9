"""The four forms of answer: one column per person, typed names, one row per pair, a square table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from math import isnan

from sna.errors import hint
from sna.tables.answers import Answers
from sna.tables.files import Grid, Row
from sna.tables.people import IGNORED
from sna.tables.values import fold

ROSTER_COLUMNS = (("actor_id", "(?P<who>.+)"), ("name", "(?P<who>.+)"), ("n", r"(?P<n>\d+)"))


def _filled(text: str, answers: Answers) -> str:
    """A pattern with `{wave}` and `{relation}` filled in."""
    return text.replace("{wave}", answers.wave.id).replace("{relation}", answers.relation.id)


def _pattern(answers: Answers) -> re.Pattern[str]:
    """The relation's column pattern as a regular expression with one group, `who` or `n`."""
    escaped = re.escape(_filled(answers.relation.columns or "", answers))
    for name, group in ROSTER_COLUMNS:
        escaped = escaped.replace(re.escape("{" + name + "}"), group, 1)
    return re.compile(escaped)


def _answered_column(answers: Answers) -> str | None:
    column = answers.relation.answered
    return _filled(column, answers) if column else None


def _said(answers: Answers, grid: Grid, row: Row) -> str | None:
    """What the `answered` column says of this question."""
    column = _answered_column(answers)
    return answers.said(grid.cell(row, column), row.number, column) if column else None


def _ready(answers: Answers, grid: Grid, found: Mapping[str, str], wanted: list[str]) -> bool:
    """Whether the relation's columns are there: some that fit its pattern, and all that it names."""
    relation = answers.relation
    said = _answered_column(answers)
    complete = grid.has([*wanted, *([said] if said else [])], answers.problems, f'the relation "{relation.id}"')
    if found:
        return complete
    answers.problems.add(
        "stops",
        grid.file,
        f'No column fits the pattern of the relation "{relation.id}".',
        "Mend `columns` in study.toml, or the headings.",
        row=1,
        column=relation.columns,
    )
    return False


def _add_column(answers: Answers, columns: dict[str, str], actor_id: str, heading: str) -> None:
    """Enter the column of a person; a second one for the same person stops the study."""
    if actor_id in columns:
        problem = f'The column "{columns[actor_id]}" is about this person already.'
        answers.problems.add("stops", answers.file, problem, "Keep one of them.", 1, heading)
    columns[actor_id] = heading


def read_roster(answers: Answers, grid: Grid, rows: dict[str, Row]) -> None:
    """One column per person."""
    fits = _pattern(answers)
    columns: dict[str, str] = {}
    strangers: set[str] = set()
    fitting = {heading: found for heading in grid.header if (found := fits.fullmatch(heading))}
    grid.asked_for.update(fitting)
    for heading, found in fitting.items():
        if heading == _answered_column(answers):
            continue
        actor_id = answers.people.find(found["who"]).actor_id
        if actor_id is None:
            answers.person(found["who"], 1, heading)
            continue
        _add_column(answers, columns, actor_id, heading)
        if actor_id not in answers.members and actor_id not in answers.refusers:
            strangers.add(actor_id)
    if not _ready(answers, grid, columns, []):
        return
    unlisted = sorted(answers.members - columns.keys())
    for actor_id in unlisted:
        answers.problems.add(
            "used",
            grid.file,
            f'The relation "{answers.relation.id}" has no column for a person of wave {answers.wave.id}.',
            "Nobody could report a tie to them: these ties are unknown.",
            row=1,
            value=actor_id,
        )
    for ego, row in rows.items():
        cells: dict[str, float | None] = {}
        for alter, heading in columns.items():
            text = grid.cell(row, heading)
            value = answers.value(text, row.number, heading) if text else None
            if alter in strangers:
                if value:
                    answers.person(alter, row.number, heading)
                continue
            cells[alter] = value
            if value is not None:
                answers.report(ego, alter, value, row.number, heading)
        cells.pop(ego, None)
        answers.settle(ego, cells, row.number, said=_said(answers, grid, row), unlisted=unlisted)


def read_names(answers: Answers, grid: Grid, rows: dict[str, Row]) -> None:
    """Columns with typed or chosen names, and what else was asked about each."""
    relation = answers.relation
    fits = _pattern(answers)
    columns = {found["n"]: heading for heading in grid.header if (found := fits.fullmatch(heading))}
    grid.asked_for.update(columns.values())
    further = {**relation.follow_up, **({"": relation.strength} if relation.strength else {})}
    beside = {n: {key: _filled(p, answers).replace("{n}", n) for key, p in further.items()} for n in columns}
    if not _ready(answers, grid, columns, [name for names in beside.values() for name in names.values()]):
        return
    kept_out = _KeptOut(answers)
    for ego, row in rows.items():
        said = _said(answers, grid, row)
        named: dict[str, float | None] = {}
        valueless: list[str] = []
        beyond = 0
        for n in sorted(columns, key=int):
            typed = grid.cell(row, columns[n])
            details = {key: grid.cell(row, heading) for key, heading in beside[n].items()}
            strength_text = details.pop("", "")
            if not typed:
                _note_orphans(answers, row, columns[n], [*details.values(), strength_text])
            elif answers.scale.is_nobody(typed):
                said = said or "nobody"
            elif answers.scale.is_refused(typed):
                said = said or "refused"
            elif not kept_out.wanted(details):
                beyond += 1
            else:
                meant = answers.alter(ego, typed, row.number, columns[n])
                alter = meant.actor_id
                if alter is None:
                    beyond += meant.how != IGNORED
                    continue
                strength = _strength(answers, strength_text, row, beside[n].get("", columns[n]))
                if strength is None:
                    valueless.append(alter)
                    continue
                _enter(named, alter, strength)
                answers.report(ego, alter, strength, row.number, columns[n], details)
        answers.settle(ego, named, row.number, said=said, beyond=beyond, valueless=valueless)
    kept_out.note()


def _note_orphans(answers: Answers, row: Row, column: str, texts: list[str]) -> None:
    """Something was said about a name that is not there."""
    for text in filter(None, texts):
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


def read_rows(answers: Answers, grid: Grid) -> None:
    """One row per pair: a list of ties, or a roster asked pair by pair."""
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
        ego = answers.ego(grid.cell(row, relation.ego), row.number, relation.ego)
        found = answers.alter(ego, typed, row.number, relation.alter)
        if ego is None:
            continue
        mine = cells.setdefault(ego, {})
        if found.actor_id is None:
            beyond[ego] = beyond.get(ego, 0) + (bool(typed) and found.how != IGNORED)
            continue
        text = grid.cell(row, relation.strength) if relation.strength else ""
        details = {key: grid.cell(row, column) for key, column in relation.follow_up.items()}
        value = None if pairs and not text else _strength(answers, text, row, relation.strength or relation.alter)
        if value is not None and value > 0 and not kept_out.wanted(details):
            mine.setdefault(found.actor_id, 0.0)
            continue
        if value is None and not pairs:
            valueless.setdefault(ego, []).append(found.actor_id)
            continue
        _enter(mine, found.actor_id, value)
        if value is not None:
            answers.report(ego, found.actor_id, value, row.number, relation.alter, details)
    for ego, mine in cells.items():
        # A row in a list of ties is an answer; a row of an asked pair is one only if it holds a value.
        everybody = {alter: mine.get(alter) for alter in answers.members if alter != ego} if pairs else mine
        said, open_ties = None if pairs else "yes", valueless.get(ego, ())
        answers.settle(ego, everybody, None, said=said, beyond=beyond.get(ego, 0), valueless=open_ties)
    kept_out.note()


def read_matrix(answers: Answers, grid: Grid) -> None:
    """A square table: row labels in the first column, the same people as headings."""
    columns: dict[str, str] = {}
    for heading in grid.header[1:]:
        if heading and (alter := answers.person(heading, 1, heading).actor_id) is not None:
            _add_column(answers, columns, alter, heading)
    grid.asked_for.update(grid.header)
    missing = [a for a in answers.roster.members[answers.wave.id] if a not in columns]
    seen: dict[str, Row] = {}
    for row in grid.rows:
        ego = answers.respondent(seen, row.cells[0], row, grid.header[0])
        if ego is None:
            continue
        cells: dict[str, float | None] = {}
        for alter, heading in columns.items():
            text = grid.cell(row, heading)
            value = answers.value(text, row.number, heading) if text else None
            if value is not None:
                answers.report(ego, alter, value, row.number, heading)
            if alter != ego:
                cells[alter] = value
        if any(row.cells[1:]) or answers.relation.blank == "absent":
            answers.settle(ego, cells, row.number, unlisted=missing)
    if missing:
        answers.problems.add(
            "used",
            grid.file,
            f"The table has no column for {len(missing)} people of wave {answers.wave.id}.",
            "Nobody could report a tie to them: these ties are unknown.",
            row=1,
            value=", ".join(missing),
        )
