"""The contact log in tables: contact by month, by person, and how evenly, steadily and by need it is spread."""

from __future__ import annotations

import datetime as dt
from math import isinf

import numpy as np

from sna.analyses import Facilitation
from sna.facilitation.seeds import rng_of
from sna.inference.contact import Change, change_test, evenness_test, need_test, steadiness_test
from sna.inference.permutation import PermutationTest
from sna.metrics.contact import longest_gap
from sna.metrics.frames import ratio
from sna.networks.contact_log import FATES, Caseload, ContactLog, Ints
from sna.networks.network import Bools, Floats
from sna.rows import Row, Rows
from sna.study import Study

# Thousands of draws for more people take minutes.
MOST_PEOPLE = 500
WEEK, MONTH = 7.0, 365.25 / 12
# In the order of the table `contact_spread`.
MEASURES = (
    "contacts_per_month",
    "first_term_per_month",
    "second_term_per_month",
    "change_contacts",
    "change_minutes",
    "gini_contacts",
    "hhi_contacts",
    "effective_number_contacts",
    "gini_minutes",
    "hhi_minutes",
    "effective_number_minutes",
    "months_with_contact",
    "variation_by_month",
    "need_correlation",
)


def log_rows(study: Study, declared: Facilitation, log: ContactLog) -> Rows:
    """The rows of the tables that begin with `contact_`, by name."""
    span = {"since": log.first, "second_term": log.second, "until": log.last}
    rows: Rows = {"contact_months": [], "contact_people": [], "contact_spread": []}
    rows["contact_log"] = [{**span, "what": what, "contacts": log.fates[what]} for what in FATES]
    for caseload in log.caseloads:
        rows["contact_people"] += _people(log, caseload, declared.weeks)
        rows["contact_spread"] += _spread(study, declared, log, caseload, None)
        for facilitator in caseload.facilitators:
            alone = caseload.alone(facilitator)
            rows["contact_months"] += _months(log, alone)
            rows["contact_spread"] += _spread(study, declared, log, alone, facilitator)
    return rows


def _months(log: ContactLog, alone: Caseload) -> list[Row]:
    """One row for each member and month of one facilitator; null where nothing could be known."""
    names, months = log.months
    known = _by_month(alone.known, months)
    counts, stated = alone.per_month(months), ~np.isnan(alone.minutes)
    minutes = alone.per_month(months, np.nan_to_num(alone.minutes))
    lacking = alone.per_month(months, (~stated).astype(float))
    found: list[Row] = []
    for at, actor in enumerate(alone.members):
        for month, name in enumerate(names):
            row: Row = {"community": alone.community, "facilitator_id": alone.facilitators[0], "actor_id": actor}
            row |= {"month": name, "days": int(known[at, month])}
            if known[at, month]:
                row |= _amounts(counts[at, month], minutes[at, month], lacking[at, month])
            found.append(row)
    return found


def _amounts(contacts: float, minutes: float, lacking: float) -> Row:
    """Contacts and their minutes; minutes are null when there were contacts and none of them states any."""
    none = contacts > 0 and lacking == contacts
    return {
        "contacts": int(contacts),
        "minutes": np.nan if none else minutes,
        "without_minutes": int(lacking),
    }


def _by_month(days: Bools, months: Ints) -> Floats:
    """(N, D) booleans → (N, T) days of each month."""
    one_hot = months[:, None] == np.arange(int(months.max()) + 1)
    return np.asarray(days.astype(float) @ one_hot, dtype=float)


def _people(log: ContactLog, caseload: Caseload, weeks: int) -> list[Row]:
    """One row for each member: contact with all their facilitators together."""
    known, term, waiting = caseload.known, log.term, caseload.waiting(7 * weeks)
    order = np.argsort(caseload.of, kind="stable")
    contacts = np.split(order, np.searchsorted(caseload.of[order], np.arange(1, len(caseload.members))))
    found: list[Row] = []
    for at, actor in enumerate(caseload.members):
        row: Row = {"community": caseload.community, "actor_id": actor, "facilitators": len(caseload.facilitators)}
        row |= {"logging": int(caseload.logging.sum()), "need": caseload.need[at]}
        days = np.flatnonzero(known[at])
        if not len(days):
            found.append({**row, "reason": "not_logged"})
            continue
        mine = contacts[at]
        met, minutes = np.sort(caseload.day[mine]), caseload.minutes[mine]
        late = term[caseload.day[mine]]
        row |= {"weeks": len(days) / WEEK, **_amounts(*_sums(minutes))}
        row |= {"first_weeks": (~term[days]).sum() / WEEK, "second_weeks": term[days].sum() / WEEK}
        for name, part in (("first", minutes[~late]), ("second", minutes[late])):
            if row[f"{name}_weeks"]:
                amounts = _amounts(*_sums(part))
                row |= {f"{name}_contacts": amounts["contacts"], f"{name}_minutes": amounts["minutes"]}
        end = log.days - 1
        if len(met):
            row |= {"first": _date(log, met[0]), "last": _date(log, met[-1])}
        if caseload.there[at, end]:
            row["weeks_since_last"] = (end - met[-1]) / WEEK if len(met) else np.nan
            row["no_contact"] = bool(waiting[at])
        row["longest_gap"] = longest_gap(met.tolist(), int(days[0]), int(days[-1])) / WEEK
        found.append(row)
    return found


def _sums(minutes: Floats) -> tuple[float, float, float]:
    """How many contacts, their minutes, and how many without any stated."""
    return float(len(minutes)), float(np.nansum(minutes)), float(np.isnan(minutes).sum())


def _date(log: ContactLog, day: int) -> dt.date:
    return log.first + dt.timedelta(days=int(day))


def _spread(
    study: Study, declared: Facilitation, log: ContactLog, caseload: Caseload, facilitator: str | None
) -> list[Row]:
    """How evenly, steadily and by need contact is spread: one row for each measure."""
    # Members of whom nothing could be known say nothing about how contact is spread.
    people = np.flatnonzero(caseload.known.any(axis=1))
    found: dict[str, Row]
    if caseload.members and not caseload.logging.any():
        found = {name: {"reason": "not_logged"} for name in MEASURES}
    elif not len(people):
        found = {name: {"reason": "too_few_nodes"} for name in MEASURES}
    elif len(people) > MOST_PEOPLE and not study.exact:
        found = {name: {"reason": "too_large"} for name in MEASURES}
    else:
        rng = rng_of(study, "contact", caseload.community, facilitator)
        found = _measured(log, caseload, people, rng, declared.draws)
    keys: Row = {"community": caseload.community, "facilitator_id": facilitator}
    sizes = {"people": len(people), "contacts": len(caseload.of)}
    return [{**keys, "measure": name, **found[name], **sizes} for name in MEASURES]


def _measured(
    log: ContactLog, caseload: Caseload, people: Ints, rng: np.random.Generator, draws: int
) -> dict[str, Row]:
    """Measure → its value beside chance, over the members at these places."""
    known, term, months = caseload.known[people], log.term, log.months[1]
    of, days, minutes = np.searchsorted(people, caseload.of), caseload.day, caseload.minutes
    later, stated, once = term[days], ~np.isnan(minutes), np.ones(len(of))
    counts = _totals(of, later, once, len(people))
    lengths = _totals(of[stated], later[stated], minutes[stated], len(people))
    weeks = [known[:, ~term].sum(axis=1) / WEEK, known[:, term].sum(axis=1) / WEEK]
    # Whoever was there in one term only says nothing about how terms differ.
    both = (weeks[0] > 0) & (weeks[1] > 0)
    found: dict[str, Row] = {
        "contacts_per_month": _per_month(len(of), known),
        "first_term_per_month": _per_month(counts[0, both].sum(), known[both][:, ~term]),
        "second_term_per_month": _per_month(counts[1, both].sum(), known[both][:, term]),
    }
    for name, (first, second) in (("contacts", counts), ("minutes", lengths)):
        found[f"change_{name}"] = _change_row(change_test(first, second, weeks[0], weeks[1], rng, draws))
    for name, mine, amounts in (("contacts", once > 0, once), ("minutes", stated, minutes)):
        tests = evenness_test(of[mine], known[:, days[mine]].T, amounts[mine], rng, draws)
        found |= {f"{measure}_{name}": _row(test) for measure, test in tests.items()}
    steady = steadiness_test(caseload.per_month(months)[people], _by_month(known, months), rng, draws)
    found |= {"months_with_contact": _row(steady["reached"]), "variation_by_month": _row(steady["variation"])}
    rate = counts.sum(axis=0) / known.sum(axis=1)
    return {**found, "need_correlation": _row(need_test(rate, caseload.need[people], rng, draws))}


def _per_month(contacts: float, days: Bools) -> Row:
    """Contacts of one person in a month, on average over all days of membership."""
    value = float(ratio(contacts * MONTH, days.sum()))
    return {"value": value, "reason": "one_term" if np.isnan(value) else None}


def _totals(of: Ints, later: Bools, amounts: Floats, people: int) -> Floats:
    """(2, N): what each person had in the first and in the second term."""
    return np.array([np.bincount(of[later == term], amounts[later == term], people) for term in (False, True)])


def _row(test: PermutationTest) -> Row:
    """A value beside chance."""
    chance = test.chance
    if chance is None:
        return {"value": test.observed, "reason": test.reason}
    ends = {"chance_05": chance.quantile(0.05), "chance_95": chance.quantile(0.95)}
    return {"value": test.observed, "chance_mean": chance.mean, **ends, "p": test.p}


def _change_row(change: Change) -> Row:
    """A change with its interval; an end that nothing rules out is null."""
    high = np.nan if isinf(change.high) else change.high
    return {"value": change.ratio, "p": change.p, "low": change.low, "high": high, "reason": change.reason}
