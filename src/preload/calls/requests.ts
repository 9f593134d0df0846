import { z } from 'zod'
import { call } from './call.ts'
import { id, limits, name, nothing, url } from '@contract/limits'
import { historyChoices } from '@contract/words'
import { variableName } from '@contract/environments'
import { filePath } from '@contract/sending/body'
import {
  requestDraft,
  tokenTarget,
  type ExchangePage,
  type ExchangeView,
  type HistoryHeld,
} from '@contract/requests'

/** Where a request of a collection is: what its folders pass on comes to it. */
const file = z
  .object({ collectionId: id, path: z.string().min(1).max(4_096) })
  .strict()
  .optional()
const header = z.object({ id, header: z.int().min(0).max(10_000) }).strict()

export const requestCalls = {
  /** Sends; `sendId` names the sending so that it can be cancelled. `carryBodyTo`: other origins that a redirect may
   *  carry the body to; `allowToken`: whose token may go to an origin that it was not meant for; `sameTokenAs`: an
   *  exchange whose token is sent again, or nothing (`token_replaced`). */
  'requests:send': call(
    z
      .object({
        sendId: id,
        draft: requestDraft,
        file,
        carryBodyTo: z.array(url).max(10).optional(),
        allowToken: tokenTarget.optional(),
        sameTokenAs: id.optional(),
      })
      .strict(),
  ).returns<ExchangeView>(),
  'requests:cancel': call(z.object({ sendId: id }).strict()).returns<null>(),
  /** The accounts whose token is for this address, or was allowed to go there. Nothing is sent. */
  'requests:propose-accounts': call(z.object({ url }).strict()).returns<string[]>(),
  /** Asks for files to be sent; none where none was chosen. They are read when the request is sent. Requests of the
   *  collection, or those outside of collections, may send what was chosen. Codes: `collection_unknown`, those of the vault. */
  'requests:choose-files': call(
    z.object({ several: z.boolean(), collectionId: id.optional() }).strict(),
  ).returns<{ paths: string[] }>(),
  /** The files that a request outside of collections cannot be sent with yet; `own` are its variables. */
  'requests:files-to-allow': call(
    z.object({ files: z.array(filePath).max(200), own: requestDraft.shape.query }).strict(),
  ).returns<{ file: string; shown: string }[]>(),
  /** Lets requests outside of collections send a file, if it still is the one that is shown. Codes:
   *  `collection_changed`, those of the vault. */
  'requests:allow-file': call(
    z
      .object({ file: filePath, shown: z.string().max(limits.requestBody), own: requestDraft.shape.query })
      .strict(),
  ).returns<null>(),
  /** Loads what sending needs and sends a request to no one, so that the first click is as fast as the next: answers with
   *  the exchange, which is written down nowhere. `draft`: anything that is one, so that its check is compiled as well. */
  'requests:warm': call(z.object({ draft: requestDraft }).strict()).returns<ExchangeView>(),
  /** Copies a command for a shell; a placeholder stands for the token. Codes: those of sending. */
  'requests:copy-curl': call(z.object({ draft: requestDraft, file }).strict()).returns<null>(),
  /** Newest first; `search`: words that occur in address, account, status, headers or body, and filters such as
   *  `status:4xx` (`readHistoryQuery`); `before` is the `at` and `id` of the last one seen. */
  'exchanges:list': call(
    z
      .object({
        limit: z.number().int().min(1).max(200),
        before: z.object({ at: z.number(), id }).strict().optional(),
        search: z.string().max(limits.name).optional(),
      })
      .strict(),
  ).returns<ExchangePage>(),
  /** How much history is kept on this computer, and how much there is. */
  'exchanges:limits': call(nothing).returns<HistoryHeld>(),
  'exchanges:set-limits': call(
    z
      .object({
        days: z.literal(historyChoices.days),
        exchanges: z.literal(historyChoices.exchanges),
        megabytes: z.literal(historyChoices.megabytes),
      })
      .strict(),
  ).returns<HistoryHeld>(),
  'exchanges:get': call(z.object({ id }).strict()).returns<ExchangeView>(),
  /** A range of the stored body, at most 256 KiB. */
  'exchanges:body': call(
    z.object({ id, offset: z.number().int().min(0), length: z.number().int().min(1).max(262_144) }).strict(),
  ).returns<{ bytes: Uint8Array; total: number }>(),
  /** Codes: `exchange_unknown`, `body_too_large`. */
  'exchanges:copy-body': call(z.object({ id }).strict()).returns<null>(),
  /** Copies what the refusal states under a label. Codes: `exchange_unknown`. */
  'exchanges:copy-fact': call(z.object({ id, label: name }).strict()).returns<null>(),
  /** Asks where to; `file` is null where nothing was chosen. Codes: `exchange_unknown`, `save_failed`. */
  'exchanges:save-body': call(z.object({ id }).strict()).returns<{ file: string | null }>(),
  /** A JWT of a response, by its place among those that the view names, by the user's own act. Codes:
   *  `answer_token_not_kept`. */
  'exchanges:token': call(z.object({ id, token: z.number().int().min(0).max(19) }).strict()).returns<{
    text: string
  }>(),
  /** A covered header of a response, by its place among them, by the user's own act. Codes: `header_not_kept`. */
  'exchanges:reveal-header': call(header).returns<{ text: string; hideAfterSeconds: number }>(),
  /** Copies in the main process; the clipboard is cleared after a while. Codes: `header_not_kept`. */
  'exchanges:copy-header': call(header).returns<{ clearAfterSeconds: number }>(),
  /** Makes a secret variable of it in the current environment: of a cookie its value alone. Codes: `header_not_kept`,
   *  `variable_*`. */
  'exchanges:keep-header': call(header.extend({ name: variableName })).returns<null>(),
  /** No tab shows the response any more: what its headers cover need not be held. */
  'exchanges:release': call(z.object({ id }).strict()).returns<null>(),
  /** One that is pinned stays when the history lets its oldest go. Codes: `exchange_unknown`. */
  'exchanges:pin': call(z.object({ id, pinned: z.boolean() }).strict()).returns<null>(),
  'exchanges:remove': call(z.object({ id }).strict()).returns<null>(),
  'exchanges:clear': call(nothing).returns<null>(),
}
