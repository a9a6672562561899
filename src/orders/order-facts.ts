import type { OrderFacts } from '../domain/order.ts'

/** The answer of the SQL function `order_facts`: instants as text, the amount as text. */
export type FactsJson = Omit<OrderFacts, 'amountMinor' | 'createdAt' | 'expiresAt' | 'paidAt'> & {
  readonly amountMinor: string
  readonly createdAt: string
  readonly expiresAt: string
  readonly paidAt: string | null
}

export function orderFromFacts(facts: FactsJson): OrderFacts {
  return {
    ...facts,
    amountMinor: BigInt(facts.amountMinor),
    createdAt: new Date(facts.createdAt),
    expiresAt: new Date(facts.expiresAt),
    paidAt: facts.paidAt === null ? null : new Date(facts.paidAt),
  }
}
