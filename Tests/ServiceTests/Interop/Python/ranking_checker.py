"""Ranks a real file by the written rules, with fractions, and compares with what the program found.

usage: ranking_checker.py SCHEME PROFILE STANDARDS CUTOFF < result.json
Reads file, profile and scheme by itself (numbers and yes/no; what the bundled ones use); prints how much agreed, and ends
with 1 at the first difference. The result is that of `forerunner rank --format json`.
"""
import csv, gzip, html, io, json, re, sys
from fractions import Fraction as F

scheme, profile = (json.load(open(path, encoding="utf-8")) for path in sys.argv[1:3])
cutoff = sys.argv[4]
found = json.load(sys.stdin)
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?\Z", re.ASCII)
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
BLANKS = re.compile("\r\n|[\x00-\x20\x7f-\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")


def clean(text):
    if profile.get("decodeEntities"):
        text = html.unescape(text)
    return BLANKS.sub(" ", INVISIBLE.sub("", text)).strip(" ")


def day(text, form):
    if form == "MM/DD/YYYY":
        month, date, year = text.split("/")
        return f"{year}-{month}-{date}"
    return text


def template(text, row):
    def part(match):
        name, _, kind = match.group(1).partition("|")
        return day(row[name], profile["declaredOn"]["format"])[:4] if kind == "year" else row[name]
    return re.sub(r"\{([^{}]*)\}", part, text)


def text_of(source, row):
    return row[source["column"]] if "column" in source else source.get("constant") or template(source["template"], row)


def meaning(words, text):
    return {w.get("word", ""): w["meaning"] for w in words}.get(text)


def declared(row):
    """Requirements by indicator: (value, relation), or None when a field rejects the row."""
    values = {}
    for mapping in profile["indicators"]:
        text = row[mapping["column"]]
        word = meaning(mapping.get("words", []), text)
        if word is not None:
            values[mapping["indicator"]] = (word, "RELATION_EQUAL")
        elif text == "" or text in mapping.get("missingWords", []):
            if mapping.get("required"):
                return None
        elif mapping.get("words") or not NUMBER.match(text):
            return None
        else:
            number = F(text)
            if not F(mapping.get("minimum", "-1000000000000")) <= number <= F(mapping.get("maximum", "1000000000000")):
                return None
            values[mapping["indicator"]] = (number, mapping["relation"])
    return values


def attributes(row):
    given = {}
    for mapping in profile["attributes"]:
        text = row[mapping["column"]]
        word = meaning(mapping.get("words", []), text)
        if word is None and mapping.get("words") and text:
            return None
        given[mapping["name"]] = text if word is None else word
    return given


def holds(condition, given):
    mine, asked = given.get(condition["attribute"], ""), condition.get("value", "")
    if NUMBER.match(mine) and NUMBER.match(asked):
        mine, asked = F(mine), F(asked)
    else:
        mine, asked = mine.encode(), asked.encode()
    test = condition["test"].removeprefix("CONDITION_TEST_")
    if test in ("EQUALS", "DIFFERS"):
        return (mine == asked) == (test == "EQUALS")
    if given.get(condition["attribute"], "") == "":
        return False
    return {"AT_LEAST": mine >= asked, "AT_MOST": mine <= asked, "ABOVE": mine > asked, "BELOW": mine < asked,
            "PRESENT": True}[test]


class Value:
    """One indicator of one standard."""

    def __init__(self, indicator, values, given):
        self.kind = indicator["kind"].removeprefix("INDICATOR_KIND_")
        self.weight = F(indicator.get("weight") or "0")
        variants = [v for v in indicator["variants"] if all(holds(c, given) for c in v.get("conditions", []))]
        value = values.get(indicator["code"])
        self.looser = self.compared = self.stricter = self.below = False
        if value is None or not variants:
            self.level, self.score = ("MISSING" if variants else "NOT_APPLICABLE"), F(60)
            return
        sign = -1 if indicator["direction"] == "DIRECTION_LOWER" else 1
        numeric = not isinstance(value[0], str)
        # More is better; a strict sign is a little more.
        mine = (sign * value[0], value[1] in ("RELATION_BELOW", "RELATION_ABOVE")) if numeric else (int(value[0] == "yes"), False)
        self.mine = mine
        limits = {}
        for name in ("legal", "baseline", "average", "advanced"):
            limit = variants[0].get(name)
            if limit:
                limits[name] = ((sign * F(limit["value"]), limit.get("strict", False)) if numeric
                                else (int(limit["value"] == "yes"), False))
        if "legal" in limits:
            self.compared, self.looser, self.stricter = True, mine < limits["legal"], mine > limits["legal"]
        reached = [n for n in ("advanced", "average", "baseline") if n in limits and mine >= limits[n]]
        if self.kind == "BASIC":
            passed = all(mine >= limits[n] for n in ("legal", "baseline") if n in limits)
            self.level = "BASELINE" if passed else "BELOW"
        else:
            self.level = reached[0].upper() if reached else "BELOW"
            self.below = not reached and "baseline" in limits
        self.score = self.scored(mine, limits, numeric)

    def scored(self, mine, limits, numeric):
        if not numeric:
            return {"ADVANCED": F(100), "AVERAGE": F(80)}.get(self.level, F(60))
        points = [(limits[n][0], p) for n, p in (("baseline", 60), ("average", 80), ("advanced", 100)) if n in limits]
        reached = [i for i, (limit, _) in enumerate(points) if mine[0] >= limit]
        if not reached:
            return F(60)
        low, points_low = points[reached[-1]]
        if reached[-1] + 1 == len(points):
            return F(points_low)
        high, points_high = points[reached[-1] + 1]
        return half_even(points_low + (points_high - points_low) * (mine[0] - low) / (high - low))


def half_even(value):
    """To four decimals; Python's round() of a fraction goes to the even digit."""
    return F(round(value * 10000), 10000)


def reasons(values, codes, declared_on):
    listed = []
    if declared_on > cutoff:
        listed.append(("NOT_DECLARED", None))
    core = [(c, v) for c, v in zip(codes, values) if v.kind == "CORE" and v.level != "NOT_APPLICABLE"]
    listed += [("BASIC_FAILED", c) for c, v in zip(codes, values) if v.kind == "BASIC" and v.level in ("BELOW", "MISSING")]
    listed += [("MISSING_CORE", c) for c, v in core if v.level == "MISSING"]
    listed += [("LOOSER_THAN_LEGAL", c) for c, v in core if v.looser]
    compared = [v for _, v in core if v.compared]
    if compared and not any(v.stricter for v in compared):
        listed.append(("NOWHERE_STRICTER", ""))
    return listed + [("BELOW_BASELINE", c) for c, v in core if v.below]


def key(values, codes, method):
    """What orders standards: the smaller the better; and the composite that is told."""
    counted = [v for v in values if v.kind != "BASIC" and v.level != "NOT_APPLICABLE" and v.weight > 0]
    share = sum(v.weight for v in counted)
    tiers = {"ADVANCED": 1, "AVERAGE": 2}
    model = method.get("model", "MODEL_GRADED")
    if model == "MODEL_WEIGHTED":
        composite = half_even(sum(v.weight * v.score for v in counted) / share)
        return (-composite,), composite, 0
    if model == "MODEL_TIERED":
        composite = half_even(sum(v.weight * tiers.get(v.level, 3) for v in counted) / share)
        return (composite,), composite, 0
    core = [v.level for v in values if v.kind == "CORE" and v.level != "NOT_APPLICABLE"]
    new = [v.level for v in values if v.kind == "INNOVATIVE"]
    advanced = new.count("ADVANCED")
    if set(core) == {"ADVANCED"} and advanced >= method.get("innovativeAdvancedMin", 0):
        grade = 1
    elif set(core) <= {"ADVANCED", "AVERAGE"} and advanced + new.count("AVERAGE") >= method.get("innovativeAverageMin", 0):
        grade = 2
    else:
        grade = 3
    order = [grade]
    for part in method.get("orderWithinGrade", []):
        if part["kind"] == "ORDER_KEY_KIND_ADVANCED_CORE_COUNT":
            order.append(-core.count("ADVANCED"))
            continue
        value = values[codes.index(part["indicator"])]
        several = len(scheme["indicators"][codes.index(part["indicator"])]["variants"]) != 1
        levels = ["ADVANCED", "AVERAGE", "BASELINE", "BELOW"]
        if value.level not in levels:
            order.append((1,))
        elif several:
            order.append((0, levels.index(value.level), -value.score))
        else:
            order.append((0, -value.mine[0], not value.mine[1]))
    return tuple(order), None, grade


def main():
    text = gzip.open(sys.argv[3], "rt", encoding="utf-8", newline="").read()
    codes = [i["code"] for i in scheme["indicators"]]
    ranked, left = {}, {}
    for raw in csv.DictReader(io.StringIO(text)):
        row = {name: clean(field) for name, field in raw.items()}
        values, given = declared(row), attributes(row)
        if values is None or given is None or text_of(profile["category"], row) != scheme["scope"]["category"]:
            continue
        name = (text_of(profile["standardNumber"], row), tuple(filter(None, (text_of(m, row) for m in profile["models"]))))
        judged = [Value(i, values, given) for i in scheme["indicators"]]
        why = reasons(judged, codes, day(row[profile["declaredOn"]["column"]], profile["declaredOn"]["format"]))
        if why:
            left[name] = why
        else:
            ranked[name] = (judged, *key(judged, codes, scheme["method"]))
    compare(ranked, left, codes)


def expect(same, what):
    if not same:
        sys.exit(f"differs: {what}")


def compare(ranked, left, codes):
    order = sorted(judged[1] for judged in ranked.values())
    first = {}
    for place, one in enumerate(order):
        first.setdefault(one, place + 1)
    expect(len(found["entries"]) == len(ranked), f"{len(found['entries'])} entries, {len(ranked)} here")
    for entry in found["entries"]:
        name = (entry["standardNumber"], tuple(entry["models"]))
        expect(name in ranked, f"{name} is ranked")
        judged, one, composite, grade = ranked[name]
        expect(entry["rank"] == first[one], f"{name}: rank {entry['rank']}, {first[one]} here")
        expect(entry.get("grade", 0) == grade, f"{name}: grade")
        expect(composite is None or F(entry["score"]) == composite, f"{name}: {entry.get('score')}, {composite} here")
        for shown, value in zip(entry["indicators"], judged, strict=True):
            expect(shown["level"] == f"LEVEL_{value.level}", f"{name} {shown['indicator']}: {shown['level']}, {value.level} here")
            if value.kind != "BASIC" and value.level != "NOT_APPLICABLE":
                expect(F(shown["score"]) == value.score, f"{name} {shown['indicator']}: {shown['score']}, {value.score} here")
    expect(len(found["exclusions"]) == len(left), f"{len(found['exclusions'])} left out, {len(left)} here")
    for exclusion in found["exclusions"]:
        name = (exclusion["standardNumber"], tuple(exclusion["models"]))
        shown = [(r["code"], None if r["code"] == "NOT_DECLARED" else r.get("subject", "")) for r in exclusion["reasons"]]
        expect(left.get(name) == shown, f"{name}: {shown}, {left.get(name)} here")
    print(f"{len(ranked)} entries and {len(left)} exclusions agree, with {len(ranked) * len(codes)} levels")


main()
