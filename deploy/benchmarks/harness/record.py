"""The record and what is made from it: which commands measure it, each on a fresh store of a real file system."""

import os
import shutil
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

import process

LIMIT, LIMIT_ALL, OURS, APART = "C limit", "C limit, look-ups and hashes", "ours", "ours, from other threads"
ONE, MANY = "record, 1 waiting", "record, 64 waiting"
REPLAY, LOG, LIST = "replay", "public log", "status list"
TITLES_ALL, TITLES_KEPT = "title check, all read anew", "title check, list and checkpoint kept"
COUNT = 1_000_000


@contextmanager
def fresh(folder: Path):
    """An empty folder, with nothing of the run before still to be written; gone afterwards."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    os.sync()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class Record:
    """The programs, and the folder that stores lie in."""

    def __init__(self, scratch: Path, out: Path, seconds: float):
        self.ours, self.c = scratch / "record/release/record-bench", scratch / "c/record"
        self.folder, self.seconds = out / "stores", seconds

    def commands(self, waiting: int, store: Path) -> dict:
        return {
            LIMIT: [self.c, store, waiting, self.seconds],
            OURS: [self.ours, "commit", store, waiting, self.seconds],
            APART: [self.ours, "commit", store, waiting, self.seconds, "apart"],
            LIMIT_ALL: [self.c, store, waiting, self.seconds, "all"],
        }

    def commit(self, peer: str, waiting: int) -> dict:
        with fresh(self.folder / "commit") as folder:
            store = folder / "bench.sqlite"
            subprocess.run([self.ours, "create", store], check=True)
            return process.measure_alone(self.commands(waiting, store)[peer])

    def replay(self) -> dict:
        """On one store for all rounds: a rebuild leaves it as it was."""
        store = self.folder / "replay/bench.sqlite"
        if not store.exists():
            store.parent.mkdir(parents=True)
            subprocess.run([self.ours, "fill", store, str(COUNT)], check=True)
        os.sync()
        return process.measure_alone([self.ours, "replay", store])

    def log(self) -> dict:
        """In a folder that stays until the end: ext4 is slow in making files where many were just removed."""
        folder = self.folder / f"log-{time.monotonic_ns()}"
        os.sync()
        return process.measure_alone([self.ours, "log", folder, COUNT])

    def titles(self, verb: str) -> dict:
        run = process.measure_alone([self.ours, "titles", verb, self.seconds])
        del run["cpu_100k"]  # most of it is the log that the proofs are of
        return run

    def status_list(self) -> dict:
        return process.measure_alone([self.ours, "statuslist", COUNT])

    def measurements(self, turn: int):
        """Peer, shape and what to call, in the order of this round."""
        peers = [LIMIT, OURS, LIMIT_ALL, APART]
        turn %= len(peers)
        for shape, waiting in ((ONE, 1), (MANY, 64)):
            for peer in peers[turn:] + peers[:turn]:
                yield peer, shape, lambda peer=peer, waiting=waiting: self.commit(peer, waiting)
        yield OURS, REPLAY, self.replay
        yield OURS, LOG, self.log
        for shape, verb in ((TITLES_ALL, "all"), (TITLES_KEPT, "kept")):
            yield OURS, shape, lambda verb=verb: self.titles(verb)
        yield OURS, LIST, self.status_list

    def clear(self):
        shutil.rmtree(self.folder, ignore_errors=True)
