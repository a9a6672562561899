import type { T } from '../i18n/translator.ts'
import { Section } from '../web/surfaces.tsx'
import { fieldsOf } from './fields-of.ts'
import type { JsonSchema, OpenApiDocument, OpenApiOperation } from './openapi.ts'
import { DOCUMENT_PATH } from './operations.ts'

const RULES = ['id', 'money', 'time', 'code', 'origin', 'limit']

type Words = { t: T }
type Documented = Words & { document: OpenApiDocument }

/** Everything that the document says, to be read. */
export function ApiReference({ t, document }: Documented) {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )
  return (
    <div class="reference">
      <h1>{t('api.title')}</h1>
      <p>{t('api.lead')}</p>
      <p>
        <a href={DOCUMENT_PATH}>{t('api.document')}</a>
      </p>
      <Section id="rules" title={t('api.rules')}>
        <ul>
          {RULES.map((rule) => (
            <li key={rule}>{t(`api.rule_${rule}`)}</li>
          ))}
        </ul>
      </Section>
      <Section id="operations" title={t('api.operations')}>
        <ul>
          {operations.map(({ operation: { operationId } }) => (
            <li key={operationId}>
              <a href={`#${operationId}`}>{t(`api.summary_${operationId}`)}</a>
            </li>
          ))}
        </ul>
      </Section>
      {operations.map((entry) => (
        <Operation key={entry.operation.operationId} t={t} document={document} {...entry} />
      ))}
    </div>
  )
}

type OperationProps = Documented & { path: string; method: string; operation: OpenApiOperation }

function Operation({ t, document, path, method, operation }: OperationProps) {
  const { operationId, parameters, requestBody } = operation
  const example = requestBody?.content['application/json']?.example
  return (
    <Section id={operationId} title={t(`api.summary_${operationId}`)}>
      <Code>{`${method.toUpperCase()} ${path}`}</Code>
      <p>{t(`api.about_${operationId}`)}</p>
      {parameters.length > 0 && (
        <>
          <h3>{t('api.parameters')}</h3>
          <dl class="reference-fields">
            {parameters.map(({ name }) => (
              <div key={name}>
                <dt>
                  <Name>{name}</Name>
                </dt>
                <dd>{t(`api.parameter_${name.toLowerCase().replaceAll('-', '_')}`)}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
      {requestBody && <Fields t={t} title={t('api.body')} schema={schemaOf(document, requestBody.content)} />}
      {example !== undefined && (
        <>
          <h3>{t('api.try')}</h3>
          <Code>{curlOf(document, method, path, example)}</Code>
        </>
      )}
      <Answers t={t} document={document} operation={operation} />
    </Section>
  )
}

function Answers({ t, document, operation }: Documented & { operation: OpenApiOperation }) {
  const answers = Object.entries(operation.responses)
  const good = answers.filter(([status]) => Number(status) < 400)
  const refusals = answers.filter(([status]) => Number(status) >= 400)
  const schema = schemaOf(document, good[0]?.[1].content ?? {})
  return (
    <>
      <h3>{t('api.answer')}</h3>
      <ul>
        {good.map(([status]) => (
          <li key={status}>
            <Name>{status}</Name> {t(`api.answer_${status}`)}
          </li>
        ))}
      </ul>
      {schema ? <Fields t={t} schema={schema} /> : <p>{t('api.stream')}</p>}
      {refusals.length > 0 && (
        <>
          <h3>{t('api.refusals')}</h3>
          <ul>
            {refusals.flatMap(([status, { description }]) =>
              description.split(', ').map((code) => (
                <li key={code}>
                  <Name>{`${status} ${code}`}</Name> {t(`api.problem_${code}`, { n: 3 })}
                </li>
              )),
            )}
          </ul>
        </>
      )}
    </>
  )
}

function Fields({ t, title, schema }: Words & { title?: string; schema: JsonSchema | undefined }) {
  return (
    <>
      {title && <h3>{title}</h3>}
      <dl class="reference-fields">
        {fieldsOf(schema ?? {}).map(({ path, name, kind, isRequired }) => (
          <div key={path}>
            <dt>
              <Name>{path}</Name> · <Name>{kind}</Name> {!isRequired && `· ${t('api.optional')}`}
            </dt>
            <dd>{t(`api.field_${name}`)}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}

function Name({ children }: { children: string }) {
  return (
    <code dir="ltr" lang="en">
      {children}
    </code>
  )
}

function Code({ children }: { children: string }) {
  return (
    <pre dir="ltr" lang="en">
      <code>{children}</code>
    </pre>
  )
}

/** The schema of a content, its reference followed; undefined for what is not JSON. */
function schemaOf(
  document: OpenApiDocument,
  content: OpenApiOperation['responses'][string]['content'],
): JsonSchema | undefined {
  const { schema } = content['application/json'] ?? {}
  const name = (schema as { $ref?: string } | undefined)?.$ref?.split('/').at(-1)
  return name === undefined ? undefined : document.components.schemas[name]
}

function curlOf(document: OpenApiDocument, method: string, path: string, example: unknown): string {
  const address = `${document.servers[0]?.url}${path}`
  return `curl -X ${method.toUpperCase()} '${address}' \\\n  -H 'Content-Type: application/json' \\\n  -d '${JSON.stringify(example)}'`
}
