import sharp from 'sharp'

/** The size that link previews show whole (WhatsApp, Facebook: 1.91 to 1). */
export const PICTURE = { width: 1200, height: 630 }

const MARGIN = 40
const SAND = '#fbf4e8'

/** The house as a PNG, because no messenger previews SVG. */
export function housePicture(svg: string): Promise<Buffer> {
  return sharp(Buffer.from(svg))
    .resize(PICTURE.width - 2 * MARGIN, PICTURE.height - 2 * MARGIN, { fit: 'contain', background: SAND })
    .flatten({ background: SAND })
    .extend({ top: MARGIN, bottom: MARGIN, left: MARGIN, right: MARGIN, background: SAND })
    .png({ palette: true, colours: 64 })
    .toBuffer()
}
