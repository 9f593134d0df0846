import { createGraphqlAssistant } from '../../../lib/graphql/assistant.ts'
import { featureStore } from '../../../lib/workspace.ts'
import { createSchemas } from './schemas.ts'

/** The schemas of this window, until it closes. */
export const schemas = featureStore(({ bridge }) => createSchemas(bridge, createGraphqlAssistant))
