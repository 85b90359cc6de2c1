"""The regional grid: cells that nest in PRIO-GRID, places, roads, people, and ways between cells."""

from simulation.region.loader import load_region
from simulation.region.region import Place, Region

__all__ = ["Place", "Region", "load_region"]
