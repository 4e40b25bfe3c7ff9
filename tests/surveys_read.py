"""The example studies, read once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from sna.study_file import load_study
from sna.tables import Tables, read_tables

SURVEYS = Path(__file__).resolve().parents[1] / "surveys"


@cache
def tables_of(study: str) -> Tables:
    """The tables of one of them."""
    declared, problems = load_study(SURVEYS / study)
    assert declared is not None, problems
    return read_tables(declared)
