import type { JsonSchema } from './openapi.ts'

/** One field of a schema as the readable page lists it. */
export interface FieldRow {
  /** With the fields around it: `total.currency`, `campaigns[].slug`. */
  readonly path: string
  readonly name: string
  /** Its type, or its few values. */
  readonly kind: string
  readonly isRequired: boolean
}

/** Every field of a schema, those inside others after them. */
export function fieldsOf(schema: JsonSchema, before = ''): FieldRow[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    if (typeof field !== 'object') return []
    const path = before + name
    const row = { path, name, kind: kindOf(field), isRequired: schema.required?.includes(name) ?? false }
    const items = typeof field.items === 'object' && !Array.isArray(field.items) ? field.items : undefined
    return [row, ...fieldsOf(field, `${path}.`), ...(items ? fieldsOf(items, `${path}[].`) : [])]
  })
}

function kindOf(field: JsonSchema): string {
  if (field.enum) return field.enum.map(String).join(' | ')
  if (field.const !== undefined) return String(field.const)
  const format = field.format === undefined ? '' : ` (${field.format})`
  return `${field.type ?? 'any'}${format}`
}
