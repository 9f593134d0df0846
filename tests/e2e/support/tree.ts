import type { Page } from 'playwright/test'

/** What differs between two runs, and what stands for it. */
const changing: [RegExp, string][] = [
  [/\b[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}\b/g, 'ID'],
  // Random base64url: digits among letters or, where there is none, an upper-case letter within the word.
  [/(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[a-zA-Z])[\w-]{16,}(?![\w-])/g, 'ID'],
  [/(?<![\w-])(?=[\w-]*[a-z_-][A-Z])[\w-]{16,}(?![\w-])/g, 'ID'],
  [/\bID…\w+/g, 'ID'],
  // Quoted where it began with a hyphen or the like.
  [/: "(ID [^"\n]*)"$/gm, ': $1'],
  [/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'INSTANT'],
  [/127\.0\.0\.1(:|%3A)\d+/g, '127.0.0.1$1PORT'],
  [
    /\b\d{1,2} (January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)( \d{4})?\b/g,
    'DATE',
  ],
  [/\b\d{4}-\d\d-\d\d\b/g, 'DATE'],
  [/\b\d{1,2}:\d\d(:\d\d)?\b/g, 'TIME'],
  // A time of another day has its date with it: shortly before midnight.
  [/\bDATE TIME\b/g, 'TIME'],
  [/\b\d{10}\b/g, 'SECONDS'],
  [/\b\d+(\.\d+)?( |\u00a0)?(ms|s|min|h|minutes?|seconds?)( \d+ s)?\b/g, 'DURATION'],
  // Within its first second.
  [/\bTIME now\b/g, 'TIME DURATION ago'],
  [/\b\d+(\.\d+)? (B|KB|MB|bytes)\b/g, 'SIZE'],
  // A sign-in that takes longer than three seconds looks at the login page meanwhile, in steps of its own.
  [/^ *- 'option "(Another request|Its (answer|response)|Headers of the login page)\b.*\n/gm, ''],
  [/\bat step \d+/g, 'at step N'],
  [/\b\d+ steps\b/g, 'N steps'],
  [/: \d+ (?=(POST|GET|custom|open) )/g, ': N '],
  [/(heading ")\d+ · /g, '$1N · '],
  // Where now is among the words of a life depends on how much of it has passed; its name says all.
  [/^( *- 'img "Expires TIME: DURATION left"'): .*$/gm, '$1'],
]

/** How often the tree is read until two that follow each other are the same: what measures itself is drawn anew a few
 *  frames after the window's size. */
const mostReads = 8

/** The accessibility tree of the window as text, without what differs from run to run. */
export async function treeOf(page: Page): Promise<string> {
  let [before, now] = ['', await read(page)]
  for (let reads = 0; now !== before && reads < mostReads; reads += 1) {
    await page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(null)))),
    )
    ;[before, now] = [now, await read(page)]
  }
  return now
}

async function read(page: Page): Promise<string> {
  const text = await page.locator('body').ariaSnapshot()
  return changing.reduce((tree, [what, name]) => tree.replace(what, name), `${text}\n`)
}
