"""Synthetic declared standards by the distributions of the bundled registries. usage: generate.py RESOURCES FOLDER [N]

Writes, rows sorted by category:
  columns.bin  20 columns of N int64, turned so that more is better, in hundredths; MISSING where nothing is declared
  rows.bin     N int32 categories (0 to 999), then N uint8: bit 0 an attribute, bit 1 stopped whatever its indicators say
  limits.bin   1000 categories x 20 indicators x (legal, baseline, average, advanced, advanced of the second variant), int64
  weights.bin  20 indicators x 3 int64: what reaching baseline, average and advanced is worth
"""
import csv, gzip, io, sys
import numpy as np

resources, folder = sys.argv[1], sys.argv[2]
n = int(sys.argv[3]) if len(sys.argv) > 3 else 4_500_000
MISSING, CATEGORIES = -(2**62), 1000
# File, column, and whether less is better.
SOURCES = [
    ("light_bulbs_2020", "Efficacy (lumens/watt)", False), ("light_bulbs_2020", "Life (hrs)", False),
    ("light_bulbs_2020", "Color Quality (CRI)", False), ("light_bulbs_2020", "R9", False),
    ("light_bulbs_2020", "Power Factor", False), ("light_bulbs_2020", "Dims Down to %", True),
    ("light_bulbs_2020", "Standby Power Consumption (W)", True), ("light_bulbs_2020", "Warranty (years)", False),
    ("light_bulbs_2020", "Energy Used (watts)", True), ("light_bulbs_2020", "Brightness (lumens)", False),
    ("refrigerators_2021", "Annual Energy Use (kWh/yr)", True),
    ("refrigerators_2021", "Percent Less Energy Use than US Federal Standard", False),
    ("refrigerators_2021", "Capacity (Total Volume) (ft3)", False), ("refrigerators_2021", "Adjusted Volume (ft3)", False),
    ("roof_products_2020", "Initial Solar Reflectance", False), ("roof_products_2020", "Solar Reflectance after 3 years", False),
    ("roof_products_2020", "Initial Emissivity", False),
    ("light_bulbs_2020", "Light Appearance (Kelvin)", False), ("refrigerators_2021", "Height (in)", True),
    ("refrigerators_2021", "Width (in)", True),
]


def observed(name, column):
    """The values that a real file has, in hundredths."""
    text = gzip.open(f"{resources}/energystar_{name}.csv.gz", "rt", encoding="utf-8", newline="").read()
    values = []
    for row in csv.DictReader(io.StringIO(text)):
        key = next((k for k in row if k.startswith(column)), None)
        try:
            value = float(row[key])
        except (TypeError, ValueError):
            continue
        if -1e6 < value < 1e7:
            values.append(round(value * 100))
    return np.sort(np.array(values, dtype=np.int64))


random = np.random.default_rng(20181016)
category = np.sort(np.minimum((random.random(n) ** 1.3 * CATEGORIES).astype(np.int32), CATEGORIES - 1))
limits = np.zeros((CATEGORIES, len(SOURCES), 5), dtype=np.int64)
shift = random.integers(-4, 5, (CATEGORIES, len(SOURCES)))
with open(f"{folder}/columns.bin", "wb") as out:
    for place, (name, column, less) in enumerate(SOURCES):
        values = observed(name, column) * (-1 if less else 1)
        values.sort()
        drawn = values[random.integers(0, len(values), n)] + shift[category, place]
        if place in (3, 6, 12):  # these are declared by most, not by all
            drawn[random.random(n) < 0.03] = MISSING
        drawn.tofile(out)
        for kind, share in enumerate((0.005, 0.02, 0.5, 0.9, 0.8)):
            limits[:, place, kind] = values[int(share * (len(values) - 1))] + shift[:, place]
with open(f"{folder}/rows.bin", "wb") as out:
    category.tofile(out)
    (random.integers(0, 2, n) + 2 * (random.random(n) < 0.02)).astype(np.uint8).tofile(out)
limits.tofile(f"{folder}/limits.bin")
weights = random.integers(1, 10, len(SOURCES)).astype(np.int64)
# As in the tiered model: baseline is the third tier, like what is below it.
np.stack([0 * weights, weights, weights], axis=1).tofile(f"{folder}/weights.bin")
print(f"{n} standards in {folder}")
