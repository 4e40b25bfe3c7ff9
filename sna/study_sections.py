"""Every key that `study.toml` may hold; checks and `docs/study-file.md` come from here."""

from __future__ import annotations

from sna.study_analyses import ANALYSES
from sna.study_event_sections import EVENT_SECTIONS, SHEET
from sna.study_keys import REQUIRED, Key, Section
from sna.terms import AUDIENCES, CONSENT_STATES, FLOWS, FORMS, SURVEY_FORMATS

SECTIONS: tuple[Section, ...] = (
    Section(
        "study",
        False,
        "The study as a whole.",
        (
            Key("name", "text", REQUIRED, "Title, as it stands on every page."),
            Key("note", "text", "", "A sentence shown under the title, such as where the data come from."),
            Key(
                "roster",
                "text",
                REQUIRED,
                "File with everybody who could be named: id, name, attributes. Three columns mean something special: "
                "`asked` (no: could be named, was not sent the survey), `joined` and `left` (dates of membership).",
                path=True,
            ),
            Key("id_column", "text", "actor_id", "Roster column with each person's id."),
            Key("name_column", "text", "name", "Roster column with names; without such a column the ids are shown."),
            Key(
                "wave_column",
                "text",
                "wave",
                "Roster column that says for which wave a row holds. With it, a person has one row per wave in which "
                "they are a member; an empty cell holds for every wave. Without it, everybody is in every wave.",
            ),
            Key(
                "respondent",
                "text",
                "actor_id",
                "Column of the responses files that says who answered: an id or a name from the roster.",
            ),
            Key(
                "names",
                "text",
                "",
                "Who is meant by names as typed, as decided by a person; `sna names` writes and updates it "
                "(docs/guides/names.md). `names.csv` is read without being declared.",
                path=True,
            ),
            Key(
                "unresolved",
                "text",
                "stop",
                "What happens with a name that cannot be matched to the roster. `stop`: the study does not run until "
                "it is decided in names.csv. `count`: it is left out and counted as unresolved. `outside`: it is a "
                "person outside the roster, as if names.csv said so.",
                choices=("stop", "count", "outside"),
            ),
            Key(
                "answered_twice",
                "text",
                "stop",
                "What happens when a person has several rows in a responses file. `stop`: a person must take one out. "
                "`first`, `last`: that row counts.",
                choices=("stop", "first", "last"),
            ),
            Key(
                "dates",
                "text",
                "",
                "How dates such as 03/04/2026 are written in the files: `d/m/y` or `m/d/y`. Only needed where a file "
                "does not tell by itself; dates written year first need nothing.",
                choices=("d/m/y", "m/d/y"),
            ),
            Key("groups", "texts", (), "Roster columns used to group people: colours, mixing, brokerage."),
            Key(
                "cluster",
                "text",
                "",
                "The group whose members are drawn close together; the last of `groups` if left out.",
            ),
            Key("seed", "whole", 1, "Starting number of everything random, so that a run can be repeated."),
            Key(
                "audience",
                "text",
                "manager",
                "Who the output is for. `researcher`: everything. `manager`: pictures with bands instead of numbers "
                "for a person, names only with consent, no tables about single people. `public`: no single person or "
                "tie, only ranges between groups in which at least `suppress_below` people answered.",
                choices=AUDIENCES,
            ),
            Key("suppress_below", "whole", 5, "Smallest number of people about whom a public figure is shown."),
            Key(
                "response_gate",
                "yes/no",
                True,
                "Withhold measures that the response rate does not support (docs/methods.md). false shows them all.",
            ),
            Key(
                "exact", "yes/no", False, "Estimate nothing in very large networks, as `--exact` (docs/data-model.md)."
            ),
        ),
    ),
    Section(
        "consent",
        False,
        "What people agreed to. Without this table everybody's consent is unknown: managers see them unnamed.",
        (
            Key("column", "text", "", "Roster column with the consent state: " + ", ".join(CONSENT_STATES) + "."),
            Key("default", "text", "unknown", "The state of a person whose cell is empty.", choices=CONSENT_STATES),
        ),
    ),
    Section(
        "waves",
        True,
        "A round of the survey, in order of time.",
        (
            Key("id", "text", REQUIRED, "Short name, used in files and in `{wave}`."),
            Key("label", "text", "", "Name on pages; the id if left out."),
            Key("date", "date", None, "Date of the survey."),
            Key(
                "responses",
                "text",
                "",
                "File with one row per respondent. Where the export makes a file for each of them, write `*` for what "
                "differs in their names: all files that fit are read as one table.",
                path=True,
                many=True,
            ),
            Key(
                "format",
                "text",
                "",
                "The product that exported the responses (docs/guides/exports.md). If left out, it is recognised by "
                "its headings; `plain` is a table of your own.",
                choices=SURVEY_FORMATS,
            ),
            Key("sheet", "text", "", SHEET),
            Key("respondent", "text", "", "Column that says who answered, where it is not the study's `respondent`."),
            Key(
                "where",
                "table",
                {},
                "The rows of the responses file that belong to this wave, when it holds several: column = value, such "
                'as `{ redcap_event_name = "spring_arm_1" }`.',
            ),
        ),
    ),
    Section(
        "relations",
        True,
        "A kind of tie: a question of the survey.",
        (
            Key("id", "text", REQUIRED, "Short name, used in files and in `{relation}`."),
            Key("label", "text", "", "Name on pages, as in “Ana … Ben”: goes to for advice."),
            Key("question", "text", "", "The question as it was asked."),
            Key(
                "topic",
                "text",
                "",
                "What the relation is about, when several relations ask the same of several topics.",
            ),
            Key(
                "form",
                "text",
                REQUIRED,
                "How answers stand in the file. `roster`: one column per person, or one row per pair. `names`: columns "
                "with typed or chosen names. `ties`: a list of ties. `matrix`: a square table.",
                choices=FORMS,
            ),
            Key(
                "columns",
                "text",
                "",
                "Pattern of the columns in the responses file: `advice_{actor_id}` or `advice_{name}` (roster), "
                "`advice_name{n}` with n = 1, 2, … (names). It may fit the headings or, in an export, what was asked. "
                "`{n}` in a roster pattern: the label says whom each column is about. `{code}`: see `codes`. `{name}` "
                "alone: the columns headed by somebody on the roster.",
                forms=("roster", "names"),
            ),
            Key(
                "separator",
                "text",
                "",
                "What stands between the names when one cell of `columns` holds all of them: `, ` or `;` or a space. "
                "For a roster whose cells hold several answers each (a grid of checkboxes), what stands between these; "
                "`scale` then holds those that make a tie, and the others are a no.",
                forms=("names", "roster"),
                exact=True,
            ),
            Key(
                "codes",
                "text",
                "",
                "Roster column with the codes by which this file calls people, such as the numbers of the choices.",
            ),
            Key(
                "file",
                "text",
                "",
                "File of this relation, when it is not the wave's responses file; `{wave}` and `{relation}` are filled "
                "in, and `*` stands for several files, as in `responses`. Needed for `ties`, `matrix` and for roster "
                "answers with one row per pair.",
                path=True,
                many=True,
            ),
            Key(
                "format",
                "text",
                "",
                "The product that exported this file, as for the responses of a wave.",
                choices=SURVEY_FORMATS,
            ),
            Key("sheet", "text", "", SHEET),
            Key(
                "ego",
                "text",
                "ego_id",
                "Column with the person who answered (ties, roster pairs).",
                forms=("ties", "pairs"),
            ),
            Key(
                "ego_key",
                "text",
                "",
                "Column of the wave's responses file that holds what `ego` holds, when the export knows respondents by "
                "a number of its own (Network Canvas: `networkCanvasEgoUUID`; repeat groups of KoboToolbox: `_index`).",
                forms=("ties", "pairs"),
            ),
            Key(
                "alter",
                "text",
                "alter_id",
                "Column with the person named (ties, roster pairs).",
                forms=("ties", "pairs"),
            ),
            Key(
                "strength",
                "text",
                "",
                "Column with the value (ties, roster pairs), or pattern with `{n}` (names).",
                forms=("names", "ties", "pairs"),
            ),
            Key(
                "wave_column",
                "text",
                "",
                "Column that says to which wave a row belongs (ties, roster pairs).",
                forms=("ties", "pairs"),
            ),
            Key(
                "scale",
                "scale",
                None,
                "Codes and what they mean; the file may hold either. Without a scale, roster answers are ticks and "
                "other forms hold numbers of 0 or more.",
            ),
            Key(
                "present_from",
                "number",
                None,
                "The value from which a report counts as a tie; any value above 0 if left out.",
            ),
            Key("cap", "whole", None, "The most people a respondent could name; none if left out."),
            Key(
                "flow",
                "text",
                "against",
                "Which way things pass. `against`: from the person named to the person who answered (advice). `along`: "
                "from the person who answered (help given). `none`: nothing passes (trust).",
                choices=FLOWS,
            ),
            Key("waves", "texts", (), "Waves in which it was asked; all if left out."),
            Key(
                "blank",
                "text",
                "",
                "What an empty cell means. `unknown`: nothing can be said. `unticked`: no, if the person marked "
                "anybody in this question; else the question was skipped. `absent`: always no. If left out: `unknown` "
                "with a scale, in a matrix and in pairs; `unticked` for ticks and names.",
                choices=("unknown", "unticked", "absent"),
                forms=("roster", "names", "pairs", "matrix"),
            ),
            Key("nobody", "texts", ("nobody", "no one", "none"), "Words that say: I name nobody."),
            Key("refused", "texts", ("prefer not to say", "refused"), "Words that say: I do not want to answer."),
            Key(
                "answered",
                "text",
                "",
                "Column of the responses file that says whether this question was answered: yes, no, nobody, refused. "
                "`{relation}` is filled in.",
                forms=("roster", "names"),
            ),
            Key(
                "respondents",
                "text",
                "listed",
                "Who answered, when the file lists ties only. `listed`: those who appear as ego; everybody else is "
                "unknown. `everyone`: everybody who was asked. `responses`: those with a row in the responses file.",
                choices=("listed", "everyone", "responses"),
                forms=("ties",),
            ),
            Key(
                "follow_up",
                "table",
                {},
                "Further columns kept with each tie: name = column, or pattern with `{n}` for names.",
                forms=("names", "ties", "pairs"),
            ),
            Key(
                "where",
                "table",
                {},
                'Keep only ties whose follow-up has this value: `{ about = "data use" }`.',
                forms=("names", "ties", "pairs"),
            ),
        ),
    ),
    *EVENT_SECTIONS,
    *ANALYSES,
)

SECTION: dict[str, Section] = {section.name: section for section in SECTIONS}
