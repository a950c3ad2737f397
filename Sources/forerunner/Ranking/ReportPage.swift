import Charts
import Exporting

/// A page of its own: everything it needs is in it, nothing is loaded from elsewhere, and no script runs.
struct ReportPage {
    let title: String
    let language: Language
    /// Markup, already escaped.
    let body: String

    var html: String {
        """
        <!DOCTYPE html>
        <html lang="\(language.pick(zh: "zh-CN", en: "en"))"><head><meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>\(Markup.escaped(title))</title>
        <style>
        \(ChartStyle.sheet)
        \(Self.sheet)
        </style></head>
        <body><main>
        \(body)
        </main></body></html>

        """
    }

    private static let sheet = """
        :root{--paper:#fff;--ground:#f4f6f8;--line:#dfe3e8;--accent:#b3261e;--tint:#eef4fa}
        @media (prefers-color-scheme:dark){:root{--paper:#1c2126;--ground:#14181c;--line:#343b42;
        --accent:#ff8a80;
        --tint:#22303c}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--ground);color:var(--c-ink);
        font:15px/1.6 "Noto Sans CJK SC","Noto Sans SC","Source Han Sans SC","PingFang SC","Microsoft YaHei",
        system-ui,sans-serif}
        main{max-width:1180px;margin:0 auto;padding:28px 24px 64px}
        h1{font-size:27px;line-height:1.3;margin:0 0 4px;border-top:4px solid var(--accent);padding-top:16px}
        h2{font-size:20px;margin:40px 0 12px;padding-left:10px;border-left:4px solid var(--accent)}
        h3{font-size:16px;margin:0 0 2px} h3 small{font-weight:400;color:var(--c-soft);font-size:13px}
        .meta,.lead{color:var(--c-soft);margin:0 0 10px} .meta{font-size:13.5px}
        nav.toc{display:flex;flex-wrap:wrap;gap:4px 18px;margin:12px 0 0;font-size:14px}
        a{color:var(--c-bar)} code,.mono{font-family:"DejaVu Sans Mono","Noto Sans Mono CJK SC",monospace;
        font-size:12.5px;overflow-wrap:anywhere}
        .tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(140px,1fr));gap:12px;margin:18px 0}
        .tile{background:var(--paper);border:1px solid var(--line);border-radius:10px;padding:12px 16px}
        .tile b{display:block;font-size:26px;line-height:1.2;font-variant-numeric:tabular-nums}
        .tile span{color:var(--c-soft);font-size:13.5px}
        .grid{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(500px,100%),1fr));gap:16px;
        align-items:start}
        .indicator,figure,.card{background:var(--paper);border:1px solid var(--line);border-radius:10px;
        padding:16px 18px;margin:0;break-inside:avoid}
        .indicator figure{border:0;padding:8px 0 0} figcaption{color:var(--c-soft);font-size:13.5px;
        margin-top:6px}
        dl.facts{display:grid;grid-template-columns:max-content 1fr;gap:4px 16px;margin:14px 0}
        dl.facts dt{color:var(--c-soft)} dl.facts dd{margin:0;min-width:0}
        pre{background:var(--paper);border:1px solid var(--line);border-radius:8px;padding:10px 14px;
        overflow-x:auto;
        white-space:pre-wrap}
        .scroll{overflow:auto;background:var(--paper);border:1px solid var(--line);border-radius:10px;
        margin-top:8px}
        .scroll.tall{max-height:82vh} .scroll.tall td{white-space:nowrap} .scroll.tall th{min-width:4.6em}
        .scroll.tall td:nth-child(3){white-space:normal;min-width:15em}
        table{border-collapse:collapse;width:100%;font-size:13.5px}
        caption{text-align:left;color:var(--c-soft);padding:6px 12px;font-size:13px}
        th,td{text-align:left;padding:6px 12px;border-bottom:1px solid var(--line);vertical-align:top}
        thead th{position:sticky;top:0;background:var(--paper);box-shadow:inset 0 -1px var(--line);z-index:1}
        tbody th{font-weight:600} .num{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
        tbody tr:last-child>*{border-bottom:0}
        .level{display:inline-block;width:9px;height:9px;border-radius:2px;margin-right:6px;
        background:var(--c-none)}
        .level.advanced{background:var(--c-adv)} .level.average{background:var(--c-avg)}
        .level.baseline{background:var(--c-base)} .level.below{background:var(--c-below)}
        .level.missing{background:none;border:1px dashed var(--c-soft)}
        details summary{cursor:pointer;color:var(--c-soft);font-size:13.5px;margin-top:6px}
        .need{border-left:4px solid var(--c-adv);background:var(--tint);border-radius:0 8px 8px 0;
        padding:10px 16px;
        margin:12px 0}
        .need.no{border-left-color:var(--c-below)} .need ul{margin:4px 0;padding-left:1.3em}
        @page{margin:14mm}
        @media print{:root{--paper:#fff;--ground:#fff;--line:#ccc;--tint:#fff;--accent:#000}
        main{padding:0;max-width:none} .scroll,.scroll.tall{overflow:visible;max-height:none}
        thead th{position:static} nav.toc{display:none} tr{break-inside:avoid} body{font-size:11pt}}
        """
}

extension Language {
    var chart: ChartLanguage {
        switch self {
        case .zh: .zh
        case .en: .en
        }
    }
}
