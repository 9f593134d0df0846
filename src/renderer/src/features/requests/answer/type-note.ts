import type { ExchangeView } from '@contract/requests.ts'

/** What a body is, and what its head says where that is something else. */
export function typeNote(response: ExchangeView['response']): string {
  const { contentType = '', declaredType } = response ?? {}
  const type = contentType.split(';')[0] ?? ''
  if (declaredType === undefined) return type
  return `${type}, sent ${declaredType === '' ? 'without a type' : `as ${declaredType}`}`
}
