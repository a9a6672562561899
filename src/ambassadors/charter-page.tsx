import { formatDay, localDay } from '../domain/days.ts'
import type { AmbassadorPlace } from '../people/place.ts'
import { Button } from '../web/button.tsx'
import { Notice } from '../web/surfaces.tsx'
import type { Charter } from './charter.ts'

export interface CharterContents {
  readonly charter: Charter
  readonly acceptedAt: Date | undefined
  /** It became another text between reading and accepting. */
  readonly isChanged: boolean
}

/** What ambassadors promise, to read and to accept. */
export function CharterPage({ place, contents }: { place: AmbassadorPlace; contents: CharterContents }) {
  const { t, lang, path, collective } = place
  const { charter, acceptedAt, isChanged } = contents
  return (
    <>
      {isChanged && (
        <Notice tone="problem" live>
          <p>{t('ambassador.charter_changed')}</p>
        </Notice>
      )}
      <div class="card" dir="auto">
        {charter.text.split('\n').map((line) => (
          <p key={line}>{line}</p>
        ))}
      </div>
      {acceptedAt ? (
        <p>
          {t('ambassador.charter_accepted', {
            day: formatDay(localDay(acceptedAt, collective.timeZone), lang, { year: true }),
          })}
        </p>
      ) : (
        <form method="post" action={`${path}/charter`}>
          <input type="hidden" name="hash" value={charter.hash} />
          <Button>{t('ambassador.charter_accept')}</Button>
        </form>
      )}
    </>
  )
}
