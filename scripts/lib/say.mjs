// @ts-check
/** What setup tells a person goes to stderr: stdout belongs to the command itself (JSON, test results). */

/** One short line. @param {string} line */
export function say(line) {
  process.stderr.write(`${line}\n`)
}

/**
 * Runs work that takes a while and says every few seconds that it is still going on.
 * @template T
 * @param {string} what
 * @param {() => Promise<T>} work
 * @param {{ everySeconds?: number, detail?: () => string }} [options]
 * @returns {Promise<T>}
 */
export async function withProgress(what, work, { everySeconds = 10, detail = () => '' } = {}) {
  const started = performance.now()
  const seconds = () => Math.round((performance.now() - started) / 1000)
  say(`${what} …`)
  const timer = setInterval(
    () => say(`  still at it, ${seconds()} s ${detail()}`.trimEnd()),
    everySeconds * 1000,
  )
  try {
    const value = await work()
    say(`  done in ${seconds()} s`)
    return value
  } finally {
    clearInterval(timer)
  }
}
