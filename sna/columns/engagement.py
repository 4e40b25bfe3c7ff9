"""The columns of the tables about engagement."""

from __future__ import annotations

from collections.abc import Mapping

from sna.columns.words import ACTOR_ID, EVENT, GIVEN, REASONED, Column, count, share, text_id

P = "share, 0–1; never 0 when drawn"
MINUTES = "minutes, 0 or more"
YES_NO = "true or false"
NOTHING_KNOWN = "not known of any event they came to"
COMMUNITY = Column("community", "The people, or the events, that are looked at together.", "text", "everybody")
OWN = Column("community", "The person's community.", "text", "not stated, or communities are groups of events")
PART = Column("part", "Who of them.", "everyone, core, broader team")
OWN_PART = Column("part", "Whether the person is of the core group.", "core, broader team", "study.toml names no core")
REASON = Column("reason", "Why there is no value.", "a reason code", GIVEN)


# As read: what the files of [[activities]] and [[homework]] hold.
READ: Mapping[str, tuple[Column, ...]] = {
    "activities": (
        EVENT,
        Column("minutes", "How long the stretch of time took.", MINUTES, "not stated"),
        Column("activity", "What people did.", "text", "not stated"),
        Column("practice", "How it was facilitated.", "text", "none of them, or not stated"),
        Column(
            "led_by",
            "Who led or presented it: ids, and names as typed of people outside the roster, ; between several.",
            "text",
            "not stated, or only people who refused consent",
        ),
        Column("how", "Whether they were asked to or offered.", "assigned, volunteered", "not stated"),
    ),
    "homework": (
        EVENT,
        ACTOR_ID,
        Column("brought", "Whether they brought what they had been asked for.", YES_NO, "nobody looked"),
    ),
}

TABLES: Mapping[str, tuple[Column, ...]] = {
    "attendance_trends": (
        ACTOR_ID,
        OWN,
        OWN_PART,
        count("events", "Recorded events the person could have come to."),
        count("attended", "Those they came to."),
        count("excused", "Those they were excused from."),
        count("unexcused", "Those they missed without being excused."),
        share("dosage", "Of the minutes they could have attended, those they did attend.", "no length is stated"),
        count("arrivals_known", "Attended events at which the start and their arrival are known."),
        share("late_rate", "At what part of these they came late.", NOTHING_KNOWN),
        Column(
            "minutes_late", "Minutes after the start, on average over these (0 when on time).", MINUTES, NOTHING_KNOWN
        ),
        count("leavings_known", "Attended events at which the end and their leaving are known."),
        share("early_rate", "From what part of these they left early.", NOTHING_KNOWN),
        Column("minutes_early", "Minutes before the end, on average over these.", MINUTES, NOTHING_KNOWN),
        count("in_person_events", "Of `events` those of a stated kind other than online."),
        share("in_person_rate", "At what part of these they were.", "there were none"),
        count("online_events", "Of `events` those of the kind online."),
        share("online_rate", "At what part of these they were.", "there were none"),
        count("shares_known", "Events of which it is known what share of the time they were there (0 when absent)."),
        share("first_half", "That share, on average over the first half of these events.", "fewer than two"),
        share("second_half", "The same over the second half.", "fewer than two"),
        Column(
            "slope", "How much that share typically changes from one event to the next (Theil–Sen).", "−1 – 1", REASONED
        ),
        Column("tau", "1 the share always rises, −1 it always falls (Kendall's τ_b).", "−1 – 1", REASONED),
        Column("p", "How likely so steady a rise or fall is if events came in any order (Mann–Kendall).", P, REASONED),
        Column("q", "p corrected for how many people were looked at (Benjamini–Hochberg).", "share, 0–1", REASONED),
        Column(
            "fading",
            "Comes less and less: p at most .05, and a tenth of the time less in the second half. A reason to ask "
            "whether support is needed, no judgement; up to one in forty whose attendance does not change is flagged.",
            YES_NO,
            "too few events",
        ),
        Column("reason", "Why there is no trend.", "a reason code", "there is one"),
    ),
    "community_attendance": (
        COMMUNITY,
        PART,
        EVENT,
        Column("date", "Its day.", "date"),
        Column("joint", "It was for several groups; it counts for each of them.", YES_NO),
        count("could", "People who could have come and of whom it is known whether they did; guests do not count."),
        count("came", "Those who came."),
        share("share", "came / could"),
        share("minutes_share", "Minutes they were there / minutes they could have been there.", "no length is stated"),
        count("arrivals_known", "Of those who came, people whose arrival is known."),
        count("late", "Those of them who came late."),
        count("leavings_known", "Of those who came, people whose leaving is known."),
        count("left_early", "Those of them who left early."),
        count("left_hour_early", "Those of them who left a full hour early, or more."),
        count("minutes_known", "Of those who came, people of whom it is known how long they were there."),
        count("hour_missed", "Those of them who missed a full hour, or more, at either end or in between."),
        count("excused", "People who were excused."),
    ),
    "community_trends": (
        COMMUNITY,
        PART,
        count("people", "People who could have come to a recorded event."),
        count("events", "Recorded events they could have come to."),
        share("share", "Of all the times somebody could have come, those they did."),
        share("start", "The share who came to the first event, by a logistic line through all.", "too few events"),
        share("end", "The share who came to the last one, by the same line.", "too few events"),
        Column(
            "p",
            "How likely so much change is if nobody's attendance depended on time: signs of people's own trends "
            "drawn (people are the units).",
            P,
            REASONED,
        ),
        Column("smallest_p", "The smallest p so few people can give.", P, REASONED),
        Column("tau", "1 the share always rises from event to event, −1 it always falls.", "−1 – 1", "no two differ"),
        Column(
            "p_meetings",
            "How likely so steady a change is if the events came in any order (Mann–Kendall; events are the units).",
            P,
            "no two shares differ",
        ),
        Column(
            "q",
            "The larger of p and p_meetings, corrected for how many communities are looked at (Benjamini–Hochberg).",
            "share, 0–1",
            REASONED,
        ),
        Column(
            "trend",
            "falling or rising only where q is at most .05.",
            "falling, rising, as by chance",
            REASONED,
        ),
        REASON,
    ),
    "core_and_broader": (
        COMMUNITY,
        count("core_people", "People of the core group who could have come to a recorded event."),
        share("core_share", "The share of their events they came to, on average over people.", "nobody is of it"),
        count("broader_people", "The same of all others."),
        share("broader_share", "The share of their events they came to, on average over people.", "nobody is of it"),
        Column("difference", "core_share − broader_share", "−1 – 1", REASONED),
        Column("p", "How likely so large a difference is if others were the core group.", P, REASONED),
        REASON,
    ),
    "retention": (
        ACTOR_ID,
        count("last_events", "The last recorded events they could have come to, as many as study.toml says at most."),
        count("last_attended", "Those they came to."),
        count("last_excused", "Those they were excused from."),
        Column("came_lately", "They came to at least one of them.", YES_NO),
        Column("left", "When they left, as the roster says.", "date", "open-ended"),
        Column("stayed", "They came to at least one of them and had not left before the last event.", YES_NO),
    ),
    "survival": (
        COMMUNITY,
        count("days", "Days since the first event a person could have come to.", REASONED),
        count("at_risk", "People there until that day.", REASONED),
        count("left", "People who left on it.", REASONED),
        share("share", "The share still there after it (Kaplan–Meier).", REASONED),
        share("low", "Lower end of its 95 % interval.", "nobody has left yet, or nobody is there"),
        share("high", "Upper end of it.", "nobody has left yet, or nobody is there"),
        REASON,
    ),
    "session_time": (
        COMMUNITY,
        Column("sort", "What the time is sorted by.", "activity, practice"),
        Column("label", "The activity or practice.", "text", "none was noted"),
        Column("minutes", "Minutes at all their events; joint ones count for each community.", MINUTES),
        share("share", "Of the minutes that were coded."),
        count("stretches", "Stretches of time."),
        count("events", "Events at which there was any."),
    ),
    "session_coding": (
        COMMUNITY,
        count("events", "Events somebody could have come to, up to the last one of which anything is known."),
        count("coded_events", "Those of which something was coded."),
        Column("scheduled_minutes", "Length of all of them, where stated.", MINUTES),
        Column("coded_minutes", "Minutes that were coded.", MINUTES),
        share("share", "Coded minutes / scheduled minutes, each event at most once over.", "no length is stated"),
    ),
    "led": (
        COMMUNITY,
        ACTOR_ID,
        OWN_PART,
        count("could", "Sessions at which they were, of those that somebody of the community is noted to have led."),
        count("sessions", "Those at which they led something."),
        share("share", "sessions / could"),
        count("assigned", "Sessions at which they led something they were asked to lead."),
        count("volunteered", "Sessions at which they led something they offered to lead."),
        count("stretches", "Stretches of time they led, alone or with others."),
        Column("minutes", "Their minutes.", MINUTES),
    ),
    "leading": (
        COMMUNITY,
        PART,
        Column("how", "Which turns are counted.", "all, assigned, volunteered"),
        Column(
            "measure",
            "Which measure of concentration, of sessions led per person.",
            "gini, hhi, effective_number, theil",
        ),
        Column("value", "How far leading gathers on few people.", "as the measure", REASONED),
        Column(
            "chance_mean",
            "What it would be on average if, at each session, any of those who were there might have led.",
            "as the measure",
            REASONED,
        ),
        Column("chance_05", "What one draw in twenty stays below.", "as the measure", REASONED),
        Column("chance_95", "What one draw in twenty exceeds.", "as the measure", REASONED),
        Column("p", "How likely leading so concentrated is by chance.", P, REASONED),
        Column("p_even", "How likely leading so evenly spread is by chance.", P, REASONED),
        Column("q", "p corrected for how many communities are looked at (Benjamini–Hochberg).", "share, 0–1", REASONED),
        Column("q_even", "p_even corrected in the same way.", "share, 0–1", REASONED),
        count("sessions", "Sessions that somebody of them is noted to have led."),
        count("turns", "Turns: a person who led something at a session."),
        count("people", "People who were at one of these sessions."),
        count("leaders", "Those who led at any."),
        Column(
            "label",
            "What the Gini beside chance says: q, else q_even, at most .05.",
            "the same few, in turn, as by chance, undetermined",
            REASONED,
        ),
        REASON,
    ),
    "homework_brought": (
        COMMUNITY,
        text_id("event_id", "The event to which people were asked to bring something."),
        count("asked", "People listed."),
        count("known", "Those of whom it is known."),
        count("brought", "Those who brought it."),
        share("share", "brought / known", "it is known of nobody"),
    ),
}
