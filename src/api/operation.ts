import type { z } from 'zod'
import type { ProblemName } from './problems.ts'

/** One thing that the API does. Routes, allowed methods, the document and the readable page are made of these. */
export interface OperationOf<Id extends string, Answer extends string> {
  readonly id: Id
  readonly method: 'get' | 'post'
  /** As OpenAPI writes it: `/api/v1/orders/{id}`. */
  readonly path: string
  readonly parameters: readonly Parameter[]
  /** `name` is that of its schema in the document. */
  readonly body?: { readonly name: string; readonly schema: z.ZodType; readonly example: unknown }
  /** Name of the schema of each good answer, or of its media type. */
  readonly answers: Readonly<Record<number, Answer>>
  readonly problems: readonly ProblemName[]
}

export interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required: boolean
  readonly schema: Readonly<Record<string, unknown>>
}
