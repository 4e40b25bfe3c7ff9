"""A small sound study with facilitators: two networks of principals, three facilitators, two offices, a contact log."""

from __future__ import annotations

from pathlib import Path

STUDY = """
[study]
name = "Facilitated"
roster = "roster.csv"
groups = ["role", "network"]
audience = "researcher"
[consent]
column = "consent"
default = "full"
[[waves]]
id = "w1"
label = "Spring"
date = 2024-05-01
responses = "responses.csv"
[[relations]]
id = "resources"
label = "gets resources from"
form = "names"
columns = "res{n}"
cap = 9
flow = "against"
nobody = ["nobody"]
[[relations]]
id = "demands"
label = "gets demands from"
form = "names"
columns = "dem{n}"
cap = 9
flow = "against"
nobody = ["nobody"]
[[contacts]]
file = "contacts.csv"
"""
SECTION = """
[facilitation]
column = "role"
facilitators = ["facilitator"]
within = "network"
sources = ["office"]
strata = "level"
resources = "resources"
demands = "demands"
need = "need"
weeks = 6
since = 2023-09-01
second_term = 2024-01-01
until = 2024-04-30
draws = 499
"""
# id, role, network, level, need, consent, joined, left
ROSTER = """actor_id,name,role,network,level,need,consent,joined,left
F1,Fay One,facilitator,North,,,full,,
F2,Fay Two,facilitator,North,,,full,,
F3,Fay Three,facilitator,South,,,full,,
S1,Office One,office,,,,full,,
S2,Office Two,office,,,,full,,
N1,Ned One,principal,North,high,1,full,,
N2,Ned Two,principal,North,high,2,full,,
N3,Ned Three,principal,North,low,3,full,,
N4,Ned Four,principal,North,low,4,full,,
N5,Ned Five,principal,North,low,5,no_named_display,,
N6,Ned Six,principal,North,low,,full,2024-01-15,
M1,Mia One,principal,South,high,5,full,,
M2,Mia Two,principal,South,high,4,full,,
M3,Mia Three,principal,South,low,3,full,,
M4,Mia Four,principal,South,low,2,full,,
M5,Mia Five,principal,South,low,1,full,,2023-12-15
M6,Mia Six,principal,South,low,many,full,,
"""
RESPONSES = """actor_id,res1,res2,dem1,dem2
F1,Office One,Office Two,Office One,Office Two
F2,Office One,,Office One,
F3,Office Two,,Office Two,
N1,Fay One,,nobody,
N2,Fay One,,nobody,
N3,Fay One,,nobody,
N4,Fay One,Office One,Office One,
N5,Fay Two,,nobody,
N6,Fay One,,nobody,
M1,nobody,,Office One,Fay Three
M2,nobody,,Office One,Office Two
M3,nobody,,Office One,Office Two
M4,Fay Three,,Office One,
M6,nobody,,Office Two,Fay Three
"""
CONTACTS = """date,who,whom,minutes,about
2023-09-05,F1,N1,30,a
2023-09-05,N1,F1,30,the same from the other side
2023-09-05,F1,N1,45,a second one that day
2023-10-02,F2,N1,,no minutes
2023-10-20,F1,N2,60,a
2023-11-03,N2,F2,20,logged by the member
2024-02-05,F1,N2,30,a
2024-04-20,F1,N3,30,a
2023-12-01,F1,N6,30,before joining
2024-02-01,F1,N6,30,a
2023-08-30,F1,N1,30,before the log
2024-05-02,F1,N1,30,after the log
2023-10-10,F1,M1,30,other network
2023-10-11,F1,F2,30,among themselves
2023-10-12,N1,N2,30,among others
2023-10-13,N1,S1,30,with an office
2023-10-14,F2,S1,30,with an office
2023-10-16,M1,M2,30,among others
"""
FILES = {
    "study.toml": STUDY + SECTION,
    "roster.csv": ROSTER,
    "responses.csv": RESPONSES,
    "contacts.csv": CONTACTS,
}


def facilitated_study(folder: Path, **changes: str) -> Path:
    """Write the study, with whole files replaced; `contacts` means `contacts.csv`, `toml` `study.toml`."""
    folder.mkdir(parents=True, exist_ok=True)
    named = {"study.toml" if name == "toml" else f"{name}.csv": text for name, text in changes.items()}
    for name, content in {**FILES, **named}.items():
        (folder / name).write_text(content, encoding="utf-8")
    return folder


def swap(text: str, old: str, new: str) -> str:
    """`text` with one passage replaced; the passage must stand there exactly once."""
    assert text.count(old) == 1, old
    return text.replace(old, new)
