import { readFileSync } from 'node:fs'

/** The address of a built file by its logical name, such as `main.css` or `live.js`. */
export type Assets = (name: string) => string

/** Addresses from the build's manifest. A name that was not built throws: that page could never work. */
export function assetsFrom(manifest: Readonly<Record<string, string>>): Assets {
  return (name) => {
    const address = manifest[name]
    if (address === undefined) throw new Error(`No asset "${name}" was built`)
    return address
  }
}

/** Addresses for tests and drawings, where nothing is built: the logical names themselves. */
export const unbuiltAssets: Assets = (name) => `/assets/${name}`

/** Reads a manifest as the build writes it: `{"main.css": "/assets/main-1A2B3C4D.css"}`. */
export function readAssets(file: string | URL): Assets {
  return assetsFrom(JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>)
}
