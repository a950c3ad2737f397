"""Latency against load as an SVG: a line a peer, a point a shape, both axes logarithmic."""

import math
from html import escape

WIDTH, HEIGHT = 860, 520
LEFT, RIGHT, TOP, BOTTOM = 70, 230, 40, 60
COLOURS = ["#1b6ca8", "#d1495b", "#2e933c", "#8e6c8a", "#e08d2c", "#4d4d4d", "#00a6a6", "#a0522d", "#6a5acd"]


class Axis:
    """From a value to a place between two ends, over whole powers of ten."""

    def __init__(self, values, start, end):
        self.low = math.floor(math.log10(min(values)))
        self.high = max(math.ceil(math.log10(max(values))), self.low + 1)
        self.start, self.end = start, end

    def place(self, value: float) -> float:
        part = (math.log10(value) - self.low) / (self.high - self.low)
        return self.start + part * (self.end - self.start)

    def ticks(self):
        return [10**power for power in range(self.low, self.high + 1)]


def text(x, y, words, anchor="middle", extra=""):
    return f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}" {extra}>{escape(words)}</text>'


def line(x1, y1, x2, y2, style):
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" {style}/>'


def path(points, colour, dash=""):
    steps = " ".join(f"{'M' if index == 0 else 'L'}{x:.1f},{y:.1f}" for index, (x, y) in enumerate(points))
    marks = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in points)
    return f'<path d="{steps}" fill="none" stroke="{colour}" stroke-width="2" {dash}/>{marks}'


def latency_against_load(series: dict) -> str:
    """series: peer to its (requests/s, p50, p99) by rising load."""
    loads = [point[0] for points in series.values() for point in points]
    latencies = [value for points in series.values() for point in points for value in point[1:]]
    across = Axis(loads, LEFT, WIDTH - RIGHT)
    up = Axis(latencies, HEIGHT - BOTTOM, TOP)
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" '
             'font-size="12">', f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>']
    grid = 'stroke="#dddddd"'
    for tick in across.ticks():
        x = across.place(tick)
        parts += [line(x, TOP, x, HEIGHT - BOTTOM, grid), text(x, HEIGHT - BOTTOM + 18, f"{tick:,}")]
    for tick in up.ticks():
        y = up.place(tick)
        parts += [line(LEFT, y, WIDTH - RIGHT, y, grid), text(LEFT - 8, y + 4, f"{tick:,}", "end")]
    parts += [text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 18, "requests/s"),
              text(18, HEIGHT / 2, "microseconds", extra=f'transform="rotate(-90 18 {HEIGHT / 2:.0f})"'),
              text((LEFT + WIDTH - RIGHT) / 2, 22, "latency against load: p50 solid, p99 dashed", extra='font-size="14"')]
    for index, (peer, points) in enumerate(series.items()):
        colour = COLOURS[index % len(COLOURS)]
        points = sorted(points)
        parts.append(path([(across.place(p[0]), up.place(p[1])) for p in points], colour))
        parts.append(path([(across.place(p[0]), up.place(p[2])) for p in points], colour, 'stroke-dasharray="5 4"'))
        y = TOP + 14 + index * 20
        parts += [line(WIDTH - RIGHT + 16, y - 4, WIDTH - RIGHT + 40, y - 4, f'stroke="{colour}" stroke-width="2"'),
                  text(WIDTH - RIGHT + 46, y, peer, "start")]
    return "\n".join(parts + ["</svg>"]) + "\n"
