"""The section of single histories: a typical one and an extreme one, told and replayed on the map."""

from __future__ import annotations

from html import escape

from simulation.report.page_data import Story
from simulation.report.replay.story import story_body
from simulation.report.run.report_input import ReportInput


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
    return (
        f'<article class="story"><h3>{escape(story.title)}</h3>'
        f'<p class="note">History {story.replicate}. {escape(story.why)} {escape(story.toll)}</p>'
        f"{story_body(material, material.grid, story, f'story-{row}')}</article>"
    )
