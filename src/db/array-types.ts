/** The arrays of our columns and parameters, as PostgreSQL writes them: `{ar,fr}`, `{1,2}`. */
export const arrays = {
  integers: arrayType(1007, Number),
  texts: arrayType(1009, String),
  uuids: arrayType(2951, String),
}

function arrayType<Item>(oid: number, parse: (text: string) => Item) {
  return {
    to: oid,
    from: [oid],
    serialize: (items: readonly Item[]) => `{${items.map((item) => quoted(String(item))).join(',')}}`,
    parse: (text: string) => elements(text).map(parse),
  }
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`
}

/** Of one dimension and without null: no column of ours has either. */
function elements(text: string): string[] {
  const found = text.slice(1, -1).match(/"(?:[^"\\]|\\.)*"|[^",]+/gs) ?? []
  return found.map((item) => (item.startsWith('"') ? item.slice(1, -1).replace(/\\(.)/gs, '$1') : item))
}
