"""Answers with a column for each person: a roster in the responses file, and a square table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from math import isnan

from sna.tables.answers import Answers
from sna.tables.grid import STRUCK, UNKNOWN, USED, Grid, Row
from sna.tables.patterns import answered_column, filled, pattern, ready, said
from sna.tables.values import fold


def _add_column(answers: Answers, columns: dict[str, str], actor_id: str, heading: str) -> None:
    """Enter the column of a person; a second one for the same person stops the study."""
    if actor_id in columns:
        problem = f'The column "{columns[actor_id]}" is about this person already.'
        answers.problems.add("stops", answers.file, problem, "Keep one of them.", 1, heading)
    columns[actor_id] = heading
    answers.problems.columns[(answers.file, heading)] = actor_id


def _matching(answers: Answers, grid: Grid) -> dict[str, re.Match[str]]:
    """heading → match of the columns that fit the relation's pattern.

    A pattern without a word of its own, such as `{name}`, fits every heading: then those of people of the roster are
    meant.
    """
    own = re.sub(r"\{\w+\}", "", filled(answers.relation.columns or "", answers))
    if any(letter.isalpha() for letter in own):
        return grid.matching(pattern(answers))

    def about_somebody(found: re.Match[str]) -> bool:
        return "who" not in found.groupdict() or answers.people.find(found["who"]).actor_id is not None

    return grid.matching(pattern(answers), about_somebody)


def _columns_of_people(answers: Answers, grid: Grid) -> tuple[dict[str, str], dict[str, str]] | None:
    """(actor id → heading, heading → the person as the file calls them); None when the file does not say whom."""
    columns: dict[str, str] = {}
    whom: dict[str, str] = {}
    for heading, found in _matching(answers, grid).items():
        if heading == answered_column(answers):
            continue
        who = found["who"] if "who" in found.groupdict() else grid.whom(heading)
        if not who:
            answers.problems.add(
                "stops",
                grid.file,
                "Nothing says whom this column is about: the file has no label for it.",
                "Use {actor_id}, {name} or {code} in `columns`, or export the file with its labels.",
                1,
                heading,
            )
            return None
        whom[heading] = fold(grid.whom(heading) or who)
        actor_id = answers.people.find(who).actor_id
        if actor_id is None:
            answers.person(who, 1, heading)
        else:
            _add_column(answers, columns, actor_id, heading)
    return columns, whom


def _value(answers: Answers, text: str, row: int, heading: str) -> float | None:
    """The value of a cell; of several answers in one, the highest that is on the scale, or a no."""
    separator = answers.relation.separator
    if not separator or answers.scale.is_refused(text):
        return answers.value(text, row, heading)
    chosen = _between(text, separator)
    return max((code for word, code in answers.scale.words.items() if _between(word, separator) in chosen), default=0.0)


def _between(text: str, separator: str) -> str:
    """A text between separators, spaces evened out, so that a whole answer is found in a list of them."""
    mark = separator.strip() or separator
    return mark + mark.join(fold(part) for part in text.split(mark) if part.strip()) + mark


def _note_nothing_chosen(answers: Answers, grid: Grid) -> None:
    """Note it when no cell holds an answer of the scale, although cells may hold several: it may be misspelt."""
    scale = answers.relation.scale
    if scale and answers.relation.separator and not any(strength > 0 for strength in answers.reports.values()):
        problem = f'No cell of the relation "{answers.relation.id}" holds an answer of its scale.'
        remedy = "Everybody who answered counts as having named nobody."
        answers.problems.add("used", grid.file, problem, remedy, value=", ".join(scale.values()))


def _report_row(
    answers: Answers, grid: Grid, row: Row, ego: str, columns: Mapping[str, str], whom: Mapping[str, str]
) -> dict[str, float | None]:
    """alter → value of one row, each reported; None for an empty cell.

    Args:
        answers: to be added to.
        grid: the file.
        row: the row.
        ego: whose row it is.
        columns: actor id → heading.
        whom: heading → the person as the file calls them, where a tick may be written as the person's own name.
    """
    cells: dict[str, float | None] = {}
    for alter, heading in columns.items():
        text = grid.cell(row, heading)
        # Some products write the choice itself where it was ticked.
        ticked = answers.scale.ticks and bool(text) and fold(text) == whom.get(heading)
        value = 1.0 if ticked else _value(answers, text, row.number, heading) if text else None
        member = alter in answers.members
        if alter in answers.refusers or (not member and not value) or (not text and alter == ego):
            grid.mark(row, heading, STRUCK)
        elif value is not None and isnan(value):
            grid.mark(row, heading, UNKNOWN)
        if member or alter in answers.refusers:
            cells[alter] = value
        elif value and whom:
            answers.person(alter, row.number, heading)
        if value is not None:
            answers.report(ego, alter, value, row.number, heading)
    cells.pop(ego, None)
    return cells


def _box_for_nobody(answers: Answers, grid: Grid) -> bool:
    """Whether the `answered` column is a box beside those of people: left empty, it says nothing against a name."""
    column = answered_column(answers)
    return bool(column and answers.scale.ticks and column in _matching(answers, grid) and grid.whom(column))


def _mark_noes(answers: Answers, grid: Grid, row: Row, ego: str, headings: Iterable[str]) -> None:
    """Empty cells that say no are used."""
    if answers.silence_is_no(ego):
        for heading in headings:
            grid.mark(row, heading, USED)


def read_roster(answers: Answers, grid: Grid, rows: dict[str, Row]) -> None:
    """One column per person."""
    found = _columns_of_people(answers, grid)
    if found is None:
        return
    columns, whom = found
    if not ready(answers, grid, columns, []):
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
    nobody = _box_for_nobody(answers, grid)
    for ego, row in rows.items():
        cells = _report_row(answers, grid, row, ego, columns, whom)
        word = said(answers, grid, row)
        if nobody and word == "no" and any((value or 0.0) > 0 for value in cells.values()):
            word = None
        answers.settle(ego, cells, row.number, said=word, unlisted=unlisted)
        _mark_noes(answers, grid, row, ego, (columns[alter] for alter in cells))
    _note_nothing_chosen(answers, grid)


def read_matrix(answers: Answers, grid: Grid) -> None:
    """A square table: row labels in the first column, the same people as headings."""
    columns: dict[str, str] = {}
    for heading in grid.header[1:]:
        if heading and (alter := answers.person(heading, 1, heading).actor_id) is not None:
            _add_column(answers, columns, alter, heading)
    grid.touch()
    missing = [a for a in answers.roster.members[answers.wave.id] if a not in columns]
    seen: dict[str, Row] = {}
    for row in grid.rows:
        ego = answers.respondent(seen, row.cells[0], row, grid.header[0])
        if ego is None:
            continue
        cells = _report_row(answers, grid, row, ego, columns, {})
        if any(row.cells[1:]) or answers.relation.blank == "absent":
            answers.settle(ego, cells, row.number, unlisted=missing)
        _mark_noes(answers, grid, row, ego, (columns[alter] for alter in cells))
    if missing:
        answers.problems.add(
            "used",
            grid.file,
            f"The table has no column for {len(missing)} people of wave {answers.wave.id}.",
            "Nobody could report a tie to them: these ties are unknown.",
            row=1,
            value=", ".join(missing),
        )
