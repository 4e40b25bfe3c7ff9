"""Who is meant? Ids and names as typed, matched to the roster by rules that cannot be wrong; nothing is guessed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import Indel

OUTSIDE = "outside"
IGNORED = "ignored"
CLOSE = 0.75
# What stands within words of names; all else that is no letter or digit stands between them.
NO_GAP = "'’`´."
ASCII = {at: None if chr(at) in NO_GAP else " " for at in range(128) if not chr(at).isalnum()}
ASCII_LINES = {at: gap for at, gap in ASCII.items() if at != ord("\n")}
OF_SOMEBODY = re.compile(r"['’]s\b", re.IGNORECASE)
# Words before a name that are not part of it. A role is one only when a whole name follows, which must then match.
TITLES = frozenset(
    {"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sr", "sra", "srta", "mme", "herr", "frau"}
)
ROLE_WORDS = frozenset({"principal", "vice", "assistant", "deputy", "coach", "superintendent", "teacher", "head"})


def fold_name(name: str) -> str:
    """A name without what typing varies: case, punctuation, spaces, and accents on Latin letters.

    Marks of other scripts stay: there they make another letter, as the two dots of a Japanese "ga" do.

    >>> fold_name("  José  ÁLVAREZ-Ruiz ")
    'jose alvarez ruiz'
    """
    folded = name.casefold()
    if folded.isascii():
        return " ".join(folded.translate(ASCII).split())
    kept: list[str] = []
    latin = False
    for c in unicodedata.normalize("NFKD", folded.replace("ø", "o").replace("ł", "l")):
        if not unicodedata.category(c).startswith("M"):
            latin = unicodedata.name(c, "").startswith("LATIN")
        elif latin:
            continue
        kept.append(c)
    letters = unicodedata.normalize("NFC", "".join(kept))
    words = "".join(c if c.isalnum() or _is_mark(c) else "" if c in NO_GAP else " " for c in letters)
    return " ".join(words.split())


def _is_mark(c: str) -> bool:
    return not c.isascii() and unicodedata.category(c).startswith("M")


def name_key(typed: str) -> str:
    """What texts that mean the same share: the folded name, or the text itself where folding leaves nothing ("?")."""
    return fold_name(typed) or typed.strip()


def mentions(text: str, names: Iterable[str]) -> bool:
    """Whether a text holds one of these folded names as whole words, with or without the s of what is theirs.

    >>> mentions("Ana Lopez's idea", ["ana lopez"]), mentions("Diana Lopez", ["ana lopez"])
    (True, False)
    """
    folded = f" {fold_name(text)} | {fold_name(OF_SOMEBODY.sub('', text))} "
    return any(f" {name} " in folded for name in names)


def without_titles(folded: str) -> str:
    """A folded name without the titles and role words it begins with.

    >>> without_titles("dr ana lopez"), without_titles("vice principal lopez")
    ('ana lopez', 'lopez')
    """
    words = folded.split()
    while len(words) > 1 and words[0] in TITLES | ROLE_WORDS:
        words = words[1:]
    return " ".join(words)


def in_order(typed: str) -> str:
    """A folded name with the given name first, also when it is typed as "Last, First".

    >>> in_order("Lopez, Ana"), in_order("Ana Lopez")
    ('ana lopez', 'ana lopez')
    """
    return fold_name(given_name_first(typed))


def all_in_order(typed: Sequence[str]) -> list[str]:
    """As `in_order`, of many names, which are taken together where nothing in them needs a closer look."""
    text = "\n".join(typed).casefold()
    if not typed or not text.isascii() or "," in text or text.count("\n") >= len(typed):
        return [in_order(name) for name in typed]
    return [" ".join(name.split()) for name in text.translate(ASCII_LINES).split("\n")]


def given_name_first(typed: str) -> str:
    """ "Last, First" as "First Last"; other text as it is.

    >>> given_name_first("Lopez, Ana")
    'Ana Lopez'
    """
    last, comma, first = typed.partition(",")
    return f"{first.strip()} {last.strip()}" if comma and "," not in first else typed


class Found(NamedTuple):
    """Whom a typed text means.

    Attributes:
        actor_id: the person, or None.
        how: `exact` (an id, a name as it stands, an e-mail address); `respelt` (equal but for case, accents,
            punctuation, spaces, a title, the order "Last, First"); `decided` (by names.csv); `outside` and `ignored`
            (names.csv says so); `several` (more than one person has the name); `unresolved`.
    """

    actor_id: str | None
    how: str


@dataclass(frozen=True)
class TypedName:
    """A name in a file that the rules did not settle: what was typed, where, and by whom (None: nobody special)."""

    typed: str
    file: str
    row: int | None
    column: str
    wave: str | None
    by: str | None


def _by(keys: Sequence[str], ids: Sequence[tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Key → the different ids that have it, in their order; an empty key is none."""
    found = dict(zip(keys, ids, strict=True))
    if found.keys() == {""}:
        return {}
    if len(found) < len(keys):
        several: dict[str, dict[str, None]] = {}
        for key, own in zip(keys, ids, strict=True):
            several.setdefault(key, {}).update(dict.fromkeys(own))
        found = {key: tuple(those) for key, those in several.items()}
    found.pop("", None)
    return found


@dataclass(frozen=True)
class Index:
    """Names and addresses of people, some of whom may have had several, as a way of finding them.

    Attributes:
        by_name: name as it stands on the roster → actor ids.
        by_folded: folded name, given name first → actor ids.
        by_email: e-mail address in small letters → actor ids.
    """

    by_name: Mapping[str, tuple[str, ...]]
    by_folded: Mapping[str, tuple[str, ...]]
    by_email: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, ids: Sequence[str], names: Sequence[str], emails: Sequence[str]) -> Index:
        """Index any number of roster rows; an address is empty where there is none."""
        own = [(actor_id,) for actor_id in ids]
        addresses = [email.casefold() for email in emails] if any(emails) else emails
        return cls(_by(names, own), _by(all_in_order(names), own), _by(addresses, own))

    def find(self, typed: str) -> Found | None:
        """The person meant; `several` where more than one is; None where nobody is."""
        exact, folded = self.by_name.get(typed, ()), self.by_folded.get(in_order(typed), ())
        # Who leaves accents out may mean a namesake who has them; who types them means them.
        if len(exact) == 1 and (len(folded) == 1 or not typed.isascii()):
            return Found(exact[0], "exact")
        address = self.by_email.get(typed.casefold(), ())
        if len(address) == 1 and not folded:
            return Found(address[0], "exact")
        whole = without_titles(in_order(typed))
        tries = (
            folded,
            address,
            self.by_folded.get(whole, ()) if " " in whole else (),
        )
        found = next((ids for ids in tries if ids), ())
        return None if not found else Found(found[0], "respelt") if len(found) == 1 else Found(None, "several")


@dataclass(frozen=True)
class People:
    """The roster as a way of finding people.

    Attributes:
        names: actor id → name, everybody in any wave, those who refused consent included.
        here: the names of the wave that is read, which go before what names.csv decides; everybody's where the file is
            of no wave.
        ever: every name and address that anybody has had in any wave.
        ledger: folded typed text → actor id, `outside` or `ignored`, from names.csv.
        hidden: ids of people who refused consent in every wave they are in; they are never offered as a match.
        by_code: code in small letters by which a file calls people → actor ids; it goes before everything else.
    """

    names: Mapping[str, str]
    here: Index
    ever: Index
    ledger: Mapping[str, str] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    by_code: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def from_names(
        cls, names: Mapping[str, str], ledger: Mapping[str, str] | None = None, hidden: frozenset[str] = frozenset()
    ) -> People:
        """Index a roster: actor id → name, the decisions of names.csv, who is hidden."""
        index = Index.of(list(names), list(names.values()), [""] * len(names))
        return cls(names, index, index, ledger or {}, hidden)

    @cached_property
    def order(self) -> dict[str, int]:
        """Actor id → place among everybody, in the order of the roster."""
        return {actor_id: at for at, actor_id in enumerate(self.names)}

    def find_all(self, typed: Sequence[str]) -> list[Found]:
        """As `find`, of many texts; an empty one means nobody."""
        ids = {} if self.by_code else self.names
        nobody = Found(None, "unresolved")
        return [Found(text, "exact") if text in ids else self.find(text) if text else nobody for text in typed]

    def find(self, typed: str) -> Found:
        """The person meant by a typed id, name or e-mail address."""
        coded = self.by_code.get(typed.casefold(), ()) if self.by_code else ()
        if coded:
            return Found(coded[0], "exact") if len(coded) == 1 else Found(None, "several")
        # Where people are known by codes, a number that is nobody's code is not somebody's id.
        if typed in self.names and not (self.by_code and typed.isdigit()):
            return Found(typed, "exact")
        here = self.here.find(typed)
        if here is not None and here.actor_id is not None:
            return here
        ever = self.ever.find(typed)
        if ever is not None and ever.actor_id in self.hidden:
            # Nothing that names.csv says makes somebody who refused consent appear.
            return ever
        decided = self.decided(typed)
        if decided is not None:
            return Found(None, decided) if decided in (OUTSIDE, IGNORED) else Found(decided, "decided")
        return here or ever or Found(None, "unresolved")

    def decided(self, typed: str) -> str | None:
        """What names.csv says of a text: an actor id, `outside`, `ignored`, or None."""
        return self.ledger.get(name_key(typed)) if self.ledger else None

    @cached_property
    def hidden_names(self) -> list[str]:
        """The folded names of those who are hidden."""
        return [name for name, ids in self.ever.by_folded.items() if self.hidden & set(ids)] if self.hidden else []

    @cached_property
    def _shown(self) -> dict[str, str]:
        """Folded name → actor id, without anybody hidden."""
        return {folded: ids[0] for folded, ids in self.ever.by_folded.items() if not self.hidden & set(ids)}

    def near(self, typed: str) -> str:
        """` Close match: "Jon Smith" (P107).` or an empty string."""
        names = list(self._shown)
        found = process.extractOne(in_order(typed), names, scorer=Indel.normalized_similarity, score_cutoff=CLOSE)
        if found is None:
            return ""
        actor_id = self._shown[found[0]]
        return f' Close match: "{self.names[actor_id]}" ({actor_id}).'
