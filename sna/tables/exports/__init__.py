"""Exports of survey products and meeting software, each taken apart by a module of its own."""

from __future__ import annotations

from collections.abc import Sequence

from sna.tables.exports import (
    google_forms,
    google_meet,
    kobotoolbox,
    limesurvey,
    microsoft_forms,
    network_canvas,
    plain,
    qualtrics,
    redcap,
    sign_in_grid,
    surveymonkey,
    teams,
    zoom,
)
from sna.tables.exports.layout import PLAIN, Dropped, Format, Kind, Layout, LayoutError, Stands
from sna.tables.files import Record
from sna.tables.problems import Problems

FORMATS: tuple[Format, ...] = (
    qualtrics.FORMAT,
    google_forms.FORMAT,
    microsoft_forms.FORMAT,
    surveymonkey.FORMAT,
    redcap.FORMAT,
    kobotoolbox.FORMAT,
    limesurvey.FORMAT,
    network_canvas.FORMAT,
    zoom.FORMAT,
    teams.FORMAT,
    google_meet.FORMAT,
    sign_in_grid.FORMAT,
)


def layout_of(
    records: Sequence[Record], file: str, problems: Problems, kind: Kind | None, format: str, named: str = ""
) -> Layout | None:
    """The rows of a file taken apart as the product that wrote it lays them out; None, with the reason noted.

    Args:
        records: the filled rows.
        file: path inside the study folder.
        problems: where it is noted how the file was read.
        kind: the kind of products that may have written it; None: a table of the study's own.
        format: the product; recognised if empty.
        named: what study.toml calls the file, where it names several.
    """
    if kind is None or format == PLAIN:
        return plain.unpack(records)
    known = [f for f in FORMATS if f.kind == kind]
    found = next((f for f in known if (f.name == format if format else f.fits(records))), None)
    if found is None:
        return plain.unpack(records)
    try:
        layout = found.unpack(records)
    except LayoutError as error:
        remedy = f'Export it again as {found.label} does it, or write format = "{PLAIN}" if it is a table of your own.'
        problem = f"This is not laid out as {found.label} does it: {error.problem}"
        if error.remedy:
            problem, remedy = error.problem, error.remedy
        problems.add("stops", file, problem, remedy, error.row)
        return None
    if not format:
        remedy = f'If that is wrong, write format = "{PLAIN}" beside the file in study.toml.'
        problems.add("note", named or file, f"Read as an export of {found.label}.", remedy)
    return layout


__all__ = ["FORMATS", "PLAIN", "Dropped", "Format", "Kind", "Layout", "LayoutError", "Stands", "layout_of"]
