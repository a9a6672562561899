import { spacedAccountNumber } from '../domain/account-number.ts'
import { inLang } from '../domain/lang.ts'
import { minorDigits } from '../domain/money.ts'
import { spacedReference } from '../domain/reference.ts'
import { CopyButton, CopyText } from '../web/copy-text.tsx'
import { Card } from '../web/surfaces.tsx'
import { keptUntil } from './local-time.ts'
import type { OrderPageProps } from './order-page-props.ts'
import { Amount, CancelForm, Numbers } from './order-parts.tsx'

/** Everything a bank's form asks for, to copy; until when the numbers are kept; what happens next. */
export function TransferPage(props: OrderPageProps) {
  const { campaign, order, lang, t, now } = props
  return (
    <>
      <header class="order-head">
        <h1>{t('order.transfer_title')}</h1>
        <p class="order-lead">{t('order.transfer_text')}</p>
      </header>
      <Card>
        <TransferFacts {...props} />
      </Card>
      <Card quiet>
        <Numbers {...props} title={t('order.reserved_coupons', { n: order.numbers.length })} />
        <p>{keptUntil(t, lang, order.expiresAt, now, campaign.collective.timeZone)}</p>
      </Card>
      <section>
        <h2>{t('order.next_heading')}</h2>
        <p>{t('order.transfer_next')}</p>
      </section>
      <CancelForm {...props} />
    </>
  )
}

function TransferFacts(props: OrderPageProps) {
  const { campaign, order, account, lang, t } = props
  const holder = inLang(campaign.association.legalName, lang)
  const reference = order.reference ?? ''
  return (
    <dl class="facts transfer-facts">
      <div>
        <dt>{t('order.reference')}</dt>
        <dd>
          <CopyText t={t} value={reference} shown={spacedReference(reference)} />
          <p class="field-hint">{t('order.reference_hint')}</p>
        </dd>
      </div>
      <div>
        <dt>{t('order.amount')}</dt>
        <dd class="transfer-amount">
          <Amount {...props} />
          <CopyButton t={t} value={plainAmount(props)} label={t('common.copy')} />
        </dd>
      </div>
      <div>
        <dt>{t('order.account')}</dt>
        <dd>
          <CopyText t={t} value={account.accountNumber} shown={spacedAccountNumber(account.accountNumber)} />
        </dd>
      </div>
      <div>
        <dt>{t('order.holder')}</dt>
        <dd class="transfer-holder">
          <bdi>{holder}</bdi>
          <CopyButton t={t} value={holder} label={t('common.copy')} />
        </dd>
      </div>
      {account.bankName && (
        <div>
          <dt>{t('order.bank')}</dt>
          <dd>
            <bdi>{account.bankName}</bdi>
          </dd>
        </div>
      )}
    </dl>
  )
}

/** The amount as a bank's form takes it: digits, and a dot before decimals. */
function plainAmount({ campaign, order }: OrderPageProps): string {
  const digits = minorDigits(campaign.currency)
  const text = order.amountMinor.toString().padStart(digits + 1, '0')
  const whole = text.slice(0, text.length - digits)
  const decimals = text.slice(text.length - digits)
  return /^0*$/.test(decimals) ? whole : `${whole}.${decimals}`
}
