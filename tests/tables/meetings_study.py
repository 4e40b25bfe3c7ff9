"""A study of four people and one list of events, to be given attendance files of the corpus."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

import sna
from sna.errors import Problem

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
ROSTER = """actor_id,name,email
P1,Ana Lopez,ana@example.org
P2,Ben Okafor,ben@example.org
P3,Chen Wei,chen@example.org
P4,Dana Novak,dana@example.org
"""
EVENTS = "event_id,date,start,minutes\ne1,2026-01-12,16:00,120\n"
TWO_EVENTS = EVENTS + "e2,2026-02-09,16:00,90\n"
# Minutes within 16:00 to 18:00 of the meeting that most files of the corpus are about, worked out by hand:
# Ana 16:00:10 to 16:45:00 and 16:52:30 to 18:00; Ben from 16:05:40; Chen 16:00:55 to 17:10:20; Dana all the time.
MINUTES = {"P1": 44 + 50 / 60 + 67.5, "P2": 114 + 20 / 60, "P3": 69 + 25 / 60, "P4": 120.0}


def study(
    folder: Path,
    files: Mapping[str, str | Path | bytes],
    keys: str,
    *,
    events: str | Path = EVENTS,
    names: str = "",
    roster: str = ROSTER,
    top: str = "",
) -> Path:
    """A study folder.

    Args:
        folder: to be made.
        files: name in the folder → a file of the corpus, a text, or bytes.
        keys: of [[attendance]], besides `events`.
        events: the list of events.
        names: the text of names.csv.
        roster: the text of roster.csv.
        top: further keys of [study].
    """
    folder.mkdir(parents=True)
    wanted: dict[str, str | Path | bytes] = {"roster.csv": roster, "events.csv": events, **files}
    if names:
        wanted["names.csv"] = names
    for name, content in wanted.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, Path):
            shutil.copy(CORPUS / content, target)
        else:
            target.write_bytes(content if isinstance(content, bytes) else content.encode())
    head = f'[study]\nname = "Meetings"\nroster = "roster.csv"\naudience = "researcher"\n{top}\n'
    head += '[consent]\ndefault = "full"\n[[waves]]\nid = "w1"\n'
    (folder / "study.toml").write_text(f'{head}[[attendance]]\nevents = "events.csv"\n{keys}\n', encoding="utf-8")
    return folder


def problems_of(folder: Path) -> list[Problem]:
    return list(sna.check_study(folder).problems)


def stops_of(folder: Path) -> list[str]:
    return [str(problem) for problem in sna.check_study(folder).stops]


def attendance(folder: Path) -> pd.DataFrame:
    """The attendance table by event and person."""
    checked = sna.check_study(folder)
    assert checked.tables is not None, "\n".join(str(problem) for problem in checked.stops)
    return checked.tables.attendance.set_index(["event_id", "actor_id"])


def minutes(folder: Path, event: str = "e1") -> dict[str, float]:
    """actor id → minutes at an event, of those who were there."""
    table = attendance(folder).loc[event]
    there = table[table["status"] == "present"]
    return {str(actor): float(value) for actor, value in there["minutes"].items()}


def law_holds(folder: Path) -> pd.DataFrame:
    """Assert that every cell of every file is accounted for, and every rejected one named; return the account."""
    checked = sna.check_study(folder)
    assert checked.tables is not None, "\n".join(str(problem) for problem in checked.stops)
    table = checked.tables.accounting.set_index("file")
    fates = table[["used", "unknown", "out_of_scope", "rejected"]]
    assert (fates.sum(axis=1) == table["cells"]).all()
    named = {p.file for p in checked.problems if p.severity == "left out" and p.row is not None}
    assert set(table.index[table["rejected"] > 0]) <= named
    return table
