"""The sections of `study.toml` about events: attendance, contacts, what was done, homework."""

from __future__ import annotations

from sna.study_keys import REQUIRED, Key, Section
from sna.terms import ATTENDANCE_FORMATS

SHEET = "The sheet of a workbook to read; the first visible one if left out."

EVENT_SECTIONS: tuple[Section, ...] = (
    Section(
        "attendance",
        True,
        "Who came to what.",
        (
            Key(
                "file",
                "text",
                REQUIRED,
                "Sign-in list, grid or report of the meeting software. With `{event_id}` in it, one file per event; "
                "with `*`, every file that fits: reports are then matched to the events by their date.",
                path=True,
                many=True,
            ),
            Key(
                "format",
                "text",
                "",
                "The software that exported it (docs/guides/exports.md). If left out, it is recognised by its "
                "headings; `plain` is a table of your own.",
                choices=ATTENDANCE_FORMATS,
            ),
            Key("sheet", "text", "", SHEET),
            Key(
                "events",
                "text",
                REQUIRED,
                "File with `event_id`, `date`, and if known `start`, `minutes`, `kind`, `group`, `facilitator`, and "
                "`meeting_id`, the number by which the meeting software knows it. Or a calendar: what Outlook exports "
                "as CSV, or Google Calendar's CSV layout.",
                path=True,
            ),
            Key(
                "form",
                "text",
                "long",
                "`long`: one row per person and event with `arrived` and `left`, or `minutes`, or `status`. `grid`: "
                "one row per person, one column per event, headed by its id or its date. Reports of meeting software "
                "need neither.",
                choices=("long", "grid"),
            ),
            Key("actor", "text", "actor_id", "Column with the person."),
            Key("event", "text", "event_id", "Column with the event (long, unless there is one file per event)."),
            Key("arrived", "text", "arrived", "Column with the time of arrival (long)."),
            Key("left", "text", "left", "Column with the time of leaving (long)."),
            Key("minutes", "text", "minutes", "Column with the minutes of presence (long)."),
            Key("wave", "text", "", "The wave whose members could come; members of any wave if left out."),
            Key("group", "text", "", "Roster column to which the events' `group` refers; all may come if left out."),
            Key(
                "status",
                "table",
                {},
                'What the marks mean: `P = "present"`, `A = "absent"`, `E = "excused"`. Usual marks are known. '
                '`"" = "present"`: whoever is on the list came; in a grid, whoever has no mark where others have one.',
            ),
            Key("late_after", "number", 10, "Minutes after the start from which an arrival is late."),
            Key(
                "time_zone",
                "text",
                "",
                "The zone of the times in a report of meeting software, such as `America/Chicago`, when it is not that "
                "of the events. If left out, they are taken for local times.",
            ),
            Key("local_zone", "text", "", "The zone of the events, where `time_zone` or a report in UTC needs it."),
        ),
    ),
    Section(
        "contacts",
        True,
        "A log of one-to-one contacts.",
        (
            Key("file", "text", REQUIRED, "One row per contact.", path=True),
            Key("date", "text", "date", "Column with the date."),
            Key("who", "text", "who", "Column with the person who made or logged the contact."),
            Key("whom", "text", "whom", "Column with the other person."),
            Key("minutes", "text", "minutes", "Column with its length in minutes."),
            Key("about", "text", "about", "Column with what it was about."),
        ),
    ),
    Section(
        "activities",
        True,
        "What was done at each event, as coded by an observer.",
        (
            Key("file", "text", REQUIRED, "One row per stretch of time.", path=True),
            Key("event", "text", "event_id", "Column with the event."),
            Key("minutes", "text", "minutes", "Column with how long it took, in minutes."),
            Key("activity", "text", "activity", "Column with what people did."),
            Key("practice", "text", "practice", "Column with how it was facilitated: modelling, joint work, tools, …"),
            Key("led_by", "text", "led_by", "Column with who led or presented it; several are separated by `;`."),
            Key("how", "text", "how", "Column that says whether they were `assigned` or `volunteered`."),
        ),
    ),
    Section(
        "homework",
        True,
        "Who brought to an event what they had been asked for.",
        (
            Key("file", "text", REQUIRED, "One row per person and event.", path=True),
            Key("actor", "text", "actor_id", "Column with the person."),
            Key("event", "text", "event_id", "Column with the event."),
            Key("brought", "text", "brought", "Column with `yes`, `no`, or nothing where nobody looked."),
        ),
    ),
)
