import type { CurrentSession } from './session.ts'

/** Has something chosen by the user who is in. A dialog can outlive that: it chooses nothing for whoever is in by then.
 *  Fails where no one is. */
export async function forOpener<Chosen>(
  session: CurrentSession,
  choose: () => Promise<Chosen>,
  nothing: Chosen,
): Promise<Chosen> {
  const { id } = session().user
  const chosen = await choose()
  return session().user.id === id ? chosen : nothing
}
