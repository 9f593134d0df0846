import { defineConfig } from 'playwright/test'

/** End to end in the real Electron. One worker: windows share one display and its focus. */
const config = defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.spec.ts',
  workers: 1,
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: process.env['PLAYWRIGHT_JSON_OUTPUT_NAME'] ? [['list'], ['json']] : [['list']],
  outputDir: 'test-results',
})

// Playwright reads its configuration from the default export.
export default config
