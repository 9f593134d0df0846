import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = join(import.meta.dirname, '../samples/opencollection')

/** Every YAML file of the samples, by its path. */
export const collectionSamples: readonly { path: string; text: string }[] = readdirSync(folder, {
  recursive: true,
  encoding: 'utf8',
})
  .filter((path) => path.endsWith('.yml'))
  .sort()
  .map((path) => ({ path, text: readFileSync(join(folder, path), 'utf8') }))
