"""How many people live where. Known for the province, its cities and 平潭 only."""

import csv
from functools import cache
from pathlib import Path

FILE = Path(__file__).resolve().parents[2] / "data" / "population.csv"


def population_of(code):
    """The inhabitants of a region by the census of 2020, or None where that is not known."""
    return census().get(code)


@cache
def census():
    with FILE.open(encoding="utf-8", newline="") as lines:
        return {row["code"]: int(row["population"]) for row in csv.DictReader(lines)}
