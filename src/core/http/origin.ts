import { isLoopbackHost } from '../text/loopback-host.ts'

/** Whether what is sent there can be read on the way: plain http to another computer. */
export function isInsecure(url: string): boolean {
  const { protocol, hostname } = new URL(url)
  return protocol !== 'https:' && !isLoopbackHost(hostname)
}
