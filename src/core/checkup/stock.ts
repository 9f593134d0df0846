import type { CheckupItem } from '@contract/checkup'
import { item, oidc, spec, type Finding } from './item.ts'

/** What an ordinary client made of the newest sign-in and refresh, as their flows keep it. */
export interface StockSeen {
  signIn?: StockCheck[]
  refresh?: StockCheck[]
}

/** One way of using the client: its name, whether it accepted, and what it said. */
interface StockCheck {
  label: string
  accepts: boolean
  detail: string
}

/** As a stock client sees the newest messages: why a program of one's own may fail where Gatehouse does not. */
export function stockItems({ signIn, refresh }: StockSeen): CheckupItem[] {
  return [
    item(
      'Abilities',
      'stock-sign-in',
      'A sign-in as a stock client sees it',
      [oidc('3.1.3.7')],
      finding(signIn, 'sign-in'),
    ),
    item(
      'Abilities',
      'stock-refresh',
      'A refresh as a stock client sees it',
      [spec('RFC 6749', '6')],
      finding(refresh, 'refresh'),
    ),
  ]
}

function finding(checks: StockCheck[] | undefined, what: string): Finding {
  if (checks === undefined)
    return [
      'unknown',
      `No ${what} has been seen yet.`,
      `After a ${what} through this connection, what openid-client makes of the same messages is shown here.`,
    ]
  const refused = checks.filter(({ accepts }) => !accepts)
  const found = checks.map(({ label, detail }) => `${label}: ${detail}`).join(' ')
  if (refused.length === 0)
    return ['pass', found, 'A program that uses openid-client works with this provider as it is.']
  return [
    'weak',
    found,
    refused.length === checks.length
      ? 'A program that uses openid-client fails here with this error, whatever its settings.'
      : 'A program that uses openid-client fails here where it checks signatures, and works where it does not.',
  ]
}
