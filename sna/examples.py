"""Studies to start from: a commented one to fill in, and a published one to try."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Sequence
from importlib import resources
from pathlib import Path

import networkx as nx

from sna.errors import OutputError, hint
from sna.tables.draft import draft

EXAMPLES = ("southern-women",)

# Month and day as printed in the original table (Davis, Gardner & Gardner 1941, figure 3); the year is not printed.
DAVIS_DAYS = {
    "E1": "06-27",
    "E2": "03-02",
    "E3": "04-12",
    "E4": "09-26",
    "E5": "02-25",
    "E6": "05-19",
    "E7": "03-15",
    "E8": "09-16",
    "E9": "04-08",
    "E10": "06-10",
    "E11": "02-23",
    "E12": "04-07",
    "E13": "11-21",
    "E14": "08-03",
}
DAVIS_YEAR = 1936
DAVIS_STUDY = f"""# Who came to which social event in a town in Mississippi in the 1930s.
# Source: A. Davis, B. B. Gardner and M. R. Gardner (1941), Deep South. University of Chicago Press, figure 3.
# The original gives month and day of each event but no year; {DAVIS_YEAR} stands for it here and is used for nothing.

[study]
name = "Southern women"
note = "Real data: Davis, Gardner and Gardner (1941), Deep South. 18 women, 14 social events."
roster = "roster.csv"
audience = "researcher"        # published data: everything may be shown

[consent]
default = "full"               # published data about people long gone

[[waves]]
id = "{DAVIS_YEAR}"
label = "The 1930s"

[[attendance]]
file = "attendance.csv"
events = "events.csv"
"""


def new_study(folder: str | Path, export: str | Path | None = None) -> Path:
    """Write a small commented study that runs as it is, to be filled in; or draft one for an export of answers.

    Args:
        folder: a folder that does not exist yet, or is empty.
        export: a file with answers (docs/guides/exports.md). It is copied into the folder; study.toml is drafted from
            what its columns seem to be, and begins with what is left to do.

    Returns:
        The path of its study.toml.

    Raises:
        OutputError: the folder holds something, or cannot be written.
        StudyError: the export cannot be read.
    """
    if export is not None:
        return _write(Path(folder), draft(Path(export)).files)
    source = resources.files("sna") / "starter"
    files = {item.name: item.read_bytes() for item in source.iterdir() if item.name.endswith((".toml", ".csv"))}
    return _write(Path(folder), files)


def example_study(name: str, folder: str | Path) -> Path:
    """Write a published study into a folder.

    Args:
        name: `southern-women`: attendance of 18 women at 14 social events (Davis, Gardner & Gardner 1941), as networkx
            ships it.
        folder: a folder that does not exist yet, or is empty.

    Returns:
        The path of its study.toml.

    Raises:
        OutputError: there is no such example, the folder holds something, or cannot be written.
    """
    if name not in EXAMPLES:
        raise OutputError(f"There is no example {name!r}. There is {', '.join(EXAMPLES)}.{hint(name, EXAMPLES)}")
    graph = nx.davis_southern_women_graph()
    women, events = graph.graph["top"], graph.graph["bottom"]
    ids = {woman: f"W{number:02d}" for number, woman in enumerate(women, 1)}
    roster = [("actor_id", "name"), *((ids[woman], woman) for woman in women)]
    held = [("event_id", "date"), *((event, f"{DAVIS_YEAR}-{DAVIS_DAYS[event]}") for event in events)]
    came = [(ids[woman], event, "present") for woman in women for event in events if graph.has_edge(woman, event)]
    files = {
        "study.toml": DAVIS_STUDY.encode(),
        "roster.csv": _csv(roster),
        "events.csv": _csv(held),
        "attendance.csv": _csv([("actor_id", "event_id", "status"), *came]),
    }
    return _write(Path(folder), files)


def _csv(rows: Sequence[tuple[str, ...]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def _write(folder: Path, files: dict[str, bytes]) -> Path:
    """Write a folder whole or not at all."""
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise OutputError(f"{folder}: this exists already and is not empty. Name a new folder.")
        made = not folder.exists()
        folder.mkdir(parents=True, exist_ok=True)
        try:
            for name, content in files.items():
                (folder / name).write_bytes(content)
        except OSError:
            for name in files:
                (folder / name).unlink(missing_ok=True)
            if made:
                shutil.rmtree(folder, ignore_errors=True)
            raise
    except OSError as error:
        raise OutputError(f"{folder}: the folder cannot be written ({error.strerror}). Name another.") from None
    return folder / "study.toml"
