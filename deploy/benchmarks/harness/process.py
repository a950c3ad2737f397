"""One run: a fresh server process, a load, and what both cost."""

import json
import os
import resource
import socket
import subprocess
import time
from contextlib import contextmanager

TICKS = os.sysconf("SC_CLK_TCK")
RUN_SECONDS_MAX = 120


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def cpu_seconds(pid: int) -> float:
    with open(f"/proc/{pid}/stat") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def memory_mib(pid: int, member: str) -> float:
    with open(f"/proc/{pid}/status") as file:
        line = next(line for line in file if line.startswith(member + ":"))
    return int(line.split()[1]) / 1024


def machine_cpu_seconds() -> float:
    """CPU time that all processes together have used, also what a hypervisor took from us."""
    with open("/proc/stat") as file:
        fields = [int(number) for number in file.readline().split()[1:]]
    idle = fields[3] + fields[4]
    return (sum(fields[:8]) - idle) / TICKS


def prepare(one_cpu: bool):
    def before_exec():
        if one_cpu:
            os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
        most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))

    return before_exec


@contextmanager
def serving(command, one_cpu=False, environment=None):
    """A server that has said that it is ready; ended and reaped in the end."""
    server = subprocess.Popen([str(word) for word in command], stdout=subprocess.PIPE, env=environment,
                              preexec_fn=prepare(one_cpu))
    try:
        if server.stdout.readline().strip() != b"ready":
            raise RuntimeError("the server did not get ready")
        yield server
    finally:
        server.kill()
        server.wait()
        server.stdout.close()


def measure(server_command, load_command, one_cpu=False, environment=None) -> dict:
    """Runs the load; adds both sides' CPU, the server's peak memory, and how much CPU went to others."""
    with serving(server_command, one_cpu, environment) as server:
        time.sleep(0.1)  # the server's start is not measured
        begin = time.monotonic()
        machine, own = machine_cpu_seconds(), cpu_seconds(server.pid)
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        output = subprocess.run([str(word) for word in load_command], stdout=subprocess.PIPE, check=True,
                                timeout=RUN_SECONDS_MAX, env=environment, preexec_fn=prepare(one_cpu)).stdout
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        server_cpu = cpu_seconds(server.pid) - own
        client_cpu = after.ru_utime + after.ru_stime - children.ru_utime - children.ru_stime
        spent = machine_cpu_seconds() - machine - server_cpu - client_cpu
        run = json.loads(output)
        run["server_cpu_100k"] = server_cpu / run["total"] * 1e5
        run["client_cpu_100k"] = client_cpu / run["total"] * 1e5
        run["server_mib"] = memory_mib(server.pid, "VmHWM")
        run["others_cpus"] = max(spent, 0) / (time.monotonic() - begin)
        return run


def measure_alone(command) -> dict:
    """Runs a load that needs no server; adds its CPU, and how much CPU went to others."""
    begin, machine = time.monotonic(), machine_cpu_seconds()
    load = subprocess.Popen([str(word) for word in command], stdout=subprocess.PIPE)
    with load.stdout as output:
        text = output.read()
    _, status, usage = os.wait4(load.pid, 0)
    load.returncode = os.waitstatus_to_exitcode(status)
    if load.returncode != 0:
        raise RuntimeError(f"{command[0]} ended with {load.returncode}")
    own = usage.ru_utime + usage.ru_stime
    run = json.loads(text)
    run["cpu_100k"] = own / run["total"] * 1e5
    run["others_cpus"] = max(machine_cpu_seconds() - machine - own, 0) / (time.monotonic() - begin)
    return run


def measure_idle(server_command, load_command, connections: int) -> dict:
    """Memory of a server before and while so many connections are open, each after one call."""
    with serving(server_command) as server:
        time.sleep(0.1)
        before = memory_mib(server.pid, "VmRSS")
        load = subprocess.Popen([str(word) for word in load_command], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                preexec_fn=prepare(False))
        try:
            if load.stdout.readline().strip() != b"open":
                raise RuntimeError("the connections were not opened")
            return {"connections": connections, "server_mib_before": before,
                    "server_mib": memory_mib(server.pid, "VmRSS")}
        finally:
            load.kill()
            load.wait()
            load.stdin.close()
            load.stdout.close()
