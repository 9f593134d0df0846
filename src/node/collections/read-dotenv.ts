import { ok, type Result } from '@contract/result'
import { readText } from './files.ts'

const mostNames = 1_000

/** The names and values of `.env` in a collection’s folder; none where there is no such file. Codes:
 *  `collection_file_unreadable`. */
export async function readDotenv(root: string): Promise<Result<Map<string, string>>> {
  const text = await readText(root, '.env', sizeLimit)
  if (!text.ok) return text.error.code === 'collection_file_gone' ? ok(new Map()) : text
  const { parse } = await import('dotenv')
  return ok(new Map(Object.entries(parse(text.value.text)).slice(0, mostNames)))
}

/** Bytes. */
const sizeLimit = 262_144
