"""The columns of a relation: its patterns, and whether what it needs is in the file."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sna.tables.answers import Answers
from sna.tables.grid import Grid, Row
from sna.tables.values import even

WHO = "(?P<who>.+)"
FIELDS = (("actor_id", WHO), ("name", WHO), ("code", WHO), ("n", r"(?P<n>\d+)"))


def filled(text: str, answers: Answers) -> str:
    """A pattern with `{wave}` and `{relation}` filled in."""
    return text.replace("{wave}", answers.wave.id).replace("{relation}", answers.relation.id)


def pattern(answers: Answers) -> re.Pattern[str]:
    """The relation's column pattern as a regular expression with one group, `who` or `n`.

    What stands in it twice, as in `m_{name}/m_{name}_advice`, is the same both times.
    """
    escaped = re.escape(even(filled(answers.relation.columns or "", answers)))
    for name, group in FIELDS:
        marked = re.escape("{" + name + "}")
        escaped = escaped.replace(marked, group, 1).replace(marked, "(?P=who)" if group == WHO else "(?P=n)")
    return re.compile(escaped)


def answered_column(answers: Answers) -> str | None:
    column = answers.relation.answered
    return filled(column, answers) if column else None


def said(answers: Answers, grid: Grid, row: Row) -> str | None:
    """What the `answered` column says of this question."""
    column = answered_column(answers)
    return answers.said(grid.cell(row, column), row.number, column) if column else None


def ready(answers: Answers, grid: Grid, found: Mapping[str, str], wanted: list[str]) -> bool:
    """Whether the relation's columns are there: some that fit its pattern, and all that it names."""
    relation = answers.relation
    said = answered_column(answers)
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
