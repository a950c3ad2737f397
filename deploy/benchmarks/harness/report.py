"""Tables of medians, with each peer beside the limit, and the goals."""

import statistics

from goals import GOALS, LIMIT, Medians

COLUMNS = [("rps", "requests/s", "{:,.0f}"), ("p50_us", "p50 us", "{:,.1f}"), ("p99_us", "p99 us", "{:,.1f}"),
           ("server_cpu_100k", "server CPU s/100k", "{:.3f}"), ("client_cpu_100k", "client CPU s/100k", "{:.3f}"),
           ("server_mib", "server MiB", "{:.0f}"), ("cpu_100k", "CPU s/100k", "{:.3f}"),
           ("seconds", "seconds", "{:.3f}"), ("bytes", "bytes", "{:,.0f}")]


# CPUs that other processes may use during a run that counts as quiet.
QUIET_CPUS_MAX = 0.25


def medians(rounds: list) -> Medians:
    """Of the quiet runs of all rounds, column by column; of all runs where none was quiet."""
    runs: dict = {}
    for run in (run for each in rounds for run in each):
        runs.setdefault((run["peer"], run["shape"]), []).append(run)
    table = {}
    for key, group in runs.items():
        quiet = [run for run in group if run.get("others_cpus", 0) <= QUIET_CPUS_MAX]
        group = quiet or group
        names = [name for name in group[0] if name not in ("peer", "shape")]
        table[key] = {name: statistics.median(run[name] for run in group) for name in names}
        table[key]["runs"] = len(group)
        table[key]["is_disturbed"] = not quiet
        rates = [run["rps"] for run in group if "rps" in run]
        if rates:
            table[key]["spread"] = (max(rates) - min(rates)) / 2 / statistics.median(rates)
    return Medians(table)


def lines(measured: Medians, rounds: list) -> list:
    result = []
    shapes = list(dict.fromkeys(shape for _, shape in measured.table))
    for shape in shapes:
        rows = {peer: row for (peer, of), row in measured.table.items() if of == shape}
        result += idle_table(rows) if shape == "idle" else rate_table(shape, rows)
    result += goal_table(measured)
    others = [run["others_cpus"] for each in rounds for run in each if "others_cpus" in run]
    if others:
        count = max(row["runs"] for row in measured.table.values())
        result += ["", f"Medians of {count:.0f}. Other processes used {statistics.median(others):.2f} CPUs meanwhile "
                   f"(median; at most {max(others):.2f})."]
    return result


def rate_table(shape: str, rows: dict) -> list:
    shown = [column for column in COLUMNS if any(column[0] in row for row in rows.values())]
    limit = rows.get(LIMIT, {}).get("rps")
    result = ["", f"### {shape}", "", "| peer | " + " | ".join(title for _, title, _ in shown) + " | x limit | spread |",
              "| --- |" + " ---: |" * (len(shown) + 2)]
    for peer, row in rows.items():
        cells = [form.format(row[name]) if name in row else "" for name, _, form in shown]
        cells.append(f"{row['rps'] / limit:.3f}" if limit else "")
        cells.append(f"±{row['spread'] * 100:.0f} %")
        name = f"{peer} (disturbed)" if row["is_disturbed"] else peer
        result.append(f"| {name} | " + " | ".join(cells) + " |")
    return result


def idle_table(rows: dict) -> list:
    result = ["", "### idle connections", "", "| peer | connections | MiB before | MiB with them | KiB each |",
              "| --- | ---: | ---: | ---: | ---: |"]
    for peer, row in rows.items():
        each = (row["server_mib"] - row["server_mib_before"]) * 1024 / row["connections"]
        result.append(f"| {peer} | {row['connections']:,.0f} | {row['server_mib_before']:.0f} | "
                      f"{row['server_mib']:.0f} | {each:.1f} |")
    return result


def amount(value: float) -> str:
    return f"{value:,.0f}" if value >= 1000 else f"{value:.3g}"


def goal_table(measured: Medians) -> list:
    result = ["", "### Goals", "", "| goal | wanted | measured | |", "| --- | ---: | ---: | --- |"]
    for goal in GOALS:
        value = goal.value(measured)
        wanted = f"{'at least' if goal.is_floor else 'at most'} {amount(goal.bound)} {goal.unit}"
        shown = "not measured" if value is None else f"{amount(value)} {goal.unit}"
        mark = "" if value is None else "met" if goal.is_met(value) else "missed"
        result.append(f"| {goal.what} | {wanted} | {shown} | {mark} |")
    return result
