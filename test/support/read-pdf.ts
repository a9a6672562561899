import jsqr from 'jsqr'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import sharp from 'sharp'

/** A PDF as a reader shows it. Pages count from 1. */
export interface ReadPdf {
  readonly pages: number
  /** The pieces of text of a page in the order in which they are read. */
  text(page: number): Promise<string[]>
  /** The page as a PNG, `scale` pixels to the point. */
  picture(page: number, scale: number): Promise<Buffer>
  close(): Promise<void>
}

export async function readPdf(bytes: Buffer): Promise<ReadPdf> {
  const task = getDocument({ data: new Uint8Array(bytes), verbosity: 0 })
  const document = await task.promise
  return {
    pages: document.numPages,
    async text(number) {
      const { items } = await (await document.getPage(number)).getTextContent()
      return items.map((item) => ('str' in item ? item.str : '').trim()).filter(Boolean)
    },
    async picture(number, scale) {
      const page = await document.getPage(number)
      const viewport = page.getViewport({ scale })
      // The parser draws on the canvas that comes with it; its types know only the browser's.
      const factory = document.canvasFactory as { create(width: number, height: number): PdfCanvas }
      const { canvas, context } = factory.create(viewport.width, viewport.height)
      await page.render({ canvas: null, canvasContext: context, viewport }).promise
      // A copy: the canvas' own memory goes with the canvas, also under somebody who still reads it.
      const { data, width, height } = context.getImageData(0, 0, canvas.width, canvas.height)
      // Nobody keeps it: quick rather than small.
      return sharp(Buffer.from(data.buffer, data.byteOffset, data.byteLength), {
        raw: { width, height, channels: 4 },
      })
        .png({ compressionLevel: 0 })
        .toBuffer()
    },
    close: () => task.destroy(),
  }
}

interface PdfCanvas {
  canvas: { readonly width: number; readonly height: number }
  context: CanvasRenderingContext2D
}

interface Part {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** The text of the QR in a picture, or in a part of it given in shares of its width and height. */
export async function readQr(
  picture: Buffer,
  part: Part = { left: 0, top: 0, width: 1, height: 1 },
): Promise<string | undefined> {
  const { width, height } = await sharp(picture).metadata()
  const { data, info } = await sharp(picture)
    .extract({
      left: Math.round(part.left * width),
      top: Math.round(part.top * height),
      width: Math.round(part.width * width),
      height: Math.round(part.height * height),
    })
    .flatten({ background: '#fff' })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  return jsqr(new Uint8ClampedArray(data), info.width, info.height)?.data
}
