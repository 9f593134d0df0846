import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Home } from './home.ts'
import { rememberCollection } from './open-collection.ts'

/** Requests of a shop's API by folder: method, path, name. */
const shop: Record<string, [method: string, path: string, name: string][]> = {
  Customers: [
    ['GET', '/customers', 'List customers'],
    ['GET', '/customers/{{customerId}}', 'Get a customer'],
    ['POST', '/customers', 'Create a customer'],
    ['PATCH', '/customers/{{customerId}}', 'Change a customer’s address'],
    ['DELETE', '/customers/{{customerId}}', 'Forget a customer'],
    ['GET', '/customers/{{customerId}}/orders', 'Orders of a customer'],
    ['GET', '/customers/export', 'Export as CSV'],
  ],
  Orders: [
    ['GET', '/orders', 'List orders'],
    ['GET', '/orders/{{orderId}}', 'Get an order'],
    ['POST', '/orders', 'Place an order'],
    ['PUT', '/orders/{{orderId}}/address', 'Replace the delivery address'],
    ['POST', '/orders/{{orderId}}/cancel', 'Cancel an order'],
    ['POST', '/orders/{{orderId}}/refund', 'Refund an order'],
    ['GET', '/orders/{{orderId}}/events', 'History of an order with every event since it was placed'],
    ['GET', '/orders/search', 'Search orders'],
  ],
  Payments: [
    ['GET', '/payments', 'List payments'],
    ['POST', '/payments', 'Authorize a payment'],
    ['POST', '/payments/{{paymentId}}/capture', 'Capture'],
    ['POST', '/payments/{{paymentId}}/void', 'Void'],
    ['GET', '/payments/{{paymentId}}', 'Get a payment'],
    ['GET', '/payouts', 'List payouts'],
  ],
  Catalogue: [
    ['GET', '/products', 'List products'],
    ['GET', '/products/{{sku}}', 'Get a product'],
    ['POST', '/products', 'Add a product'],
    ['PUT', '/products/{{sku}}', 'Replace a product'],
    ['DELETE', '/products/{{sku}}', 'Withdraw a product'],
    ['GET', '/stock', 'Stock levels'],
    ['POST', '/stock/{{sku}}/adjust', 'Adjust stock'],
  ],
  Webhooks: [
    ['GET', '/webhooks', 'List webhooks'],
    ['POST', '/webhooks', 'Subscribe'],
    ['DELETE', '/webhooks/{{webhookId}}', 'Unsubscribe'],
    ['POST', '/webhooks/{{webhookId}}/ping', 'Send a ping'],
  ],
  Admin: [
    ['GET', '/admin/users', 'All users'],
    ['POST', '/admin/users/{{userId}}/lock', 'Lock a user'],
    ['GET', '/admin/audit', 'Audit log'],
    ['GET', '/admin/health', 'Health'],
  ],
}

/** Opens a collection of forty requests, as a team has one. */
export function openShop(home: Home): string {
  const folder = join(home.directory, 'collections/shop-api')
  mkdirSync(folder, { recursive: true })
  const put = (path: string, text: string): void => writeFileSync(join(folder, path), text)
  put(
    'opencollection.yml',
    'opencollection: "1.0.0"\ninfo:\n  name: Shop API\nrequest:\n  variables:\n    - name: baseUrl\n      value: https://shop.example.com\n    - name: key\n      value: "{{$uuid}}"\n',
  )
  let place = 0
  for (const [name, requests] of Object.entries(shop)) {
    mkdirSync(join(folder, name))
    put(`${name}/folder.yml`, `info:\n  name: ${name}\n  type: folder\n  seq: ${(place += 1)}\n`)
    requests.forEach(([method, path, called], index) =>
      put(
        `${name}/${called}.yml`,
        `info:\n  name: ${called}\n  type: http\n  seq: ${index + 1}\n\nhttp:\n  method: ${method}\n  url: "{{baseUrl}}${path}"\n${method === 'POST' ? bodyOf(called) : headers}`,
      ),
    )
  }
  put(
    'Ship it.yml',
    'info:\n  name: Ship it\n  type: grpc\n\ngrpc:\n  url: grpcs://ship.example.com\n  method: /ship.Ship/It\n',
  )
  put(
    'Live events.yml',
    'info:\n  name: Live events\n  type: websocket\n\nwebsocket:\n  url: wss://live.example.com\n',
  )
  put(
    'Sign in.yml',
    `info:\n  name: Sign in\n  type: http\n\nhttp:\n  method: POST\n  url: "{{baseUrl}}/sessions"\n  auth:\n    type: ntlm\n    username: shop\n`,
  )
  put('Health.yml', 'info:\n  name: Health\n  type: http\nhttp:\n  method: GET\n  url: "{{baseUrl}}/health\n')
  rememberCollection(home, folder)
  return folder
}

const headers = '  headers:\n    - name: Accept\n      value: application/json\n'

function bodyOf(name: string): string {
  return `${headers}    - name: Idempotency-Key\n      value: "{{key}}"\n  body:\n    type: json\n    data: |-\n      {\n        "note": ${JSON.stringify(name)},\n        "items": [{ "sku": "A-100", "count": 2 }]\n      }\n`
}
