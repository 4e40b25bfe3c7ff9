"""From a study folder to a folder of results: the only module that knows every layer."""

from __future__ import annotations

import dataclasses
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from sna.errors import OutputError, Problem, StudyError
from sna.export.csv_tables import csv_text
from sna.export.graphml import graphml_text
from sna.networks import build_networks
from sna.privacy.build import release
from sna.privacy.release import Release
from sna.provenance import provenance, time_of_run
from sna.render.pages import render_pages
from sna.response import response_block, response_by_group
from sna.results import Progress, Results, compute_results
from sna.study import Study
from sna.study_file import FILE, files_named, load_study
from sna.tables import Tables, load_tables
from sna.tables.ledger import FILE as LEDGER
from sna.tables.ledger import ledger_text
from sna.tables.names import look_for_names
from sna.tables.problems import Problems
from sna.terms import AUDIENCES

MARK = "provenance.json"


@dataclass(frozen=True)
class Check:
    """What `check_study` found.

    Attributes:
        problems: everything found, most harmful first.
        study: the declaration as far as it can be understood; None when nothing can be made of it.
        tables: the tables, or None when something stops the study.
    """

    problems: tuple[Problem, ...]
    study: Study | None
    tables: Tables | None

    @property
    def response(self) -> pd.DataFrame | None:
        """Who answered, by wave and relation (docs/data-model.md); None when something stops the study."""
        if self.study is None or self.tables is None:
            return None
        return response_block(self.study, self.tables, build_networks(self.study, self.tables))

    @property
    def response_by_group(self) -> pd.DataFrame | None:
        """Who answered, by wave, relation and value of each group; None when something stops the study."""
        if self.study is None or self.tables is None:
            return None
        return response_by_group(self.study, self.tables)

    @property
    def stops(self) -> tuple[Problem, ...]:
        """The problems that stop a run."""
        return tuple(p for p in self.problems if p.severity == "stops")

    def json(self) -> str:
        """Everything as JSON: `stops` (how many), `problems`, and three tables, null when something stops the study:
        `response`, `response_by_group`, `accounting`.
        """
        accounting = None if self.tables is None else self.tables.accounting
        tables = {"response": self.response, "response_by_group": self.response_by_group, "accounting": accounting}
        problems = [dataclasses.asdict(problem) for problem in self.problems]
        found = {"stops": len(self.stops), "problems": problems, **{name: _records(t) for name, t in tables.items()}}
        return json.dumps(found, indent=2, ensure_ascii=False)


def _records(table: pd.DataFrame | None) -> Any:
    """A table as a list of rows for JSON, dates as text."""
    if table is None:
        return None
    dated = table.assign(date=table["date"].map(str, na_action="ignore")) if "date" in table else table
    return json.loads(dated.to_json(orient="records"))


def check_study(path: str | Path) -> Check:
    """Read everything a study names and report every problem, in study.toml and in all files; nothing is written.

    Args:
        path: the study folder, or its study.toml.
    """
    study, problems = load_study(path)
    if study is None:
        return Check(tuple(problems), None, None)
    tables, found = load_tables(study, tuple(problems))
    return Check(tuple(found), study, tables)


@dataclass(frozen=True)
class NamesReport:
    """What `update_names` did.

    Attributes:
        file: names.csv.
        rows: rows it now has.
        undecided: rows that wait for a decision.
        proposed: how many of those have a proposal.
    """

    file: Path
    rows: int
    undecided: int
    proposed: int


def update_names(path: str | Path) -> NamesReport:
    """Write or update names.csv in the study folder: every typed name that the rules do not settle, with a proposal.

    Decisions that stand in it are kept for ever and applied to every file of the study, next year's included. It is the
    only file that is ever written into a study folder.

    Args:
        path: the study folder, or its study.toml.

    Raises:
        StudyError: study.toml or the roster cannot be used, or names.csv itself has faults.
        OutputError: names.csv cannot be written.
    """
    study, found = load_study(path)
    problems = Problems(found)
    problems.hints = False
    names = look_for_names(study, problems, time_of_run()[:10]) if study is not None else None
    faults = [p for p in problems.stops if p.file == (study.names if study else None)]
    if study is None or names is None or faults:
        raise StudyError(faults or problems.stops)
    # A declared file that is not there yet is the one to write.
    declared = next((p.value for p in found if p.column == "study.names" and p.value), None)
    target = study.folder / (declared or study.names or LEDGER)
    if study.folder.resolve() not in target.resolve().parents:
        raise StudyError(problems.stops)
    if target.suffix.lower() != ".csv":
        raise OutputError(f"{target}: names are kept as CSV. Save the file as names.csv, and name that in study.toml.")
    text = ledger_text(names.entries)

    def write() -> None:
        fresh = target.with_name(f".{target.name}.partial")
        fresh.write_text(text, encoding="utf-8", newline="")
        fresh.replace(target)

    if names.entries:
        _with_folder_errors(target, write)
    return NamesReport(target, len(names.entries), names.undecided, names.proposed)


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
    _put_back(target)
    results = measure_study(path, seed=seed, progress=progress)
    study = results.study
    _check_target(target, study)
    progress("pages and tables")
    seen = release(results, audience or study.audience, _provenance(results, audience or study.audience))
    _write(target, output_files(seen, study.seed))
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


def _check_target(target: Path, study: Study) -> None:
    """Refuse to write where something else than an earlier result would be lost."""
    source = study.folder.resolve()
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


def _put_back(target: Path) -> None:
    """Undo what a run did that was killed between the two renames of `_write`."""
    earlier = _set_aside(target)
    if (earlier / MARK).is_file() and not target.exists():
        _with_folder_errors(target, lambda: shutil.move(earlier, target))


def _write(target: Path, files: Mapping[str, str]) -> None:
    """Write a folder whole: beside the earlier one, then in its place."""
    _with_folder_errors(target, lambda: target.parent.mkdir(parents=True, exist_ok=True))
    earlier = _set_aside(target)

    def write() -> None:
        if earlier.exists():
            shutil.rmtree(earlier)
        fresh = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=".partial", dir=target.parent))
        try:
            fresh.chmod(0o777 & ~_umask())
            for name, text in files.items():
                place = fresh / name
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(text.encode("utf-8", errors="replace"))
            if target.exists():
                target.rename(earlier)
            fresh.rename(target)
        except BaseException:
            if earlier.exists() and not target.exists():
                earlier.rename(target)
            shutil.rmtree(fresh, ignore_errors=True)
            raise
        shutil.rmtree(earlier, ignore_errors=True)

    _with_folder_errors(target, write)


def _with_folder_errors(target: Path, act: Callable[[], object]) -> None:
    try:
        act()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise OutputError(
            f"{target}: the folder cannot be written ({reason}). Close its files, or name another."
        ) from None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


__all__ = ["Check", "NamesReport", "check_study", "measure_study", "output_files", "run_study", "update_names"]
