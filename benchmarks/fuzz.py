"""What `make fuzz` runs: damaged study files, guided by coverage (atheris), until stopped or for `-runs=N`.

Each file of tests/corpus is cut, doubled, flipped and spiked; reading it may end in tables or in sentences that name
the file, and in nothing else. What breaks that is kept as `crash-…` in the current folder.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

with atheris.instrument_imports(include=["sna"]):
    import sna.pipeline  # noqa: F401
    from tests.reference.damage import damaged, studies, survives

PLACES = studies()
WORK = Path(tempfile.mkdtemp())


def one(data: bytes) -> None:
    """One damaged file: the bytes say which, and how."""
    given = atheris.FuzzedDataProvider(data)
    source, file = PLACES[given.ConsumeIntInRange(0, len(PLACES) - 1)]
    steps = [
        (given.ConsumeIntInRange(0, 4), given.ConsumeIntInRange(0, 10**6), given.ConsumeIntInRange(0, 255))
        for _ in range(given.ConsumeIntInRange(1, 6))
    ]
    survives(WORK / "s", source, file, damaged((source / file).read_bytes(), steps))


if __name__ == "__main__":
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
