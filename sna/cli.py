"""The command line: words in, one call, words out. Python offers the same functions under the same names."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from sna.errors import Problem
    from sna.privacy.suggestion import Suggestion

# Begins the last line of a terminal anew.
CLEAR = "\r\033[K"
EPILOG = "Exit codes: 0 done · 1 the study has faults that stop it · 2 wrong usage · 3 a fault of this software."

app = typer.Typer(
    name="sna",
    help="Who goes to whom? Survey and attendance files in; measured and drawn networks out.",
    epilog=f"Start with: sna new my-study · sna check my-study · sna run my-study.  {EPILOG}",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

StudyPath = Annotated[Path, typer.Argument(metavar="STUDY", help="The study folder (the one with study.toml in it).")]


def _show_version(wanted: bool) -> None:
    if wanted:
        from sna.provenance import software_version

        typer.echo(f"sna {software_version()}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Takes the options that stand before a command."""


@app.command()
def new(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A folder that does not exist yet.")],
    export: Annotated[
        Path | None,
        typer.Option("--from", metavar="EXPORT", help="A file with answers: draft a study for it, to be corrected."),
    ] = None,
) -> None:
    """Make a study to fill in: a commented study.toml with a small roster and answers that already run."""
    from sna.examples import new_study

    page = new_study(folder, export)
    if export is None:
        typer.echo(f"Made {page}. Open it, read the comments, put in your own files, then: sna check {folder}")
        return
    to_do = [line.removeprefix("# To do: ") for line in page.read_text("utf-8").splitlines() if "# To do: " in line]
    typer.echo(f"Drafted {page} and a roster.csv beside it. Look through both:")
    for line in to_do:
        typer.echo(f"  - {line}")
    typer.echo(f"Then: sna check {folder}")


@app.command()
def example(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Which one: southern-women.")],
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A folder that does not exist yet.")],
) -> None:
    """Write a real, published study into a folder, to try things out.

    southern-women: who came to which of 14 social events (Davis, Gardner and Gardner 1941).
    """
    from sna.examples import example_study

    page = example_study(name, folder)
    typer.echo(f"Wrote {page}. Now: sna run {folder}")


@app.command()
def check(
    study: StudyPath,
    format: Annotated[str, typer.Option("--format", metavar="HOW", help="text, or json for machines.")] = "text",
) -> None:
    """Read everything and say what is wrong, all at once, and who answered. Writes nothing.

    On a terminal equal problems stand together, the first three of each; in a pipe each has its line:
    sna check STUDY | more.
    """
    from sna.checking import check_study

    if format not in ("text", "json"):
        raise typer.BadParameter(f"use text or json, not {format}.", param_hint="--format")
    checked = check_study(study)
    if format == "json":
        typer.echo(checked.json())
        raise typer.Exit(int(bool(checked.stops)))
    if sys.stdout.isatty():
        _say_grouped(checked.problems)
        response = checked.response
        if response is not None and len(response):
            _say_response(response)
            _say_silent_groups(checked.response_by_group)
    else:
        for problem in checked.problems:
            typer.echo(f"{problem.severity}: {problem}")
    stops, others = len(checked.stops), len(checked.problems) - len(checked.stops)
    if stops:
        typer.echo(f"{stops} to mend before the study can run; {others} to know about.", err=True)
        raise typer.Exit(1)
    typer.echo(f"Nothing stops this study; {others} to know about. Now: sna run {study}", err=True)


@app.command()
def names(study: StudyPath) -> None:
    """List the typed names nobody has decided on yet, with a proposal for each, in names.csv in the study folder.

    Open names.csv in a spreadsheet and fill in the column decision: accept (the proposal), other (and the id in
    actor_id), outside (a person who is not on the roster), not a person, or ignore. Decisions are kept for ever.
    """
    from sna.checking import update_names

    report = update_names(study)
    if report.undecided:
        decide = f"{report.undecided} to decide, {report.proposed} of them with a proposal"
        typer.echo(
            f"{report.file}: {report.rows} names, {decide}. Fill in the column decision, then: sna check {study}"
        )
    else:
        typer.echo(f"No name waits for a decision ({report.rows} are settled in {report.file.name}).")


@app.command()
def forget(
    study: StudyPath,
    actor: Annotated[str, typer.Argument(metavar="ACTOR", help="The person's id or name on the roster.")],
) -> None:
    """Say what changes when somebody withdraws, and list every place to edit by hand. Writes nothing."""
    from sna.withdrawal import forget as look

    found = look(study, actor)
    typer.echo(f"Without {found.name} ({found.actor_id}):")
    for row in found.changes.to_dict("records"):
        counts = [f"{row[f'{key}_now']} → {row[f'{key}_then']} {key}" for key in ("people", "ties")]
        rates = [f"{rate:.0%}" if rate >= 0 else "–" for rate in (row["rate_now"], row["rate_then"])]
        typer.echo(f"  {row['relation']} {row['wave']}: {', '.join(counts)}, response {' → '.join(rates)}")
    typer.echo(f"To edit by hand, {len(found.places)} places (sna never writes into your files):")
    for file, places in found.places.groupby("file", sort=False):
        typer.echo(f"  {file}")
        for place in places.to_dict("records"):
            value = f' "{place["value"]}"' if place["value"] else ""
            typer.echo(f'    row {place["row"]}, column "{place["column"]}"{value}: {place["what_to_do"]}')
    typer.echo(
        "Until then, `refused` as their state of consent in the roster keeps them out of every table, network and\n"
        "page. Afterwards run the study again, and delete earlier results, copies and files that were passed on."
    )


@app.command()
def run(
    study: StudyPath,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="Where to write. Default: outputs/ and the study folder's name."),
    ] = None,
    seed: Annotated[
        int | None,
        typer.Option("--seed", metavar="N", min=0, help="Starting number of everything random. Default: the study's."),
    ] = None,
    audience: Annotated[
        str | None,
        typer.Option(
            "--audience", metavar="WHO", help="researcher, manager or public: who may see it. Default: the study's."
        ),
    ] = None,
    xlsx: Annotated[
        bool,
        typer.Option("--xlsx", help="Write tables.xlsx too: every table, and what each column means. Not for public."),
    ] = False,
    exact: Annotated[
        bool,
        typer.Option("--exact", help="Estimate nothing in networks of more than 8,000 people, however long it takes."),
    ] = False,
) -> None:
    """Measure and draw a study. Prints the page to open; an earlier result stays until the new one is complete."""
    from sna.pipeline import run_study
    from sna.terms import AUDIENCES

    if audience is not None and audience not in AUDIENCES:
        raise typer.BadParameter(f"use {', '.join(AUDIENCES)}, not {audience}.", param_hint="--audience")
    watched = sys.stderr.isatty()

    def progress(words: str) -> None:
        if watched:
            typer.echo(f"{CLEAR}{words} …", nl=False, err=True)

    def say(words: str) -> None:
        typer.echo(f"{CLEAR if watched else ''}{words}", err=True)

    page = run_study(study, out, seed=seed, audience=audience, xlsx=xlsx, exact=exact, progress=progress, say=say)
    if watched:
        typer.echo(CLEAR, nl=False, err=True)
    typer.echo(str(page))


Rounds = typer.Option("--rounds", metavar="R", min=1, max=52, help="How often new ones are made.")
Seed = typer.Option("--seed", metavar="N", min=0, help="Starting number of everything random. Default: the study's.")
Audience = typer.Option("--audience", metavar="WHO", help="researcher (with numbers) or manager. Default: the study's.")
OutFile = typer.Option("--out", metavar="FILE.csv", help="Write the table, too: one row per round and person.")
Format = typer.Option("--format", metavar="HOW", help="text, or json for machines.")


@app.command()
def pair(
    study: StudyPath,
    topic: Annotated[str, typer.Option("--topic", metavar="T", help="On what: a relation's id, topic or label.")],
    rounds: Annotated[int, Rounds] = 1,
    seed: Annotated[int | None, Seed] = None,
    audience: Annotated[str | None, Audience] = None,
    out: Annotated[Path | None, OutFile] = None,
    format: Annotated[str, Format] = "text",
) -> None:
    """Propose pairs: somebody sought on the topic with somebody who seeks, whom they have not met before."""
    from sna.pipeline import suggest_pairs

    _check_words(format, audience)
    _say_suggestion(suggest_pairs(study, topic, rounds, seed=seed, audience=audience, out=out), out, format)


@app.command()
def groups(
    study: StudyPath,
    topics: Annotated[
        list[str] | None, typer.Option("--topic", metavar="T", help="On what; may be repeated. Default: all, in turn.")
    ] = None,
    size: Annotated[int, typer.Option("--size", metavar="K", min=2, max=20, help="How many sit in a group.")] = 3,
    rounds: Annotated[int, Rounds] = 6,
    seed: Annotated[int | None, Seed] = None,
    audience: Annotated[str | None, Audience] = None,
    out: Annotated[Path | None, OutFile] = None,
    format: Annotated[str, Format] = "text",
) -> None:
    """Propose groups for a year: re-made each round, with somebody sought on the round's topic in each."""
    from sna.pipeline import suggest_groups

    _check_words(format, audience)
    found = suggest_groups(study, topics or (), size, rounds, seed=seed, audience=audience, out=out)
    _say_suggestion(found, out, format)


def _check_words(format: str, audience: str | None) -> None:
    from sna.terms import AUDIENCES

    if format not in ("text", "json"):
        raise typer.BadParameter(f"use text or json, not {format}.", param_hint="--format")
    if audience is not None and audience not in AUDIENCES:
        raise typer.BadParameter(f"use {', '.join(AUDIENCES[:2])}, not {audience}.", param_hint="--audience")


def _say_suggestion(found: Suggestion, out: Path | None, format: str) -> None:
    typer.echo(found.json() if format == "json" else found.text())
    if out is not None:
        typer.echo(f"Written: {out}", err=True)


@app.command()
def metrics(
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="One measure, in full.")] = None,
) -> None:
    """List every measure, or say exactly what one of them is: formula, direction, when undefined, source."""
    from sna.errors import hint
    from sna.metrics.catalogue import measures

    known = {measure.name: measure for measure in measures()}
    if name is None:
        width = max(map(len, known))
        for measure in known.values():
            typer.echo(f"{measure.name:<{width}}  {measure.level:<7}  {measure.label}")
        return
    if name not in known:
        raise typer.BadParameter(f"there is no measure {name}.{hint(name, known)}", param_hint="NAME")
    typer.echo(known[name].describe())


def _say_grouped(problems: Sequence[Problem]) -> None:
    """Problems by file, the most harmful first, equal ones together, the first three places of each."""
    kinds: dict[tuple[str, str, str], list[Problem]] = {}
    for problem in problems:
        kinds.setdefault((problem.severity, problem.file, problem.problem), []).append(problem)
    colours = {"stops": "red", "left out": "yellow", "used": "cyan"}
    for (severity, file, what), found in kinds.items():
        often = f" ({len(found)} times)" if len(found) > 1 else ""
        typer.echo(typer.style(f"{severity}: ", fg=colours.get(severity), bold=True) + f"{file}: {what}{often}")
        for problem in found[:3]:
            place = problem.place.removeprefix(problem.file).lstrip(", ")
            value = f'"{problem.value}"' if problem.value else ""
            typer.echo("    " + "  ".join(part for part in (place, value, problem.remedy) if part))
        if len(found) > 3:
            typer.echo(f"    … and {len(found) - 3} more: sna check STUDY | more shows each on a line of its own")


def _say_response(response: pd.DataFrame) -> None:
    """Who answered, wave by wave."""
    width = max(len(name) for name in response["relation"])
    heads = f"{'people':>8}{'asked':>8}{'answered':>10}{'rate':>7}{'both sides':>12}{'at cap':>8}"
    typer.echo(f"\n{'':{width}}  {'wave':<10}{heads}")
    for row in response.to_dict("records"):
        rate, both = (f"{row[key]:.0%}" if row[key] == row[key] else "–" for key in ("rate", "dyads_seen_twice"))
        cap = f"{row['at_cap']:.0%}" if row["at_cap"] == row["at_cap"] else "–"
        counts = f"{row['people']:>8}{row['asked']:>8}{row['respondents']:>10}"
        typer.echo(f"{row['relation']:{width}}  {row['wave']:<10}{counts}{rate:>7}{both:>12}{cap:>8}")
    typer.echo(
        "both sides: share of pairs of whom both answered; at cap: respondents who named as many as they could\n"
    )


def _say_silent_groups(by_group: pd.DataFrame | None) -> None:
    """The groups of which few answered, wave by wave, the most silent first."""
    if by_group is None:
        return
    low = by_group[(by_group["rate"] < 0.7) & (by_group["asked"] > 1)]
    places = low.groupby(["wave", "group", "value"], sort=False)[["respondents", "asked", "rate"]].min()
    places = places.sort_values("rate", kind="stable").reset_index()
    for row in places.head(8).to_dict("records"):
        who = f"{row['group']} {row['value']}"
        typer.echo(f"few answered in {row['wave']}: {who}, {row['respondents']} of {row['asked']} at the least")
    if len(places) > 8:
        typer.echo(f"… and {len(places) - 8} more groups: sna check STUDY --format json lists every one")


def _say(problems: Sequence[Problem]) -> None:
    for problem in problems:
        typer.echo(str(problem), err=True)
    count = len(problems)
    typer.echo(f"{count} {'fault stops' if count == 1 else 'faults stop'} this study; nothing was written.", err=True)


def main() -> NoReturn:
    """Run the command line; every way it can end is a sentence and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        # A Windows console may not know every letter of a name; a replacement is better than a crash.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    from sna.errors import OutputError, StudyError

    try:
        app()
    except StudyError as error:
        _say(error.problems)
        sys.exit(1)
    except OutputError as error:
        typer.echo(str(error), err=True)
        sys.exit(2)
    except KeyboardInterrupt:
        typer.echo("Stopped; an earlier result is untouched.", err=True)
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:
        if os.environ.get("SNA_DEBUG"):
            raise
        typer.echo(
            f"This is a fault of sna, not of your study ({type(error).__name__}: {error}). Nothing was written. "
            "Please report it; with SNA_DEBUG=1 in the environment the details are shown.",
            err=True,
        )
        sys.exit(3)
    sys.exit(0)


if __name__ == "__main__":
    main()
