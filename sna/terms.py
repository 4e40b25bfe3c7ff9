"""The field's terms used here, each in one sentence, and the words for codes; the glossary is made from this page."""

from __future__ import annotations

AUDIENCES = ("researcher", "manager", "public")
CONSENT_STATES = ("full", "research_only", "no_named_display", "refused", "unknown")
FLOWS = ("against", "along", "none")
FORMS = ("roster", "names", "ties", "matrix")
SURVEY_FORMATS = (
    "plain",
    "qualtrics",
    "google-forms",
    "microsoft-forms",
    "surveymonkey",
    "redcap",
    "kobotoolbox",
    "limesurvey",
    "network-canvas",
)
ATTENDANCE_FORMATS = ("plain", "zoom", "teams", "google-meet", "sign-in-grid")

REASONS: dict[str, str] = {
    "too_few_nodes": "there are too few people for this measure",
    "isolate": "the person has no ties, so there is nothing to measure",
    "no_ties": "there are no ties to measure",
    "one_group": "everybody is in the same group",
    "nonresponse": "too many people did not answer for this to be trusted",
    "unanswered": "the person did not answer, and the measure needs their answer",
    "no_group": "the person's group is not stated",
    "suppressed": "too few people to show without pointing at somebody",
    "no_variation": "everything that is compared is alike, so there is nothing to measure",
    "no_optimum": "no values fit these ties best",
    "no_triples": "there are no two contacts of one person between whom a tie could close a triangle",
    "disconnected": "the person stands outside the part of the network where the measure is defined",
    "not_recorded": "no attendance was recorded",
    "not_chosen": "no attendance was recorded at events that people chose or that were held in small groups",
    "not_asked": "nobody was asked about it",
    "not_identifiable": "there is nobody to compare with, so it cannot be told",
    "not_logged": "the facilitator logged nothing, so nothing is known",
    "no_contact": "no contact was logged, or none with minutes",
    "one_term": "the log does not cover two terms of anybody's",
    "too_many_sets": "there are too many sets of people to look at each of them",
    "too_few_topics": "people were asked about fewer than two topics",
    "too_few_communities": "there are fewer than two communities that could be put together",
    "degenerate_null": "there is no concentration beyond chance, so nothing that could be fixed",
    "small_groups": "there are too few groups, or too few people in them, for this",
    "no_loss": "no two groups would lose contact if one person went",
    "no_earlier": "there is nothing earlier to compare it with",
    "too_large": "it takes too long in a network of this size; ask for it with --exact",
    "too_few_events": "there were too few meetings to speak of a trend",
    "no_leaving_dates": "the roster has no leaving dates",
    "none_led": "nobody is noted as having led anything",
}

GLOSSARY: dict[str, str] = {
    "actor": "A person (or organisation) on the roster.",
    "ego": "The person who answered.",
    "alter": "A person who was named.",
    "tie": "One person's report about one other person in one relation and wave; it runs from ego to alter.",
    "strength": "The value reported for a tie, on the relation's scale.",
    "relation": "A kind of tie: advice, trust, resources, expertise on a topic.",
    "roster": "The list of everybody who could be named in a wave.",
    "name generator": "A question that asks people to write down names.",
    "wave": "One round of the survey.",
    "present": "A tie that was reported, at or above the value from which the study counts it.",
    "reported absent": "A tie that somebody who answered did not report.",
    "unknown": "A tie about which nobody can say: the person did not answer.",
    "structurally impossible": "A tie that cannot exist, such as a person with themselves.",
    "response rate": "The share of people asked who answered.",
    "flow": "The direction in which things pass: advice passes from the person named to the person who asked.",
    "isolate": "A person without ties in a relation and wave, among those who answered.",
    "component": "A set of people who can all reach one another through ties, direction aside.",
    "two-mode network": "People on one side, events on the other, attendance between them.",
    "projection": "A network of people made from shared attendance: shared opportunity, never a relationship.",
    "dosage": "The share of the minutes a person could have attended that they did attend.",
    "coordinator": "A broker between two people of the broker's own group.",
    "gatekeeper": "A broker through whom something from another group reaches the broker's own group.",
    "representative": "A broker through whom something from the broker's own group reaches another group.",
    "consultant": "A broker between two people of one group to which the broker does not belong.",
    "liaison": "A broker between two people of two groups, neither of which is the broker's.",
}
