"""The sections of `study.toml` that ask for more than networks and their measures."""

from __future__ import annotations

from sna.study_keys import REQUIRED, Key, Section
from sna.terms import AUDIENCES

DRAWS = Key(
    "draws",
    "whole",
    4999,
    "How often chance is drawn from; reference sets up to 20,000 are listed.",
    least=99,
    most=99_999,
)
SCHOOL = "Roster column with people's school."

ANALYSES: tuple[Section, ...] = (
    Section(
        "expertise",
        False,
        "Look at who is named as an expert on what: how far nominations gather on few people, and whether on the same "
        "ones whatever the topic (docs/data-model.md).",
        (
            Key(
                "relations",
                "texts",
                [],
                "The relations that ask the same question about several topics; all that have a `topic` if left out.",
            ),
            Key(
                "within",
                "text",
                "",
                "Roster column whose groups are communities of their own: only nominations within each count. All of "
                "the wave together if left out.",
            ),
            Key(
                "column",
                "text",
                "",
                "Roster column that says whose nominations are counted first, such as `role`: facilitators are named "
                "by design.",
            ),
            Key(
                "nominees",
                "texts",
                [],
                'Its values that count, such as `["principal"]`. Everything is then done twice: for them and for all.',
            ),
            Key(
                "strata",
                "text",
                "",
                "Roster column, such as `role`: experts on unrelated topics are then dealt among people of the same "
                "value only, and Theil's measure is split into parts between and within these groups.",
            ),
            Key(
                "rated",
                "text",
                "",
                "Pattern of the columns that hold a number for how expert a person is on a topic, such as "
                "`skill_{relation}`: their own rating, or an observer's. `{wave}` may stand in it, too.",
            ),
            Key("rated_in", "text", "responses", "The file these columns are in.", choices=("responses", "roster")),
            Key("expert_from", "number", 1, "The rating from which somebody counts as an expert."),
            DRAWS,
        ),
    ),
    Section(
        "brokerage",
        False,
        "Look at who stands between groups: roles, ties across, groups reached, and who would be missed.",
        (
            Key(
                "relations", "texts", [], "The relations looked at; all along which something passes, without a topic."
            ),
            Key("groups", "texts", [], "Roster columns; the study's `groups` if left out."),
            Key("column", "text", "", "Roster column that says who is a member and who is from outside."),
            Key("members", "texts", [], "Its values that make a member; all others are outside."),
            DRAWS,
        ),
    ),
    Section(
        "support",
        False,
        "Look at kinds of support as layers of one web: who gets which from whom, who lacks which, what hangs on whom.",
        (
            Key("relations", "texts", REQUIRED, "The relations that are kinds of support, two or more."),
            Key("level", "text", "", "Roster column with people's level, such as principal or central office."),
            Key("school", "text", "", SCHOOL),
            DRAWS,
        ),
    ),
    Section(
        "facilitation",
        False,
        "Look at facilitators: one-to-one contact, resources they pass on, demands they keep away.",
        (
            Key("column", "text", REQUIRED, "Roster column that says who is a facilitator."),
            Key("facilitators", "texts", REQUIRED, "Its values that make a facilitator."),
            Key(
                "within",
                "text",
                "",
                "Roster column: facilitators serve those who have the same value in it, such as a network or a list of "
                "schools of their own. If left out, they serve everybody.",
            ),
            Key(
                "members",
                "texts",
                [],
                "Values of `column` of those who are served; if left out, all who are not facilitators or sources.",
            ),
            Key("sources", "texts", [], "Values of `column` of the offices and partners that send things."),
            Key("strata", "text", "", "Roster column: only people with the same value are compared."),
            Key("resources", "text", "", "The relation along which resources pass."),
            Key("demands", "text", "", "The relation along which demands pass."),
            Key("need", "text", "", "Roster column with a number: how much support a person needs."),
            Key(
                "waves",
                "texts",
                [],
                "The waves whose rosters say who is served in the contact log; all if left out. Where people have no "
                "dates `joined` and `left`, name the wave of the log's year, or those of other years seem forgotten.",
            ),
            Key("weeks", "whole", 8, "Weeks without contact from which a person is listed.", least=1),
            Key("second_term", "date", None, "First day of the second term; the middle of the log if left out."),
            Key("since", "date", None, "First day of the contact log; the day of the first contact if left out."),
            Key("until", "date", None, "Last day of the contact log; the day of the last contact if left out."),
            DRAWS,
        ),
    ),
    Section(
        "engagement",
        False,
        "Look at attendance over the year: trends, who stays, shared opportunity, time by activity, homework.",
        (
            Key(
                "within",
                "text",
                "",
                "Roster column whose groups are communities of their own; everybody together if left out.",
            ),
            Key("column", "text", "", "Roster column that says who is of the core group."),
            Key("core", "texts", [], "Its values that make the core group; all others are the broader team."),
            Key(
                "chosen",
                "texts",
                ["small group", "one-to-one", "plenary optional"],
                "Kinds of event that say something about who meets whom; required plenaries do not.",
            ),
            Key("last", "whole", 4, "Who came to none of so many last meetings is not counted as staying.", least=1),
            DRAWS,
        ),
    ),
    Section(
        "communities",
        False,
        "Compare communities of different sizes, measure by measure, with what chance gives each.",
        (
            Key("column", "text", REQUIRED, "Roster column whose groups are the communities."),
            Key("relations", "texts", [], "The relations looked at; all without a topic if left out."),
            DRAWS,
        ),
    ),
    Section(
        "grouping",
        False,
        "How pairs and groups are made (`sna pair`, `sna groups`; docs/guides/groups.md).",
        (
            Key("relations", "texts", [], "The relations that say who is sought; all with a `topic` if left out."),
            Key(
                "across",
                "text",
                "",
                "Roster column: people of one value, such as one school, go to different groups.",
            ),
            Key("within", "text", "", "Roster column: only people of one value, such as one community, meet."),
            Key("column", "text", "", "Roster column that says who takes part; everybody if left out."),
            Key("members", "texts", [], "Its values of those who take part."),
            Key("past", "text", "", "File of past groups: `date`, `group`, `actor_id`.", path=True),
            Key("apart", "text", "", "File of pairs who are kept apart: `actor_id`, `other_id`.", path=True),
        ),
    ),
    Section(
        "conversations",
        False,
        "List people with whom a conversation may be worth while: for support, never as a score.",
        (
            Key(
                "audience",
                "text",
                "researcher",
                "Who gets the list. `manager`: managers, too; people without full consent are then left out.",
                choices=AUDIENCES[:2],
            ),
            Key("school", "text", "", SCHOOL),
        ),
    ),
)
