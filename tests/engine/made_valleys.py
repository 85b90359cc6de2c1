"""Two valleys with files of their own, for tests of what seeds and inputs can say."""

import shutil
from pathlib import Path

import simulation
from simulation.scenario import load_scenario
from simulation.world.world import build_world

SEEDS = Path(simulation.__file__).parents[1] / "seeds" / "two_valleys"


def valleys(folder, *swaps, days=30, measures=(), **inputs):
    """Return the two valleys built in an empty folder with inputs, measures and texts of files replaced.

    Each swap is (file of the seeds, old text, new text).
    """
    shutil.copytree(SEEDS, folder / "valleys")
    for file, old, new in swaps:
        path = folder / "valleys" / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
    numbers = ", ".join(f"{name}: {value}" for name, value in inputs.items())
    items = "".join(f"\n  - {measure}" for measure in measures) or " []"
    (folder / "made.yaml").write_text(
        f"extends: two-valleys\ntitle: made up\ndays: {days}\nseeds: valleys\nregion: valleys/region\n"
        f"inputs: {{{numbers}}}\nmeasures:{items}\n",
        encoding="utf-8",
    )
    return build_world(load_scenario(folder / "made.yaml"))
