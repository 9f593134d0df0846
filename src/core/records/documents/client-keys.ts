import type { JWK } from 'jose'
import { z } from 'zod'
import { isObject } from '../../text/parse-object.ts'
import { bySchema } from './by-schema.ts'
import { storedDocument, type Checked } from './document.ts'

/** `connections.sealed_client_key` and `sealed_dpop_key`, opened: a private JWK. Which other members it needs depends
 *  on its type, which jose looks at. */
export const keyDocument = storedDocument<JWK>({
  name: 'key',
  called: 'key',
  check: (content): Checked<JWK> =>
    isObject(content) && typeof content['kty'] === 'string'
      ? { fits: true, value: content }
      : { fits: false, fault: 'it names no type (kty)' },
})

const certificate = z.object({ certificate: z.string(), key: z.string() })

/** `connections.sealed_client_certificate`, opened. */
export const certificateDocument = storedDocument<z.infer<typeof certificate>>({
  name: 'certificate',
  called: 'certificate',
  check: bySchema(certificate),
})
