// @ts-check
import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { pssOf } from '../../lib/process-tree.mjs'

/**
 * So many requests a second for so long, each at its time whether those before it were answered or not: in turn a token
 * by client credentials, the API called with the newest one, introspection, the key set and discovery.
 * @param {{ issuer: string, api: string, pid: number, perSecond: number, seconds: number, client: string }} options
 */
export async function load({ issuer, api, pid, perSecond, seconds, client }) {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  const authorization = `Basic ${Buffer.from(client).toString('base64')}`
  let token = ''
  /** @type {number[]} */
  const times = []
  /** @type {Map<string, number>} */
  const errors = new Map()
  /** @type {number[]} */
  const memory = []

  /** @param {string} url @param {string} [form] @param {string} [bearer] @returns {Promise<string>} */
  function ask(url, form, bearer) {
    return new Promise((resolve, reject) => {
      const sent = request(
        url,
        {
          agent,
          method: form === undefined ? 'GET' : 'POST',
          headers: {
            ...(form === undefined
              ? {}
              : { authorization, 'content-type': 'application/x-www-form-urlencoded' }),
            ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
          },
        },
        (answer) => {
          let text = ''
          answer.setEncoding('utf8').on('data', (/** @type {string} */ piece) => (text += piece))
          answer.on('error', reject)
          answer.on('end', () =>
            answer.statusCode === 200 ? resolve(text) : reject(new Error(`${answer.statusCode} of ${url}`)),
          )
        },
      )
      sent.on('error', reject)
      sent.end(form)
    })
  }

  async function newToken() {
    const text = await ask(`${issuer}/token`, 'grant_type=client_credentials&scope=orders:read')
    token = JSON.parse(text).access_token
  }
  const kinds = [
    newToken,
    () => ask(`${api}/orders?limit=5`, undefined, token),
    () => ask(`${issuer}/token/introspection`, `token=${token}`),
    () => ask(`${issuer}/jwks.json`),
    () => ask(`${issuer}/.well-known/openid-configuration`),
  ]

  /** @param {number} number */
  async function one(number) {
    const from = performance.now()
    try {
      await kinds[number % kinds.length]?.()
      times.push(performance.now() - from)
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error)
      errors.set(text, (errors.get(text) ?? 0) + 1)
    }
  }

  await newToken()
  const from = performance.now()
  /** @type {Promise<void>[]} */
  const underWay = []
  let number = 0
  for (let second = 0; second < seconds; second += 1) {
    for (let at = 0; at < perSecond; at += 1) {
      const due = from + (number * 1000) / perSecond
      const wait = due - performance.now()
      if (wait > 1) await sleep(wait)
      underWay.push(one(number))
      number += 1
    }
    memory.push(pssOf(pid))
  }
  const tookSeconds = (performance.now() - from) / 1000
  await Promise.all(underWay)
  agent.destroy()
  return { count: number, tookSeconds, times, errors: Object.fromEntries(errors), memory }
}
