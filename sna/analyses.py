"""What a study may ask for beside its networks: one frozen declaration for each such section of `study.toml`."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Expertise:
    """Which relations ask about topics, among whom nominations count (`within`), and whose are counted first.

    `strata` is the roster column within whose values experts change places when topics are unrelated. `rated` is the
    pattern of columns, in the roster or in the responses files (`rated_in`), that hold how expert a person is on a
    topic; from `expert_from` they count as an expert.
    """

    relations: tuple[str, ...]
    within: str | None
    column: str | None
    nominees: tuple[str, ...]
    strata: str | None
    rated: str | None
    rated_in: str
    expert_from: float
    draws: int


@dataclass(frozen=True)
class Brokerage:
    """Which relations, between which groups, and who is a member (the values `members` of the roster's `column`)."""

    relations: tuple[str, ...]
    groups: tuple[str, ...]
    column: str | None
    members: tuple[str, ...]
    draws: int


@dataclass(frozen=True)
class Support:
    """The relations that are kinds of support, and the roster columns with people's level and school."""

    relations: tuple[str, ...]
    level: str | None
    school: str | None
    draws: int


@dataclass(frozen=True)
class Facilitation:
    """Who facilitates (the values `facilitators` of the roster's `column`) whom (those alike in `within`).

    Attributes:
        within: roster column; None: facilitators serve everybody.
        members: values of `column` of those who are served; none given: all who are not facilitators or sources.
        sources: values of `column` of the offices and partners from which resources and demands come.
        strata: roster column; comparison principals are of the same value.
        resources, demands: relation ids.
        need: roster column with a number, more where more support is needed.
        waves: ids of the waves whose rosters say who is served in the contact log; none given: all.
        weeks: without contact for so many weeks before `until`, somebody is listed.
        second_term: its first day; None: the middle of the log.
        since, until: the first and last day of the contact log; None: the day of the first or last contact.
    """

    column: str
    facilitators: tuple[str, ...]
    within: str | None
    members: tuple[str, ...]
    sources: tuple[str, ...]
    strata: str | None
    resources: str | None
    demands: str | None
    need: str | None
    waves: tuple[str, ...]
    weeks: int
    second_term: dt.date | None
    since: dt.date | None
    until: dt.date | None
    draws: int


@dataclass(frozen=True)
class Engagement:
    """How attendance is looked at.

    Attributes:
        within: roster column whose groups are communities; None: everybody is one.
        column, core: roster column and its values that make the core group; the others are the broader team.
        chosen: kinds of event that people came to by choice or in small groups: only these are projected.
        last: of so many last meetings somebody must have come to one to have stayed.
    """

    within: str | None
    column: str | None
    core: tuple[str, ...]
    chosen: tuple[str, ...]
    last: int
    draws: int


@dataclass(frozen=True)
class Communities:
    """Roster column whose groups are compared with one another, and in which relations."""

    column: str
    relations: tuple[str, ...]
    draws: int


@dataclass(frozen=True)
class Grouping:
    """How pairs and groups are made (`sna pair`, `sna groups`).

    Attributes:
        relations: relation ids that ask who is sought on a topic.
        across: roster column; people of one value are put into different groups where possible.
        within: roster column; only people of one value meet.
        column, members: roster column and its values of those who take part; everybody without.
        past: file of past groups.
        apart: file of pairs who are kept apart.
    """

    relations: tuple[str, ...]
    across: str | None
    within: str | None
    column: str | None
    members: tuple[str, ...]
    past: str | None
    apart: str | None


@dataclass(frozen=True)
class Conversations:
    """Who may be worth a conversation: the audience that gets the list, and the roster column with people's school."""

    audience: str
    school: str | None
