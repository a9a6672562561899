import sharp from 'sharp'
import type { LocalDay } from '../domain/days.ts'
import { formatDay } from '../domain/days.ts'
import { direction, type Lang, type LocalizedText } from '../domain/lang.ts'
import { formatMoney, type Money } from '../domain/money.ts'
import { translator } from '../i18n/translator.ts'
import { openByContent } from './by-content.ts'
import { qrSvg } from './qr.ts'
import { said, sentence, written } from './said.ts'
import { typeset } from './typeset.ts'

/** What an ambassador shows around: the house as it stands, who invites, and the way to the dream. */
export interface KitData {
  readonly lang: Lang
  readonly collective: LocalizedText
  readonly dream: LocalizedText
  /** The house as a whole SVG document. */
  readonly house: string
  readonly given: number
  readonly goal: number
  readonly price: Money
  readonly ambassador: string
  /** The ambassador's page, whole. */
  readonly address: string
  readonly association: { readonly legalName: LocalizedText; readonly authorisationNumber: string }
  readonly today: LocalDay
}

/** Width and height of a card in pixels. */
export const CARDS = {
  /** WhatsApp status, stories. */
  status: [1080, 1920],
  /** Link previews. */
  feed: [1200, 630],
  square: [1080, 1080],
} as const

// A drawing costs a tenth of a second, and an ambassador's link is looked at many times in a row.
const keptCards = openByContent(100)
const keptPapers = openByContent(20)

/** A PNG of 1080 x 1920. */
export function statusCard(data: KitData): Promise<Buffer> {
  return card('status', data)
}

/** A PNG of 1200 x 630, or of 1080 x 1080 when `square`. */
export function feedCard(data: KitData, shape: 'feed' | 'square' = 'feed'): Promise<Buffer> {
  return card(shape, data)
}

/** A4, to hang up. */
export function poster(data: KitData): Promise<Buffer> {
  return keptPapers('a4', data, () => typeset('poster', { ...content(data), paper: 'a4' }))
}

/** A6, to stand on a counter. */
export function tableCard(data: KitData): Promise<Buffer> {
  return keptPapers('a6', data, () => typeset('poster', { ...content(data), paper: 'a6' }))
}

function card(shape: keyof typeof CARDS, data: KitData): Promise<Buffer> {
  const [width, height] = CARDS[shape]
  return keptCards(shape, data, async () => {
    // One point of the page is one pixel of the picture: 72 to the inch is what sharp takes SVG at.
    const svg = await typeset('card', { ...content(data), shape, width, height }, 'svg')
    return sharp(svg, { unlimited: true }).resize(width, height).flatten().png({ palette: true }).toBuffer()
  })
}

function content({ lang, house, association, given, goal, price, today, ...data }: KitData) {
  const tell = (key: string, params = {}) => sentence(lang, `documents.${key}`, params)
  const title = written(data.dream, lang)
  return {
    lang,
    dir: direction(lang),
    title: title.text,
    dream: title,
    collective: written(data.collective, lang),
    house,
    share: given / goal,
    given: translator(lang)('documents.number', { number: given }),
    of: tell('card_of', { goal }),
    invitation: sentence(lang, 'common.invitation', { name: data.ambassador }),
    price: tell('card_price', { price: formatMoney(price, lang) }),
    scan: tell('card_scan'),
    lead: tell('poster_lead'),
    day: tell('poster_day', { day: formatDay(today, lang, { year: true }) }),
    association: written(association.legalName, lang),
    authorisation: tell('authorisation', { number: association.authorisationNumber }),
    contribution: sentence(lang, 'common.footer.contribution'),
    qr: qrSvg(data.address),
    address: said(lang, data.address.replace(/^https?:\/\//, '')),
  }
}
