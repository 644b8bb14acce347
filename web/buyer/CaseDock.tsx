import { CaseBar, type Next } from '../cases/CaseBar.tsx';
import type { CasePage } from '../cases/case.view.ts';
import { paths } from '../paths.ts';

/** The bar of a buyer's case page. */
export function CaseDock({ data }: { data: never }) {
  const loaded = data as { one: CasePage; survey?: { open: boolean } | null } | undefined;
  return loaded ? <CaseBar one={loaded.one} next={nextOf(loaded.one, loaded.survey?.open === true)} /> : null;
}

function nextOf(one: CasePage, asks: boolean): Next {
  const able = (name: string): boolean => one.able[name]?.ok === true;
  if (asks) return { label: 'dockSurvey', href: '#survey', mine: true };
  if (one.offer && able('accept')) return { label: 'dockAccept', href: '#acts', mine: true };
  if (one.state === 'lapsed' && able('escalate')) return { label: 'dockReopen', href: '#acts', mine: true };
  if (able('escalate')) return { label: 'dockEscalate', href: '#acts', mine: true };
  if (one.state === 'evidence' && one.turn === 'buyer')
    return { label: 'dockProduce', href: '#binder', mine: true };
  if (able('appeal') && one.award?.remedy === 'none')
    return { label: 'dockAppeal', href: '#acts', mine: true };
  if (one.state === 'decided' && one.award?.remedy === 'none')
    return { label: 'dockAppeal', href: paths.caseHearing(one.caseId), mine: true };
  if (one.endedAt !== null) return { label: 'dockOrder', href: paths.order(one.orderId), mine: false };
  return { label: 'dockTalk', href: '#talk', mine: false };
}
