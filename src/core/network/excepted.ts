/** Whether an address is one of those that are reached without the proxy. An entry is a host name, which counts for all
 *  names under it too when it begins with a dot, and in which `*` stands for anything (`*.example.com`, `192.168.*`); an
 *  address of IPv4 or IPv6, however it is spelled, with or without `/bits`; `<local>` for names without a dot. Each with
 *  `:port` or without, where one of IPv6 needs brackets. */
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
  return host.includes('*') || host.startsWith('.') || host.includes('/')
}

function withoutPort(entry: string): [host: string, port: string | undefined] {
  const colon = entry.lastIndexOf(':')
  const port = entry.slice(colon + 1)
  // Within brackets it is part of an address (RFC 3986 section 3.2.2), and so are several without any.
  const isInAddress = entry.indexOf(']') > colon || (!entry.includes(']') && entry.indexOf(':') < colon)
  return colon === -1 || !/^\d{1,5}$/.test(port) || isInAddress
    ? [entry, undefined]
    : [entry.slice(0, colon), port]
}

function isNamed(name: string, entry: string): boolean {
  if (entry === '<local>') return !name.includes('.') && !name.startsWith('[')
  const [network = '', bits] = entry.split('/', 2)
  if (bits !== undefined) return isWithin(name, network, bits)
  if (entry.includes(':')) return isWithin(name, entry, '128')
  // A name with the root's dot at its end is the same name.
  const full = entry.replace(/\.$/, '')
  if (full.includes('*')) return isLike(name, full)
  if (full.startsWith('.')) return name.endsWith(full) || name === full.slice(1)
  return name === full
}

/** Whether a name has the parts between the stars, in their order. */
function isLike(name: string, pattern: string): boolean {
  const [first = '', ...rest] = pattern.split('*')
  const last = rest.pop() ?? ''
  if (!name.startsWith(first)) return false
  let at = first.length
  for (const part of rest) {
    const found = name.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return name.length - last.length >= at && name.endsWith(last)
}

function isWithin(name: string, network: string, bits: string): boolean {
  const [address, base] = [bitsOf(name), bitsOf(network)]
  const length = /^\d{1,3}$/.test(bits) ? Number(bits) : Number.NaN
  if (address === undefined || base?.length !== address.length || !(length <= base.length)) return false
  return address.slice(0, length) === base.slice(0, length)
}

/** The bits of an address: 32 of IPv4, 128 of IPv6, with or without brackets; nothing where it is none. */
function bitsOf(text: string): string | undefined {
  return text.includes(':') ? bitsOfIpv6(text.replace(/^\[(.*)\]$/, '$1')) : bitsOfIpv4(text)
}

function bitsOfIpv4(text: string): string | undefined {
  const parts = text.split('.', 5)
  const isAddress = parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)
  return isAddress ? parts.map((part) => Number(part).toString(2).padStart(8, '0')).join('') : undefined
}

function bitsOfIpv6(text: string): string | undefined {
  const full = `http://[${text}]`
  if (text.length > 50 || !URL.canParse(full)) return undefined
  // As URLs have it there are numbers alone, and one gap at most.
  const [begin = '', end] = new URL(full).hostname.slice(1, -1).split('::')
  const before = begin === '' ? [] : begin.split(':')
  const after = end === undefined || end === '' ? [] : end.split(':')
  const gap = Array.from({ length: 8 - before.length - after.length }, () => '0')
  return [...before, ...gap, ...after]
    .map((part) => Number.parseInt(part, 16).toString(2).padStart(16, '0'))
    .join('')
}
