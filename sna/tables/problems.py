"""Where the readers note what they find, so that everything is reported at once."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from sna.errors import SEVERITIES, Problem, Severity
from sna.tables.people import TypedName


class Problems:
    """A growing list of `Problem`s, and what else a person should know of how the files were read.

    Attributes:
        rows_read: file → number of rows.
        names: cell (file, row, column) → how the person in it was found (`Found.how`).
        typed: cell → name that names.csv decides, or has yet to decide.
    """

    def __init__(self, found: Iterable[Problem] = ()) -> None:
        self.found: list[Problem] = list(found)
        self.rows_read: dict[str, int] = {}
        self.names: dict[tuple[str, int | None, str], str] = {}
        self.typed: dict[tuple[str, int | None, str], TypedName] = {}

    def add(
        self,
        severity: Severity,
        file: str,
        problem: str,
        remedy: str,
        row: int | None = None,
        column: str | None = None,
        value: str | None = None,
    ) -> None:
        """Note one problem; the arguments are those of `Problem`."""
        self.found.append(Problem(severity, file, problem, remedy, row, column, value))

    @property
    def stops(self) -> list[Problem]:
        """Those that stop a run."""
        return [p for p in self.sorted() if p.severity == "stops"]

    def sorted(self) -> list[Problem]:
        """Each once, most harmful first, then by file, row and column."""
        return sorted(
            dict.fromkeys(self.found),
            key=lambda p: (SEVERITIES.index(p.severity), p.file, p.row or 0, p.column or "", p.value or "", p.problem),
        )


def problems_table(problems: Iterable[Problem]) -> pd.DataFrame:
    """The problems as the table of docs/data-model.md."""
    columns = ["severity", "file", "row", "column", "value", "problem", "remedy"]
    rows = [[getattr(p, name) for name in columns] for p in problems]
    table = pd.DataFrame(rows, columns=columns)
    return table.astype({"row": "Int64"})
