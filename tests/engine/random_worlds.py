"""Small scenarios at random, as the seed and region files that describe them.

Every item draws from a stream of its own, so that a world with one force fewer is otherwise the same.
"""

import csv
import json
from dataclasses import dataclass
from random import Random
from typing import get_args

from simulation.documents import QUANTITIES
from simulation.documents.force import ForceKind, Mobility
from simulation.model.parameters import PARAMETERS
from simulation.region import grid
from simulation.region.loader import CELL_COLUMNS, GOVERNORATE_COLUMNS, PLACE_COLUMNS
from simulation.region.region import KINDS

SIDE = grid.CELL_SIDE
ACTORS = ("ant", "bee", "cat", "dog", "elk")
PLACES = ("Acre", "Bath", "Cork", "Dole", "Elba", "Fano")
REGIONS = ("Near", "Far")
MOST_PEOPLE = 2**31 - 1
BETWEEN_ACTORS = (
    "supports", "supports", "fights_beside", "allied_with", "fights", "fights", "launched", "launched",
    "attacks", "bombards", "opposes", "deconflicts", "truce_with", "reserves_force", "leads",
)  # fmt: skip
ALONE = ("dormant", "aims", "preoccupied")
ASSUMED = {"assumption": "made up"}
USUAL = {
    "fighters": [30, 300, 3000],
    "kill_rate": [0.01, 0.05, 0.5],
    "cohesion": [0.3, 0.8],
    "confidence": [0.3, 0.8],
    "sorties_per_day": [2, 20],
    "appetite": [0.5, 1],
    "pool": [50, 5000],
    "endurance": [-1, 0, 1],
}
"""Values at which something happens; the ends of the permitted range are drawn too."""


@dataclass(frozen=True, kw_only=True)
class Sizes:
    """How much of everything a world has; less of it is a simpler world."""

    seed: int
    actors: int
    rows: int
    cols: int
    places: int
    claims: int
    forces: int
    measures: int
    inputs: int
    days: float

    def stream(self, *name):
        return Random(f"{self.seed} {name}")

    def each(self, kind):
        """Yield a stream for every item of a kind."""
        return [self.stream(kind, k) for k in range(getattr(self, kind))]

    @property
    def actor_ids(self):
        return ACTORS[: self.actors]

    @property
    def place_names(self):
        return PLACES[: self.places]


def write_world(sizes, folder):
    """Write every file of a world and return its scenario file."""
    for name, content in _files(sizes).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, tuple):
            with path.open("w", encoding="utf-8", newline="") as stream:
                csv.writer(stream).writerows([content[0], *(row.values() for row in content[1])])
        else:
            text = content if isinstance(content, str) else json.dumps(content, indent=1)
            path.write_text(text, encoding="utf-8")
    return folder / "scenario.yaml"


def _files(sizes):
    cells, box = _cells(sizes)
    return {
        "scenario.yaml": _scenario(sizes),
        "seeds/actors.yaml": {"actors": [_actor(r, sizes, k) for k, r in enumerate(sizes.each("actors"))]},
        "seeds/laydown.yaml": {"forces": [_force(r, sizes, k) for k, r in enumerate(sizes.each("forces"))]},
        "seeds/endings.yaml": {"endings": _endings(sizes)},
        "seeds/claims/news.yaml": {"document": "news", "claims": _claims(sizes)},
        "seeds/documents/news.md": _document(sizes),
        "region/region.yaml": _region(sizes, box),
        "region/governorates.csv": (
            GOVERNORATE_COLUMNS,
            [{"governorate": name, "seat": PLACES[0]} for name in REGIONS],
        ),
        "region/cells.csv": (CELL_COLUMNS, cells),
        "region/places.csv": (PLACE_COLUMNS, _places(sizes, cells)),
    }


def _cells(sizes):
    """Return the cells of a rectangle, which may have holes, and the rectangle's edges in degrees."""
    r = sizes.stream("box")
    south, west = r.randint(-20, 20) * SIDE, r.randint(-20, 20) * SIDE
    holes = r.choice([0, 0.2])
    squares = [(row, col) for row in range(sizes.rows) for col in range(sizes.cols)]
    land = [square for square in squares if r.random() >= holes] or squares
    cells = [_cell(sizes, row, col, south, west) for row, col in land]
    edges = (south, west, south + sizes.rows * SIDE, west + sizes.cols * SIDE)
    return sorted(cells, key=lambda cell: cell["sub_id"]), [edge / grid.MICRO for edge in edges]


def _cell(sizes, row, col, south, west):
    r = sizes.stream("cell", row, col)
    lat, lon = (south + row * SIDE + SIDE // 2) / grid.MICRO, (west + col * SIDE + SIDE // 2) / grid.MICRO
    population = r.choice([0, 1, 50, 4000, 40_000, 1_000_000, MOST_PEOPLE])
    displaced = r.choice([0, population // 3, population])
    control = r.choice([*sizes.actor_ids, *sizes.actor_ids, ""])
    return {
        "sub_id": grid.sub_id_of(lat, lon),
        "lat": lat,
        "lon": lon,
        "governorate": r.choice(REGIONS),
        "elevation": r.choice([-450, 0, 9000]),
        "ruggedness": r.choice([0, 100, 9000]),
        "road": r.randint(0, 3),
        "population": population,
        "displaced": displaced,
        "camps": r.choice([0, displaced]),
        "villages": r.choice([0, 1, 5, 1000]),
        "urban": _share(r),
        "control": control,
        "mixed": r.randint(0, 1) if control else 0,
    }


def _places(sizes, cells):
    return [
        {
            "name": name,
            "lat": cell["lat"],
            "lon": cell["lon"],
            "kind": r.choice(KINDS),
            "weight": _share(r),
            "governorate": cell["governorate"],
            "population": r.choice([0, 5000]),
            "control": r.choice(["", "", *sizes.actor_ids]),
        }
        for name, r in zip(PLACES, sizes.each("places"), strict=False)
        for cell in [r.choice(cells)]
    ]


def _region(sizes, box):
    return {
        "name": "Made up",
        "note": "Made up by a test.",
        "box": dict(zip(("south", "west", "north", "east"), box, strict=True)),
        "controllers": list(sizes.actor_ids),
        "entries": [],
        "licences": [{"data": "all", "source": "a test", "licence": "CC0"}],
    }


def _actor(r, sizes, k):
    war = sizes.stream("war of", k)
    return {
        "id": ACTORS[k],
        "name": ACTORS[k].title(),
        "short": ACTORS[k],
        "aliases": [],
        "kind": r.choice(["state", "armed_organisation", "network"]),
        "seat": r.choice([None, *sizes.place_names]),
        "colour": f"#00000{k}",
        "listed": war.choice([True, False]),
        "bound_by": war.choice([None, *(name for name in sizes.actor_ids if name != ACTORS[k])]),
        "quantities": {
            name: _quantity(r, name) for name in QUANTITIES if name in USUAL or r.choice([True, False])
        },
    }


def _quantity(r, name):
    kind = QUANTITIES[name]
    values = [kind.low, kind.high, *4 * USUAL.get(name, [kind.high / 2])]
    low, high = sorted((r.choice(values), r.choice(values)))
    numbers = {"value": low} if low == high else {"low": low, "best": (low + high) / 2, "high": high}
    return numbers | {"unit": kind.unit} | ASSUMED


def _claims(sizes):
    """Return the claims; where there are two actors, the first is of an attack."""
    claims = [_claim(r, sizes) for r in sizes.each("claims")]
    if sizes.actors > 1:
        claims[0] |= {"subject": ACTORS[0], "predicate": "launched", "object": ACTORS[1], "verified": True}
        claims[0].pop("about", None)
    return [{"id": f"C{k:02}", "sentence": f"S{k}"} | each for k, each in enumerate(claims, start=1)]


def _claim(r, sizes):
    subject, *others = r.sample(sizes.actor_ids, sizes.actors)
    between = bool(others) and r.random() < 0.8
    return {
        "subject": subject,
        "predicate": r.choice(BETWEEN_ACTORS if between else ALONE),
        "object" if between else "about": others[0] if between else "nothing",
        "since": r.choice(["2023", "2024-01-01", "2024-01-03", "2024-01-02T12:00"]),
        "said_by": r.choice(["reporter", "government", "witness"]),
        "verified": r.choice([True, False]),
        "text": "Made up.",
    }


def _document(sizes):
    head = "---\ntitle: News\ndate: 2024-01-01\nsource: a test\nnote: made up\n---\n"
    return head + "\n\n".join(f"S{k}. Made up." for k in range(1, sizes.claims + 1))


def _force(r, sizes, k):
    return {
        "id": f"force-{k}",
        "actor": sizes.actor_ids[k % sizes.actors],
        "kind": r.choice(get_args(ForceKind)),
        "units": r.choice([1, 2, 5]),
        "share": r.choice([0, 0.5, 1, 1, 1]) / sizes.forces,
        "mobility": r.choice(get_args(Mobility)),
        "entrenchment": _share(r),
        "where": {"places": r.choices(sizes.place_names, k=r.randint(1, 3))},
    } | ASSUMED


def _endings(sizes):
    r, actors = sizes.stream("endings"), sizes.actor_ids
    when = [
        {"dissolved": r.choice(actors)},
        {"lost": r.choices(sizes.place_names, k=r.randint(1, 6)), "by": r.choice(actors)},
        {"none_left": r.choice(actors)},
        *([{"truce": r.sample(actors, 2)}] if len(actors) > 1 else []),
    ]
    if len(actors) > 1:
        lost = {"lost": r.choices(sizes.place_names, k=r.randint(1, 6)), "by": r.choice(actors)}
        when.append({"truce": r.sample(actors, 2)} | lost)
    thrown = {"of": r.choice(actors), "least_km2": r.choice([1, 30, 300]), "kept": r.choice([0, 0.5, 0.9])}
    when.append({"thrown_back": thrown})
    tried = [*r.sample(when, r.randint(0, len(when))), "always"]
    return [
        {"id": f"ending_{k}", "meaning": "Made up.", "when": each, "stops": r.random() < 0.1}
        for k, each in enumerate(tried)
    ]


def _scenario(sizes):
    names = sizes.stream("inputs").sample(list(PARAMETERS), sizes.inputs)
    return {
        "title": "Made up",
        "question": "Does it hold?",
        "start": "2024-01-02",
        "days": sizes.days,
        "seeds": "seeds",
        "region": "region",
        "inputs": {name: _input(sizes.stream(name), PARAMETERS[name]) for name in names},
        "measures": [_measure(r, sizes) for r in sizes.each("measures")],
    }


def _input(r, parameter):
    low, high = parameter.low, parameter.high
    if r.random() < 0.7:
        return r.choice([low, high, (low + high) / 2, min(high, 2 * parameter.default)])
    return {"dist": "uniform", "loc": low, "scale": high - low, "source": "a test"}


def _measure(r, sizes):
    first = r.choice([0, sizes.days / 4, sizes.days / 2])
    start = {"from_day": first}
    lasting = start | r.choice([{}, {"until_day": first + sizes.days / 4}, {"until_day": 2 * sizes.days}])
    of, *others = r.sample(sizes.actor_ids, sizes.actors)
    fighters, place = r.choice([1, 500, 200_000]), r.choice(sizes.place_names)
    kinds = [
        {"bombardment": lasting | {"by": of, "sorties_per_day": r.choice([0, 3, 2000])}},
        {"distraction": lasting | {"of": of, "availability": _share(r)}},
        {"front": lasting | {"of": of, "open": r.choice([True, False])}},
        {"morale": start | {"of": of, "cohesion": -_share(r), "confidence": r.choice([-1, 0, 1])}},
        {"reinforcement": start | {"of": of, "fighters": fighters, "at": place}},
    ]
    if others:
        pair = {"between": [of, others[0]]}
        kinds += [
            {"restraint": lasting | {"of": of, "by": others[0], "strength": _share(r)}},
            {"ceasefire": lasting | pair | {"compliance": _share(r)}},
            {"guarantee": lasting | pair},
            {"breach": start | pair},
        ]
    return r.choice(kinds)


def _share(r):
    return r.choice([0, 0.1, 0.5, 1, round(r.random(), 3)])
