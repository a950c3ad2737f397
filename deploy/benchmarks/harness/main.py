"""Builds, measures all peers alternately, and writes the report. Usage: see ../run."""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

import peers as table
import plot
import process
import report
from record import Record

HERE = Path(__file__).resolve().parent.parent
REPOSITORY = HERE.parent.parent
# Name to connections and calls in flight on each.
SHAPES = {"1x1": (1, 1), "1x1 one CPU": (1, 1), "1x8": (1, 8), "1x64": (1, 64), "8x32": (8, 32)}
PLOTTED = ["1x1", "1x8", "1x64", "8x32"]
STREAM_MESSAGES = 1_000_000
IDLE_CONNECTIONS = 10_000
PARTS = ["rpc", "tls", "stream", "idle", "record"]


def arguments():
    parser = argparse.ArgumentParser(prog="run", description=__doc__)
    parser.add_argument("set", nargs="?", default="all", choices=[*PARTS, "all"])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2)
    parser.add_argument("--scratch", type=Path, default=REPOSITORY / ".build-benchmarks")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--only", default="", help="peers, separated by semicolons")
    parser.add_argument("--shapes", default="", help="shapes, separated by semicolons")
    parser.add_argument("--grpc-swift", action="store_true")
    parser.add_argument("--append", action="store_true")
    parser.add_argument("--no-build", action="store_true")
    return parser.parse_args()


class Round:
    """Every peer once in every shape; each next round begins with another peer."""

    def __init__(self, options, chosen, record, number):
        turn = number % len(chosen) if chosen else 0
        self.options = options
        self.number = number
        self.peers = chosen[turn:] + chosen[:turn]
        self.stores = record
        self.runs = []

    def leaves_out(self, shape):
        return self.options.shapes and shape not in self.options.shapes.split(";")

    def attempt(self, peer, shape, measure):
        try:
            self.runs.append({"peer": peer, "shape": shape, **measure()})
        except (RuntimeError, subprocess.SubprocessError, OSError) as error:
            print(f"run: {peer}, {shape}: {error}", file=sys.stderr)

    def rpc(self, suffix="", environment=None):
        for shape, (connections, inflight) in SHAPES.items():
            if self.leaves_out(shape):
                continue
            for peer in self.peers:
                if not peer.client or shape in peer.leaves_out or (environment and not peer.has_tls):
                    continue
                port = process.free_port()
                load = peer.client(port, connections, inflight, self.options.seconds)
                self.attempt(peer.name, shape + suffix, lambda: process.measure(
                    peer.server(port), load, shape.endswith("one CPU"), environment))

    def tls(self):
        self.rpc(" TLS", {**os.environ, "TLS_DIR": str(self.options.scratch / "tls")})

    def stream(self):
        for peer in self.peers:
            if peer.stream:
                port = process.free_port()
                self.attempt(peer.name, "stream", lambda: process.measure(
                    peer.server(port), peer.stream(port, STREAM_MESSAGES)))

    def idle(self):
        for peer in self.peers:
            if peer.name in ("C limit", "ours", "Go ttrpc"):
                port = process.free_port()
                self.attempt(peer.name, "idle", lambda: process.measure_idle(
                    peer.server(port), table.c_idle(self.options.scratch, port, IDLE_CONNECTIONS), IDLE_CONNECTIONS))

    def record(self):
        for peer, shape, measure in self.stores.measurements(self.number):
            if not self.leaves_out(shape) and (not self.options.only or peer in self.options.only.split(";")):
                self.attempt(peer, shape, measure)


def series(measured) -> dict:
    result: dict = {}
    for (peer, shape), row in measured.table.items():
        if shape in PLOTTED:
            result.setdefault(peer, []).append((row["rps"], row["p50_us"], row["p99_us"]))
    return result


def main():
    options = arguments()
    if not options.no_build:
        subprocess.run([HERE / "install"], check=True)
        extent = ["--record-only"] if options.set == "record" else ["--grpc-swift"] if options.grpc_swift else []
        subprocess.run([HERE / "build", options.scratch, *extent], check=True)
    out = options.out or options.scratch / "results"
    out.mkdir(parents=True, exist_ok=True)
    record = out / "rounds.json"
    rounds = json.loads(record.read_text()) if options.append and record.exists() else []
    chosen = table.all_peers(options.scratch, options.grpc_swift)
    if options.only:
        chosen = [peer for peer in chosen if peer.name in options.only.split(";")]
    stores = Record(options.scratch, out, options.seconds)
    for _ in range(options.rounds):
        current = Round(options, chosen, stores, len(rounds))
        for name in PARTS if options.set == "all" else [options.set]:
            getattr(current, name)()
        rounds.append(current.runs)
        record.write_text(json.dumps(rounds, indent=1))
        print(f"run: round {len(rounds)}, load average {os.getloadavg()[0]:.1f}", file=sys.stderr, flush=True)
    stores.clear()
    measured = report.medians(rounds)
    text = "\n".join(report.lines(measured, rounds)).lstrip() + "\n"
    (out / "report.md").write_text(text)
    if plotted := series(measured):
        (out / "latency.svg").write_text(plot.latency_against_load(plotted))
    print(text)


main()
