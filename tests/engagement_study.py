"""A made-up study of two communities in which every number about engagement can be worked out by hand."""

from __future__ import annotations

from pathlib import Path

STUDY = """
[study]
name = "Two communities"
roster = "roster.csv"
groups = ["community"]
suppress_below = 3
[consent]
column = "consent"
default = "full"
[[waves]]
id = "w1"
label = "Wave 1"
[[attendance]]
file = "attendance.csv"
events = "events.csv"
group = "community"
[[activities]]
file = "activities.csv"
[[homework]]
file = "homework.csv"
[engagement]
within = "community"
column = "role"
core = ["principal"]
last = 2
draws = 199
"""
PEOPLE = {"A": ("A1", "A2", "A3", "A4"), "B": ("B1", "B2", "B3", "B4")}
NAMES = {
    "A1": "Ana Lopez",
    "A2": "Jon Smith",
    "A3": "Chen Wei",
    "A4": "Dana Novak",
    "B1": "Eva Lind",
    "B2": "Femi Ade",
    "B3": "Gül Aksoy",
    "B4": "Hal Moss",
}
# B4 joined in February, A4 left in April.
ROSTER = "actor_id,name,community,role,joined,left,consent\n" + "".join(
    f"{who},{NAMES[who]},{name},{'principal' if who[1] in '12' else 'teacher'},"
    f"{'2022-02-01' if who == 'B4' else ''},{'2022-04-15' if who == 'A4' else ''},full\n"
    for name, people in PEOPLE.items()
    for who in people
)
# Nobody's attendance was recorded at e9.
EVENTS = """event_id,date,start,minutes,kind,group
e1,2022-01-10,16:00,60,plenary,A;B
e2,2022-01-20,16:00,120,plenary,A
e3,2022-01-25,16:00,120,plenary,B
e4,2022-02-10,16:00,60,online,A;B
e5,2022-03-10,16:00,120,plenary,A
e6,2022-03-11,16:00,120,plenary,B
e7,2022-04-10,16:00,60,plenary,A;B
e8,2022-05-10,16:00,60,plenary,A;B
e9,2022-06-10,16:00,60,plenary,A;B
"""
# A1 comes late to e2 and leaves e5 early; A2 is excused from e4; A3 stops coming after e2; all others always come.
ATTENDANCE = """actor_id,event_id,arrived,left,status
A1,e1,16:00,17:00,
A1,e2,16:30,18:00,
A1,e4,16:00,17:00,
A1,e5,16:00,17:00,
A1,e7,16:00,17:00,
A1,e8,16:00,17:00,
A2,e1,16:00,17:00,
A2,e2,16:00,18:00,
A2,e4,,,excused
A2,e5,16:00,18:00,
A2,e7,16:00,17:00,
A2,e8,16:00,17:00,
A3,e1,16:00,17:00,
A3,e2,16:00,18:00,
A4,e1,16:00,17:00,
A4,e2,16:00,18:00,
A4,e4,16:00,17:00,
A4,e5,16:00,18:00,
A4,e7,16:00,17:00,
B1,e1,16:00,17:00,
B1,e3,16:00,18:00,
B1,e4,16:00,17:00,
B1,e6,16:00,18:00,
B1,e7,16:00,17:00,
B1,e8,16:00,17:00,
B2,e1,16:00,17:00,
B2,e3,16:00,18:00,
B2,e4,16:00,17:00,
B2,e6,16:00,18:00,
B2,e7,16:00,17:00,
B2,e8,16:00,17:00,
B3,e1,16:00,17:00,
B3,e3,16:00,18:00,
B3,e4,16:00,17:00,
B3,e6,16:00,18:00,
B3,e7,16:00,17:00,
B3,e8,16:00,17:00,
B4,e4,16:00,17:00,
B4,e6,16:00,18:00,
B4,e7,16:00,17:00,
B4,e8,16:00,17:00,
"""
ACTIVITIES = """event_id,minutes,activity,practice,led_by,how
e1,30,joint work,tools,A1;B1,volunteered
e1,15,announcements,,B1,assigned
e2,60,joint work,modelling,A1,volunteered
e2,30,announcements,,,
e5,90,announcements,,A1;A2,assigned
e6,60,joint work,tools,B2,volunteered
"""
HOMEWORK = """actor_id,event_id,brought
A1,e1,yes
A2,e1,no
A3,e1,
B1,e1,yes
B2,e6,no
B3,e6,yes
"""
FILES = {
    "study.toml": STUDY,
    "roster.csv": ROSTER,
    "events.csv": EVENTS,
    "attendance.csv": ATTENDANCE,
    "activities.csv": ACTIVITIES,
    "homework.csv": HOMEWORK,
}


def engagement_study(folder: Path, **changes: str | None) -> Path:
    """Write the study, with files replaced or (None) left out; `roster` means `roster.csv`, `toml` study.toml."""
    folder.mkdir(parents=True, exist_ok=True)
    named = {"study.toml" if name == "toml" else f"{name}.csv": text for name, text in changes.items()}
    for name, text in {**FILES, **named}.items():
        if text is not None:
            (folder / name).write_text(text, encoding="utf-8")
    return folder
