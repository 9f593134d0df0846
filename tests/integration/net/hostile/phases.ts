import { gzipSync } from 'node:zlib'
import { drip, okHead, type Act } from './acts.ts'

const packed = gzipSync('x'.repeat(50_000)).toString('latin1')

/** How far an answer has come, and whether a part can be shown from there on. */
const phases: [name: string, sent: string, head: boolean][] = [
  ['before the status', '', false],
  ['in the status', 'HTTP/1.1 2', false],
  ['in a header’s name', `${okHead}content-le`, false],
  ['in a header’s value', `${okHead}x-long: abc`, false],
  ['at the end of the head', `${okHead}content-length: 10\r\n`, false],
  ['before the body', `${okHead}content-length: 10\r\n\r\n`, true],
  ['in the body', `${okHead}content-length: 10\r\n\r\nhalf`, true],
  ['in a chunk’s size', `${okHead}transfer-encoding: chunked\r\n\r\n4`, true],
  ['in a chunk', `${okHead}transfer-encoding: chunked\r\n\r\n8\r\nhalf`, true],
  ['after a chunk', `${okHead}transfer-encoding: chunked\r\n\r\n4\r\nhalf\r\n`, true],
  ['in the trailers', `${okHead}transfer-encoding: chunked\r\n\r\n4\r\nhalf\r\n0\r\nx-t: `, true],
  ['in gzip', `${okHead}content-encoding: gzip\r\ncontent-length: 90\r\n\r\n${packed.slice(0, 20)}`, true],
]

const late = ['network_timeout', 'http_timeout']

/** Each phase, left in each way. */
export const phaseActs: Act[] = [
  {
    name: 'reset at the connection',
    at: 'connect',
    play: (socket) => socket.resetAndDestroy(),
    ends: 'network_cut',
  },
  { name: 'ended at the connection', at: 'connect', play: (socket) => socket.end(), ends: 'network_cut' },
  { name: 'half-open: takes all and says nothing', at: 'connect', play: () => undefined, ends: late },
  ...phases.flatMap(([name, sent]): Act[] => [
    {
      name: `reset ${name}`,
      play: (socket) => socket.write(Buffer.from(sent, 'latin1'), () => socket.resetAndDestroy()),
      ends: 'network_cut',
    },
    {
      name: `ended ${name}`,
      play: (socket) => socket.end(Buffer.from(sent, 'latin1')),
      ends: ['network_cut', 'network_malformed', 'http_encoding_broken'],
    },
    { name: `silent ${name}`, play: (socket) => void socket.write(Buffer.from(sent, 'latin1')), ends: late },
  ]),
  ...(
    [
      ['status', ''],
      ['header', okHead],
      ['body', `${okHead}content-length: 100000\r\n\r\n`],
      ['chunk', `${okHead}transfer-encoding: chunked\r\n\r\n`],
      ['trailer', `${okHead}transfer-encoding: chunked\r\n\r\n0\r\n`],
    ] as const
  ).map(([name, head]): Act => {
    const slow = {
      status: `${okHead}x: `,
      header: 'x-a: b\r\n',
      body: 'x',
      chunk: '1\r\nx\r\n',
      trailer: 'a: b\r\n',
    }
    return {
      name: `a dripping ${name}`,
      play: (socket) => {
        socket.write(head)
        drip(socket, slow[name])
      },
      ends: late,
    }
  }),
]
