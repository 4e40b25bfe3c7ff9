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
from sna.study_file import FILE
from sna.study_paths import files_named
from sna.terms import AUDIENCES


def measure_study(
    path: str | Path, *, seed: int | None = None, exact: bool = False, progress: Progress = lambda _: None
) -> Results:
    """Read and measure a study without writing anything.

    Args:
        path: the study folder, or its study.toml.
        seed: instead of the study's own.
        exact: estimate nothing and leave nothing out in very large networks, however long it takes; as the study's own.
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
    if exact:
        study = dataclasses.replace(study, exact=True)
    return compute_results(study, checked.tables, progress)


def run_study(
    path: str | Path,
    out: str | Path | None = None,
    *,
    seed: int | None = None,
    audience: str | None = None,
    xlsx: bool = False,
    exact: bool = False,
    progress: Progress = lambda _: None,
    say: Progress = lambda _: None,
) -> Path:
    """Read, measure, draw and write a study.

    Args:
        path: the study folder, or its study.toml.
        out: folder to write; `outputs/<name of the study folder>` when not given. It is written whole or not at all:
            an earlier result stays until the new one is complete.
        seed: instead of the study's own.
        audience: instead of the study's own.
        xlsx: write `tables.xlsx` too: every table, and what each column means, in one workbook.
        exact: as for `measure_study`.
        progress: called with a few words at each step.
        say: called with a line for each very large network: what is estimated there, and what is left out.

    Returns:
        The path of the first page, `<out>/index.html`.

    Raises:
        StudyError: with every problem that stops the study.
        OutputError: `out` cannot be written, or is a folder that is not a result of this software; or `xlsx` for the
            public, who get no tables.
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
    if xlsx and audience is not None:
        _refuse_workbook(audience)
    put_back(target)
    results = measure_study(path, seed=seed, exact=exact, progress=progress)
    study = results.study
    for line in results.not_exact:
        say(line)
    if xlsx:
        _refuse_workbook(audience or study.audience)
    check_target(target, study.folder)
    progress("pages and tables")
    seen = release(results, audience or study.audience, _provenance(results, audience or study.audience))
    files: dict[str, str | bytes] = dict(output_files(seen, study.seed))
    if xlsx:
        # Who wants no workbook does not wait for what writes it.
        from sna.export.xlsx import workbook

        progress("workbook")
        files["tables.xlsx"] = workbook(seen.overview.title, seen.overview.audience, seen.tables)
    write_folder(target, files)
    return named / "index.html"


def _refuse_workbook(audience: str) -> None:
    """An audience without tables gets no workbook, rather than an empty one."""
    if audience == "public":
        raise OutputError(
            "The public gets no tables, so there is nothing to put into a workbook. Leave out --xlsx (xlsx=True), or "
            "choose --audience researcher or manager."
        )


def output_files(seen: Release, seed: int) -> dict[str, str]:
    """Every text file of a result folder: path inside it → text. The same release and seed give the same bytes."""
    files: dict[str, str] = dict(render_pages(seen, seed))
    files.update({f"tables/{name}.csv": csv_text(table) for name, table in seen.tables.items()})
    files.update({f"graphs/{name}.graphml": graphml_text(graph) for name, graph in seen.graphs})
    files[MARK] = json.dumps(seen.provenance, indent=2, ensure_ascii=False, sort_keys=True, allow_nan=False) + "\n"
    return files


def _provenance(results: Results, audience: str) -> Mapping[str, Any]:
    study = results.study
    estimated = results.sampled.groupby(["relation", "wave"])
    parameters = {
        "study": study.name,
        "seed": study.seed,
        "audience": audience,
        "response_gate": study.response_gate,
        "suppress_below": study.suppress_below,
        "exact": study.exact,
        "estimated": {f"{relation}, {wave}": list(part["measure"]) for (relation, wave), part in estimated},
        "groups": list(study.groups),
    }
    files = {name: files_named(study.folder, name) for name in results.tables.files}
    return provenance(study.folder, files, parameters)


__all__ = ["measure_study", "output_files", "run_study"]
