"""The scenario of a new conflict: the priors of all rules, and what only a person can say left open."""

from __future__ import annotations

from simulation.new_conflict.writing import quoted

QUESTIONS = (
    "Who began it, and who attacks whom now? `simulate check` shows what the claims amount to.",
    "Which truce is in force on the first day, and since when? One that nobody keeps is `agreed_with` and `breached`.",
    "Who denies what? Write it as `denies`.",
    "Who can help from outside, with how many, and what binds them?",
    "Whose capital is not on the map? Then set `dissolve_rate` of the scenario to 0 and say why.",
    "Which truths of the season count: rain, cloud, harvest? See flyable_share in `scenarios/base.yaml`.",
)
"""What no text answers by itself; those of the text stand at the end of the claims."""


def scenario_text(title: str, day: str) -> str:
    """Return the scenario; it lies in the folder of the seeds."""
    return (
        f"extends: base\ntitle: {quoted(title)}\nquestion: {quoted('What could the next thirty days bring?')}\n"
        f"start: {day}\ndays: 30\nseeds: .\nregion: region\n"
    )


def questions_text(name: str, asked: tuple[str, ...]) -> str:
    """Return the list of questions that a person has to answer; `asked` are those of the text."""
    lines = "".join(f"- [ ] {each}\n" for each in (*QUESTIONS, *asked))
    return (
        f"# Questions about {name}\n\nEverything in this folder is a draft until you have read it. Go through the "
        "files in this order:\n`documents/`, `actors.yaml`, `labels.csv`, `claims/`, `laydown.yaml`, `endings.yaml`. "
        "Take each mark `draft` away when you agree\nwith its line, and say of each sentence without a claim why it "
        f"has none.\n`simulate validate {name}.yaml` lists what is left.\n\n{lines}"
    )
