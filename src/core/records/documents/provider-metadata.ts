import { isObject } from '../../text/parse-object.ts'
import type { ProviderMetadata } from '../model.ts'
import { storedDocument, type Checked } from './document.ts'

/** `connections.metadata`: what the provider said of itself, of which the issuer has to be there. Without a schema, as
 *  the first picture reads it; what else is used of it is looked at where it is used. */
export const metadataDocument = storedDocument<ProviderMetadata>({
  name: 'metadata',
  called: 'connection',
  check: (content): Checked<ProviderMetadata> =>
    hasIssuer(content)
      ? { fits: true, value: content }
      : { fits: false, fault: 'its provider has no issuer' },
})

function hasIssuer(content: unknown): content is ProviderMetadata {
  return isObject(content) && typeof content['issuer'] === 'string'
}
