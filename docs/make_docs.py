"""Writes the pages that come from the code: metrics.md, disagreements.md, glossary.md, study-file.md (`make docs`)."""

from __future__ import annotations

import inspect
import sys
from pathlib import Path

from docs import disagreements
from sna.metrics.catalogue import measures
from sna.study_keys import REQUIRED, Key
from sna.study_sections import SECTIONS
from sna.terms import GLOSSARY, REASONS

HERE = Path(__file__).parent
LEVELS = {"actor": "People", "tie": "Ties", "network": "Whole networks"}


def metrics_page() -> str:
    """Every measure of the catalogue, in full."""
    parts = [
        "# Measures",
        "",
        "Made from the code by `make docs`; `sna metrics NAME` prints the same. A measure that is undefined is empty",
        "in every table, and `tables/undefined.csv` gives the reason. The response gate (docs/methods.md) decides",
        "which kinds of measure are given at which response.",
        "",
        "In formulas A is 1 where one person names another, O where that cell is known, U where either names the other",
        "and F where something passes, so that F is A turned round where things come from the person named; w is the",
        "strength of a tie, d the steps from one person to another (without end where there is no way), g a group, n",
        "the people, r those who answered, N those about whom somebody did. Cells that are not known are left out of",
        "sums. “Elsewhere” is about networks in which everybody answered.",
        "",
    ]
    for level, heading in LEVELS.items():
        parts += [f"## {heading}", ""]
        for entry in (found for found in measures() if found.level == level):
            definition = (inspect.getdoc(entry.compute) or "").split(">>>")[0].rstrip()
            parts += [
                f"### `{entry.name}`: {entry.label}",
                "",
                entry.plain,
                "",
                "$$",
                entry.latex,
                "$$",
                "",
                f"- Unit: {entry.unit}",
                f"- Direction: {entry.direction}",
                f"- Strength: {entry.strength}",
                f"- Unknown ties: {entry.unknown}",
                f"- Response gate: {entry.gate}",
                *([f"- Very large networks: {entry.in_large_networks}"] if entry.in_large_networks else []),
                f"- Elsewhere: {entry.elsewhere}{_other_packages(entry.name)}",
                "",
                "```text",
                definition,
                "```",
                "",
            ]
    return "\n".join(parts)


def _other_packages(name: str) -> str:
    """Where the numbers of other packages stand, for the measures that have a section of disagreements.md."""
    anchor = disagreements.ANCHORS.get(name)
    page = "disagreements.md"
    return "" if anchor is None else f" (numbers: [{page}#{anchor}]({page}#{anchor}))"


def glossary_page() -> str:
    """The field's terms and the reason codes."""
    parts = ["# Glossary", "", "Made from the code by `make docs`.", "", "| term | meaning |", "|---|---|"]
    parts += [f"| {term} | {meaning} |" for term, meaning in sorted(GLOSSARY.items())]
    parts += ["", "## Why a number is missing", "", "| code | meaning |", "|---|---|"]
    parts += [f"| `{code}` | {meaning} |" for code, meaning in REASONS.items()]
    return "\n".join(parts) + "\n"


def study_file_page() -> str:
    """Every key of study.toml."""
    parts = [
        "# study.toml, key by key",
        "",
        "Made from the code by `make docs`. `sna new FOLDER` writes a commented study that runs as it is. All files",
        "lie in the study folder and are CSV (comma, semicolon or tab; UTF-8) or XLSX (first visible sheet). A run",
        "reads the folder and never writes into it. “Pairs” are roster answers with one row per pair of people.",
        "",
    ]
    for section in SECTIONS:
        parts += [f"## `{section.heading}`", "", section.meaning, "", "| key | holds | if left out | meaning |"]
        parts += ["|---|---|---|---|"]
        parts += [f"| `{key.name}` | {_holds(key)} | {_default(key)} | {_meaning(key)} |" for key in section.keys]
        parts.append("")
    return "\n".join(parts)


def _holds(key: Key) -> str:
    if key.choices:
        return " · ".join(f"`{choice}`" for choice in key.choices)
    return {"scale": "codes = words", "table": "name = text", "texts": "list of texts"}.get(key.kind, key.kind)


def _meaning(key: Key) -> str:
    """What a key means, and for which forms of answer."""
    return f"{key.meaning} (Only for {', '.join(key.forms)}.)" if key.forms else key.meaning


def _default(key: Key) -> str:
    if key.default is REQUIRED:
        return "**needed**"
    if key.default in ("", None, (), {}):
        return "–"
    if isinstance(key.default, bool):
        return f"`{str(key.default).lower()}`"
    return ", ".join(f"`{item}`" for item in key.default) if isinstance(key.default, tuple) else f"`{key.default}`"


PAGES = {
    "metrics.md": metrics_page,
    "disagreements.md": disagreements.page,
    "glossary.md": glossary_page,
    "study-file.md": study_file_page,
}


def stale() -> list[str]:
    """The pages that differ from the code."""
    return [
        name
        for name, page in PAGES.items()
        if not (HERE / name).is_file() or (HERE / name).read_text(encoding="utf-8") != page()
    ]


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit(f"Run `make docs`: {', '.join(stale())}" if stale() else 0)
    for page_name, make in PAGES.items():
        (HERE / page_name).write_text(make(), encoding="utf-8", newline="\n")
