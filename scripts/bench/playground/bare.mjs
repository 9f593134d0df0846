// @ts-check
/** oidc-provider with one client and nothing else: what the playground's time to ready is compared with. */
import { Provider } from 'oidc-provider'

console.info = console.warn = () => undefined
const provider = new Provider('http://127.0.0.1', {
  clients: [
    {
      client_id: 'ci',
      client_secret: 'a-secret-of-your-own',
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
    },
  ],
  features: { clientCredentials: { enabled: true }, devInteractions: { enabled: false } },
})
const server = provider.listen(0, '127.0.0.1', () => {
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address())
  process.stdout.write(`${JSON.stringify({ issuer: `http://127.0.0.1:${port}` })}\n`)
})
