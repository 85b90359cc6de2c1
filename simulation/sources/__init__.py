"""Where every number comes from: from an actor, a relation or a number back to a sentence or an assumption."""

from simulation.sources.chains import SourceChains, chains_of
from simulation.sources.entry import Citation, Entry, EntryGroup
from simulation.sources.lookup import found, named
from simulation.sources.printout import Printout, printout

__all__ = [
    "Citation",
    "Entry",
    "EntryGroup",
    "Printout",
    "SourceChains",
    "chains_of",
    "found",
    "named",
    "printout",
]
