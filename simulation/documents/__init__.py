"""Documents, the claims they make, the actors, and the relations that follow from the claims."""

from simulation.documents.actor import ActorSeed
from simulation.documents.claim import Amount, Claim
from simulation.documents.claim_edit import ClaimEdit, ClaimEdits, Edit
from simulation.documents.conflict import Support, Truce
from simulation.documents.document import Document, Sentence
from simulation.documents.ending import Condition, Ending
from simulation.documents.force import Force, Position
from simulation.documents.numbers import Numbers
from simulation.documents.quantity import QUANTITIES, Quantities, Quantity, QuantityKind
from simulation.documents.relation import HOSTILE, NEITHER, SUPPORT, Relation
from simulation.documents.seeds import Seeds, load_seeds
from simulation.documents.speakers import SPEAKERS, Speaker
from simulation.documents.vocabulary import MEANINGS, Predicate

__all__ = [
    "HOSTILE",
    "MEANINGS",
    "NEITHER",
    "QUANTITIES",
    "SPEAKERS",
    "SUPPORT",
    "ActorSeed",
    "Amount",
    "Claim",
    "ClaimEdit",
    "ClaimEdits",
    "Condition",
    "Document",
    "Edit",
    "Ending",
    "Force",
    "Numbers",
    "Position",
    "Predicate",
    "Quantities",
    "Quantity",
    "QuantityKind",
    "Relation",
    "Seeds",
    "Sentence",
    "Speaker",
    "Support",
    "Truce",
    "load_seeds",
]
