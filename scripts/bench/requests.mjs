// @ts-check
/**
 * What sending costs beyond the server: requests one after another by Gatehouse's core as a run sends them, each with a check and a row of the
 * history that is found afterwards, against newman and bru, which keep nothing. All is measured where the requests
 * arrive: from the first request to the last response, less what the server itself took; starting a program counts for
 * none of them. newman and bru are installed from npm into a folder of their own.
 */
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { buildProgram } from '../lib/build-program.mjs'
import { root } from '../lib/paths.mjs'
import { say } from '../lib/say.mjs'
import { median, table } from '../lib/statistics.mjs'

const others = { newman: '6.2.2', '@usebruno/cli': '4.1.0' }
/** Of the time of the others, at most. */
const limits = { newman: 1 / 10, bru: 1 / 8 }
const option = (/** @type {string} */ name, /** @type {number} */ usual) =>
  Number(process.argv.find((each) => each.startsWith(`--${name}=`))?.slice(name.length + 3) ?? usual)
const count = option('count', 200)
const runs = option('runs', 5)
/** @type {import('../lib/runtime.mjs').Runtime} */
const { electron, version, source } = JSON.parse(process.env.GATEHOUSE_RUNTIME ?? '{}')
const run = promisify(execFile)
const round = (/** @type {number} */ value) => Number(value.toFixed(3))

const place = join(root, 'node_modules', '.cache', 'bench-requests')
mkdirSync(place, { recursive: true })
// bru passes over whatever is below node_modules.
const collection = mkdtempSync(join(tmpdir(), 'gatehouse-bench-bru-'))
writeFileSync(join(place, 'package.json'), JSON.stringify({ private: true, dependencies: others }))
say('Installing newman and bru …')
await run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
  cwd: place,
  maxBuffer: 10_000_000,
  // npm would take the settings of the run that this is part of for its own.
  env: Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('npm_'))),
})

const body = JSON.stringify({
  note: 'word-of-the-body',
  items: Array.from({ length: 20 }, (_, id) => ({ id })),
})
const before = { first: 0, last: 0, own: 0, count: 0, connections: 0 }
let arrivals = { ...before }
const server = createServer((request, response) => {
  const at = performance.now()
  if (arrivals.count === 0) arrivals.first = at
  response.setHeader('Content-Type', 'application/json')
  response.on('finish', () => {
    arrivals.last = performance.now()
    arrivals.own += arrivals.last - at
    arrivals.count += 1
  })
  response.end(body)
})
server.on('connection', () => (arrivals.connections += 1))
await new Promise((done) => server.listen(0, '127.0.0.1', () => done(undefined)))
const address = server.address()
const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/orders`

writeFileSync(
  join(place, 'collection.json'),
  JSON.stringify({
    info: { name: 'bench', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
    item: [
      {
        name: 'orders',
        request: { method: 'GET', url, header: [{ key: 'Accept', value: 'application/json' }] },
      },
    ],
  }),
)
writeFileSync(
  join(collection, 'bruno.json'),
  JSON.stringify({ version: '1', name: 'bench', type: 'collection' }),
)
writeFileSync(
  join(collection, 'orders.bru'),
  `meta {\n  name: orders\n  type: http\n  seq: 1\n}\n\nget {\n  url: ${url}\n  body: none\n  auth: none\n}\n\nheaders {\n  Accept: application/json\n}\n\nassert {\n  res.status: eq 200\n}\n`,
)
const built = await buildProgram('gatehouse-bench-requests', { measure: 'scripts/bench/requests/measure.ts' })
const bin = (/** @type {string} */ name) => join(place, 'node_modules', '.bin', name)
const times = String(count)
/** @type {Record<'gatehouse' | 'newman' | 'bru', () => Promise<{ stdout: string }>>} */
const programs = {
  gatehouse: () =>
    run(electron, [join(built, 'measure.mjs'), url, times, place], {
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    }),
  newman: () =>
    run(process.execPath, [bin('newman'), 'run', join(place, 'collection.json'), '-n', times, '--silent']),
  bru: () =>
    run(process.execPath, [bin('bru'), 'run', 'orders.bru', '--iteration-count', times], {
      cwd: collection,
      maxBuffer: 50_000_000,
    }),
}
/** @type {Record<keyof typeof programs, number[]>} */
const measured = { gatehouse: [], newman: [], bru: [] }
/** @type {Record<keyof typeof programs, number>} */
const connections = { gatehouse: 0, newman: 0, bru: 0 }
/** @type {{ passed: number, found: number }[]} */
const kept = []
try {
  // In turn, so that a busy moment of the computer meets all of them.
  for (let turn = 0; turn < runs; turn += 1)
    for (const name of /** @type {(keyof typeof programs)[]} */ (Object.keys(programs))) {
      say(`${name}, ${turn + 1} of ${runs} …`)
      arrivals = { ...before }
      const { stdout } = await programs[name]()
      if (arrivals.count !== count)
        throw new Error(`${name} sent ${arrivals.count} requests instead of ${count}.`)
      if (name === 'gatehouse') kept.push(JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}'))
      connections[name] = arrivals.connections
      measured[name].push((arrivals.last - arrivals.first - arrivals.own) / (count - 1))
    }
} finally {
  server.closeAllConnections()
  server.close()
  rmSync(collection, { recursive: true, force: true })
}
const beyondMs = {
  gatehouse: round(median(measured.gatehouse)),
  newman: round(median(measured.newman)),
  bru: round(median(measured.bru)),
}
const ratio = {
  newman: round(beyondMs.gatehouse / beyondMs.newman),
  bru: round(beyondMs.gatehouse / beyondMs.bru),
}
const allFound = kept.every(({ passed, found }) => passed === count && found === count)
const ok = allFound && ratio.newman <= limits.newman && ratio.bru <= limits.bru

if (process.argv.includes('--json')) {
  const report = {
    bench: 'requests',
    electron: version,
    source,
    count,
    runs,
    others,
    beyondMs,
    ratio,
    limits,
    allFound,
    ok,
    measured,
    connections,
  }
  process.stdout.write(`${JSON.stringify(report)}\n`)
} else {
  const rows = [
    ['', 'beyond the server (ms a request)', 'Gatehouse takes', 'limit', 'connections'],
    ['Gatehouse', beyondMs.gatehouse, '', '', connections.gatehouse],
    [`newman ${others.newman}`, beyondMs.newman, ratio.newman, limits.newman, connections.newman],
    [`bru ${others['@usebruno/cli']}`, beyondMs.bru, ratio.bru, limits.bru, connections.bru],
  ]
  process.stdout.write(
    `Electron ${version}, ${count} requests, medians of ${runs}\n${table(rows)}\n` +
      `each exchange ${allFound ? 'was' : 'was NOT'} found in the history; ${ok ? 'within' : 'over'} the limits\n`,
  )
}
process.exitCode = ok ? 0 : 1
