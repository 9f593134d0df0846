import { checkNames, checks, type CheckLevel, type CheckName } from './checks.ts'
import type { Finding } from './bench.ts'
import type { Grade } from './recorder.ts'

export type Verdict = {
  client: string
  /** `passed` where nothing was found that a client must not do. */
  verdict: 'passed' | 'failed'
  checks: {
    check: CheckName
    title: string
    section: string
    level: CheckLevel
    status: 'passed' | 'failed' | 'not-seen'
    findings: Omit<Finding, 'check'>[]
  }[]
}

export function verdictOf(client: string, grade: Grade): Verdict {
  const all = checkNames.map((check) => {
    const findings = grade.findings
      .filter((finding) => finding.check === check)
      .map(({ at, request, detail }) => ({ at, request, detail }))
    const seen = grade.looked.has(check) ? ('passed' as const) : ('not-seen' as const)
    return { check, ...checks[check], status: findings.length > 0 ? ('failed' as const) : seen, findings }
  })
  const isFailed = all.some(({ level, status }) => level === 'must' && status === 'failed')
  return { client, verdict: isFailed ? 'failed' : 'passed', checks: all }
}

/** JUnit's XML, as build servers read it: a test for each check, those that had no occasion skipped. */
export function junitOf({ client, checks: all }: Verdict): string {
  const failures = all.filter(({ level, status }) => level === 'must' && status === 'failed').length
  const skipped = all.filter(({ status }) => status === 'not-seen').length
  const cases = all.map(({ check, title, section, level, status, findings }) => {
    const open = `  <testcase classname="${escaped(client)}" name="${escaped(`${check}: ${title} (${section})`)}"`
    const details = escaped(
      findings.map(({ at, request, detail }) => `${at} ${detail} (request ${request})`).join('\n'),
    )
    if (status === 'not-seen') return `${open}><skipped message="there was no occasion"/></testcase>`
    if (status === 'passed') return `${open}/>`
    return level === 'must'
      ? `${open}><failure message="${escaped(findings[0]?.detail ?? '')}">${details}</failure></testcase>`
      : `${open}><system-out>should: ${details}</system-out></testcase>`
  })
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuite name="${escaped(client)}" tests="${all.length}" failures="${failures}" errors="0" skipped="${skipped}">`,
    ...cases,
    '</testsuite>',
    '',
  ].join('\n')
}

function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd]/g, '?')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
}
