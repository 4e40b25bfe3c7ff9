"""A folder of results is written whole or not at all, and only ever in place of an earlier result."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from sna.errors import OutputError, saying_why

MARK = "provenance.json"


def check_target(target: Path, study_folder: Path) -> None:
    """Refuse to write where something else than an earlier result would be lost."""
    source = study_folder.resolve()
    if target == source or target in source.parents or source in target.parents:
        raise OutputError(f"{target}: results cannot be written into the study folder or above it. Name another --out.")
    if target.exists() and not target.is_dir():
        raise OutputError(f"{target}: this is a file. Name a folder that does not exist yet.")
    if target.is_dir() and any(target.iterdir()) and not (target / MARK).is_file():
        raise OutputError(
            f"{target}: this folder holds something else than an earlier result of sna, which would be lost. "
            "Name a folder that does not exist yet."
        )


def _set_aside(target: Path) -> Path:
    """Where an earlier result waits while the new one takes its place."""
    return target.with_name(f".{target.name}.earlier")


def put_back(target: Path) -> None:
    """Undo what a run did that was killed between the two renames of `write_folder`."""
    earlier = _set_aside(target)
    if (earlier / MARK).is_file() and not target.exists():
        saying_why(target, lambda: shutil.move(earlier, target))


def write_folder(target: Path, files: Mapping[str, str | bytes]) -> None:
    """Write a folder whole, texts as UTF-8: beside the earlier one, then in its place."""
    saying_why(target, lambda: target.parent.mkdir(parents=True, exist_ok=True))
    earlier = _set_aside(target)

    def write() -> None:
        if earlier.exists():
            shutil.rmtree(earlier)
        fresh = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=".partial", dir=target.parent))
        try:
            fresh.chmod(0o777 & ~_umask())
            for name, content in files.items():
                place = fresh / name
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", errors="replace"))
            if target.exists():
                target.rename(earlier)
            fresh.rename(target)
        except BaseException:
            if earlier.exists() and not target.exists():
                earlier.rename(target)
            shutil.rmtree(fresh, ignore_errors=True)
            raise
        shutil.rmtree(earlier, ignore_errors=True)

    saying_why(target, write)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
