import { brickAt, brickCount, bricksPath } from '../domain/house.ts'

/**
 * A tap on a brick tells the public state of its coupon. The element with `data-coupons` holds the address of
 * the campaign's coupons and contains the house and the place to tell it (`data-brick-say`).
 */
export function tellTappedBricks(page: Document): void {
  for (const root of page.querySelectorAll<HTMLElement>('[data-coupons]')) {
    const house = root.querySelector<SVGSVGElement>('.house')
    const say = root.querySelector<HTMLElement>('[data-brick-say]')
    if (house && say) house.addEventListener('click', (event) => tell(root, house, say, event))
  }
}

async function tell(
  root: HTMLElement,
  house: SVGSVGElement,
  say: HTMLElement,
  event: MouseEvent,
): Promise<void> {
  const matrix = house.getScreenCTM()
  if (!matrix) return
  const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse())
  const drawn = brickCount(Number(house.dataset.goal))
  const brick = brickAt(point.x, point.y, drawn)
  if (brick === undefined) return
  mark(house, bricksPath([brick], drawn))
  const number = Math.floor(((brick + 0.5) * Number(root.dataset.goal)) / drawn) + 1
  const address = `${root.dataset.coupons}/${number}`
  const answer = await fetch(address, { headers: { Accept: 'text/plain' } }).catch(() => undefined)
  if (!answer?.ok) return
  const link = document.createElement('a')
  link.textContent = await answer.text()
  link.href = address
  say.replaceChildren(link)
}

function mark(house: SVGSVGElement, path: string): void {
  const bricks = house.querySelector('[data-state]')?.parentNode
  let marked = house.querySelector('.brick-tapped')
  if (!marked) {
    marked = document.createElementNS(house.namespaceURI, 'path')
    marked.setAttribute('class', 'brick brick-own brick-tapped')
    bricks?.appendChild(marked)
  }
  marked.setAttribute('d', path)
}
