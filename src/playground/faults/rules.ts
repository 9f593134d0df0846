import { faultNames, faults, isFaultName, type FaultName, type FaultPlace } from './table.ts'

/** A fault that is on: for everyone or one client, permanently or for the next requests that it touches. */
type FaultRule = {
  id: number
  fault: FaultName
  client: string | undefined
  /** The path of the issuer, '' for the first; every issuer where none is named. */
  issuer: string | undefined
  /** Where it shows itself, if not where it usually does. */
  at: FaultPlace | undefined
  /** How many requests are left for it. */
  left: number | undefined
}

type FaultQuestion = { place: FaultPlace; client?: string | undefined; issuer?: string | undefined }

export type Faults = {
  /** Switched on for everyone. */
  has: (name: FaultName) => boolean
  set: (name: FaultName, on: boolean) => void
  /** The names that are on for everyone. */
  list: () => FaultName[]
  rules: () => FaultRule[]
  add: (rule: Omit<FaultRule, 'id'>) => FaultRule
  remove: (id: number) => boolean
  /** What shall go wrong with this request; rules for the next N requests count it. */
  take: (question: FaultQuestion) => FaultName[]
  clear: () => void
}

const mostRules = 200

/** The faults that are turned on now; none is kept on the disk. */
export function createFaults(): Faults {
  const rules: FaultRule[] = []
  let count = 0

  function add(rule: Omit<FaultRule, 'id'>): FaultRule {
    count += 1
    const added = { ...rule, id: count }
    rules.push(added)
    if (rules.length > mostRules) rules.shift()
    return added
  }
  const isForAll = (rule: FaultRule) =>
    rule.client === undefined && rule.issuer === undefined && rule.at === undefined && rule.left === undefined
  const has = (name: FaultName) => rules.some((rule) => rule.fault === name && isForAll(rule))

  return {
    has,
    set: (name, on) => {
      if (on && !has(name))
        add({ fault: name, client: undefined, issuer: undefined, at: undefined, left: undefined })
      if (!on)
        rules.splice(0, rules.length, ...rules.filter((rule) => rule.fault !== name || !isForAll(rule)))
    },
    list: () => faultNames.filter(has),
    rules: () => rules.map((rule) => ({ ...rule })),
    add,
    remove: (id) => {
      const index = rules.findIndex((rule) => rule.id === id)
      if (index >= 0) rules.splice(index, 1)
      return index >= 0
    },
    take: ({ place, client, issuer }) => {
      const found = new Set<FaultName>()
      // An issuer at /f/NAME is nothing but its fault.
      const own = issuer?.startsWith('/f/') ? issuer.slice(3) : undefined
      if (own !== undefined && isFaultName(own) && faults[own].at === place) found.add(own)
      for (const rule of [...rules]) {
        if ((rule.at ?? faults[rule.fault].at) !== place) continue
        if (rule.client !== undefined && rule.client !== client) continue
        if (rule.issuer !== undefined && rule.issuer !== issuer) continue
        if (found.has(rule.fault)) continue
        found.add(rule.fault)
        if (rule.left === undefined) continue
        rule.left -= 1
        if (rule.left <= 0) rules.splice(rules.indexOf(rule), 1)
      }
      return [...found]
    },
    clear: () => void rules.splice(0),
  }
}
