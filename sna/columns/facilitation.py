"""The columns of the tables about facilitators and the contact log."""

from __future__ import annotations

from collections.abc import Mapping

from sna.columns.words import ACTOR_ID, WAVE, Column, count, share, text_id

SERVED = "nothing was logged of any of their facilitators"
UNDEFINED = "undefined: the column bridging_reason says why"
UNKNOWN = "undefined: the column buffering_reason says why"
ALONE = "undefined, or nobody to compare with"
NOT_THERE = "the person or the facilitator was not there in the month, or nothing was logged of the facilitator"
COMMUNITY = Column(
    "community",
    "The people whom a facilitator serves: a group of the roster.",
    "text",
    "everybody is served, or the facilitator's group is not stated",
)
FACILITATOR = text_id("facilitator_id", "The facilitator, by the roster's id.")
VERDICT = "Whether the answers support this: given, given with a warning, or not given."
VERDICTS = "allowed, flagged, withheld"
LIKE = "Members are shuffled with people of the same stratum whom the facilitator does not serve."
P = "share, 0–1; never 0 when drawn"
AS_MEASURE = "as the measure"

TABLES: Mapping[str, tuple[Column, ...]] = {
    "facilitators": (
        WAVE,
        COMMUNITY,
        FACILITATOR,
        count("members", "People whom the facilitator serves; several may serve the same."),
        count("comparison", "People of the strata of members whom the facilitator does not serve."),
        count("sources", "Offices and partners from which things come."),
        count("sources_reached", "Sources that are known to give the facilitator resources.", UNDEFINED),
        share(
            "bridging",
            "Of the pairs of such a source and a member, the share in which resources come through the facilitator and "
            "not directly. A proposal of this project.",
            UNDEFINED,
        ),
        share("bridging_chance", f"Its mean by chance. {LIKE}", ALONE),
        share("bridging_05", "What chance stays below once in twenty times.", ALONE),
        share("bridging_95", "What chance exceeds once in twenty times.", ALONE),
        Column("p_bridging", "How likely so high or so low a share is by chance (both tails).", P, ALONE),
        Column("q_bridging", "p_bridging, corrected for the number of facilitators in the wave.", "share, 0–1", ALONE),
        share("bridging_shared", "As bridging, each pair shared among all who stand between.", UNDEFINED),
        Column("p_shared", "How likely so high or so low a bridging_shared is by chance (both tails).", P, ALONE),
        Column("bridging_verdict", VERDICT, VERDICTS, "not asked"),
        Column("bridging_reason", "Why there is no bridging.", "a reason code", "there is a value"),
        count("sources_demanding", "Sources that are known to demand something of the facilitator.", UNKNOWN),
        share(
            "buffering", "Of the demands that come to the facilitator, the share that does not get to members.", UNKNOWN
        ),
        Column(
            "adjusted",
            "How much less members are exposed to these demands than the people they are compared with. A proposal of "
            "this project.",
            "−1 … 1; above 0, members are less exposed",
            UNKNOWN,
        ),
        Column("adjusted_chance", f"Its mean by chance. {LIKE}", "−1 … 1", ALONE),
        Column("adjusted_05", "What chance stays below once in twenty times.", "−1 … 1", ALONE),
        Column("adjusted_95", "What chance exceeds once in twenty times.", "−1 … 1", ALONE),
        Column("p_adjusted", "How likely so high or so low a value is by chance (both tails).", P, ALONE),
        Column("q_adjusted", "p_adjusted, corrected for the number of facilitators in the wave.", "share, 0–1", ALONE),
        Column("buffering_verdict", VERDICT, VERDICTS, "not asked"),
        Column("buffering_reason", "Why there is no adjusted buffering.", "a reason code", "there is a value"),
    ),
    "contact_months": (
        COMMUNITY,
        FACILITATOR,
        ACTOR_ID,
        Column("month", "A month of the log.", "year and month, such as 2023-09"),
        count("days", "Days of the month on which contact would be known: both were there, and the log covers them."),
        count("contacts", "Contacts of the two that were logged, by whichever of them.", NOT_THERE),
        Column(
            "minutes",
            "Their minutes, of those that state them.",
            "minutes, 0 or more",
            f"{NOT_THERE}; or no contact states any",
        ),
        count("without_minutes", "Contacts that state no minutes.", NOT_THERE),
    ),
    "contact_people": (
        COMMUNITY,
        ACTOR_ID,
        count("facilitators", "Facilitators who serve this person; contact with any of them counts."),
        count("logging", "Of these, how many of whom anything was logged."),
        Column("weeks", "Weeks in which contact would be known.", "weeks, above 0", SERVED),
        count("contacts", "Contacts that were logged.", SERVED),
        Column("minutes", "Their minutes, of those that state them.", "minutes", f"{SERVED}; or no contact states any"),
        count("without_minutes", "Contacts that state no minutes.", SERVED),
        Column("first", "Day of the first contact.", "date, ISO", "no contact"),
        Column("last", "Day of the last contact.", "date, ISO", "no contact"),
        Column(
            "weeks_since_last",
            "Weeks from the last contact to the end of the log.",
            "weeks, 0 or more",
            "no contact, or no longer there",
        ),
        Column(
            "no_contact",
            "No contact for as many weeks as study.toml says, to the end of the log.",
            "true or false",
            f"no longer there at the end of the log; or {SERVED}",
        ),
        Column("first_weeks", "Weeks in the first term in which contact would be known.", "weeks", SERVED),
        Column("second_weeks", "The same in the second term.", "weeks", SERVED),
        count("first_contacts", "Contacts in the first term.", "not there in that term"),
        count("second_contacts", "Contacts in the second term.", "not there in that term"),
        Column("first_minutes", "Their minutes in the first term.", "minutes", "not there, or none stated"),
        Column("second_minutes", "Their minutes in the second term.", "minutes", "not there, or none stated"),
        Column(
            "longest_gap",
            "The longest time without contact, from the first day on which it would be known to the last.",
            "weeks, 0 or more",
            SERVED,
        ),
        Column("need", "How much support the person needs, by the roster.", "a number, 0 or more", "not stated"),
        Column("reason", "Why there are no numbers.", "a reason code", "there are"),
    ),
    "contact_spread": (
        COMMUNITY,
        text_id("facilitator_id", "The facilitator.", "all facilitators of the community together"),
        Column(
            "measure",
            "Contacts of a person in a month, in all, and by term of people who were there in both; change: contact in "
            "the second term for each in the first, in as many weeks (Mantel–Haenszel, each person with themselves); "
            "concentration over people; the share of people's months with contact; the coefficient of variation over "
            "months; rank correlation of contact with need (Spearman).",
            "contacts_per_month, first_term_per_month, second_term_per_month, change_contacts, change_minutes, gini_…, "
            "hhi_…, effective_number_…, months_with_contact, variation_by_month, need_correlation",
        ),
        Column("value", "The measure.", AS_MEASURE, "undefined: the column `reason` says why"),
        Column(
            "chance_mean",
            "Its mean by chance: each contact falls on anybody there that day (concentration), on any day (months), or "
            "need is shuffled.",
            AS_MEASURE,
            "undefined, or there is no test",
        ),
        Column("chance_05", "What chance stays below once in twenty times.", AS_MEASURE, "as chance_mean"),
        Column("chance_95", "What chance exceeds once in twenty times.", AS_MEASURE, "as chance_mean"),
        Column(
            "p",
            "How likely a value so far from chance is, to either side; of change: when each person's change could be "
            "turned round.",
            P,
            "undefined, or there is no test",
        ),
        Column(
            "q",
            "p, corrected for the number of communities (or of facilitators) of which the same is asked.",
            "share, 0–1",
            "undefined, or there is no test",
        ),
        Column(
            "low",
            "Lower end of the 95 % interval of a change: what the test does not reject.",
            "0 or more",
            "no change",
        ),
        Column("high", "Upper end of it.", "0 or more", "no change, or too few people to rule anything out"),
        count("people", "Members of whom contact would be known."),
        count("contacts", "Contacts that are counted."),
        Column("reason", "Why there is no value.", "a reason code", "there is a value"),
    ),
    "contact_log": (
        Column("since", "First day of the log.", "date, ISO"),
        Column("second_term", "First day of the second term.", "date, ISO"),
        Column("until", "Last day of the log.", "date, ISO"),
        Column(
            "what",
            "What became of contacts: counted; logged by both and counted once; outside the days of the log; between "
            "two facilitators; of a facilitator with somebody they do not serve; between others; on a day on which "
            "either was not there.",
            "counted, logged_twice, outside_period, between_facilitators, other_people, between_others, not_there",
        ),
        count("contacts", "How many."),
    ),
}
