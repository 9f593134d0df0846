/** Whether a page's policies let its forms end at `target` (CSP Level 3 section 6.4.1, `form-action`). Browsers built on
 *  Chromium hold the redirects after a posted form to it as well, and drop one that is not named silently.
 *  `policies` is the page's `Content-Security-Policy`, several joined with commas (RFC 9110 section 5.3). */
export function formMayEndAt(
  target: string,
  { page, policies }: { page: string; policies: string },
): boolean {
  const [end, from] = [new URL(target), new URL(page)]
  return policies
    .slice(0, longest)
    .split(',')
    .every((policy) => {
      const sources = formActionOf(policy)
      return sources === undefined || sources.some((source) => matches(source, end, from))
    })
}

/** Characters of policies that are read; a header is shorter. */
const longest = 65_536

/** The sources of the first `form-action` in a policy; the others do not count (CSP Level 3 section 2.2.1). */
function formActionOf(policy: string): string[] | undefined {
  for (const directive of policy.split(';')) {
    const [name = '', ...sources] = directive.trim().split(/\s+/)
    if (name.toLowerCase() === 'form-action') return sources.map((source) => source.toLowerCase())
  }
  return undefined
}

const network = ['http:', 'https:']

/** Section 6.7.2.8, as far as a redirect needs it: paths do not count after a redirect. */
function matches(source: string, target: URL, page: URL): boolean {
  const { protocol } = target
  if (source === "'self'") return network.includes(protocol) && target.origin === page.origin
  if (source === '*') return network.includes(protocol) || protocol === page.protocol
  if (/^[a-z][a-z0-9+.-]*:$/.test(source))
    return source === protocol || (source === 'http:' && protocol === 'https:')
  if (!network.includes(protocol)) return false
  const [, scheme, host = '', port] = /^(?:(https?):\/\/)?([^/:]+)(?::(\d+|\*))?(?:\/|$)/.exec(source) ?? []
  const wanted = scheme === undefined ? page.protocol : `${scheme}:`
  if (protocol !== wanted && !(wanted === 'http:' && protocol === 'https:')) return false
  const named = host.startsWith('*.') ? target.hostname.endsWith(host.slice(1)) : target.hostname === host
  return named && (port === '*' || (port ?? '') === target.port)
}
