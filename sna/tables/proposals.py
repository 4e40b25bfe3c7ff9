"""Whom might a typed name mean? Proposals for a person to decide on; nothing here is ever applied by itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from nicknames import NickNamer
from rapidfuzz.distance import JaroWinkler

from sna.tables.people import ROLE_WORDS, fold_name, given_name_first, without_titles

LIKELY = 0.92
CLEAR = 0.03
AT = re.compile(r"^(?P<who>.+?)\s+(?:at|from|@|\(|-|–)\s*(?P<where>[^()]+?)\)?$", re.IGNORECASE)


@dataclass(frozen=True)
class Candidate:
    """Somebody who could be meant: id, name, and the values of the study's groups in any wave."""

    actor_id: str
    name: str
    groups: frozenset[str]


@dataclass(frozen=True)
class Proposal:
    """Whom a text may mean: None where nobody fits well enough, with the reason either way."""

    actor_id: str | None
    score: float | None
    reason: str


@cache
def _namer() -> NickNamer:
    return NickNamer()


@cache
def _called(given: str) -> frozenset[str]:
    """A given name and what it is short for, or is shortened to."""
    namer = _namer()
    return frozenset({given}) | frozenset(namer.nicknames_of(given)) | frozenset(namer.canonicals_of(given))


def _fit(typed: str, candidate: Candidate, surnames: Mapping[str, int]) -> tuple[float, str]:
    """How well one person fits a text, 0–1, and why."""
    folded = fold_name(given_name_first(typed))
    plain, name = without_titles(folded), fold_name(candidate.name)
    words, own = plain.split(), name.split()
    fits = [(JaroWinkler.similarity(plain, name), "spelt much like it")]
    fits.append((JaroWinkler.similarity(" ".join(sorted(words)), " ".join(sorted(own))), "spelt much like it"))
    if len(words) > 1 and len(own) > 1:
        same_surname = words[-1] == own[-1]
        if same_surname and len(words[0]) > 1 and own[0] in _called(words[0]) and words[0] != own[0]:
            fits.append((0.97, "a short form of the given name"))
        if same_surname and len(words[0]) == 1 and words[0] == own[0][0]:
            fits.append((0.95, "initial and surname"))
    if len(words) == 1 and len(own) > 1 and words[0] == own[-1] and surnames[own[-1]] == 1:
        titles = folded.split()[:-1]
        role = next((word for word in titles if word in ROLE_WORDS), None)
        if role is None or any(role in fold_name(value).split() for value in candidate.groups):
            fits.append((0.94, "the only person of this surname"))
    place = AT.match(typed)
    if place and any(_same_place(place["where"], value) for value in candidate.groups):
        who = without_titles(fold_name(place["who"])).split()
        if who and (own[0] in _called(who[0])) and (len(who) == 1 or who[-1] == own[-1]):
            fits.append((0.96, "given name and place"))
    return max(fits)


def _same_place(words: str, value: str) -> bool:
    """Whether "Lincoln" means "Lincoln School"."""
    short, whole = fold_name(words).split(), fold_name(value).split()
    return bool(short) and short == whole[: len(short)]


def propose(typed: str, candidates: Sequence[Candidate], typists: Iterable[frozenset[str]]) -> Proposal:
    """The person most likely meant by a text.

    Args:
        typed: the text.
        candidates: everybody who could be meant.
        typists: the groups of each person who typed it.

    Returns:
        A proposal when somebody fits at least 0.92 (Jaro–Winkler, or a rule of the same certainty), fits clearly
        better than anybody else, and shares a group (school, role, …) with somebody who typed it or is placed by the
        text itself. Winkler (1990), Proceedings of the Section on Survey Research Methods, 354–359.

    >>> staff = [Candidate("P1", "Robert Tessler", frozenset({"Lincoln"})), Candidate("P2", "Ana Lopez", frozenset())]
    >>> propose("Bob Tessler", staff, [frozenset({"Lincoln"})])
    Proposal(actor_id='P1', score=0.97, reason='a short form of the given name; same Lincoln')
    >>> propose("Zed", staff, []).actor_id is None
    True
    """
    surnames = Counter(fold_name(c.name).split()[-1] for c in candidates if fold_name(c.name))
    fits = sorted(((*_fit(typed, c, surnames), c) for c in candidates if fold_name(c.name)), key=lambda f: -f[0])
    if not fits or fits[0][0] < LIKELY:
        closest = f"; closest: {fits[0][2].name} ({fits[0][0]:.2f})" if fits and fits[0][0] >= 0.8 else ""
        return Proposal(None, None, f"nobody on the roster is spelt like this{closest}")
    score, why, best = fits[0]
    rivals = [c.name for other, _, c in fits[1:] if other > score - CLEAR]
    if rivals:
        return Proposal(None, None, f"fits several people: {', '.join([best.name, *rivals][:4])}")
    shared = sorted({value for groups in typists for value in groups & best.groups})
    if not shared and why != "given name and place":
        return Proposal(None, None, f"closest: {best.name} ({score:.2f}), who shares no group with those who typed it")
    return Proposal(best.actor_id, round(score, 2), f"{why}; same {', '.join(shared[:2])}" if shared else why)
