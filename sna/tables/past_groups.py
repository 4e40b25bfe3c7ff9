"""Past groups, and pairs of people who are kept apart."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from sna.study import Study
from sna.tables.cells import DateColumns
from sna.tables.finder import Place, find_person
from sna.tables.grid import STRUCK, Grid, Row, read_grid
from sna.tables.problems import Problems
from sna.tables.roster import Roster
from sna.tables.values import number_of

PAST = ["date", "round", "group", "actor_id"]
APART = ["actor_id", "other_id"]
MOST_ROUNDS = 9999
NEEDED = ("date", "group", "actor_id")


def read_past_groups(study: Study, roster: Roster, problems: Problems) -> pd.DataFrame:
    """The table `past_groups` of docs/data-model.md; empty without a file."""
    rows: list[tuple[object, ...]] = []
    file = study.grouping.past if study.grouping else None
    grid = read_grid(study.folder, file, problems, may_be_empty=True) if file else None
    if grid is not None and grid.has(NEEDED, problems, "the past groups"):
        rows = _sat(study, grid, roster, problems)
    table = pd.DataFrame(rows, columns=PAST).astype({"round": "Int64"})
    return table.sort_values(["date", "round"], kind="stable", ignore_index=True)


def _sat(study: Study, grid: Grid, roster: Roster, problems: Problems) -> list[tuple[object, ...]]:
    """Who sat in which group when, each once."""
    refusers = frozenset().union(*roster.refused.values()) if roster.refused else frozenset()
    dates = DateColumns(grid, ["date"], study.dates, problems)
    groups: dict[tuple[object, ...], list[str]] = {}
    earlier: dict[tuple[object, ...], tuple[str, int]] = {}
    dropped = 0
    for row in grid.rows:
        place = Place(problems, grid.file, row.number, "actor_id", roster.unresolved)
        actor_id = find_person(roster.people, grid.cell(row, "actor_id"), place, refusers).actor_id
        if actor_id in refusers:
            dropped += 1
            grid.strike(row, STRUCK)
            continue
        date, group = dates.at(row, "date"), grid.cell(row, "group")
        number = _round(grid, row, problems)
        if not group:
            what = "The cell does not say which group."
            problems.add("stops", grid.file, what, "Fill it in.", row.number, "group")
        if actor_id is None or date is None or not group:
            continue
        before = earlier.get((date, number, actor_id))
        if before is None:
            earlier[date, number, actor_id] = (group, row.number)
            groups.setdefault((date, number, group), []).append(actor_id)
        elif before[0] == group:
            place.note("left out", f"This person stands in row {before[1]} already.", "It counts once.", actor_id)
        else:
            remedy = "Mend it. Where groups were made anew on one day, number them in a column `round`."
            place.note("stops", f'This person is in group "{before[0]}" then (row {before[1]}).', remedy, actor_id)
    if dropped:
        what = f"People who refused consent in past groups: {dropped}."
        problems.add("left out", grid.file, what, "They were removed.")
    alone = Counter(len(those) for those in groups.values())[1]
    if alone and not dropped:
        what = f"Groups of one person: {alone}."
        problems.add("note", grid.file, what, "Nobody meets in them; check how the groups are spelt.", column="group")
    return [(*key, actor_id) for key, those in groups.items() for actor_id in those]


def _round(grid: Grid, row: Row, problems: Problems) -> int | None:
    """The number in the column `round`, which a file need not have; None where there is none."""
    text = grid.cell(row, "round")
    number = number_of(text) if text else None
    if text and (number is None or number != int(number) or number > MOST_ROUNDS):
        remedy = f"Write 1, 2, …, {MOST_ROUNDS} at the most."
        problems.add("stops", grid.file, "This is not a whole number.", remedy, row.number, "round", text)
        return None
    return None if number is None else int(number)


def read_apart(study: Study, roster: Roster, problems: Problems) -> pd.DataFrame:
    """The table `apart` of docs/data-model.md, each pair once; empty without a file."""
    found: dict[frozenset[str], tuple[str, str]] = {}
    refusers = frozenset().union(*roster.refused.values()) if roster.refused else frozenset()
    file = study.grouping.apart if study.grouping else None
    grid = read_grid(study.folder, file, problems, may_be_empty=True) if file else None
    dropped = 0
    if grid is None or not grid.has(APART, problems, "pairs who are kept apart"):
        return pd.DataFrame(columns=APART)
    for row in grid.rows:
        pair = []
        for column in APART:
            place = Place(problems, grid.file, row.number, column, roster.unresolved)
            pair.append(find_person(roster.people, grid.cell(row, column), place, refusers).actor_id)
        one, other = pair
        if refusers & {one, other}:
            dropped += 1
            grid.strike(row, STRUCK)
        elif one is not None and one == other:
            place.note("left out", "A person is kept apart from themselves.", "It was left out.")
        elif one is not None and other is not None:
            found.setdefault(frozenset((one, other)), (one, other))
    if dropped:
        what = f"Pairs of people who refused consent: {dropped}."
        problems.add("left out", grid.file, what, "They were removed.")
    return pd.DataFrame(list(found.values()), columns=APART)
