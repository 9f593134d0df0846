// @ts-check
import { setTimeout as sleep } from 'node:timers/promises'

/** The little of Chromium's DevTools protocol that measurements need, without a test library's weight. */

/**
 * @typedef {{ send: (method: string, params?: object) => Promise<any>, close: () => void }} Session
 * @param {string} url websocket of a page @returns {Promise<Session>}
 */
export async function openSession(url) {
  const socket = new WebSocket(url)
  /** @type {Map<number, { done: (value: any) => void, refuse: (error: Error) => void }>} */
  const waiting = new Map()
  let last = 0
  socket.addEventListener('message', ({ data }) => {
    const { id, result, error } = JSON.parse(String(data))
    const call = waiting.get(id)
    waiting.delete(id)
    if (error) call?.refuse(new Error(error.message))
    else call?.done(result)
  })
  socket.addEventListener('close', () =>
    waiting.forEach(({ refuse }) => refuse(new Error('The page has gone.'))),
  )
  await new Promise((done, refuse) => {
    socket.addEventListener('open', done, { once: true })
    socket.addEventListener('error', () => refuse(new Error(`No connection to ${url}`)), { once: true })
  })
  return {
    send: (method, params = {}) =>
      new Promise((done, refuse) => {
        last += 1
        waiting.set(last, { done, refuse })
        socket.send(JSON.stringify({ id: last, method, params }))
      }),
    close: () => socket.close(),
  }
}

/**
 * An expression's value in the page; promises are awaited. Where a navigation takes the page away from
 * under it, the new page is asked.
 * @param {Session} session
 * @param {string} expression
 * @returns {Promise<any>}
 */
export async function evaluate(session, expression) {
  const params = { expression, awaitPromise: true, returnByValue: true }
  try {
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', params)
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
    return result.value
  } catch (error) {
    if (
      !/context was destroyed|Cannot find (default execution )?context|navigated or closed/.test(
        String(error),
      )
    )
      throw error
    await sleep(10)
    return evaluate(session, expression)
  }
}

/** What is asked of one page again and again. @param {Session} session */
export function pageOf(session) {
  /** @param {string} expression */
  const inPage = (expression) => evaluate(session, expression)
  /** @param {string} expression waits until it is true in the page */
  const until = (expression) =>
    inPage(`new Promise((done, refuse) => {
      const end = performance.now() + 20000
      const look = () => (${expression}) ? done(true)
        : performance.now() > end ? refuse(new Error(${JSON.stringify(`never: ${expression}`)})) : setTimeout(look, 20)
      look()
    })`)
  return { inPage, until }
}
