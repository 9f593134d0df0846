import type { Bootstrap, PlaygroundState } from '@contract/app'
import type { Protection } from '@contract/vault'
import { ok, type Result } from '@contract/result'
import type { Preferences, Program } from '../ports.ts'
import type { Sessions } from '../vault/sessions.ts'

interface Dependencies {
  sessions: Sessions
  program: Program
  theme: Preferences['theme']
  listWidth: Preferences['listWidth']
  /** The page has its first picture in hand and listens. */
  pageListens: () => void
  playgroundState: () => PlaygroundState
}

const lockedProtection: Protection = {
  kind: 'password',
  backend: '',
  label: 'locked',
  says: 'The vault is locked: its keys are not in memory.',
}

/** What the page's first picture needs, locked or not. */
export function createBootstrap({
  sessions,
  program,
  theme,
  listWidth,
  pageListens,
  playgroundState,
}: Dependencies) {
  return (): Result<Bootstrap> => {
    pageListens()
    const lock = sessions.state()
    if (!lock.ok) return lock
    const now = sessions.isLocked() ? undefined : sessions.current()
    return ok({
      ...program,
      user: lock.value.user,
      environment: { id: now?.environment.id ?? '', name: now?.environment.name ?? '' },
      protection: now?.box.protection() ?? lockedProtection,
      theme: theme.get(),
      listWidth: listWidth.get(),
      lock: lock.value,
      playground: playgroundState(),
    })
  }
}
