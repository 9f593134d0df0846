import type { RunPlan } from '@contract/sending/runs'
import { fail, ok, type Result } from '@contract/result'
import type { VariableValue } from '../../http/variables.ts'
import { hasToken, isCredentials } from '../../secrecy/looks.ts'
import { isSecretName } from '../../secrecy/names.ts'
import { exactData, exactText } from '../../text/written.ts'

/** Rows of variables. */
export type DataRows = ReadonlyMap<string, VariableValue>[]

const columnLimit = 200
const rowLimit = 10_000

/** Reads a table of variables: CSV whose first line has the names, or a JSON list of objects. What is secret by its name
 *  or its look is covered wherever it is shown. Code: `run_data`. */
export async function readData({
  kind,
  text,
  name,
}: NonNullable<RunPlan['data']>): Promise<Result<DataRows>> {
  const read = kind === 'csv' ? await readCsv(text) : readJson(text)
  if (typeof read === 'string') return unfit(name, read)
  if (read.length === 0) return unfit(name, 'It has no rows.')
  if (read.length > rowLimit) return unfit(name, 'It has more than 10,000 rows.')
  if (read.some((row) => row.length > columnLimit)) return unfit(name, 'It has more than 200 columns.')
  return ok(read.map((row) => new Map(row.map(([column, value]) => [column, valueOf(column, value)]))))
}

type Row = [column: string, value: string][]

function valueOf(column: string, value: string): VariableValue {
  return { value, secret: value !== '' && (isSecretName(column) || isCredentials(value) || hasToken(value)) }
}

async function readCsv(text: string): Promise<Row[] | string> {
  const { default: papa } = await import('papaparse')
  const source = text.startsWith('\ufeff') ? text.slice(1) : text
  const { data, errors } = papa.parse<string[]>(source, { skipEmptyLines: 'greedy', preview: rowLimit + 2 })
  const [error] = errors.filter(({ type }) => type === 'Quotes')
  if (error) return `Line ${(error.row ?? 0) + 1}: a quote is not closed, or is in the wrong place.`
  const [names, ...rows] = data
  if (names === undefined) return 'It is empty.'
  const columns = names.map((each) => each.trim())
  const twice = columns.find((each, at) => each !== '' && columns.indexOf(each) !== at)
  if (twice !== undefined) return `The column “${twice.slice(0, 60)}” appears twice.`
  const uneven = rows.findIndex((row) => row.length > columns.length)
  if (uneven >= 0) return `Row ${uneven + 1} has more values than there are columns.`
  return rows.map((row) =>
    columns.flatMap((column, at): Row => (column === '' ? [] : [[column, row[at] ?? '']])),
  )
}

function readJson(text: string): Row[] | string {
  const data = exactData(text)
  if (data === undefined) return 'It is not JSON.'
  if (!Array.isArray(data)) return 'A list of objects is expected.'
  const list: unknown[] = data
  const odd = list.findIndex((each) => typeof each !== 'object' || each === null || Array.isArray(each))
  if (odd >= 0) return `Entry ${odd + 1} is not an object.`
  return list.map((each) =>
    Object.entries(each as Record<string, unknown>).map(([column, value]): [string, string] => [
      column,
      plainText(exactText(value, 'line')),
    ]),
  )
}

/** Numbers as they are written; a text without its quotes. */
function plainText(json: string): string {
  return json.startsWith('"') ? String(JSON.parse(json)) : json
}

function unfit(name: string, why: string) {
  return fail(
    'run_data',
    `“${name}” can’t be used as data. ${why}`,
    'Choose another file, or correct this one.',
  )
}
