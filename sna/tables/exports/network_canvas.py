"""Network Canvas: for each interview a file about the respondent, and lists of the people named and of ties among them.

Layouts and where they are documented: tests/corpus/network-canvas/SOURCES.md.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sna.tables.exports.layout import PLAIN, Dropped, Format, Layout, LayoutError
from sna.tables.exports.texts import padded
from sna.tables.files import Record

NAME = "network-canvas"
EGO = "networkCanvasEgoUUID"
PEOPLE = frozenset({EGO, "networkCanvasUUID", "nodeID"})
TIES = frozenset({EGO, "edgeID", "from", "to"})
RESPONDENT = frozenset({EGO, "networkCanvasCaseID", "networkCanvasSessionID"})
FINISHED, OUTCOME = "sessionFinish", "networkCanvasFinishOutcome"
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
FORMULA = ("=", "+", "-", "@")


def fits(records: Sequence[Record]) -> bool:
    """Whether the headings are those of one of the four files of an interview."""
    headings = set(records[0][1])
    return any(kind <= headings for kind in (RESPONDENT, PEOPLE, TIES)) or _is_adjacency(records[0][1])


def unpack(records: Sequence[Record]) -> Layout:
    """Headings and rows; an interview that was not finished is no answer.

    Raises:
        LayoutError: the file holds ties between the people named, or is none of these.
    """
    number, header = records[0]
    headings = set(header)
    if headings >= TIES or _is_adjacency(header):
        raise LayoutError(
            "This file holds ties between other people, as one respondent sees them. Nobody in them answered, so they "
            "are neither present nor absent (docs/data-model.md).",
            number,
            "Take it out of study.toml; a respondent's own ties are in the attribute list.",
        )
    if not (headings >= RESPONDENT or headings >= PEOPLE):
        raise LayoutError(f"there is no column {EGO} beside networkCanvasCaseID or nodeID.", number)
    rows: list[Record] = []
    dropped: list[Dropped] = []
    for at, cells in records[1:]:
        row = tuple(_unguarded(cell) for cell in padded(cells, len(header)))
        why = _why_not(dict(zip(header, row, strict=False)))
        if why:
            dropped.append(Dropped(at, why, cells=len(header), record=row))
        else:
            rows.append((at, row))
    return Layout(header, rows, number, dropped=tuple(dropped), format=NAME)


def _is_adjacency(header: Sequence[str]) -> bool:
    """Whether the headings are those of an adjacency matrix: nothing, then ids."""
    return len(header) > 1 and not header[0] and all(UUID.fullmatch(heading) for heading in header[1:] if heading)


def _why_not(row: dict[str, str]) -> str:
    """Why an interview is no answer; empty when it is one, or when the row is not about an interview."""
    outcome = row.get(OUTCOME, "")
    if outcome in ("ineligible", "terminated"):
        return f'This interview ended as "{outcome}"; format = "{PLAIN}" reads it all the same.'
    if FINISHED in row and not row[FINISHED]:
        return f'This interview was not finished ({FINISHED} is empty); format = "{PLAIN}" reads it all the same.'
    return ""


def _unguarded(cell: str) -> str:
    """A cell without the apostrophe that the newest version puts before what looks like a formula."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA) else cell


FORMAT = Format(NAME, "Network Canvas", "survey", fits, unpack)
