const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const one = `${part({ alg: 'RS256', kid: '1' })}.${part({ sub: 'alice', exp: 4_000_000_000 })}.${'c2ln'.repeat(20)}`
const lines = one.match(/.{1,40}/g) ?? []
const inBase64 = btoa(one)
const bytes = [...Buffer.from(one)]

/** Ways in which a token gets into a text, beside the usual ones, and the token that is in each. */
export const ways: { one: string; all: [how: string, text: string][] } = {
  one,
  all: [
    ['after BEARER in capitals', `BEARER ${one}`],
    ['after Token', `Token ${one}`],
    ['after JWT', `JWT ${one}`],
    ['in a header of its own', `X-Auth-Token: ${one}`],
    ['in a header whose value is quoted', `"authorization": "Bearer ${one}"`],
    ['in typographic quotation marks', `“${one}”`],
    ['in guillemets', `«${one}»`],
    ['with zero-width spaces in it', lines.join('\u200b')],
    ['with soft hyphens in it', lines.join('\u00ad')],
    ['with no-break spaces in it', lines.join('\u00a0')],
    ['with a byte order mark in it', lines.join('\ufeff')],
    ['as UTF-16 that was read as text', [...one].join('\0')],
    ['in the colours of a terminal', `\u001b[32m${one}\u001b[0m`],
    [
      'with its parts in colours of a terminal',
      one
        .split('.')
        .map((each, at) => `\u001b[3${at}m${each}`)
        .join('\u001b[0m.'),
    ],
    ['broken at its dots', one.replaceAll('.', '.\n')],
    ['broken before its dots', one.replaceAll('.', '\n.')],
    ['quoted as in a mail, the first line too', lines.map((line) => `> ${line}`).join('\n')],
    ['as added lines of a difference', lines.map((line) => `+${line}`).join('\n')],
    ['with continued lines of a shell', lines.join('\\\n')],
    ['as strings of Python in brackets', `token = (\n${lines.map((line) => `    "${line}"`).join('\n')}\n)`],
    ['as strings that are joined by dots', lines.map((line) => `'${line}'`).join(' .\n')],
    ['as strings that are joined by ampersands', lines.map((line) => `"${line}"`).join(' & _\n')],
    ['between lines like those of PEM', `-----BEGIN JWT-----\n${lines.join('\n')}\n-----END JWT-----`],
    ['in a data URL', `data:application/jwt,${one}`],
    ['in base64 in a data URL', `data:application/jwt;base64,${inBase64}`],
    ['in the path of a URL', `wss://a.example/socket/${one}/events`],
    ['as jwt.io takes it', `https://jwt.io/#debugger-io?token=${one}`],
    ['as jwt.ms takes it', `https://jwt.ms/#id_token=${one}`],
    ['percent-encoded twice', encodeURIComponent(encodeURIComponent(`{"token":"${one}"}`))],
    [
      'in JSON that is percent-encoded',
      `session=${encodeURIComponent(JSON.stringify({ access_token: one }))}`,
    ],
    ['in JSON with dots as \\u002e', `{"token":"${one.replaceAll('.', '\\u002e')}"}`],
    ['in a program with dots as \\x2e', `var t = '${one.replaceAll('.', '\\x2e')}'`],
    ['in an array of JSON', JSON.stringify([one])],
    ['in a dictionary of Python', `{'access_token': '${one}', 'expires_in': 3600}`],
    ['as bytes of Python', `b'${one}'`],
    ['as a Buffer of Node in JSON', JSON.stringify({ type: 'Buffer', data: bytes })],
    ['as bytes of Go', `[${bytes.join(' ')}]`],
    ['as bytes with commas', bytes.join(', ')],
    [
      'in hexadecimal pairs with colons',
      Buffer.from(one)
        .toString('hex')
        .replace(/..(?=.)/g, '$&:'),
    ],
    ['in hexadecimal digits with \\x', Buffer.from(one).toString('hex').replace(/../g, '\\x$&')],
    ['in base64 over several lines', (inBase64.match(/.{1,76}/g) ?? []).join('\n')],
    ['in base64url of JSON', part({ access_token: one })],
    ['in a HAR file', JSON.stringify({ name: 'authorization', value: `Bearer ${one}` })],
    ['in SQL', `INSERT INTO t VALUES (7, '${one}', now());`],
    ['in a variable of Windows', `set TOKEN=${one}`],
    ['before a colon', `${one}: expired`],
    ['before an exclamation mark', `invalid token ${one}!`],
    ['before an ellipsis', `got ${one}...`],
    ['in a Markdown link', `[token](https://jwt.io/?t=${one})`],
    ['in a code fence of Markdown', `\`\`\`jwt\n${one}\n\`\`\``],
    ['in a kubeconfig', `users:\n- name: ci\n  user:\n    token: ${one}\n`],
    ['in an .npmrc', `//registry.example/:_authToken=${one}`],
    ['in a netrc', `machine a.example login oauth password ${one}`],
    ['in an INI file', `[default]\naws_session_token = ${one}`],
    ['in a GraphQL variable', `{"variables":{"jwt":"${one}"}}`],
    ['in multipart form data', `--x\r\nContent-Disposition: form-data; name="token"\r\n\r\n${one}\r\n--x--`],
    ['in a stack trace', `JsonWebTokenError: jwt expired (${one})\n    at verify (a.js:1:2)`],
    ['with its parts in a table', `| header.payload.signature |\n| ${one} |`],
  ],
}
