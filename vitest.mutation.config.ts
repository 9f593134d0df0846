import { defineConfig } from 'vitest/config'
import { aliases } from './scripts/lib/aliases.mjs'

// What `npm run mutation` asks: units alone, without the projects that the mutation tester cannot tell apart.
export default defineConfig({
  resolve: { alias: aliases },
  test: {
    // A fault that never ends is ended by the mutation tester; slow is no fault.
    testTimeout: 60_000,
    include: ['tests/unit/core/**/*.test.ts', 'tests/unit/main/**/*.test.ts', 'tests/contract/**/*.test.ts'],
  },
})
