"""From a study folder to a folder of results: the only module that knows every layer."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sna.checking import check_study
from sna.errors import OutputError, StudyError
from sna.export.csv_tables import csv_text
from sna.export.folder import MARK, check_target, put_back, write_folder
from sna.export.graphml import graphml_text
from sna.privacy.build import release
from sna.privacy.release import Release
from sna.provenance import provenance
from sna.render.pages import render_pages
from sna.results import Progress, Results, compute_results
from sna.study_file import FILE, files_named
from sna.terms import AUDIENCES


def measure_study(path: str | Path, *, seed: int | None = None, progress: Progress = lambda _: None) -> Results:
    """Read and measure a study without writing anything.

    Args:
        path: the study folder, or its study.toml.
        seed: instead of the study's own.
        progress: called with a few words at each step.

    Raises:
        StudyError: with every problem that stops the study.
    """
    checked = check_study(path)
    study = checked.study
    if study is None or checked.tables is None or checked.stops:
        raise StudyError(checked.stops)
    if seed is not None:
        study = dataclasses.replace(study, seed=seed)
    return compute_results(study, checked.tables, progress)


def run_study(
    path: str | Path,
    out: str | Path | None = None,
    *,
    seed: int | None = None,
    audience: str | None = None,
    progress: Progress = lambda _: None,
) -> Path:
    """Read, measure, draw and write a study.

    Args:
        path: the study folder, or its study.toml.
        out: folder to write; `outputs/<name of the study folder>` when not given. It is written whole or not at all:
            an earlier result stays until the new one is complete.
        seed: instead of the study's own.
        audience: instead of the study's own.
        progress: called with a few words at each step.

    Returns:
        The path of the first page, `<out>/index.html`.

    Raises:
        StudyError: with every problem that stops the study.
        OutputError: `out` cannot be written, or is a folder that is not a result of this software.
        ValueError: an audience that does not exist, or a negative seed.
    """
    if seed is not None and seed < 0:
        raise ValueError(f"seed must be 0 or more, not {seed}")
    if audience is not None and audience not in AUDIENCES:
        raise ValueError(f"audience must be one of {', '.join(AUDIENCES)}, not {audience!r}")
    folder = Path(path).parent if Path(path).name == FILE else Path(path)
    named = Path(out) if out is not None else Path("outputs") / folder.resolve().name
    target = named.resolve()
    if not target.name:
        raise OutputError(f"{named}: results need a folder of their own. Name one that does not exist yet.")
    put_back(target)
    results = measure_study(path, seed=seed, progress=progress)
    study = results.study
    check_target(target, study.folder)
    progress("pages and tables")
    seen = release(results, audience or study.audience, _provenance(results, audience or study.audience))
    write_folder(target, output_files(seen, study.seed))
    return named / "index.html"


def output_files(seen: Release, seed: int) -> dict[str, str]:
    """Every file of a result folder: path inside it → text. The same release and seed give the same bytes."""
    files: dict[str, str] = dict(render_pages(seen, seed))
    files.update({f"tables/{name}.csv": csv_text(table) for name, table in seen.tables.items()})
    files.update({f"graphs/{name}.graphml": graphml_text(graph) for name, graph in seen.graphs})
    files[MARK] = json.dumps(seen.provenance, indent=2, ensure_ascii=False, sort_keys=True, allow_nan=False) + "\n"
    return files


def _provenance(results: Results, audience: str) -> Mapping[str, Any]:
    study = results.study
    parameters = {
        "study": study.name,
        "seed": study.seed,
        "audience": audience,
        "response_gate": study.response_gate,
        "suppress_below": study.suppress_below,
        "groups": list(study.groups),
    }
    files = {name: files_named(study.folder, name) for name in results.tables.files}
    return provenance(study.folder, files, parameters)


__all__ = ["measure_study", "output_files", "run_study"]
