"""One table as a file that a person names: written whole or not at all, and never over what somebody put there."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from sna.errors import OutputError, saying_why
from sna.export.csv_tables import csv_text


def check_file(target: Path, study_folder: Path, columns: Sequence[str], filled_in: str) -> None:
    """Refuse to write where anything would be lost but an earlier file of the same kind.

    Args:
        target: the file.
        study_folder: never written into.
        columns: of the table that is to be written.
        filled_in: a column that is written empty, for people to fill in.

    Raises:
        OutputError: it cannot be written there.
    """
    if study_folder.resolve() in target.resolve().parents:
        raise OutputError(f"{target}: nothing is written into the study folder. Name another --out, and copy it there.")
    if target.suffix.lower() != ".csv":
        raise OutputError(f"{target}: the table is written as CSV. Name a file that ends in .csv.")
    if target.is_dir():
        raise OutputError(f"{target}: this is a folder. Name a file in it.")
    if target.is_file() and not _unchanged(target, columns, filled_in):
        raise OutputError(
            f"{target}: this file holds something else, or somebody filled in its column {filled_in}, which would be "
            "lost. Name a file that does not exist."
        )


def _unchanged(target: Path, columns: Sequence[str], filled_in: str) -> bool:
    """Whether a file is as it was written: these columns, and nothing filled in."""
    with target.open(encoding="utf-8", errors="replace", newline="") as file:
        try:
            head, *rows = csv.reader(file, strict=True)
        except (ValueError, csv.Error):
            return False
    at = list(columns).index(filled_in)
    return head == list(columns) and all(len(row) == len(head) and not row[at] for row in rows)


def write_file(target: Path, table: pd.DataFrame) -> None:
    """Write a table as CSV: beside the earlier file, then in its place."""
    text = csv_text(table)
    fresh = target.with_name(f".{target.name}.partial")

    def write() -> None:
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            fresh.write_bytes(text.encode("utf-8", errors="replace"))
            fresh.replace(target)
        finally:
            fresh.unlink(missing_ok=True)

    saying_why(target, write)
