// @ts-check
import { interval } from './draw.mjs'

/**
 * @typedef {{ id: string, status: string, mutatorName: string, replacement?: string,
 *   location: { start: { line: number, column: number }, end: { line: number, column: number } } }} Mutant
 * @typedef {{ files: Record<string, { source: string, mutants: Mutant[] }> }} Report
 * @typedef {{ file: string, line: number, at: string, original: string, fault: string, seen: boolean }} Survivor
 * @typedef {{ found: number, alive: number, unseen: number, excused: number, score: number,
 *   between: [number, number] }} Tally
 * @typedef {{ file: string, at: string, original: string, fault: string, why: string }} Excuse
 * @typedef {Tally & { files: Record<string, Tally>, survivors: Survivor[], misfits: Excuse[] }} Verdict
 */

/**
 * Counts the faults that could be judged, and the share found, in percent.
 * @param {Report} report @param {{ drawn?: string[], excuses?: Excuse[] }} [options] what was drawn, if not all
 * @returns {Verdict}
 */
export function judge({ files }, { drawn, excuses = [] } = {}) {
  const among = drawn && new Set(drawn)
  const fitted = new Set()
  /** @type {Verdict['survivors']} */
  const survivors = []
  /** @type {Verdict['files']} */
  const byFile = {}
  for (const [file, { source, mutants }] of Object.entries(files)) {
    const count = { found: 0, alive: 0, unseen: 0, excused: 0 }
    for (const mutant of mutants) {
      const seen = describe(file, source, mutant)
      const excuse = excuses.find((each) => sameFault(each, seen))
      if (excuse) fitted.add(excuse)
      if (among && !among.has(mutant.id)) continue
      const kind = kinds[mutant.status]
      if (!kind) continue
      count[kind !== 'found' && excuse ? 'excused' : kind]++
      if (kind !== 'found' && !excuse) survivors.push(seen)
    }
    byFile[file] = scored(count)
  }
  const all = Object.values(byFile)
  const sum = (/** @type {'found' | 'alive' | 'unseen' | 'excused'} */ kind) =>
    all.reduce((total, each) => total + each[kind], 0)
  return {
    ...scored({ found: sum('found'), alive: sum('alive'), unseen: sum('unseen'), excused: sum('excused') }),
    files: byFile,
    survivors: survivors.sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line),
    misfits: excuses.filter((excuse) => excuse.file in files && !fitted.has(excuse)),
  }
}

/** @type {Record<string, 'found' | 'alive' | 'unseen' | undefined>} what else there is could not be judged */
const kinds = { Killed: 'found', Timeout: 'found', Survived: 'alive', NoCoverage: 'unseen' }

/** @param {Omit<Tally, 'score' | 'between'>} count @returns {Tally} */
function scored(count) {
  const judged = count.found + count.alive + count.unseen
  return {
    ...count,
    score: judged === 0 ? 100 : (count.found / judged) * 100,
    between: interval(count.found, judged),
  }
}

/** @param {Excuse} excuse @param {Survivor} seen */
function sameFault(excuse, seen) {
  return /** @type {const} */ (['file', 'at', 'original', 'fault']).every(
    (each) => excuse[each] === seen[each],
  )
}

/** @param {string} file @param {string} source @param {Mutant} mutant @returns {Survivor} */
function describe(file, source, { location, replacement, mutatorName, status }) {
  const { line } = location.start
  return {
    file,
    line,
    at: (source.split('\n')[line - 1] ?? '').trim(),
    original: oneLine(between(source, location)),
    fault: oneLine(replacement ?? mutatorName),
    seen: status !== 'NoCoverage',
  }
}

/** @param {string} source @param {Mutant['location']} location */
function between(source, { start, end }) {
  const lines = source.split('\n').slice(start.line - 1, end.line)
  const last = lines.length - 1
  lines[last] = (lines[last] ?? '').slice(0, end.column - 1)
  lines[0] = (lines[0] ?? '').slice(start.column - 1)
  return lines.join('\n')
}

/** @param {string} text */
function oneLine(text) {
  const flat = text.replaceAll(/\s+/g, ' ').trim()
  return flat.length > 80 ? `${flat.slice(0, 79)}…` : flat
}
