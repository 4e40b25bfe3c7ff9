"""Damaged files: real ones cut, doubled, flipped and spiked with what breaks readers."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

import sna
from sna.errors import Problem

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / "tests" / "corpus"
SPIKES: tuple[bytes, ...] = (
    b'"',
    b"\n",
    b"\r",
    b",",
    b";",
    b"\t",
    b"\x00",
    b"\xff",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"PK\x03\x04",
    b"[",
    b"]",
    b"{name}",
    b"=1+1",
    b"-99",
    b"1e999",
    b"99999999999999999999",
    b"2021-02-30",
    b"31/12/2021",
    b"25:61",
    b"nan",
    b"\xc3\xa9",
    b"\xed\xa0\x80",
    b"ImportId",
    b"networkCanvasEgoUUID",
    b"2. Participants",
)


def studies() -> list[tuple[Path, str]]:
    """(study folder, file in it) of everything that can be damaged."""
    folders = sorted(path.parent for path in [*CORPUS.glob("*/*/study.toml"), *CORPUS.glob("*/study.toml")])
    found = [(folder, file.name) for folder in folders for file in sorted(folder.iterdir()) if file.is_file()]
    return [*found, *((ROOT / "surveys" / "il-cop", name) for name in ("responses_2021.xlsx", "attendance.csv"))]


def damaged(content: bytes, steps: Iterable[tuple[int, int, int]]) -> bytes:
    """A file after a number of accidents: (kind, place, size or what)."""
    for kind, place, what in steps:
        at = place % (len(content) + 1)
        to = at + what % 64
        match kind % 5:
            case 0:
                content = content[:at] + content[to:]
            case 1:
                content = content[:at] + content[at:to] * 2 + content[to:]
            case 2:
                content = content[:at] + SPIKES[what % len(SPIKES)] + content[at:]
            case 3:
                content = content[:at] + bytes([what % 256]) + content[at + 1 :]
            case _:
                content = content[:at]
    return content


def survives(folder: Path, source: Path, file: str, content: bytes) -> None:
    """Assert that a study with this file damaged ends in tables or in problems that name a file, never in a crash.

    Args:
        folder: an empty folder to work in.
        source: the sound study.
        file: which of its files is damaged.
        content: what it holds instead.
    """
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(source, folder)
    (folder / file).write_bytes(content)
    checked = sna.check_study(folder)
    assert (checked.tables is None) <= bool(checked.stops)
    assert all(problem.file and str(problem) for problem in checked.problems)
    if checked.tables is not None and not checked.stops:
        account = checked.tables.accounting
        assert (account["cells"] == account[["used", "unknown", "out_of_scope", "rejected"]].sum(axis=1)).all()
    for act in (lambda: sna.update_names(folder), lambda: sna.new_study(folder / "drafted", folder / file)):
        try:
            act()
        except (sna.StudyError, sna.OutputError) as error:
            found: Iterable[Problem] = getattr(error, "problems", ())
            assert all(problem.file for problem in found)
