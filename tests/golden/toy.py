"""The toy network of the methods specification (8 people, 13 ties, person 8 an isolate) and its worked figures.

Origin of every figure: the specification, §0 and §3–5, where each was computed with networkx 3.6.1,
python-igraph 1.0.0, R sna 2.7.1 or plain numpy, and agreed between those named beside it. Printed to 4–6 decimals.
"""

from __future__ import annotations

import pandas as pd

from sna.networks.network import Network

ACTORS = [str(i) for i in range(1, 9)]
TIES = [
    ("1", "2"), ("2", "1"), ("1", "3"), ("3", "1"), ("2", "4"), ("4", "5"), ("5", "4"), ("5", "6"), ("6", "4"),
    ("7", "4"), ("3", "7"), ("6", "7"), ("4", "1"),
]  # fmt: skip
CLASSES = dict(zip(ACTORS, "AAABBBXX", strict=True))

NAN = float("nan")
ACTOR = {
    "indegree": [3, 1, 1, 4, 1, 1, 2, 0],
    "outdegree": [2, 2, 2, 2, 2, 2, 1, 0],
    "betweenness": [11.5, 3, 2.5, 18, 5.5, 1.5, 3, 0],
    "harmonic_in": [0.642857, 0.428571, 0.428571, 0.714286, 0.452381, 0.380952, 0.523810, 0],
    "harmonic_out": [0.511905, 0.523810, 0.511905, 0.547619, 0.523810, 0.523810, 0.428571, 0],
    "pagerank": [0.218731, 0.113939, 0.113939, 0.237418, 0.121882, 0.072779, 0.100335, 0.020979],
    "constraint": [0.458889, 0.739383, 0.555556, 0.443333, 0.802469, 0.793210, 0.459877, NAN],
    "effective_size": [2.7, 1.5, 2, 3.916667, 1.166667, 1.833333, 2.5, NAN],
}
EIGENVECTOR_FIRST_FOUR = [0.610298, 0.321324, 0.321324, 0.516503]
NETWORK = {
    "ties": 13,
    "density": 0.232143,
    "reciprocity": 0.461538,
    "transitivity": 0.166667,
    "indegree_centralization": 0.387755,
    "outdegree_centralization": 0.061224,
    "betweenness_centralization": 0.336735,
    "gini_indegree": 0.450549,
    "effective_nominees": 5.121212,
    "top3_share": 0.692308,
    "components": 2,
    "largest_component": 0.875,
    "isolates": 1,
}
EI_INDEX = -0.230769

# Roles in the order of R sna's columns w_I, w_O, b_IO, b_OI, b_O; on the matrix as given (citation).
ROLE_ORDER = ["coordinator", "consultant", "representative", "gatekeeper", "liaison"]
ROLE_COUNTS = [
    [2, 0, 0, 2, 0],
    [0, 0, 1, 0, 0],
    [0, 0, 1, 0, 0],
    [1, 0, 2, 2, 1],
    [1, 0, 0, 0, 0],
    [0, 0, 1, 0, 0],
    [0, 0, 0, 0, 1],
    [0, 0, 0, 0, 0],
]
CLASS_A_EXPECTED = [0.0828, 0.3310, 0.4138, 0.4138, 0.4966, 1.738]
CLASS_A_SD = [0.2817, 0.6207, 0.8245, 0.8245, 0.8246, 2.0112]
PERSON_4_Z_TOTAL = 2.119
TOTAL_COUNTS = [4, 0, 5, 4, 2, 15]
TOTAL_EXPECTED = [0.4966, 2.9794, 2.9794, 2.9794, 4.4690, 13.9037]
TOTAL_SD = [0.75555, 2.2473, 2.14414, 2.14414, 2.84181, 6.58843]


def toy() -> Network:
    attributes = pd.DataFrame({"school": CLASSES}, index=ACTORS)
    return Network.from_ties(ACTORS, TIES, attributes=attributes)
