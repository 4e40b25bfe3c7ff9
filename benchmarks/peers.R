# What an R package does with the networks of bench_measures.py, for peers_r.py:
#
#     Rscript benchmarks/peers.R PACKAGE FOLDER REPEAT MEASURE,MEASURE,…
#
# FOLDER holds ties.txt, union.txt, strong.txt (two columns of numbers from 1) and facts.txt (people; people who all reach
# one another), and school.txt. Prints for each measure its name and the processor and wall seconds of every call, with
# tabs between, and writes the numbers to FOLDER/r_<measure>.txt. Making graphs is not timed. A call too short for R's
# clock is made as often as takes a tenth of a second. Of sna, only what needs no n x n array is asked for above 1,000
# people: the rest takes hours.

arguments <- commandArgs(trailingOnly = TRUE)
package <- arguments[1]; folder <- arguments[2]; times <- as.integer(arguments[3])
names <- strsplit(arguments[4], ",")[[1]]
suppressPackageStartupMessages(library(package, character.only = TRUE))

read <- function(file) as.matrix(read.table(file.path(folder, file)))
ties <- read("ties.txt"); facts <- scan(file.path(folder, "facts.txt"), quiet = TRUE)
school <- scan(file.path(folder, "school.txt"), quiet = TRUE)
n <- facts[1]

of_igraph <- function() {
  whole <- make_graph(t(ties), n = n); union <- make_graph(t(read("union.txt")), n = n, directed = FALSE)
  strong <- make_graph(t(read("strong.txt")), n = facts[2])
  leiden <- function() max(sapply(1:10, function(i)
    modularity(union, membership(cluster_leiden(union, objective_function = "modularity", n_iterations = 2)))))
  list(
    betweenness = function() betweenness(whole),
    tie_betweenness = function() edge_betweenness(whole),
    harmonic = function() harmonic_centrality(whole, mode = "in", normalized = TRUE),
    closeness = function() closeness(strong, mode = "in", normalized = TRUE),
    pagerank = function() page_rank(whole)$vector,
    eigenvector = function() eigen_centrality(strong, directed = TRUE)$vector,
    core = function() coreness(union),
    clustering = function() transitivity(union, "localundirected"),
    transitivity = function() transitivity(union, "globalundirected"),
    reciprocity = function() reciprocity(whole),
    constraint = function() constraint(whole),
    triads = function() triad_census(whole),
    communities = leiden
  )
}

of_sna <- function() {
  network <- function(pairs, size) { list <- cbind(pairs, 1); attr(list, "n") <- size; list }
  whole <- network(ties, n); turned <- network(ties[, 2:1], n)
  both <- read("union.txt"); union <- network(rbind(both, both[, 2:1]), n)
  list(
    betweenness = function() betweenness(whole),
    harmonic = function() closeness(turned, cmode = "suminvdir"),
    core = function() kcores(union, mode = "digraph", cmode = "indegree"),
    transitivity = function() gtrans(union, measure = "weak"),
    reciprocity = function() grecip(whole, measure = "edgewise"),
    triads = function() triad.census(whole),
    brokerage = function() brokerage(turned, school)$raw.nli[, 1:5]
  )
}

jobs <- if (package == "sna") of_sna() else of_igraph()
if (package == "sna" && n > 1000) jobs <- jobs[c("reciprocity", "brokerage")]
clock <- function() { now <- proc.time(); c(now[["user.self"]] + now[["sys.self"]], now[["elapsed"]]) }
for (name in intersect(names, names(jobs))) {
  failed <- tryCatch({
    before <- clock(); values <- jobs[[name]](); first <- clock() - before
    write.table(values, file.path(folder, paste0("r_", name, ".txt")), row.names = FALSE, col.names = FALSE)
    calls <- max(1, ceiling(0.1 / max(first[2], 0.0005)))
    each <- if (first[2] > 10) matrix(first, 2) else replicate(times, {
      before <- clock(); for (i in seq_len(calls)) jobs[[name]](); (clock() - before) / calls
    })
    cat(name, paste(each[1, ], collapse = ","), paste(each[2, ], collapse = ","), sep = "\t"); cat("\n")
    NULL
  }, error = function(fault) conditionMessage(fault))
  if (!is.null(failed)) { cat(name, "failed", gsub("[\t\n]", " ", failed), sep = "\t"); cat("\n") }
}
cat("version", as.character(packageVersion(package)), "", sep = "\t"); cat("\n")
