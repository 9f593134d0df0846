import { describe, expect, it } from 'vitest'
import { countPlaywright, countStage, countVitest, sum, summaryLine } from '../../../scripts/lib/report.mjs'

const vitest = (change: object) => ({
  numPassedTests: 3,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [],
  ...change,
})
const playwright = (stats: object, errors: object[] = []) => ({
  stats: { expected: 2, unexpected: 0, flaky: 0, skipped: 0, ...stats },
  errors,
})

describe("vitest's report", () => {
  it('counts passed, failed and skipped tests', () => {
    const report = vitest({ numFailedTests: 1, numPendingTests: 1, numTodoTests: 1 })
    expect(countVitest(report)).toEqual({ passed: 3, failed: 1, skipped: 2 })
  })

  it('counts a file that broke before its first test as one failure', () => {
    const report = vitest({
      numFailedTests: 1,
      testResults: [
        { status: 'failed', assertionResults: [] },
        { status: 'failed', assertionResults: [{ status: 'failed' }] },
        { status: 'passed', assertionResults: [] },
      ],
    })
    expect(countVitest(report).failed).toBe(2)
  })
})

describe("Playwright's report", () => {
  it('counts a test that passed only when repeated as failed', () => {
    expect(countPlaywright(playwright({ unexpected: 1, flaky: 1, skipped: 4 }))).toEqual({
      passed: 2,
      failed: 2,
      skipped: 4,
    })
  })

  it('counts errors outside of tests, once', () => {
    expect(countPlaywright(playwright({}, [{}])).failed).toBe(1)
    expect(countPlaywright(playwright({ unexpected: 1 }, [{}])).failed).toBe(1)
  })
})

describe('a stage', () => {
  it('that ends badly without a failed test counts as one failure', () => {
    expect(countStage(1, undefined)).toEqual({ passed: 0, failed: 1, skipped: 0 })
    expect(countStage(1, { passed: 5, failed: 0, skipped: 0 }).failed).toBe(1)
  })

  it('keeps its own count otherwise', () => {
    expect(countStage(1, { passed: 5, failed: 2, skipped: 1 })).toEqual({ passed: 5, failed: 2, skipped: 1 })
    expect(countStage(0, undefined).failed).toBe(0)
  })
})

describe('the last line', () => {
  it('sums up all stages and names skipped tests only where there are some', () => {
    const total = sum([
      { passed: 1, failed: 0, skipped: 0 },
      { passed: 2, failed: 3, skipped: 0 },
    ])
    expect(summaryLine(total)).toBe('3 passed, 3 failed')
    expect(summaryLine({ ...total, skipped: 2 })).toBe('3 passed, 3 failed, 2 skipped')
  })
})
