"""How many people name a person, and how many a person names."""

from __future__ import annotations

from sna.metrics import centralization, cohesion, degree
from sna.metrics.catalogue.phrases import ADDED, CELLS, IN, NO_STRENGTH, OUT, SHARE
from sna.metrics.measure import Measure

HALF = "strengths of present ties are added, and counted half beside the number of ties"

MEASURES: tuple[Measure, ...] = (
    Measure(
        "indegree", "Named by", "actor", degree.indegree,
        "How many people say they turn to this person.",
        IN, NO_STRENGTH, CELLS, "indegree", "people, 0 or more",
        otherwise="nonresponse", needs_ties=False,
    ),
    Measure(
        "indegree_share", "Named by, as a share", "actor", degree.indegree_share,
        "Of the people who answered, the share who say they turn to this person.",
        IN, NO_STRENGTH, CELLS, "indegree", SHARE,
        otherwise="nonresponse", needs_ties=False,
    ),
    Measure(
        "outdegree", "Names", "actor", degree.outdegree,
        "How many people this person says they turn to.",
        OUT, NO_STRENGTH, "left empty for people who did not answer", "outdegree", "people, 0 or more",
        own_answer=True, otherwise="nonresponse", needs_ties=False,
    ),
    Measure(
        "outdegree_share", "Names, as a share", "actor", degree.outdegree_share,
        "Of the people this person was asked about, the share they say they turn to.",
        OUT, NO_STRENGTH, "left empty for people who did not answer", "outdegree", SHARE,
        own_answer=True, otherwise="nonresponse", needs_ties=False,
    ),
    Measure(
        "instrength", "Strength received", "actor", degree.instrength,
        "How much others turn to this person, adding up how strong or frequent each tie is.",
        IN, ADDED, CELLS, "indegree", "units of the scale, 0 or more",
        otherwise="nonresponse", needs_ties=False,
    ),
    Measure(
        "outstrength", "Strength given", "actor", degree.outstrength,
        "How much this person turns to others, adding up how strong or frequent each tie is.",
        OUT, ADDED, "left empty for people who did not answer", "outdegree", "units of the scale, 0 or more",
        own_answer=True, otherwise="nonresponse", needs_ties=False,
    ),
    Measure(
        "indegree_opsahl", "Named by, strength counted half", "actor", degree.indegree_opsahl,
        "How many people turn to this person and how strongly, both counted alike.",
        IN, HALF, CELLS, "indegree", "0 or more; people where there is no scale",
        otherwise="nonresponse", needs_ties=False,
    ),
    Measure(
        "outdegree_opsahl", "Names, strength counted half", "actor", degree.outdegree_opsahl,
        "How many people this person turns to and how strongly, both counted alike.",
        OUT, HALF, "left empty for people who did not answer", "outdegree", "0 or more; people where there is no scale",
        own_answer=True, otherwise="nonresponse", needs_ties=False,
    ),
    Measure(
        "ties", "Ties", "network", cohesion.ties,
        "How many ties people reported.",
        "each direction counts", NO_STRENGTH, "only what people who answered said counts", "density",
        "ties, 0 or more",
        otherwise="nonresponse", needs_ties=False,
    ),
    Measure(
        "mean_outdegree", "Ties per person", "network", cohesion.mean_outdegree,
        "How many people somebody who answered names, on average.",
        OUT, NO_STRENGTH, "divided by the people who answered", "density", "people, 0 or more",
        otherwise="nonresponse", needs_ties=False,
    ),
    Measure(
        "density", "Density", "network", cohesion.density,
        "Of all ties people could have reported, the share they did report.",
        "each direction counts", NO_STRENGTH, CELLS, "density", SHARE,
        otherwise="nonresponse", needs_ties=False,
    ),
    Measure(
        "mean_strength", "Strength, over all pairs", "network", degree.mean_strength,
        "How strong ties are on average over all pairs of people, no tie counting as 0.",
        "each direction counts", ADDED, CELLS, "density", "units of the scale, 0 or more",
        otherwise="nonresponse", needs_ties=False,
    ),
    Measure(
        "mean_strength_of_ties", "Strength of a tie", "network", degree.mean_strength_of_ties,
        "How strong or frequent the reported ties are on average.",
        "each direction counts", ADDED, "only what people who answered said counts", "density",
        "units of the scale, above 0",
    ),
    Measure(
        "indegree_variance", "Differences in being named", "network", degree.indegree_variance,
        "How much people differ in how many others turn to them; 0 when all are named alike.",
        IN, NO_STRENGTH, "only what people who answered said counts", "concentration", "people², 0 or more",
        otherwise="nonresponse", needs_ties=False,
    ),
    Measure(
        "outdegree_variance", "Differences in naming", "network", degree.outdegree_variance,
        "How much people differ in how many others they turn to; 0 when all name equally many.",
        OUT, NO_STRENGTH, "people who did not answer are left out", "outdegree", "people², 0 or more",
        otherwise="nonresponse", needs_ties=False,
    ),
    Measure(
        "indegree_centralization", "Gathered on one person", "network", centralization.indegree_centralization,
        "How far everybody turns to the same one person (1) or to all alike (0).",
        IN, NO_STRENGTH, "each person's nominations are divided by those who could have named them", "path", "0–1",
        otherwise="nonresponse", needs_ties=False,
    ),
    Measure(
        "outdegree_centralization", "Naming left to one person", "network", centralization.outdegree_centralization,
        "How far one person names everybody while the others name nobody (1), or all name equally many (0).",
        OUT, NO_STRENGTH, "people who did not answer are left out", "path", "0–1",
        otherwise="nonresponse", needs_ties=False,
    ),
)  # fmt: skip
