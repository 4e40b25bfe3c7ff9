"""File names for networks: safe on every system, and no two alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable


def stems(networks: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """A safe and unique file name, without ending, for each (relation, wave).

    >>> stems([("a-b", "c"), ("a", "b-c"), ("Räte", "1")])
    {('a-b', 'c'): 'a-b-c', ('a', 'b-c'): 'a-b-c-2', ('Räte', '1'): 'rate-1'}
    """
    names: dict[tuple[str, str], str] = {}
    taken: set[str] = set()
    for relation, wave in networks:
        stem = f"{_slug(relation) or 'ties'}-{_slug(wave) or 'round'}"
        name, number = stem, 1
        while name in taken:
            number += 1
            name = f"{stem}-{number}"
        taken.add(name)
        names[relation, wave] = name
    return names


def _slug(text: str) -> str:
    latin = unicodedata.normalize("NFKD", text[:200]).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9_]+", "-", latin)[:40].strip("-")
