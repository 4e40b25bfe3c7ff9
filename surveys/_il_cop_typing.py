"""How people type names: what the reader resolves by itself, and what has to stand in names.csv."""

from __future__ import annotations

import unicodedata

from _common import Dice

NICKNAMES = {
    "Robert": "Bob",
    "Katherine": "Kate",
    "William": "Bill",
    "Thomas": "Tom",
    "Samuel": "Sam",
    "Michael": "Mike",
    "Jennifer": "Jen",
    "Elizabeth": "Liz",
    "Patrick": "Pat",
    "Gabriel": "Gabe",
    "Judith": "Judy",
    "Terrence": "Terry",
}
# People off the roster, one of them as typed by two hands.
OUTSIDE = (
    "Dana Whitlock (district data office)",
    "D. Whitlock",
    "Ruben Castellan, State College",
    "Mrs. Pemberly from HR",
)


def plain(text: str) -> str:
    """What the reader compares: no accents, case, punctuation or extra spaces."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(c if c.isalnum() else " " for c in letters if not unicodedata.combining(c) and c not in "'’")
    return " ".join(kept.split())


def _unaccented(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def _misspelt(dice: Dice, name: str) -> str:
    """Two neighbouring letters of the surname swapped."""
    first, last = name.split(" ", 1)
    places = [n for n in range(1, len(last) - 1) if plain(last[n]) != plain(last[n + 1]) and last[n : n + 2].isalpha()]
    n = dice.pick(places)
    return f"{first} {last[:n]}{last[n + 1]}{last[n]}{last[n + 2 :]}"


def typed(dice: Dice, name: str, role: str) -> tuple[str, str]:
    """The name as somebody types it, and the kind of slip: `` for none.

    Kinds `case`, `spaces`, `accents` and `apostrophe` disappear in `plain`; the others do not.
    """
    first, last = name.split(" ", 1)
    if "'" in name and dice.chance(0.5):
        return name.replace("'", "’"), "apostrophe"
    if _unaccented(name) != name and dice.chance(0.3):
        return _unaccented(name), "accents"
    if dice.chance(0.08):
        return dice.pick([name.lower(), name.upper()]), "case"
    if dice.chance(0.06):
        return dice.pick([f" {name}", f"{name}  ", f"{first}  {last}"]), "spaces"
    if dice.chance(0.035):
        return _misspelt(dice, name), "misspelling"
    if dice.chance(0.025):
        return f"{last}, {first}", "last name first"
    if first in NICKNAMES and dice.chance(0.2):
        return f"{NICKNAMES[first]} {last}", "nickname"
    if role in {"principal", "coach"} and dice.chance(0.04):
        return f"{role.capitalize()} {last}", "title and surname"
    return name, ""
