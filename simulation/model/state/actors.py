"""Who takes part: the actors, how any two of them stand, and who helps whom."""

from __future__ import annotations

from simulation.model.state.field import Record, field

# fmt: off
ACTOR_FIELDS = Record(
    rows="one per actor: a state, armed organisation or network that decides. Of its fighters, initial + arrived = "
    "present + killed + wounded + captured + deserted + departed",
    fields=(
        field("bloc", "i8", "bloc", "", "the side it is on"),
        field("bloc_bits", "i8", "bits", "", "a bit for each actor of its bloc"),
        field("helper_bits", "i8", "bits", "", "a bit for each ally that fights on the map under its orders"),
        field("foe_bits", "i8", "bits", "measure truce breach join day",
              "a bit for each actor whom it fights where they meet"),
        field("stance", "i8", "Stance", "measure join", "whether it has a say on the map, and what it does there"),
        field("commander", "i8", "actor", "", "whose orders it takes, its own or the defender's"),
        field("seat", "i8", "cell", "", "where it sits, if on the map"),
        field("barred", "i8", "yes/no", "measure", "whether it may not open its own front"),
        field("dissolved", "i8", "yes/no", "dissolve", "whether it has stood down"),
        field("fights", "i8", "yes/no", "", "whether it has units in the laydown"),
        field("state", "i8", "yes/no", "", "whether it is a state"),
        field("initial", "i8", "fighters", "start", "on the map at the start"),
        field("arrived", "i8", "fighters", "reinforce measure", "set out for the map since the start"),
        field("present", "i8", "fighters", "start casualty give_way sortie interdiction reinforce measure day",
              "on the map or on their way to it"),
        field("killed", "i8", "fighters", "casualty give_way sortie interdiction", "killed so far"),
        field("wounded", "i8", "fighters", "casualty give_way sortie day", "wounded so far and out of the fight"),
        field("captured", "i8", "fighters", "give_way", "captured so far"),
        field("deserted", "i8", "fighters", "give_way", "deserted so far"),
        field("departed", "i8", "fighters", "", "taken away by hand under the Mesa driver; no process does so"),
        field("confidence", "f8", "1", "start give_way seize day measure",
              "c, how far its people believe in its cause, 0..1"),
        field("resolve", "f8", "1", "start", "c0, the confidence at the start, 0..1"),
        field("availability", "f8", "1", "start measure day", "how free it is to help and to obey, 0..1"),
        field("sorties_per_day", "f8", "1/day", "start measure", "strikes from the air on a flyable day"),
        field("appetite", "f8", "1", "start", "share of its units that it spends on attacks of its own accord, 0..1"),
        field("restraint", "f8", "1", "start measure", "how far a patron holds it back, 0..1"),
        field("own_availability", "f8", "1", "start", "the availability of its case, to go back to"),
        field("own_sorties_per_day", "f8", "1/day", "start", "the strikes of its case, to go back to"),
        field("own_restraint", "f8", "1", "start", "the restraint of its case, to go back to"),
        field("kill_rate", "f8", "1/day", "start", "k, enemies put out of the fight by one of its fighters in a day"),
        field("cohesion", "f8", "1", "start", "h0, the first cohesion of its units, 0..1"),
        field("pinned", "i8", "yes/no", "measure", "whether a measure sets its availability"),
        field("bound_by", "i8", "actor", "", "whose war with it binds it elsewhere, until they have a truce"),
        field("listed", "i8", "yes/no", "", "whether it is listed as terrorist, so that few sign with it"),
        field("pool", "f8", "fighters", "start", "those off the map that it could send in all if it were free"),
        field("sent", "f8", "fighters", "reinforce", "those of the pool that it has sent"),
        field("desertion", "f8", "1", "start", "how readily its broken units desert: 1 as conscripts do"),
        field("endurance", "f8", "1", "start", "the log-rate by which its kind of army stands longer than others"),
        field("support", "f8", "1", "day", "how free those who help it on the map are in the mean, 0..1"),
        field("air", "f8", "1", "day", "support from the air by its bloc today, 0..1"),
        field("doubt", "f8", "1", "day", "share of its confidence that it has lost, as of midnight, 0..1"),
        field("spent", "f8", "1", "command", "part of those at its orders who are not fit to attack, 0..1"),
        field("axes", "i8", "axes", "command", "objectives that it pursued after its last round of orders"),
        field("next_blow", "f8", "day", "command", "before when it takes up no new objective"),
        field("area0_m2", "i8", "m2", "start", "land that its bloc held at the start"),
        field("most_m2", "i8", "m2", "start day",
              "the most land that its bloc held at a midnight, above that at the start"),
        field("momentum", "f8", "weight of places", "seize day", "m, what it has won lately"),
        field("lost", "f8", "1", "day", "l, share of its fighters lost as of the last midnight, 0..1"),
        field("sorties", "i8", "sorties", "sortie", "strikes flown so far"),
        field("villages_taken", "i8", "villages", "seize", "taken so far; lost ones are not taken off"),
        field("bases_taken", "i8", "bases", "seize", "taken so far; lost ones are not taken off"),
        field("seats", "i8", "places", "", "seats of governorates that it held at the start"),
        field("seats_held", "i8", "places", "seize", "seats of governorates that it holds"),
        field("bases", "i8", "bases", "", "those it held at the start"),
        field("bases_held", "i8", "bases", "seize", "those it holds"),
        field("capital", "i8", "place", "", "its capital, if it held one at the start"),
        field("threatened", "f8", "1", "command", "T, how far it sees its capital threatened, 0..1"),
        field("next_orders", "f8", "day", "start command join seize",
              "when its commander gives orders next; else infinite"),
        field("rival", "i8", "actor", "", "whom it fights or would fight"),
        field("leads", "i8", "yes/no", "", "whether it leads the attackers"),
        field("alert", "i8", "yes/no", "command", "whether it knows of the attack"),
        field("sized_at", "i8", "1", "engine", "`looks` when what its units in a cell have in common was noted"),
        field("sized_cell", "i8", "cell", "engine", "where they stand"),
        field("yielding", "f8", "1/day", "engine",
              "the rate at which they would give way unshaken and with closed flanks; 0 where nobody presses them"),
        field("reported", "i8", "days", "join report", "how many days' claims are made"),
        field("claimed_villages", "f8", "villages", "report", "taken, by its own claims so far"),
        field("claimed_killed", "f8", "fighters", "report", "enemies killed, by its own claims so far"),
        field("told_villages", "i8", "villages", "report", "truly taken when it last claimed"),
        field("told_killed", "i8", "fighters", "report", "enemies truly killed when it last claimed"),
        field("share_assigned", "f8", "1", "start", "share of its fighters on the map that has been given to units"),
        field("area_m2", "i8", "m2", "seize", "land it holds"),
        field("people", "i8", "people", "casualty seize sortie flee return_home",
              "those who are in the cells it holds"),
        field("touched", "i8", "yes/no", "engine", "whether the event has touched it"),
        field("next_touched", "i8", "actor", "engine", "next on the chain of those touched"),
    ),
)

PAIR_FIELDS = Record(
    rows="one per ordered pair of actors, at index a x actors + b; truces are kept equal on both sides",
    fields=(
        field("hostile", "i8", "yes/no", "measure join", "whether they are at war, truce or not"),
        field("truce", "i8", "yes/no", "measure truce breach day", "whether a truce binds them"),
        field("made_it", "i8", "yes/no", "measure truce breach day",
              "whether this pair (lower index first) made the truce, which may bind more pairs"),
        field("guaranteed", "i8", "yes/no", "measure", "whether somebody vouches for their truce"),
        field("struck", "i8", "yes/no", "", "whether the first says that it strikes the second from outside"),
        field("compliance", "f8", "1", "measure truce breach", "how far the truce is observed, 0..1"),
        field("ends", "f8", "day", "truce measure breach day", "when their truce runs out; infinite if it does not"),
        field("violations", "i8", "violations", "breach", "of truces that this pair made, so far"),
    ),
)

LINK_FIELDS = Record(
    rows="one per way in which an actor can send bodies of fighters onto the map to help a client",
    fields=(
        field("actor", "i8", "actor", "", "who sends"),
        field("client", "i8", "actor", "", "whom it helps"),
        field("entry", "i8", "place", "", "where the bodies enter"),
        field("next_unit", "i8", "unit", "reinforce", "the body that is sent next"),
        field("last_unit", "i8", "unit", "", "the one after its last body"),
    ),
)
# fmt: on

ACTOR = ACTOR_FIELDS.dtype
PAIR = PAIR_FIELDS.dtype
LINK = LINK_FIELDS.dtype
