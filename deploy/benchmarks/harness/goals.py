"""What the product must reach, as ratios within one run of the harness."""

from dataclasses import dataclass
from typing import Callable, Optional

import record


@dataclass(frozen=True)
class Goal:
    what: str
    unit: str
    # "at least" or "at most" this.
    is_floor: bool
    bound: float
    # Reads the medians; None when something it needs was not measured.
    value: Callable[["Medians"], Optional[float]]

    def is_met(self, value: float) -> bool:
        return value >= self.bound if self.is_floor else value <= self.bound


class Medians:
    """(peer, shape) to measured values."""

    def __init__(self, table: dict):
        self.table = table

    def get(self, peer: str, shape: str, column: str) -> Optional[float]:
        return self.table.get((peer, shape), {}).get(column)

    def ratio(self, column: str, shape: str, peer: str, other: str, other_shape: str = "") -> Optional[float]:
        ours, theirs = self.get(peer, shape, column), self.get(other, other_shape or shape, column)
        return ours / theirs if ours and theirs else None

    def greatest(self, peers: list, column: str) -> Optional[float]:
        values = [row[column] for (peer, shape), row in self.table.items()
                  if peer in peers and shape != "idle" and column in row]
        return max(values) if values else None


OURS, BOTH, LIMIT = "ours", "ours, our client", "C limit"


def rate(shape, peer, other, bound):
    return Goal(f"{shape}: {peer} beside {other}", "x", True, bound, lambda m: m.ratio("rps", shape, peer, other))


def floor(shape, bound, unit):
    return Goal(f"{shape}: ours", unit, True, bound, lambda m: m.get(OURS, shape, "rps"))


GOALS = [
    rate("8x32", OURS, LIMIT, 0.35),
    rate("8x32", OURS, "Go ttrpc", 7),
    rate("8x32", OURS, "gRPC C++ callback", 10),
    rate("8x32", OURS, "Go gRPC", 10),
    rate("1x64", OURS, LIMIT, 0.5),
    rate("1x1 one CPU", OURS, LIMIT, 0.7),
    Goal("8x32: p99 of ours", "ms", False, 1,
         lambda m: (lambda us: us / 1e3 if us else None)(m.get(OURS, "8x32", "p99_us"))),
    rate("8x32", BOTH, LIMIT, 0.25),
    rate("8x32", BOTH, "Go ttrpc, its client", 5),
    rate("8x32", BOTH, "grpc-swift-2", 50),
    Goal("1x1: p50 of ours with our client beside C limit", "x", False, 1.15,
         lambda m: m.ratio("p50_us", "1x1", BOTH, LIMIT)),
    Goal("peak memory of our server in all of it", "MiB", False, 25,
         lambda m: m.greatest([OURS, BOTH], "server_mib")),
    Goal("memory of our server with 10,000 idle connections", "MiB", False, 200,
         lambda m: m.get(OURS, "idle", "server_mib")),
    Goal("stream: messages a second of ours", "million", True, 3,
         lambda m: (lambda rps: rps / 1e6 if rps else None)(m.get(OURS, "stream", "rps"))),
    rate("stream", OURS, "gRPC C++ sync", 3),
    Goal("8x32: ours over mutual TLS beside plain", "x", True, 0.75,
         lambda m: m.ratio("rps", "8x32 TLS", OURS, OURS, "8x32")),
    rate(record.ONE, OURS, LIMIT, 0.8),
    rate(record.MANY, OURS, LIMIT, 0.5),
    floor(record.REPLAY, 200_000, "events/s"),
    floor(record.LOG, 200_000, "leaves/s"),
    floor(record.TITLES_KEPT, 10_000, "titles/s"),
    Goal("status list of a million titles: built", "s", False, 1, lambda m: m.get(OURS, record.LIST, "seconds")),
    Goal("status list of a million titles: token", "KB", False, 200,
         lambda m: (lambda count: count / 1e3 if count else None)(m.get(OURS, record.LIST, "bytes"))),
]
