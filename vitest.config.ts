import { defineConfig } from 'vitest/config'
import { aliases } from './scripts/lib/aliases.mjs'

export default defineConfig({
  resolve: { alias: { ...aliases, 'graphql-language-service': 'graphql-language-service/esm/index.js' } },
  test: {
    // Every processor: tests share no port and no folder, and most of their time is spent on their own work.
    maxWorkers: '100%',
    // Bundled in the app as well; here so that the one's Electron can be replaced, and the other shares its graphql.
    server: { deps: { inline: ['electron-store', 'graphql-language-service'] } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['tests/unit/**/*.test.ts', 'tests/contract/**/*.test.ts'],
          // Only ends what hangs: a property test takes a minute where other programs have the processor.
          testTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts'],
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
    ],
  },
})
