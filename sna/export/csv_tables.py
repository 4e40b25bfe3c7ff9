"""Tables as CSV: UTF-8, `\\n`, 12 significant digits, and no text that a spreadsheet would run as a formula."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_text(table: pd.DataFrame) -> str:
    """A table as the text of a CSV file, written as docs/data-model.md says.

    >>> csv_text(pd.DataFrame({"name": ["=1+1", None], "value": [1 / 3, 2.0], "kept": [True, False]}))
    "name,value,kept\\n'=1+1,0.333333333333,true\\n,2,false\\n"
    """
    written = pd.DataFrame({name: _column(table[name]) for name in table.columns}, columns=table.columns, dtype=object)
    headings = [str(_cell(name)) for name in table.columns]
    return str(written.to_csv(index=False, header=headings, lineterminator="\n"))


def _column(column: pd.Series) -> list[object]:
    """The cells of a column as they are written; null as None."""
    return [None if null else _cell(value) for value, null in zip(column, column.isna(), strict=True)]


def _cell(value: object) -> object:
    if isinstance(value, bool | np.bool_):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.12g}"
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    if isinstance(value, str):
        # A lone carriage return is not quoted by every writer and would break the row.
        text = value.replace("\r\n", "\n").replace("\r", "\n")
        return f"'{text}" if value.startswith(FORMULA) else text
    return value
