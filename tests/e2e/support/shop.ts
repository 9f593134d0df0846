import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Home } from './home.ts'
import { rememberCollection } from './open-collection.ts'
import { partsOf, shopEnvironments, shopRoot, strangers } from './shop-parts.ts'

/** Requests of a shop's API by folder: method, path, name. */
const shop: Record<string, [method: string, path: string, name: string][]> = {
  Customers: [
    ['GET', '/customers', 'List customers'],
    ['GET', '/customers/:customerId', 'Get a customer'],
    ['POST', '/customers', 'Create a customer'],
    ['PATCH', '/customers/{{customerId}}', 'Change a customer’s address'],
    ['DELETE', '/customers/{{customerId}}', 'Forget a customer'],
    ['GET', '/customers/{{customerId}}/orders', 'Orders of a customer'],
    ['GET', '/customers.csv', 'Export as CSV'],
  ],
  Orders: [
    ['GET', '/orders', 'List orders'],
    ['GET', '/orders/{{orderId}}', 'Get an order'],
    ['POST', '/orders', 'Place an order'],
    ['PUT', '/orders/{{orderId}}/address', 'Replace the delivery address'],
    ['POST', '/orders/{{orderId}}/cancel', 'Cancel an order'],
    ['POST', '/orders/{{orderId}}/refund', 'Refund an order'],
    ['GET', '/orders/{{orderId}}/events', 'History of an order with every event since it was placed'],
    ['POST', '/graphql', 'Search orders'],
  ],
  Payments: [
    ['GET', '/payments', 'List payments'],
    ['POST', '/payments', 'Authorize a payment'],
    ['POST', '/payments/{{paymentId}}/capture', 'Capture'],
    ['POST', '/payments/{{paymentId}}/void', 'Void'],
    ['GET', '/payments/{{paymentId}}', 'Get a payment'],
    ['GET', '/payouts.xml', 'Payouts as XML'],
  ],
  Catalogue: [
    ['GET', '/products', 'List products'],
    ['GET', '/products/{{sku}}', 'Get a product'],
    ['POST', '/products', 'Add a product'],
    ['PUT', '/products/{{sku}}', 'Replace a product'],
    ['DELETE', '/products/{{sku}}', 'Withdraw a product'],
    ['GET', '/products/{{sku}}/photo', 'Photo of a product'],
    ['PUT', '/products/{{sku}}/photo', 'Replace the photo'],
  ],
  Webhooks: [
    ['GET', '/webhooks', 'List webhooks'],
    ['POST', '/webhooks', 'Subscribe'],
    ['DELETE', '/webhooks/{{webhookId}}', 'Unsubscribe'],
    ['POST', '/webhooks/{{webhookId}}/ping', 'Send a ping'],
  ],
  Admin: [
    ['GET', '/admin/users', 'All users'],
    ['GET', '/admin/audit', 'Follow the audit log'],
    ['GET', '/admin/stock.bin', 'Stock levels, packed'],
  ],
}

/** Opens a collection of forty requests, as a team has one: environments, checks, captures, tags, one that Gatehouse
 *  can't send of two kinds each, and a file that is broken. Its environment “Local” is the API at `origin`. */
export function openShop(home: Home, origin = 'http://localhost:4000'): string {
  const folder = join(home.directory, 'collections/shop-api')
  mkdirSync(join(folder, 'environments'), { recursive: true })
  const put = (path: string, text: string): void => writeFileSync(join(folder, path), text)
  put('opencollection.yml', shopRoot)
  for (const [name, text] of Object.entries(shopEnvironments(origin))) put(`environments/${name}.yml`, text)
  let place = 0
  for (const [name, requests] of Object.entries(shop)) {
    mkdirSync(join(folder, name))
    const headers =
      name === 'Orders' ? 'request:\n  headers:\n    - name: X-Team\n      value: fulfilment\n' : ''
    put(`${name}/folder.yml`, `info:\n  name: ${name}\n  type: folder\n  seq: ${(place += 1)}\n${headers}`)
    requests.forEach(([method, path, called], index) => {
      const { info = '', http, rest = '' } = partsOf(called, method)
      const [type, url] = [called === 'Search orders' ? 'graphql' : 'http', `{{baseUrl}}${path}`]
      put(
        `${name}/${called}.yml`,
        `info:\n  name: ${called}\n  type: ${type}\n  seq: ${index + 1}\n${info}\n${type}:\n  method: ${method}\n  url: "${url}"\n${http}${rest}`,
      )
    })
  }
  for (const [name, text] of Object.entries(strangers)) put(`${name}.yml`, text)
  rememberCollection(home, folder)
  return folder
}
