"""What is said beside a picture of one network: how much was reported, by whom, and what not to read into it."""

from __future__ import annotations

from math import isnan

from sna.findings.words import count, figure, in_words, people, percent
from sna.metrics.catalogue import measure
from sna.networks import Network
from sna.results import Results
from sna.study import Relation
from sna.terms import REASONS

SHOWN = (
    "ties",
    "density",
    "reciprocity",
    "transitivity",
    "indegree_centralization",
    "components",
    "gini_indegree",
    "top3_share",
)

# Measures that the pages tell elsewhere than among the figures: ties in their sentences, who is named on the people.
EXPLAINED = (*SHOWN, "indegree")

# Beyond this share of respondents at the cap, numbers of ties say more about the cap than about people.
MANY_AT_CAP = 0.3


def headline(results: Results, network: Network) -> tuple[str, ...]:
    """Two to four sentences: how many answered, what they reported, how far it may be trusted."""
    return tuple(sentence for sentence, _ in told(results, network))


def told(results: Results, network: Network) -> tuple[tuple[str, str | None], ...]:
    """The sentences of the headline, each with the measure it tells; None where it tells none."""
    label = results.study.wave(network.wave).label
    asked = int((network.asked | network.answered).sum())
    ties = int(network.matrix.nnz)
    if network.n == 0:
        return ((f"{label}: nobody was on the roster.", None),)
    answers = (
        f"{label}: {network.respondents} of {people(asked)} asked gave an answer ({percent(network.response_rate)}) "
        f"and reported {count(ties, 'tie')} with {people(_partners(network))}."
    )
    sentences: list[tuple[str, str | None]] = [(answers, "ties")]
    returned = _network_value(results, network, "reciprocity")
    if not isnan(returned) and results.verdict(network.wave, network.relation, "reciprocity") == "allowed":
        whose = "" if network.answered.all() else " between people who both answered"
        sentences.append((f"Of the ties{whose}, {percent(returned)} are reported from both sides.", "reciprocity"))
    silent = asked - network.respondents
    if silent:
        whose = "what this person would have said is" if silent == 1 else "what they would have said is"
        missing = f"{in_words(silent)} did not answer: {whose} unknown, and a missing line from them is not a “no”."
        sentences.append((missing, None))
    rows = results.response[["wave", "relation", "at_cap"]].to_numpy().tolist()
    at_cap = next(share for wave, relation, share in rows if (wave, relation) == (network.wave, network.relation))
    if at_cap > MANY_AT_CAP:
        capped = f"{percent(at_cap)} named as many people as they were allowed to: there may be more ties."
        sentences.append((capped, None))
    caution = response_caution(results, network)
    return (*sentences, (caution, None)) if caution else tuple(sentences)


def _network_value(results: Results, network: Network, name: str) -> float:
    """A measure of the whole network, as the tables have it."""
    table = results.network_metrics
    mine = table[(table["wave"] == network.wave) & (table["relation"] == network.relation) & table["group"].isna()]
    return float(mine.loc[mine["measure"] == name, "value"].iloc[0])


def _partners(network: Network) -> int:
    """How many people were named."""
    return int((network.matrix.sum(axis=0) > 0).sum())


def response_caution(results: Results, network: Network) -> str:
    """What the response does not allow to be said, or an empty string."""
    wave, relation = network.wave, network.relation
    if network.respondents == 0:
        return "Nobody answered, so nothing can be said."
    if results.verdict(wave, relation, "indegree") == "withheld":
        return "Too few answered to say who is named most or who stands between others: read the lines one by one only."
    if results.verdict(wave, relation, "indegree") == "flagged":
        return "Too few answered for numbers about a person: who is named often is told in thirds, and nothing else."
    if results.verdict(wave, relation, "path") == "withheld":
        return "Too few answered to say who stands between others, or who is cut off."
    if results.verdict(wave, relation, "path") == "flagged":
        return "Some did not answer: take who stands between others, or who seems cut off, with care."
    return ""


def question(relation: Relation) -> str:
    """The question as it was asked, and its topic where neither it nor the label says it."""
    topic = relation.topic
    if topic is None or topic.casefold() in f"{relation.label} {relation.question}".casefold():
        return relation.question
    return f"{relation.question} Topic: {topic}.".strip()


def arrow(relation: Relation) -> str:
    """What an arrow means."""
    base = "An arrow runs from the person who answered to the person they named."
    if relation.flow == "against":
        return f"{base} What passes comes back the other way, from the person named."
    if relation.flow == "along":
        return f"{base} What passes goes the same way."
    return base


def standing(named_by: int) -> str:
    """How often a person was named, as a number."""
    return f"named by {people(named_by)}"


def card(network: Network, actor_id: str, name: str, band: str | None) -> tuple[str, ...]:
    """Plain sentences about one person in one picture: numbers, or a band for readers who may not see numbers."""
    numbers = band is None
    i = network.position(actor_id)
    received, given = network.dense[:, i], network.dense[i]
    named_by, names = int(received.sum()), int(given.sum())
    sentences = [] if numbers else [f"{name}: {band}."]
    if numbers:
        could = int(network.observed[:, i].sum())
        among = f"the {people(could)} who answered and could have named {name}"
        if not could:
            sentences.append(f"Nobody who answered could name {name}.")
        else:
            sentences.append(f"{in_words(named_by)} of {among} did." if named_by else f"Nobody among {among} did.")
    if network.answered[i]:
        if numbers:
            both = int((received * given).sum())
            ways = f"; {in_words(both).lower()} of these ties {'goes' if both == 1 else 'go'} both ways" if both else ""
            sentences.append(f"{name} named {people(names)}{ways}.")
        if not names and not named_by:
            sentences.append(f"{name} answered, and no tie was reported in either direction.")
    elif network.asked[i]:
        sentences.append(f"{name} did not answer this question: whom {name} would have named is unknown.")
    else:
        sentences.append(f"{name} was not asked, but could be named.")
    return tuple(sentences)


def figures(results: Results, network: Network) -> tuple[tuple[str, str, str, str], ...]:
    """(name, label, value, meaning) of a few measures of the whole network; why, where one is not given."""
    table = results.network_metrics
    mine = table[(table["wave"] == network.wave) & (table["relation"] == network.relation)]
    by_measure = mine[mine["group"].isna()].set_index("measure").to_dict("index")
    rows = []
    for name in SHOWN:
        entry = measure(name)
        found = by_measure[name]
        value = float(found["value"])
        if isnan(value):
            meaning = f"Not given: {REASONS[str(found['reason'])]}."
        else:
            care = " Take it with care: some did not answer." if found["verdict"] == "flagged" else ""
            meaning = entry.plain + care
        share = entry.unit.startswith("share")
        rows.append((name, entry.label, percent(value) if share else figure(value), meaning))
    return tuple(rows)
