import { starOutline } from './house-outline.ts'
import { THEME_COLOR } from './layout.tsx'

/**
 * The favicon as an SVG document: a small house that fills from the ground up with the share given (0 to 1).
 * `padding` keeps it inside the safe zone of maskable icons.
 */
export function iconSvg(share = 1, padding = 0): string {
  const height = Math.round(Math.min(1, Math.max(0, share)) * 40)
  const house = 'M8 58V24h4v-5h6v5h5v-5h6v5h6v-5h6v5h5v-5h6v5h4v34Z'
  const side = 64 + 2 * padding
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${-padding} ${-padding} ${side} ${side}">`,
    `<rect x="${-padding}" y="${-padding}" width="${side}" height="${side}" rx="${padding ? 0 : 14}" fill="#3d3ac9"/>`,
    `<path d="${starOutline(50, 12, 8)}" fill="#f6bd3a"/>`,
    `<clipPath id="h"><path d="${house}"/></clipPath>`,
    `<path d="${house}" fill="#f3e3c8"/>`,
    `<rect clip-path="url(#h)" x="8" y="${58 - height}" width="48" height="${height}" fill="#c4633c"/>`,
    '<path d="M25 58V45a8 8 0 1 1 14 0v13Z" fill="#3d3ac9"/>',
    '</svg>',
  ].join('')
}

/** The web app manifest of an installation, as an object to be sent as JSON. */
export function webManifest(site: { name: string; start: string; lang: string; dir: string }) {
  return {
    name: site.name,
    short_name: site.name.slice(0, 12),
    start_url: site.start,
    lang: site.lang,
    dir: site.dir,
    display: 'browser',
    background_color: THEME_COLOR.light,
    theme_color: THEME_COLOR.light,
    icons: [
      { src: '/favicon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
      { src: '/icon-maskable.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'maskable' },
    ],
  }
}
