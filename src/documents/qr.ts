import { create } from 'qrcode'

/**
 * A QR code as an SVG document without a margin: the place it is put in is white. Level M can be read with 15 % of
 * it lost, which paper that goes from hand to hand needs.
 * Each row of dark squares is one stroke: half the size of squares, and a sheet holds many.
 */
export function qrSvg(text: string): string {
  const { data, size } = create(text, { errorCorrectionLevel: 'M' }).modules
  let path = ''
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const start = x
      while (x < size && data[y * size + x]) x++
      if (x > start) path += `M${start} ${y + 0.5}h${x - start}`
    }
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}"><path stroke="#000" d="${path}"/></svg>`
}
