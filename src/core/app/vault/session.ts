import type { Environment, User } from '../../records/model.ts'
import type { SecretBox } from '../../vault/box/secret-box.ts'

/** Who works with Gatehouse now, in which environment, and what seals the secrets. */
export interface Session {
  user: User
  environment: Environment
  box: SecretBox
}

/** Answers the session of this moment: asked again at every use, never kept. */
export type CurrentSession = () => Session
