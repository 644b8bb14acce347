import { data, Form, useActionData, type ActionFunctionArgs, type LoaderFunctionArgs } from 'react-router';
import { again, page, text, tried } from '../page.server.ts';
import { exact } from '../text/format.ts';
import { outside as words } from '../text/outside.ts';
import { textIn, useFrame, useText } from '../text/use.ts';
import { Answer } from '../ui/Answer.tsx';
import { Note } from '../ui/Blank.tsx';
import { Submit } from '../ui/Button.tsx';
import { Textarea } from '../ui/Field.tsx';
import type { PageHandle } from './frame.tsx';

export const handle: PageHandle = { static: true, main: 'vw' };

export const loader = ({ context }: LoaderFunctionArgs) => ({
  title: textIn(words, page(context).language)('voucherCheck'),
});

export async function action({ context, request }: ActionFunctionArgs) {
  const form = await request.formData();
  const outcome = await tried(page(context).api.checkout.checkVoucher({ voucher: text(form, 'voucher') }));
  return outcome.ok ? data({ refusal: undefined, checked: outcome.value }) : again(outcome.refusal, form);
}

/** Anybody checks a voucher; nothing else of the order is told. */
export default function VoucherCheck() {
  const answer = useActionData<typeof action>();
  const t = useText(words);
  const { language } = useFrame();
  const checked = answer && 'checked' in answer ? answer.checked : undefined;
  return (
    <>
      <h1>{t('voucherCheck')}</h1>
      <p className="sub mb-4">{t('voucherCheckLead')}</p>
      <Answer refused={answer?.refusal?.message} />
      {checked && (
        <Note {...(checked.valid ? {} : { tone: 'bad' as const })} answer>
          {t(`voucher_${checked.why}`, { when: checked.issuedAt ? exact(checked.issuedAt, language) : '' })}
        </Note>
      )}
      <Form method="post" className="stack">
        <Textarea label={t('voucherField')} name="voucher" rows={8} required maxLength={60_000} />
        <Submit>{t('check')}</Submit>
      </Form>
    </>
  );
}
