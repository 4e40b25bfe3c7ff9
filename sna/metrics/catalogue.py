"""The catalogue: every measure there is, one entry each, in the order in which tables show them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pandas as pd

from sna.metrics import centrality, centralization, cohesion, degree, expertise, holes, mixing, ties
from sna.metrics.brokerage import ROLES, Role, brokerage, role_counts
from sna.metrics.measure import Level, Measure

_IN = "nominations a person receives"
_OUT = "nominations a person gives"
_ALONG = "along nominations, from the person asking to the person named"
_EITHER = "direction does not matter: a tie counts when either person reports it"
_BOTH = "direction does not matter: both directions are added"
_TURN = "the same whichever way nominations are read"
_NO_STRENGTH = "not used, beyond deciding that the tie is present"
_ADDED = "strengths of present ties are added"
_CELLS = "only what people who answered said counts, in the number and in what it is divided by"
_OWN = "left empty for people who did not answer; paths through them are missing for everybody"
_AVAILABLE = "uses the ties that are known, also for people who did not answer"
_PAIRS = "only pairs in which both people answered count"
_SHARE = "share, 0–1"

ACTOR: tuple[Measure, ...] = (
    Measure(
        "indegree", "Named by", "actor", degree.indegree,
        "How many people say they turn to this person.",
        _IN, _NO_STRENGTH, _CELLS, "indegree", "people, 0 or more",
        otherwise="nonresponse", needs_ties=False,
    ),
    Measure(
        "indegree_share", "Named by, as a share", "actor", degree.indegree_share,
        "Of the people who answered, the share who say they turn to this person.",
        _IN, _NO_STRENGTH, _CELLS, "indegree", _SHARE,
        otherwise="nonresponse", needs_ties=False,
    ),
    Measure(
        "outdegree", "Names", "actor", degree.outdegree,
        "How many people this person says they turn to.",
        _OUT, _NO_STRENGTH, "left empty for people who did not answer", "outdegree", "people, 0 or more",
        own_answer=True, otherwise="nonresponse", needs_ties=False,
    ),
    Measure(
        "outdegree_share", "Names, as a share", "actor", degree.outdegree_share,
        "Of the people this person was asked about, the share they say they turn to.",
        _OUT, _NO_STRENGTH, "left empty for people who did not answer", "outdegree", _SHARE,
        own_answer=True, otherwise="nonresponse", needs_ties=False,
    ),
    Measure(
        "instrength", "Strength received", "actor", degree.instrength,
        "How much others turn to this person, adding up how strong or frequent each tie is.",
        _IN, _ADDED, _CELLS, "indegree", "units of the scale, 0 or more",
        otherwise="nonresponse", needs_ties=False,
    ),
    Measure(
        "outstrength", "Strength given", "actor", degree.outstrength,
        "How much this person turns to others, adding up how strong or frequent each tie is.",
        _OUT, _ADDED, "left empty for people who did not answer", "outdegree", "units of the scale, 0 or more",
        own_answer=True, otherwise="nonresponse", needs_ties=False,
    ),
    Measure(
        "betweenness", "In between", "actor", centrality.betweenness,
        "How often this person lies on the shortest way from one person to another.",
        _TURN, _NO_STRENGTH, _OWN, "path", "pairs of people, 0 or more",
        minimum=3, own_answer=True, otherwise="nonresponse", needs_ties=False,
    ),
    Measure(
        "betweenness_normalised", "In between, as a share", "actor", centrality.betweenness_normalised,
        "Of all pairs of other people, the share whose shortest way runs through this person.",
        _TURN, _NO_STRENGTH, _OWN, "path", _SHARE,
        minimum=3, own_answer=True, otherwise="nonresponse", needs_ties=False,
    ),
    Measure(
        "harmonic_in", "Easily reached", "actor", centrality.harmonic_in,
        "How few steps others need to reach this person, going from one to the next.",
        _ALONG, _NO_STRENGTH, _AVAILABLE, "path", "0–1; 1 when everybody names them",
        otherwise="nonresponse", needs_ties=False,
    ),
    Measure(
        "harmonic_out", "Reaches others easily", "actor", centrality.harmonic_out,
        "How few steps this person needs to reach others, going from one to the next.",
        _ALONG, _NO_STRENGTH, _OWN, "path", "0–1; 1 when they name everybody",
        own_answer=True, otherwise="nonresponse", needs_ties=False,
    ),
    Measure(
        "eigenvector", "Named by the much named", "actor", centrality.eigenvector,
        "How much this person is named by people who are much named themselves.",
        _IN, _NO_STRENGTH, _AVAILABLE, "path", "0–1; only comparable within one network",
        otherwise="disconnected",
    ),
    Measure(
        "pagerank", "Where following nominations leads", "actor", centrality.pagerank,
        "How often you would end up with this person if you kept asking whom to turn to.",
        _IN, _NO_STRENGTH, _AVAILABLE, "path", "share; all people together make 1",
        otherwise="nonresponse", needs_ties=False,
    ),
    Measure(
        "core", "Inner circle", "actor", centrality.core,
        "The closest-knit circle this person belongs to: everybody in it has at least this many ties inside it.",
        _EITHER, _NO_STRENGTH, _AVAILABLE, "path", "ties, 0 or more",
        otherwise="nonresponse", needs_ties=False,
    ),
    Measure(
        "clustering", "Contacts know each other", "actor", cohesion.clustering,
        "Of the pairs among this person's contacts, the share who are in contact themselves.",
        _EITHER, _NO_STRENGTH, _AVAILABLE, "path", _SHARE,
        otherwise="too_few_nodes",
    ),
    Measure(
        "ego_reciprocity", "Ties that go both ways", "actor", cohesion.ego_reciprocity,
        "Of this person's ties with people who also answered, the share that both report.",
        _TURN, _NO_STRENGTH, _PAIRS, "reciprocity", _SHARE,
        own_answer=True, otherwise="nonresponse",
    ),
    Measure(
        "constraint", "Closed in", "actor", holes.constraint,
        "How much this person's contacts lead back to one another instead of to other parts of the network.",
        _BOTH, _NO_STRENGTH, _AVAILABLE, "path", "above 0; about 1 for a single contact",
        otherwise="isolate",
    ),
    Measure(
        "effective_size", "Contacts beyond the same circle", "actor", holes.effective_size,
        "How many contacts this person has once those who repeat one another are counted less.",
        _BOTH, _NO_STRENGTH, _AVAILABLE, "path", "people, above 0",
        otherwise="isolate",
    ),
    Measure(
        "ego_ei", "Contacts in other groups", "actor", mixing.ego_ei,
        "Whether this person's contacts are in other groups (+1) or in their own group (−1).",
        _EITHER, _NO_STRENGTH, _AVAILABLE, "mixing", "−1 to 1",
        otherwise="no_group", by_group=True,
    ),
)  # fmt: skip

_ROLE_WORDS = {
    "coordinator": ("Links within the group", "How often this person links two people of their own group."),
    "gatekeeper": ("Brings in", "How often something from another group reaches this person's group through them."),
    "representative": ("Carries out", "How often something from this person's group reaches another through them."),
    "consultant": ("Links from outside", "How often this person links two people of one group they are not in."),
    "liaison": ("Links groups", "How often this person links two other groups, neither of them their own."),
    "total": ("Links in all", "How often this person links two people who are not tied themselves."),
}


def _counter(role: Role) -> Callable[..., pd.Series[float]]:
    """`role_counts` of one role, carrying the definition of brokerage for whoever asks for help."""
    counter = partial(role_counts, role=role)
    counter.__doc__ = brokerage.__doc__
    return counter


BROKERAGE: tuple[Measure, ...] = tuple(
    Measure(
        role, _ROLE_WORDS[role][0], "actor", _counter(role),
        _ROLE_WORDS[role][1],
        "the way things pass, as the relation states it", _NO_STRENGTH,
        "left empty for people who did not answer; a pair counts only when it is known not to be tied",
        "path", "pairs of people, 0 or more",
        minimum=3, own_answer=True, otherwise="nonresponse", by_group=True, needs_ties=False,
    )
    for role in ROLES
)  # fmt: skip

TIE: tuple[Measure, ...] = (
    Measure(
        "reciprocated", "Both ways", "tie", ties.reciprocated,
        "Whether the person named also names the person who named them.",
        "from the person who answered to the person named", _NO_STRENGTH,
        "left empty when the person named did not answer", "reciprocity", "1 yes, 0 no",
        otherwise="unanswered",
    ),
    Measure(
        "same_group", "Same group", "tie", ties.same_group,
        "Whether the two people are in the same group.",
        "direction does not matter", _NO_STRENGTH, "uses the ties that are known", "mixing", "1 yes, 0 no",
        otherwise="no_group", by_group=True,
    ),
    Measure(
        "shared_relations", "Kinds of tie", "tie", ties.shared_relations,
        "In how many kinds of tie this person names the other.",
        "from the person who answered to the person named", _NO_STRENGTH,
        "a kind of tie the person did not answer about is not counted", "density", "kinds of tie, 1 or more",
        otherwise="nonresponse",
    ),
)  # fmt: skip

NETWORK: tuple[Measure, ...] = (
    Measure(
        "ties", "Ties", "network", cohesion.ties,
        "How many ties people reported.",
        "each direction counts", _NO_STRENGTH, "only what people who answered said counts", "density",
        "ties, 0 or more",
        otherwise="nonresponse", needs_ties=False,
    ),
    Measure(
        "mean_outdegree", "Ties per person", "network", cohesion.mean_outdegree,
        "How many people somebody who answered names, on average.",
        _OUT, _NO_STRENGTH, "divided by the people who answered", "density", "people, 0 or more",
        otherwise="nonresponse", needs_ties=False,
    ),
    Measure(
        "density", "Density", "network", cohesion.density,
        "Of all ties people could have reported, the share they did report.",
        "each direction counts", _NO_STRENGTH, _CELLS, "density", _SHARE,
        otherwise="nonresponse", needs_ties=False,
    ),
    Measure(
        "reciprocity", "Ties that go both ways", "network", cohesion.reciprocity,
        "Of the ties between people who both answered, the share that both report.",
        _TURN, _NO_STRENGTH, _PAIRS, "reciprocity", _SHARE,
        otherwise="nonresponse",
    ),
    Measure(
        "transitivity", "Closed triangles", "network", cohesion.transitivity,
        "When one person names a second who names a third, how often the first names the third too.",
        _ALONG, _NO_STRENGTH, "a triangle counts only when its third side is known", "path", _SHARE,
        minimum=3, otherwise="no_ties",
    ),
    Measure(
        "components", "Separate pieces", "network", cohesion.components,
        "Into how many pieces without any tie between them the network falls.",
        _EITHER, _NO_STRENGTH, "people who neither answered nor were named are left out", "fragmentation",
        "pieces, 1 or more", otherwise="nonresponse", needs_ties=False,
    ),
    Measure(
        "largest_component", "Largest piece", "network", cohesion.largest_component,
        "The share of people who are in the largest connected piece.",
        _EITHER, _NO_STRENGTH, "people who neither answered nor were named are left out", "fragmentation", _SHARE,
        otherwise="nonresponse", needs_ties=False,
    ),
    Measure(
        "isolates", "People without ties", "network", cohesion.isolates,
        "How many of the people who answered name nobody and are named by nobody.",
        _EITHER, _NO_STRENGTH, "somebody who did not answer is never counted", "fragmentation", "people, 0 or more",
        otherwise="nonresponse", needs_ties=False,
    ),
    Measure(
        "indegree_centralization", "Gathered on one person", "network", centralization.indegree_centralization,
        "How far everybody turns to the same one person (1) or to all alike (0).",
        _IN, _NO_STRENGTH, "each person's nominations are divided by those who could have named them", "path", "0–1",
        otherwise="nonresponse", needs_ties=False,
    ),
    Measure(
        "outdegree_centralization", "Naming left to one person", "network", centralization.outdegree_centralization,
        "How far one person names everybody while the others name nobody (1), or all name equally many (0).",
        _OUT, _NO_STRENGTH, "people who did not answer are left out", "path", "0–1",
        otherwise="nonresponse", needs_ties=False,
    ),
    Measure(
        "betweenness_centralization", "One person in between", "network", centralization.betweenness_centralization,
        "How far the ways between people run through one person only (1) or through all alike (0).",
        _TURN, _NO_STRENGTH, "people who did not answer are left out; paths through them are missing", "path", "0–1",
        minimum=3, otherwise="nonresponse", needs_ties=False,
    ),
    Measure(
        "gini_indegree", "Unequally named", "network", expertise.gini_indegree,
        "How unequally nominations are spread over people: 0 all alike, 1 all to one person.",
        _IN, _NO_STRENGTH, "only what people who answered said counts", "concentration", "0–1",
        otherwise="nonresponse",
    ),
    Measure(
        "top3_share", "Share of the three most named", "network", expertise.top3_share,
        "The share of all nominations that goes to the three people named most.",
        _IN, _NO_STRENGTH, "only what people who answered said counts", "concentration", _SHARE,
        minimum=4, otherwise="nonresponse",
    ),
    Measure(
        "ei_index", "Ties between groups", "network", mixing.ei_index,
        "Whether ties run between groups (+1) or stay inside them (−1).",
        "each direction counts", _NO_STRENGTH, _AVAILABLE, "mixing", "−1 to 1",
        otherwise="no_group", by_group=True,
    ),
)  # fmt: skip

CATALOGUE: tuple[Measure, ...] = ACTOR + BROKERAGE + TIE + NETWORK


def measures(level: Level | None = None) -> tuple[Measure, ...]:
    """The measures of one level, or all of them, in catalogue order.

    >>> [m.name for m in measures("tie")]
    ['reciprocated', 'same_group', 'shared_relations']
    """
    return tuple(m for m in CATALOGUE if level is None or m.level == level)


def measure(name: str) -> Measure:
    """The measure of that name; KeyError when there is none.

    >>> measure("density").gate
    'density'
    """
    for entry in CATALOGUE:
        if entry.name == name:
            return entry
    raise KeyError(name)
