"""One rule for every path that is written to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from fakes import fake_manifest

from simulation import compare, replay, run, sensitivity
from simulation.errors import InputError
from simulation.io.output_path import output_path
from simulation.results.publication import Publication


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def test_the_home_folder_is_meant_by_a_tilde(home: Path) -> None:
    assert output_path("~/runs/a") == output_path(Path("~/runs/a")) == home / "runs" / "a"
    assert output_path("~") == home
    assert output_path("runs/~/a") == Path("runs/~/a")
    assert output_path("~root/x") != Path("~root/x")


@pytest.mark.parametrize("text", ["runs [final]/a", "r [/final]", ":smile:", "a:b/c", "run:1", "C:/runs"])
def test_any_other_name_stands_for_itself(text: str) -> None:
    assert str(output_path(text)) == text


@pytest.mark.parametrize(
    "text", ["s3://bucket/run", "file:///x", "http:", "gs://b", "HTTPS://x/y", "git+ssh://host/x"]
)
@pytest.mark.parametrize("kind", [str, Path])
def test_a_url_is_refused(text: str, kind: type) -> None:
    with pytest.raises(InputError, match="is a URL"):
        output_path(kind(text))


@pytest.mark.parametrize(("text", "said"), [("~nobody-here/x", "no such home folder"), ("a\0b", "NUL")])
def test_what_no_path_can_be_is_refused(text: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        output_path(text)


@pytest.mark.parametrize(
    ("command", "scenario"),
    [
        (run, "duel"),
        (replay, "duel"),
        (compare, ["duel", "duel --set inputs.red_fighters=2"]),
        (sensitivity, "two-valleys"),
    ],
)
def test_every_function_that_writes_refuses_at_once(
    command: Callable[..., object], scenario: object, tmp_path: Path
) -> None:
    """Before the first history, or this would compile."""
    (tmp_path / "mine").mkdir()
    thesis = tmp_path / "mine" / "thesis.html"
    thesis.write_text("thesis")
    for out, said in (
        ("s3://b/x", "is a URL"),
        (thesis if command is replay else thesis.parent, "holds something"),
    ):
        with pytest.raises(InputError, match=said):
            command(scenario, out=out)
    assert thesis.read_text() == "thesis" and [each.name for each in tmp_path.rglob("*")] == [
        "mine",
        "thesis.html",
    ]


def test_results_go_to_the_home_folder_and_are_found_there(home: Path) -> None:
    with Publication(fake_manifest(20), "~/runs/a") as place:
        place.seal(place.manifest)
    assert place.folder == home / "runs" / "a" and (place.folder / "manifest.json").is_file()


def test_a_place_in_which_nothing_can_be_made_is_refused() -> None:
    if not Path("/proc/self").exists():
        pytest.skip("needs a file system of processes")
    with (
        pytest.raises(InputError, match=r"^/proc/x: cannot be written: "),
        Publication(fake_manifest(20), "/proc/x"),
    ):
        pass
