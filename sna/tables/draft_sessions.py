"""The questions of a Network Canvas export: one set of files per interview, with a list of the people each named."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from sna.study_paths import files_named
from sna.tables.grid import Grid, read_grid
from sna.tables.guesses import MOST_ON_A_SCALE, Guess, Question, in_order
from sna.tables.problems import Problems
from sna.tables.values import NO, YES, fold

LIST = re.compile(r".*_attributeList_(?P<type>[^/]+)\.csv", re.IGNORECASE)
CASE, KEY = "networkCanvasCaseID", "networkCanvasEgoUUID"


@dataclass(frozen=True)
class Sessions:
    """What interviews seem to hold: the guess, the pattern of the ego files, all files to copy, how many rows asked."""

    guess: Guess
    responses: str
    files: tuple[str, ...]
    grid: Grid


def sessions(export: Path, problems: Problems) -> Sessions | None:
    """Look at the files beside an ego file of Network Canvas; None when they cannot be read."""
    folder = export.parent
    many = len(files_named(folder, "*_ego.csv")) > 1
    responses = "*_ego.csv" if many else export.name
    grid = read_grid(folder, responses, problems, kind="survey")
    if grid is None:
        return None
    start = "*" if many else re.sub(r"_?ego\.csv$", "", export.name, flags=re.IGNORECASE)
    found = Guess(CASE if CASE in grid.header else "")
    files = list(files_named(folder, responses))
    types = {match["type"] for path in folder.glob("*.csv") if (match := LIST.fullmatch(path.name))}
    for kind in sorted(types):
        pattern = f"{start}_attributeList_{kind}.csv"
        people = read_grid(folder, pattern, problems) if files_named(folder, pattern) else None
        if people is not None:
            files += files_named(folder, pattern)
            found.questions += _questions(people, kind, pattern)
    return Sessions(found, responses, tuple(dict.fromkeys(files)), grid)


def _questions(people: Grid, kind: str, file: str) -> list[Question]:
    """One question for each thing that was said of the people named, or one for their having been named."""
    name = next((h for h in people.header if fold(h) in ("name", "full_name", "fullname", "label")), "")
    if not name:
        return []
    whom = tuple(dict.fromkeys(people.cell(row, name) for row in people.rows if people.cell(row, name)))
    found = []
    for heading in people.header:
        own = heading in ("nodeID", name) or heading.startswith("networkCanvas") or heading.endswith(("_x", "_y"))
        said = [] if own else [text for row in people.rows if (text := people.cell(row, heading))]
        words = tuple(dict.fromkeys(said))
        if words and all(fold(word) in YES | NO for word in words):
            found.append(Question(heading, "pairs", heading, whom, file=file, name=name))
        elif words and len(words) <= MOST_ON_A_SCALE and len(words) < len(said):
            scale, ordered = in_order(words)
            found.append(Question(heading, "pairs", heading, whom, scale, ordered, file=file, name=name))
    return found or [Question(kind, "ties", "", whom, file=file, name=name)]
