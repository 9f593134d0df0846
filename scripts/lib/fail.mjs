// @ts-check
import { say } from './say.mjs'

/**
 * An error a person can mend: what is wrong, and the command or step that repairs it.
 * @param {string} message
 * @param {string | string[]} mend one step, or several lines
 * @returns {Error & { mend: string[] }}
 */
export function setupError(message, mend) {
  return Object.assign(new Error(message), { mend: [mend].flat() })
}

/** The lines that a person sees for an error. @param {unknown} error @returns {string[]} */
export function errorLines(error) {
  if (!(error instanceof Error)) return [`Gatehouse setup: ${String(error)}`]
  if ('mend' in error && Array.isArray(error.mend)) {
    return [`Gatehouse setup: ${error.message}`, ...error.mend.map((step) => `  → ${step}`)]
  }
  if ('code' in error && error.code === 'ENOSPC') {
    return ['Gatehouse setup: the disk is full.', '  → Free some space, then run the same command again.']
  }
  if ('code' in error && (error.code === 'EACCES' || error.code === 'EROFS')) {
    return [
      `Gatehouse setup: no right to write: ${error.message}`,
      '  → Give yourself the right to that folder, or set GATEHOUSE_CACHE to a folder of your own.',
    ]
  }
  return [`Gatehouse setup: ${error.stack ?? error.message}`]
}

/**
 * Runs a command's main function; an error ends the process with a message and code 1.
 * @param {() => Promise<number>} main answers the exit code
 * @returns {Promise<boolean>} whether it failed before it could answer
 */
export async function runMain(main) {
  try {
    process.exitCode = (await main()) ?? 0
    return false
  } catch (error) {
    for (const line of errorLines(error)) say(line)
    process.exitCode = 1
    return true
  }
}
