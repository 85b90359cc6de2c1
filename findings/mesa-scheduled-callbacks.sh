#!/usr/bin/env bash
# Mesa 3.5.1: a scheduled event happens or not by who else still holds its callback.
#
# Seen: an inner function that is scheduled and not kept is never called; the run ends without a word (a lambda is
#   refused with an error, even one that is kept). An agent that was removed does not act if nobody refers to it any more, and acts
#   if another agent still has it in a list: the same model, one list more, another history.
# One would guess: that the queue keeps what it is to call, as in SimPy, sched or asyncio; or, having read that
#   an event need not be cancelled when its agent is removed, that no removed agent acts.
# Why: events hold weak references to their callbacks; removal does not look through the queue.
# It follows: schedule bound methods of what outlives the event, and let a callback ask first whether its agent is still in the model.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'mesa[network]==3.5.1'
"$folder/venv/bin/python" - <<'PY'
import gc

import mesa


class World(mesa.Model):
    def __init__(self):
        super().__init__()
        self.log = []

    def kept(self):
        self.log.append("method")

    def prepare(self):
        def inner():
            self.log.append("inner function")

        self.schedule_event(self.kept, at=0.5)
        self.schedule_event(inner, at=0.6)


class Soldier(mesa.Agent):
    def __init__(self, model):
        super().__init__(model)
        self.friends = []

    def shoot(self):
        self.model.log.append("the removed agent shoots")


def history(remembered):
    world = World()
    soldier, friend = Soldier(world), Soldier(world)
    if remembered:
        friend.friends.append(soldier)
    world.schedule_event(soldier.shoot, at=1.5)
    soldier.remove()
    del soldier
    gc.collect()
    world.run_until(2)
    return world.log


world = World()
world.prepare()
world.run_until(2)
print("scheduled: a method and an inner function; happened:", world.log)
print("removed and forgotten:", history(False), "; removed, but in a friend's list:", history(True))
assert world.log == ["method"]
assert history(False) == []
assert history(True) == ["the removed agent shoots"]
PY
