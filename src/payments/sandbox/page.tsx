import type { T } from '../../i18n/translator.ts'
import { translator } from '../../i18n/translator.ts'
import type { Assets } from '../../web/assets.ts'
import { Button, LinkButton } from '../../web/button.tsx'
import { Layout } from '../../web/layout.tsx'
import { MoneyText } from '../../web/money-text.tsx'
import { StatePage } from '../../web/state-page.tsx'
import { Card, Notice } from '../../web/surfaces.tsx'
import type { Session, SessionState } from './session.ts'

export type SandboxPageProps = {
  assets: Assets
  origin: string
  path: string
  session: Session
  state: SessionState
}

/** The page of a card company that does not exist, in the reader's language. It works without scripts. */
export function SandboxPage({ assets, origin, path, session, state }: SandboxPageProps) {
  const { lang } = session
  const t = translator(lang)
  return (
    <Layout
      t={t}
      lang={lang}
      assets={assets}
      origin={origin}
      path={path}
      title={t('sandbox.title')}
      site={{ name: t('sandbox.name'), href: session.returnUrl }}
      banner={<Notice tone="warning">{t('sandbox.no_money')}</Notice>}
      width="reading"
      noindex
    >
      {state === 'open' ? (
        <Choices t={t} path={path} session={session} />
      ) : (
        <WrongState t={t} session={session} state={state} />
      )}
    </Layout>
  )
}

function Choices({ t, path, session }: { t: T; path: string; session: Session }) {
  const wasTried = session.status === 'declined' || session.status === 'abandoned'
  return (
    <div class="stack">
      <h1>{t('sandbox.title')}</h1>
      {wasTried && <Notice>{t(`sandbox.was_${session.status}`)}</Notice>}
      <Card>
        <p>
          {t('sandbox.amount')} <MoneyText lang={session.lang} amount={session.amount} />
        </p>
        <form method="post" action={`${path}/outcome`}>
          <div class="state-next">
            <Button name="outcome" value="paid">
              {t('sandbox.pay')}
            </Button>
            <Button look="quiet" name="outcome" value="declined">
              {t('sandbox.decline')}
            </Button>
            <Button look="plain" name="outcome" value="abandoned">
              {t('sandbox.abandon')}
            </Button>
          </div>
        </form>
      </Card>
    </div>
  )
}

function WrongState({ t, session, state }: { t: T; session: Session; state: 'paid' | 'over' }) {
  return (
    <StatePage
      picture={state === 'paid' ? 'done' : 'closed'}
      title={t(`sandbox.${state}_title`)}
      sentence={t(`sandbox.${state}_sentence`)}
    >
      <LinkButton href={session.returnUrl}>{t('sandbox.back')}</LinkButton>
    </StatePage>
  )
}
