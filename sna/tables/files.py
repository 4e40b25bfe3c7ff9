"""Survey files as grids of text: CSV and XLSX, whatever the encoding, with the row numbers a spreadsheet shows."""

from __future__ import annotations

import csv
import datetime as dt
import io
import warnings
import zipfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import openpyxl

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
    """A file as text: headings and rows, each as long as the headings.

    `asked_for` collects the columns that a reader has looked for, there or not, so that what nobody reads can be noted.
    """

    file: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    asked_for: set[str]

    @cached_property
    def _column(self) -> dict[str, int]:
        return {name: i for i, name in enumerate(self.header)}

    def cell(self, row: Row, name: str) -> str:
        """A cell by its column's name; empty when there is no such column."""
        self.asked_for.add(name)
        at = self._column.get(name)
        return "" if at is None else row.cells[at]

    def has(self, names: Iterable[str], problems: Problems, why: str) -> bool:
        """Whether all these columns are there; each that is not is a problem that stops."""
        complete = True
        for name in names:
            self.asked_for.add(name)
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


def read_grid(folder: Path, file: str, problems: Problems, *, may_be_empty: bool = False) -> Grid | None:
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
    return None if records is None else _grid(records, file, problems, may_be_empty)


def _text(content: bytes, file: str, problems: Problems) -> str | None:
    """The bytes of a text file as text."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError:
            content = b"\x00"
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        problems.add("stops", file, "This is a spreadsheet in the old XLS format.", "Save it as XLSX or CSV.")
        return None
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


def _separated(text: str, file: str, problems: Problems) -> list[tuple[str, ...]] | None:
    """Records of a CSV text; the separator is whichever of comma, semicolon and tab the first line has most of."""
    first = text.lstrip("\r\n").split("\n", 1)[0]
    separator = max(",;\t", key=first.count)
    records: list[tuple[str, ...]] = []
    try:
        for record in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            records.append(tuple(record))
    except csv.Error as error:
        problems.add(
            "stops",
            file,
            f"From this row on the file is not readable as CSV ({error}).",
            "Look for a quotation mark that is not closed; one inside a text is written twice.",
            len(records) + 1,
        )
        return None
    return records


def _sheet(content: bytes, file: str, problems: Problems) -> list[tuple[str, ...]] | None:
    """Records of the first visible sheet, formulas as their last computed values."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if sum(part.file_size for part in parts) > MOST_UNPACKED:
                problems.add(
                    "stops", file, "The spreadsheet unpacks to more than 200 MB.", "Save the answers alone as CSV."
                )
                return None
            formulas = any(
                b"<f" in archive.read(part) for part in parts if part.filename.startswith("xl/worksheets/sheet")
            )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            title, others, cells = _first_sheet(content, data_only=True)
            unsaved = _first_sheet(content, data_only=False)[2] if formulas else ()
    except Exception as error:  # a damaged or protected workbook can raise anything
        problems.add(
            "stops",
            file,
            f"The file is not a readable XLSX file ({type(error).__name__}).",
            "Save it again as XLSX without a password, or as CSV.",
        )
        return None
    if others:
        left = ", ".join(f'"{other}"' for other in others)
        problems.add("note", file, f'Only the sheet "{title}" was read.', f"Left out: {left}.")
    sources = [
        (number, value, source)
        for number, (values, texts) in enumerate(zip(cells, unsaved, strict=False), 1)
        for value, source in zip(values, texts, strict=False)
        if isinstance(source, str) and source.startswith("=")
    ]
    # A formula may come to nothing; when none of them has a value, the file was never computed.
    if sources and all(value is None for _, value, _ in sources):
        problems.add(
            "stops",
            file,
            f"{len(sources)} formulas have no computed value in the file; this is the first.",
            "Open and save the file in a spreadsheet program.",
            sources[0][0],
            value=sources[0][2],
        )
    return [tuple(_cell_text(value) for value in record) for record in cells]


def _first_sheet(content: bytes, *, data_only: bool) -> tuple[str, list[str], list[tuple[Any, ...]]]:
    """(title, titles of the other sheets, cells) of the first visible sheet of a workbook."""
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=data_only)
    sheet = next(sheet for sheet in book.worksheets if sheet.sheet_state == "visible")
    # Some programs state too small a range; without it every row that is there is read.
    sheet.reset_dimensions()
    others = [other.title for other in book.worksheets if other is not sheet]
    return sheet.title, others, list(sheet.iter_rows(values_only=True))


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


def _grid(records: list[tuple[str, ...]], file: str, problems: Problems, may_be_empty: bool) -> Grid | None:
    """Headings and rows out of records; blank rows are passed over."""
    numbered = ((number, tuple(_trim(cell) for cell in record)) for number, record in enumerate(records, 1))
    filled = [(number, cells) for number, cells in numbered if any(cells)]
    if not filled:
        problems.add("stops", file, "The file is empty.", "Export it again, or take it out of study.toml.")
        return None
    number, header = filled[0]
    while header and not header[-1]:
        header = header[:-1]
    if len(filled) == 1 and not may_be_empty:
        problems.add(
            "stops", file, "The file has headings and no rows.", "Export it again, or take it out of study.toml."
        )
        return None
    fine = True
    for name, times in Counter(filter(None, header)).items():
        if times > 1:
            fine = False
            problems.add("stops", file, "Two columns have this heading.", "Rename one of them.", number, name)
    width = len(header)
    rows = [Row(at, cells[:width] + ("",) * (width - len(cells))) for at, cells in filled[1:]]
    longer = [(at, next(filter(None, cells[width:]))) for at, cells in filled[1:] if any(cells[width:])]
    if longer:
        fine = False
        problems.add(
            "stops",
            file,
            f"{len(longer)} rows have more cells than the {width} headings in row {number}; this is the first.",
            "If a title stands above the headings, delete it. Else add the missing heading, or put quotation marks "
            "round text that holds the separator.",
            longer[0][0],
            value=longer[0][1],
        )
    for at, name in enumerate(header):
        value = None if name else next((row.cells[at] for row in rows if row.cells[at]), None)
        if value is not None and at == 0:
            problems.unnamed_first[file] = value
        elif value is not None:
            fine = False
            problems.add("stops", file, "A column holds data and has no heading.", "Name it.", number, value=value)
    problems.rows_read[file] = len(rows)
    return Grid(file, header, tuple(rows), problems.asked_for(file, header)) if fine else None


def _trim(cell: str) -> str:
    return cell.replace("\u00a0", " ").strip()
