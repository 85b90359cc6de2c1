"""What is wrong in a seeds folder is an error that names file, line and path, and what is allowed."""

import shutil
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from simulation.documents import Edit, load_seeds
from simulation.documents.document import read_document
from simulation.documents.reports import reported_claims
from simulation.errors import InputError
from simulation.io.file_cache import FileCache
from simulation.outcomes.variables import OUTCOMES

SEEDS = Path(__file__).parents[2] / "seeds"
NEW = {
    "id": "A01",
    "subject": "river_council",
    "predicate": "fights",
    "object": "free_company",
    "said_by": "scenario",
    "verified": False,
    "text": "They quarrel.",
    "assumption": "to see what happens",
}


@pytest.fixture
def valleys(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SEEDS / "two_valleys", tmp_path / "valleys"))


def swap(folder: Path, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (
            "claims/valley-courier.yaml",
            "subject: highland_league",
            "subject: highland_leage",
            "valley-courier.yaml:4 claims[0].subject: unknown actor 'highland_leage'; did you mean",
        ),
        (
            "claims/valley-courier.yaml",
            "predicate: launched",
            "predicate: lanched",
            "claims[0].predicate: must be one of 40 known words, not the text 'lanched'; did you mean 'launched'?",
        ),
        (
            "claims/valley-courier.yaml",
            "The League attacked the Council's posts at the Pass on Monday.",
            "They attacked., draft: {sure: true, why: \"verb 'attack'\"}",
            "valley-courier.yaml:5 claims[0].draft: a draft that nobody has read; compare it with its sentence, "
            "correct it, and delete the field 'draft'",
        ),
        (
            "claims/valley-courier.yaml",
            "id: C01",
            "id: one",
            "claims[0].id: must be a capital and two or three digits, such as C07, not the text 'one'",
        ),
        (
            "claims/valley-courier.yaml",
            'launched, object: river_council, day: "2024-01-01"',
            "truce_with, object: river_council",
            "claims[0]: a truce has a time: give 'since' or 'day'",
        ),
        (
            "claims/valley-courier.yaml",
            '"2024-01-01"',
            '"2024-02-31"',
            "claims[0].day: '2024-02-31' is not a time such as",
        ),
        (
            "endings.yaml",
            "[Saddle Pass, Millbridge]",
            "[Saddle Pass, Millbridge, Weirford, Reedham, Larch, Stonegate, Old Fort]",
            "must have at most 6 items, not 7",
        ),
        (
            "claims/valley-courier.yaml",
            "object: river_council",
            "object: river_counsel",
            "claims[0].object: unknown actor 'river_counsel'; did you mean 'river_council'?",
        ),
        (
            "claims/valley-courier.yaml",
            "sentence: S1,",
            "sentence: S99,",
            "claims[0].sentence: unknown sentence 'S99'",
        ),
        (
            "claims/valley-courier.yaml",
            "sentence: S12,",
            "sentence: S13,",
            "S13 is marked as making no claim",
        ),
        (
            "claims/valley-courier.yaml",
            "place: Saddle Pass",
            "place: Sadle Pass",
            "claims[3].place: unknown place 'Sadle Pass'; did you mean 'Saddle Pass'?",
        ),
        (
            "claims/valley-courier.yaml",
            "document: valley-courier",
            "document: valley-currier",
            "valley-courier.yaml:2 document: unknown document 'valley-currier'; did you mean",
        ),
        ("claims/valley-courier.yaml", "id: C02", "id: C01", "claims[1].id: there is a claim 'C01' already"),
        ("claims/valley-courier.yaml", "predicate: launched", "predicate: lanched", "claims[0].predicate"),
        (
            "claims/valley-courier.yaml",
            "place: Saddle Pass",
            "place: Saddle Pass, about: it",
            "found place and about",
        ),
        ("claims/valley-courier.yaml", '"2024-01-01"', '"2024-13-01"', "'2024-13-01' is not a time such as"),
        ("actors.yaml", "seat: Weirford", "seat: Weirfort", "seat: unknown place 'Weirfort'"),
        (
            "actors.yaml",
            "claims: [C11]",
            "claims: [C71]",
            "quantities.fighters.claims[0]: unknown claim 'C71'",
        ),
        ("actors.yaml", "unit: 1/day", 'unit: "1"', "the unit of kill_rate is '1/day', not '1'"),
        ("actors.yaml", "id: river_council", "id: free_company", "two actors have the id 'free_company'"),
        ("actors.yaml", "id: river_council", "id: day1", "must not be 'day' and a number"),
        (
            "actors.yaml",
            "low: 0.6, best: 0.8, high: 0.95",
            "low: 0.6, best: 0.8, high: 1.5",
            "cohesion must lie between 0 and 1",
        ),
        ("laydown.yaml", "actor: river_council", "actor: river", "forces[3].actor: unknown actor 'river'"),
        ("laydown.yaml", "[Larch]", "[Birch]", "forces[0].where.places[0]: unknown place 'Birch'"),
        ("laydown.yaml", "share: 0.45", "share: 0.75", "the shares of highland_league add up to 1.3"),
        (
            "laydown.yaml",
            "id: league-second",
            "id: league-assault",
            "there is a force 'league-assault' already",
        ),
        (
            "laydown.yaml",
            "{places: [Larch]}",
            "{places: [Larch], against: river_council}",
            "only a front does",
        ),
        ("endings.yaml", "lost: [Weirford]", "lost: [Weir]", "endings[1].when.lost: unknown place 'Weir'"),
        (
            "endings.yaml",
            "dissolved: river_council",
            "dissolved: rivers",
            "endings[0].when: unknown actor 'rivers'",
        ),
        (
            "endings.yaml",
            "truce: [highland_league, river_council]",
            "truce: [highland_league]",
            "endings[2].when.truce: item 2 is missing",
        ),
        (
            "endings.yaml",
            "{truce: [highland_league, river_council]}",
            "{truce: [highland_league, river_council], lost: [Saddle Pass]}",
            "endings[2].when: 'lost' says by whom, and only 'lost' does",
        ),
        (
            "endings.yaml",
            "{truce: [highland_league, river_council]}",
            "{truce: [highland_league, river_council], by: river_council}",
            "endings[2].when: 'lost' says by whom, and only 'lost' does",
        ),
        (
            "endings.yaml",
            "{truce: [highland_league, river_council]}",
            "{truce: [highland_league, river_council], none_left: river_council}",
            "exactly one of dissolved, truce, none_left, always, thrown_back is needed; found truce and none_left",
        ),
        (
            "endings.yaml",
            "{lost: [Weirford], by: river_council}",
            "{lost: [Weirford], by: river_council, dissolved: river_council}",
            "exactly one of dissolved, truce, lost, none_left, always, thrown_back is needed; "
            "found dissolved and lost",
        ),
        (
            "endings.yaml",
            "{lost: [Weirford], by: river_council}",
            "{lost: [Weirford], by: river_council, thrown_back: {of: river_council, least_km2: 9, kept: 0}}",
            "endings[1].when: exactly one of",
        ),
        (
            "endings.yaml",
            "{lost: [Weirford], by: river_council}",
            "{thrown_back: {of: highland_leage, least_km2: 25, kept: 0.5}}",
            "endings[1].when: unknown actor 'highland_leage'; did you mean 'highland_league'?",
        ),
        (
            "endings.yaml",
            "{lost: [Weirford], by: river_council}",
            "{thrown_back: {of: highland_league, least_km2: 0, kept: 0.5}}",
            "endings[1].when.thrown_back.least_km2: must be more than 0, not 0",
        ),
        (
            "endings.yaml",
            "{lost: [Weirford], by: river_council}",
            "{thrown_back: {of: highland_league, least_km2: 25, kept: 1}}",
            "endings[1].when.thrown_back.kept: must be less than 1",
        ),
        (
            "endings.yaml",
            "{lost: [Weirford], by: river_council}",
            "{thrown_back: {of: highland_league, least_km2: 25}}",
            "endings[1].when.thrown_back: 'kept' is missing",
        ),
        (
            "actors.yaml",
            "seat: Weirford",
            "seat: Weirford\n    bound_by: river_counsel",
            "actors[1].bound_by: unknown actor 'river_counsel'; did you mean 'river_council'?",
        ),
        (
            "actors.yaml",
            "seat: Weirford",
            "seat: Weirford\n    bound_by: river_council",
            "actors[1].bound_by: river_council cannot be bound by a war with itself",
        ),
        (
            "actors.yaml",
            "seat: Weirford",
            "seat: Weirford\n    listed: perhaps",
            "actors[1].listed: must be true or false",
        ),
        (
            "actors.yaml",
            "seat: Weirford",
            "seat: Weirford\n    bound_bye: river_council",
            "actors[1]: unknown field 'bound_bye'; did you mean 'bound_by'?",
        ),
        (
            "endings.yaml",
            "when: {dissolved: river_council}",
            "when: always",
            "the last ending and no other must hold",
        ),
        (
            "endings.yaml",
            "when: always",
            "when: {dissolved: river_council}",
            "the last ending and no other must hold",
        ),
    ],
)
def test_a_wrong_word_is_named(valleys: Path, file: str, old: str, new: str, message: str) -> None:
    swap(valleys, file, old, new)
    with pytest.raises(InputError) as caught:
        load_seeds(valleys)
    assert message in str(caught.value)
    assert file in str(caught.value)
    assert caught.value.line is not None


def test_a_sentence_without_a_claim_is_named(valleys: Path) -> None:
    swap(valleys, "documents/valley-courier.md", "{no claim: no", "(no")
    with pytest.raises(InputError, match=r"valley-courier.md:34: S13 has no claim"):
        load_seeds(valleys)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("S1. Nothing.", "x.md:1: a document begins with a head"),
        ("---\ntitle: A\n---\n\nS1. Nothing.", "'date' is missing"),
        ("---\ntitle: A\ndate: B\nsource: C\nnot: D\n---\n", "x.md:5"),
        ("---\ntitle: A\ndate: B\nsource: C\nnote: D\n---\n\nS1. One.\n\nS3. Three.", "x.md:10: this"),
    ],
)
def test_a_document_out_of_form_is_refused(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "x.md").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_document(tmp_path / "x.md", FileCache())
    assert message in str(caught.value)


def test_sentences_know_their_lines_and_may_run_over_several(tmp_path: Path) -> None:
    head = "---\ntitle: A\ndate: B\nsource: C\nnote: D\n---\n"
    body = "\nS1. One\nand a half.\n\n\nS2. Two. {no claim: idle}\n"
    (tmp_path / "x.md").write_text(head + body, encoding="utf-8")
    first, second = read_document(tmp_path / "x.md", FileCache()).sentences.values()
    assert (first.text, first.line, first.no_claim) == ("One and a half.", 8, None)
    assert (second.text, second.line, second.no_claim) == ("Two.", 12, "idle")


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (Edit(disbelieve="C91"), "claims[0].disbelieve: unknown claim 'C91'"),
        (Edit(add=NEW | {"id": "C01"}), "claims[0].add.id: there is a claim 'C01' already"),
        (Edit(add=NEW | {"subject": "river"}), "claims[0].add.subject: unknown actor 'river'"),
        (Edit(add=NEW | {"predicat": "fights"}), "claims[0].add.predicat: unknown field 'predicat'; did"),
        (
            Edit(add={key: value for key, value in NEW.items() if key != "assumption"} | {"sentence": "S1"}),
            "an added claim is an assumption",
        ),
    ],
)
def test_an_edit_that_cannot_be_made_is_refused(edit: Edit, message: str) -> None:
    with pytest.raises(InputError) as caught:
        load_seeds(SEEDS / "two_valleys", [edit])
    assert message in str(caught.value)


def test_an_added_claim_changes_what_follows() -> None:
    seeds = load_seeds(SEEDS / "two_valleys", [Edit(add=NEW), Edit(disbelieve="C10")])
    assert seeds.at_war("river_council", "free_company")
    assert seeds.blocs["free_company"] == "free_company"
    assert seeds.claims["A01"].sentence is None
    assert seeds.disbelieved == {"C10"}


@pytest.mark.parametrize("missing", ["documents", "claims", "region/places.csv"])
def test_a_missing_part_is_named(valleys: Path, missing: str) -> None:
    remove: Callable[[Path], object] = shutil.rmtree if (valleys / missing).is_dir() else Path.unlink
    remove(valleys / missing)
    with pytest.raises(InputError) as caught:
        load_seeds(valleys)
    assert missing in str(caught.value)


def test_no_actor_can_be_called_so_that_two_outcomes_have_one_column(valleys: Path) -> None:
    whole = [each.name for each in OUTCOMES.values() if not each.per_actor]
    of_actors = [each.name for each in OUTCOMES.values() if each.per_actor]
    ids = {name.removeprefix(start) for name in whole for start in of_actors if name.startswith(start)}
    assert "day1" in ids
    for name in ids:
        shutil.rmtree(valleys)
        shutil.copytree(SEEDS / "two_valleys", valleys)
        swap(valleys, "actors.yaml", "id: river_council", f"id: {name}")
        with pytest.raises(
            InputError, match=r"actors.yaml:\d+ actors\[\d\].id: must not be 'day' and a number"
        ):
            load_seeds(valleys)


@pytest.fixture
def with_reports(valleys: Path) -> Path:
    """The valleys with a report on the fifth day of its war."""
    for folder in ("documents", "claims"):
        (valleys / folder / "reports").mkdir()
    (valleys / "documents" / "reports" / "later.md").write_text(
        "---\ntitle: Later\ndate: 2024-01-05\nsource: A letter\nnote: Made up\n---\n\nS1. The Pass is lost.\n"
    )
    (valleys / "claims" / "reports" / "later.yaml").write_text(
        "document: later\nclaims:\n  - {id: R01, sentence: S1, subject: highland_league, predicate: took,\n"
        '     place: Saddle Pass, day: "2024-01-04", said_by: witness, verified: false, text: They have it.}\n'
    )
    return valleys


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("id: R01", "id: C01", "there is a claim 'C01' already"),
        ('"2024-01-04"', '"2024-01-06"', "claim R01 speaks of a day after that of its document"),
        (
            "place: Saddle Pass",
            "place: Saddel Pass",
            "unknown place 'Saddel Pass'; did you mean 'Saddle Pass'?",
        ),
        ("sentence: S1", "sentence: S2", "unknown sentence 'S2'"),
    ],
)
def test_a_wrong_report_is_named_by_whoever_reads_reports(
    with_reports: Path, old: str, new: str, message: str
) -> None:
    read = partial(reported_claims, region=with_reports / "region", as_of=date(2024, 1, 5))
    assert "R01" in read(load_seeds(with_reports), files=FileCache()).claims
    swap(with_reports, "claims/reports/later.yaml", old, new)
    with pytest.raises(InputError) as caught:
        read(load_seeds(with_reports), files=FileCache())
    assert message in str(caught.value)


def test_what_is_wrong_with_one_claim_hides_nothing_that_is_wrong_with_others(valleys: Path) -> None:
    """A claim that cannot be read, names that are not there, and another file: all in one round."""
    swap(valleys, "claims/valley-courier.yaml", "predicate: launched", "predicate: lanched")
    swap(valleys, "claims/valley-courier.yaml", "place: Saddle Pass", "place: Saddel Pass")
    swap(valleys, "claims/valley-courier.yaml", "object: free_company", "object: free_compony")
    swap(valleys, "laydown.yaml", "share: 0.45", "share: 1.45")
    swap(valleys, "endings.yaml", "lost: [Weirford]", "lost: [Weirfort]")
    with pytest.raises(InputError) as caught:
        load_seeds(valleys)
    words = ("'launched'", "'Saddle Pass'", "'free_company'", "forces[0].share", "'Weirford'")
    assert [word for word in words if word not in str(caught.value)] == []
    assert len(caught.value.every) == len(words)
