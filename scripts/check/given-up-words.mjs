// @ts-check
/** Words that were given up for better ones (docs/glossary.md), wherever people read: screens, errors, comments, docs. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { root } from '../lib/paths.mjs'

/** @type {{ words: RegExp, instead: string, except?: string[] }[]} */
export const givenUp = [
  {
    words: /\b(?:stands?|stood)\b(?!-in)(?!\s+(?:\*\s+)?(?:in )?for\b)(?! in for\b)/gi,
    instead: 'is, appears',
  },
  { words: /\bcan not\b/gi, instead: 'cannot' },
  { words: /\b(?:[Ss]ome|[Aa]ny|[Ee]very)body\b/g, instead: 'someone, anyone, everyone' },
  {
    words: /\b(?:run|runs|ran) out\b/gi,
    instead: 'expire',
    // As APIs say it.
    except: ['src/core/diagnosis/by-time.ts', 'src/core/diagnosis/challenges.ts'],
  },
  { words: /\bgo(?:es)? for good\b/gi, instead: 'be deleted permanently' },
  { words: /\bonce more\b/gi, instead: 'again' },
  { words: /\bto the letter\b/gi, instead: 'exactly' },
  { words: /\bKeep it\b/g, instead: 'Cancel' },
  { words: /\bIn all\b/g, instead: 'Total' },
  { words: /\bNothing is called that\b/gi, instead: 'No results' },
  { words: /\bCall an API as someone\b/gi, instead: 'Call an API as a signed-in user' },
  { words: /\bnames no end\b/gi, instead: 'has no expiry' },
  { words: /\bbearable\b/gi, instead: 'acceptable' },
  { words: /\b(?:client for itself|way for people)\b/gi, instead: 'client credentials, recommended' },
  {
    words: /\b(?:an|raw|API|HTTP|token|userinfo|introspection|genuine|whole) answer\b/gi,
    instead: 'response',
  },
  { words: /\b(?:begins?|made|sealed|encrypted) anew\b/gi, instead: 'again, start over' },
  { words: /\b(?:user name|e-mail)\b/gi, instead: 'username, email' },
  { words: /\bnobody\b/gi, instead: 'no one' },
  { words: /\bwas cancelled\b/g, instead: 'was canceled (American English)' },
  { words: /(?<![\w':/.-])log-out(?!['\w:.])/gi, instead: 'logout' },
  { words: /\bset-up\b/gi, instead: 'setup' },
  { words: /\bown schemes?\b/gi, instead: 'custom scheme' },
  { words: /\bodd providers?\b/gi, instead: 'non-standard provider' },
  { words: /\bwithout a word\b/gi, instead: 'silently' },
  { words: /\bby hand\b/gi, instead: 'manually, yourself' },
  { words: /\b(?:is|are) there twice\b/gi, instead: 'appears twice' },
  {
    words: /(?<![Tt]here )\bis no (?:text|list|token|JSON|folder|file|number|object|string|server)\b/g,
    instead: 'is not a …',
  },
  {
    words: /\b(?:Judged as|Kind of body|Does it hold|Known from|Show the way)\b/g,
    instead: 'Check as, Body type, Is it valid, Source, Show the route',
  },
  {
    words: /\b(?:unless you say otherwise|as DNS says|goes? on and on)\b/gi,
    instead: 'by default, from DNS, keeps …',
  },
]

const places = ['src', 'docs', 'README.md', 'ARCHITECTURE.md', 'SECURITY.md', 'CHANGELOG.md']
const glossary = 'docs/glossary.md'

/**
 * The words given up in a text, each with its line.
 * @param {string} text
 * @param {string} [file] as the exceptions name it
 */
export function wordsGivenUp(text, file = '') {
  return givenUp
    .filter(({ except = [] }) => !except.includes(file))
    .flatMap(({ words, instead }) =>
      [...text.matchAll(words)].map(({ 0: found, index }) => ({
        line: text.slice(0, index).split('\n').length,
        found,
        instead,
      })),
    )
    .sort((one, other) => one.line - other.line)
}

/** @param {string} place @returns {string[]} */
function filesIn(place) {
  const all = join(root, place)
  if (/\.md$/.test(place)) return [place]
  return readdirSync(all, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:tsx?|css|md)$/.test(name))
    .map((name) => relative(root, join(all, name)).split(sep).join('/'))
}

function main() {
  const found = places
    .flatMap(filesIn)
    .filter((file) => file !== glossary)
    .flatMap((file) =>
      wordsGivenUp(readFileSync(join(root, file), 'utf8'), file).map(
        ({ line, found: words, instead }) => `${file}:${line}: “${words}”: write ${instead}`,
      ),
    )
  for (const line of found) process.stdout.write(`${line}\n`)
  process.exitCode = found.length > 0 ? 1 : 0
}

if (process.argv[1] === import.meta.filename) main()
