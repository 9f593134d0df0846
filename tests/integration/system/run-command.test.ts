import { afterEach, describe, expect, it, vi } from 'vitest'
import { runCommand } from '../../../src/node/computer/run-command.ts'

const node = process.execPath
const code = (text: string, ...parts: string[]) => [node, '-e', text, ...parts]

afterEach(() => vi.unstubAllEnvs())

describe('a command that is run for a value', () => {
  it('answers what it says, without a shell', async () => {
    const text = 'process.stdout.write(process.argv.slice(1).join("|") + "\\n")'
    expect(await runCommand(code(text, '$(id)', '; ls', '"*'))).toEqual({ ok: true, value: '$(id)|; ls|"*' })
  })
  it('runs where there is no home folder', async () => {
    vi.stubEnv('HOME', '/no/such/home')
    vi.stubEnv('USERPROFILE', 'C:\\no\\such\\home')
    expect(await runCommand(code('process.stdout.write("here")'))).toEqual({ ok: true, value: 'here' })
  })
  it('ends in time and within its size, whatever it does', async () => {
    expect(await runCommand(code('setInterval(() => {}, 1e6)'), { time: 300 })).toMatchObject({
      error: { code: 'command_failed', message: expect.stringContaining('took too long') },
    })
    expect(await runCommand(code('process.stdout.write("x".repeat(200_000))'))).toMatchObject({
      error: { message: expect.stringContaining('more than 64 KB') },
    })
    // It waits for no one who would type.
    expect(await runCommand(code('process.stdin.resume().on("end", () => process.exit(3))'))).toMatchObject({
      error: { message: expect.stringContaining('ended with code 3') },
    })
  })
  it('is found by its name or its whole path alone', async () => {
    for (const program of ['./get.sh', 'bin/get', '..\\x', ''])
      expect(await runCommand([program])).toMatchObject({ error: { code: 'command_refused' } })
    expect(await runCommand(['no-such-program-here'])).toMatchObject({
      error: { message: expect.stringContaining('was not found') },
    })
  })
})
