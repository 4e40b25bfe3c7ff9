"""Tables as one Excel workbook: numbers as numbers, dates as dates, and text as text, never as a formula."""

from __future__ import annotations

import datetime as dt
import io
import re
import shutil
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.functions import tostring

from sna.export.csv_tables import FORMULA
from sna.export.graphml import ILLEGAL

ABOUT = "about"
MOST_ROWS, MOST_COLUMNS = 1_048_575, 16_384  # below the headings
LONGEST = 32_767  # in a cell; letters beyond the first plane count twice
CUT = " … (cut; the CSV has the whole)"
# Text that looks like an escape of the format would be shown as the character it stands for.
ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
UNFIT = re.compile("[" + "".join(map(re.escape, map(chr, ILLEGAL))) + "]")
SPECIAL = (*FORMULA, "#")  # a lone #N/A would become an error
FIRST_DAY = dt.date(1900, 3, 1)  # spreadsheets disagree about the days before it
MADE = dt.datetime(2000, 1, 1)  # the same in every workbook, so that the same tables give the same bytes
WIDEST, NARROWEST, LOOKED_AT, AT_ONCE = 60, 9, 200, 5_000
BOLD, WRAPPED = Font(bold=True), Alignment(wrap_text=True, vertical="top")


@dataclass
class Losses:
    """What a sheet cannot hold as it is, counted."""

    replaced: int = 0
    cut: int = 0

    def told(self) -> str:
        """What was done, in words; empty when nothing was."""
        parts = []
        if self.replaced:
            parts.append(f"{self.replaced:,} characters that a workbook cannot hold are shown as \ufffd.")
        if self.cut:
            parts.append(f"{self.cut:,} texts are cut: a cell holds {LONGEST:,} characters.")
        return " ".join(parts)


def workbook(title: str, audience: str, tables: Mapping[str, pd.DataFrame]) -> bytes:
    """A workbook with a sheet for each table, behind a sheet that says what is in it.

    Args:
        title: name of the study.
        audience: for whom the workbook is, in a sentence.
        tables: sheet name → table; the names are distinct, at most 31 characters long, and none is `about`.

    Returns:
        The file. The same tables give the same bytes. A table with more rows or columns than a sheet holds has no
        sheet; the first sheet says so, as it says what a sheet could not hold.
    """
    book = Workbook(write_only=True)
    about = book.create_sheet(ABOUT)
    rows: list[tuple[str, int, str]] = []
    for name, table in tables.items():
        if len(table) > MOST_ROWS or len(table.columns) > MOST_COLUMNS:
            rows.append((name, len(table), f"Too large for a sheet: see tables/{name}.csv."))
            continue
        losses = _fill(book.create_sheet(name), table, wrapped=name == "columns")
        rows.append((name, len(table), losses.told()))
    lines = [title, audience, "The sheet `columns` says what every column means. An empty cell is null."]
    _first_sheet(about, lines, rows)
    return _packed(book)


def _first_sheet(sheet: Worksheet, lines: Sequence[str], rows: Sequence[tuple[str, int, str]]) -> None:
    for letter, width in zip("ABC", (24, 12, 90), strict=True):
        sheet.column_dimensions[letter].width = width
    losses = Losses()
    for line in lines:
        sheet.append([_text_cell(sheet, line, losses)])
    sheet.append([])
    sheet.append([_heading(sheet, text, losses) for text in ("sheet", "rows", "note")])
    for row in rows:
        sheet.append(row)
    if losses.told():
        sheet.append((ABOUT, None, losses.told()))


def _fill(sheet: Worksheet, table: pd.DataFrame, *, wrapped: bool) -> Losses:
    """Write a table into an empty sheet, and say what it could not hold."""
    losses = Losses()
    # Everything about the sheet has to be known before its first row is written.
    sheet.freeze_panes = "A2"
    if len(table.columns):
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{len(table) + 1}"
    for place, width in enumerate(_widths(table), 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.append([_heading(sheet, str(name), losses) for name in table.columns])
    for row in _rows(table):
        cells = [_cell(sheet, value, losses) for value in row]
        sheet.append([_wrapped(sheet, cell) for cell in cells] if wrapped else cells)
    return losses


def _rows(table: pd.DataFrame) -> Iterator[tuple[object, ...]]:
    """The rows, null as None; some at a time, so that a large table is not held twice."""
    for start in range(0, len(table), AT_ONCE):
        part = table.iloc[start : start + AT_ONCE]
        columns = (part.iloc[:, place] for place in range(len(part.columns)))
        yield from zip(
            *([None if null else value for value, null in zip(c, c.isna(), strict=True)] for c in columns), strict=True
        )


def _widths(table: pd.DataFrame) -> list[int]:
    """How wide each column is, by its heading and its first rows, in characters."""
    head = table.head(LOOKED_AT)
    found = []
    for place, name in enumerate(table.columns):
        lengths = [len(f"{value:.12g}" if isinstance(value, float) else str(value)) for value in head.iloc[:, place]]
        found.append(min(max([len(str(name)) + 3, NARROWEST, *lengths]), WIDEST))
    return found


def _cell(sheet: Worksheet, value: object, losses: Losses) -> object:
    """A value as openpyxl takes it."""
    if value is None:
        return None
    if isinstance(value, str):
        return _text_cell(sheet, value, losses)
    if isinstance(value, bool | np.bool_):
        return bool(value)
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return _formatted(sheet, value, "yyyy-mm-dd") if value >= FIRST_DAY else value.isoformat()
    if isinstance(value, dt.time):
        return _formatted(sheet, value, "hh:mm")
    if isinstance(value, int | np.integer):
        return int(value)
    if isinstance(value, float | np.floating) and np.isfinite(value):
        return float(f"{value:.12g}")  # the same digits as in the CSV
    return _text_cell(sheet, str(value), losses)


def _formatted(sheet: Worksheet, value: dt.date | dt.time, shown: str) -> Cell:
    cell = WriteOnlyCell(sheet, value)
    cell.number_format = shown
    return cell


def _heading(sheet: Worksheet, text: str, losses: Losses) -> Cell:
    cell = _as_text(sheet, text, losses)
    cell.font = BOLD
    return cell


def _wrapped(sheet: Worksheet, value: object) -> object:
    if value is None:
        return None
    cell = value if isinstance(value, Cell) else WriteOnlyCell(sheet, value)
    cell.alignment = WRAPPED
    return cell


def _text_cell(sheet: Worksheet, text: str, losses: Losses) -> object:
    """Text that a spreadsheet might take for something else as a cell that says it is text; other text as it is."""
    return _as_text(sheet, text, losses) if text.startswith(SPECIAL) else fitting(text, losses)


def _as_text(sheet: Worksheet, text: str, losses: Losses) -> Cell:
    """A cell of the type text. With a quote prefix it stays text when somebody edits it."""
    cell = WriteOnlyCell(sheet, fitting(text, losses))
    cell.data_type = "s"
    if text.startswith(SPECIAL):
        cell.quotePrefix = True
    return cell


def fitting(text: str, losses: Losses) -> str:
    """A text that a cell can hold; what is lost is counted.

    >>> counted = Losses()
    >>> fitting("a\\x00b\\r\\nc", counted), counted.replaced
    ('a\ufffdb\\nc', 1)
    """
    text, replaced = UNFIT.subn("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = ESCAPE.sub("_x005F_", text)
    losses.replaced += replaced
    if len(text) > LONGEST // 2 and len(units := text.encode("utf-16-le")) > 2 * LONGEST:
        losses.cut += 1
        text = units[: 2 * (LONGEST - len(CUT))].decode("utf-16-le", errors="ignore") + CUT
    return text


def _packed(book: Workbook) -> bytes:
    """The workbook as bytes that do not tell when it was made."""
    written, packed = io.BytesIO(), io.BytesIO()
    book.save(written)
    book.properties.creator = "sna"
    book.properties.created = book.properties.modified = MADE
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0  # or it would tell the system it was made on
            with target.open(entry, "w") as packing, source.open(name) as part:
                if name == "docProps/core.xml":
                    packing.write(tostring(book.properties.to_tree()))
                else:
                    shutil.copyfileobj(part, packing)
    return packed.getvalue()
