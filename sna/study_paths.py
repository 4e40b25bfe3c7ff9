"""The files that a study names: inside its folder, one or all that fit."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath, PureWindowsPath

from sna.errors import hint

EACH_EVENT = "{event_id}"


def files_named(folder: Path, name: str) -> tuple[str, ...]:
    """The files of a study folder that a name stands for: itself or, with `*` in it, all that fit, in order of name.

    `{event_id}` stands for any event, as `*` does. Files that programs hide (`.name`, `~$name`), and any that lie
    outside the folder, are not among them.
    """
    name = name.replace(EACH_EVENT, "*")
    if "*" not in name:
        return (name,)
    pattern = re.sub(r"[\[?]", r"[\g<0>]", re.sub(r"\*+", "*", name))
    found = (
        path.relative_to(folder).as_posix() for path in folder.glob(pattern) if not path.name.startswith((".", "~"))
    )
    return tuple(sorted(file for file in found if path_fault(folder, file) is None))


def path_fault(folder: Path, name: str, many: bool = False) -> tuple[str, str] | None:
    """Why a file named in a study may not be read: (problem, remedy), or None.

    With `many`, the name may hold `*` or `{event_id}` and stand for all the files that fit.
    """
    remedy = "Put the file into the study folder and give its name from there."
    windows = PureWindowsPath(name)
    if "://" in name or PurePosixPath(name).is_absolute() or windows.drive or windows.root:
        return "Only files inside the study folder are read.", remedy
    path = folder / name
    if folder.resolve() not in path.resolve().parents:
        return "The file lies outside the study folder.", remedy
    several = many and "*" in name.replace(EACH_EVENT, "*")
    if path.is_file() or (several and files_named(folder, name)):
        return None
    there = [p.relative_to(folder).as_posix() for p in sorted(folder.rglob("*")) if p.is_file()]
    what = "No file in the study folder fits this." if several else "There is no such file in the study folder."
    return what, f"Check its name.{hint(name, there)}"
