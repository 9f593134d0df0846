import { BlockList, isIP } from 'node:net'
import { allScopes } from '../provider/scopes.ts'
import { judgeEncryptionKey } from '../provider/encrypted-tokens.ts'
import type { ConfigurationProblem } from './problems.ts'
import type { Configuration } from './schema.ts'

type Complain = (path: (string | number)[], message: string) => void

/** What a schema cannot say: how the settings relate to each other. */
export function checkConfiguration(configuration: Configuration): ConfigurationProblem[] {
  const problems: ConfigurationProblem[] = []
  const complain: Complain = (path, message) => void problems.push({ path, message })
  checkListening(configuration, complain)
  checkAddresses(configuration, complain)
  checkPeople(configuration, complain)
  checkResources(configuration, complain)
  checkSecrets(configuration, complain)
  return problems
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host)
}

/** Adds an address or a network to a list; false when it is neither. */
export function addNetwork(list: BlockList, text: string): boolean {
  const [address = '', bits, ...more] = text.split('/')
  const family = isIP(address)
  if (family === 0 || more.length > 0) return false
  const kind = family === 4 ? 'ipv4' : 'ipv6'
  if (bits === undefined) list.addAddress(address, kind)
  else if (!/^\d{1,3}$/.test(bits) || Number(bits) > (family === 4 ? 32 : 128)) return false
  else list.addSubnet(address, Number(bits), kind)
  return true
}

function checkListening({ listen, issuer, features }: Configuration, complain: Complain): void {
  const hasCertificate = listen.certificateFile !== undefined
  if (hasCertificate !== (listen.keyFile !== undefined))
    complain(
      ['listen', hasCertificate ? 'certificateFile' : 'keyFile'],
      'needs certificateFile and keyFile together',
    )
  if (listen.clientCaFile !== undefined && !hasCertificate)
    complain(['listen', 'clientCaFile'], 'needs a certificate of its own: certificateFile and keyFile')
  if (listen.port !== 0 && listen.port === listen.apiPort)
    complain(['listen', 'apiPort'], 'must be another port than that of the provider')
  listen.trustedProxies.forEach((text, index) => {
    if (!addNetwork(new BlockList(), text))
      complain(['listen', 'trustedProxies', index], 'must be an address or a network such as 10.0.0.0/8')
  })
  const behindProxy = listen.trustedProxies.length > 0 && issuer?.startsWith('https:')
  if (!isLoopback(listen.host) && !hasCertificate && !behindProxy && !listen.plainHttpBeyondLoopback) {
    complain(
      ['listen', 'host'],
      'is not loopback: give a certificate, or name the proxy in trustedProxies and an https issuer, or switch plainHttpBeyondLoopback on',
    )
  }
  if (features.mtls && listen.clientCaFile === undefined && features.mtlsCertificateHeader === undefined)
    complain(['features', 'mtls'], 'needs listen.clientCaFile, or mtlsCertificateHeader from a trusted proxy')
  if (features.fapi !== 'off' && features.par === false)
    complain(['features', 'par'], 'is off, and the FAPI profile needs it')
  if (features.fapi !== 'off' && features.dpop === false && !features.mtls)
    complain(['features', 'fapi'], 'needs dpop or mtls: its tokens are bound')
  if (features.mtlsCertificateHeader !== undefined && listen.trustedProxies.length === 0)
    complain(
      ['features', 'mtlsCertificateHeader'],
      'needs listen.trustedProxies: anyone could send this header',
    )
}

function checkAddresses(
  { listen, issuer, api, issuers, cors, features }: Configuration,
  complain: Complain,
): void {
  for (const [name, text] of [
    ['issuer', issuer],
    ['api', api],
  ] as const) {
    if (text === undefined) continue
    const url = URL.canParse(text) ? new URL(text) : undefined
    if (!url || !/^https?:$/.test(url.protocol)) complain([name], 'must be an https URL')
    else if (
      url.search ||
      url.hash ||
      url.username ||
      url.password ||
      text.endsWith('?') ||
      text.endsWith('#')
    )
      complain([name], 'must have neither query, fragment nor credentials')
    else if (url.protocol === 'http:' && !isLoopback(url.hostname) && !listen.plainHttpBeyondLoopback)
      complain([name], 'must be https beyond loopback, unless listen.plainHttpBeyondLoopback is on')
    else if (
      url.protocol === 'https:' &&
      listen.certificateFile === undefined &&
      listen.trustedProxies.length === 0
    )
      complain([name], 'is https: give a certificate, or name the proxy in listen.trustedProxies')
    else if (
      /\/(f|admin|healthz|readyz|metrics)(\/|$)/.test(url.pathname) ||
      !/^[\w/.~-]*$/.test(url.pathname)
    )
      complain([name], 'has a path that is not possible here')
  }
  noneTwice(
    issuers.map(({ path }) => path),
    (index) => complain(['issuers', index, 'path'], 'appears twice'),
  )
  issuers.forEach(({ path }, index) => {
    if (
      /^\/(f|admin|assets|auth|token|userinfo|device|interaction|session|reg|request|healthz|readyz|metrics)(\/|$)/.test(
        path,
      )
    )
      complain(['issuers', index, 'path'], 'is a path of the provider itself')
  })
  for (const [path, origins] of [
    [['cors', 'origins'], cors.origins],
    [['features', 'privateOrigins'], features.privateOrigins],
  ] as const)
    origins.forEach((origin, index) => {
      if (!URL.canParse(origin) || new URL(origin).origin !== origin)
        complain([...path, index], 'must be an origin such as https://app.example')
    })
}

function checkPeople({ users = [], clients = [], scopes, listen }: Configuration, complain: Complain): void {
  noneTwice(
    users.map(({ username }) => username.toLowerCase()),
    (index) => complain(['users', index, 'username'], 'appears twice'),
  )
  noneTwice(
    users.map(({ sub }) => sub),
    (index) => complain(['users', index, 'sub'], 'appears twice'),
  )
  users.forEach(({ password, passwordFile, passwordHash, claims }, index) => {
    const given = [password, passwordFile, passwordHash].filter((one) => one !== undefined).length
    if (given > 1) complain(['users', index], 'must have one of password, passwordFile and passwordHash')
    for (const claim of Object.keys(claims)) {
      if (['sub', 'iss', 'aud', 'exp', 'iat', 'nonce', 'acr', 'amr', 'azp', 'auth_time'].includes(claim))
        complain(['users', index, 'claims', claim], 'is a claim that the provider sets itself')
    }
    const [, cost, blockSize, parallel] = (passwordHash ?? '').split('$').map(Number)
    const isPower = cost !== undefined && Number.isInteger(Math.log2(cost))
    if (
      passwordHash !== undefined &&
      (!isPower || cost > 2 ** 20 || (blockSize ?? 99) > 32 || (parallel ?? 99) > 16)
    )
      complain(['users', index, 'passwordHash'], 'asks for more work than is possible here')
  })
  const known = new Set([...allScopes, ...Object.keys(scopes)])
  noneTwice(
    clients.map(({ client_id }) => client_id),
    (index) => complain(['clients', index, 'client_id'], 'appears twice'),
  )
  clients.forEach(({ client_secret, client_secret_file, scope }, index) => {
    if (client_secret !== undefined && client_secret_file !== undefined)
      complain(['clients', index], 'must have one of client_secret and client_secret_file')
    const unknown = scope?.split(' ').find((one) => one !== '' && !known.has(one))
    if (unknown !== undefined)
      complain(['clients', index, 'scope'], `names the scope ${unknown}, which does not exist`)
    if (!isLoopback(listen.host) && client_secret === 'gatehouse-playground-secret')
      complain(['clients', index, 'client_secret'], 'is the well-known one, which is valid on loopback only')
  })
}

function checkResources({ resources, scopes, tokens }: Configuration, complain: Complain): void {
  const known = new Set([...allScopes, ...Object.keys(scopes)])
  noneTwice(
    resources.map(({ path }) => path),
    (index) => complain(['resources', index, 'path'], 'appears twice'),
  )
  noneTwice(
    resources.map(({ identifier }) => identifier),
    (index) => complain(['resources', index, 'identifier'], 'appears twice'),
  )
  resources.forEach(({ path, identifier, operations, accessTokenFormat, encryptionKey }, index) => {
    if (/^\/(profile|orders|admin|openapi\.json|\.well-known)(\/|$)/.test(path))
      complain(['resources', index, 'path'], 'is a path of the orders API')
    // RFC 8707 section 2: an absolute URI without a fragment.
    if (identifier !== undefined && (!URL.canParse(identifier) || identifier.includes('#')))
      complain(['resources', index, 'identifier'], 'must be an absolute URI without a fragment')
    const wrongKey = encryptionKey && judgeEncryptionKey(encryptionKey)
    if (wrongKey !== undefined) complain(['resources', index, 'encryptionKey'], wrongKey)
    else if (encryptionKey && (accessTokenFormat ?? tokens.accessTokenFormat) !== 'encrypted')
      complain(['resources', index, 'encryptionKey'], 'needs the accessTokenFormat encrypted')
    noneTwice(
      operations.map((one) => `${one.method} ${one.path.replace(/\{\w+\}/g, '{}')}`),
      (at) => complain(['resources', index, 'operations', at], 'appears twice'),
    )
    operations.forEach(({ scopes: wanted }, at) => {
      const unknown = wanted.findIndex((one) => !known.has(one))
      if (unknown >= 0)
        complain(
          ['resources', index, 'operations', at, 'scopes', unknown],
          `names the scope ${wanted[unknown]}, which does not exist`,
        )
    })
  })
}

function checkSecrets({ keys, admin }: Configuration, complain: Complain): void {
  if (keys.jwks && keys.jwksFile !== undefined) complain(['keys'], 'must have one of jwks and jwksFile')
  if ((keys.jwks || keys.jwksFile !== undefined) && keys.rotateEveryDays !== undefined)
    complain(['keys', 'rotateEveryDays'], 'is for generated keys, not for given ones')
  if (admin.key !== undefined && admin.keyFile !== undefined)
    complain(['admin'], 'must have one of key and keyFile')
}

function noneTwice(values: readonly (string | undefined)[], complain: (index: number) => void): void {
  const seen = new Set<string>()
  values.forEach((value, index) => {
    if (value === undefined) return
    if (seen.has(value)) complain(index)
    seen.add(value)
  })
}
