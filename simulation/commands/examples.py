"""Examples at the end of each command's help."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

EXAMPLES: Final[Mapping[str, tuple[str, ...]]] = {
    "run": (
        "run aleppo --open",
        "run two-valleys -n 200 --set inputs.river_council_fighters=2800",
        "run duel --until ending.red_wins:0.02",
        "run aleppo --as-of 2024-11-28 --json",
    ),
    "compare": (
        "compare aleppo allies-available --open",
        "compare two-valleys --against-set inputs.river_council_fighters=2800 -n 500",
        "compare aleppo --ablate",
    ),
    "sweep": ("sweep duel --set inputs.red_fighters=10,20,30 --outcomes ending.red_wins",),
    "sensitivity": ("sensitivity two-valleys --histories 4000", "sensitivity aleppo --method morris"),
    "discover": ("discover results/aleppo-DIGEST --outcome place.Aleppo",),
    "trace": ("trace two-valleys --replicate 1", "trace aleppo --explain Aleppo", "trace duel --jsonl"),
    "replay": ("replay two-valleys --replicate typical --open",),
    "check": ("check aleppo -n 500", "check aleppo --strict"),
    "hindcast": ("hindcast aleppo -n 500 --open",),
    "truth": (
        "truth events.csv aleppo --side 'Syrian insurgents=opposition_factions'",
        "truth events.csv goma --every 7 --out week-by-week.yaml",
    ),
    "validate": ("validate my.yaml", "validate my.yaml --set days=10"),
    "verify": ("verify results/aleppo-DIGEST",),
    "show": ("show aleppo", "show my.yaml --resolved"),
    "sources": ("sources aleppo", "sources aleppo C17"),
    "list": ("list", "list --json"),
    "lesson": ("lesson no-bombardment --out no-bombardment",),
    "try": ("try no-bombardment", "try no-bombardment 2 -n 200"),
    "pack": ("pack --out pack", "pack two-valleys duel -n 100"),
    "classroom": ("classroom two-valleys",),
    "results": ("results", "results elsewhere --json"),
    "resume": ("resume results/aleppo-DIGEST.unfinished",),
    "extend": ("extend results/aleppo-DIGEST --replicates 5000",),
    "merge": ("merge first-half second-half --out whole",),
    "report": ("report results/aleppo-DIGEST --open",),
    "export": (
        "export results/aleppo-DIGEST --xlsx --out aleppo.xlsx",
        "export results/aleppo-DIGEST --table outcomes",
        "export results/aleppo-DIGEST --form views",
    ),
    "new": ("new kivu --article article.txt --box=-2.75,28.2,-0.45,29.7 --date 2025-01-21", "new kivu"),
    "draft": (
        "draft article.txt --actors my_conflict --date 2024-11-28 --out my_conflict/claims/article.yaml",
    ),
    "region": (
        "region --box -3,28,0.5,30 --labels labels.csv --out kivu",
        "region --box 32,35.5,37.5,39 --labels labels.csv --roads roads.csv --country Syria",
    ),
    "schema": ("schema", "schema --manifest"),
    "selftest": ("selftest",),
    "doctor": ("doctor", "doctor --json"),
}
"""Arguments of `simulate`, by command; DIGEST stands for the end of a folder's name."""


def epilog(name: str) -> str | None:
    """Return the examples of a command as the end of its help, each on a line of its own."""
    lines = "\n".join(f"  simulate {each}" for each in EXAMPLES.get(name, ()))
    return f"\b\nExamples:\n{lines}" if lines else None
