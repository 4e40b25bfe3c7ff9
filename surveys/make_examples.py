"""Make the example studies, `il-cop`, `pplc` and `support-web`: invented people, the same bytes on every run.

    python surveys/make_examples.py            write the files
    python surveys/make_examples.py --check    exit 1 if a file on disk differs from what would be written
    python surveys/make_examples.py --into DIR write (or check) below DIR

`study.toml` is written by hand and left alone; every other file of their folders is made here.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import _il_cop
import _pplc
import _support_web

HERE = Path(__file__).resolve().parent
BY_HAND = {"study.toml"}


def files() -> dict[str, bytes]:
    """Path below `surveys/` → content, for every generated file."""
    studies = {"il-cop": _il_cop.build(), "pplc": _pplc.build(), "support-web": _support_web.build()}
    return {f"{study}/{name}": content for study, made in studies.items() for name, content in made.items()}


def differences(made: dict[str, bytes], root: Path) -> list[str]:
    """One line per file below `root` that is missing, differs, or is not made here."""
    lines = []
    for name, content in made.items():
        path = root / name
        if not path.is_file():
            lines.append(f"{name}: missing")
        elif path.read_bytes() != content:
            lines.append(f"{name}: differs from what make_examples.py writes")
    for folder in sorted({Path(name).parent for name in made}):
        for path in sorted((root / folder).glob("*")):
            name = (folder / path.name).as_posix()
            if name not in made and path.name not in BY_HAND:
                lines.append(f"{name}: not made by make_examples.py")
    return lines


def main() -> int:
    """Write or check; the exit code."""
    parser = argparse.ArgumentParser(description="Make the example studies.")
    parser.add_argument("--check", action="store_true", help="compare with the files on disk instead of writing")
    parser.add_argument("--into", type=Path, default=HERE, metavar="DIR", help="folder that holds the studies")
    options = parser.parse_args()
    made = files()
    if options.check:
        found = differences(made, options.into)
        print("\n".join(found) or f"{len(made)} files are as make_examples.py writes them.")
        return 1 if found else 0
    for name, content in made.items():
        path = options.into / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    print(f"{len(made)} files written to {options.into}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
