"""What is said on the first page: what was asked and answered, read, left out, and what nobody should conclude."""

from __future__ import annotations

from sna.errors import Problem
from sna.findings.words import count, listed, people, percent
from sna.results import Results

AUDIENCE_WORDS = {
    "researcher": "For the research team only: it shows names, single answers and single people's numbers. "
    "Do not pass it on.",
    "manager": "For the programme's team: people are named only where they agreed; how often is told in thirds.",
    "public": "For anybody: only ties between groups are shown, and small numbers are withheld.",
}

RECOGNISED = {
    "exact": "{} found on the roster as written",
    "respelt": "{} once spelling was evened out",
    "decided": "{} by a decision in names.csv",
    "outside": "{} known not to be on the roster",
    "ignored": "{} left out by a decision in names.csv",
    "unresolved": "{} not recognised",
}
FATES = {
    "used": "{} were used",
    "unknown": "{} say nothing, such as questions left empty",
    "out_of_scope": "{} are not part of this study (columns it does not use, people who did not agree)",
    "rejected": "{} were left out for the reasons given below",
}
MOST_UNRESOLVED = 0.05

MORE_TIES = "More ties are not better ties. A full picture may mean good exchange, or too many meetings."
PLACE = "A place in the picture says nothing about how good anybody is at their work."
YEARS = "A difference between years may come from who was asked and who answered; compare only what stayed the same."
CAUTIONS = (
    MORE_TIES,
    PLACE,
    "A person who did not answer is not cut off: only what others said about them is known.",
    "Coming to the same meeting is an opportunity to talk, not a relationship.",
    YEARS,
    "One picture cannot show that the programme caused a tie.",
)


def summary(results: Results) -> tuple[str, ...]:
    """Two to four sentences about the study as a whole."""
    study, tables = results.study, results.tables
    everybody = tables.actors["actor_id"].nunique()
    waves = [wave.label for wave in study.waves]
    sentences = []
    if results.networks:
        relations = count(len(study.relations), "kind of tie", "kinds of tie")
        sentences.append(f"{people(everybody)}, {count(len(waves), 'survey')} ({listed(waves)}), {relations}.")
        rates = results.response["rate"].dropna()
        if len(rates):
            low, high = float(rates.min()), float(rates.max())
            span = percent(low) if percent(low) == percent(high) else f"between {percent(low)} and {percent(high)}"
            varies = ", depending on the question and the survey" if percent(low) != percent(high) else ""
            sentences.append(f"Of those asked, {span} answered{varies}.")
    else:
        sentences.append(
            f"{people(everybody)}. No question about ties was asked; attendance was recorded. Coming together is an "
            "opportunity to talk, not a tie."
        )
    return (*sentences, *unresolved_warning(results))


def attendance_sentences(results: Results) -> tuple[str, ...]:
    """Plain sentences about attendance; empty without any."""
    events = results.tables.events
    if not len(events):
        return ()
    recorded = int(events["recorded"].sum())
    were = "was" if len(events) == 1 else "were"
    sentences = [f"{count(len(events), 'event')} {were} declared; attendance was recorded at {recorded}."]
    shares = results.engagement["dosage"].dropna()
    if len(shares):
        sentences.append(
            f"On average people came for {percent(float(shares.mean()))} of the minutes they could have attended."
        )
    rates = results.engagement["attendance_rate"].dropna()
    if len(rates) and not len(shares):
        sentences.append(f"On average people came to {percent(float(rates.mean()))} of the events they could attend.")
    contacts = results.tables.contacts
    if len(contacts):
        were = "was" if len(contacts) == 1 else "were"
        sentences.append(f"{count(len(contacts), 'one-to-one contact')} {were} logged.")
    return tuple(sentences)


def event_counts(results: Results) -> list[tuple[str, str, str, int | None, int]]:
    """(event, date, kind, how many came of those it was for, how many those are); None where it was not recorded."""
    attendance = results.tables.attendance
    counts = []
    for record in results.tables.events.to_dict("records"):
        mine = attendance[(attendance["event_id"] == record["event_id"]) & attendance["eligible"].astype(bool)]
        came = int((mine["status"] == "present").sum()) if record["recorded"] else None
        kind = record["kind"] if isinstance(record["kind"], str) else ""
        counts.append((str(record["event_id"]), str(record["date"]), kind, came, len(mine)))
    return counts


def files_read(results: Results) -> tuple[str, ...]:
    """One sentence per file that was read, and one about how the people in them were recognised."""
    files = [
        f"{file}: {count(rows, 'row')}" if rows else f"{file}: the study's declaration"
        for file, rows in results.tables.files.items()
    ]
    names = results.tables.names
    told = [words.format(f"{names[how]:,}") for how, words in RECOGNISED.items() if names.get(how)]
    recognised = (f"People in these files: {listed(told)}.",) if told else ()
    return (*files, *recognised, cells_accounted(results))


def cells_accounted(results: Results) -> str:
    """What became of every cell of every file, in one sentence."""
    table = results.tables.accounting
    total = {name: int(table[name].sum()) for name in ("cells", *FATES)}
    told = [words.format(f"{total[name]:,}") for name, words in FATES.items() if total[name]]
    cells = count(total["cells"], "cell")
    return f"Nothing is lost on the way: of {cells} in these files, {listed(told)}."


def unresolved_warning(results: Results) -> tuple[str, ...]:
    """A sentence when more than one name in twenty could not be matched; else nothing."""
    counts = results.tables.answered[["named", "named_outside", "named_unresolved"]].sum()
    total = int(counts.sum())
    share = float(counts["named_unresolved"]) / total if total else 0.0
    if share <= MOST_UNRESOLVED:
        return ()
    return (
        f"Careful: {percent(share)} of the names could not be matched to anybody, so who is named most may be wrong.",
    )


def grouped(problems: tuple[Problem, ...], severities: tuple[str, ...], *, show_values: bool) -> tuple[str, ...]:
    """Problems of these severities as sentences, one per file and kind of problem, with how often it occurs.

    Without `show_values` nothing is given that may name a person: a problem's own words never do. Files that study.toml
    names together stand under that name, as their own names may tell who answered.
    """
    kinds: dict[tuple[str, str], list[Problem]] = {}
    for p in problems:
        if p.severity in severities:
            kinds.setdefault((p.named or p.file, p.problem), []).append(p)
    sentences = []
    for (file, problem), found in kinds.items():
        remedies = list(dict.fromkeys(p.remedy for p in found))
        values = list(dict.fromkeys(p.value for p in found if p.value))
        parts = [f"{file}: {problem}"]
        if len(remedies) == 1 and (show_values or not values):
            parts.append(remedies[0])
        if len(found) > 1:
            parts.append(f"{len(found)} times.")
        if show_values and values:
            parts.append(f"{'As in' if len(values) > 4 else 'Namely'}: {listed(values[:4])}.")
        sentences.append(" ".join(parts))
    return tuple(sentences)
