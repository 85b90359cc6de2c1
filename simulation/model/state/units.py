"""The bodies of fighters."""

from __future__ import annotations

from simulation.model.state.field import Record, field

# fmt: off
UNIT_FIELDS = Record(
    rows="one per body of fighters that obeys one actor; those of an actor stand in runs. What commanders and clocks "
    "ask for most stands in the first 64 bytes, a line of the processor's cache",
    fields=(
        field("actor", "i8", "actor", "", "whom it belongs to"),
        field("cell", "i8", "cell", "start march give_way casualty sortie interdiction",
              "where it stands; -1 off the map"),
        field("strength", "i8", "fighters", "start casualty give_way sortie interdiction reinforce measure day",
              "n, how many it has left; with none it is gone for good"),
        field("initial", "i8", "fighters", "start reinforce measure", "n0, how many it had at first"),
        field("willing", "f8", "1", "",
              "w, its readiness: it obeys while w < its actor's availability, attacks while w < the share committed"),
        field("cohesion", "f8", "1", "start casualty give_way rally sortie march reinforce measure",
              "h, its will to hold together, 0..1"),
        field("next_unit", "i8", "unit", "start march give_way casualty sortie interdiction", "next in its cell"),
        field("order", "i1", "OrderKind", "command give_way march casualty sortie interdiction", "what it is to do"),
        field("mobility", "i1", "Mobility", "", "how far it can be sent"),
        field("waiting", "i1", "yes/no", "reinforce measure march interdiction", "whether it is on its way to the map"),
        field("touched", "i1", "bits", "engine", "how far the event has touched it"),
        field("aim", "i4", "place", "command give_way", "the place for whose attack it gathers"),
        field("home", "i8", "cell", "reinforce measure", "where it stands at the start or comes onto the map"),
        field("target", "i8", "place", "command give_way march casualty sortie interdiction",
              "what its order is about"),
        field("next_cell", "i8", "cell", "engine give_way march",
              "the next on its way"),
        field("arrives", "f8", "day", "engine give_way march interdiction reinforce measure",
              "when it is there; infinite if it does not march"),
        field("falls_due", "f8", "day", "command", "when the attack for which it gathers begins at the latest"),
        field("formation", "i8", "formation", "", "the command that it belongs to; -1 none"),
        field("flanks", "f8", "1", "engine",
              "share of the cells beside it that lie open to enemies, as last worked out"),
        field("flanks_seen", "i8", "1", "engine start march give_way", "`borders` when that was; -1 not in this cell"),
        field("frailty", "f8", "1", "engine", "how many times as readily it gives way for its cohesion and its flanks"),
        field("frail_cohesion", "f8", "1", "engine", "its cohesion when that was last worked out"),
        field("frail_flanks", "f8", "1", "engine", "its flanks when that was; -1 not yet"),
        field("share", "f8", "1", "", "its part of its actor's fighters on the map at the start"),
        field("run_end", "i4", "unit", "", "the next one that belongs to somebody else"),
        field("next_touched", "i8", "unit", "engine", "next on the chain of those touched"),
    ),
)
# fmt: on

ROLL_FIELDS = Record(
    rows="room for one per body: lists of those that are asked for over and over in an event, each in their order",
    fields=(
        field("own", "i4", "unit", "command", "one that obeys the commander who gives orders"),
        field("movable", "i4", "yes/no", "command", "whether that one could be sent if it had no orders"),
        field("reserve", "i4", "unit", "command", "one that he can send"),
        field("forward", "i4", "unit", "sortie", "one that aircraft look for"),
    ),
)

UNIT = UNIT_FIELDS.dtype
ROLL = ROLL_FIELDS.dtype
