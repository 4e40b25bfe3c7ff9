"""Workbooks for tests, made from rows."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence

import openpyxl

Rows = Iterable[Sequence[object]]


def workbook(
    rows: Rows, *, title: str = "Sheet1", merged: Iterable[str] = (), sheets: Mapping[str, Rows] | None = None
) -> bytes:
    """The bytes of an XLSX file.

    Args:
        rows: of the first sheet. Whole numbers as text become numbers, and empty cells none, as programs write them.
        title: of the first sheet.
        merged: ranges of its cells that are merged, such as `A1:C1`.
        sheets: title → rows of further sheets.
    """
    book = openpyxl.Workbook()
    book.active.title = title
    for name, content in {title: rows, **(sheets or {})}.items():
        sheet = book[name] if name in book.sheetnames else book.create_sheet(name)
        for row in content:
            sheet.append([_typed(cell) for cell in row])
    for cells in merged:
        book.active.merge_cells(cells)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _typed(cell: object) -> object:
    text = str(cell)
    plain = text.isascii() and text.isdigit() and len(text) < 12 and (text == "0" or not text.startswith("0"))
    return int(text) if plain else cell or None
