import { ZelligeStar } from './zellige.tsx'

/** The name of a collective with the star, leading home. */
export function Brand({ name, href }: { name: string; href: string }) {
  return (
    <a class="brand" href={href}>
      <ZelligeStar size={32} />
      <bdi class="brand-name">{name}</bdi>
    </a>
  )
}

/** The product's own name in its three scripts. */
export function ProductName() {
  return (
    <span class="product-name" dir="ltr">
      Twiza · <span lang="ar">تويزة</span> · <span lang="zgh">ⵜⵡⵉⵣⴰ</span>
    </span>
  )
}
