"""A small study with two topics, past groups and a pair kept apart, to break in one place at a time."""

from __future__ import annotations

from pathlib import Path

STUDY = """
[study]
name = "Groups"
roster = "roster.csv"
groups = ["school"]
audience = "researcher"
suppress_below = 3
[consent]
column = "consent"
default = "full"
[[waves]]
id = "w1"
date = 2021-05-01
responses = "first.csv"
[[waves]]
id = "w2"
date = 2022-05-01
responses = "second.csv"
[[relations]]
id = "feedback"
topic = "giving feedback"
form = "names"
columns = "feedback{n}"
[[relations]]
id = "data"
topic = "using data"
form = "names"
columns = "data{n}"
waves = ["w1"]
[grouping]
across = "school"
past = "past.csv"
apart = "apart.csv"
"""

# In the second wave G has left, H took part for research only, and I was not there in the first.
ROSTER = """actor_id,name,wave,school,role,consent,left
A,Ana,,Cedar,principal,full,
B,Ben,,Cedar,principal,full,
C,Chen,,Elm,principal,full,
D,Dana,,Elm,coach,full,
E,Eva,,Oak,principal,no_named_display,
F,Finn,,Oak,coach,full,
G,Gus,,Ash,coach,full,2022-01-31
H,Hana,,Ash,principal,research_only,
I,Ida,w2,Fir,principal,unknown,
"""

FIRST = """actor_id,feedback1,feedback2,data1,data2
A,Ben,,Ben,Chen
B,Ana,,nobody,
C,Ana,,Ben,
D,Ana,,Ben,Ana
"""

SECOND = """actor_id,feedback1,feedback2
A,Ben,
B,Ana,Chen
C,Ana,
D,Ana,Chen
E,Ana,
H,Dana,Ana
I,nobody,
"""

PAST = """date,group,actor_id
2022-03-14,one,A
2022-03-14,one,B
2022-03-14,one,C
2022-03-14,two,D
2022-03-14,two,Eva
2022-02-07,one,A
2022-02-07,one,B
2022-02-07,two,D
2022-02-07,two,C
"""

APART = """actor_id,other_id
A,D
"""

FILES = {
    "study.toml": STUDY,
    "roster.csv": ROSTER,
    "first.csv": FIRST,
    "second.csv": SECOND,
    "past.csv": PAST,
    "apart.csv": APART,
}


def grouping_study(folder: Path, **changes: str | None) -> Path:
    """Write the study, with whole files replaced, added or (None) left out; `past` means `past.csv`, `toml` its own."""
    folder.mkdir(parents=True, exist_ok=True)
    named = {"study.toml" if name == "toml" else f"{name}.csv": text for name, text in changes.items()}
    for name, content in {**FILES, **named}.items():
        if content is not None:
            (folder / name).write_text(content, encoding="utf-8")
    return folder
