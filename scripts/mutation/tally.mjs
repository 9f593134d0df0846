// @ts-check
/**
 * @typedef {{ status: string, mutatorName: string, replacement?: string,
 *   location: { start: { line: number, column: number }, end: { line: number, column: number } } }} Mutant
 * @typedef {{ files: Record<string, { source: string, mutants: Mutant[] }> }} Report
 * @typedef {{ found: number, alive: number, unseen: number, score: number }} Tally
 * @typedef {{ file: string, line: number, original: string, fault: string }} Survivor
 */

/** @param {Report} report @returns {Tally} faults that could be judged, and the share found, in percent */
export function tally({ files }) {
  const all = Object.values(files).flatMap(({ mutants }) => mutants)
  const count = (/** @type {string[]} */ ...statuses) =>
    all.filter(({ status }) => statuses.includes(status)).length
  const found = count('Killed', 'Timeout')
  const alive = count('Survived')
  const unseen = count('NoCoverage')
  const judged = found + alive + unseen
  return { found, alive, unseen, score: judged === 0 ? 100 : (found / judged) * 100 }
}

/** @param {Report} report @returns {Survivor[]} in the order of the source */
export function survivors({ files }) {
  return Object.entries(files).flatMap(([file, { source, mutants }]) =>
    mutants
      .filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
      .map(({ location, replacement, mutatorName }) => ({
        file,
        line: location.start.line,
        original: oneLine(between(source, location)),
        fault: oneLine(replacement ?? mutatorName),
      }))
      .sort((a, b) => a.line - b.line),
  )
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
