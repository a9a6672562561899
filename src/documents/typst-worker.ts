import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parentPort } from 'node:worker_threads'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'

/** One document to set: `data` is JSON, which the template reads as data and never as its own source. */
export interface TypstJob {
  readonly id: number
  readonly template: string
  readonly data: string
  readonly output: 'pdf' | 'svg'
}

export type TypstAnswer =
  | { readonly id: number; readonly bytes: Uint8Array }
  | { readonly id: number; readonly problem: string }

// Results that no document has used for so many others are forgotten.
const KEPT_RESULTS_AGE = 4

const templates = fileURLToPath(new URL('./templates', import.meta.url))
const fonts = dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/readex-pro/package.json'))
const compiler = NodeCompiler.create({
  workspace: templates,
  fontArgs: [{ fontPaths: ['400Regular', '600SemiBold', '700Bold'].map((weight) => `${fonts}/${weight}`) }],
})

parentPort?.on('message', (job: TypstJob) => {
  parentPort?.postMessage(answer(job))
  compiler.evictCache(KEPT_RESULTS_AGE)
})

function answer({ id, template, data, output }: TypstJob): TypstAnswer {
  try {
    const compiled = compiler.compile({ mainFilePath: `${templates}/${template}.typ`, inputs: { data } })
    const document = compiled.result
    if (!document) return { id, problem: JSON.stringify(compiled.takeError()?.shortDiagnostics) }
    return { id, bytes: output === 'pdf' ? compiler.pdf(document) : Buffer.from(compiler.plainSvg(document)) }
  } catch (error) {
    return { id, problem: String(error) }
  }
}
