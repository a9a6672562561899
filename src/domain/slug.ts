/** The longest and the shortest name of a thing in an address. */
export const MAX_SLUG_CHARACTERS = 60
const MIN_SLUG_CHARACTERS = 2

/** Words that are places of their own where a collective's name stands in an address. */
export const RESERVED_COLLECTIVE_SLUGS: ReadonlySet<string> = new Set([
  'account',
  'administration',
  'api',
  'app',
  'assets',
  'invitation',
  'mailbox',
  'orders',
  'setup',
  'sign-in',
  'sign-out',
])

/** Words that are places of their own where a campaign's name stands in an address. */
export const RESERVED_CAMPAIGN_SLUGS: ReadonlySet<string> = new Set([
  'ambassador',
  'ambassadors',
  'campaigns',
  'desk',
  'events',
  'setup',
  'sign-in',
  'sign-out',
  'treasury',
  'updates',
])

/** Words that are places of their own where an ambassador's name stands in an address. */
export const RESERVED_AMBASSADOR_SLUGS: ReadonlySet<string> = new Set([
  'ambassadors',
  'coupons',
  'events',
  'give',
  'house',
  'invite',
  'share',
  'updates',
  'wish',
  'wishes',
  'words',
])

/** True for a name that an address can carry: 2 to 60 of a-z and 0-9, single dashes between. */
export function isSlug(text: string): boolean {
  const fits = text.length >= MIN_SLUG_CHARACTERS && text.length <= MAX_SLUG_CHARACTERS
  return fits && /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text)
}

/**
 * A name for an address made from words of any of the product's scripts: accents go, Arabic and Tifinagh
 * letters become Latin ones (`دار يوسف` is `dar-ywsf`). Empty when fewer than two letters or digits remain.
 */
export function slugify(text: string): string {
  const latin = [...text.toLowerCase().normalize('NFKD')].map((letter) => LETTERS[letter] ?? letter).join('')
  const words = latin.replace(/\p{M}|['’ʼ]/gu, '').match(/[a-z0-9]+/g) ?? []
  const slug = words.join('-')
  const cut = slug.length <= MAX_SLUG_CHARACTERS ? slug : atWordEnd(slug)
  return cut.length < MIN_SLUG_CHARACTERS ? '' : cut
}

/** The wished name, or the first of `name-2`, `name-3`... that `isTaken` does not know. */
export function freeSlug(wished: string, isTaken: (slug: string) => boolean): string {
  for (let count = 1; ; count++) {
    const ending = count === 1 ? '' : `-${count}`
    const slug = wished.slice(0, MAX_SLUG_CHARACTERS - ending.length).replace(/-$/, '') + ending
    if (!isTaken(slug)) return slug
  }
}

function atWordEnd(slug: string): string {
  const start = slug.slice(0, MAX_SLUG_CHARACTERS)
  const isWhole = slug.charAt(MAX_SLUG_CHARACTERS) === '-'
  const end = isWhole ? -1 : start.lastIndexOf('-')
  return (end > 0 ? start.slice(0, end) : start).replace(/-$/, '')
}

// What Moroccans write when they spell names in Latin letters; short vowels are not written in Arabic.
const LETTERS: Record<string, string> = Object.fromEntries(
  (
    'ا a ب b ت t ث th ج j ح h خ kh د d ذ d ر r ز z س s ش ch ص s ض d ط t ظ d ع a غ gh ف f ق q ك k ل l م m ن n ' +
    'ه h و w ي y ى a ة a ء  ٱ a ڤ v پ p گ g ڭ g چ ch ' +
    '٠ 0 ١ 1 ٢ 2 ٣ 3 ٤ 4 ٥ 5 ٦ 6 ٧ 7 ٨ 8 ٩ 9 ' +
    'ⴰ a ⴱ b ⴳ g ⴷ d ⴹ d ⴻ e ⴼ f ⴽ k ⵀ h ⵃ h ⵄ a ⵅ kh ⵇ q ⵉ i ⵊ j ⵍ l ⵎ m ⵏ n ⵓ ou ⵔ r ⵕ r ⵖ gh ⵙ s ⵚ s ⵛ ch ' +
    'ⵜ t ⵟ t ⵡ w ⵢ y ⵣ z ⵥ z ' +
    'æ ae œ oe ß ss ø o ł l đ d ð d þ th ı i'
  )
    .matchAll(/(\S) (\S*)/gu)
    .map(([, letter, latin]) => [letter!, latin!]),
)
