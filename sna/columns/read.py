"""Columns of the tables that hold what was read."""

from __future__ import annotations

from collections.abc import Mapping

from sna.columns.words import ACTOR_ID, ALTER, EGO, EVENT, NETWORK, WAVE, Column, count, share, text_id

TABLES: Mapping[str, tuple[Column, ...]] = {
    "actors": (
        WAVE,
        text_id("actor_id", "The person: the roster's id, trimmed."),
        Column("name", "Display name; the id where the roster has no name.", "text"),
        Column(
            "asked",
            "On the list of people the survey was sent to.",
            "true or false",
            "never; true unless the roster says otherwise",
        ),
        Column(
            "consent",
            "What the person agreed to. People who refused are not in any table.",
            "full, research_only, no_named_display, unknown",
        ),
        Column("joined", "First day of membership.", "ISO date", "open-ended"),
        Column("left", "Last day of membership.", "ISO date", "open-ended"),
    ),
    "ties": (
        *NETWORK,
        EGO,
        ALTER,
        Column(
            "strength",
            "The reported value on the relation's scale; 1 for a tick or a name without a value.",
            "0 or more, on the relation's scale",
            "state is unknown",
        ),
        Column(
            "state",
            "Whether there is a tie: present; absent (reported, but below the value from which the study counts ties); "
            "unknown (this one cell was left empty or refused, or the person was named without the value asked for).",
            "present, absent, unknown",
        ),
    ),
    "answered": (
        *NETWORK,
        ACTOR_ID,
        Column(
            "status",
            'Whether the person answered the question. An answer may be "nobody"; skipped: took the survey, left the '
            "question empty; no_response: asked, and there is no row.",
            "answered, skipped, refused, no_response, not_asked",
        ),
        count(
            "given",
            "Names given, whoever they are: people of other waves, outside the roster, not matched, or below the value "
            "from which a tie counts included; a person's own name is not counted.",
            "status is not answered",
        ),
        count("named", "People named with state present.", "status is not answered"),
        count("named_outside", "People named who are not on the roster.", "status is not answered"),
        count("named_unresolved", "Names that could not be matched to anybody.", "status is not answered"),
        count("cells_unknown", "Single cells left empty by somebody who answered.", "status is not answered"),
    ),
    "events": (
        EVENT,
        Column("date", "The day of the event.", "ISO date"),
        Column("start", "When it began, local time.", "HH:MM", "not stated"),
        Column("minutes", "Scheduled length.", "minutes, above 0", "not stated: shares of time are then null"),
        Column(
            "kind",
            "What kind of event it was.",
            "plenary required, plenary optional, small group, one-to-one, online, or the study's own",
            "not stated",
        ),
        Column("group", "The groups the event is for, ; between several.", "text", "everybody"),
        Column("facilitator", "Who led it, as typed.", "text", "not stated"),
        Column(
            "recorded",
            "At least one attendance row exists; without one, nobody's attendance is known.",
            "true or false",
        ),
    ),
    "attendance": (
        EVENT,
        ACTOR_ID,
        Column("eligible", "A member on that date, and of a group the event is for.", "true or false"),
        Column(
            "status",
            "Whether the person came; unknown: attendance at the event was not recorded.",
            "present, absent, excused, unknown",
        ),
        Column("arrived", "First arrival, local time.", "HH:MM", "not stated"),
        Column("left", "Last leaving, local time.", "HH:MM", "not stated"),
        Column(
            "minutes",
            "Minutes present within the event's hours: overlaps count once, time away does not count; 0 when absent or "
            "excused.",
            "minutes, 0 or more",
            "unknown",
        ),
        share("share", "Minutes present / scheduled minutes, at most 1.", "minutes or length unknown"),
        Column(
            "late",
            "Arrived later after the start than the study allows (`late_after`).",
            "true or false",
            "times not stated, or not present",
        ),
        Column(
            "left_early",
            "Left longer before the end than the study allows (`late_after`).",
            "true or false",
            "times not stated, or not present",
        ),
    ),
    "contacts": (
        Column("date", "The day of the contact.", "ISO date"),
        text_id("who_id", "The person in the log's column `who`, by the roster's id."),
        text_id("whom_id", "The person in the log's column `whom`, by the roster's id."),
        Column("minutes", "How long it was.", "minutes, 0 or more", "not stated"),
        Column("about", "What it was about, as typed.", "text", "not stated"),
    ),
    "outside": (
        *NETWORK,
        EGO,
        text_id(
            "outside_id", "The person named: O1, O2, … in order of appearance, the same in every wave and relation."
        ),
        Column("name", "The name, as typed.", "text"),
    ),
    "problems": (
        Column(
            "severity",
            "How grave it is: left out: a value or row was not used; used: questionable, used as stated.",
            "stops, left out, used, note",
        ),
        Column("file", "The file inside the study folder, and the sheet where study.toml names one.", "text"),
        Column("row", "The line as a spreadsheet numbers it: the header is row 1.", "whole number", "the whole file"),
        Column("column", "The heading, as in the file.", "text", "it does not apply"),
        Column("value", "The cell, as in the file.", "text", "it does not apply"),
        Column("problem", "What is wrong.", "text"),
        Column("remedy", "What was done or what to do.", "text"),
    ),
    "accounting": (
        Column("file", "The file inside the study folder, and the sheet where study.toml names one.", "text"),
        count("rows", "Rows of answers."),
        count("columns", "Headings."),
        count("cells", "All cells below the headings; used + unknown + out_of_scope + rejected."),
        count("used", "Cells that say something that is in the tables; an empty cell that means no, too."),
        count("unknown", "Empty cells that leave something unknown, and answers such as “prefer not to say”."),
        count("out_of_scope", "Cells nobody asked for, such as columns the study does not declare."),
        count("rejected", "Cells that were not used; the table of problems, where there is one, names each."),
    ),
}
