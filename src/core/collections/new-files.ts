import { newLines, type NewEntries } from './scalar-text.ts'

/** The text of a new opencollection.yml. */
export function newCollection(name: string): string {
  return written([
    ['opencollection', '1.0.0'],
    ['info', [['name', name]]],
  ])
}

/** The text of a new folder.yml. */
export function newFolder(name: string): string {
  return written([
    [
      'info',
      [
        ['name', name],
        ['type', 'folder'],
      ],
    ],
  ])
}

/** The text of a new request, which is yet to be filled in. */
export function newRequest(name: string): string {
  return written([
    [
      'info',
      [
        ['name', name],
        ['type', 'http'],
      ],
    ],
    [
      'http',
      [
        ['method', 'GET'],
        ['url', ''],
      ],
    ],
  ])
}

/** The text of a new file of `environments`. */
export function newEnvironment(name: string): string {
  return written([['name', name]])
}

function written(entries: NewEntries): string {
  return `${newLines(entries, 0, '\n')}\n`
}
