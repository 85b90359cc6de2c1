"""How to repeat what a page shows, and what it was made with: the same section on every page."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from simulation.report.markup import Table, items
from simulation.results.manifest_head import ManifestHead
from simulation.wording.phrases import number

SAME = "The same command with the same versions gives the same histories, with any number of workers."


def repeat_section(
    manifest: ManifestHead,
    *,
    histories: str,
    licences: Sequence[str],
    names: Sequence[str] = (),
    command: str = "",
    where: str = "",
) -> str:
    """Return the exact command, what it was run with, and the licences of the data.

    `histories` says how many are shown and of how many; `names` are what the page calls the scenarios. A page
    that lies in no folder of its own gives the `command`, and `where` to type it.
    """
    place = where or f"Type it in the folder of this page, where {_beside(manifest)} lies beside it."
    told = names or ["scenario"] * len(manifest.scenarios)
    facts = Table(
        headings=("", ""),
        rows=(
            *(
                (name, f"{mark.title} ({mark.name}, {mark.digest})")
                for name, mark in zip(told, manifest.scenarios, strict=True)
            ),
            ("seed", str(manifest.seed)),
            ("histories", f"{histories}{_left_out(manifest)}{_stopped(manifest)}"),
            ("days", number(manifest.days)),
            ("engine", manifest.engine_version),
            ("packages", ", ".join(f"{name} {version}" for name, version in manifest.packages.items())),
            ("platform", f"Python {manifest.python}, {manifest.platform}"),
            *([("run", f"{manifest.started} to {manifest.finished}")] if manifest.finished else []),
        ),
    )
    return (
        f'<pre class="command" tabindex="0"><code>{escape(command or manifest.again)}</code></pre>'
        f'<p>{escape(f"{place} {SAME}")}</p><div class="facts">{facts.html()}</div>{_data(licences)}'
    )


def _data(licences: Sequence[str]) -> str:
    return f"<h3>Data and licences</h3>{items(licences)}" if licences else ""


def _beside(manifest: ManifestHead) -> str:
    return "scenario.yaml" if len(manifest.scenarios) == 1 else "the folder runs"


def _left_out(manifest: ManifestHead) -> str:
    count = len(manifest.failed)
    return f"; {count:,} failed and are left out" if count else ""


def _stopped(manifest: ManifestHead) -> str:
    return "" if manifest.stopping is None else f"; the run {manifest.stopping.reason()}"
