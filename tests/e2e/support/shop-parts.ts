/** What the collection says for all of its requests. */
export const shopRoot = `opencollection: "1.0.0"
info:
  name: Shop API
request:
  headers:
    - name: Accept
      value: application/json
    - name: X-Client
      value: gatehouse
  auth:
    type: bearer
    token: "{{serviceToken}}"
  variables:
    - name: baseUrl
      value: https://shop.example.com
    - name: key
      value: "{{$uuid}}"
    - name: serviceToken
      value: local-service
    - name: customerId
      value: C-2041
    - name: orderId
      value: A-10017
    - name: paymentId
      value: P-7781
    - name: sku
      value: MUG-0421
    - name: webhookId
      value: W-12
`

/** The environments of the collection by name of the file. */
export const shopEnvironments = (origin: string): Record<string, string> => ({
  Local: `name: Local\nvariables:\n  - name: baseUrl\n    value: ${origin}\n  - name: region\n    value: eu-central-1\n`,
  Staging:
    'name: Staging\nvariables:\n  - name: baseUrl\n    value: https://staging.shop.example.com\n  - name: region\n    value: eu-central-1\n  - secret: true\n    name: serviceToken\n',
  Production:
    'name: Production\nvariables:\n  - name: baseUrl\n    value: https://shop.example.com\n  - secret: true\n    name: serviceToken\n',
})

/** Files at the top: two that Gatehouse does not send, one whose auth it does not, a page, and a broken one. */
export const strangers: Record<string, string> = {
  'Ship it':
    'info:\n  name: Ship it\n  type: grpc\n\ngrpc:\n  url: grpcs://ship.example.com\n  method: /ship.Ship/It\n',
  'Live events':
    'info:\n  name: Live events\n  type: websocket\n\nwebsocket:\n  url: wss://live.example.com\n',
  'Sign in':
    'info:\n  name: Sign in\n  type: http\n\nhttp:\n  method: POST\n  url: "{{baseUrl}}/sessions"\n  auth:\n    type: ntlm\n    username: shop\n',
  'Status page':
    'info:\n  name: Status page\n  type: http\nhttp:\n  method: GET\n  url: "{{baseUrl}}/status"\n',
  'Rotate the keys':
    'info:\n  name: Rotate the keys\n  type: http\nhttp:\n  method: POST\n  url: "{{baseUrl}}/admin/keys\n  headers:\n    - name: Accept\n',
}

/** What a request's file says beside its head, as text. */
interface Parts {
  info?: string
  http: string
  rest?: string
}

const accept = '  auth: inherit\n  headers:\n    - name: Accept\n      value: application/json\n'
const keyed = `${accept}    - name: Idempotency-Key\n      value: "{{key}}"\n`
const smoke = '  tags:\n    - smoke\n'
const check = (expression: string, operator: string, value: string): string =>
  `    - expression: ${expression}\n      operator: ${operator}\n      value: "${value}"\n`
const checks = (...rows: string[]): string => `\nruntime:\n  assertions:\n${rows.join('')}`
const capture = (variable: string, expression: string): string =>
  `  actions:\n    - type: set-variable\n      phase: after-response\n      selector:\n        expression: ${expression}\n        method: jsonq\n      variable:\n        name: ${variable}\n        scope: runtime\n`
const json = (value: unknown): string =>
  `  body:\n    type: json\n    data: |-\n${JSON.stringify(value, null, 2).replace(/^/gm, '      ')}\n`
const row = (name: string, value: string, type = ''): string =>
  `    - name: ${name}\n      value: ${value}\n${type && `      type: ${type}\n`}`

const order = {
  customerId: '{{customerId}}',
  currency: 'EUR',
  items: [
    { sku: 'MUG-0421', count: 2, price: 12.5, gift: { wrapped: true, note: 'Happy birthday, Ada!' } },
    { sku: 'TEE-1130-L', count: 1, price: 24.9 },
  ],
  delivery: {
    name: 'Ada Lovelace',
    street: 'Rua das Flores 17, 3.º Esq.',
    zip: '1200-192',
    city: 'Lisbon',
    country: 'PT',
  },
  notify: ['email', 'sms'],
}

const special: Record<string, Parts> = {
  'List customers': {
    info: smoke,
    http: `  params:\n${row('page', '"1"', 'query')}${row('limit', '"50"', 'query')}${row('country', 'PT', 'query')}${row('sort', 'name', 'query')}      disabled: true\n${accept}`,
    rest: checks(
      check('res.status', 'eq', '200'),
      check('res.body.total', 'gt', '0'),
      check('res.responseTime', 'lt', '800'),
    ),
  },
  'Get a customer': { info: smoke, http: `  params:\n${row('customerId', 'C-2041', 'path')}${accept}` },
  'List orders': {
    info: '  tags:\n    - smoke\n    - nightly\n',
    http: `  params:\n${row('status', 'open', 'query')}${row('limit', '"40"', 'query')}${accept}`,
    rest:
      checks(
        check('res.status', 'eq', '200'),
        check('res.body.orders[0].currency', 'eq', 'EUR'),
        check('res.body.total', 'lt', '100'),
      ) + capture('orderId', 'res.body.orders[0].id'),
  },
  'Get an order': {
    http: accept,
    rest: checks(check('res.status', 'eq', '200'), check('res.body.id', 'eq', '{{orderId}}')),
  },
  'Place an order': {
    info: smoke,
    http: keyed + json(order),
    rest: `${checks(check('res.status', 'eq', '201'), check('res.headers["location"]', 'startsWith', '/orders/'))}${capture('orderId', 'res.body.id')}\nsettings:\n  timeout: 20000\n  followRedirects: false\n`,
  },
  'Search orders': {
    http: `${accept}  body:\n    query: |-\n      query Search($text: String!, $first: Int) {\n        orders(text: $text, first: $first) {\n          id\n          placedAt\n          customer { name country }\n          total { amount currency }\n        }\n      }\n    variables: |-\n      { "text": "mug", "first": 20 }\n`,
  },
  'Authorize a payment': {
    http: `${keyed}  body:\n    type: form-urlencoded\n    data:\n${row('order', '"{{orderId}}"')}${row('amount', '"49.90"')}${row('currency', 'EUR')}${row('method', 'card')}${row('return_url', 'https://shop.example.com/checkout/return?step=3')}`,
  },
  'Add a product': {
    http: `${accept}  body:\n    type: multipart-form\n    data:\n${row('name', 'Mug “Gatehouse”', 'text')}${row('price', '"12.50"', 'text')}${row('specification', `'{"ml": 330, "dishwasher": true}'`, 'text')}      contentType: application/json\n    - name: photo\n      type: file\n      value:\n        - mug-front.jpg\n        - mug-back.jpg\n`,
  },
  'Replace a product': {
    http: `  body:\n    type: xml\n    data: |-\n      <?xml version="1.0" encoding="UTF-8"?>\n      <product sku="MUG-0421" xmlns="urn:shop:catalogue">\n        <name xml:lang="en">Mug “Gatehouse”</name>\n        <price currency="EUR">12.50</price>\n        <stock warehouse="LIS-1">210</stock>\n      </product>\n`,
  },
  'Replace the photo': {
    http: '  body:\n    type: file\n    data:\n      - filePath: mug-front.jpg\n        contentType: image/jpeg\n        selected: true\n',
  },
  'Follow the audit log': { http: accept.replace('application/json', 'text/event-stream') },
  'All users': {
    http: accept.replace('inherit', 'none'),
    rest: checks(check('res.status', 'eq', '200')),
  },
}

/** The parts of a request's file. */
export function partsOf(called: string, method: string): Parts {
  return (
    special[called] ?? {
      http: method === 'POST' ? keyed + json({ note: called }) : accept,
      rest: checks(check('res.status', 'lt', '300')),
    }
  )
}
