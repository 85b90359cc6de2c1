"""What reports changed, as a terminal shows it."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

from simulation.outcomes.labels import spell
from simulation.results.folder import Results
from simulation.updating.change import Update, update_of
from simulation.updating.sentences import clash_words, known_words, lines, log_words
from simulation.wording.phrases import of_hundred
from simulation.wording.terminal import screen

MOST = 8
"""Reports that are shown, those that move most."""


def updated_text(results: Results) -> str:
    """Return the paragraphs and tables of a run on reports, "" for any other."""
    update = update_of(results)
    if update is None:
        return ""
    evidence = update.evidence
    parts: list[Text | Table] = [Text(line) for line in lines(evidence, {})]
    if evidence.effective:
        parts += [_endings(update), _pulls(update)]
    return screen(parts).rstrip()


def _endings(update: Update) -> Table:
    table = Table("ending", "before the reports", "after them", box=None, padding=(0, 2, 0, 0))
    for name, (before, after) in update.endings.items():
        table.add_row(spell(name), of_hundred(before), of_hundred(after))
    return table


def _pulls(update: Update) -> Table:
    headings = ("report", "known", "log evidence given the others", "moves of 100", "what it says")
    table = Table(*headings, box=None, padding=(0, 2, 0, 0))
    plain = update.evidence.before is None
    told = [each for each in update.evidence.pulls if plain or each.told]
    for pull in sorted(told, key=lambda each: -each.moved)[:MOST]:
        text = Text(f"{pull.report.text} ({pull.report.speaker}{_clash(pull.clash, clash_words(pull))})")
        row = (
            pull.report.id,
            known_words(pull.report),
            log_words(pull.given_others),
            f"{100 * pull.moved:.1f}",
        )
        table.add_row(*row, text)
    return table


def _clash(size: float, words: str) -> str:
    return f"; {words}" if size > 1 else ""
