"""A small sound study to break in one place at a time."""

from __future__ import annotations

from pathlib import Path

STUDY = """
[study]
name = "Small"
roster = "roster.csv"
groups = ["role", "school"]
audience = "researcher"
[consent]
column = "consent"
default = "full"
[[waves]]
id = "w1"
label = "Wave 1"
date = 2022-05-01
responses = "responses.csv"
[[relations]]
id = "advice"
label = "Goes to for advice"
form = "roster"
columns = "advice_{actor_id}"
scale = { 0 = "never", 1 = "sometimes", 2 = "often" }
present_from = 2
[[relations]]
id = "help"
form = "names"
columns = "help_name{n}"
cap = 2
[[attendance]]
file = "attendance.csv"
events = "events.csv"
"""

ROSTER = """actor_id,name,role,school,consent
P1,Ana Lopez,principal,Lincoln,full
P2,Jon Smith,principal,Cedar,full
P3,Chen Wei,teacher,Lincoln,full
P4,Dana Novak,teacher,Cedar,
"""

RESPONSES = """actor_id,advice_P1,advice_P2,advice_P3,advice_P4,help_name1,help_name2
P1,,2,0,1,Jon Smith,
P2,2,,,0,Ana Lopez,Chen Wei
P3,often,0,,2,nobody,
"""

EVENTS = """event_id,date,start,minutes
e1,2022-01-10,16:00,120
e2,2022-02-10,16:00,60
"""

ATTENDANCE = """actor_id,event_id,arrived,left
P1,e1,16:00,18:00
P2,e1,16:20,17:30
P3,e2,16:00,17:00
"""

FILES = {
    "study.toml": STUDY,
    "roster.csv": ROSTER,
    "responses.csv": RESPONSES,
    "events.csv": EVENTS,
    "attendance.csv": ATTENDANCE,
}


def small_study(folder: Path, **changes: str | bytes | None) -> Path:
    """Write the study, with whole files replaced, added or (None) left out; `responses` means `responses.csv`."""
    folder.mkdir(parents=True, exist_ok=True)
    named = {name if "." in name else f"{name}.csv": text for name, text in changes.items() if name != "toml"}
    if "toml" in changes:
        named["study.toml"] = changes["toml"]
    for name, content in {**FILES, **named}.items():
        if content is not None:
            (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def changed(text: str, old: str, new: str) -> str:
    """`text` with one passage replaced; the passage must stand there exactly once."""
    assert text.count(old) == 1, old
    return text.replace(old, new)
