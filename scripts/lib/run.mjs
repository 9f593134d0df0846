// @ts-check
import { spawn } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { basename, delimiter, join } from 'node:path'
import { setupError } from './fail.mjs'

/**
 * Runs a program to its end and keeps what it prints (the last 1 MB of each stream).
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number }} [options]
 * @returns {Promise<{ code: number, stdout: string, stderr: string }>} code 127 when it cannot be started
 */
export function run(command, args, { cwd, env = process.env, timeoutMs } = {}) {
  return new Promise((done) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], timeout: timeoutMs })
    const text = { stdout: '', stderr: '' }
    for (const name of /** @type {const} */ (['stdout', 'stderr'])) {
      child[name].setEncoding('utf8').on('data', (chunk) => {
        text[name] = (text[name] + chunk).slice(-1_000_000)
      })
    }
    child.on('error', (error) => done({ code: 127, ...text, stderr: error.message }))
    child.on('close', (code) => done({ code: code ?? 1, ...text }))
  })
}

/**
 * Runs a program with this terminal as its own; interrupts are passed on.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, stdio?: import('node:child_process').StdioOptions }} [options]
 * @returns {Promise<number>} its exit code
 */
export function runVisibly(command, args, { cwd, env = process.env, stdio = 'inherit' } = {}) {
  return new Promise((done, refuse) => {
    const child = spawn(command, args, { cwd, env, stdio })
    const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])
    /** @param {NodeJS.Signals} signal */
    const pass = (signal) => void child.kill(signal)
    for (const signal of signals) process.on(signal, pass)
    const end = () => signals.forEach((signal) => process.off(signal, pass))
    child.on('error', (error) => (end(), refuse(error)))
    child.on('close', (code) => (end(), done(code ?? 1)))
  })
}

/** Where a program is on the PATH. @param {string} name @param {string} [path] @returns {string | undefined} */
export function which(name, path = process.env.PATH ?? '') {
  const names = process.platform === 'win32' ? [`${name}.exe`, `${name}.cmd`] : [name]
  for (const folder of path.split(delimiter).filter(Boolean)) {
    for (const file of names.map((each) => join(folder, each))) {
      try {
        accessSync(file, constants.X_OK)
        return file
      } catch {
        // not in this folder
      }
    }
  }
  return undefined
}

/** The Node that runs us; where npm has just removed that with the packages, the one that npm itself began with. */
function nodeNow() {
  return [process.execPath, process.env.npm_node_execpath, which('node')].find(
    (path) => path !== undefined && existsSync(path),
  )
}

/**
 * npm, run by the Node that runs us: its own script where npm started us, else the one beside Node.
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 */
export async function npm(args, options) {
  const script = process.env.npm_execpath
  const viaScript = script && /^npm-cli\.c?js$/.test(basename(script))
  const found = viaScript ? nodeNow() : which('npm')
  if (!found) {
    throw setupError(
      'npm was not found.',
      'Install Node.js 20.19 or later with npm (nodejs.org), then try again.',
    )
  }
  return run(found, viaScript ? [script, ...args] : args, options)
}
