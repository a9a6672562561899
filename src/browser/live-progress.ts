import { decodeBricks } from '../domain/coupon.ts'
import { formatNumber } from '../domain/digits.ts'
import { housePaths } from '../domain/house.ts'
import type { Lang } from '../domain/lang.ts'
import type { LiveProgress } from '../domain/live-progress.ts'
import { sayPolitely } from './say-politely.ts'
import { moneyText } from './written.ts'

/** The layers in the order in which the bar shows them. */
const LAYERS = ['banked', 'onItsWay', 'promised']

/** After a refusal, up to twice as long: thousands would come back at once. */
const COME_BACK_MS = 10_000

/**
 * Keeps the numbers, bars and bricks of a campaign's page true while it is looked at. The element with
 * `data-live` holds the stream's address, `data-position`, `data-price` (minor units) and `data-currency`;
 * inside it `data-count`, `data-money` and `data-layer` name the numbers to show.
 */
export function followProgress(page: Document): void {
  const root = page.querySelector<HTMLElement>('[data-live]')
  if (!root) return
  let position = Number(root.dataset.position)
  let source: EventSource | undefined
  let later: ReturnType<typeof setTimeout> | undefined
  const say = sayPolitely(root.querySelector<HTMLElement>('[data-live-say]'))

  function show(message: LiveProgress): void {
    if (message.position <= position) return
    position = message.position
    showNumbers(root!, message)
    showBricks(root!, message)
    say(message)
  }

  function follow(): void {
    source?.close()
    if (page.hidden) return
    source = new EventSource(`${root!.dataset.live}?after=${position}`)
    source.onmessage = ({ data }) => show(JSON.parse(data))
    // A lost connection comes back by itself, a refused one never: a server that restarts refuses for a moment.
    source.onerror = () => {
      if (source?.readyState !== EventSource.CLOSED) return
      clearTimeout(later)
      later = setTimeout(follow, COME_BACK_MS * (1 + crypto.getRandomValues(new Uint8Array(1))[0]! / 255))
    }
  }

  page.addEventListener('visibilitychange', follow)
  // A page that the browser keeps for the way back must not hold a connection.
  addEventListener('pagehide', () => source?.close())
  addEventListener('pageshow', (event) => event.persisted && follow())
  follow()
}

function showNumbers(root: HTMLElement, message: LiveProgress): void {
  const { goal, given, banked } = message
  const numbers: Record<string, number> = {
    goal,
    given,
    banked,
    onItsWay: given - banked,
    promised: message.reserved,
  }
  const lang = root.ownerDocument.documentElement.lang as Lang
  for (const element of root.querySelectorAll<HTMLElement>('[data-count]')) {
    element.textContent = formatNumber(numbers[element.dataset.count!] ?? 0, lang)
  }
  for (const element of root.querySelectorAll<HTMLElement>('[data-money]')) {
    const place = element.querySelector('.money') ?? element
    place.textContent = moneyText(root.dataset, numbers[element.dataset.money!] ?? 0, lang)
  }
  let start = 0
  for (const layer of LAYERS) {
    const bar = root.querySelector(`[data-layer=${layer}]`)
    bar?.setAttribute('x', `${(100 * start) / goal}%`)
    bar?.setAttribute('width', `${(100 * numbers[layer]!) / goal}%`)
    start += numbers[layer]!
  }
}

function showBricks(root: HTMLElement, { bricks, given, goal }: LiveProgress): void {
  const house = root.querySelector('.house')
  const paths: Record<string, string> = housePaths(decodeBricks(bricks))
  for (const path of house?.querySelectorAll<SVGElement>('[data-state]') ?? []) {
    path.setAttribute('d', paths[path.dataset.state!] ?? '')
  }
  // The last brick lights the windows.
  house?.classList.toggle('house-complete', given === goal)
}
