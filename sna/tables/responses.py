"""The survey's answers: four forms of asking, one kind of result (`Answers`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sna.study import Relation, Study, Wave
from sna.tables.answers import Answers
from sna.tables.files import Grid, Row, read_grid
from sna.tables.finder import Finder
from sna.tables.problems import Problems
from sna.tables.roster import Roster


@dataclass(frozen=True)
class Responses:
    """A wave's responses file: one row per respondent.

    Attributes:
        grid: the file.
        rows: actor id → row, members of the wave only, in file order.
    """

    grid: Grid
    rows: dict[str, Row]


def read_responses(study: Study, wave: Wave, roster: Roster, problems: Problems) -> Responses | None:
    """Read a wave's responses file; None without one, or when it cannot be used."""
    if wave.responses is None:
        return None
    grid = read_grid(study.folder, wave.responses, problems)
    if grid is None or not grid.has((study.respondent,), problems, "who answered"):
        return None
    rows: dict[str, Row] = {}
    finder = Finder(wave, roster, problems, grid.file)
    for row in grid.rows:
        typed = grid.cell(row, study.respondent)
        if not typed:
            problems.add(
                "stops", grid.file, "The row does not say who answered.", "Fill it in.", row.number, study.respondent
            )
        finder.respondent(rows, typed, row, study.respondent)
    return Responses(grid, rows)


def read_answers(
    study: Study, relation: Relation, wave: Wave, responses: Responses | None, roster: Roster, problems: Problems
) -> Answers | None:
    """Read one relation in one wave; None when its file cannot be used."""
    file = wave.responses or ""
    grid: Grid | None = responses.grid if responses else None
    if relation.file:
        file = relation.file.replace("{wave}", wave.id).replace("{relation}", relation.id)
        grid = read_grid(study.folder, file, problems)
    if grid is None:
        return None
    answers = Answers(wave, roster, problems, file, relation)
    if relation.form == "matrix":
        _read_matrix(answers, grid)
    elif relation.form == "ties" or (relation.form == "roster" and relation.columns is None):
        _read_rows(answers, grid)
    else:
        rows = _respondents(study, answers, grid, responses)
        if rows is None:
            return None
        (_read_roster if relation.form == "roster" else _read_names)(answers, grid, rows)
    _others(answers, responses)
    return answers


def _respondents(study: Study, answers: Answers, grid: Grid, responses: Responses | None) -> dict[str, Row] | None:
    """actor id → row of a file with one row per respondent, the wave's own or the relation's."""
    if responses is not None and grid is responses.grid:
        return responses.rows
    if not grid.has((study.respondent,), answers.problems, "who answered"):
        return None
    rows: dict[str, Row] = {}
    for row in grid.rows:
        answers.respondent(rows, grid.cell(row, study.respondent), row, study.respondent)
    return rows


def _pattern(text: str, relation: Relation, wave: Wave) -> re.Pattern[str]:
    """A column pattern as a regular expression with one group, `who` or `n`."""
    filled = text.replace("{wave}", wave.id).replace("{relation}", relation.id)
    escaped = re.escape(filled)
    for name, group in (("actor_id", "(?P<who>.+)"), ("name", "(?P<who>.+)"), ("n", r"(?P<n>\d+)")):
        escaped = escaped.replace(re.escape("{" + name + "}"), group, 1)
    return re.compile(escaped)


def _said(answers: Answers, grid: Grid, row: Row) -> str | None:
    """What the `answered` column says of this question."""
    column = _answered_column(answers)
    if column is None:
        return None
    return answers.said(grid.cell(row, column), row.number, column)


def _answered_column(answers: Answers) -> str | None:
    column = answers.relation.answered
    return column and column.replace("{wave}", answers.wave.id).replace("{relation}", answers.relation.id)


def _missing_columns(answers: Answers, grid: Grid, columns: dict[str, str]) -> bool:
    """Note it when no column fits the relation's pattern."""
    if columns:
        return False
    answers.problems.add(
        "stops",
        grid.file,
        f'No column fits the pattern of the relation "{answers.relation.id}".',
        "Mend `columns` in study.toml, or the headings.",
        row=1,
        column=answers.relation.columns,
    )
    return True


def _read_roster(answers: Answers, grid: Grid, rows: dict[str, Row]) -> None:
    """One column per person."""
    fits = _pattern(answers.relation.columns or "", answers.relation, answers.wave)
    columns: dict[str, str] = {}
    strangers: set[str] = set()
    for heading in grid.header:
        found = fits.fullmatch(heading)
        if not found or heading == _answered_column(answers):
            continue
        actor_id = answers.people.find(found["who"]).actor_id
        if actor_id is None:
            answers.person(found["who"], 1, heading)
            continue
        columns[actor_id] = heading
        if actor_id not in answers.members and actor_id not in answers.refusers:
            strangers.add(actor_id)
    if _missing_columns(answers, grid, columns):
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
        answers.settle(ego, cells, said=_said(answers, grid, row), unlisted=unlisted)


def _read_names(answers: Answers, grid: Grid, rows: dict[str, Row]) -> None:
    """Columns with typed or chosen names, and what else was asked about each."""
    relation = answers.relation
    fits = _pattern(relation.columns or "", relation, answers.wave)
    columns = {found["n"]: heading for heading in grid.header if (found := fits.fullmatch(heading))}
    if _missing_columns(answers, grid, columns):
        return
    numbers = sorted(columns, key=int)
    further = {**relation.follow_up, **({"": relation.strength} if relation.strength else {})}
    if not grid.has(
        [pattern.replace("{n}", n) for pattern in further.values() for n in numbers],
        answers.problems,
        f'the relation "{relation.id}"',
    ):
        return
    for ego, row in rows.items():
        marked = False
        said = _said(answers, grid, row)
        named: dict[str, float | None] = {}
        count = 0
        for n in numbers:
            heading = columns[n]
            typed = grid.cell(row, heading)
            if not typed:
                continue
            if answers.scale.is_nobody(typed):
                said = said or "nobody"
                continue
            if answers.scale.is_refused(typed):
                said = said or "refused"
                continue
            marked = True
            count += 1
            details = {key: grid.cell(row, pattern.replace("{n}", n)) for key, pattern in relation.follow_up.items()}
            if any(details[key].casefold() != value.casefold() for key, value in relation.where.items()):
                continue
            alter = answers.alter(ego, typed, row.number, heading)
            strength = _strength(answers, grid, row, (relation.strength or "").replace("{n}", n))
            if alter is not None and strength is not None:
                named[alter] = strength
                answers.report(ego, alter, strength, row.number, heading, details)
        if relation.cap is not None and count > relation.cap:
            answers.problems.add(
                "used",
                grid.file,
                f'{count} people are named in "{relation.id}", more than the cap of {relation.cap}.',
                "All were used.",
                row.number,
            )
        answers.settle(ego, named, said=said, marked=marked)


def _strength(answers: Answers, grid: Grid, row: Row, column: str) -> float | None:
    """The value that goes with a name or a tie: 1 where none is asked for or none is given."""
    text = grid.cell(row, column) if column else ""
    return answers.value(text, row.number, column) if text else 1.0


def _rows_of_wave(answers: Answers, grid: Grid) -> Iterator[Row]:
    """The rows that belong to the wave."""
    column = answers.relation.wave_column
    for row in grid.rows:
        if column is None or grid.cell(row, column) == answers.wave.id:
            yield row


def _read_rows(answers: Answers, grid: Grid) -> None:
    """One row per pair: a list of ties, or a roster asked pair by pair."""
    relation = answers.relation
    wanted = [relation.ego, relation.alter, *relation.follow_up.values()]
    wanted += [name for name in (relation.strength, relation.wave_column) if name]
    if not grid.has(wanted, answers.problems, f'the relation "{relation.id}"'):
        return
    cells: dict[str, dict[str, float | None]] = {}
    for row in _rows_of_wave(answers, grid):
        typed = [grid.cell(row, relation.ego), grid.cell(row, relation.alter)]
        for text, column in zip(typed, (relation.ego, relation.alter), strict=True):
            if not text:
                answers.problems.add("stops", grid.file, "The cell is empty.", "Fill it in.", row.number, column)
        if not all(typed):
            continue
        ego = answers.ego(typed[0], row.number, relation.ego)
        alter = answers.alter(ego, typed[1], row.number, relation.alter)
        text = grid.cell(row, relation.strength) if relation.strength else ""
        blank = relation.form == "roster" and not text
        value = None if blank else _strength(answers, grid, row, relation.strength or "")
        if ego is None or alter is None:
            continue
        details = {key: grid.cell(row, column) for key, column in relation.follow_up.items()}
        mine = cells.setdefault(ego, {})
        if any(details[key].casefold() != wanted.casefold() for key, wanted in relation.where.items()):
            continue
        mine[alter] = value
        if value is not None:
            answers.report(ego, alter, value, row.number, relation.alter, details)
    for ego, mine in cells.items():
        if relation.form == "roster":
            everybody = {alter: mine.get(alter) for alter in answers.members if alter != ego}
            answers.settle(ego, everybody, said=None)
        else:
            answers.settle(ego, mine, said="yes")


def _read_matrix(answers: Answers, grid: Grid) -> None:
    """A square table: row labels in the first column, the same people as headings."""
    columns: dict[str, str] = {}
    for heading in grid.header[1:]:
        if heading and (alter := answers.person(heading, 1, heading).actor_id) is not None:
            columns[alter] = heading
    missing = [a for a in answers.roster.members[answers.wave.id] if a not in columns]
    seen: dict[str, Row] = {}
    label = grid.header[0]
    for row in grid.rows:
        ego = answers.respondent(seen, row.cells[0], row, label)
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
            answers.settle(ego, cells, said=None, unlisted=missing)
    if missing:
        answers.problems.add(
            "used",
            grid.file,
            f"The table has no column for {len(missing)} people of wave {answers.wave.id}.",
            "Nobody could report a tie to them: these ties are unknown.",
            row=1,
            value=", ".join(missing),
        )


def _others(answers: Answers, responses: Responses | None) -> None:
    """The status of those about whom the relation's own file says nothing."""
    relation = answers.relation
    asked = answers.roster.actors
    mine = asked[asked["wave"] == answers.wave.id]
    for actor_id, was_asked in zip(mine["actor_id"], mine["asked"], strict=True):
        if actor_id in answers.status:
            continue
        everyone = relation.respondents == "everyone" and bool(was_asked)
        listed = relation.respondents == "responses" and responses is not None and actor_id in responses.rows
        if relation.form == "ties" and (everyone or listed):
            answers.status[actor_id] = "answered"
        elif responses is not None and actor_id in responses.rows:
            answers.status[actor_id] = "skipped"
        else:
            answers.status[actor_id] = "no_response" if was_asked else "not_asked"
