import { html, type Html } from './html.ts'

const mark = html`<svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
  <path
    d="M4 21V9a8 8 0 0 1 16 0v12M8 21v-9a4 4 0 0 1 8 0v9M2 21h20"
    fill="none"
    stroke="currentColor"
    stroke-width="1.7"
    stroke-linecap="round"
    stroke-linejoin="round"
  />
</svg>`

/** A whole page of the Playground around its one card. */
export function page(title: string, content: Html): string {
  return html`<!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · Gatehouse Playground</title>
        <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/assets/playground.css" />
        <script src="/assets/leave.js" defer></script>
      </head>
      <body>
        <main>
          <header class="brand">
            ${mark}<span>Gatehouse <b>Playground</b></span>
          </header>
          <section class="card" aria-labelledby="title">${content}</section>
          <footer>
            A provider for trying things out. It runs only on this computer, and its accounts are not real.
          </footer>
        </main>
      </body>
    </html> `.markup
}

/** A page that only says something. */
export function messagePage(title: string, paragraphs: readonly (Html | string)[]): string {
  return page(
    title,
    html`<h1 id="title">${title}</h1>
      ${paragraphs.map((text) => html`<p>${text}</p>`)}`,
  )
}
