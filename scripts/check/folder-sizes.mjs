// @ts-check
/** A folder with more files than a person takes in at a look is a corridor: it has subjects. A file of more lines is
 *  two that share a room. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { root } from '../lib/paths.mjs'

const most = { files: 25, lines: 300 }

/** @param {string} folder @returns {string[]} */
function look(folder) {
  const entries = readdirSync(folder, { withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map(({ name }) => name)
  const place = relative(root, folder)
  const found = files
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => ({ name, lines: readFileSync(join(folder, name), 'utf8').split('\n').length - 1 }))
    .filter(({ lines }) => lines > most.lines)
    .map(({ name, lines }) => `${place}/${name}: ${lines} lines, at most ${most.lines}`)
  if (files.length > most.files)
    found.push(`${place}: ${files.length} files side by side, at most ${most.files}`)
  return [
    ...found,
    ...entries.filter((entry) => entry.isDirectory()).flatMap(({ name }) => look(join(folder, name))),
  ]
}

const found = look(join(root, 'src'))
for (const line of found) process.stdout.write(`${line}\n`)
process.exitCode = found.length > 0 ? 1 : 0
