import { z } from 'zod'
import { id, limits, name } from '../limits.ts'
import type { Failure } from '../result.ts'
import { tagLimits } from '../words.ts'

/** Characters of a file with data, and how many requests a run sends at most. */
export const runLimits = { data: 1_048_576, requests: 100_000, times: 10_000, delay: 600_000 } as const

const runTags = z.array(z.string().min(1).max(tagLimits.length)).max(tagLimits.count)

/** What is run: the requests of a folder and of those below it, in their order. */
export const runPlan = z
  .object({
    collectionId: id,
    /** Empty for all of the collection. */
    folder: z.string().max(4_096),
    /** Of these files and folders alone; absent: all. */
    paths: z.array(z.string().min(1).max(4_096)).max(2_000).optional(),
    /** Of those that have one of these tags, and none of those; tags of folders count for what is in them. */
    tags: z.object({ only: runTags, except: runTags }).strict().optional(),
    /** Who all of them call as; `own`: each as it says itself. */
    callAs: z.union([z.literal('own'), id.nullable()]),
    /** How often, where no data says it. */
    times: z.number().int().min(1).max(runLimits.times),
    /** A table of variables: all requests are sent once with each row. */
    data: z
      .object({ name, kind: z.enum(['csv', 'json']), text: z.string().max(runLimits.data) })
      .strict()
      .optional(),
    stopAtFailure: z.boolean(),
    /** Milliseconds between two requests. */
    delay: z.number().int().min(0).max(runLimits.delay),
  })
  .strict()
export type RunPlan = z.infer<typeof runPlan>

type RunState = 'running' | 'paused' | 'ended' | 'cancelled' | 'stopped' | 'environment-changed'

/** A run, how far it is and what came of it. */
export interface RunView {
  id: string
  collectionId: string
  folder: string
  state: RunState
  startedAt: number
  /** Milliseconds, without pauses that last still. */
  took: number
  /** Requests that are to be sent, and that were. */
  total: number
  sent: number
  passed: number
  failed: number
  /** Of all requests together. */
  checks: { passed: number; failed: number; notJudged: number }
  /** Values that responses should have given and did not. */
  notCaptured: number
  /** Files that are not sent, by what they are called. */
  left: string[]
}

/** One request of a run. Without checks of its own it passes with a response below 400. */
export interface RunRow {
  index: number
  /** Which time, from 1. */
  time: number
  path: string
  name: string
  method: string
  passed: boolean
  /** What was sent, in the history. */
  exchangeId?: string
  status?: number
  duration?: number
  checks?: { passed: number; all: number }
  /** Why it was not sent, or got no response. */
  failure?: Failure
  /** The auth of its file that it was sent without, by what it is called. */
  unsentAuth?: string
  /** Variables that it was sent with and whose last response had no value for them: an earlier one was sent. */
  stale?: string[]
}

export const runRows = z
  .object({
    id,
    from: z.number().int().min(0).max(runLimits.requests),
    limit: z.number().int().min(1).max(limits.variables),
    /** Those that failed alone. */
    failed: z.boolean(),
  })
  .strict()
