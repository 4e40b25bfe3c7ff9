"""Files as rows of text: CSV and XLSX, whatever the encoding, with the row numbers a spreadsheet shows."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import warnings
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sna.errors import hint
from sna.tables.columns import Record, column_records, trim
from sna.tables.problems import Problems

if TYPE_CHECKING:
    from openpyxl import Workbook

MOST_UNPACKED = 200 * 1024 * 1024
MOST_HEADINGS = 200_000
SEPARATORS = ",;\t"
FIRST_LINES = 30
QUOTED = re.compile(r'"[^"]*"')


def read_records(folder: Path, file: str, problems: Problems, *, sheet: str = "") -> Sequence[Record] | None:
    """The filled rows of a CSV or XLSX file with their numbers, cells trimmed; None when it cannot be used.

    Args:
        folder: the study folder.
        file: path inside it.
        problems: where faults are noted.
        sheet: the sheet of a workbook; the first visible one if empty.
    """
    path = folder / file
    try:
        content = path.read_bytes()
    except OSError as error:
        problems.add(
            "stops", file, f"The file cannot be opened ({error.strerror}).", "Close it elsewhere and try again."
        )
        return None
    records: list[tuple[str, ...]] | None = []
    if content.strip() and path.suffix.lower() in (".xlsx", ".xlsm"):
        records = _sheet(content, file, problems, sheet)
    elif content.strip():
        text = _text(content, file, problems)
        del content
        separator = "" if text is None else _separator(text)
        if text is not None and (found := column_records(text, separator)):
            return found
        records = None if text is None else _separated(text, separator, file, problems)
    if records is None:
        return None
    numbered = ((number, tuple(trim(cell) for cell in record)) for number, record in enumerate(records, 1))
    filled = [(number, cells) for number, cells in numbered if any(cells)]
    if not filled:
        problems.add("stops", file, "The file is empty.", "Export it again, or take it out of study.toml.")
        return None
    return filled


def _text(content: bytes, file: str, problems: Problems) -> str | None:
    """The bytes of a text file as text."""
    if wide := _utf16(content):
        try:
            return content.decode(wide)
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


def _utf16(content: bytes) -> str:
    """The kind of UTF-16 a text is in; empty if it is in none."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    # Some programs leave the mark at the beginning out: then every second byte of the first letters is zero.
    first, second = content[:40:2], content[1:40:2]
    if len(second) > 1 and not any(second) and all(first):
        return "utf-16-le"
    return "utf-16-be" if len(first) > 1 and not any(first) and all(second) else ""


def _separator(text: str) -> str:
    """Whichever of comma, semicolon and tab the headings of a CSV text have most between."""
    lines = QUOTED.sub("", text[:MOST_HEADINGS]).lstrip("\r\n").split("\n", FIRST_LINES)[:FIRST_LINES]
    # A title may stand alone above the headings; then all the first lines decide.
    sample = lines[0] if any(separator in lines[0] for separator in SEPARATORS) else "\n".join(lines)
    return max(SEPARATORS, key=sample.count)


def _separated(text: str, separator: str, file: str, problems: Problems) -> list[tuple[str, ...]] | None:
    """Records of a CSV text."""
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


def _sheet(content: bytes, file: str, problems: Problems, wanted: str) -> list[tuple[str, ...]] | None:
    """Records of the sheet wanted or else the first visible one, formulas as their last computed values."""
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
            title, others, cells = _one_sheet(content, wanted, data_only=True)
            unsaved = _one_sheet(content, wanted, data_only=False)[2] if formulas else ()
    except KeyError:
        names = _workbook(content, data_only=True).sheetnames
        remedy = f"Mend `sheet` in study.toml.{hint(wanted, names)}"
        problems.add("stops", file, "The workbook has no such sheet.", remedy, value=wanted)
        return None
    except Exception as error:  # a damaged or protected workbook can raise anything
        problems.add(
            "stops",
            file,
            f"The file is not a readable XLSX file ({type(error).__name__}).",
            "Save it again as XLSX without a password, or as CSV.",
        )
        return None
    by_name = problems.sheets.setdefault(file, (title, [], set()))[2]
    if wanted:
        by_name.add(title)
    else:
        problems.sheets[file] = (title, others, by_name)
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


def _workbook(content: bytes, *, data_only: bool) -> Workbook:
    """A workbook; who has CSV files alone does not wait for openpyxl."""
    from openpyxl import load_workbook

    return load_workbook(io.BytesIO(content), read_only=True, data_only=data_only)


def _one_sheet(content: bytes, wanted: str, *, data_only: bool) -> tuple[str, list[str], list[tuple[Any, ...]]]:
    """(title, titles of the other sheets, cells) of the sheet wanted, or else the first visible one.

    Raises:
        KeyError: there is no such sheet.
    """
    book = _workbook(content, data_only=data_only)
    sheets = [s for s in book.worksheets if s.title == wanted or (not wanted and s.sheet_state == "visible")]
    if wanted and not sheets:
        raise KeyError(wanted)
    # Some programs state too small a range; without it every row that is there is read.
    sheets[0].reset_dimensions()
    others = [other.title for other in book.worksheets if other is not sheets[0]]
    return sheets[0].title, others, list(sheets[0].iter_rows(values_only=True))


def _cell_text(value: Any) -> str:
    """A spreadsheet cell as the text a person sees."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    to = "seconds" if getattr(value, "second", 0) else "minutes"
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(sep=" ", timespec=to)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dt.time):
        return value.isoformat(timespec=to)
    return str(value)


__all__ = ["Record", "read_records"]
