"""What may be wrong with a relation as declared: keys that do not fit its form, patterns, scale and thresholds."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sna.errors import hint
from sna.study_sections import SECTION

PATTERN_FIELDS = {
    "columns": ("actor_id", "name", "code", "n", "wave", "relation"),
    "file": ("wave", "relation"),
    "strength": ("n", "wave", "relation"),
    "answered": ("wave", "relation"),
}
# Columns of the tables of ties, which a follow-up cannot be called.
TAKEN = ("wave", "relation", "ego_id", "alter_id", "strength", "state")
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(frozen=True)
class Fault:
    """One thing wrong with one key."""

    key: str
    problem: str
    remedy: str
    value: Any = None


def kind_of(values: Mapping[str, Any]) -> str:
    """The form of a relation, `pairs` for a roster that was asked pair by pair."""
    form = str(values["form"])
    return "pairs" if form == "roster" and values["file"] and not values["columns"] else form


def default_blank(values: Mapping[str, Any]) -> str:
    """What an empty cell means when the study does not say."""
    kind = kind_of(values)
    ticks = kind == "roster" and (values["scale"] is None or values["separator"])
    return "unticked" if kind == "names" or ticks else "unknown"


def relation_faults(values: Mapping[str, Any], written: Collection[str], waves: int) -> Iterator[Fault]:
    """Everything wrong with a relation, except for its files.

    Args:
        values: every key with its value or default.
        written: the keys that stand in the file.
        waves: in how many waves it was asked.
    """
    kind, form = kind_of(values), values["form"]
    for key in SECTION["relations"].keys:
        if key.name in written and key.forms and kind not in key.forms:
            yield Fault(key.name, f'This key means nothing for the form "{form}".', "Take it out.", values[key.name])
    yield from _shape_faults(values, kind, waves)
    yield from _pattern_faults(values)
    yield from _value_faults(values, kind)
    for name in values["follow_up"]:
        if name in TAKEN or not NAME.fullmatch(name):
            what = "A follow-up cannot have this name."
            yield Fault("follow_up", what, f"Use letters and `_`, and none of {', '.join(TAKEN)}.", name)
    for name in values["where"]:
        if name not in values["follow_up"]:
            near = hint(name, values["follow_up"])
            yield Fault("where", "`where` names a follow-up that is not declared.", f"Add it to follow_up.{near}", name)


def _shape_faults(values: Mapping[str, Any], kind: str, waves: int) -> Iterator[Fault]:
    form, columns, file = values["form"], values["columns"], values["file"]
    if kind in ("ties", "matrix") and not file:
        yield Fault("file", f'The form "{form}" needs `file`.', 'Such as file = "ties_{wave}.csv".')
    wanted = {"roster": ("{actor_id}", "{name}", "{code}", "{n}"), "names": ("{n}",)}.get(kind)
    if kind == "names" and values["separator"]:
        wanted = None
        yield from _list_faults(values)
    for key in ("format", "sheet"):
        if values[key] and not file:
            remedy = "Take it out, or write it under [[waves]], beside `responses`."
            yield Fault(key, "This is about `file`, and the relation has none.", remedy, values[key])
    if kind == "roster" and values["separator"] and values["scale"] is None:
        remedy = 'Add `scale` with the answers that make a tie, such as { 1 = "data use" }.'
        yield Fault("separator", "Nothing says which of several answers in a cell make a tie.", remedy)
    if "{code}" in columns and not values["codes"]:
        remedy = 'Name the roster column that holds them: codes = "…".'
        yield Fault("columns", "The pattern has `{code}`, and nothing says where the codes stand.", remedy, columns)
    if wanted and not any(field in columns for field in wanted):
        problem = f'The form "{form}" needs `columns` with {" or ".join(wanted)} in it.'
        yield Fault("columns", problem, f'Such as columns = "{values["id"]}_{wanted[0]}".', columns or None)
    if kind == "pairs" and not values["strength"]:
        yield Fault("strength", "A roster asked pair by pair needs `strength`.", "Name the column with the answers.")
    if file and waves > 1 and "{wave}" not in file and not values["wave_column"]:
        remedy = "Put {wave} into its name, or name the column with the wave in `wave_column`."
        yield Fault("file", "The same file would be read for every wave.", remedy, file)


def _list_faults(values: Mapping[str, Any]) -> Iterator[Fault]:
    """Faults of a relation whose names stand in one cell."""
    if not values["columns"]:
        yield Fault("columns", "`separator` needs `columns`.", "Name the column that holds the names.")
    for key in ("strength", "follow_up"):
        if values[key]:
            remedy = "Take it out, or give each name a column of its own."
            yield Fault(key, "Names that stand in one cell have nothing beside each.", remedy, values[key])


def _pattern_faults(values: Mapping[str, Any]) -> Iterator[Fault]:
    for key, known in PATTERN_FIELDS.items():
        for field in re.findall(r"\{(.*?)\}", values[key] or ""):
            if field not in known:
                words = ", ".join(f"{{{name}}}" for name in known)
                yield Fault(key, "The pattern is not known here.", f"Known are {words}.", f"{{{field}}}")


def _value_faults(values: Mapping[str, Any], kind: str) -> Iterator[Fault]:
    scale, present_from = values["scale"], values["present_from"]
    if present_from is not None and scale is not None and present_from > max(scale):
        remedy = f"The scale ends at {max(scale):g}."
        yield Fault("present_from", "No value of the scale is that high.", remedy, present_from)
    valued = bool(values["strength"]) or kind == "matrix" or (kind == "roster" and scale is not None)
    if present_from is not None and present_from > 1 and not valued:
        remedy = "Name the column with the values in `strength`, or leave `present_from` out."
        yield Fault("present_from", "Without values every tie is 1, so none would count.", remedy, present_from)
    if kind == "names" and values["blank"] == "unknown":
        remedy = "Leave it out: whoever names somebody has named everybody they wanted to."
        yield Fault("blank", "An empty cell among names leaves nothing unknown.", remedy, "unknown")
    if values["cap"] is not None and values["cap"] < 1:
        yield Fault("cap", "A cap is at least 1.", "Leave it out if there is none.", values["cap"])
