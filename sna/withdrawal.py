"""When somebody withdraws: what their leaving changes, and every place of the files to edit by hand."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from sna.errors import Problem, StudyError
from sna.networks import build_networks
from sna.response import response_block
from sna.study_file import load_study
from sna.tables import load_tables
from sna.tables.places import places_of
from sna.tables.problems import Problems
from sna.tables.read import read_content

COMPARED = ["people", "asked", "respondents", "rate", "ties"]


@dataclass(frozen=True, eq=False)
class Forgetting:
    """What `forget` found. Nothing was written.

    Attributes:
        actor_id: the person.
        name: their name on the roster.
        changes: one row per wave and relation: `people`, `asked`, `respondents`, `rate`, `ties`, each as it is now
            (`…_now`) and without the person (`…_then`).
        places: `file`, `row`, `column`, `value`, `what_to_do`: every cell and heading that speaks of them.
    """

    actor_id: str
    name: str
    changes: pd.DataFrame
    places: pd.DataFrame


def forget(path: str | Path, actor: str) -> Forgetting:
    """Say what a person's withdrawal changes, and where their data stand. Writes nothing: a person edits the files.

    Until that is done, `refused` as their state of consent in the roster keeps them out of every table and page.

    Args:
        path: the study folder, or its study.toml.
        actor: the person's id or name.

    Raises:
        StudyError: the study has faults that stop it, or nobody on the roster is meant.
    """
    study, found = load_study(path)
    if study is None:
        raise StudyError(found)
    problems = Problems(found)
    content = read_content(study, problems)
    tables, everything = load_tables(study, found)
    if content is None or tables is None:
        raise StudyError([p for p in everything if p.severity == "stops"])
    people = content.roster.people
    actor_id = people.find(actor).actor_id
    if actor_id is None:
        remedy = f"Give the person's id as it stands there.{people.near(actor)}"
        raise StudyError(
            [Problem("stops", study.roster, "Nobody on the roster is meant by this.", remedy, value=actor)]
        )
    without, _ = load_tables(study, found, forgotten=actor_id)
    if without is None:
        raise StudyError([Problem("stops", study.roster, "Without this person nobody is left.", "", value=actor)])
    now, then = (response_block(study, t, build_networks(study, t)) for t in (tables, without))
    keys = ["wave", "relation"]
    changes = now[[*keys, *COMPARED]].merge(then[[*keys, *COMPARED]], on=keys, suffixes=("_now", "_then"))
    changes = changes[[*keys, *(f"{name}_{when}" for name in COMPARED for when in ("now", "then"))]]
    return Forgetting(actor_id, people.names[actor_id], changes, places_of(study, problems, people, actor_id))
