import type { DynamicName } from '@contract/tables/dynamic-names'

/** What values are made of. */
export interface Chance {
  /** Milliseconds. */
  now: () => number
  /** Bytes that no one can guess. */
  randomBytes: (length: number) => Uint8Array
}

/** The value of `{{$name}}` at this moment; another one at the next. Nothing where there is no such name. */
export function dynamicValue(name: string, chance: Chance): string | undefined {
  return Object.hasOwn(makers, name) ? makers[name as DynamicName](chance) : undefined
}

type Make = (chance: Chance) => string

const makers: Record<DynamicName, Make> = {
  $uuid: uuid,
  $guid: uuid,
  $randomUUID: uuid,
  $timestamp: ({ now }) => String(Math.floor(now() / 1_000)),
  $isoTimestamp: ({ now }) => iso(now()),
  $randomInt: (chance) => String(below(chance, 1_001)),
  $randomBoolean: (chance) => String(below(chance, 2) === 1),
  $randomAlphaNumeric: (chance) => letters(chance, alphaNumeric, 1),
  $randomHexColor: (chance) => `#${hex(chance.randomBytes(3))}`,
  $randomNanoId: (chance) =>
    letters(chance, `${alphaNumeric}${alphaNumeric.slice(0, 26).toUpperCase()}_-`, 21),
  $randomPassword: (chance) => letters(chance, alphaNumeric + alphaNumeric.slice(0, 26).toUpperCase(), 15),
  $randomIP: (chance) => [...chance.randomBytes(4)].join('.'),
  $randomIPV6: (chance) => inParts(hex(chance.randomBytes(16)), 4),
  $randomMACAddress: (chance) => inParts(hex(chance.randomBytes(6)), 2),
  $randomPort: (chance) => String(1_024 + below(chance, 64_512)),
  $randomFirstName: (chance) => oneOf(chance, firstNames),
  $randomLastName: (chance) => oneOf(chance, lastNames),
  $randomFullName: (chance) => `${oneOf(chance, firstNames)} ${oneOf(chance, lastNames)}`,
  $randomUserName: userName,
  $randomEmail: (chance) => `${userName(chance)}@example.com`,
  $randomExampleEmail: (chance) => `${userName(chance)}@example.com`,
  $randomUrl: (chance) => `https://${oneOf(chance, words)}.example.com`,
  $randomDomainName: (chance) => `${oneOf(chance, words)}.example.com`,
  $randomPhoneNumber: (chance) =>
    `+1-555-${letters(chance, '0123456789', 3)}-${letters(chance, '0123456789', 4)}`,
  $randomCity: (chance) => oneOf(chance, cities),
  $randomCountry: (chance) => oneOf(chance, countries)[1],
  $randomCountryCode: (chance) => oneOf(chance, countries)[0],
  $randomStreetAddress: (chance) => `${1 + below(chance, 200)} ${capital(oneOf(chance, words))} Street`,
  $randomCompanyName: (chance) => `${oneOf(chance, lastNames)} and ${oneOf(chance, lastNames)}`,
  $randomPrice: (chance) => (below(chance, 100_001) / 100).toFixed(2),
  $randomWord: (chance) => oneOf(chance, words),
  $randomWords: (chance) => several(chance, 3),
  $randomLoremWord: (chance) => oneOf(chance, words),
  $randomLoremSentence: (chance) => `${capital(several(chance, 8))}.`,
  $randomDatePast: (chance) => iso(chance.now() - below(chance, year)),
  $randomDateFuture: (chance) => iso(chance.now() + below(chance, year)),
  $randomDateRecent: (chance) => iso(chance.now() - below(chance, 86_400) * 1_000),
}

const year = 31_536_000_000
const alphaNumeric = 'abcdefghijklmnopqrstuvwxyz0123456789'
const firstNames = [
  'Ada',
  'Amir',
  'Chen',
  'Elena',
  'Femi',
  'Grace',
  'Hana',
  'Ivan',
  'Lina',
  'Noor',
  'Otto',
  'Rosa',
]
const lastNames = [
  'Adler',
  'Bianchi',
  'Costa',
  'Dubois',
  'Haddad',
  'Ito',
  'Jensen',
  'Kaya',
  'Novak',
  'Okafor',
  'Silva',
]
const cities = [
  'Accra',
  'Bergen',
  'Cusco',
  'Ghent',
  'Hanoi',
  'Izmir',
  'Lagos',
  'Leeds',
  'Oslo',
  'Porto',
  'Quito',
]
const words = [
  'amber',
  'basil',
  'cedar',
  'delta',
  'ember',
  'fern',
  'grove',
  'harbor',
  'ivory',
  'juniper',
  'lantern',
  'maple',
]
const countries = [
  ['BR', 'Brazil'],
  ['CA', 'Canada'],
  ['DE', 'Germany'],
  ['IN', 'India'],
  ['JP', 'Japan'],
  ['KE', 'Kenya'],
  ['NO', 'Norway'],
  ['PT', 'Portugal'],
] as const

function uuid({ randomBytes }: Chance): string {
  const bytes = randomBytes(16)
  // RFC 9562 section 5.4: version 4, variant 10.
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  return hex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

/** With a colon between so many characters each. */
function inParts(text: string, length: number): string {
  return Array.from({ length: text.length / length }, (_, at) =>
    text.slice(at * length, (at + 1) * length),
  ).join(':')
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** A whole number from 0 on that is less than this. */
function below({ randomBytes }: Chance, end: number): number {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = randomBytes(6)
  const whole = ((((a * 256 + b) * 256 + c) * 256 + d) * 256 + e) * 256 + f
  return Math.floor((whole / 2 ** 48) * end)
}

function oneOf<T>(chance: Chance, some: readonly [T, ...T[]] | readonly T[]): T {
  return some[below(chance, some.length)] as T
}

function letters(chance: Chance, from: string, count: number): string {
  return Array.from({ length: count }, () => from.charAt(below(chance, from.length))).join('')
}

function several(chance: Chance, count: number): string {
  return Array.from({ length: count }, () => oneOf(chance, words)).join(' ')
}

function userName(chance: Chance): string {
  return `${oneOf(chance, firstNames).toLowerCase()}.${oneOf(chance, lastNames).toLowerCase()}${below(chance, 100)}`
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function iso(at: number): string {
  return new Date(at).toISOString()
}
