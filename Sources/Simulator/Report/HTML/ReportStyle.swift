/// The one style of every page that the simulator writes.
///
/// Type: 12, 13, 15, 19, 26 px. Space: 4, 8, 16, 24, 40 px. Nothing is told by colour alone; all text has a contrast
/// of at least 4.5 to 1 on its ground.
enum ReportStyle {
    static let sheet: StaticString = """
        :root { --ink: #1b2530; --soft: #52606d; --rule: #d5dbe1; --wash: #f4f6f7; --paper: #ffffff;
          --mark: #0b4f5c; --bad: #98201a; --warn: #7a4b00; --bars: #a9b8c1; }
        * { box-sizing: border-box; }
        html { -webkit-text-size-adjust: 100%; }
        body { margin: 0; background: var(--wash); color: var(--ink); font-size: 15px; line-height: 1.6;
          font-family: "Source Sans 3", "Segoe UI", "Helvetica Neue", "PingFang SC", "Microsoft YaHei",
            "Noto Sans CJK SC", "Noto Sans SC", Arial, sans-serif; font-variant-numeric: tabular-nums; }
        main { max-width: 880px; margin: 24px auto; padding: 40px 56px 56px; background: var(--paper);
          border: 1px solid var(--rule); }
        h1, h2, h3, p, dl, dd, figure, table { margin: 0; }
        h1 { font-size: 26px; line-height: 1.3; font-weight: 650; letter-spacing: -0.005em; }
        h2 { font-size: 19px; line-height: 1.4; font-weight: 650; padding-top: 8px; border-top: 2px solid var(--ink); }
        h3 { font-size: 15px; font-weight: 650; margin-top: 24px; }
        section { margin-top: 40px; }
        section > * + *, header > * + * { margin-top: 8px; }
        section > table, section > figure, .scroll { margin-top: 16px; }
        .kicker, .about, caption, .foot { color: var(--soft); font-size: 13px; }
        .kicker { display: flex; justify-content: space-between; gap: 16px; }
        .verdict { display: grid; grid-template-columns: 40px 1fr; gap: 16px; align-items: start; margin-top: 24px;
          padding: 16px 24px 16px 16px; background: var(--wash); border-left: 4px solid var(--mark); }
        .verdict.bad { border-left-color: var(--bad); }
        .verdict.warn { border-left-color: var(--warn); }
        .verdict .sign { font-size: 26px; line-height: 30px; text-align: center; color: var(--mark); }
        .verdict.bad .sign { color: var(--bad); }
        .verdict.warn .sign { color: var(--warn); }
        .verdict p { font-size: 19px; line-height: 1.5; font-weight: 550; text-wrap: pretty; }
        .asks { display: grid; grid-template-columns: 150px 1fr; gap: 8px 16px; margin-top: 24px; }
        .asks dt { color: var(--soft); }
        .asks p + p { margin-top: 4px; }
        .tiles { display: grid; grid-template-columns: repeat(3, 1fr); margin-top: 24px;
          border-top: 1px solid var(--rule); }
        .tiles div { padding: 8px 16px 8px 0; border-bottom: 1px solid var(--rule); }
        .tiles dt { font-size: 13px; color: var(--soft); }
        .tiles dd { font-size: 19px; font-weight: 550; line-height: 1.4; }
        .tiles dd.sub { font-size: 13px; font-weight: 400; color: var(--soft); min-height: 20px; }
        table { width: 100%; border-collapse: collapse; font-size: 13px; line-height: 1.45; }
        caption { text-align: left; padding-bottom: 8px; }
        th, td { padding: 4px 16px 4px 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--rule); }
        th:last-child, td:last-child { padding-right: 0; }
        thead th { color: var(--soft); font-weight: 550; border-bottom: 1px solid var(--ink); vertical-align: bottom; }
        tbody th { font-weight: 550; }
        tfoot th, tfoot td { font-weight: 650; border-top: 1px solid var(--ink); border-bottom: 0; }
        .n { text-align: right; white-space: nowrap; }
        .t { white-space: nowrap; }
        .n + td:not(.n), .n + th:not(.n) { padding-left: 16px; }
        .code { color: var(--soft); font-weight: 400; font-size: 12px;
          font-family: ui-monospace, "Cascadia Mono", Menlo, Consolas, "Noto Sans Mono", monospace; }
        .found { white-space: nowrap; }
        .found b { display: inline-block; width: 16px; text-align: center; font-weight: 400; margin-right: 4px; }
        .found.broken { color: var(--bad); font-weight: 650; }
        .found.notExercised { color: var(--soft); }
        .sub { color: var(--soft); }
        .breach { border-left: 3px solid var(--bad); padding: 4px 0 4px 16px; margin-top: 8px; font-size: 13px; }
        .breach p:first-child { color: var(--soft); }
        .run { display: grid; grid-template-columns: 150px 1fr; gap: 4px 16px; font-size: 13px; }
        .run dt { color: var(--soft); }
        .run dd { overflow-wrap: anywhere; }
        pre { margin: 16px 0 0; padding: 16px; background: var(--wash); border: 1px solid var(--rule); font-size: 12px;
          white-space: pre-wrap; overflow-wrap: anywhere;
          font-family: ui-monospace, "Cascadia Mono", Menlo, Consolas, "Noto Sans Mono", monospace; }
        .switch { position: absolute; opacity: 0; width: 1px; height: 1px; margin: 0; }
        .languages label { cursor: pointer; padding: 4px 8px; border: 1px solid var(--rule); color: var(--soft); }
        .languages label + label { margin-left: -1px; }
        #in-zh:checked ~ main .en, #in-en:checked ~ main .zh { display: none; }
        #in-zh:checked ~ main .languages .to-zh, #in-en:checked ~ main .languages .to-en { color: var(--paper);
          background: var(--mark); border-color: var(--mark); }
        #in-zh:focus-visible ~ main .languages .to-zh, #in-en:focus-visible ~ main .languages .to-en {
          outline: 2px solid var(--ink); outline-offset: 2px; }
        .name { unicode-bidi: isolate; }
        .patterns { position: absolute; }
        .chart { display: block; width: 100%; height: auto; font-size: 11px; overflow: visible; }
        .chart text { fill: var(--ink); }
        .chart .row { font-size: 12px; font-weight: 550; }
        .chart .mark { text-anchor: end; fill: var(--soft); font-size: 10px; }
        .chart .note { text-anchor: end; font-size: 11px; font-weight: 550; }
        .chart .when, .chart .head { text-anchor: end; font-size: 10px; fill: var(--soft); }
        .chart .tick { fill: var(--soft); font-size: 10px; }
        .chart .band { font-size: 10px; font-weight: 650; paint-order: stroke; stroke: #ffffff; stroke-width: 2.5px; }
        .chart path { fill: none; }
        .chart .day { stroke: #d5dbe1; stroke-width: 0.6; }
        .chart .week { stroke: #7b8794; stroke-width: 0.8; }
        .chart .grid { stroke: #c3ccd4; stroke-width: 0.5; stroke-dasharray: 1.5 2.5; }
        .chart .floor { stroke: #52606d; stroke-width: 0.8; }
        .chart .hair { stroke: #7b8794; stroke-width: 0.5; }
        .chart .bars { stroke: #93a5b0; }
        .chart .line { stroke: #1b2530; stroke-width: 1.1; stroke-linejoin: round; stroke-linecap: round; }
        .chart .area { fill: #0b4f5c; fill-opacity: 0.28; }
        .chart .step { stroke: #0b3d47; stroke-width: 1.1; }
        .swatch, .spark { vertical-align: middle; overflow: visible; }
        .spark .solid { fill: #33474f; }
        .spark .hollow { fill: #ffffff; stroke: #33474f; stroke-width: 0.7; }
        figure + figure { margin-top: 16px; }
        .lifelines path { fill: none; }
        @media (max-width: 720px) {
          main { padding: 24px 16px; margin: 0; border: 0; }
          .tiles { grid-template-columns: repeat(2, 1fr); }
          .asks, .run { grid-template-columns: 1fr; gap: 0; }
          .asks dd, .run dd { margin-bottom: 8px; }
          .scroll, figure { overflow-x: auto; }
          .scroll table { min-width: 600px; }
          .chart { min-width: 640px; }
        }
        @page { size: A4; margin: 16mm 15mm 16mm 15mm; }
        @media print {
          body { background: #ffffff; font-size: 13px; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
          main { max-width: none; margin: 0; padding: 0; border: 0; }
          .languages { display: none; }
          h1 { font-size: 24px; }
          table { font-size: 11.5px; }
          th, td { padding-right: 12px; }
          section { margin-top: 24px; }
          h2, h3, caption, .about { break-after: avoid; }
          thead { display: table-header-group; }
          tr, figure, .whole, .breach, .verdict, .tiles, .run, pre { break-inside: avoid; }
          p { orphans: 3; widows: 3; }
        }

        """
}
