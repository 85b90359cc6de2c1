"""How to repeat a comparison, and what it was made with."""

from __future__ import annotations

from html import escape

from simulation.report.comparison.subject import ComparisonSubject
from simulation.report.markup import Table, items
from simulation.results.manifest import Manifest
from simulation.wording.phrases import number


def repeat_section(subject: ComparisonSubject) -> str:
    """Return the command, what it was run with, and the licences of the data."""
    manifest = subject.runs[subject.reference].manifest
    rows = [
        *((subject.labels[name], _scenario(subject, name)) for name in subject.comparison.names),
        ("seed", str(subject.comparison.seed)),
        ("histories", f"{subject.pairs} in every scenario, compared pair by pair{_stopped(manifest)}"),
        ("days", number(subject.comparison.days)),
        ("engine", manifest.engine_version),
        ("packages", ", ".join(f"{name} {version}" for name, version in manifest.packages.items())),
        ("platform", f"Python {manifest.python}, {manifest.platform}"),
    ]
    text = (
        "Type it in the folder of this page, where the folder runs lies beside it. The same command with the same "
        "versions gives the same histories, with any number of workers."
    )
    data = f"<h3>Data and licences</h3>{items(subject.licences)}" if subject.licences else ""
    facts = Table(headings=("", ""), rows=tuple(rows)).html()
    return (
        f'<pre class="command" tabindex="0"><code>{escape(_command(subject))}</code></pre><p>{escape(text)}</p>'
        f'<div class="facts">{facts}</div>{data}'
    )


def _stopped(manifest: Manifest) -> str:
    return "" if manifest.stopping is None else f"; the run {manifest.stopping.reason()}"


def _command(subject: ComparisonSubject) -> str:
    files = " ".join(f"runs/{run.folder.name}/scenario.yaml" for run in subject.comparison.runs)
    return f"simulate compare {files} --replicates {subject.comparison.replicates} --seed {subject.comparison.seed}"


def _scenario(subject: ComparisonSubject, name: str) -> str:
    manifest = subject.runs[name].manifest
    return f"{manifest.title} ({manifest.scenario}, {manifest.scenario_digest})"
