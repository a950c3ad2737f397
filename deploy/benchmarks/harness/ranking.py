"""The ranking at national scale: builds, makes data, runs every engine alternately, tells medians. Usage: see ../ranking."""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
REPOSITORY = HERE.parent.parent
RESOURCES = REPOSITORY / "Sources/RegulatedYear/Resources/standards"
THREADS = "2"
SIZES = [10_000, 100_000, 1_000_000]
# Of which the first 50,000 are one category in a store.
CATEGORY_SIZE = 100_000


def arguments():
    parser = argparse.ArgumentParser(prog="ranking", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--standards", type=int, default=4_500_000)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--scratch", type=Path, default=REPOSITORY / ".build-benchmarks")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--no-build", action="store_true")
    return parser.parse_args()


def run(*command, check=True):
    return subprocess.run([str(part) for part in command], check=check, stdout=subprocess.PIPE, text=True).stdout


class Bench:
    def __init__(self, options):
        self.options = options
        self.scratch = options.scratch.resolve()
        self.out = (options.out or self.scratch / "ranking").resolve()
        self.out.mkdir(parents=True, exist_ok=True)
        self.ours = self.scratch / "record/release/ranking-bench"
        self.c = self.scratch / "c/ranking", self.scratch / "c/ingest"
        self.python = self.scratch / "ranking-venv/bin/python"
        self.peers = HERE / "peers/py-ranking"

    def build(self):
        print("ranking: building", file=sys.stderr)
        run("swift", "build", "-c", "release", "--static-swift-stdlib", "--package-path", REPOSITORY, "--scratch-path",
            self.scratch / "record", "--product", "ranking-bench", "--quiet")
        (self.scratch / "c").mkdir(exist_ok=True)
        for target, source, *libraries in ((self.c[0], "ranking.c", "-lpthread"), (self.c[1], "ingest.c", "-lsqlite3")):
            run("gcc", "-std=gnu11", "-O3", "-march=native", "-Wall", "-Wextra", "-Werror", "-o", target,
                HERE / "peers/c-ranking" / source, *libraries)
        if not self.python.exists():
            try:
                run(sys.executable, "-m", "venv", self.scratch / "ranking-venv")
                run(self.python, "-m", "pip", "install", "--quiet", "numpy", "pyarrow", "duckdb==1.1.3", "polars==1.17.1")
            except (subprocess.SubprocessError, OSError) as error:
                shutil.rmtree(self.scratch / "ranking-venv", ignore_errors=True)
                sys.exit(f"ranking: python3 -m venv and pip are needed for the data and for DuckDB and Polars: {error}")

    def folder(self, size):
        folder = self.out / f"standards-{size}"
        if not (folder / "weights.bin").exists():
            folder.mkdir(exist_ok=True)
            run(self.python, self.peers / "generate.py", RESOURCES, folder, size)
        return folder

    def declared(self):
        folder = self.out / f"declared-{self.options.rows}"
        if not (folder / "declared-ndjson.json").exists():
            folder.mkdir(exist_ok=True)
            run(self.python, self.peers / "declare.py", folder, self.options.rows)
        return folder

    def evaluations(self):
        """Name, work and command; each prints one line of JSON."""
        folder, script = self.folder(self.options.standards), self.peers / "ranking.py"
        yield "C limit", "levels", [self.c[0], folder, THREADS, 5]
        yield "ours", "levels", [self.ours, "levels", folder, 5]
        yield "DuckDB", "levels", [self.python, script, "duckdb", "levels", THREADS, folder, 3]
        yield "Polars", "levels", [self.python, script, "polars", "levels", THREADS, folder, 3]
        yield "ours", "full", [self.ours, "full", folder, 5]
        yield "DuckDB", "full", [self.python, script, "duckdb", "full", THREADS, folder, 1]
        for size in SIZES:
            yield "ours", f"full, {size:,} standards", [self.ours, "full", self.folder(size), 5]
        yield ("ours", "category of 50,000, store to result",
               [self.ours, "category", self.folder(CATEGORY_SIZE), self.out / "store/bench.sqlite", 5])

    def imports(self):
        folder, store = self.declared(), self.out / "store"
        for kind in ("csv", "ndjson"):
            file = folder / f"declared.{kind}"
            yield "C limit", f"import {kind}", [self.c[1], kind, file, store / "bench.sqlite"]
            yield "ours", f"import {kind}", [self.ours, "import", store / "bench.sqlite", kind, file]
            yield "Python", f"import {kind}", [self.python, self.peers / "ingest.py", kind, file, store / "bench.sqlite"]

    def measure(self):
        rounds = []
        for number in range(self.options.rounds):
            for name, work, command in [*self.evaluations(), *self.imports()]:
                store = self.out / "store"
                shutil.rmtree(store, ignore_errors=True)
                store.mkdir()
                os.sync()
                result = json.loads(run(*command))
                rounds.append({"round": number, "peer": name, "work": work, **result})
                print(f"ranking: {name}, {work}: {result}", file=sys.stderr)
                shutil.rmtree(store)
        (self.out / "rounds.json").write_text(json.dumps(rounds, indent=1))
        return rounds


def medians(rounds):
    table = {}
    for work in dict.fromkeys(r["work"] for r in rounds):
        for peer in dict.fromkeys(r["peer"] for r in rounds if r["work"] == work):
            runs = [r for r in rounds if r["work"] == work and r["peer"] == peer]
            table[work, peer] = {key: statistics.median(r[key] for r in runs)
                                 for key in ("ms", "rows_s", "rss_mib", "bytes_row") if key in runs[0]}
    return table


def agreement(rounds):
    """Every engine counts and ranks the same; ours adds what only it has behind what all have."""
    def same(work, pick):
        found = {pick(r["peer"], r["check"].split()) for r in rounds if r["work"] == work}
        return len(found) == 1

    # Sum of ranks and of the best rows; ours tells entries first.
    levels = same("levels", lambda peer, check: tuple(check[1:3]))
    full = same("full", lambda peer, check: tuple(check))
    return levels, full


def report(rounds):
    table = medians(rounds)
    lines = ["| work | engine | ms | rows/s | beside C | peak MiB | bytes a row |", "|---|---|---:|---:|---:|---:|---:|"]
    for (work, peer), row in table.items():
        limit = table.get((work, "C limit"))
        ratio = ""
        if limit and "ms" in row:
            ratio = f"{row['ms'] / limit['ms']:.2f}"
        elif limit:
            ratio = f"{row['rows_s'] / limit['rows_s']:.2f}"
        lines.append(f"| {work} | {peer} | {row.get('ms', 0):,.0f} | {row.get('rows_s', 0):,.0f} | {ratio} | {row['rss_mib']:,.0f} "
                     f"| {row.get('bytes_row', 0):,.0f} |".replace("| 0 ", "| "))
    levels, full = agreement(rounds)
    lines += ["", f"All engines agree: levels {'yes' if levels else 'NO'}, full {'yes' if full else 'NO'}."]
    return "\n".join(lines) + "\n", levels and full


def main():
    options = arguments()
    bench = Bench(options)
    if not options.no_build:
        bench.build()
    text, agrees = report(bench.measure())
    (bench.out / "report.md").write_text(text)
    print(text)
    sys.exit(0 if agrees else 1)


main()
