"""What the scenario sets beforehand: its dated changes and the endings it knows."""

from __future__ import annotations

from simulation.model.state.field import Record, field

# fmt: off
MEASURE_FIELDS = Record(
    rows="one per dated change of the scenario, in order of day",
    fields=(
        field("day", "f8", "day", "", "when it comes into force"),
        field("done", "i8", "yes/no", "measure", "whether it has"),
        field("kind", "i8", "ChangeKind", "", "what it changes"),
        field("a", "i8", "actor", "", "whom it is about"),
        field("b", "i8", "actor", "", "the other one"),
        field("place", "i8", "place", "", "where a body that it sends goes"),
        field("unit", "i8", "unit", "", "the body that it sends"),
        field("value", "f8", "as the kind", "",
              "what it sets, or by how much it shifts; where it sets, negative: back to the actor's own"),
    ),
)

ENDING_FIELDS = Record(
    rows="one per ending, in the order in which they are tried",
    fields=(
        field("kind", "i8", "EndingKind", "", "its condition"),
        field("a", "i8", "actor", "", "whom it is about"),
        field("b", "i8", "actor", "", "the other one"),
        field("loser", "i8", "actor", "", "who must have lost one of the places; -1 where no place is asked for"),
        field("stops", "i8", "yes/no", "", "whether it ends the history at once"),
        field("least", "f8", "km2", "", "land that must have been gained at some midnight"),
        field("kept", "f8", "1", "", "share of it that may be left at most"),
        *(field(f"p{k}", "i8", "place", "", "one of the places to lose") for k in range(6)),
    ),
)
# fmt: on

MEASURE = MEASURE_FIELDS.dtype
ENDING = ENDING_FIELDS.dtype
