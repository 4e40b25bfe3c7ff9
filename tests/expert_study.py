"""The six communities of surveys/pplc with nothing but their survey and what is asked about expertise, to be quick."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

PPLC = Path(__file__).resolve().parents[1] / "surveys" / "pplc"
KEPT = ("study", "consent", "waves", "relations", "relations.scale", "expertise")


def expert_study(folder: Path, section: str = "") -> Path:
    """Write the study; `section` is what stands under `[expertise]` instead of what the example has."""
    folder.mkdir(parents=True)
    for name in ("roster.csv", "responses_spring.csv", "ties_advice.csv", "matrix_trust.csv"):
        shutil.copy(PPLC / name, folder)
    toml = (PPLC / "study.toml").read_text(encoding="utf-8")
    blocks = {}
    for number, block in enumerate(re.split(r"(?m)^(?=\[+[a-z])", toml)):
        name = re.match(r"\[+([a-z.]+)", block)
        if name is None or name[1] in KEPT:
            blocks[name[1] if name is not None and name[1] == "expertise" else str(number)] = block
    if section:
        blocks["expertise"] = f"\n[expertise]\n{section}\n"
    (folder / "study.toml").write_text("".join(blocks.values()), encoding="utf-8")
    return folder
