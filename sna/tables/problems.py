"""Where the readers note what they find, so that everything is reported at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import pandas as pd

from sna.errors import SEVERITIES, Problem, Severity, close_match
from sna.tables.found import FoundCells
from sna.tables.people import TypedName, mentions


class Problems:
    """A growing list of `Problem`s, and what else a person should know of how the files were read.

    Attributes:
        rows_read: file → number of rows.
        names: cell (file, row, column) → the person in it, as found.
        columns: (file, heading) → id of the person whom the column is about.
        typed: cell → name that names.csv decides, or has yet to decide.
        hints: whether close matches are looked for, which takes long among very many people.
        grids: what has been read already, so that each file is read once.
        parts: what study.toml calls several files read as one table → number of a row in it → its file and row.
        partial: several files read as one table → the columns that some of them lack: heading, and in how many it is.
        sheets: workbook → the sheet that was read without being named, the others, and those that were read by name.
    """

    def __init__(self, found: Iterable[Problem] = ()) -> None:
        self.found: list[Problem] = list(found)
        self.rows_read: dict[str, int] = {}
        self.names = FoundCells()
        self.columns: dict[tuple[str, str], str] = {}
        self.hints = True
        self.grids: dict[tuple[str, ...], object] = {}
        self.parts: dict[str, dict[int, tuple[str, int]]] = {}
        self.partial: dict[str, list[tuple[str, str]]] = {}
        self.sheets: dict[str, tuple[str, list[str], set[str]]] = {}
        self.headers: dict[str, tuple[str, ...]] = {}
        self._doubled: dict[str, tuple[int, frozenset[str]]] = {}
        self.unnamed_first: dict[str, str] = {}
        self._asked_for: dict[str, set[str]] = {}
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
        own, row = self.place(file, row)
        self.found.append(Problem(severity, own, problem, remedy, row, column, value, file if own != file else ""))

    def place(self, file: str, row: int | None) -> tuple[str, int | None]:
        """The file and row as a person finds them; the same, unless several files were read as one table."""
        return self.parts.get(file, {}).get(row or 0, (file, row))

    def asked_for(self, file: str, header: tuple[str, ...], doubled: frozenset[str], row: int) -> set[str]:
        """The set in which readers of a file enter the columns they look for."""
        self.headers[file] = header
        self._doubled[file] = (row, doubled)
        return self._asked_for.setdefault(file, set())

    def note_unread(self, hidden: Collection[str] = ()) -> None:
        """Note the columns that nobody read; one that is a column looked for, but for its capitals, stops the study.

        Args:
            hidden: folded names of people who refused consent: a heading that holds one is not told.
        """
        for file, header in self.headers.items():
            looked_for = self._asked_for[file]
            row, doubled = self._doubled[file]
            for name in sorted(doubled & looked_for):
                self.add("stops", file, "Two columns have this heading.", "Rename one of them.", row, name)
            unread = [name for name in header if name and name not in looked_for and not mentions(name, hidden)]
            missing = {name.casefold(): name for name in looked_for - set(header)}
            for name in [name for name in unread if name.casefold() in missing]:
                unread.remove(name)
                wanted = missing[name.casefold()]
                self.add("stops", file, "The heading has other capitals than expected.", f'Write "{wanted}".', 1, name)
            if file in self.unnamed_first and "" not in looked_for:
                what = "The first column has no heading and was not read."
                self.add("note", file, what, "Name it if it matters.", 1, value=self.unnamed_first[file])
            if unread:
                near = [f'"{n}" for "{m}"' for n in unread if (m := close_match(n, missing.values())) is not None]
                meant = f" Perhaps meant: {', '.join(near[:4])}." if near else ""
                what = "Columns that nothing in study.toml refers to were not read."
                self.add("note", file, what, f"Declare them if they matter.{meant}", 1, value=", ".join(unread))
        for file, (title, others, by_name) in self.sheets.items():
            if left := [f'"{other}"' for other in others if other not in by_name]:
                self.add("note", file, f'Only the sheet "{title}" was read.', f"Left out: {', '.join(left)}.")

    def note_partial(self, hidden: Collection[str], ids: Collection[str]) -> None:
        """Note the columns that some of several files read as one table do not have.

        Args:
            hidden: folded names of people who refused consent: a heading that holds one is not told.
            ids: their ids: a column about one of them is not told.
        """
        for file, columns in self.partial.items():
            told = [
                f"{heading} ({times})"
                for heading, times in columns
                if not mentions(heading, hidden) and self.columns.get((file, heading)) not in ids
            ]
            if told:
                remedy = (
                    "Where it is missing, it counts as empty. If it is the same column under another name, rename it."
                )
                self.add("note", file, "Not every file has this column.", remedy, value=", ".join(told))

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
