"""How expert people are on each topic, as they or an observer rated it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from sna.analyses import Expertise
from sna.study import Relation, Study, Wave
from sna.study_file import FILE
from sna.tables.grid import UNKNOWN, Grid, Row, read_grid
from sna.tables.problems import Problems
from sna.tables.responses import Responses
from sna.tables.roster import Roster
from sna.tables.values import Scale, number_of, two_numbers

COLUMNS = ["wave", "relation", "actor_id", "rating"]
# The file with the ratings of a wave, and whose row is which.
Source = tuple[Grid, Mapping[str, Row]]


def read_ratings(
    study: Study, responses: Mapping[str, Responses | None], roster: Roster, problems: Problems
) -> pd.DataFrame:
    """The table `ratings` of docs/data-model.md; empty without ratings.

    Args:
        study: the declaration.
        responses: wave id → its responses file, where ratings are looked for unless they are in the roster.
        roster: everybody on the roster.
        problems: where faults are noted. People who refused consent are in neither file any more, and counted there.
    """
    declared = study.expertise
    if declared is None or declared.rated is None:
        return pd.DataFrame(columns=COLUMNS)
    sources = dict(_sources(study, declared, responses, roster, problems))
    rows: list[tuple[str, str, str, float]] = []
    for wave, relation, heading in _columns(study, declared, sources, problems):
        grid, whose = sources[wave.id]
        said = Scale(relation)
        for actor_id in roster.members[wave.id]:
            rating = _rating(grid, whose[actor_id], heading, said, problems) if actor_id in whose else None
            if rating is not None:
                rows.append((wave.id, relation.id, actor_id, rating))
    _remark(declared, [rating for *_, rating in rows], problems)
    return pd.DataFrame(rows, columns=COLUMNS)


def _sources(
    study: Study,
    declared: Expertise,
    responses: Mapping[str, Responses | None],
    roster: Roster,
    problems: Problems,
) -> Iterator[tuple[str, Source]]:
    """(wave id, its source) of the waves that have one."""
    if declared.rated_in == "responses":
        yield from ((wave, (file.grid, file.rows)) for wave, file in responses.items() if file is not None)
        if not any(wave.responses for wave in study.waves):
            what = "Ratings are looked for in responses files, and no wave has one."
            remedy = 'Write rated_in = "roster" if they are in the roster, or give the waves their `responses`.'
            problems.add("stops", FILE, what, remedy, column="expertise.rated_in", value=declared.rated_in)
        return
    grid = read_grid(study.folder, study.roster, problems)
    if grid is None:
        return
    ids, stated = grid.column(study.id_column), grid.column(study.wave_column)
    for wave in study.waves:
        mine = [at for at, one in enumerate(stated) if one in ("", wave.id)]
        yield wave.id, (grid, {ids[at]: grid.rows[at] for at in mine})


def _columns(
    study: Study, declared: Expertise, sources: Mapping[str, Source], problems: Problems
) -> Iterator[tuple[Wave, Relation, str]]:
    """The columns with ratings; what is missing is told. A wave may have none, if another has."""
    wanted = [
        (wave, relation, _heading(declared, wave, relation))
        for wave in study.waves
        for relation in study.relations_in(wave.id)
        if relation.id in declared.relations and wave.id in sources
    ]
    found = [one for one in wanted if sources[one[0].id][0].at(one[2]) is not None]
    with_ratings = {wave.id for wave, *_ in found}
    for wave, relation, heading in wanted:
        grid = sources[wave.id][0]
        if wave.id in with_ratings or not found:
            grid.has([heading], problems, f'ratings on "{relation.id}" (`rated` in study.toml)')
    for wave in study.waves:
        if found and wave.id in {one.id for one, *_ in wanted} - with_ratings:
            what = f"No column holds ratings of wave {wave.id}."
            problems.add("note", sources[wave.id][0].file, what, "Other waves have them; in this one nobody is rated.")
    yield from found


def _heading(declared: Expertise, wave: Wave, relation: Relation) -> str:
    return (declared.rated or "").replace("{wave}", wave.id).replace("{relation}", relation.id)


def _rating(grid: Grid, row: Row, heading: str, said: Scale, problems: Problems) -> float | None:
    """The number in a cell; None when it is empty, was not to be told or, with the problem noted, holds none."""
    text = grid.cell(row, heading)
    if not text:
        return None
    if said.is_refused(text):
        grid.mark(row, heading, UNKNOWN)
        return None
    rating = number_of(text)
    if rating is None:
        what, remedy = "This is not a number.", "Write a number of 0 or more, or leave the cell empty."
        if two := two_numbers(text):
            what, remedy = f"This can be {two[0]} or {two[1]}.", "Write one of them, without a comma."
        problems.add("stops", grid.file, what, remedy, row.number, heading, text)
    return rating


def _remark(declared: Expertise, ratings: list[float], problems: Problems) -> None:
    """Note it when `expert_from` tells nobody apart."""
    if not ratings:
        return
    lowest = declared.expert_from
    who = "Everybody" if min(ratings) >= lowest else "Nobody" if max(ratings) < lowest else ""
    if who:
        what = f"{who} who is rated counts as an expert from {lowest:g} on: ratings are {min(ratings):g} to"
        remedy = "If they have steps, say from which one somebody is an expert."
        problems.add("note", FILE, f"{what} {max(ratings):g}.", remedy, column="expertise.expert_from")
