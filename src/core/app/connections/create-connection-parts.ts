import type { Bin } from '../bin/bin.ts'
import type { Net, Notices, Program, Randomness, Stores, Time } from '../ports.ts'
import type { Services } from '../services.ts'
import type { Sessions } from '../vault/sessions.ts'
import { createConnections } from './connections.ts'
import { createCopyConnection } from './copy-connection.ts'
import { createRegisterClient } from './register-client.ts'

interface Dependencies {
  sessions: Pick<Sessions, 'resealing'>
  services: Services
  program: Program
  time: Pick<Time, 'clock' | 'wait'>
  random: Pick<Randomness, 'newId'>
  net: Pick<Net, 'readCertificate'>
  stores: Pick<Stores, 'connections' | 'environments' | 'registrations'>
  notices: Pick<Notices, 'changed'>
  bin: Bin
}

/** Connections, typed or registered with the provider. */
export function createConnectionParts({
  sessions,
  services,
  program,
  time,
  random,
  net,
  stores,
  notices,
  bin,
}: Dependencies) {
  const { session, recorder, discover, variables } = services
  const { clock, wait } = time
  const connections = createConnections({
    session,
    clock,
    wait,
    newId: random.newId,
    connections: stores.connections,
    resealing: sessions.resealing,
    readCertificate: net.readCertificate,
    variables,
    discover,
    bin,
    changed: () => notices.changed('connections'),
  })
  return {
    connections,
    copyConnection: createCopyConnection({
      ...stores,
      session,
      clock,
      newId: random.newId,
      resealing: sessions.resealing,
      changed: () => {
        notices.changed('connections')
        notices.changed('environments')
      },
    }),
    registerClient: createRegisterClient({
      session,
      clock,
      wait,
      recorder,
      registrations: stores.registrations,
      variables,
      discover,
      save: connections.save,
      about: program,
    }),
  }
}
