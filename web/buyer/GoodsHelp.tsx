import { guides } from '../text/guides.ts';
import { useText } from '../text/use.ts';
import { ArrivalGuide } from '../ui/ArrivalGuide.tsx';
import { UseGuide } from '../ui/UseGuide.tsx';
import type { Help } from './order.view.ts';

/** For goods without keys: how each is used, and how to see that it arrived (F030). Keys have theirs beside each key. */
export function GoodsHelp({ help }: { help: Help }) {
  const t = useText(guides);
  const kinds = [...new Map(help.lines.map((line) => [line.goods, line])).values()];
  return (
    <section className="card stack">
      <h2 className="text-lg m-0">{t('use')}</h2>
      {help.lines.map((line) => line.guide && <UseGuide key={line.line} guide={line.guide} />)}
      {kinds.map((line) => (
        <ArrivalGuide key={line.goods} goods={line.goods} />
      ))}
    </section>
  );
}
