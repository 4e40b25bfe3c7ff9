"""What is said of pairs and groups that are proposed: why these people sit together, what is reached, what is not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from sna.findings.words import SMALL, listed, people
from sna.grouping.arrange import WHY, Arrangement
from sna.grouping.candidates import Community, Topic
from sna.grouping.plan import Plan
from sna.study import Study

COUNTED = ("apart", "repeats", "never", "without", "unserved", "alike")


@dataclass(frozen=True)
class Telling:
    """What may be told of whom.

    Attributes:
        names: actor id → name.
        told: ids of those of whom it may be said what they answered and how they are named.
        numbers: say how many, too.
        across: the roster column of which people are mixed; None without one.
        past: whether past groups are known.
    """

    names: Mapping[str, str]
    told: Collection[str]
    numbers: bool
    across: str | None
    past: bool


@dataclass(frozen=True)
class Reached:
    """One thing that plans are measured by.

    Attributes:
        what: in words.
        value: what the plan reaches.
        bound: what no plan can better, by counting.
        of: of how many.
        least: fewer is better; else more is.
    """

    what: str
    value: int
    bound: int
    of: int
    least: bool

    def sentence(self) -> str:
        """`pairs who sit together again: 7 of 72 (no plan has fewer than 6)`."""
        text = f"{self.what}: {self.value} of {self.of}"
        if self.value == self.bound:
            return f"{text}, which no plan can better"
        return f"{text} (no plan has {'fewer' if self.least else 'more'} than {self.bound})"


def reached(arrangement: Arrangement, across: str | None) -> tuple[Reached, ...]:
    """What the plans of all communities reach together, and what no plan could better; the first counts most."""
    plans = arrangement.plans
    value = {name: sum(plan.costs[at] for plan in plans) for at, name in enumerate(COUNTED)}
    least = {name: sum(plan.least[at] for plan in plans) for at, name in enumerate(COUNTED)}
    pairs = sum(plan.room.rounds * sum(size * (size - 1) // 2 for size in plan.room.sizes) for plan in plans)
    groups = sum(plan.room.rounds * len(plan.room.sizes) for plan in plans)
    seek = sum(int(standing.seeks.sum()) for plan in plans for standing in plan.room.standings)
    could = sum(int(plan.room.could_lead.sum()) for plan in plans)
    many = len(arrangement.topics) > 1
    over = ", over all rounds" if many else ""
    found = [Reached("pairs who sit together though they did before", value["repeats"], least["repeats"], pairs, True)]
    if many:
        what = "people who at least once are asked more than everybody else in their group, of those who could be"
        found.append(Reached(what, could - value["never"], could, could, False))
    what = "groups in which somebody sought on the topic sits with somebody who seeks"
    found.append(Reached(what, groups - value["without"], groups - least["without"], groups, False))
    what = f"people who seek and sit with somebody asked more than they are{over}"
    found.append(Reached(what, seek - value["unserved"], seek - least["unserved"], seek, False))
    if across is not None:
        found.append(Reached(f"pairs in a group with the same {across}", value["alike"], least["alike"], pairs, True))
    return tuple(found)


def proof(arrangement: Arrangement) -> str:
    """Whether any single round could be better."""
    flags = [flag for plan in arrangement.plans for flag in plan.proven]
    if all(flags):
        if len(arrangement.topics) == 1:
            return "It is proven that there are no better groups."
        return "It is proven that no other groups in a single round would be better while the other rounds stay."
    if all(flag is None for flag in flags):
        return "There are too many possible groups to go through all of them: better ones may exist."
    return f"For {sum(flag is True for flag in flags)} of {len(flags)} rounds it is proven that they cannot be better."


def why(
    arrangement: Arrangement, at: int, community: Community, plan: Plan, members: Sequence[int], words: str, t: Telling
) -> str:
    """Why these people sit together.

    Args:
        arrangement: the plans.
        at: number of the round, from 0.
        community: the people.
        plan: their plan.
        members: places in the community.
        words: the topic.
        t: what may be told of whom.
    """
    topic = community.topics[arrangement.topics[at]]
    parts = [_roles(community, plan, at, topic, members, words, t), _history(community, plan, at, members, t)]
    same = [(i, j) for i, j in combinations(members, 2) if community.alike[i, j]]
    if t.across is not None and same:
        said = "; ".join(f"{_both(community, pair, t)} ({community.schools[pair[0]]})" for pair in same)
        parts.append(f"With the same {t.across}: {said}.")
    return " ".join(part for part in parts if part)


def _name(community: Community, at: int, t: Telling) -> str:
    return t.names[community.people[at]]


def _both(community: Community, pair: Sequence[int], t: Telling) -> str:
    return listed([_name(community, at, t) for at in pair], most=len(pair))


def _number(count: int) -> str:
    return SMALL[count] if count <= 10 else str(count)


def _roles(
    community: Community, plan: Plan, at: int, topic: Topic, members: Sequence[int], words: str, t: Telling
) -> str:
    """Who is asked, who asks, of whom it is not known."""
    if topic.verdict == "withheld":
        return f"Too few answered to say who is asked about {words}."
    asked = topic.standing.asked
    order = sorted(members, key=lambda one: (not plan.leads[at, one], -asked[one]))
    numbers = t.numbers and topic.verdict == "allowed"
    about = f" about {words}"
    said = []
    for one in order:
        if community.people[one] in t.told and (clause := _role(community, topic, one, numbers, about, t)):
            said.append(clause)
            about = ""
    # Said of some groups, it would tell something of everybody in them.
    if not all(community.people[one] in t.told for one in members):
        pass
    elif not any(topic.standing.seeks[one] and asked[one] < max(asked[members]) for one in members):
        said.append(f"nobody here is asked more{about} than another who asks")
    return f"{'; '.join(said)[:1].upper()}{'; '.join(said)[1:]}." if said else ""


def _role(community: Community, topic: Topic, one: int, numbers: bool, about: str, t: Telling) -> str:
    """What is said of one person on one topic: `Ana is asked about feedback by six people and asks three`."""
    name, asked, names = _name(community, one, t), int(topic.standing.asked[one]), int(topic.names[one])
    parts = []
    if asked:
        by = ("one person" if asked == 1 else f"{_number(asked)} people") if numbers else ""
        parts.append(f"is asked{about}{f' by {by}' if by else ''}")
    if names:
        parts.append(f"asks {_number(names) if numbers else 'others'}{'' if asked else about}")
    if parts:
        return f"{name} {' and '.join(parts)}"
    if topic.heard[one]:
        return f"{name} asks nobody yet{about}"
    return f"whether {name} asks{about} is not known"


def _history(community: Community, plan: Plan, at: int, members: Sequence[int], t: Telling) -> str:
    """When they met before, in past groups or an earlier round."""
    clauses, new = [], 0
    for one, other in combinations(members, 2):
        earlier = [r + 1 for r in range(at) if plan.labels[r, one] == plan.labels[r, other]]
        date = community.last_met(one, other)
        who = "they" if len(members) == 2 else _both(community, (one, other), t)
        if earlier:
            clauses.append(f"{who} sat together in round {earlier[-1]}")
        elif date is not None:
            clauses.append(f"{who} have not met in a group since {day(date)}")
        else:
            new += 1
    if not clauses:
        nobody = "They have not" if len(members) == 2 else "No two of them have"
        return f"{nobody} met in a group before." if t.past else ""
    if new and t.past:
        clauses.append("the others have not met in a group before")
    text = "; ".join(clauses)
    return f"{text[:1].upper()}{text[1:]}."


def day(date: dt.date) -> str:
    """A date in words.

    >>> day(dt.date(2022, 3, 14))
    '14 March 2022'
    """
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def notes(study: Study, arrangement: Arrangement, t: Telling) -> tuple[str, ...]:
    """What else a facilitator should know: who is not placed, what is not known, for whom no part was found."""
    gathering = arrangement.gathering
    said = [
        f"{_who(those, t) if why != 'research_only' else people(len(those))}: not placed, because they {WHY[why]}"
        f"{'; what they said is not counted' if why == 'research_only' else ''}."
        for why, those in gathering.unplaced.items()
        if those
    ]
    for topic, reason in arrangement.skipped.items():
        because = "too few answered" if reason == "nonresponse" else "nobody who takes part is named"
        said.append(f"No round on {_words(study, topic)}: {because}.")
    if study.grouping and study.grouping.across:
        said += _one_school(gathering.communities, study.grouping.across)
    said += _one_group(arrangement)
    said += _earlier(study, arrangement)
    said += _few_answered(study, arrangement)
    said += _never_most_asked(arrangement, t)
    if gathering.dates:
        said.append(
            f"Past groups are known of {_number(len(gathering.dates))} dates, the last {day(gathering.dates[-1])}."
            if len(gathering.dates) > 1
            else f"Past groups are known of one date, {day(gathering.dates[0])}."
        )
    else:
        said.append("Nothing is known of past groups: nobody is kept from meeting somebody again.")
    return tuple(said)


def _words(study: Study, topic: str) -> str:
    relation = study.relation(topic)
    return relation.topic or relation.label


def _who(actors: Sequence[str], t: Telling) -> str:
    """People by name, where something may be said of all of them by name; else how many they are."""
    return listed([t.names[actor] for actor in actors]) if set(actors) <= set(t.told) else people(len(actors))


def _one_school(communities: Sequence[Community], across: str) -> list[str]:
    """Communities whose people all have one school."""
    said = []
    for community in communities:
        if len(set(community.schools)) == 1 and community.schools[0] is not None:
            of = f" of {community.name}" if community.name else ""
            said.append(f"Everybody{of} has the same {across}, {community.schools[0]}: nobody can be mixed.")
    return said


def _one_group(arrangement: Arrangement) -> list[str]:
    """Communities that are too small for more than one group."""
    return [
        f"All {len(community.people)} people{f' of {community.name}' if community.name else ''} are one group, round "
        "after round: there are too few for more."
        for community, plan in zip(arrangement.gathering.communities, arrangement.plans, strict=True)
        if len(plan.room.sizes) == 1
    ]


def _earlier(study: Study, arrangement: Arrangement) -> list[str]:
    """Topics of which the latest answers are not of the last wave."""
    said = []
    for topic in dict.fromkeys(arrangement.topics):
        wave = next((community.topics[topic].wave for community in arrangement.gathering.communities), None)
        if wave is not None and wave != study.waves[-1].id:
            said.append(f"The latest answers about {_words(study, topic)} are those of {study.wave(wave).label}.")
    return said


def _few_answered(study: Study, arrangement: Arrangement) -> list[str]:
    """Topics on which the answers say less than they seem to."""
    said = []
    for community in arrangement.gathering.communities:
        of = f" in {community.name}" if community.name else ""
        for topic in dict.fromkeys(arrangement.topics):
            found = community.topics[topic]
            answered = f"{found.answered[0]} of {found.answered[1]} people{of} answered about {_words(study, topic)}"
            if found.verdict == "withheld":
                said.append(f"{answered}: who is sought there is not said, and people were put together without it.")
            elif found.verdict == "flagged":
                said.append(f"{answered}: take who is asked with care.")
    return said


def _never_most_asked(arrangement: Arrangement, t: Telling) -> list[str]:
    """People who cannot be put forward on any topic, or are not in this plan."""
    if len(set(arrangement.topics)) < 2 or not t.numbers:
        return []
    unsought, unused = [], []
    for community, plan in zip(arrangement.gathering.communities, arrangement.plans, strict=True):
        sought = np.any([standing.asked > 0 for standing in plan.room.standings], axis=0)
        led = plan.leads.any(axis=0)
        unsought += [community.people[at] for at in np.flatnonzero(~sought).tolist()]
        unused += [community.people[at] for at in np.flatnonzero(sought & ~led).tolist()]
    said = []
    for actors, what in (
        (unsought, "named by nobody who answered on any of these topics; ask what they could offer"),
        (unused, "sought on a topic, but in no round of this plan asked more than everybody else in their group"),
    ):
        if actors:
            mine = [actor for actor in actors if actor in t.told]
            names = f" ({_who(mine, t)})" if mine else ""
            said.append(f"{people(len(actors))}{names}: {what}.")
    return said
