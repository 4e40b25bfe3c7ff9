"""Who is meant? Ids and names as typed, matched to the roster by rules that cannot be wrong; nothing is guessed."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import Indel

OUTSIDE = "outside"
IGNORED = "ignored"
CLOSE = 0.75
# Words before a name that are not part of it. A role is one only when a whole name follows, which must then match.
TITLES = frozenset(
    {"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sr", "sra", "srta", "mme", "herr", "frau"}
)
ROLE_WORDS = frozenset({"principal", "vice", "assistant", "deputy", "coach", "superintendent", "teacher", "head"})


def fold_name(name: str) -> str:
    """A name without what typing varies: case, accents, punctuation, spaces.

    >>> fold_name("  José  ÁLVAREZ-Ruiz ")
    'jose alvarez ruiz'
    """
    plain = unicodedata.normalize("NFKD", name.casefold().replace("ø", "o").replace("ł", "l"))
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    kept = "".join(c if c.isalnum() else "" if c in "'’`´." else " " for c in letters)
    return " ".join(kept.split())


def name_key(typed: str) -> str:
    """What texts that mean the same share: the folded name, or the text itself where folding leaves nothing ("?")."""
    return fold_name(typed) or typed.strip()


def without_titles(folded: str) -> str:
    """A folded name without the titles and role words it begins with.

    >>> without_titles("dr ana lopez"), without_titles("vice principal lopez")
    ('ana lopez', 'lopez')
    """
    words = folded.split()
    while len(words) > 1 and words[0] in TITLES | ROLE_WORDS:
        words = words[1:]
    return " ".join(words)


def given_name_first(typed: str) -> str:
    """ "Last, First" as "First Last"; other text as it is.

    >>> given_name_first("Lopez, Ana")
    'Ana Lopez'
    """
    last, comma, first = typed.partition(",")
    return f"{first.strip()} {last.strip()}" if comma and "," not in first else typed


@dataclass(frozen=True)
class Found:
    """Whom a typed text means.

    Attributes:
        actor_id: the person, or None.
        how: `exact`; `respelt` (equal but for case, accents, punctuation, spaces, a title, the order "Last, First", or
            by e-mail address); `decided` (by names.csv); `outside` and `ignored` (names.csv says so); `several` (more
            than one person has the name); `unresolved`.
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


@dataclass(frozen=True)
class People:
    """The roster as a way of finding people.

    Attributes:
        names: actor id → name, everybody in any wave, those who refused consent included.
        by_name: exact name → actor ids.
        by_folded: folded name → actor ids.
        by_email: e-mail address in small letters → actor ids.
        ledger: folded typed text → actor id, `outside` or `ignored`, from names.csv.
        hidden: ids of people who refused consent in every wave they are in; they are never offered as a match.
        by_code: code in small letters by which a file calls people → actor ids; it goes before everything else.
    """

    names: Mapping[str, str]
    by_name: Mapping[str, tuple[str, ...]]
    by_folded: Mapping[str, tuple[str, ...]]
    by_email: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ledger: Mapping[str, str] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    by_code: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def from_names(
        cls,
        names: Mapping[str, str],
        emails: Mapping[str, str] | None = None,
        ledger: Mapping[str, str] | None = None,
        hidden: frozenset[str] = frozenset(),
    ) -> People:
        """Index a roster: actor id → name, actor id → e-mail address, the decisions of names.csv, who is hidden."""
        by_name: dict[str, tuple[str, ...]] = {}
        by_folded: dict[str, tuple[str, ...]] = {}
        by_email: dict[str, tuple[str, ...]] = {}
        for actor_id, name in names.items():
            by_name[name] = (*by_name.get(name, ()), actor_id)
            by_folded[fold_name(name)] = (*by_folded.get(fold_name(name), ()), actor_id)
        for actor_id, email in (emails or {}).items():
            by_email[email.casefold()] = (*by_email.get(email.casefold(), ()), actor_id)
        return cls(names, by_name, by_folded, by_email, ledger or {}, hidden)

    def find(self, typed: str) -> Found:
        """The person meant by a typed id, name or e-mail address."""
        coded = self.by_code.get(typed.casefold(), ())
        if coded:
            return Found(coded[0], "exact") if len(coded) == 1 else Found(None, "several")
        if typed in self.names:
            return Found(typed, "exact")
        folded = fold_name(typed)
        decided = self.ledger.get(name_key(typed))
        if decided is not None:
            return Found(None, decided) if decided in (OUTSIDE, IGNORED) else Found(decided, "decided")
        tries = (
            (self.by_name, typed, "exact"),
            (self.by_folded, folded, "respelt"),
            (self.by_email, typed.casefold(), "respelt"),
            (self.by_folded, fold_name(given_name_first(typed)), "respelt"),
            (self.by_folded, without_titles(folded), "respelt"),
        )
        for index, key, how in tries:
            found = index.get(key, ()) if key else ()
            if len(found) == 1:
                return Found(found[0], how)
            if found:
                return Found(None, "several")
        return Found(None, "unresolved")

    @cached_property
    def _shown(self) -> dict[str, str]:
        """Folded name → actor id, without anybody hidden."""
        return {folded: ids[0] for folded, ids in self.by_folded.items() if not self.hidden & set(ids)}

    def near(self, typed: str) -> str:
        """` Close match: "Jon Smith" (P107).` or an empty string."""
        names = list(self._shown)
        found = process.extractOne(fold_name(typed), names, scorer=Indel.normalized_similarity, score_cutoff=CLOSE)
        if found is None:
            return ""
        actor_id = self._shown[found[0]]
        return f' Close match: "{self.names[actor_id]}" ({actor_id}).'
