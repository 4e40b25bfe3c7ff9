"""From a study folder to a folder of results: the only module that knows every layer."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sna.checking import check_study
from sna.errors import OutputError, StudyError
from sna.export.csv_tables import csv_text
from sna.export.folder import MARK, check_target, put_back, write_folder
from sna.export.graphml import graphml_text
from sna.export.single import check_file, write_file
from sna.grouping.arrange import arrange
from sna.networks import build_networks
from sna.privacy.build import release
from sna.privacy.release import Release
from sna.privacy.suggestion import COLUMNS, Suggestion, suggestion
from sna.provenance import provenance
from sna.render.pages import render_pages
from sna.results import Progress, Results, compute_results
from sna.study import Study
from sna.study_file import FILE
from sna.study_paths import files_named
from sna.tables import Tables
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
    study, tables = _read(path, seed)
    if exact:
        study = dataclasses.replace(study, exact=True)
    return compute_results(study, tables, progress)


def _read(path: str | Path, seed: int | None) -> tuple[Study, Tables]:
    """A study without faults, with this seed if there is one, and its tables."""
    checked = check_study(path)
    study = checked.study
    if study is None or checked.tables is None or checked.stops:
        raise StudyError(checked.stops)
    return (study if seed is None else dataclasses.replace(study, seed=seed)), checked.tables


def suggest_pairs(
    path: str | Path,
    topic: str,
    rounds: int = 1,
    *,
    seed: int | None = None,
    audience: str | None = None,
    out: str | Path | None = None,
) -> Suggestion:
    """Propose pairs in which somebody sought on a topic sits with somebody who seeks (docs/guides/groups.md).

    Args:
        path: the study folder, or its study.toml.
        topic: id, topic or label of a relation that asks who is sought, or words that stand in only one of these.
        rounds: how often new pairs are made; nobody meets anybody twice before they must.
        seed: instead of the study's own.
        audience: `researcher` (told by how many people somebody is named) or `manager`; the study's own if not given.
        out: CSV file to write the table to, too.

    Raises:
        StudyError: with every problem that stops the study, or everything that is asked for and cannot be.
        OutputError: `out` cannot be written; or the audience is the public, who get no names.
        ValueError: a number that cannot be, or an audience that does not exist.
    """
    return _suggested(path, (topic,), 2, rounds, seed, audience, out)


def suggest_groups(
    path: str | Path,
    topics: Sequence[str] = (),
    size: int = 3,
    rounds: int = 6,
    *,
    seed: int | None = None,
    audience: str | None = None,
    out: str | Path | None = None,
) -> Suggestion:
    """Propose groups for several rounds in which somebody sought on the round's topic sits with somebody who seeks.

    Args:
        path: the study folder, or its study.toml.
        topics: as for `suggest_pairs`; they take turns. All topics of the study if there are none.
        size: how many should sit in a group; sizes differ by at most one.
        rounds: how often new groups are made.
        seed: instead of the study's own.
        audience: as for `suggest_pairs`.
        out: CSV file to write the table to, too.

    Raises:
        StudyError, OutputError, ValueError: as for `suggest_pairs`.
    """
    return _suggested(path, topics, size, rounds, seed, audience, out)


def _suggested(
    path: str | Path,
    topics: Sequence[str],
    size: int,
    rounds: int,
    seed: int | None,
    audience: str | None,
    out: str | Path | None,
) -> Suggestion:
    for name, value, least, most in (("size", size, 2, 20), ("rounds", rounds, 1, 52), ("seed", seed or 0, 0, None)):
        if value < least or (most is not None and value > most):
            raise ValueError(f"{name} must be {least} {f'to {most}' if most is not None else 'or more'}, not {value}")
    _refuse_audience(audience)
    study, tables = _read(path, seed)
    audience = audience or study.audience
    if audience == "public":
        raise OutputError(
            "Groups are made of names, and the public gets none. Choose --audience researcher or manager."
        )
    if out is not None:
        check_file(Path(out), study.folder, COLUMNS, "date")
    found = suggestion(
        study, tables, arrange(study, tables, build_networks(study, tables), topics, size, rounds), audience
    )
    if out is not None:
        write_file(Path(out), found.table)
    return found


def _refuse_audience(audience: str | None) -> None:
    if audience is not None and audience not in AUDIENCES:
        raise ValueError(f"audience must be one of {', '.join(AUDIENCES)}, not {audience!r}")


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
    _refuse_audience(audience)
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


__all__ = ["measure_study", "output_files", "run_study", "suggest_groups", "suggest_pairs"]
