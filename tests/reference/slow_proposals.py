"""Proposals for typed names, slowly: every text is compared with every person, one after the other.

This is the definition of what `sna names` proposes. Nothing here is shared with `sna.tables.proposals` but its two
kinds of record; how a name is folded is shared with `sna.tables.people`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from nicknames import NickNamer
from rapidfuzz.distance import JaroWinkler

from sna.tables.people import ROLE_WORDS, fold_name, given_name_first, without_titles
from sna.tables.proposals import Candidate, Proposal

NAMER = NickNamer()
AT = re.compile(r"^(?P<who>.+?)\s+(?:at|from|@|\(|-|–)\s*(?P<where>[^()]+?)\)?$", re.IGNORECASE)


@cache
def called(given: str) -> frozenset[str]:
    """A given name and what it is short for, or is shortened to."""
    return frozenset({given}) | frozenset(NAMER.nicknames_of(given)) | frozenset(NAMER.canonicals_of(given))


@cache
def folded_name(name: str) -> str:
    """The folded name, remembered: it is asked for once per text and person."""
    return fold_name(name)


def same_place(words: str, value: str) -> bool:
    """Whether "Lincoln" means "Lincoln School"."""
    short, whole = fold_name(words).split(), fold_name(value).split()
    return bool(short) and short == whole[: len(short)]


def similarity(typed: str, name: str) -> float:
    """How alike two names are spelt, as written or with their words in alphabetical order."""
    ordered = [" ".join(sorted(text.split())) for text in (typed, name)]
    return max(JaroWinkler.similarity(typed, name), JaroWinkler.similarity(*ordered))


def fit(typed: str, candidate: Candidate, surnames: Mapping[str, int]) -> tuple[float, str]:
    """How well one person fits a text, 0–1, and why."""
    folded = fold_name(given_name_first(typed))
    plain, name = without_titles(folded), folded_name(candidate.name)
    words, own = plain.split(), name.split()
    fits = [(similarity(plain, name), "spelt much like it")]
    if len(words) > 1 and len(own) > 1:
        same_surname = words[-1] == own[-1]
        if same_surname and len(words[0]) > 1 and own[0] in called(words[0]) and words[0] != own[0]:
            fits.append((0.97, "a short form of the given name"))
        if same_surname and len(words[0]) == 1 and words[0] == own[0][0]:
            fits.append((0.95, "initial and surname"))
    if len(words) == 1 and len(own) > 1 and words[0] == own[-1] and surnames[own[-1]] == 1:
        titles = folded.split()[:-1]
        role = next((word for word in titles if word in ROLE_WORDS), None)
        if role is None or any(role in fold_name(value).split() for value in candidate.groups):
            fits.append((0.94, "the only person of this surname"))
    place = AT.match(typed)
    if place and any(same_place(place["where"], value) for value in candidate.groups):
        who = without_titles(fold_name(place["who"])).split()
        if who and (own[0] in called(who[0])) and (len(who) == 1 or who[-1] == own[-1]):
            fits.append((0.96, "given name and place"))
    return max(fits)


def propose(typed: str, candidates: Sequence[Candidate], typists: Iterable[frozenset[str]]) -> Proposal:
    """The person most likely meant by a text."""
    people = [candidate for candidate in candidates if folded_name(candidate.name)]
    surnames = Counter(folded_name(person.name).split()[-1] for person in people)
    fits = sorted(((*fit(typed, person, surnames), person) for person in people), key=lambda found: -found[0])
    if not fits or fits[0][0] < 0.92:
        closest = f"; closest: {fits[0][2].name} ({fits[0][0]:.2f})" if fits and fits[0][0] >= 0.8 else ""
        return Proposal(None, None, f"nobody on the roster is spelt like this{closest}")
    score, why, best = fits[0]
    rivals = [person.name for other, _, person in fits[1:] if other > score - 0.03]
    if rivals:
        return Proposal(None, None, f"fits several people: {', '.join([best.name, *rivals][:4])}")
    shared = sorted({value for groups in typists for value in groups & best.groups})
    if not shared and why != "given name and place":
        return Proposal(None, None, f"closest: {best.name} ({score:.2f}), who shares no group with those who typed it")
    return Proposal(best.actor_id, round(score, 2), f"{why}; same {', '.join(shared[:2])}" if shared else why)
