import { z } from 'zod'
import { translator } from '../i18n/translator.ts'
import type { Parameter } from './operation.ts'
import { ANSWER_SCHEMAS, OPERATIONS, type Operation } from './operations.ts'
import { PROBLEMS, type ProblemName } from './problems.ts'
import { problemSchema } from './schemas.ts'

export type JsonSchema = z.core.JSONSchema.BaseSchema

/** The parts of an OpenAPI 3.1 document that this one has. */
export interface OpenApiDocument {
  readonly openapi: '3.1.1'
  readonly info: { readonly title: string; readonly version: string; readonly description: string }
  readonly servers: readonly { readonly url: string }[]
  readonly paths: Readonly<Record<string, Readonly<Record<string, OpenApiOperation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, JsonSchema>> }
}

export interface OpenApiOperation {
  readonly operationId: string
  readonly summary: string
  readonly description: string
  readonly parameters: readonly (Parameter & { readonly description: string })[]
  readonly requestBody?: { readonly required: true; readonly content: Content }
  readonly responses: Readonly<Record<string, OpenApiResponse>>
}

interface OpenApiResponse {
  readonly description: string
  readonly content: Content
}

type Content = Readonly<Record<string, { readonly schema: object; readonly example?: unknown }>>

const PROBLEM = 'Problem'

/** The OpenAPI 3.1 document, made of the schemas that the routes themselves use. */
export function openApiDocument(publicUrl: string): OpenApiDocument {
  const t = translator('en')
  const paths: Record<string, Record<string, OpenApiOperation>> = {}
  for (const operation of OPERATIONS) {
    paths[operation.path] = { ...paths[operation.path], [operation.method]: describe(operation) }
  }
  return {
    openapi: '3.1.1',
    info: { title: 'Twiza', version: '1', description: t('api.lead') },
    servers: [{ url: publicUrl }],
    paths,
    components: { schemas: componentSchemas() },
  }
}

function describe(operation: Operation): OpenApiOperation {
  const t = translator('en')
  const { id, parameters, body } = operation
  return {
    operationId: id,
    summary: t(`api.summary_${id}`),
    description: t(`api.about_${id}`),
    parameters: parameters.map((parameter) => ({
      ...parameter,
      description: t(`api.parameter_${parameter.name.toLowerCase().replaceAll('-', '_')}`),
    })),
    ...(body && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: reference(body.name), example: body.example } },
      },
    }),
    responses: { ...goodAnswers(operation), ...refusals(operation.problems) },
  }
}

function goodAnswers(operation: Operation): Record<string, OpenApiResponse> {
  const t = translator('en')
  const entries = Object.entries(operation.answers).map(([status, name]) => {
    const content: Content =
      name === 'event-stream'
        ? { 'text/event-stream': { schema: { type: 'string' } } }
        : { 'application/json': { schema: reference(name) } }
    return [status, { description: t(`api.answer_${status}`), content }] as const
  })
  return Object.fromEntries(entries)
}

/** One response a status; the codes that it can carry are named in its description. */
function refusals(names: readonly ProblemName[]): Record<string, OpenApiResponse> {
  const byStatus = Object.groupBy(names, (name) => PROBLEMS[name])
  const entries = Object.entries(byStatus).map(([status, codes]) => {
    const schema = {
      allOf: [reference(PROBLEM), { type: 'object', properties: { code: { enum: codes } } }],
    }
    const content: Content = { 'application/problem+json': { schema } }
    return [status, { description: (codes ?? []).join(', '), content }] as const
  })
  return Object.fromEntries(entries)
}

function componentSchemas(): Record<string, JsonSchema> {
  const answers = Object.entries(ANSWER_SCHEMAS).map(([name, schema]) => [name, jsonSchema(schema)] as const)
  const bodies = OPERATIONS.flatMap(({ body }) =>
    body ? [[body.name, jsonSchema(body.schema, 'input')] as const] : [],
  )
  return Object.fromEntries([...answers, ...bodies, [PROBLEM, jsonSchema(problemSchema)]])
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output' = 'output'): JsonSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, override: addMeaning })
  return rest
}

/** Each field says what it means, in the words of the readable page. */
function addMeaning({ jsonSchema: made }: { jsonSchema: JsonSchema }): void {
  for (const [name, field] of Object.entries(made.properties ?? {})) {
    if (typeof field === 'object') field.description ??= translator('en')(`api.field_${name}`)
  }
}

function reference(name: string): { $ref: string } {
  return { $ref: `#/components/schemas/${name}` }
}
