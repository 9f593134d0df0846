import type { Clipboard, Desk, Stores, Time } from '../ports.ts'
import type { Services } from '../services.ts'
import { createConnectUrl } from './connect-url.ts'
import { createConnectionCopies } from './connection-copies.ts'
import { createProviderCheckup } from './provider-checkup.ts'
import { createTemplates } from './templates.ts'

interface Dependencies {
  services: Services
  time: Pick<Time, 'clock'>
  stores: Pick<Stores, 'connections'>
  desk: Pick<Desk, 'browser' | 'schemeWorks'>
  clipboard: Pick<Clipboard, 'copyText'>
}

/** What a window offers about connections: an address typed or pasted, templates, the check-up, copies. */
export function createConnectionDesk({ services, time, stores, desk, clipboard }: Dependencies) {
  const { session, recorder, discover, providerKeys, variables } = services
  const { clock } = time
  const { connections } = stores
  const { copyText } = clipboard
  return {
    connectUrl: createConnectUrl({
      clock,
      recorder,
      schemeWorks: desk.schemeWorks,
      variables: () => variables(session().environment.id),
    }),
    templates: createTemplates({ browser: desk.browser }),
    checkup: createProviderCheckup({
      session,
      clock,
      connections,
      discover,
      providerKeys,
      flows: recorder.stored,
      copyText,
    }),
    connectionCopies: createConnectionCopies({ session, connections, copyText }),
  }
}
