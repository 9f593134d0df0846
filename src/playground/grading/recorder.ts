import { judgeApi } from './judge-api.ts'
import { judgeAuthorize, judgePushed } from './judge-authorize.ts'
import { judgeToken } from './judge-token.ts'
import type { CheckName } from './checks.ts'
import type { Bench, Code, Finding } from './bench.ts'
import { createMemory } from './memory.ts'
import type { Observation } from './observation.ts'

export type Grade = { looked: Set<CheckName>; findings: Finding[] }

const mostFindings = 200
const mostClients = 500

/** Grades clients by what they do; everything is in memory, and can be begun again. */
export function createRecorder(onFinding: (finding: Finding, client: string) => void = () => undefined) {
  const grades = new Map<string, Grade>()
  const waits = new Map<string, number>()
  const memories = {
    codes: createMemory<Code>(),
    spent: createMemory<true>(),
    refreshTokens: createMemory<'replaced' | 'refused'>(),
    accessTokens: createMemory<{ client: string | undefined; isUnsound: boolean; isExpired: boolean }>(),
  }

  function gradeOf(client: string): Grade {
    const known = grades.get(client)
    if (known) return known
    const grade: Grade = { looked: new Set(), findings: [] }
    grades.set(client, grade)
    const oldest = grades.keys().next()
    if (grades.size > mostClients && !oldest.done) grades.delete(oldest.value)
    return grade
  }

  /** RFC 9110 section 10.2.3, by the client and the place that was asked. */
  function judgeWait(seen: Observation, look: Bench['look']): void {
    const key = JSON.stringify([seen.client ?? '', seen.issuer, seen.endpoint])
    const until = waits.get(key)
    if (until !== undefined) {
      look(
        'retry-after-kept',
        seen.at < until && `${seen.endpoint} was asked ${until - seen.at} ms before its time`,
      )
      waits.delete(key)
    }
    const { retryAfterSeconds } = seen.answer
    if (retryAfterSeconds !== undefined && (seen.status === 429 || seen.status === 503)) {
      waits.set(key, seen.at + retryAfterSeconds * 1000)
      const oldest = waits.keys().next()
      if (waits.size > mostClients && !oldest.done) waits.delete(oldest.value)
    }
  }

  return {
    /** Judges one request; answers what was found. */
    observe: (seen: Observation): Finding[] => {
      const found: Finding[] = []
      const look: Bench['look'] = (check, wrong, client = seen.client ?? 'unknown') => {
        const grade = gradeOf(client)
        grade.looked.add(check)
        if (typeof wrong !== 'string') return
        const finding = { check, at: new Date(seen.at).toISOString(), request: seen.requestId, detail: wrong }
        found.push(finding)
        if (grade.findings.length < mostFindings) grade.findings.push(finding)
        onFinding(finding, client)
      }
      const bench: Bench = { ...memories, look }
      judgeWait(seen, look)
      if (seen.endpoint === 'authorize') judgeAuthorize(seen, bench)
      else if (seen.endpoint === 'par') judgePushed(seen, bench)
      else if (seen.endpoint === 'token') judgeToken(seen, bench)
      else judgeApi(seen, bench)
      return found
    },
    clients: () => [...grades.keys()],
    grade: (client: string) => grades.get(client),
    /** Begins again, for one client or for all. */
    clear: (client?: string) => {
      if (client !== undefined) return void grades.delete(client)
      grades.clear()
      waits.clear()
      for (const memory of Object.values(memories)) memory.clear()
    },
  }
}

export type Recorder = ReturnType<typeof createRecorder>
