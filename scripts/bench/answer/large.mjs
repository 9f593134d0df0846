// @ts-check
/**
 * JSON of 10 to 500 MB on one line: from the click on Send to the first painted content, beside what bare undici takes to
 * receive the same bytes in the same run; the page's longest task and the growth of the app's memory meanwhile; then the end
 * of the body by the End key, and the last value by a search.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { request } from 'undici'
import { pssOf } from '../../lib/process-tree.mjs'
import { median } from '../../lib/statistics.mjs'

export const largeSizes = [10, 50, 100, 500]
/** `times` what bare undici takes, and `beside` it in milliseconds; milliseconds of a task of the page; megabytes. */
export const largeLimits = { times: 1.2, beside: 100, task: 50, memory: 60 }

const block = Buffer.from(
  Array.from({ length: 10_000 }, (_, id) =>
    JSON.stringify({
      id,
      name: `order ${id}`,
      quantity: id % 7,
      open: id % 2 === 0,
      note: 'ready for dispatch',
    }),
  ).join(',') + ',',
)

/**
 * Answers JSON of so many megabytes that begins and ends with its number.
 * @param {import('node:http').ServerResponse} response @param {number} megabytes @param {number} number
 */
export async function answerLarge(response, megabytes, number) {
  const start = Buffer.from(`{"number":${number},"items":[`)
  const end = Buffer.from(`{"last":"value ${number}"}]}`)
  const times = Math.ceil((megabytes * 1_000_000) / block.length)
  response.setHeader('Content-Length', start.length + times * block.length + end.length)
  response.write(start)
  for (let turn = 0; turn < times; turn += 1)
    if (!response.write(block)) await new Promise((done) => response.once('drain', done))
  response.end(end)
}

/** Milliseconds that bare undici takes; the median of three. @param {string} url */
async function bare(url) {
  const all = []
  for (let turn = 0; turn < 3; turn += 1) {
    const from = performance.now()
    const { body } = await request(url)
    let size = 0
    for await (const chunk of body) size += chunk.length
    if (size === 0) throw new Error('nothing came')
    all.push(performance.now() - from)
  }
  return median(all)
}

/** Notes the page's tasks of 50 ms and more from now on. */
const watchTasks = `(() => {
  window.benchTasks = []
  window.benchObserver?.disconnect()
  window.benchObserver = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.benchTasks.push(duration)
  })
  window.benchObserver.observe({ type: 'longtask' })
})()`

/**
 * @param {{ pid: number, origin: string, inPage: (code: string) => Promise<any>,
 *   until: (code: string) => Promise<any>, type: (url: string) => Promise<void>,
 *   press: (key: string) => Promise<void>, insert: (text: string) => Promise<void>,
 *   send: (number: number) => Promise<{ answer: number, blocked: number }>, numberNow: () => number,
 *   say: (text: string) => void }} desk
 */
export async function measureLarge({
  pid,
  origin,
  inPage,
  until,
  type,
  press,
  insert,
  send,
  numberNow,
  say,
}) {
  const rest = pssOf(pid)
  const rows = []
  for (const megabytes of largeSizes) {
    const url = `${origin}/large/${megabytes}`
    const bareMs = await bare(url)
    await type(url)
    await inPage(watchTasks)
    let most = 0
    let watching = true
    const watched = (async () => {
      while (watching) {
        most = Math.max(most, pssOf(pid))
        await sleep(200)
      }
    })()
    const number = numberNow() + 1
    const { answer } = await send(number)
    // All that came can be read: neither the tag of what is received nor the line of progress is there.
    await patiently(() =>
      until(
        `!document.querySelector('progress') && document.querySelector('[aria-label="Body, formatted"]')`,
      ),
    )
    const ready = performance.now()
    await inPage(`document.querySelector('[aria-label="Body, formatted"]').focus()`)
    await press('End')
    await until(
      `document.querySelector('[aria-label="Body, formatted"]').textContent.includes('"last": "value ${number}"')`,
    )
    const endMs = performance.now() - ready
    await inPage(
      `[...document.querySelectorAll('button')].find((each) => each.textContent === 'Search').click()`,
    )
    await until(`document.activeElement?.getAttribute('aria-label') === 'Search the body'`)
    const searched = performance.now()
    await insert(`value ${number}`)
    await patiently(() =>
      until(`document.querySelector('[role="search"] [role="status"]')?.textContent.startsWith('1 of')`),
    )
    const searchMs = performance.now() - searched
    await inPage(`document.querySelector('[aria-label="Close the search"]').click()`)
    watching = false
    await watched
    const taskMs = Math.max(0, ...(await inPage('window.benchTasks')))
    const row = {
      megabytes,
      bareMs,
      answerMs: answer,
      limitMs: largeLimits.times * bareMs + largeLimits.beside,
      taskMs,
      grownMb: most - rest,
      endMs,
      searchMs,
    }
    rows.push(row)
    say(
      `  ${megabytes} MB: ${answer.toFixed(0)} ms (limit ${row.limitMs.toFixed(0)}), task ${taskMs.toFixed(0)} ms, +${row.grownMb.toFixed(0)} MB, end ${endMs.toFixed(0)} ms, search ${searchMs.toFixed(0)} ms`,
    )
  }
  return { restMb: rest, rows }
}

/** Asks again where a wait ends without it. @param {() => Promise<any>} wait */
async function patiently(wait) {
  for (let turn = 0; turn < 12; turn += 1) {
    try {
      return await wait()
    } catch {
      // 20 s more.
    }
  }
  throw new Error('It did not come within minutes.')
}
