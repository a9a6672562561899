import type { ComponentChildren } from 'preact'

export type Tone = 'plain' | 'good' | 'warning' | 'problem'

/** A sentence that concerns the whole page, such as the trial mode. `live` reads it aloud when it appears. */
export function Notice(props: { tone?: Tone; live?: boolean; children: ComponentChildren }) {
  const { tone = 'plain', live, children } = props
  return (
    <div class={`notice notice-${tone}`} role={live ? 'status' : undefined}>
      {children}
    </div>
  )
}

export type SectionProps = {
  id: string
  title: string
  children: ComponentChildren
  aside?: ComponentChildren
}

/** A titled part of a page; `aside` stands at the end of the title's line. */
export function Section({ id, title, children, aside }: SectionProps) {
  return (
    <section class="section" aria-labelledby={`${id}-title`} id={id}>
      <div class="section-head">
        <h2 id={`${id}-title`}>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  )
}

/** A raised surface. */
export function Card({ children, quiet }: { children: ComponentChildren; quiet?: boolean }) {
  return <div class={quiet ? 'card card-quiet' : 'card'}>{children}</div>
}

/** Nothing here yet: what it means, and what to do next. */
export function EmptyState(props: { title: string; children?: ComponentChildren }) {
  return (
    <div class="empty">
      <p class="empty-title">{props.title}</p>
      {props.children}
    </div>
  )
}

/** A number and what it counts. Several stand in `<Stats>`. */
export function Stat({ value, label }: { value: ComponentChildren; label: ComponentChildren }) {
  return (
    <div class="stat">
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  )
}

/** A row of `<Stat>`s. */
export function Stats({ children }: { children: ComponentChildren }) {
  return <dl class="stats">{children}</dl>
}
