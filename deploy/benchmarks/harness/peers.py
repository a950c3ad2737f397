"""Who is measured: how each server and its load client are started, and what they can do."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Callable, Optional

Command = Callable[..., list]


@dataclass(frozen=True)
class Peer:
    name: str
    server: Command  # port
    client: Optional[Command] = None  # port, connections, in flight, seconds
    stream: Optional[Command] = None  # port, count
    has_tls: bool = False
    # Shapes a peer is not measured in, because its other way of serving is faster there.
    leaves_out: frozenset = field(default_factory=frozenset)


def all_peers(scratch: Path, with_grpc_swift: bool) -> list:
    c, cpp = scratch / "c/echo", scratch / "cpp/echo"
    go_ttrpc, go_grpc = scratch / "go/ttrpcecho", scratch / "go/grpcecho"
    ours = scratch / "ours/release"
    swift = scratch / "grpc-swift/release/grpc-swift-echo"

    def verb(program, name):
        return lambda *arguments: [program, name, *arguments]

    def ours_server(port):
        return [ours / "echo-server", port]

    def ours_client(*arguments):
        return [ours / "echo-client", *arguments]

    c_client, c_stream = verb(c, "client"), verb(c, "stream")
    peers = [
        Peer("C limit", verb(c, "server"), c_client, c_stream, has_tls=True),
        Peer("ours", ours_server, c_client, c_stream, has_tls=True),
        Peer("ours, our client", ours_server, ours_client),
        Peer("Go ttrpc", verb(go_ttrpc, "server"), c_client),
        Peer("Go ttrpc, its client", verb(go_ttrpc, "server"), verb(go_ttrpc, "client")),
        Peer("Go gRPC", verb(go_grpc, "server"), verb(go_grpc, "client"), verb(go_grpc, "stream"), has_tls=True),
        Peer("gRPC C++ async", lambda port: [cpp, "server", port, "async"], verb(cpp, "client"), has_tls=True,
             leaves_out=frozenset({"8x32"})),
        Peer("gRPC C++ callback", lambda port: [cpp, "server", port, "callback"], verb(cpp, "client"), has_tls=True,
             leaves_out=frozenset({"1x1", "1x1 one CPU", "1x64"})),
        Peer("gRPC C++ sync", lambda port: [cpp, "server", port, "sync"], stream=verb(cpp, "stream")),
    ]
    if with_grpc_swift:
        peers.append(Peer("grpc-swift-2", verb(swift, "server"), verb(swift, "client"), verb(swift, "stream")))
    return peers


def c_idle(scratch: Path, port: int, connections: int) -> list:
    return [scratch / "c/echo", "idle", port, connections]
