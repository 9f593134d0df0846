/** Whether an address is one of those that are reached without the proxy. An entry is a host name, which counts for all
 *  names under it too when it begins with a dot, for these alone when it begins with `*.`; an IPv4 address with or without `/bits`; `[…]` of IPv6;
 *  `<local>` for names without a dot; `*` for all. Each with `:port` or without. */
export function isExcepted(url: string, entries: readonly string[]): boolean {
  const { hostname, port, protocol } = new URL(url)
  const name = hostname.replace(/\.$/, '')
  const at = port === '' ? (protocol === 'https:' ? '443' : '80') : port
  return entries.some((entry) => {
    const [host, wanted] = withoutPort(entry.trim().toLowerCase())
    return (wanted === undefined || wanted === at) && isNamed(name, host)
  })
}

/** The rule for an address: of all that fit, the one that names it most closely, which is the longest. */
export function ruleFor<Rule extends { host: string }>(
  url: string,
  rules: readonly Rule[],
): Rule | undefined {
  return rules
    .filter(({ host }) => isExcepted(url, [host]))
    .reduce<Rule | undefined>(
      (closest, rule) => (closest === undefined || isCloser(rule.host, closest.host) ? rule : closest),
      undefined,
    )
}

function isCloser(one: string, other: string): boolean {
  const [wide, otherWide] = [isWide(one), isWide(other)]
  return wide === otherWide ? one.length > other.length : !wide
}

function isWide(host: string): boolean {
  return host.startsWith('*') || host.startsWith('.') || host.includes('/')
}

function withoutPort(entry: string): [host: string, port: string | undefined] {
  const colon = entry.lastIndexOf(':')
  const port = entry.slice(colon + 1)
  // Within brackets it is part of an address (RFC 3986 section 3.2.2).
  return colon === -1 || !/^\d{1,5}$/.test(port) || entry.indexOf(']') > colon
    ? [entry, undefined]
    : [entry.slice(0, colon), port]
}

function isNamed(name: string, entry: string): boolean {
  if (entry === '*') return true
  if (entry === '<local>') return !name.includes('.') && !name.startsWith('[')
  const [network = '', bits] = entry.split('/', 2)
  if (bits !== undefined) return isWithin(name, network, bits)
  // A name with the root's dot at its end is the same name.
  const full = entry.replace(/\.$/, '')
  if (full.startsWith('*.')) return name.endsWith(full.slice(1))
  if (full.startsWith('.')) return name.endsWith(full) || name === full.slice(1)
  return name === full
}

function isWithin(name: string, network: string, bits: string): boolean {
  const [address, base, length] = [ipv4(name), ipv4(network), Number(bits)]
  if (address === undefined || base === undefined || !Number.isInteger(length)) return false
  if (length < 0 || length > 32) return false
  const size = 2 ** (32 - length)
  return Math.floor(address / size) === Math.floor(base / size)
}

function ipv4(text: string): number | undefined {
  const parts = text.split('.', 5)
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256))
    return undefined
  return parts.reduce((sum, part) => sum * 256 + Number(part), 0)
}
