/// The style sheet of the page.
enum HTMLStyle {
  static let sheet: Markup = """

    :root {
      color-scheme: light dark;
      --paper: light-dark(#f6f7f8, #14171a);
      --card: light-dark(#fff, #1c2024);
      --ink: light-dark(#1b1f24, #e4e7ea);
      --faint: light-dark(#5a636d, #9aa4ae);
      --line: light-dark(#dfe3e7, #2f353b);
      --well: light-dark(#eef0f3, #262b31);
      --accent: light-dark(#1f5fbf, #7fb0ff);
      --good: light-dark(#1a7044, #5cc48c);
      --bad: light-dark(#b3261e, #ff8a80);
      --doubt: light-dark(#8a5300, #f0b95a);
      --good-well: light-dark(#e3f3ea, #18352a);
      --bad-well: light-dark(#fce8e6, #431f1d);
      --doubt-well: light-dark(#fdf0d9, #3b2d14);
      --range: light-dark(#bfe0cd, #2a5a43);
      --mono: ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", Menlo, Consolas, monospace;
    }
    :root[data-theme="light"] { color-scheme: light; }
    :root[data-theme="dark"] { color-scheme: dark; }
    * { box-sizing: border-box; }
    [hidden], .out { display: none !important; }
    html { scroll-padding-top: 4.5rem; }
    body {
      margin: 0 auto; padding: 0 1.25rem 3rem; max-width: 68rem; background: var(--paper); color: var(--ink);
      font: 14px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif;
    }
    h1, h2, h3, p, ul, dl, dd { margin: 0; padding: 0; }
    ul { list-style: none; }
    code, kbd, pre { font-family: var(--mono); font-size: .92em; }
    pre { margin: .5rem 0 0; padding: .6rem .75rem; background: var(--well); border-radius: 6px; white-space: pre-wrap; overflow-wrap: anywhere; }
    .faint { color: var(--faint); }
    .sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
    .defs { position: absolute; }
    :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
    #results:focus { outline: none; }
    .skip { position: absolute; left: -999px; }
    .skip:focus { left: 1rem; top: .5rem; z-index: 2; padding: .4rem .8rem; background: var(--card); color: var(--accent); }

    button, input[type="search"] { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: .3rem .7rem; }
    button { cursor: pointer; }
    button:hover:not(:disabled) { border-color: var(--faint); }
    button:disabled { color: var(--faint); cursor: default; opacity: .6; }
    button[aria-pressed="true"] { background: var(--ink); color: var(--paper); border-color: var(--ink); }

    .bar { display: flex; align-items: center; gap: .5rem; padding: 1rem 0 .75rem; }
    .brand { font-weight: 650; letter-spacing: -.01em; }
    .bar button { margin-left: auto; }

    .valid { --hue: var(--good); --hue-well: var(--good-well); }
    .invalid, .error { --hue: var(--bad); --hue-well: var(--bad-well); }
    .inconclusive, .warning, .unproved { --hue: var(--doubt); --hue-well: var(--doubt-well); }
    .note { --hue: var(--faint); --hue-well: var(--well); }
    .icon { width: 1em; height: 1em; fill: none; stroke: currentColor; stroke-width: 2.2; stroke-linecap: round; stroke-linejoin: round; vertical-align: -.12em; }

    .overview { padding: 1.25rem 1.5rem; background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
    .overview h1 { font-size: 1.75rem; line-height: 1.2; letter-spacing: -.02em; font-weight: 650; color: var(--hue); }
    .overview h1 .icon { width: .95em; height: .95em; margin-right: .45rem; }
    .shares { display: block; width: 100%; height: 8px; margin: 1rem 0 .75rem; border-radius: 4px; background: var(--well); }
    .shares rect { height: 8px; fill: var(--hue); stroke: var(--card); stroke-width: 1; }
    .counts { display: flex; flex-wrap: wrap; gap: .2rem 1.4rem; margin-bottom: .4rem; }
    .counts b { font-size: 1.15rem; font-weight: 650; font-variant-numeric: tabular-nums; color: var(--hue); }
    .counts .zero, .counts .zero b { color: var(--faint); font-weight: 400; }

    .filters { position: sticky; top: 0; z-index: 1; margin: 0 -1.25rem 1rem; padding: .75rem 1.25rem .6rem; background: var(--paper); border-bottom: 1px solid var(--line); }
    .row, .group { display: flex; flex-wrap: wrap; align-items: center; gap: .4rem; }
    .row { gap: .6rem; }
    .find { flex: 1 1 15rem; }
    .find input { width: 100%; }
    .chip { padding: .25rem .65rem; border-radius: 999px; }
    .chip b { font-weight: 600; font-variant-numeric: tabular-nums; color: var(--faint); }
    .chip .icon { color: var(--hue); margin-right: .3rem; }
    .chip[aria-pressed="true"] b, .chip[aria-pressed="true"] .icon { color: inherit; }
    .rules { margin-top: .5rem; max-height: 4.2rem; overflow: auto; padding: 2px; }
    .rules .chip { font: .82em var(--mono); }
    #shown { color: var(--faint); font-variant-numeric: tabular-nums; }
    #shown:empty { display: none; }
    .keys { margin-top: .4rem; color: var(--faint); font-size: .88em; }
    .keys dl, .keys p { margin-top: .4rem; }
    kbd { padding: 0 .35em; border: 1px solid var(--line); border-bottom-width: 2px; border-radius: 4px; background: var(--card); color: var(--ink); }

    summary { cursor: pointer; width: fit-content; color: var(--faint); }
    dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem .9rem; }
    dt { color: var(--faint); }
    dd { overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }

    .r { content-visibility: auto; contain-intrinsic-size: auto 14rem; margin-bottom: .75rem; padding: .8rem 1rem; background: var(--card); border: 1px solid var(--line); border-left: 3px solid var(--hue); border-radius: 8px; scroll-margin-top: 9rem; }
    h2 { display: flex; align-items: baseline; gap: .6rem; font-size: 1rem; font-weight: 600; }
    .name { overflow-wrap: anywhere; min-width: 0; unicode-bidi: isolate; }
    .tag { flex: none; padding: .05rem .5rem; border-radius: 999px; background: var(--hue-well); color: var(--hue); font-size: .82rem; font-weight: 600; }
    .tag .icon { margin-right: .3rem; }
    .meta { margin-top: .15rem; font-size: .9em; }
    .findings { margin-top: .6rem; display: grid; gap: .5rem; }
    .f { display: grid; grid-template-columns: 5.2rem minmax(0, 1fr); gap: .6rem; }
    .sev { color: var(--hue); font-weight: 600; font-size: .88em; padding-top: .07rem; }
    .f p { overflow-wrap: anywhere; }
    .rule { color: var(--faint); white-space: nowrap; }
    .place { font: .84em var(--mono); }
    .advice { color: var(--faint); }
    .fix { display: flex; align-items: flex-start; gap: .5rem; margin-top: .3rem; }
    .fix code { flex: 0 1 auto; padding: .25rem .6rem; background: var(--well); border-radius: 6px; overflow-wrap: anywhere; unicode-bidi: isolate; }
    .fix button { flex: none; padding: .15rem .6rem; font-size: .88em; }

    .a { display: grid; grid-template-columns: 72px minmax(0, 1fr); gap: .9rem; margin-top: .75rem; }
    .a + .a { padding-top: .75rem; border-top: 1px solid var(--line); }
    .thumb { width: 72px; height: 72px; display: grid; place-items: center; background: var(--well); border-radius: 6px; overflow: hidden; }
    .thumb img { width: 72px; height: 72px; object-fit: contain; }
    .kind { width: 30px; height: 30px; fill: none; stroke: var(--faint); stroke-width: 1.6; stroke-linejoin: round; stroke-linecap: round; }
    h3 { font-size: .95rem; font-weight: 600; }
    .role { font: .88em var(--mono); color: var(--faint); }
    .line { color: var(--faint); font-variant-numeric: tabular-nums; }
    .gauges { margin: .35rem 0 .25rem; display: grid; gap: .1rem; }
    .g { position: relative; display: grid; grid-template-columns: 7.5rem minmax(5rem, 15rem) minmax(7rem, 15rem) minmax(7rem, 1fr); gap: .75rem; align-items: start; font-size: .92em; font-variant-numeric: tabular-nums; }
    .gs, .ga { color: var(--faint); }
    .gv i { font-style: normal; color: var(--faint); font-size: .92em; }
    .gv .o { color: var(--bad); font-weight: 600; }
    .mixed .gv .o { color: var(--doubt); }
    .g svg { width: 100%; height: 10px; margin-top: .36rem; border-radius: 5px; background: var(--well); overflow: visible; }
    .g rect { y: 2px; height: 6px; rx: 3px; fill: var(--range); }
    .g .both rect { x: 15%; width: 70%; }
    .g .most rect { x: 0; width: 75%; }
    .g .least rect { x: 25%; width: 75%; }
    .g circle { cy: 5px; r: 4.5px; fill: var(--good); stroke: var(--card); stroke-width: 1.5px; }
    .g circle.o { fill: var(--bad); }
    .mixed circle { fill: var(--doubt); }
    .mixed circle.o { fill: var(--doubt); stroke: var(--bad); }
    .a details { font-size: .88em; }
    .a details dl { margin: .3rem 0 .2rem; }
    .s { margin-top: .75rem; padding: .6rem .8rem; border-radius: 6px; background: var(--hue-well); }
    .s dl { margin-top: .2rem; }
    .plain { margin-top: .3rem; }
    footer { margin-top: 1.5rem; font-size: .88em; }
    main { display: block; }
    .overview { margin-bottom: .75rem; }

    @media (max-width: 640px) {
      body { padding: 0 .75rem 2rem; }
      .filters { position: static; margin: 0 -.75rem .75rem; padding: .6rem .75rem; }
      .overview { padding: 1rem; }
      .overview h1 { font-size: 1.4rem; }
      .r { padding: .7rem .75rem; scroll-margin-top: 0; }
      h2 { flex-wrap: wrap; gap: .3rem .6rem; }
      .f { grid-template-columns: 1fr; gap: 0; }
      .a { grid-template-columns: 48px minmax(0, 1fr); gap: .6rem; }
      .thumb, .thumb img { width: 48px; height: 48px; }
      .g { grid-template-columns: 1fr auto; gap: 0 .6rem; padding-bottom: .3rem; }
      .gv { text-align: right; }
      .g svg { grid-column: 1 / -1; grid-row: 2; margin-top: .15rem; }
      .nobar { display: none; }
      .ga { grid-column: 1 / -1; font-size: .92em; }
      .keys { display: none; }
    }
    @media (prefers-reduced-motion: no-preference) { button { transition: background-color .1s, border-color .1s; } }
    @media (forced-colors: active) { .g rect { fill: GrayText; } .g circle, .g circle.o { fill: CanvasText; } }
    @media print {
      :root, :root[data-theme="dark"] { color-scheme: light; }
      body { max-width: none; padding: 0; background: none; font-size: 10pt; }
      .filters, .bar button, .copy, .skip, summary { display: none !important; }
      .r { content-visibility: visible; break-inside: avoid; }
      .r, .overview { box-shadow: none; }
      details::details-content { content-visibility: visible; block-size: auto; }
      .shares, .g svg, .tag, .g rect, .g circle { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
    }

    """
}
