"""The survey's answers: four forms of asking, one kind of result (`Answers`)."""

from __future__ import annotations

from dataclasses import dataclass

from sna.study import Relation, Study, Wave
from sna.tables.answers import Answers
from sna.tables.finder import Finder
from sna.tables.form_columns import read_matrix, read_roster
from sna.tables.form_names import read_names, read_rows
from sna.tables.grid import Grid, Row, read_grid
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
    grid = read_grid(study.folder, wave.responses, problems, kind="survey", format=wave.format, sheet=wave.sheet)
    if grid is None or not grid.has((wave.respondent, *wave.where), problems, "who answered"):
        return None
    finder = Finder(wave, roster, problems, grid)
    rows = finder.respondents(wave.respondent, study.answered_twice, wave.where)
    finder.note_refusers()
    return Responses(grid, rows)


def read_answers(
    study: Study, relation: Relation, wave: Wave, responses: Responses | None, roster: Roster, problems: Problems
) -> Answers | None:
    """Read one relation in one wave; None when its file cannot be used."""
    file = wave.responses or ""
    grid: Grid | None = responses.grid if responses else None
    if relation.file:
        file = relation.file.replace("{wave}", wave.id).replace("{relation}", relation.id)
        grid = read_grid(study.folder, file, problems, kind="survey", format=relation.format, sheet=relation.sheet)
    if grid is None:
        return None
    answers = Answers(wave, roster, problems, grid, relation)
    if relation.form == "matrix":
        read_matrix(answers, grid)
    elif relation.form == "ties" or (relation.form == "roster" and relation.columns is None):
        known = _keyed(relation, responses, answers)
        if known is None:
            return None
        read_rows(answers, grid, known)
    else:
        rows = _respondents(study, answers, grid, responses)
        if rows is None:
            return None
        (read_roster if relation.form == "roster" else read_names)(answers, grid, rows)
    answers.note_refusers()
    _others(answers, responses)
    return answers


def _respondents(study: Study, answers: Answers, grid: Grid, responses: Responses | None) -> dict[str, Row] | None:
    """actor id → row of a file with one row per respondent, the wave's own or the relation's."""
    if responses is not None and grid is responses.grid:
        return responses.rows
    if not grid.has((study.respondent,), answers.problems, "who answered"):
        return None
    return answers.respondents(study.respondent, study.answered_twice, {})


def _keyed(relation: Relation, responses: Responses | None, answers: Answers) -> dict[str, str] | None:
    """What the relation's file calls each respondent → actor id, "" where their answer does not count.

    Empty where the file gives ids or names themselves; None where it cannot be known whom it means.
    """
    if not relation.ego_key:
        return {}
    why, column = f'the relation "{relation.id}"', relation.ego_key
    if responses is None or not responses.grid.has((column,), answers.problems, why):
        return None
    grid = responses.grid
    place = grid.at(column) or 0
    said_by = grid.at(answers.wave.respondent) or 0
    keyed: dict[str, str] = {}
    for cells in (*(row.record for row in grid.dropped if row.record), *(row.cells for row in grid.rows)):
        found = answers.people.find(cells[said_by]).actor_id
        keyed.setdefault(cells[place], found if found is not None and found in answers.refusers else "")
    whose: dict[str, str] = {}
    for actor_id, row in responses.rows.items():
        key = grid.cell_at(row, place)
        if whose.setdefault(key, actor_id) != actor_id:
            what = "Two answers have this; which of them other files mean cannot be known."
            answers.problems.add("stops", grid.file, what, "Export the answers again.", row.number, column, key or None)
    return {**keyed, **whose}


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
