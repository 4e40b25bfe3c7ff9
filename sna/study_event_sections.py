"""The sections of `study.toml` beside the survey itself: attendance, contacts, expertise."""

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
)

EXPERTISE = Section(
    "expertise",
    False,
    "Look at who is named as an expert on what: how far nominations gather on few people, and whether on the same ones "
    "whatever the topic (docs/data-model.md).",
    (
        Key(
            "relations",
            "texts",
            [],
            "The relations that ask the same question about several topics; all that have a `topic` if left out.",
        ),
        Key(
            "within",
            "text",
            "",
            "Roster column whose groups are communities of their own: only nominations within each count. All of the "
            "wave together if left out.",
        ),
        Key(
            "column",
            "text",
            "",
            "Roster column that says whose nominations are counted first, such as `role`: facilitators are named by "
            "design.",
        ),
        Key(
            "nominees",
            "texts",
            [],
            'Its values that count, such as `["principal"]`. Everything is then done twice: for them and for everyone.',
        ),
        Key(
            "draws", "whole", 4999, "How often chance is drawn from; reference sets up to 20,000 are listed.", least=99
        ),
    ),
)
