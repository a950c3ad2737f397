/// The style sheets of all drawings.
///
/// Levels are one hue from dark to light, so that they stay apart for every kind of colour vision and in
/// greyscale; what reaches no level is of another hue. Every drawing also has its figures in a table.
package enum ChartStyle {
    /// For pages that follow the reader's choice of light or dark.
    package static let sheet = light + "\n" + dark + "\n" + print + "\n" + shapes

    /// For pages that are always light.
    package static let lightSheet = light + "\n" + shapes

    private static let light = """
        :root{--c-ink:#1d2329;--c-soft:#5b6670;--c-grid:#dfe3e8;--c-bar:#3c7fb8;--c-adv:#0a4478;
        --c-avg:#3c8dc8;
        --c-base:#a9d0ec;--c-below:#c9761a;--c-none:#c3c9cf;--c-mark:#1d2329;--c-on-adv:#fff;--c-on-avg:#fff;
        --c-on-base:#12324a;--c-on-below:#1d1206;--c-on-none:#1d2329}
        """

    private static let dark = """
        @media (prefers-color-scheme:dark){:root{--c-ink:#e8ebee;--c-soft:#a3adb6;--c-grid:#343b42;
        --c-bar:#5ca3da;
        --c-adv:#b5dcfa;--c-avg:#5aa7e0;--c-base:#2a5f8c;--c-below:#e39a43;--c-none:#59626a;--c-mark:#e8ebee;
        --c-on-adv:#0b2a42;--c-on-avg:#08202f;--c-on-base:#fff;--c-on-below:#1d1206;--c-on-none:#fff}}
        """

    private static let print = """
        @media print{:root{--c-ink:#000;--c-soft:#333;--c-grid:#ccc;--c-bar:#3c7fb8;--c-adv:#0a4478;
        --c-avg:#3c8dc8;
        --c-base:#a9d0ec;--c-below:#c9761a;--c-none:#c3c9cf;--c-mark:#000;--c-on-adv:#fff;--c-on-avg:#fff;
        --c-on-base:#12324a;--c-on-below:#1d1206;--c-on-none:#000}}
        """

    private static let shapes = """
        svg.chart{display:block;width:100%;max-width:820px;height:auto;font-family:inherit;
        print-color-adjust:exact;
        -webkit-print-color-adjust:exact}
        svg.chart text{font-size:12px;fill:var(--c-ink)}
        svg.chart .soft{fill:var(--c-soft)} svg.chart .num{font-variant-numeric:tabular-nums}
        svg.chart .strong{font-weight:700}
        svg.chart .grid{stroke:var(--c-grid);stroke-width:1} svg.chart .axis{stroke:var(--c-soft);
        stroke-width:1}
        svg.chart .mark{stroke:var(--c-mark);stroke-width:1.5}
        svg.chart .mark-legal{stroke:var(--c-below);stroke-width:1.5;stroke-dasharray:5 3}
        svg.chart .bar{fill:var(--c-bar)}
        svg.chart .advanced{fill:var(--c-adv)} svg.chart .average{fill:var(--c-avg)}
        svg.chart .baseline{fill:var(--c-base)} svg.chart .below{fill:var(--c-below)}
        svg.chart .none{fill:var(--c-none)} svg.chart .absent{fill:none;stroke:var(--c-none);
        stroke-dasharray:3 2}
        svg.chart text.on-advanced{fill:var(--c-on-adv)} svg.chart text.on-average{fill:var(--c-on-avg)}
        svg.chart text.on-baseline{fill:var(--c-on-base)} svg.chart text.on-below{fill:var(--c-on-below)}
        svg.chart text.on-none{fill:var(--c-on-none)}
        """
}
