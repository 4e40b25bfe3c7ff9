"""What is said of one-to-one support: who had none of late, whether it fell, how evenly and for whom it is given."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from math import isnan
from typing import Any

import pandas as pd

from sna.findings.words import in_words, listed, percent
from sna.terms import REASONS

SURE = 0.05
AMOUNTS = ("no contact logged", "one", "two or three", "four or more")
WHETHER = ("no contact logged", "contact logged")
UNKNOWN = "not there, or not known"
PASSING = "Passing on: comes to those they serve through them alone"
KEEPING = "Keeping away: demands on those they serve beside those on others"
CAUTIONS = (
    "A log shows what was logged. Contact that nobody wrote down is not in it, so that nothing logged does not mean "
    "nothing done.",
    "More contact is not better support, and even contact need not be fair: some need more than others.",
    "To stand between an office and a school is a place, not an intention: nothing here shows what anybody meant to "
    "do, nor whether what was passed on or kept away was worth it.",
    "This is for those who give support, to plan it. It is no measure of anybody's work and no ground for decisions "
    "about staff.",
)
WITHOUT_THOSE = "How contact changed and was spread is not told here: somebody took part for research only."
NOT_TOLD = "Not told here: there are too few people, or somebody took part for research only."
# From this share of people's months on, contact is called steady.
STEADY = 0.75
# Contacts of one person in a month, from so many on, in words.
BANDS = (
    (1.5, "more than once a month"),
    (0.7, "about once a month"),
    (0.35, "about every other month"),
    (1e-9, "less than every other month"),
    (0.0, "not at all"),
)
# Why something about ties cannot be told, where the words for its reason are too general.
WHY: Mapping[str, str] = {
    **REASONS,
    "no_ties": "no office or partner is known to send them anything",
    "not_identifiable": "nobody to compare with",
    "too_few_nodes": "nobody to serve",
}
Measured = Mapping[str, Mapping[str, Any]]


def of_community(spread: pd.DataFrame, community: str | None, facilitator: str | None = None) -> Measured:
    """Measure → its row of the table `contact_spread`; of all facilitators together unless one is named."""
    mine = spread["community"].isna() if community is None else spread["community"] == community
    one = spread["facilitator_id"].isna() if facilitator is None else spread["facilitator_id"] == facilitator
    return {str(row["measure"]): row for row in records(spread[mine & one])}


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a table."""
    return [{str(name): value for name, value in row.items()} for row in table.to_dict("records")]


def sure(row: Mapping[str, Any]) -> bool:
    """Whether a value is beyond chance."""
    return not isnan(row["q"]) and row["q"] <= SURE


def often(rate: float) -> str:
    """How often that is, in words.

    >>> often(1.1), often(0.4), often(0)
    ('about once a month', 'about every other month', 'not at all')
    """
    return next(words for least, words in BANDS if rate >= least)


def day(date: dt.date) -> str:
    """`14 June 2024`.

    >>> day(dt.date(2024, 6, 4))
    '4 June 2024'
    """
    return f"{date.day} {date:%B %Y}"


def some_of(number: int, people: int, least: int) -> str:
    """How many of some people, to open a sentence; in words where it or the rest would be fewer than `least`.

    >>> some_of(3, 12, 1), some_of(3, 12, 5), some_of(9, 12, 5), some_of(0, 12, 5), some_of(12, 12, 5)
    ('Three of 12', 'A few', 'Most', 'Nobody', 'Everybody')
    """
    if number == 0:
        return "Nobody"
    if number == people:
        return "Everybody"
    if number < least:
        return "A few"
    return "Most" if people - number < least else f"{in_words(number)} of {people}"


def without_contact(number: int, people: int, weeks: int, until: dt.date, least: int, names: Sequence[str]) -> str:
    """Who has had no contact for so many weeks, of those who are still there."""
    if people < max(least, 1):
        return "Too few people are still there to say who has had contact of late."
    if not number:
        return f"Everybody had a contact that was logged in the {weeks} weeks to {day(until)}."
    who = some_of(number, people, least)
    if names and len(names) < number < people and number >= least:
        # A number beside fewer names would count those who are not named.
        who = "Some"
    has = "has" if who.startswith(("One ", "Everybody")) else "have"
    told = f"{who} {has} had no contact that was logged in the {weeks} weeks to {day(until)}"
    return f"{told}: {listed(names, 12)}." if names else f"{told}."


def changed(found: Measured, numbers: bool) -> str:
    """Whether contact fell or rose from the first term to the second."""
    row, before, after = (found[name] for name in ("change_contacts", "first_term_per_month", "second_term_per_month"))
    if isnan(row["value"]):
        return f"Whether contact fell cannot be told: {REASONS[str(row['reason'])]}."
    first, second = before["value"], after["value"]
    if numbers:
        span = f"from about {first:.1f} a month for each person in the first term to about {second:.1f} in the second"
    elif often(first) == often(second):
        span = f"from the first term to the second, but in both people were seen {often(first)}"
    else:
        span = f"from {often(first)} in the first term to {often(second)} in the second"
    if not sure(row):
        doubt = "no more of a change than chance gives, which does not show that nothing changed"
        if not numbers:
            return f"Whether contact changed from the first term to the second is not clear: {doubt}."
        return f"Contact went {span}: {doubt}."
    verb = "fell" if row["value"] < 1 else "rose"
    if not numbers:
        return f"Contact {verb} {span}; so large a change hardly comes by chance."
    ends = f"{row['low']:.2f} to {row['high']:.2f}" if not isnan(row["high"]) else f"{row['low']:.2f} or more"
    return (
        f"Contact {verb} {span}, to {row['value']:.2f} of what it was (95 % interval {ends}; each person compared with "
        "themselves); so large a change hardly comes by chance."
    )


def spread_out(found: Measured, numbers: bool) -> str:
    """How evenly contact is spread over people."""
    row = found["effective_number_contacts"]
    if isnan(row["value"]):
        return f"How evenly contact is spread cannot be told: {REASONS[str(row['reason'])]}."
    if not sure(row):
        words = "Contact is spread over people as chance would spread it"
    elif row["value"] < row["chance_mean"]:
        words = "Contact is spread more unevenly than chance would spread it"
    else:
        words = "Contact is spread more evenly than chance would spread it"
    if not numbers:
        return f"{words}."
    long = found["effective_number_minutes"]
    minutes = "" if isnan(long["value"]) else f" By minutes: {long['value']:.1f}, and about {long['chance_mean']:.1f}."
    return (
        f"{words}: as if {row['value']:.1f} of {row['people']} people had all of it, where contact that falls on "
        f"anybody would leave about {row['chance_mean']:.1f}.{minutes}"
    )


def kept_up(found: Measured, numbers: bool) -> str | None:
    """How many months had contact; None where it cannot be told or is as by chance."""
    row = found["months_with_contact"]
    if isnan(row["value"]) or not sure(row):
        return None
    if row["value"] < row["chance_mean"]:
        words = "Contact comes in bursts, with months without between"
    elif row["value"] >= STEADY:
        words = "Contact is kept up from month to month"
    else:
        words = "Contact is spaced out, and still many months are without"
    if not numbers:
        return f"{words}."
    return (
        f"{words}: {percent(row['value'])} of people's months had some; as many contacts, on any day, would reach "
        f"{percent(row['chance_mean'])}."
    )


def by_need(found: Measured) -> str | None:
    """Whether those who need more get more; None where need is not stated."""
    row = found["need_correlation"]
    if isnan(row["value"]):
        return None
    if not sure(row):
        return "Who needs more support gets neither clearly more contact nor clearly less."
    more = "more" if row["value"] > 0 else "less"
    return f"Who needs more support gets {more} contact."


def worth_doing(found: Measured, waiting: bool) -> str | None:
    """One thing to do about it; None where nothing stands out, or may be told."""
    if waiting:
        return (
            "Worth doing: ask whether those without contact have somebody to turn to, and set a date with each, those "
            "who need most first."
        )
    if not found:
        return None
    fell, need, even = (found[name] for name in ("change_contacts", "need_correlation", "effective_number_contacts"))
    if sure(fell) and fell["value"] < 1:
        return "Worth doing: put the visits of the second term into the calendar in autumn, before other things do."
    if sure(need) and need["value"] < 0:
        return "Worth asking: what keeps contact from those who need it most?"
    if sure(even) and even["value"] < even["chance_mean"] and not (sure(need) and need["value"] > 0):
        return "Worth doing: agree on the least contact that everybody gets, and give more where more is needed."
    return None


def passed_on(row: Mapping[str, Any], numbers: bool) -> str:
    """What a facilitator passes on to those they serve, beside others like them."""
    if isnan(row["bridging"]):
        return f"passing on: {WHY[str(row['bridging_reason'])]}"
    share = f"{percent(row['bridging'])} of what could come from offices and partners comes through them alone"
    if isnan(row["p_bridging"]):
        return f"{share}; nobody to compare with" if numbers else "passing on: nobody to compare with"
    band = f" (by chance {percent(row['bridging_05'])} to {percent(row['bridging_95'])})" if numbers else ""
    if row["q_bridging"] > SURE:
        words = "passes on no more to those they serve than to others like them, as far as can be seen"
    elif row["bridging"] > row["bridging_chance"]:
        words = "passes on more to those they serve than to others like them"
    else:
        words = "passes on less to those they serve than to others like them"
    return f"{words}: {share}{band}" if numbers else words


def kept_away(row: Mapping[str, Any], numbers: bool) -> str:
    """Whether fewer demands get to those a facilitator serves than to others like them."""
    if isnan(row["adjusted"]):
        return f"keeping away: {WHY[str(row['buffering_reason'])]}"
    if isnan(row["p_adjusted"]) or row["q_adjusted"] > SURE:
        words = "about as many demands get to those they serve as to others like them, as far as can be seen"
    elif row["adjusted"] > row["adjusted_chance"]:
        words = "fewer demands get to those they serve than to others like them"
    else:
        words = "more demands get to those they serve than to others like them"
    if not numbers:
        return words
    much = round(100 * abs(row["adjusted"]))
    return f"{words}: {much} in 100 {'fewer' if row['adjusted'] > 0 else 'more'}"


def in_short(found: Measured, without: int, people: int, least: int) -> str:
    """One community in a few words, for the first page.

    Args:
        found: its measures; none where they may not be told.
        without: how many have had no contact of late.
        people: of how many.
        least: no smaller number is told.
    """
    enough = people >= max(least, 1)
    parts = [f"{some_of(without, people, least).lower()} without contact of late"] if enough else []
    if found and sure(found["change_contacts"]):
        parts.append("fell in the second term" if found["change_contacts"]["value"] < 1 else "rose in the second term")
    if found and sure(found["need_correlation"]):
        parts.append(
            "more where need is greater" if found["need_correlation"]["value"] > 0 else "less where it is needed"
        )
    return "; ".join(parts) or "nothing to tell"


# Measure → what facilitators do: more than chance, less, neither, and what cannot be told of them.
DOING: Mapping[str, tuple[str, str, str, str]] = {
    "bridging": (
        "pass on more to those they serve than to others like them",
        "pass on less to those they serve than to others like them",
        "pass on clearly more, or clearly less, to those they serve than to others like them",
        "pass things on",
    ),
    "adjusted": (
        "serve people to whom fewer demands get than to others like them",
        "serve people to whom more demands get than to others like them",
        "serve people to whom clearly fewer, or clearly more, demands get than to others like them",
        "keep demands away",
    ),
}


def was_asked(rows: Sequence[Mapping[str, Any]], measure: str) -> bool:
    """Whether anybody was asked about what `bridging` or `adjusted` needs."""
    reason = "bridging_reason" if measure == "bridging" else "buffering_reason"
    return any(row[reason] != "not_asked" for row in rows)


def tie_findings(rows: Sequence[Mapping[str, Any]], least: int) -> tuple[str, ...]:
    """What the facilitators of one wave show together, of passing on and of keeping away.

    Args:
        rows: of the table `facilitators`.
        least: no smaller number is told.
    """
    said = []
    for measure, (more, less, neither, what) in DOING.items():
        if not was_asked(rows, measure):
            continue
        tested = [row for row in rows if not isnan(row[f"p_{measure}"])]
        clear = [row for row in tested if row[f"q_{measure}"] <= SURE]
        up = sum(row[measure] > row[f"{measure}_chance"] for row in clear)
        if not tested:
            said.append(f"Whether facilitators {what} cannot be told: nobody to compare with, or nothing is known.")
        elif not clear:
            said.append(f"No facilitator can be seen to {neither}.")
        for number, words in ((up, more), (len(clear) - up, less)):
            if number:
                who = some_of(number, len(tested), least).replace("Everybody", "All")
                who = "The facilitator" if len(tested) == 1 else f"{who} facilitators"
                said.append(f"{who} can be seen to {words}.")
        if measure == "adjusted" and up < len(clear):
            said.append("Worth asking: which of these demands could be dropped, bundled, or answered for people?")
    return tuple(said)


__all__ = [
    "AMOUNTS",
    "CAUTIONS",
    "by_need",
    "changed",
    "in_short",
    "kept_away",
    "kept_up",
    "of_community",
    "passed_on",
    "some_of",
    "spread_out",
    "sure",
    "tie_findings",
    "was_asked",
    "without_contact",
    "worth_doing",
]
