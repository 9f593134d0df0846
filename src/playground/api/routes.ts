import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { NewOrder, OrderStore } from '../storage/orders.ts'
import type { PlaygroundUser, UserStore } from '../storage/users.ts'
import { sendProblem } from './problem.ts'
import { refusals, schemas } from './schemas.ts'
import type { Caller } from './verify-token.ts'

export type RouteOptions = {
  users: UserStore
  orders: OrderStore
  callerOf: (request: FastifyRequest) => Caller
}

/** The resources of the protected API. */
export function addRoutes(app: FastifyInstance, { users, orders, callerOf }: RouteOptions): void {
  const ok = (schema: object, description: string) => ({ description, ...schema })

  app.get(
    '/profile',
    {
      config: { scopes: ['profile'] },
      schema: {
        operationId: 'getProfile',
        summary: 'Who is calling',
        tags: ['profile'],
        ...deps('profile'),
        response: {
          200: ok(schemas.user, 'The user behind the access token'),
          ...refusals(401, 403, 404, 429),
        },
      },
    },
    async (request, reply) => {
      const user = users.findById(callerOf(request).subject)
      if (!user)
        return sendProblem(reply, {
          status: 404,
          code: 'no_user',
          detail: 'This access token belongs to no user',
        })
      return publicUser(user)
    },
  )

  app.get<{ Querystring: { limit: number; after?: string } }>(
    '/orders',
    {
      config: { scopes: ['orders:read'] },
      schema: {
        operationId: 'listOrders',
        summary: 'Your orders, newest first',
        tags: ['orders'],
        ...deps('orders:read'),
        querystring: schemas.pageQuery,
        response: { 200: ok(schemas.orderPage, 'A page of orders'), ...refusals(400, 401, 403, 429) },
      },
    },
    async (request, reply) => {
      const { limit, after } = request.query
      const page = orders.page(callerOf(request).subject, limit, after)
      if (page) return page
      const errors = [{ pointer: '#/query/after', detail: 'is not one of your orders' }]
      return sendProblem(reply, {
        status: 400,
        code: 'validation',
        detail: 'The request is not valid',
        errors,
      })
    },
  )

  app.get<{ Params: { id: string } }>(
    '/orders/:id',
    {
      config: { scopes: ['orders:read'] },
      schema: {
        operationId: 'getOrder',
        summary: 'One of your orders',
        tags: ['orders'],
        ...deps('orders:read'),
        params: schemas.orderId,
        response: { 200: ok(schemas.order, 'The order'), ...refusals(400, 401, 403, 404, 429) },
      },
    },
    async (request, reply) => {
      const order = orders.find(callerOf(request).subject, request.params.id)
      return (
        order ??
        sendProblem(reply, { status: 404, code: 'no_order', detail: 'You have no order with this id' })
      )
    },
  )

  app.post<{ Body: NewOrder }>(
    '/orders',
    {
      config: { scopes: ['orders:write'] },
      schema: {
        operationId: 'createOrder',
        summary: 'Create an order',
        tags: ['orders'],
        ...deps('orders:write'),
        body: schemas.newOrder,
        response: { 201: ok(schemas.order, 'The new order'), ...refusals(400, 401, 403, 413, 415, 429) },
      },
    },
    async (request, reply) => {
      const order = orders.create(callerOf(request).subject, request.body)
      return reply.code(201).header('Location', `/orders/${order.id}`).send(order)
    },
  )

  app.get(
    '/admin/users',
    {
      config: { scopes: ['admin'] },
      schema: {
        operationId: 'listUsers',
        summary: 'Every user of the Playground',
        tags: ['admin'],
        ...deps('admin'),
        response: { 200: ok(schemas.userList, 'The users'), ...refusals(401, 403, 429) },
      },
    },
    async () => ({ users: users.list().map(publicUser) }),
  )
}

/** The security requirement of an operation that needs these scopes, by either scheme. */
function deps(...scopes: string[]): { security: Record<string, string[]>[] } {
  return {
    security: [{ oauth2: scopes }, { openIdConnect: scopes }],
  }
}

function publicUser({ id, username, name, email, roles }: PlaygroundUser) {
  return {
    id,
    username,
    name,
    email,
    roles,
  }
}
