// @ts-check
import { noticesOf } from './shipped.mjs'

/** What a package has to carry of those whose work is in it.
 * @param {import('./shipped.mjs').Shipped[]} packages */
export function writeNotices(packages) {
  const line = '-'.repeat(78)
  const parts = packages.map(({ name, version, license, folder, homepage }) =>
    [
      `${name} ${version}`,
      `Licence: ${license}`,
      ...(homepage === undefined ? [] : [homepage]),
      '',
      noticesOf(folder).join('\n\n') || `(The package carries no text of its licence: ${license}.)`,
    ].join('\n'),
  )
  const head = [
    'Gatehouse is made of its own code and of the packages below, each under its own licence.',
    'Electron and Chromium have theirs in LICENSE.electron.txt and LICENSES.chromium.html beside this file.',
  ].join('\n')
  return `${[head, ...parts].join(`\n\n${line}\n\n`)}\n`
}
