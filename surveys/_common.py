"""What the example studies share: dice that fall the same everywhere, and files whose bytes never change.

Only `Generator.random` is drawn on, and everything else is made from it by plain arithmetic: NumPy promises the
stream of no other method between versions, and `exp` and `log` differ in the last bit between machines.
"""

from __future__ import annotations

import csv
import io
import math
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import TypeVar

import numpy as np

T = TypeVar("T")
Cell = str | int
Table = Sequence[Sequence[Cell]]


class Dice:
    """Seeded chance: uniform numbers, bell-shaped numbers, choices and shuffles."""

    def __init__(self, seed: int) -> None:
        self._rng = np.random.default_rng(seed)

    def chance(self, probability: float) -> bool:
        """True with this probability."""
        return float(self._rng.random()) < probability

    def bell(self) -> float:
        """Close to a standard normal number: twelve uniform numbers added, less 6."""
        return math.fsum(self._rng.random(12)) - 6.0

    def whole(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + int(float(self._rng.random()) * (high - low + 1))

    def pick(self, things: Sequence[T]) -> T:
        """One of them, all equally likely."""
        return things[self.whole(0, len(things) - 1)]

    def draw(self, weights: Mapping[T, float], count: int) -> list[T]:
        """Up to `count` different keys one after another, each with chance in proportion to its weight."""
        left = {key: weight for key, weight in weights.items() if weight > 0}
        drawn: list[T] = []
        while left and len(drawn) < count:
            point = float(self._rng.random()) * math.fsum(left.values())
            chosen = next(reversed(left))
            for key, weight in left.items():
                point -= weight
                if point < 0:
                    chosen = key
                    break
            drawn.append(chosen)
            del left[chosen]
        return drawn

    def shuffled(self, things: Iterable[T]) -> list[T]:
        """A new list in chance order."""
        numbered = [(float(self._rng.random()), n, thing) for n, thing in enumerate(things)]
        return [thing for _, _, thing in sorted(numbered, key=lambda row: row[:2])]


def csv_bytes(table: Table, *, bom: bool = False) -> bytes:
    """The table as UTF-8 comma-separated text with `\\n` line ends; `bom` as some spreadsheets save it."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(table)
    return text.getvalue().encode("utf-8-sig" if bom else "utf-8")


XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OPEN_XML = "http://schemas.openxmlformats.org"
SHEET_NS = f"{OPEN_XML}/spreadsheetml/2006/main"
REL_NS = f"{OPEN_XML}/officeDocument/2006/relationships"
PACKAGE_REL_NS = f"{OPEN_XML}/package/2006/relationships"
MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def _column(number: int) -> str:
    """A spreadsheet's letters for a column: 0 is A, 26 is AA."""
    letters = ""
    while number >= 0:
        letters = chr(65 + number % 26) + letters
        number = number // 26 - 1
    return letters


def _cell(row: int, column: int, value: Cell) -> str:
    place = f"{_column(column)}{row + 1}"
    if isinstance(value, int):
        return f'<c r="{place}"><v>{value}</v></c>'
    text = escape(value, quote=False)
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def xlsx_bytes(table: Table, sheet: str) -> bytes:
    """The table as a one-sheet workbook.

    Written by hand and stored without compression: openpyxl stamps the time of saving, and both its output and
    that of the compressor change between versions. Empty texts are left out, so the cells are truly empty.
    """
    rows = "".join(
        f'<row r="{r + 1}">' + "".join(_cell(r, c, v) for c, v in enumerate(line) if v != "") + "</row>"
        for r, line in enumerate(table)
    )
    link = f'<Relationship Id="rId1" Type="{REL_NS}/'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{OPEN_XML}/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{MIME}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{MIME}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE_REL_NS}">{link}officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>",
        "xl/workbook.xml": f'<workbook xmlns="{SHEET_NS}" xmlns:r="{REL_NS}"><sheets>'
        f'<sheet name="{escape(sheet)}" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE_REL_NS}">{link}worksheet" '
        'Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{SHEET_NS}"><sheetData>{rows}</sheetData></worksheet>',
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, (XML + text).encode("utf-8"))
    return packed.getvalue()
