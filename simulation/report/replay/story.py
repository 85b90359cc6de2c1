"""Single histories told day by day, beside a map that replays them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from html import escape
from itertools import groupby

from simulation.histories.diary import DiarySentence
from simulation.report.page_data import Grid, StartingPoint, Story
from simulation.report.replay.map import replay_widget

COUNTING = ' class="count"'
QUIET, QUIET_DAYS = DiarySentence(text="A quiet day."), DiarySentence(text="Quiet days.")


def story_body(setting: StartingPoint, grid: Grid | None, story: Story, name: str) -> str:
    """Return a history replayed on the map, if there is one, with its sentences beside it."""
    replay = ""
    if grid is not None and story.film:
        replay = replay_widget(setting, grid, story.film, name=f"{name}-map", replicate=story.replicate)
    told = "".join(_days(story, setting.start))
    return (
        f'<div class="story-body">{replay}<div class="telling" data-map="{name}-map" tabindex="0" '
        f'role="region" aria-label="The story day by day"><ol class="days">{told}</ol></div></div>'
    )


def _days(story: Story, start: date) -> Iterator[str]:
    """Yield the days as items of a list, quiet days that follow each other as one."""
    for quiet, group in groupby(story.days, key=lambda told: not told[1]):
        together = list(group)
        if quiet and len(together) > 1:
            first, last = together[0][0], together[-1][0]
            yield _item(first, f"Days {first} to {last} · until {_date(start, last)}", (QUIET_DAYS,))
        else:
            for day, sentences in together:
                yield _item(day, f"Day {day} · {_date(start, day)}", sentences or (QUIET,))


def _item(day: int, heading: str, sentences: Sequence[DiarySentence]) -> str:
    told = "".join(f"<p{COUNTING if each.sums else ''}>{escape(each.text)}</p>" for each in sentences)
    return f'<li data-day="{day}"><p class="when">{heading}</p>{told}</li>'


def _date(start: date, day: int) -> str:
    when = start + timedelta(days=day)
    return f"{when:%a} {when.day} {when:%b}"
