import { useActionData, useLoaderData, type ActionFunctionArgs, type LoaderFunctionArgs } from 'react-router';
import { Complaint } from '../outside/Complaint.tsx';
import { answered, answerIn } from '../outside/complaints.server.ts';
import { found, page } from '../page.server.ts';
import { paths } from '../paths.ts';
import { outside as words } from '../text/outside.ts';
import { textIn, useText } from '../text/use.ts';
import { Answer } from '../ui/Answer.tsx';
import { Empty } from '../ui/Blank.tsx';
import { shopOf } from './shop.server.ts';

export async function loader({ context, request }: LoaderFunctionArgs) {
  const shop = await shopOf({ context, request });
  const { api, language } = page(context);
  const { complaints } = await found(api.outside.shopComplaints({ shopId: shop.id }));
  const did = new URL(request.url).searchParams.has('did');
  return { complaints, did, title: textIn(words, language)('channelTitle') };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const shop = await shopOf({ context, request });
  const form = await request.formData();
  const { api } = page(context);
  const done = api.outside.answerAsShop({ shopId: shop.id, ...answerIn(form) });
  return answered(done, paths.merchantComplaints(), form);
}

/** What payers complain of at their channels about this shop. */
export default function MerchantComplaints() {
  const { complaints, did, title } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useText(words);
  return (
    <>
      <header className="mh">
        <h1>{title}</h1>
        <p className="mute">{t('channelLead')}</p>
      </header>
      <Answer refused={answer?.refusal.message} did={did && t('answeredDone')} />
      {complaints.length === 0 && <Empty title={t('channelNone')}>{t('channelNoneText')}</Empty>}
      <div className="stack">
        {complaints.map((one) => (
          <Complaint key={one.number} one={one} caseHref={paths.merchantCase} />
        ))}
      </div>
    </>
  );
}
