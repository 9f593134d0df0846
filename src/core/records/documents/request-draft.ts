import { requestDraft, type RequestDraft } from '@contract/requests'
import { z } from 'zod'
import { bySchema } from './by-schema.ts'
import { storedDocument } from './document.ts'

/** `requests.draft`: a saved request without its secret values. */
export const draftDocument = storedDocument<RequestDraft>({
  name: 'draft',
  called: 'saved request',
  check: bySchema(requestDraft),
})

/** `requests.sealed_secrets`, opened: secret values by the place where each is. */
export const draftSecretsDocument = storedDocument<Record<string, string>>({
  name: 'draft-secrets',
  called: 'list of secret values',
  check: bySchema(z.record(z.string(), z.string())),
})
