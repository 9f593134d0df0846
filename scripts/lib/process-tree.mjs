// @ts-check
import { readdirSync, readFileSync } from 'node:fs'

/** @param {string} path */
function readOrEmpty(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    // The process ended meanwhile.
    return ''
  }
}

/** A process and all that it started. @param {number} pid @returns {number[]} */
export function processTree(pid) {
  /** @type {Map<number, number[]>} */
  const children = new Map()
  for (const name of readdirSync('/proc').filter((each) => /^\d+$/.test(each))) {
    // The second field, the name in brackets, may hold blanks and brackets itself.
    const stat = readOrEmpty(`/proc/${name}/stat`)
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
    children.set(parent, [...(children.get(parent) ?? []), Number(name)])
  }
  /** @type {(each: number) => number[]} */
  const collect = (each) => [each, ...(children.get(each) ?? []).flatMap(collect)]
  return collect(pid)
}

/** Memory of a process tree, shared pages split between their users (PSS), in MB. @param {number} pid */
export function pssOf(pid) {
  const kilobytes = processTree(pid).map((each) => {
    const match = /^Pss:\s+(\d+) kB/m.exec(readOrEmpty(`/proc/${each}/smaps_rollup`))
    return Number(match?.[1] ?? 0)
  })
  return kilobytes.reduce((a, b) => a + b, 0) / 1024
}
