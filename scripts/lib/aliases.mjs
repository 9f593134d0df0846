// @ts-check
import { join } from 'node:path'
import { root } from './paths.mjs'

/** Short names of two folders, for every bundler and test runner; tsconfig.base.json says the same to TypeScript. */
export const aliases = {
  '@contract': join(root, 'src/core/contract'),
  '@calls': join(root, 'src/preload/calls'),
}
