// @ts-check
/**
 * What the token bench makes of a usual token and one of 1 MB: decoding against bare base64url and `JSON.parse`, judging
 * with a key against bare jose, in the same run in Electron's Node; then, in the real app, from the paste to the painted
 * claims, and the longest task of the page meanwhile.
 */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { buildProgram } from '../lib/build-program.mjs'
import { pageOf } from '../lib/cdp.mjs'
import { launch } from '../lib/launch.mjs'
import { say } from '../lib/say.mjs'
import { median, table } from '../lib/statistics.mjs'

/** Milliseconds that one task of the page may take. */
const limits = { task: 50 }
const runs = Number(process.argv.find((each) => each.startsWith('--runs='))?.slice(7) ?? 10)
/** @type {import('../lib/runtime.mjs').Runtime} */
const { electron, version, source, args } = JSON.parse(process.env.GATEHOUSE_RUNTIME ?? '{}')
const round = (/** @type {number} */ value, digits = 2) => Number(value.toFixed(digits))

say('Measuring the core …')
const folder = await buildProgram('gatehouse-bench-token', { measure: 'scripts/bench/token/measure.ts' })
const { stdout } = await promisify(execFile)(electron, [join(folder, 'measure.mjs')], {
  env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  maxBuffer: 10_000_000,
})
/** @typedef {'bare' | 'decode' | 'inspect' | 'jose' | 'verify'} Work */
/** @type {Record<'usual' | 'megabyte', Record<Work, number[]> & { bytes: number }>} */
const measured = JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}')

/** @param {Record<Work, number[]>} times */
function summed(times) {
  const of = (/** @type {Work} */ work) => median(times[work])
  return {
    bareMs: round(of('bare'), 3),
    decodeMs: round(of('decode'), 3),
    inspectMs: round(of('inspect'), 3),
    joseMs: round(of('jose'), 3),
    verifyMs: round(of('verify'), 3),
    ratio: {
      decodeToBare: round(of('decode') / of('bare')),
      inspectToBare: round(of('inspect') / of('bare')),
      verifyToJose: round(of('verify') / of('jose')),
    },
  }
}

/** @param {string} marker @param {number} bytes a token of about this size that no one signed, with claims that show it */
function token(marker, bytes) {
  const part = (/** @type {object} */ value) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const count = Math.max(1, Math.floor(bytes / 550))
  const claims = Object.fromEntries(
    Array.from({ length: count }, (_, at) => [`claim_${at}`, 'x'.repeat(390)]),
  )
  return `${part({ alg: 'ES256' })}.${part({ iss: marker, exp: 4_000_000_000, ...(bytes > 2_000 ? claims : {}) })}.${'A'.repeat(86)}`
}

say('Measuring the page …')
const { session, stop } = await launch(electron, args)
const { inPage, until } = pageOf(session)
const field = 'textarea[aria-label="Token to decode"]'

/** Pastes as a person does, and waits until its issuer is painted among the claims. @param {string} marker @param {string} text */
async function paste(marker, text) {
  await inPage(
    `document.querySelector('${field}').focus(); document.querySelector('${field}').select(); true`,
  )
  const watching = inPage(`new Promise((done, refuse) => {
    const limit = setTimeout(() => refuse(new Error('No claims were drawn.')), 60000)
    let from, painted, longest = 0
    const tasks = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) longest = Math.max(longest, duration)
    })
    tasks.observe({ type: 'longtask' })
    document.addEventListener('beforeinput', () => { from = performance.now() }, { once: true, capture: true })
    const look = () => {
      const shown = document.querySelector('table[aria-label="Claims"]')
      if (!shown || !shown.textContent.includes(${JSON.stringify(marker)})) return
      observer.disconnect()
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => {
          painted = performance.now()
          setTimeout(() => {
            tasks.disconnect()
            clearTimeout(limit)
            done({ shown: painted - from, task: longest })
          }, 500)
        }
        port2.postMessage(null)
      })
    }
    const observer = new MutationObserver(look)
    observer.observe(document.body, { subtree: true, childList: true, characterData: true })
  })`)
  await session.send('Input.insertText', { text })
  return watching
}

/** @type {Record<'usual' | 'megabyte', { shown: number, task: number }[]>} */
const page = { usual: [], megabyte: [] }
try {
  await until(`performance.getEntriesByName('gatehouse:usable').length > 0`)
  await until(`document.querySelector('button[aria-keyshortcuts][title^="Token bench"]')`)
  await inPage(`document.querySelector('button[aria-keyshortcuts][title^="Token bench"]').click(); true`)
  await until(`document.querySelector('${field}')`)
  await sleep(1500)
  for (const [name, bytes] of /** @type {const} */ ([
    ['usual', 1_000],
    ['megabyte', 1_030_000],
  ]))
    for (let run = -1; run < runs; run += 1) {
      const marker = `https://${name}-${run + 1}.example`
      const one = await paste(marker, token(marker, bytes))
      if (run >= 0) page[name].push(one)
      await sleep(300)
    }
} finally {
  await stop()
}

const core = { usual: summed(measured.usual), megabyte: summed(measured.megabyte) }
const painted = { usual: paintedOf(page.usual), megabyte: paintedOf(page.megabyte) }
/** The longest task of each paste; the median of them is judged, as other programs only ever add to one. Tasks below 50 ms
 *  are not told by Chromium: 0 means that there was none longer. @param {{ shown: number, task: number }[]} all */
function paintedOf(all) {
  const tasks = all.map(({ task }) => task)
  return {
    shownMs: round(median(all.map(({ shown }) => shown)), 1),
    taskMs: round(median(tasks), 0),
    worstTaskMs: round(Math.max(...tasks), 0),
  }
}
const ok = painted.usual.taskMs <= limits.task && painted.megabyte.taskMs <= limits.task
const bytes = { usual: measured.usual.bytes, megabyte: measured.megabyte.bytes }

if (process.argv.includes('--json')) {
  const report = { bench: 'token', electron: version, source, runs, bytes, core, page: painted, limits, ok }
  process.stdout.write(`${JSON.stringify({ ...report, measured: page })}\n`)
} else {
  const rows = [
    ['', `${bytes.usual} bytes`, `${bytes.megabyte} bytes`],
    ['base64url and JSON.parse (ms)', core.usual.bareMs, core.megabyte.bareMs],
    ['decoded (ms)', core.usual.decodeMs, core.megabyte.decodeMs],
    ['  to bare', core.usual.ratio.decodeToBare, core.megabyte.ratio.decodeToBare],
    ['inspected without a key (ms)', core.usual.inspectMs, core.megabyte.inspectMs],
    ['  to bare', core.usual.ratio.inspectToBare, core.megabyte.ratio.inspectToBare],
    ['verified by jose (ms)', core.usual.joseMs, core.megabyte.joseMs],
    ['inspected with a key (ms)', core.usual.verifyMs, core.megabyte.verifyMs],
    ['  to jose', core.usual.ratio.verifyToJose, core.megabyte.ratio.verifyToJose],
    ['pasted to painted (ms)', painted.usual.shownMs, painted.megabyte.shownMs],
    [`longest task of the page (ms, limit ${limits.task})`, painted.usual.taskMs, painted.megabyte.taskMs],
    ['  the worst of them', painted.usual.worstTaskMs, painted.megabyte.worstTaskMs],
  ]
  process.stdout.write(`Electron ${version}, medians\n${table(rows)}\n${ok ? 'within' : 'over'} the limits\n`)
}
process.exitCode = ok ? 0 : 1
