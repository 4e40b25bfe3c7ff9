"""Plans for a study: what is asked for, what of it cannot be, and who sits with whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np

from sna.errors import Problem, StudyError, hint
from sna.grouping.candidates import MOST_PEOPLE, Community, Gathering, Networks, declared, gather
from sna.grouping.plan import Plan, best_plan
from sna.study import Relation, Study
from sna.study_file import FILE
from sna.tables import Tables


@dataclass(frozen=True, eq=False)
class Arrangement:
    """Who sits with whom.

    Attributes:
        gathering: everybody who takes part, and who does not.
        topics: relation id of each round's topic.
        skipped: relation id → why it has no round: `no_ties` (nobody is named) or `nonresponse` (too few answered).
        plans: one for each community of the gathering.
        seed: the number from which everything random began.
    """

    gathering: Gathering
    topics: tuple[str, ...]
    skipped: dict[str, str]
    plans: tuple[Plan, ...]
    seed: int


def arrange(
    study: Study, tables: Tables, networks: Networks, wanted: Sequence[str], size: int, rounds: int
) -> Arrangement:
    """Groups for several rounds, on these topics in turn.

    Args:
        study: the declaration; its seed is where everything random begins.
        tables: its tables.
        networks: (wave id, relation id) → network.
        wanted: topics, as `chosen_topics` reads them; all of them if there are none.
        size: how many should sit in a group; sizes differ by at most one.
        rounds: how many rounds.

    Returns:
        The plans. Each community is seated by itself, and begins its random numbers anew.

    Raises:
        StudyError: with everything that cannot be.
    """
    topics = chosen_topics(study, wanted)
    gathering = gather(study, tables, networks, topics)
    skipped = {topic: why for topic in topics if (why := _nothing_known(gathering, topic)) is not None}
    faults = [_no_topic(study, topic, why) for topic, why in skipped.items()] if wanted else []
    faults += [_no_topic(study, topic, why) for topic, why in skipped.items() if len(skipped) == len(topics)]
    faults = list(dict.fromkeys([*_too_few(study, gathering, size), *faults, *_apart_from_all(study, gathering)]))
    if faults:
        raise StudyError(faults)
    useful = [topic for topic in topics if topic not in skipped]
    in_turn = tuple(useful[at % len(useful)] for at in range(rounds))
    plans = []
    for community in gathering.communities:
        rng = np.random.default_rng([study.seed, crc32(str(community.name).encode()), size, rounds])
        plans.append(best_plan(community.room(in_turn, size), rng))
    for community, plan in zip(gathering.communities, plans, strict=True):
        faults += _kept_together(study, community, plan)
    if faults:
        raise StudyError(faults)
    return Arrangement(gathering, in_turn, skipped, tuple(plans), study.seed)


def chosen_topics(study: Study, wanted: Sequence[str]) -> tuple[str, ...]:
    """The relation ids of topics: each named by its id, its topic or label, or words that stand in only one of these.

    Raises:
        StudyError: there is no topic at all, or one that is wanted is none of them or could be several.
    """
    topics = [study.relation(relation) for relation in declared(study).relations]
    if not topics:
        remedy = "Give the relations that ask about topics a `topic`, or name them under [grouping]."
        raise StudyError([_fault("No relation has a topic.", remedy, "relations")])
    found, faults = [], []
    for text in wanted:
        meant = _meant(topics, text)
        if len(meant) == 1:
            found.append(meant[0].id)
            continue
        names = [relation.id for relation in topics]
        close = "" if meant else hint(text, [*names, *(words for relation in topics for words in _words(relation))])
        what = "Several topics have these words." if meant else "This is none of the topics."
        remedy = f"Use one of {', '.join(relation.id for relation in meant or topics)}.{close}"
        faults.append(_fault(what, remedy, "relations", text))
    if faults:
        raise StudyError(faults)
    return tuple(dict.fromkeys(found)) or tuple(relation.id for relation in topics)


def _words(relation: Relation) -> list[str]:
    return [words for words in (relation.id, relation.topic, relation.label) if words]


def _meant(topics: Sequence[Relation], text: str) -> list[Relation]:
    folded = text.strip().casefold()
    exact = [relation for relation in topics if folded in [words.casefold() for words in _words(relation)]]
    return exact or [
        relation for relation in topics if folded and any(folded in words.casefold() for words in _words(relation))
    ]


def _fault(problem: str, remedy: str, key: str, value: str | None = None) -> Problem:
    return Problem("stops", FILE, problem, remedy, column=f"grouping.{key}", value=value)


def _nothing_known(gathering: Gathering, topic: str) -> str | None:
    """Why nobody is known to be sought on a topic; None where somebody is."""
    found = [community.topics[topic] for community in gathering.communities]
    if not found or any(one.standing.asked.any() for one in found):
        return None
    return "nonresponse" if any(one.verdict == "withheld" for one in found) else "no_ties"


def _no_topic(study: Study, topic: str, why: str) -> Problem:
    words = study.relation(topic).topic or study.relation(topic).label
    if why == "nonresponse":
        remedy = "Choose another topic. `response_gate = false` under [study] uses what there is."
        return _fault(f"Too few answered to say who is sought on {words}.", remedy, "relations", topic)
    what = f"Of those who take part nobody is named on {words}."
    return _fault(what, "Choose another topic, or look at who takes part (`column`, `members`).", "relations", topic)


def _too_few(study: Study, gathering: Gathering, size: int) -> list[Problem]:
    """Fewer people than a group needs, and more than can be seated."""
    faults = []
    largest = max((len(community.people) for community in gathering.communities), default=0)
    if not largest:
        counts = {why: len(those) for why, those in gathering.unplaced.items() if those}
        said = "; ".join(f"{WHY[why]}: {number}" for why, number in counts.items())
        what = "There are no two people who may sit together."
        members = declared(study).members
        remedy = f"Not placed are people who {said}." if said else "Nobody takes part."
        if members:
            remedy += f" Who takes part is said by `column` and `members` ({', '.join(members)})."
        faults.append(_fault(what, remedy, "members" if members else "within"))
    elif largest < size:
        most = "at most " if len(gathering.communities) > 1 else ""
        what = f"There are {most}{largest} people who may sit together: too few for a group of {size}."
        faults.append(Problem("stops", study.roster, what, "Ask for a smaller size."))
    if largest > MOST_PEOPLE:
        what = f"{largest:,} people cannot be seated at once."
        remedy = f"Name a roster column of communities of up to {MOST_PEOPLE} people (`within`), or who takes part."
        faults.append(_fault(what, remedy, "within"))
    return faults


WHY = {
    "research_only": "took part for research only",
    "left": "left",
    "no_community": "have no community on the roster",
    "alone": "are alone in their community",
}


def _apart_from_all(study: Study, gathering: Gathering) -> list[Problem]:
    """People who are kept apart from everybody with whom they may sit."""
    faults = []
    for community in gathering.communities:
        kept = community.apart.sum(axis=1) if len(community.people) <= MOST_PEOPLE else np.zeros(0)
        for at in np.flatnonzero(kept == len(community.people) - 1).tolist():
            what = "This person is kept apart from everybody with whom they could sit."
            faults.append(_apart(study, what, community.people[at]))
    return faults


def _kept_together(study: Study, community: Community, plan: Plan) -> list[Problem]:
    """Pairs who would sit together although they are kept apart."""
    if not plan.costs[0]:
        return []
    at = next(at for at in range(plan.room.rounds) if (_same(plan, at) & community.apart).any())
    pairs = np.argwhere(np.triu(_same(plan, at) & community.apart)).tolist()
    names = [f"{community.people[i]} and {community.people[j]}" for i, j in pairs]
    where = f" of {community.name}" if community.name else ""
    sure = "There is no way" if plan.proven[at] else "No way was found"
    sizes = ", ".join(map(str, sorted(set(plan.room.sizes))))
    what = f"{sure} to seat the {len(community.people)} people{where} in groups of {sizes} as they are kept apart."
    return [_apart(study, what, "; ".join(names))]


def _apart(study: Study, what: str, value: str) -> Problem:
    file = declared(study).apart or FILE
    return Problem("stops", file, what, "Take out a pair, or ask for another size.", value=value)


def _same(plan: Plan, at: int) -> np.ndarray:
    labels = plan.labels[at]
    return np.asarray(labels[:, None] == labels[None, :], dtype=bool)
