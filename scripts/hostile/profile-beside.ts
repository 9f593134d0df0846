import { networkPlace } from '../../src/core/app/network/open-network.ts'
import { collectionSecretsPlace, pinPlace } from '../../src/core/app/tokens/token-vault.ts'
import type { Sessions } from '../../src/core/app/vault/sessions.ts'
import type { Result } from '../../src/core/contract/result.ts'
import { expectedFailure } from '../../src/core/text/expected-failure.ts'
import type { openStores } from '../../src/node/sqlite/stores/stores.ts'

type AllStores = Awaited<ReturnType<typeof openStores>>['stores']
interface Begun {
  stores: Pick<AllStores, 'pins' | 'cookies' | 'network' | 'collections'>
  sessions: Pick<Sessions, 'current'>
}

/** What is kept beside accounts and requests, one of each kind a number. */
export function fillBeside({ stores, sessions }: Begun, number: number): void {
  const { user, environment, box } = sessions.current()
  const id = String(number)
  stores.pins.add({
    id: `p${id}`,
    userId: user.id,
    plainName: '',
    sealedContent: box.seal(pinPlace(user.id, `p${id}`), `pinned ${id}`),
    createdAt: 1,
  })
  const jar = { id: `j${id}`, userId: user.id, environmentId: environment.id, accountId: `a${id}` }
  stores.cookies.save({ ...jar, sealedCookies: box.seal(jarPlace(jar), `cookies ${id}`) })
  const document = `{"proxy":{"kind":"none"},"number":${id}}`
  const sealedSecrets = box.seal(networkPlace(user.id, document), `secrets ${id}`)
  stores.network.save(user.id, { document, sealedSecrets })
  const collection = { id: `k${id}`, userId: user.id }
  stores.collections.save({ ...collection, openedAt: 1, document: `{"folder":"/${id}","open":true}` })
  stores.collections.saveRequest({
    ...{ id: `q${id}`, userId: user.id, collectionId: collection.id, path: 'one.yml' },
    sealedSecrets: box.seal(collectionSecretsPlace(user.id, `q${id}`), `values ${id}`),
  })
}

/** All of that, opened. */
export function factsBeside({ stores, sessions }: Begun): unknown {
  const { user, environment, box } = sessions.current()
  const network = stores.network.get(user.id)
  return [
    stores.pins
      .list(user.id)
      .map(({ sealedContent, ...rest }) => [
        rest,
        opened(box.open(pinPlace(user.id, rest.id), sealedContent)),
      ]),
    stores.cookies
      .list(user.id, environment.id)
      .map(({ sealedCookies, ...rest }) => [rest, opened(box.open(jarPlace(rest), sealedCookies))]),
    network && [
      network.document,
      opened(box.open(networkPlace(user.id, network.document), network.sealedSecrets)),
    ],
    stores.collections.list(user.id).map((collection) => {
      const request = stores.collections.request(user.id, collection.id, 'one.yml')
      const { sealedSecrets = new Uint8Array(), ...rest } = request ?? none()
      return [collection, rest, opened(box.open(collectionSecretsPlace(user.id, rest.id), sealedSecrets))]
    }),
  ]
}

function jarPlace({ userId, id }: { userId: string; id: string }) {
  return { userId, table: 'cookie_jars', rowId: id, column: 'cookies' }
}

function opened(result: Result<string>): string {
  if (result.ok) return result.value
  throw expectedFailure(result.error)
}

/** The collection is there, and what belongs to its request is not. */
function none(): never {
  throw expectedFailure({ code: 'collection_unknown', message: 'the request is gone' })
}
