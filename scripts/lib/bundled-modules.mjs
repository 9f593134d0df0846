// @ts-check
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './paths.mjs'

/** Where the builds write which packages are in them: one file for each process. */
export const bundledFolder = join(root, 'out', 'bundled')

/**
 * Writes down the folders of the packages of which a build took something: code that was left out does not count.
 * @param {string} name of the process
 * @returns {import('vite').Plugin}
 */
export function listBundled(name) {
  return {
    name: 'list-bundled',
    apply: 'build',
    generateBundle(_options, bundle) {
      const folders = new Set()
      for (const output of Object.values(bundle)) {
        // What is no code, as fonts, comes from `dependencies`, which are listed anyway.
        if (output.type !== 'chunk') continue
        const taken = Object.entries(output.modules)
          .filter(([, { renderedLength }]) => renderedLength > 0)
          .map(([id]) => id)
        for (const id of taken) {
          const folder = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(id.replaceAll('\\', '/'))?.[0]
          if (folder !== undefined) folders.add(folder.replace(/^\0+/, ''))
        }
      }
      mkdirSync(bundledFolder, { recursive: true })
      writeFileSync(join(bundledFolder, `${name}.json`), JSON.stringify([...folders].sort()))
    },
  }
}
