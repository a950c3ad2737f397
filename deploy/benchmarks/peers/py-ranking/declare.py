"""A registry of declared standards as CSV and NDJSON of twelve columns. usage: declare.py FOLDER [N]"""
import csv, json, random, sys

folder, n = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
draw = random.Random(20181016)
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = [3**i % 31 for i in range(17)]
WORDS = "节能 智能 照明 电器 科技 实业 制造 环保 新材 光电 华南 北方 东海 长江 恒通 明达".split()
PROVINCES = "110000 310000 320000 330000 350000 370000 440000 510000".split()


def credit_code():
    body = "".join(draw.choice("0123456789ABCDEFGHJKLMNPQRTUWXY") for _ in range(8))
    value = lambda c: int(c) if c.isdigit() else ord(c) - 55
    check = 11 - sum(value(c) * w for c, w in zip(body, (3, 7, 9, 10, 5, 8, 4, 2))) % 11
    code = "91" + draw.choice(PROVINCES) + body + ("X" if check == 10 else "0" if check == 11 else str(check))
    return code + ALPHABET[(31 - sum(ALPHABET.index(c) * w for c, w in zip(code, WEIGHTS)) % 31) % 31]


enterprises = [(f"{draw.choice(WORDS)}{draw.choice(WORDS)}{i}有限公司", credit_code(), f"Q/{''.join(draw.choices('ABCDEFGHJKLM', k=4))}")
               for i in range(max(10, n // 12))]
HEAD = "企业名称,统一社会信用代码,标准编号,标准名称,类别,型号,公开日期,光效,功率,寿命,显色指数,功率因数".split(",")
with open(f"{folder}/declared.csv", "w", newline="") as table, open(f"{folder}/declared.ndjson", "w") as lines:
    out = csv.writer(table, lineterminator="\n")
    out.writerow(HEAD)
    for i in range(n):
        name, code, prefix = draw.choice(enterprises)
        category = min(999, int(1000 * draw.random() ** 1.3))
        row = [name, code, f"{prefix} {i % 10000:04d}.{i // 10000}-{2015 + i % 10}",
               f"产品{category}" + (", 改进型" if i % 10 == 0 else ""), f"C{category:03d}", f"M-{draw.randrange(10**6):06d}",
               f"20{15 + i % 10}-{1 + i % 12:02d}-{1 + i % 28:02d}", f"{draw.randrange(600, 1400) / 10}", str(draw.randrange(3, 60)),
               str(draw.randrange(10, 51) * 1000), str(draw.randrange(80, 98)), f"{draw.randrange(50, 100) / 100:.2f}"]
        out.writerow(row)
        lines.write(json.dumps(dict(zip(HEAD, row)), ensure_ascii=False, separators=(",", ":")) + "\n")
profile = {
    "name": "declared", "source": "synthetic", "licence": "none", "enterpriseName": {"column": HEAD[0]}, "creditCode": {"column": HEAD[1]},
    "standardNumber": {"column": HEAD[2]}, "standardName": {"column": HEAD[3]}, "category": {"column": HEAD[4]}, "models": [{"column": HEAD[5]}],
    "declaredOn": {"column": HEAD[6], "format": "YYYY-MM-DD"}, "seriesProduced": True,
    "indicators": [
        {"indicator": code, "column": column, "relation": relation, "unit": unit, "minimum": "0", "maximum": "1000000", "required": True}
        for code, column, relation, unit in (
            ("efficacy", HEAD[7], "RELATION_AT_LEAST", "lm/W"), ("power", HEAD[8], "RELATION_AT_MOST", "W"),
            ("life", HEAD[9], "RELATION_AT_LEAST", "h"), ("ra", HEAD[10], "RELATION_AT_LEAST", ""), ("pf", HEAD[11], "RELATION_AT_LEAST", ""))],
}
for kind in ("csv", "ndjson"):
    with open(f"{folder}/declared-{kind}.json", "w") as out:
        json.dump({**profile, "format": f"FILE_FORMAT_{kind.upper()}"}, out, ensure_ascii=False)
print(f"{n} standards in {folder}")
