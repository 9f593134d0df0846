// @ts-check
/** Reads the JSON reports of the test runners and sums them up. */

/** @typedef {{ passed: number, failed: number, skipped: number }} Count */

/** @type {Count} */
const none = { passed: 0, failed: 0, skipped: 0 }

/** @param {any} report of vitest's json reporter @returns {Count} */
export function countVitest(report) {
  // A file that fails before its first test has no test of its own that failed.
  const brokenFiles = report.testResults.filter(
    (/** @type {any} */ file) =>
      file.status === 'failed' &&
      !file.assertionResults.some((/** @type {any} */ test) => test.status === 'failed'),
  )
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles.length,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

/** A test that passes only when repeated counts as failed. @param {any} report of Playwright @returns {Count} */
export function countPlaywright({ stats, errors }) {
  const broken = stats.unexpected + stats.flaky === 0 ? errors.length : 0
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + broken, skipped: stats.skipped }
}

/**
 * What a stage counts for: its report, and one failure where it ended badly without naming a failed test.
 * @param {number} code its exit code
 * @param {Count | undefined} count undefined where there is no report, or none can be read
 * @returns {Count}
 */
export function countStage(code, count) {
  const { passed, failed, skipped } = count ?? none
  return { passed, failed: code !== 0 && failed === 0 ? 1 : failed, skipped }
}

/** @param {Count[]} counts @returns {Count} */
export const sum = (counts) =>
  counts.reduce(
    (a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped }),
    none,
  )

/** The line that ends a test run. @param {Count} count @returns {string} */
export function summaryLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}
