import { expect, test } from 'vitest'
import { type Admission, kindOfRequest, openAdmission, type RequestKind } from './admission.ts'
import { organiserRoutes } from './organisers/routes.tsx'
import type { OrganiserServices } from './organisers/services.ts'

test.each<[string, string, RequestKind]>([
  ['POST', '/api/v1/campaigns/casa/dar-salma/orders', 'orders'],
  ['POST', '/fr/casa/dar-salma/give?ambassador=amina', 'orders'],
  ['GET', '/fr/casa/dar-salma/give', 'public'],
  ['GET', '/fr/casa/dar-salma', 'public'],
  ['GET', '/', 'public'],
  ['GET', '/orders/0192/?key=1', 'public'],
  ['POST', '/orders/0192/cancellation', 'public'],
  ['GET', '/fr/casa/dar-salma/desk', 'public'],
  ['GET', '/healthz', 'reserved'],
  ['GET', '/readyz?from=balancer', 'reserved'],
  ['GET', '/assets/main-1A2B3C4D.css', 'reserved'],
  ['GET', '/ar/casa/desk', 'reserved'],
  ['GET', '/ar/casa/desk/transfers', 'reserved'],
  ['POST', '/es/sign-in', 'reserved'],
  ['POST', '/payments/sandbox/callback', 'reserved'],
  ['GET', '/api/v1/campaigns/casa/dar-salma/events?after=7', 'reserved'],
  ['GET', '/fr/casa/dar-salma/x?y=/fr/casa/desk', 'public'],
])('%s %s is %s', (method, address, kind) => {
  expect(kindOfRequest(method, address)).toBe(kind)
})

test('every address of the organisers is reserved', () => {
  // Building the routes asks for nothing.
  const { routes } = organiserRoutes({} as OrganiserServices)
  const kinds = routes.map(({ method, path }) => kindOfRequest(method, addressOf(path)))
  expect(routes.length).toBeGreaterThan(20)
  expect(new Set(kinds)).toEqual(new Set(['reserved']))
})

test('twelve pages are in work and sixty-four wait, in their order', async () => {
  const admission = openAdmission(() => 0)
  const begun: number[] = []
  const ends: (() => void)[] = []
  const page = (number: number) => () => {
    begun.push(number)
    return new Promise<void>((end) => ends.push(end))
  }
  const letIn = Array.from({ length: 100 }, (_, number) => admission.admit('public', page(number)))
  expect(letIn.filter(Boolean)).toHaveLength(76)
  expect(begun).toHaveLength(12)
  expect(admission.admit('orders', page(1000))).toBe(true)
  for (const end of ends.splice(0, 3)) end()
  await new Promise(setImmediate)
  expect(begun.slice(13)).toEqual([12, 13, 14])
  expect(admission.admit('public', page(76))).toBe(true)
})

test('work that fails makes room as well', async () => {
  const admission = openAdmission(() => 0)
  const failing = () => Promise.reject(new Error('on purpose'))
  for (let count = 0; count < 500; count += 1) {
    expect(admission.admit('public', failing)).toBe(true)
    await new Promise(setImmediate)
  }
})

test('five hundred and twelve orders are in work, and none waits', () => {
  expect(
    admitted(
      openAdmission(() => 1_000),
      'orders',
    ),
  ).toBe(512)
})

test('an order that would wait longer than a second is refused, but for one call that is never empty', () => {
  const admission = openAdmission(() => 1_001)
  expect(admitted(admission, 'orders')).toBe(64)
  expect(admitted(admission, 'public')).toBe(76)
})

test('what is reserved is let in whatever happens', () => {
  expect(
    admitted(
      openAdmission(() => 60_000),
      'reserved',
    ),
  ).toBe(10_000)
})

function admitted(admission: Admission, kind: RequestKind): number {
  const forever = new Promise<void>(() => undefined)
  let count = 0
  while (count < 10_000 && admission.admit(kind, () => forever)) count += 1
  return count
}

/** An address that a route matches. */
function addressOf(path: string): string {
  return path.replace(/:lang\{[^}]*\}/g, 'fr').replace(/:\w+/g, 'x')
}
