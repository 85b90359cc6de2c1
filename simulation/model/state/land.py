"""The map: its cells as they stand and as they always were, its places, and the ways to them."""

from __future__ import annotations

from simulation.model.state.field import Record, field
from simulation.model.state.kinds import DIRECTIONS, NEAR_PLACES

# fmt: off
CELL_FIELDS = Record(
    rows="one per cell: what changes about it. People in it = residents + guests. What clocks ask for most stands in "
    "the first 64 of 128 bytes, a line of the processor's cache",
    fields=(
        field("control", "i8", "actor", "seize", "who holds it"),
        field("first_unit", "i8", "unit", "start march give_way casualty sortie interdiction",
              "the last to have come into it, first on the chain of those in it"),
        field("side_bits", "i8", "bits", "start march give_way casualty sortie interdiction",
              "a bit for each actor that has fighters in it"),
        field("violence", "f8", "events", "casualty sortie interdiction seize command day",
              "v, what its people remember"),
        field("residents", "i8", "people", "flee return_home casualty sortie", "those at home in it"),
        field("guests", "i8", "people", "flee return_home casualty sortie", "those who have fled to it"),
        field("fled", "i8", "people", "flee return_home casualty sortie",
              "those who have their home here and live near the refuge"),
        field("touched", "i1", "bits", "engine", "what about it the event has touched"),
        field("stirred", "i1", "yes/no", "casualty sortie interdiction seize command day",
              "whether it is on the chain of those that remember violence or miss people"),
        field("passed", "i1", "yes/no", "seize", "whether it has ever changed hands"),
        field("taken_beside", "i1", "cells", "seize", "neighbours that have ever changed hands"),
        field("manned_beside", "i1", "cells", "start march give_way casualty sortie interdiction",
              "neighbours with fighters in them, of any side"),
        field("fighters", "i8", "fighters", "start march give_way casualty sortie interdiction day",
              "all in it, of any side"),
        field("sides_before", "i8", "bits", "engine", "`side_bits` when the clocks of its fights were last looked at"),
        field("dug_in", "f8", "1", "seize day", "e, how well its holder is entrenched, 0..1; lost with the cell"),
        field("quiet_since", "f8", "day", "casualty sortie interdiction seize command",
              "when it last saw violence or another holder"),
        field("killed", "i8", "people", "casualty sortie", "civilians killed in it"),
        field("refuge", "i8", "place", "flee", "where those who have fled it live"),
        field("next_stirred", "i8", "cell", "casualty sortie interdiction seize command day",
              "next on the chain of those that remember violence or miss people"),
        field("next_touched", "i8", "cell", "engine", "next on the chain of those touched"),
    ),
)

GROUND_FIELDS = Record(
    rows="one per cell: what does not change about it",
    fields=(
        field("control0", "i8", "actor", "", "who holds it at the start"),
        field("road", "i8", "1", "", "best road: 0 none, 1 secondary, 2 primary, 3 motorway"),
        field("villages", "i8", "villages", "", "how many lie in it"),
        field("first_place", "i8", "place", "", "the weightiest in it"),
        field("area_m2", "i8", "m2", "", "its land"),
        field("ruggedness", "f8", "m", "", "R, how uneven it is"),
        field("urban", "f8", "1", "", "how densely it is built up, 0..1"),
        field("depth_km", "f8", "km", "", "over the land of whose it is at the start to the nearest of another side"),
        field("enclave", "i8", "yes/no", "", "whether a place in it has a holder of another side at the start"),
        field("neighbours", "i8", "cell", "", "those beside it: N NE E SE S SW W NW", (DIRECTIONS,)),
        field("step_km", "f8", "km", "", "between its centre and those of its neighbours", (DIRECTIONS,)),
        field("near_places", "i8", "place", "", "the nearest to it by road, the nearest first", (NEAR_PLACES,)),
    ),
)

PLACE_FIELDS = Record(
    rows="one per place: a named town, base, crossing or junction in a cell",
    fields=(
        field("cell", "i8", "cell", "", "where it is"),
        field("holder", "i8", "actor", "seize", "who holds it: of the side of its cell's holder, but for an enclave"),
        field("weight", "f8", "1", "", "how much it counts for both sides, 0..1"),
        field("called", "f8", "fighters", "command", "those called to attack it, as a commander notes them"),
        field("gathered", "f8", "fighters", "command", "those ready to attack it, as a commander notes them"),
        field("threat", "f8", "fighters", "command", "enemies on the move near it, as a commander notes them"),
        field("assigned", "f8", "fighters", "command", "those on their way to it, as a commander notes them"),
        field("kind", "i1", "PlaceKind", "", "what it is, as far as the rules tell it apart"),
        field("seat", "i1", "yes/no", "", "whether it is the seat of a governorate"),
        field("crossing", "i1", "yes/no", "", "whether people leave the country there"),
        field("reached", "i1", "mark", "command", "1 in reach of a commander's attackers, 2 in a sector too"),
        field("holder0", "i8", "actor", "", "who holds it at the start"),
        field("next_place", "i8", "place", "", "the next in its cell, less weighty"),
        field("error", "f8", "1", "command", "factor by which a commander misjudges the enemy there"),
        field("seen_in", "i8", "event", "command", "number of the event in which a commander last looked at it"),
    ),
)

SHORTLIST_FIELDS = Record(
    rows="room for one per place: those that a commander or aircraft weigh just now, in their order",
    fields=(
        field("score", "f8", "1", "command sortie",
              "how attractive it is to a commander or to aircraft, or how much it lacks; 0 once it has been chosen"),
        field("place", "i8", "place", "command sortie", "which one"),
    ),
)

WAY_FIELDS = Record(
    rows="one per cell and place: the way from the one to the other",
    fields=(
        field("step", "i1", "direction", "", "to which neighbour it leads first"),
        field("near", "i2", "place", "", "in column k the place that is k-th nearest to the cell"),
        field("km", "f4", "road km", "", "its length; infinite where none leads"),
    ),
)
# fmt: on

CELL = CELL_FIELDS.dtype
GROUND = GROUND_FIELDS.dtype
PLACE = PLACE_FIELDS.dtype
SHORTLIST = SHORTLIST_FIELDS.dtype
WAY = WAY_FIELDS.dtype
