/** What a form that came back has to tell besides its errors: nothing is recorded yet, or it came once before. */
export type FormNotice = 'confirm' | 'again'

/**
 * The id of what a form asks for, so that sending it twice is once. Left out on a page that is the same for every
 * reader: a script then makes it (`browser/form-id.ts`), and what comes without one is shown again on a page of
 * its own, to be confirmed.
 */
export function FormId({ id }: { id: string | undefined }) {
  if (id !== undefined) return <input type="hidden" name="id" value={id} />
  return (
    <>
      <input type="hidden" name="id" value="" autocomplete="off" data-fresh-id />
      <input type="hidden" name="again" value="" autocomplete="off" />
    </>
  )
}
