"""Of people who refused consent nothing is told: what was noted about their rows is taken back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sna.errors import Problem
from sna.study import Study
from sna.tables.callers import find_caller
from sna.tables.exports.meeting import EMAIL, LAST_NAME
from sna.tables.finder import Place
from sna.tables.grid import STRUCK, Grid
from sna.tables.people import mentions
from sna.tables.problems import Problems
from sna.tables.roster import Roster
from sna.tables.values import fold
from sna.tables.whose import Whose, whose_rows

# What is noted once for a whole file stays, without the row where it was noted.
ONCE = (
    "L was read as late",
    "Times stand as numbers",
    "Dates stand as numbers",
    "Years have two digits",
    "This person had not left",
)
Spot = tuple[str, int | None]


def say_nothing_of_refusers(study: Study, roster: Roster, problems: Problems) -> None:
    """Take back what was noted about single rows before it was known that they are of somebody who refused consent.

    What stops the study is still told with its file, row and column, because somebody has to mend it; its value is told
    only where it has no letters and is not who the row is about. Nothing else points at their rows, or at a file of
    which all rows are theirs; such rows are struck, and how many were is counted for each file. A file that cannot be
    read at all is told of as it is: nobody knows yet whose rows it holds.
    """
    if not any(roster.refused.values()):
        return
    told: dict[str, set[int | None]] = {}
    for problem in problems.found:
        told.setdefault(problem.file, set()).add(problem.row)
    columns: dict[Spot, frozenset[str]] = {}
    files: set[str] = set()
    further: dict[Spot, str] = {}
    for grid in [grid for grid in problems.grids.values() if isinstance(grid, Grid)]:
        mine = _Rows(study, roster, problems, grid)
        for spot, struck in mine.of_refusers(told):
            columns[spot] = mine.columns
            if not struck:
                further[spot] = grid.file
        files |= mine.files_of_refusers(told)
    kept: list[Problem] = []
    taken: set[Spot] = set()
    for problem in problems.found:
        spot = (problem.file, problem.row)
        if spot not in columns and (problem.file not in files or problem.severity == "stops"):
            kept.append(problem)
        elif problem.severity == "stops":
            kept.append(_without_value(study, problem, columns[spot]))
        elif problem.problem.startswith(ONCE):
            kept.append(replace(problem, file=problem.named or problem.file, row=None, value=None))
        else:
            taken.add(spot)
    problems.found = kept
    counted = [file for spot, file in further.items() if spot in taken]
    for file in dict.fromkeys(counted):
        what = f"Rows of people who refused consent that hold nothing to be used: {counted.count(file)}."
        problems.add("left out", file, what, "They were removed and are counted here only.")


def _without_value(study: Study, problem: Problem, whose: frozenset[str]) -> Problem:
    """A problem that does not say who the row is about. A state of consent is told: it is no name."""
    state = problem.file == study.roster and problem.column == study.consent.column
    letters = any(c.isalpha() for c in problem.value or "")
    return replace(problem, value=None) if not state and (letters or problem.column in whose) else problem


@dataclass
class _Rows:
    """The rows of one file, and whose they are."""

    study: Study
    roster: Roster
    problems: Problems
    grid: Grid

    def __post_init__(self) -> None:
        self.whose = list(whose_rows(self.study, self.grid))
        self.columns = frozenset(column for declared in self.whose for column in declared.columns)

    def of_refusers(self, told: dict[str, set[int | None]]) -> Iterator[tuple[Spot, bool]]:
        """The rows told of that are of people who refused, which are struck, and whether they had been."""
        grid = self.grid
        spots = [self.problems.place(grid.file, number) for number in grid.numbers()]
        for at in [at for at, (file, number) in enumerate(spots) if number in told.get(file, ())]:
            row = grid.rows[at]
            struck = len(grid.marks) == len(grid.header) and all(m[at] == STRUCK for m in grid.marks.values())
            if struck or self._is_of_refuser(row.cells):
                grid.strike(row, STRUCK)
                yield spots[at], struck
        for dropped in grid.dropped:
            if dropped.record and self._is_of_refuser(dropped.record):
                yield self.problems.place(grid.file, dropped.number), False

    def files_of_refusers(self, told: dict[str, set[int | None]]) -> set[str]:
        """Of files that are read together, those told of in which every row is of somebody who refused."""
        rows = [(row.number, row.cells) for row in self.grid.rows] if self.grid.file in self.problems.parts else []
        rows += [(row.number, row.record) for row in self.grid.dropped] if rows else []
        theirs: dict[str, bool] = {}
        for number, cells in rows:
            file, _ = self.problems.place(self.grid.file, number)
            if file in told and theirs.get(file, True):
                theirs[file] = self._is_of_refuser(cells)
        return {file for file, all_theirs in theirs.items() if all_theirs}

    def _is_of_refuser(self, cells: Sequence[str]) -> bool:
        return any(self._refused(declared, cells) for declared in self.whose)

    def _refused(self, declared: Whose, cells: Sequence[str]) -> bool:
        """Whether a row is, as one declaration reads it, of somebody who refused consent."""
        if any(fold(self._cell(cells, name)) != fold(value) for name, value in declared.where.items()):
            return False
        people = self.roster.in_wave.get(declared.wave or "", self.roster.people)
        refusers = people.hidden | self.roster.refused.get(declared.wave or "", frozenset())
        for heading in declared.columns if refusers else ():
            text = self._cell(cells, heading)
            if declared.report:
                # Found as the reader of reports finds them; what there is to note was noted then.
                place = Place(Problems(), self.grid.file, None, heading, "count")
                place.problems.hints = False
                whole = f"{text} {self._cell(cells, LAST_NAME)}".strip()
                actor_id = find_caller(people, whole, self._cell(cells, EMAIL), place, refusers, set()).actor_id
            else:
                actor_id = people.find(text).actor_id if text else None
            if actor_id in refusers or (actor_id is None and mentions(text, people.hidden_names)):
                return True
        return False

    def _cell(self, cells: Sequence[str], name: str) -> str:
        place = self.grid.place(name)
        return cells[place] if place is not None and place < len(cells) else ""
