import sharp from 'sharp'

/** The size that link previews show whole (WhatsApp, Facebook: 1.91 to 1). */
export const PICTURE = { width: 1200, height: 630 }

/** The pictures kept at a time: one for each campaign people look at just now. */
const MAX_KEPT = 50
const MARGIN = 40
const SAND = '#fbf4e8'

const kept = new Map<string, Promise<Buffer>>()

/**
 * The house as a PNG, because no messenger previews SVG. `key` names the state it shows (campaign and position):
 * the same state is drawn once.
 */
export function housePicture(key: string, drawing: () => string): Promise<Buffer> {
  const known = kept.get(key)
  if (known) return known
  const picture = draw(drawing())
  kept.set(key, picture)
  picture.catch(() => kept.delete(key))
  for (const oldest of kept.keys()) {
    if (kept.size <= MAX_KEPT) break
    kept.delete(oldest)
  }
  return picture
}

function draw(svg: string): Promise<Buffer> {
  return sharp(Buffer.from(svg))
    .resize(PICTURE.width - 2 * MARGIN, PICTURE.height - 2 * MARGIN, { fit: 'contain', background: SAND })
    .flatten({ background: SAND })
    .extend({ top: MARGIN, bottom: MARGIN, left: MARGIN, right: MARGIN, background: SAND })
    .png({ palette: true, colours: 64 })
    .toBuffer()
}
