import { CaseBar, type Next } from '../cases/CaseBar.tsx';
import type { CasePage } from '../cases/case.view.ts';
import { paths } from '../paths.ts';

/** The bar of a shop's case page: its answers stand far below the evidence on a phone. */
export function CaseDock({ data }: { data: never }) {
  const loaded = data as { one: CasePage } | undefined;
  return loaded ? <CaseBar one={loaded.one} next={nextOf(loaded.one)} /> : null;
}

function nextOf(one: CasePage): Next {
  const able = (name: string): boolean => one.able[name]?.ok === true;
  if (able('agree') || able('refuse')) return { label: 'dockAnswer', href: '#acts', mine: true };
  if (able('offer')) return { label: 'dockOffer', href: '#acts', mine: one.turn === 'merchant' };
  if (able('perform')) return { label: 'dockPerform', href: '#acts', mine: true };
  if (one.state === 'evidence' && one.turn === 'merchant')
    return { label: 'dockProduce', href: '#binder', mine: true };
  if (able('appeal') && one.award && one.award.remedy !== 'none')
    return { label: 'dockAppeal', href: '#acts', mine: true };
  if (one.state === 'decided' && one.award && one.award.remedy !== 'none')
    return { label: 'dockAppeal', href: paths.merchantHearing(one.caseId), mine: true };
  if (able('object')) return { label: 'dockObject', href: '#acts', mine: true };
  if (one.endedAt !== null)
    return { label: 'dockOrder', href: paths.merchantOrder(one.orderId), mine: false };
  return { label: 'dockTalkBuyer', href: '#talk', mine: false };
}
