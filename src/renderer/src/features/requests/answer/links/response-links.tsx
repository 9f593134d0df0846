import { ArrowUpRight } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import type { ExchangeView } from '@contract/requests.ts'
import { hostOf, pathOf } from '../../../../lib/format.ts'
import { membersOfStored } from '../../../../lib/json/document.ts'
import { useWorkspace } from '../../../../lib/workspace.ts'
import { Button } from '../../../../ui/button.tsx'
import { openLink } from '../../actions.ts'
import { placeOf } from '../../collections/file-tabs.ts'
import { requests } from '../../store.ts'
import { findLinks, isReadBeside, linkMembers } from './find-links.ts'
import css from './response-links.module.css'

/** Shown until more are asked for. */
const few = 5

/** The links of a response: each opens a new request, which is not sent by itself. */
export function ResponseLinks({ tabId, exchange }: { tabId: string; exchange: ExchangeView }) {
  const workspace = useWorkspace()
  const request = requests.use((state) => state.open[tabId])
  const members = useMembers(exchange)
  const links = useMemo(() => findLinks(exchange, members), [exchange, members])
  const [isAll, showAll] = useState(false)
  if (links.length === 0 || request === undefined) return null
  const place = request.file ?? request.within
  const shown = isAll ? links : links.slice(0, few)
  return (
    <div className={css.links} role="group" aria-label="Links of the response">
      <span className="note">Links</span>
      {shown.map((link) => (
        <Button
          key={`${link.rel} ${link.url}`}
          small
          icon={<ArrowUpRight />}
          title={`${link.title ? `${link.title}: ` : ''}${link.url}${
            link.isSame ? '' : '. Another server: opens without account, auth and headers'
          }`}
          onClick={() => openLink(workspace, request.draft, link, place && placeOf(place))}
        >
          {link.rel} <span className={css.target}>{link.isSame ? pathOf(link.url) : hostOf(link.url)}</span>
        </Button>
      ))}
      {shown.length < links.length && (
        <Button small look="quiet" onClick={() => showAll(true)}>
          {links.length - shown.length} more
        </Button>
      )}
    </div>
  )
}

/** The link members of a long body, once a worker has looked it through. */
function useMembers(exchange: ExchangeView): Record<string, unknown> | undefined {
  const [members, setMembers] = useState<Record<string, unknown>>()
  const { id } = exchange
  const beside = isReadBeside(exchange)
  useEffect(() => {
    if (!beside) return undefined
    const { found, end } = membersOfStored(id, linkMembers)
    void found.then(setMembers).finally(end)
    return end
  }, [id, beside])
  return members
}
