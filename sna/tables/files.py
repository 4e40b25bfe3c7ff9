"""Survey files as grids of text: CSV and XLSX, whatever the encoding, with the row numbers a spreadsheet shows."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from sna.errors import hint
from sna.tables.problems import Problems

MOST_UNPACKED = 200 * 1024 * 1024


@dataclass(frozen=True)
class Row:
    """One row of a file: its number as a spreadsheet shows it (the header is row 1) and its cells, trimmed."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Grid:
    """A file as text: headings and rows, each as long as the headings."""

    file: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]

    @cached_property
    def _column(self) -> dict[str, int]:
        return {name: i for i, name in enumerate(self.header)}

    def column(self, name: str) -> int | None:
        """Where a column stands, or None."""
        return self._column.get(name)

    def cell(self, row: Row, name: str) -> str:
        """A cell by its column's name; empty when there is no such column."""
        at = self._column.get(name)
        return "" if at is None else row.cells[at]

    def has(self, names: Iterable[str], problems: Problems, why: str) -> bool:
        """Whether all these columns are there; each that is not is a problem that stops."""
        complete = True
        for name in names:
            if name not in self._column:
                complete = False
                shown = ", ".join(f'"{h}"' for h in self.header[:12]) + (", …" if len(self.header) > 12 else "")
                problems.add(
                    "stops",
                    self.file,
                    f"There is no such column; it is needed for {why}. The file has {shown}.",
                    f"Add the column, or name yours in study.toml.{hint(name, self.header)}",
                    row=1,
                    column=name,
                )
        return complete


def read_grid(folder: Path, file: str, problems: Problems) -> Grid | None:
    """Read a CSV or XLSX file; None when it cannot be used, with the reason among the problems."""
    path = folder / file
    try:
        content = path.read_bytes()
    except OSError as error:
        problems.add(
            "stops", file, f"The file cannot be opened ({error.strerror}).", "Close it elsewhere and try again."
        )
        return None
    if not content.strip():
        problems.add("stops", file, "The file is empty.", "Export it again, or take it out of study.toml.")
        return None
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        records = _sheet(content, file, problems)
    else:
        text = _text(content, file, problems)
        records = None if text is None else _separated(text, file, problems)
    return None if records is None else _grid(records, file, problems)


def _text(content: bytes, file: str, problems: Problems) -> str | None:
    """The bytes of a text file as text."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError:
            content = b"\x00"
    if content.startswith(b"PK\x03\x04"):
        problems.add(
            "stops", file, "This is a spreadsheet or zip file, not text.", "Rename it to .xlsx, or save it as CSV."
        )
        return None
    if b"\x00" in content:
        problems.add("stops", file, "The file is not text.", "Export it as CSV (UTF-8) or XLSX.")
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        problems.add(
            "used",
            file,
            "The file is not UTF-8.",
            "It was read as Windows-1252 (western European); check accented letters, or save it as CSV UTF-8.",
            row=row,
        )
        return content.decode("cp1252", errors="replace")


def _separated(text: str, file: str, problems: Problems) -> Iterator[tuple[str, ...]] | None:
    """Records of a CSV text; the separator is whichever of comma, semicolon and tab the first line has most of."""
    first = text.lstrip("\r\n").split("\n", 1)[0]
    separator = max(",;\t", key=first.count)
    try:
        return iter([tuple(record) for record in csv.reader(io.StringIO(text, newline=""), delimiter=separator)])
    except csv.Error as error:
        problems.add("stops", file, f"The file is not a readable CSV file ({error}).", "Export it again as CSV UTF-8.")
        return None


def _sheet(content: bytes, file: str, problems: Problems) -> Iterator[tuple[str, ...]] | None:
    """Records of the first visible sheet, formulas as their last computed values."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            size = sum(info.file_size for info in archive.infolist())
        if size > MOST_UNPACKED:
            problems.add(
                "stops", file, "The spreadsheet unpacks to more than 200 MB.", "Save the answers alone as CSV."
            )
            return None
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        records = [tuple(_cell_text(value) for value in record) for record in visible[0].iter_rows(values_only=True)]
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, IndexError, OSError, SyntaxError) as error:
        problems.add(
            "stops",
            file,
            f"The file is not a readable XLSX file ({type(error).__name__}).",
            "Save it again as XLSX or CSV.",
        )
        return None
    if len(book.worksheets) > 1:
        others = ", ".join(f'"{sheet.title}"' for sheet in book.worksheets if sheet is not visible[0])
        problems.add("note", file, f'Only the sheet "{visible[0].title}" was read.', f"Left out: {others}.")
    return iter(records)


def _cell_text(value: Any) -> str:
    """A spreadsheet cell as the text a person sees."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dt.time):
        return value.isoformat(timespec="minutes")
    return str(value)


def _grid(records: Iterator[tuple[str, ...]], file: str, problems: Problems) -> Grid | None:
    """Headings and rows out of records; blank rows are passed over."""
    numbered = ((number, tuple(_trim(cell) for cell in record)) for number, record in enumerate(records, 1))
    filled = [(number, cells) for number, cells in numbered if any(cells)]
    if not filled:
        problems.add("stops", file, "The file is empty.", "Export it again, or take it out of study.toml.")
        return None
    number, header = filled[0]
    while header and not header[-1]:
        header = header[:-1]
    fine = True
    for at, name in enumerate(header):
        if name and name in header[:at]:
            fine = False
            problems.add("stops", file, "Two columns have this heading.", "Rename one of them.", number, name)
    if len(filled) == 1:
        problems.add(
            "stops", file, "The file has headings and no rows.", "Export it again, or take it out of study.toml."
        )
        return None
    width = len(header)
    rows = []
    for number, cells in filled[1:]:
        if any(cells[width:]):
            fine = False
            problems.add(
                "stops",
                file,
                f"The row has more cells than the {width} headings.",
                "Put quotation marks round text that holds the separator, or add the missing heading.",
                number,
                value=next(cell for cell in cells[width:] if cell),
            )
            continue
        rows.append(Row(number, cells[:width] + ("",) * (width - len(cells))))
    problems.rows_read[file] = len(filled) - 1
    return Grid(file, header, tuple(rows)) if fine else None


def _trim(cell: str) -> str:
    return cell.replace("\u00a0", " ").strip()
