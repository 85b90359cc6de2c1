"""The words a claim may use for what it says of its subject."""

from __future__ import annotations

from enum import StrEnum


class Predicate(StrEnum):
    """What a claim says of its subject; the meaning of each word is in `MEANINGS`."""

    SUPPORTS = "supports"
    FIGHTS_BESIDE = "fights_beside"
    ALLIED_WITH = "allied_with"
    FIGHTS = "fights"
    LAUNCHED = "launched"
    ATTACKS = "attacks"
    BOMBARDS = "bombards"
    OPPOSES = "opposes"
    ACCUSES = "accuses"
    DECONFLICTS = "deconflicts"
    AMBIGUOUS_TOWARD = "ambiguous_toward"
    TRUCE_WITH = "truce_with"
    AGREED_WITH = "agreed_with"
    TALKS_WITH = "talks_with"
    RESERVES_FORCE = "reserves_force"
    BREACHED = "breached"
    LEADS = "leads"
    CONTROLS = "controls"
    HOLDS_FORCE_IN = "holds_force_in"
    TOOK = "took"
    CAPTURED = "captured"
    KILLED = "killed"
    DISPLACED = "displaced"
    ESCALATED = "escalated"
    STRENGTHENED = "strengthened"
    AIMS = "aims"
    DECLARED = "declared"
    PREOCCUPIED = "preoccupied"
    DORMANT = "dormant"
    WATCHES = "watches"
    PROTECTS = "protects"
    RENAMED_FROM = "renamed_from"
    LINKED_TO = "linked_to"
    DISTANCED_FROM = "distanced_from"
    DENIES = "denies"
    AGREES = "agrees"
    DEFENDS = "defends"
    SURRENDERED_TO = "surrendered_to"
    KILLED_COMMANDER = "killed_commander"
    LOST_COMMANDER = "lost_commander"


MEANINGS: dict[Predicate, str] = {
    Predicate.SUPPORTS: "The subject gives the object arms, money, fighters or cover in this war.",
    Predicate.FIGHTS_BESIDE: "Subject and object act together in the field.",
    Predicate.ALLIED_WITH: "The two are bound by a treaty, whatever they do in this war.",
    Predicate.FIGHTS: "The two are at war with each other.",
    Predicate.LAUNCHED: "The subject began an attack on the object.",
    Predicate.ATTACKS: "The subject attacks the object in single acts or goes on attacking it.",
    Predicate.BOMBARDS: "The subject shells the object or bombs it from the air.",
    Predicate.OPPOSES: "The subject is against the object without saying that they shoot at each other.",
    Predicate.ACCUSES: "The subject blames the object in public.",
    Predicate.DECONFLICTS: "The two keep out of each other's way.",
    Predicate.AMBIGUOUS_TOWARD: "The two are now partners, now rivals.",
    Predicate.TRUCE_WITH: "A truce between the two is in force from the given time.",
    Predicate.AGREED_WITH: "The two made an agreement about this war.",
    Predicate.TALKS_WITH: "The two negotiate or are asked to.",
    Predicate.RESERVES_FORCE: "The subject keeps a right to strike the object in spite of a truce.",
    Predicate.BREACHED: "The subject broke an agreement.",
    Predicate.LEADS: "The subject is the chief of the object in a campaign.",
    Predicate.CONTROLS: "The subject holds a place or an area.",
    Predicate.HOLDS_FORCE_IN: "The subject has troops at a place or in an area.",
    Predicate.TOOK: "The subject won ground, villages or bases.",
    Predicate.CAPTURED: "The subject took prisoners or equipment.",
    Predicate.KILLED: "Fighters of the object, or civilians, were killed in what the subject does.",
    Predicate.DISPLACED: "The subject drove people from their homes.",
    Predicate.ESCALATED: "The subject made the violence grow.",
    Predicate.STRENGTHENED: "The subject has more means than before.",
    Predicate.AIMS: "The subject names a purpose.",
    Predicate.DECLARED: "The subject made something public.",
    Predicate.PREOCCUPIED: "Something else binds the subject's attention and forces.",
    Predicate.DORMANT: "The subject has a front of its own on which it wages no open war.",
    Predicate.WATCHES: "The subject looks on without acting.",
    Predicate.PROTECTS: "The subject acts for the safety of the object.",
    Predicate.RENAMED_FROM: "The subject had another name before.",
    Predicate.LINKED_TO: "The subject is or was tied to an organisation.",
    Predicate.DISTANCED_FROM: "The subject tries to leave something behind.",
    Predicate.DENIES: "The subject says that what another claim says is not so.",
    Predicate.AGREES: "The subject says, too, what another claim says.",
    Predicate.DEFENDS: "The subject holds what it has against others and begins no attack.",
    Predicate.SURRENDERED_TO: "Fighters of the subject laid down their arms to the object.",
    Predicate.KILLED_COMMANDER: "The subject killed a commander of the object.",
    Predicate.LOST_COMMANDER: "A commander of the subject was killed or taken.",
}

OF_CLAIMS = frozenset({Predicate.DENIES, Predicate.AGREES})
"""Words that say something of another claim."""
