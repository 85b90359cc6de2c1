"""What a shell completes where a scenario is asked for; files it completes by itself."""

from __future__ import annotations


def scenario_names(incomplete: str) -> list[str]:
    """Return the bundled scenarios whose names begin so."""
    from simulation.scenario.catalogue import names

    return [name for name in names() if name.startswith(incomplete)]
