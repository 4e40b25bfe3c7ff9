"""Whom might a typed name mean? Proposals for a person to decide on; nothing here is ever applied by itself.

The slow, obvious version, which compares a text with everybody in turn, is `tests/reference/slow_proposals.py`: it is
the definition, and what stands here gives the same proposals.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from heapq import nsmallest
from itertools import islice

import numpy as np
from nicknames import NickNamer
from numpy.typing import NDArray
from rapidfuzz.distance import JaroWinkler
from rapidfuzz.process import cdist

from sna.tables.people import ROLE_WORDS, fold_name, in_order, without_titles

LIKELY = 0.92
CLEAR = 0.03
CLOSE = 0.8  # who fits less well than this is not spoken of
SHOWN = 4  # how many people a reason names at most
SPELT, PLACED = "spelt much like it", "given name and place"
AT = re.compile(r"^(?P<who>.+?)\s+(?:at|from|@|\(|-|–)\s*(?P<where>[^()]+?)\)?$", re.IGNORECASE)
# How far down to look for a spelling, one after the other: far enough to know who is likely and who rivals them, then
# who is closest; at first only for almost the same spelling, in case there are many of it. The edge is for rounding,
# so that nobody is lost by it; the scores themselves are exact.
EDGE = 1e-6
DEPTHS = tuple(depth - EDGE for depth in (0.96, LIKELY - CLEAR, 0.85, CLOSE))
RARE = 1 / 16  # the part of the names below which those that have a letter are listed instead of marked

Fit = tuple[float, str]
Counts = NDArray[np.unsignedinteger]


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


def _in_order(name: str) -> str:
    """A name with its words in alphabetical order."""
    return " ".join(sorted(name.split()))


class _Beginnings:
    """Names, to be found by their first letters."""

    def __init__(self, names: Sequence[str]) -> None:
        order = sorted(range(len(names)), key=names.__getitem__)
        self._order = np.array(order, dtype=np.int64)
        self._range: dict[str, tuple[int, int]] = {}
        for at, index in enumerate(order):
            for length in range(1, min(len(names[index]), 4) + 1):
                first, _ = self._range.get(names[index][:length], (at, at))
                self._range[names[index][:length]] = (first, at + 1)

    def equal(self, text: str) -> Iterator[tuple[int, NDArray[np.int64]]]:
        """How many first letters are those of a text (four at most) and the names of which just so many are."""
        ranges = [self._range[text[:n]] for n in range(1, min(len(text), 4) + 1) if text[:n] in self._range]
        for equal, (first, end) in enumerate(ranges, start=1):
            inner, outer = ranges[equal] if equal < len(ranges) else (end, end)
            yield equal, np.concatenate((self._order[first:inner], self._order[outer:end]))


class _Spellings:
    """Names, to be found by how they are spelt: as written, or with the words of both in alphabetical order.

    A text is compared only with names that can be similar enough. The Jaro similarity of a and b is at most
    (m/|a| + m/|b| + 1)/3, where m is how many letters they share, each as often as it is in both; Winkler's adds a
    tenth of what is missing to 1 for each of the first four letters that are equal, if Jaro's is above 0.7. So a least
    similarity asks for a least m, which depends on the two lengths and on how many first letters are equal.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._names = sorted(names, key=len)
        self._ordered = [_in_order(name) for name in self._names]
        sizes = np.array([len(name) for name in self._names], dtype=np.int64)
        self._size = sizes.astype(np.min_scalar_type(int(sizes.max(initial=0)) + 1))
        self._sizes, self._names_of_size = np.unique(sizes, return_counts=True)
        self._beginnings, self._ordered_beginnings = _Beginnings(self._names), _Beginnings(self._ordered)
        holders: dict[tuple[str, int], list[int]] = defaultdict(list)
        for index, name in enumerate(self._names):
            for letter, times in Counter(name).items():
                for time in range(times):
                    holders[letter, time].append(index)
        self._marked: dict[tuple[str, int], NDArray[np.bool_]] = {}
        self._listed: dict[tuple[str, int], NDArray[np.int64]] = {}
        for key, indices in holders.items():
            if len(indices) < RARE * len(self._names):
                self._listed[key] = np.array(indices, dtype=np.int64)
            else:
                self._marked[key] = np.zeros(len(self._names), dtype=np.bool_)
                self._marked[key][indices] = True

    def shared(self, text: str) -> Counts:
        """How many letters each name shares with a text, each as often as it is in both."""
        total: Counts = np.zeros_like(self._size)
        for letter, times in Counter(text).items():
            for time in range(times):
                key = (letter, time)
                if key in self._marked:
                    total += self._marked[key]
                elif key in self._listed:
                    total[self._listed[key]] += 1
                else:
                    break
        return total

    def like(self, text: str, shared: Counts, depth: float) -> dict[str, float]:
        """The names that are most like a text, each with its similarity; `shared` is what `shared(text)` says.

        Every name that is similar to this depth; where those are many, the best few and all that are as good.
        """
        ordered = _in_order(text)
        anyhow = shared >= np.repeat(self._least(len(text), 0, depth), self._names_of_size)
        places, scores = [], []
        for names, beginnings, whole in (
            (self._names, self._beginnings, text),
            (self._ordered, self._ordered_beginnings, ordered),
        ):
            possible = anyhow.copy()
            for equal, found in beginnings.equal(whole):
                least = np.zeros(int(self._sizes[-1]) + 1, dtype=shared.dtype)
                least[self._sizes] = self._least(len(text), equal, depth)
                possible[found] |= shared[found] >= least[self._size[found]]
            place = np.flatnonzero(possible)
            near = [names[index] for index in place.tolist()]
            score = cdist([whole], near, scorer=JaroWinkler.similarity, score_cutoff=depth, dtype=np.float64)[0]
            places.append(place[score > 0])
            scores.append(score[score > 0])
        place, score = np.concatenate(places), np.concatenate(scores)
        if len(place) > 2 * SHOWN:  # each name is there twice at most
            place = place[score >= np.partition(score, -2 * SHOWN)[-2 * SHOWN] - EDGE]
        alike = JaroWinkler.similarity
        return {
            self._names[index]: max(alike(text, self._names[index]), alike(ordered, self._ordered[index]))
            for index in set(place.tolist())
        }

    def _least(self, length: int, equal: int, depth: float) -> Counts:
        """By the size of a name: how many letters a text so long, with so many first letters equal, must share."""
        jaro = (depth - 0.1 * equal) / (1 - 0.1 * equal)
        jaro = max(jaro, 0.7) if equal else jaro
        letters = np.ceil((3 * jaro - 1) * length * self._sizes / (length + self._sizes) - EDGE)
        return np.clip(letters, 1, self._sizes + 1).astype(self._size.dtype)


def _settled(best: Sequence[float], depth: float) -> bool:
    """Whether looking deeper changes nothing, given the scores of the few who fit best of those found so far."""
    if not best or best[0] < depth:
        return False
    return best[0] < LIKELY or best[0] - CLEAR >= depth or (len(best) == SHOWN and best[-1] >= depth)


class Proposer:
    """Everybody who could be meant, made ready once for any number of texts.

    >>> staff = Proposer([Candidate("P1", "Robert Tessler", frozenset({"Lincoln School"}))])
    >>> staff.propose("Bob (Lincoln)", [])
    Proposal(actor_id='P1', score=0.96, reason='given name and place')
    >>> staff.propose("Robbie Vessel", []).reason
    'nobody on the roster is spelt like this; closest: Robert Tessler (0.86)'
    """

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        folded = [(candidate, fold_name(candidate.name)) for candidate in candidates]
        self._people = [candidate for candidate, name in folded if name]
        self._names = [name for _, name in folded if name]
        self._of_name: dict[str, list[int]] = defaultdict(list)
        self._of_value: dict[str, list[int]] = defaultdict(list)
        for index, (candidate, name) in enumerate(zip(self._people, self._names, strict=True)):
            self._of_name[name].append(index)
            for value in candidate.groups:
                self._of_value[value].append(index)
        self._surnames = Counter(name.split()[-1] for name in self._names)
        self._whole: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for name in self._of_name:
            words = name.split()
            if len(words) > 1:
                self._whole[words[-1]][words[0]].append(name)
        self._places: dict[str, list[str]] = defaultdict(list)
        for value in self._of_value:
            words = fold_name(value).split()
            for length in range(1, len(words) + 1):
                self._places[" ".join(words[:length])].append(value)
        self._given_names_at: dict[str, dict[str, list[int]]] = {}
        self._spellings = _Spellings(self._of_name)

    def propose(self, typed: str, typists: Iterable[frozenset[str]]) -> Proposal:
        """The person most likely meant by a text: see `propose`."""
        folded = in_order(typed)
        text = without_titles(folded)
        by_name = self._by_words(text.split())
        by_person = self._by_surname(folded) + self._by_place(typed)
        shared = self._spellings.shared(text)
        best: list[tuple[Fit, int]] = []
        for depth in DEPTHS:
            fits = {name: [fit] for name, fit in by_name.items()}
            for name, score in self._spellings.like(text, shared, depth).items():
                fits.setdefault(name, []).append((score, SPELT))
            best = self._best({name: max(found) for name, found in fits.items()}, by_person)
            if _settled([score for (score, _), _ in best], depth):
                break
        return self._decided(best, typists)

    def _by_words(self, words: Sequence[str]) -> dict[str, Fit]:
        """Names of the same surname whose given name the first word is short for, or the initial of."""
        if len(words) < 2:
            return {}
        first, last = words[0], words[-1]
        given_names: Mapping[str, list[str]] = self._whole.get(last, {})
        if len(first) == 1:
            initial = [names for given, names in given_names.items() if given[0] == first]
            return {name: (0.95, "initial and surname") for names in initial for name in names}
        short = [given_names.get(given, []) for given in _called(first) - {first}]
        return {name: (0.97, "a short form of the given name") for names in short for name in names}

    def _by_surname(self, folded: str) -> list[tuple[Fit, int]]:
        """The only person of a surname, if the text says just this, and nothing that they are not."""
        *titles, surname = folded.split() or [""]
        if without_titles(folded) != surname or self._surnames[surname] != 1 or surname not in self._whole:
            return []
        ((name,),) = self._whole[surname].values()
        (index,) = self._of_name[name]
        role = next((word for word in titles if word in ROLE_WORDS), None)
        if role is None or any(role in fold_name(value).split() for value in self._people[index].groups):
            return [((0.94, "the only person of this surname"), index)]
        return []

    def _by_place(self, typed: str) -> list[tuple[Fit, int]]:
        """The first few with the given name, and surname if there is one, at the place of "Maria at Lincoln"."""
        place = AT.match(typed)
        who = without_titles(fold_name(place["who"])).split() if place else []
        if not place or not who:
            return []
        found: set[int] = set()
        for value in self._places.get(" ".join(fold_name(place["where"]).split()), ()):
            given_names = self._given_names(value)
            found.update(index for given in _called(who[0]) for index in given_names.get(given, ()))
        if len(who) > 1:
            found = {index for index in found if self._names[index].split()[-1] == who[-1]}
        return [((0.96, PLACED), index) for index in nsmallest(SHOWN, found)]

    def _given_names(self, value: str) -> dict[str, list[int]]:
        """Given name → the people who have it, of one value of a group."""
        if value not in self._given_names_at:
            found: dict[str, list[int]] = defaultdict(list)
            for index in self._of_value[value]:
                found[self._names[index].split()[0]].append(index)
            self._given_names_at[value] = dict(found)
        return self._given_names_at[value]

    def _best(self, by_name: Mapping[str, Fit], by_person: Iterable[tuple[Fit, int]]) -> list[tuple[Fit, int]]:
        """The people who fit best, the best first; of those who fit as well, the first on the roster first."""
        persons: dict[int, Fit] = {}
        for fit, index in by_person:
            persons[index] = max(fit, persons.get(index, fit), by_name.get(self._names[index], fit))
        fits = [(fit, index) for index, fit in persons.items()]
        for name, fit in by_name.items():
            others = (index for index in self._of_name[name] if index not in persons)
            fits.extend((fit, index) for index in islice(others, SHOWN))
        return nsmallest(SHOWN, fits, key=lambda found: (-found[0][0], found[1]))

    def _decided(self, fits: Sequence[tuple[Fit, int]], typists: Iterable[frozenset[str]]) -> Proposal:
        """What to propose, given who fits best."""
        best = self._people[fits[0][1]] if fits else None
        score, why = fits[0][0] if fits else (0.0, "")
        if best is None or score < LIKELY:
            closest = f"; closest: {best.name} ({score:.2f})" if best is not None and score >= CLOSE else ""
            return Proposal(None, None, f"nobody on the roster is spelt like this{closest}")
        rivals = [self._people[index].name for (other, _), index in fits[1:] if other > score - CLEAR]
        if rivals:
            return Proposal(None, None, f"fits several people: {', '.join([best.name, *rivals])}")
        shared = sorted({value for groups in typists for value in groups & best.groups})
        if not shared and why != PLACED:
            reason = f"closest: {best.name} ({score:.2f}), who shares no group with those who typed it"
            return Proposal(None, None, reason)
        return Proposal(best.actor_id, round(score, 2), f"{why}; same {', '.join(shared[:2])}" if shared else why)


def propose(typed: str, candidates: Sequence[Candidate], typists: Iterable[frozenset[str]]) -> Proposal:
    """The person most likely meant by a text. For many texts, ask one `Proposer`.

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
    return Proposer(candidates).propose(typed, typists)
