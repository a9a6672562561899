import { expect } from 'vitest'
import { z } from 'zod'
import { openApiDocument } from '../../src/api/openapi.ts'
import type { SchemaName } from '../../src/api/operations.ts'

const { components } = openApiDocument('http://twiza.test')

/** The answer's JSON, held against what the OpenAPI document promises. */
export async function answered<Answer = Record<string, unknown>>(
  response: Response,
  schema: SchemaName,
  status = 200,
): Promise<Answer> {
  const text = await response.text()
  expect(response.status, text).toBe(status)
  expect(response.headers.get('Content-Type')).toMatch(/^application\/json/)
  return held(schema, JSON.parse(text)) as Answer
}

/** The problem's JSON, held against what the OpenAPI document promises. */
export async function refused(
  response: Response,
  status: number,
  code?: string,
): Promise<{ code: string; title: string; remaining?: number; errors?: { field: string; code: string }[] }> {
  const text = await response.text()
  expect(response.status, text).toBe(status)
  expect(response.headers.get('Content-Type')).toMatch(/^application\/problem\+json/)
  const problem = held('Problem', JSON.parse(text)) as { code: string; title: string; status: number }
  expect(problem.status).toBe(status)
  if (code !== undefined) expect(problem.code).toBe(code)
  return problem
}

function held(name: SchemaName | 'Problem', value: unknown): unknown {
  const schema = components.schemas[name]
  if (!schema) throw new Error(`the document has no schema ${name}`)
  const read = z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]).safeParse(value)
  expect(read.error?.issues ?? [], JSON.stringify(value)).toEqual([])
  return value
}
