"""What made a result: software, parameters, seed, input hashes and time, as one plain dictionary."""

from __future__ import annotations

import hashlib
import os
import platform
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

PACKAGES = ("networkx", "rustworkx", "graspologic-native", "numpy", "pandas", "scipy", "pyvis", "openpyxl", "jinja2")


def software_version() -> str:
    """The installed version of this package, or `unknown` when it runs without being installed."""
    try:
        return version("sna")
    except PackageNotFoundError:
        return "unknown"


def sha256_of(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()


def _input(folder: Path, name: str, files: tuple[str, ...]) -> dict[str, Any]:
    """The hash of a file; of several named together, their number and one hash.

    That is the SHA-256 of their own hashes, each with a line end, in order of the files' names, which are not told.
    """
    if files == (name,):
        return {"sha256": sha256_of(folder / name)}
    lines = "".join(f"{sha256_of(folder / file)}\n" for file in sorted(files))
    return {"files": len(files), "sha256": hashlib.sha256(lines.encode()).hexdigest()}


def time_of_run() -> str:
    """Now in UTC to the second, ISO 8601; `SOURCE_DATE_EPOCH` fixes it for repeatable runs.

    A `SOURCE_DATE_EPOCH` that is not a number of seconds is ignored.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now(UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def provenance(folder: Path, files: Mapping[str, tuple[str, ...]], parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Everything needed to repeat a run.

    Args:
        folder: the study folder.
        files: what was read, as study.toml names it → the files meant, as paths inside the folder.
        parameters: the settings in force, JSON-ready.

    Returns:
        A JSON-ready dictionary with the keys software, python, packages, parameters, inputs and time. It names no
        path outside the study folder and no machine.
    """
    return {
        "software": {"name": "sna", "version": software_version()},
        "python": platform.python_version(),
        "packages": {name: version(name) for name in PACKAGES},
        "parameters": dict(parameters),
        "inputs": {name: _input(folder, name, found) for name, found in sorted(files.items())},
        "time": time_of_run(),
    }
