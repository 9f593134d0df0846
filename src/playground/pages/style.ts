/** The look of the pages: the tokens of the product. */
export const style = `@font-face {
  font-family: Inter; src: url('inter.woff2') format('woff2'); font-weight: 100 900; font-display: swap;
}
@font-face {
  font-family: 'JetBrains Mono'; src: url('jetbrains-mono.woff2') format('woff2'); font-weight: 100 800; font-display: swap;
}
:root {
  color-scheme: light dark;
  --bg: #f7f7f8; --panel: #ffffff; --sunken: #f1f1f3; --line: #e3e3e8; --line-strong: #cfcfd6; --field: #8f939e;
  --ink: #1b1c20; --ink-2: #50535c; --ink-3: #636772; --hover: #ededf2;
  --accent: #3f55d8; --accent-strong: #3346bd; --accent-ink: #ffffff;
  --ok: #13703a; --bad: #b42626; --bad-soft: #fcebeb;
}
@media (prefers-color-scheme: dark) {
  :root {
    --bg: #141519; --panel: #1b1c21; --sunken: #16171b; --line: #2a2c33; --line-strong: #3f424d; --field: #6b6f7c;
    --ink: #ececf0; --ink-2: #adb0bb; --ink-3: #969ba7; --hover: #23252b;
    --accent: #8b9bff; --accent-strong: #a3b0ff; --accent-ink: #10131f; --ok: #5fd08a; --bad: #ff8a8a; --bad-soft: #3a1d1f;
  }
}
* { box-sizing: border-box; margin: 0; }
body {
  font: 14px/1.45 Inter, system-ui, 'Segoe UI', sans-serif; color: var(--ink); background: var(--bg);
  min-height: 100vh; display: grid; place-items: center; padding: 24px 16px;
}
main { width: 100%; max-width: 400px; }
.brand { display: flex; align-items: center; gap: 8px; color: var(--accent); margin-bottom: 16px; }
.brand span { color: var(--ink-2); } .brand b { color: var(--ink); font-weight: 600; }
.card { background: var(--panel); border: 1px solid var(--line); border-radius: 10px; padding: 24px; overflow-wrap: anywhere; }
h1 { font-size: 20px; line-height: 1.3; font-weight: 600; letter-spacing: -.01em; }
h2 { font-size: 12px; font-weight: 600; color: var(--ink-2); }
p { margin-top: 8px; color: var(--ink-2); } b { font-weight: 600; color: var(--ink); }
.lead { margin-top: 4px; } a { color: var(--accent); }
form { margin-top: 16px; }
form > label { display: block; font-weight: 500; margin: 12px 0 4px; }
input:not([type=checkbox]) {
  width: 100%; font: inherit; color: var(--ink); background: var(--panel); border: 1px solid var(--field);
  border-radius: 6px; padding: 7px 10px;
}
input[aria-invalid] { border-color: var(--bad); }
input[type=checkbox] { accent-color: var(--accent); width: 16px; height: 16px; margin: 2px 0 0; flex: none; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
input:not([type=checkbox]):focus-visible { outline-offset: -1px; }
.buttons { display: flex; gap: 8px; margin-top: 16px; } .buttons[hidden] { display: none; }
form + form .buttons { margin-top: -8px; }
button {
  flex: 1; font: 500 14px/20px Inter, system-ui, sans-serif; padding: 7px 14px; border-radius: 6px; cursor: pointer;
  border: 1px solid var(--line-strong); background: var(--panel); color: var(--ink);
}
button:hover { background: var(--hover); }
button.primary { background: var(--accent); color: var(--accent-ink); border-color: var(--accent); }
button.primary:hover { background: var(--accent-strong); border-color: var(--accent-strong); }
button.quiet { border-color: transparent; color: var(--ink-2); background: none; }
button:disabled { opacity: .5; cursor: default; }
.alert {
  display: flex; gap: 8px; margin-top: 16px; padding: 8px 12px; border-radius: 6px; background: var(--bad-soft); color: var(--bad);
}
.alert span { font-weight: 700; }
.leaving { margin-top: 12px; color: var(--ok); } .leaving[hidden] { display: none; }
.hint { margin: 16px -24px -24px; padding: 12px 24px 16px; background: var(--sunken); border-top: 1px solid var(--line); border-radius: 0 0 10px 10px; }
table { border-collapse: collapse; width: 100%; margin-top: 4px; font-size: 12.5px; }
th { text-align: left; font-weight: 400; color: var(--ink-3); font-size: 11.5px; } td, th { padding: 3px 8px 3px 0; vertical-align: top; }
code { font: 12px 'JetBrains Mono', ui-monospace, 'DejaVu Sans Mono', monospace; font-variant-ligatures: none; }
.scopes { list-style: none; padding: 0; margin-top: 8px; border: 1px solid var(--line); border-radius: 8px; }
.scopes li, .scopes label { display: flex; gap: 10px; width: 100%; }
.scopes li { padding: 6px 12px; align-items: flex-start; } .scopes li + li { border-top: 1px solid var(--line); }
.scopes b { display: block; font-weight: 500; } .scopes small { display: block; color: var(--ink-3); font-size: 12px; line-height: 1.35; }
.scopes code { margin-left: auto; padding-top: 2px; color: var(--ink-3); white-space: nowrap; }
.tick { width: 16px; flex: none; text-align: center; color: var(--ok); font: inherit; font-weight: 600; }
.withheld b, .withheld .tick { color: var(--ink-3); }
.fine { font-size: 12px; color: var(--ink-3); margin-top: 12px; }
.code { font: 600 22px/1.4 'JetBrains Mono', ui-monospace, 'DejaVu Sans Mono', monospace; letter-spacing: .06em; color: var(--ink); text-align: center; }
dl { display: grid; grid-template-columns: auto 1fr; gap: 4px 12px; margin-top: 12px; font-size: 12.5px; } dt { color: var(--ink-3); } dd { margin: 0; }
footer { margin-top: 12px; font-size: 12px; color: var(--ink-3); text-align: center; }
`
