import { Outlet, useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { found, page } from '../page.server.ts';
import { paths } from '../paths.ts';
import { court } from '../text/court.ts';
import { community } from '../text/community.ts';
import { deposit } from '../text/deposit.ts';
import { diagnosis } from '../text/diagnosis.ts';
import { operator } from '../text/operator.ts';
import { outside } from '../text/outside.ts';
import { precedents } from '../text/precedents.ts';
import { risk } from '../text/risk.ts';
import { useText } from '../text/use.ts';
import { ConsoleShell, type ConsoleLink } from '../ui/ConsoleShell.tsx';
import { DemoBanner } from '../ui/DemoBanner.tsx';
import { asStaff } from './staff.server.ts';

export async function loader({ context, request }: LoaderFunctionArgs) {
  const { finance, support, cases, rules, riskDesk } = asStaff({ context, request });
  const { api, demo } = page(context);
  const called = support ? (await found(api.messaging.ofSupport({ limit: 100 }))).waiting : 0;
  return { finance, support, cases, rules, riskDesk, called, demo };
}

/** The console of the staff. */
export default function OperatorFrame() {
  const { finance, support, cases, rules, riskDesk, called, demo } = useLoaderData<typeof loader>();
  const t = useText(operator);
  const o = useText(outside);
  const r = useText(risk);
  const p = useText(deposit);
  const d = useText(diagnosis);
  const m = useText(community);
  const g = useText(court);
  const q = useText(precedents);
  const links: (ConsoleLink | false)[] = [
    { href: paths.operator(), label: t('today'), icon: 'bars', end: true },
    finance && { href: paths.operatorPayments(), label: t('payments'), icon: 'money' },
    support && { href: paths.operatorMessages(), label: t('messages'), icon: 'message', count: called },
    cases && { href: paths.operatorCases(), label: t('cases'), icon: 'scales' },
    cases && { href: paths.operatorGroups(), label: g('groups'), icon: 'scales' },
    (support || finance) && { href: paths.operatorComplaints(), label: o('channelTitle'), icon: 'message' },
    riskDesk && { href: paths.operatorLawful(), label: o('lawful'), icon: 'lock' },
    support && { href: paths.operatorHelp(), label: m('o_help'), icon: 'rule' },
    support && { href: paths.operatorCalls(), label: m('o_calls'), icon: 'phone' },
    (riskDesk || finance) && { href: paths.operatorDeposits(), label: p('title'), icon: 'money' },
    riskDesk && { href: paths.operatorRisk(), label: r('desk'), icon: 'lock' },
    { href: paths.operatorQuality(), label: q('quality'), icon: 'bars' },
    { href: paths.operatorDeadlines(), label: t('deadlines'), icon: 'clock' },
    rules && { href: paths.operatorRules(), label: t('rules'), icon: 'rule' },
    rules && { href: paths.operatorCalendar(), label: t('calendar'), icon: 'clock' },
    support && { href: paths.operatorTrees(), label: d('o_title'), icon: 'tiles' },
    demo && { href: paths.operatorTime(), label: t('time'), icon: 'arrow' },
  ];
  return (
    <>
      <DemoBanner />
      <ConsoleShell name={t('name')} home={paths.operator()} links={links.filter((link) => link !== false)}>
        <Outlet />
      </ConsoleShell>
    </>
  );
}
