import { fail, ok, type Result } from '@contract/result'

/** Reads for which servers a rule is meant: a name, `*.name`, an address, each with or without a port; a whole URL means
 *  its host. Code: `host_unfit`. */
export function readHost(text: string): Result<string> {
  const typed = authorityIn(text.trim().toLowerCase())
  const isBelow = typed.startsWith('*.')
  const name = isBelow ? typed.slice(2) : typed
  const isPlain = name !== '' && typed.length <= 260 && !/[/?#@\s,*]/.test(name)
  const host = isPlain ? hostIn(name) : undefined
  if (host !== undefined) return ok(`${isBelow ? '*.' : ''}${host}`)
  return fail(
    'host_unfit',
    'This is not a server name.',
    'Enter api.example.com, api.example.com:8443 or *.example.com.',
  )
}

/** Reads where a server is: an IP address or a name, without a port. Code: `host_address_unfit`. */
export function readAddress(text: string): Result<string> {
  const typed = text.trim()
  const isBareV6 = typed.includes(':') && /^[\da-f:.]+$/i.test(typed)
  const host = readHost(isBareV6 ? `[${typed}]` : typed)
  if (host.ok && !host.value.startsWith('*') && !namesPort(host.value)) return host
  return fail(
    'host_address_unfit',
    'This is not the address of a server.',
    'Enter an IP address or a name, without a port.',
  )
}

function namesPort(host: string): boolean {
  return new URL(`https://${host}`).port !== '' || host.endsWith(':443')
}

/** Host and port of a URL as they are written: a port that its scheme would have anyway was named all the same. */
function authorityIn(typed: string): string {
  const scheme = /^[a-z][a-z\d+.-]*:\/\//.exec(typed)
  if (scheme === null) return typed
  const [authority = ''] = typed.slice(scheme[0].length).split(/[/?#\\]/, 1)
  return authority.slice(authority.lastIndexOf('@') + 1)
}

/** As URLs have it, but for the root's dot at its end, which means no other name. */
function hostIn(name: string): string | undefined {
  const full = `http://${name}`
  if (!URL.canParse(full)) return undefined
  const url = new URL(full)
  const host = url.hostname.replace(/\.$/, '')
  // URLs may have signs in a name that no name has, and other spellings of those that would make it a rule for many.
  if (host.startsWith('.') || !/^(?:\[[\da-f:.]+\]|[\w.-]+)$/.test(host)) return undefined
  // The port 80 of http would be dropped.
  const port = /:0*80$/.test(name) ? '80' : url.port
  return port === '' ? host : `${host}:${port}`
}
