import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'

const src = resolve(import.meta.dirname, '../../src')

/** Where what was thrown may be read, and why. */
const allowed = new Set([
  // They make sentences of our own of it, held by tests/integration/library-words.test.ts.
  'core/jwt/keys/key-fault.ts',
  'core/oauth/client/library-call.ts',
  'playground/config/words.ts',
  // Covers secrets in them.
  'core/secrecy/scrub-thrown.ts',
  // Looks at the kind alone: OpenSSL gives no code for a wrong passphrase.
  'node/crypto/identity/read-identity.ts',
  // Looks at the kind alone: socks gives no code for what a proxy refuses.
  'node/net/socks.ts',
  // The words of an ordinary client are what the user asked for.
  'core/oauth/client/stock-client.ts',
  // Standard error, of a program that is not packaged or that has no window.
  'main/window/mishaps.ts',
  'playground/command-line.ts',
  'playground/program.ts',
  'playground/server/backchannel.ts',
  // What oidc-provider has against a registration or a key is its judgement.
  'playground/server/check-clients.ts',
  'playground/server/start.ts',
])

/** What was caught, or judged to be an error, and its words. */
const caught = /catch \((\w+)\)|\(((?:error|thrown|cause|reason)): unknown\)|\b(\w+) instanceof Error\b/g

function wordsTaken(text: string): string[] {
  const names = new Set([...text.matchAll(caught)].flatMap(([, ...names]) => names.filter(Boolean)))
  return [...names].flatMap((name) => [
    ...(text.match(
      new RegExp(`(?<![.\\w])${name}( as \\w+\\))?\\.message\\b|String\\(${name}\\)|\\$\\{${name}\\}`, 'g'),
    ) ?? []),
    ...(text.match(new RegExp(`\\bmessage\\b[^{}=]*\\} = ${name}\\b`, 'g')) ?? []),
  ])
}

it('no words of what was thrown are used, but where sentences are made of them', () => {
  const found = ['core', 'node', 'main', 'preload', 'playground'].flatMap((folder) =>
    readdirSync(join(src, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !allowed.has(`${folder}/${name}`))
      .flatMap((name) =>
        wordsTaken(readFileSync(join(src, folder, name), 'utf8')).map((what) => `${folder}/${name}: ${what}`),
      ),
  )
  expect(found).toEqual([])
})

it('notices how such words are taken', () => {
  const thrown = 'catch (error) {'
  for (const use of [
    'error.message',
    '(error as Error).message',
    'String(error)',
    '`${error}`',
    'const { code, message } = error as E',
  ])
    expect(wordsTaken(`${thrown} ${use} }`)).toHaveLength(1)
  expect(wordsTaken(`${thrown} error.code }`)).toEqual([])
})
