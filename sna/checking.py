"""Reading a study without computing anything from it: every problem, who answered, and the names to decide on."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sna.errors import OutputError, Problem, StudyError, saying_why
from sna.provenance import time_of_run
from sna.study import Study
from sna.study_file import load_study
from sna.tables import Tables, load_tables
from sna.tables.ledger import FILE as LEDGER
from sna.tables.ledger import ledger_text
from sna.tables.names import look_for_names
from sna.tables.problems import Problems

if TYPE_CHECKING:
    import pandas as pd


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
        # Networks take a while to load, and who only looks for problems does not need them.
        from sna.networks import build_networks
        from sna.response import response_block

        return response_block(self.study, self.tables, build_networks(self.study, self.tables))

    @property
    def response_by_group(self) -> pd.DataFrame | None:
        """Who answered, by wave, relation and value of each group; None when something stops the study."""
        if self.study is None or self.tables is None:
            return None
        from sna.response import response_by_group

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
        saying_why(target, write)
    return NamesReport(target, len(names.entries), names.undecided, names.proposed)


__all__ = ["Check", "NamesReport", "check_study", "update_names"]
