import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'playwright/test'
import { channelNames } from '@calls/channels'
import { startGatehouse, type Gatehouse } from '../support/gatehouse.ts'
import { makeHome, type Home } from '../support/home.ts'

// What a page that was taken over could do: nothing here relies on the page's own code.

let home: Home
let gatehouse: Gatehouse
let server: Server
let origin: string
let seen: string[]

test.beforeAll(async () => {
  seen = []
  server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`)
    response.setHeader('Access-Control-Allow-Origin', '*').end('reached')
  })
  server.on('upgrade', (request, socket) => {
    seen.push(`upgrade ${request.url}`)
    socket.destroy()
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  home = await makeHome('recorder')
  gatehouse = await startGatehouse(home)
})

test.afterAll(async () => {
  await gatehouse?.close()
  server?.close()
  await home?.remove()
})

test('the window stays on its page', async () => {
  const { page } = gatehouse
  const address = page.url()
  await page.evaluate((target) => {
    location.href = target
    location.assign('app://gatehouse/other.html')
    const link = Object.assign(document.createElement('a'), { href: target, target: '_top' })
    document.body.append(link)
    link.click()
    link.remove()
  }, `${origin}/navigated`)
  // A form would be sent by now as well.
  await page.evaluate((target) => {
    const form = Object.assign(document.createElement('form'), { action: target, method: 'post' })
    document.body.append(form)
    form.submit()
    form.remove()
  }, `${origin}/form`)
  // Two pictures later a navigation would be under way.
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(null)))),
  )
  expect(await page.evaluate(() => document.getElementById('root') !== null)).toBe(true)
  expect(page.url()).toBe(address)
  expect(seen).toEqual([])
})

test('no second window opens, and none of its kinds', async () => {
  const { page } = gatehouse
  const opened = await page.evaluate(
    (target) =>
      [
        window.open(target),
        window.open('about:blank'),
        window.open('app://gatehouse/index.html', '_blank', 'nodeIntegration=yes'),
      ].map((each) => each === null),
    `${origin}/window`,
  )
  expect(opened).toEqual([true, true, true])
  expect(page.context().pages()).toHaveLength(1)
  expect(seen).toEqual([])
})

test('the page reaches no network', async () => {
  const outcome = await gatehouse.page.evaluate(async (target) => {
    const tried = (run: () => Promise<unknown>): Promise<string> =>
      run().then(
        () => 'reached',
        () => 'refused',
      )
    const event = (element: EventTarget, good: string): Promise<unknown> =>
      new Promise((done, refuse) => {
        element.addEventListener(good, done)
        element.addEventListener('error', refuse)
      })
    const image = (src: string) => () => event(Object.assign(new Image(), { src }), 'load')
    const style = Object.assign(document.createElement('link'), {
      rel: 'stylesheet',
      href: `${target}/style.css`,
    })
    return {
      fetch: await tried(() => fetch(`${target}/fetch`)),
      blind: await tried(() => fetch(`${target}/blind`, { mode: 'no-cors' })),
      image: await tried(image(`${target}/image.png`)),
      data: await tried(image('data:image/gif;base64,R0lGODlhAQABAAAAACw=')),
      socket: await tried(() => event(new WebSocket(target.replace('http', 'ws')), 'open')),
      stream: await tried(() => event(new EventSource(`${target}/events`), 'open')),
      style: await tried(() => {
        const loaded = event(style, 'load')
        document.head.append(style)
        return loaded
      }),
      font: await tried(() => new FontFace('stolen', `url(${target}/font.woff2)`).load()),
      worker: await tried(async () => {
        const worker = new Worker(`${target}/worker.js`)
        await event(worker, 'message')
      }),
      file: await tried(() => fetch('file:///etc/passwd')),
    }
  }, origin)
  expect([...new Set(Object.values(outcome))]).toEqual(['refused'])
  // A beacon answers nothing: the server says whether it came.
  await gatehouse.page.evaluate((target) => navigator.sendBeacon(`${target}/beacon`, 'secret'), origin)
  expect(await fetch(`${origin}/proof`).then((answer) => answer.text())).toBe('reached')
  expect(seen).toEqual(['GET /proof'])
  seen.length = 0
})

test('no code comes from text', async () => {
  const outcome = await gatehouse.page.evaluate(async () => {
    // DevTools lifts the rules for the turn in which it evaluates, and for that turn only.
    await new Promise((done) => setTimeout(done))
    const tried = (run: () => unknown): string => {
      try {
        return String(run())
      } catch (error) {
        return error instanceof Error ? error.name : 'thrown'
      }
    }
    const marked = globalThis as { ran?: boolean }
    const text = 'globalThis.ran = true'
    return {
      // What must not work has to be tried.
      // oxlint-disable-next-line no-eval
      eval: tried(() => (0, eval)('1 + 1')),
      function: tried(() => new Function('return 2')()),
      html: tried(() => {
        document.body.insertAdjacentHTML('beforeend', `<img src=x onerror="${text}">`)
      }),
      markup: tried(() => {
        document.createElement('div').innerHTML = '<b>x</b>'
      }),
      script: tried(() => {
        const script = document.createElement('script')
        script.text = text
        document.head.append(script)
      }),
      handler: tried(() => {
        const button = document.createElement('button')
        button.setAttribute('onclick', text)
        button.click()
        return marked.ran
      }),
      ran: marked.ran ?? false,
    }
  })
  expect(outcome).toEqual({
    eval: 'EvalError',
    function: 'EvalError',
    html: 'TypeError',
    markup: 'TypeError',
    script: 'TypeError',
    handler: expect.stringMatching(/TypeError|undefined/),
    ran: false,
  })
})

test('the page has the bridge and nothing of Node or Electron', async () => {
  const outcome = await gatehouse.page.evaluate(() => {
    const { bridge } = window as unknown as { bridge: { call: Record<string, unknown>; on: unknown } }
    const before = bridge.call['accounts:list']
    const attempt = (run: () => void): void => {
      try {
        run()
      } catch {
        // Refused aloud is as good.
      }
    }
    attempt(() => (bridge.call['accounts:list'] = () => 'taken over'))
    attempt(() => (bridge.call['extra'] = () => 'added'))
    attempt(() => ((window as { bridge?: unknown }).bridge = {}))
    attempt(() => delete (window as { bridge?: unknown }).bridge)
    const after = (window as unknown as { bridge: typeof bridge }).bridge
    return {
      members: Object.keys(after).sort(),
      calls: Object.keys(after.call),
      kept: after === bridge && after.call['accounts:list'] === before,
      frozen: Object.isFrozen(after) && Object.isFrozen(after.call),
      globals: [
        'require',
        'process',
        'module',
        'Buffer',
        'global',
        'electron',
        'ipcRenderer',
        '__dirname',
      ].filter((name) => name in window),
    }
  })
  expect(outcome.members).toEqual(['call', 'on'])
  expect([...outcome.calls].sort()).toEqual([...channelNames].sort())
  expect(outcome).toMatchObject({ kept: true, frozen: true, globals: [] })
})

test('a push that is not in the contract cannot be listened to', async () => {
  const outcome = await gatehouse.page.evaluate(() => {
    const { bridge } = window as unknown as {
      bridge: { on: (name: string, listener: () => void) => unknown }
    }
    return ['secret', '__proto__', 'ELECTRON_BROWSER_EVENT'].map((name) => {
      try {
        bridge.on(name, () => undefined)
        return 'listens'
      } catch {
        return 'refused'
      }
    })
  })
  expect(outcome).toEqual(['refused', 'refused', 'refused'])
})

test('a frame within the page gets neither content nor a bridge', async () => {
  const outcome = await gatehouse.page.evaluate(async (target) => {
    const sources = ['', 'about:blank', 'app://gatehouse/index.html', 'data:text/html,<p>x</p>', target]
    const found: string[] = []
    for (const source of sources) {
      const frame = document.createElement('iframe')
      const loaded = new Promise((done) => frame.addEventListener('load', done))
      if (source) frame.src = source
      document.body.append(frame)
      await loaded
      try {
        const inner = frame.contentWindow
        const root = frame.contentDocument?.getElementById('root')
        found.push(inner && 'bridge' in inner ? 'bridge' : root ? 'content' : 'nothing')
      } catch {
        found.push('out of reach')
      }
      frame.remove()
    }
    return found
  }, `${origin}/frame`)
  for (const each of outcome) expect(['nothing', 'out of reach']).toContain(each)
  expect(outcome).toHaveLength(5)
  expect(seen).toEqual([])
})

test('every permission is denied', async () => {
  const outcome = await gatehouse.page.evaluate(async () => {
    const names = [
      'camera',
      'microphone',
      'geolocation',
      'notifications',
      'midi',
      'clipboard-read',
      'storage-access',
    ]
    const states = await Promise.all(
      names.map((name) =>
        navigator.permissions.query({ name: name as PermissionName }).then(
          ({ state }) => state,
          () => 'unknown',
        ),
      ),
    )
    const tried = (run: () => Promise<unknown>): Promise<string> =>
      Promise.resolve()
        .then(run)
        .then(
          () => 'granted',
          () => 'refused',
        )
    const devices = navigator as unknown as Record<
      string,
      { requestDevice?: (options: object) => Promise<unknown> }
    >
    return {
      states: states.filter((state) => state === 'granted' || state === 'prompt'),
      camera: await tried(() => navigator.mediaDevices.getUserMedia({ video: true, audio: true })),
      screen: await tried(() => navigator.mediaDevices.getDisplayMedia({ video: true })),
      clipboard: await tried(() => navigator.clipboard.readText()),
      usb: await tried(async () => {
        const usb = devices['usb']
        if (!usb?.requestDevice) throw new Error('absent')
        await usb.requestDevice({ filters: [] })
      }),
      notifications: Notification.permission,
    }
  })
  expect(outcome).toEqual({
    states: [],
    camera: 'refused',
    screen: 'refused',
    clipboard: 'refused',
    usb: 'refused',
    notifications: 'denied',
  })
})

test('the page comes with its rules', async () => {
  const answer = await gatehouse.page.evaluate(async () => {
    const response = await fetch('app://gatehouse/index.html')
    return { headers: Object.fromEntries(response.headers), text: await response.text() }
  })
  const policy = answer.headers['content-security-policy'] ?? ''
  expect(policy.split('; ')).toEqual([
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    'frame-src app://gatehouse/drawn/',
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types gatehouse-worker',
  ])
  expect(answer.headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
  })
})

test('only the built files are served', async () => {
  const answers = await gatehouse.page.evaluate(async () => {
    const paths = [
      'app://gatehouse/../main/index.cjs',
      'app://gatehouse/%2e%2e/main/index.cjs',
      'app://gatehouse/..%2fmain%2findex.js',
      'app://gatehouse/%2fetc%2fpasswd',
      'app://gatehouse/assets/..%5c..%5cmain%5cindex.js',
      'app://gatehouse/%00.html',
      'app://gatehouse/%',
      'app://other/index.html',
    ]
    const status = (path: string): Promise<number | string> =>
      fetch(path).then(
        (response) => response.status,
        () => 'refused',
      )
    return Promise.all([
      ...paths.map(status),
      fetch('app://gatehouse/index.html', { method: 'POST' }).then(
        (r) => r.status,
        () => 'refused',
      ),
    ])
  })
  for (const answer of answers) expect([404, 'refused']).toContain(answer)
})
