"""Every error a user can meet, built from facts and ending with what to do."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Severity = Literal["stops", "left out", "used", "note"]
SEVERITIES: tuple[Severity, ...] = ("stops", "left out", "used", "note")


@dataclass(frozen=True)
class Problem:
    """One thing a person should know about a file.

    Attributes:
        severity: `stops` (no run until it is mended), `left out` (a value or row was not used), `used`
            (questionable, used as the remedy says) or `note`.
        file: the path as the user wrote it, inside the study folder.
        problem: what is wrong, as a sentence.
        remedy: what was done, or what to do.
        row: line as a spreadsheet numbers it (the header is row 1); None when the whole file is meant.
        column: column heading or key; None where there is none.
        value: the value as it stands in the file; None where there is none.
        named: what study.toml calls the file, where it names several with `*`; else empty. File names may tell who
            answered: whoever may not see that sees this.
    """

    severity: Severity
    file: str
    problem: str
    remedy: str
    row: int | None = None
    column: str | None = None
    value: str | None = None
    named: str = ""

    @property
    def place(self) -> str:
        """Where it is: `responses.csv, row 41, column "advice_name2"`."""
        parts = [self.file]
        if self.row is not None:
            parts.append(f"row {self.row}")
        if self.column is not None:
            parts.append(f'{"key" if self.file.endswith(".toml") else "column"} "{self.column}"')
        return ", ".join(parts)

    def __str__(self) -> str:
        text = self.problem.strip()
        if self.value is not None and f'"{self.value}"' not in text:
            text = f'"{self.value}": {text}'
        return f"{self.place}: {text} {self.remedy}".strip()


class StudyError(Exception):
    """A study cannot be used as it stands. `problems` holds every fault found, not only the first."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        if not problems:
            raise ValueError("a StudyError needs at least one problem")
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n".join(str(p) for p in self.problems))


class OutputError(Exception):
    """An output folder cannot be written; the message says why and what to do."""


def close_match(word: str, known: Iterable[str]) -> str | None:
    """The known word most like `word`, case aside, or None when nothing is near.

    >>> close_match("Jon Smiht", ["Ana Lopez", "Jon Smith"])
    'Jon Smith'
    """
    by_folded: dict[str, str] = {}
    for candidate in known:
        by_folded.setdefault(candidate.casefold(), candidate)
    found = difflib.get_close_matches(word.casefold(), list(by_folded), n=1, cutoff=0.7)
    return by_folded[found[0]] if found else None


def hint(word: str, known: Iterable[str]) -> str:
    """`Close match: "…".` or an empty string, to stand at the end of a remedy."""
    match = close_match(word, known)
    return f' Close match: "{match}".' if match is not None else ""


def saying_why(target: Path, act: Callable[[], object]) -> None:
    """Do something to a file or folder; where the system refuses, an OutputError says why.

    Raises:
        OutputError: the system refused.
    """
    try:
        act()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise OutputError(
            f"{target}: the folder cannot be written ({reason}). Close its files, or name another."
        ) from None
