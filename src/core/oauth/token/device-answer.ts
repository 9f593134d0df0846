/** Takes the oddities of older servers out of a device authorization response (RFC 8628 section 3.2) and says which there
 *  were: the address under its draft's name, times as text or null, an empty complete address, a code as a number. */
export function softenDeviceAnswer(json: Record<string, unknown>): {
  json: Record<string, unknown>
  notes: string[]
} {
  const notes: string[] = []
  const soft: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(json)) {
    if (name === '__proto__' || value === null || value === '') {
      if (name !== '__proto__') notes.push(`${name.slice(0, 60)} was empty and was left out.`)
    } else soft[name] = value
  }
  for (const [old, name] of renamed) {
    if (soft[name] !== undefined || soft[old] === undefined) continue
    soft[name] = soft[old]
    notes.push(`The address was named ${old}, as in a draft, instead of ${name}.`)
  }
  if (typeof soft['user_code'] === 'number') {
    soft['user_code'] = String(soft['user_code'])
    notes.push('user_code was a number instead of text.')
  }
  for (const name of ['expires_in', 'interval']) {
    const value = soft[name]
    if (typeof value !== 'string') continue
    if (/^\d{1,9}$/.test(value.trim())) {
      soft[name] = Number(value)
      notes.push(`${name} was text instead of a number.`)
    } else if (name === 'interval') {
      soft[name] = 5
      notes.push('interval is not a number: the provider is polled every 5 s.')
    }
  }
  return { json: soft, notes }
}

const renamed = [
  ['verification_url', 'verification_uri'],
  ['verification_url_complete', 'verification_uri_complete'],
] as const
