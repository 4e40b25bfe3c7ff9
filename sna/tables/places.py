"""Every place of a study's files that speaks of one person, and what to do there when the person withdraws."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from sna.study import Study
from sna.tables.grid import Grid
from sna.tables.people import People, fold_name, mentions
from sna.tables.problems import Problems
from sna.tables.values import WITHDRAWN
from sna.tables.whose import whose_rows

COLUMNS = ["file", "row", "column", "value", "what_to_do"]
ROW, COLUMN, CELL, TEXT = (
    "Delete this row.",
    "Delete this column.",
    f'Write "{WITHDRAWN}" instead of the name: that somebody was named is part of the answer.',
    "The text mentions the person: take the name out.",
)
HEADING = "The heading mentions the person: delete the column, or rename it."


def places_of(study: Study, problems: Problems, people: People, actor_id: str) -> pd.DataFrame:
    """One row per place, in the order of the files.

    Args:
        study: the declaration.
        problems: of a reading of the whole study: it holds the files and who was found where.
        people: everybody, those who refused included.
        actor_id: the person.

    Returns:
        `file`, `row` (as a spreadsheet numbers it), `column` (its heading), `value` (as it stands there), `what_to_do`.
        Found are the cells in which a reader looked for a person and found this one, the columns about them, and, in
        every other cell that was read, their full name.
    """
    cells = problems.names.cells_of(actor_id)
    cells |= {(file, 1, heading) for (file, heading), about in problems.columns.items() if about == actor_id}
    names = _called(people, actor_id)
    rows: list[tuple[object, ...]] = []
    for grid in problems.grids.values():
        if isinstance(grid, Grid):
            mine = {(row, column) for file, row, column in cells if file == grid.file}
            own = _headings(grid)
            rows += [(grid.file, 1, own[at], "", COLUMN) for at, name in enumerate(grid.header) if (1, name) in mine]
            labels = [*grid.labels, *[""] * (len(grid.header) - len(grid.labels))]
            rows += [
                (grid.file, 1, own[at], label, HEADING)
                for at, (heading, label) in enumerate(zip(grid.header, labels, strict=True))
                if (1, heading) not in mine and (mentions(heading, names) or mentions(label, names))
            ]
            rows += [
                (grid.file, row.number, "", cell, ROW)
                for row in grid.dropped
                for cell in row.record[:]
                if cell and (people.find(cell).actor_id == actor_id or mentions(cell, names))
            ]
            whose = frozenset(column for declared in whose_rows(study, grid) for column in declared.columns)
            rows += _in_rows(grid, mine, actor_id, names, whose)
    found = pd.DataFrame(rows, columns=COLUMNS)
    places = [problems.place(file, row) for file, row in zip(found["file"], found["row"], strict=True)]
    found[["file", "row"]] = pd.DataFrame(places, columns=["file", "row"])
    return found.astype({"row": "Int64"}).drop_duplicates(ignore_index=True)


def _called(people: People, actor_id: str) -> frozenset[str]:
    """How running text may call a person: every name and address they have had, names in either order."""
    folded = [name for name, ids in people.ever.by_folded.items() if actor_id in ids and " " in name]
    turned = [" ".join([name.split()[-1], *name.split()[:-1]]) for name in folded]
    addresses = [fold_name(address) for address, ids in people.ever.by_email.items() if actor_id in ids]
    return frozenset([*folded, *turned, *addresses])


def _in_rows(
    grid: Grid, mine: set[tuple[int | None, str]], actor_id: str, names: frozenset[str], whose: frozenset[str]
) -> Iterator[tuple[object, ...]]:
    lists_ids = bool(whose & {"typed"}) or grid.header[0] in whose
    further: dict[int, set[int]] = {}
    for (number, _), (row_of_cell, _) in grid.stands.items():
        further.setdefault(number, set()).add(row_of_cell)
    for row in grid.rows:
        hits = []
        for at, (heading, text) in enumerate(zip(grid.header, row.cells, strict=True)):
            means = (row.number, heading) in mine or (lists_ids and heading in whose and text == actor_id)
            if text and (means or mentions(text, names)):
                hits.append((at, heading, text, means))
        first = next((hit for hit in hits if hit[3] and hit[1] in whose), None)
        # In a square table the first cell says whose row it is, whatever its heading.
        if first is None and hits and hits[0][3] and hits[0][0] == 0:
            first = hits[0]
        if first is not None:
            yield grid.file, row.number, *first[1:3], ROW
            # The repeats of a record are rows of their own, which begin as its row does.
            for number in sorted(further.get(row.number, set()) - {row.number}):
                yield grid.file, number, grid.header[0], row.cells[0], ROW
        else:
            for at, heading, text, means in hits:
                number, name = grid.stands.get((row.number, at), (row.number, heading))
                yield grid.file, number, name, text, CELL if means else TEXT


def _headings(grid: Grid) -> list[str]:
    """The headings as they stand in the file."""
    elsewhere = {at: heading for (_, at), (_, heading) in grid.stands.items()}
    return [elsewhere.get(at, heading) for at, heading in enumerate(grid.header)]
