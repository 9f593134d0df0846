import { addressText } from '@contract/tables/addresses'
import {
  requestAuth,
  requestDraft,
  type RequestAuth,
  type RequestBody,
  type RequestDraft,
} from '@contract/requests'
import { z } from 'zod'
import { splitDraft } from '../../http/draft-secrets.ts'
import { parseJson } from '../../text/parse-json.ts'

/** A draft as it is in its tab: its address may be empty yet. */
const tabDraft = requestDraft.extend({ url: z.string().max(16_384) })
const seed = z
  .object({
    from: z.string(),
    name: z.string().optional(),
    draft: tabDraft.optional(),
    saved: tabDraft.optional(),
    file: z
      .object({ collectionId: z.string(), path: z.string(), version: z.string(), kept: z.array(z.string()) })
      .optional(),
    within: z.object({ collectionId: z.string(), path: z.string() }).optional(),
    exchangeId: z.string().optional(),
    bodies: z.record(z.string(), requestDraft.shape.body).optional(),
    auths: z.record(z.string(), requestAuth).optional(),
  })
  .strip()
const tab = z
  .object({
    id: z.string(),
    room: z.string(),
    face: z.object({ title: z.string() }).loose(),
    subject: z.object({ kind: z.string(), seed: seed.optional() }).loose(),
    /** Where a closed one was. */
    index: z.number().optional(),
  })
  .strip()
const page = z
  .object({
    room: z.string(),
    activeId: z.string().nullable(),
    tabs: z.array(z.unknown()),
    closed: z.array(z.unknown()).optional(),
  })
  .strip()

/** What the page has open, without the secrets in its drafts; nothing for a text that is no such thing. What could
 *  not be looked through is left out. */
export function openPage(text: string): string | undefined {
  const read = page.safeParse(parseJson(text)?.value)
  if (!read.success) return undefined
  const { tabs, closed = [] } = read.data
  return JSON.stringify({ ...read.data, tabs: tabs.flatMap(openTab), closed: closed.flatMap(openTab) })
}

function openTab(value: unknown): unknown[] {
  const read = tab.safeParse(value)
  if (!read.success) return []
  const { face, subject, ...rest } = read.data
  if (subject.seed === undefined) return subject.kind === 'request' ? [] : [read.data]
  const { draft, saved, file, bodies, auths, ...others } = subject.seed
  if (draft === undefined) return others.from === 'blank' || others.from === 'exchange' ? [read.data] : []
  const open = splitDraft(draft).open
  // Without its secret values it is no longer what was read of its file: that is read again, and asked about.
  const whole = [draft, saved].every((each) => each === undefined || !hasSecrets(each))
  return [
    {
      ...rest,
      face: addressText(open) === addressText(draft) ? face : { ...face, title: others.name || 'Request' },
      subject: {
        kind: subject.kind,
        seed: {
          ...others,
          // Sent once, where it was opened; never by itself again.
          from: 'kept',
          draft: open,
          ...(file && { file: whole ? file : { ...file, version: '' } }),
          ...(saved && { saved: splitDraft(saved).open }),
          ...(bodies && { bodies: openBodies(draft, bodies) }),
          ...(auths && { auths: openAuths(draft, auths) }),
        },
      },
    },
  ]
}

function hasSecrets(draft: RequestDraft): boolean {
  return Object.keys(splitDraft(draft).secrets).length > 0
}

function openBodies(draft: RequestDraft, bodies: Record<string, RequestBody>): Record<string, RequestBody> {
  return Object.fromEntries(
    Object.entries(bodies).map(([kind, body]) => [kind, splitDraft({ ...draft, body }).open.body]),
  )
}

function openAuths(draft: RequestDraft, auths: Record<string, RequestAuth>) {
  return Object.fromEntries(
    Object.entries(auths).map(([kind, auth]) => [kind, splitDraft({ ...draft, auth }).open.auth]),
  )
}
