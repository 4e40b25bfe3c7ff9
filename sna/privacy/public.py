"""The first page for anybody: no count of fewer people than the study allows, nor one that gives such a count away."""

from __future__ import annotations

from math import isnan

from sna.findings import overview as said
from sna.networks import Network
from sna.privacy.release import EventLine, Overview, ResponseLine
from sna.results import Results

WITHHELD = "withheld"
CLEAR = 0.8


def public_overview(results: Results) -> Overview:
    """The first page for the public.

    Groups smaller than `suppress_below` are not counted. Response is told in steps of a tenth, so that neither those
    who answered nor those who did not can be counted when they are few; ties are told between groups only.
    """
    study = results.study
    smallest = study.suppress_below
    everybody = results.tables.actors["actor_id"].nunique()
    summary = said.summary(results) if everybody >= smallest else ()
    enough = everybody >= smallest
    return Overview(
        title=study.name,
        note=study.note,
        audience=said.AUDIENCE_WORDS["public"],
        summary=summary[:1] or (f"The study is about fewer than {smallest} people, so no figures are shown.",),
        response=tuple(_line(results, network, smallest) for network in results.networks.values()),
        read=(),
        left_out=("What was left out, and why, is on the pages for the programme's team.",),
        questionable=(),
        cautions=said.CAUTIONS,
        attendance=said.attendance_sentences(results)[:1] if enough else (),
        waves=tuple((wave.id, wave.label) for wave in study.waves),
        relations=tuple((relation.id, relation.label) for relation in study.relations),
        events=_events(results, smallest) if enough else (),
    )


def tenths(share: float) -> str:
    """A share as the tenth it reaches.

    >>> tenths(0.86), tenths(1.0), tenths(0.04), tenths(float("nan"))
    ('at least 80%', 'at least 90%', 'under 10%', 'not known')
    """
    if isnan(share):
        return "not known"
    tenth = min(int(share * 10 + 1e-9), 9)
    return f"at least {tenth}0%" if tenth else "under 10%"


def public_headline(results: Results, network: Network) -> tuple[str, ...]:
    """What is said above a table of ties between groups: response in tenths, and the caution it asks for."""
    label = results.study.wave(network.wave).label
    answered = f"{label}: {tenths(network.response_rate)} of the people asked gave an answer."
    return (answered, *filter(None, [_caution(network)]))


def _caution(network: Network) -> str:
    """What the response asks for, told from its tenth alone: who was silent must not show."""
    if network.response_rate < CLEAR:
        return "Many did not answer: read the tables with care."
    return ""


def _line(results: Results, network: Network, smallest: int) -> ResponseLine:
    study = results.study
    asked = int((network.asked | network.answered).sum())
    few = f"fewer than {smallest}"
    return ResponseLine(
        relation=network.relation,
        wave=network.wave,
        relation_label=study.relation(network.relation).label,
        wave_label=study.wave(network.wave).label,
        people=str(network.n) if network.n >= smallest else few,
        asked=str(asked) if asked >= smallest and not 0 < network.n - asked < smallest else WITHHELD,
        answered=WITHHELD,
        rate=tenths(network.response_rate) if asked >= smallest else WITHHELD,
        ties=WITHHELD,
        caution=_caution(network),
    )


def _events(results: Results, smallest: int) -> tuple[EventLine, ...]:
    """One line per event; a count of few who came, or of few who did not, is withheld."""
    lines = []
    for event, date, kind, came, could in said.event_counts(results):
        few = came is not None and min(came, could - came) < smallest
        told = "not recorded" if came is None else WITHHELD if few else str(came)
        lines.append(EventLine(event, date, kind, told, str(could) if could >= smallest else WITHHELD))
    return tuple(lines)
