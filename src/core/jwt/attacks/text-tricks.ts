/** Letters of other scripts that look like Latin ones, in small letters (Unicode UTS 39). */
const alike: Readonly<Record<string, string>> = {
  а: 'a',
  ɑ: 'a',
  α: 'a',
  в: 'b',
  с: 'c',
  ϲ: 'c',
  ԁ: 'd',
  е: 'e',
  ҽ: 'e',
  ε: 'e',
  ɡ: 'g',
  һ: 'h',
  н: 'h',
  і: 'i',
  ι: 'i',
  ı: 'i',
  ј: 'j',
  к: 'k',
  κ: 'k',
  ӏ: 'l',
  м: 'm',
  п: 'n',
  ո: 'n',
  η: 'n',
  о: 'o',
  ο: 'o',
  օ: 'o',
  р: 'p',
  ρ: 'p',
  ѕ: 's',
  т: 't',
  τ: 't',
  υ: 'u',
  ս: 'u',
  ν: 'v',
  ѵ: 'v',
  ԝ: 'w',
  х: 'x',
  χ: 'x',
  у: 'y',
  γ: 'y',
  ᴢ: 'z',
}

/** As far as texts are looked at, in characters. */
const longest = 2_000

/** A text in the letters that it is meant to be taken for: wide and decorated letters are plain, what does not show is left
 *  out. */
export function readable(text: string): string {
  return text
    .slice(0, longest)
    .normalize('NFKC')
    .replace(/[\p{Cf}\p{Cc}\p{Mn}]/gu, '')
}

/** The same in small Latin letters where letters of another script look like them. */
export function latin(text: string): string {
  return Array.from(readable(text).toLowerCase(), (letter) =>
    Object.hasOwn(alike, letter) ? alike[letter] : letter,
  ).join('')
}

/** Whether letters that look like Latin ones are mixed with Latin letters, or signs are there that do not show. */
export function isDisguised(whole: string): boolean {
  const text = whole.slice(0, longest)
  if (/[\p{Cf}\p{Cc}]/u.test(text) || readable(text).length !== text.normalize('NFC').length) return true
  const seen = latin(text)
  return /[a-z]/i.test(readable(text)) && seen !== text.toLowerCase() && /^[\p{ASCII}]*$/u.test(seen)
}
