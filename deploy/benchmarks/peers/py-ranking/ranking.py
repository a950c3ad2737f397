"""One engine's ranking of a folder that generate.py wrote. usage: ranking.py ENGINE WORK THREADS FOLDER [REPEATS]

ENGINE: duckdb, polars. WORK: levels (the weights of the levels reached, competition ranks within the category, the
ten best), and for duckdb full (all gates, conditions, piecewise scores rounded half to even, reasons). Data are in
memory before the clock starts. In the fastest forms found: ranks by counting scores, not by a window over all rows.
"""
import json, os, resource, sys, time
import numpy as np

engine, work, threads, folder = sys.argv[1:5]
repeats = int(sys.argv[5]) if len(sys.argv) > 5 else 3
os.environ["POLARS_MAX_THREADS"] = threads
K, TOP, MISSING = 20, 10, -(2**62)
columns = np.fromfile(f"{folder}/columns.bin", dtype=np.int64).reshape(K, -1)
n = columns.shape[1]
category = np.fromfile(f"{folder}/rows.bin", dtype=np.int32, count=n)
bits = np.fromfile(f"{folder}/rows.bin", dtype=np.uint8, offset=4 * n)
limits = np.fromfile(f"{folder}/limits.bin", dtype=np.int64).reshape(1000, K, 5)
weights = np.fromfile(f"{folder}/weights.bin", dtype=np.int64).reshape(K, 3)
laps = []


def tell(check):
    rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"ms": sorted(laps)[len(laps) // 2], "rss_mib": rss, "check": check}))


def duckdb_tables():
    import duckdb, pyarrow as pa
    global columns
    con = duckdb.connect(config={"threads": int(threads)})
    rows = pa.table({"id": np.arange(n), "cat": category, "attribute": bits & 1, "stopped": bits >> 1,
                     **{f"v{j}": columns[j] for j in range(K)}})
    con.register("rows_in", rows)
    nullable = ", ".join(f"nullif(v{j}, {MISSING}) AS v{j}" for j in range(K)) if work == "full" else "COLUMNS('^v')"
    con.execute(f"CREATE TABLE p AS SELECT id, cat, attribute = 1 AS attribute, stopped = 1 AS stopped, {nullable} FROM rows_in")
    con.unregister("rows_in")
    columns = None
    names = "legal base avg adv adv2".split()
    con.register("limits_in", pa.table({"cat": np.arange(1000, dtype=np.int32),
                 **{f"{names[k]}{j}": limits[:, j, k] for j in range(K) for k in range(5)}}))
    con.execute("CREATE TABLE l AS SELECT * FROM limits_in")
    return con


RANKS = """CREATE TEMP TABLE r AS SELECT s.id, q.rnk FROM s JOIN (
    SELECT cat, score, 1 + coalesce(sum(c) OVER (PARTITION BY cat ORDER BY score DESC
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS rnk
    FROM (SELECT cat, score, count(*) AS c FROM s {only} GROUP BY cat, score)) q USING (cat, score) {only}"""


def duckdb_run(con, statements, check):
    for _ in range(repeats):
        for table in ("s", "r", "top"):
            con.execute(f"DROP TABLE IF EXISTS {table}")
        start = time.perf_counter()
        for statement in statements:
            con.execute(statement)
        laps.append((time.perf_counter() - start) * 1e3)
    tell(" ".join(str(x) for x in con.execute(check).fetchone()))


def duckdb_levels():
    con = duckdb_tables()
    score = " + ".join(
        f"(CASE WHEN v{j} >= adv{j} THEN {w1 + w2 + w3} WHEN v{j} >= avg{j} THEN {w1 + w2} WHEN v{j} >= base{j} THEN {w1} ELSE 0 END)"
        for j, (w1, w2, w3) in enumerate(weights.tolist()))
    duckdb_run(con, [
        f"CREATE TEMP TABLE s AS SELECT id, cat, ({score})::INTEGER AS score FROM p JOIN l USING (cat)",
        RANKS.format(only=""),
        f"CREATE TEMP TABLE top AS SELECT cat, unnest(max(score * 8388608::BIGINT + 8388607 - id, {TOP})) AS k FROM s GROUP BY cat",
    ], "SELECT (SELECT sum(score) FROM s), (SELECT sum(rnk) FROM r), (SELECT sum(8388607 - k % 8388608) FROM top)")


def duckdb_full():
    """Three basic, thirteen core, four innovative indicators; the sixth has two variants, the twelfth a condition."""
    con = duckdb_tables()
    W = weights[:, 1].tolist()

    def advanced(j):
        return f"(CASE WHEN attribute THEN adv{j} ELSE adv2{j} END)" if j == 5 else f"adv{j}"

    def applies(j):
        return "attribute" if j == 11 else "TRUE"

    def half_even(a, b):
        """a / b rounded half to even, of whole numbers that are not negative."""
        return (f"(({a}) // ({b}) + CASE WHEN 2 * (({a}) % ({b})) > ({b}) OR (2 * (({a}) % ({b})) = ({b}) "
                f"AND (({a}) // ({b})) % 2 = 1) THEN 1 ELSE 0 END)")

    def score(j):
        lower = half_even(f"(v{j} - base{j}) * 200000", f"greatest(avg{j} - base{j}, 1)")
        upper = half_even(f"(v{j} - avg{j}) * 200000", f"greatest({advanced(j)} - avg{j}, 1)")
        return (f"CASE WHEN v{j} >= {advanced(j)} THEN 1000000 WHEN v{j} >= avg{j} THEN 800000 + {upper} "
                f"WHEN v{j} >= base{j} THEN 600000 + {lower} ELSE 600000 END")

    basic, core, counted = range(3), range(3, 16), range(3, K)
    # Causes, a byte for each indicator, as the law's marks: 1 looser than legal, 8 below baseline, 32 missing.
    causes = []
    for j in basic:
        causes.append(f"CASE WHEN v{j} IS NULL THEN 32 WHEN v{j} < base{j} OR v{j} < legal{j} THEN 8 ELSE 0 END")
    for j in core:
        causes.append(f"CASE WHEN NOT {applies(j)} THEN 0 WHEN v{j} IS NULL THEN 32 ELSE (CASE WHEN v{j} < legal{j} THEN 1 ELSE 0 END) "
                      f"+ (CASE WHEN v{j} < base{j} AND v{j} < avg{j} AND v{j} < {advanced(j)} THEN 8 ELSE 0 END) END")
    stricter = " OR ".join(f"({applies(j)} AND v{j} > legal{j})" for j in core)
    share = " + ".join(f"(CASE WHEN {applies(j)} THEN {W[j]} ELSE 0 END)" if j == 11 else str(W[j]) for j in counted)
    total = " + ".join(f"(CASE WHEN {applies(j)} THEN {W[j]}::BIGINT * ({score(j)}) ELSE 0 END)" for j in counted)
    names = ", ".join(f"{c} AS c{i}" for i, c in enumerate(causes))
    any_cause = " + ".join(f"c{i}" for i in range(len(causes)))
    levels = ", ".join(
        f"(CASE WHEN NOT {applies(j)} THEN 5 WHEN v{j} IS NULL THEN 6 WHEN v{j} >= {advanced(j)} THEN 1 WHEN v{j} >= avg{j} THEN 2 "
        f"WHEN v{j} >= base{j} THEN 3 ELSE 4 END)::UTINYINT AS level{j}" for j in range(K))
    reasons = " + ".join(f"(CASE WHEN c{i} > 0 THEN 1 ELSE 0 END)" for i in range(len(causes)))
    duckdb_run(con, [
        f"""CREATE TEMP TABLE s AS SELECT *, NOT stopped AND {any_cause} = 0 AND is_stricter AS ok FROM (
            SELECT id, cat, stopped, coalesce({stricter}, FALSE) AS is_stricter, {names}, {levels},
                {half_even("total", "share")} AS score
            FROM (SELECT *, {total} AS total, {share} AS share FROM p JOIN l USING (cat)))""",
        RANKS.format(only="WHERE ok"),
        f"CREATE TEMP TABLE top AS SELECT cat, unnest(max(score * 8388608::BIGINT + 8388607 - id, {TOP})) AS k FROM s WHERE ok GROUP BY cat",
    ], f"""SELECT (SELECT count(*) FROM r), (SELECT sum(rnk) FROM r), (SELECT sum(8388607 - k % 8388608) FROM top),
        (SELECT sum(score) FROM s WHERE ok), (SELECT sum({reasons}) FROM s WHERE NOT ok)""")


def polars_levels():
    import polars as pl
    p = pl.DataFrame({"id": np.arange(n), "cat": category, **{f"v{j}": columns[j] for j in range(K)}})
    names = "legal base avg adv adv2".split()
    l = pl.DataFrame({"cat": np.arange(1000, dtype=np.int32), **{f"{names[k]}{j}": limits[:, j, k] for j in range(K) for k in (1, 2, 3)}})
    for _ in range(repeats):
        start = time.perf_counter()
        score = None
        for j, ws in enumerate(weights.tolist()):
            for name, w in zip(("base", "avg", "adv"), ws):
                term = pl.when(pl.col(f"v{j}") >= pl.col(f"{name}{j}")).then(pl.lit(w, pl.Int32)).otherwise(pl.lit(0, pl.Int32))
                score = term if score is None else score + term
        s = p.lazy().join(l.lazy(), on="cat", how="left").select("id", "cat", score.alias("score")).collect()
        ranks = (s.group_by("cat", "score").len().sort(["cat", "score"], descending=[False, True])
                 .with_columns((pl.col("len").cum_sum().over("cat") - pl.col("len") + 1).alias("rnk")))
        r = s.join(ranks, on=["cat", "score"], how="left").select("id", "rnk")
        key = (pl.col("score").cast(pl.Int64) * 8388608 + 8388607 - pl.col("id")).alias("k")
        top = s.lazy().select("cat", key).group_by("cat").agg(pl.col("k").top_k(TOP)).collect()
        laps.append((time.perf_counter() - start) * 1e3)
    ids = top.explode("k").select(8388607 - pl.col("k") % 8388608)
    tell(f"{s['score'].cast(pl.Int64).sum()} {r['rnk'].cast(pl.Int64).sum()} {ids.to_series().sum()}")


{"duckdb levels": duckdb_levels, "duckdb full": duckdb_full, "polars levels": polars_levels}[f"{engine} {work}"]()
