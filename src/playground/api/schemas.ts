/** JSON Schemas of what the API takes and gives; they validate, and are in the OpenAPI document. */

const order = {
  type: 'object',
  required: ['id', 'item', 'quantity', 'note', 'status', 'createdAt'],
  properties: {
    id: { type: 'string', format: 'uuid' },
    item: { type: 'string' },
    quantity: { type: 'integer' },
    note: { type: ['string', 'null'] },
    status: { type: 'string', enum: ['open', 'shipped'] },
    createdAt: { type: 'string', format: 'date-time' },
  },
} as const

const user = {
  type: 'object',
  required: ['id', 'username', 'name', 'email', 'roles'],
  properties: {
    id: { type: 'string' },
    username: { type: 'string' },
    name: { type: 'string' },
    email: { type: 'string', format: 'email' },
    roles: { type: 'array', items: { type: 'string' } },
  },
} as const

const problem = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'detail'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string' },
    detail: { type: 'string' },
    instance: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'detail'],
        properties: { pointer: { type: 'string' }, detail: { type: 'string' } },
      },
    },
  },
} as const

const orderId = {
  type: 'object',
  required: ['id'],
  properties: { id: { type: 'string', format: 'uuid' } },
} as const

const pageQuery = {
  type: 'object',
  properties: {
    limit: { type: 'integer', minimum: 1, maximum: 100, default: 20, description: 'How many orders at most' },
    after: { type: 'string', format: 'uuid', description: 'The id of the last order of the page before' },
  },
} as const

const newOrder = {
  type: 'object',
  additionalProperties: false,
  required: ['item', 'quantity'],
  properties: {
    item: { type: 'string', minLength: 1, maxLength: 100, pattern: '\\S' },
    quantity: { type: 'integer', minimum: 1, maximum: 1000 },
    note: { type: 'string', maxLength: 500 },
  },
  examples: [{ item: 'Desk lamp', quantity: 1, note: 'Ring twice' }],
} as const

const orderPage = {
  type: 'object',
  required: ['orders', 'next'],
  properties: {
    orders: { type: 'array', items: order },
    next: { type: ['string', 'null'], description: 'What to send as `after` for the next page' },
  },
} as const

const userList = {
  type: 'object',
  required: ['users'],
  properties: { users: { type: 'array', items: user } },
} as const

export const schemas = { order, user, problem, orderId, pageQuery, newOrder, orderPage, userList }

/** The refusals that an operation can answer with, for its `response`. */
export function refusals(...statuses: (400 | 401 | 403 | 404 | 413 | 415 | 429)[]) {
  const described = {
    400: 'The request is not valid',
    401: 'No access token, or one that is not accepted',
    403: 'The access token lacks a scope',
    404: 'There is no such resource',
    413: 'The body is too large',
    415: 'The body is not JSON',
    429: 'Too many requests',
  }
  return Object.fromEntries(statuses.map((status) => [status, problemAnswer(described[status])]))
}

function problemAnswer(description: string) {
  return {
    description,
    content: { 'application/problem+json': { schema: problem } },
  }
}
