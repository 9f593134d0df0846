import { defineConfig } from 'playwright/test'

const displays = process.env['GATEHOUSE_DISPLAYS']?.split(',').length ?? 1

/** End to end in the real Electron. A worker for each virtual display, one on a real one: windows that share a display
 *  share its focus and its clipboard. */
const config = defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.spec.ts',
  workers: displays,
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: process.env['PLAYWRIGHT_JSON_OUTPUT_NAME'] ? [['list'], ['json']] : [['list']],
  outputDir: 'test-results',
  // The accessibility trees of the main screens: the same on every system.
  snapshotPathTemplate: '{testDir}/trees/{arg}{ext}',
})

// Playwright reads its configuration from the default export.
export default config
