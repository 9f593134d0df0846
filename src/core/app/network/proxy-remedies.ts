import type { Remedy } from '@contract/requests'
import type { Failure } from '@contract/result'
import { proxyName } from '../../network/proxy-address.ts'
import type { Proxy, Way } from '../../records/way.ts'

/** What can be done where a proxy asks for a name and a password, if the system or a PAC file chose it: one that was
 *  entered manually has its own in the settings. */
export function proxyRemedies({ code, message }: Failure, ways: readonly Way[]): Remedy[] {
  if (code !== 'proxy_credentials' && code !== 'proxy_credentials_refused') return []
  const asking = ways
    .flatMap(proxiesOn)
    .filter(({ found }) => found === true)
    .map(proxyName)
    .find((name) => message.includes(name))
  return asking === undefined
    ? []
    : [{ kind: 'proxy-login', label: 'Enter name and password', proxy: asking }]
}

function proxiesOn({ proxy, otherwise }: Way): Proxy[] {
  return [...(proxy ? [proxy] : []), ...(otherwise ? proxiesOn(otherwise) : [])]
}
