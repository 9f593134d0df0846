import { connectionFaults } from './connection-faults.ts'
import { proxyFaults } from './proxy-faults.ts'
import { redirectFaults } from './redirect-faults.ts'
import { responseFaults } from './response-faults.ts'
import { secureFaults } from './secure-faults.ts'
import type { Fault } from './words.ts'

/** Each fault of the network that is tried, with what is told of it. */
export const faults: readonly Fault[] = [
  ...connectionFaults,
  ...responseFaults,
  ...redirectFaults,
  ...secureFaults,
  ...proxyFaults,
]
