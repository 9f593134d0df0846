import type { Catalog } from '../provider/catalog.ts'

/** The head of the API's OpenAPI document; the routes add themselves. */
export function openApi(issuer: string, apiBase: string, { scopes, clientScopes, wordsOf }: Catalog) {
  const titled = (names: readonly string[]) =>
    Object.fromEntries(names.map((scope) => [scope, wordsOf(scope).title]))
  return {
    openapi: '3.1.0',
    info: {
      title: 'Gatehouse Playground API',
      version: '1.0.0',
      description:
        'A small API behind OAuth 2, to try Gatehouse with. Errors are problem documents (RFC 9457).',
    },
    servers: [{ url: apiBase }],
    components: {
      securitySchemes: {
        oauth2: {
          type: 'oauth2' as const,
          flows: {
            authorizationCode: {
              authorizationUrl: `${issuer}/auth`,
              tokenUrl: `${issuer}/token`,
              refreshUrl: `${issuer}/token`,
              scopes: titled(scopes),
            },
            clientCredentials: {
              tokenUrl: `${issuer}/token`,
              scopes: titled(clientScopes),
            },
          },
        },
        openIdConnect: {
          type: 'openIdConnect' as const,
          openIdConnectUrl: `${issuer}/.well-known/openid-configuration`,
        },
      },
    },
  }
}
