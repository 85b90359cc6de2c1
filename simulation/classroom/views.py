"""What a room shows to whom, as plain data: everybody, a pupil, and the teacher. Nothing before its stage."""

from __future__ import annotations

import re
import time
from typing import Any

from simulation.classroom.room import Room
from simulation.classroom.seat import Seat
from simulation.classroom.store import Dot
from simulation.scenario.lesson_plan import minutes_of
from simulation.scenario.lesson_stage import WORDS, Stage

TO_RUN = re.compile(r"\s*Then\s+run\s+`.*", re.DOTALL)
"""The end of what is to be predicted: commands, which nobody in a class types."""


def lesson(room: Room) -> dict[str, Any]:
    """Return the lesson as far as its stages have been opened: no pupil reads on before all have guessed."""
    plan, stage = room.plan, room.stage
    shown: dict[Stage, dict[str, Any]] = {
        Stage.PREDICT: {"predict": to_predict(room)},
        Stage.NOTICE: {"notice": list(plan.lesson.notice)},
        Stage.COMPARE: {"guesses": all_guesses(room)},
        Stage.HOME: {"debrief": plan.lesson.debrief, "try": list(plan.lesson.attempts)},
    }
    return {
        "title": plan.scenario.title,
        "question": plan.scenario.question,
        "stage": stage,
        "stages": [{"id": each, "label": WORDS[each]} for each in Stage],
        "door": room.door,
        "histories": room.bounds.histories,
        "choices": [{"name": each.name, "title": each.scenario.title} for each in plan.choices],
        "questions": [each.data() for each in plan.questions],
        "endings": [{"label": label, "meaning": meaning} for label, meaning in plan.endings],
        "written": bool(room.finished),
    } | {name: part for at, parts in shown.items() if stage.shows(at) for name, part in parts.items()}


def counts(room: Room) -> dict[str, int]:
    """Return how many sit in the room, have guessed, and how many histories were asked for and are played."""
    here = {each.number for each in room.seats.values() if not each.removed}
    return {
        "seats": len(here),
        "guessed": len({seat for seat, _, _ in list(room.guesses) if seat in here}),
        "asked": sum(each.asked for each in list(room.seats.values())),
        "played": len(room.dots),
    }


def mine(room: Room, seat: Seat) -> dict[str, Any]:
    """Return what concerns a pupil alone."""
    guesses = {f"{c}.{q}": value for (s, c, q), value in list(room.guesses.items()) if s == seat.number}
    return {
        "seat": seat.number, "nickname": seat.nickname, "guesses": guesses,
        "asked": seat.asked, "played": seat.played, "left": room.bounds.histories - seat.asked,
    }  # fmt: skip


def people(room: Room) -> dict[str, Any]:
    """Return what the teacher sees of the pupils, and how the lesson goes on."""
    guessed: dict[int, int] = {}
    for seat, _, _ in list(room.guesses):
        guessed[seat] = guessed.get(seat, 0) + 1
    rows = [
        {
            "seat": each.number, "nickname": each.nickname, "guesses": guessed.get(each.number, 0),
            "asked": each.asked, "played": each.played, "here": each.streams > 0,
        }
        for each in list(room.seats.values())
        if not each.removed
    ]  # fmt: skip
    return {
        "people": rows, "watching": len(room.feed), "writing": room.ending, "place": room.finished,
        "trouble": room.player.trouble, "most": len(room.plan.choices) * len(room.plan.questions),
    }  # fmt: skip


def plan(room: Room) -> dict[str, Any]:
    """Return the plan by minutes, and for how many seconds its clock has run; None where it was not started."""
    steps = [
        {
            "begins": begins, "ends": ends, "part": step.part, "do": step.do.strip(),
            "stage": "" if step.stage is None else WORDS[step.stage],
        }
        for begins, ends, step in minutes_of(room.plan.lesson.steps)
    ]  # fmt: skip
    return {"steps": steps, "ran": max(0.0, time.time() - room.begun) if room.begun else None}


def dot(each: Dot) -> list[float | None]:
    """Return a dot as a list: number, choice, history, seat, ending, and a value for each question."""
    return [each.number, each.choice, each.replicate, each.seat, *each.found]


def all_guesses(room: Room) -> list[list[float]]:
    """Return everybody's guesses as [choice, question, value], from which nobody can be told."""
    here = {each.number for each in room.seats.values() if not each.removed}
    return sorted([c, q, value] for (seat, c, q), value in list(room.guesses.items()) if seat in here)


def to_predict(room: Room) -> str:
    """Return what everybody is to write down."""
    return TO_RUN.sub("", room.plan.lesson.predict.strip())
