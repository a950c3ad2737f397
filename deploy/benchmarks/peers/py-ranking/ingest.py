"""The import as a script would do it: csv or json, and executemany. usage: ingest.py csv|ndjson FILE STORE"""
import csv, json, os, resource, sqlite3, sys, time

kind, path, store = sys.argv[1:4]
start = time.perf_counter()
con = sqlite3.connect(store, isolation_level=None)
con.executescript("""PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536;
    CREATE TABLE standards (id INTEGER PRIMARY KEY, enterprise TEXT, code TEXT, number TEXT, name TEXT, category TEXT, model TEXT,
        declared TEXT, v1 NUMERIC, v2 NUMERIC, v3 NUMERIC, v4 NUMERIC, v5 NUMERIC);
    CREATE INDEX by_number ON standards (code, number); CREATE INDEX by_category ON standards (category);""")
con.execute("BEGIN")
insert = "INSERT INTO standards VALUES (NULL" + ",?" * 12 + ")"
if kind == "csv":
    rows = csv.reader(open(path, newline=""))
    next(rows)
    con.executemany(insert, rows)
else:
    con.executemany(insert, (tuple(json.loads(line).values()) for line in open(path, "rb")))
con.execute("COMMIT")
count = con.execute("SELECT count(*) FROM standards").fetchone()[0]
con.close()
seconds = time.perf_counter() - start
print(json.dumps({"rows_s": round(count / seconds), "rows": count, "rss_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
                  "bytes_row": round(os.path.getsize(store) / count)}))
