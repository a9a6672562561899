import type { Block } from '../custody/blocks.ts'
import { localDay } from '../domain/days.ts'
import type { AmbassadorPlace } from '../people/place.ts'
import { Button } from '../web/button.tsx'
import { DayText } from '../web/day-text.tsx'
import { EmptyState } from '../web/surfaces.tsx'

/** The numbers in an ambassador's care: booklets and the reserve of their phone, and what became of each. */
export function BookletsPage({ place, blocks }: { place: AmbassadorPlace; blocks: readonly Block[] }) {
  const { t } = place
  if (blocks.length === 0) {
    return (
      <EmptyState title={t('ambassador.no_booklets')}>
        <p>{t('ambassador.no_booklets_text')}</p>
      </EmptyState>
    )
  }
  return (
    <ul class="own-people">
      {blocks.map((block) => (
        <Booklet key={block.id} place={place} block={block} />
      ))}
    </ul>
  )
}

function Booklet({ place, block }: { place: AmbassadorPlace; block: Block }) {
  const { t, lang, path, collective } = place
  const { id, kind, first, last, status, counts, unsold, steps } = block
  return (
    <li>
      <div>
        <h2 class="own-range">
          {t(`ambassador.block_${kind}`)}{' '}
          <bdi dir="ltr">
            {first}–{last}
          </bdi>
        </h2>
        <p class="desk-hint">
          {t('ambassador.block_given', { n: counts.sold ?? 0 })} ·{' '}
          {t('ambassador.block_left', { n: unsold.length })}
        </p>
        <ul class="own-steps">
          {steps.map(({ kind: step, at }) => (
            <li key={`${step} ${at.toISOString()}`}>
              {t(`ambassador.step_${step}`)} · <DayText lang={lang} day={localDay(at, collective.timeZone)} />
            </li>
          ))}
        </ul>
      </div>
      {status === 'allotted' && (
        <form method="post" action={`${path}/booklets/${id}/acceptance`}>
          <Button>
            {t('ambassador.block_accept')}
            <span class="unseen">
              {' '}
              {first}–{last}
            </span>
          </Button>
        </form>
      )}
    </li>
  )
}
