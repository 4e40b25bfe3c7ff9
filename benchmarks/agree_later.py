"""Reference values that no measure of ours computes, by name."""

from __future__ import annotations

_NAMES = {
    "hubs and authorities": ("hub", "authority"),
    "bridging after Valente & Fujimoto": ("bridging_union",),
    "single people who hold pieces together": ("articulation_points_union", "sna_cutpoints_weak"),
    "cliques": ("clique_number_union", "max_cliques_union_count_min3"),
    "communities by searches other than Leiden or Louvain": (
        "modularity_fast_greedy_union",
        "modularity_leading_eigen_union",
        "modularity_walktrap_union",
        "modularity_edge_betweenness_union",
    ),
    "centralization of classical closeness": (
        "centralization_closeness_directed",
        "centralization_closeness_undirected",
    ),
    "centralization of the eigenvector": ("centralization_evcent_union",),
    "stress, load, information and flow betweenness": (
        "sna_stresscent",
        "sna_loadcent",
        "sna_infocent_union",
        "sna_flowbet",
    ),
    "proximity prestige": ("sna_prestige_domain_proximity",),
    "transitivity other than weak, and its counts": (
        "gtrans_strong",
        "gtrans_weakcensus",
        "gtrans_strongcensus",
        "gtrans_correlation",
    ),
    "reciprocity as a log ratio": ("grecip_edgewise.lrr",),
    "structural equivalence and blockmodels": ("equiv_clust_hamming_k4", "sedist_hamming_row1"),
    "PageRank and constraint by strength": ("pagerank_valued", "constraint_valued"),
    "key players by people within two steps, found greedily": ("keyplayer_greedy_k2", "keyplayer_greedy_k3"),
    "betweenness and closeness by a power of strength": ("tnet_betweenness_alpha0.5", "tnet_closeness_alpha1"),
    "numeric attributes of people": ("assortativity_numeric", "moran_lag1", "geary_lag1", "cor_indegree"),
}
LATER: dict[str, str] = {name: reason for reason, names in _NAMES.items() for name in names}
