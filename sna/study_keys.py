"""What a key of `study.toml` is: its kind, default and meaning, and how a value is read as that kind."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["text", "texts", "whole", "number", "yes/no", "date", "table", "scale"]
REQUIRED = object()

MOST = 1e15

KIND_WORDS: dict[Kind, str] = {
    "text": 'text in quotation marks, such as "advice"',
    "texts": 'a list of texts, such as ["role", "school"]',
    "whole": "a whole number of {least:g} or more",
    "number": "a number of {least:g} or more",
    "yes/no": "true or false",
    "date": "a date without quotation marks, such as 2019-05-20",
    "table": 'a table of texts, such as { about = "advice_about{n}" }',
    "scale": 'a table from numbers to different words, such as { 0 = "never", 1 = "monthly" }',
}


@dataclass(frozen=True)
class Key:
    """One key.

    Attributes:
        kind: what it may hold.
        default: what it is when left out; `REQUIRED`: it may not be.
        choices: the only values it may have; empty: any.
        path: it names a file of the study folder.
        many: with `*` in it, it names every file that fits.
        least: the lowest number it may hold.
        most: the highest.
        exact: spaces at its ends mean something.
        forms: the forms of answer for which it means something (`pairs`: a roster asked pair by pair); empty: all.
    """

    name: str
    kind: Kind
    default: Any
    meaning: str
    choices: tuple[str, ...] = ()
    path: bool = False
    many: bool = False
    least: float = 0
    most: float = MOST
    exact: bool = False
    forms: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """What may stand there, in words."""
        words = KIND_WORDS[self.kind].replace("{least:g}", f"{self.least:g}")
        return words if self.most == MOST else f"{words}, {self.most:,.0f} at the most"


@dataclass(frozen=True)
class Section:
    """A table of `study.toml`: `[study]`, or `[[waves]]` when it may be repeated."""

    name: str
    repeated: bool
    meaning: str
    keys: tuple[Key, ...]

    @property
    def heading(self) -> str:
        """As it is written in the file."""
        return f"[[{self.name}]]" if self.repeated else f"[{self.name}]"


def typed_value(key: Key, raw: Any) -> tuple[Any, bool]:
    """A value from the file in the key's own type, and whether it is of that kind at all."""
    if key.kind == "scale":
        return _scale(raw)
    if key.kind in ("number", "whole") and isinstance(raw, int | float) and not key.least <= raw <= key.most:
        return raw, False
    fits: dict[Kind, bool] = {
        "text": isinstance(raw, str),
        "texts": isinstance(raw, list) and all(isinstance(item, str) for item in raw),
        "whole": isinstance(raw, int) and not isinstance(raw, bool),
        "number": isinstance(raw, int | float) and not isinstance(raw, bool),
        "yes/no": isinstance(raw, bool),
        "date": isinstance(raw, dt.date) and not isinstance(raw, dt.datetime),
        "table": isinstance(raw, dict) and all(isinstance(value, str) for value in raw.values()),
    }
    if not fits[key.kind]:
        return raw, False
    convert: dict[Kind, Any] = {"text": str if key.exact else str.strip, "texts": tuple, "number": float}
    return convert.get(key.kind, lambda value: value)(raw), True


def _scale(raw: Any) -> tuple[Any, bool]:
    """Codes as numbers, in order."""
    if not isinstance(raw, dict) or not raw:
        return raw, False
    try:
        scale = {float(code): word for code, word in raw.items()}
    except (ValueError, OverflowError):
        return raw, False
    words = [word.casefold() for word in scale.values() if isinstance(word, str)]
    distinct = len(set(words)) == len(scale) == len(raw)
    return dict(sorted(scale.items())), distinct and all(0 <= code < MOST for code in scale)
