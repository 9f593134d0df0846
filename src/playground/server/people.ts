import { isLoopback } from '../config/check.ts'
import type { Configuration } from '../config/schema.ts'
import type { UserHint } from '../pages/sign-in.ts'
import {
  confidentialClientId,
  registrationOf,
  wellKnownClients,
  wellKnownSecret,
} from '../provider/clients.ts'
import type { PlaygroundSettings } from '../storage/settings.ts'
import { wellKnownUsers, type WantedUser } from '../storage/users.ts'

/** The users and clients of the start, and what of their secrets may be said: the well-known ones, and those just made. */
export function createPeople(
  configuration: Configuration,
  settings: PlaygroundSettings,
  scopes: readonly string[],
) {
  const { features } = configuration
  const onLoopback = isLoopback(configuration.listen.host)
  const said = new Map<string, string>()

  /** A password that no one chose: the well-known one on loopback, else made, and said once. */
  function made(name: string, wellKnown: string | undefined): string {
    if (onLoopback && wellKnown !== undefined) {
      said.set(name, wellKnown)
      return wellKnown
    }
    const { secret, isNew } = settings.secret(name)
    if (isNew) said.set(name, secret)
    return secret
  }

  const users: WantedUser[] = (configuration.users ?? wellKnownUsers).map((user): WantedUser => {
    const {
      password,
      passwordHash,
      passwordFile: _file,
      ...rest
    } = user as WantedUser & { passwordFile?: string }
    if (configuration.users && (password !== undefined || passwordHash !== undefined))
      return { ...rest, password, passwordHash }
    const wellKnown = configuration.users ? undefined : password
    return { ...rest, password: made(`password of ${user.username}`, wellKnown) }
  })
  const clients = configuration.clients
    ? configuration.clients.map((client) => registrationOf(client, scopes, features))
    : features.fapi === 'off'
      ? wellKnownClients(made(`secret of ${confidentialClientId}`, wellKnownSecret), features.device)
      : []

  const hints: UserHint[] = users.flatMap(({ username, roles = [] }) => {
    const password = said.get(`password of ${username}`)
    return password === undefined ? [] : [{ username, password, roles }]
  })
  return {
    users,
    clients,
    /** With their passwords; the page shows them on loopback, the start says them once elsewhere. */
    sayable: hints,
    hints: onLoopback && !configuration.users ? hints : [],
    secretOf: (clientId: string) => said.get(`secret of ${clientId}`),
  }
}
