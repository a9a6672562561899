import type { ComponentChildren } from 'preact'

export type ButtonLook = 'main' | 'quiet' | 'plain'

export type ButtonProps = {
  children: ComponentChildren
  look?: ButtonLook
  /** The value sent with the form when this button sends it. */
  name?: string
  value?: string
  type?: 'submit' | 'button'
}

/** Sends its form. `main` is the one action of a page, `quiet` any other, `plain` looks like a link. */
export function Button({ children, look = 'main', name, value, type = 'submit' }: ButtonProps) {
  return (
    <button class={`button button-${look}`} type={type} name={name} value={value}>
      {children}
    </button>
  )
}

export type LinkButtonProps = { href: string; children: ComponentChildren; look?: ButtonLook; rel?: string }

/** A link that looks like a button: it goes somewhere and changes nothing. */
export function LinkButton({ href, children, look = 'main', rel }: LinkButtonProps) {
  return (
    <a class={`button button-${look}`} href={href} rel={rel}>
      {children}
    </a>
  )
}
