"""`What is this?`: what a number on the pages is, how it is counted, and what not to conclude, for lay readers."""

from __future__ import annotations

from sna.findings.overview import MORE_TIES, PLACE, YEARS
from sna.metrics.catalogue import measure
from sna.metrics.measure import Measure

NOMINATION = "A nomination: one person names another."
FEW = "With few people, one answer more or less can change this number a lot."
ABOUT_PEOPLE = ("indegree", "concentration")


Parts = tuple[tuple[str, str], ...]


def explanation(name: str, *, definition: bool) -> tuple[str, Parts]:
    """The question and its answer for one measure, in the words of the catalogue.

    Args:
        name: of the measure.
        definition: say, too, where the exact definition is.

    Returns:
        "What is “Density”?", and (heading, text) of each part of the answer; the first has no heading.

    >>> question, parts = explanation("ties", definition=True)
    >>> question, parts[0], parts[-1]
    ('What is “Ties”?', ('', 'How many ties people reported.'), ('Exact definition', 'sna metrics ties'))
    """
    entry = measure(name)
    direction = _sentence(entry.direction)
    parts = [
        ("", entry.plain),
        ("How it is counted", _unit(entry.unit)),
        ("How ties are read", f"{direction} {NOMINATION}" if "nomination" in direction else direction),
        ("People who did not answer", _sentence(entry.unknown)),
        ("What not to conclude", " ".join(_cautions(entry))),
    ]
    if definition:
        parts.append(("Exact definition", f"sna metrics {name}"))
    return f"What is “{entry.label}”?", tuple(parts)


def _sentence(phrase: str) -> str:
    return f"{phrase[:1].upper()}{phrase[1:]}."


def _unit(unit: str) -> str:
    """A unit of the catalogue as a sentence.

    >>> _unit("share, 0–1"), _unit("0–1"), _unit("ties, 0 or more")
    ('As a share: 0% is none, 100% is all.', 'A number, 0 to 1.', 'A number of ties, 0 or more.')
    """
    if unit.startswith("share"):
        return "As a share: 0% is none, 100% is all."
    return f"A number of {unit}." if unit[:1].isalpha() else f"A number, {unit.replace('–', ' to ')}."


def _cautions(entry: Measure) -> tuple[str, ...]:
    """Those of the first page that bear on this kind of measure."""
    if entry.gate in ABOUT_PEOPLE:
        return (PLACE, FEW)
    return (MORE_TIES, YEARS) if entry.gate == "density" else (YEARS, FEW)
