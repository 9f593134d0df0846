import type { CheckupItem } from '@contract/checkup'
import { fapi, item, list, oidc, spec, type CheckupInput, type Finding } from './item.ts'

type Key = Record<string, unknown>

/** What the published keys are worth. */
export function keyItems(input: CheckupInput): CheckupItem[] {
  const { keys } = input
  const look = (judge: (found: Key[]) => Finding): Finding =>
    keys === undefined || keys.length === 0 ? unknownKeys : judge(keys)
  return [
    item('Keys', 'keys', 'Published keys', [oidc('10.1')], available(input)),
    item('Keys', 'key-size', 'Key length', [spec('RFC 7518', '3.3'), fapi('5.4.1')], look(strong)),
    item('Keys', 'key-names', 'A unique ID for each key', [oidc('10.1'), fapi('5.4')], look(named)),
    item('Keys', 'key-use', 'Purpose of each key', [spec('RFC 7517', '4.2')], look(purposes)),
    item(
      'Keys',
      'key-secrecy',
      'Private keys stay private',
      [spec('RFC 7517', '9.2')],
      look(() => secretsOut(input)),
    ),
    item(
      'Keys',
      'key-algorithms',
      'A key for each algorithm',
      [oidc('10.1')],
      look((found) => fitting(input, found)),
    ),
  ]
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
function forSignatures({ use }: Key): boolean {
  return use === undefined || use === 'sig'
}

/** Bits of a base64url number, without its leading zero bits. */
function bitsOf(value: unknown): number {
  const encoded = text(value)
  if (encoded === undefined || !/^[\w-]+$/.test(encoded)) return 0
  try {
    const bytes = atob(encoded.replaceAll('-', '+').replaceAll('_', '/'))
    const lead = /[^\0]/.exec(bytes)
    if (lead === null) return 0
    return (bytes.length - lead.index - 1) * 8 + lead[0].charCodeAt(0).toString(2).length
  } catch {
    return 0
  }
}

function kindOf(key: Key): string {
  return key.kty === 'RSA' ? `RSA ${bitsOf(key.n)}` : (text(key.crv) ?? text(key.kty) ?? '?').slice(0, 40)
}

/** Which kind of key makes a signature of this algorithm. */
function makes(key: Key, algorithm: string): boolean {
  if (!forSignatures(key) || (key.alg !== undefined && key.alg !== algorithm)) return false
  if (/^[RP]S/.test(algorithm)) return key.kty === 'RSA'
  const curve = { ES256: 'P-256', ES384: 'P-384', ES512: 'P-521', ES256K: 'secp256k1' }[algorithm]
  if (curve !== undefined) return key.crv === curve
  return ['EdDSA', 'Ed25519'].includes(algorithm) && key.kty === 'OKP'
}

const unknownKeys: Finding = [
  'unknown',
  'The keys could not be checked.',
  'Run the check-up again when the provider can be reached.',
]

function available({ keys, keysMissing, metadata }: CheckupInput): Finding {
  if (metadata.jwks_uri === undefined)
    return ['unknown', 'No key set is announced (jwks_uri).', 'No signature can be checked.']
  if (keys === undefined)
    return ['unknown', keysMissing ?? 'The keys could not be fetched.', 'No signature can be checked now.']
  const signing = keys.filter(forSignatures)
  return signing.length === 0
    ? ['missing', 'The key set contains no signing key.', 'No signature can be checked.']
    : ['pass', 'Signing keys:', 'Signatures can be checked.', signing.map(kindOf)]
}

function strong(keys: Key[]): Finding {
  const weak = keys.filter(({ kty, n }) => kty === 'RSA' && bitsOf(n) < 2048)
  return weak.length > 0
    ? [
        'weak',
        'Too short:',
        'Keys below 2048 bits can be broken; tokens could be forged.',
        weak.map((key) => `${text(key.kid) ?? 'unnamed'}: ${kindOf(key)}`),
      ]
    : ['pass', 'Key types:', 'Long enough.', [...new Set(keys.map(kindOf))]]
}

function named(keys: Key[]): Finding {
  const kids = keys.map(({ kid }) => text(kid))
  const twice = kids.filter((kid, index): kid is string => kid !== undefined && kids.indexOf(kid) !== index)
  if (twice.length > 0)
    return [
      'weak',
      'Duplicate:',
      'A token does not say which of them signed it; strict clients refuse it.',
      [...new Set(twice)],
    ]
  if (keys.length > 1 && kids.includes(undefined))
    return [
      'weak',
      'Several keys, not all with an ID (kid).',
      'Clients have to try them one by one, and notice a rotation late.',
    ]
  return [
    'pass',
    kids.every((kid) => kid === undefined) ? 'One key, without an ID.' : 'Each key has its own ID.',
    'The right key is found immediately, even after a rotation.',
  ]
}

function purposes(keys: Key[]): Finding {
  const open = keys.filter(({ use, key_ops }) => use === undefined && key_ops === undefined)
  const encrypting = keys.some(({ use }) => use === 'enc')
  if (encrypting && open.length > 0)
    return [
      'weak',
      'Encryption keys are published together with keys that have no purpose (use).',
      'A client cannot tell which are for signing.',
    ]
  return open.length === 0
    ? ['pass', 'Each key states its purpose.', 'An encryption key cannot be mistaken for a signing key.']
    : ['unknown', `${open.length} without a purpose (use).`, 'Fine if there are only signing keys.']
}

function secretsOut({ keyNotes = [] }: CheckupInput): Finding {
  const out = keyNotes.filter((note) => /private part|symmetric/.test(note))
  return out.length > 0
    ? [
        'weak',
        out.join(' ').slice(0, 300),
        'Anyone can make tokens that look genuine. Do not use this provider until its keys are replaced.',
      ]
    : ['pass', 'Only public parts are published.', 'Only the provider can sign.']
}

function fitting({ metadata }: CheckupInput, keys: Key[]): Finding {
  const announced = (list(metadata, 'id_token_signing_alg_values_supported') ?? []).filter(
    (algorithm) => algorithm !== 'none' && !algorithm.startsWith('HS'),
  )
  if (announced.length === 0) return ['unknown', 'No algorithms are announced.', 'Nothing to compare with.']
  const without = announced.filter((algorithm) => !keys.some((key) => makes(key, algorithm)))
  if (without.length === announced.length)
    return ['weak', 'No key fits:', 'ID tokens cannot be checked.', without]
  return without.length > 0
    ? [
        'weak',
        'No key fits:',
        'Do not register the client for these: its ID tokens could not be checked.',
        without,
      ]
    : ['pass', 'There is a key for every announced algorithm.', 'Every announced signature can be checked.']
}
