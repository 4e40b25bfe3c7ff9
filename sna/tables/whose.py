"""Which columns of a file say whose row it is, and of which wave the row is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sna.study import Relation, Study
from sna.study_paths import files_named
from sna.tables.exports.meeting import WHO
from sna.tables.grid import Grid, called


@dataclass(frozen=True)
class Whose:
    """What study.toml says of whose rows a file holds.

    Attributes:
        columns: headings of the columns with the person; any of them may hold them.
        wave: id of the wave the rows are of; None when they are of none.
        where: heading → value, of the rows that are meant; all of them if empty.
        report: whether the file is a report of meeting software, where people are called as they were shown.
    """

    columns: tuple[str, ...]
    wave: str | None = None
    where: Mapping[str, str] = field(default_factory=dict)
    report: bool = False


def whose_rows(study: Study, grid: Grid) -> Iterator[Whose]:
    """Every declaration of study.toml by which a file's rows are somebody's."""
    if grid.file == study.roster:
        yield Whose((study.id_column,))
    if grid.file == study.names:
        yield Whose(("typed", "actor_id", "proposed_id"))
    for wave in study.waves:
        if wave.responses and grid.file == called(wave.responses, wave.sheet):
            yield Whose((wave.respondent,), wave.id, wave.where)
    for relation in study.relations:
        for wave_id in relation.waves if relation.file else ():
            file = (relation.file or "").replace("{wave}", wave_id).replace("{relation}", relation.id)
            if grid.file == called(file, relation.sheet):
                where = {relation.wave_column: wave_id} if relation.wave_column else {}
                yield Whose((_ego_column(study, relation, grid),), wave_id, where)
    for source in study.attendance:
        if any(grid.file == called(file, source.sheet) for file in files_named(study.folder, source.file)):
            place = grid.place(WHO) if WHO in grid.labels else None
            heading = source.actor if place is None else grid.header[place]
            yield Whose((heading,), source.wave, report=place is not None)
    logs: list[tuple[str | None, tuple[str, ...]]] = [(log.file, (log.who, log.whom)) for log in study.contacts]
    logs += [(homework.file, (homework.actor,)) for homework in study.homework]
    if study.grouping:
        logs += [(study.grouping.past, ("actor_id",)), (study.grouping.apart, ("actor_id", "other_id"))]
    for of, columns in logs:
        if grid.file == of:
            yield Whose(columns)


def _ego_column(study: Study, relation: Relation, grid: Grid) -> str:
    """The column of a relation's own file that says who answered."""
    if relation.form == "matrix":
        return grid.header[0]
    by_pair = relation.form == "ties" or relation.columns is None
    return relation.ego if by_pair else study.respondent
