// @ts-check
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { bundledFolder } from '../lib/bundled-modules.mjs'
import { root } from '../lib/paths.mjs'

/**
 * A package of which something is shipped.
 * @typedef {{ name: string, version: string, license: string, folder: string, homepage?: string }} Shipped
 */

/** Every package in the bundles, and every one that is installed beside them with those that it needs.
 * @returns {Shipped[]} by name and version */
export function shippedPackages() {
  const folders = new Set([...bundled(), ...installed()])
  const found = [...folders].map(describe)
  found.sort((a, b) => a.name.localeCompare(b.name) || a.version.localeCompare(b.version))
  return found
}

/** Texts that have to go with a package: its licence and what it wants to be noticed. @param {string} folder */
export function noticesOf(folder) {
  return readdirSync(folder)
    .filter(
      (name) => /^(licen[cs]e|notice|copying|copyright|ofl)/i.test(name) && !/\.(js|ts|json)$/.test(name),
    )
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8').trim())
}

/** @returns {string[]} */
function bundled() {
  const files = ['main', 'preload', 'renderer', 'playground'].map((name) =>
    join(bundledFolder, `${name}.json`),
  )
  const missing = files.find((file) => !existsSync(file))
  if (missing !== undefined) throw new Error(`${missing} is not there: build the app first`)
  return files.flatMap((file) =>
    JSON.parse(readFileSync(file, 'utf8')).map((/** @type {string} */ each) => realpathSync(each)),
  )
}

/** The `dependencies` and theirs, as Node would find them. @returns {string[]} */
function installed() {
  const found = new Set()
  /** @param {string} from @param {Record<string, string>} names @param {boolean} mayMiss */
  function walk(from, names, mayMiss) {
    for (const name of Object.keys(names)) {
      const folder = findPackage(from, name)
      if (folder === undefined) {
        if (mayMiss) continue
        throw new Error(`${name} is not installed`)
      }
      if (found.has(folder)) continue
      found.add(folder)
      const { dependencies = {}, optionalDependencies = {} } = manifestOf(folder)
      walk(folder, without(dependencies, optionalDependencies), false)
      walk(folder, optionalDependencies, true)
    }
  }
  walk(root, manifestOf(root).dependencies, false)
  return [...found]
}

/** @param {Record<string, string>} all @param {Record<string, string>} some */
function without(all, some) {
  return Object.fromEntries(Object.entries(all).filter(([name]) => !(name in some)))
}

/** @param {string} from @param {string} name */
function findPackage(from, name) {
  for (let at = from; ; at = dirname(at)) {
    const folder = join(at, 'node_modules', name)
    if (existsSync(join(folder, 'package.json'))) return realpathSync(folder)
    if (at === dirname(at)) return undefined
  }
}

/** @param {string} folder */
function manifestOf(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
}

/** @param {string} folder @returns {Shipped} */
function describe(folder) {
  const { name, version, license, licenses, homepage } = manifestOf(folder)
  const said = typeof license === 'string' ? license : (license?.type ?? licenses?.[0]?.type)
  if (typeof said !== 'string') throw new Error(`${name} names no licence`)
  return { name, version, license: said, folder, ...(typeof homepage === 'string' ? { homepage } : {}) }
}
