"""How many people name a person, and how many a person names."""

from __future__ import annotations

from sna.metrics import centralization, cohesion, degree, strength
from sna.metrics.catalogue.phrases import ADDED, CELLS, IN, NO_STRENGTH, OUT, SHARE
from sna.metrics.measure import Measure

HALF = "strengths of present ties are added, and counted half beside the number of ties"

MEASURES: tuple[Measure, ...] = (
    Measure(
        "indegree", "Named by", "actor", degree.indegree,
        "How many people say they turn to this person.",
        IN, NO_STRENGTH, CELLS, "indegree", "people, 0 or more",
        otherwise="nonresponse", needs_ties=False,
        latex=r"k_j^{in} = \sum_{i} A_{ij}",
        elsewhere="networkx, igraph and R sna agree",
    ),
    Measure(
        "indegree_share", "Named by, as a share", "actor", degree.indegree_share,
        "Of the people who answered, the share who say they turn to this person.",
        IN, NO_STRENGTH, CELLS, "indegree", SHARE,
        otherwise="nonresponse", needs_ties=False,
        latex=r"\frac{k_j^{in}}{r_j}, \quad r_j = \sum_{i} O_{ij}",
        elsewhere="networkx's in_degree_centrality agrees; its degree_centrality adds names received and given",
    ),
    Measure(
        "outdegree", "Names", "actor", degree.outdegree,
        "How many people this person says they turn to.",
        OUT, NO_STRENGTH, "left empty for people who did not answer", "outdegree", "people, 0 or more",
        own_answer=True, otherwise="nonresponse", needs_ties=False,
        latex=r"k_i^{out} = \sum_{j} A_{ij}",
        elsewhere="networkx, igraph and R sna agree",
    ),
    Measure(
        "outdegree_share", "Names, as a share", "actor", degree.outdegree_share,
        "Of the people this person was asked about, the share they say they turn to.",
        OUT, NO_STRENGTH, "left empty for people who did not answer", "outdegree", SHARE,
        own_answer=True, otherwise="nonresponse", needs_ties=False,
        latex=r"\frac{k_i^{out}}{\sum_{j} O_{ij}}",
        elsewhere="networkx's out_degree_centrality agrees; its degree_centrality adds names received and given",
    ),
    Measure(
        "instrength", "Strength received", "actor", strength.instrength,
        "How much others turn to this person, adding up how strong or frequent each tie is.",
        IN, ADDED, CELLS, "indegree", "units of the scale, 0 or more",
        otherwise="nonresponse", needs_ties=False,
        latex=r"s_j^{in} = \sum_{i} A_{ij} w_{ij}",
        elsewhere="networkx and igraph agree when told which attribute holds the strength",
    ),
    Measure(
        "outstrength", "Strength given", "actor", strength.outstrength,
        "How much this person turns to others, adding up how strong or frequent each tie is.",
        OUT, ADDED, "left empty for people who did not answer", "outdegree", "units of the scale, 0 or more",
        own_answer=True, otherwise="nonresponse", needs_ties=False,
        latex=r"s_i^{out} = \sum_{j} A_{ij} w_{ij}",
        elsewhere="networkx and igraph agree when told which attribute holds the strength",
    ),
    Measure(
        "indegree_opsahl", "Named by, strength counted half", "actor", strength.indegree_opsahl,
        "How many people turn to this person and how strongly, both counted alike.",
        IN, HALF, CELLS, "indegree", "0 or more; people where there is no scale",
        otherwise="nonresponse", needs_ties=False,
        latex=r"(k_j^{in})^{1-\alpha} (s_j^{in})^{\alpha} = \sqrt{k_j^{in} s_j^{in}}, \quad \alpha = 0.5",
        elsewhere="R tnet agrees at the same α",
    ),
    Measure(
        "outdegree_opsahl", "Names, strength counted half", "actor", strength.outdegree_opsahl,
        "How many people this person turns to and how strongly, both counted alike.",
        OUT, HALF, "left empty for people who did not answer", "outdegree", "0 or more; people where there is no scale",
        own_answer=True, otherwise="nonresponse", needs_ties=False,
        latex=r"(k_i^{out})^{1-\alpha} (s_i^{out})^{\alpha} = \sqrt{k_i^{out} s_i^{out}}, \quad \alpha = 0.5",
        elsewhere="R tnet agrees at the same α",
    ),
    Measure(
        "ties", "Ties", "network", cohesion.ties,
        "How many ties people reported.",
        "each direction counts", NO_STRENGTH, "only what people who answered said counts", "density",
        "ties, 0 or more",
        otherwise="nonresponse", needs_ties=False,
        latex=r"m = \sum_{i \neq j} A_{ij}",
        elsewhere="networkx and igraph agree",
    ),
    Measure(
        "mean_outdegree", "Ties per person", "network", cohesion.mean_outdegree,
        "How many people somebody who answered names, on average.",
        OUT, NO_STRENGTH, "divided by the people who answered", "density", "people, 0 or more",
        otherwise="nonresponse", needs_ties=False,
        latex=r"\frac{m}{r}, \quad m = \sum_{i \neq j} A_{ij}",
        elsewhere="ties divided by people in networkx and igraph give the same",
    ),
    Measure(
        "density", "Density", "network", cohesion.density,
        "Of all ties people could have reported, the share they did report.",
        "each direction counts", NO_STRENGTH, CELLS, "density", SHARE,
        otherwise="nonresponse", needs_ties=False,
        latex=r"\frac{\sum_{i \neq j} A_{ij}}{\sum_{i \neq j} O_{ij}}",
        elsewhere="networkx, igraph and R sna agree",
    ),
    Measure(
        "mean_strength", "Strength, over all pairs", "network", strength.mean_strength,
        "How strong ties are on average over all pairs of people, no tie counting as 0.",
        "each direction counts", ADDED, CELLS, "density", "units of the scale, 0 or more",
        otherwise="nonresponse", needs_ties=False,
        latex=r"\frac{\sum_{i \neq j} A_{ij} w_{ij}}{\sum_{i \neq j} O_{ij}}",
        elsewhere="R sna agrees when told to read values (gden with ignore.eval = FALSE)",
    ),
    Measure(
        "mean_strength_of_ties", "Strength of a tie", "network", strength.mean_strength_of_ties,
        "How strong or frequent the reported ties are on average.",
        "each direction counts", ADDED, "only what people who answered said counts", "density",
        "units of the scale, above 0",
        latex=r"\frac{\sum_{i \neq j} A_{ij} w_{ij}}{\sum_{i \neq j} A_{ij}}",
        elsewhere="networkx's total of strengths, divided by its ties, is the same",
    ),
    Measure(
        "indegree_variance", "Differences in being named", "network", degree.indegree_variance,
        "How much people differ in how many others turn to them; 0 when all are named alike.",
        IN, NO_STRENGTH, "only what people who answered said counts", "concentration", "people², 0 or more",
        otherwise="nonresponse", needs_ties=False,
        latex=r"\frac{1}{N} \sum_{j} \left(k_j^{in} - \bar{k}\right)^2, \quad \bar{k} = \frac{1}{N} \sum_{j} k_j^{in}",
        elsewhere="the same by hand in R, whose sd() divides by one fewer; UCINET divides as ours does",
    ),
    Measure(
        "outdegree_variance", "Differences in naming", "network", degree.outdegree_variance,
        "How much people differ in how many others they turn to; 0 when all name equally many.",
        OUT, NO_STRENGTH, "people who did not answer are left out", "concentration", "people², 0 or more",
        otherwise="nonresponse", needs_ties=False,
        latex=(
            r"\frac{1}{r} \sum_{i} \left(k_i^{out} - \bar{k}\right)^2, \quad \bar{k} = \frac{1}{r} \sum_{i} "
            r"k_i^{out}"
        ),
        elsewhere="R's sd() divides by one fewer; UCINET divides as ours does",
    ),
    Measure(
        "indegree_centralization", "Gathered on one person", "network", centralization.indegree_centralization,
        "How far everybody turns to the same one person (1) or to all alike (0).",
        IN, NO_STRENGTH, "each person's nominations are divided by those who could have named them", "path", "0–1",
        otherwise="nonresponse", needs_ties=False,
        latex=r"\frac{1}{N-1} \sum_{j} \left(\max_{k} \frac{k_k^{in}}{r_k} - \frac{k_j^{in}}{r_j}\right)",
        elsewhere=(
            "R sna and UCINET agree; R igraph allows for people naming themselves unless loops = FALSE; networkx "
            "has none"
        ),
    ),
    Measure(
        "outdegree_centralization", "Naming left to one person", "network", centralization.outdegree_centralization,
        "How far one person names everybody while the others name nobody (1), or all name equally many (0).",
        OUT, NO_STRENGTH, "people who did not answer are left out", "path", "0–1",
        otherwise="nonresponse", needs_ties=False,
        latex=r"\frac{1}{r-1} \sum_{i} \left(\max_{k} x_k - x_i\right), \quad x_i = \frac{k_i^{out}}{\sum_{j} O_{ij}}",
        elsewhere=(
            "R sna and UCINET agree; R igraph allows for people naming themselves unless loops = FALSE; networkx "
            "has none"
        ),
    ),
)  # fmt: skip
