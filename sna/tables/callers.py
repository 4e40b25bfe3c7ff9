"""Who took part in a call, from the name they showed and the e-mail address they were signed in with."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from sna.tables.finder import Place, find_person
from sna.tables.people import Found, People

# What programs and people put in brackets behind a name that is not the name before it was changed.
NOTES = frozenset(
    {"host", "co-host", "cohost", "me", "you", "guest", "external", "ext", "unverified", "internal", "organizer"}
    | {
        "organiser",
        "co-organizer",
        "presenter",
        "attendee",
        "panelist",
        "he",
        "him",
        "his",
        "she",
        "her",
        "hers",
        "they",
    }
    | {"them", "theirs", "ze", "zir", "xe", "xem", "el", "él", "ella", "elle", "elles", "ils"}
)


@dataclass(frozen=True)
class Shown:
    """A name as a call shows it.

    Attributes:
        whole: as it stands, without notes such as (Host), (Guest), (she/her).
        original: the name before it was changed, "New (Original)"; empty when there is none.
        bare: without anything in brackets.
    """

    whole: str
    original: str = ""
    bare: str = ""


def shown(name: str) -> Shown:
    """A name taken apart.

    >>> shown("Ben O (Ben Okafor) (Host)")
    Shown(whole='Ben O (Ben Okafor)', original='Ben Okafor', bare='Ben O')
    >>> shown("Ana Lopez (she/her)")
    Shown(whole='Ana Lopez', original='', bare='Ana Lopez')
    """
    whole = bare = " ".join(name.split())
    original = ""
    while (opened := _opening(bare)) > 0:
        inside, before = bare[opened + 1 : -1].strip(), bare[:opened].strip()
        if _is_note(inside) and bare == whole:
            whole = before
        elif not original and not _is_note(inside):
            original = inside
        bare = before
    return Shown(whole, original, bare)


def _texts(said: Shown) -> list[str]:
    """What of a name may be somebody's, the best first."""
    return [text for text in dict.fromkeys((said.original, said.whole, said.bare)) if text]


def _opening(name: str) -> int:
    """Where the brackets at the end of a name open; -1 when there are none."""
    depth = 0
    for at in range(len(name) - 1, -1, -1):
        depth += (name[at] == ")") - (name[at] == "(")
        if not depth:
            return at if name.endswith(")") else -1
    return -1


def _is_note(text: str) -> bool:
    words = [word for word in re.split(r"[\s,;/&|]+", text.casefold()) if word]
    return bool(words) and all(word in NOTES for word in words)


def find_caller(
    people: People, name: str, email: str, place: Place, refusers: Collection[str], told: set[str]
) -> Found:
    """The person who took part; what there is to say about it is noted, once for each name.

    An e-mail address on the roster goes before the name. Then a decision in names.csv, the original name, the name as
    it stands, and the name without what is in brackets.

    Args:
        people: the roster.
        name: as shown.
        email: as signed in; may be empty.
        place: the cell with the name.
        refusers: ids of people who refused consent, about whom nothing is noted.
        told: names that have been noted; added to.
    """
    said = shown(name)
    texts = _texts(said)
    address = email.casefold()
    known = people.here.by_email.get(address) or people.ever.by_email.get(address, ())
    if len(known) == 1:
        named = people.find(said.whole) if said.whole else None
        _note(people, name, Found(known[0], "exact"), place, refusers, told, named)
        return _found(place, Found(known[0], "exact"))
    decided = next((text for text in (name, *texts) if people.decided(text) is not None), None)
    if decided is not None:
        return find_person(people, decided, place, refusers)
    for text in texts:
        found = people.find(text)
        if found.actor_id is not None:
            if found.how != "exact" or text != name:
                _note(people, name, found, place, refusers, told, None)
            return _found(place, found)
        if found.how == "several":
            break
    return find_person(people, said.whole or email, place, refusers)


def _found(place: Place, found: Found) -> Found:
    """Keep where the person was found."""
    place.problems.names[(place.file, place.row, place.column)] = found
    return found


def _note(
    people: People,
    name: str,
    found: Found,
    place: Place,
    refusers: Collection[str],
    told: set[str],
    named: Found | None,
) -> None:
    """Say once of a name how it was read, where that is not plain from the roster."""
    actor_id = found.actor_id
    plain = named is not None and named.actor_id == actor_id
    if actor_id is None or plain or name in told:
        return
    if actor_id in refusers or {people.find(text).actor_id for text in _texts(shown(name))} & set(refusers):
        # The name may be theirs, whoever's address it is.
        return
    told.add(name)
    what = "The name is shown differently than on the roster."
    if named is not None and named.actor_id is not None:
        what = f'The name is that of "{people.names[named.actor_id]}", the e-mail address is not.'
    place.note("used", what, f'Read as "{people.names[actor_id]}".', name or None)
