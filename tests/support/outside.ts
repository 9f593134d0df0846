import { execFileSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'

/** Numbers that seem to be random and are the same each time. */
export function numbers(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

export type Pick = ReturnType<typeof numbers>

/** What all files of a folder say, by their paths; what git keeps for itself is left out. */
export function textsIn(folder: string): Map<string, string> {
  const texts = new Map<string, string>()
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (path === '.git' || path.startsWith('.git/')) continue
    const place = join(folder, path)
    if (statSync(place).isFile()) texts.set(path, readFileSync(place, 'utf8'))
  }
  return texts
}

/** A script that changes a collection from outside, as editors, file managers and git do. */
export function createOutside(folder: string, pick: Pick) {
  let count = 0
  const at = (path: string): string => join(folder, path)
  const one = <T>(list: readonly T[]): T | undefined => list[pick(list.length)]
  const files = (): string[] =>
    [...textsIn(folder).keys()].filter((path) => path.endsWith('.yml') && path !== 'opencollection.yml')
  const folders = (): string[] => ['', 'a', 'b', 'a/in'].filter((path) => existsSync(at(path)))
  const git = (...args: string[]): string =>
    execFileSync('git', ['-C', folder, '-c', 'user.name=a', '-c', 'user.email=a@b', ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
  /** One that says which version it is. */
  function fresh(): string {
    count += 1
    return `info:\n  name: n${count}\n  type: http\n  seq: ${pick(9)}\nhttp:\n  method: GET\n  url: https://theirs.example/${count}\n# v${count}\n`
  }
  function put(path: string, text: string): void {
    mkdirSync(dirname(at(path)), { recursive: true })
    writeFileSync(at(path), text)
  }
  /** As editors save: a file beside it takes the name. */
  function replace(path: string, text: string): void {
    put('.draft.swp', text)
    mkdirSync(dirname(at(path)), { recursive: true })
    renameSync(at('.draft.swp'), at(path))
  }
  const acts = [
    () => put(`${one(['', 'a/', 'b/', 'a/in/']) ?? ''}f${pick(6)}.yml`, fresh()),
    () => put(one(files()) ?? 'f0.yml', fresh()),
    () => replace(one(files()) ?? 'f0.yml', fresh()),
    () => {
      const path = one(files())
      if (path !== undefined) put(path, `${readFileSync(at(path), 'utf8')}# more ${(count += 1)}\n`)
    },
    () => {
      const path = one(files())
      if (path !== undefined) put(path, readFileSync(at(path), 'utf8').slice(0, pick(90)))
    },
    () => {
      const path = one(files())
      if (path !== undefined) rmSync(at(path))
    },
    () => {
      const [path, to] = [one(files()), `${one(folders()) ?? ''}/f${pick(6)}.yml`.replace(/^\//, '')]
      if (path !== undefined) renameSync(at(path), at(to))
    },
    () => {
      const name = one(['a', 'b', 'a/in'].filter((path) => existsSync(at(path))))
      if (name !== undefined && pick(3) === 0) rmSync(at(name), { recursive: true })
    },
    () => {
      if (existsSync(at('a')) && !existsSync(at('b'))) renameSync(at('a'), at('b'))
    },
    () => {
      git('add', '-A')
      git('commit', '-q', '--allow-empty', '-m', String((count += 1)))
    },
    // What is not committed is given up by whoever checks out with force: that is theirs to lose.
    () => git('checkout', '-q', '-f', `HEAD~${pick(4)}`),
    () => git('checkout', '-q', '-f', 'main'),
    () => git('stash', '-q', '-u'),
    // Another clone in its place.
    () => {
      renameSync(folder, `${folder}-away`)
      if (pick(2) === 0) cpSync(`${folder}-away`, folder, { recursive: true })
      else renameSync(`${folder}-away`, folder)
      rmSync(`${folder}-away`, { recursive: true, force: true })
    },
  ]
  /** What git refuses, or is not there for, is not done. */
  function tried(act: (() => void) | undefined): void {
    try {
      act?.()
    } catch {
      // Said above.
    }
  }
  tried(() => git('init', '-q', '-b', 'main'))
  for (let each = 0; each < 6; each += 1) {
    put(`${one(['', 'a/', 'b/', 'a/in/']) ?? ''}f${each}.yml`, fresh())
    tried(() => {
      git('add', '-A')
      git('commit', '-q', '-m', String(each))
    })
  }
  return {
    act: (): void => tried(one(acts)),
  }
}
