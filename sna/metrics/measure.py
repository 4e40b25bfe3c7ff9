"""What the catalogue says of a measure: its words, its level, which way it reads a tie, and when it is undefined."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

Level = Literal["actor", "tie", "network"]
# Above so many people a run estimates measures of ways, or leaves them out, unless exact numbers are asked for: at this
# size all of them together take about a minute, and four times as long with twice the people.
LARGE = 8_000
Gate = Literal["indegree", "outdegree", "density", "reciprocity", "concentration", "mixing", "path", "fragmentation"]


@dataclass(frozen=True)
class Measure:
    """One column of a table.

    Attributes:
        name: column name; the field's term.
        label: the same in plain words, as on pages.
        level: whose number it is.
        compute: `f(network)`, or `f(network, group)` when `by_group`; see house rules for what each level returns.
        plain: one sentence for a reader who knows no statistics.
        direction: which way it reads a tie, as a phrase.
        strength: whether and how reported strength is used, as a phrase.
        unknown: what it does with unknown cells, as a phrase.
        gate: which row of the response gate applies.
        unit: unit and range.
        latex: the formula of the definition in LaTeX, on one line; docs/metrics.md says what the letters stand for.
        elsewhere: which other packages give the same number when everybody answered, as a phrase.
        minimum: fewest people for whom it is defined.
        own_answer: it is undefined for a person who did not answer.
        otherwise: reason code of a value that is undefined for none of the reasons above.
        by_group: it needs a group (role, school, …) and is computed once for each.
        needs_ties: it is undefined where there is no tie to read; False: it is then an honest 0 (or 1/n).
        why: where `otherwise` would often be the less apt of two reasons: `f(network)`, or `f(network, group)` when
            `by_group`; hands back a reason code, for measures of people one for each.
        sampled: `f(drawn)`, which estimates it in networks of more than `LARGE` people; None: it is not estimated.
        draws: from how many people it is estimated.
        too_large: it is left out in networks of more than `LARGE` people.
    """

    name: str
    label: str
    level: Level
    compute: Callable[..., Any]
    plain: str
    direction: str
    strength: str
    unknown: str
    gate: Gate
    unit: str
    latex: str
    elsewhere: str
    minimum: int = 2
    own_answer: bool = False
    otherwise: str = "no_ties"
    by_group: bool = False
    needs_ties: bool = True
    why: Callable[..., Any] | None = None
    sampled: Callable[..., Any] | None = None
    draws: int = 0
    too_large: bool = False

    @property
    def in_large_networks(self) -> str:
        """What becomes of it in a network of more than `LARGE` people, as a phrase; empty when it is as ever."""
        if self.sampled is not None:
            return f"estimated from {self.draws:,} drawn people above {LARGE:,}, unless exact numbers are asked for"
        if self.too_large:
            return f"left out above {LARGE:,} people, unless exact numbers are asked for"
        return ""

    def describe(self) -> str:
        """Everything the catalogue says of the measure, and its definition, as plain text."""
        facts = {
            "Level": self.level,
            "Unit": self.unit,
            "Direction": self.direction,
            "Strength": self.strength,
            "Unknown ties": self.unknown,
            "Very large": self.in_large_networks,
            "Elsewhere": self.elsewhere,
        }
        lines = [f"{self.name}: {self.label}", "", self.plain, ""]
        lines += [f"{name + ':':<14}{value}" for name, value in facts.items() if value]
        definition = inspect.getdoc(self.compute) or ""
        return "\n".join([*lines, "", definition.split(">>>")[0].rstrip()])
