"""How many people live in each cell of a draft: towns as GeoNames counts them, the others of a country around them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.ndimage import gaussian_filter
from scipy.spatial import cKDTree

from simulation.region import grid
from simulation.region_building import spread
from simulation.region_building.gazetteer import Nation, Town
from simulation.region_building.labels import Label
from simulation.region_building.sphere import on_sphere

LARGEST_TOWN_SHARE = 0.7
PEOPLE_PER_VILLAGE = 1_000
"""People outside towns for each village. Assumption, 300 to 3,000."""
REACH_KM = (4.0, 25.0)
"""How far from a town those live who live outside towns: as far as to the next town, within these. Assumption."""


@dataclass(frozen=True, kw_only=True)
class People:
    """People of n cells, f8 (n) each: those in towns that GeoNames lists, those outside, and those in camps."""

    in_towns: np.ndarray
    outside_towns: np.ndarray
    in_camps: np.ndarray


def people_of(
    sub_id: np.ndarray,
    country: Sequence[str],
    towns: Mapping[str, Sequence[Town]],
    nations: Mapping[str, Nation],
    labels: Sequence[Label],
) -> People:
    """Return the people of cells; `country` is the two letters of each, `towns` lists all towns of each country.

    Towns hold what GeoNames says, together at most 70 % of their country; each town of a country stands for an equal
    share of those who live elsewhere, who live around it. A country of no towns or no people has nobody. What a label
    says of camps comes on top.
    """
    lat, lon = grid.centre(sub_id)
    outside, inside, code = np.zeros(len(sub_id)), np.zeros(len(sub_id)), np.array(country, dtype=object)
    for letters in sorted(set(country) & set(towns) & set(nations)):
        own, total, here = towns[letters], nations[letters].population, code == letters
        if not own:
            continue
        listed = sum(map(spread.size, own))
        in_towns = min(listed, LARGEST_TOWN_SHARE * total)
        near = [town for town in own if _beside(town, lat, lon)]
        for town in near:
            inside += in_towns / listed * _town_nearby(town, sub_id, lat, lon)
        crowd = np.where(here, _crowd(near, _reach_km(own), lat, lon), 0.0)
        home = [town for town in near if np.any(sub_id == grid.sub_id_of(town.lat, town.lon))]
        outside += (total - in_towns) * len(home) / len(own) * crowd / max(crowd.sum(), 1e-9)
    camps = np.zeros(len(sub_id))
    for label in labels:
        bell = spread.camp_bell(label.lat, label.lon, lat, lon)
        camps += label.camps * bell / max(bell.sum(), 1e-9)
    return People(in_towns=inside, outside_towns=outside, in_camps=camps)


def _beside(town: Town, lat: np.ndarray, lon: np.ndarray) -> bool:
    margin = 0.5
    return bool(
        lat.min() - margin < town.lat < lat.max() + margin
        and lon.min() - margin < town.lon < lon.max() + margin
    )


def _town_nearby(town: Town, sub_id: np.ndarray, lat: np.ndarray, lon: np.ndarray) -> np.ndarray:
    """Return what `town_people` of `spread` does, looking only at cells that the town can reach."""
    reach = 0.5 / max(0.1, float(np.cos(np.radians(town.lat))))
    near = (np.abs(lat - town.lat) < reach) & (np.abs(lon - town.lon) < reach)
    found = np.zeros(len(sub_id))
    if near.any():
        found[near] = spread.town_people(town, sub_id[near], lat[near], lon[near])
    return found


def _reach_km(towns: Sequence[Town]) -> float:
    """Return how far the next town is from half of a country's towns, within REACH_KM."""
    if len(towns) < 2:
        return REACH_KM[1]
    points = on_sphere([town.lat for town in towns], [town.lon for town in towns])
    away = float(np.median(cKDTree(points).query(points, k=2)[0][:, 1])) * grid.EARTH_RADIUS_KM
    return float(np.clip(away, *REACH_KM))


def _crowd(towns: Sequence[Town], reach_km: float, lat: np.ndarray, lon: np.ndarray) -> np.ndarray:
    """Return how closely towns stand about each point: the sum of bells round them, without a unit, f8 (n)."""
    side = grid.CELL_SIDE / grid.MICRO
    south, west, margin = lat.min() - 20 * side, lon.min() - 20 * side, 40
    shape = (
        round((lat.max() - lat.min()) / side) + margin + 1,
        round((lon.max() - lon.min()) / side) + margin + 1,
    )
    raster = np.zeros(shape)
    for town in towns:
        row, col = round((town.lat - south) / side), round((town.lon - west) / side)
        if 0 <= row < shape[0] and 0 <= col < shape[1]:
            raster[row, col] += 1
    km = float(grid.distance_km(0.0, 0.0, side, 0.0))
    east = km * max(0.1, float(np.cos(np.radians(lat.mean()))))
    smooth = gaussian_filter(raster, (reach_km / km, reach_km / east), mode="constant")
    return np.asarray(
        smooth[np.rint((lat - south) / side).astype(int), np.rint((lon - west) / side).astype(int)]
    )


def villages(outside_towns: np.ndarray, urban_share: np.ndarray, most: int) -> np.ndarray:
    """Return the villages of each cell, i8 (n), one for PEOPLE_PER_VILLAGE who live outside towns and cities."""
    weight = outside_towns * (1 - urban_share)
    total = int(round(weight.sum() / PEOPLE_PER_VILLAGE))
    return (
        np.minimum(spread.largest_remainder(weight, total), most)
        if weight.sum() > 0
        else np.zeros(len(weight), int)
    )
