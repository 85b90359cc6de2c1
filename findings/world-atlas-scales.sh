#!/usr/bin/env bash
# world-atlas 2.0.2 (Natural Earth 4.1) with shapely 2.2.0: a finer map puts towns into other countries, and Lulea into Russia at any scale.
#
# Seen: Goma lies in the Democratic Republic of the Congo at 1:110 and 1:50 million and in Rwanda at 1:10 million; Hyesan in
#   North Korea and then in China. Gaza lies in no country at 1:110 million. As planar polygons Lulea lies in Russia and Murmansk
#   in no country, at every scale; at 1:10 million La Paz lies in Bolivia alone, at the coarser ones in Fiji as well, Cairns in Fiji.
#   Rings of two corners (islands of Spain, Japan and others, the Vatican) stand at 1:10 million only, which shapely refuses.
# One would guess: that a finer scale is nearer the truth everywhere, that a valid file gives valid polygons, and that only far
#   islands suffer from the 180th meridian.
# Why: lines are generalised and then snapped to a grid of 0.0036 degrees; the map is made for projections that cut polygons at
#   180 degrees by themselves, and a planar polygon that jumps from 180 E to 180 W runs round the world the other way.
# It follows: unroll longitudes and cut at 180 degrees, drop rings of fewer than four corners, make valid, and let a gazetteer or a
#   person say in which country a border town lies.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check shapely==2.2.0 numpy==2.5.5
(cd "$folder" && npm pack --silent world-atlas@2.0.2 > /dev/null && tar xzf world-atlas-2.0.2.tgz)
cd "$folder" && "$folder/venv/bin/python" - <<'PY'
import json

import numpy as np
import shapely

TOWNS = {
    "Goma": (-1.6741, 29.2285), "Hyesan": (41.4017, 128.1778), "Gaza": (31.5, 34.4667), "Lulea": (65.5842, 22.1547),
    "Murmansk": (68.9792, 33.0925), "La Paz": (-16.5, -68.15), "Cairns": (-16.9237, 145.7661),
}


def outlines(scale):
    """Return (name, shape) of each country as planar polygons, made valid, and who has rings of too few corners."""
    with open(f"package/countries-{scale}.json") as text:
        atlas = json.load(text)
    grain, corner = np.array(atlas["transform"]["scale"]), atlas["transform"]["translate"]
    arcs = [np.cumsum(arc, axis=0) * grain + corner for arc in atlas["arcs"]]
    found, short = [], set()
    for country in atlas["objects"]["countries"]["geometries"]:
        several = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
        parts = []
        for polygon in several:
            rings = [np.concatenate([arcs[i] if i >= 0 else arcs[~i][::-1] for i in ring]) for ring in polygon]
            if min(map(len, rings)) < 4:
                short.add(country["properties"]["name"])
            elif len(rings[0]) >= 4:
                parts.append(shapely.Polygon(rings[0], rings[1:]))
        found.append((country["properties"]["name"], shapely.make_valid(shapely.MultiPolygon(parts))))
    return found, short


maps = {scale: outlines(scale) for scale in ("110m", "50m", "10m")}
where = {
    town: [[n for n, shape in maps[scale][0] if shape.contains(shapely.Point(lon, lat))] for scale in maps]
    for town, (lat, lon) in TOWNS.items()
}
for town, listed in where.items():
    print(town, dict(zip(maps, listed)))
print("rings of too few corners:", {scale: sorted(short) for scale, (_, short) in maps.items()})
congo = ["Dem. Rep. Congo"]
assert where["Goma"] == [congo, congo, ["Rwanda"]]
assert where["Hyesan"] == [["North Korea"], ["North Korea"], ["China"]]
assert where["Gaza"][0] == [] and where["Gaza"][2] == ["Palestine"]
assert where["Lulea"] == [["Russia"]] * 3 and where["Murmansk"] == [[]] * 3
assert where["Cairns"][2] == ["Fiji"] and set(where["La Paz"][0]) == {"Bolivia", "Fiji"}
assert not maps["110m"][1] and not maps["50m"][1] and {"Spain", "Japan", "Vatican"} <= maps["10m"][1]
PY
