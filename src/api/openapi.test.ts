import { describe, expect, test } from 'vitest'
import { LANGS } from '../domain/lang.ts'
import { catalogueKeys } from '../i18n/translator.ts'
import { fieldsOf } from './fields-of.ts'
import { openApiDocument } from './openapi.ts'
import { OPERATIONS } from './operations.ts'
import { PROBLEMS } from './problems.ts'

const document = openApiDocument('https://twiza.example')

describe('the OpenAPI document', () => {
  test('has every operation, with its parameters in its path', () => {
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { operationId, parameters }]) => {
        const inPath = parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name)
        expect(inPath).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))
        return `${operationId} ${method} ${path}`
      }),
    )
    expect(described).toEqual(OPERATIONS.map(({ id, method, path }) => `${id} ${method} ${path}`))
  })

  test('refers only to what it holds', () => {
    const references = JSON.stringify(document).match(/#\/components\/schemas\/\w+/g) ?? []
    expect(references.length).toBeGreaterThan(10)
    for (const reference of references) {
      expect(document.components.schemas).toHaveProperty(reference.split('/').at(-1) ?? '')
    }
  })

  test('says of every field what it means, and refuses fields that it does not name', () => {
    for (const [name, schema] of Object.entries(document.components.schemas)) {
      expect(schema.additionalProperties, name).toBe(false)
      for (const [field, described] of Object.entries(schema.properties ?? {})) {
        expect(described, `${name}.${field}`).toHaveProperty('description')
      }
    }
  })

  test('requires of an order what the issue of coupons needs and no more', () => {
    expect(document.components.schemas.Wish?.required).toEqual(['id', 'quantity', 'method', 'consent'])
    expect(document.components.schemas.Order?.required).not.toContain('paymentUrl')
  })
})

test.each(LANGS)('there is a sentence in %s for every operation, parameter, field and refusal', (lang) => {
  const keys = new Set(catalogueKeys(lang))
  const fields = Object.values(document.components.schemas).flatMap((schema) => fieldsOf(schema))
  const needed = [
    ...OPERATIONS.flatMap(({ id }) => [`api.summary_${id}`, `api.about_${id}`]),
    ...fields.map(({ name }) => `api.field_${name}`),
    ...Object.keys(PROBLEMS).map((name) => `api.problem_${name}`),
  ]
  expect(needed.filter((key) => !keys.has(key))).toEqual([])
})
