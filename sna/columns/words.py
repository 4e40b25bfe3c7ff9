"""How a column is described, and what several tables share."""

from __future__ import annotations

from dataclasses import dataclass

NEVER = "never"
GIVEN = "there is a value"
ELSEWHERE = "undefined: undefined.csv gives the reason"
REASONED = "undefined: the column `reason` says why"


@dataclass(frozen=True)
class Column:
    """One column that is not a measure.

    Attributes:
        name: the column's heading.
        meaning: what it is, in one or two sentences.
        unit: unit, range or values.
        empty: what an empty cell means; `never` when there is none.
    """

    name: str
    meaning: str
    unit: str
    empty: str = NEVER


def text_id(name: str, meaning: str, empty: str = NEVER) -> Column:
    """An id."""
    return Column(name, meaning, "text, an id", empty)


def count(name: str, meaning: str, empty: str = NEVER) -> Column:
    """A count."""
    return Column(name, meaning, "whole number, 0 or more", empty)


def share(name: str, meaning: str, empty: str = NEVER) -> Column:
    """A share of 1."""
    return Column(name, meaning, "share, 0–1", empty)


WAVE = text_id("wave", "The wave: one round of the survey.")
RELATION = text_id("relation", "The relation: the kind of tie that was asked about.")
ACTOR_ID = text_id("actor_id", "The person, by the roster's id.")
OTHER_ID = text_id("other_id", "The other person of the pair, by the roster's id.")
EGO = text_id("ego_id", "The person who answered, by the roster's id.")
ALTER = text_id("alter_id", "The person who was named, by the roster's id.")
EVENT = text_id("event_id", "The event, by its id.")
GROUP = Column("group", "Which column of the roster people are grouped by.", "text, a roster column")
VALUE = Column("value", "The group: one value of that roster column.", "text, as on the roster")
NETWORK = (WAVE, RELATION)
PEOPLE = (
    count("people", "People on the wave's roster."),
    count("asked", "People who were sent the question, and others who answered it."),
    count("respondents", "People who answered the question."),
)
