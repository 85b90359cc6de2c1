"""Single histories told day by day, beside a map that replays them."""

from __future__ import annotations

from datetime import date, timedelta
from html import escape

from simulation.report.maps import map_widget, story_frames
from simulation.report.material import ReportInput, Story

SHOWN = 3


def stories_section(material: ReportInput) -> str:
    """Return each story with its replay."""
    if not material.stories:
        return "<p>No single history was kept for this run.</p>"
    intro = (
        "A distribution hides what a history is: one thing leading to another. Here are single histories in "
        "full, as the model produced them. None of them is what will happen."
    )
    told = "".join(_story(material, story, row) for row, story in enumerate(material.stories))
    return f"<p>{escape(intro)}</p>{told}"


def _story(material: ReportInput, story: Story, row: int) -> str:
    name = f"story-{row}"
    return (
        f'<article class="story"><h3>{escape(story.title)}</h3>'
        f'<p class="note">History {story.replicate}. {escape(story.why)}</p>'
        f'<div class="story-body">{_replay(material, story, name)}{_days(story, material.start, name)}</div>'
        "</article>"
    )


def _replay(material: ReportInput, story: Story, name: str) -> str:
    if material.grid is None or not story.frames:
        return ""
    label = f"Map of who holds what in history {story.replicate}; the sentences beside it tell the same."
    frames = story_frames(story.frames)
    return map_widget(material, material.grid, frames, name=f"{name}-map", label=label, certain=True)


def _days(story: Story, start: date, name: str) -> str:
    told = [_day(day, sentences, start) for day, sentences in story.days]
    rest = "".join(told[SHOWN:])
    first, summary = "".join(told[:SHOWN]), f"<summary>The other {len(told) - SHOWN} days</summary>"
    more = f'<details>{summary}<ol class="days">{rest}</ol></details>' if rest else ""
    return f'<div class="telling" data-map="{name}-map"><ol class="days">{first}</ol>{more}</div>'


def _day(day: int, sentences: tuple[str, ...], start: date) -> str:
    when = start + timedelta(days=day)
    told = "".join(f"<p>{escape(text)}</p>" for text in sentences)
    return f'<li data-day="{day}"><p class="when">Day {day} · {when:%a} {when.day} {when:%b}</p>{told}</li>'
