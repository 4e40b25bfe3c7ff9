"""Sections that ask for more than networks: what refers to relations and columns, checked against what is declared."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any, TypeVar

from sna.analyses import (
    Brokerage,
    Communities,
    Conversations,
    Engagement,
    Expertise,
    Facilitation,
    Grouping,
    Support,
)
from sna.errors import hint
from sna.study import COLUMN_KEYS, Relation

Values = dict[str, Any]
# (problem, remedy, key, value)
Tell = Callable[[str, str, str, Any], None]
Made = TypeVar("Made")


class Analyses:
    """Turns the values of these sections into declarations, noting faults on the way."""

    def __init__(self, relations: Sequence[Relation], groups: Sequence[str], tell: Tell) -> None:
        self.relations = relations
        self.groups = tuple(groups)
        self.tell = tell

    def read(self, sections: dict[str, Values | None]) -> dict[str, Any]:
        """Field of `Study` → declaration, None for each section that is not in the file.

        Args:
            sections: name of a section → its values with defaults; None where it is missing or cannot be read.
        """
        makers: dict[str, Callable[[Values], Any]] = {
            "expertise": self.expertise,
            "brokerage": self.brokerage,
            "support": self.support,
            "facilitation": self.facilitation,
            "engagement": self.engagement,
            "communities": self.communities,
            "grouping": self.grouping,
            "conversations": self.conversations,
        }
        return {name: None if (v := sections.get(name)) is None else make(v) for name, make in makers.items()}

    def expertise(self, v: Values) -> Expertise:
        asked = self.topics("expertise", v)
        self.together("expertise", v, "column", "nominees")
        if v["rated"] and len(asked) > 1 and "{relation}" not in v["rated"]:
            what = "The ratings of all topics would be read from one column."
            self.tell(what, "Write {relation} where the topic stands.", "expertise.rated", v["rated"])
        return _made(Expertise, v, relations=asked)

    def brokerage(self, v: Values) -> Brokerage:
        passing = [relation.id for relation in self.relations if relation.flow != "none" and not relation.topic]
        asked = self.known("brokerage.relations", v["relations"]) or tuple(passing)
        if not asked:
            self.tell("Nothing passes along any relation.", "Name a relation here.", "brokerage.relations", None)
        self.together("brokerage", v, "column", "members")
        groups = v["groups"] or self.groups
        if not groups and not v["column"]:
            self.tell("There are no groups.", "Name roster columns here or under [study].", "brokerage.groups", None)
        return _made(Brokerage, v, relations=asked, groups=tuple(groups))

    def support(self, v: Values) -> Support | None:
        if v["relations"] is None:
            return None
        asked = self.known("support.relations", v["relations"])
        if len(asked) < 2 and set(v["relations"]) == set(asked):
            remedy = "Name two relations or more: each is a kind of support."
            self.tell("A web has more than one kind of tie.", remedy, "support.relations", None)
        for relation in self.relations:
            if relation.id in asked and relation.flow == "along":
                what = "Support is looked at as it is received: from the person named to the person who answered."
                remedy = 'Take it out, or say flow = "against" if the question asks from whom people receive.'
                self.tell(what, remedy, "support.relations", relation.id)
        return _made(Support, v, relations=asked)

    def facilitation(self, v: Values) -> Facilitation | None:
        if any(v[key] is None for key in ("column", "facilitators")):
            return None
        for key in ("resources", "demands"):
            known = self.known(f"facilitation.{key}", [v[key]] if v[key] else [])
            if any(relation.id in known and relation.flow == "none" for relation in self.relations):
                remedy = 'Say which way under the relation: flow = "against" or flow = "along".'
                self.tell("Nothing passes along this relation.", remedy, f"facilitation.{key}", v[key])
        self.together("facilitation", v, "resources", "sources")
        if v["demands"] and not v["sources"]:
            remedy = "Name the values of `column` of those who send demands."
            self.tell("`demands` needs `sources`.", remedy, "facilitation.sources", None)
        order = [key for key in ("since", "second_term", "until") if v[key] is not None]
        for earlier, later in pairwise(order):
            if v[earlier] >= v[later]:
                remedy = f"Mend the dates: `{earlier}` comes before `{later}`."
                self.tell("The dates are not in order.", remedy, f"facilitation.{later}", str(v[later]))
        twice = {*v["facilitators"]} & {*v["sources"]} | {*v["members"]} & {*v["sources"], *v["facilitators"]}
        for value in sorted(twice):
            remedy = "Name each value in one list only."
            self.tell("A value makes people two things at once.", remedy, "facilitation.column", value)
        return _made(Facilitation, v)

    def engagement(self, v: Values) -> Engagement:
        self.together("engagement", v, "column", "core")
        return _made(Engagement, v)

    def communities(self, v: Values) -> Communities | None:
        if v["column"] is None:
            return None
        plain = tuple(relation.id for relation in self.relations if not relation.topic)
        return _made(Communities, v, relations=self.known("communities.relations", v["relations"]) or plain)

    def grouping(self, v: Values) -> Grouping:
        self.together("grouping", v, "column", "members")
        return _made(Grouping, v, relations=self.topics("grouping", v))

    def conversations(self, v: Values) -> Conversations:
        return _made(Conversations, v)

    def topics(self, section: str, v: Values) -> tuple[str, ...]:
        """The relations named, or all that have a topic."""
        asked = self.known(f"{section}.relations", v["relations"])
        asked = asked or tuple(relation.id for relation in self.relations if relation.topic)
        if not asked and not v["relations"]:
            remedy = "Give the relations that ask about topics a `topic`, or name them here."
            self.tell("No relation has a topic.", remedy, f"{section}.relations", None)
        return asked

    def known(self, where: str, wanted: Sequence[str]) -> tuple[str, ...]:
        """Each relation once, those that are not declared told and left out."""
        declared = [relation.id for relation in self.relations]
        for name in wanted:
            if name not in declared:
                remedy = f"Use the id of a relation.{hint(name, declared)}"
                self.tell("No such relation is declared.", remedy, where, name)
        return tuple(name for name in dict.fromkeys(wanted) if name in declared)

    def together(self, section: str, v: Values, first: str, second: str) -> None:
        """Two keys of which one says nothing without the other."""
        if bool(v[first]) != bool(v[second]):
            missing = second if v[first] else first
            what = f"`{first}` and `{second}` go together."
            self.tell(what, f"Give both, or neither: `{missing}` is missing.", f"{section}.{missing}", None)


def columns_named(made: Mapping[str, Any]) -> list[tuple[str, Sequence[str]]]:
    """(key, the roster columns it names) of every section that sorts people by columns of its own.

    Args:
        made: what `Analyses.read` returned.
    """
    found: list[tuple[str, Sequence[str]]] = []
    for section, declared in made.items():
        named = ((key, getattr(declared, key, None)) for key in COLUMN_KEYS if key != "need")
        found += [(f"{section}.{key}", (column,)) for key, column in named if column]
    if made.get("brokerage"):
        found.append(("brokerage.groups", made["brokerage"].groups))
    return found


def _made(kind: type[Made], v: Values, **read: Any) -> Made:
    """A declaration: lists as tuples, and None for what is empty."""
    values = {**v, **read}
    made = {key: tuple(value) if isinstance(value, list) else value for key, value in values.items()}
    return kind(**{key: None if value == "" else value for key, value in made.items()})


__all__ = ["Analyses", "Tell", "columns_named"]
