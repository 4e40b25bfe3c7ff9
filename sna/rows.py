"""Rows as they are found, and the tables made of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

Row = dict[str, object]
Rows = dict[str, list[Row]]
Columns = Mapping[str, Sequence[str]]
Frames = dict[str, pd.DataFrame]


def no_rows(columns: Columns) -> Rows:
    """An empty list of rows for each table."""
    return {name: [] for name in columns}


def frames(columns: Columns, rows: Rows) -> Frames:
    """Table name → table, with the columns declared for it and no others; a value that a row lacks is null.

    >>> frames({"t": ("a", "b")}, {"t": [{"a": 1}]})["t"].columns.tolist()
    ['a', 'b']
    """
    return {name: pd.DataFrame(rows[name], columns=list(held)) for name, held in columns.items()}
