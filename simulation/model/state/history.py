"""What a history knows of itself: how far it has come, the event now firing, its clocks, what it has noted."""

from __future__ import annotations

from simulation.model.registry import Process
from simulation.model.state.field import Record, field

# fmt: off
WORLD_FIELDS = Record(
    rows="one in all: the time, what is counted for everybody, and how full the lists are",
    fields=(
        field("t", "f8", "day", "engine", "now, since 00:00 of the first day"),
        field("days", "f8", "day", "", "when the history ends if no ending does so before"),
        field("seed_low", "i8", "1", "start", "lower 32 bits of the seed"),
        field("seed_high", "i8", "1", "start", "upper 32 bits of the seed"),
        field("replicate", "i8", "1", "start", "number of the history"),
        field("events", "i8", "events", "engine", "how many have fired"),
        field("max_events", "i8", "events", "", "after how many the history is given up"),
        field("status", "i8", "bits", "engine",
              "what stops the history (`LOG_FULL`, `BAD_RATE`, `TOO_MANY_EVENTS`); 0 if all is well"),
        field("bad_clock", "i8", "clock", "engine", "the one whose process told no rate"),
        field("stop", "i8", "bits", "engine",
              "not 0 while an ending that stops the history could have come since one was last looked for"),
        field("ending", "i8", "ending", "engine", "the first that holds at the end"),
        field("end_day", "f8", "day", "engine", "when the history ended"),
        field("flyable", "i8", "yes/no", "day", "whether aircraft fly today"),
        field("heap_size", "i8", "clocks", "engine", "how many are set"),
        field("day", "i8", "day", "start day", "the day now, -1 before the first midnight"),
        field("over", "i8", "yes/no", "engine", "whether an ending has stopped the history"),
        field("n_cells", "i8", "cells", "", "how many there are"),
        field("n_actors", "i8", "actors", "", "how many there are"),
        field("n_units", "i8", "units", "", "how many there are, those that may still come included"),
        field("n_places", "i8", "places", "", "how many there are"),
        field("touched_cell", "i8", "cell", "engine", "first on the chain of those that an event has touched"),
        field("touched_unit", "i8", "unit", "engine", "first on the chain of those that an event has touched"),
        field("touched_actor", "i8", "actor", "engine", "first on the chain of those that an event has touched"),
        field("pending", "i8", "clock", "engine", "first on the chain of those to look at again"),
        field("used", "i8", "clock", "engine", "first on the chain of those that the history has looked at"),
        field("first_stirred", "i8", "cell", "casualty sortie interdiction seize day command",
              "first on the chain of those that remember violence or miss people"),
        field("own", "i8", "units", "command", "how many are on the list of those that obey a commander"),
        field("reserves", "i8", "units", "command", "how many are on the list of those that a commander can send"),
        field("forward", "i8", "units", "sortie", "how many are on the list of those that aircraft look for"),
        field("shortlisted", "i8", "places", "command sortie", "how many are on the list of those that are weighed"),
        field("changes", "i8", "rows", "seize", "how many changes of control are noted"),
        field("borders", "i8", "1", "seize measure truce breach join day",
              "how often a cell has passed, or two actors have become or ceased to be enemies"),
        field("looks", "i8", "1", "engine",
              "twice how often the clocks that an event has touched were looked at; odd while they are"),
        field("told", "f8", "1/day or day", "engine", "the rate or time that a process has told last"),
        field("cell_km", "f8", "km", "", "mean distance between the centres of neighbouring cells"),
        field("people", "i8", "people", "", "those on the map at the start"),
        field("displaced", "i8", "people", "flee return_home casualty sortie",
              "those who have fled their cell since the start and are still away but in the country"),
        field("civilians_killed", "i8", "people", "casualty sortie", "killed since the start"),
        field("left_country", "i8", "people", "flee", "gone abroad since the start"),
        field("confirmed_killed", "f8", "fighters", "report", "killed that the monitor could confirm so far"),
        field("reported", "i8", "days", "report", "how many reports the monitor has made"),
        field("first_clock", "i8", "clock", "", "the first of each process, and the number of all",
              (len(Process) + 1,)),
    ),
)

EVENT_FIELDS = Record(
    rows="one in all, the event now firing; a log has one per event. What a process does not fill in is -1 or 0",
    fields=(
        field("time", "f8", "day", "engine", "when it happens"),
        field("process", "i8", "process", "engine", "what happens"),
        field("entity", "i8", "entity", "engine", "to which of those that the process has clocks for"),
        field("occurrence", "i8", "1", "engine", "how often this clock has fired before"),
        field("cell", "i8", "cell", "engine", "where"),
        field("actor", "i8", "actor", "engine", "who does it, or to whom it happens"),
        field("other", "i8", "actor", "engine", "the one on the other side"),
        field("place", "i8", "place", "engine", "the place that it is about"),
        field("unit", "i8", "unit", "engine", "the body of fighters that it is about"),
        field("amount", "i8", "see 7.11", "engine", "first number, as each process says"),
        field("amount2", "i8", "see 7.11", "engine", "second number, as each process says"),
        field("value", "f8", "see 7.11", "engine", "a number that need not be whole, as each process says"),
    ),
)

CLOCK_FIELDS = Record(
    rows="one per process and entity, which fills a line of the processor's cache",
    fields=(
        field("time", "f8", "day", "engine", "when it fires; infinite if it does not run"),
        field("hazard", "f8", "1", "engine", "what is left to burn, in unit-exponential hazard; -1 not drawn yet"),
        field("rate", "f8", "1/day", "engine", "how fast it burns; -1 after firing, until it is asked for"),
        field("since", "f8", "day", "engine", "since when it burns so"),
        field("process", "i4", "process", "", "what happens when it fires"),
        field("entity", "i4", "entity", "", "to which of those that the process has clocks for"),
        field("timed", "i4", "yes/no", "", "whether it is set for a day, and burns at no rate"),
        field("occurrence", "i4", "1", "engine", "how often it has fired"),
        field("slot", "i4", "position", "engine", "where it is in the heap"),
        field("next_pending", "i4", "clock", "engine", "next on the chain of those to look at again; -2 not on it"),
        field("next_used", "i4", "clock", "engine", "next on the chain of those looked at; -2 not on it"),
    ),
)

HEAP_FIELDS = Record(
    rows="room for one per clock: those that are set, each no later than the two at twice its position, plus 1 and 2",
    fields=(
        field("time", "f8", "day", "engine", "when it fires"),
        field("clock", "i8", "clock", "engine", "which one"),
    ),
)

CHANGE_FIELDS = Record(
    rows="one per change of control, in order of time",
    fields=(
        field("kind", "i8", "kind", "seize", "what has passed: 0 a cell, 1 a place"),
        field("index", "i8", "cell or place", "seize", "which one"),
        field("before", "i8", "actor", "seize", "who held it"),
        field("after", "i8", "actor", "seize", "who holds it from now on"),
        field("day", "f8", "day", "seize", "when"),
    ),
)
# fmt: on

WORLD = WORLD_FIELDS.dtype
EVENT = EVENT_FIELDS.dtype
CLOCK = CLOCK_FIELDS.dtype
HEAP = HEAP_FIELDS.dtype
CHANGE = CHANGE_FIELDS.dtype
